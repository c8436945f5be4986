/*
 * Typing in a line: an accented letter or an emoji is one step of the cursor and one deletion.
 */
#include "line.h"
#include <base/utf8.h>
#include <string.h>

struct line line_start(struct arena *arena, const char *text, size_t limit)
{
    struct line line = {.arena = arena, .limit = limit};
    line_set(&line, text ? text : "");
    return line;
}

/* Makes room for `length` bytes and the end. */
static void line_room(struct line *line, size_t length)
{
    if (line->bytes && length < line->capacity)
        return;
    size_t capacity = length + length / 2 + 32;
    char *bytes = arena_alloc(line->arena, capacity);
    if (line->bytes)
        memcpy(bytes, line->bytes, line->length + 1);
    line->bytes = bytes;
    line->capacity = capacity;
}

void line_set(struct line *line, const char *text)
{
    size_t n = strlen(text);
    line_room(line, n);
    memmove(line->bytes, text, n + 1);
    line->length = line->cursor = n;
    line->shown = 0;
}

bool line_insert(struct line *line, const char *text, bool newlines)
{
    size_t n = strlen(text);
    if (!utf8_valid(text, n) || line->length + n > line->limit)
        return false;
    line_room(line, line->length + n);
    memmove(line->bytes + line->cursor + n, line->bytes + line->cursor,
            line->length - line->cursor + 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        bool keep = c >= ' ' && c != 0x7f;
        line->bytes[line->cursor + i] = (char)(keep || (newlines && c == '\n') ? c : ' ');
    }
    line->length += n;
    line->cursor += n;
    return true;
}

bool line_put(struct line *line, int32_t codepoint)
{
    char bytes[5] = {0};
    utf8_put(codepoint, bytes);
    return line_insert(line, bytes, true);
}

/* The cluster boundary before `at`. */
static size_t boundary_before(const struct line *line, size_t at)
{
    size_t here = 0, before = 0;
    int columns;
    while (here < at) {
        before = here;
        size_t n = utf8_cluster(line->bytes + here, &columns);
        if (!n)
            break;
        here += n;
    }
    return before;
}

static size_t boundary_after(const struct line *line, size_t at)
{
    int columns;
    return at + utf8_cluster(line->bytes + at, &columns);
}

static size_t word_before(const struct line *line)
{
    size_t at = line->cursor;
    while (at > 0 && line->bytes[at - 1] == ' ')
        at--;
    while (at > 0 && line->bytes[at - 1] != ' ')
        at--;
    return at;
}

static size_t word_after(const struct line *line)
{
    size_t at = line->cursor;
    while (line->bytes[at] == ' ')
        at++;
    while (line->bytes[at] && line->bytes[at] != ' ')
        at++;
    return at;
}

static bool cut(struct line *line, size_t from, size_t to)
{
    if (from >= to)
        return false;
    memmove(line->bytes + from, line->bytes + to, line->length - to + 1);
    line->length -= to - from;
    line->cursor = from;
    return true;
}

bool line_act(struct line *line, enum action action, bool *changed)
{
    *changed = false;
    switch ((int)action) {
    case ACT_CURSOR_LEFT:
        line->cursor = boundary_before(line, line->cursor);
        return true;
    case ACT_CURSOR_RIGHT:
        line->cursor = boundary_after(line, line->cursor);
        return true;
    case ACT_CURSOR_WORD_LEFT:
        line->cursor = word_before(line);
        return true;
    case ACT_CURSOR_WORD_RIGHT:
        line->cursor = word_after(line);
        return true;
    case ACT_CURSOR_HOME:
        line->cursor = 0;
        return true;
    case ACT_CURSOR_END:
        line->cursor = line->length;
        return true;
    case ACT_DELETE_BACK:
        *changed = cut(line, boundary_before(line, line->cursor), line->cursor);
        return true;
    case ACT_DELETE:
        *changed = cut(line, line->cursor, boundary_after(line, line->cursor));
        return true;
    case ACT_DELETE_WORD:
        *changed = cut(line, word_before(line), line->cursor);
        return true;
    case ACT_DELETE_LINE:
        *changed = cut(line, 0, line->length);
        return true;
    default:
        return false;
    }
}

/* How many columns the first `at` bytes take. */
static int columns_to(const struct line *line, size_t at)
{
    int total = 0, columns = 0;
    for (size_t here = 0; here < at;) {
        size_t n = utf8_cluster(line->bytes + here, &columns);
        if (!n)
            break;
        here += n;
        total += columns;
    }
    return total;
}

void line_draw(struct line *line, struct canvas *canvas, struct area area, int row, int col,
               int width, enum style style, bool focus)
{
    struct area field = {area.row + row, area.col + col, 1, width};
    if (field.col + field.cols > area.col + area.cols)
        field.cols = area.col + area.cols - field.col;
    if (field.cols < 1 || row < 0 || row >= area.rows)
        return;
    canvas_fill(canvas, field, style);
    int cursor = columns_to(line, line->cursor);
    if (!focus)
        line->shown = 0;
    else if (cursor < line->shown)
        line->shown = cursor;
    else if (cursor - line->shown >= field.cols)
        line->shown = cursor - field.cols + 1;
    size_t at = 0;
    int passed = 0, columns = 0;
    while (passed < line->shown && line->bytes[at]) {
        at += utf8_cluster(line->bytes + at, &columns);
        passed += columns;
    }
    canvas_text(canvas, field, 0, passed - line->shown, focus ? -1 : field.cols, style,
                line->bytes + at);
    if (focus) {
        canvas->cursor_row = field.row;
        canvas->cursor_col = field.col + cursor - line->shown;
    }
}
