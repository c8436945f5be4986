/*
 * What can be said of a meeting without the store: whether its record is valid, the names of its
 * states, when it is over; and the copy of a record.
 */
#include <base/utf8.h>
#include <core/dial_in_renew.h>
#include <core/directory.h>
#include <core/meeting.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* From the first whole year of the calendar that dates are written in. */
enum { YEAR_FIRST = 1583, YEAR_LAST = 9999, RULE_MAX = 4096 };

static const char *const partstats[] = {"", "accepted", "declined", "tentative"};

const char *partstat_name(enum partstat partstat)
{
    return partstats[partstat];
}

bool partstat_parse(const char *name, enum partstat *partstat)
{
    for (int i = PARTSTAT_ACCEPTED; i <= PARTSTAT_TENTATIVE; i++)
        if (strcasecmp(partstats[i], name) == 0) {
            *partstat = (enum partstat)i;
            return true;
        }
    return false;
}

const char *meeting_status_name(enum meeting_status status)
{
    return status == MEETING_CANCELLED ? "cancelled" : "scheduled";
}

const char *risk_name(enum risk risk)
{
    static const char *const names[] = {NULL, "legacy", "back-to-back", "overlap"};
    return (size_t)risk < sizeof names / sizeof *names ? names[risk] : NULL;
}

bool meeting_series(const struct meeting *meeting)
{
    return meeting->rrule || meeting->rdates.count > 0;
}

bool meeting_single(const struct meeting *meeting)
{
    return !meeting_series(meeting) && meeting->exdates.count == 0 && meeting->overrides.count == 0;
}

bool meeting_lone(const struct meeting *meeting)
{
    return !meeting->rrule && meeting->rdates.count == 1 &&
           local_compare(meeting->rdates.items[0], meeting->start_local) == 0 &&
           meeting_override_at(meeting, meeting->start_local);
}

bool meeting_foreign(const struct meeting *meeting)
{
    return meeting->invited_by != NULL;
}

const struct attendee *attendee_find(const struct attendees *list, const char *email)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcasecmp(list->items[i].email, email) == 0)
            return &list->items[i];
    return NULL;
}

const struct attendee *meeting_own_attendee(const struct meeting *meeting)
{
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        const struct attendee *attendee = &meeting->attendees.items[i];
        if ((meeting->organizer && strcasecmp(meeting->organizer, attendee->email) == 0) ||
            list_has(meeting->organizer_aliases ? meeting->organizer_aliases : "", " ",
                     attendee->email))
            return attendee;
    }
    return NULL;
}

static const char *const answers[] = {[PARTSTAT_NONE] = NULL,
                                      [PARTSTAT_ACCEPTED] = "yes",
                                      [PARTSTAT_DECLINED] = "no",
                                      [PARTSTAT_TENTATIVE] = "maybe"};

const char *meeting_answer(const struct meeting *meeting)
{
    const struct attendee *own = meeting_foreign(meeting) ? meeting_own_attendee(meeting) : NULL;
    return own ? answers[own->partstat] : NULL;
}

const char *answer_word(enum partstat partstat)
{
    return answers[partstat];
}

bool answer_parse(const char *word, enum partstat *partstat)
{
    int found = word_find(answers, sizeof answers / sizeof *answers, word);
    if (found >= 0)
        *partstat = (enum partstat)found;
    return found >= 0;
}

const char *meeting_inviter(struct arena *arena, const struct meeting *meeting)
{
    const char *name = meeting->invited_by_name;
    return name && name[0] ? arena_format(arena, "%s <%s>", name, meeting->invited_by)
                           : meeting->invited_by;
}

bool meeting_legacy(const struct meeting *meeting)
{
    return meeting->status == MEETING_SCHEDULED && meeting->id_kind == ID_KIND_STATIC;
}

bool meeting_over(const struct meeting *meeting, int64_t now)
{
    return meeting->span_end <= now;
}

const char *meeting_label(struct arena *arena, const struct meeting *meeting)
{
    if (!meeting->conference_id)
        return arena_format(arena, "'%s'", meeting->title);
    return arena_format(arena, "'%s' (%s)", meeting->title, meeting->conference_id);
}

int64_t quarantine_end(const struct organization *organization, int64_t at)
{
    int64_t quarantine = (int64_t)organization->quarantine_days * DAY;
    return at > INSTANT_NEVER - quarantine ? INSTANT_NEVER : at + quarantine;
}

int64_t meeting_reserved_until(const struct meeting *meeting,
                               const struct organization *organization)
{
    return quarantine_end(organization, meeting->span_end);
}

/* --- whether a record is valid --- */

static bool is_blank(const char *s)
{
    return !s || !s[strspn(s, " \t\r\n")];
}

