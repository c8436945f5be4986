/*
 * Mixing risk: which meetings on one static ID can get each other's callers. Pure. DESIGN section
 * 2, "Mixing risk".
 */
#ifndef CORE_RISK_H
#define CORE_RISK_H

#include <core/meeting.h>

/*
 * Sets risk and risk_with of each occurrence in the list. Only scheduled meetings on a static ID
 * bear one, and only those with the same ID meet: `overlap` if two overlap, `back-to-back` where
 * one ends or starts within `margin` seconds of the other (inclusive), else `legacy`. Two
 * occurrences of one series count too. Everything else gets RISK_NONE. The list may be in any order
 * and keeps it. n log n for sane calendars; risk_with is capped at 100 UIDs an occurrence.
 */
void risk_assess(struct arena *arena, struct occurrences *list, int64_t margin);

#endif
