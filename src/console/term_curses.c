/*
 * The real terminal, through ncurses. It copies cells, reads keys, and leaves the terminal clean
 * however the program ends. The module "curses".
 */
#include "term_curses.h"
#include <base/base64.h>
#include <base/module.h>
#include <base/utf8.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncursesw/curses.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

/* after our headers: it makes macros of many plain words */
#include <ncursesw/term.h>

/* OSC 11: which colour is the background? */
#define BACKGROUND_ASK "\033]11;?\a"

/* An Esc is one if nothing follows for ESCAPE_MS, by curses's reckoning, and ALONE_MS, by ours. */
enum {
    PASTE_WAIT_MS = 500,
    ESCAPE_MS = 25,
    ALONE_MS = 65,
    COPY_MAX = 74000,
    MY_KEYS = KEY_MAX + 1
};
enum { MY_PASTE = MY_KEYS, MY_PASTE_END, MY_WORD_LEFT, MY_WORD_RIGHT, MY_MOUSE_SGR, MY_MOUSE_OLD };

struct curses {
    struct terminal term;
    SCREEN *screen;
    bool mouse; /* we, not curses, asked for the mouse */
    struct term_looks looks;
    int colors;    /* 0: none are used */
    bool answered; /* the terminal has told its background */
    chtype attributes[STYLE_COUNT];
    short pairs[STYLE_COUNT];
    struct paste paste;
    struct sequence sequence;
    int frame, tty; /* a memory file that gathers a frame, and the terminal */
    char *bytes;    /* the frame that is being written, of up to `room` bytes */
    size_t room;
    struct held_errors errors;
};

/* --- styles --- */

static bool want_colour(enum color color)
{
    const char *no = getenv("NO_COLOR");
    if (color == COLOR_NEVER || (color == COLOR_AUTO && no && *no))
        return false;
    return has_colors() && start_color() == OK;
}

static attr_t curses_attributes(unsigned char attributes)
{
    return (attributes & LOOK_BOLD ? A_BOLD : A_NORMAL) |
           (attributes & LOOK_DIM ? A_DIM : A_NORMAL) |
           (attributes & LOOK_UNDERLINE ? A_UNDERLINE : A_NORMAL) |
           (attributes & LOOK_REVERSE ? A_REVERSE : A_NORMAL);
}

/* -1 is the terminal's own colour, so that its background stays. */
static void set_styles(struct curses *curses, enum theme theme)
{
    for (short i = 0; i < STYLE_COUNT; i++) {
        struct look look =
            curses->looks.look(curses->looks.own, theme, curses->colors, (enum style)i);
        bool paired = curses->colors && (look.fg >= 0 || look.bg >= 0);
        curses->attributes[i] = curses_attributes(look.attributes);
        curses->pairs[i] = paired ? (short)(i + 1) : 0;
        if (paired)
            init_pair(curses->pairs[i], look.fg, look.bg);
    }
}

/* The Linux console answers nothing, and is dark. */
static bool is_linux(void)
{
    return strncmp(termname(), "linux", 5) == 0;
}

static void begin_styles(struct curses *curses, const struct term_looks *looks)
{
    curses->looks = *looks;
    if (want_colour(looks->color) && use_default_colors() == OK)
        curses->colors = COLORS;
    if (looks->ask && is_linux()) {
        curses->looks.ask = false;
        curses->looks.theme = THEME_DARK;
    }
    curses->looks.ask = curses->looks.ask && curses->colors;
    set_styles(curses, curses->looks.theme);
}

/* --- output --- */

/*
 * The characters that are written for a cell's cluster: its first one and the marks on it. Emoji
 * that are joined to it, and requests for another form of it, are left out, as terminals and curses
 * disagree on their width: one person instead of the family keeps the columns straight. *behind is
 * the character for the second column of a wide cluster whose first character is narrow (a flag's
 * other half, or a blank); 0: none.
 */
static void cell_characters(const struct cell *cell, bool wide, wchar_t out[CCHARW_MAX + 1],
                            wchar_t *behind)
{
    enum { JOINER = 0x200D, FORM_FIRST = 0xFE00, FORM_LAST = 0xFE0F };
    int count = 0;
    const char *at = cell->bytes, *end = at + strlen(at);
    int32_t first = at < end ? utf8_next(&at, end) : ' ';
    bool narrow = wcwidth((wchar_t)first) < 2;
    *behind = wide && narrow ? L' ' : 0;
    out[count++] = first > 0 && wcwidth((wchar_t)first) > 0 ? (wchar_t)first : L'?';
    while (at < end && count < CCHARW_MAX) {
        int32_t c = utf8_next(&at, end);
        if (*behind && utf8_regional(first) && utf8_regional(c))
            *behind = (wchar_t)c;
        if (c <= 0 || c == JOINER || wcwidth((wchar_t)c) > 0)
            break;
        if (c < FORM_FIRST || c > FORM_LAST)
            out[count++] = (wchar_t)c;
    }
    out[count] = 0;
}

