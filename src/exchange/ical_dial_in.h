/*
 * Inside iCalendar: an event's places in which a dial-in may stand, and the judgement over them.
 */
#ifndef ICAL_DIAL_IN_H
#define ICAL_DIAL_IN_H

#include "ical_event.h"

/*
 * Fills event->dial_in, the meeting's conference ID and kind if the dial-in is ours, and notes of
 * what was left aside. Behind the words, as our own block is known by then.
 */
void ical_dial_in_read(struct ical_building *building);

/*
 * False for a CONFERENCE (RFC 7986) that no caller enters: a moderator's, or one without the
 * feature PHONE or AUDIO.
 */
bool ical_conference_for_callers(const struct ical_property *property);

#endif
