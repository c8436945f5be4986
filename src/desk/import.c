/*
 * Importing iCalendar. The reading hands over one event at a time; they are gathered into batches,
 * and each batch is one transaction, so that memory stays flat, others can work in between, and
 * what was taken stays taken when it is stopped. A batch ends between a series and its changed
 * occurrences only where the file itself parts them.
 */
#include "import.h"
#include <desk/transaction.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <store/directory.h>
#include <store/ids.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BATCH = 1000, BATCH_MAX = 4 * BATCH, LATE_MAX = 4 * BATCH, REST_LIMIT = 4 * BATCH };

/* Tells how far it is, and hears whether to go on. */
static void ask_on(struct import_run *run)
{
    const struct session *session = run->session;
    if (session->progress && !session->progress(session->progress_context, run->report->read))
        run->report->stopped = true;
}

/*
 * --- one batch ---------------------------------------------------------------------------------
 */

/* The newest sound series of this UID in the batch; of the same revision the last. */
static struct import_event *batch_series(struct import_batch *batch, const char *uid)
{
    struct import_event *newest = NULL;
    for (size_t i = batch->count; i > 0; i--) {
        struct import_event *item = &batch->items[i - 1];
        const struct meeting *meeting = &item->event.meeting;
        if (item->event.is_override || item->event.why || item->event.method == ICAL_CANCEL ||
            strcmp(item->event.uid, uid) != 0)
            continue;
        if (!newest || revision_older(newest->event.meeting.sequence, newest->event.meeting.stamp,
                                      meeting->sequence, meeting->stamp))
            newest = item;
    }
    return newest;
}

/* Those that reach all that follow come first: what is said of one occurrence goes before. */
static enum err merge_occurrences(struct import_run *run, bool following)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < run->batch.count; i++) {
        struct import_event *item = &run->batch.items[i];
        if (!item->event.is_override || item->event.why || item->event.following != following)
            continue;
        struct import_event *series = batch_series(&run->batch, item->event.uid);
        item->taken = series != NULL;
        if (!series)
            continue;
        const char *why = NULL;
        err = import_merge(run->session, run->batch_arena, &series->event.meeting,
                           series->event.zone, &item->event, &why);
        item->event.why = why;
        item->event.why_line = item->event.line;
    }
    return err;
}

static enum err take_item(struct import_run *run, struct arena *arena, struct import_event *item)
{
    if (item->event.why) {
        run->report->read++;
        import_reject(run, &item->event, item->event.why);
        return ERR_OK;
    }
    if (item->taken)
        return ERR_OK;
    if (!item->event.is_override)
        return import_take(run, arena, item);
    *vector_push(run->late_arena, &run->late) =
        (struct import_event){.event = import_copy(run->late_arena, &item->event)};
    return ERR_OK;
}

/*
 * What was counted before a transaction: where it has to be done again, or is not to be, nothing of
 * it has been counted.
 */
struct attempt {
    struct import_run *run;
    struct import_report report;
    size_t late;
};

static struct import_run *attempt_begin(const struct attempt *attempt)
{
    *attempt->run->report = attempt->report;
    attempt->run->late.count = attempt->late;
    return attempt->run;
}

static enum err attempt(struct import_run *run, transaction_work *work)
{
    struct attempt before = {run, *run->report, run->late.count};
    enum err err = transaction_write(run->session, work, &before);
    if (err != ERR_OK)
        attempt_begin(&before);
    return err;
}

static enum err take_batch(struct session *session, void *context)
{
    struct import_run *run = attempt_begin(context);
    struct arena *arena = arena_new();
    enum err err = store_ids_rest(session->store, session_now(session), REST_LIMIT);
    for (size_t i = 0; err == ERR_OK && i < run->batch.count; i++)
        err = take_item(run, arena, &run->batch.items[i]);
    arena_free(arena);
    return err;
}

static enum err take_late(struct session *session, void *context)
{
    struct import_run *run = attempt_begin(context);
    struct arena *arena = arena_new();
    enum err err = ERR_OK;
    (void)session;
    for (size_t i = 0; i < run->late.count; i++) /* it may be asked for again */
        run->late.items[i].taken = false;
    for (size_t i = 0; err == ERR_OK && i < run->late.count; i++)
        if (!run->late.items[i].taken)
            err = import_take_late(run, arena, &run->late, i);
    arena_free(arena);
    return err;
}

static enum err flush_late(struct import_run *run)
{
    enum err err = run->late.count > 0 ? attempt(run, take_late) : ERR_OK;
    run->late = (struct import_batch){0};
    arena_reset(run->late_arena);
    return err;
}

/* Takes the batch; what was read behind it lies in the next one's arena already. */
static enum err batch_take(struct import_run *run)
{
    struct arena *arena = run->batch_arena;
    enum err err = merge_occurrences(run, true);
    if (err)
        return err;
    err = merge_occurrences(run, false);
    if (err)
        return err;
    err = attempt(run, take_batch);
    if (err)
        return err;
    run->batch = (struct import_batch){0};
    arena_reset(arena);
    run->batch_arena = run->next_arena;
    run->next_arena = arena;
    if (run->late.count >= LATE_MAX)
        err = flush_late(run);
    if (!err)
        ask_on(run);
    return err;
}

/*
 * --- the reading -------------------------------------------------------------------------------
 */

static bool batch_full(const struct import_run *run)
{
    return run->batch.count >= BATCH;
}

/* A full batch still takes the changed occurrences of the series that it ends with. */
static bool batch_ends(const struct import_run *run, const struct ical_event *event)
{
    return run->batch.count >= BATCH_MAX || (batch_full(run) && !event->is_override);
}

