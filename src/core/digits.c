/*
 * The characters around and in a conference ID: digits of several scripts, spaces, dashes, marks
 * that are not seen. People paste from mail programs, which write no-break spaces and typographic
 * dashes for plain ones.
 */
#include "digits.h"

int digits_value(int32_t codepoint)
{
    static const int32_t zeros[] = {'0', 0xFF10, 0x0660, 0x06F0, 0x0966};
    for (unsigned i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (codepoint >= zeros[i] && codepoint <= zeros[i] + 9)
            return (int)(codepoint - zeros[i]);
    }
    return -1;
}

bool digits_space(int32_t codepoint)
{
    return codepoint == ' ' || codepoint == '\t' || codepoint == 0x00A0 || codepoint == 0x1680 ||
           (codepoint >= 0x2000 && codepoint <= 0x200A) || codepoint == 0x202F ||
           codepoint == 0x205F || codepoint == 0x3000;
}

bool digits_dash(int32_t codepoint)
{
    return codepoint == '-' || (codepoint >= 0x2010 && codepoint <= 0x2015) ||
           codepoint == 0x2212 || codepoint == 0xFE63 || codepoint == 0xFF0D;
}

bool digits_unseen(int32_t codepoint)
{
    return codepoint == 0x00AD || codepoint == 0x061C || codepoint == 0x180E ||
           (codepoint >= 0x200B && codepoint <= 0x200F) ||
           (codepoint >= 0x202A && codepoint <= 0x202E) ||
           (codepoint >= 0x2060 && codepoint <= 0x206F) || codepoint == 0xFEFF;
}

bool digits_separator(int32_t codepoint)
{
    return digits_space(codepoint) || digits_dash(codepoint) || digits_unseen(codepoint) ||
           codepoint == '.' || codepoint == '(' || codepoint == ')';
}

bool digits_hash(int32_t codepoint)
{
    return codepoint == '#' || codepoint == 0xFF03;
}
