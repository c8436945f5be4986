/*
 * Two records of one meeting side by side: whether they say the same, and what changed from one to
 * the other. Pure; desk and transfer call it. tests/unit/test_meeting_compare.c lists for every
 * member of a meeting which of these look at it, so a new member can't be forgotten.
 */
#ifndef CORE_MEETING_COMPARE_H
#define CORE_MEETING_COMPARE_H

#include <core/meeting.h>

/*
 * True if the meeting says no more and no less than the stored one: all that an iCalendar event can
 * say, with its SEQUENCE. The conference ID, the owner and the language are not said by an event.
 * `ical` is compared only if the stored meeting was imported: our own meetings have none, and come
 * back from an export with what belongs to the export.
 */
bool meeting_says_same(const struct meeting *stored, const struct meeting *meeting);

/* True if a date of one meeting is a date of the other one by the rule: both recur alike. */
bool meeting_recurs_alike(const struct meeting *a, const struct meeting *b);

/*
 * What a meeting says, as lines in an order that does not depend on how another program wrote them:
 * a rule's parts, dates, changed occurrences and attendees are sorted. ID, SEQUENCE and stamps are
 * left out. For hashes that are stored: the lines of a meeting must stay as they are.
 */
struct text meeting_content(struct arena *arena, const struct meeting *meeting);

/* What an edit changes. */
struct meeting_difference {
    struct text detail; /* for the history; of length 0: nothing */
    bool told;          /* attendees must hear of it */
};

struct meeting_difference meeting_difference(struct arena *arena, const struct meeting *old,
                                             const struct meeting *new);

#endif
