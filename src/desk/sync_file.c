/*
 * What a file of a vdir says: its one meeting with the changed occurrences entered, and a hash of
 * that which does not depend on how another program happened to write it.
 */
#include "sync.h"
#include <core/meeting.h>
#include <stdlib.h>
#include <string.h>

/*
 * --- the hash of what a meeting says -----------------------------------------------------------
 */

static int texts_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_sorted(struct text *out, const char *what, struct strings *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, texts_compare);
    for (size_t i = 0; i < list->count; i++)
        text_addf(out, "%s %s\n", what, list->items[i]);
}

/* A rule's parts in any order. */
static void add_rule(struct text *out, const char *rrule)
{
    struct strings parts = {0};
    for (const char *at = rrule ? rrule : ""; *at; at += *at == ';') {
        size_t n = strcspn(at, ";");
        if (n > 0)
            *vector_push(out->arena, &parts) = arena_copy_n(out->arena, at, n);
        at += n;
    }
    add_sorted(out, "rule", &parts);
}

static void add_times(struct text *out, const char *what, const struct local_times *times)
{
    struct strings list = {0};
    for (size_t i = 0; i < times->count; i++)
        *vector_push(out->arena, &list) = local_format_basic(out->arena, times->items[i]);
    add_sorted(out, what, &list);
}

/* NULL (as the series says) is another thing than "". */
static const char *changed(const char *s)
{
    return s ? s : "\x01";
}

static void add_overrides(struct text *out, const struct meeting_overrides *overrides)
{
    struct strings list = {0};
    for (size_t i = 0; i < overrides->count; i++) {
        const struct meeting_override *o = &overrides->items[i];
        *vector_push(out->arena, &list) = arena_format(
            out->arena, "%s %s %lld %d\n%s\n%s\n%s%s",
            local_format_basic(out->arena, o->recurrence), local_format_basic(out->arena, o->start),
            (long long)o->duration, o->cancelled, changed(o->title), changed(o->location),
            changed(o->notes), o->ical ? ical_canonical(out->arena, o->ical) : "");
    }
    add_sorted(out, "occurrence", &list);
}

static void add_attendees(struct text *out, const struct attendees *attendees)
{
    struct strings list = {0};
    for (size_t i = 0; i < attendees->count; i++)
        *vector_push(out->arena, &list) =
            arena_format(out->arena, "%s\n%s", attendees->items[i].email, attendees->items[i].name);
    add_sorted(out, "attendee", &list);
}

void sync_content(const struct meeting *meeting, char out[HASH_SIZE])
{
    struct arena *arena = arena_new();
    struct text text = text_start(arena);
    text_addf(&text, "%s\n%s\n%s\n%s\n", meeting->title, meeting->location, meeting->notes,
              meeting_status_name(meeting->status));
    text_addf(&text, "%s %s %lld %d\n", local_format_basic(arena, meeting->start_local),
              meeting->tz, (long long)meeting->duration, meeting->all_day);
    add_rule(&text, meeting->rrule);
    add_times(&text, "also", &meeting->rdates);
    add_times(&text, "not", &meeting->exdates);
    add_overrides(&text, &meeting->overrides);
    add_attendees(&text, &meeting->attendees);
    text_add(&text, ical_canonical(arena, meeting->ical));
    hash_bytes(text.bytes, text.length, out);
    arena_free(arena);
}

/*
 * --- reading -----------------------------------------------------------------------------------
 */

struct events VECTOR(struct ical_event);

/*
 * One file, one meeting. What is not sound makes the whole file unsound: half of it would be
 * written back.
 */
static const struct ical_event *choose(const struct events *events, const char **why)
{
    const struct ical_event *series = NULL;
    for (size_t i = 0; i < events->count; i++) {
        const struct ical_event *event = &events->items[i];
        if (event->why)
            return event;
        if (strcmp(event->uid, events->items[0].uid) != 0) {
            *why = "it holds more than one meeting; take it in with 'dialdesk import'";
            return event;
        }
        if (!event->is_override && series) {
            *why = "it holds the same meeting twice";
            return event;
        }
        if (!event->is_override)
            series = event;
    }
    if (!series)
        *why = "it changes an occurrence of a series that is not in the file";
    return series ? series : &events->items[0];
}

/* Those that reach all that follow come first, as in an import. */
static enum err merge_events(struct sync_run *run, struct arena *arena, const struct events *events,
                             bool following, struct sync_file *out)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < events->count; i++) {
        const struct ical_event *event = &events->items[i];
        const char *why = NULL;
        if (!event->is_override || event->following != following)
            continue;
        err = import_merge(run->session, arena, &out->event.meeting, out->event.zone, event, &why);
        if (why)
            out->event.why = why;
        if (why)
            out->event.why_line = event->line;
    }
    return err;
}

static enum err take_events(struct sync_run *run, struct arena *arena, const struct events *events,
                            struct sync_file *out)
{
    const char *why = NULL;
    out->empty = events->count == 0;
    if (out->empty)
        return ERR_OK;
    const struct ical_event *series = choose(events, &why);
    out->event = *series;
    if (why) {
        out->event.why = why;
        out->event.why_line = series->line;
    }
    if (out->event.why)
        return ERR_OK;
    enum err err = merge_events(run, arena, events, true, out);
    if (err == ERR_OK)
        err = merge_events(run, arena, events, false, out);
    if (err == ERR_OK && !out->event.why)
        sync_content(&out->event.meeting, out->content);
    return err;
}

static enum err events_read(const struct ical_reading *reading, struct ical_source source,
                            struct arena *arena, struct events *events, struct error *error)
{
    struct ical_reader *reader = ical_reader_start(reading, source);
    enum err err = ERR_OK;
    bool found = true;
    while (!err && found) {
        struct ical_event event;
        err = ical_next(reader, arena, &event, &found, error);
        if (found)
            *vector_push(arena, events) = event;
    }
    ical_reader_end(reader);
    return err;
}

enum err sync_file_read(struct sync_run *run, struct arena *arena, const char *name,
                        const char *bytes, size_t size, struct sync_file *out)
{
    struct session *session = run->session;
    struct error error = {0};
    struct ical_reading reading = {.name = name,
                                   .floating = run->zone,
                                   .zones = session->zones,
                                   .zone_of = session->settings.tz ? NULL : import_zone_of,
                                   .self = &run->import};
    struct ical_source source = {.text = bytes, .length = size};
    struct events events = {0};
    *out = (struct sync_file){.name = name, .event = {.uid = "", .line = 1, .why_line = 1}};
    hash_bytes(bytes, size, out->hash);
    enum err err = events_read(&reading, source, arena, &events, &error);
    if (err == ERR_OK)
        return take_events(run, arena, &events, out);
    if (err != ERR_INVALID) {
        session->error = error;
        return err;
    }
    out->event.why = arena_copy(arena, error.why);
    return ERR_OK;
}
