/*
 * The rules of the check that are queries: what breaks each. They read the store through, or one
 * index entry for each row: their time grows with the store, no faster.
 */
#include "check.h"

#include <core/outbox.h>

/*
 * --- conference IDs -----------------------------------------------------------------------------
 */

#define OWN_DYNAMIC                                                                                \
    " FROM conference_id c JOIN meeting m ON m.uid = c.meeting_uid WHERE c.kind = 'dynamic'"

#define QUARANTINE "(SELECT CAST(quarantine_days AS BIGINT) * 86400 FROM organization)"
#define SPAN_END_OF_ID "(SELECT m.span_end FROM meeting m WHERE m.uid = conference_id.meeting_uid)"

/*
 * A meeting that was changed later may have been moved since, and was over then. (Whom the new time
 * is owed to, its edit says.)
 */
#define WITHDRAWN_TOO_SOON                                                                         \
    " FROM outbox r JOIN meeting m ON m.uid = r.meeting_uid WHERE r.state = 'withdrawn'"           \
    " AND r.why = '" MESSAGE_OVER "' AND (m.span_end IS NULL OR m.span_end > $1)"                  \
    " AND m.changed <= r.changed"

/* No number of changes gets there; behind the largest of all there is no next one. */
#define NEVER_COUNTED "4611686018427387904"

/* seq is the real clock when a call was noted; `at` may be ahead of it by 'admit --at'. */
#define NOTED_AHEAD " AND seq > CAST($1 AS BIGINT) * 1000000000"

/*
 * A revision that a clock of ours dated, which its history tells: a file's own date may be ahead.
 * All that comes from elsewhere until then would count as older, and not be taken.
 */
#define NOTED_AHEAD_OF(uid)                                                                        \
    " AND EXISTS (SELECT 1 FROM history h WHERE h.meeting_uid = " uid " AND h.at > $1)"

/*
 * What mends one rule may show another, so the order counts: an ID's instants go before its state,
 * and its state before the counts.
 */
