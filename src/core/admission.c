/* The decision on a call. (core/admission.h has its rules.) */
#include "lookup_nearness.h"
#include <base/hash.h>
#include <core/admission.h>
#include <stdlib.h>
#include <string.h>

const char *admission_verdict_name(enum admission_verdict verdict)
{
    static const char *const names[] = {"admit", "early", "refuse", "slow-down"};
    return names[verdict];
}

const char *admission_why_name(const struct admission *admission)
{
    static const char *const names[] = {[ADMISSION_WHY_ON] = "on",
                                        [ADMISSION_WHY_GRACE] = "grace",
                                        [ADMISSION_WHY_BEFORE] = "before",
                                        [ADMISSION_WHY_CALLER] = "caller limit",
                                        [ADMISSION_WHY_TRUNK] = "trunk limit"};
    if (admission->why == ADMISSION_WHY_STATE)
        return id_state_name(admission->state);
    return names[admission->why];
}

struct admission_rules admission_rules(const struct organization *organization)
{
    return (struct admission_rules){
        .early = (int64_t)organization->early_minutes * MINUTE,
        .grace = (int64_t)organization->grace_minutes * MINUTE,
        .reveal = ADMISSION_REVEAL,
        .caller_limit = ADMISSION_CALLER_LIMIT,
        .trunk_limit = ADMISSION_TRUNK_LIMIT,
    };
}

void admission_window(const struct admission_rules *rules, int64_t at, int64_t *from, int64_t *to)
{
    int64_t ahead = rules->early > rules->reveal ? rules->early : rules->reveal;
    *from = at - rules->grace - 1;
    *to = at + ahead + 1;
}

/* As lookup_judge has it: a meeting without length is not over before it began. */
static int64_t end_of(const struct occurrence *o)
{
    return o->end > o->start ? o->end : o->start + 1;
}

static int64_t closing_of(const struct occurrence *o, const struct occurrences *around,
                          const struct admission_rules *rules)
{
    int64_t end = end_of(o), closing = end + rules->grace;
    for (size_t i = 0; i < around->count; i++) {
        const struct occurrence *other = &around->items[i];
        int64_t opening = other->start - rules->early;
        if (strcmp(other->meeting->uid, o->meeting->uid) == 0 || end_of(other) <= end)
            continue;
        if (opening < closing)
            closing = opening > end ? opening : end;
    }
    return closing;
}

/* A meeting's UID may be a foreign one: anything that a dial plan could trip over is left out. */
static const char *room_of(struct arena *arena, char kind, const char *uid)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = strlen(uid);
    char hash[HASH_SIZE];
    if (length > 0 && length <= 64 && strspn(uid, plain) == length)
        return arena_format(arena, "%c-%s", kind, uid);
    hash_bytes(uid, length, hash);
    return arena_format(arena, "%c-%s", kind, hash);
}

/* What of a meeting is on at a time. */
static enum admission_why why_of(const struct occurrence *o, const struct occurrences *around,
                                 const struct admission_rules *rules, int64_t at)
{
    int64_t opening = o->start - rules->early;
    if (at >= opening)
        return at < end_of(o)                      ? ADMISSION_WHY_ON
               : at < closing_of(o, around, rules) ? ADMISSION_WHY_GRACE
                                                   : ADMISSION_WHY_STATE;
    return at >= o->start - rules->reveal ? ADMISSION_WHY_BEFORE : ADMISSION_WHY_STATE;
}

/* The nearer of two meetings that are equally good to the caller. */
static bool nearer(const struct occurrence *o, const struct occurrence *than, int64_t at)
{
    enum nearness mine = occurrence_nearness(o, at), its = occurrence_nearness(than, at);
    if (mine != its)
        return mine < its;
    int64_t away = llabs(o->start - at), its_away = llabs(than->start - at);
    return away != its_away ? away < its_away : strcmp(o->meeting->uid, than->meeting->uid) < 0;
}

