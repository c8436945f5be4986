/*
 * Sequences behind an ESC: where each ends, and which of them are keys.
 */
#include "term_curses.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { BEL = 7, CAN = 24, SUB = 26 };

void sequence_begin(struct sequence *sequence)
{
    *sequence = (struct sequence){.state = SEQUENCE_ESC};
}

/* --- which key --- */

/* Letters that end a CSI or an SS3; an SS3's besides are the keypad's. */
static int32_t letter_key(int32_t letter)
{
    static const struct {
        char letter;
        int32_t code;
    } keys[] = {{'A', K_UP},       {'B', K_DOWN},      {'C', K_RIGHT},
                {'D', K_LEFT},     {'H', K_HOME},      {'F', K_END},
                {'Z', K_BACK_TAB}, {'d', K_WORD_LEFT}, {'c', K_WORD_RIGHT} /* rxvt with Ctrl */};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].letter == letter)
            return keys[i].code;
    return K_NONE;
}

static int32_t ss3_key(int32_t letter)
{
    static const char keypad[] = "*+,-./0123456789"; /* from 'j' on */
    if (letter >= 'P' && letter <= 'S')
        return K_F1 + letter - 'P';
    if (letter == 'M')
        return K_ENTER;
    if (letter >= 'j' && letter <= 'y')
        return keypad[letter - 'j'];
    return letter_key(letter);
}

/* The number of "ESC [ number ~": function keys leave gaps, as the VT220's rows of keys did. */
static int32_t number_key(long number)
{
    static const int32_t keys[] = {
        [1] = K_HOME,      [2] = K_INSERT,  [3] = K_DELETE,  [4] = K_END,      [5] = K_PAGE_UP,
        [6] = K_PAGE_DOWN, [7] = K_HOME,    [8] = K_END,     [11] = K_F1,      [12] = K_F1 + 1,
        [13] = K_F1 + 2,   [14] = K_F1 + 3, [15] = K_F1 + 4, [17] = K_F1 + 5,  [18] = K_F1 + 6,
        [19] = K_F1 + 7,   [20] = K_F1 + 8, [21] = K_F1 + 9, [23] = K_F1 + 10, [24] = K_F12,
    };
    bool known = number > 0 && number < (long)(sizeof keys / sizeof *keys);
    return known ? keys[number] : K_NONE;
}

/* With a modifier only the arrows with Ctrl are keys of ours. */
static int32_t modified_key(const char *parameters, int32_t letter)
{
    if (strcmp(parameters, "1;5") != 0)
        return K_NONE;
    return letter == 'C' ? K_WORD_RIGHT : letter == 'D' ? K_WORD_LEFT : K_NONE;
}

static int32_t csi_key(const struct sequence *sequence, int32_t letter)
{
    const char *parameters = sequence->parameters;
    bool number = parameters[strspn(parameters, "0123456789")] == '\0';
    if (sequence->length > SEQUENCE_MAX)
        return K_NONE;
    if (letter == '~')
        return number ? number_key(strtol(parameters, NULL, 10)) : K_NONE;
    if (letter >= 'a') /* xterm's reports end so; rxvt's arrows with Shift, too */
        return K_NONE;
    if (!*parameters || strcmp(parameters, "1") == 0)
        return letter_key(letter);
    return modified_key(parameters, letter);
}

/* --- where it ends --- */

/* What is none of these was typed with Alt: of those only digits are keys of ours. */
static bool put_first(struct sequence *sequence, int32_t c)
{
    sequence->kind = c < 0x80 ? (char)c : 0;
    if (c == '[')
        sequence->state = SEQUENCE_CSI;
    else if (c == 'O')
        sequence->state = SEQUENCE_SS3;
    else if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_')
        sequence->state = SEQUENCE_STRING;
    else
        return true;
    return false;
}

static void keep(struct sequence *sequence, int32_t c)
{
    if (sequence->length < SEQUENCE_MAX)
        sequence->parameters[sequence->length] = c < 0x80 ? (char)c : '?';
    if (sequence->length <= SEQUENCE_MAX)
        sequence->length++;
}

