/*
 * The store as a whole: making it, checking it, copying it, and the mark of its last change.
 */
#include "foreign_check.h"
#include "times_check.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/directory.h>

enum err desk_init(struct session *session, bool *created)
{
    return session_store(session, DB_CREATE, created);
}

/* --- checking: what needs zones and rules, and so more than the store --- */

enum { CHECK_PAGE = 500 };

struct checking {
    struct arena *arena; /* of the findings */
    struct strings *findings;
    struct strings *notes;   /* NULL: nobody asks */
    struct repairs *repairs; /* NULL: times are checked, not repaired */
    struct organization organization;
    struct numbers numbers; /* the organization's */
    struct times_check check;
    size_t zones, organizers, rules, times, durations, moved, foreign, whose;
};

static void add_finding(struct checking *checking, size_t *lines, const char *finding,
                        const char *key)
{
    store_finding_add(checking->arena, checking->findings, lines, finding, key);
}

static bool zone_known(struct session *session, const char *name, const struct zone **zone)
{
    bool known = session_zone(session, name, zone) == ERR_OK;
    if (!known)
        error_clear(&session->error);
    return known;
}

static void add_times_finding(struct checking *checking, struct arena *arena,
                              const struct meeting *meeting, const struct times_verdict *verdict)
{
    switch (verdict->state) {
    case TIMES_SOUND:
        break;
    case TIMES_MOVED:
        add_finding(checking, &checking->moved,
                    "meeting moves, as its zone's rules have changed ('dialdesk check --repair'): ",
                    times_tell(arena, meeting, verdict));
        break;
    case TIMES_WRONG:
        add_finding(
            checking, &checking->times,
            "meeting's stored times are not what its local start, zone, duration and rule come to"
            " (or the zone's rules have changed): ",
            times_tell(arena, meeting, verdict));
        break;
    case TIMES_WRONG_DURATION:
    case TIMES_NO_DURATION:
        add_finding(checking, &checking->durations,
                    "meeting's duration is negative: ", meeting->uid);
        break;
    case TIMES_NO_RULE:
        add_finding(checking, &checking->rules,
                    "meeting's repeat rule can't be followed: ", meeting->uid);
        break;
    case TIMES_NO_ZONE:
        add_finding(
            checking, &checking->zones, "meeting's time zone is not known here: ",
            arena_format(arena, "%s, zone %s", meeting->uid, meeting->tz ? meeting->tz : "-"));
        break;
    }
}

static enum err repair_times(struct session *session, struct checking *checking,
                             struct arena *arena, const struct meeting *meeting,
                             struct times_verdict *verdict)
{
    if (verdict->state != TIMES_MOVED && verdict->state != TIMES_WRONG &&
        verdict->state != TIMES_WRONG_DURATION)
        return ERR_OK;
    checking->repairs->moved += verdict->state == TIMES_MOVED;
    *vector_push(checking->arena, &checking->repairs->lines) =
        times_tell(checking->arena, meeting, verdict);
    return times_put(session, arena, &checking->organization, meeting, verdict);
}

static enum err check_dial_in(struct session *session, struct checking *checking,
                              struct arena *arena, struct meeting *meeting)
{
    struct dial_in dial_in;
    bool found = false;
    enum err err = foreign_look(session, arena, &checking->numbers, meeting, &dial_in, &found);
    if (err || !found)
        return err;
    if (!checking->repairs) {
        add_finding(checking, &checking->foreign,
                    "meeting has another service's number for a conference ID ('dialdesk check "
                    "--repair'): ",
                    foreign_tell(arena, meeting, &dial_in));
        return ERR_OK;
    }
    *vector_push(checking->arena, &checking->repairs->lines) =
        foreign_tell(checking->arena, meeting, &dial_in);
    return foreign_put(session, arena, &checking->organization, meeting, &dial_in);
}

/* A repair leaves it: whether it is ours by another address, only its people know. */
static enum err check_whose(struct session *session, struct checking *checking, struct arena *arena,
                            const struct meeting *meeting)
{
    const char *who = NULL;
    if (checking->repairs)
        return ERR_OK;
    enum err err = foreign_organizer(session, arena, meeting, &who);
    if (!err && who)
        add_finding(checking, &checking->whose,
                    "meeting counts as the calendar's own, but its file named an organizer whom "
                    "the directory does not have (import it again, with --own if it is ours): ",
                    arena_format(arena, "%s '%s': %s", meeting->uid, meeting->title, who));
    return err;
}

static enum err check_times(struct session *session, struct checking *checking, struct arena *arena,
                            const struct meeting *meeting)
{
    struct times_verdict verdict;
    enum err err = times_look(session, &checking->check, arena, meeting, &verdict);
    if (err)
        return err;
    if (checking->repairs)
        return repair_times(session, checking, arena, meeting, &verdict);
    add_times_finding(checking, arena, meeting, &verdict);
    return ERR_OK;
}

/* The times are looked at of what a repair of the dial-in has stored. */
static enum err check_meeting(struct session *session, struct checking *checking,
                              struct arena *arena, struct meeting *meeting)
{
    enum err err = check_dial_in(session, checking, arena, meeting);
    if (!err)
        err = check_whose(session, checking, arena, meeting);
    return err ? err : check_times(session, checking, arena, meeting);
}

static enum err check_meetings(struct session *session, struct checking *checking)
{
    struct arena *arena = arena_new();
    struct check_page page = {.limit = CHECK_PAGE,
                              .kept = checking->arena,
                              .findings = checking->findings,
                              .repaired = checking->repairs ? &checking->repairs->lines : NULL};
    enum err err = ERR_OK;
    while (!err && !page.done) {
        arena_reset(arena);
        err = store_check_page(arena, session->store, &page);
        for (size_t i = 0; !err && i < page.meetings.count; i++)
            err = check_meeting(session, checking, arena, &page.meetings.items[i]);
    }
    arena_free(arena);
    return err;
}

