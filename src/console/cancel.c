/*
 * Cancelling the marked meetings: the summary that is asked before, and the work.
 */
#include "view.h"
#include <base/utf8.h>

struct cancel_all {
    struct strings uids;
    int64_t *versions;
};

static void cancel_all_run(struct console *console, void *context)
{
    const struct cancel_all *all = context;
    enum err err = desk_cancel_all(console->session, console->turn, &all->uids, all->versions);
    console_changed(console);
    if (err == ERR_OK)
        console_say(console, "Cancelled %zu meeting%s (u: undo).", all->uids.count,
                    all->uids.count == 1 ? "" : "s");
    else
        console_error(console);
}

void cancel_ask_all(struct console *console, const struct occurrences *list)
{
    enum { LISTED = 12 };
    struct arena *arena = arena_new();
    struct cancel_all *all = arena_alloc(arena, sizeof *all);
    struct text lines = text_start(arena);
    all->versions = arena_array(arena, list->count, sizeof *all->versions);
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence *one = &list->items[i];
        if (one->meeting->status == MEETING_CANCELLED)
            continue;
        if (all->uids.count < LISTED)
            text_addf(&lines, "%s  %s%s\n", time_format(arena, one->start, console->zone, false),
                      utf8_printable(arena, one->title, false),
                      meeting_series(one->meeting) ? " (the whole series)" : "");
        all->versions[all->uids.count] = one->meeting->version;
        *vector_push(arena, &all->uids) = arena_copy(arena, one->meeting->uid);
    }
    if (all->uids.count == 0) {
        console_say(console, "The marked meetings are cancelled already.");
        arena_free(arena);
        return;
    }
    if (all->uids.count > LISTED)
        text_addf(&lines, "and %zu more\n", all->uids.count - LISTED);
    text_add(&lines, "\nTheir dynamic IDs are retired; callers are told that the meeting is "
                     "cancelled.");
    dialog_ask(
        console, arena,
        &(struct dialog){.title = arena_format(arena, "Cancel %zu meeting%s?", all->uids.count,
                                               all->uids.count == 1 ? "" : "s"),
                         .text = lines.bytes,
                         .yes = "cancel them",
                         .no = "keep them",
                         .run = cancel_all_run,
                         .context = all});
}
