/*
 * Stored instants against local times. A meeting means its local start in its zone; its instants
 * are computed from that and stored with a fingerprint of the zone's rules. So after an update of
 * the zone database, meetings that move can be told from damage.
 */
#include "times_check.h"
#include <core/directory.h>
#include <core/zone_changes.h>
#include <desk/desk.h>
#include <desk/own_id.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <store/zone_rules.h>
#include <string.h>

/* --- the zone as it was --- */

/* Two files of one zone may say the same: then nothing has changed. */
static enum err kept_zone_read(struct session *session, struct times_check *check,
                               const struct zone *today, struct kept_zone *kept)
{
    const char *changes = NULL;
    enum err err = store_zone_rules_get(check->arena, session->store, kept->fingerprint, &changes);
    if (err || !changes || strcmp(changes, zone_changes(check->arena, today)) == 0)
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
    if (err)
        return err;
    *vector_push(check->arena, &check->kept) = kept;
    *then = kept.zone;
    return ERR_OK;
}

/* --- looking --- */

static bool same_times(const struct meeting *a, const struct meeting *b)
{
    return a->start == b->start && a->end == b->end && a->span_start == b->span_start &&
           a->span_end == b->span_end;
}

/* The duration by which the stored times come out again; false if none does. */
static bool duration_found(const struct meeting *stored, const struct zone *zone,
                           struct meeting *out)
{
    out->duration = stored->all_day ? local_seconds(zone_read(zone, stored->end).local) -
                                          local_seconds(zone_read(zone, stored->start).local)
                                    : stored->end - stored->start;
    return out->duration >= 0 && series_resolve(out, zone, NULL) == ERR_OK &&
           same_times(stored, out);
}

/* For a meeting that was stored under other rules of its zone. */
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
    if (err)
        return err;
    if (stored->status == MEETING_SCHEDULED)
        err = series_moves_find(arena, stored, then, &verdict->meeting, today, session_now(session),
                                &verdict->moves, &session->error);
    if (err)
        return err;
    if (verdict->moves.count > 0)
        verdict->state = TIMES_MOVED;
    return ERR_OK;
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
    if (stored->duration < 0) {
        bool found = duration_found(stored, today, &verdict->meeting);
        verdict->state = found ? TIMES_WRONG_DURATION : TIMES_NO_DURATION;
        return ERR_OK;
    }
    enum err err = zone_then(session, check, today, stored->zone_rules, &then);
    if (err)
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

/* --- telling --- */

static const char *utc_text(struct arena *arena, int64_t instant)
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
    return arena_format(arena, "%s (stored: %s %s; it is %s)", stored->uid, what,
                        utc_text(arena, was), utc_text(arena, is));
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
    if (verdict->state == TIMES_WRONG_DURATION)
        return arena_format(arena, "%s (duration: %s)", stored->uid,
                            duration_format(arena, verdict->meeting.duration));
    if (verdict->state != TIMES_MOVED)
        return tell_wrong(arena, stored, &verdict->meeting);
    return arena_format(arena, "%s '%s' (%s): %04d-%02d-%02d %02d:%02d there was %s and is %s%s%s",
                        stored->uid, stored->title, stored->tz, moves->local.year,
                        moves->local.month, moves->local.day, moves->local.hour,
                        moves->local.minute, utc_text(arena, moves->before),
                        utc_text(arena, moves->after), others_word(arena, moves->count),
                        invited_word(arena, stored));
}

/* --- bringing right --- */

enum err times_put(struct session *session, struct arena *arena,
                   const struct organization *organization, const struct meeting *stored,
                   struct times_verdict *verdict)
{
    struct meeting *meeting = &verdict->meeting;
    const struct series_moves *moves = &verdict->moves;
    const char *detail =
        verdict->state == TIMES_WRONG_DURATION
            ? arena_format(arena, "duration: %s", duration_format(arena, meeting->duration))
        : verdict->state == TIMES_MOVED
            ? arena_format(arena, "by new rules of %s: %s -> %s%s", stored->tz,
                           utc_text(arena, moves->before), utc_text(arena, moves->after),
                           others_word(arena, moves->count))
            : arena_format(arena, "start: %s -> %s", utc_text(arena, stored->start),
                           utc_text(arena, meeting->start));
    meeting->changed = session_clock(session);
    meeting->sequence += verdict->state == TIMES_MOVED;
    enum err err = store_meeting_put(session->store, meeting);
    if (err)
        return err;
    if (meeting->status == MEETING_SCHEDULED)
        err = own_id_follow(session, arena, meeting, organization);
    return err ? err
               : history_note(session, HISTORY_TIMES_RENEWED, meeting->conference_id, meeting->uid,
                              detail);
}

/* --- looking a slice at a time, while nobody types --- */

enum { SLICE = 500 };

struct slice {
    struct zones_look *look;
    struct arena *arena; /* of this slice */
    struct times_check check;
};

/* True if the zone's file has changed since these meetings were stored; reads no meeting. */
static bool rules_changed(struct session *session, const struct zone_use *use)
{
    const struct zone *today = NULL;
    if (!use->tz || use->fingerprint == 0 || session_zone(session, use->tz, &today) != ERR_OK) {
        error_clear(&session->error);
        return false;
    }
    return zone_fingerprint(today) != use->fingerprint;
}

static enum err look_at_meeting(struct session *session, struct slice *slice,
                                const struct meeting *meeting)
{
    struct zones_look *look = slice->look;
    struct times_verdict verdict;
    enum err err = times_look(session, &slice->check, slice->arena, meeting, &verdict);
    if (err || verdict.state != TIMES_MOVED)
        return err;
    if (look->moved++ < ZONES_TOLD)
        *vector_push(look->arena, &look->lines) = times_tell(look->arena, meeting, &verdict);
    return ERR_OK;
}

static enum err look_at_slice(struct session *session, struct slice *slice)
{
    struct zone_uses uses = {0};
    int64_t after = slice->look->after, last = 0;
    enum err err = store_zone_uses(slice->arena, session->store, after, SLICE, &uses, &last);
    for (size_t i = 0; !err && i < uses.count; i++) {
        struct meetings list = {0};
        if (!rules_changed(session, &uses.items[i]))
            continue;
        err = store_zone_users(slice->arena, session->store, after, last, &uses.items[i], &list);
        for (size_t k = 0; !err && k < list.count; k++)
            err = look_at_meeting(session, slice, &list.items[k]);
    }
    if (err)
        return err;
    slice->look->done = last == 0;
    slice->look->after = last;
    return ERR_OK;
}

enum err desk_zones_look(struct session *session, struct zones_look *look)
{
    struct arena *arena = arena_new();
    struct zones_look tried = *look; /* a slice that fails is looked at again */
    struct slice slice = {.look = &tried, .arena = arena, .check = {.arena = arena}};
    enum err err = READING(session, look_at_slice(session, &slice));
    if (!err)
        *look = tried;
    arena_free(arena);
    return err;
}
