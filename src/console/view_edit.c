/*
 * The form of a meeting, new or edited: its fields and their checks, the lines below about the
 * meeting's conference ID and its overlaps, and saving.
 */
#include "view_edit.h"
#include "directory.h"
#include "draft.h"
#include "form.h"
#include "scope.h"
#include "view_meeting.h"
#include <core/series.h>
#include <stdio.h>
#include <string.h>

struct edit {
    bool fresh; /* a new meeting */
    const char *uid;
    int64_t version;
    struct which which; /* the part of a series that is edited */
    size_t warned;      /* warnings that were shown: saving stops once if there are more */
    const char *opened; /* the meeting as text when the form was filled */
};

/* --- checks beside the fields --- */

static const char *check_title(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)form;
    return value[strspn(value, " ")] ? NULL : "a meeting needs a title";
}

static const struct zone *form_zone(struct console *console, const struct form *form)
{
    const struct zone *zone;
    const char *name = field_value(form, EDIT_ZONE);
    if (session_zone(console->session, *name ? name : NULL, &zone) != ERR_OK)
        return NULL;
    return zone;
}

/* `name` is the field's, for the error. */
static const char *check_time(struct console *console, struct form *form, const char *name,
                              const char *text)
{
    struct time_reading reading;
    const struct zone *zone = form_zone(console, form);
    if (!zone)
        return NULL; /* the zone's own field says that it is unknown */
    if (time_parse(name, text, session_now(console->session), zone, &reading,
                   &console->session->error) != ERR_OK)
        return form_reason(console);
    if (reading.in_gap)
        return "this time does not exist there: the clock is put forward; it is taken as if it "
               "were not";
    return NULL;
}

static const char *check_date(struct console *console, struct form *form, const char *value)
{
    return *value ? check_time(console, form, "date", value)
                  : "a date, a weekday, today or tomorrow";
}

/* A time of day: the day does not matter. */
static const char *check_clock(struct console *console, struct form *form, const char *value)
{
    return check_time(console, form, "time", draft_clock(console->turn, "2026-11-24", value));
}

static const char *check_start(struct console *console, struct form *form, const char *value)
{
    if (!*value)
        return "a time such as 09:00, or: all day";
    if (draft_all_day(value))
        return NULL;
    const char *bad = check_clock(console, form, value);
    return bad ? "a time such as 09:00, or: all day" : NULL;
}

static const char *check_end(struct console *console, struct form *form, const char *value)
{
    int64_t seconds;
    if (!*value || strchr(value, ' '))
        return NULL;
    value = draft_end(console->turn, value);
    if (draft_is_clock(value))
        return check_clock(console, form, value);
    if (duration_parse(value, &seconds, &console->session->error) != ERR_OK)
        return "a time such as 10:00, or a length: 45m, 1h30m, 2d";
    return seconds > 0 || draft_all_day(field_value(form, EDIT_START))
               ? NULL
               : "a meeting lasts longer than that";
}

/* The meeting's start by the fields; now, if they are not valid. */
static struct local_time form_begin(struct console *console, const struct form *form,
                                    const struct zone *zone)
{
    const char *start = field_value(form, EDIT_START), *date = field_value(form, EDIT_DATE);
    struct time_reading reading;
    struct error error = {0};
    int64_t now = session_now(console->session);
    const char *text =
        draft_all_day(start) ? date : draft_clock(console->turn, date, *start ? start : "0:00");
    return time_parse("start", text, now, zone, &reading, &error) == ERR_OK
               ? reading.local
               : zone_read(zone, now).local;
}

static const char *check_rule(struct console *console, struct form *form, const char *value)
{
    const struct zone *zone = form_zone(console, form);
    if (!*value)
        return "a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,WE";
    if (!zone)
        zone = zone_utc();
    if (series_check_rule(value, form_begin(console, form, zone), zone, &console->session->error) !=
        ERR_OK)
        return form_reason(console);
    return NULL;
}

static const char *check_until(struct console *console, struct form *form, const char *value)
{
    if (!*value || draft_times(value) > 0)
        return NULL;
    return check_time(console, form, "until", value);
}

