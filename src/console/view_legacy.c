/*
 * The legacy view: meetings on static IDs, which are marked and converted. Up to WHOLE meetings are
 * read at once, and groups with mixing risks stand first. If there are more, the view holds a
 * window of them in the order of their IDs, and finds the risks on request (*).
 */
#include "list.h"
#include "open.h"
#include "progress.h"
#include "window.h"
#include <string.h>

enum { WHOLE = 1000, PART = 200 };

struct legacy {
    struct occurrences list; /* all meetings, or those of the window */
    struct show_list show;
    bool *marked; /* whether each item of the list is */
    bool paged;   /* there are more than WHOLE: the list is the window's */
    struct window window;
    /* console->changes after a yes to the question about the marked meetings; 0: none was asked */
    int asked;

    /* In the view's own arena: */
    struct strings chosen; /* UIDs of the marked meetings */
    const char *whose;     /* the organizer's UID at the last load; NULL: everybody's list */
    /*
     * UIDs of the meetings with a risk, once these are found and shown alone; empty: all are shown
     */
    struct strings risky;
};

static const struct organizer *whose(const struct console *console)
{
    return console->everybody ? NULL : &console->organizer;
}

/* --- a sorted set of UIDs, for marks on more meetings than the view holds --- */

/* The index of the UID, or (*there false) the index at which it would stand. */
static size_t place(const struct strings *uids, const char *uid, bool *there)
{
    size_t low = 0, high = uids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(uids->items[middle], uid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *there = low < uids->count && strcmp(uids->items[low], uid) == 0;
    return low;
}

static bool uids_hold(const struct strings *uids, const char *uid)
{
    bool there;
    place(uids, uid, &there);
    return there;
}

static void uids_add(struct arena *arena, struct strings *uids, const char *uid)
{
    bool there;
    size_t at = place(uids, uid, &there), behind = uids->count - at;
    if (there)
        return;
    *vector_push(arena, uids) = NULL;
    memmove(&uids->items[at + 1], &uids->items[at], behind * sizeof *uids->items);
    uids->items[at] = arena_copy(arena, uid);
}

static void uids_remove(struct strings *uids, const char *uid)
{
    bool there;
    size_t at = place(uids, uid, &there);
    if (!there)
        return;
    uids->count--;
    memmove(&uids->items[at], &uids->items[at + 1], (uids->count - at) * sizeof *uids->items);
}

/* --- a window of the list --- */

static void rows_add(struct arena *arena, const struct occurrences *list, struct window_rows *out)
{
    for (size_t i = 0; i < list->count; i++)
        *vector_push(arena, out) = &list->items[i];
}

static enum err all_read(struct console *console, struct arena *arena, const void *about,
                         const struct window_page *page, struct window_rows *out)
{
    (void)about;
    const struct occurrence *from = page->from;
    struct occurrences list = {0};
    enum err err = desk_legacy_page(console->session, arena, whose(console),
                                    &(struct legacy_page){.from = from ? from->meeting : NULL,
                                                          .before = page->before,
                                                          .limit = page->limit},
                                    &list);
    if (err)
        return err;
    rows_add(arena, &list, out);
    return ERR_OK;
}

/* Passes over meetings that were converted or cancelled since the risks were found. */
static enum err risky_read(struct console *console, struct arena *arena, const void *about,
                           const struct window_page *page, struct window_rows *out)
{
    const struct strings *risky = about;
    const struct occurrence *from = page->from;
    size_t at = page->before && !from ? risky->count : 0;
    while (from && at < risky->count && strcmp(risky->items[at], from->meeting->uid) != 0)
        at++;
    while (out->count < page->limit && (page->before ? at > 0 : at < risky->count)) {
        const char **uid = page->before ? &risky->items[--at] : &risky->items[at++];
        struct strings one = {.items = uid, .count = 1};
        struct occurrences list = {0};
        enum err err = desk_meetings(console->session, arena, &one, &list);
        if (err)
            return err;
        if (list.count && meeting_legacy(list.items[0].meeting))
            rows_add(arena, &list, out);
    }
    if (page->before)
        vector_reverse(out);
    return ERR_OK;
}

static bool rows_same(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;
    return strcmp(left->meeting->uid, right->meeting->uid) == 0;
}

static enum err load_window(struct console *console, struct arena *arena, struct legacy *read)
{
    const struct window_source all = {all_read, rows_same, NULL},
                               risky = {risky_read, rows_same, &read->risky};
    enum err err =
        window_load(console, arena, read->risky.count ? &risky : &all, &read->window, &read->show);
    if (err)
        return err;
    read->list = (struct occurrences){0};
    for (size_t i = 0; i < read->window.rows.count; i++)
        *vector_push(arena, &read->list) = *(const struct occurrence *)read->window.rows.items[i];
    read->show.more_before = read->window.more_before;
    read->show.more_behind = read->window.more_behind;
    return ERR_OK;
}

/* --- all of them --- */

/* Takes the marks of meetings away that are not in the list any more. */
static void marks_prune(struct strings *chosen, const struct occurrences *list)
{
    struct arena *scratch = arena_new();
    struct strings there = {0};
    for (size_t i = 0; i < list->count; i++)
        uids_add(scratch, &there, list->items[i].meeting->uid);
    size_t kept = 0;
    for (size_t i = 0; i < chosen->count; i++)
        if (uids_hold(&there, chosen->items[i]))
            chosen->items[kept++] = chosen->items[i];
    chosen->count = kept;
    arena_free(scratch);
}

static enum err load_whole(struct console *console, struct arena *arena, struct legacy *read)
{
    struct occurrences list = {0};
    enum err err = desk_legacy(console->session, arena, whose(console), false, true, &list);
    if (err)
        return err;
    show_legacy_sort(&list);
    size_t at = list_find(&list, list_selected(&read->show, &read->list));
    if (at < list.count)
        read->show.selected = at;
    read->list = list;
    read->show.more_before = read->show.more_behind = false;
    read->window = (struct window){0};
    list_clamp(&read->show, list.count);
    return ERR_OK;
}

static void marks_forget(struct legacy *state)
{
    state->chosen.count = state->risky.count = 0;
    state->window.move = WINDOW_FIRST;
    state->asked = 0;
}

static enum err legacy_load(struct console *console, struct view *view)
{
    struct legacy *state = view->state;
    const struct organizer *organizer = whose(console);
    const char *uid = organizer ? organizer->uid : NULL;
    bool other = (uid == NULL) != (state->whose == NULL) || (uid && strcmp(uid, state->whose) != 0);
    size_t count = 0;
    /* most of a paged list is not on the screen: nobody would see that it is still marked */
    if (state->paged && (other || (state->asked && console->changes >= state->asked)))
        marks_forget(state);
    struct legacy read = *state;
    state->window.move = WINDOW_STAY;
    enum err err = desk_legacy_count(console->session, organizer, WHOLE + 1, &count);
    if (err)
        return err;
    read.paged = count > WHOLE;
    if (!read.paged)
        read.risky.count = 0;
    err = read.paged ? load_window(console, view->fresh, &read)
                     : load_whole(console, view->fresh, &read);
    if (err)
        return err;
    if (!read.paged)
        marks_prune(&read.chosen, &read.list);
    if (other)
        read.whose = arena_copy(view->own, uid);
    read.marked = arena_array(view->fresh, read.list.count + 1, sizeof *read.marked);
    for (size_t i = 0; i < read.list.count; i++)
        read.marked[i] = uids_hold(&read.chosen, read.list.items[i].meeting->uid);
    read.show.marked = read.marked;
    *state = read;
    return ERR_OK;
}

static void legacy_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct legacy *state = view->state;
    struct show_context context = console_context(console);
    if (state->list.count) {
        show_legacy(canvas, area, &context, &state->list, &state->show);
        return;
    }
    area.col += 1;
    area.cols -= 2;
    canvas_wrap(canvas, area, 1, STYLE_GOOD,
                "No meeting that is still to come is on a static ID: nothing to convert.");
    canvas_wrap(canvas, area, 3, STYLE_DIM,
                console->everybody
                    ? "This is everybody's list."
                    : arena_format(console->turn, "%s shows all organizers' meetings.",
                                   console_key_of(console, ACT_EVERYBODY, V_LEGACY)));
}

