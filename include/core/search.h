/*
 * What is looked for when people are looked for: words of titles, names and addresses, and days and
 * times that narrow them ("ada 10:00", "marc fri"). Pure.
 */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include <core/meeting.h>

/* One word, or the words of one date. It may be part of a name and a time at once: "sun", "10". */
struct search_term {
    const char *text;      /* folded */
    bool clock, day, bare; /* bare: an hour alone, "10": any minute of it, and 3 is 15 as well */
    int weekday;           /* 0 Monday to 6 Sunday; -1: none */
    bool any_year;         /* the day has been written without its year */
    struct local_time when;
};

struct search_terms VECTOR(struct search_term);

struct search {
    struct search_terms terms;
    struct strings words; /* folded: of the terms that are no time */
    bool digits;          /* digits and signs alone: parts of conference IDs are meant, too */
    bool times;           /* there are terms that may be a time */
};

/* A meeting that a search found. */
struct found_meeting {
    struct occurrence
        occurrence;        /* that fits the days and times that were asked for, if any were */
    const char *organizer; /* the name, else the address */
    const char *matched;   /* beside title and organizer: "with grace@example.org"; or "" */
};

struct found_meetings {
    struct found_meeting *items;
    size_t count, capacity;
    bool partly; /* more may fit than were looked at */
};

/* `now` and `zone` are the reader's. */
struct search search_parse(struct arena *arena, const char *text, int64_t now,
                           const struct zone *zone);

bool search_term_time(const struct search_term *term);

/* True if a meeting that begins at `start` fits the term's day or time, read in `zone`. */
bool search_term_fits(const struct search_term *term, int64_t start, bool all_day,
                      const struct zone *zone);

/*
 * Which of the meeting's texts hold the words, if its title and its organizer do not: "with
 * grace@example.org", "at Room 3"; "" if none does. `names` is the organizer's name and address.
 */
const char *search_matched(struct arena *arena, const struct search *search,
                           const struct meeting *meeting, const char *names);

/* What a meeting is found by, but for its conference ID; folded. */
const char *search_text(struct arena *arena, const struct meeting *meeting, const char *names);

#endif
