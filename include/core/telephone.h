/*
 * Telephone numbers as callers read them out, and other numbers that invitations show: what digits
 * may be that are no conference ID. Pure.
 */
#ifndef CORE_TELEPHONE_H
#define CORE_TELEPHONE_H

#include <base/arena.h>
#include <base/vector.h>
#include <stdbool.h>

enum { TELEPHONE_MIN_DIGITS = 7, TELEPHONE_MAX_DIGITS = 17, TELEPHONE_SIZE = 18 };

/*
 * The digits of a text that has only digits and the signs of telephone numbers, at least
 * TELEPHONE_MIN_DIGITS of them. False, and an empty `out`: it is no such text.
 */
bool telephone_digits(const char *typed, char out[TELEPHONE_SIZE]);

/*
 * The number's digits from the last to the first, by which an index finds it, whatever codes stand
 * at its beginning; "" if it is none.
 */
char *telephone_key(struct arena *arena, const char *number);

/* True if the digits are this number (E.164), perhaps as it is dialled at home: 0323 849 4874. */
bool telephone_same(const char *digits, const char *number);

/* As invitations print them: the digits alone, in groups of three, and with groups of four. */
void number_forms(struct arena *arena, const char *digits, struct strings *out);

/* True if the text shows one of the forms behind words that call it an ID. */
bool text_shows_id(struct arena *arena, const char *text, const struct strings *forms);

#endif
