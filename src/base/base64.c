/*
 * Base64: six bits a character.
 */
#include <base/base64.h>
#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct text *out, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += 3) {
        uint32_t group = 0;
        for (size_t n = 0; n < 3; n++)
            group = group << 8 | (i + n < size ? (unsigned char)bytes[i + n] : 0U);
        for (size_t n = 0; n < 4; n++)
            text_add_byte(out, i + n <= size ? digits[group >> (18 - 6 * n) & 63] : '=');
    }
}

char *base64_read(struct arena *arena, const char *s, size_t *size)
{
    char *out = arena_alloc(arena, strlen(s) + 1);
    const char *digit;
    uint32_t bits = 0;
    int count = 0;
    *size = 0;
    for (; *s && (digit = strchr(digits, *s)) != NULL; s++) {
        bits = bits << 6 | (uint32_t)(digit - digits);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        out[(*size)++] = (char)(bits >> count & 0xff);
    }
    return out;
}
