/*
 * One end of a telephone call: G.711 audio in frames of 20 ms and digits as RTP events (RFC 4733),
 * on loopback. The bridge and the callers of these tests have one each.
 */
#ifndef CALL_LEG_H
#define CALL_LEG_H

#include <re.h>
#include <rem.h>

enum { RATE = 8000, FRAME_MS = 20, FRAME = RATE / 1000 * FRAME_MS, DIGIT_MS = 10 };

/* Tones are multiples of this many Hz: a frame holds whole cycles of each, so that they never blur
   into each other, whatever frames of them are heard. */
enum { TONE_STEP = 100, TONE_MAX = 3900, TONE_LOUD = 2500 };

struct leg {
    struct rtp_sock *rtp;
    struct sdp_session *sdp;
    struct sdp_media *audio;
    struct telev *keys;
    uint32_t timestamp, pressed_at; /* of the next frame; of the key that is being pressed */
    void (*on_audio)(void *context, const int16_t *samples, size_t count);
    void (*on_digit)(void *context, char digit); /* when the key is let go */
    void *context;
};

/* Opens a port on loopback; the handlers and context are the caller's to set. 0, or an errno. */
int leg_open(struct leg *leg);
void leg_close(struct leg *leg);

/* Sends a frame; nothing as long as the other end is not known. */
void leg_speak(struct leg *leg, const int16_t frame[FRAME]);

/* Sends the next packet of the keys that leg->keys was given; false: none is pressed. */
bool leg_press(struct leg *leg);

/* Adds a tone to a frame; `at`: the number of samples before it. */
void tone_add(int16_t frame[FRAME], int hertz, uint64_t at);

/* A clock that ticks every FRAME_MS, however late it is called. */
struct beat {
    struct tmr timer;
    uint64_t next;
    void (*tick)(void *context);
    void *context;
};

void beat_start(struct beat *beat, void (*tick)(void *context), void *context);

/* Lines of a descriptor. */
struct lines {
    int fd;
    char text[4096];
    size_t length;
    void (*line)(void *context, char *line);
    void (*end)(void *context);
    void *context;
};

int lines_start(struct lines *lines);

/* A SIP stack on a free port of loopback. `on_call` may be NULL. */
struct stack {
    struct sip *sip;
    struct sipsess_sock *sessions;
    struct sa address;
};

int stack_open(struct stack *stack, sipsess_conn_h *on_call, void *context);
void stack_close(struct stack *stack);

#endif
