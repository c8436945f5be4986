/*
 * A stream of VCALENDARs to events: which component the lines belong to. One VEVENT is in memory at
 * a time, beside those that wait for a VTIMEZONE behind them; VTIMEZONEs are boiled down to what
 * tells zones apart; all other components are passed over.
 */
#include "ical_event.h"
#include "ical_lines.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    COMPONENT_MAX = 4 << 20,
    WAITING_MAX = 4 << 20, /* bytes of the events that wait for a VTIMEZONE */
    DEPTH_MAX = 8,
    COMPONENT_NAME_MAX = 64,
    METHOD_NAME_MAX = 40,
    LEFT_OUT_TOLD = 3
};

enum collecting { COLLECTING_NOTHING, COLLECTING_EVENT, COLLECTING_ZONE };

/* What a VCALENDAR says of all its events. */
struct calendar {
    size_t number; /* in the stream */
    enum ical_method method;
    char method_name[METHOD_NAME_MAX];
    const struct zone *floating; /* that it names; NULL: none */
};

/*
 * Events whose time zone no VTIMEZONE has explained so far, as it may stand behind them (RFC 5545,
 * 3.6), and those that come after: all keep their order. They are built when their calendar ends.
 */
struct waiting {
    struct arena *arena; /* of their lines */
    struct VECTOR(struct ical_component) events;
    size_t bytes;
    bool over;                /* the calendar has ended, or they are too many: no more is awaited */
    struct calendar calendar; /* theirs; if over */
    size_t built;             /* of them, if over */
};

struct ical_reader {
    struct ical_reading reading;
    struct arena *arena;           /* of the whole reading, the reader itself too */
    struct arena *component_arena; /* emptied behind each component */
    struct ical_lines lines;
    struct ical_zones zones;

    bool calendar_seen;
    struct calendar calendar;
    bool utf8_seen;  /* beyond ASCII, in this VCALENDAR */
    int other_depth; /* inside components that are passed over */
    struct waiting waiting;

    enum collecting collecting;
    struct ical_component component;
    size_t bytes; /* of the component so far */
    int depth;    /* inner components open */
    char open[DEPTH_MAX][COMPONENT_NAME_MAX];
};

/*
 * --- inside a component ------------------------------------------------------------------------
 */

static void spoil(struct ical_reader *reader, size_t line, const char *why)
{
    if (reader->component.why)
        return;
    reader->component.why = why;
    reader->component.why_line = line;
}

static const char not_utf8[] = "it is not UTF-8";

/*
 * A line that can't be taken: what a meeting can do without is left out of it, and told; without
 * anything else the event is spoiled.
 */
static void line_refuse(struct ical_reader *reader, size_t line, const char *text, const char *why)
{
    struct ical_component *component = &reader->component;
    bool border = ical_line_named(text, "BEGIN") || ical_line_named(text, "END");
    if (border || reader->collecting == COLLECTING_ZONE ||
        (reader->depth == 0 && ical_needed(text))) {
        spoil(reader, line, why);
        return;
    }
    if (component->left_out_count++ < LEFT_OUT_TOLD)
        *vector_push(reader->component_arena, &component->left_out) =
            (struct ical_left_out){line, ical_line_name(reader->component_arena, text), why};
}

/*
 * A calendar is in one character set: if both seem to be in it, what is not UTF-8 is damage, which
 * the lines before the first that is UTF-8 may be too.
 */
static void charsets_part(struct ical_reader *reader)
{
    struct ical_component *component = &reader->component;
    size_t kept = 0;
    if (!component->windows_line || !reader->utf8_seen)
        return;
    for (size_t i = 0; i < component->properties.count; i++) {
        const struct ical_property *property = &component->properties.items[i];
        if (property->windows)
            line_refuse(reader, property->line, property->raw, not_utf8);
        else
            component->properties.items[kept++] = *property;
    }
    component->properties.count = kept;
    component->windows_line = 0;
}