static const struct check_rule store_rules[] = {
    {.finding = "organization's row is missing: ",
     "SELECT 'there is none' AS one FROM (SELECT COUNT(*) AS n FROM organization) o WHERE n = 0"},
    {.finding = "organization lets an unknown thing be told: ",
     "SELECT tell FROM organization WHERE tell NOT IN ('nothing', 'organizer', 'title')",
     "UPDATE organization SET tell = 'nothing'"
     " WHERE tell NOT IN ('nothing', 'organizer', 'title')"},
    {.finding = "organization's grace is not from 0 to 1440 minutes: ",
     "SELECT CAST(grace_minutes AS TEXT) FROM organization"
     " WHERE grace_minutes < 0 OR grace_minutes > 1440",
     "UPDATE organization SET grace_minutes = 30 WHERE grace_minutes < 0 OR grace_minutes > 1440"},
    {.finding = "organization's version is impossible: ",
     "SELECT CAST(version AS TEXT) FROM organization"
     " WHERE version < 1 OR version > " NEVER_COUNTED,
     "UPDATE organization SET version = 1 WHERE version < 1 OR version > " NEVER_COUNTED},
    {.finding = "organizer's version is impossible: ",
     "SELECT email FROM organizer WHERE version < 1 OR version > " NEVER_COUNTED,
     "UPDATE organizer SET version = 1 WHERE version < 1 OR version > " NEVER_COUNTED},
    {.finding = "conference ID's length is wrong: ",
     "SELECT digits FROM conference_id WHERE length <> length(digits)",
     "UPDATE conference_id SET length = length(digits) WHERE length <> length(digits)"},
    {.finding = "live dynamic ID's meeting does not carry it: ",
     "SELECT c.digits" OWN_DYNAMIC " AND c.state = 'live'"
     " AND (m.conference_id IS NULL OR m.conference_id <> c.digits)"},
    {.finding = "live conference ID's meeting is cancelled: ",
     "SELECT c.digits" OWN_DYNAMIC
     " AND c.state = 'live' AND c.drawn = 1 AND m.status = 'cancelled'"},
    {.finding = "dynamic ID and its meeting belong to different organizers: ",
     "SELECT c.digits || ' of meeting ' || m.uid" OWN_DYNAMIC
     " AND c.organizer_uid <> m.organizer_uid"},
    {.finding = "dynamic ID ends before its meeting: ",
     "SELECT c.digits || ' of meeting ' || m.uid" OWN_DYNAMIC
     " AND c.state <> 'retired' AND m.conference_id = c.digits"
     " AND (c.ends < m.span_end OR (m.span_end IS NULL AND c.ends IS NOT NULL))",
     "UPDATE conference_id SET ends = " SPAN_END_OF_ID
     " WHERE digits IN (SELECT c.digits" OWN_DYNAMIC
     " AND c.state <> 'retired' AND m.conference_id = c.digits"
     " AND (c.ends < m.span_end OR (m.span_end IS NULL AND c.ends IS NOT NULL)))"},
    {.finding = "dynamic ID is reserved for less time than its meeting takes: ",
     "SELECT c.digits || ' of meeting ' || m.uid" OWN_DYNAMIC
     " AND c.state <> 'retired' AND m.conference_id = c.digits"
     " AND (c.reserved_until < m.span_end OR (m.span_end IS NULL AND c.reserved_until IS NOT "
     "NULL))",
     "UPDATE conference_id SET reserved_until = " SPAN_END_OF_ID " + " QUARANTINE
     " WHERE digits IN (SELECT c.digits" OWN_DYNAMIC
     " AND c.state <> 'retired' AND m.conference_id = c.digits"
     " AND (c.reserved_until < m.span_end OR (m.span_end IS NULL AND c.reserved_until IS NOT "
     "NULL)))"},
    {.finding = "ended conference ID has no end: ",
     "SELECT digits FROM conference_id WHERE state = 'ended' AND ends IS NULL",
     "UPDATE conference_id SET ends = " SPAN_END_OF_ID ", state = CASE WHEN " SPAN_END_OF_ID
     " IS NULL THEN 'live' ELSE 'ended' END WHERE state = 'ended' AND ends IS NULL"},
    {.finding = "retired conference ID's quarantine is over before it began: ",
     "SELECT digits FROM conference_id WHERE state = 'retired' AND reserved_until < retired",
     "UPDATE conference_id SET reserved_until = retired + " QUARANTINE
     " WHERE state = 'retired' AND reserved_until < retired"},

    /* a clock that was ahead, and is right again */
    {.finding = "conference ID counts as ended, and its meeting is not over: ",
     "SELECT c.digits" OWN_DYNAMIC " AND c.state = 'ended' AND c.ends > $1"
     " AND m.conference_id = c.digits",
     "UPDATE conference_id SET state = 'live' WHERE digits IN (SELECT c.digits" OWN_DYNAMIC
     " AND c.state = 'ended' AND c.ends > $1 AND m.conference_id = c.digits)",
     CHECK_NOW},
    {.finding = "conference ID was retired at a time that is to come: ",
     "SELECT digits FROM conference_id WHERE state = 'retired' AND retired > $1",
     "UPDATE conference_id SET retired = CAST($1 AS BIGINT) - 120, reserved_until = CAST($1 AS "
     "BIGINT) - 120 + " QUARANTINE " WHERE state = 'retired' AND retired > $1",
     CHECK_NOW},
    {.finding = "conference ID was issued at a time that is to come: ",
     "SELECT digits FROM conference_id WHERE issued > $1",
     "UPDATE conference_id SET issued = CAST($1 AS BIGINT) - 120 WHERE issued > $1",
     CHECK_NOW},
    {.finding = "calls are noted at a time that is to come: ",
     "SELECT CAST(n AS TEXT) FROM (SELECT COUNT(*) AS n FROM call WHERE at > $1" NOTED_AHEAD
     ") c WHERE n > 0",
     /* before all windows in which wrong tries are counted */
     "UPDATE call SET at = CAST($1 AS BIGINT) - 7200 WHERE at > $1" NOTED_AHEAD,
     CHECK_CLOCK},
    {.finding = "message is in somebody's hands for longer than a day: ",
     "SELECT CAST(id AS TEXT) FROM outbox WHERE lease > CAST($1 AS BIGINT) + 86400",
     "UPDATE outbox SET lease = CAST($1 AS BIGINT) - 240 WHERE lease > CAST($1 AS BIGINT) + 86400",
     CHECK_CLOCK},
    {.finding = "message is not to be tried for longer than a day: ",
     "SELECT CAST(id AS TEXT) FROM outbox WHERE state = 'queued' AND due > CAST($1 AS BIGINT) + "
     "86400",
     "UPDATE outbox SET due = 0 WHERE state = 'queued' AND due > CAST($1 AS BIGINT) + 86400",
     CHECK_CLOCK},
    {.finding = "message was withdrawn as its meeting is over, and it is not: ",
     "SELECT CAST(r.id AS TEXT)" WITHDRAWN_TOO_SOON,
     "UPDATE outbox SET state = 'queued', why = '', changed = CAST($1 AS BIGINT) - 120, due = 0,"
     " tries = 0, first_tried = NULL WHERE id IN (SELECT r.id" WITHDRAWN_TOO_SOON ")",
     CHECK_NOW},
    {.finding = "message was tried at a time that is to come: ",
     "SELECT CAST(id AS TEXT) FROM outbox WHERE tried > $1 OR first_tried > $1",
     /* before the minute whose messages are counted */
     "UPDATE outbox SET tried = CASE WHEN tried > $1 THEN CAST($1 AS BIGINT) - 240 ELSE tried END,"
     " first_tried = CASE WHEN first_tried > $1 THEN CAST($1 AS BIGINT) - 240 ELSE first_tried END"
     " WHERE tried > $1 OR first_tried > $1",
     CHECK_CLOCK},
    {.finding = "meeting was changed at a time that is to come: ",
     "SELECT uid FROM meeting WHERE stamp > $1" NOTED_AHEAD_OF("meeting.uid"),
     "UPDATE meeting SET stamp = CAST($1 AS BIGINT) - 120,"
     " changed = CASE WHEN changed > $1 THEN CAST($1 AS BIGINT) - 120 ELSE changed END"
     " WHERE stamp > $1" NOTED_AHEAD_OF("meeting.uid"),
     CHECK_CLOCK},
    {.finding = "occurrence was changed at a time that is to come: ",
     "SELECT meeting_uid || ', ' || recurrence FROM meeting_override"
     " WHERE stamp > $1" NOTED_AHEAD_OF("meeting_override.meeting_uid"),
     "UPDATE meeting_override SET stamp = CAST($1 AS BIGINT) - 120"
     " WHERE stamp > $1" NOTED_AHEAD_OF("meeting_override.meeting_uid"),
     CHECK_CLOCK},

    {.finding = "conference ID gave way to one that is not in the store: ",
     "SELECT c.digits || ' -> ' || c.replaced_by FROM conference_id c"
     " WHERE c.replaced_by IS NOT NULL"
     " AND NOT EXISTS (SELECT 1 FROM conference_id n WHERE n.digits = c.replaced_by)"},
    {.finding = "count of live IDs is wrong for length ",
     "SELECT CAST(n.length AS TEXT) FROM id_count n LEFT JOIN"
     " (SELECT length, COUNT(*) AS live FROM conference_id WHERE state = 'live' GROUP BY length) c"
     " ON c.length = n.length WHERE n.live <> COALESCE(c.live, 0)",
     "UPDATE id_count SET live = (SELECT COUNT(*) FROM conference_id c WHERE c.state = 'live'"
     " AND c.length = id_count.length)"},
    {.finding = "count of live IDs is missing for length ",
     "WITH RECURSIVE lengths (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM lengths WHERE n < 12)"
     " SELECT CAST(n AS TEXT) FROM lengths WHERE n NOT IN (SELECT length FROM id_count)",
     "INSERT INTO id_count (length, live)"
     " WITH RECURSIVE lengths (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM lengths WHERE n < 12)"
     " SELECT n, (SELECT COUNT(*) FROM conference_id c WHERE c.state = 'live' AND c.length = n)"
     " FROM lengths WHERE n NOT IN (SELECT length FROM id_count)"},
    {.finding = "a meeting's change of ID names one that is not in the store: ",
     "SELECT v.old_id || ' -> ' || v.new_id || ' of meeting ' || v.meeting_uid FROM id_move v"
     " WHERE NOT EXISTS (SELECT 1 FROM conference_id o WHERE o.digits = v.old_id)"
     " OR NOT EXISTS (SELECT 1 FROM conference_id n WHERE n.digits = v.new_id)"},

    /*
     * --- meetings
     * ---------------------------------------------------------------------------------
     */

    {.finding = "meeting carries another meeting's dynamic ID: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind = 'dynamic' AND m.status = 'scheduled' AND c.kind = 'dynamic'"
     " AND c.drawn = 1 AND c.meeting_uid <> m.uid"
     " AND (m.span_end IS NULL OR m.span_end > c.issued)"},
    {.finding = "scheduled meeting carries a retired dynamic ID: ",
     "SELECT m.uid || ', ID ' || c.digits FROM meeting m"
     " JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind = 'dynamic' AND m.status = 'scheduled' AND c.kind = 'dynamic'"
     " AND c.state = 'retired' AND c.meeting_uid = m.uid"},
    {.finding = "meeting's conference ID is not in the store: ",
     "SELECT m.uid || ', ID ' || m.conference_id FROM meeting m WHERE m.conference_id IS NOT NULL"
     " AND NOT EXISTS (SELECT 1 FROM conference_id c WHERE c.digits = m.conference_id)"},
    {.finding = "meeting's static ID belongs to another organizer: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind = 'static' AND c.kind = 'static' AND c.state = 'live'"
     " AND m.status = 'scheduled' AND c.organizer_uid <> m.organizer_uid"
     /* what was over stays with a removed organizer, whose ID was handed over with the rest */
     " AND NOT EXISTS (SELECT 1 FROM organizer o WHERE o.uid = m.organizer_uid"
     " AND o.email_key = 'removed ' || o.uid)"},
    {.finding = "meeting and its conference ID differ in kind: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind <> c.kind AND c.state = 'live' AND m.status = 'scheduled'"
     " AND (c.meeting_uid = m.uid OR (c.kind = 'static' AND (m.id_kind <> 'dynamic'"
     " OR m.span_end IS NULL OR m.span_end > c.issued)))"},
    {.finding = "meeting's span does not hold its first occurrence: ",
     "SELECT uid FROM meeting WHERE span_start > start_at OR span_end < end_at"},
    {.finding = "meeting's span has the wrong class: ",
     "WITH RECURSIVE reach (class, seconds) AS (SELECT 0, CAST(86400 AS BIGINT) UNION ALL"
     " SELECT class + 1, seconds * 2 FROM reach WHERE class < 24)"
     " SELECT m.uid FROM meeting m LEFT JOIN reach r ON r.class = m.span_class"
     " WHERE (m.span_end IS NULL) <> (m.span_class = 99)"
     " OR (m.span_class <> 99 AND r.class IS NULL)"
     " OR m.span_end - m.span_start > r.seconds",
     "UPDATE meeting SET span_class = (WITH RECURSIVE reach (class, seconds) AS"
     " (SELECT 0, CAST(86400 AS BIGINT) UNION ALL"
     " SELECT class + 1, seconds * 2 FROM reach WHERE class < 24)"
     " SELECT COALESCE(MIN(class), 99) FROM reach"
     " WHERE seconds >= meeting.span_end - meeting.span_start)"},
    {.finding = "meeting's days by the clock are no part of its duration: ",
     "SELECT uid FROM meeting WHERE clock_days < 0 OR clock_days > duration / 86400"
     " OR (all_day = 1 AND clock_days <> 0)"},
    {.finding = "changed occurrence lasts less than no time, or more than a year: ",
     "SELECT meeting_uid || ', ' || recurrence FROM meeting_override"
     " WHERE duration < 0 OR duration > 366 * 86400"},
    {.finding = "meeting's number of changes is impossible: ",
     "SELECT uid FROM meeting WHERE sequence < 0 OR sequence > " NEVER_COUNTED},
    {.finding = "meeting's version is impossible: ",
     "SELECT uid FROM meeting WHERE version < 1 OR version > " NEVER_COUNTED,
     "UPDATE meeting SET version = 1 WHERE version < 1 OR version > " NEVER_COUNTED},
    {.finding = "meeting's zone rules are not in the store: ",
     "SELECT m.uid FROM meeting m WHERE m.zone_rules <> 0"
     " AND NOT EXISTS (SELECT 1 FROM zone_rules z WHERE z.fingerprint = m.zone_rules)",
     "UPDATE meeting SET zone_rules = 0 WHERE zone_rules <> 0"
     " AND NOT EXISTS (SELECT 1 FROM zone_rules z WHERE z.fingerprint = meeting.zone_rules)"},
    {.finding = "series without a rule has changed occurrences: ",
     "SELECT m.uid FROM meeting m WHERE m.rrule IS NULL AND m.rdates = ''"
     " AND EXISTS (SELECT 1 FROM meeting_override o WHERE o.meeting_uid = m.uid)"},

    /*
     * --- organizers and messages
     * ------------------------------------------------------------------
     */

    {.finding = "organizer's current static ID is not a live one of theirs: ",
     "SELECT o.email || ', ID ' || o.static_id FROM organizer o"
     " LEFT JOIN conference_id c ON c.digits = o.static_id"
     " AND c.kind = 'static' AND c.state = 'live' AND c.organizer_uid = o.uid"
     " WHERE o.static_id IS NOT NULL AND c.digits IS NULL"},
    {.finding = "static ID is the current one of several organizers: ",
     "SELECT static_id FROM organizer WHERE static_id IS NOT NULL"
     " GROUP BY static_id HAVING COUNT(*) > 1"},
    {.finding = "message's meeting is not there: ",
     "SELECT CAST(r.id AS TEXT) FROM outbox r"
     " WHERE NOT EXISTS (SELECT 1 FROM meeting m WHERE m.uid = r.meeting_uid)"},
    {.finding = "messages share one Message-ID: ",
     "SELECT message_id FROM outbox GROUP BY message_id HAVING COUNT(*) > 1"},
    {.finding = "message names a conference ID that is not in the store: ",
     "SELECT CAST(r.id AS TEXT) FROM outbox r WHERE (r.old_id IS NOT NULL"
     " AND NOT EXISTS (SELECT 1 FROM conference_id o WHERE o.digits = r.old_id))"
     " OR (r.new_id IS NOT NULL"
     " AND NOT EXISTS (SELECT 1 FROM conference_id n WHERE n.digits = r.new_id))"},
    {.finding = "message is in somebody's hands without an end: ",
     "SELECT CAST(id AS TEXT) FROM outbox WHERE (state = 'claimed' OR state = 'sending')"
     " AND (owner IS NULL OR lease IS NULL)",
     /* as of one whose sender has ended */
     "UPDATE outbox SET owner = 'nobody', lease = 0 WHERE (state = 'claimed' OR state = 'sending')"
     " AND (owner IS NULL OR lease IS NULL)"},
};

