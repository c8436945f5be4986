/*
 * The rules of zones by which meetings were worked out: written with the first meeting of each, read by the check.
 */
#include "store_private.h"

#include <core/zone_changes.h>
#include <store/zone_rules.h>

enum err store_zone_rules_get(struct arena *arena, struct store *store, int64_t fingerprint,
                              const char **changes, struct error *error)
{
    struct db_statement *query;
    bool row = false;
    *changes = NULL;
    enum err err =
        db_query(store->db, "SELECT changes FROM zone_rules WHERE fingerprint = $1", &query, error);
    if (err)
        return err;
    db_bind(query, "i", fingerprint);
    err = db_step(query, &row, error);
    if (!err && row)
        *changes = db_text(arena, query, 0);
    db_done(query);
    return err;
}

/* Working the text out takes longer than looking whether it is there, which it nearly always is. */
static enum err rules_known(struct store *store, int64_t fingerprint, bool *known,
                            struct error *error)
{
    struct db_statement *query;
    enum err err =
        db_query(store->db, "SELECT 1 FROM zone_rules WHERE fingerprint = $1", &query, error);
    if (err)
        return err;
    db_bind(query, "i", fingerprint);
    err = db_step(query, known, error);
    db_done(query);
    return err;
}

enum err zone_rules_keep(struct store *store, const struct zone *zone, struct error *error)
{
    int64_t fingerprint = zone_fingerprint(zone);
    bool known = false;
    enum err err = rules_known(store, fingerprint, &known, error);
    if (err || known)
        return err;
    struct arena *arena = arena_new();
    err = db_run(store->db, NULL, error,
                 "INSERT INTO zone_rules (fingerprint, changes) VALUES ($1, $2)"
                 " ON CONFLICT (fingerprint) DO NOTHING",
                 "it", fingerprint, zone_changes(arena, zone));
    arena_free(arena);
    return err;
}