/* Of words that are too long the beginning is kept, as of words that are longer than ours. */
static bool beginning_kept(const struct ical_reader *reader)
{
    static const char *const words[] = {"SUMMARY", "LOCATION", "DESCRIPTION"};
    const struct ical_lines *lines = &reader->lines;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lines->fault == ICAL_LINE_TOO_LONG && reader->depth == 0 &&
            ical_line_named(lines->text.bytes, words[i]))
            return true;
    return false;
}

/* What is wrong with the line that was read, as a line of the component; NULL: nothing. */
static const char *line_fault(const struct ical_reader *reader)
{
    static const char *const faults[] = {[ICAL_LINE_TOO_LONG] = "it is longer than 1 MiB",
                                         [ICAL_LINE_NUL] = "it holds a NUL byte",
                                         [ICAL_LINE_NOT_UTF8] = not_utf8};
    const struct ical_lines *lines = &reader->lines;
    if (lines->fault != ICAL_LINE_SOUND && !beginning_kept(reader))
        return faults[lines->fault];
    if (reader->bytes + lines->text.length > COMPONENT_MAX)
        return "the event is larger than 4 MiB";
    return NULL;
}

/* Keeps a line of the component. */
static void component_add(struct ical_reader *reader)
{
    const struct ical_lines *lines = &reader->lines;
    struct ical_property property = {
        .line = lines->number, .depth = reader->depth, .windows = lines->charset == ICAL_WINDOWS};
    const char *why = line_fault(reader);
    if (!why) {
        const char *line =
            arena_copy_n(reader->component_arena, lines->text.bytes, lines->text.length);
        reader->bytes += lines->text.length;
        why = ical_property_read(reader->component_arena, line, &property);
    }
    if (why) {
        line_refuse(reader, lines->number, lines->text.bytes, why);
        return;
    }
    if (property.windows && !reader->component.windows_line)
        reader->component.windows_line = lines->number;
    *vector_push(reader->component_arena, &reader->component.properties) = property;
}

static void inner_begin(struct ical_reader *reader, const char *name)
{
    if (reader->depth == DEPTH_MAX || strlen(name) >= COMPONENT_NAME_MAX) {
        spoil(reader, reader->lines.number, "its components are nested more than 8 deep");
        return;
    }
    memcpy(reader->open[reader->depth++], name, strlen(name) + 1);
    component_add(reader);
}

static void inner_end(struct ical_reader *reader, const char *name)
{
    if (reader->depth == 0 || strcasecmp(reader->open[reader->depth - 1], name) != 0) {
        spoil(reader, reader->lines.number, "it has an END without its BEGIN");
        return;
    }
    component_add(reader);
    reader->depth--;
}

static const char *own_name(const struct ical_reader *reader)
{
    return reader->collecting == COLLECTING_EVENT ? "VEVENT" : "VTIMEZONE";
}

/*
 * --- a component's end -------------------------------------------------------------------------
 */

static void left_out_tell(struct ical_building *building)
{
    const struct ical_component *component = building->component;
    size_t told = component->left_out.count;
    for (size_t i = 0; i < told; i++) {
        const struct ical_left_out *line = &component->left_out.items[i];
        ical_note(building, "its line %zu%s%s was left out: %s", line->line,
                  line->name[0] ? ", " : "", line->name, line->why);
    }
    if (component->left_out_count > told)
        ical_note(building, "%zu lines more were left out", component->left_out_count - told);
    building->event->lossy = component->left_out_count > 0;
}

static void event_build(struct ical_reader *reader, const struct ical_component *component,
                        struct calendar *calendar, struct arena *arena, struct ical_event *event)
{
    *event = (struct ical_event){.line = component->line,
                                 .uid = "",
                                 .method = calendar->method,
                                 .organizer = "",
                                 .organizer_name = ""};
    event->meeting.title = event->meeting.location = event->meeting.notes = "";
    event->meeting.uid = "";
    struct ical_building building = {.arena = arena,
                                     .scratch = reader->component_arena,
                                     .zones = &reader->zones,
                                     .reading = &reader->reading,
                                     .floating = calendar->floating,
                                     .method_name = calendar->method_name,
                                     .component = component,
                                     .event = event};
    left_out_tell(&building);
    reader->zones.calendar = calendar->number;
    if (component->windows_line)
        ical_note(
            &building,
            "its line %zu is not UTF-8; it was read as Windows-1252, as old programs write it",
            component->windows_line);
    ical_event_build(&building);
}

