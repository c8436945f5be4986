/*
 * Undoing: a session that keeps a journal remembers what its last steps changed, and can take them
 * back one by one. The journal lives in memory; a session without one (the command line) remembers
 * nothing. console keeps the journal and undoes by it; use cases note their
 * changes in it.
 */
#ifndef DESK_UNDO_H
#define DESK_UNDO_H

#include <core/meeting.h>
#include <desk/session.h>

enum undo_kind { UNDO_NEW, UNDO_EDIT, UNDO_CANCEL, UNDO_CONVERT };

/* One meeting that a step changed: the record before, and how the step left it. */
struct undo_change {
    enum undo_kind kind;
    const struct meeting *before; /* NULL: the step scheduled it */
    const char *uid, *title;      /* as the step left them */
    const char *conference_id;    /* the same; NULL: none */
    /* the version at which the step left it, at which it must still be */
    int64_t version;
};

struct undo_changes VECTOR(struct undo_change);

struct undo_journal;

/* Empty, to be put into session->undo; freed by its maker, after the last use of the session. */
struct undo_journal *undo_journal_new(void);
void undo_journal_free(struct undo_journal *journal); /* NULL is allowed */

/*
 * All that is committed between on and off becomes one step, for long work in several transactions.
 */
void undo_join(struct session *session, bool on);

/* The step that desk_undo would take back: borrowed, until the next change. NULL: none. */
const struct undo_changes *undo_next(const struct session *session);

/* The result of undoing one step; several calls add to it: begin with {0}. */
struct undone {
    size_t meetings;  /* that were put back */
    size_t withdrawn; /* reminders that will not be sent */
    size_t left;      /* of the step, still to be taken back */
    enum undo_kind kind;
    bool mixed;        /* not all of one kind */
    const char *event; /* a sentence: how it is now */
    /* what cannot be taken back (see session->error); NULL: nothing. Until the next change */
    const struct undo_change *refused;
};

/*
 * Takes the last step back, the last change first, in one transaction that the history tells
 * (`undone`): all of it, or the last `most` changes of it (0: all), so that a large one goes in
 * parts. An undone new meeting is cancelled; an edit's fields come back; a cancelled meeting stands
 * again on its ID; a converted one is back on its static ID, its reminders withdrawn. SEQUENCE and
 * version rise. ERR_NOT_FOUND with refused NULL: nothing to undo. Refused: a meeting was changed
 * since, a reminder was sent, an ID is no longer its own; nothing was changed by this call, and the
 * step stays, to be looked at and tried again or let go.
 */
enum err desk_undo(struct session *session, struct arena *arena, size_t most, struct undone *out);

/*
 * Removes this change (NULL: all) from the last step, so that it stays done; an empty step leaves
 * the journal.
 */
void undo_let_go(struct session *session, const struct undo_change *change);

#endif
