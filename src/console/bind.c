/*
 * Own keys: each line of the settings gives an action other keys, in one view or in all in which
 * letters are keys. Afterwards every key that was given is compared with all others of its views.
 */
#include "bind.h"
#include "term.h"
#include <base/vector.h>
#include <desk/session.h>
#include <string.h>

/* A row of the new table, and the line of the settings that gave it its keys; 0: none did. */
struct bound {
    struct key_row row;
    int line;
};

struct binding {
    struct arena *arena;
    const struct settings *settings;
    struct error *error;
    struct VECTOR(struct bound) rows;
};

static enum err line_bad(const struct binding *binding, int number, const char *why)
{
    return error_set_what(binding->error, ERR_INVALID, why, "%s:%d", binding->settings->config,
                          number);
}

/* --- names --- */

/* "page-down" is the action "page down". */
static bool is_name(const char *typed, const char *name)
{
    for (; *typed && *name; typed++, name++)
        if (*typed != (*name == ' ' ? '-' : *name))
            return false;
    return !*typed && !*name;
}

/* The view before the dot in "VIEW.ACTION"; VIEW_COUNT: there is none. *action is the rest. */
static enum view_number view_of(const char *name, const char **action)
{
    const char *dot = strchr(name, '.');
    *action = name;
    for (enum view_number i = 0; dot && i < VIEW_COUNT; i++)
        if (strlen(view_name(i)) == (size_t)(dot - name) &&
            strncmp(view_name(i), name, (size_t)(dot - name)) == 0) {
            *action = dot + 1;
            return i;
        }
    return VIEW_COUNT;
}

/* The views in which there is an action of this name. */
static unsigned views_with(const char *action)
{
    unsigned views = 0;
    for (const struct key_row *row = key_rows; row->keys; row++)
        views |= is_name(action, row->name) ? row->views : 0;
    return views;
}

/*
 * The views that a line is for. Without a view that is where letters are keys, or everywhere for an
 * action that is not found there.
 */
static enum err line_views(const struct binding *binding, const struct config_line *line,
                           const char **action, unsigned *views)
{
    enum view_number view = view_of(line->name, action);
    unsigned with = views_with(*action);
    if (!with)
        return line_bad(binding, line->number,
                        arena_format(binding->arena,
                                     "there is no action '%s'; dialdesk(1) lists them, KEYS",
                                     *action));
    if (view == VIEW_COUNT)
        *views = with == ~0U || !(with & V_COMMANDS) ? ~0U : V_COMMANDS;
    else
        *views = 1U << view;
    *views &= with;
    if (*views)
        return ERR_OK;
    return line_bad(binding, line->number,
                    arena_format(binding->arena, "there is no action '%s' in the view '%s'",
                                 *action, view_name(view)));
}

/* --- keys --- */

/* K_NONE for what is no key that can be pressed: the mouse, a paste. */
static int32_t key_pressed(const char *name, size_t n)
{
    int32_t code = key_code_of(name, n);
    return code >= K_CLICK && code <= K_RESIZE ? K_NONE : code;
}

static enum err line_keys(const struct binding *binding, const struct config_line *line,
                          unsigned views, const char **keys)
{
    enum { TYPED_ALWAYS = V_FORM | V_PICK };
    const char *at = line->value;
    *keys = strcmp(at, "none") == 0 ? "" : at;
    at = *keys;
    for (size_t n = key_word(&at); n; at += n, n = key_word(&at)) {
        int32_t code = key_pressed(at, n);
        if (code == K_NONE)
            return line_bad(binding, line->number,
                            arena_format(binding->arena,
                                         "there is no key '%.*s'; write it as in n, ^N, Enter, "
                                         "PgDn, F5 or Alt-1",
                                         (int)n, at));
        if (code >= K_SPACE && code < K_UP && !(views & ~(unsigned)TYPED_ALWAYS))
            return line_bad(
                binding, line->number,
                arena_format(binding->arena, "'%.*s' is typed as text there", (int)n, at));
    }
    return ERR_OK;
}

/* --- the new table --- */

/*
 * Gives the action's rows in these views their keys. A row that stands for other views too is
 * parted; of several rows of the action in a view the first one has the keys.
 */
