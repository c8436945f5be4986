/* Commands on messages: send, and those that look at the outbox and settle it by hand. */
#include "outbox.h"
#include "commands.h"

#include <base/file.h>
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <limits.h>
#include <show/print.h>
#include <stdlib.h>
#include <string.h>
#include <transfer/send.h>

/* --- send --- */

static const struct command_option send_options[] = {
    {.name = "reminders", .help = "without a MEETING: everything that is queued"},
    {.name = "dry-run", .help = "list what would be sent, and send nothing"},
    {.name = "limit", .value = "N", .help = "how many messages at most"},
    {.name = "rate",
     .value = "N",
     .help = "messages a minute; mail_rate, else 30 by default, 0: no limit"},
    {.name = "parallel", .value = "N", .help = "mailers at once; 4 by default"},
    {.name = "uncertain",
     .value = "WHAT",
     .help = "retry or skip messages that may have been sent or not; skip by default"},
    {0},
};

static enum err options_read(const struct invocation *invocation, struct send_options *options)
{
    enum { MOST = 1000000 };
    int limit = 0;
    const char *uncertain = argument(invocation, "uncertain");
    *options = send_usual(invocation->session);
    options->reminders = argument_given(invocation, "reminders");
    if (uncertain && strcmp(uncertain, "retry") != 0 && strcmp(uncertain, "skip") != 0)
        return error_set(&invocation->session->error, ERR_INVALID, "uncertain",
                         "unknown value '%s'; write retry or skip", uncertain);
    options->retry_uncertain = uncertain && strcmp(uncertain, "retry") == 0;
    enum err err = argument_number(invocation, "limit", 1, MOST, &limit);
    if (err)
        return err;
    options->limit = (size_t)limit;
    err = argument_number(invocation, "rate", 0, MOST, &options->rate);
    if (err)
        return err;
    return argument_number(invocation, "parallel", 1, SEND_PARALLEL_MAX, &options->parallel);
}

static enum err meeting_owe(struct session *session, struct invocation *invocation,
                            const char *name, struct strings *uids)
{
    const char *uid = NULL;
    struct occurrence meeting = {0};
    enum err err = ERR_OK;
    if (argument_given(invocation, "reminders")) {
        err = desk_meeting(session, invocation->arena, name, &meeting);
        uid = err ? NULL : meeting.meeting->uid;
    } else {
        err = desk_outbox_owe(session, invocation->arena, name, &uid);
    }
    if (!err)
        *vector_push(invocation->arena, uids) = uid;
    return err;
}

/* Queues what is owed about all meetings that are named, or nothing; *uids names them. */
static enum err meetings_owe(struct session *session, struct invocation *invocation,
                             struct strings *uids)
{
    const struct strings *names = &invocation->operands;
    struct writing writing = {0};
    while (writing_next(session, &writing)) {
        *uids = (struct strings){0};
        for (size_t i = 0; i < names->count && !writing.err; i++)
            writing.err = meeting_owe(session, invocation, names->items[i], uids);
    }
    return writing.err;
}

/* What would be sent: queued as a real run does, and rolled back by the caller. */
static enum err preview(struct session *session, struct invocation *invocation,
                        const struct send_options *options, struct messages *out)
{
    struct strings uids = {0};
    *out = (struct messages){0};
    enum err err = meetings_owe(session, invocation, &uids);
    struct message_filter filter = {.states = 1U << MESSAGE_QUEUED,
                                    .limit = options->limit,
                                    .reminders = options->reminders && uids.count};
    if (options->retry_uncertain)
        filter.states |= 1U << MESSAGE_UNCERTAIN;
    for (size_t i = 0; i < (uids.count ? uids.count : 1) && !err; i++) {
        filter.meeting_uid = uids.count ? uids.items[i] : NULL;
        err = store_outbox_list(invocation->arena, session->store, &filter, out);
    }
    return err;
}

