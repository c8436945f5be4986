/* What an ID is used for, as the helpdesk and the bridge both ask. For desk's own files. */
#ifndef DESK_LOOKUP_H
#define DESK_LOOKUP_H

#include <core/lookup.h>
#include <desk/session.h>

/*
 * Fills what lookup_judge needs of the ID lookup->conference_id at lookup->at: record, owner,
 * meetings and those that moved; without a record, whose foreign dial-in it is. Within a
 * transaction.
 */
enum err lookup_read(struct session *session, struct arena *arena, struct lookup *lookup);

#endif
