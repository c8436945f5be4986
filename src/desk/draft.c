/*
 * From what somebody typed to a meeting: title, times, zone, recurrence, attendees. Nothing here
 * touches the store.
 */
#include "draft.h"
#include <base/utf8.h>
#include <core/series_split.h>
#include <string.h>

enum { DEFAULT_DURATION = HOUR, LANG_MAX = 16 };

struct drafting {
    struct session *session;
    struct arena *arena;
    const struct draft *draft;
    struct meeting *meeting;
    const struct zone *zone;
    struct strings *warnings;
    const struct zone *zone_before;
    bool added; /* a new meeting: what is not said gets a default */
    bool all_day_before;
    struct local_time start_before;
};

static enum err draft_invalid(const struct drafting *drafting, const char *what, const char *why)
{
    return error_set(&drafting->session->error, ERR_INVALID, what, "%s", why);
}

/* --- times --- */

static void warn_of_clock_change(const struct drafting *drafting, const char *what,
                                 const struct time_reading *reading)
{
    struct arena *arena = drafting->arena;
    const char *taken = time_format(arena, reading->instant, drafting->zone, true);
    const char *zone = zone_name(drafting->zone);
    if (reading->in_gap)
        *vector_push(arena, drafting->warnings) = arena_format(
            arena,
            "%s: this local time does not exist in %s (the clock is put forward); taken as %s",
            what, zone, taken);
    else if (reading->twice)
        *vector_push(arena, drafting->warnings) =
            arena_format(arena,
                         "%s: this local time exists twice in %s (the clock is put back); the "
                         "first is taken, %s",
                         what, zone, taken);
}

static enum err read_time(const struct drafting *drafting, const char *what, const char *typed,
                          int64_t now, struct time_reading *reading)
{
    enum err err = time_parse(what, typed, now, drafting->zone, reading, &drafting->session->error);
    if (err)
        return err;
    if (!reading->has_offset) {
        warn_of_clock_change(drafting, what, reading);
        return ERR_OK;
    }
    /*
     * An offset can name the second of two equal readings of the clock, which a local time cannot
     * say.
     */
    struct time_reading first = *reading;
    zone_instant(drafting->zone, reading->local, &first.instant);
    first.twice = first.instant != reading->instant;
    warn_of_clock_change(drafting, what, &first);
    return ERR_OK;
}

/*
 * A date for a meeting that has a time of day moves it to that date; for a new one it means the
 * whole day.
 */
static enum err apply_start(struct drafting *drafting)
{
    const struct draft *draft = drafting->draft;
    struct meeting *meeting = drafting->meeting;
    struct time_reading reading = {0};
    if (!draft->start)
        return drafting->added
                   ? draft_invalid(drafting, "start", "--start is required, as in 'tomorrow 09:00'")
                   : ERR_OK;
    enum err err =
        read_time(drafting, "start", draft->start, session_now(drafting->session), &reading);
    if (err)
        return err;
    if (!reading.date_only && !drafting->added && meeting->all_day && !draft->has_all_day)
        return draft_invalid(drafting, "start",
                             "the meeting lasts whole days: write a date alone, or add --timed");
    bool day_said = reading.date_only && !(draft->has_all_day && !draft->all_day);
    if (day_said && drafting->added && !draft->has_all_day && !draft->duration)
        meeting->all_day = true;
    if (reading.date_only && !drafting->added && !meeting->all_day && !drafting->all_day_before) {
        reading.local.hour = meeting->start_local.hour;
        reading.local.minute = meeting->start_local.minute;
        reading.local.second = meeting->start_local.second;
    }
    meeting->start_local = meeting->all_day ? local_midnight(reading.local) : reading.local;
    return ERR_OK;
}

/* "10:00" and "+2h" are relative to the start, everything else to now. */
static bool relative_to_start(const char *typed)
{
    typed += strspn(typed, " ");
    return typed[0] == '+' ||
           (strchr(typed, ':') && strspn(typed, "0123456789: ") == strlen(typed));
}