static enum err run_preview(struct session *session, struct invocation *invocation,
                            const struct send_options *options)
{
    struct send_report report = {0};
    struct writing trial = {.dry_run = true};
    while (writing_next(session, &trial))
        trial.err = preview(session, invocation, options, &report.messages);
    if (trial.err)
        return trial.err;
    report.left.queued = (int64_t)report.messages.count;
    output_answer(invocation, invocation->json
                                  ? json_send(invocation->arena, &report)
                                  : text_messages(invocation->arena, &report.messages));
    return ERR_OK;
}

static void warn_if_stopped(struct invocation *invocation, const struct send_report *report)
{
    if (report->stopped)
        output_warning(invocation, "send: it was stopped; what is left stays queued");
}

static enum err run_send(struct session *session, struct invocation *invocation)
{
    struct send_options options;
    struct send_report report = {0};
    struct strings uids = {0};
    enum err err = options_read(invocation, &options);
    if (err)
        return err;
    if (!invocation->operands.count && !options.reminders)
        return error_set(&session->error, ERR_INVALID, "send",
                         "name the meetings, or give --reminders for everything that is queued");
    if (argument_given(invocation, "dry-run"))
        return run_preview(session, invocation, &options);
    err = meetings_owe(session, invocation, &uids);
    if (err)
        return err;
    options.meetings = &uids;
    err = transfer_send(session, invocation->arena, &options, &report);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_send(invocation->arena, &report)
                                               : text_send(invocation->arena, &report));
    warn_if_stopped(invocation, &report);
    return ERR_OK;
}

const struct command command_send = {
    .name = "send",
    .operands = "[MEETING...]",
    .more = -1,
    .options = send_options,
    .help = "mail invitations, updates and cancellations, and what is queued",
    .store = STORE_WRITE,
    .long_work = SENDING_COUNTS,
    .run = run_send,
};

enum err send_after(struct session *session, struct invocation *invocation,
                    const struct strings *uids)
{
    struct send_options options = send_usual(session);
    options.meetings = uids;
    struct send_report report = {0};
    enum err err = transfer_send(session, invocation->arena, &options, &report);
    if (err)
        output_warning(invocation,
                       arena_format(invocation->arena,
                                    "%s: %s; the messages are queued, and 'dialdesk send "
                                    "--reminders' tries them again",
                                    session->error.what, session->error.why));
    for (size_t i = 0; i < report.messages.count; i++) {
        const struct message *message = &report.messages.items[i];
        if (message->state != MESSAGE_SENT)
            output_warning(invocation,
                           arena_format(invocation->arena, "send: %s: %s: %s", message->recipient,
                                        message_state_name(message->state), message->why));
    }
    warn_if_stopped(invocation, &report);
    error_clear(&session->error);
    return ERR_OK;
}

/* --- outbox --- */

static const struct command_option list_options[] = {
    {.name = "state",
     .value = "STATE",
     .help = "only queued, claimed, sending, sent, failed, uncertain or withdrawn"},
    {.name = "to", .value = "ADDRESS", .help = "only messages to this attendee"},
    {.name = "of", .value = "EMAIL", .help = "only about this organizer's meetings"},
    {.name = "by",
     .value = "WHAT",
     .help =
         "person or meeting: a line each, with what is owed and not sent unless --state is said"},
    {0},
};

/* Of a removed organizer there may be messages still; an address that has none must be known. */
static enum err list_read(struct session *session, const struct invocation *invocation,
                          struct message_filter *filter, struct messages *out)
{
    struct arena *arena = invocation->arena;
    struct organizer organizer;
    const char *of = filter->organizer;
    if (of && desk_organizer_named(session, arena, of, &organizer) == ERR_OK)
        filter->organizer = organizer.email;
    enum err err = desk_outbox_list(session, arena, filter, out);
    return err || out->count || !of ? err : desk_organizer_named(session, arena, of, &organizer);
}

