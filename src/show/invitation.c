/*
 * The invitation as plain text, and the lines that every form of it shares.
 */
#include "invitation.h"
#include "columns.h"
#include "when.h"

#include <base/utf8.h>
#include <core/series.h>
#include <string.h>

bool invitation_language_known(const char *lang)
{
    struct arena *arena = arena_new();
    bool known = false;
    labels_open(arena, "invitation", lang, &known);
    arena_free(arena);
    return known;
}

static const char *safe(const struct labels *labels, const char *s)
{
    return utf8_printable(labels->arena, s ? s : "", false);
}

/* "United States, Los Angeles, toll-free (English, Español)" */
static const char *number_place(const struct labels *labels, const struct number *number)
{
    struct text text = text_start(labels->arena);
    const char *parts[] = {labels_country(labels, number->country), number->city,
                           number->toll_free ? labels_find(labels, "toll_free") : ""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && *parts[i])
            text_addf(&text, "%s%s", text.length ? ", " : "", safe(labels, parts[i]));
    for (size_t i = 0; i < number->langs.count; i++)
        text_addf(&text, "%s%s",
                  i             ? ", "
                  : text.length ? " ("
                                : "(",
                  safe(labels, language_name(number->langs.items[i])));
    if (number->langs.count)
        text_add(&text, ")");
    return text.bytes;
}

/* Digits with at most one leading plus: what may stand in a tel: address. */
static bool dialable(const char *s)
{
    s += *s == '+';
    return *s && strspn(s, "0123456789") == strlen(s);
}

/* `shown` NULL: as the number itself says. */
static void add_line(struct dial_lines *lines, const struct labels *labels, const char *number,
                     const char *shown, const char *entered, const char *place)
{
    if (!number || !*number)
        return;
    struct arena *arena = labels->arena;
    bool tel = dialable(number), digits = entered && *entered && dialable(entered);
    const char *tail = digits ? arena_format(arena, ",,%s#", entered) : "";
    *vector_push(arena, lines) = (struct dial_line){
        .number = safe(labels, shown                   ? shown
                               : tel && *number == '+' ? number_format(arena, number)
                                                       : number),
        .tail = tail,
        .place = place,
        .tel = tel ? arena_format(arena, "tel:%s%s", number, tail) : NULL,
    };
}

struct dial_lines invitation_dial_lines(const struct labels *labels,
                                        const struct invitation *invitation)
{
    struct dial_lines lines = {0};
    if (!invitation->has_dial_in)
        return lines;
    const struct number *own[] = {invitation->toll, invitation->toll_free};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i])
            add_line(&lines, labels, own[i]->e164, number_shown(labels->arena, own[i]),
                     invitation->conference_id, number_place(labels, own[i]));
    const char *passcode = invitation->third_party_passcode;
    add_line(&lines, labels, invitation->third_party_number, NULL, passcode, "");
    add_line(&lines, labels, invitation->third_party_toll_free, NULL, passcode,
             labels_find(labels, "toll_free"));
    return lines;
}

char *invitation_dial_string(struct arena *arena, const struct invitation *invitation)
{
    struct labels labels = labels_open(arena, "invitation", "en", NULL);
    struct dial_lines lines = invitation_dial_lines(&labels, invitation);
    for (size_t i = 0; i < lines.count; i++)
        if (lines.items[i].tel)
            return arena_copy(arena, lines.items[i].tel + strlen("tel:"));
    return NULL;
}

const char *invitation_word(struct arena *arena, const struct invitation *invitation,
                            const char *key)
{
    struct labels labels = labels_open(arena, "invitation", invitation->lang, NULL);
    return labels_find(&labels, key);
}

static const char *all_day_text(const struct labels *labels, const struct invitation *invitation)
{
    const struct occurrence *occurrence = &invitation->occurrence;
    struct local_time begin = when_begin(occurrence, invitation->zone);
    struct local_time last = when_last_day(occurrence, invitation->zone);
    const char *first = labels_date(labels, begin), *all_day = labels_find(labels, "all_day");
    if (when_days(begin, last) == 0)
        return arena_format(labels->arena, "%s, %s", first, all_day);
    return arena_format(labels->arena, "%s – %s, %s", first, labels_date(labels, last), all_day);
}

static const char *when_in(const struct labels *labels, const struct occurrence *occurrence,
                           const struct zone *zone)
{
    struct local_time begin = when_begin(occurrence, zone), end = when_end(occurrence, zone);
    const char *first = labels_date(labels, begin);
    if (when_days(begin, end) == 0)
        return arena_format(labels->arena, "%s, %s–%s (%s)", first, when_clock_24(begin).s,
                            when_clock_24(end).s, zone_name(zone));
    return arena_format(labels->arena, "%s, %s – %s, %s (%s)", first, when_clock_24(begin).s,
                        labels_date(labels, end), when_clock_24(end).s, zone_name(zone));
}

/*
 * In the reader's zone first, if the clock there differs; the meeting's own is what days of a
 * series go by.
 */
