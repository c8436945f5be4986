/*
 * Errors: every message enters its record here, and is safe to print from then on.
 */
#include <base/error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "utf8_escape.h"

enum { RAW_SIZE = 2048 }; /* longer than any part of the record, even before escaping */

/* Escapes `raw` into `out`; a text that does not fit is cut between two characters. */
static void error_escape(char *out, size_t size, const char *raw)
{
    const char *end = raw + strlen(raw);
    size_t length = 0;
    int32_t previous = 0;
    while (raw < end) {
        char piece[UTF8_ESCAPE_SIZE];
        size_t n = utf8_escape_next(&raw, end, false, &previous, piece);
        if (length + n >= size)
            break;
        memcpy(out + length, piece, n);
        length += n;
    }
    out[length] = '\0';
}

enum err error_set(struct error *error, enum err code, const char *what, const char *why, ...)
{
    if (!error)
        return code;
    char raw[RAW_SIZE] = "";
    va_list args;
    va_start(args, why);
    vsnprintf(raw, sizeof raw, why, args);
    va_end(args);
    error->code = code;
    error_escape(error->what, sizeof error->what, what);
    error_escape(error->why, sizeof error->why, raw);
    return code;
}

enum err error_set_what(struct error *error, enum err code, const char *why, const char *what, ...)
{
    if (!error)
        return code;
    char raw[RAW_SIZE] = "";
    va_list args;
    va_start(args, what);
    vsnprintf(raw, sizeof raw, what, args);
    va_end(args);
    error->code = code;
    error_escape(error->what, sizeof error->what, raw);
    error_escape(error->why, sizeof error->why, why);
    return code;
}

void error_clear(struct error *error)
{
    *error = (struct error){0};
}

int error_exit_status(enum err code)
{
    static const unsigned char status[] = {
        [ERR_OK] = 0,       [ERR_INVALID] = 2, [ERR_NOT_FOUND] = 1, [ERR_REFUSED] = 3,
        [ERR_CONFLICT] = 3, [ERR_BUSY] = 4,    [ERR_DENIED] = 4,    [ERR_IO] = 4,
        [ERR_DAMAGED] = 4,  [ERR_BUG] = 4,     [ERR_AGAIN] = 4,
    };
    return (size_t)code < sizeof status ? status[code] : 4;
}

_Noreturn void die(const char *why, ...)
{
    /* In one write, so that the lines of two processes do not mix. */
    char reason[RAW_SIZE] = "";
    va_list args;
    va_start(args, why);
    vsnprintf(reason, sizeof reason, why, args);
    va_end(args);
    dprintf(STDERR_FILENO, "dialdesk: %s\n", reason);
    abort();
}
