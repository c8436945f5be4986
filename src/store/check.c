/*
 * The store's check: the engine's own, then each rule of the design that rows can show. Reads only.
 * A rule is a query in a table (check_rules.c), or a function if SQL can't say it.
 */
#include "check.h"

#include <string.h>

/* The values of a rule's statements: none, or the instant that it asks about. */
static const struct db_value *rule_values(const struct check *check, const struct check_rule *rule,
                                          struct db_value values[2])
{
    int64_t at = rule->time == CHECK_CLOCK ? check->times.clock : check->times.now;
    values[0] = values[1] = (struct db_value){.type = DB_END};
    if (rule->time != CHECK_TIMELESS)
        values[0] = db_value_int(at + CLOCKS_APART);
    return values;
}

static enum err rule_check(struct check *check, const struct check_rule *rule)
{
    struct arena *arena = arena_new();
    struct db_statement *query;
    struct db_value values[2];
    size_t lines = 0;
    enum err err = db_query(check->store->db, &query, rule->sql, rule_values(check, rule, values));
    while (lines <= CHECK_LINES_MAX && db_next(query, &err))
        check_say(check, &lines, rule->finding, db_text(arena, query, 0));
    db_done(query);
    if (!err && check->repair && lines > 0)
        err = db_run(check->store->db, NULL, rule->mend, rule_values(check, rule, values));
    arena_free(arena);
    return err;
}

/*
 * Pages that can't be read and tables that are not there stop one rule, not the check. On a server
 * an error ends the transaction as well: the next rule gets a new one.
 */
static enum err go_on(struct check *check, enum err err)
{
    if (err != ERR_DAMAGED && !(err == ERR_BUG && check->broken))
        return err;
    if (!check->broken)
        store_finding_damage(check->arena, check->findings, check->store->error);
    check->broken = true;
    error_clear(check->store->error);
    db_rollback(check->store->db);
    err = db_begin(check->store->db, false);
    if (err == ERR_DAMAGED)
        error_clear(check->store->error);
    return err == ERR_DAMAGED ? ERR_OK : err;
}

static enum err rules_check(struct check *check, struct check_rules rules)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < rules.count && !err; i++) {
        err = rule_check(check, &rules.items[i]);
        if (err)
            err = go_on(check, err);
    }
    return err;
}

typedef enum err check_part(struct check *check);

static enum err part_check(struct check *check, check_part *part)
{
    enum err err = part(check);
    return err ? go_on(check, err) : ERR_OK;
}

/* The engine tells its findings in lines. */
static enum err engine_check(struct check *check)
{
    char *text = NULL;
    enum err err = db_integrity(check->store->db, check->arena, &text);
    for (char *line = text ? strtok_r(text, "\n", &text) : NULL; line;
         line = strtok_r(NULL, "\n", &text)) {
        size_t lines = 0;
        check_say(check, &lines, "", line);
        check->broken = true;
    }
    return err;
}

/* One transaction, so that all rules see one state; damage may break it off, and is then told. */
static enum err rows_check(struct check *check)
{
    enum err err = db_begin(check->store->db, false);
    if (err)
        return go_on(check, err);
    err = part_check(check, check_schema);
    if (err)
        return err;
    err = rules_check(check, check_rules_store());
    if (err)
        return err;
    err = part_check(check, check_ids);
    return err ? err : part_check(check, check_texts);
}

static void file_check(struct check *check)
{
    const char *fault = db_file_fault(check->store->db, check->arena);
    size_t lines = 0;
    if (fault)
        check_say(check, &lines, "file: ", fault);
}

enum err store_check(struct arena *arena, struct store *store, struct check_times times,
                     struct strings *findings, struct strings *notes)
{
    struct check check = {
        .arena = arena, .store = store, .findings = findings, .notes = notes, .times = times};
    file_check(&check);
    enum err err = engine_check(&check);
    if (!err)
        err = rows_check(&check);
    db_rollback(store->db);
    return err;
}

enum err store_check_history(struct arena *arena, struct store *store, struct strings *findings)
{
    struct check check = {
        .arena = arena, .store = store, .findings = findings, .broken = findings->count > 0};
    enum err err = db_begin(store->db, false);
    if (err)
        return go_on(&check, err);
    err = rules_check(&check, check_rules_history());
    db_rollback(store->db);
    return err;
}

enum err store_repair(struct arena *arena, struct store *store, struct check_times times,
                      struct strings *repaired)
{
    struct check check = {
        .arena = arena, .store = store, .findings = repaired, .times = times, .repair = true};
    struct check_rules rules = check_rules_store();
    enum err err = check_schema_mend(&check);
    for (size_t i = 0; i < rules.count && !err; i++)
        if (rules.items[i].mend)
            err = rule_check(&check, &rules.items[i]);
    return err ? err : check_texts(&check);
}

/*
 * --- a store that can't be opened --------------------------------------------------------------
 */

/* Looks only at a file that has been a store: another program's lacks our tables by right. */
static enum err unopened_check(struct check *check)
{
    bool migrated = true, ours = true, any = true;
    struct db *db = check->store->db;
    enum err err = db_tables(db, "schema_migration", &migrated, &any);
    if (!err)
        err = db_tables(db, "conference_id", &ours, &any);
    if (err == ERR_DAMAGED) {
        store_finding_damage(check->arena, check->findings, check->store->error);
        error_clear(check->store->error);
        return engine_check(check);
    }
    if (err || (!migrated && !ours))
        return err;
    err = engine_check(check);
    return err || migrated ? err : check_schema(check);
}

enum err store_check_unopened(struct arena *arena, const char *where, struct strings *findings,
                              struct error *error)
{
    struct db *db = NULL;
    enum err err = db_open(where, DB_READ, NULL, &db, error);
    if (err == ERR_DAMAGED) {
        store_finding_damage(arena, findings, error);
        error_clear(error);
        return ERR_OK;
    }
    if (err)
        return err;
    struct store store = {arena, db, error, db_where_shown(arena, where), INT64_MIN, -1, -1};
    struct check check = {.arena = arena, .store = &store, .findings = findings};
    err = unopened_check(&check);
    db_close(db);
    return err;
}
