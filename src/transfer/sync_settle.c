/*
 * One meeting and its file: which of the two changed since they last agreed, and what follows. It
 * is decided within the transaction that does the store's part, from the meeting as it is then; the
 * directory's part is noted (pending) in the same transaction and done afterwards, so that a sync
 * that is killed in between is completed by the next one.
 */
#include "sync.h"
#include <base/random.h>
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/meetings.h>
#include <string.h>

#define COPY_MARK " (conflicted copy)"

struct settling {
    struct sync_run *run;
    struct arena *arena;
    const char *uid;
    struct sync_file file;  /* if there is one */
    struct vdir_row row;    /* if linked */
    struct meeting meeting; /* if known */
    bool linked;            /* the meeting had a file when last looked at */
    bool known;             /* the meeting is in the store */
};

static bool cancelled(const struct settling *settling)
{
    return settling->meeting.status == MEETING_CANCELLED;
}

static enum err read_meeting(const struct settling *settling, const char *uid, struct meeting *out,
                             bool *known)
{
    return store_meeting_find(settling->arena, settling->run->session->store, uid, out, known);
}

/*
 * --- the directory's part ----------------------------------------------------------------------
 */

static enum err put_row(const struct settling *settling, struct vdir_row row)
{
    struct session *session = settling->run->session;
    row.organizer_uid = settling->run->organizer.uid;
    return store_vdir_put(session->store, settling->run->key, &row);
}

static enum err drop_row(const struct settling *settling)
{
    struct session *session = settling->run->session;
    return store_vdir_drop(session->store, settling->run->key, settling->uid);
}

/* What would be written, read again: its bytes, their hash, and the hash of what they say. */
static enum err compose(const struct settling *settling, const struct meeting *meeting,
                        struct text *text, struct sync_file *file)
{
    struct sync_run *run = settling->run;
    bool its_file = settling->file.name && strcmp(meeting->uid, settling->uid) == 0;
    *text = text_start(settling->arena);
    enum err err = calendar_of_one(&run->writer, settling->arena, meeting,
                                   its_file ? &settling->file.rest : NULL, text);
    if (err)
        return err;
    return sync_file_read(run, settling->arena, "", text->bytes, text->length, file);
}

static void add_op(const struct settling *settling, struct sync_op op)
{
    struct arena *arena = settling->run->batch_arena;
    op.uid = arena_copy(arena, op.uid);
    op.name = arena_copy(arena, op.name);
    op.bytes = op.bytes ? arena_copy_n(arena, op.bytes, op.size) : NULL;
    op.hash = arena_copy(arena, op.hash);
    op.expected = arena_copy(arena, op.expected);
    *vector_push(arena, &settling->run->ops) = op;
}

static void reject(const struct settling *settling, int64_t line, const char *why)
{
    sync_reject(settling->run, settling->file.name, line, settling->uid, why);
    sync_block(settling->run, settling->uid);
}

/* A file that holds more than can be written again is left to the program that keeps it. */
static enum err refuse_to_write(const struct settling *settling)
{
    reject(settling, 1,
           arena_format(settling->arena,
                        "the meeting was changed here, and its file is not written, since that "
                        "would lose a part of it (%s); change it there",
                        settling->file.lossy));
    return ERR_OK;
}

/* `now`: the hash of what is in the file; NULL: there is none. */
static enum err write_file(const struct settling *settling, const struct meeting *meeting,
                           const char *name, const char *now)
{
    struct text text;
    struct sync_file file;
    if (now && settling->file.lossy)
        return refuse_to_write(settling);
    enum err err = compose(settling, meeting, &text, &file);
    if (err)
        return err;
    add_op(settling, (struct sync_op){.uid = meeting->uid,
                                      .name = name,
                                      .bytes = text.bytes,
                                      .size = text.length,
                                      .hash = file.hash,
                                      .expected = now});
    return put_row(settling, (struct vdir_row){.meeting_uid = meeting->uid,
                                               .name = name,
                                               .hash = now,
                                               .pending = file.hash,
                                               .content = file.content,
                                               .version = meeting->version});
}

/* Of a cancelled meeting. A file that holds a task too stays, and says that it is cancelled. */
static enum err remove_file(const struct settling *settling)
{
    const struct sync_file *file = &settling->file;
    if (file->rest.components.length || file->rest.damaged)
        return write_file(settling, &settling->meeting, file->name, file->hash);
    add_op(settling,
           (struct sync_op){
               .remove = true, .uid = settling->uid, .name = file->name, .expected = file->hash});
    return ERR_OK;
}

