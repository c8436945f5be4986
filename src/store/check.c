/*
 * The store's check: the engine's own, then each rule of the design that rows can show. Reads only.
 * A rule is a query that returns what breaks it, in a table; slips between IDs are looked for in C.
 */
#include "store_private.h"

#include <stdlib.h>
#include <store/ids.h>
#include <string.h>

enum { CHECK_LINES_MAX = 20, CHECK_SLIPS_MAX = 20000000 };

/* Each query gives one text column (what is wrong) and takes no parameters. */
struct check_rule {
    const char *finding; /* the line's beginning */
    const char *sql;
};

static const struct check_rule rules[] = {
    {"meeting carries another meeting's dynamic ID: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind = 'dynamic' AND m.status = 'scheduled' AND c.kind = 'dynamic'"
     " AND c.drawn = 1 AND c.meeting_uid <> m.uid"
     " AND (m.span_end IS NULL OR m.span_end > c.issued)"},
    {"meeting's conference ID is not in the store: ",
     "SELECT uid FROM meeting WHERE conference_id IS NOT NULL"
     " AND conference_id NOT IN (SELECT digits FROM conference_id)"},
    {"meeting's static ID belongs to another organizer: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind = 'static' AND c.kind = 'static' AND c.state = 'live'"
     " AND m.status = 'scheduled' AND c.organizer_uid <> m.organizer_uid"},
    {"meeting and its conference ID differ in kind: ",
     "SELECT m.uid FROM meeting m JOIN conference_id c ON c.digits = m.conference_id"
     " WHERE m.id_kind <> c.kind AND c.state = 'live' AND m.status = 'scheduled'"
     " AND (c.kind = 'static' OR c.meeting_uid = m.uid)"},
    {"live dynamic ID's meeting does not carry it: ",
     "SELECT c.digits FROM conference_id c JOIN meeting m ON m.uid = c.meeting_uid"
     " WHERE c.kind = 'dynamic' AND c.state = 'live'"
     " AND (m.conference_id IS NULL OR m.conference_id <> c.digits)"},
    {"live conference ID's meeting is cancelled: ",
     "SELECT c.digits FROM conference_id c JOIN meeting m ON m.uid = c.meeting_uid"
     " WHERE c.kind = 'dynamic' AND c.state = 'live' AND c.drawn = 1 AND m.status = 'cancelled'"},
    {"organizer's current static ID is not a live one of theirs: ",
     "SELECT o.email FROM organizer o LEFT JOIN conference_id c ON c.digits = o.static_id"
     " AND c.kind = 'static' AND c.state = 'live' AND c.organizer_uid = o.uid"
     " WHERE o.static_id IS NOT NULL AND c.digits IS NULL"},
    {"count of live IDs is wrong for length ",
     "SELECT CAST(n.length AS TEXT) FROM id_count n WHERE n.live <>"
     " (SELECT COUNT(*) FROM conference_id c WHERE c.length = n.length AND c.state = 'live')"},
    {"conference ID's length is wrong: ",
     "SELECT digits FROM conference_id WHERE length <> length(digits)"},
    {"meeting's span does not hold its first occurrence: ",
     "SELECT uid FROM meeting WHERE span_start > start_at OR span_end < end_at"},
    {"meeting's span has the wrong class: ",
     "SELECT uid FROM meeting WHERE (span_end IS NULL) <> (span_class = 99)"
     " OR (span_class BETWEEN 0 AND 24 AND span_end - span_start >"
     " (WITH RECURSIVE reach (class, seconds) AS (SELECT 0, CAST(86400 AS BIGINT) UNION ALL"
     " SELECT class + 1, seconds * 2 FROM reach WHERE class < 24)"
     " SELECT seconds FROM reach WHERE class = span_class))"},
    {"series without a rule has changed occurrences: ",
     "SELECT m.uid FROM meeting m WHERE m.rrule IS NULL AND m.rdates = ''"
     " AND m.uid IN (SELECT meeting_uid FROM meeting_override)"},
    {"reminder's meeting is not there: ",
     "SELECT uid FROM reminder WHERE meeting_uid NOT IN (SELECT uid FROM meeting)"},
    {"organization's row is missing: ",
     "SELECT 'there is none' WHERE NOT EXISTS (SELECT 1 FROM organization)"},
};

