/*
 * Sending: claim, compose, mark as being sent, start the mailer, settle. A kill at any place leaves
 * each message in one state: before the mark nothing was handed over and the message is queued
 * again once the lease is over; behind it nobody knows, and it becomes uncertain.
 */
#include "mailer.h"
#include <base/utf8.h>
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <exchange/mail.h>
#include <stdlib.h>
#include <store/outbox.h>
#include <string.h>
#include <transfer/send.h>

enum {
    MAIL_TIMEOUT = 300, /* seconds that a mailer may take, unless the configuration says */
    LEASE_MORE = 30,    /* seconds that a lease lasts longer */
    TICK = 200,         /* milliseconds between two looks at a stop */
    BUSY_TICK = 5       /* the same, while a mailer that has said its last is about to end */
};

/* A message in a mailer's hands, or one that was given back. */
struct slot {
    struct message message;
    struct mailer mailer;
    struct arena *arena; /* of the message */
    bool used, ended;
    struct mailer_end end;
};

struct sending {
    struct session *session;
    struct arena *arena; /* of the report */
    const struct send_options *options;
    struct send_report *report;
    struct strings words;
    char owner[UID_SIZE];
    int64_t timeout;
    struct slot *slots;
    size_t tried;       /* messages that were claimed so far */
    size_t meeting;     /* the meeting whose messages are next, of options->meetings */
    bool drained;       /* there is nothing left that is due */
    bool broken;        /* the mailer cannot work; session->error tells why */
    struct error fault; /* that */
};

static size_t meetings_named(const struct sending *sending)
{
    return sending->options->meetings ? sending->options->meetings->count : 0;
}

static struct slot *slot_free(struct sending *sending)
{
    for (int i = 0; i < sending->options->parallel; i++)
        if (!sending->slots[i].used)
            return &sending->slots[i];
    return NULL;
}

static size_t slots_used(const struct sending *sending)
{
    size_t used = 0;
    for (int i = 0; i < sending->options->parallel; i++)
        used += sending->slots[i].used;
    return used;
}

/* --- what became of one --- */

/* Its lines as one: "msmtp: cannot connect; msmtp: could not send mail". */
static const char *one_line(struct arena *arena, const char *said)
{
    struct text out = text_start(arena);
    for (const char *at = said; *(at += strspn(at, " \t\r\n"));) {
        size_t length = strcspn(at, "\r\n");
        text_addf(&out, "%s%.*s", out.length ? "; " : "", (int)length, at);
        at += length;
    }
    return string_trim(out.bytes, " \t");
}

static const char *why_text(struct arena *arena, const struct mailer_end *end)
{
    const char *said = one_line(arena, end->output);
    if (end->late)
        return "the mailer took too long, and was stopped";
    if (end->killed)
        return "the mailer was killed";
    if (end->status == 0)
        return "";
    return arena_format(arena, "the mailer ended with %d%s%s", end->status, said[0] ? ": " : "",
                        utf8_printable(arena, said, false));
}

static void report_add(struct sending *sending, const struct message *message)
{
    struct send_report *report = sending->report;
    struct message *kept = vector_push(sending->arena, &report->messages);
    *kept = *message;
    kept->text = NULL;
    kept->recipient = arena_copy(sending->arena, message->recipient);
    kept->meeting_uid = arena_copy(sending->arena, message->meeting_uid);
    kept->message_id = arena_copy(sending->arena, message->message_id);
    kept->title = arena_copy(sending->arena, message->title);
    kept->why = arena_copy(sending->arena, message->why);
    report->sent += message->state == MESSAGE_SENT;
    report->failed += message->state == MESSAGE_FAILED;
    report->uncertain += message->state == MESSAGE_UNCERTAIN;
    report->withdrawn += message->state == MESSAGE_WITHDRAWN;
    report->retry += message->state == MESSAGE_QUEUED;
}

