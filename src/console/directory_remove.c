/*
 * Removing an organizer: the question, and the work.
 */
#include "dialog.h"
#include "directory.h"
#include <show/print.h>

struct remove_plan {
    const char *email, *to; /* to NULL: nothing is to come */
};

static void remove_run(struct console *console, void *context)
{
    const struct remove_plan *plan = context;
    struct removal removal = {0};
    if (desk_organizer_remove(console->session, console->turn, plan->email, plan->to, false,
                              &removal) != ERR_OK)
        console_error(console);
    else if (removal.to)
        console_say(console, "%s is removed; %s has %s more.", removal.email, removal.to,
                    show_count(console->turn, removal.meetings.count, "meeting"));
    else
        console_say(console, "%s is removed.", removal.email);
    console_changed(console);
}

enum err organizer_remove_ask(struct console *console, const char *email, const char *to)
{
    struct removal removal = {0};
    enum err err =
        desk_organizer_remove(console->session, console->turn, email, to, true, &removal);
    if (err == ERR_REFUSED && !to)
        return err;
    if (console_failed(console, err))
        return err;
    struct arena *arena = arena_new();
    struct remove_plan *plan = arena_alloc(arena, sizeof *plan);
    *plan = (struct remove_plan){arena_copy(arena, email), to ? arena_copy(arena, to) : NULL};
    dialog_ask(console, arena,
               &(struct dialog){.title = "Remove the organizer?",
                                .text = text_removal(arena, &removal, true),
                                .yes = "remove",
                                .no = "keep",
                                .guarded = true,
                                .run = remove_run,
                                .context = plan});
    return ERR_OK;
}