static const struct occurrence *legacy_selected(const struct view *view)
{
    const struct legacy *state = view->state;
    return list_selected(&state->show, &state->list);
}

/* --- converting --- */

/* The marked meetings; of the risky ones in the list's order. */
static struct strings chosen_uids(struct console *console, const struct legacy *state)
{
    struct strings uids = {0};
    if (!state->risky.count)
        return state->chosen;
    for (size_t i = 0; i < state->risky.count; i++)
        if (uids_hold(&state->chosen, state->risky.items[i]))
            *vector_push(console->turn, &uids) = state->risky.items[i];
    return uids;
}

static void convert_chosen(struct console *console, struct legacy *state)
{
    struct strings uids = chosen_uids(console, state), some = uids;
    struct occurrences list = {0};
    bool many = uids.count > WHOLE;
    if (many)
        some.count = CONVERT_LISTED;
    state->asked = console->changes + 1;
    if (desk_meetings(console->session, console->turn, &some, &list) != ERR_OK)
        console_error(console);
    else if (many)
        convert_ask_many(console, &uids, uids.count, &list);
    else
        convert_ask(console, &list);
}

static void convert_marked(struct console *console, struct legacy *state)
{
    struct occurrences list = {0};
    if (state->paged && state->chosen.count) {
        convert_chosen(console, state);
        return;
    }
    for (size_t i = 0; i < state->list.count; i++)
        if (state->marked[i])
            *vector_push(console->turn, &list) = state->list.items[i];
    if (!list.count && state->list.count)
        *vector_push(console->turn, &list) = state->list.items[state->show.selected];
    convert_ask(console, &list);
}