static const char *check_attendees(struct console *console, struct form *form, const char *value)
{
    (void)form;
    struct strings list = {0};
    draft_attendees(console->turn, value, &list);
    for (size_t i = 0; i < list.count; i++)
        if (email_parse("attendee", draft_address(console->turn, list.items[i]),
                        &console->session->error) != ERR_OK)
            return arena_format(console->turn, "%s: %s", list.items[i],
                                console->session->error.why);
    return NULL;
}

static const char *check_lang(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)form;
    return !*value || invitation_language_known(value)
               ? NULL
               : "there is no such language; English would be used";
}

static const struct field_spec fields[] = {
    [EDIT_TITLE] = {"Title", "what it is about", NULL, MEETING_TITLE_MAX, check_title},
    [EDIT_DATE] = {"Date", "2026-11-24, tomorrow, fri", NULL, 40, check_date},
    [EDIT_START] = {"Start", "09:00, or: all day", NULL, 40, check_start},
    [EDIT_END] = {"End", "10:00, or a length: 45, 1h30m", NULL, 40, check_end},
    [EDIT_ZONE] = {"Time zone", "the organizer's", NULL, 64, check_zone},
    [EDIT_REPEAT] = {"Repeats", NULL, draft_repeats, 0, NULL},
    [EDIT_RULE] = {"Rule", "FREQ=WEEKLY;BYDAY=MO,WE", NULL, 400, check_rule},
    [EDIT_UNTIL] = {"Until", "a date, or: 10 times; empty: no end", NULL, 40, check_until},
    [EDIT_ATTENDEES] = {"Attendees", "ada@example.org, Grace <grace@example.org>", NULL, 65536,
                        check_attendees},
    [EDIT_LOCATION] = {"Location", NULL, NULL, MEETING_LOCATION_MAX, NULL},
    [EDIT_NOTES] = {"Notes", "^E opens your editor", NULL, MEETING_NOTES_MAX, NULL},
    [EDIT_LANG] = {"Language", "of the invitation: en, de, fr; empty: the organizer's", NULL, 16,
                   check_lang},
    {NULL, NULL, NULL, 0, NULL},
};

static void arrange(struct console *console, struct form *form)
{
    (void)console;
    size_t repeat = form->fields[EDIT_REPEAT].choice;
    form->fields[EDIT_RULE].hidden = repeat != REPEAT_RULE;
    form->fields[EDIT_UNTIL].hidden = repeat == REPEAT_NEVER || repeat == REPEAT_RULE;
    const struct edit *edit = form->context;
    if (edit->which.scope != SCOPE_OCCURRENCE)
        return;
    /* an occurrence cannot have these of its own */
    static const enum edit_field of_series[] = {EDIT_ZONE,  EDIT_REPEAT,    EDIT_RULE,
                                                EDIT_UNTIL, EDIT_ATTENDEES, EDIT_LANG};
    for (size_t i = 0; i < sizeof of_series / sizeof *of_series; i++)
        form->fields[of_series[i]].hidden = true;
}

/* --- the lines below: the ID and the overlaps --- */

static const char *const kinds[] = {
    [ID_KIND_NONE] = "No conference ID",
    [ID_KIND_DYNAMIC] = "Conference ID: dynamic, once it is saved",
    [ID_KIND_STATIC] = "Conference ID: the organizer's static one",
    [ID_KIND_THIRD_PARTY] = "No conference ID of ours: the provider's number",
};

static void say_warnings(struct form *form, const struct scheduled *scheduled)
{
    for (size_t i = 0; i < scheduled->warnings.count; i++)
        form_say(form, STYLE_RISK, scheduled->warnings.items[i]);
}

static void say_new_id(struct console *console, struct form *form,
                       const struct scheduled *scheduled)
{
    if (scheduled->split_from) {
        const char *id = scheduled->split_from->conference_id;
        form_say(form, STYLE_TEXT,
                 arena_format(console->turn,
                              "The series ends before this occurrence%s%s. It and all following "
                              "become a meeting of their own:",
                              id ? " and keeps its conference ID " : "", id ? id : ""));
    }
    form_say(form, STYLE_ID, kinds[scheduled->meeting.meeting->id_kind]);
    say_warnings(form, scheduled);
    if (scheduled->reason)
        form_say(form, STYLE_DIM, scheduled->reason);
}

