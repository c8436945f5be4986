/*
 * Meetings to iCalendar: a series with its changed occurrences, the dial-in details in DESCRIPTION
 * and CONFERENCE, and what an imported event had beside what we model.
 */
#include "ical_block.h"
#include "ical_writer.h"

#include <core/dial_in_text.h>
#include <string.h>
#include <strings.h>

void ical_put(struct ical_writer *writer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *line = arena_vformat(writer->scratch, format, args);
    va_end(args);
    ical_line_write(writer->out, line);
}

/* `lead`: its name, perhaps with parameters, and the colon. */
static void put_text(const struct vevent *vevent, const char *lead, const char *value)
{
    struct text line = text_start(vevent->writer->scratch);
    text_add(&line, lead);
    ical_text_write(&line, value);
    ical_line_write(vevent->writer->out, line.bytes);
}

/*
 * --- times -------------------------------------------------------------------------------------
 */

static bool in_utc(const struct zone *zone)
{
    return strcmp(zone_name(zone), "UTC") == 0;
}

static void put_time(const struct vevent *vevent, const char *name, struct local_time local)
{
    const struct meeting *meeting = vevent->item->meeting;
    const char *text = local_format_basic(vevent->writer->scratch, local);
    if (meeting->all_day)
        ical_put(vevent->writer, "%s;VALUE=DATE:%.8s", name, text);
    else if (in_utc(vevent->item->zone))
        ical_put(vevent->writer, "%s:%sZ", name, text);
    else
        ical_put(vevent->writer, "%s;TZID=%s:%s", name, zone_name(vevent->item->zone), text);
}

static void put_stamp(const struct vevent *vevent, const char *name, int64_t instant)
{
    if (instant > 0)
        ical_put(vevent->writer, "%s:%sZ", name,
                 local_format_basic(vevent->writer->scratch, local_from_seconds(instant)));
}

/*
 * DTEND, or DURATION if days of it go by the clock (RFC 5545, 3.8.5.3: DTEND is exact in a series),
 * or if the end's reading is one that comes twice and would be taken for the first.
 */
static void put_end(const struct vevent *vevent, struct local_time start, int64_t duration,
                    int64_t clock_days)
{
    const struct zone *zone = vevent->item->zone;
    int64_t instant, again;
    if (vevent->item->meeting->all_day) {
        put_time(vevent, "DTEND", local_add_days(start, (int)((duration + DAY - 1) / DAY)));
        return;
    }
    if (clock_days) {
        int64_t rest = duration - clock_days * DAY;
        ical_put(vevent->writer, "DURATION:P%lldD%s", (long long)clock_days,
                 rest ? duration_format_iso(vevent->writer->scratch, rest) + 1 : "");
        return;
    }
    zone_instant(zone, start, &instant);
    struct local_time end = zone_read(zone, instant + duration).local;
    zone_instant(zone, end, &again);
    if (again == instant + duration)
        put_time(vevent, "DTEND", end);
    else
        ical_put(vevent->writer, "DURATION:%s",
                 duration_format_iso(vevent->writer->scratch, duration));
}

/* UNTIL as RFC 5545 (3.3.10) wants it: a date beside a date, else UTC, whatever it was read as. */
static const char *until_text(const struct vevent *vevent, const char *value, size_t length)
{
    struct arena *arena = vevent->writer->scratch;
    struct local_time local;
    int64_t instant;
    enum basic_form form = local_read_basic(value, length, &local);
    if (form == BASIC_NONE || (form == BASIC_DATE && vevent->item->meeting->all_day))
        return arena_copy_n(arena, value, length);
    if (form == BASIC_DATE)
        local = local_from_seconds(local_seconds(local) + DAY - 1);
    instant = local_seconds(local);
    if (form != BASIC_UTC)
        zone_instant(vevent->item->zone, local, &instant);
    if (vevent->item->meeting->all_day)
        return arena_copy_n(
            arena, local_format_basic(arena, zone_read(vevent->item->zone, instant).local), 8);
    return arena_format(arena, "%sZ", local_format_basic(arena, local_from_seconds(instant)));
}

