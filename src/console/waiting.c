/*
 * Waits for the store (db_wait): a box over the last frame, since no view can be drawn while it is
 * being loaded, and the keys that are typed meanwhile, kept in their order.
 */
#include "loop.h"
#include <string.h>

enum { KEPT_MAX = 1000, SECOND_MS = 1000 }; /* more keys than that are dropped */

static void key_keep(struct console *console, const struct key *key)
{
    if (console->kept.count - console->kept_taken >= KEPT_MAX)
        return;
    struct key *kept = vector_push(console->kept_arena, &console->kept);
    *kept = *key;
    kept->text = arena_copy(console->kept_arena, key->text);
}

/* False: one of them ends the wait. */
static bool keys_read(struct console *console)
{
    struct key key;
    enum term_read got;
    bool goes_on = true;
    while (signals_next(console, &key))
        goes_on = goes_on && key.code != K_CTRL('C');
    while ((got = console->term->read(console->term, &key)) == TERM_KEY) {
        if (key.code == K_ESC || key.code == K_CTRL('C'))
            goes_on = false;
        else if (key.code != K_NONE && key.code != K_RESIZE)
            key_keep(console, &key);
        if ((console->background || console->ailing) && key.code != K_RESIZE)
            goes_on = false;
    }
    console->quit = console->quit || got == TERM_LOST;
    return goes_on && !console->quit;
}

static void draw_box(const struct console *console, struct arena *arena, struct canvas *canvas,
                     const char *what, int waited)
{
    enum { HEIGHT = 6, WIDEST = 60 };
    int limit = db_wait_limit(&console->session->wait) / SECOND_MS;
    int width = canvas->cols - 4 < WIDEST ? canvas->cols - 4 : WIDEST;
    struct area box = {(canvas->rows - HEIGHT) / 2, (canvas->cols - width) / 2, HEIGHT, width};
    struct area inside = {box.row + 1, box.col + 2, HEIGHT - 2, width - 4};
    canvas_box(canvas, box, "Waiting");
    canvas_text(canvas, inside, 0, 0, -1, STYLE_TEXT, arena_format(arena, "for %s", what));
    canvas_text(canvas, inside, 1, 0, -1, STYLE_DIM,
                arena_format(arena, "%d of %d seconds", waited / SECOND_MS, limit));
    int col = canvas_text(canvas, inside, 3, 0, -1, STYLE_KEY, "Esc") + 1;
    canvas_text(canvas, inside, 3, col, -1, STYLE_DIM, "stops waiting; keys are kept");
}

static void draw(struct console *console, const char *what, int waited)
{
    struct terminal *term = console->term;
    struct arena *arena = arena_new();
    struct canvas *canvas = canvas_new(arena, term->rows, term->cols, term->ascii);
    const struct canvas *last = console->canvas;
    if (last && last->rows == canvas->rows && last->cols == canvas->cols)
        canvas_copy(canvas, canvas_area(canvas), 0, last);
    draw_box(console, arena, canvas, what, waited);
    term->put(term, canvas);
    arena_free(arena);
}

static bool waits(void *context, const char *what, int waited)
{
    struct console *console = context;
    const struct terminal *term = console->term;
    if (term->patience_ms < 0 || waited < term->patience_ms)
        return true;
    if (!keys_read(console))
        return false;
    draw(console, what, waited);
    return true;
}

void waiting_watch(struct console *console)
{
    console->kept_arena = arena_new();
    console->session->wait.watch = waits;
    console->session->wait.context = console;
}

enum term_read waiting_key(struct console *console, struct key *key)
{
    if (console->kept_taken < console->kept.count) {
        *key = console->kept.items[console->kept_taken++];
        return TERM_KEY;
    }
    if (console->kept_taken) {
        arena_reset(console->kept_arena);
        memset(&console->kept, 0, sizeof console->kept);
        console->kept_taken = 0;
    }
    return console->term->read(console->term, key);
}