/*
 * --- events that wait for their zone -----------------------------------------------------------
 */

/* True if a VTIMEZONE behind it might tell what its times mean, or if others wait for one. */
static bool must_wait(struct ical_reader *reader)
{
    const struct ical_component *component = &reader->component;
    if (reader->waiting.over || reader->waiting.events.count > 0)
        return !reader->waiting.over;
    reader->zones.calendar = reader->calendar.number;
    for (size_t i = 0; i < component->properties.count; i++) {
        const struct ical_property *property = &component->properties.items[i];
        const char *id = property->depth == 0 ? ical_parameter(property, "TZID") : NULL;
        if (id && id[0] && !ical_zones_settled(&reader->zones, id))
            return true;
    }
    return false;
}

/* They are built from now on, with what is known. */
static void waiting_end(struct ical_reader *reader)
{
    if (reader->waiting.over)
        return;
    reader->waiting.over = true;
    reader->waiting.calendar = reader->calendar;
}

/* Keeps the event's lines in the arena of those that wait. */
static void wait_add(struct ical_reader *reader)
{
    struct waiting *waiting = &reader->waiting;
    const struct ical_component *component = &reader->component;
    struct ical_component *copy = vector_push(waiting->arena, &waiting->events);
    *copy = *component;
    copy->properties.items = NULL;
    copy->properties.count = copy->properties.capacity = 0;
    for (size_t i = 0; i < component->properties.count; i++) {
        const struct ical_property *from = &component->properties.items[i];
        struct ical_property *property = vector_push(waiting->arena, &copy->properties);
        *property = (struct ical_property){
            .line = from->line, .depth = from->depth, .windows = from->windows};
        ical_property_read(waiting->arena, arena_copy(waiting->arena, from->raw), property);
    }
    copy->left_out.items = NULL;
    copy->left_out.count = copy->left_out.capacity = 0;
    for (size_t i = 0; i < component->left_out.count; i++) {
        struct ical_left_out *line = vector_push(waiting->arena, &copy->left_out);
        *line = component->left_out.items[i];
        line->name = arena_copy(waiting->arena, line->name);
        line->why = arena_copy(waiting->arena, line->why);
    }
    waiting->bytes += reader->bytes;
    if (waiting->bytes > WAITING_MAX)
        waiting_end(reader);
}

/* True if it built one of those that have waited. Behind the last the next calendar's may wait. */
static bool waiting_build(struct ical_reader *reader, struct arena *arena, struct ical_event *event)
{
    struct waiting *waiting = &reader->waiting;
    if (waiting->over && waiting->built < waiting->events.count) {
        event_build(reader, &waiting->events.items[waiting->built++], &waiting->calendar, arena,
                    event);
        /* unless the lines of an event that is cut off still stand there */
        if (reader->collecting == COLLECTING_NOTHING)
            arena_reset(reader->component_arena);
        return true;
    }
    if (waiting->over && waiting->calendar.number != reader->calendar.number) {
        arena_reset(waiting->arena);
        *waiting = (struct waiting){.arena = waiting->arena};
    }
    return false;
}

/* True if it is an event that was built. */
static bool component_end(struct ical_reader *reader, struct arena *arena, struct ical_event *event)
{
    bool built = false;
    charsets_part(reader);
    if (reader->collecting == COLLECTING_ZONE) {
        reader->zones.calendar = reader->calendar.number;
        ical_zones_define(&reader->zones, &reader->component);
    } else if (must_wait(reader)) {
        wait_add(reader);
    } else {
        event_build(reader, &reader->component, &reader->calendar, arena, event);
        built = true;
    }
    reader->collecting = COLLECTING_NOTHING;
    reader->component = (struct ical_component){0};
    arena_reset(reader->component_arena);
    return built;
}