static void rows_rebind(struct binding *binding, const struct config_line *line, const char *action,
                        unsigned views, const char *keys)
{
    struct VECTOR(struct bound) before = {0};
    for (size_t i = 0; i < binding->rows.count; i++)
        *vector_push(binding->arena, &before) = binding->rows.items[i];
    binding->rows.count = 0;
    for (size_t i = 0; i < before.count; i++) {
        struct bound bound = before.items[i];
        unsigned part = is_name(action, bound.row.name) ? bound.row.views & views : 0;
        unsigned rest = bound.row.views & ~part;
        if (part) {
            struct bound *own = vector_push(binding->arena, &binding->rows);
            *own = (struct bound){bound.row, line->number};
            own->row.views = part;
            own->row.keys = keys;
            views &= ~part;
        }
        bound.row.views = rest;
        if (rest)
            *vector_push(binding->arena, &binding->rows) = bound;
    }
}

static enum err line_bind(struct binding *binding, const struct config_line *line)
{
    const char *action, *keys = "";
    unsigned views = 0;
    enum err err = line_views(binding, line, &action, &views);
    if (!err)
        err = line_keys(binding, line, views, &keys);
    if (!err)
        rows_rebind(binding, line, action, views, keys);
    return err;
}

/* --- clashes --- */

/* Back, no and clear all take back, so that one of them may have the key of another. */
static bool takes_back(enum action action)
{
    return action == ACT_CLOSE || action == ACT_NO || action == ACT_CLEAR;
}

static enum err clash(const struct binding *binding, const struct bound *one,
                      const struct bound *other, int32_t code)
{
    char key[16];
    key_text(code, key);
    unsigned views = one->row.views & other->row.views;
    enum view_number view = 0;
    while (!(views & 1U << view))
        view++;
    const struct bound *later = one->line >= other->line ? one : other;
    const struct bound *first = later == one ? other : one;
    const char *where = first->line ? arena_format(binding->arena, " (line %d)", first->line) : "";
    return line_bad(binding, later->line,
                    arena_format(binding->arena,
                                 "the key '%s' of '%s' is '%s' in the view '%s'%s; give that "
                                 "another key, or none",
                                 key, later->row.name, first->row.name, view_name(view), where));
}

/* The keys of one row that a line gave, against all other rows. */
static enum err row_check(const struct binding *binding, const struct bound *one)
{
    const char *at = one->row.keys;
    for (size_t n = key_word(&at); n; at += n, n = key_word(&at)) {
        int32_t code = key_code_of(at, n);
        for (size_t i = 0; i < binding->rows.count; i++) {
            const struct bound *other = &binding->rows.items[i];
            bool alike = other->row.action == one->row.action ||
                         (takes_back(other->row.action) && takes_back(one->row.action));
            if (!alike && other->row.views & one->row.views && key_row_has(&other->row, code))
                return clash(binding, one, other, code);
        }
    }
    return ERR_OK;
}

enum err keys_bind(struct arena *arena, const struct settings *settings,
                   const struct key_row **rows, struct error *error)
{
    const struct config_lines *lines = &settings->keys;
    struct binding binding = {.arena = arena, .settings = settings, .error = error};
    enum err err = ERR_OK;
    *rows = key_rows;
    if (!lines->count)
        return ERR_OK;
    for (const struct key_row *row = key_rows; row->keys; row++)
        *vector_push(arena, &binding.rows) = (struct bound){.row = *row};
    for (size_t i = 0; i < lines->count && !err; i++)
        err = line_bind(&binding, &lines->items[i]);
    for (size_t i = 0; i < binding.rows.count && !err; i++)
        if (binding.rows.items[i].line)
            err = row_check(&binding, &binding.rows.items[i]);
    if (err)
        return err;
    struct key_row *table = arena_array(arena, binding.rows.count + 1, sizeof *table);
    for (size_t i = 0; i < binding.rows.count; i++)
        table[i] = binding.rows.items[i].row;
    table[binding.rows.count] = (struct key_row){0};
    *rows = table;
    return ERR_OK;
}
