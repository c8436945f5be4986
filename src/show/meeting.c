/*
 * The side pane: a meeting with its ID, its dial-in numbers, people and notes.
 */
#include "columns.h"
#include "draw.h"
#include "glyph.h"
#include "invitation.h"
#include "when.h"

#include <base/utf8.h>
#include <core/outbox.h>
#include <core/recurrence.h>
#include <string.h>

/* A drawing from the top down: `row` is the next free one. */
struct pane {
    struct canvas *canvas;
    struct area area;
    const struct occurrence *occurrence;
    const struct invitation *invitation; /* NULL: not loaded */
    const struct zone *zone;
    struct arena *arena; /* of this drawing alone */
    int row;
    bool plain; /* nothing is drawn in large characters */
};

static void add_text(struct pane *pane, enum style style, const char *s)
{
    if (s && *s)
        pane->row += canvas_wrap(pane->canvas, pane->area, pane->row, style, s);
}

static void add_heading(struct pane *pane, const char *s)
{
    pane->row++;
    if (pane->row < pane->area.rows)
        canvas_text(pane->canvas, pane->area, pane->row++, 0, -1, STYLE_HEADING, s);
}

static void add_when(struct pane *pane)
{
    const struct meeting *meeting = pane->occurrence->meeting;
    add_text(pane, STYLE_TEXT, when_span(pane->occurrence, pane->zone).s);
    /* and in the meeting's own zone, if the clock shows another time there */
    if (pane->invitation && pane->invitation->zone && !meeting->all_day &&
        local_compare(when_begin(pane->occurrence, pane->zone),
                      when_begin(pane->occurrence, pane->invitation->zone)) != 0)
        add_text(pane, STYLE_DIM, when_span(pane->occurrence, pane->invitation->zone).s);
    if (occurrence_changed(pane->occurrence))
        add_text(pane, STYLE_KEY,
                 arena_format(pane->arena, "~ %s",
                              changed_text(pane->arena, pane->occurrence, false, pane->zone)));
    if (meeting->rrule)
        add_text(pane, STYLE_TEXT, recurrence_describe(pane->arena, meeting->rrule));
}

static const char *kind_words(enum id_kind kind)
{
    static const char *const words[] = {
        [ID_KIND_NONE] = "no conference ID",
        [ID_KIND_DYNAMIC] = "dynamic: this meeting's own",
        [ID_KIND_STATIC] = "static: shared by the organizer's legacy meetings",
        [ID_KIND_THIRD_PARTY] = "a third party's dial-in, no ID of ours",
        [ID_KIND_FOREIGN] = "a foreign dial-in, no ID of ours",
    };
    return words[kind];
}

/* "+49 69 12345, ID 7654321" of a dial-in that is not ours; "" if there is none. */
static const char *foreign_words(struct arena *arena, const struct meeting *meeting)
{
    const char *number = meeting->foreign_number, *id = meeting->foreign_id;
    return arena_format(arena, "%s%s%s%s", number ? number : "", number && id ? ", " : "",
                        id ? "ID " : "", id ? id : "");
}

static void add_id(struct pane *pane)
{
    const struct occurrence *occurrence = pane->occurrence;
    const char *id = occurrence->meeting->conference_id;
    pane->row++;
    if (id) {
        /* large, too, if the pane is high enough to show the rest as well */
        if (pane->area.rows >= 17 && !pane->plain)
            pane->row += show_id_large(pane->canvas, pane->area, pane->row, id);
        pane->row += canvas_textf(pane->canvas, pane->area, pane->row, 0, -1, STYLE_ID,
                                  "Conference ID %s", id) > 0;
    }
    add_text(pane, STYLE_DIM, kind_words(occurrence->meeting->id_kind));
    add_text(pane, STYLE_DIM, foreign_words(pane->arena, occurrence->meeting));
    if (occurrence->risk != RISK_NONE)
        add_text(pane, risk_style(occurrence->risk),
                 arena_format(pane->arena, "%s %s", show_risk_sign(occurrence->risk),
                              show_risk_word(occurrence->risk)));
}

static void add_numbers(struct pane *pane)
{
    if (!pane->invitation || !pane->invitation->has_dial_in)
        return;
    struct labels labels = labels_open(pane->arena, "invitation", "en", NULL);
    struct dial_lines lines = invitation_dial_lines(&labels, pane->invitation);
    if (lines.count == 0)
        return;
    add_heading(pane, "Dial-in");
    for (size_t i = 0; i < lines.count; i++) {
        const struct dial_line *line = &lines.items[i];
        add_text(pane, STYLE_TEXT, arena_format(pane->arena, "%s%s", line->number, line->tail));
        if (*line->place)
            add_text(pane, STYLE_DIM, arena_format(pane->arena, "  %s", line->place));
    }
}