/*
 * --- outside -----------------------------------------------------------------------------------
 */

static void calendar_begin(struct ical_reader *reader)
{
    waiting_end(reader);
    reader->calendar_seen = true;
    reader->calendar =
        (struct calendar){.number = reader->calendar.number + 1, .method = ICAL_NO_METHOD};
    reader->utf8_seen = false;
    reader->other_depth = 0;
}

static void outside_begin(struct ical_reader *reader, const char *name)
{
    bool event = strcasecmp(name, "VEVENT") == 0;
    if (strcasecmp(name, "VCALENDAR") == 0) {
        calendar_begin(reader);
    } else if (event || strcasecmp(name, "VTIMEZONE") == 0) {
        reader->collecting = event ? COLLECTING_EVENT : COLLECTING_ZONE;
        reader->component.line = reader->lines.number;
        reader->calendar_seen = true;
        reader->bytes = 0;
        reader->depth = 0;
        reader->other_depth = 0;
    } else {
        reader->other_depth++;
    }
}

static enum ical_method method_read(const char *value)
{
    static const struct {
        const char *name;
        enum ical_method method;
    } methods[] = {{"PUBLISH", ICAL_PUBLISH},
                   {"REQUEST", ICAL_REQUEST},
                   {"CANCEL", ICAL_CANCEL},
                   {"REPLY", ICAL_REPLY}};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcasecmp(methods[i].name, value) == 0)
            return methods[i].method;
    return ICAL_OTHER_METHOD;
}

/* The calendar's own properties. X-WR-TIMEZONE is what its floating times were meant in. */
static void calendar_property(struct ical_reader *reader)
{
    const char *line = reader->lines.text.bytes;
    if (reader->other_depth > 0 || reader->lines.fault != ICAL_LINE_SOUND)
        return;
    if (strncasecmp(line, "METHOD:", 7) == 0) {
        reader->calendar.method = method_read(line + 7);
        snprintf(reader->calendar.method_name, sizeof reader->calendar.method_name, "%s", line + 7);
    }
    if (strncasecmp(line, "X-WR-TIMEZONE:", 14) == 0) {
        const struct zone *zone = ical_zones_find(&reader->zones, line + 14, 1970);
        reader->calendar.floating = zone ? zone : reader->calendar.floating;
    }
}

/* Keeps a line that is neither an event's nor a zone's, before it is acted upon. */
static void rest_keep(const struct ical_reader *reader, const char *begin, const char *end)
{
    static const char *const written[] = {"VERSION", "PRODID", "CALSCALE", "METHOD"};
    struct ical_rest *rest = reader->reading.rest;
    const struct ical_lines *lines = &reader->lines;
    const char *border = begin ? begin : end ? end : "";
    bool ours = strcasecmp(border, "VCALENDAR") == 0 || strcasecmp(border, "VEVENT") == 0 ||
                strcasecmp(border, "VTIMEZONE") == 0;
    bool within = reader->other_depth > 0;
    if (!rest || (ours && !within) || (end && !within))
        return;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (!within && ical_line_named(lines->text.bytes, written[i]))
            return;
    rest->damaged = rest->damaged || ours || lines->fault != ICAL_LINE_SOUND;
    text_addf(within || begin ? &rest->components : &rest->properties, "%s\n", lines->text.bytes);
}

/*
 * --- line by line ------------------------------------------------------------------------------
 */

/* The component's name if the line is BEGIN:NAME or END:NAME, else NULL. */
static const char *border(const struct ical_lines *lines, const char *word)
{
    size_t n = strlen(word);
    if (lines->fault != ICAL_LINE_SOUND || strncasecmp(lines->text.bytes, word, n) != 0)
        return NULL;
    return lines->text.bytes + n;
}

