/* Commands on one meeting: new, show, edit, cancel, invite. */
#include "commands.h"
#include "outbox.h"

#include <desk/admit.h>
#include <desk/outbox.h>
#include <desk/transaction.h>
#include <show/print.h>
#include <show/show.h>
#include <string.h>
#include <transfer/transfer.h>

/* `needed`: a new meeting cannot be without them. */
#define MEETING_OPTIONS(needed)                                                                    \
    {.name = "title", .value = "TEXT", .help = "the meeting's title", .required = needed},         \
        {.name = "start",                                                                          \
         .value = "TIME",                                                                          \
         .help = "when it begins; a date alone: the whole day",                                    \
         .required = needed},                                                                      \
        {.name = "end", .value = "TIME", .help = "when it ends (of whole days: the last day)"},    \
        {.name = "duration",                                                                       \
         .value = "DURATION",                                                                      \
         .help = "how long it lasts, as in 45m or 1h30m"},                                         \
        {.name = "tz", .value = "ZONE", .help = "the meeting's time zone, as in Europe/Berlin"},   \
        {.name = "all-day", .help = "it lasts whole days"},                                        \
        {.name = "attendee",                                                                       \
         .value = "ADDRESS",                                                                       \
         .help = "who is invited: ada@example.org, or 'Ada <ada@example.org>'",                    \
         .many = true},                                                                            \
        {.name = "location", .value = "TEXT", .help = "where it takes place"},                     \
        {.name = "notes", .value = "TEXT", .help = "notes for the attendees"},                     \
        {.name = "repeat", .value = "RRULE", .help = "a series, as in FREQ=WEEKLY;COUNT=10"},      \
    {                                                                                              \
        .name = "lang", .value = "LANG", .help = "the invitation's language, as in en or de"       \
    }

/* The part of a series that a command is about. */
#define OCCURRENCE_OPTION(told)                                                                    \
    {                                                                                              \
        .name = "occurrence", .value = "TIME", .help = told                                        \
    }
#define FOLLOWING_OPTION                                                                           \
    {                                                                                              \
        .name = "following", .help = "with --occurrence: that occurrence and all that follow"      \
    }

static struct draft draft_read(const struct invocation *invocation)
{
    struct draft draft = {
        .title = argument(invocation, "title"),
        .tz = argument(invocation, "tz"),
        .location = argument(invocation, "location"),
        .notes = argument(invocation, "notes"),
        .rrule = argument(invocation, "repeat"),
        .uid = argument(invocation, "uid"),
        .lang = argument(invocation, "lang"),
        .start = argument(invocation, "start"),
        .end = argument(invocation, "end"),
        .duration = argument(invocation, "duration"),
        .all_day = argument_given(invocation, "all-day"),
        .has_all_day = argument_given(invocation, "all-day") || argument_given(invocation, "timed"),
        .has_attendees = argument_given(invocation, "attendee"),
    };
    argument_all(invocation, "attendee", &draft.attendees);
    return draft;
}

static enum err which_read(const struct invocation *invocation, struct which *which)
{
    bool following = argument_given(invocation, "following");
    *which = (struct which){.at = argument(invocation, "occurrence")};
    if (following && !which->at)
        return error_set(
            &invocation->session->error, ERR_INVALID, "following",
            "--occurrence TIME is required: it names the first occurrence that changes");
    if (which->at)
        which->scope = following ? SCOPE_FOLLOWING : SCOPE_OCCURRENCE;
    return ERR_OK;
}

enum err output_scheduled(struct invocation *invocation, struct scheduled *scheduled,
                          const char *tz)
{
    struct session *session = invocation->session;
    const struct zone *zone;
    enum err err = session_zone(session, tz, &zone);
    if (err)
        return err;
    err = desk_left_untold(session, invocation->arena, scheduled->meeting.meeting->uid,
                           &scheduled->left_untold);
    if (err)
        return err;
    err = desk_occurrence_replies(session, invocation->arena, scheduled->meeting.meeting->uid,
                                  &scheduled->occurrence_replies);
    if (err)
        return err;
    output_answer(invocation, invocation->json
                                  ? json_scheduled(invocation->arena, scheduled, &session->zones)
                                  : text_scheduled(invocation->arena, scheduled, zone));
    output_warnings(invocation, &scheduled->warnings);
    return ERR_OK;
}

/* --- a change, and the messages that it owes --- */

/* reference NULL: a new meeting of the organizer; draft NULL: a cancellation. */
struct change {
    const char *reference;
    const struct organizer *organizer;
    const struct which *which;
    const struct draft *draft;

    struct invocation *invocation;
    struct scheduled *out;
    bool dry_run;
    struct strings owed; /* UIDs of meetings whose messages are queued */
};

static enum err change_only(struct session *session, const struct change *change)
{
    struct arena *arena = change->invocation->arena;
    if (!change->reference)
        return desk_schedule(session, arena, change->organizer, change->draft, change->dry_run,
                             change->out);
    return desk_change(session, arena, change->reference, 0, change->which, change->draft,
                       change->dry_run, change->out);
}