static enum err check_texts(const struct meeting *meeting, struct error *error)
{
    const struct {
        const char *what, *text;
        size_t limit;
    } texts[] = {
        {"title", meeting->title, MEETING_TITLE_MAX},
        {"location", meeting->location, MEETING_LOCATION_MAX},
        {"notes", meeting->notes, MEETING_NOTES_MAX},
        {"UID", meeting->uid, MEETING_UID_MAX},
        {"repeat", meeting->rrule, RULE_MAX},
    };
    if (is_blank(meeting->title))
        return error_set(error, ERR_INVALID, "title", "it is empty; a meeting needs a title");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        enum err err = utf8_check(texts[i].what, texts[i].text, texts[i].limit, error);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err check_start(const char *what, struct local_time start, struct error *error)
{
    if (!local_valid(start))
        return error_set(error, ERR_INVALID, what, "there is no such date or time of day");
    if (start.year < YEAR_FIRST || start.year > YEAR_LAST)
        return error_set(error, ERR_INVALID, what, "the year %d is not between %d and %d",
                         start.year, YEAR_FIRST, YEAR_LAST);
    return ERR_OK;
}

static enum err check_duration(const char *what, struct local_time start, int64_t duration,
                               struct error *error)
{
    const struct local_time last = {YEAR_LAST, 12, 31, 23, 59, 59};
    if (duration < 0)
        return error_set(error, ERR_INVALID, what, "the meeting would end before it starts");
    if (duration > MEETING_DURATION_MAX)
        return error_set(error, ERR_INVALID, what, "a meeting lasts %d days at most",
                         MEETING_DURATION_MAX / DAY);
    if (local_seconds(start) + duration > local_seconds(last))
        return error_set(error, ERR_INVALID, what, "the meeting would end after the year %d",
                         YEAR_LAST);
    return ERR_OK;
}

static enum err check_span(const struct meeting *meeting, struct error *error)
{
    enum err err = check_start("start", meeting->start_local, error);
    if (err)
        return err;
    err = check_duration("duration", meeting->start_local, meeting->duration, error);
    if (err)
        return err;
    if (meeting->clock_days < 0 || meeting->clock_days > meeting->duration / DAY ||
        (meeting->all_day && meeting->clock_days))
        return error_set(error, ERR_INVALID, "duration",
                         "its days by the clock are not part of it");
    if (is_blank(meeting->tz))
        return error_set(error, ERR_INVALID, "time zone", "it is missing");
    if (!meeting->all_day)
        return ERR_OK;
    if (local_compare(meeting->start_local, local_midnight(meeting->start_local)) != 0)
        return error_set(error, ERR_INVALID, "start", "an all-day meeting starts at midnight");
    if (meeting->duration % DAY != 0)
        return error_set(error, ERR_INVALID, "duration",
                         "an all-day meeting lasts whole days; write 1d or 2d");
    return ERR_OK;
}

static enum err check_attendees(const struct attendees *attendees, struct error *error)
{
    if (attendees->count > MEETING_ATTENDEES_MAX)
        return error_set(error, ERR_INVALID, "attendees", "there are %zu, %d at most",
                         attendees->count, MEETING_ATTENDEES_MAX);
    for (size_t i = 0; i < attendees->count; i++) {
        enum err err = email_parse("attendee", attendees->items[i].email, error);
        if (err)
            return err;
        err = utf8_check("attendee's name", attendees->items[i].name, MEETING_TITLE_MAX, error);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err check_override(const struct meeting_override *override, struct error *error)
{
    enum err err = check_start("occurrence", override->recurrence, error);
    if (err || override->cancelled)
        return err;
    err = check_start("occurrence's start", override->start, error);
    if (err)
        return err;
    err = check_duration("occurrence's duration", override->start, override->duration, error);
    if (err)
        return err;
    err = utf8_check("occurrence's title", override->title, MEETING_TITLE_MAX, error);
    if (err)
        return err;
    err = utf8_check("occurrence's location", override->location, MEETING_LOCATION_MAX, error);
    return err ? err : utf8_check("occurrence's notes", override->notes, MEETING_NOTES_MAX, error);
}

static enum err check_dates(const char *what, const struct local_times *dates, struct error *error)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < dates->count && !err; i++)
        err = check_start(what, dates->items[i], error);
    return err;
}

enum err meeting_validate(const struct meeting *meeting, struct error *error)
{
    enum err err = check_texts(meeting, error);
    if (!err)
        err = check_span(meeting, error);
    if (!err)
        err = check_attendees(&meeting->attendees, error);
    if (!err)
        err = check_dates("added date", &meeting->rdates, error);
    if (!err)
        err = check_dates("excluded date", &meeting->exdates, error);
    for (size_t i = 0; i < meeting->overrides.count && !err; i++)
        err = check_override(&meeting->overrides.items[i], error);
    if (!err && meeting->conference_id && !conference_id_valid(meeting->conference_id))
        err = error_set(error, ERR_INVALID, "conference ID", "it is not %d to %d digits",
                        ID_MIN_DIGITS, ID_MAX_DIGITS);
    return err;
}

/* --- revisions and overrides --- */

bool revision_older(int64_t sequence, int64_t stamp, int64_t than_sequence, int64_t than_stamp)
{
    if (sequence != than_sequence)
        return sequence < than_sequence;
    return stamp != 0 && than_stamp != 0 && stamp < than_stamp;
}

bool local_times_hold(const struct local_times *times, struct local_time time)
{
    for (size_t i = 0; i < times->count; i++)
        if (local_compare(times->items[i], time) == 0)
            return true;
    return false;
}

struct meeting_override *meeting_override_at(const struct meeting *meeting,
                                             struct local_time recurrence)
{
    for (size_t i = 0; i < meeting->overrides.count; i++)
        if (local_compare(meeting->overrides.items[i].recurrence, recurrence) == 0)
            return &meeting->overrides.items[i];
    return NULL;
}

/* Two texts of one event, and what its file said beside them; NULL: not said. */
static void texts_renew(struct arena *arena, const struct numbers *numbers, const char **notes,
                        const char **location, const char *ical, const char *old_id,
                        const char *new_id)
{
    struct dial_in_place places[] = {{.text = *notes ? *notes : ""},
                                     {.text = *location ? *location : ""},
                                     {DIAL_IN_PLACE_SIGN, "", ical ? ical : ""}};
    dial_in_renew(arena, numbers, places, sizeof places / sizeof *places, old_id, new_id);
    if (*notes)
        *notes = places[0].text;
    if (*location)
        *location = places[1].text;
}

void meeting_texts_renew(struct arena *arena, const struct numbers *numbers,
                         struct meeting *meeting, const char *old_id, const char *new_id)
{
    struct meeting_overrides renewed = {0};
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        struct meeting_override *override = vector_push(arena, &renewed);
        *override = meeting->overrides.items[i];
        texts_renew(arena, numbers, &override->notes, &override->location, override->ical, old_id,
                    new_id);
    }
    meeting->overrides = renewed;
    texts_renew(arena, numbers, &meeting->notes, &meeting->location, meeting->ical, old_id, new_id);
}

