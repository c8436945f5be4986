/* Commands that work on many meetings: convert, import, export, sync. */
#include "commands.h"

#include <desk/transaction.h>
#include <show/print.h>
#include <transfer/transfer.h>

/* --- convert --- */

static const struct command_option convert_options[] = {
    {.name = "organizer-all", .help = "all of the organizer's legacy meetings that are not over"},
    {.name = "all", .letter = 'a', .help = "every organizer's legacy meetings that are not over"},
    {.name = "no-remind", .help = "queue no reminders for the attendees"},
    {.name = "dry-run", .help = "say what would be converted, and convert nothing"},
    {0},
};

/* Converts what the arguments name. */
static enum err convert(struct session *session, const struct invocation *invocation,
                        struct conversions *list)
{
    struct arena *arena = invocation->arena;
    struct organizer organizer = {0};
    bool remind = !argument_given(invocation, "no-remind");
    if (invocation->operands.count > 0)
        return desk_convert(session, arena, &invocation->operands, remind, list);
    if (argument_given(invocation, "all"))
        return desk_convert_all(session, arena, NULL, remind, list);
    enum err err = desk_organizer(session, arena, &organizer);
    if (err)
        return err;
    return desk_convert_all(session, arena, &organizer, remind, list);
}

/* IDs that were drawn only for trying are nobody's. */
static void forget_ids(struct conversions *list)
{
    for (size_t i = 0; i < list->count; i++)
        list->items[i].new_id = NULL;
}

static enum err run_convert(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct conversions list = {0};
    struct writing trial = {.dry_run = true};
    bool dry_run = argument_given(invocation, "dry-run");
    int ways = (invocation->operands.count > 0) + argument_given(invocation, "organizer-all") +
               argument_given(invocation, "all");
    if (ways != 1)
        return error_set(&session->error, ERR_INVALID, "convert",
                         "name the meetings, or give --organizer-all or --all");
    while (dry_run && writing_next(session, &trial))
        trial.err = convert(session, invocation, &list);
    enum err err = dry_run ? trial.err : convert(session, invocation, &list);
    if (err)
        return err;
    if (dry_run)
        forget_ids(&list);
    output_answer(invocation, invocation->json ? json_conversions(arena, &list)
                                               : text_conversions(arena, &list));
    if (dry_run)
        output_warning(invocation, "nothing was converted (--dry-run); each meeting would get a "
                                   "dynamic ID of its own");
    return ERR_OK;
}

const struct command command_convert = {
    .name = "convert",
    .operands = "[MEETING...]",
    .more = -1,
    .options = convert_options,
    .help = "give legacy meetings dynamic IDs of their own, and queue reminders",
    .store = STORE_WRITE,
    .run = run_convert,
};

/* --- import --- */

static const struct command_option import_options[] = {
    {.name = "dry-run", .help = "say what would be imported, and import nothing"},
    {.name = "own",
     .help = "events of organizers outside the directory are the calendar's own, not foreign"},
    {.name = "whole",
     .help = "take all or nothing, in one transaction; otherwise batches of a thousand events are"},
    {0},
};

/*
 * One file after the other, of a maildir every message, up to the one that is stopped or fails. Of
 * that one, too, the batches that were taken are counted. If any file is not there, none is taken;
 * one that holds no calendar is told in the report, unless the whole is one transaction.
 */
static enum err import_operands(struct session *session, const struct invocation *invocation,
                                struct import_report *sum)
{
    struct arena *arena = invocation->arena;
    const struct strings *operands = &invocation->operands;
    struct strings *files = arena_array(arena, operands->count, sizeof *files);
    bool *maildir = arena_array(arena, operands->count, sizeof *maildir);
    enum err err = ERR_OK;
    for (size_t i = 0; i < operands->count && !err; i++) {
        err = argument_path(invocation, operands->items[i]);
        if (!err)
            err = transfer_sources(session, arena, operands->items[i], &files[i], &maildir[i]);
    }
    for (size_t i = 0; i < operands->count; i++) {
        struct import_how how = {.dry_run = argument_given(invocation, "dry-run"),
                                 .own = argument_given(invocation, "own"),
                                 .message = maildir[i],
                                 .among =
                                     operands->count > 1 && !argument_given(invocation, "whole")};
        for (size_t k = 0; !err && k < files[i].count && !sum->stopped; k++)
            err = transfer_import(session, arena, files[i].items[k], how, sum);
    }
    return err;
}

/*
 * All or nothing. What was read can't be read again, so if the store wants the transaction again,
 * that is the user's to do.
 */
