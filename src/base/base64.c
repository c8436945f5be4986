/*
 * Base64: six bits a character.
 */
#include <base/base64.h>
#include <stdint.h>

void base64_add(struct text *out, const char *bytes, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        uint32_t group = 0;
        for (size_t n = 0; n < 3; n++)
            group = group << 8 | (i + n < size ? (unsigned char)bytes[i + n] : 0U);
        for (size_t n = 0; n < 4; n++)
            text_add_byte(out, i + n <= size ? digits[group >> (18 - 6 * n) & 63] : '=');
    }
}