/* True if a line shows that the component's own END is missing. */
static bool breaks_off(const char *begin, const char *end)
{
    return (begin && (strcasecmp(begin, "VEVENT") == 0 || strcasecmp(begin, "VTIMEZONE") == 0 ||
                      strcasecmp(begin, "VCALENDAR") == 0)) ||
           (end && strcasecmp(end, "VCALENDAR") == 0);
}

/* A line of the component that is collected; true if it ends an event. */
static bool inside_line(struct ical_reader *reader, const char *begin, const char *end,
                        struct arena *arena, struct ical_event *event)
{
    if (end && strcasecmp(end, own_name(reader)) == 0) {
        if (reader->depth > 0)
            spoil(reader, reader->lines.number, "it ends while a component inside it is open");
        return component_end(reader, arena, event);
    }
    if (begin)
        inner_begin(reader, begin);
    else if (end)
        inner_end(reader, end);
    else
        component_add(reader);
    return false;
}

/* True if the line ends an event; one whose own END is missing is ended by what stands next. */
static bool line_take(struct ical_reader *reader, struct arena *arena, struct ical_event *event)
{
    const char *begin = border(&reader->lines, "BEGIN:"), *end = border(&reader->lines, "END:");
    bool found = false;
    if (reader->lines.charset == ICAL_UTF8 && reader->lines.fault == ICAL_LINE_SOUND)
        reader->utf8_seen = true;
    if (reader->collecting != COLLECTING_NOTHING) {
        if (!breaks_off(begin, end))
            return inside_line(reader, begin, end, arena, event);
        spoil(reader, reader->lines.number, "it has no END before this line");
        found = component_end(reader, arena, event);
    }
    rest_keep(reader, begin, end);
    if (begin)
        outside_begin(reader, begin);
    else if (end && strcasecmp(end, "VCALENDAR") == 0)
        waiting_end(reader);
    else if (end)
        reader->other_depth -= reader->other_depth > 0;
    else
        calendar_property(reader);
    return found;
}

/* An event that is cut off is told as one; the fault of the whole comes behind it. */
static enum err source_end(struct ical_reader *reader, struct arena *arena,
                           struct ical_event *event, bool *found, struct error *error)
{
    if (reader->collecting != COLLECTING_NOTHING) {
        spoil(reader, reader->lines.number, "the file ends before it does");
        *found = component_end(reader, arena, event);
    }
    if (reader->reading.rest && reader->other_depth > 0)
        reader->reading.rest->damaged = true;
    if (reader->calendar_seen)
        return ERR_OK;
    return error_set(error, ERR_INVALID, reader->reading.name,
                     reader->lines.wide
                         ? "it is UTF-16; iCalendar is UTF-8: iconv -f UTF-16 -t UTF-8 makes it so"
                         : "it is no iCalendar file (no BEGIN:VCALENDAR in it)");
}

enum err ical_next(struct ical_reader *reader, struct arena *arena, struct ical_event *event,
                   bool *found, struct error *error)
{
    *found = false;
    while (!(*found = waiting_build(reader, arena, event))) {
        bool more;
        enum err err = ical_lines_next(&reader->lines, &more, error);
        if (err)
            return err;
        if (!more && !reader->waiting.over)
            waiting_end(reader);
        else if (!more)
            return source_end(reader, arena, event, found, error);
        else if ((*found = line_take(reader, arena, event)))
            return ERR_OK;
    }
    return ERR_OK;
}

struct ical_reader *ical_reader_start(const struct ical_reading *reading, struct ical_source source)
{
    struct arena *arena = arena_new();
    struct ical_reader *reader = arena_alloc(arena, sizeof *reader);
    reader->arena = arena;
    reader->component_arena = arena_new();
    reader->waiting.arena = arena_new();
    reader->reading = *reading;
    reader->zones = (struct ical_zones){
        .arena = arena, .source = reading->zones, .preferred = reading->floating};
    ical_lines_start(arena, &reader->lines, source);
    return reader;
}

void ical_reader_end(struct ical_reader *reader)
{
    arena_free(reader->component_arena);
    arena_free(reader->waiting.arena);
    arena_free(reader->arena);
}
