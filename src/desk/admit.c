/* The bridge's question: a read of the ID's state, the decision, and an entry in the call log. */
#include "calendar.h"
#include "known.h"
#include "lookup.h"
#include <desk/admit.h>
#include <desk/transaction.h>
#include <errno.h>
#include <stdlib.h>
#include <store/calls.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>
#include <time.h>

enum { REFUSED_AFTER = 150, SLOWED_BY = 2000, DIGITS_KEPT = 40, CALLS_MAX = 100000, JUDGED = 5000 };

struct admitting {
    struct arena *arena;
    const struct asking *asking;
    const struct calls_owed *owed; /* NULL: none are */
    struct call call;
    struct admission *out;
};

/* What of the entered digits the log keeps. */
static const char *digits_kept(struct arena *arena, const char *typed)
{
    struct text kept = text_start(arena);
    for (const char *c = typed; *c && kept.length < DIGITS_KEPT; c++)
        if (strchr("0123456789*#ABCDabcd", *c))
            text_add_byte(&kept, *c);
    return kept.bytes;
}

static const char *number_kept(struct arena *arena, const char *given)
{
    char kept[CALLER_SIZE];
    return caller_normalize(given, kept) ? arena_copy(arena, kept) : NULL;
}

static enum err expand_all(struct session *session, struct arena *arena,
                           const struct lookup *lookup, int64_t from, int64_t to,
                           struct occurrences *out)
{
    enum err err = ERR_OK;
    *out = (struct occurrences){0};
    for (size_t i = 0; err == ERR_OK && i < lookup->meetings.count; i++) {
        const struct meeting *meeting = lookup->meetings.items[i].meeting;
        if (meeting->status != MEETING_CANCELLED)
            err = meeting_expand(session, arena, meeting, from, to, 0, out);
    }
    return err;
}

/*
 * The occurrences near `at`; and if several meetings share the ID, so far on that the next one
 * behind the last end is among them.
 */
static enum err read_around(struct session *session, struct arena *arena,
                            const struct lookup *lookup, const struct admission_rules *rules,
                            struct occurrences *out)
{
    int64_t from, to, last = lookup->at;
    admission_window(rules, lookup->at, &from, &to);
    enum err err = expand_all(session, arena, lookup, from, to, out);
    if (err != ERR_OK || lookup->meetings.count < 2)
        return err;
    for (size_t i = 0; i < out->count; i++)
        last = out->items[i].end > last ? out->items[i].end : last;
    return expand_all(session, arena, lookup, from, last + rules->grace + rules->early + 1, out);
}

/* The tries that the store knows, and those that are owed to it. */
static enum err tries_count(struct session *session, const struct admitting *admitting,
                            struct admission_tries *tries)
{
    const struct call *call = &admitting->call;
    enum err err = store_calls_tries(session->store, call->caller, call->trunk, call->at, tries);
    for (size_t i = 0; !err && admitting->owed && i < admitting->owed->wrong.count; i++) {
        const struct call *owed = &admitting->owed->wrong.items[i];
        bool same = owed->caller && call->caller && strcmp(owed->caller, call->caller) == 0;
        tries->caller += same;
        tries->trunk += strcmp(owed->trunk, call->trunk) == 0;
    }
    return err;
}

static enum err decide(struct session *session, struct admitting *admitting)
{
    struct arena *arena = admitting->arena;
    char digits[ID_SIZE];
    bool is_id = conference_id_normalize(admitting->asking->digits, digits);
    struct lookup lookup = {.query_kind = is_id ? QUERY_ID : QUERY_NOT_DIGITS,
                            .conference_id = arena_copy(arena, digits),
                            .at = admitting->call.at,
                            .for_bridge = true};
    struct occurrences around = {0};
    struct admission_tries tries = {0};
    struct admission_rules rules;
    enum err err = known_rules(session, arena, &rules);
    if (err == ERR_OK && is_id)
        err = lookup_read(session, arena, &lookup);
    if (err == ERR_OK)
        err = read_around(session, arena, &lookup, &rules, &around);
    if (err == ERR_OK)
        err = tries_count(session, admitting, &tries);
    if (err != ERR_OK)
        return err;
    lookup_judge(&lookup, rules.early);
    *admitting->out = admission_decide(arena, &lookup, &around, &rules, tries);
    if (is_id)
        admitting->call.digits = lookup.conference_id;
    return ERR_OK;
}

