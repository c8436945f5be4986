/*
 * The journal's side that transactions and the undoing itself see. For desk's own files. NULL
 * journals do nothing.
 */
#ifndef DESK_UNDO_JOURNAL_H
#define DESK_UNDO_JOURNAL_H

#include <desk/undo.h>

/*
 * A transaction begins (again): nothing is noted yet. Its notes are dropped by the next begin, or
 * kept as a step.
 */
void undo_begin(struct session *session);
void undo_commit(struct session *session);

/* While on, nothing is noted: what is written takes a step back. */
void undo_hold(struct session *session, bool on);

/* Of the last step the first `count` changes are left to be undone; with none it is done with. */
void undo_shorten(struct session *session, size_t count);

/*
 * An undone change left its meeting at a newer version, with the content of `before`: earlier steps
 * go on from there.
 */
/* Call it before the step is forgotten: it is read. */
void undo_rebase(struct session *session, const struct undo_change *undone, int64_t version);

#endif