/* By person or by meeting. */
static enum err list_grouped(struct session *session, struct invocation *invocation,
                             struct message_filter *filter, const char *by)
{
    bool by_meeting = strcmp(by, "meeting") == 0;
    struct messages list = {0};
    struct owed_list owed = {0};
    if (!by_meeting && strcmp(by, "person") != 0)
        return error_set(&session->error, ERR_INVALID, "by", "'%s' is neither person nor meeting",
                         by);
    if (!filter->states)
        filter->states = MESSAGE_OPEN;
    enum err err = list_read(session, invocation, filter, &list);
    if (err)
        return err;
    messages_group(invocation->arena, &list, by_meeting, &owed);
    output_answer(invocation, invocation->json ? json_owed(invocation->arena, &owed)
                                               : text_owed(invocation->arena, &owed));
    return ERR_OK;
}

static enum err run_list(struct session *session, struct invocation *invocation)
{
    const char *name = argument(invocation, "state");
    struct message_filter filter = {.recipient = argument(invocation, "to"),
                                    .organizer = argument(invocation, "of")};
    struct messages list = {0};
    enum message_state state = MESSAGE_QUEUED;
    if (name && !message_state_parse(name, &state))
        return error_set(
            &session->error, ERR_INVALID, "state",
            "unknown state '%s'; there are queued, claimed, sending, sent, failed, uncertain and "
            "withdrawn",
            name);
    filter.states = name ? 1U << state : 0;
    if (argument(invocation, "by"))
        return list_grouped(session, invocation, &filter, argument(invocation, "by"));
    enum err err = list_read(session, invocation, &filter, &list);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_messages(invocation->arena, &list)
                                               : text_messages(invocation->arena, &list));
    return ERR_OK;
}

#define OUTBOX_LIST(command)                                                                       \
    {                                                                                              \
        .name = command, .options = list_options, .store = STORE_READ, .run = run_list,            \
        .help = "list messages to attendees, and whether they were sent"                           \
    }
const struct command command_outbox = OUTBOX_LIST("outbox");
const struct command command_outbox_list = OUTBOX_LIST("outbox list");

static enum err id_read(struct session *session, const char *typed, int64_t *id)
{
    char *end = NULL;
    long long number = strtoll(typed, &end, 10);
    if (!*typed || *end || number < 1 || number == LLONG_MAX)
        return error_set(&session->error, ERR_INVALID, "message",
                         "'%s' is not the number of a message; 'dialdesk outbox' lists them",
                         typed);
    *id = number;
    return ERR_OK;
}

static enum err run_show(struct session *session, struct invocation *invocation)
{
    struct message message = {0};
    int64_t id = 0;
    enum err err = id_read(session, invocation->operands.items[0], &id);
    if (err)
        return err;
    err = transfer_message_text(session, invocation->arena, id, &message);
    if (err)
        return err;
    output_bytes(invocation, message.text);
    return ERR_OK;
}

const struct command command_outbox_show = {
    .name = "outbox show",
    .operands = "N",
    .least = 1,
    .help = "print a message",
    .store = STORE_READ,
    .run = run_show,
};

static enum err run_settle(struct session *session, struct invocation *invocation)
{
    const struct {
        const struct command *command;
        enum settling settling;
        const char *done;
    } ways[] = {
        {&command_outbox_retry, SETTLE_RETRY, "queued again"},
        {&command_outbox_withdraw, SETTLE_WITHDRAW, "withdrawn"},
        {&command_outbox_sent, SETTLE_SENT, "marked as sent"},
    };
    size_t way = 0;
    const struct strings *typed = &invocation->operands;
    int64_t *ids = arena_array(invocation->arena, typed->count, sizeof *ids);
    enum err err = ERR_OK;
    while (way + 1 < sizeof ways / sizeof *ways && ways[way].command != invocation->command)
        way++;
    for (size_t i = 0; i < typed->count && !err; i++)
        err = id_read(session, typed->items[i], &ids[i]);
    if (err)
        return err;
    err = desk_outbox_settle(session, invocation->arena, ways[way].settling, ids, typed->count);
    if (err)
        return err;
    output_message(invocation, arena_format(invocation->arena, "%zu message%s %s.", typed->count,
                                            typed->count == 1 ? " is" : "s are", ways[way].done));
    return ERR_OK;
}

