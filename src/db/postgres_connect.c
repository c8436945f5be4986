/*
 * PostgreSQL: a connection and how it is set.
 */
#include "postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Sent without waiting. Every change that is acknowledged is on the server's disk. The planner is
 * kept to what our queries are written for (an index each, tables in their order), compiles none of
 * them and starts no workers: both take longer than they do.
 */
static bool settings_send(struct postgres *db)
{
    static const char sql[] =
        "SELECT set_config('synchronous_commit', 'on', false), set_config('lock_timeout', $1, "
        "false), set_config('default_transaction_read_only', $2, false),"
        " set_config('plan_cache_mode', 'force_generic_plan', false),"
        " set_config('join_collapse_limit', '1', false),"
        " set_config('from_collapse_limit', '1', false),"
        " set_config('enable_hashjoin', 'off', false),"
        " set_config('enable_mergejoin', 'off', false),"
        " set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false),"
        " set_config('enable_material', 'off', false), set_config('random_page_cost', '1', false),"
        " set_config('cpu_tuple_cost', '0.05', false),"
        " set_config('max_parallel_workers_per_gather', '0', false),"
        " set_config('client_connection_check_interval', $3, false)";
    char limit[16];
    snprintf(limit, sizeof limit, "%d", postgres_limit(db));
    const char *values[] = {limit, db->mode == DB_READ ? "on" : "off",
                            PQserverVersion(db->link) >= 140000 ? "1000" : "0"};
    return postgres_send(db, ANSWER_NONE, sql, 3, values) && postgres_send_sync(db);
}

enum err postgres_connect(struct postgres *db, struct error *error)
{
    int64_t began = milliseconds_now();
    postgres_drop(db);
    db->link = postgres_link_start(db);
    db->generation++;
    enum postgres_waited waited =
        postgres_link_poll(db, db->link, began, began + postgres_limit(db));
    if (waited == WAITED_GIVEN_UP)
        return postgres_given_up(db, error);
    if (waited == WAITED_OUT)
        return postgres_silent(db, postgres_limit(db), error);
    enum err err = ERR_OK;
    if (PQstatus(db->link) != CONNECTION_OK)
        err = postgres_unreached(db, error);
    else if (PQsetnonblocking(db->link, 1) != 0 || !PQenterPipelineMode(db->link) ||
             !settings_send(db))
        err = postgres_lost(db, error);
    if (err)
        postgres_drop(db);
    return err;
}

/*
 * --- the address --------------------------------------------------------------------------------
 */

static const char *option_value(const PQconninfoOption *options, const char *key)
{
    for (const PQconninfoOption *o = options; o->keyword; o++)
        if (strcmp(o->keyword, key) == 0)
            return o->val;
    return NULL;
}

/*
 * Encryption by GSSAPI is not tried unless the address, the environment or a service asks for it:
 * it would look for a ticket each time. What the address says goes before what is usual.
 */
static void parameters_make(struct postgres *db, const PQconninfoOption *options)
{
    bool asked = option_value(options, "service") || option_value(options, "gssencmode") ||
                 getenv("PGSERVICE") || getenv("PGGSSENCMODE");
    const char *patience = arena_format(db->arena, "%d", postgres_limit(db));
    const char *const own[][2] = {
        {"client_encoding", "UTF8"},
        {"fallback_application_name", "dialdesk"},
        {"tcp_user_timeout", option_value(options, "tcp_user_timeout") ? NULL : patience},
        {"gssencmode", asked ? NULL : "disable"},
    };
    enum { OWN = sizeof own / sizeof *own };
    size_t count = 0, room = OWN + 1;
    for (const PQconninfoOption *o = options; o->keyword; o++)
        room++;
    const char **keys = arena_array(db->arena, room, sizeof *keys);
    const char **values = arena_array(db->arena, room, sizeof *values);
    for (const PQconninfoOption *o = options; o->keyword; o++)
        if (o->val) {
            keys[count] = arena_copy(db->arena, o->keyword);
            values[count++] = arena_copy(db->arena, o->val);
        }
    for (size_t i = 0; i < OWN; i++)
        if (own[i][1]) {
            keys[count] = own[i][0];
            values[count++] = own[i][1];
        }
    keys[count] = values[count] = NULL;
    db->keys = keys;
    db->values = values;
}

enum err postgres_address(struct postgres *db, const char *where, struct error *error)
{
    /* libpq knows the scheme in small letters only */
    const char *colon = strchr(where, ':');
    char *quoting = NULL;
    where = arena_format(db->arena, "postgresql%s", colon ? colon : "");
    PQconninfoOption *options = PQconninfoParse(where, &quoting);
    PQfreemem(quoting); /* it quotes the address, which may hold a password */
    if (!options)
        return error_set(error, ERR_INVALID, db->name,
                         "not a server's address; write postgresql://USER@HOST:PORT/DATABASE");
    parameters_make(db, options);
    PQconninfoFree(options);
    return ERR_OK;
}