enum err desk_calls_write(struct session *session, const struct calls *calls)
{
    int64_t kept_since = session_now(session) - (int64_t)CALL_KEPT_DAYS * DAY;
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = store_calls_add(session->store, calls, kept_since);
    return writing.err;
}

/*
 * The clock to nanoseconds, its last bits at random: no two calls have the same. Calls that are
 * written together are counted on from the first.
 */
static int64_t sequence_new(struct session *session, const struct calls_owed *owed)
{
    enum { SAME = 1 << 10 };
    struct timespec now;
    if (owed && owed->calls.count > 0)
        return owed->calls.items[owed->calls.count - 1].seq + 1;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t at = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    return at / SAME * SAME + (int64_t)random_below(session->random, SAME);
}

static enum err call_end(struct session *session, struct call *call, struct calls_owed *owed)
{
    if (!owed)
        return desk_calls_write(session, &(struct calls){.items = call, .count = 1});
    struct call kept = *call; /* verdict and why are names that live for ever */
    kept.digits = arena_copy(owed->arena, call->digits);
    kept.number = arena_copy(owed->arena, call->number);
    kept.caller = call->caller ? arena_copy(owed->arena, call->caller) : NULL;
    kept.trunk = arena_copy(owed->arena, call->trunk);
    kept.meeting_uid = call->meeting_uid ? arena_copy(owed->arena, call->meeting_uid) : NULL;
    *vector_push(owed->arena, &owed->calls) = kept;
    if (kept.wrong)
        *vector_push(owed->arena, &owed->wrong) = kept;
    return ERR_OK;
}

enum err desk_admit(struct session *session, struct arena *arena, const struct asking *asking,
                    struct calls_owed *owed, struct admission *out)
{
    const char *number = number_kept(arena, asking->number);
    const char *trunk = number_kept(arena, asking->trunk);
    struct admitting admitting = {
        .arena = arena,
        .asking = asking,
        .owed = owed,
        .call = {.at = asking->at,
                 .seq = sequence_new(session, owed),
                 .digits = digits_kept(arena, asking->digits),
                 .number = number ? number : "",
                 .caller = number_kept(arena, asking->caller),
                 .trunk = trunk ? trunk : ""},
        .out = out,
    };
    enum err err = session_store(session, DB_WRITE, NULL);
    if (err)
        return err;
    if (session->wait.in_line) /* a process a call: each would wait for the disk in its turn */
        store_lax(session->store, true);
    err = READING(session, decide(session, &admitting));
    if (err)
        return err;
    admitting.call.verdict = admission_verdict_name(out->verdict);
    admitting.call.why = admission_why_name(out);
    admitting.call.meeting_uid = out->meeting ? out->meeting->uid : NULL;
    admitting.call.wrong = out->wrong;
    return asking->unlogged ? ERR_OK : call_end(session, &admitting.call, owed);
}

static enum err room_of_meeting(struct session *session, struct arena *arena, const char *uid,
                                struct room *out)
{
    struct meeting meeting = {0};
    bool found = false;
    enum err err = store_meeting_find(arena, session->store, uid, &meeting, &found);
    if (err || !found || meeting.status == MEETING_CANCELLED || meeting.id_kind != ID_KIND_DYNAMIC)
        return err;
    *out = (struct room){ID_KIND_DYNAMIC, meeting.conference_id, meeting.organizer};
    return ERR_OK;
}

static enum err room_of_organizer(struct session *session, struct arena *arena, const char *uid,
                                  struct room *out)
{
    struct organizer organizer = {0};
    enum err err = store_organizer_by_uid(arena, session->store, uid, &organizer);
    if (err == ERR_NOT_FOUND) {
        error_clear(&session->error);
        return ERR_OK;
    }
    if (!err && organizer.static_id)
        *out = (struct room){ID_KIND_STATIC, organizer.static_id, organizer.email};
    return err;
}