/* In one transaction: the change, and what it owes. */
static enum err change_and_owe(struct session *session, struct change *change)
{
    struct arena *arena = change->invocation->arena;
    struct meeting before = {0};
    change->owed = (struct strings){0};
    enum err err =
        change->reference ? meeting_resolve(session, arena, change->reference, &before) : ERR_OK;
    if (err)
        return err;
    err = change_only(session, change);
    if (err)
        return err;
    const struct meeting *after = change->out->meeting.meeting;
    const struct meeting *split_from = change->out->split_from;
    *vector_push(arena, &change->owed) = after->uid;
    err = outbox_owe(session, arena, change->reference && !split_from ? &before : NULL, after->uid);
    if (err || !split_from)
        return err;
    *vector_push(arena, &change->owed) = split_from->uid;
    return outbox_owe(session, arena, &before, split_from->uid);
}

/* Makes it, and with --send mails it; the answer then tells who knows of it. */
static enum err change_make(struct session *session, struct invocation *invocation,
                            struct change *change, bool dry_run, struct scheduled *out)
{
    change->invocation = invocation;
    change->out = out;
    change->dry_run = dry_run;
    const char *lang = argument(invocation, "lang"); /* empty: the organizer's */
    enum err err = lang && lang[0] ? argument_language(invocation, &lang) : ERR_OK;
    if (err)
        return err;
    if (dry_run)
        return change_only(session, change);
    bool send = argument_given(invocation, "send");
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = send ? change_and_owe(session, change) : change_only(session, change);
    if (writing.err || !send)
        return writing.err;
    err = send_after(session, invocation, &change->owed);
    if (err)
        return err;
    struct occurrence now = {0};
    err = desk_meeting(session, invocation->arena, change->owed.items[0], &now);
    if (!err)
        out->meeting.meeting = now.meeting;
    return err;
}

/* A day that is perhaps a slip: over already, or far ahead. A series may have begun long ago. */
static void warn_of_day(struct session *session, struct invocation *invocation,
                        const struct occurrence *one)
{
    int64_t now = session_now(session);
    if (one->end <= now && !one->meeting->rrule)
        output_warning(invocation, "the meeting is in the past");
    else if (one->start > now + 365 * DAY)
        output_warning(invocation, "the meeting is more than a year away");
}

/* --- new --- */

static const struct command_option new_options[] = {
    MEETING_OPTIONS(true),
    {.name = "uid", .value = "UID", .help = "the meeting's UID; random by default"},
    {.name = "send", .help = "mail it to the attendees"},
    {.name = "dry-run", .help = "say what would be scheduled, and schedule nothing"},
    {0},
};

static enum err run_new(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct organizer organizer = {0};
    struct draft draft = draft_read(invocation);
    struct scheduled scheduled = {0};
    bool dry_run = argument_given(invocation, "dry-run");
    enum err err = desk_organizer(session, arena, &organizer);
    if (err)
        return err;
    struct change change = {.organizer = &organizer, .draft = &draft};
    err = change_make(session, invocation, &change, dry_run, &scheduled);
    if (err)
        return err;
    err = output_scheduled(invocation, &scheduled, scheduled.meeting.meeting->tz);
    if (!err)
        warn_of_day(session, invocation, &scheduled.meeting);
    return err;
}

const struct command command_new = {
    .name = "new",
    .options = new_options,
    .help = "schedule a meeting and show its conference ID",
    .store = STORE_WRITE,
    .long_work = SENDING_COUNTS,
    .run = run_new,
};

/* --- show --- */

static const struct command_option show_options[] = {
    OCCURRENCE_OPTION("show the occurrence of the series that starts then"),
    {0},
};

static enum err callers_read(struct session *session, struct arena *arena, const char *tz,
                             struct scheduled *shown)
{
    const struct zone *zone = NULL;
    enum err err = desk_calls_admitted(session, shown->meeting.meeting->uid, &shown->admitted,
                                       &shown->last_admitted);
    if (err || shown->admitted == 0)
        return err;
    err = session_zone(session, tz, &zone);
    if (err)
        return err;
    shown->callers =
        show_callers(arena, shown->admitted, shown->last_admitted, session_now(session), zone);
    return ERR_OK;
}

static enum err run_show(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const char *reference = invocation->operands.items[0];
    struct which which = {.at = argument(invocation, "occurrence")};
    struct scheduled shown = {.one = which.at != NULL};
    enum err err = which.at ? desk_occurrence(session, arena, reference, &which, &shown.meeting)
                            : desk_meeting(session, arena, reference, &shown.meeting);
    if (err)
        return err;
    /* in the meeting's own zone, or in the one that the reader has named */
    const char *tz = session->settings.tz ? session->settings.tz : shown.meeting.meeting->tz;
    err = callers_read(session, arena, tz, &shown);
    if (err)
        return err;
    return output_scheduled(invocation, &shown, tz);
}