/*
 * --- what each act leaves behind
 * ------------------------------------------------------------------
 */

#define NO_ENTRY_OF_ID " NOT EXISTS (SELECT 1 FROM history h WHERE h.conference_id = "
#define NO_ENTRY_OF_MEETING " NOT EXISTS (SELECT 1 FROM history h WHERE h.meeting_uid = "

static const struct check_rule history_rules[] = {
    {.finding = "rows are missing from the history: ",
     "SELECT CAST(last - n AS TEXT) FROM"
     " (SELECT COUNT(*) AS n, COALESCE(MAX(seq), 0) AS last FROM history) h WHERE last <> n"},
    {.finding = "history does not tell where this conference ID comes from: ",
     "SELECT c.digits FROM conference_id c WHERE" NO_ENTRY_OF_ID
     "c.digits AND h.event IN ('id issued', 'id taken'))"},
    {.finding = "retired conference ID's quarantine was cut short: ",
     "SELECT digits FROM conference_id WHERE state = 'retired' AND reserved_until < retired"
     " + (SELECT CAST(quarantine_least AS BIGINT) * 86400 FROM organization)"},
    {.finding = "conference ID was issued years after all that the history tells: ", /* ten years */
     "SELECT digits FROM conference_id"
     " WHERE issued > (SELECT MAX(at) FROM history) + 315576000"},
    {.finding = "history does not tell why this conference ID is retired: ",
     "SELECT c.digits FROM conference_id c WHERE c.state = 'retired' AND" NO_ENTRY_OF_ID
     "c.digits AND h.event = 'id retired') AND" NO_ENTRY_OF_MEETING
     "c.meeting_uid AND h.event IN ('meeting imported', 'meeting updated by import'))"},
    {.finding = "history does not tell where this meeting comes from: ",
     "SELECT m.uid FROM meeting m WHERE" NO_ENTRY_OF_MEETING
     "m.uid AND h.event IN ('meeting scheduled', 'meeting imported'))"},
    {.finding = "history does not tell that this ID was left: ",
     "SELECT v.old_id || ' of meeting ' || v.meeting_uid FROM id_move v WHERE" NO_ENTRY_OF_MEETING
     "v.meeting_uid AND h.conference_id = v.old_id AND h.event = 'id left')"},
    {.finding = "converted meeting's change of ID is not in the store: ",
     "SELECT h.meeting_uid FROM history h WHERE h.event = 'meeting converted'"
     " AND NOT EXISTS (SELECT 1 FROM id_move v WHERE v.meeting_uid = h.meeting_uid)"},
};

struct check_rules check_rules_store(void)
{
    return (struct check_rules){store_rules, sizeof store_rules / sizeof *store_rules};
}

struct check_rules check_rules_history(void)
{
    return (struct check_rules){history_rules, sizeof history_rules / sizeof *history_rules};
}
