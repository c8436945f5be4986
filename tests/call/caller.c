/*
 * A caller for the tests: caller sip:NUMBER@127.0.0.1:PORT NUMBER HERTZ
 *
 * Calls, speaks a tone of its own as long as the call lasts, and listens. On standard input: "type
 * DIGITS" presses keys; the end hangs up. On standard output, a line an event:
 *
 *   established · typed · heard HERTZ... (whenever other tones are heard than before) · closed
 */
#include "leg.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TONES = TONE_MAX / TONE_STEP + 1, WINDOW = 10 * FRAME };

struct caller {
    struct stack stack;
    struct leg leg;
    struct sipsess *session;
    bool established, typing;
    int hertz;
    uint64_t spoken; /* samples */
    struct beat beat;
    struct tmr keys;
    struct lines input;
    struct goertzel tones[TONES]; /* [0]: unused */
    size_t listened;
    bool heard[TONES];
};

static void say(const char *what)
{
    printf("%s\n", what);
    fflush(stdout);
}

/* --- the ear --- */

static void ear_open(struct caller *caller)
{
    for (int i = 1; i < TONES; i++)
        goertzel_init(&caller->tones[i], i * TONE_STEP, RATE);
    caller->listened = 0;
}

/* A quarter of what is spoken is loud enough; a tone's power grows with the window's square. */
static void ear_judge(struct caller *caller)
{
    double full = (double)TONE_LOUD * WINDOW / 2, least = full * full / 16;
    bool changed = false;
    for (int i = 1; i < TONES; i++) {
        bool now = goertzel_result(&caller->tones[i]) >= least;
        changed = changed || now != caller->heard[i];
        caller->heard[i] = now;
    }
    ear_open(caller);
    if (!changed)
        return;
    printf("heard");
    for (int i = 1; i < TONES; i++)
        if (caller->heard[i])
            printf(" %d", i * TONE_STEP);
    say("");
}

static void on_audio(void *context, const int16_t *samples, size_t count)
{
    struct caller *caller = context;
    for (size_t k = 0; k < count; k++) {
        for (int i = 1; i < TONES; i++)
            goertzel_update(&caller->tones[i], samples[k]);
        if (++caller->listened == WINDOW)
            ear_judge(caller);
    }
}

/* --- the mouth and the fingers --- */

static void speak(void *context)
{
    struct caller *caller = context;
    int16_t frame[FRAME] = {0};
    if (!caller->established)
        return;
    tone_add(frame, caller->hertz, caller->spoken);
    leg_speak(&caller->leg, frame);
    caller->spoken += FRAME;
}

static void on_keys(void *context)
{
    struct caller *caller = context;
    bool pressing = caller->established && leg_press(&caller->leg);
    if (caller->typing && caller->established && !pressing) {
        caller->typing = false;
        say("typed");
    }
    tmr_start(&caller->keys, DIGIT_MS, on_keys, caller);
}

static void on_input(void *context, char *line)
{
    struct caller *caller = context;
    if (strncmp(line, "type ", 5) != 0)
        return;
    for (const char *c = line + 5; *c; c++) {
        telev_send(caller->leg.keys, telev_digit2code(*c), false);
        telev_send(caller->leg.keys, 0, true);
    }
    caller->typing = true;
}

static void on_input_end(void *context)
{
    (void)context;
    re_cancel();
}

/* --- the call --- */

static int on_offer(struct mbuf **offer, const struct sip_msg *message, void *context)
{
    (void)offer, (void)message, (void)context;
    return 0;
}

static int on_answer(const struct sip_msg *message, void *context)
{
    struct caller *caller = context;
    return sdp_decode(caller->leg.sdp, message->mb, false);
}

static void on_established(const struct sip_msg *message, void *context)
{
    struct caller *caller = context;
    (void)message;
    caller->established = true;
    say("established");
}

static void on_close(int err, const struct sip_msg *message, void *context)
{
    struct caller *caller = context;
    (void)err, (void)message;
    caller->session = mem_deref(caller->session);
    say("closed");
    re_cancel();
}

static int dial(struct caller *caller, const char *to, const char *number)
{
    char from[200];
    struct mbuf *offer = NULL;
    re_snprintf(from, sizeof from, "sip:%s@127.0.0.1", number);
    int err = sdp_encode(&offer, caller->leg.sdp, true);
    err = err ? err
              : sipsess_connect(&caller->session, caller->stack.sessions, to, NULL, from, "caller",
                                NULL, 0, "application/sdp", offer, NULL, NULL, false, on_offer,
                                on_answer, NULL, on_established, NULL, NULL, on_close, caller, "");
    mem_deref(offer);
    return err;
}

int main(int argc, char **argv)
{
    static struct caller caller;
    if (argc != 4)
        return 2;
    caller.hertz = atoi(argv[3]);
    caller.leg.on_audio = on_audio;
    caller.leg.context = &caller;
    caller.input = (struct lines){
        .fd = STDIN_FILENO, .line = on_input, .end = on_input_end, .context = &caller};
    ear_open(&caller);
    int err = libre_init();
    err = err ? err : stack_open(&caller.stack, NULL, NULL);
    err = err ? err : leg_open(&caller.leg);
    err = err ? err : dial(&caller, argv[1], argv[2]);
    err = err ? err : lines_start(&caller.input);
    if (err) {
        fprintf(stderr, "caller: %s\n", strerror(err));
        return 1;
    }
    beat_start(&caller.beat, speak, &caller);
    on_keys(&caller);
    re_main(NULL);
    fd_close(STDIN_FILENO);
    tmr_cancel(&caller.keys);
    tmr_cancel(&caller.beat.timer);
    mem_deref(caller.session);
    leg_close(&caller.leg);
    stack_close(&caller.stack);
    libre_close();
    return 0;
}
