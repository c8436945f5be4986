/*
 * Characters that conference IDs and telephone numbers are written with, in whatever script or
 * spacing people and programs use. Private to core.
 */
#ifndef CORE_DIGITS_H
#define CORE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

/* 0 to 9 for a decimal digit (ASCII, full-width, Arabic-Indic, Persian, Devanagari), else -1. */
int digits_value(int32_t codepoint);

/* A space of any width but a line's end: space, tab, no-break, thin, ideographic. */
bool digits_space(int32_t codepoint);

/* A hyphen, dash or minus sign. */
bool digits_dash(int32_t codepoint);

/*
 * A mark that is not seen: soft hyphen, zero-width characters, direction marks, a byte order mark.
 */
bool digits_unseen(int32_t codepoint);

/* May stand between two digits of one number: a space, dash, unseen mark, dot or parenthesis. */
bool digits_separator(int32_t codepoint);

/* '#', also full-width. */
bool digits_hash(int32_t codepoint);

#endif
