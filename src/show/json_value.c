/*
 * Pieces of JSON: texts that are always valid UTF-8, times, meetings, numbers, and the document's
 * line.
 */
#include "json_value.h"
#include "columns.h"
#include "glyph.h"
#include "when.h"

#include <base/error.h>
#include <base/utf8.h>
#include <core/outbox.h>
#include <stdlib.h>
#include <string.h>

json_t *json_text(struct arena *arena, const char *s)
{
    if (!s)
        return json_null();
    json_t *value = json_string(s);
    /* The store takes no invalid UTF-8; the document stays valid even if it holds some. */
    return value ? value : json_string(utf8_printable(arena, s, true));
}

void json_put_text(struct arena *arena, json_t *object, const char *key, const char *s)
{
    json_object_set_new(object, key, json_text(arena, s));
}

void json_put_texts(struct arena *arena, json_t *object, const char *key,
                    const struct strings *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_text(arena, list->items[i]));
    json_object_set_new(object, key, array);
}

void json_put_time(struct arena *arena, json_t *object, const char *key, int64_t instant,
                   const struct zone *zone)
{
    json_object_set_new(object, key,
                        instant == INSTANT_NEVER
                            ? json_null()
                            : json_string(time_format_rfc3339(arena, instant, zone)));
}

json_t *json_add_object(json_t *array)
{
    json_t *object = json_object();
    json_array_append_new(array, object);
    return object;
}

json_t *json_number_object(struct arena *arena, const struct number *number)
{
    json_t *object = json_object();
    json_put_text(arena, object, "number", number->e164);
    json_put_text(arena, object, "shown", number_shown(arena, number));
    json_object_set_new(object, "toll_free", json_boolean(number->toll_free));
    json_put_text(arena, object, "city", number->city);
    json_put_text(arena, object, "country", number->country);
    json_put_texts(arena, object, "langs", &number->langs);
    json_object_set_new(object, "default", json_boolean(number->is_default));
    return object;
}

static json_t *attendee_addresses(struct arena *arena, const struct attendees *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_text(arena, list->items[i].email));
    return array;
}

/* Who does not know the meeting's present state. */
static json_t *untold_addresses(struct arena *arena, const struct meeting *meeting)
{
    json_t *array = json_array();
    for (size_t i = 0; i < meeting->attendees.count; i++)
        if (attendee_untold(meeting, &meeting->attendees.items[i]))
            json_array_append_new(array, json_text(arena, meeting->attendees.items[i].email));
    return array;
}

static json_t *reply_counts(const struct meeting *meeting)
{
    struct reply_counts counts = meeting_replies(meeting);
    json_t *object = json_object();
    json_object_set_new(object, "yes", json_integer((json_int_t)counts.yes));
    json_object_set_new(object, "no", json_integer((json_int_t)counts.no));
    json_object_set_new(object, "maybe", json_integer((json_int_t)counts.maybe));
    json_object_set_new(object, "open", json_integer((json_int_t)counts.open));
    return object;
}

/* When the meeting is; with `each`, which occurrence of its series this is. */
static void set_span(struct arena *arena, json_t *object, const struct occurrence *occurrence,
                     bool each, const struct zone *zone)
{
    const struct meeting *meeting = occurrence->meeting;
    int64_t start = each ? occurrence->start : meeting->start;
    int64_t end = each ? occurrence->end : meeting->end;
    json_put_time(arena, object, "start", start, zone);
    json_put_time(arena, object, "end", end, zone);
    bool series = meeting->rrule || meeting->rdates.count > 0;
    if (!series)
        return;
    if (each) {
        int64_t by_rule = occurrence->start;
        if (occurrence->recurrence.month)
            zone_instant(zone, occurrence->recurrence, &by_rule);
        json_put_time(arena, object, "occurrence", by_rule, zone);
        json_object_set_new(object, "changed", json_boolean(occurrence_changed(occurrence)));
    } else if (occurrence->start) {
        json_t *nearest = json_object();
        json_put_time(arena, nearest, "start", occurrence->start, zone);
        json_put_time(arena, nearest, "end", occurrence->end, zone);
        json_object_set_new(object, "nearest", nearest);
    }
}

