/*
 * Stored instants against local times. What a meeting means is its local start in its zone; the
 * instants are worked out from that and stored, with the rules that the zone had then. So when the
 * zone database moves on, what moves with it can be told from damage.
 */
#include "times_check.h"
#include "calendar.h"
#include <core/directory.h>
#include <core/zone_changes.h>
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <store/zone_rules.h>
#include <string.h>

/*
 * --- the zone as it was
 * ----------------------------------------------------------------------------
 */

/* Two files of one zone may say the same: then nothing has changed. */
static enum err kept_zone_read(struct session *session, struct times_check *check,
                               const struct zone *today, struct kept_zone *kept)
{
    const char *changes = NULL;
    enum err err = store_zone_rules_get(check->arena, session->store, kept->fingerprint, &changes);
    if (err != ERR_OK || !changes || strcmp(changes, zone_changes(check->arena, today)) == 0)
        return err;
    if (zone_from_changes(check->arena, kept->name, changes, &kept->zone, NULL) != ERR_OK)
        kept->zone = NULL;
    return ERR_OK;
}

static enum err zone_then(struct session *session, struct times_check *check,
                          const struct zone *today, int64_t fingerprint, const struct zone **then)
{
    *then = NULL;
    if (fingerprint == 0 || fingerprint == zone_fingerprint(today))
        return ERR_OK;
    for (size_t i = 0; i < check->kept.count; i++) {
        const struct kept_zone *kept = &check->kept.items[i];
        if (kept->fingerprint == fingerprint && strcmp(kept->name, zone_name(today)) == 0) {
            *then = kept->zone;
            return ERR_OK;
        }
    }
    struct kept_zone kept = {arena_copy(check->arena, zone_name(today)), fingerprint, NULL};
    enum err err = kept_zone_read(session, check, today, &kept);
    if (err == ERR_OK)
        *vector_push(check->arena, &check->kept) = kept;
    *then = kept.zone;
    return err;
}

/*
 * --- looking
 * ---------------------------------------------------------------------------------------
 */

static bool same_times(const struct meeting *a, const struct meeting *b)
{
    return a->start == b->start && a->end == b->end && a->span_start == b->span_start &&
           a->span_end == b->span_end;
}

/* The zone's rules are others than when it was stored. */
static enum err look_then(struct session *session, struct arena *arena,
                          const struct meeting *stored, const struct zone *then,
                          const struct zone *today, struct times_verdict *verdict)
{
    struct meeting was = *stored;
    bool stale = !same_times(stored, &verdict->meeting);
    if (series_resolve(&was, then, NULL) != ERR_OK) {
        verdict->state = TIMES_NO_RULE;
        return ERR_OK;
    }
    if (stale && !same_times(stored, &was)) {
        verdict->state = TIMES_WRONG;
        return ERR_OK;
    }
    verdict->meeting = *stored;
    enum err err = series_renew(arena, &verdict->meeting, then, today, &session->error);
    if (err == ERR_OK && stored->status == MEETING_SCHEDULED)
        err = series_moves_find(arena, stored, then, &verdict->meeting, today, session_now(session),
                                &verdict->moves, &session->error);
    if (err == ERR_OK && verdict->moves.count > 0)
        verdict->state = TIMES_MOVED;
    return err;
}

enum err times_look(struct session *session, struct times_check *check, struct arena *arena,
                    const struct meeting *stored, struct times_verdict *verdict)
{
    const struct zone *today = NULL, *then = NULL;
    *verdict = (struct times_verdict){.state = TIMES_NO_ZONE, .meeting = *stored};
    if (!stored->tz || session_zone(session, stored->tz, &today) != ERR_OK) {
        error_clear(&session->error);
        return ERR_OK;
    }
    enum err err = zone_then(session, check, today, stored->zone_rules, &then);
    if (err != ERR_OK)
        return err;
    verdict->state = TIMES_NO_RULE;
    if (series_resolve(&verdict->meeting, today, NULL) != ERR_OK)
        return ERR_OK;
    verdict->state = TIMES_SOUND;
    if (then)
        return look_then(session, arena, stored, then, today, verdict);
    if (!same_times(stored, &verdict->meeting))
        verdict->state = TIMES_WRONG;
    return ERR_OK;
}

/*
 * --- telling
 * ---------------------------------------------------------------------------------------
 */

static const char *utc(struct arena *arena, int64_t instant)
{
    const char *text = time_format_rfc3339(arena, instant, zone_utc());
    return arena_format(arena, "%.19sZ", text);
}

static char *tell_wrong(struct arena *arena, const struct meeting *stored,
                        const struct meeting *right)
{
    const char *what = "starts";
    int64_t was = stored->start, is = right->start;
    if (was == is) {
        what = "ends";
        was = stored->end;
        is = right->end;
    }
    if (was == is) {
        what = "ends for the last time";
        was = stored->span_end;
        is = right->span_end;
    }
    if (was == is || was == INSTANT_NEVER || is == INSTANT_NEVER)
        return arena_copy(arena, stored->uid);
    return arena_format(arena, "%s (stored: %s %s; it is %s)", stored->uid, what, utc(arena, was),
                        utc(arena, is));
}

static const char *others_word(struct arena *arena, size_t count)
{
    return count < 2 ? "" : arena_format(arena, ", the first of %zu occurrences that move", count);
}

static const char *invited_word(struct arena *arena, const struct meeting *meeting)
{
    size_t count = meeting->attendees.count;
    if (count == 0)
        return "";
    return arena_format(arena, "; the invitation%s of %zu attendee%s may still say the old time",
                        count == 1 ? "" : "s", count, count == 1 ? "" : "s");
}

char *times_tell(struct arena *arena, const struct meeting *stored,
                 const struct times_verdict *verdict)
{
    const struct series_moves *moves = &verdict->moves;
    if (verdict->state != TIMES_MOVED)
        return tell_wrong(arena, stored, &verdict->meeting);
    return arena_format(arena, "%s '%s' (%s): %04d-%02d-%02d %02d:%02d there was %s and is %s%s%s",
                        stored->uid, stored->title, stored->tz, moves->local.year,
                        moves->local.month, moves->local.day, moves->local.hour,
                        moves->local.minute, utc(arena, moves->before), utc(arena, moves->after),
                        others_word(arena, moves->count), invited_word(arena, stored));
}

/*
 * --- bringing right
 * --------------------------------------------------------------------------------
 */

enum err times_put(struct session *session, struct arena *arena,
                   const struct organization *organization, const struct meeting *stored,
                   struct times_verdict *verdict)
{
    struct meeting *meeting = &verdict->meeting;
    const struct series_moves *moves = &verdict->moves;
    const char *detail = verdict->state == TIMES_MOVED
                             ? arena_format(arena, "by new rules of %s: %s -> %s%s", stored->tz,
                                            utc(arena, moves->before), utc(arena, moves->after),
                                            others_word(arena, moves->count))
                             : arena_format(arena, "start: %s -> %s", utc(arena, stored->start),
                                            utc(arena, meeting->start));
    meeting->changed = session_clock(session);
    meeting->sequence += verdict->state == TIMES_MOVED;
    enum err err = store_meeting_put(session->store, meeting);
    if (err == ERR_OK && meeting->status == MEETING_SCHEDULED)
        err = own_id_follow(session, arena, meeting, organization);
    return err == ERR_OK ? history_note(session, HISTORY_TIMES_RENEWED, meeting->conference_id,
                                        meeting->uid, detail)
                         : err;
}