static void add_people(struct pane *pane)
{
    const struct meeting *meeting = pane->occurrence->meeting;
    const struct organizer *organizer = pane->invitation ? pane->invitation->organizer : NULL;
    if (meeting_foreign(meeting)) {
        add_heading(pane, "Invited by");
        add_text(pane, STYLE_TEXT, meeting_inviter(pane->arena, meeting));
        if (meeting_answer(meeting))
            add_text(pane, STYLE_TEXT,
                     arena_format(pane->arena, "Answered: %s", meeting_answer(meeting)));
    }
    add_heading(pane, meeting_foreign(meeting) ? "Calendar" : "Organizer");
    add_text(pane, STYLE_TEXT,
             organizer ? person_text(pane->arena, organizer->name, organizer->email)
                       : meeting->organizer);
    if (meeting->attendees.count == 0)
        return;
    add_heading(pane, arena_format(pane->arena, "Attendees (%zu)", meeting->attendees.count));
    const char *told[] = {replies_text(pane->arena, meeting), untold_text(pane->arena, meeting)};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i][0])
            add_text(pane, STYLE_DIM, told[i]);
    for (size_t i = 0; i < meeting->attendees.count && pane->row < pane->area.rows; i++)
        add_text(pane, STYLE_TEXT,
                 person_text(pane->arena, meeting->attendees.items[i].name,
                             meeting->attendees.items[i].email));
}

void show_meeting(struct canvas *canvas, struct area area, const struct show_context *context,
                  const struct occurrence *occurrence, const struct invitation *invitation)
{
    canvas_fill(canvas, area, STYLE_TEXT);
    if (area.rows < 1 || area.cols < 1)
        return;
    struct pane pane = {.canvas = canvas,
                        .area = area,
                        .occurrence = occurrence,
                        .invitation = invitation,
                        .zone = context->zone,
                        .plain = context->plain,
                        .arena = arena_new()};
    const struct meeting *meeting = occurrence->meeting;
    bool cancelled = meeting->status == MEETING_CANCELLED;
    add_text(&pane, cancelled ? STYLE_CANCELLED : STYLE_HEADING,
             cancelled ? arena_format(pane.arena, "[%s] cancelled", title_text(occurrence))
                       : title_text(occurrence));
    add_when(&pane);
    if (when_on(occurrence, context->now) && !cancelled)
        add_text(&pane, STYLE_NOW, "▸ on now");
    if (early_text(pane.arena, occurrence, context, DAY))
        add_text(&pane, STYLE_TEXT,
                 arena_format(pane.arena, "callers are let in from %s",
                              early_text(pane.arena, occurrence, context, DAY)));
    add_text(&pane, STYLE_TEXT, context->callers);
    if (context->replies && context->replies[0])
        add_text(&pane, STYLE_TEXT, arena_format(pane.arena, "One alone: %s", context->replies));
    add_text(&pane, STYLE_TEXT, occurrence->location);
    add_id(&pane);
    add_numbers(&pane);
    add_people(&pane);
    if (*meeting->notes && pane.row + 2 < area.rows) {
        add_heading(&pane, "Notes");
        add_text(&pane, STYLE_TEXT, meeting->notes);
    }
    arena_free(pane.arena);
}

void show_meeting_line(struct canvas *canvas, struct area line, const struct show_context *context,
                       const struct occurrence *occurrence)
{
    enum { GAP = 2, TITLE_LEAST = 12 };
    bool cancelled = occurrence->meeting->status == MEETING_CANCELLED;
    const char *id = occurrence->meeting->conference_id;
    const char *word = cancelled ? "cancelled" : show_risk_word(occurrence->risk);
    const char *sign = cancelled ? "" : show_risk_sign(occurrence->risk);
    struct when day = when_day(when_begin(occurrence, context->zone), context->zone);
    struct when hours = when_hours(occurrence, context->zone);
    canvas_fill(canvas, line, STYLE_TEXT);
    int col = canvas_textf(canvas, line, 0, 0, -1, STYLE_HEADING, "%s %s", day.s, hours.s) + GAP;
    int signs = (int)strlen(sign) + (*sign && *word ? 1 : 0) + utf8_width(word);
    int room = line.cols - col - (id ? (int)strlen(id) + GAP : 0);
    bool told = signs > 0 && room - signs - GAP >= TITLE_LEAST;
    room -= told ? signs + GAP : 0;
    col += canvas_text(canvas, line, 0, col, room, STYLE_TEXT, title_text(occurrence)) + GAP;
    if (id)
        col += canvas_text(canvas, line, 0, col, -1, STYLE_ID, id) + GAP;
    if (told)
        canvas_textf(canvas, line, 0, col, -1, occurrence_style(occurrence, context->now), "%s%s%s",
                     sign, *sign ? " " : "", word);
}
