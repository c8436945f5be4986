/*
 * Dial-in numbers: read as people write them, and grouped for people to read.
 */
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <base/vector.h>
#include <core/directory.h>
#include <string.h>

enum { E164_LEAST = 7, E164_MOST = 15, TYPED_MAX = 40 };

/* Fills `out` with '+' and the digits. Returns the fault, or NULL. */
static const char *read_number(const char *s, char out[E164_MOST + 2])
{
    static const char shape[] = "start with + and the country code, as in +1 202 555 0123";
    const char *end = s + strlen(s);
    size_t length = 0;
    s += strspn(s, " ");
    if (*s != '+')
        return shape;
    out[length++] = *s++;
    while (s < end) {
        /* "+49 (0)69": the zero is dialled inside of the country only. */
        if (length > 1 && strncmp(s, "(0)", 3) == 0) {
            s += 3;
            continue;
        }
        int32_t codepoint = utf8_next(&s, end);
        if (digits_separator(codepoint) || codepoint == '/')
            continue;
        if (!ascii_digit(codepoint))
            return shape;
        if (length > E164_MOST)
            return "a number has 15 digits at most";
        out[length++] = (char)codepoint;
    }
    out[length] = '\0';
    if (length - 1 < E164_LEAST)
        return "a number has 7 digits at least, the country's code included";
    return out[1] == '0' ? "no country's code begins with 0" : NULL;
}

enum err number_parse(const char *s, char out[17], struct error *error)
{
    char read[E164_MOST + 2];
    out[0] = '\0';
    const char *why = read_number(s, read);
    if (why)
        return error_set_what(error, ERR_INVALID, why, "number '%s'", s);
    memcpy(out, read, strlen(read) + 1);
    return ERR_OK;
}

/*
 * How many digits the country's code has: 1 for the codes 1 and 7, 2 for those that the table
 * holds, else 3 (ITU-T E.164).
 */
static size_t country_length(const char *digits)
{
    static const char *const two[] = {
        ['2'] = "07",      ['3'] = "0123469", ['4'] = "013456789", ['5'] = "12345678",
        ['6'] = "0123456", ['8'] = "1246",    ['9'] = "0123458",
    };
    if (digits[0] == '1' || digits[0] == '7')
        return 1;
    const char *second =
        digits[0] >= '2' && digits[0] <= '9' ? two[(unsigned char)digits[0]] : NULL;
    return second && digits[1] && strchr(second, digits[1]) ? 2 : 3;
}

char *number_format(struct arena *arena, const char *e164)
{
    const char *digits = *e164 == '+' ? e164 + 1 : e164;
    size_t length = strlen(digits);
    if (strspn(digits, "0123456789") != length || length < E164_LEAST)
        return arena_copy_n(arena, e164, strlen(e164));
    if (digits[0] == '1' && length == 11)
        return arena_format(arena, "+1 %.3s-%.3s-%.4s", digits + 1, digits + 4, digits + 7);
    struct text text = text_start(arena);
    size_t country = country_length(digits);
    text_addf(&text, "+%.*s", (int)country, digits);
    for (size_t at = country; at < length;) {
        size_t rest = length - at;
        /* Threes and, at the end, fours: "203 321 5238", "3090 1820". So no digit stands alone. */
        size_t group = rest % 4 == 0 ? 4 : rest < 3 ? rest : 3;
        text_addf(&text, " %.*s", (int)group, digits + at);
        at += group;
    }
    return text.bytes;
}

char *number_typed(struct arena *arena, const char *s)
{
    struct text text = text_start(arena);
    const char *end = s + strlen(s);
    while (s < end) {
        int32_t codepoint = utf8_next(&s, end);
        bool ascii = codepoint > ' ' && codepoint < 0x7F;
        if (ascii)
            text_add_byte(&text, (char)codepoint);
        else if (text.length && text.bytes[text.length - 1] != ' ')
            text_add_byte(&text, ' ');
    }
    if (text.length && text.bytes[text.length - 1] == ' ')
        text.bytes[--text.length] = '\0';
    bool grouped = strspn(text.bytes, "+0123456789") != text.length;
    return grouped && text.length <= TYPED_MAX ? text.bytes : arena_copy(arena, "");
}

char *number_shown(struct arena *arena, const struct number *number)
{
    bool typed = number->typed && number->typed[0];
    return typed ? arena_copy(arena, number->typed) : number_format(arena, number->e164);
}
