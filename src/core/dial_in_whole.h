/*
 * An event's places, read as a whole. Private to core: dial_in_judge.c judges by it,
 * dial_in_renew.c asks which mentions of an ID are ours.
 */
#ifndef CORE_DIAL_IN_WHOLE_H
#define CORE_DIAL_IN_WHOLE_H

#include "dial_in_services.h"
#include "dial_in_signs.h"

enum { OWN, QUOTED, PARTS }; /* the event's own, and what is quoted or forwarded */

/* One place's part: as long as the place's text, blanks for what is not of this part. */
struct part_text {
    const struct dial_in_place *place;
    const char *text;
    struct service_signs signs;
    struct dial_in_candidates candidates;
};

struct part {
    struct part_text *texts;
    size_t count;
    enum service_strength own, other; /* the surest sign in all of its texts */
    const char *service;              /* the other one's name */
};

struct dial_in_whole {
    const struct numbers *numbers; /* the organization's; NULL: not known */
    struct part parts[PARTS];
};

/* only: the one ID that is looked for, NULL for all. What is read lives in the arena. */
struct dial_in_whole dial_in_whole_read(struct arena *arena, const struct numbers *numbers,
                                        const struct dial_in_place *places, size_t count,
                                        const char *only);

enum { DIAL_IN_BLOCK_BYTES = 400 }; /* before an ID, in which its numbers stand */

/* The bytes of the telephone number that begins with the '+' at s; 0 if it is none. */
size_t telephone_length(const char *s);

/* The last telephone number before `at`, else the first one behind; NULL: none is in the text. */
const char *telephone_near(const char *text, size_t at, size_t *length);

/* True if the ID is another service's. It stands in the text, which is one of the part's. */
bool dial_in_foreign(const struct dial_in_whole *whole, const struct part *part,
                     const struct part_text *text, const struct dial_in_candidate *candidate);

#endif
