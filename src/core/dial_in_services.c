/*
 * Finding services' signs in a text: each of its bytes costs one look into the table's rows that
 * begin with it.
 */
#include "dial_in_services.h"

#include <base/ascii.h>
#include <string.h>
#include <strings.h>

enum { PROPERTIES = 256 }; /* where service_first tells the rows that are known by name alone */

enum dial_in_place_kind dial_in_place_of(const char *property)
{
    for (size_t i = service_first[PROPERTIES]; i < service_first[PROPERTIES + 1]; i++)
        if (strcasecmp(service_patterns[i].text, property) == 0)
            return service_patterns[i].kind == SERVICE_ID_PROPERTY ? DIAL_IN_PLACE_ID
                                                                   : DIAL_IN_PLACE_NUMBER;
    return DIAL_IN_PLACE_TEXT;
}

/*
 * --- in a text ---------------------------------------------------------------------------------
 */

/* True if a word begins at s: behind no letter or digit but those of "%2F". */
static bool word_begins(const char *text, const char *s)
{
    if (s == text || !ascii_word(s[-1]))
        return true;
    return s - text >= 3 && (s[-3] == '%' || s[-3] == '-') && hex_value(s[-2]) >= 0 &&
           hex_value(s[-1]) >= 0 && s[-2] >= '2' && s[-2] <= '3';
}

/* Behind a run of blanks, line ends too; s itself if none stands there. */
static const char *skip_blanks(const char *s)
{
    enum { BLANKS_MAX = 8 };
    for (int i = 0; i < BLANKS_MAX; i++) {
        if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
            s++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0)
            s += 2;
        else
            break;
    }
    return s;
}

/* True for digits that callers enter, as behind "PIN": ": 12 34#". */
static bool code_behind(const char *s)
{
    enum { LOOKED_AT = 24 };
    bool digits = false;
    for (int i = 0; i < LOOKED_AT && *s && strchr(" :.-0123456789", *s); i++, s++)
        digits = digits || ascii_digit(*s);
    return digits && *s == '#';
}

/* The end of what matches the pattern at s, or NULL. */
static const char *match(const struct service_pattern *pattern, const char *s)
{
    for (const char *p = pattern->text; *p; p++) {
        const char *behind = s + 1;
        if (*p == ' ') {
            behind = skip_blanks(s);
            if (behind == s)
                return NULL;
        } else if (*p == '/' && strncasecmp(s, "%2f", 3) == 0) {
            behind = s + 3;
        } else if (ascii_small(*s) != *p && !(*p == '/' && *s == '_')) {
            return NULL;
        }
        s = behind;
    }
    if (pattern->kind == SERVICE_CODE && !code_behind(s))
        return NULL;
    return ascii_word(pattern->text[pattern->length - 1]) && ascii_word(*s) ? NULL : s;
}

/* What follows an ID in a dial string stands behind a digit. */
static bool may_begin(const struct service_pattern *pattern, const char *text, const char *s)
{
    return pattern->kind != SERVICE_PIN || (s > text && ascii_digit(s[-1]));
}

/* The longest pattern that stands at s; its end in *end. */
static const struct service_pattern *pattern_at(const char *text, const char *s, const char **end)
{
    const struct service_pattern *best = NULL;
    unsigned char first = (unsigned char)ascii_small(*s);
    if (ascii_word(*s) && !word_begins(text, s)) /* most bytes: a quick look */
        return NULL;
    for (size_t i = service_first[first]; i < service_first[first + 1]; i++) {
        const struct service_pattern *pattern = &service_patterns[i];
        if ((best && best->length >= pattern->length) || !may_begin(pattern, text, s))
            continue;
        const char *stop = match(pattern, s);
        if (stop) {
            best = pattern;
            *end = stop;
        }
    }
    return best;
}

static bool same_service(const struct service_pattern *a, const struct service_pattern *b)
{
    if (a->own != b->own || a->strength != b->strength || !a->service || !b->service)
        return false;
    return strcmp(a->service, b->service) == 0;
}

static void sign_add(struct service_signs *signs, const struct service_sign *sign)
{
    const struct service_pattern *last =
        signs->count > 0 ? signs->items[signs->count - 1].pattern : NULL;
    bool again = last == sign->pattern || (last && same_service(last, sign->pattern) &&
                                           sign->pattern->kind <= SERVICE_PROPERTY);
    if (!again && signs->count < sizeof signs->items / sizeof *signs->items)
        signs->items[signs->count++] = *sign;
}

void service_signs_read(const char *text, struct service_signs *signs)
{
    signs->count = 0;
    for (const char *s = text; *s;) {
        const char *end;
        const struct service_pattern *pattern = pattern_at(text, s, &end);
        if (pattern)
            sign_add(signs,
                     &(struct service_sign){pattern, (size_t)(s - text), (size_t)(end - text)});
        s = pattern ? end : s + 1;
    }
}
