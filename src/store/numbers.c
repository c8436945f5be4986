/*
 * The bridge's dial-in numbers in the store.
 */
#include "store_private.h"

#include <store/directory.h>
#include <string.h>

enum err store_numbers_list(struct arena *arena, struct store *store, struct numbers *out)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query,
                            "SELECT e164, toll_free, city, country, langs, is_default, typed"
                            " FROM dial_in_number ORDER BY country, city, toll_free, e164",
                            DB_NONE);
    while (db_next(query, &err)) {
        struct number *number = vector_push(arena, out);
        number->e164 = db_string(arena, query, 0);
        number->toll_free = db_int(query, 1) != 0;
        number->city = db_string(arena, query, 2);
        number->country = db_string(arena, query, 3);
        strings_split(arena, db_string(arena, query, 4), &number->langs);
        number->is_default = db_int(query, 5) != 0;
        number->typed = db_string(arena, query, 6);
    }
    return err;
}

enum err store_number_put(struct store *store, const struct number *number)
{
    enum err err = ERR_OK;
    if (number->is_default)
        err = db_run_later(store->db,
                           "UPDATE dial_in_number SET is_default = 0"
                           " WHERE is_default = 1 AND toll_free = $1 AND e164 <> $2",
                           DB(number->toll_free, number->e164));
    if (err)
        return err;
    struct arena *arena = arena_new();
    err = db_run_later(
        store->db,
        "INSERT INTO dial_in_number (e164, toll_free, city, country, langs, is_default,"
        " typed) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (e164) DO UPDATE SET"
        " toll_free = excluded.toll_free, city = excluded.city,"
        " country = excluded.country, langs = excluded.langs,"
        " is_default = excluded.is_default, typed = excluded.typed",
        DB(number->e164, number->toll_free, number->city, number->country,
           strings_join(arena, &number->langs, " "), number->is_default,
           number->typed ? number->typed : ""));
    arena_free(arena);
    return err;
}

enum err store_number_remove(struct store *store, const char *e164)
{
    int64_t rows = 0;
    enum err err = db_run(store->db, &rows, "DELETE FROM dial_in_number WHERE e164 = $1", DB(e164));
    if (!err && rows == 0)
        err = error_set_what(store->error, ERR_NOT_FOUND,
                             "no dial-in number is this; 'dialdesk number list' lists them",
                             "number %s", e164);
    return err;
}
