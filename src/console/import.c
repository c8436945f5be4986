/*
 * Importing an iCalendar file: its name, the progress, the report.
 */
#include "import.h"
#include "help.h"
#include "pick.h"
#include "progress.h"
#include "stack.h"
#include <stdlib.h>
#include <string.h>
#include <transfer/transfer.h>

const char *console_path(struct arena *arena, const char *typed)
{
    const char *home = getenv("HOME");
    return strncmp(typed, "~/", 2) == 0 && home ? arena_format(arena, "%s%s", home, typed + 1)
                                                : typed;
}

static bool import_choose(struct console *console, const struct pick_row *row, const char *typed)
{
    (void)row;
    struct import_report report = {0};
    const char *path = console_path(console->turn, typed);
    if (!*path || strcmp(path, "-") == 0) {
        console_say(console, "Write the name of an iCalendar file, such as ~/calendar.ics.");
        return false;
    }
    struct progress progress;
    progress_begin(&progress, console, "Importing", "events read", 0);
    enum err err = transfer_import(console->session, console->turn, path, false, false, &report);
    bool stopped = progress.stopped;
    progress_end(&progress);
    if (report.read == 0 && err) {
        console_error(console);
        return false;
    }
    console_changed(console);
    if (err)
        console_error(console);
    else
        console_say(console, "%s: %lld added, %lld updated, %lld legacy.",
                    stopped ? "Stopped; what was read is in" : "Imported", (long long)report.added,
                    (long long)report.updated, (long long)report.legacy);
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
                                      .free_text = true,
                                      .choose = import_choose});
}
