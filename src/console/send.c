/*
 * Mailing attendees from the console: the questions, the sending with its progress, and what came
 * of it.
 */
#include "dialog.h"
#include "open.h"
#include "progress.h"
#include <base/utf8.h>
#include <desk/outbox.h>
#include <string.h>
#include <transfer/send.h>

enum { NAMED = 5 }; /* addresses that a question names */

struct mailing {
    struct strings uids; /* meetings; none: everything that is queued */
    int64_t total;       /* messages */
};

/* Whom a question is about. */
struct audience {
    struct strings names; /* of those who have not been told; the first ones */
    size_t count;
    size_t invitations, updates, cancellations;
    const char *title; /* of the first meeting */
};

/* --- the work --- */

/* Queues what is owed about the meetings. */
static enum err owe(struct console *console, const struct mailing *mailing)
{
    for (size_t i = 0; i < mailing->uids.count; i++) {
        const char *uid = NULL;
        enum err err =
            desk_outbox_owe(console->session, console->turn, mailing->uids.items[i], &uid);
        if (err)
            return err;
    }
    return ERR_OK;
}

static void add_count(struct text *text, int64_t count, const char *words)
{
    if (count)
        text_addf(text, "%s%lld %s", text->length ? ", " : "", (long long)count, words);
}

/* "Sent 3; 1 failed: no such user." */
static void say_report(struct console *console, const struct send_report *report)
{
    struct text text = text_start(console->turn);
    const char *why = "", *left = outbox_left_text(console->turn, &report->left);
    for (size_t i = 0; i < report->messages.count && !*why; i++)
        if (report->messages.items[i].state != MESSAGE_SENT)
            why = utf8_printable(console->turn, report->messages.items[i].why, false);
    add_count(&text, report->sent, "handed over");
    add_count(&text, report->failed, "failed");
    add_count(&text, report->uncertain, "uncertain");
    add_count(&text, report->withdrawn, "not owed any more");
    add_count(&text, report->retry, "to be tried again");
    console_say(console, "%s%s%s%s%s.", report->stopped ? "Stopped: " : "",
                text.length ? text.bytes
                : *left     ? arena_format(console->turn, "nothing is due; %s", left)
                            : "nothing was to be sent",
                *why ? " (" : "", why, *why ? ")" : "");
}

static void mailing_run(struct console *console, void *context)
{
    const struct mailing *mailing = context;
    struct send_options options = send_usual(console->session);
    struct send_report report = {0};
    struct progress progress;
    enum err err = owe(console, mailing);
    if (console_failed(console, err))
        return;
    options.meetings = &mailing->uids;
    progress_begin(&progress, console, "Sending", "messages", mailing->total);
    err = transfer_send(console->session, console->turn, &options, &report);
    progress_end(&progress);
    if (!console_failed(console, err))
        say_report(console, &report);
    console_changed(console);
}

/* --- the questions --- */

static void audience_add(struct arena *arena, struct audience *audience, const char *email)
{
    if (audience->count++ < NAMED)
        *vector_push(arena, &audience->names) = utf8_printable(arena, email, false);
}

static enum err audience_read(struct console *console, struct arena *arena, const char *uid,
                              struct audience *audience)
{
    struct occurrence occurrence = {0};
    struct strings left = {0};
    enum err err = desk_meeting(console->session, arena, uid, &occurrence);
    if (err)
        return err;
    const struct meeting *meeting = occurrence.meeting;
    if (!audience->title)
        audience->title = meeting->title;
    if (meeting_over(meeting, session_now(console->session)))
        return ERR_OK;
    err = desk_left_untold(console->session, arena, uid, &left);
    if (err)
        return err;
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        const struct attendee *attendee = &meeting->attendees.items[i];
        if (!attendee_untold(meeting, attendee))
            continue;
        audience_add(arena, audience, attendee->email);
        if (meeting->status == MEETING_CANCELLED)
            audience->cancellations++;
        else
            *(attendee->told ? &audience->updates : &audience->invitations) += 1;
    }
    for (size_t i = 0; i < left.count; i++)
        audience_add(arena, audience, left.items[i]);
    audience->cancellations += left.count;
    return ERR_OK;
}

