/*
 * Command rows on one meeting: new, show, edit, cancel, invite.
 */
#include "commands.h"
#include <string.h>

/* `needed`: what a new meeting cannot be without. */
#define MEETING_OPTIONS(needed)                                                                    \
    {.name = "title", .value = "TEXT", .help = "what the meeting is called", .wanted = needed},    \
        {.name = "start",                                                                          \
         .value = "TIME",                                                                          \
         .help = "when it begins; a date alone: the whole day",                                    \
         .wanted = needed},                                                                        \
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
        {.name = "lang", .value = "LANG", .help = "the invitation's language, as in en or de"},    \
    {                                                                                              \
        .name = "uid", .value = "UID", .help = "the meeting's identity; a random one unless said"  \
    }

const struct command_option new_options[] = {
    MEETING_OPTIONS(true),
    {.name = "dry-run", .help = "say what would be scheduled, and schedule nothing"},
    {0},
};

/* Which part of a series a command is about. */
#define OCCURRENCE_OPTION(told)                                                                    \
    {                                                                                              \
        .name = "occurrence", .value = "TIME", .help = told                                        \
    }
#define FOLLOWING_OPTION                                                                           \
    {                                                                                              \
        .name = "following", .help = "with --occurrence: it and all that follow"                   \
    }

const struct command_option show_options[] = {
    OCCURRENCE_OPTION("show the occurrence of the series that starts then"),
    {0},
};

const struct command_option edit_options[] = {
    MEETING_OPTIONS(false),
    OCCURRENCE_OPTION("change only the occurrence of the series that starts then"),
    FOLLOWING_OPTION,
    {.name = "timed", .help = "it has a time of day (no longer whole days)"},
    {.name = "dry-run", .help = "say what it would become, and change nothing"},
    {0},
};

const struct command_option cancel_options[] = {
    OCCURRENCE_OPTION("cancel only the occurrence of the series that starts then"),
    FOLLOWING_OPTION,
    {.name = "dry-run", .help = "say what would be cancelled, and cancel nothing"},
    {0},
};

const struct command_option invite_options[] = {
    {.name = "format", .value = "FORMAT", .help = "text, html, ics or eml; text unless said"},
    {.name = "lang", .value = "LANG", .help = "the language, as in en or de"},
    {0},
};

static struct draft draft_read(struct arena *arena, const struct arguments *arguments)
{
    struct draft draft = {
        .title = argument(arguments, "title"),
        .tz = argument(arguments, "tz"),
        .location = argument(arguments, "location"),
        .notes = argument(arguments, "notes"),
        .rrule = argument(arguments, "repeat"),
        .uid = argument(arguments, "uid"),
        .lang = argument(arguments, "lang"),
        .start = argument(arguments, "start"),
        .end = argument(arguments, "end"),
        .duration = argument(arguments, "duration"),
        .all_day = argument_given(arguments, "all-day"),
        .has_all_day = argument_given(arguments, "all-day") || argument_given(arguments, "timed"),
        .has_attendees = argument_given(arguments, "attendee"),
    };
    argument_all(arena, arguments, "attendee", &draft.attendees);
    return draft;
}

static enum err result_scheduled(struct session *session, struct result *result)
{
    result->kind = RESULT_MEETING;
    result_warn(result, &result->scheduled.warnings);
    return session_zone(session, result->scheduled.meeting.meeting->tz, &result->zone);
}

/* A meeting is shown in its own zone, or in the one that the reader has named. */
static enum err result_shown(struct session *session, struct result *result)
{
    const char *tz = session->settings.tz;
    result->kind = RESULT_MEETING;
    return session_zone(session, tz ? tz : result->scheduled.meeting.meeting->tz, &result->zone);
}

enum err run_new(struct session *session, const struct arguments *arguments, struct result *result)
{
    struct organizer organizer = {0};
    struct draft draft = draft_read(result->arena, arguments);
    enum err err = desk_organizer(session, result->arena, &organizer);
    if (err == ERR_OK)
        err = desk_schedule(session, result->arena, &organizer, &draft,
                            argument_given(arguments, "dry-run"), &result->scheduled);
    return err == ERR_OK ? result_scheduled(session, result) : err;
}

