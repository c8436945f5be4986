/*
 * What an imported event had beside what we model, kept line by line: which of it is written again
 * as it came, and which has become untrue.
 */
#include "html_text.h"
#include "ical_block.h"
#include "ical_dial_in.h"
#include "ical_writer.h"

#include <core/dial_in_text.h>
#include <string.h>
#include <strings.h>

/* An occurrence that was changed here has what the series has; one that came has its own. */
static const char *kept_text(const struct vevent *vevent)
{
    const struct meeting_override *override = vevent->override;
    return override && override->ical ? override->ical : vevent->item->meeting->ical;
}

void ical_kept_read(struct vevent *vevent)
{
    struct arena *arena = vevent->writer->scratch;
    const char *at = kept_text(vevent);
    int depth = -1;
    vevent->kept = (struct ical_component){0};
    while (at && *at) {
        size_t length = strcspn(at, "\r\n");
        struct ical_property property = {0};
        if (!ical_property_read(arena, arena_copy_n(arena, at, length), &property)) {
            bool begin = strcmp(property.name, "BEGIN") == 0,
                 end = strcmp(property.name, "END") == 0;
            depth += begin;
            property.depth = depth;
            depth -= end;
            if (property.depth > 0 || (property.depth == 0 && !begin && !end))
                *vector_push(arena, &vevent->kept.properties) = property;
        }
        at += length;
        at += strspn(at, "\r\n");
    }
    if (depth != -1) /* BEGIN and END do not pair: nothing of it is safe to write */
        vevent->kept.properties.count = 0;
}

const char *ical_kept_person(const struct vevent *vevent, const char *name, const char *email)
{
    for (size_t i = 0; i < vevent->kept.properties.count; i++) {
        const struct ical_property *property = &vevent->kept.properties.items[i];
        if (property->depth > 0 || strcmp(property->name, name) != 0)
            continue;
        bool mailto = strncasecmp(property->value, "mailto:", 7) == 0;
        const char *address = mailto ? property->value + 7 : ical_parameter(property, "EMAIL");
        if (address && strcasecmp(address, email) == 0)
            return property->raw;
    }
    return NULL;
}

const struct ical_property *ical_kept_find(const struct vevent *vevent, const char *name,
                                           const char *value)
{
    for (size_t i = 0; i < vevent->kept.properties.count; i++) {
        const struct ical_property *property = &vevent->kept.properties.items[i];
        if (property->depth == 0 && strcmp(property->name, name) == 0 &&
            (!value || strcmp(property->value, value) == 0))
            return property;
    }
    return NULL;
}

/*
 * The join URL, or what was the join URL: an address that stands in both properties, as only we
 * write it.
 */
static bool kept_join_url(const struct vevent *vevent, const char *value)
{
    return strcmp(value, vevent->item->join_url) == 0 ||
           (ical_kept_find(vevent, "URL", value) && ical_kept_find(vevent, "CONFERENCE", value));
}

/* True if what is kept and the notes, judged as a whole, show another service's dial-in. */
static bool kept_foreign(const struct vevent *vevent)
{
    struct VECTOR(struct dial_in_place) places = {0};
    struct arena *arena = vevent->writer->scratch;
    const struct meeting *meeting = vevent->item->meeting;
    *vector_push(arena, &places) = (struct dial_in_place){.text = meeting->notes};
    *vector_push(arena, &places) = (struct dial_in_place){.text = meeting->location};
    for (size_t i = 0; i < vevent->kept.properties.count; i++)
        *vector_push(arena, &places) =
            (struct dial_in_place){.text = vevent->kept.properties.items[i].raw};
    return dial_in_judge(arena, NULL, places.items, places.count).kind == DIAL_IN_FOREIGN;
}

/* True if a kept property shows a conference ID that is not this meeting's. */
static bool other_id(const struct vevent *vevent, const struct ical_property *property)
{
    const char *id = vevent->item->meeting->conference_id;
    char digits[ID_SIZE];
    struct dial_in_found found =
        dial_in_read(ical_text_read(vevent->writer->scratch, property->value));
    if (found.sign != DIAL_IN_NO_SIGN)
        return !id || strcmp(id, found.conference_id) != 0;
    return strncmp(property->name, "X-", 2) == 0 &&
           conference_id_normalize(property->value, digits) &&
           dial_in_place_of(property->name) == DIAL_IN_PLACE_ID && (!id || strcmp(id, digits) != 0);
}

bool ical_as_it_came(const struct vevent *vevent, const char *name, const char *value)
{
    const struct ical_property *kept = ical_kept_find(vevent, name, NULL);
    return kept && strcmp(kept->value, ical_block_mark(vevent->writer->scratch, value)) == 0;
}

/* True if the description in HTML shows another ID than the meeting's, or none to the invited. */
static bool html_misleads(const struct vevent *vevent, const struct ical_property *html)
{
    struct arena *arena = vevent->writer->scratch;
    const char *text = html_text(arena, ical_text_read(arena, html->value));
    const char *id = vevent->item->meeting->conference_id;
    if (id && dial_in_shows(text, id))
        return false;
    return vevent->writer->writing.method != ICAL_NO_METHOD ||
           dial_in_read(text).sign != DIAL_IN_NO_SIGN;
}

/*
 * The description in HTML, which nothing here changes: it goes where the text was changed. It
 * stays beside our block, which it need not have.
 */
static bool html_outdated(const struct vevent *vevent, const struct ical_property *html)
{
    const char *text = vevent->description, *notes = vevent->notes;
    bool described = ical_kept_find(vevent, "DESCRIPTION", NULL);
    if (described && ical_as_it_came(vevent, "DESCRIPTION", text))
        return false;
    if (described ? !ical_as_it_came(vevent, "DESCRIPTION", notes)
                  : notes[0] && !meeting_foreign(vevent->item->meeting))
        return true;
    return text != notes && html_misleads(vevent, html);
}

bool ical_kept_outdated(const struct vevent *vevent, const struct ical_property *property)
{
    if (strcmp(property->name, "X-ALT-DESC") == 0)
        return html_outdated(vevent, property);
    if (meeting_foreign(vevent->item->meeting) && ical_of_others(property))
        return strcmp(property->name, "ORGANIZER") == 0;
    if (ical_unaddressed(property)) /* an occurrence's own people have been written already */
        return vevent->writer->writing.method == ICAL_REPLY ||
               ical_kept_find(vevent, ICAL_OWN_PEOPLE, NULL);
    bool url = strcmp(property->name, "URL") == 0, link = strcmp(property->name, "CONFERENCE") == 0;
    if (ical_modelled(property) && strcmp(property->name, "STATUS") != 0 && !link)
        return true;
    if (strcmp(property->name, "STATUS") == 0)
        return vevent->item->meeting->status == MEETING_CANCELLED;
    if (link && ical_modelled(property) && !ical_conference_for_callers(property))
        return false;
    if (link && ical_modelled(property) && vevent->item->dial_string)
        return !kept_foreign(vevent);
    if (vevent->item->join_url && (url || link) && kept_join_url(vevent, property->value))
        return true;
    if (meeting_foreign(vevent->item->meeting))
        return false;
    return other_id(vevent, property) && !kept_foreign(vevent);
}
