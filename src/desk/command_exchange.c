/*
 * Command rows that move many meetings: convert, import, export, sync.
 */
#include "commands.h"
#include <string.h>

const struct command_option convert_options[] = {
    {.name = "organizer-all", .help = "all of the organizer's legacy meetings that are not over"},
    {.name = "no-remind", .help = "queue no reminders for the attendees"},
    {0},
};

const struct command_option import_options[] = {
    {.name = "dry-run", .help = "tell what would be taken in, and take nothing"},
    {0},
};

const struct command_option export_options[] = {
    {.name = "from", .value = "TIME", .help = "only what is on from then on"},
    {.name = "to", .value = "TIME", .help = "only what is on before then"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {0},
};

const struct command_option sync_options[] = {
    {.name = "dry-run", .help = "tell what would be done, and do nothing"},
    {.name = "force", .help = "cancel the meetings of deleted files, though most files are gone"},
    {0},
};

enum err run_convert(struct session *session, const struct arguments *arguments,
                     struct result *result)
{
    bool all = argument_given(arguments, "organizer-all");
    bool remind = !argument_given(arguments, "no-remind");
    struct organizer organizer = {0};
    result->kind = RESULT_CONVERSIONS;
    if (all == (arguments->operands.count > 0))
        return error_set(&session->error, ERR_INVALID, "convert",
                         "say either which meetings, or --organizer-all");
    if (!all)
        return desk_convert(session, result->arena, &arguments->operands, remind,
                            &result->conversions);
    enum err err = desk_organizer(session, result->arena, &organizer);
    if (err == ERR_OK)
        err = desk_convert_all(session, result->arena, &organizer, remind, &result->conversions);
    return err;
}

static void report_add(struct arena *arena, struct import_report *sum,
                       const struct import_report *report)
{
    sum->read += report->read;
    sum->added += report->added;
    sum->updated += report->updated;
    sum->unchanged += report->unchanged;
    sum->rejected += report->rejected;
    sum->legacy += report->legacy;
    sum->stopped = report->stopped;
    for (size_t i = 0; i < report->errors.count; i++)
        *vector_push(arena, &sum->errors) = report->errors.items[i];
    for (size_t i = 0; i < report->notes.count; i++)
        *vector_push(arena, &sum->notes) = report->notes.items[i];
}

enum err run_import(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    enum err err = ERR_OK;
    result->kind = RESULT_IMPORT;
    for (size_t i = 0; err == ERR_OK && !result->import.stopped && i < arguments->operands.count;
         i++) {
        struct import_report report = {0};
        err = argument_path(session, "import", arguments->operands.items[i]);
        if (err == ERR_OK)
            err = desk_import(session, result->arena, arguments->operands.items[i],
                              argument_given(arguments, "dry-run"), &report);
        report_add(result->arena, &result->import, &report);
    }
    if (result->import.stopped)
        *vector_push(result->arena, &result->warnings) =
            arena_format(result->arena,
                         "import: it was stopped; what the first %lld events came to stays, the "
                         "rest is not in; import again to take it",
                         (long long)result->import.read);
    return err;
}

enum err run_export(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const struct organizer *organizer = NULL;
    char *ical = NULL;
    int64_t from = local_seconds((struct local_time){1, 1, 1, 0, 0, 0}), to = INSTANT_NEVER;
    enum err err = ERR_OK;
    if (arguments->operands.count == 0)
        err = argument_calendar(session, arguments, result, &organizer);
    else
        err = result_zone(session, NULL, result);
    if (err == ERR_OK)
        err = argument_time(session, "from", argument(arguments, "from"), result->zone, &from);
    if (err == ERR_OK)
        err = argument_time(session, "to", argument(arguments, "to"), result->zone, &to);
    if (err == ERR_OK)
        err = desk_export(session, result->arena, organizer, &arguments->operands, from, to, &ical);
    result->kind = RESULT_TEXT;
    result->message = ical;
    return err;
}

/* Both versions are kept, so that it is no failure; but somebody has to look at them. */
static void warn_of_conflict(struct result *result, const struct sync_conflict *conflict)
{
    const char *copy =
        conflict->copy_file
            ? arena_format(result->arena, "; what was there is now %s, without a conference ID",
                           conflict->copy_file)
            : "";
    *vector_push(result->arena, &result->warnings) =
        arena_format(result->arena, "conflict: %s (%s): %s%s", conflict->file, conflict->uid,
                     conflict->why, copy);
}

enum err run_sync_directory(struct session *session, const struct arguments *arguments,
                            struct result *result)
{
    result->kind = RESULT_SYNC;
    enum err err = argument_path(session, "sync", arguments->operands.items[0]);
    if (err == ERR_OK)
        err = desk_sync(session, result->arena, arguments->operands.items[0],
                        argument_given(arguments, "dry-run"), argument_given(arguments, "force"),
                        &result->sync);
    for (size_t i = 0; err == ERR_OK && i < result->sync.conflicts.count; i++)
        warn_of_conflict(result, &result->sync.conflicts.items[i]);
    return err;
}