static void say_id(struct console *console, struct form *form, const struct scheduled *scheduled)
{
    const struct edit *edit = form->context;
    const struct meeting *meeting = scheduled->meeting.meeting;
    if (edit->fresh || scheduled->split_from) {
        say_new_id(console, form, scheduled);
        return;
    }
    form_say(form, STYLE_DIM,
             meeting->conference_id
                 ? arena_format(console->turn, "Conference ID %s (%s) stays as it is.",
                                meeting->conference_id, id_kind_name(meeting->id_kind))
                 : "This meeting has no conference ID.");
    say_warnings(form, scheduled);
    if (edit->which.scope == SCOPE_OCCURRENCE)
        form_say(form, STYLE_DIM,
                 "Only this occurrence is changed. Time zone, repetition, attendees and "
                 "language are the series'.");
    else if (meeting_series(meeting))
        form_say(form, STYLE_DIM,
                 edit->which.scope == SCOPE_FOLLOWING
                     ? "This is the first occurrence: the whole series is changed."
                     : "The whole series is changed.");
}

/* Shows a rule in words. */
static void say_rule(struct console *console, struct form *form, const struct scheduled *scheduled)
{
    const char *rrule = scheduled->meeting.meeting->rrule;
    if (rrule && form->fields[EDIT_REPEAT].choice == REPEAT_RULE)
        form_say(form, STYLE_DIM,
                 arena_format(console->turn, "It repeats %s.",
                              recurrence_describe(console->turn, rrule)));
}

/*
 * Stores the meeting as the form has it. `dry`: nothing is stored, *out is the meeting as it would
 * become, and somebody else's change is no conflict yet.
 */
static enum err store(struct console *console, const struct form *form, bool dry,
                      struct scheduled *out)
{
    const struct edit *edit = form->context;
    struct draft draft = {0};
    *out = (struct scheduled){0};
    if (!draft_make(console, form, edit->fresh, console->turn, &draft))
        return ERR_INVALID;
    if (edit->fresh)
        return desk_schedule(console->session, console->turn, &console->organizer, &draft, dry,
                             out);
    return desk_change(console->session, console->turn, edit->uid, dry ? 0 : edit->version,
                       &edit->which, &draft, dry, out);
}

/* The kind of ID that a new meeting gets is told before the form can be saved. */
static void consequences(struct console *console, struct form *form)
{
    struct edit *edit = form->context;
    struct scheduled scheduled;
    form_below(form);
    bool title = !check_title(console, form, field_value(form, EDIT_TITLE));
    if (edit->fresh && (!title || !form_good(form))) {
        const char *reason = NULL;
        struct meeting meeting = {0};
        meeting.id_kind = assign_id_kind(&console->organization, &console->organizer,
                                         session_now(console->session), &reason);
        scheduled = (struct scheduled){.meeting.meeting = &meeting, .reason = reason};
        say_id(console, form, &scheduled);
        return;
    }
    if (!form_good(form))
        return;
    if (store(console, form, true, &scheduled)) {
        const struct error *error = &console->session->error;
        form_say(form, STYLE_ERROR, arena_format(console->turn, "%s: %s", error->what, error->why));
        return;
    }
    say_id(console, form, &scheduled);
    say_rule(console, form, &scheduled);
    edit->warned = scheduled.warnings.count;
}

/* --- completion --- */

/* The rest of a known address that begins with the last typed one; else of a name, with address. */
static const char *attendee_rest(struct console *console, const char *value)
{
    const char *part = strrchr(value, ',');
    part = part ? part + 1 : value;
    part += strspn(part, " ");
    size_t length = strlen(part);
    struct attendees found = {0};
    if (length < 2 || desk_attendees_like(console->session, console->turn, &console->organizer,
                                          part, &found) != ERR_OK)
        return NULL;
    for (size_t i = 0; i < found.count; i++)
        if (strncasecmp(found.items[i].email, part, length) == 0)
            return found.items[i].email + length;
    for (size_t i = 0; i < found.count; i++) {
        const struct attendee *one = &found.items[i];
        if (strncmp(one->name, part, length) == 0 && !strpbrk(one->name, ",;<>"))
            return arena_format(console->turn, "%s <%s>", one->name + length, one->email);
    }
    return NULL;
}