/* The name that the meeting's file had, if nothing else has it now; else a new one. */
static const char *free_name(const struct settling *settling, const char *uid)
{
    const struct vdir_entries *there = &settling->run->entries;
    if (settling->linked && strcmp(uid, settling->uid) == 0 &&
        !vdir_entry_find(there, settling->row.name))
        return settling->row.name;
    const char *name = vdir_name(settling->arena, uid, 1);
    for (int turn = 2; vdir_entry_find(there, name); turn++)
        name = vdir_name(settling->arena, uid, turn);
    return name;
}

/* Meeting and file say the same: the file's hashes are noted, if they are new. */
static enum err agree(const struct settling *settling)
{
    const struct sync_file *file = &settling->file;
    const struct vdir_row *row = &settling->row;
    settling->run->report->unchanged++;
    if (settling->linked && hashes_equal(row->hash, file->hash) && !row->pending &&
        strcmp(row->content, file->content) == 0 && strcmp(row->name, file->name) == 0 &&
        row->version == settling->meeting.version)
        return ERR_OK;
    return put_row(settling, (struct vdir_row){.meeting_uid = settling->uid,
                                               .name = file->name,
                                               .hash = file->hash,
                                               .content = file->content,
                                               .version = settling->meeting.version});
}

/*
 * --- from the directory into the store ---------------------------------------------------------
 */

/*
 * Takes an event as `import` does; *taken false if it was rejected: that has been told, and the
 * meeting is left alone.
 */
static enum err event_take(const struct settling *settling, const struct ical_event *event,
                           bool *taken)
{
    struct import_run *import = &settling->run->import;
    int64_t rejected = import->report.rejected;
    import->name = settling->file.name;
    enum err err = import_take(import, settling->arena, event, false);
    *taken = import->report.rejected == rejected;
    if (!err && !*taken)
        sync_block(settling->run, settling->uid);
    return err;
}

/*
 * The file's event into the store. A program that changes a file need not raise SEQUENCE, so
 * the event gets at least the meeting's and is not refused as older.
 */
static enum err take_file(struct settling *settling)
{
    struct ical_event event = settling->file.event;
    bool taken = false;
    if (settling->known && event.meeting.sequence < settling->meeting.sequence)
        event.meeting.sequence = settling->meeting.sequence;
    enum err err = event_take(settling, &event, &taken);
    if (err || !taken)
        return err;
    err = read_meeting(settling, settling->uid, &settling->meeting, &settling->known);
    if (err)
        return err;
    return put_row(settling, (struct vdir_row){.meeting_uid = settling->uid,
                                               .name = settling->file.name,
                                               .hash = settling->file.hash,
                                               .content = settling->file.content,
                                               .version = settling->meeting.version});
}

/*
 * --- changed on both sides ---------------------------------------------------------------------
 */

static void tell_conflict(const struct settling *settling, const char *file, const char *copy_uid,
                          const char *copy_file, const char *why)
{
    struct arena *arena = settling->run->report_arena;
    *vector_push(arena, &settling->run->report->conflicts) =
        (struct sync_conflict){.uid = arena_copy(arena, settling->uid),
                               .file = arena_copy(arena, file),
                               .copy_uid = arena_copy(arena, copy_uid),
                               .copy_file = arena_copy(arena, copy_file),
                               .why = arena_copy(arena, why)};
}

/*
 * The file's event becomes a second meeting, without an ID: the ID that its text shows is the
 * first meeting's.
 */
static enum err take_copy(const struct settling *settling, struct meeting *copy, bool *taken)
{
    struct ical_event event = settling->file.event;
    char uid[UID_SIZE];
    uid_new(uid);
    event.uid = event.meeting.uid = arena_copy(settling->arena, uid);
    event.meeting.conference_id = NULL;
    event.meeting.id_kind = ID_KIND_NONE;
    event.dial_in = (struct dial_in){0};
    if (strlen(event.meeting.title) + strlen(COPY_MARK) <= MEETING_TITLE_MAX)
        event.meeting.title = arena_format(settling->arena, "%s" COPY_MARK, event.meeting.title);
    enum err err = event_take(settling, &event, taken);
    bool known = false;
    if (err || !*taken)
        return err;
    return read_meeting(settling, event.uid, copy, &known);
}

