/*
 * What a caller is told, in the words of a language: sentences of data/caller with the ID, the
 * times, and what else core lets be named put in. What comes from the store is made safe to print
 * and cut if it is long.
 */
#include "labels.h"

#include <base/utf8.h>
#include <show/print.h>
#include <string.h>

enum {
    NAME_MAX_BYTES = 120, /* what is longer nobody reads out */
    BLANKS = 12
};

/* Safe to print, on one line, cut at a character's end if it is long. */
static const char *readable(struct arena *arena, const char *s)
{
    const char *end = s + strlen(s), *cut = s;
    if (end - s <= NAME_MAX_BYTES)
        return utf8_shown(arena, s, false);
    for (const char *next = s; next - s <= NAME_MAX_BYTES; utf8_next(&next, end))
        cut = next;
    return utf8_shown(arena, arena_format(arena, "%s…", arena_copy_n(arena, s, (size_t)(cut - s))),
                      false);
}

/* " London time" of Europe/London; "UTC" is no place, and some languages have a word for a city. */
static const char *zone_words(const struct labels *labels, const struct zone *zone)
{
    struct arena *arena = labels->arena;
    const char *name = zone_name(zone), *slash = strrchr(name, '/');
    const char *city = slash ? slash + 1 : name;
    const char *own = labels_own(labels, arena_format(arena, "zone.%s", city));
    if (own)
        return own;
    own = labels_own(labels, arena_format(arena, "place.%s", city));
    char *plain = arena_copy(arena, city);
    for (char *at = plain; *at; at++)
        if (*at == '_')
            *at = ' ';
    const struct blank place[] = {{"{place}", own ? own : plain}, {NULL, NULL}};
    return labels_fill(arena, labels_find(labels, "zone"), place);
}

static const char *clock_words(const struct labels *labels, struct local_time local)
{
    struct arena *arena = labels->arena;
    int half = local.hour % 12;
    /* Chinese has more parts of the day than two */
    const char *part = labels_own(labels, arena_format(arena, "half_%d", local.hour));
    const struct blank blanks[] = {
        {"{hour}", arena_format(arena, "%d", local.hour)},
        {"{hour0}", arena_format(arena, "%d", half)},
        {"{hour12}", arena_format(arena, "%d", half ? half : 12)},
        {"{minute}", arena_format(arena, "%02d", local.minute)},
        {"{minutes}", arena_format(arena, "%d", local.minute)},
        {"{half}", part ? part : labels_find(labels, local.hour < 12 ? "am" : "pm")},
        {NULL, NULL},
    };
    const char *key = local.minute ? "clock" : "clock_full";
    /* "12 noon", "a la 1:15" */
    const char *own = labels_own(labels, arena_format(arena, "%s_%d", key, local.hour));
    return labels_fill(arena, own ? own : labels_find(labels, key), blanks);
}

/* "today at 9:45 am Berlin time"; "on Tuesday, 24 November at ..." */
static const char *time_words(const struct labels *labels, const struct lookup *lookup,
                              int64_t instant, bool with_zone)
{
    struct arena *arena = labels->arena;
    const struct zone *zone = lookup->zone ? lookup->zone : zone_utc();
    if (instant == INSTANT_NEVER)
        return "";
    struct local_time local = zone_read(zone, instant).local;
    struct local_time today = local_midnight(zone_read(zone, lookup->at).local);
    struct local_time day = local_midnight(local);
    const char *key = today.year == day.year ? "day" : "day_year";
    if (local_compare(day, today) == 0)
        key = "today";
    else if (local_compare(day, local_add_days(today, 1)) == 0)
        key = "tomorrow";
    const struct blank blanks[] = {
        {"{weekday}", labels_word(labels, "weekdays", local_weekday(day))},
        {"{day}", labels_day(labels, day.day)},
        {"{month}", labels_word(labels, "months", day.month - 1)},
        {"{year}", arena_format(arena, "%d", day.year)},
        {"{clock}", clock_words(labels, local)},
        {"{zone}", with_zone ? zone_words(labels, zone) : ""},
        {NULL, NULL},
    };
    return labels_fill(arena, labels_find(labels, key), blanks);
}

