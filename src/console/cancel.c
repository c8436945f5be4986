/*
 * Cancelling one meeting or several marked ones, and of a series the part that is asked for first:
 * the summary in the question, and the work.
 */
#include "dialog.h"
#include "open.h"
#include "scope.h"
#include <base/utf8.h>

/* --- one meeting --- */

struct cancel {
    const char *uid, *title;
    int64_t version, start;
    enum id_kind kind;
    const char *id; /* NULL: none */
    bool series;
    struct which which;
};

static void cancel_run(struct console *console, void *context)
{
    struct cancel *cancel = context;
    struct scheduled now = {0};
    enum err err = desk_cancel(console->session, console->turn, cancel->uid, cancel->version,
                               &cancel->which, &now);
    console_changed(console);
    if (console_failed(console, err))
        return;
    const char *title = utf8_printable(console->turn, cancel->title, false);
    const char *undo = console_key_of(console, ACT_UNDO, V_COMMANDS);
    bool whole = now.meeting.meeting->status == MEETING_CANCELLED;
    if (whole || cancel->which.scope == SCOPE_SERIES)
        console_say(console, "Cancelled %s%s (%s: undo).", title,
                    cancel->series ? ", the whole series" : "", undo);
    else
        console_say(console, "Cancelled %s of %s (%s: undo).",
                    cancel->which.scope == SCOPE_FOLLOWING ? "this and all following"
                                                           : "one occurrence",
                    title, undo);
    struct strings uids = {0};
    *vector_push(console->turn, &uids) = now.meeting.meeting->uid;
    send_offer(console, &uids);
}

static const char *cancel_words(struct arena *arena, const struct cancel *cancel)
{
    if (cancel->which.scope == SCOPE_OCCURRENCE)
        return "Only this occurrence is cancelled. The series goes on, with its conference ID; "
               "where this was the last one left, all of it is cancelled.";
    if (cancel->which.scope == SCOPE_FOLLOWING)
        return "This occurrence and all that follow are cancelled. What was before stays, with its "
               "conference ID; where nothing was before, the whole series is cancelled.";
    const char *all = cancel->series ? "The whole series is cancelled. " : "";
    if (cancel->kind == ID_KIND_DYNAMIC)
        return arena_format(arena,
                            "%sIts conference ID %s is retired; callers are told that the meeting "
                            "is cancelled.",
                            all, cancel->id);
    if (cancel->kind == ID_KIND_STATIC)
        return arena_format(arena,
                            "%sIts static ID %s stays in use by the organizer's other meetings.",
                            all, cancel->id);
    return all;
}

/* Asks about the chosen part of the meeting. */
static void cancel_confirm(struct console *console, struct arena *arena, void *context,
                           enum scope scope)
{
    static const char *const yes[] = {[SCOPE_SERIES] = "cancel the meeting",
                                      [SCOPE_OCCURRENCE] = "cancel the occurrence",
                                      [SCOPE_FOLLOWING] = "cancel these"};
    struct cancel *cancel = context;
    cancel->which.scope = scope;
    const char *text = arena_format(
        arena, "%s\n%s\n\n%s", utf8_printable(arena, cancel->title, false),
        time_format(arena, cancel->start, console->zone, true), cancel_words(arena, cancel));
    dialog_ask(console, arena,
               &(struct dialog){.title = "Cancel this meeting?",
                                .text = text,
                                .yes = yes[scope],
                                .no = "keep it",
                                .run = cancel_run,
                                .context = cancel});
}

void cancel_ask(struct console *console, const struct occurrence *occurrence)
{
    const struct meeting *meeting = occurrence->meeting;
    if (meeting->status == MEETING_CANCELLED) {
        console_say(console, "This meeting is cancelled already.");
        return;
    }
    struct arena *arena = arena_new();
    struct cancel *cancel = arena_alloc(arena, sizeof *cancel);
    *cancel = (struct cancel){.uid = arena_copy(arena, meeting->uid),
                              .title = arena_copy(arena, occurrence->title),
                              .version = meeting->version,
                              .start = occurrence->start,
                              .kind = meeting->id_kind,
                              .id = arena_copy(arena, meeting->conference_id),
                              .series = meeting_series(meeting),
                              .which.recurrence = occurrence->recurrence};
    if (!cancel->series) {
        cancel_confirm(console, arena, cancel, SCOPE_SERIES);
        return;
    }
    scope_ask(
        console, arena,
        &(struct scope_question){.does = "Cancel",
                                 .about = meeting_lone(meeting) ? ABOUT_LONE : ABOUT_OCCURRENCE,
                                 .run = cancel_confirm,
                                 .context = cancel});
}

/* --- several --- */

/* A marked meeting or occurrence that is not cancelled yet, in the question's arena. */
struct marked {
    const char *uid, *title;
    int64_t version, start;
    struct local_time recurrence;
    bool series;
};

struct marked_all VECTOR(struct marked);

/* What desk_cancel_all takes, and how many of each kind. */
struct cancel_all {
    struct strings uids;
    int64_t *versions;
    struct which *whiches;
    size_t meetings, occurrences;
};

/* "2 occurrences and 1 meeting" */
static const char *count_text(struct arena *arena, const struct cancel_all *all)
{
    const char *meetings = all->meetings ? show_count(arena, all->meetings, "meeting") : "";
    if (!all->occurrences)
        return meetings;
    return arena_format(arena, "%s%s%s", show_count(arena, all->occurrences, "occurrence"),
                        *meetings ? " and " : "", meetings);
}

static void cancel_all_run(struct console *console, void *context)
{
    const struct cancel_all *all = context;
    enum err err =
        desk_cancel_all(console->session, console->turn, &all->uids, all->versions, all->whiches);
    console_changed(console);
    if (console_failed(console, err))
        return;
    console_say(console, "Cancelled %s (%s: undo).", count_text(console->turn, all),
                console_key_of(console, ACT_UNDO, V_COMMANDS));
    send_offer(console, &all->uids);
}

/* False: the whole series was added already, by another of its occurrences. */
static bool add_marked(struct arena *arena, struct cancel_all *all, const struct marked *one,
                       enum scope scope)
{
    bool part = one->series && scope == SCOPE_OCCURRENCE;
    if (!part && strings_hold(&all->uids, one->uid))
        return false;
    size_t at = all->uids.count;
    *vector_push(arena, &all->uids) = one->uid;
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

/* Asks about the marked meetings, and of series about the scope that was chosen. */
static void cancel_all_confirm(struct console *console, struct arena *arena, void *context,
                               enum scope scope)
{
    enum { LISTED = 12 };
    const struct marked_all *marked = context;
    struct cancel_all *all = arena_alloc(arena, sizeof *all);
    struct text lines = text_start(arena);
    all->versions = arena_array(arena, marked->count, sizeof *all->versions);
    all->whiches = arena_array(arena, marked->count, sizeof *all->whiches);
    for (size_t i = 0; i < marked->count; i++) {
        const struct marked *one = &marked->items[i];
        if (!add_marked(arena, all, one, scope) || all->uids.count > LISTED)
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

/* Copies of those that are not cancelled; *series: some are occurrences of a series. */
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
    if (series)
        scope_ask(console, arena,
                  &(struct scope_question){.does = "Cancel",
                                           .about = ABOUT_MARKED,
                                           .run = cancel_all_confirm,
                                           .context = marked});
    else if (marked->count > 0)
        cancel_all_confirm(console, arena, marked, SCOPE_SERIES);
    else {
        console_say(console, "The marked meetings are cancelled already.");
        arena_free(arena);
    }
}
