/*
 * The journal as use cases, transactions and desk_undo use it. For desk's own files. Without a
 * journal these do nothing.
 */
#ifndef DESK_UNDO_JOURNAL_H
#define DESK_UNDO_JOURNAL_H

#include <desk/undo.h>

/*
 * What a use case calls in its transaction for each meeting that it wrote, after writing: the whole
 * record before (NULL: a new meeting) and after. The commit makes one step of all that was noted, a
 * rollback drops it. Copies.
 */
void undo_note(struct session *session, const struct meeting *before, const struct meeting *after);

/*
 * A transaction begins, or is run again: its notes so far are dropped. undo_commit keeps them as a
 * step.
 */
void undo_begin(struct session *session);
void undo_commit(struct session *session);

/* While on, nothing is noted, because desk_undo itself writes. */
void undo_hold(struct session *session, bool on);

/* Keeps the first `count` changes of the last step; with 0 the step is removed. */
void undo_shorten(struct session *session, size_t count);

/*
 * An undone change left its meeting at a newer version, with the content of `before`: earlier steps
 * go on from there.
 */
/* Call it before the step is forgotten: it is read. */
void undo_rebase(struct session *session, const struct undo_change *undone, int64_t version);

#endif
