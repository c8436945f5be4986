/*
 * Converting meetings to dynamic IDs: the summary in the question, the work, the report.
 */
#include "dialog.h"
#include "open.h"
#include "progress.h"
#include <base/utf8.h>
#include <desk/undo.h>
#include <string.h>

enum { PART = 50, REPORTED = 1000 }; /* meetings in one transaction; lines in the report */

struct convert {
    struct strings uids;               /* none: all legacy meetings of `organizer` */
    const struct organizer *organizer; /* NULL: of everybody */
    size_t total;
};

/* What becomes of the static IDs that these meetings lose. */
static void add_ids(struct console *console, struct text *out, const struct occurrences *list)
{
    struct strings ids = {0};
    for (size_t i = 0; i < list->count; i++)
        if (!strings_hold(&ids, list->items[i].meeting->conference_id))
            *vector_push(console->turn, &ids) = list->items[i].meeting->conference_id;
    if (ids.count == 1)
        text_addf(out, "%s no longer reaches %s; it is retired if nothing else uses it.\n",
                  ids.items[0], list->count == 1 ? "this meeting" : "these meetings");
    else if (ids.count > 1)
        text_addf(out,
                  "%zu static IDs no longer reach these meetings; those that nothing else uses are "
                  "retired.\n",
                  ids.count);
}

static void add_reminders(struct text *out, const struct occurrences *list)
{
    size_t reminders = 0, without = 0;
    for (size_t i = 0; i < list->count; i++) {
        reminders += list->items[i].meeting->attendees.count;
        without += list->items[i].meeting->attendees.count == 0;
    }
    text_addf(out, "%s with the new ID will wait in the outbox, one for each attendee%s.",
              show_count(out->arena, reminders, "reminder"),
              reminders == 0 ? " (there are none)" : "");
    if (without && without < list->count)
        text_addf(out, " %zu of the meetings %s no attendees.", without,
                  without == 1 ? "has" : "have");
}

/*
 * The question's text. If the meetings are more than CONVERT_LISTED, the sums stand before the
 * names. `list` may hold only the first of them.
 */
static const char *summary(struct console *console, const struct occurrences *list, size_t total)
{
    enum { PAIRS = 2000 };
    struct arena *turn = console->turn;
    struct text out = text_start(turn);
    bool all = total <= CONVERT_LISTED, whole = list->count == total;
    text_addf(&out, "%zu meeting%s a dynamic ID%s%s", total,
              total == 1 ? " will get" : "s will each get",
              total > PART ? ", in batches; Esc stops after a batch" : "", all ? ":\n\n" : ". ");
    if (!whole)
        text_add(&out, "Reminders with the new IDs will wait in the outbox, one for each attendee, "
                       "and static IDs that nothing uses any more are retired.\n\n");
    else if (!all) {
        add_reminders(&out, list);
        text_add(&out, "\n\n");
    }
    for (size_t i = 0; i < list->count && i < CONVERT_LISTED; i++) {
        const struct occurrence *one = &list->items[i];
        text_addf(&out, "%s  %s  %s\n", time_format(turn, one->start, console->zone, true),
                  one->meeting->conference_id, utf8_printable(turn, one->title, false));
    }
    if (!all)
        text_addf(&out, "and %zu more\n", total - CONVERT_LISTED);
    text_add(&out, "\n");
    if (whole && list->count < PAIRS)
        add_ids(console, &out, list);
    if (all)
        add_reminders(&out, list);
    return out.bytes;
}

/* The work that is done so far. */
struct converted {
    struct text lines; /* one a meeting: the IDs, the reminders, the title */
    size_t count, reminders;
    const char *old_id, *new_id; /* of the first meeting */
};

static void add_converted(struct console *console, const struct conversions *some,
                          struct converted *done)
{
    const char *arrow = console->term->ascii ? "->" : "→";
    for (size_t i = 0; i < some->count; i++) {
        const struct conversion *one = &some->items[i];
        done->reminders += (size_t)one->reminders;
        if (done->count++ == 0) {
            done->old_id = arena_copy(console->turn, one->old_id);
            done->new_id = arena_copy(console->turn, one->new_id);
        }
        if (done->count <= REPORTED)
            text_addf(&done->lines, "%s %s %s  %d %-9s  %s\n", one->old_id, arrow, one->new_id,
                      one->reminders, one->reminders == 1 ? "reminder" : "reminders",
                      utf8_printable(console->turn, one->title, false));
    }
}