static void put_rule(const struct vevent *vevent, const char *rrule)
{
    const char *until = strcasestr(rrule, "UNTIL=");
    if (!until) {
        ical_put(vevent->writer, "RRULE:%s", rrule);
        return;
    }
    until += strlen("UNTIL=");
    size_t length = strcspn(until, ";");
    ical_put(vevent->writer, "RRULE:%.*s%s%s", (int)(until - rrule), rrule,
             until_text(vevent, until, length), until + length);
}

static void put_times(const struct vevent *vevent)
{
    const struct meeting *meeting = vevent->item->meeting;
    if (vevent->override) {
        put_time(vevent, "RECURRENCE-ID", vevent->override->recurrence);
        put_time(vevent, "DTSTART", vevent->override->start);
        put_end(vevent, vevent->override->start, vevent->override->duration, 0);
        return;
    }
    put_time(vevent, "DTSTART", meeting->start_local);
    put_end(vevent, meeting->start_local, meeting->duration, meeting->clock_days);
    if (meeting->rrule)
        put_rule(vevent, meeting->rrule);
    for (size_t i = 0; i < meeting->rdates.count; i++)
        put_time(vevent, "RDATE", meeting->rdates.items[i]);
    for (size_t i = 0; i < meeting->exdates.count; i++)
        put_time(vevent, "EXDATE", meeting->exdates.items[i]);
    for (size_t i = 0; i < meeting->overrides.count; i++)
        if (meeting->overrides.items[i]
                .cancelled) /* more programs know this than a cancelled RECURRENCE-ID */
            put_time(vevent, "EXDATE", meeting->overrides.items[i].recurrence);
}

static void put_kept(const struct vevent *vevent)
{
    for (size_t i = 0; i < vevent->kept.properties.count; i++) {
        const struct ical_property *property = &vevent->kept.properties.items[i];
        if (property->depth > 0 || !ical_kept_outdated(vevent, property))
            ical_line_write(vevent->writer->out, property->raw);
    }
}

/*
 * --- words and people --------------------------------------------------------------------------
 */

/* The value of a line's parameter, up to *end; NULL: it has none. Quoted signs part nothing. */
static const char *raw_parameter(const char *raw, const char *name, const char **end)
{
    size_t length = strlen(name);
    const char *value = NULL, *at = raw;
    bool quoted = false;
    for (; *at && (quoted || *at != ':'); at++) {
        quoted = quoted != (*at == '"');
        if (quoted || *at != ';')
            continue;
        if (value)
            break;
        if (strncasecmp(at + 1, name, length) == 0 && at[1 + length] == '=')
            value = at + length + 2;
    }
    *end = at;
    return value;
}

static const char *const partstats[] = {
    [PARTSTAT_NONE] = "NEEDS-ACTION",
    [PARTSTAT_ACCEPTED] = "ACCEPTED",
    [PARTSTAT_DECLINED] = "DECLINED",
    [PARTSTAT_TENTATIVE] = "TENTATIVE",
};

/* A kept ATTENDEE says what they have answered since. */
static const char *with_answer(const struct vevent *vevent, const char *kept,
                               enum partstat partstat)
{
    struct arena *arena = vevent->writer->scratch;
    const char *end, *value = raw_parameter(kept, "PARTSTAT", &end);
    if (partstat == PARTSTAT_NONE)
        return kept;
    if (!value)
        return arena_format(arena, "%.*s;PARTSTAT=%s%s", (int)(end - kept), kept,
                            partstats[partstat], end);
    return arena_format(arena, "%.*s%s%s", (int)(value - kept), kept, partstats[partstat], end);
}

static void put_person(const struct vevent *vevent, const char *property, const char *email,
                       const char *name, const char *parameters, enum partstat partstat)
{
    const char *kept = ical_kept_person(vevent, property, email);
    if (kept) {
        ical_line_write(vevent->writer->out, with_answer(vevent, kept, partstat));
        return;
    }
    struct text line = text_start(vevent->writer->scratch);
    text_add(&line, property);
    if (name && name[0]) {
        text_add(&line, ";CN=");
        ical_parameter_write(&line, name);
    }
    text_addf(&line, "%s:mailto:%s", parameters, email);
    ical_line_write(vevent->writer->out, line.bytes);
}

