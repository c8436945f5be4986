/*
 * AGI, Asterisk's gateway interface, on standard input and output (FastAGI: on a socket): lines of
 * "agi_name: value" up to an empty one, then our commands, each answered by "200 result=...".
 */
#include <base/clock.h>
#include <base/file.h>
#include <door/door.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LINE_SIZE = 1024,          /* what is longer is cut */
    LINES_MAX = 2000,          /* of the call's variables */
    TRIES = 3,                 /* that a caller has for the digits */
    DIGIT_MILLISECONDS = 7000, /* so long Asterisk waits for the next one */
    CALLER_SECONDS = 120       /* so long we wait for Asterisk while the caller types */
};

struct agi {
    int in, out;
    char buffer[4096];
    size_t taken, filled; /* of the buffer */
    int64_t until;        /* when waiting ends; milliseconds_now */
};

/* What the call's variables tell. */
struct agi_call {
    char digits[LINE_SIZE], caller[LINE_SIZE], dialed[LINE_SIZE], extension[LINE_SIZE],
        channel[LINE_SIZE];
};

static void wait_for(struct agi *agi, int seconds)
{
    agi->until = milliseconds_now() + (int64_t)seconds * 1000;
}

/* False if the other side is gone, or has said nothing in time. */
static bool fill(struct agi *agi)
{
    struct pollfd ready = {.fd = agi->in, .events = POLLIN};
    int64_t left = agi->until - milliseconds_now();
    if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
        return false;
    ssize_t n = read(agi->in, agi->buffer, sizeof agi->buffer);
    agi->taken = 0;
    agi->filled = n > 0 ? (size_t)n : 0;
    return n > 0;
}

/* The next line without its end, its first LINE_SIZE - 1 bytes. */
static bool read_line(struct agi *agi, char line[LINE_SIZE])
{
    size_t length = 0;
    for (;;) {
        if (agi->taken == agi->filled && !fill(agi))
            return false;
        char c = agi->buffer[agi->taken++];
        if (c == '\n')
            break;
        if (length < LINE_SIZE - 1 && c != '\0')
            line[length++] = c;
    }
    while (length > 0 && line[length - 1] == '\r')
        length--;
    line[length] = '\0';
    return true;
}

/* "agi_callerid: 15550100"; true if the line is of this name. */
static bool take(const char *line, const char *name, char out[LINE_SIZE])
{
    size_t n = strlen(name);
    if (strncmp(line, name, n) != 0 || line[n] != ':')
        return false;
    const char *value = line + n + 1;
    snprintf(out, LINE_SIZE, "%s", value + (*value == ' '));
    return true;
}

static bool read_call(struct agi *agi, struct agi_call *call)
{
    char line[LINE_SIZE] = "";
    for (int i = 0; i < LINES_MAX && read_line(agi, line); i++) {
        if (!line[0])
            return true;
        if (!take(line, "agi_arg_1", call->digits) && !take(line, "agi_callerid", call->caller) &&
            !take(line, "agi_dnid", call->dialed) && !take(line, "agi_extension", call->extension))
            take(line, "agi_channel", call->channel);
    }
    return false;
}

/* "PJSIP/provider-0000002a" came over "PJSIP/provider". */
static const char *trunk_of(struct agi_call *call)
{
    char *number = strrchr(call->channel, '-');
    if (number && number != call->channel)
        *number = '\0';
    return call->channel;
}

/*
 * Sends a command and reads its answer: lines that are none ("100 Trying", a usage text) are passed
 * over. False if the channel is gone (511, HANGUP, end of file) or the answer is none of success.
 */
static bool command(struct agi *agi, char answer[LINE_SIZE], const char *text)
{
    if (file_write_all(agi->out, text, strlen(text)) != 0)
        return false;
    for (int i = 0; i < LINES_MAX && read_line(agi, answer); i++) {
        if (strncmp(answer, "200 ", 4) == 0)
            return true;
        if (strcmp(answer, "HANGUP") == 0 || strncmp(answer, "51", 2) == 0 ||
            strncmp(answer, "520 ", 4) == 0)
            return false;
    }
    return false;
}

/* `value` has no quotation marks or controls: it is ours, or a room's name. */
static bool set_variable(struct agi *agi, const char *name, const char *value)
{
    char text[LINE_SIZE], answer[LINE_SIZE];
    snprintf(text, sizeof text, "SET VARIABLE DIALDESK_%s \"%s\"\n", name, value ? value : "");
    wait_for(agi, ADMISSION_SECONDS);
    return command(agi, answer, text);
}