/* `wide`: the cluster takes the next cell as well. */
static void put_cell(const struct curses *curses, int row, int col, const struct cell *cell,
                     bool wide)
{
    wchar_t text[CCHARW_MAX + 1], behind[2] = {0};
    cell_characters(cell, wide, text, behind);
    unsigned style = cell->style & ~(unsigned)STYLE_SELECTED;
    style = style < STYLE_COUNT ? style : STYLE_TEXT;
    attr_t attributes = curses->attributes[style];
    if (cell->style & STYLE_SELECTED)
        attributes ^= A_REVERSE;
    cchar_t out;
    if (setcchar(&out, text, attributes, curses->pairs[style], NULL) == OK)
        mvadd_wch(row, col, &out);
    if (behind[0] && setcchar(&out, behind, attributes, curses->pairs[style], NULL) == OK)
        mvadd_wch(row, col + 1, &out);
}

static void write_frame(struct curses *curses)
{
    off_t end = lseek(curses->frame, 0, SEEK_END);
    size_t size = end > 0 ? (size_t)end : 0;
    if (size > curses->room) {
        free(curses->bytes);
        curses->bytes = malloc(size * 2);
        curses->room = size * 2;
        if (!curses->bytes)
            die("out of memory");
    }
    ssize_t got = size ? pread(curses->frame, curses->bytes, size, 0) : 0;
    for (ssize_t done = 0, n; done < got; done += n) {
        n = write(curses->tty, curses->bytes + done, (size_t)(got - done));
        if (n <= 0)
            break;
    }
    if (ftruncate(curses->frame, 0) != 0 || lseek(curses->frame, 0, SEEK_SET) != 0)
        die("a frame's memory file cannot be emptied");
}

/* A limit on the size of files (ulimit -f) counts for the memory file too, and would cut frames. */
static bool frame_fits(void)
{
    enum { LARGEST = 4 << 20 };
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           limit.rlim_cur >= LARGEST;
}

/*
 * curses writes at each move of the cursor, so that half a frame may be seen. Its output goes to
 * the memory file first, and from there to the terminal in one write.
 */
static void refresh_whole(struct curses *curses)
{
    if (curses->frame < 0 || curses->tty < 0 || !frame_fits()) {
        refresh();
        return;
    }
    dup2(curses->frame, STDOUT_FILENO);
    refresh();
    dup2(curses->tty, STDOUT_FILENO);
    write_frame(curses);
}

static void curses_put(struct terminal *term, const struct canvas *canvas)
{
    struct curses *curses = term->self;
    erase();
    for (int row = 0; row < canvas->rows; row++) {
        for (int col = 0; col < canvas->cols; col++) {
            const struct cell *cell = &canvas->cells[row * canvas->cols + col];
            bool wide = col + 1 < canvas->cols && !cell[1].bytes[0];
            if (cell->bytes[0])
                put_cell(curses, row, col, cell, wide);
        }
    }
    bool shown = canvas->cursor_row >= 0;
    curs_set(shown ? 1 : 0);
    if (shown)
        move(canvas->cursor_row, canvas->cursor_col);
    refresh_whole(curses);
}

static void put_raw(const char *text)
{
    fputs(text, stdout);
    fflush(stdout);
}

static bool curses_copy(struct terminal *term, const char *text)
{
    (void)term;
    size_t length = strlen(text);
    if (length > COPY_MAX)
        return false;
    struct arena *arena = arena_new();
    struct text out = text_start(arena);
    text_add(&out, "\033]52;c;");
    base64_add(&out, text, length);
    text_add(&out, "\a");
    put_raw(out.bytes);
    arena_free(arena);
    return true;
}

/* --- size, and giving the terminal up for a while --- */

static void curses_resize(struct terminal *term)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col)
        return;
    resizeterm(size.ws_row, size.ws_col);
    term->rows = size.ws_row;
    term->cols = size.ws_col;
    clearok(curscr, TRUE);
}

static void modes_on(const struct curses *curses)
{
    put_raw(PASTE_ON);
    if (curses->mouse)
        put_raw(MOUSE_ON);
}

static void modes_off(const struct curses *curses)
{
    put_raw(curses->mouse ? OURS_OFF : PASTE_OFF);
}