static void convert_all(struct console *console, struct legacy *state)
{
    size_t total = 0;
    if (!state->paged) {
        convert_ask(console, &state->list);
    } else if (state->risky.count) { /* the list shows these alone */
        for (size_t i = 0; i < state->risky.count; i++)
            uids_add(console_top(console)->own, &state->chosen, state->risky.items[i]);
        convert_chosen(console, state);
    } else if (desk_legacy_count(console->session, whose(console), 0, &total) != ERR_OK) {
        console_error(console);
    } else {
        state->asked = console->changes + 1;
        convert_ask_many(console, NULL, total, &state->list);
    }
}

/* --- marking --- */

static void mark_set(struct view *view, size_t at, bool on)
{
    struct legacy *state = view->state;
    const char *uid = state->list.items[at].meeting->uid;
    state->marked[at] = on;
    if (on)
        uids_add(view->own, &state->chosen, uid);
    else
        uids_remove(&state->chosen, uid);
}

/*
 * Reads all meetings page by page, so that it can be stopped. Each page begins with the last
 * meeting of the one before.
 */
static enum err find_risks(struct console *console, struct view *view, struct strings *risky,
                           bool *stopped)
{
    struct arena *arenas[] = {arena_new(), arena_new()};
    struct occurrence last = {0};
    struct progress progress;
    size_t total = 0, done = 0;
    enum err err = desk_legacy_count(console->session, whose(console), 0, &total);
    progress_begin(&progress, console, "Looking for mixing risks", "meetings", (int64_t)total);
    for (int turn = 0; !err && !*stopped; turn ^= 1) {
        struct occurrences list = {0};
        struct legacy_page page = {.from = last.meeting, .limit = PART + 1};
        arena_reset(arenas[turn]);
        err = desk_legacy_page(console->session, arenas[turn], whose(console), &page, &list);
        bool again = list.count && last.meeting && rows_same(&list.items[0], &last);
        for (size_t i = again; !err && i < list.count; i++, done++)
            if (list.items[i].risk > RISK_LEGACY)
                *vector_push(view->own, risky) = arena_copy(view->own, list.items[i].meeting->uid);
        if (list.count <= PART)
            break;
        last = list.items[list.count - 1];
        *stopped = !progress_step(&progress, (int64_t)done);
    }
    progress_end(&progress);
    arena_free(arenas[0]);
    arena_free(arenas[1]);
    return err;
}

