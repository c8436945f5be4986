/*
 * The journal of a session's last steps. Each step has an arena of its own, so that the oldest one
 * can go when there are many.
 */
#include "undo_journal.h"
#include <string.h>

enum { STEPS_MAX = 50 };

struct step {
    struct arena *arena; /* NULL: nothing noted yet */
    struct undo_changes changes;
};

struct undo_journal {
    struct arena *arena;
    struct step steps[STEPS_MAX]; /* the oldest first */
    size_t count;
    struct step pending; /* what becomes a step next */
    /* how many of its changes are committed, while several transactions become one step */
    size_t committed;
    bool joining, held;
};

struct undo_journal *undo_journal_new(void)
{
    struct arena *arena = arena_new();
    struct undo_journal *journal = arena_alloc(arena, sizeof *journal);
    journal->arena = arena;
    return journal;
}

void undo_journal_free(struct undo_journal *journal)
{
    if (!journal)
        return;
    for (size_t i = 0; i < journal->count; i++)
        arena_free(journal->steps[i].arena);
    arena_free(journal->pending.arena);
    arena_free(journal->arena);
}

/* --- noting --- */

static enum undo_kind kind_of(const struct meeting *before, const struct meeting *after)
{
    if (!before)
        return UNDO_NEW;
    if (after->status == MEETING_CANCELLED && before->status != MEETING_CANCELLED)
        return UNDO_CANCEL;
    return before->id_kind == ID_KIND_STATIC && after->id_kind == ID_KIND_DYNAMIC ? UNDO_CONVERT
                                                                                  : UNDO_EDIT;
}

/*
 * This transaction's change of the meeting; NULL: none yet. Writing a meeting twice is one change.
 */
static struct undo_change *change_of(struct undo_journal *journal, const char *uid)
{
    struct step *pending = &journal->pending;
    for (size_t i = journal->committed; i < pending->changes.count; i++)
        if (strcmp(pending->changes.items[i].uid, uid) == 0)
            return &pending->changes.items[i];
    return NULL;
}

void undo_note(struct session *session, const struct meeting *before, const struct meeting *after)
{
    struct undo_journal *journal = session->undo;
    if (!journal || journal->held)
        return;
    struct step *pending = &journal->pending;
    if (!pending->arena)
        pending->arena = arena_new();
    struct undo_change *change = change_of(journal, after->uid);
    if (!change) {
        change = vector_push(pending->arena, &pending->changes);
        change->before = before ? meeting_copy(pending->arena, before) : NULL;
        change->uid = arena_copy(pending->arena, after->uid);
    }
    change->kind = kind_of(change->before, after);
    change->title = arena_copy(pending->arena, after->title);
    change->conference_id = arena_copy(pending->arena, after->conference_id);
    change->version = after->version;
}

static void push_pending(struct undo_journal *journal)
{
    struct step pending = journal->pending;
    journal->pending = (struct step){0};
    journal->committed = 0;
    if (pending.changes.count == 0) {
        arena_free(pending.arena);
        return;
    }
    if (journal->count == STEPS_MAX) {
        arena_free(journal->steps[0].arena);
        memmove(journal->steps, journal->steps + 1, (STEPS_MAX - 1) * sizeof *journal->steps);
        journal->count--;
    }
    journal->steps[journal->count++] = pending;
}

void undo_begin(struct session *session)
{
    if (session->undo)
        session->undo->pending.changes.count = session->undo->committed;
}

void undo_commit(struct session *session)
{
    struct undo_journal *journal = session->undo;
    if (!journal)
        return;
    journal->committed = journal->pending.changes.count;
    if (!journal->joining)
        push_pending(journal);
}

void undo_join(struct session *session, bool on)
{
    struct undo_journal *journal = session->undo;
    if (!journal)
        return;
    undo_begin(session); /* drops the notes of a failed transaction */
    journal->joining = on;
    if (!on)
        push_pending(journal);
}

/* --- taking back --- */

const struct undo_changes *undo_next(const struct session *session)
{
    const struct undo_journal *journal = session->undo;
    return journal && journal->count ? &journal->steps[journal->count - 1].changes : NULL;
}

void undo_hold(struct session *session, bool on)
{
    if (session->undo)
        session->undo->held = on;
}

void undo_shorten(struct session *session, size_t count)
{
    struct undo_journal *journal = session->undo;
    if (!journal || !journal->count)
        return;
    struct step *last = &journal->steps[journal->count - 1];
    last->changes.count = count;
    if (count > 0)
        return;
    arena_free(last->arena);
    journal->count--;
}

void undo_let_go(struct session *session, const struct undo_change *change)
{
    struct undo_journal *journal = session->undo;
    if (!journal || !journal->count)
        return;
    struct undo_changes *changes = &journal->steps[journal->count - 1].changes;
    size_t at = change ? (size_t)(change - changes->items) : changes->count;
    if (at < changes->count)
        memmove(changes->items + at, changes->items + at + 1,
                (changes->count - at - 1) * sizeof *changes->items);
    undo_shorten(session, change ? changes->count - 1 : 0);
}

void undo_rebase(struct session *session, const struct undo_change *undone, int64_t version)
{
    struct undo_journal *journal = session->undo;
    for (size_t i = 0; journal && undone->before && i < journal->count; i++) {
        struct undo_changes *changes = &journal->steps[i].changes;
        for (size_t c = 0; c < changes->count; c++)
            if (strcmp(changes->items[c].uid, undone->uid) == 0 &&
                changes->items[c].version == undone->before->version)
                changes->items[c].version = version;
    }
}
