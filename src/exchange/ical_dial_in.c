/*
 * Where an event may have a dial-in: our own block first, then what is meant for machines, then
 * the texts that people read.
 */
#include "ical_dial_in.h"

#include "html_text.h"
#include <base/ascii.h>
#include <string.h>
#include <strings.h>

enum { OTHERS_MAX = 32 }; /* properties of an event that are looked at beside the known ones */

struct places VECTOR(struct dial_in_place);

bool ical_conference_for_callers(const struct ical_property *property)
{
    const char *features = ical_parameter(property, "FEATURE");
    if (!features)
        return true;
    return (list_has(features, ",", "PHONE") || list_has(features, ",", "AUDIO")) &&
           !list_has(features, ",", "MODERATOR");
}

/*
 * --- one property ------------------------------------------------------------------------------
 */

/* Some programs write HTML where plain text belongs; "<https://…>" in plain text is no tag. */
static bool holds_html(const char *text)
{
    if (strcasestr(text, "<http") || strcasestr(text, "<tel:"))
        return false;
    if (!strchr(text, '<')) /* one paragraph that lost its tags */
        return !strchr(text, '\n') && strstr(text, "&nbsp;");
    return strcasestr(text, "<br") || strcasestr(text, "</");
}

static bool is_html(const struct ical_property *property)
{
    const char *type = ical_parameter(property, "FMTTYPE");
    return strcmp(property->name, "X-ALT-DESC") == 0 ||
           (type && strcasecmp(type, "text/html") == 0);
}

/* A byte that is written "%3C"; -1 if none is at s. */
static int escaped_byte(const char *s)
{
    int high = *s == '%' ? hex_value(s[1]) : -1, low = high < 0 ? -1 : hex_value(s[2]);
    return low < 0 ? -1 : high * 16 + low;
}

/*
 * Another form of a text within its own parameter: ALTREP="data:text/html,%3Cbody%3E...", as
 * Thunderbird writes it. NULL: none, or one that stands elsewhere.
 */
static const char *altrep(const struct ical_building *building,
                          const struct ical_property *property)
{
    static const char html[] = "data:text/html";
    const char *value = property ? ical_parameter(property, "ALTREP") : NULL;
    if (!value || strncasecmp(value, html, strlen(html)) != 0)
        return NULL;
    value += strcspn(value, ",");
    struct text text = text_start(building->scratch);
    for (value += *value == ','; *value; value++) {
        int byte = escaped_byte(value);
        text_add_byte(&text, byte > 0 ? (char)byte : *value);
        value += byte > 0 ? 2 : 0;
    }
    return html_text(building->scratch, text.bytes);
}

static const char *readable(const struct ical_building *building,
                            const struct ical_property *property)
{
    char *text = ical_text_read(building->scratch, property->value);
    return is_html(property) || holds_html(text) ? html_text(building->scratch, text) : text;
}

static void place_add(struct ical_building *building, struct places *places,
                      enum dial_in_place_kind kind, const char *name, const char *text)
{
    if (text[0])
        *vector_push(building->scratch, places) = (struct dial_in_place){kind, name, text};
}

/*
 * What a telephone dials ends with the ID, its '#' left out or not:
 * "tel:+1-412-555-0123,,,654321".
 */
static void conference_add(struct ical_building *building, struct places *places,
                           const struct ical_property *property)
{
    const char *label = ical_parameter(property, "LABEL");
    char *text = ical_text_read(building->scratch, property->value);
    size_t length = strlen(text);
    if (strncasecmp(text, "tel:", 4) == 0 && ascii_digit(text[length - 1]))
        text = arena_format(building->scratch, "%s#", text);
    if (label) /* "Conference ID: 4711" */
        text = arena_format(building->scratch, "%s\n%s", text, label);
    place_add(building, places,
              ical_conference_for_callers(property) ? DIAL_IN_PLACE_TEXT : DIAL_IN_PLACE_SIGN,
              property->name, text);
}

/* A vendor's property: with its name, which may be a sign of its own. */
static void vendor_add(struct ical_building *building, struct places *places,
                       const struct ical_property *property)
{
    enum { LOOKED_AT = 8192 }; /* bytes */
    enum dial_in_place_kind kind = dial_in_place_of(property->name);
    const char *text = kind == DIAL_IN_PLACE_TEXT
                           ? arena_copy_n(building->scratch, property->raw, LOOKED_AT)
                           : property->value;
    place_add(building, places, kind, property->name, text);
    if (kind == DIAL_IN_PLACE_ID)
        place_add(building, places, DIAL_IN_PLACE_SIGN, property->name, property->name);
}

