/*
 * A conferencing bridge for the tests: bridge PROGRAM ARGUMENT...
 *
 * Answers SIP calls on a free port of loopback, starts PROGRAM for each and speaks AGI with it as an
 * Asterisk would, takes digits by RFC 4733, and mixes the audio of each room. What Asterisk would
 * play from a file is a tone (words[]). On standard output, a line an event:
 *
 *   listening PORT · room CALLER NAME · told CALLER WORD · gone CALLER
 *
 * On standard input: "now TIME" is the clock that PROGRAM is given from then on; its end ends the
 * bridge.
 */
#include "leg.h"
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const struct word {
    const char *name; /* a file of Asterisk's, or a DIALDESK_STATUS */
    int hertz;
} words[] = {{"conf-invalid", 3000}, {"REFUSED", 3100}, {"EARLY", 3200}, {"ERROR", 3300}};

enum { WORD_FRAMES = 30, TEXT = 256, BUFFERED = 2 * FRAME * 2, BUFFERED_MAX = 20 * FRAME * 2 };

struct bridge {
    struct stack stack;
    struct list calls;
    char **program;
    struct beat beat;
    uint64_t samples; /* mixed since the beginning */
    struct lines input;
};

struct call {
    struct le le;
    struct bridge *bridge;
    struct leg leg;
    struct sipsess *session;
    struct aubuf *heard; /* from the caller, to be mixed */
    int16_t frame[FRAME];
    char caller[TEXT], dialed[TEXT];
    /* AGI */
    struct lines agi;
    pid_t child;
    char typed[64];
    unsigned wanted; /* digits that GET DATA waits for; 0: none are asked for */
    struct tmr patience;
    char status[TEXT], room[TEXT];
    long until;
    /* what is played, and what happens then */
    int hertz, frames;
    bool then_hang_up;
    bool in_room;
    struct tmr over; /* the room's time */
};

static void say(const char *what, const struct call *call, const char *more)
{
    printf("%s %s%s%s\n", what, call->caller, *more ? " " : "", more);
    fflush(stdout);
}

static void call_free(void *object)
{
    struct call *call = object;
    list_unlink(&call->le);
    tmr_cancel(&call->patience);
    tmr_cancel(&call->over);
    if (call->agi.fd >= 0) {
        fd_close(call->agi.fd);
        close(call->agi.fd);
    }
    if (call->child > 0)
        waitpid(call->child, NULL, 0);
    mem_deref(call->session);
    mem_deref(call->heard);
    leg_close(&call->leg);
}

static void hang_up(void *context)
{
    say("gone", context, "");
    mem_deref(context);
}

static void on_close(int err, const struct sip_msg *message, void *context)
{
    (void)err, (void)message;
    hang_up(context);
}

/* --- AGI, Asterisk's side --- */

static void reply(struct call *call, const char *text)
{
    if (write(call->agi.fd, text, strlen(text)) < 0 || write(call->agi.fd, "\n", 1) < 0)
        fprintf(stderr, "bridge: the program of %s is gone\n", call->caller);
}

/* What was typed behind the # waits for the next question. */
static void answer_digits(struct call *call, bool too_late)
{
    char text[TEXT];
    size_t length = strcspn(call->typed, "#"), used;
    length = length < call->wanted ? length : call->wanted;
    used = length + (call->typed[length] == '#');
    snprintf(text, sizeof text, "200 result=%.*s%s", (int)length, call->typed,
             too_late ? " (timeout)" : "");
    call->wanted = 0;
    memmove(call->typed, call->typed + used, strlen(call->typed + used) + 1);
    tmr_cancel(&call->patience);
    reply(call, text);
}

static void on_patience(void *context)
{
    answer_digits(context, true);
}

static void digits_look(struct call *call)
{
    if (call->wanted && (strchr(call->typed, '#') || strlen(call->typed) >= call->wanted))
        answer_digits(call, false);
}

static void on_digit(void *context, char digit)
{
    struct call *call = context;
    size_t length = strlen(call->typed);
    if (length + 1 < sizeof call->typed)
        call->typed[length] = digit, call->typed[length + 1] = '\0';
    digits_look(call);
}

static void play(struct call *call, const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0) {
            call->hertz = words[i].hertz;
            call->frames = WORD_FRAMES;
            say("told", call, name);
        }
}

static void on_agi_line(void *context, char *line)
{
    struct call *call = context;
    char name[TEXT], value[TEXT] = "";
    unsigned patience, wanted;
    if (sscanf(line, "SET VARIABLE DIALDESK_%99s \"%199[^\"]\"", name, value) >= 1) {
        if (strcmp(name, "STATUS") == 0)
            snprintf(call->status, sizeof call->status, "%s", value);
        else if (strcmp(name, "ROOM") == 0)
            snprintf(call->room, sizeof call->room, "%s", value);
        else if (strcmp(name, "UNTIL") == 0)
            call->until = strtol(value, NULL, 10);
        reply(call, "200 result=1");
    } else if (sscanf(line, "GET DATA %*s %u %u", &patience, &wanted) == 2) {
        call->wanted = wanted;
        tmr_start(&call->patience, patience, on_patience, call);
        digits_look(call);
    } else if (sscanf(line, "STREAM FILE %99s", name) == 1) {
        play(call, name);
        reply(call, "200 result=0 endpos=0");
    } else {
        reply(call, "510 Invalid or unknown command");
    }
}

