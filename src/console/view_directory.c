/*
 * The directory: organizers, dial-in numbers and the organization, one section at a time. Of the organizers, who may be many, it holds
 * a window that moves as one scrolls.
 */
#include "directory.h"
#include <string.h>

enum section { ORGANIZERS, NUMBERS, ORGANIZATION, SECTIONS };

/* Where the window of organizers is to stand after the next load. */
enum move { MOVE_NONE, MOVE_ON, MOVE_BACK, MOVE_FIRST, MOVE_LAST };

struct directory {
    enum section section;
    struct organizers organizers; /* the window */
    bool more_before, more_behind;
    enum move move;
    struct numbers numbers;
    struct organization organization;
    struct organization_figures figures;
    struct show_table tables[SECTIONS];
    struct show_list show[SECTIONS];
};

static const char *const organizer_headings[] = {"Address",  "Name",      "Dial-in",
                                                 "Provider", "Static ID", "Zone"};
static const char *const number_headings[] = {"Number", "Kind", "Place", "Languages", "Default"};
/* In a narrow window the address, the number and the value stay readable, and the last columns go. */
static const int organizer_least[] = {24, 10, 7, 9, 9, 9}, number_least[] = {20, 9, 8, 5, 7},
                 organization_least[] = {15, 10};
static const char *const organization_headings[] = {"Setting", "Value"};

static void cell(struct arena *arena, struct show_table *table, const char *text)
{
    *vector_push(arena, &table->cells) = text ? text : "";
}

static struct show_table organizer_table(struct arena *arena, const struct organizers *list)
{
    struct show_table table = {
        .columns = 6, .headings = organizer_headings, .least = organizer_least};
    for (size_t i = 0; i < list->count; i++) {
        const struct organizer *one = &list->items[i];
        cell(arena, &table, one->email);
        cell(arena, &table, one->name);
        cell(arena, &table, one->dial_in ? "on" : "off");
        cell(arena, &table, provider_name(one->provider));
        cell(arena, &table, one->static_id);
        cell(arena, &table, one->tz);
    }
    return table;
}

static struct show_table number_table(struct arena *arena, const struct numbers *list)
{
    struct show_table table = {.columns = 5, .headings = number_headings, .least = number_least};
    for (size_t i = 0; i < list->count; i++) {
        const struct number *one = &list->items[i];
        struct text langs = text_start(arena);
        for (size_t n = 0; n < one->langs.count; n++)
            text_addf(&langs, "%s%s", n ? " " : "", one->langs.items[n]);
        cell(arena, &table, number_format(arena, one->e164));
        cell(arena, &table, one->toll_free ? "toll-free" : "toll");
        cell(arena, &table,
             arena_format(arena, "%s%s%s", one->city, *one->city && *one->country ? ", " : "",
                          one->country));
        cell(arena, &table, langs.bytes);
        cell(arena, &table, one->is_default ? "default" : "");
    }
    return table;
}

