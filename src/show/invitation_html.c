/*
 * The invitation as HTML: one plain document without scripts, pictures or anything fetched from
 * elsewhere.
 */
#include "columns.h"
#include "invitation.h"

#include <base/utf8.h>
#include <string.h>

/* Text between tags or within a quoted attribute. */
static const char *escaped(struct arena *arena, const char *s)
{
    static const char *const entities[][2] = {
        {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}};
    struct text text = text_start(arena);
    for (s = utf8_printable(arena, s ? s : "", true); *s; s++) {
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            if (*s == entities[i][0][0])
                entity = entities[i][1];
        if (*s == '\n')
            entity = "<br>\n";
        if (entity)
            text_add(&text, entity);
        else
            text_add_byte(&text, *s);
    }
    return text.bytes;
}

/* Escaped, and on one line. */
static const char *inline_text(struct arena *arena, const char *s)
{
    return escaped(arena, utf8_printable(arena, s ? s : "", false));
}

/* The words of a label. */
static const char *word(const struct labels *labels, const char *key)
{
    return inline_text(labels->arena, labels_find(labels, key));
}

static void row(const struct labels *labels, struct text *text, const char *key, const char *value)
{
    if (value && *value)
        text_addf(text, "<tr><th align=\"left\">%s</th><td>%s</td></tr>\n", word(labels, key),
                  inline_text(labels->arena, value));
}

static void add_link(const struct labels *labels, struct text *text,
                     const struct invitation *invitation)
{
    if (!invitation->join_url)
        return;
    const char *link = invitation_link(invitation);
    const char *shown = inline_text(labels->arena, invitation->join_url);
    const char *label = word(labels, "join");
    if (link)
        text_addf(text, "<p><a href=\"%s\">%s</a></p>\n", inline_text(labels->arena, link), label);
    else
        text_addf(text, "<p>%s: %s</p>\n", label, shown);
}

static void add_numbers(const struct labels *labels, struct text *text,
                        const struct invitation *invitation)
{
    struct arena *arena = labels->arena;
    struct dial_lines lines = invitation_dial_lines(labels, invitation);
    for (size_t i = 0; i < lines.count; i++) {
        const struct dial_line *line = &lines.items[i];
        const char *number = inline_text(arena, line->number);
        text_add(text, "<p>");
        if (line->tel)
            text_addf(text, "<a href=\"%s\">%s%s</a>", inline_text(arena, line->tel), number,
                      inline_text(arena, line->tail));
        else
            text_add(text, number);
        text_addf(text, " %s</p>\n", inline_text(arena, line->place));
    }
}

static void add_phone(const struct labels *labels, struct text *text,
                      const struct invitation *invitation)
{
    struct arena *arena = labels->arena;
    bool ours = invitation->conference_id != NULL;
    const char *value = ours ? invitation->conference_id : invitation->third_party_passcode;
    if (!invitation->has_dial_in)
        return;
    text_addf(text, "<h2>%s</h2>\n", word(labels, "phone"));
    add_numbers(labels, text, invitation);
    if (value && *value)
        text_addf(text, "<p>%s: <strong>%s</strong></p>\n", word(labels, ours ? "id" : "passcode"),
                  inline_text(arena, value));
    if (ours)
        text_addf(text, "<p>%s</p>\n", word(labels, "hint"));
}

static void add_new_id(const struct labels *labels, struct text *text,
                       const struct invitation *invitation)
{
    struct arena *arena = labels->arena;
    const char *since = invitation_since(labels, invitation);
    text_addf(text, "<p><strong>%s: %s → %s</strong>", word(labels, "changed"),
              inline_text(arena, invitation->old_id),
              inline_text(arena, invitation->conference_id));
    if (since)
        text_addf(text, "<br>%s: %s", word(labels, "valid_from"), inline_text(arena, since));
    text_addf(text, "<br>%s<br>%s</p>\n", word(labels, "changed_hint"), word(labels, "old_entry"));
}

static void add_changes(const struct labels *labels, struct text *text,
                        const struct invitation *invitation)
{
    struct arena *arena = labels->arena;
    if (invitation->meeting->status == MEETING_CANCELLED)
        text_addf(text, "<p><strong>%s</strong></p>\n", word(labels, "cancelled"));
    else if (invitation->old_id && invitation->conference_id)
        add_new_id(labels, text, invitation);
    else if (invitation->updated)
        text_addf(text, "<p><strong>%s.</strong></p>\n", word(labels, "updated"));
    const char *before = invitation_before(labels, invitation);
    if (before)
        text_addf(text, "<p>%s: <del>%s</del></p>\n", word(labels, "was"),
                  inline_text(arena, before));
    struct strings lines = {0};
    invitation_changes(labels, invitation, &lines);
    for (size_t i = 0; i < lines.count; i++)
        text_addf(text, "<p>%s</p>\n", inline_text(arena, lines.items[i]));
}

char *invitation_html(struct arena *arena, const struct invitation *invitation)
{
    const struct meeting *meeting = invitation->meeting;
    const struct organizer *organizer = invitation->organizer;
    const struct occurrence *occurrence = &invitation->occurrence;
    bool known = false;
    struct labels labels = labels_open(arena, "invitation", invitation->lang, &known);
    struct text text = text_start(arena);
    const char *title = inline_text(arena, occurrence->title ? occurrence->title : meeting->title);
    text_addf(&text,
              "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<title>%s</title>\n</head>\n<body>\n<h1>%s</h1>\n",
              known ? inline_text(arena, invitation->lang) : "en", title, title);
    add_changes(&labels, &text, invitation);
    text_add(&text, "<table>\n");
    row(&labels, &text, "when", invitation_when(&labels, invitation));
    struct invitation_lines series = invitation_series(&labels, invitation);
    for (size_t i = 0; i < series.count; i++)
        row(&labels, &text, series.items[i].key, series.items[i].text);
    row(&labels, &text, "where", occurrence->location ? occurrence->location : meeting->location);
    row(&labels, &text, "organizer",
        *organizer->name ? arena_format(arena, "%s <%s>", organizer->name, organizer->email)
                         : organizer->email);
    text_add(&text, "</table>\n");
    bool on = meeting->status != MEETING_CANCELLED;
    if (on && meeting->rrule && invitation->conference_id)
        text_addf(&text, "<p>%s</p>\n", word(&labels, "series"));
    if (on) {
        text_add(&text, "<hr>\n");
        add_link(&labels, &text, invitation);
        add_phone(&labels, &text, invitation);
    }
    struct text notes = text_start(arena);
    notes_add(&notes, meeting->notes, "");
    if (notes.length)
        text_addf(&text, "<hr>\n<p>%s</p>\n", escaped(arena, notes.bytes));
    text_add(&text, "</body>\n</html>\n");
    return text.bytes;
}
