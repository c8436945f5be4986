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
    MORE = 200,       /* meetings that are read beyond the limit, and sorted */
    NEAR_BACK = DAY,  /* where a time alone is looked for, unless a day is named */
    NEAR_ON = 8 * DAY,
    NEAR_MAX = 20000, /* meetings that are read beyond the limit for a time alone */
    PART = 100        /* of them are read at once */
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

/* The meeting's own zone, or the reader's if nobody knows that one. */
static const struct zone *own_zone(const struct finding *finding, const char *tz)
{
    const struct zone *own;
    if (session_zone(finding->session, tz, &own) == ERR_OK)
        return own;
    error_clear(&finding->session->error);
    return finding->zone;
}

static bool fits_term(const struct finding *finding, const struct search_term *term, int64_t start,
                      bool all_day, const struct zone *own)
{
    return !search_term_time(term) || search_term_fits(term, start, all_day, own) ||
           search_term_fits(term, start, all_day, finding->zone);
}

/* True if the occurrence fits each term that may be a time and is no word of the meeting's. */
static bool fits(const struct finding *finding, const char *text, const struct occurrence *one,
                 const struct zone *own)
{
    const struct search_terms *terms = &finding->search.terms;
    for (size_t i = 0; i < terms->count; i++)
        if (!strstr(text, terms->items[i].text) &&
            !fits_term(finding, &terms->items[i], one->start, one->meeting->all_day, own))
            return false;
    return true;
}

/* Widens the time that is looked at to the days that are named, in whatever zone. */
static void reach_days(const struct finding *finding, int64_t *from, int64_t *to)
{
    const struct search_terms *terms = &finding->search.terms;
    for (size_t i = 0; i < terms->count; i++) {
        if (!terms->items[i].day)
            continue;
        int64_t day = local_seconds(terms->items[i].when);
        *from = day - 2 * DAY < *from ? day - 2 * DAY : *from;
        *to = day + 2 * DAY > *to ? day + 2 * DAY : *to;
    }
}

/* Appends the occurrences of a series of which one may be meant. */
static enum err expand(const struct finding *finding, struct arena *arena,
                       const struct meeting *meeting, struct occurrences *list)
{
    int64_t from = finding->now - AROUND_BACK, to = finding->now + AROUND_ON;
    reach_days(finding, &from, &to);
    return meeting_expand(finding->session, arena, meeting, from, to, 0, list);
}

