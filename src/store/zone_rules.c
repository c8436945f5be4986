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
    return db_query_text(arena, store->db, changes,
                         "SELECT changes FROM zone_rules WHERE fingerprint = $1", DB(fingerprint));
}

static const char known_sql[] = "SELECT 1 FROM zone_rules WHERE fingerprint = $1";

enum err zone_rules_ahead(struct store *store, const struct zone *zone)
{
    return db_ahead(store->db, known_sql, DB(zone_fingerprint(zone)));
}

enum err zone_rules_keep(struct store *store, const struct zone *zone)
{
    int64_t fingerprint = zone_fingerprint(zone), known;
    /* working the text out takes longer than this look, which nearly always finds it */
    enum err err = db_query_int(store->db, &known, known_sql, DB(fingerprint));
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
    *out = (struct zone_uses){0};
    *last = 0;
    enum err err = db_query(store->db, &query,
                            "SELECT tz, zone_rules, MAX(seq) FROM (SELECT tz, zone_rules, seq"
                            " FROM meeting WHERE seq > $1 ORDER BY seq LIMIT $2) AS slice"
                            " GROUP BY tz, zone_rules",
                            DB(after, limit_of(limit)));
    while (db_next(query, &err)) {
        *vector_push(arena, out) =
            (struct zone_use){.tz = db_string(arena, query, 0), .fingerprint = db_int(query, 1)};
        *last = db_int(query, 2) > *last ? db_int(query, 2) : *last;
    }
    return err;
}

enum err store_zone_users(struct arena *arena, struct store *store, int64_t after, int64_t last,
                          const struct zone_use *use, struct meetings *out)
{
    *out = (struct meetings){0};
    return meetings_query(arena, store, true, out,
                          "SELECT" MEETING_COLUMNS MEETING_TABLES
                          "m.seq > $1 AND m.seq <= $2 AND m.tz = $3 AND m.zone_rules = $4"
                          " AND m.status = 'scheduled' ORDER BY m.seq",
                          DB(after, last, use->tz, use->fingerprint));
}
