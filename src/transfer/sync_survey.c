/*
 * The survey of a sync: which files there are, which meeting each is, and which are gone. Nothing
 * is changed yet, so that what looks like a mishap can be refused whole.
 */
#include "sync.h"
#include <stdlib.h>
#include <string.h>

enum { GONE_ALL = 3, GONE_MANY = 10 };

/*
 * --- the report --------------------------------------------------------------------------------
 */

void sync_reject(struct sync_run *run, const char *file, int64_t line, const char *uid,
                 const char *why)
{
    run->report->rejected++;
    import_line_add(&run->report->errors, run->report_arena,
                    (struct import_error){file, line, uid, why});
}

void sync_note(struct sync_run *run, const char *file, const char *uid, const char *why)
{
    import_line_add(&run->report->notes, run->report_arena,
                    (struct import_error){file, 0, uid, why});
}

bool sync_blocked(const struct sync_run *run, const char *uid)
{
    return strings_hold(&run->blocked, uid);
}

void sync_block(struct sync_run *run, const char *uid)
{
    if (uid[0] && !sync_blocked(run, uid))
        *vector_push(run->arena, &run->blocked) = arena_copy(run->arena, uid);
}

/*
 * --- files -------------------------------------------------------------------------------------
 */

static int rows_by_name(const void *a, const void *b)
{
    const struct vdir_row *one = a, *other = b;
    return strcmp(one->name, other->name);
}

static const struct vdir_row *row_named(const struct vdir_rows *rows, const char *name)
{
    struct vdir_row wanted = {.name = name};
    return rows->count == 0
               ? NULL
               : bsearch(&wanted, rows->items, rows->count, sizeof *rows->items, rows_by_name);
}

/* What stands in the file; one that is the same as at the last sync need not be read for it. */
static enum err item_read(struct sync_run *run, struct sync_item *item)
{
    struct arena *arena = run->batch_arena;
    struct error error = {0};
    struct sync_file file = {0};
    char *bytes = NULL;
    size_t size = 0;
    arena_reset(arena);
    enum err err = vdir_read(arena, run->vdir, item->name, &bytes, &size, &error);
    if (err == ERR_IO) {
        run->session->error = error;
        return err;
    }
    if (err) {
        item->why = arena_copy(run->arena, error.why);
        return ERR_OK;
    }
    hash_bytes(bytes, size, item->hash);
    if (item->row && hashes_equal(item->row->hash, item->hash)) {
        item->uid = item->row->meeting_uid;
        return ERR_OK;
    }
    err = sync_file_read(run, arena, item->name, bytes, size, &file);
    if (err)
        return err;
    bool nameless = file.event.uid[0] == '\0' || file.event.uid_made; /* damaged, or never named */
    item->uid =
        item->row && nameless ? item->row->meeting_uid : arena_copy(run->arena, file.event.uid);
    item->damaged = file.event.why != NULL || file.empty;
    item->sequence = file.event.meeting.sequence;
    item->stamp = file.event.meeting.stamp;
    if (file.empty && !item->row)
        item->why = "it holds no meeting";
    return ERR_OK;
}

static enum err items_read(struct sync_run *run)
{
    for (size_t i = 0; i < run->entries.count; i++) {
        const struct vdir_entry *entry = &run->entries.items[i];
        struct sync_item *item = vector_push(run->arena, &run->items);
        *item = (struct sync_item){.name = entry->name,
                                   .uid = "",
                                   .why = entry->why,
                                   .row = row_named(&run->rows, entry->name)};
        enum err err = item->why ? ERR_OK : item_read(run, item);
        if (err)
            return err;
        if (!item->why)
            continue;
        sync_note(run, item->name, NULL, item->why);
        if (item->row)
            sync_block(run, item->row->meeting_uid);
    }
    return ERR_OK;
}

/*
 * By UID; of one UID a sound file before damaged ones, then the one that had it before, then the
 * newest.
 */
static int items_by_uid(const void *a, const void *b)
{
    const struct sync_item *one = *(const struct sync_item *const *)a,
                           *other = *(const struct sync_item *const *)b;
    int order = strcmp(one->uid, other->uid);
    bool old = one->row && strcmp(one->row->meeting_uid, one->uid) == 0,
         other_old = other->row && strcmp(other->row->meeting_uid, other->uid) == 0;
    if (order == 0)
        order = (int)one->damaged - (int)other->damaged;
    if (order == 0)
        order = (int)other_old - (int)old;
    if (order == 0)
        order = (int)revision_older(one->sequence, one->stamp, other->sequence, other->stamp) -
                (int)revision_older(other->sequence, other->stamp, one->sequence, one->stamp);
    return order ? order : strcmp(one->name, other->name);
}

