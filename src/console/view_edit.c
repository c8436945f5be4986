/*
 * The form of a meeting, new or edited: the lines below about the meeting's conference ID and its
 * overlaps, and saving. Its fields stand in edit_fields.c.
 */
#include "edit_fields.h"
#include "open.h"
#include "scope.h"
#include <core/series.h>
#include <string.h>

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
    bool title = !edit_untitled(form);
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
    if (!form->typing)
        edit->warned = scheduled.warnings.count;
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
             arena_format(console->turn,
                          "%s saves the fields that you changed over it; %s leaves it as it is, "
                          "which is:",
                          console_key_of(console, ACT_SAVE, V_FORM),
                          console_key_of(console, ACT_CLOSE, V_FORM)));
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
    const char *invitation = console_key_of(console, ACT_INVITATION, V_MEETING);
    const char *copy = console_key_of(console, ACT_COPY, V_MEETING);
    if (scheduled->split_from && id)
        console_say(console, "Saved. The rest has the conference ID %s (%s: invitation, %s: copy).",
                    id, invitation, copy);
    else if (!fresh)
        console_say(console, "Saved.");
    else if (id)
        console_say(console, "Scheduled. Its conference ID is %s (%s: invitation, %s: copy).", id,
                    invitation, copy);
    else
        console_say(console, "Scheduled, without a conference ID: %s shows the invitation.",
                    invitation);
    struct strings uids = {0};
    *vector_push(console->turn, &uids) = meeting.meeting->uid;
    if (scheduled->split_from)
        *vector_push(console->turn, &uids) = scheduled->split_from->uid;
    send_offer(console, &uids);
}

static void save(struct console *console, struct form *form)
{
    const struct edit *edit = form->context;
    struct scheduled scheduled;
    if (console_failed(console, store(console, form, true, &scheduled)))
        return;
    if (scheduled.warnings.count > edit->warned) {
        consequences(console, form);
        console_say(console, "Read the warning above; %s again saves all the same.",
                    console_key_of(console, ACT_SAVE, V_FORM));
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
    if (meeting.all_day) {
        meeting.duration = local_seconds(zone_read(zone, occurrence->end).local) -
                           local_seconds(meeting.start_local);
    } else if (series_end(&meeting, zone, meeting.start_local) != occurrence->end) {
        meeting.duration = occurrence->end - occurrence->start;
        meeting.clock_days = 0;
    }
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
        edit_filled(console, form);
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
    edit_filled(console, form);
}

#define SPEC(TITLE)                                                                                \
    {                                                                                              \
        .title = TITLE, .fields = edit_fields, .notes = EDIT_NOTES, .fill = fill,                  \
        .arrange = edit_arrange, .consequences = consequences, .save = save                        \
    }

static const struct form_spec new_spec = SPEC("New meeting");
static const struct form_spec edit_specs[] = {
    [SCOPE_SERIES] = SPEC("Edit meeting"),
    [SCOPE_OCCURRENCE] = SPEC("Edit this occurrence"),
    [SCOPE_FOLLOWING] = SPEC("Edit this and all following"),
};

/* Reads the meeting again: the view below may have read it long ago. */
static void edit_part(struct console *console, const char *uid, const struct which *which)
{
    struct edited edited = {.which = *which};
    enum err err =
        which->scope == SCOPE_SERIES
            ? desk_meeting(console->session, console->turn, uid, &edited.occurrence)
            : desk_occurrence(console->session, console->turn, uid, which, &edited.occurrence);
    if (err)
        console_error(console);
    else if (edited.occurrence.meeting->status == MEETING_CANCELLED)
        console_say(console, "This meeting is cancelled; it cannot be edited.");
    else
        form_open(console, &edit_specs[which->scope], &edited);
}

struct asked {
    const char *uid;
    struct which which;
};

static void scope_chosen(struct console *console, struct arena *arena, void *context,
                         enum scope scope)
{
    struct asked *asked = context;
    asked->which.scope = scope;
    edit_part(console, asked->uid, &asked->which);
    arena_free(arena);
}

void edit_new(struct console *console)
{
    form_open(console, &new_spec, NULL);
}

void edit_open(struct console *console, const struct occurrence *occurrence)
{
    const struct meeting *meeting = occurrence->meeting;
    struct which which = {.recurrence = occurrence->recurrence};
    if (!meeting_series(meeting) || meeting->status == MEETING_CANCELLED) {
        edit_part(console, meeting->uid, &which);
        return;
    }
    struct arena *arena = arena_new();
    struct asked *asked = arena_alloc(arena, sizeof *asked);
    *asked = (struct asked){.uid = arena_copy(arena, meeting->uid), .which = which};
    scope_ask(
        console, arena,
        &(struct scope_question){.does = "Edit",
                                 .about = meeting_lone(meeting) ? ABOUT_LONE : ABOUT_OCCURRENCE,
                                 .run = scope_chosen,
                                 .context = asked});
}
