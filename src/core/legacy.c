/* Who is left on static IDs. */
#include <core/legacy.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *domain_of(const char *address)
{
    const char *at = strrchr(address, '@');
    return at ? at + 1 : "";
}

static bool is_line_of(const struct legacy_line *line, const struct meeting *meeting)
{
    return strcmp(line->organizer, meeting->organizer) == 0 &&
           strcmp(line->static_id, meeting->conference_id) == 0;
}

static int compare_addresses(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* How many different ones there are. */
static int addresses_count(struct strings *addresses)
{
    int count = 0;
    items_sort(addresses->items, addresses->count, sizeof *addresses->items, compare_addresses);
    for (size_t i = 0; i < addresses->count; i++)
        count += i == 0 || strcasecmp(addresses->items[i - 1], addresses->items[i]) != 0;
    return count;
}

static void add_outside(struct arena *arena, const struct meeting *meeting, struct strings *outside)
{
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        const char *address = meeting->attendees.items[i].email;
        if (strcasecmp(domain_of(address), domain_of(meeting->organizer)) != 0)
            *vector_push(arena, outside) = address;
    }
}

void legacy_summarize(struct arena *arena, const struct occurrences *list, struct legacy_lines *out)
{
    struct legacy_line *line = NULL;
    struct strings outside = {0}; /* of this line */
    for (size_t i = 0; i < list->count; i++) {
        const struct meeting *meeting = list->items[i].meeting;
        if (!line || !is_line_of(line, meeting)) {
            line = vector_push(arena, out);
            *line = (struct legacy_line){.organizer = meeting->organizer,
                                         .static_id = meeting->conference_id,
                                         .last = meeting->span_end,
                                         .last_meeting = meeting};
            outside.count = 0;
        }
        line->meetings++;
        line->at_risk += list->items[i].risk > RISK_LEGACY;
        if (meeting->span_end > line->last) {
            line->last = meeting->span_end;
            line->last_meeting = meeting;
        }
        add_outside(arena, meeting, &outside);
        if (i + 1 == list->count || !is_line_of(line, list->items[i + 1].meeting))
            line->outside = addresses_count(&outside);
    }
}

static int compare_organizers(const void *a, const void *b)
{
    const struct legacy_line *one = a, *other = b;
    return strcmp(one->organizer, other->organizer);
}

void legacy_by_organizer(struct arena *arena, const struct legacy_lines *lines,
                         struct legacy_lines *out)
{
    struct legacy_line *sum = NULL;
    for (size_t i = 0; i < lines->count; i++) {
        const struct legacy_line *line = &lines->items[i];
        if (!sum || strcmp(sum->organizer, line->organizer) != 0) {
            sum = vector_push(arena, out);
            *sum = *line;
            continue;
        }
        sum->meetings += line->meetings;
        sum->at_risk += line->at_risk;
        if (line->last > sum->last) {
            sum->last = line->last;
            sum->last_meeting = line->last_meeting;
        }
    }
    items_sort(out->items, out->count, sizeof *out->items, compare_organizers);
}

const struct legacy_line *legacy_find(const struct legacy_lines *lines, const char *organizer)
{
    const struct legacy_line key = {.organizer = organizer};
    if (lines->count == 0)
        return NULL;
    return bsearch(&key, lines->items, lines->count, sizeof *lines->items, compare_organizers);
}