static enum err apply_end(struct drafting *drafting)
{
    struct meeting *meeting = drafting->meeting;
    struct time_reading reading = {0};
    int64_t start = 0, base = session_now(drafting->session);
    zone_instant(drafting->zone, meeting->start_local, &start);
    if (relative_to_start(drafting->draft->end))
        base = start;
    enum err err = read_time(drafting, "end", drafting->draft->end, base, &reading);
    if (err)
        return err;
    if (meeting->all_day) {
        /* The end of a whole day's meeting names its last day. */
        int64_t last = local_seconds(local_midnight(reading.local));
        meeting->duration = last + DAY - local_seconds(meeting->start_local);
    } else {
        meeting->duration = reading.instant - start;
    }
    if (meeting->duration <= 0)
        return draft_invalid(drafting, "end",
                             meeting->duration ? "it lies before the start; write a later time"
                                               : "it is the start; write a later time");
    return ERR_OK;
}

static enum err apply_duration(struct drafting *drafting)
{
    const struct draft *draft = drafting->draft;
    struct meeting *meeting = drafting->meeting;
    if (draft->end && draft->duration)
        return draft_invalid(drafting, "duration", "give either an end or a duration");
    if (draft->end || draft->duration || meeting->all_day || drafting->all_day_before)
        meeting->clock_days = 0;
    if (draft->end)
        return apply_end(drafting);
    if (draft->duration) {
        enum err err =
            duration_parse(draft->duration, &meeting->duration, &drafting->session->error);
        if (!err && meeting->all_day && meeting->duration % DAY != 0)
            err = draft_invalid(drafting, "duration",
                                "an all-day meeting lasts whole days; write 1d or 2d");
        if (!err && meeting->duration == 0)
            err = draft_invalid(drafting, "duration", "the duration must be more than zero");
        return err;
    }
    if (drafting->added)
        meeting->duration = meeting->all_day ? DAY : DEFAULT_DURATION;
    else if (meeting->all_day && !drafting->all_day_before)
        meeting->duration = (meeting->duration + DAY - 1) / DAY * DAY;
    else if (!meeting->all_day && drafting->all_day_before)
        meeting->duration = DEFAULT_DURATION;
    return ERR_OK;
}

static enum err apply_times(struct drafting *drafting)
{
    struct meeting *meeting = drafting->meeting;
    drafting->all_day_before = meeting->all_day;
    drafting->start_before = meeting->start_local;
    if (drafting->draft->has_all_day)
        meeting->all_day = drafting->draft->all_day;
    enum err err = apply_start(drafting);
    if (err)
        return err;
    if (meeting->all_day)
        meeting->start_local = local_midnight(meeting->start_local);
    return apply_duration(drafting);
}

/* --- series --- */

static void local_shift(struct local_time *local, int64_t by)
{
    *local = local_from_seconds(local_seconds(*local) + by);
}

/*
 * A series that moves takes its rule's end and its exceptions along, because exceptions are named
 * by the start that the rule gives.
 */
static void move_exceptions(struct drafting *drafting)
{
    struct meeting *meeting = drafting->meeting;
    int64_t by = local_seconds(meeting->start_local) - local_seconds(drafting->start_before);
    if (drafting->added)
        return;
    if (meeting->rrule)
        meeting->rrule =
            rule_move(drafting->arena, meeting->rrule, drafting->zone_before, drafting->zone,
                      meeting->all_day, drafting->start_before, meeting->start_local);
    if (by == 0)
        return;
    for (size_t i = 0; i < meeting->exdates.count; i++)
        local_shift(&meeting->exdates.items[i], by);
    for (size_t i = 0; i < meeting->rdates.count; i++)
        local_shift(&meeting->rdates.items[i], by);
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        local_shift(&meeting->overrides.items[i].recurrence, by);
        local_shift(&meeting->overrides.items[i].start, by);
    }
}