static bool set_number(struct agi *agi, const char *name, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    return set_variable(agi, name, text);
}

/*
 * Lets Asterisk ask for the digits, after a word on the last ones if they were wrong. False if the
 * caller hung up.
 */
static bool ask(struct agi *agi, bool again, char digits[LINE_SIZE])
{
    char text[LINE_SIZE], answer[LINE_SIZE];
    wait_for(agi, CALLER_SECONDS);
    if (again && !command(agi, answer, "STREAM FILE conf-invalid \"\"\n"))
        return false;
    snprintf(text, sizeof text, "GET DATA conf-getconfno %d %d\n", DIGIT_MILLISECONDS,
             ID_MAX_DIGITS);
    if (!command(agi, answer, text))
        return false;
    const char *result = strstr(answer, "result=");
    const char *typed = result ? result + strlen("result=") : "";
    size_t length = strcspn(typed, " \t");
    memcpy(digits, typed, length);
    digits[length] = '\0';
    return result && strcmp(digits, "-1") != 0;
}

/* Asterisk goes on at once, not when systemd, which holds a connection as well, sees our end. */
static void hang_up(int out)
{
    (void)shutdown(out, SHUT_RDWR); /* of a pipe: nothing, its end is ours alone */
}

/* DIALDESK_STATUS is ERROR by now: the dial plan says "try again later". */
static void too_late(int signal)
{
    (void)signal;
    hang_up(STDOUT_FILENO);
    _exit(0);
}

static enum err decide(struct session *session, struct arena *arena, const struct agi_call *call,
                       const char *trunk, struct admission *out)
{
    bool dialed = call->dialed[0] && strcmp(call->dialed, "unknown") != 0;
    struct asking asking = {
        .digits = call->digits,
        .caller = call->caller,
        .number = dialed ? call->dialed : call->extension,
        .trunk = trunk,
        .at = session_now(session),
    };
    int64_t begun = milliseconds_now();
    alarm(ADMISSION_SECONDS);
    enum err err = desk_admit(session, arena, &asking, NULL, out);
    alarm(0);
    if (err == ERR_OK)
        admission_wait(begun, admission_delay(out));
    return err;
}

static void answer(struct agi *agi, const struct admission *admission)
{
    static const char *const status[] = {[ADMISSION_ADMIT] = "OK",
                                         [ADMISSION_EARLY] = "EARLY",
                                         [ADMISSION_REFUSE] = "REFUSED",
                                         [ADMISSION_SLOW_DOWN] = "REFUSED"};
    bool admit = admission->verdict == ADMISSION_ADMIT;
    bool early = admission->verdict == ADMISSION_EARLY;
    bool there = set_variable(agi, "ROOM", admission->room) &&
                 set_number(agi, "UNTIL", admit ? admission->until : 0) &&
                 set_number(agi, "FROM", early ? admission->from : 0) &&
                 set_variable(agi, "LANG", admission->lang);
    if (there) /* the last one: what is set in part lets nobody in */
        set_variable(agi, "STATUS", status[admission->verdict]);
}

void door_agi(struct session *session, int in, int out, const char *trunk)
{
    struct arena *arena = arena_new();
    struct agi *agi = arena_alloc(arena, sizeof *agi);
    struct agi_call *call = arena_alloc(arena, sizeof *call);
    struct admission admission = {.verdict = ADMISSION_REFUSE};
    agi->in = in;
    agi->out = out;
    signal(SIGHUP, SIG_IGN); /* Asterisk sends it when the caller hangs up */
    signal(SIGALRM, too_late);
    session->wait.in_line = true;
    wait_for(agi, ADMISSION_SECONDS);
    bool there = read_call(agi, call) && set_variable(agi, "STATUS", "ERROR") &&
                 set_number(agi, "NUMBER_MAX", ID_MAX_DIGITS);
    bool given = call->digits[0] != '\0';
    bool refused = false;
    trunk = trunk ? trunk : trunk_of(call);
    for (int i = 0; there && i < (given ? 1 : TRIES); i++) {
        if (!given)
            there = ask(agi, refused, call->digits);
        if (!there || decide(session, arena, call, trunk, &admission) != ERR_OK)
            break;
        refused = admission.verdict == ADMISSION_REFUSE || admission.verdict == ADMISSION_SLOW_DOWN;
        if (!refused || given || i == TRIES - 1) {
            answer(agi, &admission);
            break;
        }
    }
    hang_up(out);
    arena_free(arena);
}