/* "Send 2 updates and 1 cancellation?" */
static const char *question(struct arena *arena, const struct audience *audience)
{
    const struct {
        size_t count;
        const char *word;
    } parts[] = {{audience->invitations, "invitation"},
                 {audience->updates, "update"},
                 {audience->cancellations, "cancellation"}};
    struct text text = text_start(arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            text_addf(&text, "%s%s", text.length ? " and " : "",
                      show_count(arena, parts[i].count, parts[i].word));
    return text.bytes;
}

static void ask_to_send(struct console *console, struct arena *arena, const char *title,
                        const char *text, struct mailing *mailing)
{
    dialog_ask(console, arena,
               &(struct dialog){.title = title,
                                .text = text,
                                .yes = "send",
                                .no = "do not send",
                                .guarded = true,
                                .run = mailing_run,
                                .context = mailing});
}

static void mailing_ask(struct console *console, struct arena *arena, const struct strings *uids,
                        const struct audience *audience)
{
    struct mailing *mailing = arena_alloc(arena, sizeof *mailing);
    *mailing = (struct mailing){.total = (int64_t)audience->count};
    for (size_t i = 0; i < uids->count; i++)
        *vector_push(arena, &mailing->uids) = arena_copy(arena, uids->items[i]);
    struct text text = text_start(arena);
    text_addf(&text, "%s\n", utf8_printable(arena, audience->title, false));
    text_addf(&text, "%zu %s not been told: %s", audience->count,
              audience->count == 1 ? "person has" : "people have",
              strings_join(arena, &audience->names, ", "));
    if (audience->count > audience->names.count)
        text_addf(&text, " and %zu more", audience->count - audience->names.count);
    text_addf(&text, ".\n\nSend %s by mail now?", question(arena, audience));
    ask_to_send(console, arena, "Tell the attendees?", text.bytes, mailing);
}

void send_offer(struct console *console, const struct strings *uids)
{
    struct arena *arena = arena_new();
    struct audience audience = {0};
    enum err err = ERR_OK;
    for (size_t i = 0; i < uids->count && !err; i++)
        err = audience_read(console, arena, uids->items[i], &audience);
    if (!err && audience.count && send_possible(console->session))
        mailing_ask(console, arena, uids, &audience);
    else
        arena_free(arena);
}

void send_ask(struct console *console, const char *uid)
{
    struct arena *arena = arena_new();
    struct audience audience = {0};
    struct strings uids = {0};
    *vector_push(arena, &uids) = arena_copy(arena, uid);
    if (audience_read(console, arena, uid, &audience))
        console_error(console);
    else if (!audience.count)
        console_say(console, "Nobody is to be told anything about this meeting.");
    else {
        mailing_ask(console, arena, &uids, &audience);
        return;
    }
    arena_free(arena);
}

void send_ask_queued(struct console *console)
{
    enum { COUNTED = 100000 };
    size_t counts[MESSAGE_STATES] = {0};
    if (console_failed(console, desk_outbox_count(console->session, COUNTED, counts)))
        return;
    size_t queued = counts[MESSAGE_QUEUED];
    if (!queued) {
        console_say(console, "Nothing is queued.");
        return;
    }
    struct arena *arena = arena_new();
    struct mailing *mailing = arena_alloc(arena, sizeof *mailing);
    *mailing = (struct mailing){.total = (int64_t)queued};
    struct send_options options = send_usual(console->session);
    struct text text = text_start(arena);
    text_addf(&text, "%zu message%s queued. ", queued, queued == 1 ? " is" : "s are");
    if (options.rate && queued > (size_t)options.rate)
        text_addf(&text, "At %d a minute that takes %zu minutes. ", options.rate,
                  queued / (size_t)options.rate);
    text_add(&text, "Esc stops in between; what is not sent stays queued.");
    ask_to_send(console, arena, "Send what is queued?", text.bytes, mailing);
}
