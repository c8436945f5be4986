/* What the files of the sync share. For transfer's own files. */
#ifndef TRANSFER_SYNC_H
#define TRANSFER_SYNC_H

#include "import.h"
#include <exchange/vdir.h>
#include <store/vdir.h>

/* A file as it was read. */
struct sync_file {
    const char *name;
    char hash[HASH_SIZE];    /* of its bytes */
    char content[HASH_SIZE]; /* of what it says */
    struct ical_event event; /* its meeting, changed occurrences entered; why: it can't be taken */
    bool empty;              /* it holds no event (a task, a note) */
    struct ical_rest rest;   /* what it holds beside its meeting */
    /* what would be lost if its meeting were written again; NULL: nothing */
    const char *lossy;
};

/* A file that the directory lists, as the survey found it. */
struct sync_item {
    const char *name;
    char hash[HASH_SIZE];
    const char *uid;            /* "": not known */
    const char *twin;           /* the file that has the same UID and goes before; NULL: none */
    bool damaged;               /* its event can't be taken */
    int64_t sequence, stamp;    /* its event's revision, if the file was read for it */
    const char *why;            /* it is left alone; NULL: it is not */
    const struct vdir_row *row; /* the row of this name; NULL: none */
};

struct sync_items VECTOR(struct sync_item);

/* What is to be done with one meeting: its file may be missing, or the meeting. */
struct sync_work {
    const char *uid;
    const struct sync_item *item; /* NULL: there is no file */
};

struct sync_works VECTOR(struct sync_work);

/* A change in the directory, made once the transaction that decided it is durable. */
struct sync_op {
    bool remove, done;
    const char *uid, *name;
    const char *bytes; /* to be written */
    size_t size;
    const char *hash;     /* of them */
    const char *expected; /* hash of what is there now; NULL: nothing */
};

struct sync_ops VECTOR(struct sync_op);

struct sync_run {
    struct session *session;
    struct arena *arena; /* of the run */
    struct arena *report_arena;
    struct sync_report *report;
    bool dry_run, force;
    int64_t settled; /* meetings that are done with */
    bool stopped;    /* session->progress said so */

    bool there; /* the directory is */
    struct vdir *vdir;
    struct vdir_entries entries;
    const char *key; /* what the store calls the directory */
    struct organizer organizer;
    const struct zone *zone; /* the organizer's, for floating times */
    struct import_run import;
    struct calendar_writer writer;

    struct vdir_rows rows;
    struct sync_items items;
    struct sync_item **by_uid; /* those that are not left alone, by UID */
    size_t by_uid_count;
    /* UIDs of files that can't be taken: their meetings are left alone too */
    struct strings blocked;

    struct arena *batch_arena;
    struct sync_ops ops; /* of the batch */
};

/* --- sync_file.c: what a file says --- */

/*
 * Reads what the bytes say; a file that can't be taken has event.why. The name and all else is
 * borrowed from the arena.
 */
enum err sync_file_read(struct sync_run *run, struct arena *arena, const char *name,
                        const char *bytes, size_t size, struct sync_file *out);

/*
 * The hash of what a meeting says, in whatever way it may be written. Its ID, SEQUENCE and stamps
 * do not count.
 */
void sync_content(const struct meeting *meeting, char out[HASH_SIZE]);

/* True if both are known and the same. */
bool hashes_equal(const char *a, const char *b);

/* --- sync_survey.c: what is there --- */

/* Lists and reads the directory: fills items, blocked, and notes. Nothing is changed. */
enum err sync_survey(struct sync_run *run);

/*
 * ERR_REFUSED if so many files are gone that it looks like a mishap. Call it after the survey.
 */
enum err sync_guard(struct sync_run *run);

/* What is to be done for what the survey found; counts what is unchanged. */
void sync_plan(struct sync_run *run, struct sync_works *works);

bool sync_blocked(const struct sync_run *run, const char *uid);
void sync_block(struct sync_run *run, const char *uid);

/*
 * Adds a line to the report: of an error (it counts as rejected) or of what is only worth a word.
 */
void sync_reject(struct sync_run *run, const char *file, int64_t line, const char *uid,
                 const char *why);
void sync_note(struct sync_run *run, const char *file, const char *uid, const char *why);

/* --- sync_settle.c: one meeting and its file --- */

/*
 * Decides and does the store's part, in the transaction; what is to be done in the directory is
 * added to run->ops.
 */
enum err sync_settle(struct sync_run *run, struct arena *arena, const struct sync_work *work);

#endif
