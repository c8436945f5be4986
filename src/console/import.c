/*
 * Importing an iCalendar file, and syncing with a folder of calendar files: its name (the folder of
 * last time is offered), the progress, the report.
 */
#include "open.h"
#include "pick.h"
#include "progress.h"
#include "remember.h"
#include <base/utf8.h>
#include <stdlib.h>
#include <string.h>
#include <transfer/transfer.h>

const char *console_path(struct arena *arena, const char *typed)
{
    const char *home = getenv("HOME");
    return strncmp(typed, "~/", 2) == 0 && home ? arena_format(arena, "%s%s", home, typed + 1)
                                                : typed;
}

/* --- a file --- */

static bool import_choose(struct console *console, const void *typed)
{
    struct import_report report = {0};
    const char *path = console_path(console->turn, typed);
    if (!*path || strcmp(path, "-") == 0) {
        console_say(console, "Write the name of an iCalendar file, such as ~/calendar.ics.");
        return false;
    }
    struct progress progress;
    progress_begin(&progress, console, "Importing", "events read", 0);
    enum err err =
        transfer_import(console->session, console->turn, path, (struct import_how){0}, &report);
    progress_end(&progress);
    if (report.read == 0 && err) {
        console_error(console);
        return false;
    }
    console_changed(console);
    if (!console_failed(console, err))
        console_say(console, "%s: %lld added, %lld updated, %lld legacy.",
                    progress.stopped ? "Stopped; what was read is in" : "Imported",
                    (long long)report.added, (long long)report.updated, (long long)report.legacy);
    if (report.errors.count || report.notes.count)
        text_open(console, "Import", text_import(console->turn, &report));
    return true;
}

void pick_import(struct console *console)
{
    pick_open(console, &(struct pick){.title = "Import an iCalendar file",
                                      .prompt = "File",
                                      .empty = "as in ~/calendar.ics",
                                      .enter = "read file",
                                      .choose = import_choose});
}

/* --- a folder --- */

/* The report as the command line prints it, below the conflicts, which somebody has to look at. */
static const char *report_text(struct arena *arena, const struct sync_report *report)
{
    struct text out = text_start(arena);
    for (size_t i = 0; i < report->conflicts.count; i++) {
        const struct sync_conflict *one = &report->conflicts.items[i];
        text_addf(&out, "%s %s: %s\n", i ? " " : "Conflicts (both versions are kept):\n ",
                  utf8_printable(arena, one->file, false), utf8_printable(arena, one->why, false));
        if (one->copy_file)
            text_addf(&out, "  The file's version is now %s, without a conference ID.\n",
                      utf8_printable(arena, one->copy_file, false));
    }
    text_addf(&out, "%s%s", report->conflicts.count ? "\n" : "", text_sync(arena, report));
    return out.bytes;
}

static bool sync_choose(struct console *console, const void *typed)
{
    struct sync_report report = {0};
    const char *directory = console_path(console->turn, typed);
    struct progress progress;
    if (!*directory) {
        console_say(console, "Write the name of a folder, such as ~/calendars/work.");
        return false;
    }
    progress_begin(&progress, console, "Syncing", "meetings settled", 0);
    enum err err = transfer_sync(console->session, console->turn, directory, false, false, &report);
    progress_end(&progress);
    console_changed(console);
    if (console_failed(console, err))
        return false;
    remember(REMEMBER_SYNC, report.directory);
    console_say(console,
                "%s: %lld files written, %lld removed; %lld meetings added, %lld updated, "
                "%lld cancelled, %s.",
                progress.stopped ? "Stopped; what was settled is done" : "Synced",
                (long long)report.written, (long long)report.removed, (long long)report.added,
                (long long)report.updated, (long long)report.cancelled,
                show_count(console->turn, report.conflicts.count, "conflict"));
    if (report.conflicts.count || report.errors.count || report.notes.count || report.cancelled)
        text_open(console, "Sync", report_text(console->turn, &report));
    return true;
}

void pick_sync(struct console *console)
{
    pick_open(console, &(struct pick){.title = "Synchronize with a folder of calendar files",
                                      .prompt = "Folder",
                                      .empty = "as in ~/calendars/work",
                                      .enter = "sync",
                                      .initial = remembered(console->turn, REMEMBER_SYNC),
                                      .choose = sync_choose});
}
