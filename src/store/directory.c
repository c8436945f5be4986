/*
 * The organization and its organizers in the store.
 */
#include "store_private.h"

#include <base/utf8.h>
#include <store/directory.h>
#include <string.h>

#define ORGANIZER_COLUMNS                                                                          \
    "SELECT uid, email, name, tz, lang, dial_in, provider, static_id, third_party_name,"           \
    " third_party_number, third_party_toll_free, third_party_passcode, version,"                   \
    " aliases FROM organizer "

static const char organization_sql[] =
    "SELECT name, dynamic_since, id_digits, quarantine_days, margin_minutes, early_minutes,"
    " grace_minutes, join_url, tell, version FROM organization";

enum err store_organization_ahead(struct store *store)
{
    return db_ahead(store->db, organization_sql, DB_NONE);
}

enum err store_organization_get(struct arena *arena, struct store *store, struct organization *out)
{
    struct db_statement *query;
    bool row = false;
    enum err err = db_query_row(store->db, &query, &row, organization_sql, DB_NONE);
    if (err)
        return err;
    if (!row)
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "the organization's row is missing");
    *out = (struct organization){
        .name = db_string(arena, query, 0),
        .dynamic_since = db_int_or(query, 1, INSTANT_NEVER),
        .id_digits = (int)db_int(query, 2),
        .quarantine_days = (int)db_int(query, 3),
        .margin_minutes = (int)db_int(query, 4),
        .early_minutes = (int)db_int(query, 5),
        .grace_minutes = (int)db_int(query, 6),
        .join_url = db_text(arena, query, 7),
        .version = db_int(query, 9),
    };
    bool known = tell_parse(db_string(arena, query, 8), &out->tell);
    db_done(query);
    if (!known)
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "the organization lets an unknown thing be told");
    return ERR_OK;
}

static enum err changed_meanwhile(const struct store *store, const char *what)
{
    return error_set(store->error, ERR_CONFLICT, what, "somebody else changed it meanwhile");
}

enum err store_organization_put(struct store *store, struct organization *organization)
{
    int64_t rows = 0;
    enum err err = db_run(
        store->db, &rows,
        "UPDATE organization SET name = $1, dynamic_since = $2, id_digits = $3,"
        " quarantine_days = $4, margin_minutes = $5, early_minutes = $6,"
        " grace_minutes = $7, join_url = $8,"
        " quarantine_least = CASE WHEN quarantine_least < $4 THEN quarantine_least ELSE $4 END,"
        " tell = $9, version = version + 1 WHERE version = $10",
        DB(organization->name, db_instant(organization->dynamic_since), organization->id_digits,
           organization->quarantine_days, organization->margin_minutes, organization->early_minutes,
           organization->grace_minutes, organization->join_url, tell_name(organization->tell),
           organization->version));
    if (err)
        return err;
    if (rows != 1)
        return changed_meanwhile(store, "the organization");
    organization->version++;
    return ERR_OK;
}

static enum err organizer_row(struct arena *arena, const struct store *store,
                              const struct db_statement *query, struct organizer *out)
{
    *out = (struct organizer){
        .uid = db_string(arena, query, 0),
        .email = db_string(arena, query, 1),
        .name = db_string(arena, query, 2),
        .tz = db_string(arena, query, 3),
        .lang = db_string(arena, query, 4),
        .dial_in = db_int(query, 5) != 0,
        .static_id = db_text(arena, query, 7),
        .third_party_name = db_text(arena, query, 8),
        .third_party_number = db_text(arena, query, 9),
        .third_party_toll_free = db_text(arena, query, 10),
        .third_party_passcode = db_text(arena, query, 11),
        .version = db_int(query, 12),
    };
    strings_split(arena, db_string(arena, query, 13), &out->aliases);
    if (!provider_parse(db_string(arena, query, 6), &out->provider))
        return error_set(store->error, ERR_DAMAGED, store->where,
                         "organizer %s has an unknown provider", out->email);
    return ERR_OK;
}

/* The one organizer that `key` names. */
static enum err organizer_read(struct arena *arena, struct store *store, const char *sql,
                               const char *key, struct organizer *out, bool *found)
{
    struct db_statement *query;
    *found = false;
    enum err err = db_query_row(store->db, &query, found, sql, DB(key));
    if (!err && *found)
        err = organizer_row(arena, store, query, out);
    db_done(query);
    return err;
}

/* A row that is kept for old meetings alone: no address holds a blank. */
#define THERE " email_key <> 'removed ' || uid "

enum err store_organizer_find(struct arena *arena, struct store *store, const char *email,
                              struct organizer *out, bool *found)
{
    return organizer_read(arena, store,
                          ORGANIZER_COLUMNS "WHERE email_key = $1 OR uid = (SELECT organizer_uid"
                                            " FROM organizer_alias WHERE address_key = $1)",
                          utf8_fold(arena, email), out, found);
}

