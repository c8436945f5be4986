/*
 * Reading what people type to find a meeting by its people, its title and its time.
 */
#include <base/utf8.h>
#include <core/search.h>
#include <stdlib.h>
#include <string.h>

enum { DATE_WORDS_MAX = 4 };

bool search_term_time(const struct search_term *term)
{
    return term->clock || term->day || term->weekday >= 0;
}

/* --- reading --- */

static bool all_digits(const char *word)
{
    return *word && word[strspn(word, "0123456789")] == '\0';
}

/* An hour of one or two digits: "10", and "3" that may be in the afternoon. */
static bool bare_hour(const char *word, struct search_term *term)
{
    if (!all_digits(word) || strlen(word) > 2 || atoi(word) > 23)
        return false;
    term->clock = term->bare = true;
    term->when.hour = atoi(word);
    return true;
}

static bool weekday_word(const char *word, struct search_term *term)
{
    size_t length = strlen(word);
    for (int day = 0; day < 7 && length >= 3; day++)
        if (strncasecmp(word, weekday_long_name(day), length) == 0) {
            term->weekday = day;
            return true;
        }
    return false;
}

/* Words that time_parse reads from now on ("+2h", "now") are no times of meetings. */
static bool relative(const char *word)
{
    return *word == '+' || *word == '-' || strcmp(word, "now") == 0;
}

/* Reads the words as one date or one time of day. */
static bool date_or_clock(const char *words, int64_t now, const struct zone *zone,
                          struct search_term *term)
{
    struct time_reading reading;
    struct error error = {0};
    if (relative(words) || time_parse("", words, now, zone, &reading, &error) || reading.has_offset)
        return false;
    const char *blank = strrchr(words, ' ');
    bool half = blank && (strcmp(blank, " am") == 0 || strcmp(blank, " pm") == 0);
    if (blank && !reading.date_only && !half)
        return false; /* a day and a time are two terms */
    term->day = reading.date_only;
    term->clock = !reading.date_only;
    term->when = reading.local;
    term->any_year = true;
    for (const char *at = words; *at; at += strspn(at, "0123456789") + (*at < '0' || *at > '9'))
        term->any_year = term->any_year && strspn(at, "0123456789") < 4;
    return true;
}

/* Takes the term that begins at word `first`; returns how many words it has. */
static size_t take_term(struct arena *arena, const struct strings *words, size_t first, int64_t now,
                        const struct zone *zone, struct search_term *term)
{
    size_t most = words->count - first;
    most = most > DATE_WORDS_MAX ? DATE_WORDS_MAX : most;
    for (size_t n = most; n >= 1; n--) {
        struct strings run = {.items = words->items + first, .count = n};
        *term = (struct search_term){.weekday = -1, .text = strings_join(arena, &run, " ")};
        if (n == 1 && (bare_hour(term->text, term) || weekday_word(term->text, term)))
            return n;
        if (date_or_clock(term->text, now, zone, term))
            return n;
    }
    return 1;
}

/* Digits and signs alone, unless they are written as a date: "2026-12-04", "4.12.". */
static bool digits_of_an_id(const char *text, int64_t now, const struct zone *zone)
{
    struct search_term term;
    size_t length = strlen(text);
    bool dated = strspn(text, "0123456789") == 4 || (length && text[length - 1] == '.');
    if (text[strspn(text, "0123456789 -.#")] != '\0')
        return false;
    return !dated || !strpbrk(text, "-.") || !date_or_clock(text, now, zone, &term);
}

struct search search_parse(struct arena *arena, const char *text, int64_t now,
                           const struct zone *zone)
{
    struct search search = {.digits = digits_of_an_id(text, now, zone)};
    struct strings words = {0};
    strings_split(arena, utf8_fold(arena, text), &words);
    for (size_t at = 0; at < words.count;) {
        struct search_term *term = vector_push(arena, &search.terms);
        if (search.digits)
            *term = (struct search_term){.weekday = -1, .text = words.items[at++]};
        else
            at += take_term(arena, &words, at, now, zone, term);
        if (search_term_time(term))
            search.times = true;
        else
            *vector_push(arena, &search.words) = term->text;
    }
    return search;
}

/* --- fitting --- */

bool search_term_fits(const struct search_term *term, int64_t start, bool all_day,
                      const struct zone *zone)
{
    struct local_time local = zone_read(zone, start).local;
    if (term->weekday >= 0)
        return local_weekday(local) == term->weekday;
    if (term->day)
        return local.day == term->when.day && local.month == term->when.month &&
               (term->any_year || local.year == term->when.year);
    if (!term->clock || all_day)
        return false;
    enum { AFTERNOON_MOST = 7 }; /* whoever says 8 means the morning */
    int hour = term->when.hour;
    if (!term->bare)
        return local.hour == hour && local.minute == term->when.minute;
    return local.hour == hour || (hour >= 1 && hour <= AFTERNOON_MOST && local.hour == hour + 12);
}

const char *search_text(struct arena *arena, const struct meeting *meeting, const char *names)
{
    struct text text = text_start(arena);
    const char *parts[] = {meeting->title, meeting->location, names, meeting->invited_by,
                           meeting->invited_by_name};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        text_addf(&text, "%s ", parts[i] ? parts[i] : "");
    for (size_t i = 0; i < meeting->attendees.count; i++)
        text_addf(&text, "%s %s ", meeting->attendees.items[i].name,
                  meeting->attendees.items[i].email);
    return utf8_fold(arena, text.bytes);
}

static bool holds(struct arena *arena, const char *text, const char *word)
{
    return text && strstr(utf8_fold(arena, text), word) != NULL;
}

/* The text beside title and organizer in which the word stands; NULL: it stands in none. */
static const char *place_of_word(struct arena *arena, const struct meeting *meeting,
                                 const char *word)
{
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        const struct attendee *attendee = &meeting->attendees.items[i];
        if (holds(arena, attendee->name, word) || holds(arena, attendee->email, word))
            return arena_format(arena, "with %s", attendee->email);
    }
    if (holds(arena, meeting->location, word))
        return arena_format(arena, "at %s", meeting->location);
    if (holds(arena, meeting->invited_by, word) || holds(arena, meeting->invited_by_name, word))
        return arena_format(arena, "invited by %s", meeting->invited_by);
    return NULL;
}

const char *search_matched(struct arena *arena, const struct search *search,
                           const struct meeting *meeting, const char *names)
{
    struct strings places = {0};
    for (size_t i = 0; i < search->words.count; i++) {
        const char *word = search->words.items[i];
        if (holds(arena, meeting->title, word) || holds(arena, names, word))
            continue;
        const char *place = place_of_word(arena, meeting, word);
        if (place && !strings_hold(&places, place))
            *vector_push(arena, &places) = place;
    }
    return strings_join(arena, &places, ", ");
}
