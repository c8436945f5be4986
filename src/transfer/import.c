/*
 * Importing iCalendar. Events are pulled from the reader into batches, and each batch is one
 * transaction: so memory stays flat, others can work in between, and what was taken stays taken
 * when an import is stopped. A batch ends between a series and its changed occurrences only if
 * the file itself parts them.
 */
#include "import.h"
#include "source.h"
#include <desk/desk.h>
#include <desk/transaction.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>
#include <transfer/transfer.h>
#include <unistd.h>

enum {
    BATCH = 1000,
    BATCH_MAX = 4 * BATCH,
    BATCH_BYTES = 16 << 20, /* of events that are read; hostile ones have megabytes each */
    LOOKED_AHEAD = 100,     /* events of a batch whose meetings are read together */
    LATE_MAX = 4 * BATCH,
    REST_LIMIT = 4 * BATCH,
    ASK_EVERY = 200,     /* milliseconds that a pipe may be silent */
    ASK_BYTES = 16 << 20 /* of one event, which may have no end */
};

/* The source of an import, and the events that were read and not taken yet. */
struct importing {
    struct import_run run;
    int fd;
    struct import_how how;
    struct text head; /* what was read for a look; of a message all of it */
    size_t head_at;
    struct mail_content content; /* of a message */
    struct ical_reader *reader;
    struct error fault; /* what ended the source before its time */
    struct import_seen seen;
    size_t unasked; /* bytes that were read since it was asked whether to go on */

    struct arena *arena; /* of the batch */
    struct arena *next;  /* of the event read behind it */
    struct import_batch batch;
    struct arena *late_arena;
    struct import_batch late; /* changed occurrences whose series was not in their batch */
};

/* Tells how far the import is, and hears whether to go on. */
static void ask_on(struct importing *importing)
{
    const struct session *session = importing->run.session;
    struct import_report *report = &importing->run.report;
    if (session->progress && !session->progress(session->progress_context, report->read))
        report->stopped = true;
}

/*
 * --- one batch ---------------------------------------------------------------------------------
 */

/* Their items are counted up in place, so that each attempt needs lists of its own. */
static void count_back(struct importing *importing, const struct import_run *before, size_t late)
{
    struct import_report *report = &importing->run.report;
    importing->run = *before;
    vector_copy(before->report_arena, &report->inviters, &before->report.inviters);
    vector_copy(before->report_arena, &report->numbers, &before->report.numbers);
    importing->late.count = late;
}

/*
 * Takes in one transaction. It may have to be done again, and if it fails, nothing of it has been
 * counted.
 */
static enum err take_as_one(struct importing *importing, enum err (*take)(struct importing *))
{
    const struct import_run before = importing->run;
    const size_t late = importing->late.count;
    struct writing writing = {0};
    while (writing_next(before.session, &writing)) {
        count_back(importing, &before, late);
        writing.err = take(importing);
    }
    if (writing.err)
        count_back(importing, &before, late);
    return writing.err;
}

static struct dial_in dial_in_copy(struct arena *arena, const struct dial_in *dial_in)
{
    struct dial_in copy = {.kind = dial_in->kind,
                           .conference_id = arena_copy(arena, dial_in->conference_id),
                           .number = arena_copy(arena, dial_in->number),
                           .service = arena_copy(arena, dial_in->service)};
    for (size_t i = 0; i < dial_in->asides.count; i++) {
        const struct dial_in_aside *aside = &dial_in->asides.items[i];
        *vector_push(arena, &copy.asides) =
            (struct dial_in_aside){.conference_id = arena_copy(arena, aside->conference_id),
                                   .place = arena_copy(arena, aside->place),
                                   .quoted = aside->quoted,
                                   .foreign = aside->foreign};
    }
    return copy;
}

/* A copy for the time when the batch is over; only of what an import of it looks at. */
static void late_keep(struct importing *importing, const struct ical_event *event)
{
    struct arena *arena = importing->late_arena;
    struct ical_event *late = &vector_push(arena, &importing->late)->event;
    *late = *event;
    late->meeting = *meeting_copy(arena, &event->meeting);
    late->uid = late->meeting.uid;
    late->organizer = arena_copy(arena, event->organizer);
    late->organizer_name = arena_copy(arena, event->organizer_name);
    late->ical_own_people = arena_copy(arena, event->ical_own_people);
    late->dial_in_block = arena_copy(arena, event->dial_in_block);
    late->note = arena_copy(arena, event->note);
    late->organizer_unusable = arena_copy(arena, event->organizer_unusable);
    late->dial_in = dial_in_copy(arena, &event->dial_in);
}