enum err store_organizer_by_email(struct arena *arena, struct store *store, const char *email,
                                  struct organizer *out)
{
    bool found;
    enum err err = store_organizer_find(arena, store, email, out, &found);
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND,
                          "no organizer has this address; 'dialdesk organizer list' lists them",
                          "organizer '%s'", email);
}

static const char by_uid_sql[] = ORGANIZER_COLUMNS "WHERE uid = $1";

enum err store_organizer_ahead(struct store *store, const char *uid)
{
    return db_ahead(store->db, by_uid_sql, DB(uid));
}

enum err store_organizer_by_uid(struct arena *arena, struct store *store, const char *uid,
                                struct organizer *out)
{
    bool found;
    enum err err = organizer_read(arena, store, by_uid_sql, uid, out, &found);
    if (err || found)
        return err;
    return error_set_what(store->error, ERR_NOT_FOUND, "no organizer has this key", "organizer %s",
                          uid);
}

/* Appends every organizer of a query of ORGANIZER_COLUMNS. */
static enum err organizers_query(struct arena *arena, struct store *store, struct organizers *out,
                                 const char *sql, const struct db_value *values)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, sql, values);
    while (db_next(query, &err))
        err = organizer_row(arena, store, query, vector_push(arena, out));
    return err;
}

enum err store_organizers_list(struct arena *arena, struct store *store, size_t limit,
                               struct organizers *out)
{
    return organizers_query(arena, store, out,
                            ORGANIZER_COLUMNS "WHERE" THERE "ORDER BY search, uid LIMIT $1",
                            DB(limit_of(limit)));
}

enum err store_organizers_third_party(struct arena *arena, struct store *store,
                                      struct organizers *out)
{
    return organizers_query(arena, store, out,
                            ORGANIZER_COLUMNS "WHERE provider = 'third-party' ORDER BY search, uid",
                            DB_NONE);
}

enum err store_organizers_named(struct arena *arena, struct store *store, const char *name,
                                size_t limit, struct organizers *out)
{
    /* `search` is the folded name, a blank and the address; '!' comes right behind the blank */
    const char *folded = utf8_fold(arena, name);
    return organizers_query(arena, store, out,
                            ORGANIZER_COLUMNS "WHERE search > $1 AND search < $2 AND"
                                              " search = $1 || email_key ORDER BY search LIMIT $3",
                            DB(arena_format(arena, "%s ", folded),
                               arena_format(arena, "%s!", folded), limit_of(limit)));
}

#define HOLDS_PART "($3 = '' OR replace(search, $3, '') <> search) AND" THERE

enum err store_organizers_page(struct arena *arena, struct store *store,
                               const struct organizers_page *page, struct organizers *out)
{
    /*
     * From the beginning is from what is empty on; only the list's end has no place that could be
     * told.
     */
    static const char on[] =
        ORGANIZER_COLUMNS "WHERE search >= $1 AND (search > $1 OR uid >= $2) AND " HOLDS_PART
                          "ORDER BY search, uid LIMIT $4";
    static const char before[] =
        ORGANIZER_COLUMNS "WHERE search <= $1 AND (search < $1 OR uid < $2) AND " HOLDS_PART
                          "ORDER BY search DESC, uid DESC LIMIT $4";
    static const char last[] = ORGANIZER_COLUMNS "WHERE search >= $1 AND uid >= $2 AND " HOLDS_PART
                                                 "ORDER BY search DESC, uid DESC LIMIT $4";
    const char *place = NULL; /* of page->from in the list; NULL: there is none */
    enum err err =
        page->from ? db_query_text(arena, store->db, &place,
                                   "SELECT search FROM organizer WHERE uid = $1", DB(page->from))
                   : ERR_OK;
    if (err)
        return err;
    err =
        organizers_query(arena, store, out,
                         !page->before ? on
                         : place       ? before
                                       : last,
                         DB(place ? place : "", place ? page->from : "",
                            page->part ? utf8_fold(arena, page->part) : "", limit_of(page->limit)));
    if (!err && page->before)
        vector_reverse(out);
    return err;
}

/* Whether the address belongs to another organizer already. */
static enum err address_check(struct arena *arena, struct store *store,
                              const struct organizer *organizer, const char *address)
{
    struct organizer other;
    bool found;
    enum err err = store_organizer_find(arena, store, address, &other, &found);
    if (err || !found || strcmp(other.uid, organizer->uid) == 0)
        return err;
    return error_set_what(
        store->error, ERR_REFUSED,
        strcmp(utf8_fold(arena, other.email), utf8_fold(arena, address)) == 0
            ? "another organizer has this address already"
            : arena_format(arena, "this address is an alias of %s already", other.email),
        "organizer '%s'", address);
}

static enum err aliases_check(struct arena *arena, struct store *store,
                              const struct organizer *organizer)
{
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < organizer->aliases.count; i++)
        err = address_check(arena, store, organizer, organizer->aliases.items[i]);
    return err;
}