static void drop_exceptions(struct drafting *drafting)
{
    struct meeting *meeting = drafting->meeting;
    if (meeting->overrides.count + meeting->exdates.count + meeting->rdates.count > 0)
        *vector_push(drafting->arena, drafting->warnings) =
            "repeat: the exceptions of the old rule (moved, cancelled and added dates) are gone";
    meeting->overrides = (struct meeting_overrides){0};
    meeting->exdates = meeting->rdates = (struct local_times){0};
}

static enum err apply_rrule(struct drafting *drafting)
{
    struct meeting *meeting = drafting->meeting;
    const char *rule = drafting->draft->rrule, *before = meeting->rrule;
    move_exceptions(drafting);
    if (!rule)
        return ERR_OK;
    rule += strspn(rule, " ");
    if (strncmp(rule, "RRULE:", 6) == 0)
        rule += 6;
    if (before && strcmp(before, rule) == 0)
        return ERR_OK;
    if (!rule[0] && drafting->added)
        return draft_invalid(drafting, "repeat",
                             "the rule is empty; write one such as FREQ=WEEKLY;COUNT=10");
    if (meeting->rrule)
        drop_exceptions(drafting);
    meeting->rrule = rule[0] ? rule : NULL;
    return rule[0] ? recurrence_check(rule, &drafting->session->error) : ERR_OK;
}

/* --- attendees --- */

static char *trimmed(struct arena *arena, const char *s, size_t length)
{
    return string_trim(arena_copy_n(arena, s, length), " \t\"");
}

static enum err attendee_parse(struct session *session, struct arena *arena, const char *typed,
                               struct attendee *out)
{
    const char *open = strrchr(typed, '<');
    const char *close = open ? strchr(open, '>') : NULL;
    out->name = "";
    out->email = trimmed(arena, typed, strlen(typed));
    if (open && close && close[1 + strspn(close + 1, " \t")] == '\0') {
        out->name = trimmed(arena, typed, (size_t)(open - typed));
        out->email = trimmed(arena, open + 1, (size_t)(close - open - 1));
    }
    if (strncmp(out->email, "mailto:", 7) == 0)
        out->email += 7;
    return email_parse("attendee", out->email, &session->error);
}

static bool attendee_known(struct arena *arena, const struct attendees *list, const char *email)
{
    const char *key = utf8_fold(arena, email);
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(utf8_fold(arena, list->items[i].email), key) == 0)
            return true;
    }
    return false;
}

/*
 * The length of the first entry: to a comma or semicolon behind an address, so that "Lovelace, Ada
 * <a@b>" stays whole.
 */
static size_t entry_length(const char *typed)
{
    bool address = false;
    for (size_t i = 0; typed[i]; i++) {
        address = address || typed[i] == '@';
        if (address && strchr(",;\n", typed[i]))
            return i;
    }
    return strlen(typed);
}

/* "Ada <ada@example.org>", an address alone, or several with commas between; each address once. */
static enum err attendees_parse(struct session *session, struct arena *arena,
                                const struct strings *typed, struct attendees *out)
{
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < typed->count; i++) {
        const char *rest = typed->items[i];
        while (!err && rest[0]) {
            size_t length = entry_length(rest);
            const char *entry = trimmed(arena, rest, length);
            struct attendee attendee = {0};
            rest += length + (rest[length] != '\0');
            if (!entry[0])
                continue;
            err = attendee_parse(session, arena, entry, &attendee);
            if (!err && !attendee_known(arena, out, attendee.email))
                *vector_push(arena, out) = attendee;
        }
    }
    return err;
}

/* --- the draft of an occurrence --- */

struct draft draft_on_day(struct arena *arena, const struct draft *draft, struct local_time day)
{
    struct draft dated = *draft;
    const char *start = draft->start;
    if (start && strchr(start, ':') && strspn(start, "0123456789:") == strlen(start))
        dated.start = arena_format(arena, "%04d-%02d-%02d %s", day.year, day.month, day.day, start);
    return dated;
}

/* --- all of it --- */

