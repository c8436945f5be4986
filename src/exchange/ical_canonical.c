/*
 * What we do not model, brought into one order: other programs write a file again with its
 * properties, parameters, folding and escapes as they like, and that is no change.
 */
#include "ical_property.h"

#include <string.h>

static int texts_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct strings *list)
{
    items_sort(list->items, list->count, sizeof *list->items, texts_compare);
}

/*
 * "VALARM/TRIGGER;RELATED=START:-PT5M": where it stands, what it is, its parameters in order, its
 * value.
 */
static const char *line_canonical(struct arena *arena, const char *within,
                                  const struct ical_property *property)
{
    struct strings parameters = {0};
    struct text out = text_start(arena);
    for (size_t i = 0; i < property->parameters.count; i++)
        *vector_push(arena, &parameters) =
            arena_format(arena, "%s=%s", property->parameters.items[i].name,
                         property->parameters.items[i].value);
    sort(&parameters);
    text_addf(&out, "%s%s", within, property->name);
    for (size_t i = 0; i < parameters.count; i++)
        text_addf(&out, ";%s", parameters.items[i]);
    text_addf(&out, ":%s", ical_text_read(arena, property->value));
    return out.bytes;
}

/* "VALARM/" and the like for the component that a BEGIN opens; one up for an END. */
static const char *step(struct arena *arena, const char *within,
                        const struct ical_property *property)
{
    if (strcmp(property->name, "BEGIN") == 0)
        return arena_format(arena, "%s%s/", within, property->value);
    size_t n = strlen(within);
    while (n > 0 && (n == strlen(within) || within[n - 1] != '/'))
        n--;
    return arena_copy_n(arena, within, n);
}

char *ical_canonical(struct arena *arena, const char *ical)
{
    struct strings lines = {0};
    struct text out = text_start(arena);
    const char *within = "";
    for (const char *at = ical ? ical : ""; *at; at += strspn(at, "\r\n")) {
        size_t length = strcspn(at, "\r\n");
        struct ical_property property = {0};
        if (!ical_property_read(arena, arena_copy_n(arena, at, length), &property)) {
            *vector_push(arena, &lines) = line_canonical(arena, within, &property);
            if (strcmp(property.name, "BEGIN") == 0 || strcmp(property.name, "END") == 0)
                within = step(arena, within, &property);
        }
        at += length;
    }
    sort(&lines);
    for (size_t i = 0; i < lines.count; i++)
        text_addf(&out, "%s\n", lines.items[i]);
    return out.bytes;
}
