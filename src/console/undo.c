/*
 * Undoing from the console: at once where one meeting changed, after a summary where several did.
 */
#include "view.h"
#include <base/utf8.h>
#include <desk/undo.h>

static void undo_run(struct console *console, void *context)
{
    (void)context;
    struct undone out;
    enum err err = desk_undo(console->session, console->turn, &out);
    console_changed(console);
    if (err == ERR_OK)
        console_say(console, "Undone: %s.", utf8_printable(console->turn, out.event, false));
    else
        console_error(console);
}

static const char *line_of(struct arena *arena, const struct undo_change *change, const char *arrow)
{
    const char *old = change->before ? change->before->conference_id : NULL;
    const char *title = utf8_printable(arena, change->title, false);
    switch (change->kind) {
    case UNDO_NEW:
        return arena_format(arena, "%s will be cancelled", title);
    case UNDO_CANCEL:
        return arena_format(arena, "%s will stand again", title);
    case UNDO_EDIT:
        return arena_format(arena, "%s will be as before the edit", title);
    case UNDO_CONVERT:
        break;
    }
    return arena_format(arena, "%s %s %s  %s", change->conference_id, arrow, old ? old : "", title);
}

static const char *summary(const struct console *console, struct arena *arena,
                           const struct undo_changes *changes)
{
    enum { LISTED = 12 };
    struct text out = text_start(arena);
    size_t converted = 0;
    text_addf(&out, "The last change was of %zu meetings. All of them, in one go:\n\n",
              changes->count);
    for (size_t i = 0; i < changes->count; i++) {
        converted += changes->items[i].kind == UNDO_CONVERT;
        if (i < LISTED)
            text_addf(&out, "%s\n",
                      line_of(arena, &changes->items[i], console->term->ascii ? "->" : "→"));
    }
    if (changes->count > LISTED)
        text_addf(&out, "and %zu more\n", changes->count - LISTED);
    if (converted)
        text_add(&out,
                 "\nThe new IDs are retired, and the reminders that wait are withdrawn. Where "
                 "one was sent already, nothing is undone.");
    return out.bytes;
}

void undo_ask(struct console *console)
{
    const struct undo_changes *changes = undo_next(console->session);
    if (!changes || changes->count < 2) {
        undo_run(console, NULL);
        return;
    }
    struct arena *arena = arena_new();
    dialog_ask(console, arena,
               &(struct dialog){.title = "Undo the last change?",
                                .text = summary(console, arena, changes),
                                .yes = "undo",
                                .no = "leave everything as it is",
                                .run = undo_run});
}