static enum err apply_lang(struct drafting *drafting)
{
    const char *lang = drafting->draft->lang;
    if (!lang)
        return ERR_OK;
    size_t length = strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (lang[0] && (length < 2 || length > LANG_MAX || lang[length]))
        return draft_invalid(drafting, "lang", "not a language; write a code such as en or de");
    drafting->meeting->lang = lang[0] ? lang : NULL;
    return ERR_OK;
}

static enum err apply_words(struct drafting *drafting)
{
    const struct draft *draft = drafting->draft;
    struct meeting *meeting = drafting->meeting;
    if (draft->title)
        meeting->title = draft->title;
    if (draft->location)
        meeting->location = draft->location;
    if (draft->notes)
        meeting->notes = draft->notes;
    if (drafting->added && !meeting->title)
        return draft_invalid(drafting, "title", "--title is required");
    enum err err = apply_lang(drafting);
    if (err || !draft->has_attendees)
        return err;
    meeting->attendees = (struct attendees){0};
    return attendees_parse(drafting->session, drafting->arena, &draft->attendees,
                           &meeting->attendees);
}

/*
 * Warns of a typed rule that gives one occurrence only: it ends before it begins, or asks for 30
 * February.
 */
static enum err warn_of_once(const struct drafting *drafting)
{
    const struct meeting *meeting = drafting->meeting;
    struct occurrences found = {0};
    if (!drafting->draft->rrule || !meeting->rrule || meeting->exdates.count ||
        meeting->overrides.count)
        return ERR_OK;
    const char *count = strstr(meeting->rrule, "COUNT=1");
    if (count && !(count[7] >= '0' && count[7] <= '9')) /* one occurrence was asked for */
        return ERR_OK;
    enum err err = series_occurrences(drafting->arena, meeting, drafting->zone, INT64_MIN,
                                      INSTANT_NEVER, 2, &found, &drafting->session->error);
    if (err)
        return err;
    if (found.count < 2)
        *vector_push(drafting->arena, drafting->warnings) =
            arena_format(drafting->arena, "by '%s' it takes place once only", meeting->rrule);
    return ERR_OK;
}

/* What is known of a series that is not here is which occurrence this is: it stays that one. */
static enum err check_lone(const struct drafting *drafting)
{
    const struct draft *draft = drafting->draft;
    bool times = draft->start || draft->end || draft->duration || draft->tz || draft->rrule;
    if (drafting->added || !times || !meeting_lone(drafting->meeting))
        return ERR_OK;
    return error_set(&drafting->session->error, ERR_REFUSED, "times",
                     "they stay: it is an occurrence of a series that is not here; change the "
                     "occurrence's own (--occurrence TIME; in the console: only this occurrence)");
}

enum err draft_apply(struct session *session, struct arena *arena, const struct draft *draft,
                     const char *default_tz, struct meeting *meeting, struct strings *warnings)
{
    struct drafting drafting = {.session = session,
                                .arena = arena,
                                .draft = draft,
                                .meeting = meeting,
                                .warnings = warnings,
                                .added = meeting->version == 0};
    const char *tz = draft->tz ? draft->tz : drafting.added ? default_tz : meeting->tz;
    enum err err = session_zone(session, tz, &drafting.zone);
    if (err)
        return err;
    drafting.zone_before = drafting.zone;
    if (!drafting.added && session_zone(session, meeting->tz, &drafting.zone_before) != ERR_OK)
        /* the old zone is not known here; the draft may name another */
        error_clear(&session->error);
    meeting->tz = zone_name(drafting.zone);
    err = check_lone(&drafting);
    if (err)
        return err;
    err = apply_words(&drafting);
    if (err)
        return err;
    err = apply_times(&drafting);
    if (err)
        return err;
    err = apply_rrule(&drafting);
    if (err)
        return err;
    err = meeting_validate(meeting, &session->error);
    if (err)
        return err;
    err = series_resolve(meeting, drafting.zone, &session->error);
    if (err)
        return err;
    return warn_of_once(&drafting);
}
