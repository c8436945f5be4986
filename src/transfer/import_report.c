/*
 * The lines of an import's and a sync's report. A hostile file has a million faults: the count goes
 * on, the list ends.
 */
#include "import.h"
#include <string.h>

enum {
    LISTED_MAX = 10000,
    NUMBERS_MAX = 16, /* of an event */
    E164_SIZE = 17
};

void import_line_add(struct import_errors *list, struct arena *arena, struct import_error line)
{
    if (list->count >= LISTED_MAX)
        return;
    if (list->count == LISTED_MAX - 1)
        line.why = "there are more like this; the list ends here";
    *vector_push(arena, list) =
        (struct import_error){.file = arena_copy(arena, line.file),
                              .line = line.line,
                              .uid = line.uid && line.uid[0] ? arena_copy(arena, line.uid) : NULL,
                              .why = arena_copy(arena, line.why)};
}

void import_reject(struct import_run *run, const struct ical_event *event, const char *why)
{
    size_t line = event->why ? event->why_line : event->line;
    run->report.rejected++;
    import_line_add(&run->report.errors, run->report_arena,
                    (struct import_error){run->name, (int64_t)line, event->uid, why});
}

void import_note(struct import_run *run, const struct ical_event *event, const char *why)
{
    import_line_add(&run->report.notes, run->report_arena,
                    (struct import_error){run->name, (int64_t)event->line, event->uid, why});
}

void import_count(struct import_run *run, const struct meeting *meeting)
{
    struct import_report *report = &run->report;
    bool foreign = meeting_foreign(meeting), scheduled = meeting->status == MEETING_SCHEDULED;
    report->legacy += meeting_legacy(meeting);
    report->foreign += foreign;
    report->with_id += !foreign && scheduled && meeting->conference_id;
    report->without_id += !foreign && scheduled && !meeting->conference_id;
    if (foreign)
        import_inviter_add(run->report_arena, &report->inviters, meeting->invited_by, 1);
}

static bool is_ours(const struct import_run *run, const char *e164)
{
    for (size_t i = 0; i < run->writer->numbers.count; i++)
        if (strcmp(run->writer->numbers.items[i].e164, e164) == 0)
            return true;
    return false;
}

void import_count_numbers(struct import_run *run, const struct dial_in *dial_in)
{
    const struct strings *written = &dial_in->numbers;
    char counted[NUMBERS_MAX][E164_SIZE];
    size_t count = 0;
    for (size_t i = 0; i < written->count && count < NUMBERS_MAX; i++) {
        struct error error = {0};
        size_t known = 0;
        if (number_parse(written->items[i], counted[count], &error) != ERR_OK)
            continue;
        while (strcmp(counted[known], counted[count]) != 0)
            known++;
        if (known < count)
            continue;
        const struct import_number number = {counted[count], is_ours(run, counted[count]),
                                             dial_in->service, 1};
        import_number_add(run->report_arena, &run->report.numbers, &number);
        count++;
    }
}