static enum err keep_both(const struct settling *settling)
{
    struct meeting copy = {0};
    const struct sync_file *file = &settling->file;
    bool taken = false;
    if (file->lossy)
        return refuse_to_write(settling);
    enum err err = take_copy(settling, &copy, &taken);
    if (err || !taken)
        return err;
    const char *name = free_name(settling, copy.uid);
    tell_conflict(settling, file->name, copy.uid, name,
                  cancelled(settling) ? "it was cancelled here and changed there"
                                      : "it was changed here and there");
    err = write_file(settling, &copy, name, NULL);
    if (err)
        return err;
    if (!cancelled(settling))
        return write_file(settling, &settling->meeting, file->name, file->hash);
    /* of no version, so that a sync that comes after a kill removes the file */
    err = put_row(settling, (struct vdir_row){.meeting_uid = settling->uid,
                                              .name = file->name,
                                              .hash = file->hash,
                                              .content = file->content});
    return err ? err : remove_file(settling);
}

/*
 * As it stands here, or as it would be written: both come to what another program may have made of
 * either.
 */
static enum err says_same(const struct settling *settling, const struct meeting *meeting,
                          bool *is_same)
{
    struct text text;
    struct sync_file file;
    char content[HASH_SIZE];
    sync_content(meeting, content);
    *is_same = strcmp(content, settling->file.content) == 0;
    if (*is_same)
        return ERR_OK;
    enum err err = compose(settling, meeting, &text, &file);
    *is_same = !err && strcmp(file.content, settling->file.content) == 0;
    return err;
}

static enum err settle_both_changed(const struct settling *settling)
{
    bool is_same = false, stale = false;
    bool over_there = settling->file.event.meeting.status == MEETING_CANCELLED;
    enum err err = says_same(settling, &settling->meeting, &is_same);
    if (err)
        return err;
    if (cancelled(settling) && !over_there) {
        struct meeting before = settling->meeting;
        before.status = MEETING_SCHEDULED;
        err = says_same(settling, &before, &stale);
        if (err)
            return err;
    }
    if (is_same || (cancelled(settling) && over_there))
        return agree(settling);
    return stale ? remove_file(settling) : keep_both(settling);
}

/*
 * --- a file that is there ----------------------------------------------------------------------
 */

static enum err settle_present(struct settling *settling)
{
    const struct sync_file *file = &settling->file;
    const struct vdir_row *row = &settling->row;
    if (!settling->known)
        return take_file(settling);
    bool linked = settling->linked;
    bool ours =
        linked && hashes_equal(row->pending, file->hash); /* we wrote it, and were killed then */
    bool says_old = linked && strcmp(row->content, file->content) == 0;
    bool changed_there = !(ours || says_old || (linked && hashes_equal(row->hash, file->hash)));
    bool changed_here = !linked || row->version != settling->meeting.version;
    if (changed_there && changed_here)
        return settle_both_changed(settling);
    if (changed_there)
        return take_file(settling);
    if (changed_here && cancelled(settling)) {
        if (file->event.meeting.status == MEETING_CANCELLED)
            return agree(settling);
        return remove_file(settling);
    }
    if (changed_here || (row->pending && !ours && !says_old))
        return write_file(settling, &settling->meeting, file->name, file->hash);
    return agree(settling);
}

/*
 * --- a file that is gone, or was never there ---------------------------------------------------
 */

/* It only leaves the calendar: whoever organizes it is not asked, and nobody is told. */
static enum err cancel_foreign(const struct settling *settling)
{
    struct session *session = settling->run->session;
    struct meeting meeting = settling->meeting;
    meeting.status = MEETING_CANCELLED;
    meeting.changed = session_clock(session);
    enum err err = store_meeting_put(session->store, &meeting);
    return err ? err
               : history_note(session, HISTORY_MEETING_CANCELLED, NULL, meeting.uid, meeting.title);
}

static enum err cancel_own(const struct settling *settling)
{
    struct scheduled cancelled = {0};
    return desk_cancel(settling->run->session, settling->arena, settling->uid,
                       settling->meeting.version, NULL, &cancelled);
}

static enum err cancel_meeting(const struct settling *settling)
{
    enum err err =
        meeting_foreign(&settling->meeting) ? cancel_foreign(settling) : cancel_own(settling);
    if (err)
        return err;
    settling->run->report->cancelled++;
    return drop_row(settling);
}

/* A meeting that is over is not cancelled: that its file is gone is noted, and nothing else. */
static enum err leave_past(const struct settling *settling)
{
    struct vdir_row row = settling->row;
    row.hash = row.pending = NULL;
    settling->run->report->unchanged++;
    return put_row(settling, row);
}