/* The mailer's answer as the message's next state. */
static void judge(struct sending *sending, struct slot *slot)
{
    struct message *message = &slot->message;
    int64_t now = session_clock(sending->session);
    enum mailer_verdict verdict = mailer_judge(&slot->end);
    message->why = why_text(slot->arena, &slot->end);
    message->tries++;
    message->tried = now;
    if (!message->first_tried)
        message->first_tried = now;
    message->due = 0;
    switch (verdict) {
    case MAILER_TAKEN:
        message->state = MESSAGE_SENT;
        return;
    case MAILER_REFUSED:
        message->state = MESSAGE_FAILED;
        return;
    case MAILER_UNCERTAIN:
        message->state = MESSAGE_UNCERTAIN;
        return;
    case MAILER_BROKEN:
        message->state = MESSAGE_CLAIMED; /* to be given back as it was */
        return;
    case MAILER_RETRY:
    case MAILER_RETRY_FEW:
        message->due = message_next_try(verdict, message->tries, message->first_tried, now);
    }
    message->state = message->due == INSTANT_NEVER ? MESSAGE_FAILED : MESSAGE_QUEUED;
    if (message->due == INSTANT_NEVER)
        message->due = 0;
}

static enum err settle_slot(const struct sending *sending, const struct slot *slot)
{
    struct session *session = sending->session;
    const struct message *message = &slot->message;
    if (message->state == MESSAGE_CLAIMED)
        return store_outbox_release(session->store, sending->owner, message->id);
    return store_outbox_settle(session->store, sending->owner, message, message->state,
                               message->why, message->due, session_clock(session));
}

static void broken(struct sending *sending, const char *what, const char *why)
{
    if (!sending->broken)
        error_set_what(&sending->fault, ERR_IO, why, "mail_command '%s'", what);
    sending->broken = true;
}

/* All slots whose message is settled become free. */
static enum err settle(struct sending *sending)
{
    struct writing writing = {0};
    bool any = false;
    for (int i = 0; i < sending->options->parallel; i++)
        any = any || sending->slots[i].ended;
    if (!any)
        return ERR_OK;
    while (writing_next(sending->session, &writing))
        for (int i = 0; i < sending->options->parallel && !writing.err; i++)
            if (sending->slots[i].ended)
                writing.err = settle_slot(sending, &sending->slots[i]);
    for (int i = 0; i < sending->options->parallel && !writing.err; i++) {
        struct slot *slot = &sending->slots[i];
        if (!slot->ended)
            continue;
        if (slot->message.state == MESSAGE_CLAIMED)
            broken(sending, sending->words.items[0], slot->message.why);
        else
            report_add(sending, &slot->message);
        arena_free(slot->arena);
        *slot = (struct slot){0};
    }
    return writing.err;
}

/* --- the next ones --- */

static enum err claim(const struct sending *sending, struct arena *arena, size_t most,
                      struct messages *out)
{
    struct session *session = sending->session;
    const struct send_options *options = sending->options;
    struct message_filter filter = {.limit = most, .reminders = options->reminders};
    int64_t now = session_clock(session);
    if (meetings_named(sending))
        filter.meeting_uid = options->meetings->items[sending->meeting];
    else
        filter.reminders = false; /* everything that is queued */
    enum err err = store_outbox_expire(session->store, now);
    if (err)
        return err;
    return store_outbox_claim(arena, session->store, sending->owner, now,
                              now + sending->timeout + LEASE_MORE, &filter, out);
}

/* A message that is owed goes into the slot, one that is not is withdrawn. */
static enum err slot_fill(struct sending *sending, struct slot *slot, const struct message *message)
{
    struct session *session = sending->session;
    const char *why = NULL;
    *slot = (struct slot){.arena = arena_new(), .used = true};
    /* again, into the slot's own memory */
    enum err err = transfer_message(session, slot->arena, message->id, &slot->message, &why);
    if (err)
        return err;
    if (why) {
        slot->message.state =
            mail_address_fault(slot->message.recipient) ? MESSAGE_FAILED : MESSAGE_WITHDRAWN;
        slot->message.why = why;
        slot->ended = true;
    }
    return ERR_OK;
}

static enum err mark_all(struct sending *sending)
{
    struct session *session = sending->session;
    int64_t now = session_clock(session);
    for (int i = 0; i < sending->options->parallel; i++) {
        struct slot *slot = &sending->slots[i];
        bool ours = false;
        if (!slot->used || slot->ended || slot->mailer.pid)
            continue;
        enum err err = store_outbox_sending(session->store, sending->owner, &slot->message, now,
                                            now + sending->timeout + LEASE_MORE, &ours);
        if (err)
            return err;
        slot->used = ours; /* else it was replaced meanwhile, or taken by somebody else */
    }
    return ERR_OK;
}