/*
 * --- all of them -------------------------------------------------------------------------------
 */

static void others_add(struct ical_building *building, struct places *places, bool conferences)
{
    int left = OTHERS_MAX;
    for (size_t i = 0; i < building->component->properties.count && left > 0; i++) {
        const struct ical_property *property = &building->component->properties.items[i];
        bool conference = strcmp(property->name, "CONFERENCE") == 0;
        if (property->depth > 0 || conference != conferences)
            continue;
        bool known = ical_modelled(property) && !conference;
        bool vendor = strncmp(property->name, "X-", 2) == 0 && !known;
        if (conference)
            conference_add(building, places, property);
        else if (vendor)
            vendor_add(building, places, property);
        else if (strcmp(property->name, "URL") == 0 ||
                 strcmp(property->name, "STYLED-DESCRIPTION") == 0)
            place_add(building, places, DIAL_IN_PLACE_TEXT, property->name,
                      readable(building, property));
        else
            continue;
        left--;
    }
}

/* The IDs that properties of their own hold go before all texts. */
static void machines_first(struct places *places)
{
    size_t first = 0;
    for (size_t i = 0; i < places->count; i++) {
        struct dial_in_place place = places->items[i];
        if (place.kind != DIAL_IN_PLACE_ID && place.kind != DIAL_IN_PLACE_OURS)
            continue;
        memmove(&places->items[first + 1], &places->items[first], (i - first) * sizeof place);
        places->items[first++] = place;
    }
}

static struct places places_find(struct ical_building *building)
{
    static const struct {
        enum ical_known known;
        const char *name;
    } words[] = {
        {KNOWN_DESCRIPTION, "plain text"}, {KNOWN_LOCATION, "place"}, {KNOWN_HTML, "HTML text"}};
    struct places places = {0};
    if (building->event->dial_in_block)
        place_add(building, &places, DIAL_IN_PLACE_OURS, "dial-in block",
                  building->event->dial_in_block);
    others_add(building, &places, true);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (building->known[words[i].known])
            place_add(building, &places, DIAL_IN_PLACE_TEXT, words[i].name,
                      readable(building, building->known[words[i].known]));
    const char *html = altrep(building, building->known[KNOWN_DESCRIPTION]);
    if (html)
        place_add(building, &places, DIAL_IN_PLACE_TEXT, "HTML text", html);
    others_add(building, &places, false);
    machines_first(&places);
    return places;
}

/* The judging's working memory goes with the component; what it found stays with the event. */
static struct dial_in dial_in_copy(struct arena *arena, const struct dial_in *from)
{
    struct dial_in copy = {.kind = from->kind,
                           .heading = from->heading,
                           .conference_id = arena_copy(arena, from->conference_id),
                           .number = arena_copy(arena, from->number),
                           .service = arena_copy(arena, from->service)};
    for (size_t i = 0; i < from->numbers.count; i++)
        *vector_push(arena, &copy.numbers) = arena_copy(arena, from->numbers.items[i]);
    for (size_t i = 0; i < from->asides.count; i++) {
        struct dial_in_aside *aside = vector_push(arena, &copy.asides);
        *aside = from->asides.items[i];
        aside->conference_id = arena_copy(arena, aside->conference_id);
        aside->place = arena_copy(arena, aside->place);
    }
    return copy;
}

void ical_dial_in_read(struct ical_building *building)
{
    struct meeting *meeting = &building->event->meeting;
    struct places places = places_find(building);
    struct dial_in *dial_in = &building->event->dial_in;
    struct dial_in judged =
        dial_in_judge(building->scratch, building->reading->numbers, places.items, places.count);
    *dial_in = dial_in_copy(building->arena, &judged);
    if (dial_in->heading && !building->event->foreign)
        ical_note(building, "it has a heading for joining by phone, and no conference ID that "
                            "could be read");
    if (dial_in->kind != DIAL_IN_OURS)
        return;
    meeting->conference_id = dial_in->conference_id;
    meeting->id_kind = ID_KIND_STATIC;
}
