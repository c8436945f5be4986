/*
 * The table of services' signs (data/services.tsv), and finding them in a text.
 *
 * Each byte of a text costs one look into a list of the rows that begin with it.
 */
#include "dial_in_services.h"

#include <base/vector.h>
#include <string.h>
#include <strings.h>

struct dial_in_services {
    struct service_patterns VECTOR(struct service_pattern) patterns;
    /* for each first byte, its rows: the index of the first one plus 1, and then next[] */
    size_t first[256];
    size_t *next;
};

/*
 * --- the table ---------------------------------------------------------------------------------
 */

enum { FIELDS = 5 };

static enum service_kind kind_read(const char *name)
{
    static const struct {
        const char *name;
        enum service_kind kind;
    } kinds[] = {{"label", SERVICE_LABEL},
                 {"pin", SERVICE_PIN},
                 {"id-property", SERVICE_ID_PROPERTY},
                 {"number-property", SERVICE_NUMBER_PROPERTY}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].kind;
    return SERVICE_TEXT;
}

static void row_read(struct arena *arena, char *row, struct dial_in_services *services)
{
    char *fields[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = row;
        row += strcspn(row, "\t");
        if (*row)
            *row++ = '\0';
    }
    if (!fields[FIELDS - 1][0])
        return;
    *vector_push(arena, &services->patterns) = (struct service_pattern){
        .own = strcmp(fields[0], "own") == 0,
        .strength = strcmp(fields[1], "sure") == 0   ? SERVICE_SURE
                    : strcmp(fields[1], "hint") == 0 ? SERVICE_HINT
                                                     : SERVICE_NONE,
        .service = strcmp(fields[2], "-") == 0 ? NULL : fields[2],
        .kind = kind_read(fields[3]),
        .text = fields[4],
        .length = strlen(fields[4]),
    };
}

const struct dial_in_services *dial_in_services_read(struct arena *arena, const char *table)
{
    struct dial_in_services *services = arena_alloc(arena, sizeof *services);
    while (table && *table) {
        size_t n = strcspn(table, "\n");
        if (*table != '#')
            row_read(arena, arena_copy_n(arena, table, n), services);
        table += n + (table[n] == '\n');
    }
    services->next = arena_array(arena, services->patterns.count, sizeof *services->next);
    for (size_t i = 0; i < services->patterns.count; i++) {
        const struct service_pattern *pattern = &services->patterns.items[i];
        if (pattern->kind == SERVICE_ID_PROPERTY || pattern->kind == SERVICE_NUMBER_PROPERTY)
            continue; /* asked for by their names alone */
        size_t *first = &services->first[(unsigned char)pattern->text[0]];
        services->next[i] = *first;
        *first = i + 1;
    }
    return services;
}

static bool property_is(const struct dial_in_services *services, const char *name,
                        enum service_kind kind)
{
    for (size_t i = 0; i < services->patterns.count; i++)
        if (services->patterns.items[i].kind == kind &&
            strcasecmp(services->patterns.items[i].text, name) == 0)
            return true;
    return false;
}

enum dial_in_place_kind dial_in_place_of(const struct dial_in_services *services,
                                         const char *property)
{
    if (property_is(services, property, SERVICE_ID_PROPERTY))
        return DIAL_IN_PLACE_ID;
    if (property_is(services, property, SERVICE_NUMBER_PROPERTY))
        return DIAL_IN_PLACE_NUMBER;
    return DIAL_IN_PLACE_TEXT;
}

/*
 * --- in a text ---------------------------------------------------------------------------------
 */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z');
}

static bool hexadecimal(char c)
{
    return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'f');
}

/* True if a word begins at s: behind no letter or digit but those of "%2F". */
static bool word_begins(const char *text, const char *s)
{
    if (s == text || !alphanumeric(s[-1]))
        return true;
    return s - text >= 3 && (s[-3] == '%' || s[-3] == '-') && hexadecimal(s[-2]) &&
           hexadecimal(s[-1]) && s[-2] >= '2' && s[-2] <= '3';
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
        } else if (small(*s) != *p && !(*p == '/' && *s == '_')) {
            return NULL;
        }
        s = behind;
    }
    return alphanumeric(pattern->text[pattern->length - 1]) && alphanumeric(*s) ? NULL : s;
}

static bool may_begin(const struct service_pattern *pattern, const char *text, const char *s)
{
    if (pattern->kind == SERVICE_PIN)
        return s > text && s[-1] >= '0' && s[-1] <= '9';
    return !alphanumeric(pattern->text[0]) || word_begins(text, s);
}

/* The longest pattern that stands at s; its end in *end. */
static const struct service_pattern *pattern_at(const struct dial_in_services *services,
                                                const char *text, const char *s, const char **end)
{
    const struct service_pattern *best = NULL;
    for (size_t i = services->first[(unsigned char)small(*s)]; i > 0; i = services->next[i - 1]) {
        const struct service_pattern *pattern = &services->patterns.items[i - 1];
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
    bool again = last && same_service(last, sign->pattern) && sign->pattern->kind == SERVICE_TEXT;
    if (!again && signs->count < sizeof signs->items / sizeof *signs->items)
        signs->items[signs->count++] = *sign;
}

void service_signs_read(const struct dial_in_services *services, const char *text,
                        struct service_signs *signs)
{
    signs->count = 0;
    for (const char *s = text; *s;) {
        const char *end;
        const struct service_pattern *pattern =
            services->first[(unsigned char)small(*s)] ? pattern_at(services, text, s, &end) : NULL;
        if (pattern)
            sign_add(signs,
                     &(struct service_sign){pattern, (size_t)(s - text), (size_t)(end - text)});
        s = pattern ? end : s + 1;
    }
}
