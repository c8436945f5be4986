/*
 * What a terminal sends behind an ESC: keys that terminfo does not name, and reports that are no
 * keys at all (focus, colours, modes, versions). A sequence is read to its end, however slowly its
 * bytes come, so that no part of it is taken for Esc or for a letter. ECMA-48, section 5.4, and
 * what xterm, PuTTY, rxvt and the Linux console send. Pure.
 */
#ifndef TERM_SEQUENCE_H
#define TERM_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

enum sequence_state {
    SEQUENCE_NONE,
    SEQUENCE_ESC,    /* an ESC: alone it is the key Esc, which only time tells */
    SEQUENCE_CSI,    /* ESC [ parameters letter */
    SEQUENCE_LINUX,  /* ESC [ [ letter */
    SEQUENCE_SS3,    /* ESC O letter */
    SEQUENCE_STRING, /* ESC ] (or P, X, ^, _) text, ended by BEL or ESC \ */
    SEQUENCE_STRING_ESC
};

enum { SEQUENCE_MAX = 40 };

struct sequence {
    enum sequence_state state;
    char kind;                         /* the character behind the ESC */
    char parameters[SEQUENCE_MAX + 1]; /* of a CSI or a string; what is longer is none of ours */
    int length;
};

/* An ESC has come: what follows belongs to it. */
void sequence_begin(struct sequence *sequence);
/*
 * The next character. True: the sequence is over; *code is its key, or K_NONE if it is none of
 * ours. A control character in the midst of one ends it and is a key itself. An ESC behind an ESC
 * tells that the first one was the key, and begins another sequence.
 */
bool sequence_put(struct sequence *sequence, int32_t c, int32_t *code);

/*
 * Whether the sequence that is over tells the background's colour (OSC 11: "11;rgb:ffff/ffff/ffff",
 * one to four digits each), and whether that is nearer to white than to black for the eye.
 */
bool sequence_background(const struct sequence *sequence, bool *light);

#endif
