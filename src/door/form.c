/* What forms hold, and names in lists of pairs. */
#include "http.h"
#include <base/ascii.h>
#include <string.h>

const char *http_pair_find(const struct http_pairs *pairs, const char *name)
{
    for (size_t i = pairs->count; i > 0; i--)
        if (strcmp(pairs->items[i - 1].name, name) == 0)
            return pairs->items[i - 1].value;
    return NULL;
}

/* "%2B" and '+' of a form; a NUL would cut the text and is left out. */
static char *decode(struct arena *arena, const char *s, size_t size)
{
    char *out = arena_alloc(arena, size + 1);
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        char c = s[i] == '+' ? ' ' : s[i];
        bool code = s[i] == '%' && i + 2 < size;
        int high = code ? hex_value(s[i + 1]) : -1, low = code ? hex_value(s[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c)
            out[length++] = c;
    }
    return out;
}

void http_form_read(struct arena *arena, const char *body, struct http_pairs *out)
{
    while (*body && out->count < HTTP_ARGUMENTS_MAX) {
        size_t size = strcspn(body, "&");
        const char *equals = memchr(body, '=', size);
        size_t name = equals ? (size_t)(equals - body) : size;
        if (name > 0)
            *vector_push(arena, out) =
                (struct http_pair){decode(arena, body, name),
                                   equals ? decode(arena, equals + 1, size - name - 1) : ""};
        body += size + (body[size] == '&');
    }
}