static const char *complete(struct console *console, struct form *form, size_t field)
{
    const char *value = field_value(form, field);
    if (field == EDIT_ZONE)
        return zone_rest(console->turn, value);
    return field == EDIT_ATTENDEES ? attendee_rest(console, value) : NULL;
}

/* --- somebody else's change --- */

/*
 * The length of a line's label with its colon; 0: the line has none (lines of notes are indented).
 */
static size_t label_length(const char *line)
{
    size_t n = strcspn(line, ":\n");
    return line[n] == ':' && *line != ' ' ? n + 1 : 0;
}

/* Whether a line of the text begins with these bytes or (`whole`) consists of them. */
static bool has_line(const char *text, const char *bytes, size_t length, bool whole)
{
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
        if (strncmp(text, bytes, length) == 0 && (!whole || strcspn(text, "\n") == length))
            return true;
    return false;
}

/*
 * A line for each difference between the meeting now and when the form was filled; all lines if
 * none differs.
 */
static void say_changes(struct console *console, struct form *form, const char *opened,
                        const char *now)
{
    struct arena *turn = console->turn;
    size_t before = form->lines.count, n;
    for (const char *at = opened; *at; at += n, at += *at == '\n') {
        n = strcspn(at, "\n");
        if (label_length(at) && !has_line(now, at, label_length(at), false))
            form_say(form, STYLE_TEXT,
                     arena_format(turn, "%.*s none any more", (int)label_length(at), at));
    }
    for (const char *at = now; *at; at += n, at += *at == '\n') {
        n = strcspn(at, "\n");
        if (!has_line(opened, at, n, true))
            form_say(form, STYLE_TEXT,
                     arena_format(turn, "%s%.*s", at == now ? "Title:          " : "", (int)n, at));
    }
    if (form->lines.count == before && *opened)
        say_changes(console, form, "", now);
}

/* Somebody else's change is not overwritten: both are shown, and saving again is a decision. */
static void show_conflict(struct console *console, struct form *form,
                          const struct scheduled *theirs)
{
    struct edit *edit = form->context;
    form_below(form);
    const char *now = text_meeting(console->turn, &theirs->meeting, &console->session->zones);
    form_say(form, STYLE_ERROR,
             "Somebody else changed this meeting since you opened it. Nothing was saved.");
    form_say(form, STYLE_TEXT,
             "^S saves the fields that you changed over it; Esc leaves it as it is, which is:");
    say_changes(console, form, edit->opened, now);
    edit->opened = arena_copy(form->arena, now);
    edit->version = theirs->meeting.meeting->version;
    console_error(console);
}

/* --- saving --- */

static void saved(struct console *console, const struct edit *edit,
                  const struct scheduled *scheduled)
{
    struct occurrence meeting = scheduled->meeting;
    bool fresh = edit->fresh;
    const char *id = meeting.meeting->conference_id;
    console_pop(console); /* the form and `edit` are gone */
    console->day = local_midnight(zone_read(console->zone, meeting.start).local);
    console_changed(console);
    struct view *below = console_find(console, VIEW_MEETING);
    if (!below || below != console_top(console) || scheduled->split_from)
        meeting_open(console, &meeting);
    if (scheduled->split_from && id)
        console_say(console, "Saved. The rest has the conference ID %s (i: invitation, y: copy).",
                    id);
    else if (!fresh)
        console_say(console, "Saved.");
    else if (id)
        console_say(console, "Scheduled. Its conference ID is %s (i: invitation, y: copy).", id);
    else
        console_say(console, "Scheduled, without a conference ID: i shows the invitation.");
}

static void save(struct console *console, struct form *form)
{
    const struct edit *edit = form->context;
    struct scheduled scheduled;
    if (store(console, form, true, &scheduled)) {
        console_error(console);
        return;
    }
    if (scheduled.warnings.count > edit->warned) {
        consequences(console, form);
        console_say(console, "Read the warning above; ^S again saves all the same.");
        console->message_style = STYLE_RISK;
        return;
    }
    enum err err = store(console, form, false, &scheduled);
    if (err == ERR_CONFLICT && !edit->fresh && scheduled.meeting.meeting)
        show_conflict(console, form, &scheduled);
    else if (err)
        console_error(console);
    else
        saved(console, edit, &scheduled);
}