static enum err settle_absent(const struct settling *settling)
{
    struct sync_run *run = settling->run;
    const struct vdir_row *row = &settling->row;
    const struct meeting *meeting = &settling->meeting;
    if (!settling->known || cancelled(settling))
        return settling->linked ? drop_row(settling) : ERR_OK;
    const char *name = free_name(settling, settling->uid);
    if (!settling->linked)
        return write_file(settling, meeting, name, NULL);
    bool changed = row->version != meeting->version || row->pending;
    if (changed && row->hash)
        tell_conflict(settling, name, NULL, NULL,
                      "it was changed here and deleted there; its file is written again");
    if (changed)
        return write_file(settling, meeting, name, NULL);
    if (!row->hash)
        return ERR_OK;
    if (strcmp(meeting->organizer_uid, run->organizer.uid) != 0) {
        sync_note(run, row->name, settling->uid,
                  arena_format(settling->arena,
                               "it was deleted there; the meeting is %s's and stands",
                               meeting->organizer));
        return drop_row(settling);
    }
    return meeting_over(meeting, session_now(run->session)) ? leave_past(settling)
                                                            : cancel_meeting(settling);
}

/*
 * --- one meeting and its file ------------------------------------------------------------------
 */

/* Reads the file again. One that changed since the survey is left to the next sync (*later). */
static enum err read_file(struct settling *settling, const struct sync_item *item, bool *later)
{
    struct sync_run *run = settling->run;
    struct error error = {0};
    char *bytes = NULL;
    size_t size = 0;
    enum err err = vdir_read(settling->arena, run->vdir, item->name, &bytes, &size, &error);
    if (err == ERR_IO)
        run->session->error = error;
    else if (!err)
        err = sync_file_read(run, settling->arena, item->name, bytes, size, &settling->file);
    if (err == ERR_IO || err == ERR_BUG)
        return err;
    *later = err || strcmp(settling->file.hash, item->hash) != 0;
    if (*later)
        sync_note(run, item->name, item->uid, "somebody is writing it; the next sync takes it");
    return ERR_OK;
}

/* Another program may have dropped the mark that our dial-in block is known by. */
static enum err drop_block(struct settling *settling)
{
    struct sync_run *run = settling->run;
    struct sync_file *file = &settling->file;
    struct meeting *said = &file->event.meeting;
    bool dropped = false;
    enum err err = import_block_drop(&run->import, settling->arena, &settling->meeting,
                                     said->conference_id, said, &dropped);
    if (err)
        return err;
    if (dropped)
        sync_content(said, file->content);
    return ERR_OK;
}

/* NULL, or why the file can't be taken. */
static const char *why_not(const struct settling *settling, const struct sync_item *item)
{
    if (settling->file.event.why)
        return settling->file.event.why;
    if (item->twin)
        return arena_format(settling->arena, "its UID is that of %s too", item->twin);
    return settling->file.empty ? "it holds no meeting any more" : NULL;
}

static enum err read_sides(struct settling *settling)
{
    struct sync_run *run = settling->run;
    enum err err = store_vdir_get(settling->arena, run->session->store, run->key, settling->uid,
                                  &settling->row, &settling->linked);
    if (err)
        return err;
    return read_meeting(settling, settling->uid, &settling->meeting, &settling->known);
}

static enum err settle_file(struct settling *settling, const struct sync_item *item)
{
    const struct ical_event *event = &settling->file.event;
    bool later = false;
    enum err err = read_file(settling, item, &later);
    if (err || later)
        return err;
    const char *why = why_not(settling, item);
    if (why) {
        reject(settling, (int64_t)(event->why ? event->why_line : event->line), why);
        return ERR_OK;
    }
    if (event->uid_made) /* it is still the meeting that it was, whatever it says now */
        settling->file.event.uid = settling->file.event.meeting.uid = settling->uid;
    err = read_sides(settling);
    if (err)
        return err;
    if (settling->known) {
        err = drop_block(settling);
        if (err)
            return err;
    }
    return settle_present(settling);
}

enum err sync_settle(struct sync_run *run, struct arena *arena, const struct sync_work *work)
{
    struct settling settling = {.run = run, .arena = arena, .uid = work->uid};
    if (work->item)
        return settle_file(&settling, work->item);
    enum err err = read_sides(&settling);
    return err ? err : settle_absent(&settling);
}