#define OUTBOX_SETTLE(command, words)                                                              \
    {                                                                                              \
        .name = command, .operands = "N...", .least = 1, .more = -1, .store = STORE_WRITE,         \
        .run = run_settle, .help = words                                                           \
    }
const struct command command_outbox_retry = OUTBOX_SETTLE("outbox retry", "queue messages again");
const struct command command_outbox_withdraw =
    OUTBOX_SETTLE("outbox withdraw", "take messages back that are not sent");
const struct command command_outbox_sent =
    OUTBOX_SETTLE("outbox sent", "mark messages as sent that went another way");

/* --- outbox report --- */

static const struct command_option report_options[] = {
    {.name = "from", .value = "TIME", .help = "the first day; 7 days ago by default"},
    {.name = "to", .value = "TIME", .help = "the day after the last one; tomorrow by default"},
    {.name = "csv", .help = "as a table for a spreadsheet"},
    {0},
};

static enum err run_report(struct session *session, struct invocation *invocation)
{
    enum { DAYS = 7 };
    struct arena *arena = invocation->arena;
    const struct zone *zone = invocation->zone;
    struct report_days days = {0};
    int64_t now = session_now(session), from = now - DAYS * DAY, to = now;
    zone_instant(zone, local_add_days(local_midnight(zone_read(zone, now).local), 1), &to);
    enum err err = argument_span(invocation, zone, &from, &to);
    if (!err && to == from)
        err = error_set(&session->error, ERR_INVALID, "to",
                        "it is --from, which leaves no day; write the day after the last one");
    if (!err)
        err = desk_outbox_report(session, arena, zone, from, to, &days);
    if (err)
        return err;
    if (argument_given(invocation, "csv"))
        output_bytes(invocation, csv_report(arena, &days));
    else
        output_answer(invocation, invocation->json ? json_report(arena, &days)
                                                   : text_report(arena, &days, zone));
    return ERR_OK;
}

const struct command command_outbox_report = {
    .name = "outbox report",
    .options = report_options,
    .help = "count by day what was converted, queued, sent, failed, and what is still legacy",
    .store = STORE_READ,
    .zone = true,
    .run = run_report,
};

/* --- outbox export --- */

static enum err run_export(struct session *session, struct invocation *invocation)
{
    const char *folder = invocation->operands.items[0];
    struct message_filter filter = {.states = 1U << MESSAGE_QUEUED};
    struct messages list = {0};
    size_t written = 0;
    enum err err = argument_path(invocation, folder);
    if (!err)
        err = file_check_folder(folder, &session->error);
    if (!err)
        err = desk_outbox_list(session, invocation->arena, &filter, &list);
    for (size_t i = 0; i < list.count && !err; i++) {
        struct arena *arena = arena_new();
        struct message message = {0};
        const char *why = NULL;
        err = transfer_message(session, arena, list.items[i].id, &message, &why);
        if (!err && !why) {
            const char *path = arena_format(arena, "%s/%lld.eml", folder, (long long)message.id);
            err = file_write(path, message.text, strlen(message.text), 0600, &session->error);
            written += !err;
        }
        arena_free(arena);
    }
    if (err)
        return err;
    output_message(invocation,
                   arena_format(invocation->arena,
                                "%zu message%s written to %s; 'dialdesk outbox sent N...' marks "
                                "those that you have sent.",
                                written, written == 1 ? " is" : "s are", folder));
    return ERR_OK;
}

const struct command command_outbox_export = {
    .name = "outbox export",
    .operands = "FOLDER",
    .least = 1,
    .help = "write what is queued as .eml files",
    .store = STORE_READ,
    .run = run_export,
};
