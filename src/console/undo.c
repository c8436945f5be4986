/*
 * Undoing from the console: at once if one meeting has changed, after a question if several have; a
 * large step in parts, with its progress. A meeting that cannot be undone is shown with the reason,
 * and stays next in line until the user lets it go.
 */
#include "dialog.h"
#include "open.h"
#include "progress.h"
#include <base/utf8.h>
#include <desk/undo.h>

enum { PART = 50 }; /* meetings that are undone in one transaction */

struct undo_state {
    struct undone done;
    size_t total; /* changes of the step */
};

static const char *change_line(struct arena *arena, const struct undo_change *change,
                               const char *arrow)
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
    text_addf(&out, "The last change was to %zu meetings. All will be undone, %s:\n\n",
              changes->count,
              changes->count > PART ? "in batches; Esc stops after a batch" : "in one step");
    for (size_t i = 0; i < changes->count; i++) {
        converted += changes->items[i].kind == UNDO_CONVERT;
        if (i < LISTED)
            text_addf(&out, "%s\n",
                      change_line(arena, &changes->items[i], console->term->ascii ? "->" : "→"));
    }
    if (changes->count > LISTED)
        text_addf(&out, "and %zu more\n", changes->count - LISTED);
    if (converted)
        text_add(&out, "\nThe new IDs are retired, and the reminders that wait are withdrawn. "
                       "Where one was sent already, the meeting keeps its new ID.");
    return out.bytes;
}

/* --- refusals --- */

static void undo_run(struct console *console, void *context);

static void let_go(struct console *console, void *context)
{
    struct undo_state *state = context;
    undo_let_go(console->session, state->done.refused);
    state->total--;
    if (state->done.left > 1)
        undo_run(console, state);
    else if (state->done.meetings)
        console_say(console, "Undone: %s.",
                    utf8_printable(console->turn, state->done.event, false));
    else
        console_say(console, "It stays as it is; %s undoes the change before.",
                    console_key_of(console, ACT_UNDO, V_COMMANDS));
}

/* The state is copied for the answer: the user may look at the meeting first, and undo it later. */
static void ask_about_refusal(struct console *console, const struct undo_state *state)
{
    struct arena *arena = arena_new();
    const struct undone *done = &state->done;
    struct undo_state *kept = arena_alloc(arena, sizeof *kept);
    struct text out = text_start(arena);
    *kept = *state;
    kept->done.event = arena_copy(arena, done->event);
    text_addf(&out, "%s cannot be undone: %s.\n\n",
              utf8_printable(arena, done->refused->title, false),
              utf8_printable(arena, console->session->error.why, false));
    if (done->meetings)
        text_addf(&out, "Before it, %s of this step %s undone. ",
                  show_count(arena, done->meetings, "meeting"),
                  done->meetings == 1 ? "was" : "were");
    if (done->left > 1)
        text_addf(&out, "%zu more wait%s to be undone.", done->left - 1,
                  done->left == 2 ? "s" : "");
    else
        text_addf(
            &out,
            "Leave it, and %s undoes the change before; or look at the meeting first: %s asks "
            "again.",
            console_key_of(console, ACT_UNDO, V_COMMANDS),
            console_key_of(console, ACT_UNDO, V_COMMANDS));
    dialog_ask(console, arena,
               &(struct dialog){.title = "Not undone",
                                .text = out.bytes,
                                .yes = done->left > 1 ? "leave it, undo the rest" : "leave it",
                                .no = "look first",
                                .run = let_go,
                                .context = kept});
}

/* --- the work --- */

/* A transaction for each part. If it is stopped, the rest of the step is undone next time. */
static enum err undo_in_parts(struct console *console, struct undo_state *state, bool *stopped)
{
    struct progress progress;
    progress_begin(&progress, console, "Undoing", "meetings", (int64_t)state->total);
    enum err err = ERR_OK;
    do {
        *stopped =
            state->done.meetings > 0 && !progress_step(&progress, (int64_t)state->done.meetings);
        if (!*stopped)
            err = desk_undo(console->session, console->turn, PART, &state->done);
    } while (!err && !*stopped && state->done.left > 0);
    progress_end(&progress);
    return err;
}

static void undo_run(struct console *console, void *context)
{
    struct undo_state *state = context;
    bool stopped = false;
    enum err err = undo_in_parts(console, state, &stopped);
    const char *event =
        utf8_printable(console->turn, state->done.event ? state->done.event : "", false);
    console_changed(console);
    if (err && state->done.refused)
        ask_about_refusal(console, state);
    else if (err)
        console_error(console);
    else if (stopped)
        console_say(console, "Stopped: %zu of %zu meetings are undone; %s undoes the rest.",
                    state->done.meetings, state->total,
                    console_key_of(console, ACT_UNDO, V_COMMANDS));
    else
        console_say(console, "Undone: %s.", event);
}

void undo_ask(struct console *console)
{
    const struct undo_changes *changes = undo_next(console->session);
    struct arena *arena = arena_new();
    struct undo_state *state = arena_alloc(arena, sizeof *state);
    *state = (struct undo_state){.total = changes ? changes->count : 0};
    if (state->total < 2) {
        undo_run(console, state);
        arena_free(arena);
        return;
    }
    dialog_ask(console, arena,
               &(struct dialog){.title = "Undo the last change?",
                                .text = summary(console, arena, changes),
                                .yes = "undo",
                                .no = "leave everything as it is",
                                .run = undo_run,
                                .context = state});
}