static struct show_table organization_table(const struct console *console, struct arena *arena,
                                            const struct organization *one,
                                            const struct organization_figures *figures)
{
    struct show_table table = {
        .columns = 2, .headings = organization_headings, .least = organization_least};
    bool never = one->dynamic_since == INSTANT_NEVER;
    const char *rows[][2] = {
        {"Name", one->name},
        {"Dynamic IDs",
         never ? "not yet"
               : arena_format(arena, "since %s",
                              time_format(arena, one->dynamic_since, console->zone, true))},
        {"Digits of a new ID", arena_format(arena, "%d or more", one->id_digits)},
        {"Quarantine of a retired ID", arena_format(arena, "%d days", one->quarantine_days)},
        {"Margin of a mixing risk", arena_format(arena, "%d minutes", one->margin_minutes)},
        {"Callers are let in",
         arena_format(arena, "%d minutes before the start", one->early_minutes)},
        {"Join page", one->join_url ? one->join_url : "none"},
        {"Live IDs", arena_format(arena, "%lld", (long long)figures->live_ids)},
        {"A guess hits one of them",
         figures->guess_probability > 0
             ? arena_format(arena, "once in %.0f", 1 / figures->guess_probability)
             : "never"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cell(arena, &table, rows[i][0]);
        cell(arena, &table, rows[i][1]);
    }
    return table;
}

/* --- the window of organizers --- */

/* A screen before and behind the one that is seen. */
static size_t window_rows(const struct console *console)
{
    return 3 * (size_t)console->term->rows;
}

static size_t organizer_index(const struct organizers *list, const char *uid)
{
    size_t i = 0;
    while (i < list->count && strcmp(list->items[i].uid, uid) != 0)
        i++;
    return i;
}

/* The first one of the window to come, by its UID: of a move on, a screen before the selected one; NULL: the list's first. */
static enum err window_from(struct console *console, struct arena *arena,
                            const struct directory *state, const char **from)
{
    size_t screen = (size_t)console->term->rows, at = state->show[ORGANIZERS].selected;
    const struct organizers *list = &state->organizers;
    struct organizers before = {0};
    *from = NULL;
    if (state->move == MOVE_FIRST || list->count == 0)
        return ERR_OK;
    *from = list->items[0].uid;
    if (state->move == MOVE_ON)
        *from = list->items[at > screen ? at - screen : 0].uid;
    if (state->move != MOVE_BACK)
        return ERR_OK;
    enum err err = desk_organizers_page(
        console->session, arena,
        &(struct organizers_page){.from = *from, .before = true, .limit = screen}, &before);
    if (before.count)
        *from = before.items[0].uid;
    return err;
}

/* Reads the window; one more at its end tells whether there is more. */
static enum err window_load(struct console *console, struct arena *arena, struct directory *read)
{
    size_t rows = window_rows(console);
    struct organizers first = {0};
    struct organizers_page page = {.limit = rows + 1};
    const char *selected = NULL;
    struct show_list *show = &read->show[ORGANIZERS];
    if (show->selected < read->organizers.count)
        selected = read->organizers.items[show->selected].uid;
    enum err err = window_from(console, arena, read, &page.from);
    if (read->move == MOVE_LAST) {
        page.from = NULL;
        page.before = true;
    }
    struct organizers list = {0};
    if (err == ERR_OK)
        err = desk_organizers_page(console->session, arena, &page, &list);
    if (err == ERR_OK)
        err = desk_organizers_page(console->session, arena, &(struct organizers_page){.limit = 1},
                                   &first);
    if (err != ERR_OK)
        return err;
    bool over = list.count > rows;
    read->more_behind = over && !page.before;
    if (over && page.before)
        list.items++;
    list.count -= over;
    read->more_before = list.count && strcmp(first.items[0].uid, list.items[0].uid) != 0;
    size_t at = selected ? organizer_index(&list, selected) : list.count;
    if (read->move == MOVE_FIRST || read->move == MOVE_LAST)
        show->selected = read->move == MOVE_FIRST || !list.count ? 0 : list.count - 1;
    else if (at < list.count) {
        /* what is seen stays where it is */
        show->top = show->top + at > show->selected ? show->top + at - show->selected : 0;
        show->selected = at;
    }
    read->organizers = list;
    read->tables[ORGANIZERS] = organizer_table(arena, &list);
    return ERR_OK;
}

/* Moves the window where this action would leave it. */
static enum reaction window_move(struct console *console, struct view *view, enum action action)
{
    struct directory *state = view->state;
    const struct show_list *show = &state->show[ORGANIZERS];
    size_t page = view->area.rows > 0 ? (size_t)view->area.rows : 1;
    bool down = action == ACT_DOWN || action == ACT_PAGE_DOWN || action == ACT_HALF_DOWN;
    bool up = action == ACT_UP || action == ACT_PAGE_UP || action == ACT_HALF_UP;
    if (action == ACT_FIRST || action == ACT_LAST) {
        state->move = action == ACT_FIRST ? MOVE_FIRST : MOVE_LAST;
        return REACT_RELOAD;
    }
    if (down && state->more_behind && show->selected + page >= state->organizers.count)
        state->move = MOVE_ON;
    else if (up && state->more_before && show->selected < page)
        state->move = MOVE_BACK;
    if (state->move != MOVE_NONE)
        console_load(console, view);
    return REACT_PASS;
}

static enum err directory_load(struct console *console, struct view *view)
{
    struct directory *state = view->state;
    struct directory read = *state;
    struct arena *arena = view->fresh;
    enum err err = ERR_OK;
    read.move = state->move;
    state->move = MOVE_NONE; /* where it fails, the next load stays where the window is */
    if (read.section == ORGANIZERS)
        err = window_load(console, arena, &read);
    read.numbers = (struct numbers){0};
    if (err == ERR_OK)
        err = desk_numbers(console->session, arena, &read.numbers);
    if (err == ERR_OK)
        err = desk_organization(console->session, arena, &read.organization, &read.figures);
    if (err != ERR_OK)
        return err;
    if (read.section != ORGANIZERS) {
        read.organizers = (struct organizers){0};
        read.tables[ORGANIZERS] = organizer_table(arena, &read.organizers);
    }
    read.move = MOVE_NONE;
    read.tables[NUMBERS] = number_table(arena, &read.numbers);
    read.tables[ORGANIZATION] =
        organization_table(console, arena, &read.organization, &read.figures);
    for (size_t i = 0; i < SECTIONS; i++)
        list_clamp(&read.show[i], read.tables[i].cells.count / read.tables[i].columns);
    *state = read;
    return ERR_OK;
}

static void directory_draw(const struct console *console, struct view *view, struct canvas *canvas,
                           struct area area)
{
    (void)console;
    struct directory *state = view->state;
    static const char *const names[SECTIONS] = {"Organizers", "Numbers", "Organization"};
    int col = 1;
    for (size_t i = 0; i < SECTIONS; i++) {
        int width = canvas_text(canvas, area, 0, col, -1,
                                i == state->section ? STYLE_HEADING : STYLE_DIM, names[i]);
        if (i == state->section)
            canvas_select(canvas, (struct area){area.row, area.col + col, 1, width});
        col += width + 2;
    }
    struct area body = {area.row + 2, area.col + 1, area.rows - 2, area.cols - 2};
    if (state->tables[state->section].cells.count)
        show_table(canvas, body, &state->tables[state->section], &state->show[state->section]);
    else
        canvas_wrap(canvas, body, 0, STYLE_DIM, "Nothing here yet. n adds one.");
}

static struct show_list *directory_rows(struct view *view, size_t *count)
{
    struct directory *state = view->state;
    *count = state->tables[state->section].cells.count / state->tables[state->section].columns;
    return &state->show[state->section];
}

static void edit(struct console *console, struct directory *state)
{
    size_t at = state->show[state->section].selected;
    if (state->section == ORGANIZATION)
        organization_form_open(console);
    else if (state->section == ORGANIZERS && at < state->organizers.count)
        organizer_form_open(console, &state->organizers.items[at]);
    else if (state->section == NUMBERS && at < state->numbers.count)
        number_form_open(console, &state->numbers.items[at]);
}

static const char *copied(const struct directory *state)
{
    size_t at = state->show[state->section].selected;
    if (state->section == ORGANIZERS && at < state->organizers.count)
        return state->organizers.items[at].email;
    return state->section == NUMBERS && at < state->numbers.count ? state->numbers.items[at].e164
                                                                  : NULL;
}

static bool directory_offers(const struct view *view, enum action action)
{
    const struct directory *state = view->state;
    if (action == ACT_NEW)
        return state->section != ORGANIZATION;
    return action != ACT_COPY || copied(state);
}

static enum reaction directory_act(struct console *console, struct view *view, enum action action)
{
    struct directory *state = view->state;
    switch ((int)action) {
    case ACT_SECTION:
        state->section = (state->section + 1) % SECTIONS;
        return REACT_RELOAD;
    case ACT_NEW:
        if (state->section == NUMBERS)
            number_form_open(console, NULL);
        else if (state->section == ORGANIZERS)
            organizer_form_open(console, NULL);
        else
            console_say(console, "There is one organization only: e changes its settings.");
        return REACT_STAY;
    case ACT_OPEN:
    case ACT_EDIT:
        edit(console, state);
        return REACT_STAY;
    case ACT_COPY:
        if (copied(state))
            console_copy(console, copied(state), copied(state));
        else
            console_say(console, "There is nothing to copy here.");
        return REACT_STAY;
    case ACT_INVITATION:
    case ACT_HISTORY:
        return REACT_STAY;
    default:
        return state->section == ORGANIZERS ? window_move(console, view, action) : REACT_PASS;
    }
}

const struct view_class view_directory = {
    .name = "directory",
    .title = "Directory",
    .bit = V_DIRECTORY,
    .size = sizeof(struct directory),
    .load = directory_load,
    .draw = directory_draw,
    .act = directory_act,
    .offers = directory_offers,
    .list = directory_rows,
};