static enum err rule_check(struct arena *arena, struct store *store, const struct check_rule *rule,
                           struct strings *findings, struct error *error)
{
    struct db_statement *query;
    bool row = true;
    size_t lines = 0;
    enum err err = db_query(store->db, rule->sql, &query, error);
    if (err)
        return err;
    while (!(err = db_step(query, &row, error)) && row) {
        if (lines++ == CHECK_LINES_MAX) {
            *vector_push(arena, findings) = arena_format(arena, "%sand more", rule->finding);
            break;
        }
        *vector_push(arena, findings) =
            arena_format(arena, "%s%s", rule->finding, db_text(arena, query, 0));
    }
    db_done(query);
    return err;
}

/* --- slips ------------------------------------------------------------------------------------ */

/*
 * An ID as a number with its length above, so that 04711 and 4711 differ. All drawn IDs that are live,
 * sorted, are searched for each one's slips: n log n, and eight bytes an ID.
 */
struct slip_keys VECTOR(uint64_t);

static uint64_t slip_key(const char *digits)
{
    uint64_t key = 0;
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++)
        key = key * 10 + (uint64_t)(digits[i] - '0');
    return key | (uint64_t)n << 56;
}

static int key_compare(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static enum err keys_read(struct arena *arena, struct store *store, struct slip_keys *keys,
                          struct error *error)
{
    struct db_statement *query;
    bool row = true;
    enum err err = db_query(store->db,
                            "SELECT CAST(digits AS BIGINT), length FROM conference_id"
                            " WHERE drawn = 1 AND state = 'live' LIMIT $1",
                            &query, error);
    if (err)
        return err;
    db_bind(query, "i", (int64_t)CHECK_SLIPS_MAX);
    while (!(err = db_step(query, &row, error)) && row)
        *vector_push(arena, keys) = (uint64_t)db_int(query, 0) | (uint64_t)db_int(query, 1) << 56;
    return err;
}

/* Every pair is met twice, from either side; it is told once. */
static void slips_of(struct arena *arena, const struct slip_keys *keys, uint64_t key,
                     struct strings *findings)
{
    char digits[ID_SIZE] = "", slips[ID_SLIPS_MAX][ID_SIZE];
    uint64_t value = key & ((UINT64_C(1) << 56) - 1);
    for (size_t i = key >> 56; i > 0 && i < ID_SIZE; value /= 10)
        digits[--i] = (char)('0' + value % 10);
    if (!conference_id_valid(digits))
        return;
    size_t count = conference_id_slips(digits, slips);
    for (size_t i = 0; i < count; i++) {
        uint64_t other = slip_key(slips[i]);
        if (other > key && bsearch(&other, keys->items, keys->count, sizeof other, key_compare))
            *vector_push(arena, findings) = arena_format(
                arena, "live conference IDs are one slip apart: %s %s", digits, slips[i]);
    }
}

static enum err slips_check(struct arena *arena, struct store *store, struct strings *findings,
                            struct error *error)
{
    struct arena *own = arena_new();
    struct slip_keys keys = {0};
    enum err err = keys_read(own, store, &keys, error);
    if (!err && keys.count)
        qsort(keys.items, keys.count, sizeof *keys.items, key_compare);
    for (size_t i = 0; !err && i < keys.count; i++)
        slips_of(arena, &keys, keys.items[i], findings);
    arena_free(own);
    return err;
}

/* --- all of it -------------------------------------------------------------------------------- */

static void lines_add(struct arena *arena, char *text, struct strings *findings)
{
    for (char *line = strtok_r(text, "\n", &text); line; line = strtok_r(NULL, "\n", &text))
        *vector_push(arena, findings) = line;
}

static enum err rules_check(struct arena *arena, struct store *store, struct strings *findings,
                            struct error *error)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && !err; i++)
        err = rule_check(arena, store, &rules[i], findings, error);
    return err ? err : slips_check(arena, store, findings, error);
}

/* One transaction, so that all rules see one state. Damage met on the way is a finding like others. */
enum err store_check(struct arena *arena, struct store *store, struct strings *findings,
                     struct error *error)
{
    char *text = NULL;
    struct error damage;
    error_clear(&damage);
    enum err err = db_integrity(store->db, arena, &text, error);
    if (err)
        return err;
    if (text)
        lines_add(arena, text, findings);
    err = db_begin(store->db, false, &damage);
    if (!err)
        err = rules_check(arena, store, findings, &damage);
    db_rollback(store->db);
    if (err == ERR_DAMAGED) {
        *vector_push(arena, findings) = arena_format(arena, "%s", damage.why);
        return ERR_OK;
    }
    return err ? error_set(error, err, damage.what, "%s", damage.why) : ERR_OK;
}