/* What they answered for this changed occurrence alone, else `otherwise`. */
static enum partstat answer_of(const struct vevent *vevent, const char *email,
                               enum partstat otherwise)
{
    const struct occurrence_replies *replies = &vevent->item->replies;
    for (size_t i = 0; i < replies->count && vevent->override; i++)
        if (local_compare(replies->items[i].recurrence, vevent->override->recurrence) == 0 &&
            strcasecmp(replies->items[i].email, email) == 0)
            return replies->items[i].partstat;
    return otherwise;
}

/* An occurrence that came with attendees of its own has these, as they came. */
static void put_own_people(const struct vevent *vevent)
{
    for (size_t i = 0; i < vevent->kept.properties.count; i++) {
        const struct ical_property *property = &vevent->kept.properties.items[i];
        if (property->depth > 0 || strcmp(property->name, "ATTENDEE") != 0)
            continue;
        size_t scheme = strncasecmp(property->value, "mailto:", 7) == 0 ? 7 : 0;
        enum partstat said = answer_of(vevent, property->value + scheme, PARTSTAT_NONE);
        ical_line_write(vevent->writer->out, with_answer(vevent, property->raw, said));
    }
}

/* As it came; who has no address gets none. */
static void put_inviter(const struct vevent *vevent)
{
    const struct meeting *meeting = vevent->item->meeting;
    const struct ical_property *kept = ical_kept_find(vevent, "ORGANIZER", NULL);
    if (kept) {
        ical_line_write(vevent->writer->out, kept->raw);
    } else if (strchr(meeting->invited_by, '@')) {
        put_person(vevent, "ORGANIZER", meeting->invited_by, meeting->invited_by_name, "",
                   PARTSTAT_NONE);
    } else {
        struct text line = text_start(vevent->writer->scratch);
        text_add(&line, "ORGANIZER;CN=");
        ical_parameter_write(&line, meeting->invited_by);
        text_add(&line, ":invalid:nomail");
        ical_line_write(vevent->writer->out, line.bytes);
    }
}

static void put_people(const struct vevent *vevent)
{
    const struct meeting *meeting = vevent->item->meeting;
    if (meeting_foreign(meeting))
        put_inviter(vevent);
    else if (meeting->organizer && meeting->organizer[0])
        put_person(vevent, "ORGANIZER", meeting->organizer, vevent->item->organizer_name,
                   vevent->item->sent_by
                       ? arena_format(vevent->writer->scratch, ";SENT-BY=\"mailto:%s\"",
                                      vevent->item->sent_by)
                       : "",
                   PARTSTAT_NONE);
    if (ical_kept_find(vevent, ICAL_OWN_PEOPLE, NULL)) {
        put_own_people(vevent);
        return;
    }
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        const struct attendee *attendee = &meeting->attendees.items[i];
        enum partstat said = answer_of(vevent, attendee->email, attendee->partstat);
        put_person(vevent, "ATTENDEE", attendee->email, attendee->name,
                   arena_format(vevent->writer->scratch,
                                ";ROLE=REQ-PARTICIPANT;PARTSTAT=%s;RSVP=TRUE", partstats[said]),
                   said);
    }
}

static const char *changed_or(const char *changed, const char *own)
{
    return changed ? changed : own;
}

/*
 * True if the notes came with a dial-in block of their own that shows the meeting's ID: a second
 * one would only confuse.
 */
static bool shows_own_id(const struct meeting *meeting, const char *notes)
{
    return meeting->conference_id && dial_in_shows(notes, meeting->conference_id);
}