/* Reads the meetings of the batch's next events together. */
static enum err look_ahead(struct importing *importing, size_t first)
{
    struct import_event *items = &importing->batch.items[first];
    size_t left = importing->batch.count - first, count = left < LOOKED_AHEAD ? left : LOOKED_AHEAD;
    const char *uids[LOOKED_AHEAD] = {NULL};
    bool there[LOOKED_AHEAD];
    for (size_t i = 0; i < count; i++)
        uids[i] = items[i].event.uid;
    enum err err = store_meetings_ahead(importing->run.session->store, uids, count, there);
    for (size_t i = 0; i < count && !err; i++) {
        items[i].fresh = !there[i];
        for (size_t j = 0; j < i && items[i].fresh; j++)
            items[i].fresh = strcmp(uids[i], uids[j]) != 0;
    }
    return err;
}

static enum err take_item(struct importing *importing, struct arena *arena,
                          const struct import_event *item)
{
    static const char again[] = "it stands in this source more than once; the newest by SEQUENCE "
                                "and DTSTAMP counts, of equal ones the last";
    struct import_run *run = &importing->run;
    if (item->again)
        import_note(run, &item->event, again);
    if (item->event.proposes)
        return import_take_counter(run, arena, &item->event);
    if (item->event.why) {
        run->report.read++;
        import_reject(run, &item->event, item->event.why);
    } else if (item->event.method == ICAL_REPLY) {
        return import_take_reply(run, arena, &item->event);
    } else if (!item->event.is_override) {
        return import_take(run, arena, &item->event, item->fresh);
    } else if (!item->taken) {
        late_keep(importing, &item->event);
    }
    return ERR_OK;
}

static enum err take_batch(struct importing *importing)
{
    struct session *session = importing->run.session;
    struct arena *arena = arena_new();
    enum err err = store_ids_rest(session->store, session_now(session), REST_LIMIT);
    for (size_t i = 0; !err && i < importing->batch.count; i++) {
        if (i % LOOKED_AHEAD == 0)
            err = look_ahead(importing, i);
        if (!err)
            err = take_item(importing, arena, &importing->batch.items[i]);
    }
    arena_free(arena);
    return err;
}

static enum err take_late(struct importing *importing)
{
    struct import_batch *late = &importing->late;
    struct arena *arena = arena_new();
    enum err err = ERR_OK;
    for (size_t i = 0; i < late->count; i++)
        late->items[i].taken = false;
    for (size_t i = 0; !err && i < late->count; i++)
        if (!late->items[i].taken)
            err = import_take_late(&importing->run, arena, late, i);
    arena_free(arena);
    return err;
}

static enum err late_flush(struct importing *importing)
{
    if (importing->late.count == 0)
        return ERR_OK;
    enum err err = take_as_one(importing, take_late);
    if (err)
        return err;
    importing->late = (struct import_batch){0};
    arena_reset(importing->late_arena);
    return ERR_OK;
}

/* Takes the batch; what was read behind it lies in the next one's arena already. */
static enum err batch_flush(struct importing *importing)
{
    struct arena *arena = importing->arena;
    enum err err = import_merge_all(arena, &importing->batch, NULL, &importing->run.session->error);
    if (err)
        return err;
    err = take_as_one(importing, take_batch);
    if (err)
        return err;
    importing->batch = (struct import_batch){0};
    arena_reset(arena);
    importing->arena = importing->next;
    importing->next = arena;
    if (importing->late.count >= LATE_MAX)
        err = late_flush(importing);
    ask_on(importing);
    return err;
}

/*
 * --- the reading -------------------------------------------------------------------------------
 */

static bool batch_full(const struct importing *importing)
{
    return importing->batch.count >= BATCH || arena_used(importing->arena) >= BATCH_BYTES;
}

/* A full batch still takes the changed occurrences of the series that it ends with. */
static bool goes_in(const struct importing *importing, const struct ical_event *event)
{
    return event->is_override && importing->batch.count < BATCH_MAX;
}