/* The meetings of the next transaction, `done` of them being converted. */
static enum err next_part(struct console *console, struct arena *arena,
                          const struct convert *convert, size_t done, struct strings *part)
{
    if (convert->uids.count) {
        size_t left = convert->uids.count - done;
        *part = (struct strings){.items = convert->uids.items + done,
                                 .count = left < PART ? left : PART};
        return ERR_OK;
    }
    struct occurrences list = {0};
    enum err err = desk_legacy_page(console->session, arena, convert->organizer,
                                    &(struct legacy_page){.plain = true, .limit = PART}, &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++)
        *vector_push(arena, part) = list.items[i].meeting->uid;
    return ERR_OK;
}

/*
 * A transaction for each PART of the meetings, so that the work can be stopped in between
 * (*stopped), but one step to undo. If a transaction fails, those before it stay done.
 */
static enum err convert_in_parts(struct console *console, const struct convert *convert,
                                 struct converted *done, bool *stopped)
{
    struct arena *arena = arena_new();
    struct progress progress;
    progress_begin(&progress, console, "Converting", "meetings", (int64_t)convert->total);
    enum err err = ERR_OK;
    undo_join(console->session, true);
    for (size_t at = 0;;) {
        struct strings part = {0};
        struct conversions some = {0};
        arena_reset(arena);
        err = next_part(console, arena, convert, at, &part);
        if (err || !part.count)
            break;
        *stopped = at > 0 && !progress_step(&progress, (int64_t)at);
        if (*stopped)
            break;
        err = desk_convert(console->session, arena, &part, true, &some);
        if (err)
            break;
        add_converted(console, &some, done);
        at += part.count;
    }
    undo_join(console->session, false);
    progress_end(&progress);
    arena_free(arena);
    return err;
}

static void convert_run(struct console *console, void *context)
{
    const struct convert *convert = context;
    struct converted done = {.lines = text_start(console->turn)};
    bool stopped = false;
    enum err err = convert_in_parts(console, convert, &done, &stopped);
    if (done.count > REPORTED)
        text_addf(&done.lines, "and %zu more\n", done.count - REPORTED);
    if (done.count > 0)
        console_changed(console);
    if (done.count > 1)
        text_open(console, "Converted", done.lines.bytes);
    if (err && done.count == 0)
        console_error(console);
    else if (err)
        console_say(console, "Converted %zu of %zu meetings; then: %s.", done.count, convert->total,
                    console->session->error.why);
    else if (stopped)
        console_say(console, "Stopped: %zu of %zu meetings are converted, %zu reminders queued.",
                    done.count, convert->total, done.reminders);
    else if (done.count == 1)
        console_say(console, "Converted: %s gave way to %s; %s in the outbox.", done.old_id,
                    done.new_id, show_count(console->turn, done.reminders, "reminder"));
    else
        console_say(console, "Converted %zu meetings; %zu reminders in the outbox.", done.count,
                    done.reminders);
}

/* Takes the arena, which holds `convert`. Asks nothing if the conversion would be refused. */
static void ask(struct console *console, struct arena *arena, struct convert *convert,
                const struct occurrences *list)
{
    if (console_failed(console, desk_convert_check(console->session, console->turn))) {
        arena_free(arena);
        return;
    }
    dialog_ask(console, arena,
               &(struct dialog){.title = "Convert to dynamic IDs",
                                .text = arena_copy(arena, summary(console, list, convert->total)),
                                .yes = "convert",
                                .no = "leave as it is",
                                .run = convert_run,
                                .context = convert});
}

void convert_ask(struct console *console, const struct occurrences *list)
{
    struct arena *arena = arena_new();
    struct convert *convert = arena_alloc(arena, sizeof *convert);
    struct occurrences legacy = {0};
    for (size_t i = 0; i < list->count; i++) {
        if (!meeting_legacy(list->items[i].meeting))
            continue;
        *vector_push(console->turn, &legacy) = list->items[i];
        *vector_push(arena, &convert->uids) = arena_copy(arena, list->items[i].meeting->uid);
    }
    convert->total = legacy.count;
    if (!legacy.count) {
        console_say(console, "This is no legacy meeting: there is nothing to convert.");
        arena_free(arena);
        return;
    }
    ask(console, arena, convert, &legacy);
}

void convert_ask_many(struct console *console, const struct strings *uids, size_t total,
                      const struct occurrences *some)
{
    struct arena *arena = arena_new();
    struct convert *convert = arena_alloc(arena, sizeof *convert);
    for (size_t i = 0; uids && i < uids->count; i++)
        *vector_push(arena, &convert->uids) = arena_copy(arena, uids->items[i]);
    if (!uids && !console->everybody) {
        struct organizer *organizer = arena_alloc(arena, sizeof *organizer);
        *organizer = (struct organizer){.uid = arena_copy(arena, console->organizer.uid)};
        convert->organizer = organizer;
    }
    convert->total = total;
    ask(console, arena, convert, some);
}