const struct command command_show = {
    .name = "show",
    .operands = "MEETING",
    .least = 1,
    .options = show_options,
    .help = "show a meeting",
    .store = STORE_READ,
    .run = run_show,
};

/* --- edit --- */

static const struct command_option edit_options[] = {
    MEETING_OPTIONS(false),
    OCCURRENCE_OPTION("change only the occurrence of the series that starts then"),
    FOLLOWING_OPTION,
    {.name = "timed", .help = "the meeting has a time of day again (no longer all day)"},
    {.name = "send", .help = "mail it to the attendees"},
    {.name = "dry-run", .help = "say what it would become, and change nothing"},
    {0},
};

static enum err run_edit(struct session *session, struct invocation *invocation)
{
    struct draft draft = draft_read(invocation);
    struct which which;
    struct scheduled changed = {0};
    if (argument_given(invocation, "all-day") && argument_given(invocation, "timed"))
        return error_set(&session->error, ERR_INVALID, "all-day",
                         "give either --all-day or --timed");
    enum err err = which_read(invocation, &which);
    if (err)
        return err;
    struct change change = {
        .reference = invocation->operands.items[0], .which = &which, .draft = &draft};
    err =
        change_make(session, invocation, &change, argument_given(invocation, "dry-run"), &changed);
    if (err)
        return err;
    err = output_scheduled(invocation, &changed, changed.meeting.meeting->tz);
    if (!err && draft.start && !which.at)
        warn_of_day(session, invocation, &changed.meeting);
    return err;
}

const struct command command_edit = {
    .name = "edit",
    .operands = "MEETING",
    .least = 1,
    .options = edit_options,
    .help = "change a meeting; its conference ID stays",
    .store = STORE_WRITE,
    .long_work = SENDING_COUNTS,
    .run = run_edit,
};

/* --- cancel --- */

static const struct command_option cancel_options[] = {
    OCCURRENCE_OPTION("cancel only the occurrence of the series that starts then"),
    FOLLOWING_OPTION,
    {.name = "send", .help = "mail it to the attendees"},
    {.name = "dry-run", .help = "say what would be cancelled, and cancel nothing"},
    {0},
};

static enum err run_cancel(struct session *session, struct invocation *invocation)
{
    struct which which;
    struct scheduled cancelled = {0};
    enum err err = which_read(invocation, &which);
    if (err)
        return err;
    struct change change = {.reference = invocation->operands.items[0], .which = &which};
    err = change_make(session, invocation, &change, argument_given(invocation, "dry-run"),
                      &cancelled);
    if (err)
        return err;
    return output_scheduled(invocation, &cancelled, cancelled.meeting.meeting->tz);
}

const struct command command_cancel = {
    .name = "cancel",
    .operands = "MEETING",
    .least = 1,
    .options = cancel_options,
    .help = "cancel a meeting and retire its dynamic ID",
    .store = STORE_WRITE,
    .long_work = SENDING_COUNTS,
    .run = run_cancel,
};

/* --- invite --- */

static const struct command_option invite_options[] = {
    {.name = "format", .value = "FORMAT", .help = "text, html, ics or eml; text by default"},
    {.name = "lang", .value = "LANG", .help = "the language, as in en or de"},
    {.name = "to", .value = "ADDRESS", .help = "as this attendee gets it"},
    {0},
};

static enum err invite_format(struct session *session, const char *name,
                              enum invitation_format *format)
{
    for (*format = INVITATION_TEXT; *format < INVITATION_FORMATS; ++*format)
        if (strcmp(invitation_format_name(*format), name) == 0)
            return ERR_OK;
    return error_set(&session->error, ERR_INVALID, "format",
                     "unknown format '%s'; there are text, html, ics and eml", name);
}

static enum err run_invite(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const char *format_name = argument(invocation, "format"), *lang = NULL;
    enum invitation_format format = INVITATION_TEXT;
    struct occurrence meeting = {0};
    struct invitation invitation = {0};
    char *bytes = NULL;
    enum err err = invite_format(session, format_name ? format_name : "text", &format);
    if (err)
        return err;
    err = argument_language(invocation, &lang);
    if (err)
        return err;
    err = desk_meeting(session, arena, invocation->operands.items[0], &meeting);
    if (err)
        return err;
    err = desk_invitation(session, arena, &meeting, argument(invocation, "to"), lang, &invitation);
    if (err)
        return err;
    err = transfer_invitation_recipients(session, arena, &invitation, &(struct attendees){0});
    if (err)
        return err;
    err = transfer_invitation(session, arena, &invitation, format, &bytes);
    if (err)
        return err;
    output_bytes(invocation, bytes);
    if (invitation_lacks_number(&invitation))
        output_warning(invocation,
                       "no dial-in number is stored, so that the invitation names none; add one "
                       "with 'dialdesk number add +49... --default'");
    return ERR_OK;
}

const struct command command_invite = {
    .name = "invite",
    .operands = "MEETING",
    .least = 1,
    .options = invite_options,
    .help = "print a meeting's invitation",
    .store = STORE_READ,
    .run = run_invite,
};