/* Takes all events, batch by batch. Stopped, it leaves what was gathered. */
static enum err take_events(struct importing *importing)
{
    const struct import_report *report = &importing->run.report;
    bool found = true;
    while (found) {
        struct ical_event event;
        bool full = batch_full(importing);
        ical_next(importing->reader, full ? importing->next : importing->arena, &event, &found,
                  &importing->fault);
        if (report->stopped)
            return ERR_OK;
        if (!found || (full && !goes_in(importing, &event))) {
            enum err err = batch_flush(importing);
            if (err || report->stopped)
                return err;
        }
        if (found)
            *vector_push(importing->arena, &importing->batch) = (struct import_event){
                .event = event,
                .again = import_seen_before(importing->run.arena, &importing->seen, &event)};
    }
    return late_flush(importing);
}

/*
 * Bytes for the reader; none is the end. A pipe may be silent for long, and a line may have no end:
 * if somebody has had enough meanwhile, the source ends there.
 */
static enum err pipe_read(struct importing *importing, char *bytes, size_t size, size_t *count,
                          struct error *error)
{
    struct pollfd there = {.fd = importing->fd, .events = POLLIN};
    ssize_t n;
    *count = 0;
    if (importing->unasked >= ASK_BYTES) {
        importing->unasked = 0;
        ask_on(importing);
        if (importing->run.report.stopped)
            return ERR_OK;
    }
    while (poll(&there, 1, ASK_EVERY) == 0) { /* what it cannot wait for, read tells */
        ask_on(importing);
        if (importing->run.report.stopped)
            return ERR_OK;
    }
    do
        n = read(importing->fd, bytes, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return error_set(error, ERR_IO, source_name(importing->run.name), "%s", strerror(errno));
    *count = (size_t)n;
    importing->unasked += *count;
    return ERR_OK;
}

/* For the reader: what was read for a look comes first. */
static enum err source_read(void *self, char *bytes, size_t size, size_t *count,
                            struct error *error)
{
    struct importing *importing = self;
    size_t left = importing->head.length - importing->head_at;
    if (left == 0)
        return pipe_read(importing, bytes, size, count, error);
    *count = left < size ? left : size;
    memcpy(bytes, importing->head.bytes + importing->head_at, *count);
    importing->head_at += *count;
    return ERR_OK;
}

/*
 * --- a mail message ----------------------------------------------------------------------------
 */

/* Reads on into the head, until it has `least` bytes with a line in them or the source ends. */
static enum err head_read(struct importing *importing, size_t least, bool *ended)
{
    struct text *head = &importing->head;
    char bytes[1 << 13];
    size_t count = 0;
    bool line = memchr(head->bytes, '\n', head->length) != NULL;
    *ended = false;
    while (!*ended && (head->length < least || !line) && head->length <= MAIL_MAX) {
        enum err err =
            pipe_read(importing, bytes, sizeof bytes, &count, &importing->run.session->error);
        if (err)
            return err;
        text_add_n(head, bytes, count);
        line = line || memchr(bytes, '\n', count);
        *ended = count == 0;
    }
    return ERR_OK;
}

/*
 * A message is read whole, and its calendar takes its place. One whose calendar cannot be found
 * is read as it stands, as files may begin with lines that look like headers.
 */
static enum err message_look(struct importing *importing)
{
    enum { LINE = 1 };
    struct text *head = &importing->head;
    bool ended = false;
    *head = text_start(importing->run.arena);
    enum err err = head_read(importing, LINE, &ended);
    if (err || !mail_is(head->bytes, head->length))
        return err;
    err = head_read(importing, MAIL_MAX + 1, &ended);
    if (err)
        return err;
    if (head->length > MAIL_MAX)
        return error_set(
            &importing->run.session->error, ERR_INVALID, source_name(importing->run.name),
            "the message is larger than %d MB; import the calendar in it alone", MAIL_MAX >> 20);
    mail_read(importing->run.arena, head->bytes, head->length, &importing->content);
    if (importing->content.calendar) {
        *head = text_start(importing->run.arena);
        text_add_n(head, importing->content.calendar, importing->content.calendar_size);
    }
    return ERR_OK;
}

static enum err take_bounce(struct importing *importing)
{
    struct arena *arena = arena_new();
    enum err err =
        import_take_bounce(&importing->run, arena, &importing->content, importing->how.message);
    arena_free(arena);
    return err;
}

/* True if the message is dealt with: no calendar is to be read from it. */
static bool is_settled(struct importing *importing, enum err *err)
{
    const struct mail_content *content = &importing->content;
    bool message = mail_is(importing->head.bytes, importing->head.length);
    if (content->calendar)
        return false;
    if (content->bounced_why)
        *err = take_as_one(importing, take_bounce);
    else if (importing->how.message && message)
        importing->run.report.other_messages++;
    return content->bounced_why || (importing->how.message && message);
}

/*
 * --- the whole ---------------------------------------------------------------------------------
 */

/* Whose an event is that names nobody we know. That nobody is meant is told event by event. */
static enum err fallback_find(struct import_run *run)
{
    struct session *session = run->session;
    enum err err = desk_organizer(session, run->arena, &run->fallback);
    run->has_fallback = err == ERR_OK;
    if (err == ERR_INVALID && !session->settings.organizer)
        return ERR_OK;
    return err;
}

static enum err read_settings(struct import_run *run)
{
    enum err err = reading_begin(run->session);
    if (!err)
        err = calendar_writer_start(run->session, run->arena, run->writer);
    if (!err)
        err = fallback_find(run);
    return reading_end(run->session, err);
}

static enum err reader_start(struct importing *importing)
{
    struct import_run *run = &importing->run;
    struct session *session = run->session;
    struct ical_reading reading = {.name = source_name(run->name),
                                   .floating = session_own_zone(session),
                                   .zones = session->zones,
                                   .zone_of = session->settings.tz ? NULL : import_zone_of,
                                   .foreign = import_foreign,
                                   .numbers = &run->writer->numbers,
                                   .self = run};
    if (run->has_fallback && !session->settings.tz) {
        enum err err = session_zone(session, run->fallback.tz, &reading.floating);
        if (err)
            return err;
    }
    struct ical_source source = {.read = source_read, .self = importing};
    importing->reader = ical_reader_start(&reading, source);
    return ERR_OK;
}

static enum err import_run(struct importing *importing)
{
    struct import_run *run = &importing->run;
    struct session *session = run->session;
    enum err err = read_settings(run);
    if (err)
        return err;
    if (!importing->how.dry_run) { /* what the batches want: the store stays open between them */
        err = session_store(session, DB_CREATE, NULL);
        if (err)
            return err;
    }
    err = message_look(importing);
    if (err || is_settled(importing, &err))
        return err;
    err = reader_start(importing);
    if (err)
        return err;
    store_bulk(session->store, true);
    err = take_events(importing);
    store_bulk(session->store, false);
    ical_reader_end(importing->reader);
    if (err || run->report.stopped || !importing->fault.code)
        return err;
    session->error = importing->fault; /* the events before the fault were taken */
    return importing->fault.code;
}

static int ids_compare(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

/*
 * Of the meetings that were read with a dynamic ID, those whose ID a later event made static are
 * legacy too.
 */
static void count_made_static(struct import_run *run)
{
    const struct import_ids *dynamic = &run->dynamic, *made = &run->made_static;
    if (dynamic->count == 0)
        return;
    qsort(dynamic->items, dynamic->count, sizeof *dynamic->items, ids_compare);
    for (size_t i = 0; i < made->count; i++)
        run->report.legacy += bsearch(&made->items[i], dynamic->items, dynamic->count,
                                      sizeof *dynamic->items, ids_compare) != NULL;
}

/* A source among others that can't be read: the others are, and this one is told. */
static enum err tell_unread(struct importing *importing)
{
    struct import_run *run = &importing->run;
    run->report.read++;
    run->report.rejected++;
    import_line_add(&run->report.errors, run->report_arena,
                    (struct import_error){run->name, 1, NULL, run->session->error.why});
    error_clear(&run->session->error);
    return ERR_OK;
}

enum err transfer_import(struct session *session, struct arena *arena, const char *name,
                         struct import_how how, struct import_report *report)
{
    struct calendar_writer writer = {0};
    struct importing importing = {.run = {.session = session,
                                          .name = name,
                                          .arena = arena_new(),
                                          .report_arena = arena,
                                          .report = *report,
                                          .writer = &writer,
                                          .own = how.own},
                                  .how = how,
                                  .arena = arena_new(),
                                  .next = arena_new(),
                                  .late_arena = arena_new()};
    struct writing trial = {.dry_run = true};
    enum err err = source_open(session, name, &importing.fd);
    if (!err) {
        while (how.dry_run && writing_next(session, &trial))
            trial.err = import_run(&importing);
        err = how.dry_run ? trial.err : import_run(&importing);
        source_close(importing.fd);
    }
    if (err == ERR_INVALID && (how.message || how.among))
        err = tell_unread(&importing);
    count_made_static(&importing.run);
    import_note_more(&importing.run);
    *report = importing.run.report;
    arena_free(importing.late_arena);
    arena_free(importing.next);
    arena_free(importing.arena);
    arena_free(importing.run.arena);
    return err;
}
