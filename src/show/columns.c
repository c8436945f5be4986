/*
 * Aligned columns of safe text, and the remarks that lists put beside a meeting.
 */
#include "columns.h"
#include "when.h"

#include <base/utf8.h>
#include <core/outbox.h>
#include <show/show.h>
#include <string.h>

enum { LABEL_COLUMNS = 16 };

struct columns columns_start(struct arena *arena, size_t count)
{
    return (struct columns){.arena = arena,
                            .count = count,
                            .cells = text_start(arena),
                            .widths = arena_array(arena, count, sizeof(int))};
}

void columns_add_all(struct columns *columns, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *safe = utf8_shown(columns->arena, cells[i] ? cells[i] : "", false);
        int width = utf8_width(safe), *widest = &columns->widths[columns->added++ % columns->count];
        text_add_n(&columns->cells, safe, strlen(safe) + 1);
        if (width > *widest)
            *widest = width;
    }
}

static void pad(struct text *out, int columns)
{
    while (columns-- > 0)
        text_add_byte(out, ' ');
}

static const char *next_cell(struct columns *columns)
{
    const char *cell = columns->cells.bytes + columns->printed;
    columns->printed += strlen(cell) + 1;
    return cell;
}

static void row_print(struct columns *columns, const char *indent, struct text *out)
{
    text_add(out, indent);
    size_t end = out->length;
    int owed = 0;
    for (size_t column = 0; column < columns->count; column++) {
        const char *cell = next_cell(columns);
        if (columns->widths[column] == 0)
            continue; /* a column without content takes no room */
        if (*cell) {
            pad(out, owed);
            owed = 0;
            text_add(out, cell);
            end = out->length;
        }
        owed += columns->widths[column] - utf8_width(cell) + 2;
    }
    out->length = end;
    text_add_byte(out, '\n');
}

void columns_measured(struct columns *columns)
{
    columns->cells.length = columns->printed = 0;
}

void columns_print(struct columns *columns, const char *indent, struct text *out)
{
    while (columns->printed < columns->cells.length)
        row_print(columns, indent, out);
    columns_measured(columns);
}

char *columns_text(struct columns *columns)
{
    struct text out = text_start(columns->arena);
    columns_print(columns, "", &out);
    return out.bytes;
}

void line_add(struct text *text, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    int used = utf8_width(label) + 1;
    text_addf(text, "%s:", label);
    pad(text, used < LABEL_COLUMNS ? LABEL_COLUMNS - used : 1);
    text_add(text, utf8_shown(text->arena, value, false));
    text_add_byte(text, '\n');
}

void notes_add(struct text *text, const char *notes, const char *indent)
{
    size_t kept = text->length;
    while (*notes) {
        size_t n = strcspn(notes, "\n");
        size_t length = n > 0 && notes[n - 1] == '\r' ? n - 1 : n; /* lines may end as in mail */
        const char *line = arena_copy_n(text->arena, notes, length);
        text_add(text, length ? indent : "");
        text_add(text, utf8_shown(text->arena, line, true)); /* tabs stay */
        text_add_byte(text, '\n');
        if (length)
            kept = text->length;
        notes += n + (notes[n] == '\n');
    }
    text->length = kept;
    text->bytes[kept] = '\0';
}

const char *person_text(struct arena *arena, const char *name, const char *email)
{
    if (!name || !*name)
        return email ? email : "";
    return arena_format(arena, "%s <%s>", name, email ? email : "");
}

const char *title_text(const struct occurrence *occurrence)
{
    const char *title = occurrence->title ? occurrence->title : occurrence->meeting->title;
    return *title ? title : "(no title)";
}

/* The title of the first meeting that the risk is with, and how many more there are. */
static const char *others_text(struct arena *arena, const struct occurrence *occurrence)
{
    const struct strings *uids = &occurrence->risk_with;
    if (uids->count == 0)
        return "another meeting";
    const char *first = uids->items[0], *name = occurrence->risk_title;
    if (strcmp(first, occurrence->meeting->uid) == 0)
        name = "itself";
    else if (!name)
        name = arena_format(arena, "%.8s", first);
    else if (!*name)
        name = "(no title)";
    if (occurrence->risk_with_count <= 1)
        return name;
    return arena_format(arena, "%s and %zu more", name, occurrence->risk_with_count - 1);
}

/* The change of the occurrence; NULL: it is as the rule has it. */
static const struct meeting_override *change_of(const struct occurrence *occurrence)
{
    const struct meeting_override *override =
        occurrence->recurrence.month
            ? meeting_override_at(occurrence->meeting, occurrence->recurrence)
            : NULL;
    return override && !override->cancelled ? override : NULL;
}

bool occurrence_changed(const struct occurrence *occurrence)
{
    return change_of(occurrence) != NULL;
}