static enum err import_whole(struct session *session, const struct invocation *invocation,
                             struct import_report *sum)
{
    struct writing writing = {0};
    while (writing_next(session, &writing)) {
        if (writing.attempts > 1)
            writing.err = error_set(&session->error, ERR_CONFLICT, "import",
                                    "somebody else changed the store meanwhile, and nothing was "
                                    "taken: import again");
        else
            writing.err = import_operands(session, invocation, sum);
        if (!writing.err && sum->stopped)
            writing.err = error_set(&session->error, ERR_REFUSED, "import",
                                    "it was stopped, and nothing was taken");
    }
    return writing.err;
}

/* An error that comes behind whole batches says how many events those came to that stay. */
static enum err tell_taken(struct session *session, enum err err, const struct import_report *sum)
{
    const struct error why = session->error;
    return error_set(&session->error, err, why.what,
                     "%s (taken so far: %lld events, %lld of them added; import again to go on)",
                     why.why, (long long)sum->read, (long long)sum->added);
}

static enum err run_import(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct import_report sum = {0};
    bool dry_run = argument_given(invocation, "dry-run");
    bool in_one = argument_given(invocation, "whole") && !dry_run;
    enum err err = in_one ? import_whole(session, invocation, &sum)
                          : import_operands(session, invocation, &sum);
    if (err)
        return in_one || dry_run || sum.read == 0 ? err : tell_taken(session, err, &sum);
    output_answer(invocation,
                  invocation->json ? json_import(arena, &sum) : text_import(arena, &sum));
    if (sum.stopped)
        output_warning(invocation,
                       arena_format(arena,
                                    "import: it was stopped; taken so far: %lld events, which "
                                    "stay; import again to go on",
                                    (long long)sum.read));
    return ERR_OK;
}

const struct command command_import = {
    .name = "import",
    .operands = "FILE...",
    .least = 1,
    .more = -1,
    .options = import_options,
    .help = "import iCalendar files, mail and maildirs ('-': standard input)",
    .store = STORE_WRITE,
    .zone = true, /* a wrong one is no fault of a file */
    .long_work = "read",
    .run = run_import,
};

/* --- export --- */

static const struct command_option export_options[] = {
    {.name = "from", .value = "TIME", .help = "only meetings that are not over by then"},
    {.name = "to", .value = "TIME", .help = "only meetings that begin before then"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {0},
};

static enum err run_export(struct session *session, struct invocation *invocation)
{
    const struct strings *meetings = &invocation->operands;
    const struct organizer *organizer = NULL;
    const struct zone *zone;
    char *ical = NULL;
    int64_t from = local_seconds((struct local_time){1, 1, 1, 0, 0, 0}), to = INSTANT_NEVER;
    enum err err = meetings->count == 0 ? argument_calendar(invocation, &organizer, &zone)
                                        : desk_reader_zone(session, NULL, &zone);
    if (err)
        return err;
    err = argument_span(invocation, zone, &from, &to);
    if (err)
        return err;
    err = transfer_export(session, invocation->arena, organizer, meetings, from, to, &ical);
    if (err)
        return err;
    output_bytes(invocation, ical);
    return ERR_OK;
}

const struct command command_export = {
    .name = "export",
    .operands = "[MEETING...]",
    .more = -1,
    .options = export_options,
    .help = "print meetings as iCalendar",
    .store = STORE_READ,
    .run = run_export,
};

/* --- sync --- */

static const struct command_option sync_options[] = {
    {.name = "dry-run", .help = "say what would change, and change nothing"},
    {.name = "force", .help = "cancel the meetings of deleted files even if most files are gone"},
    {0},
};

/* Both versions are kept, so that it is no failure; but somebody has to look at them. */
static void warn_of_conflict(struct invocation *invocation, const struct sync_conflict *conflict)
{
    const char *copy =
        conflict->copy_file
            ? arena_format(invocation->arena, "; what was there is now %s, without a conference ID",
                           conflict->copy_file)
            : "";
    output_warning(invocation, arena_format(invocation->arena, "conflict: %s (%s): %s%s",
                                            conflict->file, conflict->uid, conflict->why, copy));
}

static enum err run_sync(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const char *directory = invocation->operands.items[0];
    struct sync_report report = {0};
    enum err err = argument_path(invocation, directory);
    if (err)
        return err;
    err = transfer_sync(session, arena, directory, argument_given(invocation, "dry-run"),
                        argument_given(invocation, "force"), &report);
    if (err)
        return err;
    output_answer(invocation,
                  invocation->json ? json_sync(arena, &report) : text_sync(arena, &report));
    for (size_t i = 0; i < report.conflicts.count; i++)
        warn_of_conflict(invocation, &report.conflicts.items[i]);
    return ERR_OK;
}

const struct command command_sync = {
    .name = "sync",
    .operands = "DIRECTORY",
    .least = 1,
    .options = sync_options,
    .help = "synchronize the calendar with a directory of .ics files (a vdir)",
    .store = STORE_WRITE,
    .run = run_sync,
};