/* --- opening --- */

/* The meeting that a form is filled from. */
struct edited {
    struct occurrence occurrence;
    struct which which;
};

/* The series with the title, location and times that the occurrence has of its own. */
static struct meeting occurrence_meeting(struct console *console,
                                         const struct occurrence *occurrence)
{
    struct meeting meeting = *occurrence->meeting;
    const struct zone *zone;
    meeting.title = occurrence->title;
    meeting.location = occurrence->location;
    if (session_zone(console->session, meeting.tz, &zone) != ERR_OK)
        return meeting;
    meeting.start_local = zone_read(zone, occurrence->start).local;
    meeting.duration = occurrence->end - occurrence->start;
    if (meeting.all_day)
        meeting.duration = local_seconds(zone_read(zone, occurrence->end).local) -
                           local_seconds(meeting.start_local);
    return meeting;
}

static void fill(struct console *console, struct form *form, const void *given)
{
    const struct edited *edited = given;
    struct edit *edit = arena_alloc(form->arena, sizeof *edit);
    form->context = edit;
    edit->fresh = !edited;
    if (edit->fresh) {
        draft_fill_new(console, form);
        return;
    }
    edit->uid = arena_copy(form->arena, edited->occurrence.meeting->uid);
    edit->version = edited->occurrence.meeting->version;
    edit->which = edited->which;
    edit->opened = arena_copy(
        form->arena, text_meeting(console->turn, &edited->occurrence, &console->session->zones));
    struct meeting meeting = *edited->occurrence.meeting;
    if (edit->which.scope != SCOPE_SERIES)
        meeting = occurrence_meeting(console, &edited->occurrence);
    draft_fill(console, form, &meeting);
}

#define SPEC(TITLE)                                                                                \
    {                                                                                              \
        .title = TITLE, .fields = fields, .notes = EDIT_NOTES, .fill = fill, .arrange = arrange,   \
        .consequences = consequences, .complete = complete, .save = save                           \
    }

static const struct form_spec new_spec = SPEC("New meeting");
static const struct form_spec edit_specs[] = {
    [SCOPE_SERIES] = SPEC("Edit meeting"),
    [SCOPE_OCCURRENCE] = SPEC("Edit this occurrence"),
    [SCOPE_FOLLOWING] = SPEC("Edit this and all following"),
};

/* Reads the meeting again: the view below may have read it long ago. */
static enum err edit_part(struct console *console, const char *uid, const struct which *which)
{
    struct edited edited = {.which = *which};
    enum err err =
        which->scope == SCOPE_SERIES
            ? desk_meeting(console->session, console->turn, uid, &edited.occurrence)
            : desk_occurrence(console->session, console->turn, uid, which, &edited.occurrence);
    if (err) {
        console_error(console);
        return err;
    }
    if (edited.occurrence.meeting->status == MEETING_CANCELLED) {
        console_say(console, "This meeting is cancelled; it cannot be edited.");
        return ERR_OK;
    }
    return form_open(console, &edit_specs[which->scope], &edited);
}

struct asked {
    const char *uid;
    struct which which;
};

static void scope_chosen(struct console *console, void *context, enum scope scope)
{
    struct asked *asked = context;
    asked->which.scope = scope;
    edit_part(console, asked->uid, &asked->which);
}

enum err edit_open(struct console *console, const struct occurrence *occurrence)
{
    if (!occurrence)
        return form_open(console, &new_spec, NULL);
    const struct meeting *meeting = occurrence->meeting;
    struct which which = {.recurrence = occurrence->recurrence};
    if (!meeting_series(meeting) || meeting->status == MEETING_CANCELLED)
        return edit_part(console, meeting->uid, &which);
    struct arena *arena = arena_new();
    struct asked *asked = arena_alloc(arena, sizeof *asked);
    *asked = (struct asked){.uid = arena_copy(arena, meeting->uid), .which = which};
    scope_ask(console, arena,
              &(struct scope_question){.title = "Edit",
                                       .text = "Edit which part of the series?",
                                       .run = scope_chosen,
                                       .context = asked});
    return ERR_OK;
}