const char *invitation_when(const struct labels *labels, const struct invitation *invitation)
{
    const struct occurrence *occurrence = &invitation->occurrence;
    const struct zone *zone = invitation->zone, *reader = invitation->reader_zone;
    if (invitation->meeting->all_day)
        return all_day_text(labels, invitation);
    const char *when = when_in(labels, occurrence, zone);
    if (!reader ||
        (local_compare(when_begin(occurrence, zone), when_begin(occurrence, reader)) == 0 &&
         local_compare(when_end(occurrence, zone), when_end(occurrence, reader)) == 0))
        return when;
    return arena_format(labels->arena, "%s = %s", when_in(labels, occurrence, reader), when);
}

/* The parts that differ from what is said now: the title, when, where. */
const char *invitation_before(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    const struct message_told *was = &invitation->was;
    struct text text = text_start(labels->arena);
    if (!was->known || meeting->status == MEETING_CANCELLED)
        return NULL;
    if (strcmp(was->title, meeting->title) != 0)
        text_add(&text, was->title);
    int64_t lasted = was->duration ? was->duration : meeting->duration;
    if (was->start != meeting->start || lasted != meeting->duration) {
        struct invitation then = *invitation;
        struct meeting meant = *meeting;
        meant.duration = lasted;
        meant.start_local = zone_read(invitation->zone, was->start).local;
        then.meeting = &meant;
        then.occurrence = (struct occurrence){
            .meeting = &meant,
            .start = was->start,
            .end = series_end(&meant, invitation->zone, meant.start_local),
        };
        text_addf(&text, "%s%s", text.length ? ", " : "", invitation_when(labels, &then));
    }
    if (strcmp(was->location, meeting->location) != 0 && was->location[0])
        text_addf(&text, "%s%s", text.length ? ", " : "", was->location);
    return text.length ? text.bytes : NULL;
}

/* "Tuesday, 8 December 2026, 09:00", on the meeting's own clock, or on a reader's elsewhere. */
static const char *moment_text(const struct labels *labels, const struct invitation *invitation,
                               struct local_time at)
{
    const struct zone *reader = invitation->meeting->all_day ? NULL : invitation->reader_zone;
    int64_t instant = 0;
    if (reader) {
        zone_instant(invitation->zone, at, &instant);
        at = zone_read(reader, instant).local;
    }
    const char *date = labels_date(labels, local_midnight(at));
    if (invitation->meeting->all_day)
        return date;
    if (!reader)
        return arena_format(labels->arena, "%s, %s", date, when_clock_24(at).s);
    return arena_format(labels->arena, "%s, %s (%s)", date, when_clock_24(at).s, zone_name(reader));
}

const char *invitation_since(const struct labels *labels, const struct invitation *invitation)
{
    const struct zone *zone = invitation->reader_zone ? invitation->reader_zone : invitation->zone;
    if (!invitation->new_id_since)
        return NULL;
    struct local_time at = zone_read(zone, invitation->new_id_since).local;
    return arena_format(labels->arena, "%s, %s (%s)", labels_date(labels, local_midnight(at)),
                        when_clock_24(at).s, zone_name(zone));
}

static bool still_to_come(const struct invitation *invitation, struct local_time at)
{
    int64_t instant = 0;
    zone_instant(invitation->zone, at, &instant);
    return instant >= invitation->now;
}

void invitation_changes(const struct labels *labels, const struct invitation *invitation,
                        struct strings *lines)
{
    enum { MOST = 10 };
    struct arena *arena = labels->arena;
    const struct meeting *meeting = invitation->meeting;
    const struct message_told *was = &invitation->was;
    if (!invitation->now || meeting->status == MEETING_CANCELLED)
        return;
    const char *before = was->rrule ? was->rrule : "", *rule = meeting->rrule ? meeting->rrule : "";
    if (was->known && was->duration && strcmp(before, rule) != 0)
        *vector_push(arena, lines) = labels_find(labels, "repeats_anew");
    for (size_t i = 0; i < meeting->exdates.count && lines->count < MOST; i++)
        if (still_to_come(invitation, meeting->exdates.items[i]))
            *vector_push(arena, lines) =
                arena_format(arena, "%s: %s", labels_find(labels, "not_on"),
                             moment_text(labels, invitation, meeting->exdates.items[i]));
    for (size_t i = 0; i < meeting->overrides.count && lines->count < MOST; i++) {
        const struct meeting_override *one = &meeting->overrides.items[i];
        bool moved = local_compare(one->start, one->recurrence) != 0;
        const char *from = moment_text(labels, invitation, one->recurrence);
        if (one->cancelled && still_to_come(invitation, one->recurrence))
            *vector_push(arena, lines) =
                arena_format(arena, "%s: %s", labels_find(labels, "not_on"), from);
        else if (!one->cancelled && moved && still_to_come(invitation, one->start))
            *vector_push(arena, lines) =
                arena_format(arena, "%s: %s → %s", labels_find(labels, "moved"), from,
                             moment_text(labels, invitation, one->start));
    }
}

