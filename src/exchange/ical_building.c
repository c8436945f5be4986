/*
 * What the files that build an event share: which properties are modelled, and how a fault or a
 * note gets into the event.
 */
#include "ical_event.h"

#include "ical_block.h"

#include <base/utf8.h>
#include <string.h>
#include <strings.h>

enum { WHY_MAX = 500 }; /* bytes of a reason */

const struct ical_known_name ical_known_names[KNOWN_COUNT] = {
    [KNOWN_UID] = {"UID", true},
    [KNOWN_DTSTART] = {"DTSTART", true},
    [KNOWN_DTEND] = {"DTEND", true},
    [KNOWN_DURATION] = {"DURATION", true},
    [KNOWN_RRULE] = {"RRULE", true},
    [KNOWN_RECURRENCE_ID] = {"RECURRENCE-ID", true},
    [KNOWN_SUMMARY] = {"SUMMARY", false},
    [KNOWN_LOCATION] = {"LOCATION", false},
    [KNOWN_DESCRIPTION] = {"DESCRIPTION", false},
    [KNOWN_STATUS] = {"STATUS", false},
    [KNOWN_SEQUENCE] = {"SEQUENCE", false},
    [KNOWN_ORGANIZER] = {"ORGANIZER", false},
    [KNOWN_CREATED] = {"CREATED", false},
    [KNOWN_LAST_MODIFIED] = {"LAST-MODIFIED", false},
    [KNOWN_DTSTAMP] = {"DTSTAMP", false},
    [KNOWN_CONFERENCE] = {"CONFERENCE", false},
    [KNOWN_HTML] = {"X-ALT-DESC", false},
    [KNOWN_ALL_DAY] = {"X-MICROSOFT-CDO-ALLDAYEVENT", false},
    [KNOWN_BLOCK] = {ICAL_BLOCK_MARK, false},
    [KNOWN_OWN_PEOPLE] = {ICAL_OWN_PEOPLE, false},
};

static const char *const list_names[] = {"EXDATE", "RDATE", "ATTENDEE", "EXRULE"};

int ical_known_find(const struct ical_property *property)
{
    for (int i = 0; i < KNOWN_COUNT; i++)
        if (strcmp(ical_known_names[i].name, property->name) == 0)
            return i == KNOWN_CONFERENCE && strncasecmp(property->value, "tel:", 4) != 0 ? -1 : i;
    return -1;
}

bool ical_modelled(const struct ical_property *property)
{
    return word_find(list_names, sizeof list_names / sizeof *list_names, property->name) >= 0 ||
           ical_known_find(property) >= 0;
}

bool ical_needed(const char *line)
{
    static const char *const needed[] = {"STATUS", "ORGANIZER", "EXDATE", "RDATE", "EXRULE"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (ical_line_named(line, needed[i]))
            return true;
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (ical_known_names[i].once && ical_line_named(line, ical_known_names[i].name))
            return true;
    return false;
}

bool ical_of_others(const struct ical_property *property)
{
    int known = ical_known_find(property);
    return known == KNOWN_ORGANIZER || known == KNOWN_CONFERENCE || known == KNOWN_HTML ||
           known == KNOWN_BLOCK;
}

char *ical_copy_cut(struct arena *arena, const char *text, size_t limit)
{
    return arena_copy_n(arena, text, strlen(text) > limit ? utf8_cut(text, limit) : limit);
}

/* A report may hold many of them, and a value that is quoted in one may be a megabyte. */
bool ical_fault(struct ical_building *building, const struct ical_property *property,
                const char *format, ...)
{
    struct ical_event *event = building->event;
    if (event->why)
        return false;
    va_list args;
    va_start(args, format);
    const char *why = arena_vformat(building->scratch, format, args);
    va_end(args);
    event->why = ical_copy_cut(building->arena, why, WHY_MAX);
    event->why_line = property ? property->line : event->line;
    return false;
}

void ical_note(struct ical_building *building, const char *format, ...)
{
    struct ical_event *event = building->event;
    va_list args;
    va_start(args, format);
    const char *note = arena_vformat(building->arena, format, args);
    va_end(args);
    event->note = event->note ? arena_format(building->arena, "%s; %s", event->note, note) : note;
}