/* Its nearest occurrence that fits; *found false: none does. */
static enum err find_time(struct finding *finding, const struct meeting *meeting, const char *text,
                          struct occurrence *out, bool *found)
{
    struct occurrences list = {0};
    enum err err = meeting_nearest(finding->session, finding->arena, meeting, finding->now, out);
    *found = true;
    if (err || !finding->search.times)
        return err;
    const struct zone *own = own_zone(finding, meeting->tz);
    *found = fits(finding, text, out, own);
    if (*found || !meeting_series(meeting))
        return ERR_OK;
    struct arena *scratch = arena_new(); /* an hourly series has a thousand */
    err = expand(finding, scratch, meeting, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        const struct occurrence *one = &list.items[i];
        if (!fits(finding, text, one, own))
            continue;
        if (!*found || occurrence_compare_nearness(one, out, finding->now) < 0)
            *out = *one;
        *found = true;
    }
    arena_free(scratch);
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

/* Asks for the organizers of a part of the meetings, the next that are read. */
static enum err organizers_ahead(struct finding *finding, const struct meetings *list, size_t from)
{
    enum err err = ERR_OK;
    for (size_t i = from; !err && i < list->count && i < from + PART; i++) {
        const char *uid = list->items[i].organizer_uid;
        bool known = false;
        vector_place(&finding->organizers, uid, &known);
        if (!known)
            err = store_organizer_ahead(finding->session->store, uid);
    }
    return err;
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
        enum err err = i % PART == 0 ? organizers_ahead(finding, list, i) : ERR_OK;
        if (!err)
            err = organizer_known(finding->session, arena, &finding->organizers,
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

/* --- times alone: what is near is gone through, the nearest first --- */

struct near_search {
    struct finding *finding;
    struct arena *window; /* of the window that is gone through */
    size_t limit, read;
    bool enough;
};

/*
 * Keeps the nearest. It is enough if none can be nearer of those behind the last one: it may come
 * about when its span begins, or just have been over, but a series that is on at any time.
 */
static void settle(struct near_search *near, const struct meeting *last, bool single)
{
    struct found_meetings *out = near->finding->out;
    int64_t now = near->finding->now;
    struct occurrence bound = {.meeting = last, .start = last->span_start, .end = last->span_end};
    bool any_time = last->status == MEETING_CANCELLED ||
                    (!single && last->span_start <= now && last->span_end > now);
    if (!near->limit || out->count < near->limit)
        return;
    qsort_r(out->items, out->count, sizeof *out->items, compare_found, &now);
    out->count = near->limit;
    near->enough = !any_time && occurrence_compare_nearness(&out->items[out->count - 1].occurrence,
                                                            &bound, now) <= 0;
}

static enum err look_at_part(struct near_search *near, const struct near_meeting *few, size_t count)
{
    struct finding *finding = near->finding;
    struct meetings *list = arena_alloc(finding->arena, sizeof *list);
    int64_t keys[PART];
    for (size_t i = 0; i < count; i++)
        keys[i] = few[i].key;
    enum err err = store_meetings_keyed(finding->arena, finding->session->store, keys, count, list);
    if (!err)
        err = take(finding, list);
    if (!err)
        settle(near, &list->items[count - 1], few[count - 1].single);
    near->read += count;
    return err;
}

/* True if each term may be a word of the meeting's, or its time: of a series' nothing is known. */
static bool worth_reading(const struct finding *finding, const struct near_meeting *few)
{
    const struct search_terms *terms = &finding->search.terms;
    const struct zone *own = own_zone(finding, few->tz);
    for (size_t i = 0; few->single && i < terms->count && i < NEAR_WORDS; i++)
        if (!(few->held & 1 << i) &&
            !fits_term(finding, &terms->items[i], few->start, few->all_day, own))
            return false;
    return true;
}

/* A window, a part at a time. */
static enum err look_through(struct near_search *near, struct near_meetings *window)
{
    const struct finding *finding = near->finding;
    size_t count = 0;
    enum err err = ERR_OK;
    for (size_t i = 0; i < window->count; i++)
        if (worth_reading(finding, &window->items[i]))
            window->items[count++] = window->items[i];
    for (size_t i = 0; !err && i < count && !near->enough; i += PART) {
        if (near->limit && near->read >= near->limit + NEAR_MAX)
            near->enough = finding->out->partly = true;
        else
            err = look_at_part(near, window->items + i, count - i < PART ? count - i : PART);
    }
    return err;
}

/* What is on, then what comes, in windows that widen, then what is over. */
static enum err look_around(struct near_search *near)
{
    struct store *store = near->finding->session->store;
    struct arena *arena = near->window;
    const struct search_terms *terms = &near->finding->search.terms;
    int64_t now = near->finding->now, to = now + 1, start = now - NEAR_BACK, end = now + NEAR_ON;
    const char *words[NEAR_WORDS];
    struct near_meetings list = {0};
    reach_days(near->finding, &start, &end);
    for (size_t i = 0; i < NEAR_WORDS; i++)
        words[i] = i < terms->count ? terms->items[i].text : "";
    enum err err = store_meetings_begun(arena, store, now, words, &list);
    if (!err)
        err = look_through(near, &list);
    for (int64_t from = to, length = DAY; !err && from < end && !near->enough; from = to) {
        to = from + length < end ? from + length : end;
        length *= 3;
        arena_reset(arena);
        list = (struct near_meetings){0};
        err = store_meetings_coming(arena, store, from, to, words, &list);
        if (!err)
            err = look_through(near, &list);
    }
    if (err || near->enough)
        return err;
    arena_reset(arena);
    list = (struct near_meetings){0};
    err = store_meetings_gone(arena, store, now, start, end, words, &list);
    return err ? err : look_through(near, &list);
}

static enum err read_near(struct finding *finding, size_t limit)
{
    struct near_search near = {.finding = finding, .window = arena_new(), .limit = limit};
    enum err err = look_around(&near);
    arena_free(near.window);
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
    if (!search->words.count) /* times alone: what is near, and what bears them in its title */
        err = read_near(finding, limit);
    if (!err)
        err = store_meetings_search(finding->arena, store, search->words.count ? words : text,
                                    finding->now, most, list);
    if (!err)
        err = take(finding, list);
    if (!err)
        err = finish(finding, limit);
    if (search->times && list->count >= most && !(limit && finding->out->count == limit))
        finding->out->partly = true;
    return err;
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