static json_t *foreign_dial_in(struct arena *arena, const struct meeting *meeting)
{
    if (!meeting->foreign_number && !meeting->foreign_id)
        return json_null();
    json_t *object = json_object();
    json_put_text(arena, object, "number", meeting->foreign_number);
    json_put_text(arena, object, "conference_id", meeting->foreign_id);
    return object;
}

json_t *json_meeting_object(struct arena *arena, const struct occurrence *occurrence, bool each,
                            const struct zone_source *zones)
{
    const struct meeting *meeting = occurrence->meeting;
    const char *title = occurrence->title && each ? occurrence->title : meeting->title;
    const char *location = occurrence->location && each ? occurrence->location : meeting->location;
    json_t *object = json_object();
    json_put_text(arena, object, "uid", meeting->uid);
    json_put_text(arena, object, "title", title);
    json_put_text(arena, object, "organizer", meeting->organizer);
    set_span(arena, object, occurrence, each, when_zone(zones, meeting->tz));
    json_put_text(arena, object, "tz", meeting->tz);
    json_object_set_new(object, "all_day", json_boolean(meeting->all_day));
    json_put_text(arena, object, "status", meeting_status_name(meeting->status));
    json_put_text(arena, object, "conference_id", meeting->conference_id);
    json_put_text(arena, object, "id_kind", id_kind_name(meeting->id_kind));
    json_object_set_new(object, "foreign_dial_in", foreign_dial_in(arena, meeting));
    json_put_text(arena, object, "invited_by", meeting->invited_by);
    json_put_text(arena, object, "answer", meeting_answer(meeting));
    json_put_text(arena, object, "risk", risk_name(occurrence->risk));
    json_put_texts(arena, object, "risk_with", &occurrence->risk_with);
    json_object_set_new(object, "risk_with_count",
                        json_integer((json_int_t)occurrence->risk_with_count));
    json_put_text(arena, object, "recurrence", meeting->rrule);
    json_object_set_new(object, "attendees", attendee_addresses(arena, &meeting->attendees));
    json_object_set_new(object, "replies", reply_counts(meeting));
    json_object_set_new(object, "untold", untold_addresses(arena, meeting));
    json_put_text(arena, object, "location", location);
    json_put_text(arena, object, "notes", meeting->notes);
    json_object_set_new(object, "sequence", json_integer(meeting->sequence));
    return object;
}

/*
 * JSON itself asks only for C0 to be escaped. A terminal obeys C1 and bidi controls too, so they
 * are escaped as well; they can stand only within strings here, and all are below U+10000.
 */
static void add_escaped(struct text *text, const char *dump)
{
    const char *end = dump + strlen(dump), *kept = dump;
    while (dump < end) {
        const char *start = dump;
        if (*dump >= ' ' && *dump <= '~') { /* nearly all of it */
            dump++;
            continue;
        }
        int32_t codepoint = utf8_next(&dump, end);
        if (!utf8_unsafe(codepoint))
            continue;
        text_add_n(text, kept, (size_t)(start - kept));
        text_addf(text, "\\u%04x", (unsigned)codepoint & 0xFFFF);
        kept = dump;
    }
    text_add_n(text, kept, (size_t)(end - kept));
}

void json_add(struct text *text, json_t *value)
{
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
    if (!dump)
        die("out of memory: a JSON document could not be written");
    add_escaped(text, dump);
    free(dump);
}

void json_add_text(struct text *text, const char *s)
{
    bool plain = true;
    for (const char *c = s ? s : ""; *c && plain; c++)
        plain = *c >= ' ' && *c <= '~' && *c != '"' && *c != '\\';
    if (!s || !plain) {
        json_add(text, json_text(text->arena, s));
        return;
    }
    text_add_byte(text, '"');
    text_add(text, s);
    text_add_byte(text, '"');
}

char *json_finish(struct arena *arena, json_t *root)
{
    struct text text = text_start(arena);
    json_add(&text, root);
    text_add_byte(&text, '\n');
    return text.bytes;
}