/*
 * Reads all events and takes them, batch by batch. Stopped, it leaves what was gathered; what ended
 * the source before its time is in *fault.
 */
static enum err read_events(struct import_run *run, struct ical_reader *reader, struct error *fault)
{
    bool found = true;
    while (found) {
        struct ical_event event;
        struct arena *arena = batch_full(run) ? run->next_arena : run->batch_arena;
        if (ical_next(reader, arena, &event, &found, fault) != ERR_OK)
            found = false;
        if (run->report->stopped)
            return ERR_OK;
        if (!found || batch_ends(run, &event)) {
            enum err err = batch_take(run);
            if (err || run->report->stopped)
                return err;
        }
        if (found)
            *vector_push(run->batch_arena, &run->batch) = (struct import_event){.event = event};
    }
    return flush_late(run);
}

struct open_file {
    int fd;
    const char *name;
    struct import_run *run;
};

enum { ASK_EVERY = 200 }; /* milliseconds that a pipe may be silent */

/* A pipe may be silent for long; somebody may have had enough meanwhile. */
static void wait_for_bytes(const struct open_file *file)
{
    struct pollfd there = {.fd = file->fd, .events = POLLIN};
    while (!file->run->report->stopped && poll(&there, 1, ASK_EVERY) == 0)
        ask_on(file->run); /* what poll cannot wait for, read tells */
}

static enum err read_file(void *self, char *bytes, size_t size, size_t *count, struct error *error)
{
    const struct open_file *file = self;
    ssize_t n;
    *count = 0;
    wait_for_bytes(file);
    if (file->run->report->stopped)
        return ERR_OK;
    do
        n = read(file->fd, bytes, size);
    while (n < 0 && errno == EINTR);
    *count = n > 0 ? (size_t)n : 0;
    return n < 0 ? error_set(error, ERR_IO, file->name, "%s", strerror(errno)) : ERR_OK;
}

static enum err open_source(struct session *session, const char *name, struct open_file *file)
{
    struct stat status;
    file->name = strcmp(name, "-") == 0 ? "standard input" : name;
    file->fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0)
        return error_set(&session->error, errno == ENOENT ? ERR_INVALID : ERR_IO, name, "%s",
                         strerror(errno));
    if (fstat(file->fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(file->fd);
        return error_set(&session->error, ERR_INVALID, name, "it is a folder, not a file");
    }
    return ERR_OK;
}

static void close_source(struct open_file *file)
{
    if (file->fd != STDIN_FILENO)
        close(file->fd);
}

/* Whose an event is that names nobody we know. That nobody is meant is told event by event. */
static enum err find_fallback(struct import_run *run)
{
    struct session *session = run->session;
    enum err err = desk_organizer(session, run->arena, &run->fallback);
    run->has_fallback = err == ERR_OK;
    if (err == ERR_INVALID && !session->settings.organizer)
        return ERR_OK;
    return err;
}

static enum err read_setting(struct session *session, void *context)
{
    struct import_run *run = context;
    enum err err = exporter_start(session, run->arena, run->exporter);
    run->organization = run->exporter->organization;
    return err == ERR_OK ? find_fallback(run) : err;
}

static enum err read_source(struct import_run *run, struct open_file *file)
{
    struct session *session = run->session;
    enum err err = ERR_OK;
    const struct zone *floating = session_own_zone(session);
    if (run->has_fallback && !session->settings.tz)
        err = session_zone(session, run->fallback.tz, &floating);
    if (err != ERR_OK)
        return err;
    struct ical_reading reading = {.name = file->name,
                                   .floating = floating,
                                   .zones = session->zones,
                                   .zone_of = session->settings.tz ? NULL : import_zone_of,
                                   .self = run};
    struct ical_source source = {.read = read_file, .self = file};
    struct ical_reader *reader = ical_reader_start(&reading, source);
    struct error fault = {0};
    err = read_events(run, reader, &fault);
    ical_reader_end(reader);
    if (err || run->report->stopped || !fault.code)
        return err;
    session->error = fault; /* what is sound before the fault was taken all the same */
    return fault.code;
}

static enum err import_run(struct import_run *run)
{
    struct session *session = run->session;
    struct open_file file = {.run = run};
    enum err err = open_source(session, run->name, &file);
    if (err != ERR_OK)
        return err;
    err = transaction_read(session, read_setting, run);
    if (err == ERR_OK &&
        !run->dry_run) /* what the batches want: the store stays open between them */
        err = session_store(session, DB_CREATE, NULL);
    if (err == ERR_OK) {
        store_bulk(session->store, true);
        err = read_source(run, &file);
        store_bulk(session->store, false);
    }
    close_source(&file);
    return err;
}

static enum err run_within(struct session *session, void *context)
{
    (void)session;
    return import_run(context);
}

enum err desk_import(struct session *session, struct arena *arena, const char *name, bool dry_run,
                     struct import_report *report)
{
    *report = (struct import_report){0};
    struct exporter exporter = {0};
    struct import_run run = {
        .session = session,
        .exporter = &exporter,
        .name = name,
        .arena = arena_new(),
        .report_arena = arena,
        .report = report,
        .batch_arena = arena_new(),
        .next_arena = arena_new(),
        .late_arena = arena_new(),
        .dry_run = dry_run,
    };
    enum err err = dry_run ? transaction_try(session, run_within, &run) : import_run(&run);
    arena_free(run.batch_arena);
    arena_free(run.next_arena);
    arena_free(run.late_arena);
    arena_free(run.arena);
    return err;
}
