/*
 * Keeping a directory of .ics files and an organizer's calendar the same. First everything is
 * looked at, then each meeting is settled: in batches, so that others can work in between. A batch
 * is three steps: what changes in the store, with a note of what is about to be written (one
 * transaction); the files; and that they are written (another one). Killed anywhere, the next sync
 * goes on from what it finds.
 */
#include "sync.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <string.h>
#include <transfer/transfer.h>
#include <unistd.h>

enum { BATCH = 200, HOST_BYTES = 256 };

/*
 * --- one batch ---------------------------------------------------------------------------------
 */

static enum err settle_batch(struct sync_run *run, const struct sync_work *works, size_t count)
{
    struct arena *arena = arena_new();
    enum err err = ERR_OK;
    run->ops = (struct sync_ops){0};
    arena_reset(run->batch_arena);
    for (size_t i = 0; !err && i < count; i++)
        err = sync_settle(run, arena, &works[i]);
    arena_free(arena);
    return err;
}

/* A server may ask for the batch again as late as at the commit: the last attempt alone counts. */
static enum err settle_once(struct sync_run *run, const struct sync_work *works, size_t count)
{
    const struct sync_report before = *run->report;
    const struct import_report imported = run->import.report;
    struct writing writing = {0};
    while (writing_next(run->session, &writing)) {
        *run->report = before;
        run->import.report = imported;
        writing.err = settle_batch(run, works, count);
    }
    if (writing.err) {
        *run->report = before;
        run->import.report = imported;
    }
    return writing.err;
}

static enum err stage_files(struct sync_run *run)
{
    struct error *error = &run->session->error;
    size_t slots = 0;
    for (size_t i = 0; i < run->ops.count; i++) {
        const struct sync_op *op = &run->ops.items[i];
        if (op->remove)
            continue;
        enum err err = vdir_stage(run->vdir, slots++, op->name, op->bytes, op->size, error);
        if (err)
            return err;
    }
    return vdir_flush(run->vdir, slots, error);
}

/* What somebody else changed since it was looked at stays as it is: the next sync sees both. */
static enum err change_file(struct sync_run *run, struct sync_op *op, size_t slot)
{
    struct error error = {0};
    enum err err = op->remove ? vdir_remove(run->vdir, op->name, op->expected, &error)
                              : vdir_publish(run->vdir, slot, op->name, op->expected, &error);
    if (err == ERR_CONFLICT || err == ERR_INVALID) {
        sync_note(run, op->name, op->uid,
                  arena_format(run->batch_arena, "%s; the next sync takes it", error.why));
        return ERR_OK;
    }
    if (err)
        run->session->error = error;
    op->done = !err;
    return err;
}

static enum err change_files(struct sync_run *run)
{
    size_t slot = 0;
    enum err err = stage_files(run);
    for (size_t i = 0; !err && i < run->ops.count; i++) {
        struct sync_op *op = &run->ops.items[i];
        err = change_file(run, op, slot);
        slot += !op->remove;
    }
    return err ? err : vdir_sync(run->vdir, &run->session->error);
}

static enum err note_done(const struct sync_run *run)
{
    struct store *store = run->session->store;
    for (size_t i = 0; i < run->ops.count; i++) {
        const struct sync_op *op = &run->ops.items[i];
        if (!op->done)
            continue;
        enum err err = op->remove ? store_vdir_drop(store, run->key, op->uid)
                                  : store_vdir_written(store, run->key, op->uid, op->hash);
        if (err)
            return err;
    }
    return ERR_OK;
}

/* Done, or in a dry run: what would be done. */
static void count_done(struct sync_run *run)
{
    for (size_t i = 0; i < run->ops.count; i++) {
        const struct sync_op *op = &run->ops.items[i];
        if (op->done || run->dry_run)
            *(op->remove ? &run->report->removed : &run->report->written) += 1;
    }
}

static enum err run_batch(struct sync_run *run, const struct sync_work *works, size_t count)
{
    struct session *session = run->session;
    struct writing noting = {0};
    enum err err = settle_once(run, works, count);
    if (err || run->ops.count == 0)
        return err;
    if (!run->dry_run) {
        err = change_files(run);
        vdir_tidy(run->vdir);
    }
    count_done(run);
    if (run->dry_run)
        return ERR_OK;
    struct error first = session->error;
    while (writing_next(session, &noting))
        noting.err = note_done(run);
    if (!err)
        return noting.err;
    session->error = first; /* what was written is noted all the same */
    return err;
}

/* Between two batches it can be stopped: the next sync goes on from there. */
static enum err run_works(struct sync_run *run, const struct sync_works *works)
{
    const struct session *session = run->session;
    for (size_t i = 0; i < works->count; i += BATCH) {
        size_t left = works->count - i;
        run->stopped = run->settled > 0 && session->progress &&
                       !session->progress(session->progress_context, run->settled);
        if (run->stopped)
            return ERR_OK;
        size_t count = left < BATCH ? left : BATCH;
        enum err err = run_batch(run, works->items + i, count);
        if (err)
            return err;
        run->settled += (int64_t)count;
    }
    return ERR_OK;
}

