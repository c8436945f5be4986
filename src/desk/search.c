/*
 * Finding meetings by their people, titles and times: what is asked of whoever knows no ID.
 */
#include "calendar.h"
#include <core/search.h>
#include <desk/transaction.h>
#include <stdlib.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

enum {
    AROUND_BACK = 8 * DAY, /* where occurrences of a series are looked at, if times are asked for */
    AROUND_ON = 36 * DAY,
    TIMED_MAX = 2000, /* meetings that are looked at for their times */
    MORE = 200        /* meetings that are read beyond the limit, and sorted */
};

struct finding {
    struct session *session;
    struct arena *arena;
    const struct zone *zone;
    struct search search;
    struct known_organizers organizers; /* of the meetings so far */
    int64_t now;
    struct found_meetings *out;
};

/* --- times --- */

/* True if the occurrence fits each term that may be a time and is no word of the meeting's. */
static bool fits(const struct finding *finding, const char *text, const struct occurrence *one,
                 const struct zone *own)
{
    const struct search_terms *terms = &finding->search.terms;
    bool all_day = one->meeting->all_day;
    for (size_t i = 0; i < terms->count; i++) {
        const struct search_term *term = &terms->items[i];
        if (search_term_time(term) && !strstr(text, term->text) &&
            !search_term_fits(term, one->start, all_day, own) &&
            !search_term_fits(term, one->start, all_day, finding->zone))
            return false;
    }
    return true;
}

/* Appends the occurrences of a series of which one may be meant. */
static enum err expand(struct finding *finding, const struct meeting *meeting,
                       struct occurrences *list)
{
    int64_t from = finding->now - AROUND_BACK, to = finding->now + AROUND_ON;
    const struct search_terms *terms = &finding->search.terms;
    for (size_t i = 0; i < terms->count; i++) {
        if (!terms->items[i].day)
            continue;
        int64_t day = local_seconds(terms->items[i].when);
        from = day - 2 * DAY < from ? day - 2 * DAY : from;
        to = day + 2 * DAY > to ? day + 2 * DAY : to;
    }
    return meeting_expand(finding->session, finding->arena, meeting, from, to, 0, list);
}

/* Its nearest occurrence that fits; *found false: none does. */
static enum err find_time(struct finding *finding, const struct meeting *meeting, const char *text,
                          struct occurrence *out, bool *found)
{
    struct occurrences list = {0};
    const struct zone *own = finding->zone;
    enum err err = meeting_nearest(finding->session, finding->arena, meeting, finding->now, out);
    *found = true;
    if (err || !finding->search.times)
        return err;
    if (session_zone(finding->session, meeting->tz, &own) != ERR_OK) {
        error_clear(&finding->session->error);
        own = finding->zone;
    }
    *found = fits(finding, text, out, own);
    if (*found || !meeting_series(meeting))
        return ERR_OK;
    err = expand(finding, meeting, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        const struct occurrence *one = &list.items[i];
        if (!fits(finding, text, one, own))
            continue;
        if (!*found || occurrence_compare_nearness(one, out, finding->now) < 0)
            *out = *one;
        *found = true;
    }
    return err;
}

/* --- meetings --- */

static bool holds_words(const struct finding *finding, const char *text)
{
    for (size_t i = 0; i < finding->search.words.count; i++)
        if (!strstr(text, finding->search.words.items[i]))
            return false;
    return true;
}

/* Takes those of the list in which all words stand, and which have a time that fits. */
static enum err take(struct finding *finding, const struct meetings *list)
{
    struct arena *arena = finding->arena;
    for (size_t i = 0; i < list->count; i++) {
        const struct meeting *meeting = &list->items[i];
        const struct organizer *organizer;
        struct found_meeting found = {0};
        bool fitting;
        enum err err = organizer_known(finding->session, arena, &finding->organizers,
                                       meeting->organizer_uid, &organizer);
        if (err)
            return err;
        const char *names = arena_format(arena, "%s %s", organizer->name, organizer->email);
        const char *text = finding->search.digits ? "" : search_text(arena, meeting, names);
        if (!finding->search.digits && !holds_words(finding, text))
            continue;
        err = find_time(finding, meeting, text, &found.occurrence, &fitting);
        if (err)
            return err;
        if (!fitting)
            continue;
        found.organizer = *organizer->name ? organizer->name : organizer->email;
        found.matched = search_matched(arena, &finding->search, meeting, names);
        *vector_push(arena, finding->out) = found;
    }
    return ERR_OK;
}

static int compare_found(const void *left, const void *right, void *now)
{
    const struct found_meeting *a = left, *b = right;
    return occurrence_compare_nearness(&a->occurrence, &b->occurrence, *(const int64_t *)now);
}

/* A meeting may have been read twice, by its time and by its title. Sorted, both are neighbours. */
static void drop_twins(struct found_meetings *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        const struct meeting *meeting = out->items[i].occurrence.meeting;
        if (kept == 0 || strcmp(out->items[kept - 1].occurrence.meeting->uid, meeting->uid) != 0)
            out->items[kept++] = out->items[i];
    }
    out->count = kept;
}

/* The best `limit` of them, with their risks. */
static enum err finish(struct finding *finding, size_t limit)
{
    struct found_meetings *out = finding->out;
    struct organization organization = {0};
    struct occurrences list = {0};
    if (out->count > 1)
        qsort_r(out->items, out->count, sizeof *out->items, compare_found, &finding->now);
    drop_twins(out);
    if (limit && out->count > limit)
        out->count = limit;
    for (size_t i = 0; i < out->count; i++)
        *vector_push(finding->arena, &list) = out->items[i].occurrence;
    enum err err = store_organization_get(finding->arena, finding->session->store, &organization);
    if (!err)
        err =
            risks_of_meetings(finding->session, finding->arena, &organization, finding->now, &list);
    for (size_t i = 0; !err && i < out->count; i++)
        out->items[i].occurrence = list.items[i];
    return err;
}

static enum err search_read(struct finding *finding, const char *text, size_t limit)
{
    struct store *store = finding->session->store;
    struct meetings *list = arena_alloc(finding->arena, sizeof *list);
    const struct search *search = &finding->search;
    size_t most = search->times ? TIMED_MAX : limit ? limit + MORE : 0;
    const char *words = strings_join(finding->arena, &search->words, " ");
    enum err err = ERR_OK;
    if (search->terms.count == 0)
        return ERR_OK;
    if (search->words.count)
        err = store_meetings_search(finding->arena, store, words, finding->now, most, list);
    else /* times alone: what is near, and what bears them in its title */
        err = store_meetings_between(finding->arena, store, NULL, finding->now - DAY,
                                     finding->now + 8 * DAY, true, list);
    if (!err && !search->words.count)
        err = store_meetings_search(finding->arena, store, text, finding->now, most, list);
    if (err)
        return err;
    err = take(finding, list);
    return err ? err : finish(finding, limit);
}

enum err desk_search(struct session *session, struct arena *arena, const char *text,
                     const struct zone *zone, size_t limit, struct found_meetings *out)
{
    struct finding finding = {.session = session,
                              .arena = arena,
                              .zone = zone,
                              .search = search_parse(arena, text, session_now(session), zone),
                              .now = session_now(session),
                              .out = out};
    *out = (struct found_meetings){0};
    return READING(session, search_read(&finding, text, limit));
}