enum err desk_room(struct session *session, struct arena *arena, const char *name, struct room *out)
{
    *out = (struct room){0};
    enum err err = reading_begin(session);
    if (!err && strncmp(name, "m-", 2) == 0)
        err = room_of_meeting(session, arena, name + 2, out);
    else if (!err && strncmp(name, "o-", 2) == 0)
        err = room_of_organizer(session, arena, name + 2, out);
    return reading_end(session, err);
}

int admission_delay(const struct admission *admission)
{
    bool told_at_once =
        admission->verdict == ADMISSION_ADMIT || admission->verdict == ADMISSION_EARLY;
    if (told_at_once)
        return 0;
    return admission->why == ADMISSION_WHY_TRUNK ? SLOWED_BY + REFUSED_AFTER : REFUSED_AFTER;
}

void admission_wait(int64_t begun, int milliseconds)
{
    int64_t end = begun + milliseconds;
    struct timespec until = {.tv_sec = end / 1000, .tv_nsec = end % 1000 * 1000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
        ;
}

/* --- the log --- */

static int compare_callers(const void *left, const void *right)
{
    struct call *const *a = left, *const *b = right;
    return strcmp((*a)->caller, (*b)->caller);
}

/* Each number is asked for once. */
static enum err callers_name(struct session *session, struct arena *arena, struct calls *calls)
{
    struct call **known = arena_array(arena, calls->count + 1, sizeof(struct call *));
    size_t count = 0;
    enum err err = ERR_OK;
    for (size_t i = 0; i < calls->count; i++)
        if (calls->items[i].caller)
            known[count++] = &calls->items[i];
    items_sort(known, count, sizeof *known, compare_callers);
    for (size_t i = 0; !err && i < count; i++) {
        struct attendees_known found = {0};
        if (i > 0 && strcmp(known[i - 1]->caller, known[i]->caller) == 0) {
            known[i]->who = known[i - 1]->who;
            continue;
        }
        err = store_attendees_by_number(arena, session->store, known[i]->caller, &found);
        known[i]->who = found.count == 1 ? found.items[0].email : NULL;
    }
    return err;
}

/* Signs are judged by all calls of a day before, too, whatever is shown of them. */
static enum err calls_read(struct session *session, struct arena *arena, int64_t since,
                           const char *digits, size_t limit, struct calls *out)
{
    struct calls all = {0};
    int64_t day_before = since > INT64_MIN + DAY ? since - DAY : since;
    enum err err = store_calls_list(arena, session->store, day_before,
                                    limit ? limit + JUDGED : CALLS_MAX, &all);
    if (err)
        return err;
    calls_judge(arena, &all);
    for (size_t i = 0; i < all.count; i++) {
        const struct call *call = &all.items[i];
        if (call->at >= since && (!digits || strcmp(call->digits, digits) == 0))
            *vector_push(arena, out) = *call;
    }
    if (limit > 0 && out->count > limit) {
        out->items += out->count - limit;
        out->count = limit;
    }
    return callers_name(session, arena, out);
}

enum err desk_calls(struct session *session, struct arena *arena, int64_t since, const char *digits,
                    size_t limit, struct calls *out)
{
    *out = (struct calls){0};
    return READING(session, calls_read(session, arena, since, digits, limit, out));
}

enum err desk_calls_admitted(struct session *session, const char *meeting_uid, size_t *count,
                             int64_t *last)
{
    enum err err = session_store(session, DB_READ, NULL);
    return err == ERR_OK ? store_calls_admitted(session->store, meeting_uid, count, last) : err;
}

enum err desk_trunk_probed(struct session *session, struct arena *arena, const char **trunk)
{
    enum err err = session_store(session, DB_READ, NULL);
    int64_t since = session_now(session) - ADMISSION_TRUNK_WINDOW;
    if (err != ERR_OK)
        return err;
    return store_calls_probed(arena, session->store, since, ADMISSION_TRUNK_LIMIT, trunk);
}
