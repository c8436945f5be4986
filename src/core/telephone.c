/*
 * Digits that callers read out although they are no conference ID: telephone numbers, and the IDs
 * that apps ask for.
 */
#include <base/ascii.h>
#include <base/utf8.h>
#include <core/telephone.h>
#include <string.h>

bool telephone_digits(const char *typed, char out[TELEPHONE_SIZE])
{
    size_t count = 0;
    out[0] = '\0';
    if (typed[strspn(typed, "0123456789 +()-./#")] != '\0')
        return false;
    for (const char *at = typed; *at; at++) {
        if (!ascii_digit(*at))
            continue;
        if (count < TELEPHONE_MAX_DIGITS)
            out[count] = *at;
        count++;
    }
    bool whole = count >= TELEPHONE_MIN_DIGITS && count <= TELEPHONE_MAX_DIGITS;
    out[whole ? count : 0] = '\0';
    return whole;
}

char *telephone_key(struct arena *arena, const char *number)
{
    char digits[TELEPHONE_SIZE];
    telephone_digits(number, digits);
    size_t length = strlen(digits);
    char *key = arena_copy(arena, digits);
    for (size_t i = 0; i < length; i++)
        key[i] = digits[length - 1 - i];
    return key;
}

bool telephone_same(const char *digits, const char *number)
{
    char plain[TELEPHONE_SIZE];
    digits += strspn(digits, "0");
    size_t length = strlen(digits);
    if (length < TELEPHONE_MIN_DIGITS || !telephone_digits(number, plain))
        return false;
    size_t whole = strlen(plain);
    return whole >= length && strcmp(plain + whole - length, digits) == 0;
}

/* The digits in groups of these lengths, the last of which goes on; apart by `between`. */
static const char *grouped(struct arena *arena, const char *digits, size_t first, size_t next,
                           char between)
{
    struct text text = text_start(arena);
    size_t group = first;
    while (strlen(digits) > group) {
        text_add_n(&text, digits, group);
        text_add_byte(&text, between);
        digits += group;
        group = next;
    }
    text_add(&text, digits);
    return text.bytes;
}

void number_forms(struct arena *arena, const char *digits, struct strings *out)
{
    *vector_push(arena, out) = digits;
    *vector_push(arena, out) = grouped(arena, digits, 3, 3, ' ');
    *vector_push(arena, out) = grouped(arena, digits, 3, 4, ' ');
    *vector_push(arena, out) = grouped(arena, digits, 3, 3, '-');
}

/* True if an ID is named in the few words before `at`. */
static bool called_id(struct arena *arena, const char *text, const char *at)
{
    static const char *const words[] = {
        "id", "号", "号码", "番号", "идентификатор", "identyfikator", "tunnus"};
    enum { BEFORE = 60 };
    size_t before = (size_t)(at - text) < BEFORE ? (size_t)(at - text) : BEFORE;
    if (before && at[-1] == '+')
        return false;
    const char *words_before = utf8_fold(arena, arena_copy_n(arena, at - before, before));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(words_before, words[i]))
            return true;
    return false;
}

bool text_shows_id(struct arena *arena, const char *text, const struct strings *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        const char *form = forms->items[i];
        for (const char *at = text; (at = strstr(at, form)) != NULL; at++) {
            char behind = at[strlen(form)];
            bool whole = !ascii_digit(behind) && (at == text || !ascii_digit(at[-1]));
            if (whole && called_id(arena, text, at))
                return true;
        }
    }
    return false;
}
