/*
 * How a finding of the check is added: its words and its key, at most some lines of a kind.
 */
#include "check.h"

#include <base/utf8.h>
#include <string.h>

/* What the store holds is not trusted to be text for a terminal. */
void store_finding_add(struct arena *arena, struct strings *findings, size_t *lines,
                       const char *finding, const char *key)
{
    if (*lines > CHECK_LINES_MAX)
        return;
    const char *shown = ++*lines > CHECK_LINES_MAX ? "and more" : key;
    *vector_push(arena, findings) =
        arena_format(arena, "%s%s", finding, utf8_shown(arena, shown ? shown : "-", false));
}

/* Whoever meets damage is sent to the check; the check itself does not say so. */
void store_finding_damage(struct arena *arena, struct strings *findings, const struct error *damage)
{
    size_t lines = 0;
    const char *hint = strstr(damage->why, " ('dialdesk check'");
    size_t n = hint ? (size_t)(hint - damage->why) : strlen(damage->why);
    store_finding_add(arena, findings, &lines, "store: ", arena_copy_n(arena, damage->why, n));
}

void check_say(struct check *check, size_t *lines, const char *finding, const char *key)
{
    store_finding_add(check->arena, check->findings, lines, finding, key);
}