/*
 * The mail command's words; with mail_bounce the envelope's sender, too, whose tag names the
 * message: bounce+17@example.org.
 */
static struct strings envelope(const struct sending *sending, const struct slot *slot)
{
    const char *bounce = sending->session->settings.mail_bounce;
    const char *at = bounce ? strrchr(bounce, '@') : NULL;
    struct strings words = {0};
    for (size_t i = 0; i < sending->words.count; i++)
        *vector_push(slot->arena, &words) = sending->words.items[i];
    if (!at)
        return words;
    *vector_push(slot->arena, &words) = "-f";
    *vector_push(slot->arena, &words) = arena_format(slot->arena, "%.*s+%lld%s", (int)(at - bounce),
                                                     bounce, (long long)slot->message.id, at);
    return words;
}

/* The mark is committed: from here on nobody knows, until the mailer answers. */
static void mailers_start(struct sending *sending)
{
    for (int i = 0; i < sending->options->parallel; i++) {
        struct slot *slot = &sending->slots[i];
        struct error error = {0};
        if (slot->ended || slot->mailer.pid || !slot->arena)
            continue;
        if (!slot->used) {
            arena_free(slot->arena);
            *slot = (struct slot){0};
            continue;
        }
        struct strings words = envelope(sending, slot);
        if (!mailer_start(&slot->mailer, &words, slot->message.text, sending->timeout, &error))
            continue;
        slot->message.state = MESSAGE_CLAIMED;
        slot->message.why = arena_copy(slot->arena, error.why);
        slot->ended = true;
    }
}

/* How many may be started now: by slots, limit and rate. */
static enum err room(struct sending *sending, size_t *most)
{
    const struct send_options *options = sending->options;
    *most = (size_t)options->parallel - slots_used(sending);
    if (options->limit && options->limit - sending->tried < *most)
        *most = options->limit - sending->tried;
    if (!*most || !options->rate)
        return ERR_OK;
    size_t tried = 0;
    struct session *session = sending->session;
    enum err err =
        READING(session, store_outbox_tried(session->store, session_clock(session), &tried));
    size_t rate = (size_t)options->rate, left = tried < rate ? rate - tried : 0;
    if (left < *most)
        *most = left;
    return err;
}

static enum err start_some(struct sending *sending)
{
    struct writing claiming = {0}, marking = {0};
    struct messages messages = {0};
    size_t most = 0;
    enum err err = room(sending, &most);
    if (sending->options->limit && sending->tried >= sending->options->limit)
        sending->drained = true;
    if (err || !most)
        return err;
    struct arena *arena = arena_new();
    while (writing_next(sending->session, &claiming))
        claiming.err = claim(sending, arena, most, &messages);
    marking.err = claiming.err;
    for (size_t i = 0; i < messages.count && !marking.err; i++) {
        struct slot *slot = slot_free(sending);
        if (slot) /* no more are claimed than there are */
            marking.err = slot_fill(sending, slot, &messages.items[i]);
    }
    sending->tried += messages.count;
    if (!marking.err && !messages.count && ++sending->meeting >= meetings_named(sending))
        sending->drained = true;
    while (messages.count && writing_next(sending->session, &marking))
        marking.err = mark_all(sending);
    if (!marking.err)
        mailers_start(sending);
    arena_free(arena);
    return marking.err;
}

/* --- the run --- */

/* Waits for mailers, or for the next look at the clock. */
static void wait_for_mailers(struct sending *sending)
{
    struct pollfd places[2 * SEND_PARALLEL_MAX];
    int count = 0, timeout = TICK;
    for (int i = 0; i < sending->options->parallel; i++) {
        const struct slot *slot = &sending->slots[i];
        count += mailer_poll(&slot->mailer, places + count);
        if (slot->mailer.pid && slot->mailer.output < 0 && timeout > BUSY_TICK)
            timeout = BUSY_TICK;
        if (slot->ended) /* settled next, without a mailer */
            timeout = 0;
    }
    poll(places, (nfds_t)count, timeout);
    for (int i = 0; i < sending->options->parallel; i++) {
        struct slot *slot = &sending->slots[i];
        if (!slot->mailer.pid || !mailer_step(&slot->mailer, &slot->end))
            continue;
        judge(sending, slot);
        slot->ended = true;
    }
}

