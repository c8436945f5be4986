/*
 * The lines of an import's and a sync's report. A hostile file has a million faults: the count goes
 * on, the list ends.
 */
#include "import.h"
#include <string.h>

enum {
    LISTED_MAX = 10000,
    NUMBERS_MAX = 16,       /* of an event */
    NUMBER_NOTES_MAX = 100, /* events of a source whose numbers are told one by one */
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
        import_inviter_add(run->report_arena, &report->inviters, meeting->invited_by);
}

/* The organization's number of these digits; NULL: it has none. */
static const struct number *ours(const struct import_run *run, const char *e164)
{
    for (size_t i = 0; i < run->writer->numbers.count; i++)
        if (strcmp(run->writer->numbers.items[i].e164, e164) == 0)
            return &run->writer->numbers.items[i];
    return NULL;
}

/* With the blanks that it was typed with, here or there. */
static const char *shown(struct arena *arena, const struct number *number, const char *e164,
                         const char *written)
{
    const struct number other = {.e164 = e164, .typed = number_typed(arena, written)};
    return number_shown(arena, number ? number : &other);
}

/* The event's numbers, each once, with how it is written; at most NUMBERS_MAX. */
struct shown_numbers {
    char e164[NUMBERS_MAX][E164_SIZE];
    const char *written[NUMBERS_MAX];
    size_t count;
};

static struct shown_numbers numbers_shown(const struct strings *written)
{
    struct shown_numbers shown = {0};
    for (size_t i = 0; i < written->count && shown.count < NUMBERS_MAX; i++) {
        struct error error = {0};
        size_t known = 0;
        if (number_parse(written->items[i], shown.e164[shown.count], &error) != ERR_OK)
            continue;
        while (strcmp(shown.e164[known], shown.e164[shown.count]) != 0)
            known++;
        if (known == shown.count)
            shown.written[shown.count++] = written->items[i];
    }
    return shown;
}

void import_note_numbers(struct import_run *run, const struct ical_event *event)
{
    enum { NAMED_MAX = 3 };
    const struct shown_numbers numbers = numbers_shown(&event->dial_in.numbers);
    struct arena *arena = run->report_arena;
    struct text text = text_start(arena);
    size_t others = 0;
    for (size_t i = 0; run->writer->numbers.count > 0 && i < numbers.count; i++)
        if (!ours(run, numbers.e164[i]) && others++ < NAMED_MAX)
            text_addf(&text, "%s%s", text.length ? ", " : "", numbers.written[i]);
    if (others == 0 || ++run->number_notes > NUMBER_NOTES_MAX)
        return;
    if (others > NAMED_MAX)
        text_addf(&text, " and %zu more", others - NAMED_MAX);
    import_note(run, event,
                arena_format(arena,
                             "it shows conference ID %s with %s, not one of the "
                             "organization's numbers",
                             event->dial_in.conference_id, text.bytes));
}

void import_note_more(struct import_run *run)
{
    int64_t more = run->number_notes - NUMBER_NOTES_MAX;
    if (more > 0)
        import_line_add(
            &run->report.notes, run->report_arena,
            (struct import_error){run->name, 0, NULL,
                                  arena_format(run->report_arena,
                                               "and %lld more show numbers that are not the "
                                               "organization's",
                                               (long long)more)});
}

void import_count_numbers(struct import_run *run, const struct dial_in *dial_in)
{
    const struct shown_numbers numbers = numbers_shown(&dial_in->numbers);
    for (size_t i = 0; i < numbers.count; i++) {
        const struct number *known = ours(run, numbers.e164[i]);
        const struct import_number number = {
            numbers.e164[i], shown(run->report_arena, known, numbers.e164[i], numbers.written[i]),
            known != NULL, dial_in->service, 1};
        import_number_add(run->report_arena, &run->report.numbers, &number);
    }
}
