/*
 * When a series' invitation says in words that it repeats: how often, on which days, until when,
 * and which dates differ. Sentences are made of phrases that need no inflection, so that they are
 * right in each language; a rule that is of no such shape is told by its next dates.
 */
#include "invitation.h"
#include "when.h"

#include <core/recurrence.h>
#include <string.h>

enum { DATES_MAX = 10 };

/* The phrase with its one placeholder filled. */
static const char *phrase(const struct labels *labels, const char *key, const char *value)
{
    const char *pattern = labels_find(labels, key), *open = strchr(pattern, '{'),
               *close = open ? strchr(open, '}') : NULL;
    if (!close)
        return pattern;
    return arena_format(labels->arena, "%.*s%s%s", (int)(open - pattern), pattern, value,
                        close + 1);
}

static const char *number(const struct labels *labels, int n)
{
    return arena_format(labels->arena, "%d", n);
}

/* "every 2 weeks" */
static const char *how_often(const struct labels *labels, const struct recurrence_plan *plan)
{
    static const char *const keys[] = {[RECURRENCE_DAYS] = "daily",
                                       [RECURRENCE_WEEKS] = "weekly",
                                       [RECURRENCE_MONTHS] = "monthly",
                                       [RECURRENCE_YEARS] = "yearly"};
    const char *key = keys[plan->every];
    if (plan->interval <= 1)
        return labels_find(labels, key);
    return phrase(labels, arena_format(labels->arena, "%s_n", key), number(labels, plan->interval));
}

/* "Monday, Wednesday", "second Tuesday", "day 15"; "" for a day or a year, which say no more. */
static const char *on_which(const struct labels *labels, const struct recurrence_plan *plan)
{
    struct text text = text_start(labels->arena);
    for (int i = 0; plan->every == RECURRENCE_WEEKS && i < 7; i++)
        if (plan->weekdays[i])
            text_addf(&text, "%s%s", text.length ? ", " : "", labels_word(labels, "weekdays", i));
    if (plan->every != RECURRENCE_MONTHS)
        return text.bytes;
    if (plan->nth)
        return labels_word(
            labels, plan->nth < 0 ? "nth_last" : arena_format(labels->arena, "nth_%d", plan->nth),
            plan->nth_weekday);
    return plan->month_day < 0 ? labels_find(labels, "month_last_day")
                               : phrase(labels, "month_day", labels_day(labels, plan->month_day));
}

/* "until Tuesday, 1 December 2026" */
static const char *until_when(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct local_time last = meeting->start_local;
    bool open = false;
    if (recurrence_last(meeting->rrule, meeting->start_local, invitation->zone, &last, &open,
                        NULL) != ERR_OK)
        return "";
    return open ? labels_find(labels, "no_end")
                : phrase(labels, "until", labels_date(labels, last));
}

/*
 * --- dates -------------------------------------------------------------------------------------
 */

/* A list of dates: as many as are told, and whether there are more. */
struct dates {
    const struct labels *labels;
    struct text text;
    int count;
};

static struct dates dates_start(const struct labels *labels)
{
    return (struct dates){labels, text_start(labels->arena), 0};
}

static void dates_add(struct dates *dates, const char *date)
{
    dates->count++;
    if (dates->count <= DATES_MAX)
        text_addf(&dates->text, "%s%s", dates->count > 1 ? "; " : "", date);
    else if (dates->count == DATES_MAX + 1)
        text_addf(&dates->text, "; %s", labels_find(dates->labels, "further"));
}

static bool date_visit(void *context, struct local_time start)
{
    struct dates *dates = context;
    dates_add(dates, labels_date(dates->labels, start));
    return dates->count <= DATES_MAX;
}

static const char *next_dates(const struct labels *labels, const struct invitation *invitation)
{
    static const struct local_time end_of_time = {9999, 12, 31, 23, 59, 59};
    const struct meeting *meeting = invitation->meeting;
    struct dates dates = dates_start(labels);
    if (recurrence_each(meeting->rrule, meeting->start_local, invitation->zone,
                        invitation->occurrence.recurrence, end_of_time, date_visit, &dates,
                        NULL) != ERR_OK)
        return "";
    return dates.text.bytes;
}