static void curses_suspend(struct terminal *term)
{
    struct curses *curses = term->self;
    modes_off(curses);
    endwin();
    errors_release(&curses->errors);
}

static void curses_resume(struct terminal *term)
{
    struct curses *curses = term->self;
    errors_hold(&curses->errors);
    refresh();
    modes_on(curses);
    curses_resize(term);
    clearok(curscr, TRUE);
}

/* An answer that comes later would be typed into the shell. */
static void await_background(const struct curses *curses)
{
    enum { AWAIT_MS = 60 };
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    if (curses->looks.ask && !curses->answered && poll(&fd, 1, AWAIT_MS) > 0)
        tcflush(STDIN_FILENO, TCIFLUSH);
}

static void curses_close(struct terminal *term)
{
    struct curses *curses = term->self;
    await_background(curses);
    modes_off(curses);
    curs_set(1);
    endwin();
    let_crash();
    delscreen(curses->screen);
    errors_release(&curses->errors);
    if (curses->frame >= 0)
        close(curses->frame);
    if (curses->tty >= 0)
        close(curses->tty);
    free(curses->bytes);
    free(curses->paste.bytes);
}

/* --- input --- */

static const struct {
    int curses;
    int32_t code;
} keys[] = {
    {KEY_UP, K_UP},         {KEY_DOWN, K_DOWN},           {KEY_LEFT, K_LEFT},
    {KEY_RIGHT, K_RIGHT},   {KEY_HOME, K_HOME},           {KEY_END, K_END},
    {KEY_PPAGE, K_PAGE_UP}, {KEY_NPAGE, K_PAGE_DOWN},     {KEY_IC, K_INSERT},
    {KEY_DC, K_DELETE},     {KEY_BACKSPACE, K_BACKSPACE}, {KEY_BTAB, K_BACK_TAB},
    {KEY_ENTER, K_ENTER},   {MY_WORD_LEFT, K_WORD_LEFT},  {MY_WORD_RIGHT, K_WORD_RIGHT},
    {KEY_RESIZE, K_RESIZE},
};

/* Reads the paste, waiting a little for each part. False: its end has not come yet. */
static bool read_paste(struct curses *curses)
{
    struct paste *paste = &curses->paste;
    wint_t c;
    int got;
    while (paste->open && (got = get_wch(&c)) != ERR) {
        timeout(PASTE_WAIT_MS);
        if (got != KEY_CODE_YES)
            paste_put(paste, (int32_t)c);
        else if (c == MY_PASTE_END)
            paste_end(paste);
    }
    if (paste->open)
        paste_pause(paste);
    timeout(0);
    return !paste->open;
}

static bool take_paste(struct curses *curses, struct key *key)
{
    if (!read_paste(curses))
        return false;
    key->code = K_PASTE;
    key->text = curses->paste.bytes;
    return true;
}

static bool begin_paste(struct curses *curses, struct key *key)
{
    if (!curses->paste.bytes)
        curses->paste.bytes = malloc(PASTE_MAX);
    if (!curses->paste.bytes)
        die("out of memory");
    paste_begin(&curses->paste);
    timeout(PASTE_WAIT_MS);
    return take_paste(curses, key);
}

/* An event of the mouse that curses has read. */
static bool read_mouse(struct key *key)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return false;
    key->row = event.y;
    key->col = event.x;
    if (event.bstate & BUTTON4_PRESSED)
        key->code = K_WHEEL_UP;
    else if (event.bstate & BUTTON5_PRESSED)
        key->code = K_WHEEL_DOWN;
    else if (event.bstate & BUTTON1_PRESSED)
        key->code = K_CLICK;
    return key->code != K_NONE;
}

static bool read_special(struct curses *curses, int code, struct key *key)
{
    if (code == MY_PASTE)
        return begin_paste(curses, key);
    if (code == KEY_MOUSE)
        return read_mouse(key);
    /* curses reads byte by byte: the rest of the report is still in the terminal */
    if (code == MY_MOUSE_SGR)
        return mouse_read_sgr(STDIN_FILENO, key);
    if (code == MY_MOUSE_OLD)
        return mouse_read_old(STDIN_FILENO, key);
    if (code >= KEY_F(1) && code <= KEY_F(12)) {
        key->code = K_F1 + code - KEY_F(1);
        return true;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (keys[i].curses == code) {
            key->code = keys[i].code;
            return true;
        }
    }
    return false;
}

static bool lost(void)
{
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL);
}

/* Waits for what may follow an ESC, and for nothing else. */
static int read_character(const struct curses *curses, wint_t *c)
{
    if (curses->sequence.state == SEQUENCE_ESC)
        timeout(ALONE_MS);
    int got = get_wch(c);
    timeout(0);
    return got;
}

