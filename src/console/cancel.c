/*
 * Cancelling what is marked: whole meetings, and of series the marked occurrences or all, as is
 * asked first; the summary that tells what exactly will happen; and the work.
 */
#include "cancel.h"
#include "dialog.h"
#include "progress.h"
#include "scope.h"
#include "stack.h"
#include <base/utf8.h>

/* One that is marked and stands, in the question's arena. */
struct marked {
    const char *uid, *title;
    int64_t version, start;
    struct local_time recurrence;
    bool series;
};

struct marked_all VECTOR(struct marked);

/* What will be cancelled. */
struct cancel_all {
    struct strings uids;
    int64_t *versions;
    struct which *whiches;
    size_t meetings, occurrences;
};

/* "2 occurrences and 1 meeting" */
static const char *count_text(struct arena *arena, const struct cancel_all *all)
{
    const char *meetings = all->meetings ? arena_format(arena, "%zu meeting%s", all->meetings,
                                                        all->meetings == 1 ? "" : "s")
                                         : "";
    if (!all->occurrences)
        return meetings;
    return arena_format(arena, "%zu occurrence%s%s%s", all->occurrences,
                        all->occurrences == 1 ? "" : "s", *meetings ? " and " : "", meetings);
}

static void cancel_all_run(struct console *console, void *context)
{
    const struct cancel_all *all = context;
    enum err err =
        desk_cancel_all(console->session, console->turn, &all->uids, all->versions, all->whiches);
    console_changed(console);
    if (err == ERR_OK)
        console_say(console, "Cancelled %s (u: undo).", count_text(console->turn, all));
    else
        console_error(console);
}

/*
 * Takes one into what will be cancelled; false: it is in it already, as another occurrence of a
 * series that goes whole.
 */
static bool take(struct arena *arena, struct cancel_all *all, const struct marked *one,
                 enum scope scope)
{
    bool part = one->series && scope == SCOPE_OCCURRENCE;
    if (!part && strings_hold(&all->uids, one->uid))
        return false;
    size_t at = all->uids.count;
    *vector_push(arena, &all->uids) = arena_copy(arena, one->uid);
    all->versions[at] = one->version;
    all->whiches[at] = (struct which){.scope = part ? SCOPE_OCCURRENCE : SCOPE_SERIES,
                                      .recurrence = one->recurrence};
    all->occurrences += part;
    all->meetings += !part;
    return true;
}

static const char *consequences(struct arena *arena, const struct cancel_all *all)
{
    struct text text = text_start(arena);
    if (all->occurrences)
        text_add(&text, "The series go on with their conference IDs; where nothing of one is left, "
                        "all of it is cancelled.");
    if (all->meetings)
        text_addf(&text,
                  "%sThe dynamic IDs of cancelled meetings are retired; callers are told that "
                  "the meeting is cancelled.",
                  text.length ? "\n" : "");
    return text.bytes;
}

/* Asks about the marked ones, of series in the scope that was chosen. */
static void cancel_all_confirm(struct console *console, void *context, enum scope scope)
{
    enum { LISTED = 12 };
    const struct marked_all *marked = context;
    struct arena *arena = arena_new();
    struct cancel_all *all = arena_alloc(arena, sizeof *all);
    struct text lines = text_start(arena);
    all->versions = arena_array(arena, marked->count, sizeof *all->versions);
    all->whiches = arena_array(arena, marked->count, sizeof *all->whiches);
    for (size_t i = 0; i < marked->count; i++) {
        const struct marked *one = &marked->items[i];
        if (!take(arena, all, one, scope) || all->uids.count > LISTED)
            continue;
        const char *what = !one->series                ? ""
                           : scope == SCOPE_OCCURRENCE ? " (this occurrence)"
                                                       : " (the whole series)";
        text_addf(&lines, "%s  %s%s\n", time_format(arena, one->start, console->zone, false),
                  utf8_printable(arena, one->title, false), what);
    }
    if (all->uids.count > LISTED)
        text_addf(&lines, "and %zu more\n", all->uids.count - LISTED);
    text_addf(&lines, "\n%s", consequences(arena, all));
    dialog_ask(console, arena,
               &(struct dialog){.title = arena_format(arena, "Cancel %s?", count_text(arena, all)),
                                .text = lines.bytes,
                                .yes = "cancel them",
                                .no = "keep them",
                                .run = cancel_all_run,
                                .context = all});
}

/* Those that stand, copied; *series: some are occurrences of one. */
static struct marked_all *marked_standing(struct arena *arena, const struct occurrences *list,
                                          bool *series)
{
    struct marked_all *marked = arena_alloc(arena, sizeof *marked);
    *series = false;
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence *one = &list->items[i];
        if (one->meeting->status == MEETING_CANCELLED)
            continue;
        *vector_push(arena, marked) = (struct marked){
            .uid = arena_copy(arena, one->meeting->uid),
            .title = arena_copy(arena, one->title),
            .version = one->meeting->version,
            .start = one->start,
            .recurrence = one->recurrence,
            .series = meeting_series(one->meeting),
        };
        *series = *series || meeting_series(one->meeting);
    }
    return marked;
}

void cancel_ask_all(struct console *console, const struct occurrences *list)
{
    struct arena *arena = arena_new();
    bool series;
    struct marked_all *marked = marked_standing(arena, list, &series);
    if (series) {
        scope_ask(console, arena,
                  &(struct scope_question){.title = "Cancel",
                                           .text = "Cancel which part of the series?",
                                           .marked = true,
                                           .run = cancel_all_confirm,
                                           .context = marked});
        return;
    }
    if (marked->count == 0)
        console_say(console, "The marked meetings are cancelled already.");
    else
        cancel_all_confirm(console, marked, SCOPE_SERIES);
    arena_free(arena);
}
