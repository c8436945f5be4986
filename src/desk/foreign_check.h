/*
 * Meetings whose conference ID is another service's number: an import took them so before it judged
 * whose a dial-in is. For desk's own files.
 */
#ifndef DESK_FOREIGN_CHECK_H
#define DESK_FOREIGN_CHECK_H

#include <core/dial_in_judge.h>
#include <core/meeting.h>
#include <desk/session.h>

/*
 * *found true if the meeting's texts show its ID as another service's; *dial_in is what they show.
 */
enum err foreign_look(struct session *session, struct arena *arena, const struct numbers *numbers,
                      const struct meeting *stored, struct dial_in *dial_in, bool *found);

/*
 * *who is the address that the file of a meeting to come, which is held for our own, named as its
 * ORGANIZER, if the directory has nobody of that address; else NULL.
 */
enum err foreign_organizer(struct session *session, struct arena *arena,
                           const struct meeting *stored, const char **who);

/* The meeting and whose its number is, for a finding; without the finding's own words. */
char *foreign_tell(struct arena *arena, const struct meeting *stored,
                   const struct dial_in *dial_in);

/*
 * Stores the meeting, which is changed, with a foreign dial-in and no ID of ours; the ID and the
 * history follow.
 */
enum err foreign_put(struct session *session, struct arena *arena,
                     const struct organization *organization, struct meeting *meeting,
                     const struct dial_in *dial_in);

#endif
