/*
 * Colours for text on a terminal: headings, labels, signs of risk and the remarks at a line's end.
 * They are found in the text alone, so a title that contains a sign is coloured too: that looks odd
 * and does no harm.
 */
#include <show/print.h>

#include <string.h>

#define BOLD "\033[1m"
#define RISK "\033[1;31m"
#define LEGACY "\033[33m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

enum { LABEL_MAX = 15 };

struct mark {
    const char *words;
    const char *color;
    bool ends_line; /* only as the line's last words */
};

static const struct mark marks[] = {
    {" !! ", RISK, false},      {" ! ", LEGACY, false},     {"  mixing risk: ", RISK, false},
    {"  legacy", LEGACY, true}, {"  cancelled", DIM, true},
};

/* The mark that begins at s, of which `left` bytes are on the line; NULL if none does. */
static const struct mark *mark_at(const char *s, size_t left)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i].words);
        if (n <= left && strncmp(s, marks[i].words, n) == 0 && (!marks[i].ends_line || n == left))
            return &marks[i];
    }
    return NULL;
}

static void paint(struct text *out, const char *color, const char *s, size_t n)
{
    text_add(out, color);
    text_add_n(out, s, n);
    text_add(out, PLAIN);
}

/* Signs keep the blanks around them plain; a remark is coloured to the line's end. */
static void paint_row(struct text *out, const char *line, size_t length)
{
    for (size_t at = 0; at < length;) {
        const struct mark *mark = mark_at(line + at, length - at);
        if (!mark) {
            text_add_byte(out, line[at++]);
            continue;
        }
        size_t blanks = strspn(line + at, " ");
        size_t n = mark->words[1] == '!' ? strlen(mark->words) - 2 : length - at - blanks;
        text_add_n(out, line + at, blanks);
        paint(out, mark->color, line + at + blanks, n);
        at += blanks + n;
    }
}

/* The length of "Label:" at the line's beginning, 0 if there is none. */
static size_t label_length(const char *line, size_t length)
{
    size_t n = strcspn(line, ":\n");
    bool ends = n < length && (n + 1 == length || line[n + 1] == ' ');
    return ends && n <= LABEL_MAX ? n + 1 : 0;
}

static void paint_line(struct text *out, const char *line, size_t length)
{
    bool flush = length > 0 && line[0] != ' ' && line[0] != '!';
    bool heads = flush && line[length] == '\n' && line[length + 1] == ' ';
    size_t label = flush ? label_length(line, length) : 0;
    if (label) {
        paint(out, BOLD, line, label);
        paint_row(out, line + label, length - label);
    } else if (heads) {
        paint(out, BOLD, line, length);
    } else {
        paint_row(out, line, length);
    }
}

char *text_color(struct arena *arena, const char *text)
{
    struct text out = text_start(arena);
    while (*text) {
        size_t length = strcspn(text, "\n");
        paint_line(&out, text, length);
        text += length;
        if (*text)
            text_add_byte(&out, *text++);
    }
    return out.bytes;
}
