/*
 * Syncing with a folder of calendar files: its name (the last one is offered), the progress, the
 * report.
 */
#include "help.h"
#include "import.h"
#include "pick.h"
#include "progress.h"
#include "remember.h"
#include "stack.h"
#include <base/utf8.h>
#include <transfer/transfer.h>

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

static enum err sync_with_progress(struct console *console, const char *directory,
                                   struct sync_report *report, bool *stopped)
{
    struct progress progress;
    progress_begin(&progress, console, "Syncing", "meetings settled", 0);
    enum err err = transfer_sync(console->session, console->turn, directory, false, false, report);
    *stopped = progress.stopped;
    progress_end(&progress);
    return err;
}

static bool sync_choose(struct console *console, const struct pick_row *row, const char *typed)
{
    (void)row;
    struct sync_report report = {0};
    const char *directory = console_path(console->turn, typed);
    bool stopped = false;
    if (!*directory) {
        console_say(console, "Write the name of a folder, such as ~/calendars/work.");
        return false;
    }
    enum err err = sync_with_progress(console, directory, &report, &stopped);
    console_changed(console);
    if (err) {
        console_error(console);
        return false;
    }
    remember(REMEMBER_SYNC, report.directory);
    console_say(console,
                "%s: %lld files written, %lld removed; %lld meetings added, %lld updated, "
                "%lld cancelled, %zu conflict%s.",
                stopped ? "Stopped; what was settled is done" : "Synced", (long long)report.written,
                (long long)report.removed, (long long)report.added, (long long)report.updated,
                (long long)report.cancelled, report.conflicts.count,
                report.conflicts.count == 1 ? "" : "s");
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
                                      .free_text = true,
                                      .initial = remembered(console->turn, REMEMBER_SYNC),
                                      .choose = sync_choose});
}