static bool go_on(struct sending *sending)
{
    const struct session *session = sending->session;
    if (sending->report->stopped || sending->broken)
        return false;
    if (session->progress &&
        !session->progress(session->progress_context, (int64_t)sending->report->messages.count))
        sending->report->stopped = true;
    return !sending->report->stopped;
}

static enum err run(struct sending *sending)
{
    enum err err = ERR_OK;
    for (;;) {
        enum err settled = settle(sending);
        err = err ? err : settled;
        bool more = !err && go_on(sending) && !sending->drained;
        if (more)
            err = start_some(sending);
        if (!slots_used(sending) && (err || !more || sending->broken || sending->drained))
            return err;
        if (settled) /* what is at work becomes uncertain once its lease is over */
            return err;
        wait_for_mailers(sending);
    }
}

static enum err uncertain_again(const struct sending *sending)
{
    struct session *session = sending->session;
    struct messages list = {0};
    size_t count = meetings_named(sending);
    for (size_t i = 0; i < (count ? count : 1); i++) {
        struct message_filter filter = {.states = 1U << MESSAGE_UNCERTAIN};
        if (count)
            filter.meeting_uid = sending->options->meetings->items[i];
        enum err err = store_outbox_list(sending->arena, session->store, &filter, &list);
        if (err)
            return err;
    }
    for (size_t i = 0; i < list.count; i++) {
        enum err err = store_outbox_state(session->store, list.items[i].id, 1U << MESSAGE_UNCERTAIN,
                                          MESSAGE_QUEUED, "", session_clock(session));
        if (err)
            return err;
    }
    return ERR_OK;
}

/* Slots that are still held when a run fails: their mailers go on, and the lease tells the rest. */
static void slots_end(struct sending *sending)
{
    for (int i = 0; i < sending->options->parallel; i++)
        if (sending->slots[i].arena)
            arena_free(sending->slots[i].arena);
    free(sending->slots);
}

struct send_options send_usual(const struct session *session)
{
    int rate = session->settings.mail_rate;
    return (struct send_options){.rate = rate > 0   ? rate
                                         : rate < 0 ? 0
                                                    : SEND_RATE,
                                 .parallel = SEND_PARALLEL};
}

static enum err command_words(const struct session *session, struct arena *arena,
                              struct strings *words, struct error *error)
{
    const char *command = session->settings.mail_command;
    return mailer_words(arena, command ? command : "sendmail -t -i", words, error);
}

bool send_possible(const struct session *session)
{
    struct arena *arena = arena_new();
    struct strings words = {0};
    struct error error = {0};
    bool possible = !command_words(session, arena, &words, &error) && mailer_there(&words);
    arena_free(arena);
    return possible;
}

static enum err left_read(const struct sending *sending)
{
    struct session *session = sending->session;
    size_t count = meetings_named(sending);
    enum err err = reading_begin(session);
    for (size_t i = 0; i < (count ? count : 1) && !err; i++)
        err = store_outbox_left(session->store, count ? sending->options->meetings->items[i] : NULL,
                                session_clock(session), &sending->report->left);
    return reading_end(session, err);
}

enum err transfer_send(struct session *session, struct arena *arena,
                       const struct send_options *options, struct send_report *report)
{
    struct sending sending = {
        .session = session, .arena = arena, .options = options, .report = report};
    *report = (struct send_report){0};
    sending.timeout =
        session->settings.mail_timeout ? session->settings.mail_timeout : MAIL_TIMEOUT;
    uid_new(sending.owner);
    struct writing again = {.err = command_words(session, arena, &sending.words, &session->error)};
    while (options->retry_uncertain && writing_next(session, &again))
        again.err = uncertain_again(&sending);
    if (again.err)
        return again.err;
    sending.slots = calloc((size_t)options->parallel, sizeof *sending.slots);
    if (!sending.slots)
        die("out of memory");
    enum err err = run(&sending);
    slots_end(&sending);
    if (!err)
        err = left_read(&sending);
    if (!err && sending.broken) {
        session->error = sending.fault;
        return ERR_IO;
    }
    return err;
}
