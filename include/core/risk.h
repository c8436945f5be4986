/*
 * Mixing risk: which meetings on one static ID can get each other's callers. Pure. For desk. DESIGN
 * section 2, "Mixing risk".
 */
#ifndef CORE_RISK_H
#define CORE_RISK_H

#include <core/meeting.h>

/* Meetings that are named of those which one would be mixed with; the others are counted. */
enum { RISK_WITH_MAX = 8 };

/* A time that a legacy meeting takes up on its static ID: one of its occurrences. */
struct risk_slot {
    const char *conference_id, *uid, *title;
    int64_t start, end;
    /* the record whose risk is asked for; NULL: the slot is only somebody's neighbour */
    struct occurrence *asked;
    const char *uid_kept, *title_kept; /* risk_assess's own: copies in the records' arena */
};

struct risk_slots VECTOR(struct risk_slot);

/*
 * Raises the risks of the records that are asked for by what the slots show; several slots may ask
 * for one record, and several calls too. Slots meet if they have the same ID: `overlap` if two
 * overlap, `back-to-back` if one ends or starts within `margin` seconds of the other (inclusive),
 * else `legacy`. Two slots of one series count too.
 *
 * risk_with gets up to RISK_WITH_MAX UIDs, copied into `arena`; risk_with_count tells how many
 * meetings there are at the worst of the record's slots, or in risk_with if these are more. Sorts
 * the slots. n log n, whatever they hold, with `scratch` for what is needed meanwhile.
 */
void risk_assess(struct arena *arena, struct arena *scratch, struct risk_slots *slots,
                 int64_t margin);

#endif
