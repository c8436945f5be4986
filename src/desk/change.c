/*
 * The use cases of changing and cancelling: finding what is meant, then the whole meeting, one
 * occurrence, or that and all following ones (change_whole.c, change_occurrence.c,
 * change_following.c).
 */
#include "change.h"
#include "calendar.h"
#include "draft.h"
#include <desk/transaction.h>
#include <store/directory.h>
#include <string.h>

/* --- finding it --- */

static enum err changed_since(struct session *session, const struct changing *changing)
{
    enum err err = change_show(session, changing, changing->before);
    if (err)
        return err;
    return error_set_what(&session->error, ERR_CONFLICT,
                          "somebody else changed it since you read it; read it again", "meeting %s",
                          meeting_label(changing->arena, changing->before));
}

static enum scope change_scope(const struct changing *changing)
{
    return changing->which ? changing->which->scope : SCOPE_SERIES;
}

static enum err check_changeable(struct session *session, const struct changing *changing)
{
    if (changing->version != 0 && changing->version != changing->before->version)
        return changed_since(session, changing);
    enum err err = meeting_check_own(session, changing->arena, changing->before);
    if (err || changing->before->status != MEETING_CANCELLED)
        return err;
    return meeting_refuse(session, changing->arena, changing->before,
                          changing->draft ? "it is cancelled; schedule a new one"
                                          : "it is cancelled already");
}

/* Reads the meeting, checks that it may be changed, and finds the occurrence that is meant. */
static enum err change_find(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    *changing->out = (struct scheduled){0};
    changing->before = arena_alloc(arena, sizeof *changing->before);
    enum err err = store_organization_get(arena, session->store, &changing->organization);
    if (err)
        return err;
    err = meeting_resolve(session, arena, changing->reference, changing->before);
    if (err)
        return err;
    err = check_changeable(session, changing);
    if (err)
        return err;
    changing->after = meeting_copy(arena, changing->before);
    if (change_scope(changing) == SCOPE_SERIES)
        return ERR_OK;
    err = session_zone(session, changing->before->tz, &changing->zone);
    if (err)
        return err;
    return occurrence_find(session, arena, changing->before, changing->which,
                           &changing->occurrence);
}

/* --- the use cases --- */

static enum err change(struct session *session, struct changing *changing)
{
    struct arena *arena = changing->arena;
    enum err err = change_find(session, changing);
    if (err)
        return err;
    struct meeting *after = changing->after;
    if (changing->draft->uid && strcmp(changing->draft->uid, after->uid) != 0)
        return error_set(&session->error, ERR_INVALID, "UID",
                         "a meeting keeps its UID; leave --uid out");
    if (change_scope(changing) == SCOPE_OCCURRENCE)
        return change_occurrence(session, changing);
    if (change_scope(changing) == SCOPE_FOLLOWING)
        return change_following(session, changing);
    err = draft_apply(session, arena, changing->draft, after->tz, after, &changing->out->warnings);
    return err ? err : change_whole(session, changing);
}

static enum err cancel(struct session *session, struct changing *changing)
{
    enum err err = change_find(session, changing);
    if (err)
        return err;
    if (change_scope(changing) == SCOPE_SERIES)
        return cancel_whole(session, changing);
    bool following = change_scope(changing) == SCOPE_FOLLOWING;
    changing->out->cancelled = changing->occurrence;
    changing->out->cancelled_following = following;
    return following ? cancel_following(session, changing) : cancel_occurrence(session, changing);
}

enum err desk_change(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, const struct draft *draft,
                     bool dry_run, struct scheduled *out)
{
    struct writing writing = {.only_reads = dry_run};
    while (writing_next(session, &writing)) {
        struct changing changing = {.arena = arena,
                                    .reference = reference,
                                    .version = version,
                                    .which = which,
                                    .draft = draft,
                                    .dry_run = dry_run,
                                    .out = out};
        writing.err = draft ? change(session, &changing) : cancel(session, &changing);
    }
    return writing.err;
}

enum err desk_cancel(struct session *session, struct arena *arena, const char *reference,
                     int64_t version, const struct which *which, struct scheduled *out)
{
    return desk_change(session, arena, reference, version, which, NULL, false, out);
}

/* --- several as one change --- */

/*
 * True if the list names the same meeting earlier: this transaction changed it, and nobody else
 * could since.
 */
static bool seen_before(const struct strings *references, size_t at)
{
    const struct strings before = {.items = references->items, .count = at};
    return strings_hold(&before, references->items[at]);
}

enum err desk_cancel_all(struct session *session, struct arena *arena,
                         const struct strings *references, const int64_t *versions,
                         const struct which *whiches)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        for (size_t i = 0; !writing.err && i < references->count; i++) {
            struct scheduled now = {0};
            int64_t version = seen_before(references, i) ? 0 : versions[i];
            writing.err = desk_cancel(session, arena, references->items[i], version,
                                      whiches ? &whiches[i] : NULL, &now);
        }
    return writing.err;
}