const char *invitation_link(const struct invitation *invitation)
{
    const char *url = invitation->join_url;
    if (!url || (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0))
        return NULL;
    for (const char *at = url; *at; at++)
        if (*at <= ' ' || *at == '"' || *at == '\'' || *at == '<' || *at == '>' || *at == 0x7F)
            return NULL;
    return url;
}

static void rule(struct text *text)
{
    text_add(text, "________________________________________________________________\n");
}

static void field(const struct labels *labels, struct text *text, const char *key,
                  const char *value)
{
    if (value && *value)
        text_addf(text, "%s: %s\n", labels_find(labels, key), safe(labels, value));
}

/*
 * Numbers, then the ID on a line of its own with the field's label, so that programs find it again.
 */
static void add_phone(const struct labels *labels, struct text *text,
                      const struct invitation *invitation)
{
    if (!invitation->has_dial_in)
        return;
    struct dial_lines lines = invitation_dial_lines(labels, invitation);
    text_addf(text, "%s\n", labels_find(labels, "phone"));
    for (size_t i = 0; i < lines.count; i++) {
        const struct dial_line *line = &lines.items[i];
        text_addf(text, "%s%s%s%s\n", line->number, line->tail, *line->place ? "  " : "",
                  line->place);
    }
    field(labels, text, "id", invitation->conference_id);
    if (!invitation->conference_id)
        field(labels, text, "passcode", invitation->third_party_passcode);
    else if (lines.count)
        text_addf(text, "%s\n", labels_find(labels, "hint"));
}

char *invitation_dial_in_block(struct arena *arena, const struct invitation *invitation)
{
    struct labels labels = labels_open(arena, "invitation", invitation->lang, NULL);
    struct text text = text_start(arena);
    if (!invitation->has_dial_in && !invitation->join_url)
        return text.bytes;
    rule(&text);
    if (invitation->join_url)
        text_addf(&text, "%s\n%s\n%s", labels_find(&labels, "join"),
                  safe(&labels, invitation->join_url), invitation->has_dial_in ? "\n" : "");
    add_phone(&labels, &text, invitation);
    rule(&text);
    return text.bytes;
}

/* The old ID and the new one, from when, and what to do with the old entry. */
static void add_new_id(const struct labels *labels, struct text *text,
                       const struct invitation *invitation)
{
    text_addf(text, "%s: %s → %s\n", labels_find(labels, "changed"),
              safe(labels, invitation->old_id), invitation->conference_id);
    field(labels, text, "valid_from", invitation_since(labels, invitation));
    text_addf(text, "%s\n%s\n\n", labels_find(labels, "changed_hint"),
              labels_find(labels, "old_entry"));
}

/* What changed comes first: a reminder is read by somebody who has the old invitation at hand. */
static void add_changes(const struct labels *labels, struct text *text,
                        const struct invitation *invitation)
{
    if (invitation->meeting->status == MEETING_CANCELLED)
        text_addf(text, "%s\n\n", labels_find(labels, "cancelled"));
    else if (invitation->old_id && invitation->conference_id)
        add_new_id(labels, text, invitation);
    else if (invitation->updated)
        text_addf(text, "%s.\n\n", labels_find(labels, "updated"));
    const char *before = invitation_before(labels, invitation);
    if (before)
        text_addf(text, "%s: %s\n\n", labels_find(labels, "was"), safe(labels, before));
    struct strings lines = {0};
    invitation_changes(labels, invitation, &lines);
    for (size_t i = 0; i < lines.count; i++)
        text_addf(text, "%s\n%s", safe(labels, lines.items[i]), i + 1 == lines.count ? "\n" : "");
}

char *invitation_text(struct arena *arena, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    const struct organizer *organizer = invitation->organizer;
    const struct occurrence *occurrence = &invitation->occurrence;
    struct labels labels = labels_open(arena, "invitation", invitation->lang, NULL);
    struct text text = text_start(arena);
    const char *title = occurrence->title ? occurrence->title : meeting->title;
    const char *location = occurrence->location ? occurrence->location : meeting->location;
    add_changes(&labels, &text, invitation);
    text_addf(&text, "%s\n\n", safe(&labels, title));
    field(&labels, &text, "when", invitation_when(&labels, invitation));
    struct invitation_lines series = invitation_series(&labels, invitation);
    for (size_t i = 0; i < series.count; i++)
        field(&labels, &text, series.items[i].key, series.items[i].text);
    /* A cancelled meeting's ID is dead: nobody is to dial it. */
    bool on = meeting->status != MEETING_CANCELLED;
    if (on && meeting->rrule && invitation->conference_id)
        text_addf(&text, "%s\n", labels_find(&labels, "series"));
    field(&labels, &text, "where", location);
    field(&labels, &text, "organizer",
          *organizer->name ? arena_format(arena, "%s <%s>", organizer->name, organizer->email)
                           : organizer->email);
    if (on && (invitation->has_dial_in || invitation->join_url))
        text_addf(&text, "\n%s", invitation_dial_in_block(arena, invitation));
    if (*meeting->notes)
        text_add(&text, "\n");
    notes_add(&text, meeting->notes, "  "); /* set in, so that they never look like our lines */
    return text.bytes;
}
