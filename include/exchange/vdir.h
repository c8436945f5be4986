/*
 * A vdir: a directory with one .ics file a meeting, as khal and vdirsyncer keep calendars. Only
 * transfer calls this. Nothing here knows what the files say. What is looked at, and what is left
 * alone, follows the habits of these programs: names that begin with a dot or end in .tmp are
 * nobody's.
 */
#ifndef EXCHANGE_VDIR_H
#define EXCHANGE_VDIR_H

#include <base/arena.h>
#include <base/error.h>
#include <base/hash.h>
#include <base/vector.h>
#include <stdbool.h>
#include <stddef.h>

/* In bytes; as large as the largest event that is read. */
enum { VDIR_FILE_MAX = 4 * 1024 * 1024 };

struct vdir;

/*
 * The canonical path, also of a directory that is not there (*there false; the path as it is given
 * if its parent is not there either). ERR_INVALID if it is no directory.
 */
enum err vdir_find(struct arena *arena, const char *path, const char **canonical, bool *there,
                   struct error *error);

/*
 * Opens the directory and keeps others of our own kind out until vdir_close; ERR_BUSY if another
 * does not end within some seconds. It lives in the arena.
 */
enum err vdir_open(struct arena *arena, const char *path, struct vdir **vdir, struct error *error);
void vdir_close(struct vdir *vdir); /* NULL is allowed */

/* One name in it: an item, or what is left alone, and why. */
struct vdir_entry {
    const char *name;
    const char *why; /* NULL: an item */
};

struct vdir_entries VECTOR(struct vdir_entry);

/*
 * In the order of the names' bytes. What belongs to a vdir without being an item (color,
 * displayname) is not listed.
 */
enum err vdir_list(struct arena *arena, const struct vdir *vdir, struct vdir_entries *out,
                   struct error *error);
/* The entry of this name in a list, or NULL. */
const struct vdir_entry *vdir_entry_find(const struct vdir_entries *list, const char *name);

/*
 * Terminated behind *size bytes. ERR_NOT_FOUND if it is gone by now; ERR_INVALID if it is no
 * item any more.
 */
enum err vdir_read(struct arena *arena, const struct vdir *vdir, const char *name, char **bytes,
                   size_t *size, struct error *error);

/*
 * Files are written whole or not at all: their bytes are staged under names that nobody looks at,
 * in slots from 0; made durable all at once, which takes a fraction of the time; and then given
 * their names. The mode is that of the file `name` if it is there, else 0600.
 */
enum err vdir_stage(const struct vdir *vdir, size_t slot, const char *name, const char *bytes,
                    size_t size, struct error *error);
enum err vdir_flush(const struct vdir *vdir, size_t slots, struct error *error);
/*
 * `expected` is the hash of what is there, NULL: nothing may be there. ERR_CONFLICT, and nothing is
 * changed, if it is otherwise by now. Durable once vdir_sync has returned.
 */
enum err vdir_publish(const struct vdir *vdir, size_t slot, const char *name, const char *expected,
                      struct error *error);
/* The same for removing it. One that is gone already is no error. */
enum err vdir_remove(const struct vdir *vdir, const char *name, const char *expected,
                     struct error *error);
enum err vdir_sync(const struct vdir *vdir, struct error *error);

/* Removes what was staged and not published, also by one of us that was killed. */
void vdir_tidy(const struct vdir *vdir);

/* A safe name for a new file, from the meeting's UID; turn 1, 2, ... gives others. */
const char *vdir_name(struct arena *arena, const char *uid, int turn);

#endif
