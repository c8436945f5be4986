/* A draft, as a form or a command line says it, becomes a meeting. For desk's own files. */
#ifndef DESK_DRAFT_H
#define DESK_DRAFT_H

#include <desk/desk.h>

/*
 * Enters what the draft says into the meeting (a new one: version 0 and no title; else one as it is
 * stored), reads its times in its zone and works out its span. Warnings tell of local times that do
 * not exist or exist twice. The records borrow from arena and draft.
 */
enum err draft_apply(struct session *session, struct arena *arena, const struct draft *draft,
                     const char *default_tz, struct meeting *meeting, struct strings *warnings);

/*
 * The draft, a time of day alone as its start ("15:00") read on the day of the occurrence that is
 * changed.
 */
struct draft draft_on_day(struct arena *arena, const struct draft *draft, struct local_time day);

#endif
