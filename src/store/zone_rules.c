/*
 * The rules of zones by which meetings were worked out: written with the first meeting of each,
 * read by the check.
 */
#include "store_private.h"

#include <core/zone_changes.h>
#include <store/zone_rules.h>

enum err store_zone_rules_get(struct arena *arena, struct store *store, int64_t fingerprint,
                              const char **changes)
{
    struct db_statement *query;
    bool row = false;
    *changes = NULL;
    enum err err =
        db_query_row(store->db, &query, &row,
                     "SELECT changes FROM zone_rules WHERE fingerprint = $1", DB(fingerprint));
    if (!err && row)
        *changes = db_text(arena, query, 0);
    db_done(query);
    return err;
}

static const char known_sql[] = "SELECT 1 FROM zone_rules WHERE fingerprint = $1";

enum err zone_rules_ahead(struct store *store, const struct zone *zone)
{
    return db_ahead(store->db, known_sql, DB(zone_fingerprint(zone)));
}

/* Working the text out takes longer than looking whether it is there, which it nearly always is. */
static enum err rules_known(struct store *store, int64_t fingerprint, bool *known)
{
    struct db_statement *query;
    enum err err = db_query_row(store->db, &query, known, known_sql, DB(fingerprint));
    db_done(query);
    return err;
}

enum err zone_rules_keep(struct store *store, const struct zone *zone)
{
    int64_t fingerprint = zone_fingerprint(zone);
    bool known = false;
    enum err err = rules_known(store, fingerprint, &known);
    if (err || known)
        return err;
    struct arena *arena = arena_new();
    err = db_run_later(store->db,
                       "INSERT INTO zone_rules (fingerprint, changes) VALUES ($1, $2)"
                       " ON CONFLICT (fingerprint) DO NOTHING",
                       DB(fingerprint, zone_changes(arena, zone)));
    arena_free(arena);
    return err;
}

enum err store_zone_uses(struct arena *arena, struct store *store, int64_t after, size_t limit,
                         struct zone_uses *out, int64_t *last)
{
    struct db_statement *query;
    bool row = true;
    *out = (struct zone_uses){0};
    *last = 0;
    enum err err = db_query(store->db, &query,
                            "SELECT tz, zone_rules, MAX(seq) FROM (SELECT tz, zone_rules, seq"
                            " FROM meeting WHERE seq > $1 ORDER BY seq LIMIT $2) AS slice"
                            " GROUP BY tz, zone_rules",
                            DB(after, limit_of(limit)));
    if (err)
        return err;
    while (!(err = db_step(query, &row)) && row) {
        *vector_push(arena, out) =
            (struct zone_use){.tz = db_text(arena, query, 0), .fingerprint = db_int(query, 1)};
        *last = db_int(query, 2) > *last ? db_int(query, 2) : *last;
    }
    db_done(query);
    return err;
}

enum err store_zone_users(struct arena *arena, struct store *store, int64_t after, int64_t last,
                          const struct zone_use *use, struct meetings *out)
{
    struct db_statement *query;
    *out = (struct meetings){0};
    enum err err = db_query(store->db, &query,
                            "SELECT" MEETING_COLUMNS MEETING_TABLES
                            "m.seq > $1 AND m.seq <= $2 AND m.tz = $3 AND m.zone_rules = $4"
                            " AND m.status = 'scheduled' ORDER BY m.seq",
                            DB(after, last, use->tz, use->fingerprint));
    if (err)
        return err;
    return meeting_rows_read(arena, store, query, true, out);
}