/* With the parameters that the text came with, if it is that text still. */
static void put_said(const struct vevent *vevent, const char *name, const char *value)
{
    const struct ical_property *kept = ical_kept_find(vevent, name, NULL);
    size_t lead = kept ? (size_t)(kept->value - kept->raw) : 0;
    put_text(vevent,
             kept && ical_as_it_came(vevent, name, value)
                 ? arena_copy_n(vevent->writer->scratch, kept->raw, lead)
                 : arena_format(vevent->writer->scratch, "%s:", name),
             value);
}

static void put_words(struct vevent *vevent)
{
    const struct meeting *meeting = vevent->item->meeting;
    const struct meeting_override *override = vevent->override;
    const char *block = vevent->item->dial_in_block;
    const char *location = changed_or(override ? override->location : NULL, meeting->location);
    const char *notes = changed_or(override ? override->notes : NULL, meeting->notes);
    bool with_block = block && !shows_own_id(meeting, notes);
    put_said(vevent, "SUMMARY", changed_or(override ? override->title : NULL, meeting->title));
    if (location[0])
        put_said(vevent, "LOCATION", location);
    else if (with_block && ical_dial_string(vevent->item->dial_string))
        put_said(vevent, "LOCATION", vevent->item->dial_string);
    vevent->notes = notes;
    vevent->description = with_block ? arena_format(vevent->writer->scratch, "%s%s%s", notes,
                                                    notes[0] ? "\n\n" : "", block)
                                     : notes;
    if (vevent->description[0])
        put_said(vevent, "DESCRIPTION", vevent->description);
    if (with_block)
        ical_put(vevent->writer, ICAL_BLOCK_MARK ":%s",
                 ical_block_mark(vevent->writer->scratch, block));
}

static void put_conference(const struct vevent *vevent, const char *features, const char *label,
                           const char *address)
{
    struct text line = text_start(vevent->writer->scratch);
    text_add(&line, "CONFERENCE;VALUE=URI");
    if (label && label[0]) {
        text_add(&line, ";LABEL=");
        ical_parameter_write(&line, label);
    }
    text_addf(&line, ";FEATURE=%s:%s", features, address);
    ical_line_write(vevent->writer->out, line.bytes);
}

/*
 * The pauses stay as RFC 7986 has them; a '#' would begin the address's fragment, and be dropped by
 * who dials it.
 */
static const char *dial_address(struct arena *arena, const char *dial_string)
{
    struct text address = text_start(arena);
    text_add(&address, "tel:");
    for (const char *p = dial_string; *p; p++) {
        if (*p == '#')
            text_add(&address, "%23");
        else
            text_add_byte(&address, *p);
    }
    return address.bytes;
}

static void put_joining(const struct vevent *vevent)
{
    const struct ical_item *item = vevent->item;
    if (item->dial_string)
        put_conference(vevent, "PHONE", item->dial_label,
                       dial_address(vevent->writer->scratch, item->dial_string));
    if (item->join_url) {
        put_conference(vevent, "AUDIO,VIDEO", item->join_label, item->join_url);
        const struct ical_property *url = ical_kept_find(vevent, "URL", NULL);
        if (!url || ical_kept_outdated(vevent, url)) /* one of its own goes before */
            ical_put(vevent->writer, "URL:%s", item->join_url);
    }
}

/*
 * Without a METHOD it says when this revision was made (RFC 5545, 3.8.7.2), and writing twice is
 * the same.
 */
static int64_t stamp(const struct vevent *vevent)
{
    const struct ical_writing *writing = &vevent->writer->writing;
    const struct meeting *meeting = vevent->item->meeting;
    int64_t stamp = vevent->override ? vevent->override->stamp : 0;
    if (writing->method != ICAL_NO_METHOD)
        return writing->now;
    if (!stamp)
        stamp = meeting->stamp ? meeting->stamp : meeting->changed;
    return stamp ? stamp : writing->now;
}