static void say_marked(struct console *console, size_t count)
{
    console_say(console, "Marked %zu with a mixing risk; %s converts them.", count,
                console_key_of(console, ACT_CONVERT, V_LEGACY));
}

/*
 * In a paged list: finds the meetings with a risk, marks them and shows them alone; the next time
 * shows all again, without marks.
 */
static enum reaction mark_risks_paged(struct console *console, struct view *view)
{
    struct legacy *state = view->state;
    struct strings risky = {0};
    bool stopped = false;
    if (state->risky.count) {
        marks_forget(state);
        return REACT_RELOAD;
    }
    state->asked = 0;
    enum err err = find_risks(console, view, &risky, &stopped);
    state->risky = risky;
    for (size_t i = 0; i < risky.count; i++)
        uids_add(view->own, &state->chosen, risky.items[i]);
    if (err)
        console_error(console);
    else if (stopped)
        console_say(console, "Stopped: %zu with a mixing risk are found and marked so far.",
                    state->risky.count);
    else if (!state->risky.count)
        console_say(console, "No meeting here has a mixing risk.");
    else
        say_marked(console, state->risky.count);
    state->window.move = WINDOW_FIRST;
    return REACT_RELOAD;
}

/* Marks all meetings with a risk; if all of them are marked already, takes all marks away. */
static enum reaction mark_risks(struct console *console, struct view *view)
{
    struct legacy *state = view->state;
    size_t risky = 0, fresh = 0;
    if (state->paged)
        return mark_risks_paged(console, view);
    for (size_t i = 0; i < state->list.count; i++) {
        if (state->list.items[i].risk <= RISK_LEGACY)
            continue;
        risky++;
        fresh += !state->marked[i];
        mark_set(view, i, true);
    }
    if (!risky)
        console_say(console, "No meeting here has a mixing risk.");
    else if (fresh)
        say_marked(console, risky);
    else
        for (size_t i = 0; i < state->list.count; i++)
            mark_set(view, i, false);
    return REACT_STAY;
}

static enum reaction legacy_act(struct console *console, struct view *view, enum action action)
{
    struct legacy *state = view->state;
    switch ((int)action) {
    case ACT_MARK:
        if (!state->list.count)
            return REACT_STAY;
        mark_set(view, state->show.selected, !state->marked[state->show.selected]);
        if (state->paged)
            window_act(console, view, &state->window, &state->show, ACT_DOWN);
        list_move(&state->show, ACT_DOWN, 1);
        return REACT_STAY;
    case ACT_MARK_RISKS:
        return mark_risks(console, view);
    case ACT_CONVERT:
        convert_marked(console, state);
        return REACT_STAY;
    case ACT_CONVERT_ALL:
        convert_all(console, state);
        return REACT_STAY;
    case ACT_EVERYBODY:
        console->everybody = !console->everybody;
        console_zone(console);
        return REACT_RELOAD;
    default:
        return state->paged ? window_act(console, view, &state->window, &state->show, action)
                            : REACT_PASS;
    }
}

static const char *legacy_span(const struct console *console, const struct view *view)
{
    const struct legacy *state = view->state;
    size_t risky = 0;
    for (size_t i = 0; i < state->list.count; i++)
        risky += state->list.items[i].risk > RISK_LEGACY;
    const char *all = arena_format(console->turn, "%zu, %zu at risk", state->list.count, risky);
    if (state->paged)
        all = state->risky.count ? arena_format(console->turn, "%zu at risk", state->risky.count)
                                 : arena_format(console->turn, "over %d", WHOLE);
    const char *marks =
        state->chosen.count ? arena_format(console->turn, ", %zu marked", state->chosen.count) : "";
    return arena_format(console->turn, "%s%s%s", all, marks,
                        console->everybody ? ", everybody" : "");
}

const struct view_class view_legacy = {
    .number = VIEW_LEGACY,
    .title = "Legacy",
    .size = sizeof(struct legacy),
    .pane = true,
    .load = legacy_load,
    .draw = legacy_draw,
    .act = legacy_act,
    .selected = legacy_selected,
    .list = offsetof(struct legacy, show),
    .span = legacy_span,
};
