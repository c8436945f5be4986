/*
 * Comparisons of meetings: for an import (is it the same?), for a sync (a text to hash) and for the
 * history (what was changed).
 */
#include <core/meeting_compare.h>
#include <string.h>

/* --- is it the same? --- */

static bool same_times(const struct local_times *a, const struct local_times *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (local_compare(a->items[i], b->items[i]) != 0)
            return false;
    }
    return true;
}

static bool same_attendees(const struct attendees *a, const struct attendees *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!string_same(a->items[i].email, b->items[i].email) ||
            !string_same(a->items[i].name, b->items[i].name))
            return false;
    }
    return true;
}

static bool same_override(const struct meeting_override *stored,
                          const struct meeting_override *override)
{
    return local_compare(stored->start, override->start) == 0 &&
           stored->duration == override->duration && stored->cancelled == override->cancelled &&
           string_same(stored->title, override->title) &&
           string_same(stored->location, override->location) &&
           string_same(stored->notes, override->notes) &&
           (!stored->ical || string_same(stored->ical, override->ical));
}

static bool same_overrides(const struct meeting *stored, const struct meeting *meeting)
{
    if (stored->overrides.count != meeting->overrides.count)
        return false;
    for (size_t i = 0; i < stored->overrides.count; i++) {
        const struct meeting_override *here = &stored->overrides.items[i];
        const struct meeting_override *there = meeting_override_at(meeting, here->recurrence);
        if (!there || !same_override(here, there))
            return false;
    }
    return true;
}

bool meeting_recurs_alike(const struct meeting *a, const struct meeting *b)
{
    return local_compare(a->start_local, b->start_local) == 0 && string_same(a->tz, b->tz) &&
           a->all_day == b->all_day && string_same(a->rrule, b->rrule) &&
           same_times(&a->rdates, &b->rdates);
}

bool meeting_says_same(const struct meeting *stored, const struct meeting *meeting)
{
    return meeting_recurs_alike(stored, meeting) && stored->duration == meeting->duration &&
           stored->clock_days == meeting->clock_days &&
           same_times(&stored->exdates, &meeting->exdates) && same_overrides(stored, meeting) &&
           string_same(stored->title, meeting->title) &&
           string_same(stored->location, meeting->location) &&
           string_same(stored->notes, meeting->notes) && stored->status == meeting->status &&
           stored->sequence == meeting->sequence &&
           same_attendees(&stored->attendees, &meeting->attendees) &&
           (!stored->ical || string_same(stored->ical, meeting->ical));
}

/* --- what it says, as a text --- */

static int texts_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_sorted(struct text *out, const char *what, struct strings *list)
{
    items_sort(list->items, list->count, sizeof *list->items, texts_compare);
    for (size_t i = 0; i < list->count; i++)
        text_addf(out, "%s %s\n", what, list->items[i]);
}

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

/* An override's text: NULL (as the series says) differs from "". */
static const char *own_text(const char *text)
{
    return text ? text : "\x01";
}

static void add_overrides(struct text *out, const struct meeting_overrides *overrides)
{
    struct strings list = {0};
    for (size_t i = 0; i < overrides->count; i++) {
        const struct meeting_override *o = &overrides->items[i];
        *vector_push(out->arena, &list) = arena_format(
            out->arena, "%s %s %lld %d\n%s\n%s\n%s%s",
            local_format_basic(out->arena, o->recurrence), local_format_basic(out->arena, o->start),
            (long long)o->duration, o->cancelled, own_text(o->title), own_text(o->location),
            own_text(o->notes), o->ical ? o->ical : "");
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

struct text meeting_content(struct arena *arena, const struct meeting *meeting)
{
    struct text text = text_start(arena);
    text_addf(&text, "%s\n%s\n%s\n%s\n", meeting->title, meeting->location, meeting->notes,
              meeting_status_name(meeting->status));
    text_addf(&text, "%s %s %lld %d\n", local_format_basic(arena, meeting->start_local),
              meeting->tz, (long long)meeting->duration, meeting->all_day);
    if (meeting->clock_days) /* texts of before they were kept stay as they are */
        text_addf(&text, "days %lld\n", (long long)meeting->clock_days);
    add_rule(&text, meeting->rrule);
    add_times(&text, "also", &meeting->rdates);
    add_times(&text, "not", &meeting->exdates);
    add_overrides(&text, &meeting->overrides);
    add_attendees(&text, &meeting->attendees);
    text_add(&text, meeting->ical ? meeting->ical : "");
    return text;
}

/* --- what changed --- */

static void compare_text(struct meeting_difference *difference, const char *name, const char *old,
                         const char *new, bool told)
{
    if (string_same(old, new))
        return;
    text_addf(&difference->detail, "%s%s: '%s' -> '%s'", difference->detail.length ? "; " : "",
              name, old ? old : "", new ? new : "");
    difference->told = difference->told || told;
}

static const char *attendees_text(struct arena *arena, const struct attendees *list, bool named)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        const struct attendee *attendee = &list->items[i];
        bool name = named && attendee->name && attendee->name[0];
        text_addf(&text, name ? "%s%s <%s>" : "%s%s%s", i ? ", " : "", name ? attendee->name : "",
                  attendee->email);
    }
    return text.bytes;
}

/* A name that is written otherwise is an edit, but attendees need not hear of it. */
static void compare_attendees(struct arena *arena, struct meeting_difference *difference,
                              const struct meeting *old, const struct meeting *new)
{
    const char *before = attendees_text(arena, &old->attendees, false);
    const char *after = attendees_text(arena, &new->attendees, false);
    bool same = strcmp(before, after) == 0;
    compare_text(difference, "attendees",
                 same ? attendees_text(arena, &old->attendees, true) : before,
                 same ? attendees_text(arena, &new->attendees, true) : after, !same);
}

static const char *times_text(struct arena *arena, const struct meeting *meeting)
{
    return arena_format(arena, "%s %s, %s%s", local_format_basic(arena, meeting->start_local),
                        meeting->tz, duration_format(arena, meeting->duration),
                        meeting->all_day      ? ", whole days"
                        : meeting->clock_days ? " by the clock"
                                              : "");
}

struct meeting_difference meeting_difference(struct arena *arena, const struct meeting *old,
                                             const struct meeting *new)
{
    struct meeting_difference difference = {.detail = text_start(arena)};
    compare_text(&difference, "title", old->title, new->title, true);
    compare_text(&difference, "time", times_text(arena, old), times_text(arena, new), true);
    compare_text(&difference, "repeat", old->rrule, new->rrule, true);
    compare_text(&difference, "location", old->location, new->location, true);
    compare_attendees(arena, &difference, old, new);
    compare_text(&difference, "language", old->lang, new->lang, false);
    if (strcmp(old->notes, new->notes) != 0) /* may be long, and may be private: only the fact */
        text_addf(&difference.detail, "%snotes changed", difference.detail.length ? "; " : "");
    return difference;
}
