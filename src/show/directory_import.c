/* What became of a table of people, as text and as JSON. */
#include "json_write.h"

#include <base/utf8.h>
#include <show/print.h>

/* --- text --- */

static void add_columns(struct text *text, const struct directory_report *report)
{
    struct arena *arena = text->arena;
    struct strings used = {0}, left = {0};
    for (size_t i = 0; i < report->columns.count; i++) {
        const char *title = utf8_shown(arena, report->columns.items[i], false);
        const char *use = report->uses.items[i];
        if (use)
            *vector_push(arena, &used) = arena_format(arena, "%s as %s", title, use);
        else
            *vector_push(arena, &left) = title;
    }
    text_addf(text, "Columns: %s\n", strings_join(arena, &used, ", "));
    if (left.count > 0)
        text_addf(text, "Left aside: %s\n", strings_join(arena, &left, ", "));
}

static void add_change(struct text *text, const struct directory_change *change)
{
    const char *email = utf8_shown(text->arena, change->email, false);
    const char *detail = utf8_shown(text->arena, change->detail, false);
    if (change->line == 0)
        text_addf(text, "  not in the table: %s: %s\n", email, detail);
    else if (change->added)
        text_addf(text, "  line %lld: new: %s%s%s\n", (long long)change->line, email,
                  detail[0] ? ", " : "", detail);
    else
        text_addf(text, "  line %lld: %s: %s\n", (long long)change->line, email, detail);
}

static void add_more(struct text *text, int64_t all, size_t told)
{
    if (all > (int64_t)told)
        text_addf(text, "  and %lld more\n", (long long)(all - (int64_t)told));
}

char *text_directory_import(struct arena *arena, const struct directory_report *report)
{
    struct text text = text_start(arena);
    const struct directory_changes *changes = &report->changes;
    text_addf(&text, "%lld row%s: %lld added, %lld changed, %lld unchanged, %lld rejected",
              (long long)report->read, report->read == 1 ? "" : "s", (long long)report->added,
              (long long)report->changed, (long long)report->unchanged,
              (long long)report->rejected);
    if (report->disabled)
        text_addf(&text, "; %lld not in the table, dial-in off", (long long)report->disabled);
    text_add(&text, "\n");
    add_columns(&text, report);
    if (changes->count > 0)
        text_add(&text, report->dry_run ? "Would change:\n" : "Changed:\n");
    for (size_t i = 0; i < changes->count; i++)
        add_change(&text, &changes->items[i]);
    add_more(&text, report->added + report->changed + report->disabled, changes->count);
    if (report->errors.count > 0)
        text_add(&text, "Rejected:\n");
    for (size_t i = 0; i < report->errors.count; i++)
        text_addf(&text, "  line %lld: %s\n", (long long)report->errors.items[i].line,
                  utf8_shown(arena, report->errors.items[i].why, false));
    add_more(&text, report->rejected, report->errors.count);
    if (report->notes.count > 0)
        text_add(&text, "Worth a look:\n");
    for (size_t i = 0; i < report->notes.count; i++)
        text_addf(&text, "  %s\n", utf8_shown(arena, report->notes.items[i], false));
    return text.bytes;
}

/* --- JSON --- */

/*
 * What each column is used for. A title of which nothing counts, as an empty one, may be there more
 * than once; a key may not.
 */
static void put_columns(struct text *json, const struct directory_report *report)
{
    struct strings titles = {0};
    json_open(json, "columns", '{');
    for (size_t i = 0; i < report->columns.count; i++) {
        const char *title = utf8_printable(json->arena, report->columns.items[i], false);
        if (strings_hold(&titles, title))
            continue;
        *vector_push(json->arena, &titles) = title;
        json_text(json, title, report->uses.items[i]);
    }
    json_close(json, '}');
}

static void put_changes(struct text *json, const struct directory_changes *list)
{
    for (size_t i = 0; json_each(json, "changes", i, list->count); i++) {
        const struct directory_change *change = &list->items[i];
        if (change->line)
            json_int(json, "line", change->line);
        else
            json_null(json, "line");
        json_text(json, "email", change->email);
        json_bool(json, "added", change->added);
        json_text(json, "detail", change->detail);
    }
}

static void put_errors(struct text *json, const struct import_errors *list)
{
    for (size_t i = 0; json_each(json, "errors", i, list->count); i++) {
        json_text(json, "file", list->items[i].file);
        json_int(json, "line", list->items[i].line);
        json_text(json, "why", list->items[i].why);
    }
}

char *json_directory_import(struct arena *arena, const struct directory_report *report)
{
    struct text *json = json_start(arena, '{');
    json_int(json, "read", report->read);
    json_int(json, "added", report->added);
    json_int(json, "changed", report->changed);
    json_int(json, "unchanged", report->unchanged);
    json_int(json, "rejected", report->rejected);
    json_int(json, "disabled", report->disabled);
    json_text(json, "encoding", report->encoding);
    json_text(json, "separator", arena_format(arena, "%c", report->separator));
    put_columns(json, report);
    put_changes(json, &report->changes);
    put_errors(json, &report->errors);
    json_texts(json, "notes", &report->notes);
    return json_finish(json, '}');
}