/* --- copies --- */

static struct meeting_overrides overrides_copy(struct arena *arena,
                                               const struct meeting_overrides *overrides)
{
    struct meeting_overrides copy = {0};
    for (size_t i = 0; i < overrides->count; i++) {
        struct meeting_override *override = vector_push(arena, &copy);
        *override = overrides->items[i];
        override->title = arena_copy(arena, override->title);
        override->location = arena_copy(arena, override->location);
        override->notes = arena_copy(arena, override->notes);
        override->ical = arena_copy(arena, override->ical);
    }
    return copy;
}

static struct attendees attendees_copy(struct arena *arena, const struct attendees *attendees)
{
    struct attendees copy = {0};
    for (size_t i = 0; i < attendees->count; i++) {
        struct attendee *attendee = vector_push(arena, &copy);
        *attendee = attendees->items[i];
        attendee->email = arena_copy(arena, attendee->email);
        attendee->name = arena_copy(arena, attendee->name);
        attendee->lang = arena_copy(arena, attendee->lang);
    }
    return copy;
}

struct meeting *meeting_copy(struct arena *arena, const struct meeting *meeting)
{
    struct meeting *copy = arena_alloc(arena, sizeof *copy);
    *copy = *meeting;
    copy->uid = arena_copy(arena, meeting->uid);
    copy->organizer_uid = arena_copy(arena, meeting->organizer_uid);
    copy->organizer = arena_copy(arena, meeting->organizer);
    copy->organizer_aliases = arena_copy(arena, meeting->organizer_aliases);
    copy->title = arena_copy(arena, meeting->title);
    copy->location = arena_copy(arena, meeting->location);
    copy->notes = arena_copy(arena, meeting->notes);
    copy->lang = arena_copy(arena, meeting->lang);
    copy->invited_by = arena_copy(arena, meeting->invited_by);
    copy->invited_by_name = arena_copy(arena, meeting->invited_by_name);
    copy->tz = arena_copy(arena, meeting->tz);
    copy->rrule = arena_copy(arena, meeting->rrule);
    vector_copy(arena, &copy->rdates, &meeting->rdates);
    vector_copy(arena, &copy->exdates, &meeting->exdates);
    copy->overrides = overrides_copy(arena, &meeting->overrides);
    copy->conference_id = arena_copy(arena, meeting->conference_id);
    copy->foreign_number = arena_copy(arena, meeting->foreign_number);
    copy->foreign_id = arena_copy(arena, meeting->foreign_id);
    copy->attendees = attendees_copy(arena, &meeting->attendees);
    copy->ical = arena_copy(arena, meeting->ical);
    return copy;
}