/*
 * --- the whole ---------------------------------------------------------------------------------
 */

static enum err read_store(struct sync_run *run)
{
    struct session *session = run->session;
    run->rows = (struct vdir_rows){0};
    enum err err = reading_begin(session);
    if (!err)
        err = calendar_writer_start(session, run->arena, &run->writer);
    if (!err)
        err = desk_organizer(session, run->arena, &run->organizer);
    run->import.fallback = run->organizer;
    run->import.has_fallback = true;
    if (!err)
        err = store_vdir_rows(run->arena, session->store, run->key, &run->rows);
    return reading_end(session, err);
}

static enum err read_missing(struct sync_run *run, struct sync_works *missing)
{
    struct session *session = run->session;
    struct strings uids = {0};
    enum err err = reading_begin(session);
    if (!err)
        err = store_vdir_missing(run->arena, session->store, run->key, run->organizer.uid, &uids);
    for (size_t i = 0; !err && i < uids.count; i++)
        if (!sync_blocked(run, uids.items[i]))
            *vector_push(run->arena, missing) = (struct sync_work){uids.items[i], NULL};
    return reading_end(session, err);
}

static enum err not_there(struct sync_run *run)
{
    struct error *error = &run->session->error;
    if (run->rows.count > 0)
        return error_set(error, ERR_REFUSED, run->report->directory,
                         "it is gone, and %zu meetings had a file in it; make it again, empty, if "
                         "that is meant",
                         run->rows.count);
    return error_set(error, ERR_INVALID, run->report->directory,
                     "there is no such directory; check its name, or make it with mkdir");
}

static enum err open_directory(struct sync_run *run)
{
    struct session *session = run->session;
    enum err err = read_store(run);
    if (err)
        return err;
    if (!run->there)
        return not_there(run);
    err = session_zone(session, session->settings.tz ? session->settings.tz : run->organizer.tz,
                       &run->zone);
    if (err)
        return err;
    err = vdir_open(run->arena, run->report->directory, &run->vdir, &session->error);
    if (err)
        return err;
    if (!run->dry_run)
        vdir_tidy(run->vdir);
    return read_store(run); /* another sync may have ended meanwhile */
}

static enum err sync_directory(struct sync_run *run)
{
    struct sync_works works = {0}, missing = {0};
    enum err err = open_directory(run);
    if (err)
        return err;
    err = sync_survey(run);
    if (err)
        return err;
    err = sync_guard(run);
    if (err)
        return err;
    sync_plan(run, &works);
    err = run_works(run, &works);
    if (err || run->stopped)
        return err;
    err = read_missing(run, &missing);
    return err ? err : run_works(run, &missing);
}

/* One store may serve several machines, and each has directories of its own. */
static const char *directory_key(struct arena *arena, const char *path)
{
    char host[HOST_BYTES] = "";
    if (gethostname(host, sizeof host - 1) != 0)
        host[0] = '\0';
    return arena_format(arena, "%s:%s", host, path);
}

static void report_imported(const struct sync_run *run)
{
    struct sync_report *report = run->report;
    const struct import_report *imported = &run->import.report;
    report->added = imported->added;
    report->updated = imported->updated;
    report->rejected += imported->rejected;
    for (size_t i = 0; i < imported->errors.count; i++)
        *vector_push(run->report_arena, &report->errors) = imported->errors.items[i];
    for (size_t i = 0; i < imported->notes.count; i++)
        *vector_push(run->report_arena, &report->notes) = imported->notes.items[i];
}

enum err transfer_sync(struct session *session, struct arena *arena, const char *directory,
                       bool dry_run, bool force, struct sync_report *report)
{
    *report = (struct sync_report){0};
    struct writing trial = {.dry_run = true};
    struct sync_run run = {.session = session,
                           .arena = arena_new(),
                           .report_arena = arena,
                           .report = report,
                           .dry_run = dry_run,
                           .force = force,
                           .batch_arena = arena_new()};
    run.import = (struct import_run){.session = session,
                                     .arena = run.arena,
                                     .report_arena = arena,
                                     .writer = &run.writer,
                                     .differs = true};
    enum err err = vdir_find(arena, directory, &report->directory, &run.there, &session->error);
    if (!err) {
        run.key = directory_key(run.arena, report->directory);
        while (dry_run && writing_next(session, &trial))
            trial.err = sync_directory(&run);
        err = dry_run ? trial.err : sync_directory(&run);
    }
    report_imported(&run);
    vdir_close(run.vdir);
    arena_free(run.batch_arena);
    arena_free(run.arena);
    return err;
}
