/*
 * Reports of the mouse, read a byte at a time: the bytes behind a report are for curses.
 */
#include "term_curses.h"
#include <poll.h>
#include <unistd.h>

enum {
    BYTE_MS = 100,          /* bytes that are further apart are no report */
    NUMBER_MAX = 9999,      /* more than any window's columns */
    MODIFIERS = 4 | 8 | 16, /* Shift, Meta, Control */
    LEFT = 0,
    WHEEL_UP = 64,
    WHEEL_DOWN = 65
};

/* -1: no byte came in time. */
static int next_byte(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    unsigned char byte;
    if (poll(&ready, 1, BYTE_MS) <= 0 || read(fd, &byte, 1) != 1)
        return -1;
    return byte;
}

/* Columns and rows are counted from 1. */
static bool report(int button, int col, int row, struct key *key)
{
    switch (button & ~MODIFIERS) {
    case LEFT:
        key->code = K_CLICK;
        break;
    case WHEEL_UP:
        key->code = K_WHEEL_UP;
        break;
    case WHEEL_DOWN:
        key->code = K_WHEEL_DOWN;
        break;
    default:
        return false;
    }
    key->row = row - 1;
    key->col = col - 1;
    return row > 0 && col > 0;
}

/* "button;column;row", then M; m if a button was let go. */
bool mouse_read_sgr(int fd, struct key *key)
{
    int numbers[3] = {0}, at = 0;
    bool sound = true;
    for (;;) {
        int byte = next_byte(fd);
        if (byte == ';' && at < 2) {
            at++;
        } else if (byte >= '0' && byte <= '9') {
            numbers[at] = numbers[at] * 10 + byte - '0';
            sound = sound && numbers[at] <= NUMBER_MAX;
            numbers[at] = sound ? numbers[at] : 0;
        } else {
            return byte == 'M' && at == 2 && sound &&
                   report(numbers[0], numbers[1], numbers[2], key);
        }
    }
}

/* Three bytes, each 32 more than its number; a column beyond 223 does not fit and comes as 0. */
bool mouse_read_old(int fd, struct key *key)
{
    enum { SHIFT = 32 };
    int bytes[3];
    for (int i = 0; i < 3; i++)
        if ((bytes[i] = next_byte(fd)) < 0)
            return false;
    return report(bytes[0] - SHIFT, bytes[1] - SHIFT, bytes[2] - SHIFT, key);
}