/* The dial plan: what becomes of the call after the program has ended. */
static void on_agi_end(void *context)
{
    struct call *call = context;
    close(call->agi.fd);
    call->agi.fd = -1;
    waitpid(call->child, NULL, 0);
    call->child = 0;
    if (strcmp(call->status, "OK") == 0) {
        call->in_room = true;
        tmr_start(&call->over, (uint64_t)call->until * 1000, hang_up, call);
        say("room", call, call->room);
        return;
    }
    play(call, call->status[0] ? call->status : "ERROR");
    call->then_hang_up = true;
}

static int program_start(struct call *call)
{
    char text[4 * TEXT];
    int pair[2];
    posix_spawn_file_actions_t actions;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return errno;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pair[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pair[1], STDOUT_FILENO);
    int err = posix_spawn(&call->child, call->bridge->program[0], &actions, NULL,
                          call->bridge->program, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(pair[1]);
    call->agi =
        (struct lines){.fd = pair[0], .line = on_agi_line, .end = on_agi_end, .context = call};
    if (err)
        return err;
    snprintf(text, sizeof text,
             "agi_request: dialdesk\nagi_channel: SIP/loopback-%08x\nagi_callerid: %s\n"
             "agi_dnid: %s\nagi_extension: %s\n",
             (unsigned)call->child, call->caller, call->dialed, call->dialed);
    reply(call, text);
    return lines_start(&call->agi);
}

/* --- calls --- */

static void on_audio(void *context, const int16_t *samples, size_t count)
{
    struct call *call = context;
    aubuf_write_samp(call->heard, samples, count);
}

static int accept_call(struct call *call, const struct sip_msg *message)
{
    struct mbuf *answer = NULL;
    int err = leg_open(&call->leg);
    call->leg.on_audio = on_audio;
    call->leg.on_digit = on_digit;
    call->leg.context = call;
    err = err ? err : aubuf_alloc(&call->heard, BUFFERED, BUFFERED_MAX);
    err = err ? err : sdp_decode(call->leg.sdp, message->mb, true);
    err = err ? err : sdp_encode(&answer, call->leg.sdp, false);
    err = err ? err
              : sipsess_accept(&call->session, call->bridge->stack.sessions, message, 200, "OK",
                               "bridge", "application/sdp", answer, NULL, NULL, false, NULL, NULL,
                               NULL, NULL, NULL, on_close, call, "");
    mem_deref(answer);
    return err ? err : program_start(call);
}

static void on_call(const struct sip_msg *message, void *context)
{
    struct bridge *bridge = context;
    struct call *call = mem_zalloc(sizeof *call, call_free);
    call->bridge = bridge;
    call->agi.fd = -1;
    pl_strcpy(&message->from.uri.user, call->caller, sizeof call->caller);
    pl_strcpy(&message->uri.user, call->dialed, sizeof call->dialed);
    list_append(&bridge->calls, &call->le, call);
    int err = accept_call(call, message);
    if (err) {
        fprintf(stderr, "bridge: a call is not taken: %s\n", strerror(err));
        sip_treply(NULL, bridge->stack.sip, message, 500, "Not taken");
        mem_deref(call);
    }
}

/* --- audio --- */

static bool together(const struct call *a, const struct call *b)
{
    return a != b && a->in_room && b->in_room && strcmp(a->room, b->room) == 0;
}

/* Everybody hears what is played to them, and the others of their room. */
static void mix(void *context)
{
    struct bridge *bridge = context;
    struct le *le, *next, *other;
    for (le = bridge->calls.head; le; le = le->next) {
        struct call *call = le->data;
        aubuf_read_samp(call->heard, call->frame, FRAME);
    }
    for (le = bridge->calls.head; le; le = next) {
        struct call *call = le->data;
        int16_t frame[FRAME] = {0};
        next = le->next;
        for (other = bridge->calls.head; other; other = other->next)
            if (together(call, other->data))
                for (int i = 0; i < FRAME; i++)
                    frame[i] = (int16_t)(frame[i] + ((struct call *)other->data)->frame[i]);
        if (call->frames > 0 && call->frames--)
            tone_add(frame, call->hertz, bridge->samples);
        leg_speak(&call->leg, frame);
        if (call->then_hang_up && call->frames == 0)
            hang_up(call);
    }
    bridge->samples += FRAME;
}

/* --- the program --- */

static void on_input(void *context, char *line)
{
    (void)context;
    if (strncmp(line, "now ", 4) == 0)
        setenv("DIALDESK_NOW", line + 4, 1);
    printf("ok\n");
    fflush(stdout);
}

static void on_input_end(void *context)
{
    (void)context;
    re_cancel();
}

int main(int argc, char **argv)
{
    static struct bridge bridge;
    if (argc < 2)
        return 2;
    bridge.program = argv + 1;
    bridge.input = (struct lines){
        .fd = STDIN_FILENO, .line = on_input, .end = on_input_end, .context = &bridge};
    int err = libre_init();
    err = err ? err : stack_open(&bridge.stack, on_call, &bridge);
    err = err ? err : lines_start(&bridge.input);
    if (err) {
        fprintf(stderr, "bridge: %s\n", strerror(err));
        return 1;
    }
    printf("listening %d\n", sa_port(&bridge.stack.address));
    fflush(stdout);
    beat_start(&bridge.beat, mix, &bridge);
    re_main(NULL);
    fd_close(STDIN_FILENO);
    tmr_cancel(&bridge.beat.timer);
    list_flush(&bridge.calls);
    stack_close(&bridge.stack);
    libre_close();
    return 0;
}