static enum err check_organizers(struct session *session, struct checking *checking)
{
    struct arena *arena = arena_new();
    struct organizers list = {0};
    const struct zone *zone = NULL;
    enum err err = store_organizers_list(arena, session->store, 0, &list);
    for (size_t i = 0; !err && i < list.count; i++) {
        const struct organizer *organizer = &list.items[i];
        if (!organizer->tz || !zone_known(session, organizer->tz, &zone))
            add_finding(checking, &checking->organizers,
                        "organizer's time zone is not known here: ",
                        arena_format(arena, "%s, zone %s", organizer->email,
                                     organizer->tz ? organizer->tz : "-"));
    }
    arena_free(arena);
    return err;
}

static enum err check_records(struct session *session, struct checking *checking)
{
    enum err err = reading_begin(session);
    if (!err)
        err = check_organizers(session, checking);
    if (!err)
        err = store_numbers_list(checking->arena, session->store, &checking->numbers);
    if (!err)
        err = check_meetings(session, checking);
    return reading_end(session, err);
}

/*
 * Damage that stops the check is a finding. If there are findings already, other errors came of the
 * same damage.
 */
static enum err check_end(struct session *session, struct checking *checking, enum err err)
{
    if (err == ERR_DAMAGED && checking->findings->count == 0)
        store_finding_damage(checking->arena, checking->findings, &session->error);
    if (err != ERR_DAMAGED && !(err == ERR_BUG && checking->findings->count > 0))
        return err;
    error_clear(&session->error);
    return ERR_OK;
}

/*
 * A store that can't be opened is checked by the engine alone; a file that is no store keeps its
 * error.
 */
static enum err check_unopened(struct session *session, struct checking *checking)
{
    struct error why = session->error;
    enum err err = store_check_unopened(checking->arena, session->settings.db, checking->findings,
                                        &session->error);
    if (!err && checking->findings->count == 0) {
        session->error = why;
        return ERR_DAMAGED;
    }
    return check_end(session, checking, err ? err : ERR_DAMAGED);
}

static struct check_times times_of(const struct session *session)
{
    return (struct check_times){session_now(session), session_clock(session)};
}

static enum err check_all(struct session *session, struct checking *checking)
{
    enum err err = store_check(checking->arena, session->store, times_of(session),
                               checking->findings, checking->notes);
    if (err)
        return err;
    err = store_check_history(checking->arena, session->store, checking->findings);
    return err ? err : check_records(session, checking);
}

enum err desk_check(struct session *session, struct arena *arena, struct strings *findings,
                    struct strings *notes)
{
    struct checking checking = {
        .arena = arena, .findings = findings, .notes = notes, .check = {.arena = arena}};
    enum err err = session_store(session, DB_READ, NULL);
    if (err == ERR_DAMAGED)
        return check_unopened(session, &checking);
    if (err)
        return err;
    return check_end(session, &checking, check_all(session, &checking));
}

/* --- repairing: what can be worked out again from what was meant --- */

static enum err repair_meetings(struct session *session, struct checking *checking)
{
    *checking->repairs = (struct repairs){0};
    checking->numbers = (struct numbers){0};
    enum err err =
        store_repair(checking->arena, session->store, times_of(session), &checking->repairs->lines);
    if (!err)
        err = store_organization_get(checking->arena, session->store, &checking->organization);
    if (!err)
        err = store_numbers_list(checking->arena, session->store, &checking->numbers);
    return err ? err : check_meetings(session, checking);
}

/* Tried first, so that nothing is copied if nothing is to be repaired. */
static enum err repair_all(struct session *session, struct checking *checking)
{
    struct writing trial = {.dry_run = true}, writing = {0};
    const char *copy = NULL;
    while (writing_next(session, &trial))
        trial.err = repair_meetings(session, checking);
    if (trial.err || checking->repairs->lines.count == 0)
        return trial.err;
    writing.err = store_copy_before_repair(checking->arena, session->store, &copy);
    while (writing_next(session, &writing))
        writing.err = repair_meetings(session, checking);
    checking->repairs->copy = copy;
    return writing.err;
}

enum err desk_repair(struct session *session, struct arena *arena, struct repairs *repairs)
{
    struct strings unread = {0}; /* the check reports them */
    struct checking checking = {
        .arena = arena, .findings = &unread, .repairs = repairs, .check = {.arena = arena}};
    enum err err = session_store(session, DB_READ, NULL); /* a repair makes no store */
    *repairs = (struct repairs){0};
    if (!err)
        err = repair_all(session, &checking);
    if (err == ERR_BUG) /* a table that is missing: the check tells of it */
        session->error.code = err = ERR_DAMAGED;
    return err;
}

enum err desk_backup(struct session *session, const char *path)
{
    enum err err = session_store(session, DB_READ, NULL);
    return err ? err : store_backup(session->store, path);
}

enum err desk_restore(struct session *session, const char *file)
{
    enum err err = store_restore(session->settings.db, file, &session->error);
    if (err)
        return err;
    err = session_store(session, DB_WRITE, NULL);
    if (!err)
        return ERR_OK;
    struct error opening = session->error;
    return error_set(&session->error, err, opening.what,
                     "it is what %s holds now; only opening it failed: %s", file, opening.why);
}

enum err desk_change_mark(struct session *session, int64_t *mark)
{
    if (!session->store)
        return error_set(&session->error, ERR_IO, "the store", "it is not open");
    return store_change_mark(session->store, mark);
}
