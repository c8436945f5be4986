/*
 * One conference ID for another in a text that people wrote or a program made: the digits may stand
 * together or in groups.
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

/*
 * The bytes of what may stand between two groups of digits: a space (two no-break ones too), a dash
 * or a dot; 0: none.
 */
static size_t separator(const char *s)
{
    static const char *const separators[] = {" ", "-", ".", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (strncmp(s, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

/*
 * True where a number, a word or a link's path goes on at `at`, so that the digits there are only a
 * part of something.
 */
static bool inside_something(const char *text, const char *at)
{
    if (at == text)
        return false;
    char before = at[-1];
    if (digit(before) || letter(before) || before == '/' || before == '+' || before == '%')
        return true;
    return (before == ' ' || before == '-' || before == '.') && at - text >= 2 && digit(at[-2]);
}

/* The end of the ID at `at`, NULL where it does not stand there; *grouped where its digits do. */
static const char *mention(const char *at, const char *id, bool *grouped)
{
    *grouped = false;
    for (const char *d = id; *d; d++) {
        size_t gap = d > id ? separator(at) : 0;
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
    size_t gap = separator(at);
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
            *at == *old_id && !inside_something(text, at) ? mention(at, old_id, &grouped) : NULL;
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