static struct sync_item **items_sorted(struct sync_run *run, size_t *count)
{
    struct sync_item **sorted =
        arena_array(run->arena, run->items.count + 1, sizeof(struct sync_item *));
    *count = 0;
    for (size_t i = 0; i < run->items.count; i++)
        if (!run->items.items[i].why)
            sorted[(*count)++] = &run->items.items[i];
    items_sort(sorted, *count, sizeof *sorted, items_by_uid);
    return sorted;
}

static int uid_compare(const void *key, const void *item)
{
    return strcmp(key, (*(const struct sync_item *const *)item)->uid);
}

enum err sync_survey(struct sync_run *run)
{
    size_t count = 0;
    items_sort(run->rows.items, run->rows.count, sizeof *run->rows.items, rows_by_name);
    enum err err = vdir_list(run->arena, run->vdir, &run->entries, &run->session->error);
    if (err)
        return err;
    err = items_read(run);
    if (err)
        return err;
    struct sync_item **sorted = items_sorted(run, &count);
    for (size_t i = 1; i < count; i++)
        if (sorted[i]->uid[0] && strcmp(sorted[i]->uid, sorted[i - 1]->uid) == 0)
            sorted[i]->twin = sorted[i - 1]->twin ? sorted[i - 1]->twin : sorted[i - 1]->name;
    run->by_uid = sorted;
    run->by_uid_count = count;
    return ERR_OK;
}

/* True if the meeting's file is gone (or was never there). */
static bool file_gone(const struct sync_run *run, const struct vdir_row *row)
{
    return !sync_blocked(run, row->meeting_uid) &&
           !bsearch(row->meeting_uid, run->by_uid, run->by_uid_count, sizeof *run->by_uid,
                    uid_compare);
}

/*
 * --- what looks like a mishap ------------------------------------------------------------------
 */

/*
 * An unmounted disk, a mistyped sync of another program: its emptiness is not to be taken for the
 * user's will.
 */
enum err sync_guard(struct sync_run *run)
{
    struct session *session = run->session;
    size_t before = 0, gone = 0;
    for (size_t i = 0; i < run->rows.count; i++) {
        const struct vdir_row *row = &run->rows.items[i];
        if (strcmp(row->organizer_uid, run->organizer.uid) != 0)
            return error_set(&session->error, ERR_REFUSED, run->report->directory,
                             "another organizer's calendar is kept in it; give each a directory");
        before += row->hash != NULL;
        gone += row->hash && row->status == MEETING_SCHEDULED &&
                row->span_end > session_now(session) && file_gone(run, row);
    }
    bool all = gone == before && gone >= GONE_ALL, many = gone > GONE_MANY && gone * 2 > before;
    if (run->force || !(all || many))
        return ERR_OK;
    return error_set(&session->error, ERR_REFUSED, run->report->directory,
                     "%zu of the %zu files that were in it are gone, and their meetings would be "
                     "cancelled; add --force if that is meant",
                     gone, before);
}

/*
 * --- what is to be done ------------------------------------------------------------------------
 */

static bool settled(const struct sync_item *item)
{
    const struct vdir_row *row = item->row;
    return row && hashes_equal(row->hash, item->hash) && !row->pending && !item->twin &&
           row->version == row->meeting_version;
}

void sync_plan(struct sync_run *run, struct sync_works *works)
{
    for (size_t i = 0; i < run->items.count; i++) {
        const struct sync_item *item = &run->items.items[i];
        if (!item->why && settled(item))
            run->report->unchanged++;
        else if (!item->why)
            *vector_push(run->arena, works) = (struct sync_work){item->uid, item};
    }
    for (size_t i = 0; i < run->rows.count; i++) {
        const struct vdir_row *row = &run->rows.items[i];
        bool rests = !row->hash && !row->pending && row->version == row->meeting_version;
        if (!rests && file_gone(run, row))
            *vector_push(run->arena, works) = (struct sync_work){row->meeting_uid, NULL};
    }
}
