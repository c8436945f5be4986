/*
 * The directory: organizers, dial-in numbers and the organization, a section each; and removing an
 * organizer. Organizers may be many: it holds a window of them, which moves as the list is
 * scrolled.
 */
#include "dialog.h"
#include "directory.h"
#include "draft.h"
#include "list.h"
#include "pick.h"
#include "window.h"
#include <base/utf8.h>
#include <core/legacy.h>
#include <string.h>

enum section { ORGANIZERS, NUMBERS, ORGANIZATION, SECTIONS };

struct directory {
    enum section section;
    struct window window; /* of the organizers */
    struct numbers numbers;
    struct organization organization;
    struct organization_figures figures;
    struct show_table tables[SECTIONS];
    struct show_list show[SECTIONS];
    const char *leaving; /* the address of who is to be removed, while an heir is chosen */
};

enum { ORGANIZER_COLUMNS = 8, LEGACY_MOST = 50 /* meetings that are read of one organizer */ };
static const char *const organizer_headings[ORGANIZER_COLUMNS] = {
    "Address", "Name", "Static ID", "Legacy", "Risk", "Until", "Dial-in", "Zone"};
static const char *const number_headings[] = {"Number", "Kind", "Place", "Languages", "Default"};
/* In a narrow window the first columns stay readable, and the last ones are left out. */
static const int organizer_least[] = {20, 16, 9, 6, 4, 10, 7, 9}, number_least[] = {20, 9, 8, 5, 7},
                 organization_least[] = {15, 10};
static const char *const organization_headings[] = {"Setting", "Value"};

/* "12"; "50+" if there are more than were read; "" for none. */
static const char *count_cell(struct arena *arena, int count, bool more)
{
    return count ? arena_format(arena, "%d%s", count, more ? "+" : "") : "";
}

/* The day on which the last one ends: where there are more than were read, it is asked for. */
static enum err until_cell(struct console *console, struct arena *arena,
                           const struct organizer *one, int64_t last, bool more, const char **out)
{
    struct occurrences list = {0};
    const struct legacy_page page = {.before = true, .limit = 1, .plain = true};
    enum err err = more ? desk_legacy_page(console->session, arena, one, &page, &list) : ERR_OK;
    if (list.count && list.items[0].meeting->span_end > last)
        last = list.items[0].meeting->span_end;
    *out =
        last == INSTANT_NEVER ? "no end" : draft_date(arena, zone_read(console->zone, last).local);
    return err;
}

/* How many meetings are left on static IDs, how many of them are at risk, and until when. */
static enum err legacy_cells(struct console *console, struct arena *arena,
                             const struct organizer *one, struct show_table *table)
{
    struct occurrences list = {0};
    struct legacy_lines lines = {0}, sums = {0};
    const struct legacy_page page = {.limit = LEGACY_MOST};
    const char *until = "";
    enum err err = desk_legacy_page(console->session, arena, one, &page, &list);
    bool more = list.count == LEGACY_MOST;
    legacy_summarize(arena, &list, &lines);
    legacy_by_organizer(arena, &lines, &sums);
    struct legacy_line sum = sums.count ? sums.items[0] : (struct legacy_line){0};
    if (!err && sums.count)
        err = until_cell(console, arena, one, sum.last, more, &until);
    show_table_add(arena, table, count_cell(arena, sum.meetings, more),
                   count_cell(arena, sum.at_risk, more), until);
    return err;
}

static enum err organizer_table(struct console *console, struct arena *arena,
                                const struct window_rows *list, struct show_table *table)
{
    *table = (struct show_table){
        .columns = ORGANIZER_COLUMNS, .headings = organizer_headings, .least = organizer_least};
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < list->count; i++) {
        const struct organizer *one = list->items[i];
        show_table_add(arena, table, one->email, one->name, one->static_id);
        err = legacy_cells(console, arena, one, table);
        show_table_add(arena, table, one->dial_in ? provider_name(one->provider) : "off", one->tz);
    }
    return err;
}

