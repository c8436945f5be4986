/* Signs of ASCII, whatever a locale takes for letters. Any layer may call this. */
#ifndef BASE_ASCII_H
#define BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_digit(int c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_letter(int c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool ascii_word(int c)
{
    return ascii_digit(c) || ascii_letter(c);
}

static inline char ascii_small(char c)
{
    return ascii_letter(c) ? (char)(c | 0x20) : c;
}

/* 0 to 15 for a hexadecimal digit, else -1. */
static inline int hex_value(char c)
{
    int letter = (c | 0x20) - 'a';
    if (ascii_digit(c))
        return c - '0';
    return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

#endif