/* The terminal's answer may come at any time, or never: nobody waits for it. */
static void take_background(struct curses *curses)
{
    bool light;
    if (!curses->looks.ask || !sequence_background(&curses->sequence, &light))
        return;
    curses->answered = true;
    set_styles(curses, light ? THEME_LIGHT : THEME_DARK);
}

static enum term_read curses_read(struct terminal *term, struct key *key)
{
    struct curses *curses = term->self;
    wint_t c;
    for (;;) {
        *key = (struct key){0};
        if (curses->paste.open)
            return take_paste(curses, key) ? TERM_KEY : lost() ? TERM_LOST : TERM_NOTHING;
        int got = read_character(curses, &c);
        if (got == ERR && curses->sequence.state == SEQUENCE_ESC) {
            curses->sequence.state = SEQUENCE_NONE;
            key->code = K_ESC;
            return TERM_KEY;
        }
        if (got == ERR)
            return lost() ? TERM_LOST : TERM_NOTHING;
        if (got == KEY_CODE_YES) {
            curses->sequence.state = SEQUENCE_NONE;
            if (read_special(curses, (int)c, key))
                return TERM_KEY;
            continue;
        }
        if (curses->sequence.state != SEQUENCE_NONE) {
            if (!sequence_put(&curses->sequence, (int32_t)c, &key->code))
                continue;
            if (key->code != K_NONE)
                return TERM_KEY;
            take_background(curses);
            continue;
        }
        if (c == K_ESC) {
            sequence_begin(&curses->sequence);
            continue;
        }
        key->code = c == 127 ? K_BACKSPACE : c == '\n' ? K_ENTER : (int32_t)c;
        if (key->code)
            return TERM_KEY;
    }
}

/* --- the beginning --- */

/* On a Linux console curses asks gpm for the mouse. */
static void set_mouse(struct curses *curses)
{
    curses->mouse = key_mouse && *key_mouse && !is_linux();
    if (curses->mouse) {
        define_key(MOUSE_SGR, MY_MOUSE_SGR);
        define_key(MOUSE_OLD, MY_MOUSE_OLD);
    } else {
        mouseinterval(0);
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    }
}

static void set_input(struct curses *curses)
{
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    timeout(0);
    typeahead(-1); /* curses does not stop drawing a frame when a key is pressed */
    set_mouse(curses);
    define_key("\033[200~", MY_PASTE);
    define_key("\033[201~", MY_PASTE_END);
    define_key("\033[1;5D", MY_WORD_LEFT);
    define_key("\033[1;5C", MY_WORD_RIGHT);
}

/* Asked before newterm, which leaks memory if it fails. */
static bool known_terminal(void)
{
    int status;
    if (setupterm(NULL, STDOUT_FILENO, &status) != OK)
        return false;
    del_curterm(cur_term);
    return true;
}

static enum err curses_open(struct arena *arena, const struct term_looks *looks,
                            struct terminal **out, struct error *error)
{
    struct curses *curses = arena_alloc(arena, sizeof *curses);
    curses->errors = (struct held_errors){-1, -1};
    curses->frame = curses->tty = -1;
    setlocale(LC_CTYPE, "");
    if (!known_terminal()) {
        const char *name = getenv("TERM");
        return error_set_what(error, ERR_IO, "this system does not know it; set TERM",
                              "terminal '%s'", name ? name : "");
    }
    set_escdelay(ESCAPE_MS);
    curses->screen = newterm(NULL, stdout, stdin);
    if (!curses->screen)
        return error_set(error, ERR_IO, "the terminal", "curses cannot be started on it");
    set_input(curses);
    begin_styles(curses, looks);
    catch_crashes();
    errors_hold(&curses->errors);
    refresh(); /* the first one sets the terminal's modes: it must go to the terminal itself */
    curses->frame = memfd_create("dialdesk-frame", MFD_CLOEXEC);
    curses->tty = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    modes_on(curses);
    if (curses->looks.ask)
        put_raw(BACKGROUND_ASK);
    curses->term = (struct terminal){.rows = LINES,
                                     .cols = COLS,
                                     .ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
                                     .fd = STDIN_FILENO,
                                     .self = curses,
                                     .read = curses_read,
                                     .put = curses_put,
                                     .resize = curses_resize,
                                     .suspend = curses_suspend,
                                     .resume = curses_resume,
                                     .copy = curses_copy,
                                     .close = curses_close};
    *out = &curses->term;
    return ERR_OK;
}

extern const struct term_module dialdesk_module;
__attribute__((visibility("default")))
const struct term_module dialdesk_module = {.stamp = MODULE_STAMP, .open = curses_open};