static struct show_table number_table(struct arena *arena, const struct numbers *list)
{
    struct show_table table = {.columns = 5, .headings = number_headings, .least = number_least};
    for (size_t i = 0; i < list->count; i++) {
        const struct number *one = &list->items[i];
        const char *comma = *one->city && *one->country ? ", " : "";
        show_table_add(arena, &table, number_shown(arena, one),
                       one->toll_free ? "toll-free" : "toll",
                       arena_format(arena, "%s%s%s", one->city, comma, one->country),
                       strings_join(arena, &one->langs, " "), one->is_default ? "default" : "");
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
        {"Callers are let in", arena_format(arena, "%d minutes before the start, %d after the end",
                                            one->early_minutes, one->grace_minutes)},
        {"Told before the caller check", tell_name(one->tell)},
        {"Join page", one->join_url ? one->join_url : "none"},
        {"Live IDs", arena_format(arena, "%lld", (long long)figures->live_ids)},
        {"A guess hits one of them",
         figures->guess_probability > 0
             ? arena_format(arena, "once in %.0f", 1 / figures->guess_probability)
             : "never"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        show_table_add(arena, &table, rows[i][0], rows[i][1]);
    }
    return table;
}

/* --- the window of organizers --- */

static enum err organizers_read(struct console *console, struct arena *arena, const void *about,
                                const struct window_page *page, struct window_rows *out)
{
    (void)about;
    const struct organizer *from = page->from;
    struct organizers list = {0};
    enum err err = desk_organizers_page(console->session, arena,
                                        &(struct organizers_page){.from = from ? from->uid : NULL,
                                                                  .before = page->before,
                                                                  .limit = page->limit},
                                        &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++)
        *vector_push(arena, out) = &list.items[i];
    return ERR_OK;
}

static bool organizers_same(const void *a, const void *b)
{
    const struct organizer *left = a, *right = b;
    return strcmp(left->uid, right->uid) == 0;
}

static const struct window_source organizers_source = {organizers_read, organizers_same, NULL};

/* The organizer in this row of the window; NULL: none. */
static const struct organizer *organizer_at(const struct directory *state, size_t at)
{
    return at < state->window.rows.count ? state->window.rows.items[at] : NULL;
}

static enum err directory_load(struct console *console, struct view *view)
{
    struct directory *state = view->state;
    struct directory read = *state;
    struct arena *arena = view->fresh;
    enum err err = ERR_OK;
    state->window.move = WINDOW_STAY; /* also for the next load, if this one fails */
    if (read.section == ORGANIZERS)
        err = window_load(console, arena, &organizers_source, &read.window, &read.show[ORGANIZERS]);
    else
        read.window = (struct window){0};
    if (err)
        return err;
    read.numbers = (struct numbers){0};
    err = desk_numbers(console->session, arena, &read.numbers);
    if (err)
        return err;
    err = desk_organization(console->session, arena, &read.organization, &read.figures);
    if (err)
        return err;
    err = organizer_table(console, arena, &read.window.rows, &read.tables[ORGANIZERS]);
    if (err)
        return err;
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
    const char *zone = arena_format(console->turn, "days in %s", zone_name(console->zone));
    int width = utf8_width(zone);
    if (state->section == ORGANIZERS && col + width < area.cols)
        canvas_text(canvas, area, 0, area.cols - 1 - width, width, STYLE_DIM, zone);
    struct area body = {area.row + 2, area.col + 1, area.rows - 2, area.cols - 2};
    if (state->tables[state->section].cells.count)
        show_table(canvas, body, &state->tables[state->section], &state->show[state->section]);
    else
        canvas_wrap(canvas, body, 0, STYLE_DIM,
                    arena_format(console->turn, "Nothing here yet. %s adds one.",
                                 console_key_of(console, ACT_NEW, V_DIRECTORY)));
}

static void edit_selected(struct console *console, struct directory *state)
{
    size_t at = state->show[state->section].selected;
    struct organization now = {0};
    if (state->section == ORGANIZATION &&
        desk_organization(console->session, console->turn, &now, NULL))
        console_error(console);
    else if (state->section == ORGANIZATION)
        form_open(console, &organization_form, &now);
    else if (state->section == ORGANIZERS && organizer_at(state, at))
        form_open(console, &organizer_form, organizer_at(state, at));
    else if (state->section == NUMBERS && at < state->numbers.count)
        form_open(console, &number_form, &state->numbers.items[at]);
}

/* The text of the selected row that is copied; NULL: none is. */
static const char *copied(const struct directory *state)
{
    size_t at = state->show[state->section].selected;
    if (state->section == ORGANIZERS && organizer_at(state, at))
        return organizer_at(state, at)->email;
    return state->section == NUMBERS && at < state->numbers.count ? state->numbers.items[at].e164
                                                                  : NULL;
}

/* --- removing --- */

struct remove_plan {
    const char *email, *to; /* to NULL: nothing is to come */
};

static void remove_run(struct console *console, void *context)
{
    const struct remove_plan *plan = context;
    struct removal removal = {0};
    if (desk_organizer_remove(console->session, console->turn, plan->email, plan->to, false,
                              &removal) != ERR_OK)
        console_error(console);
    else if (removal.to)
        console_say(console, "%s is removed; %s has %s more.", removal.email, removal.to,
                    show_count(console->turn, removal.meetings.count, "meeting"));
    else
        console_say(console, "%s is removed.", removal.email);
    console_changed(console);
}

/*
 * Asks to remove the organizer, telling what becomes of the meetings to come; `to` (NULL: nobody)
 * takes them over. ERR_REFUSED: somebody has to; another error was shown.
 */
static enum err remove_ask(struct console *console, const char *email, const char *to)
{
    struct removal removal = {0};
    enum err err =
        desk_organizer_remove(console->session, console->turn, email, to, true, &removal);
    if (err == ERR_REFUSED && !to)
        return err;
    if (console_failed(console, err))
        return err;
    struct arena *arena = arena_new();
    struct remove_plan *plan = arena_alloc(arena, sizeof *plan);
    *plan = (struct remove_plan){arena_copy(arena, email), to ? arena_copy(arena, to) : NULL};
    dialog_ask(console, arena,
               &(struct dialog){.title = "Remove the organizer?",
                                .text = text_removal(arena, &removal, true),
                                .yes = "remove",
                                .no = "keep",
                                .guarded = true,
                                .run = remove_run,
                                .context = plan});
    return ERR_OK;
}

static bool heir_choose(struct console *console, const void *chosen)
{
    const struct directory *state = console_find(console, VIEW_DIRECTORY)->state;
    const struct organizer *heir = chosen;
    return remove_ask(console, state->leaving, heir->email) == ERR_OK;
}

static void remove_selected(struct console *console, struct view *view)
{
    struct directory *state = view->state;
    const struct organizer *one = organizer_at(state, state->show[ORGANIZERS].selected);
    if (state->section != ORGANIZERS || !one) {
        console_say(console, "D removes organizers only.");
        return;
    }
    state->leaving = arena_copy(view->own, one->email);
    if (remove_ask(console, state->leaving, NULL) != ERR_REFUSED)
        return;
    pick_open(console, &(struct pick){
                           .title = arena_format(view->own, "Who takes over from %s?", one->email),
                           .prompt = "Organizer",
                           .empty = "No organizer matches.",
                           .enter = "hand over",
                           .find = organizer_find,
                           .choose = heir_choose});
}

static bool directory_offers(const struct view *view, enum action action)
{
    const struct directory *state = view->state;
    if (action == ACT_NEW)
        return state->section != ORGANIZATION;
    if (action == ACT_REMOVE)
        return state->section == ORGANIZERS;
    return action != ACT_COPY || copied(state);
}

static enum reaction directory_act(struct console *console, struct view *view, enum action action)
{
    struct directory *state = view->state;
    switch ((int)action) {
    case ACT_SECTION:
        state->section = (state->section + 1) % SECTIONS;
        view->list = &state->show[state->section];
        return REACT_RELOAD;
    case ACT_NEW:
        if (state->section == NUMBERS)
            form_open(console, &number_form, NULL);
        else if (state->section == ORGANIZERS)
            form_open(console, &organizer_form, NULL);
        else
            console_say(console, "There is one organization only: %s changes its settings.",
                        console_key_of(console, ACT_EDIT, V_DIRECTORY));
        return REACT_STAY;
    case ACT_OPEN:
    case ACT_EDIT:
        edit_selected(console, state);
        return REACT_STAY;
    case ACT_COPY:
        if (copied(state))
            console_copy(console, copied(state), copied(state));
        else
            console_say(console, "There is nothing to copy here.");
        return REACT_STAY;
    case ACT_REMOVE:
        remove_selected(console, view);
        return REACT_STAY;
    case ACT_INVITATION:
    case ACT_HISTORY:
        return REACT_STAY;
    default:
        return state->section == ORGANIZERS
                   ? window_act(console, view, &state->window, &state->show[ORGANIZERS], action)
                   : REACT_PASS;
    }
}

const struct view_class view_directory = {
    .number = VIEW_DIRECTORY,
    .fixed_forms = true,
    .title = "Directory",
    .size = sizeof(struct directory),
    .load = directory_load,
    .draw = directory_draw,
    .act = directory_act,
    .offers = directory_offers,
    .list = offsetof(struct directory, show),
};