static bool put_csi(struct sequence *sequence, int32_t c, int32_t *code)
{
    bool reports = sequence->parameters[0] == '?' || sequence->parameters[0] == '>';
    if (c == '[' && sequence->length == 0) {
        sequence->state = SEQUENCE_LINUX;
        return false;
    }
    /* rxvt ends its keys with Shift in '$', which elsewhere stands before the last letter */
    if (c >= '@' || (c == '$' && sequence->length > 0 && !reports)) {
        *code = csi_key(sequence, c);
        return true;
    }
    keep(sequence, c);
    return false;
}

static bool put_string(struct sequence *sequence, int32_t c)
{
    bool ended = c == BEL || (sequence->state == SEQUENCE_STRING_ESC && c == '\\');
    sequence->state = c == K_ESC ? SEQUENCE_STRING_ESC : SEQUENCE_STRING;
    if (!ended && c != K_ESC)
        keep(sequence, c);
    return ended;
}

static bool put(struct sequence *sequence, int32_t c, int32_t *code)
{
    switch (sequence->state) {
    case SEQUENCE_ESC:
        if (c >= '1' && c <= '9')
            *code = K_ALT_1 + c - '1';
        return put_first(sequence, c);
    case SEQUENCE_CSI:
        return put_csi(sequence, c, code);
    case SEQUENCE_LINUX:
        *code = c >= 'A' && c <= 'E' ? K_F1 + c - 'A' : K_NONE;
        return true;
    case SEQUENCE_SS3:
        *code = ss3_key(c);
        return true;
    case SEQUENCE_STRING:
    case SEQUENCE_STRING_ESC:
        return put_string(sequence, c);
    case SEQUENCE_NONE:
        break;
    }
    *code = c;
    return true;
}

bool sequence_put(struct sequence *sequence, int32_t c, int32_t *code)
{
    bool string = sequence->state == SEQUENCE_STRING || sequence->state == SEQUENCE_STRING_ESC;
    *code = K_NONE;
    if (c == K_ESC && !string) { /* the one before was Esc, or never ended */
        bool pressed = sequence->state == SEQUENCE_ESC;
        sequence_begin(sequence);
        *code = pressed ? K_ESC : K_NONE;
        return pressed;
    }
    if (c < ' ' && c != K_ESC && !(string && c == BEL)) {
        bool alt = sequence->state == SEQUENCE_ESC;
        sequence->state = SEQUENCE_NONE;
        *code = alt || c == CAN || c == SUB ? K_NONE : c;
        return true;
    }
    if (!put(sequence, c, code))
        return false;
    sequence->state = SEQUENCE_NONE;
    return true;
}

/* --- the background --- */

/* One to four hexadecimal digits as a part of 255; -1: there are none. */
static int color_part(const char **at)
{
    size_t n = strspn(*at, "0123456789abcdefABCDEF");
    char digits[5] = "";
    if (n < 1 || n >= sizeof digits)
        return -1;
    memcpy(digits, *at, n);
    *at += n;
    return (int)(strtol(digits, NULL, 16) * 255 / ((1L << 4 * n) - 1));
}

bool sequence_background(const struct sequence *sequence, bool *light)
{
    static const char begin[] = "11;rgb:";
    /* the grey that is as far from black as from white, by WCAG's contrast */
    enum { MIDDLE = 0x75, PARTS = 3 };
    static const int weights[PARTS] = {2126, 7152, 722};
    const char *at = sequence->parameters;
    int sum = 0;
    if (sequence->kind != ']' || sequence->length > SEQUENCE_MAX ||
        strncmp(at, begin, sizeof begin - 1) != 0)
        return false;
    at += sizeof begin - 1;
    for (int i = 0; i < PARTS; i++) {
        int part = (i == 0 || *at++ == '/') ? color_part(&at) : -1;
        if (part < 0)
            return false;
        sum += part * weights[i];
    }
    *light = sum > MIDDLE * 10000;
    return !*at;
}