static void put_state(const struct vevent *vevent)
{
    const struct meeting *meeting = vevent->item->meeting;
    bool cancelled = meeting->status == MEETING_CANCELLED ||
                     vevent->writer->writing.method == ICAL_CANCEL ||
                     (vevent->override && vevent->override->cancelled);
    int64_t sequence = meeting->sequence;
    if (vevent->override && vevent->override->sequence > sequence)
        sequence = vevent->override->sequence;
    put_stamp(vevent, "DTSTAMP", stamp(vevent));
    put_stamp(vevent, "CREATED", meeting->created);
    put_stamp(vevent, "LAST-MODIFIED", meeting->changed);
    ical_put(vevent->writer, "SEQUENCE:%lld", (long long)sequence);
    if (cancelled)
        ical_put(vevent->writer, "STATUS:CANCELLED");
    else if (!ical_kept_find(vevent, "STATUS", NULL))
        ical_put(vevent->writer, "STATUS:CONFIRMED");
}

static void vevent_write(struct vevent *vevent)
{
    ical_kept_read(vevent);
    ical_put(vevent->writer, "BEGIN:VEVENT");
    put_text(vevent, "UID:", vevent->item->meeting->uid);
    put_state(vevent);
    put_times(vevent);
    put_words(vevent);
    put_people(vevent);
    put_joining(vevent);
    put_kept(vevent);
    ical_put(vevent->writer, "END:VEVENT");
}

/*
 * --- the module's three functions --------------------------------------------------------------
 */

struct ical_writer *ical_write_begin(struct arena *arena, struct text *out,
                                     const struct ical_writing *writing)
{
    static const char *const methods[] = {[ICAL_PUBLISH] = "PUBLISH",
                                          [ICAL_REQUEST] = "REQUEST",
                                          [ICAL_CANCEL] = "CANCEL",
                                          [ICAL_REPLY] = "REPLY"};
    struct ical_writer *writer = arena_alloc(arena, sizeof *writer);
    *writer = (struct ical_writer){
        .arena = arena, .scratch = arena_new(), .out = out, .writing = *writing};
    ical_put(writer, "BEGIN:VCALENDAR");
    ical_put(writer, "VERSION:2.0");
    ical_put(writer, "PRODID:-//dialdesk//dialdesk " DIALDESK_VERSION "//EN");
    ical_put(writer, "CALSCALE:GREGORIAN");
    if (methods[writing->method])
        ical_put(writer, "METHOD:%s", methods[writing->method]);
    return writer;
}

/*
 * An invitation goes to programs that like a short VTIMEZONE; a calendar to be kept covers what may
 * be in it.
 */
static int64_t zone_since(const struct ical_writer *writer, const struct ical_item *item)
{
    struct local_time year = {item->meeting->start_local.year - 1, 1, 1, 0, 0, 0};
    if (writer->writing.method == ICAL_NO_METHOD && year.year > 1970)
        year.year = 1970;
    return local_seconds(year);
}

enum err ical_write_meeting(struct ical_writer *writer, const struct ical_item *item,
                            struct error *error)
{
    const struct meeting *meeting = item->meeting;
    if (!meeting->uid || !item->zone)
        return error_set(error, ERR_BUG, "iCalendar",
                         "a meeting without a UID or a zone can't be written");
    struct vevent vevent = {.writer = writer, .item = item};
    if (!meeting->all_day && !in_utc(item->zone))
        ical_zone_write(writer, item->zone, zone_since(writer, item));
    bool lone = meeting_lone(meeting);
    if (!lone)
        vevent_write(&vevent);
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        vevent.override = &meeting->overrides.items[i];
        if (lone || !vevent.override->cancelled) /* a series has excluded it */
            vevent_write(&vevent);
    }
    arena_reset(writer->scratch);
    return ERR_OK;
}

void ical_write_lines(struct ical_writer *writer, const char *lines)
{
    for (const char *at = lines; *at; at += strspn(at, "\n")) {
        size_t length = strcspn(at, "\n");
        ical_line_write(writer->out, arena_copy_n(writer->scratch, at, length));
        at += length;
    }
}

void ical_write_end(struct ical_writer *writer)
{
    ical_put(writer, "END:VCALENDAR");
    arena_free(writer->scratch);
    writer->scratch = NULL;
}
