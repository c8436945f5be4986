/* What became of a table of people, as text and as JSON. */
#include "json_value.h"

#include <base/utf8.h>

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

static json_t *changes_array(struct arena *arena, const struct directory_changes *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct directory_change *change = &list->items[i];
        json_t *object = json_add_object(array);
        json_object_set_new(object, "line",
                            change->line ? json_integer(change->line) : json_null());
        json_put_text(arena, object, "email", change->email);
        json_object_set_new(object, "added", json_boolean(change->added));
        json_put_text(arena, object, "detail", change->detail);
    }
    return array;
}

static json_t *errors_array(struct arena *arena, const struct import_errors *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "file", list->items[i].file);
        json_object_set_new(object, "line", json_integer(list->items[i].line));
        json_put_text(arena, object, "why", list->items[i].why);
    }
    return array;
}

char *json_directory_import(struct arena *arena, const struct directory_report *report)
{
    json_t *object = json_object(), *columns = json_object();
    for (size_t i = 0; i < report->columns.count; i++)
        json_put_text(arena, columns, utf8_printable(arena, report->columns.items[i], false),
                      report->uses.items[i]);
    json_object_set_new(object, "read", json_integer(report->read));
    json_object_set_new(object, "added", json_integer(report->added));
    json_object_set_new(object, "changed", json_integer(report->changed));
    json_object_set_new(object, "unchanged", json_integer(report->unchanged));
    json_object_set_new(object, "rejected", json_integer(report->rejected));
    json_object_set_new(object, "disabled", json_integer(report->disabled));
    json_put_text(arena, object, "encoding", report->encoding);
    json_put_text(arena, object, "separator", arena_format(arena, "%c", report->separator));
    json_object_set_new(object, "columns", columns);
    json_object_set_new(object, "changes", changes_array(arena, &report->changes));
    json_object_set_new(object, "errors", errors_array(arena, &report->errors));
    json_put_texts(arena, object, "notes", &report->notes);
    return json_finish(arena, object);
}