/* The keys by which the aliases are found. One that is named twice is one. */
static enum err aliases_write(struct arena *arena, struct store *store,
                              const struct organizer *organizer)
{
    enum err err = db_run_later(store->db, "DELETE FROM organizer_alias WHERE organizer_uid = $1",
                                DB(organizer->uid));
    for (size_t i = 0; !err && i < organizer->aliases.count; i++)
        err =
            db_run_later(store->db,
                         "INSERT INTO organizer_alias (address_key, organizer_uid) VALUES ($1, $2)"
                         " ON CONFLICT (address_key) DO NOTHING",
                         DB(utf8_fold(arena, organizer->aliases.items[i]), organizer->uid));
    return err;
}

enum err aliases_renew(struct arena *arena, struct store *store, const char *uid, bool *done)
{
    struct organizer organizer;
    enum err err = store_organizer_by_uid(arena, store, uid, &organizer);
    if (!err)
        err = aliases_check(arena, store, &organizer);
    *done = !err;
    if (err != ERR_REFUSED)
        return err ? err : aliases_write(arena, store, &organizer);
    error_clear(store->error);
    return ERR_OK;
}

static enum err organizer_insert(struct arena *arena, struct store *store,
                                 const struct organizer *o, const char *search)
{
    return db_run_later(
        store->db,
        "INSERT INTO organizer (uid, email, email_key, name, tz, lang, dial_in, provider,"
        " third_party_name, third_party_number, third_party_toll_free,"
        " third_party_passcode, search, aliases, version)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
        DB(o->uid, o->email, utf8_fold(arena, o->email), o->name, o->tz, o->lang, o->dial_in,
           provider_name(o->provider), o->third_party_name, o->third_party_number,
           o->third_party_toll_free, o->third_party_passcode, search,
           strings_join(arena, &o->aliases, " ")));
}

static enum err organizer_update(struct arena *arena, struct store *store,
                                 const struct organizer *o, const char *search)
{
    int64_t rows = 0;
    enum err err =
        db_run(store->db, &rows,
               "UPDATE organizer SET email = $1, email_key = $2, name = $3, tz = $4, lang = $5,"
               " dial_in = $6, provider = $7, third_party_name = $8, third_party_number = $9,"
               " third_party_toll_free = $10, third_party_passcode = $11, search = $12,"
               " aliases = $13, version = version + 1 WHERE uid = $14 AND version = $15",
               DB(o->email, utf8_fold(arena, o->email), o->name, o->tz, o->lang, o->dial_in,
                  provider_name(o->provider), o->third_party_name, o->third_party_number,
                  o->third_party_toll_free, o->third_party_passcode, search,
                  strings_join(arena, &o->aliases, " "), o->uid, o->version));
    if (!err && rows != 1)
        err = changed_meanwhile(store, o->email);
    return err;
}

/*
 * Searches find meetings by their organizer's name and address: a change of these reaches the
 * meetings.
 */
static enum err organizer_change(struct arena *arena, struct store *store,
                                 const struct organizer *organizer, const char *search)
{
    struct organizer old;
    bool row;
    enum err err = organizer_read(arena, store, ORGANIZER_COLUMNS "WHERE uid = $1", organizer->uid,
                                  &old, &row);
    if (!err)
        err = organizer_update(arena, store, organizer, search);
    if (!err && row &&
        (strcmp(old.name, organizer->name) != 0 || strcmp(old.email, organizer->email) != 0))
        err = meetings_search_renew(store, organizer);
    return err;
}

enum err store_organizer_put(struct store *store, struct organizer *organizer)
{
    struct arena *arena = arena_new();
    char *search =
        utf8_fold(arena, arena_format(arena, "%s %s", organizer->name, organizer->email));
    enum err err = address_check(arena, store, organizer, organizer->email);
    if (!err)
        err = aliases_check(arena, store, organizer);
    if (!err && organizer->version == 0)
        err = organizer_insert(arena, store, organizer, search);
    else if (!err)
        err = organizer_change(arena, store, organizer, search);
    if (!err)
        err = aliases_write(arena, store, organizer);
    if (!err)
        organizer->version++;
    arena_free(arena);
    return err;
}

enum err store_organizer_remove(struct store *store, const char *uid)
{
    static const char *const statements[] = {
        "DELETE FROM organizer_alias WHERE organizer_uid = $1",
        "DELETE FROM vdir_file WHERE organizer_uid = $1",
        "DELETE FROM organizer WHERE uid = $1"
        " AND NOT EXISTS (SELECT 1 FROM meeting m WHERE m.organizer_uid = $1)"
        " AND NOT EXISTS (SELECT 1 FROM conference_id c WHERE c.organizer_uid = $1)",
        "UPDATE organizer SET email_key = 'removed ' || uid, aliases = '', dial_in = 0,"
        " static_id = NULL, third_party_name = NULL, third_party_number = NULL,"
        " third_party_toll_free = NULL, third_party_passcode = NULL, version = version + 1"
        " WHERE uid = $1",
    };
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < sizeof statements / sizeof *statements; i++)
        err = db_run_later(store->db, statements[i], DB(uid));
    return err;
}