/* The sentence that core chose, in words. */
static const char *sentence(const struct labels *labels, const struct lookup *lookup,
                            const struct saying *saying)
{
    struct arena *arena = labels->arena;
    bool telling = strncmp(saying->key, "tell.", 5) == 0;
    const char *title = saying->title && *saying->title ? readable(arena, saying->title)
                                                        : labels_find(labels, "untitled");
    struct blank blanks[BLANKS] = {
        {"{id}", conference_id_valid(saying->id) ? conference_id_group(arena, saying->id)
                                                 : readable(arena, saying->id)},
        {"{title}", title},
        {"{organizer}", saying->organizer ? readable(arena, saying->organizer) : ""},
        {"{number}", saying->number ? readable(arena, number_format(arena, saying->number)) : ""},
        {"{when}", time_words(labels, lookup, saying->when, true)},
        {"{from}", time_words(labels, lookup, saying->from, saying->when == INSTANT_NEVER)},
        {NULL, NULL},
    };
    /* before the check the organization may let the organizer and the title stand beside the ID */
    if (!telling && saying->organizer && *saying->id)
        blanks[0].text = labels_fill(
            arena, labels_find(labels, saying->title ? "of_title" : "of_organizer"), blanks);
    return labels_fill(arena, labels_find(labels, saying->key), blanks);
}

static void add_telling(const struct labels *labels, struct lookup *lookup,
                        const struct occurrence *occurrence, const char *id, bool moved)
{
    struct saying saying = lookup_telling(lookup, occurrence, id, moved);
    *vector_push(labels->arena, &lookup->tellings) =
        (struct telling){occurrence, sentence(labels, lookup, &saying)};
}

static void add_tellings_of_near(const struct labels *labels, struct lookup *lookup,
                                 const struct near_misses *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].occurrence.meeting)
            add_telling(labels, lookup, &list->items[i].occurrence, list->items[i].conference_id,
                        false);
}

void lookup_put_into_words(struct arena *arena, struct lookup *lookup, const char *lang)
{
    struct labels labels = labels_open(arena, "caller", lang, NULL);
    struct saying saying = lookup_saying(lookup);
    lookup->lang = lang;
    lookup->say = sentence(&labels, lookup, &saying);
    lookup->tellings = (struct tellings){0};
    for (size_t i = 0; i < lookup->meetings.count; i++) {
        const struct occurrence *occurrence = &lookup->meetings.items[i];
        /* digits of no ID of ours led to the meeting: its own is told */
        const char *id =
            lookup->record ? lookup->conference_id : occurrence->meeting->conference_id;
        add_telling(&labels, lookup, occurrence, id, false);
    }
    for (size_t i = 0; i < lookup->moved.count; i++)
        add_telling(&labels, lookup, &lookup->moved.items[i].occurrence,
                    lookup->moved.items[i].new_id, true);
    add_tellings_of_near(&labels, lookup, &lookup->near);
    add_tellings_of_near(&labels, lookup, &lookup->beginning);
}

const char *caller_sentence(struct arena *arena, const char *key, const char *lang)
{
    struct labels labels = labels_open(arena, "caller", lang, NULL);
    return labels_find(&labels, key);
}

const char *lookup_holds_words(struct arena *arena, const struct lookup *lookup)
{
    const struct number *number = lookup->number;
    switch (lookup->holds) {
    case HOLDS_NOTHING_ELSE:
        break;
    case HOLDS_OUR_NUMBER:
        return arena_format(arena, "our dial-in number%s%s", *number->city ? ", " : "",
                            utf8_shown(arena, number->city, false));
    case HOLDS_APP_ID:
        return "the app's meeting ID, of the meetings below";
    case HOLDS_UID:
        return arena_format(
            arena, "a meeting's UID: 'dialdesk show %s' tells of it, if it is in the store",
            utf8_shown(arena, lookup->query, false));
    case HOLDS_FOREIGN_ID:
        return "an ID of another conferencing service, of the meetings below";
    case HOLDS_FOREIGN_NUMBER:
        return "a telephone number of another conferencing service, of the meetings below";
    case HOLDS_PASSCODE:
        return arena_format(arena, "the passcode of %s's third-party provider",
                            utf8_shown(arena, lookup->organizer->email, false));
    case HOLDS_THIRD_PARTY:
        return arena_format(arena, "the telephone number of %s's third-party provider",
                            utf8_shown(arena, lookup->organizer->email, false));
    }
    return NULL;
}

const char *lookup_replaced_words(struct arena *arena, const struct lookup *lookup)
{
    if (!lookup->replaced_by || lookup->moved.count < 2)
        return lookup->replaced_by;
    return arena_format(arena, "%s and %zu more", lookup->replaced_by, lookup->moved.count - 1);
}
