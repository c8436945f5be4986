/*
 * Exchanging a conference ID in a text that people or programs wrote: its digits may stand together
 * or in groups.
 */
#include <core/dial_in_renew.h>

#include <base/vector.h>
#include <core/conference_id.h>
#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The bytes of a separator of two groups of digits at s, 0 if none stands there. */
static size_t separator_length(const char *s)
{
    static const char *const separators[] = {" ", "-", ".", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (strncmp(s, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

/* True if the digits at `at` go on a number, a word or a link's path that begins before them. */
static bool inside_longer(const char *text, const char *at)
{
    if (at == text)
        return false;
    char before = at[-1];
    if (digit(before) || letter(before) || before == '/' || before == '+' || before == '%')
        return true;
    return (before == ' ' || before == '-' || before == '.') && at - text >= 2 && digit(at[-2]);
}

/*
 * The end of the ID that stands at `at`, NULL if it does not; *grouped if its digits stand in
 * groups.
 */
static const char *mention_end(const char *at, const char *id, bool *grouped)
{
    *grouped = false;
    for (const char *d = id; *d; d++) {
        size_t gap = d > id ? separator_length(at) : 0;
        if (gap && at[gap] == *d) {
            at += gap;
            *grouped = true;
        }
        if (*at != *d)
            return NULL;
        at++;
    }
    if (digit(*at) || letter(*at))
        return NULL;
    size_t gap = separator_length(at);
    return *grouped && gap && digit(at[gap]) ? NULL : at;
}

const char *dial_in_renew(struct arena *arena, const char *text, const char *old_id,
                          const char *new_id)
{
    struct text out = text_start(arena);
    const char *from = text;
    for (const char *at = text; *at;) {
        bool grouped;
        const char *end =
            *at == *old_id && !inside_longer(text, at) ? mention_end(at, old_id, &grouped) : NULL;
        if (!end) {
            at++;
            continue;
        }
        text_add_n(&out, from, (size_t)(at - from));
        text_add(&out, grouped ? conference_id_group(arena, new_id) : new_id);
        from = at = end;
    }
    if (from == text)
        return text;
    text_add(&out, from);
    return out.bytes;
}