/* True for what is behind the occurrence that the invitation names. */
static bool to_come(const struct invitation *invitation, struct local_time date)
{
    return local_compare(date, invitation->occurrence.recurrence) > 0;
}

static int dates_compare(const void *a, const void *b)
{
    return local_compare(*(const struct local_time *)a, *(const struct local_time *)b);
}

static const char *dates_sorted(const struct labels *labels, const struct local_times *times)
{
    struct dates dates = dates_start(labels);
    items_sort(times->items, times->count, sizeof *times->items, dates_compare);
    for (size_t i = 0; i < times->count; i++)
        dates_add(&dates, labels_date(labels, times->items[i]));
    return dates.text.bytes;
}

static const char *left_out(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct local_times times = {0};
    for (size_t i = 0; i < meeting->exdates.count; i++)
        if (to_come(invitation, meeting->exdates.items[i]))
            *vector_push(labels->arena, &times) = meeting->exdates.items[i];
    for (size_t i = 0; i < meeting->overrides.count; i++)
        if (meeting->overrides.items[i].cancelled &&
            to_come(invitation, meeting->overrides.items[i].recurrence))
            *vector_push(labels->arena, &times) = meeting->overrides.items[i].recurrence;
    return dates_sorted(labels, &times);
}

static const char *added(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct local_times times = {0};
    for (size_t i = 0; i < meeting->rdates.count; i++)
        if (to_come(invitation, meeting->rdates.items[i]))
            *vector_push(labels->arena, &times) = meeting->rdates.items[i];
    return dates_sorted(labels, &times);
}

/* "Thursday, 3 December 2026, 09:00" */
static const char *date_and_time(const struct labels *labels, const struct invitation *invitation,
                                 struct local_time at)
{
    const char *date = labels_date(labels, at);
    if (invitation->meeting->all_day)
        return date;
    return arena_format(labels->arena, "%s, %s", date, when_clock_24(at).s);
}

static const char *moved(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct dates dates = dates_start(labels);
    for (size_t i = 0; i < meeting->overrides.count; i++) {
        const struct meeting_override *override = &meeting->overrides.items[i];
        if (override->cancelled || !to_come(invitation, override->recurrence) ||
            local_compare(override->start, override->recurrence) == 0)
            continue;
        dates_add(&dates, arena_format(labels->arena, "%s → %s",
                                       date_and_time(labels, invitation, override->recurrence),
                                       date_and_time(labels, invitation, override->start)));
    }
    return dates.text.bytes;
}

/*
 * --- the lines ---------------------------------------------------------------------------------
 */

static const char *repeats(const struct labels *labels, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct recurrence_plan plan =
        recurrence_plan(labels->arena, meeting->rrule, meeting->start_local);
    if (plan.every == RECURRENCE_OTHERWISE)
        return next_dates(labels, invitation);
    const char *days = on_which(labels, &plan), *until = until_when(labels, invitation);
    return arena_format(labels->arena, "%s%s%s%s%s%s", how_often(labels, &plan),
                        days[0] ? " (" : "", days, days[0] ? ")" : "", until[0] ? ", " : "", until);
}

struct invitation_lines invitation_series(const struct labels *labels,
                                          const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    struct invitation_lines lines = {0};
    if (!meeting_series(meeting) || meeting_lone(meeting) || meeting->status == MEETING_CANCELLED)
        return lines;
    const struct invitation_line all[] = {
        {"repeats", meeting->rrule ? repeats(labels, invitation) : ""},
        {"except", left_out(labels, invitation)},
        {"also", added(labels, invitation)},
        {"moved", moved(labels, invitation)}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].text[0])
            *vector_push(labels->arena, &lines) = all[i];
    return lines;
}
