/*
 * One character of untrusted text, safe to print: shared by utf8_printable and the error messages.
 */
#ifndef BASE_UTF8_ESCAPE_H
#define BASE_UTF8_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_ESCAPE_SIZE = 16 };

/*
 * Writes the next character of [*s, end), as it is or as \xNN or \u{NNNN}, without a terminator;
 * moves *s behind it and returns the bytes written. *s must be before end. `previous` is the
 * character before it (0 at the beginning), and is moved along: what is hidden (utf8_hidden)
 * becomes <U+NNNN>; NULL leaves it.
 */
size_t utf8_escape_next(const char **s, const char *end, bool keep_newlines, int32_t *previous,
                        char out[UTF8_ESCAPE_SIZE]);

#endif
