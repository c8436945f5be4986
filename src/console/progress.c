/*
 * Progress of long work: a box with a bar that is drawn between two pieces of the work, and the key
 * that stops it. The loop waits for the work, so signals and the window's size are looked after
 * here.
 */
#include "progress.h"
#include "loop.h"
#include <base/clock.h>
#include <string.h>

static bool session_reports(void *context, int64_t done)
{
    return progress_step(context, done);
}

void progress_begin(struct progress *progress, struct console *console, const char *doing,
                    const char *unit, int64_t total)
{
    struct session *session = console->session;
    int64_t now = milliseconds_now(); /* a test may hold the session's clock still */
    *progress = (struct progress){.console = console,
                                  .arena = arena_new(),
                                  .doing = doing,
                                  .unit = unit,
                                  .total = total,
                                  .begun = now,
                                  .drawn = now - console->term->pace_ms};
    session->progress = session_reports;
    session->progress_context = progress;
}

void progress_end(struct progress *progress)
{
    progress->console->session->progress = NULL;
    arena_free(progress->arena);
}

static void draw_bar(struct canvas *canvas, struct area area, int row, int64_t done, int64_t total)
{
    int full = done < total ? (int)(done * area.cols / total) : area.cols;
    for (int col = 0; col < area.cols; col++)
        canvas_text(canvas, area, row, col, 1, col < full ? STYLE_GOOD : STYLE_DIM,
                    canvas->ascii ? (col < full ? "#" : "-") : (col < full ? "█" : "░"));
}

static void draw_box(const struct progress *progress, struct canvas *canvas, int64_t done)
{
    struct arena *arena = progress->arena;
    enum { HEIGHT = 6, WIDEST = 60 };
    int width = canvas->cols - 4 < WIDEST ? canvas->cols - 4 : WIDEST;
    struct area box = {(canvas->rows - HEIGHT) / 2, (canvas->cols - width) / 2, HEIGHT, width};
    struct area inside = {box.row + 1, box.col + 2, HEIGHT - 2, width - 4};
    const char *count = progress->total
                            ? arena_format(arena, "%lld of %lld %s", (long long)done,
                                           (long long)progress->total, progress->unit)
                            : arena_format(arena, "%lld %s", (long long)done, progress->unit);
    canvas_box(canvas, box, progress->doing);
    canvas_text(canvas, inside, 0, 0, -1, STYLE_TEXT, count);
    if (progress->total)
        draw_bar(canvas, inside, 1, done, progress->total);
    int col = canvas_text(canvas, inside, 3, 0, -1, STYLE_KEY, "Esc") + 1;
    canvas_text(canvas, inside, 3, col, -1, STYLE_DIM, "stops; what is done stays done");
}

/* Draws the frame in the progress's own arena: the work's results are in the turn's. */
static void draw(struct progress *progress, int64_t done)
{
    struct console *console = progress->console;
    struct terminal *term = console->term;
    struct arena *turn = console->turn;
    struct canvas *canvas = console->canvas;
    int depth = console->depth;
    arena_reset(progress->arena);
    console->turn = progress->arena;
    console->canvas = canvas_new(progress->arena, term->rows, term->cols, term->ascii);
    console->working = true;
    while (console->depth > 1 && console_top(console)->class->small)
        console->depth--; /* the question that began the work is not drawn */
    frame_draw(console);
    console->depth = depth;
    if (term->cols >= 40 && term->rows >= 12)
        draw_box(progress, console->canvas, done);
    console->canvas->cursor_row = console->canvas->cursor_col = -1;
    term->put(term, console->canvas);
    console->working = false;
    console->turn = turn;
    console->canvas = canvas;
}

/* Other keys are dropped: they were meant for the screen below. */
static void read_keys(struct progress *progress)
{
    struct console *console = progress->console;
    struct key key;
    enum term_read got;
    while (signals_next(console, &key)) /* a signal that stands for a key is dropped as well */
        continue;
    while ((got = console->term->read(console->term, &key)) == TERM_KEY)
        progress->stopped = progress->stopped || key.code == K_ESC || key.code == K_CTRL('C');
    console->quit = console->quit || got == TERM_LOST;
}

bool progress_step(struct progress *progress, int64_t done)
{
    const struct terminal *term = progress->console->term;
    int64_t now = milliseconds_now();
    if (term->patience_ms < 0)
        return true;
    if (now - progress->begun < term->patience_ms || now - progress->drawn < term->pace_ms)
        return true;
    read_keys(progress);
    progress->stopped = progress->stopped || progress->console->quit;
    if (!progress->stopped)
        draw(progress, done);
    progress->drawn = now;
    return !progress->stopped;
}
