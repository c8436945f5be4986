/*
 * What the store and the files of a vdir last agreed on. For transfer. See store/store.h for
 * transactions and arenas.
 */
#ifndef STORE_VDIR_H
#define STORE_VDIR_H

#include <core/meeting.h>
#include <store/store.h>

/* One meeting and its file in one directory. */
struct vdir_row {
    const char *meeting_uid;
    /* whose calendar the directory keeps; the meeting may be another's */
    const char *organizer_uid;
    const char *name;    /* of the file */
    const char *hash;    /* of the file's bytes as they were; NULL: there was no file */
    const char *pending; /* of the bytes that were about to be written; NULL: none were */
    const char *content; /* hash of what the file says, as meeting_content has it */
    int64_t version;     /* of the meeting that the file says; 0: of none */

    /* the meeting as it is now; read only */
    int64_t meeting_version;
    enum meeting_status status;
    int64_t span_end; /* INSTANT_NEVER: open-ended */
};

struct vdir_rows VECTOR(struct vdir_row);

/* All of a directory, in no order. */
enum err store_vdir_rows(struct arena *arena, struct store *store, const char *directory,
                         struct vdir_rows *out);
/* *found false if the meeting has no file there. */
enum err store_vdir_get(struct arena *arena, struct store *store, const char *directory,
                        const char *meeting_uid, struct vdir_row *out, bool *found);
/* Inserts or replaces. */
enum err store_vdir_put(struct store *store, const char *directory, const struct vdir_row *row);
/* The pending bytes are in the file. Nothing happens if others are pending by now. */
enum err store_vdir_written(struct store *store, const char *directory, const char *meeting_uid,
                            const char *pending);
enum err store_vdir_drop(struct store *store, const char *directory, const char *meeting_uid);
/* UIDs of an organizer's scheduled meetings that have no row in the directory, in no order. */
enum err store_vdir_missing(struct arena *arena, struct store *store, const char *directory,
                            const char *organizer_uid, struct strings *out);

#endif