static enum err which_read(struct session *session, const struct arguments *arguments,
                           struct which *which)
{
    *which = (struct which){.at = argument(arguments, "occurrence")};
    bool following = argument_given(arguments, "following");
    if (which->at)
        which->scope = following ? SCOPE_FOLLOWING : SCOPE_OCCURRENCE;
    return following && !which->at
               ? error_set(&session->error, ERR_INVALID, "following",
                           "it wants --occurrence TIME: which is the first one?")
               : ERR_OK;
}

enum err run_show(struct session *session, const struct arguments *arguments, struct result *result)
{
    struct which which = {.at = argument(arguments, "occurrence")};
    const char *reference = arguments->operands.items[0];
    result->scheduled.one = which.at != NULL;
    enum err err =
        which.at
            ? desk_occurrence(session, result->arena, reference, &which, &result->scheduled.meeting)
            : desk_meeting(session, result->arena, reference, &result->scheduled.meeting);
    return err == ERR_OK ? result_shown(session, result) : err;
}

enum err run_edit(struct session *session, const struct arguments *arguments, struct result *result)
{
    struct draft draft = draft_read(result->arena, arguments);
    if (argument_given(arguments, "all-day") && argument_given(arguments, "timed"))
        return error_set(&session->error, ERR_INVALID, "all-day",
                         "say either --all-day or --timed");
    struct which which;
    enum err err = which_read(session, arguments, &which);
    if (err == ERR_OK)
        err = desk_change(session, result->arena, arguments->operands.items[0], 0, &which, &draft,
                          argument_given(arguments, "dry-run"), &result->scheduled);
    return err == ERR_OK ? result_scheduled(session, result) : err;
}

enum err run_cancel(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    struct which which;
    enum err err = which_read(session, arguments, &which);
    if (err == ERR_OK)
        err = desk_cancel(session, result->arena, arguments->operands.items[0], 0, &which,
                          argument_given(arguments, "dry-run"), &result->scheduled);
    return err == ERR_OK ? result_scheduled(session, result) : err;
}

/* --- invite --- */

typedef enum err invite_function(struct session *session, struct result *result,
                                 const struct invitation *invitation, char **out);

static enum err invite_text(struct session *session, struct result *result,
                            const struct invitation *invitation, char **out)
{
    return desk_invitation_text(session, result->arena, invitation, false, out);
}

static enum err invite_html(struct session *session, struct result *result,
                            const struct invitation *invitation, char **out)
{
    return desk_invitation_text(session, result->arena, invitation, true, out);
}

static enum err invite_ics(struct session *session, struct result *result,
                           const struct invitation *invitation, char **out)
{
    return desk_invitation_ical(session, result->arena, invitation, out);
}

static enum err invite_eml(struct session *session, struct result *result,
                           const struct invitation *invitation, char **out)
{
    return desk_invitation_mail(session, result->arena, invitation, out);
}

static const struct {
    const char *name;
    invite_function *make;
} invite_formats[] = {
    {"text", invite_text},
    {"html", invite_html},
    {"ics", invite_ics},
    {"eml", invite_eml},
};

enum { INVITE_FORMATS = sizeof invite_formats / sizeof invite_formats[0] };

static enum err invite_format(struct session *session, const char *name, invite_function **make)
{
    for (size_t i = 0; i < INVITE_FORMATS; i++) {
        if (strcmp(invite_formats[i].name, name ? name : "text") == 0) {
            *make = invite_formats[i].make;
            return ERR_OK;
        }
    }
    return error_set(&session->error, ERR_INVALID, "format",
                     "'%s' is none of text, html, ics and eml", name);
}

enum err run_invite(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    struct occurrence meeting = {0};
    struct invitation invitation = {0};
    invite_function *make = NULL;
    char *out = NULL;
    enum err err = invite_format(session, argument(arguments, "format"), &make);
    if (err == ERR_OK)
        err = desk_meeting(session, result->arena, arguments->operands.items[0], &meeting);
    if (err == ERR_OK)
        err = desk_invitation(session, result->arena, &meeting, argument(arguments, "lang"),
                              &invitation);
    if (err == ERR_OK)
        err = make(session, result, &invitation, &out);
    if (err == ERR_OK && invitation_lacks_number(&invitation))
        *vector_push(result->arena, &result->warnings) =
            "no dial-in number is stored, so that the invitation names none; add one with "
            "'dialdesk number add +49... --default'";
    result->kind = RESULT_TEXT;
    result->message = out;
    return err;
}
