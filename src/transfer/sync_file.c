/*
 * What a file of a vdir says: its one meeting with the changed occurrences entered, and a hash of
 * that which does not depend on how another program happened to write it.
 */
#include "sync.h"
#include <core/meeting_compare.h>
#include <string.h>

bool hashes_equal(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

void sync_content(const struct meeting *meeting, char out[HASH_SIZE])
{
    struct arena *arena = arena_new();
    struct meeting plain = *meeting;
    plain.ical = ical_canonical(arena, meeting->ical);
    vector_copy(arena, &plain.overrides, &meeting->overrides);
    for (size_t i = 0; i < plain.overrides.count; i++) {
        struct meeting_override *override = &plain.overrides.items[i];
        if (override->ical)
            override->ical = ical_canonical(arena, override->ical);
    }
    struct text text = meeting_content(arena, &plain);
    hash_bytes(text.bytes, text.length, out);
    arena_free(arena);
}

/*
 * --- reading -----------------------------------------------------------------------------------
 */

/*
 * One file, one meeting: gives it, or an occurrence that is there without it, or the event that is
 * at fault. What is not sound makes the whole file unsound: half of it would be written back.
 */
static const struct ical_event *file_meeting(const struct import_batch *batch, const char **why)
{
    const struct ical_event *series = NULL, *lone = NULL, *first = &batch->items[0].event;
    for (size_t i = 0; i < batch->count; i++) {
        const struct ical_event *event = &batch->items[i].event;
        *why = event->why;
        if (strcmp(event->uid, first->uid) != 0 && !*why)
            *why = "it holds more than one meeting; take it in with 'dialdesk import'";
        if (!event->is_override && series && !*why)
            *why = "it holds the same meeting twice";
        if (*why)
            return event;
        if (!event->is_override)
            series = event;
        else if (!lone && event->meeting.status != MEETING_CANCELLED)
            lone = event;
    }
    if (!series && !lone)
        *why = "it cancels an occurrence of a series that is not in the file";
    return series ? series : lone ? lone : first;
}

static void set_why(struct ical_event *event, const char *why, size_t line)
{
    event->why = why;
    event->why_line = line;
}

/*
 * What would be lost if the file were written again, in formatted text. A task's zone stands in a
 * VTIMEZONE, and the only one that is written is the meeting's.
 */
static const char *why_lossy(struct arena *arena, const struct import_batch *batch,
                             const struct sync_file *file)
{
    const char *zone = arena_format(arena, "TZID=%s:", file->event.meeting.tz);
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].event.lossy)
            return arena_copy(arena, batch->items[i].event.note);
    if (file->rest.damaged)
        return "it holds damaged lines beside its meeting";
    for (const char *at = file->rest.components.bytes; (at = strstr(at, "TZID=")); at++)
        if (strncmp(at, zone, strlen(zone)) != 0 || file->event.meeting.all_day)
            return "it holds a task in another time zone than its meeting's";
    return NULL;
}

static enum err batch_take(struct sync_run *run, struct arena *arena, struct import_batch *batch,
                           struct sync_file *out)
{
    const char *why = NULL;
    out->empty = batch->count == 0;
    if (out->empty)
        return ERR_OK;
    out->event = *file_meeting(batch, &why);
    if (why && !out->event.why)
        set_why(&out->event, why, out->event.line);
    if (why)
        return ERR_OK;
    if (out->event.is_override)
        out->event = ical_lone(arena, &out->event);
    enum err err = import_merge_all(arena, batch, &out->event, &run->session->error);
    if (err)
        return err;
    for (size_t i = 0; i < batch->count; i++) {
        const struct ical_event *event = &batch->items[i].event;
        if (event->why)
            set_why(&out->event, event->why, event->why_line);
    }
    if (!out->event.why)
        sync_content(&out->event.meeting, out->content);
    out->lossy = why_lossy(arena, batch, out);
    return ERR_OK;
}

static enum err batch_read(const struct ical_reading *reading, struct ical_source source,
                           struct arena *arena, struct import_batch *batch, struct error *error)
{
    struct ical_reader *reader = ical_reader_start(reading, source);
    enum err err = ERR_OK;
    bool found = true;
    while (!err && found) {
        struct import_event item = {0};
        err = ical_next(reader, arena, &item.event, &found, error);
        if (found)
            *vector_push(arena, batch) = item;
    }
    ical_reader_end(reader);
    return err;
}

enum err sync_file_read(struct sync_run *run, struct arena *arena, const char *name,
                        const char *bytes, size_t size, struct sync_file *out)
{
    struct session *session = run->session;
    struct error error = {0};
    *out = (struct sync_file){
        .name = name,
        .event = {.uid = "", .line = 1, .why_line = 1},
        .rest = {.properties = text_start(arena), .components = text_start(arena)}};
    struct ical_reading reading = {.name = name,
                                   .floating = run->zone,
                                   .zones = session->zones,
                                   .zone_of = session->settings.tz ? NULL : import_zone_of,
                                   .foreign = import_foreign,
                                   .numbers = &run->import.writer->numbers,
                                   .self = &run->import,
                                   .rest = &out->rest};
    struct ical_source source = {.text = bytes, .length = size};
    struct import_batch batch = {0};
    hash_bytes(bytes, size, out->hash);
    enum err err = batch_read(&reading, source, arena, &batch, &error);
    if (!err)
        return batch_take(run, arena, &batch, out);
    if (err == ERR_INVALID) { /* it is no iCalendar */
        out->event.why = arena_copy(arena, error.why);
        return ERR_OK;
    }
    session->error = error;
    return err;
}
