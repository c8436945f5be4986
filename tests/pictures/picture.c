/*
 * A picture of the console as SVG, from the same cells that the screen tests compare:
 *     picture STORE COLUMNS ROWS VIEW KEYS > picture.svg
 * fills the store with the sample organization, seeded and at one moment, so that the picture is
 * the same every time.
 */
#include <console/loop.h>
#include <console/view.h>
#include <desk/desk.h>
#include <stdio.h>
#include <stdlib.h>
#include <support/term_script.h>
#include <time.h>
#include <unistd.h>

enum { CELL_WIDTH = 9, CELL_HEIGHT = 17, MARGIN = 10, BASELINE = 13 };

/* The looks of term_curses.c in 256 colours, on a dark background. */
static const struct paint {
    const char *text, *back;
    bool bold;
} paints[STYLE_COUNT] = {
    [STYLE_TEXT] = {"#d8dce2", NULL, false},
    [STYLE_DIM] = {"#808691", NULL, false},
    [STYLE_HEADING] = {"#ffffff", NULL, true},
    [STYLE_BAR] = {"#eef2f7", "#005f87", false},
    [STYLE_BAR_STRONG] = {"#ffffff", "#005f87", true},
    [STYLE_KEY] = {"#3fa7d6", NULL, true},
    [STYLE_ID] = {"#3fa7d6", NULL, true},
    [STYLE_BLOCK] = {"#eef2f7", "#005faf", false},
    [STYLE_LEGACY] = {"#d78700", NULL, true},
    [STYLE_RISK] = {"#e06c6c", NULL, true},
    [STYLE_CANCELLED] = {"#808691", NULL, false},
    [STYLE_PAST] = {"#808691", NULL, false},
    [STYLE_NOW] = {"#6fbf73", NULL, true},
    [STYLE_FIELD] = {"#ffffff", "#2b323c", false},
    [STYLE_FIELD_BAD] = {"#e06c6c", "#2b323c", false},
    [STYLE_GOOD] = {"#6fbf73", NULL, false},
    [STYLE_ERROR] = {"#e06c6c", NULL, true},
    [STYLE_BORDER] = {"#5b626d", NULL, false},
};

static const char *const GROUND = "#14181f";

static void print_escaped(const char *s)
{
    for (; *s; s++)
        switch (*s) {
        case '&':
            fputs("&amp;", stdout);
            break;
        case '<':
            fputs("&lt;", stdout);
            break;
        case '>':
            fputs("&gt;", stdout);
            break;
        default:
            putchar(*s);
        }
}

struct drawn_look {
    const char *text, *back;
    bool bold;
};

static struct drawn_look look_of(const struct cell *cell)
{
    unsigned style = cell->style & ~(unsigned)STYLE_SELECTED;
    const struct paint *paint = &paints[style < STYLE_COUNT ? style : STYLE_TEXT];
    if (cell->style & STYLE_SELECTED)
        return (struct drawn_look){paint->back ? paint->back : GROUND, paint->text, paint->bold};
    return (struct drawn_look){paint->text, paint->back, paint->bold};
}

/*
 * How many cells from here on look alike. Behind a wide cluster stands an empty cell, which goes
 * with it.
 */
static int run_length(const struct canvas *canvas, int row, int col)
{
    unsigned char style = canvas_cell(canvas, row, col)->style;
    int n = 1;
    while (col + n < canvas->cols && canvas_cell(canvas, row, col + n)->style == style)
        n++;
    return n;
}

/*
 * One text element, each character at its own column: fonts differ in the width of lines and signs.
 */
static void print_run(const struct canvas *canvas, int row, int col, int n)
{
    struct drawn_look look = look_of(canvas_cell(canvas, row, col));
    int x = MARGIN + col * CELL_WIDTH, y = MARGIN + row * CELL_HEIGHT, first = -1;
    if (look.back)
        printf("<rect x='%d' y='%d' width='%d' height='%d' fill='%s'/>\n", x, y, n * CELL_WIDTH,
               CELL_HEIGHT, look.back);
    for (int i = col; i < col + n && first < 0; i++)
        if (canvas_cell(canvas, row, i)->bytes[0] > ' ' ||
            canvas_cell(canvas, row, i)->bytes[0] < 0)
            first = i;
    if (first < 0)
        return;
    printf("<text y='%d' fill='%s'%s x='", y + BASELINE, look.text,
           look.bold ? " font-weight='bold'" : "");
    for (int i = first; i < col + n; i++)
        if (canvas_cell(canvas, row, i)->bytes[0])
            printf("%s%d", i > first ? " " : "", MARGIN + i * CELL_WIDTH);
    fputs("'>", stdout);
    for (int i = first; i < col + n; i++)
        print_escaped(canvas_cell(canvas, row, i)->bytes);
    puts("</text>");
}

static void print_canvas(const struct canvas *canvas)
{
    int width = canvas->cols * CELL_WIDTH + 2 * MARGIN;
    int height = canvas->rows * CELL_HEIGHT + 2 * MARGIN;
    printf("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'>\n",
           width, height, width, height);
    printf("<rect width='100%%' height='100%%' rx='8' fill='%s'/>\n", GROUND);
    puts("<g font-family='DejaVu Sans Mono, Menlo, Consolas, monospace' font-size='15' "
         "xml:space='preserve'>");
    for (int row = 0; row < canvas->rows; row++)
        for (int col = 0, n; col < canvas->cols; col += n) {
            n = run_length(canvas, row, col);
            print_run(canvas, row, col, n);
        }
    puts("</g>\n</svg>");
}

/*
 * History tells the real clock. In the pictures' world it stands where DIALDESK_NOW does in
 * tests/tools/pictures.sh.
 */
time_t time(time_t *out)
{
    const time_t now = 1795429200; /* 2026-11-23 10:20 UTC */
    if (out)
        *out = now;
    return now;
}

/* The same numbers every time: splitmix64. */
static void seeded_fill(void *self, void *bytes, size_t size)
{
    uint64_t *state = self;
    for (unsigned char *at = bytes; size; size--, at++) {
        uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        *at = (unsigned char)(z >> 56);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return fputs("usage: picture STORE COLUMNS ROWS VIEW KEYS\n", stderr), 2;
    setenv("DIALDESK_DB", argv[1], 1);
    setenv("DIALDESK_ORGANIZER", "ada@example.org", 1);
    uint64_t seed = 2026;
    struct session session = {0};
    struct arena *arena = arena_new();
    struct term_script script;
    const char *summary;
    enum err err = session_start(&session);
    session.random = (struct random){seeded_fill, &seed};
    session.actor = "ada";
    if (!err && access(argv[1], F_OK) != 0)
        err = desk_demo(&session, arena, &summary);
    term_script_open(&script, arena, atoi(argv[2]), atoi(argv[3]), argv[5]);
    if (!err)
        err = console_run_on(&session, &script.term, argv[4]);
    if (script.canvas)
        print_canvas(script.canvas);
    else
        fprintf(stderr, "picture: %s: %s\n", session.error.what, session.error.why);
    session_end(&session);
    arena_free(arena);
    return script.canvas ? 0 : 1;
}