const char *changed_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                         const struct zone *reader)
{
    const struct meeting_override *change = change_of(occurrence);
    if (!change)
        return "";
    struct local_time from = change->recurrence;
    if (local_compare(from, change->start) == 0)
        return "changed";
    const char *words = brief ? "was" : "moved from";
    struct when day = brief ? when_day(from, reader) : when_date(from, reader);
    if (occurrence->meeting->all_day)
        return arena_format(arena, "%s %s", words, day.s);
    bool same_day = brief && when_days(from, change->start) == 0;
    bool here = strcmp(occurrence->meeting->tz, zone_name(reader)) == 0;
    return arena_format(arena, "%s%s%s %s%s%s", words, same_day ? "" : " ", same_day ? "" : day.s,
                        when_clock(from, reader).s, here ? "" : " ",
                        here ? "" : occurrence->meeting->tz);
}

/* Both with a mark between them; an empty text stands for none. */
static const char *joined(struct arena *arena, const char *first, const char *mark,
                          const char *second)
{
    if (!*first || !*second)
        return *first ? first : second;
    return arena_format(arena, "%s%s%s", first, mark, second);
}

/* Who invited, and what was answered. */
static const char *answered_text(struct arena *arena, const struct meeting *meeting)
{
    const char *answer = meeting_answer(meeting);
    return arena_format(arena, "%s%sinvited by %s", answer ? answer : "", answer ? "; " : "",
                        meeting->invited_by);
}

/* What a meeting without a mixing risk is remarked by, but for a change of the occurrence. */
static const char *plain_remark(struct arena *arena, const struct occurrence *occurrence)
{
    if (meeting_foreign(occurrence->meeting))
        return answered_text(arena, occurrence->meeting);
    if (occurrence->risk == RISK_LEGACY)
        return "legacy";
    return occurrence->location ? occurrence->location : "";
}

const char *remark_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                        const struct zone *reader)
{
    if (occurrence->meeting->status == MEETING_CANCELLED)
        return "cancelled";
    if (occurrence->risk <= RISK_LEGACY)
        return joined(arena, changed_text(arena, occurrence, brief, reader), "; ",
                      plain_remark(arena, occurrence));
    bool overlap = occurrence->risk == RISK_OVERLAP;
    const char *words =
        brief ? (overlap ? "overlap:" : "back-to-back:")
              : (overlap ? "mixing risk: overlaps" : "mixing risk: back-to-back with");
    return arena_format(arena, "%s %s", words, others_text(arena, occurrence));
}

/* How many attendees do not know the present state; empty: all know it. */
static const char *untold_remark(struct arena *arena, const struct meeting *meeting, bool brief)
{
    size_t untold = meeting_untold(meeting);
    if (untold == 0)
        return "";
    return brief ? arena_format(arena, "%zu not told", untold)
                 : arena_format(arena, "%zu of %zu not told", untold, meeting->attendees.count);
}

/* From when the occurrence was moved, first; then how many are not told, before a location. */
static const char *told_remark(struct arena *arena, const struct occurrence *occurrence, bool brief,
                               int64_t now, const struct zone *reader)
{
    const struct meeting *meeting = occurrence->meeting;
    if (occurrence->end <= now || occurrence->risk > RISK_LEGACY)
        return remark_text(arena, occurrence, brief, reader);
    const char *words = untold_remark(arena, meeting, brief);
    if (!*words && !meeting_foreign(meeting))
        words = replies_text(arena, meeting);
    if (meeting->status == MEETING_CANCELLED)
        return joined(arena, "cancelled", ", ", words);
    const char *plain = plain_remark(arena, occurrence);
    plain = occurrence->risk == RISK_LEGACY ? joined(arena, plain, ", ", words)
                                            : joined(arena, words, ", ", plain);
    return joined(arena, changed_text(arena, occurrence, brief, reader), "; ", plain);
}

const char *agenda_remark_text(struct arena *arena, const struct occurrence *occurrence, bool brief,
                               int64_t now, const struct zone *reader)
{
    const char *remark = told_remark(arena, occurrence, brief, now, reader);
    if (!when_on(occurrence, now) || occurrence->meeting->status == MEETING_CANCELLED)
        return remark;
    return joined(arena, "on now", ", ", remark);
}

const char *hours_and_zone(struct arena *arena, const struct occurrence *item,
                           const struct zone *zone)
{
    if (item->meeting->all_day)
        return arena_copy(arena, when_hours(item, zone).s);
    const char *abbreviation = zone_read(zone, item->start).abbreviation;
    bool named = *abbreviation != '+' && *abbreviation != '-';
    return arena_format(arena, "%s %s", when_hours(item, zone).s,
                        named ? abbreviation : zone_name(zone));
}

const char *early_text(struct arena *arena, const struct occurrence *occurrence,
                       const struct show_context *context, int64_t ahead)
{
    const struct meeting *meeting = occurrence->meeting;
    int64_t from = occurrence->start - context->early;
    bool ours = meeting->id_kind == ID_KIND_DYNAMIC || meeting->id_kind == ID_KIND_STATIC;
    if (!context->early || !ours || meeting->status == MEETING_CANCELLED || meeting->all_day ||
        occurrence->start <= context->now || from - ahead > context->now)
        return NULL;
    return arena_copy(arena, when_clock(zone_read(context->zone, from).local, context->zone).s);
}