/* The best that the meetings on this ID have for the caller; NULL: none is near. */
static const struct occurrence *choose(const struct occurrences *around,
                                       const struct admission_rules *rules, int64_t at,
                                       enum admission_why *why, int64_t *closing)
{
    const struct occurrence *best = NULL;
    *why = ADMISSION_WHY_STATE;
    *closing = at;
    for (size_t i = 0; i < around->count; i++) {
        const struct occurrence *o = &around->items[i];
        enum admission_why its = why_of(o, around, rules, at);
        if (its > *why || its == ADMISSION_WHY_STATE)
            continue;
        if (its < *why || nearer(o, best, at))
            best = o;
        *why = its;
        if (its != ADMISSION_WHY_BEFORE && closing_of(o, around, rules) > *closing)
            *closing = closing_of(o, around, rules);
    }
    return best;
}

/* What the ID and the time come to, whoever calls. */
static struct admission decide_by_time(struct arena *arena, const struct lookup *judged,
                                       const struct occurrences *around,
                                       const struct admission_rules *rules)
{
    struct admission out = {.verdict = ADMISSION_REFUSE,
                            .why = ADMISSION_WHY_STATE,
                            .state = judged->state,
                            .wrong = true};
    bool open = judged->state == ID_STATE_LIVE || judged->state == ID_STATE_UPCOMING ||
                judged->state == ID_STATE_ENDED;
    int64_t closing = 0;
    const struct occurrence *o =
        open ? choose(around, rules, judged->at, &out.why, &closing) : NULL;
    if (!o)
        return out;
    out.wrong = false;
    out.meeting = o->meeting;
    out.lang = o->meeting->lang ? o->meeting->lang : judged->organizer->lang;
    if (out.why == ADMISSION_WHY_BEFORE) {
        out.verdict = ADMISSION_EARLY;
        out.from = o->start - rules->early;
        return out;
    }
    out.verdict = ADMISSION_ADMIT;
    out.until = closing - judged->at;
    out.room = judged->kind == ID_KIND_STATIC ? room_of(arena, 'o', judged->record->organizer_uid)
                                              : room_of(arena, 'm', o->meeting->uid);
    return out;
}

struct admission admission_decide(struct arena *arena, const struct lookup *judged,
                                  const struct occurrences *around,
                                  const struct admission_rules *rules, struct admission_tries tries)
{
    struct admission out = decide_by_time(arena, judged, around, rules);
    bool caller_over = tries.caller >= rules->caller_limit;
    bool trunk_over = out.wrong && tries.trunk >= rules->trunk_limit;
    if (!caller_over && !trunk_over)
        return out;
    return (struct admission){
        .verdict = ADMISSION_SLOW_DOWN,
        .why = caller_over ? ADMISSION_WHY_CALLER : ADMISSION_WHY_TRUNK,
        .state = out.state,
        .wrong = out.wrong,
    };
}

/* --- callers' numbers --- */

bool caller_normalize(const char *given, char out[CALLER_SIZE])
{
    static const char kept[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "+*#@._-/";
    static const char *const withheld[] = {"anonymous",  "anonymous@anonymous.invalid",
                                           "blocked",    "private",
                                           "restricted", "unavailable",
                                           "unknown",    "withheld"};
    size_t length = 0;
    for (const char *c = given ? given : ""; *c && length < CALLER_SIZE - 1; c++)
        if (strchr(kept, *c))
            out[length++] = *c;
    out[length] = '\0';
    for (size_t i = 0; i < sizeof withheld / sizeof *withheld; i++)
        if (strcasecmp(out, withheld[i]) == 0)
            out[0] = '\0';
    return out[0] != '\0';
}

char *caller_mask(struct arena *arena, const char *caller)
{
    enum { SHOWN = 4 };
    size_t length = strlen(caller);
    if (length == 0)
        return arena_copy(arena, "");
    return arena_format(arena, "…%s", caller + (length > SHOWN ? length - SHOWN : 0));
}
