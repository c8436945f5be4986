/*
 * The files of vdirs in the store: which meeting stands in which file, and what both last agreed
 * on.
 */
#include "store_private.h"

#include <store/vdir.h>
#include <string.h>

#define VDIR_COLUMNS                                                                               \
    "SELECT v.meeting_uid, v.organizer_uid, v.name, v.hash, v.pending, v.content, v.version,"      \
    " m.version, m.status, m.span_end FROM vdir_file v CROSS JOIN meeting m"                       \
    " WHERE m.uid = v.meeting_uid AND "

static struct vdir_row row_read(struct arena *arena, const struct db_statement *query)
{
    const char *cancelled = meeting_status_name(MEETING_CANCELLED);
    return (struct vdir_row){
        .meeting_uid = db_string(arena, query, 0),
        .organizer_uid = db_string(arena, query, 1),
        .name = db_string(arena, query, 2),
        .hash = db_text(arena, query, 3),
        .pending = db_text(arena, query, 4),
        .content = db_string(arena, query, 5),
        .version = db_int(query, 6),
        .meeting_version = db_int(query, 7),
        .status = strcmp(db_string(arena, query, 8), cancelled) == 0 ? MEETING_CANCELLED
                                                                     : MEETING_SCHEDULED,
        .span_end = db_int_or(query, 9, INSTANT_NEVER),
    };
}

enum err store_vdir_rows(struct arena *arena, struct store *store, const char *directory,
                         struct vdir_rows *out)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, VDIR_COLUMNS "v.directory = $1", DB(directory));
    while (db_next(query, &err))
        *vector_push(arena, out) = row_read(arena, query);
    return err;
}

enum err store_vdir_get(struct arena *arena, struct store *store, const char *directory,
                        const char *meeting_uid, struct vdir_row *out, bool *found)
{
    struct db_statement *query;
    *found = false;
    enum err err = db_query_row(store->db, &query, found,
                                VDIR_COLUMNS "v.directory = $1 AND v.meeting_uid = $2",
                                DB(directory, meeting_uid));
    if (!err && *found)
        *out = row_read(arena, query);
    db_done(query);
    return err;
}

enum err store_vdir_put(struct store *store, const char *directory, const struct vdir_row *row)
{
    return db_run_later(
        store->db,
        "INSERT INTO vdir_file (meeting_uid, directory, organizer_uid, name, hash,"
        " pending, content, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (meeting_uid, directory) DO UPDATE SET"
        " organizer_uid = excluded.organizer_uid, name = excluded.name,"
        " hash = excluded.hash, pending = excluded.pending, content = excluded.content,"
        " version = excluded.version",
        DB(row->meeting_uid, directory, row->organizer_uid, row->name, row->hash, row->pending,
           row->content, row->version));
}

enum err store_vdir_written(struct store *store, const char *directory, const char *meeting_uid,
                            const char *pending)
{
    return db_run_later(store->db,
                        "UPDATE vdir_file SET hash = pending, pending = NULL"
                        " WHERE meeting_uid = $1 AND directory = $2 AND pending = $3",
                        DB(meeting_uid, directory, pending));
}

enum err store_vdir_drop(struct store *store, const char *directory, const char *meeting_uid)
{
    return db_run_later(store->db,
                        "DELETE FROM vdir_file WHERE meeting_uid = $1 AND directory = $2",
                        DB(meeting_uid, directory));
}

enum err store_vdir_missing(struct arena *arena, struct store *store, const char *directory,
                            const char *organizer_uid, struct strings *out)
{
    return db_query_texts(arena, store->db, out,
                          "SELECT m.uid FROM meeting m WHERE m.organizer_uid = $1"
                          " AND m.status = 'scheduled' AND NOT EXISTS (SELECT 1 FROM vdir_file v"
                          " WHERE v.meeting_uid = m.uid AND v.directory = $2)",
                          DB(organizer_uid, directory));
}
