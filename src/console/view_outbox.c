/*
 * The outbox: what is owed to whom and what became of it, a line a message, a person or a meeting,
 * with the reason of the selected one below; and settling it by hand.
 */
#include "dialog.h"
#include "list.h"
#include "open.h"
#include "window.h"
#include <base/utf8.h>
#include <desk/outbox.h>
#include <string.h>
#include <transfer/send.h>

enum {
    COUNTED = 1000,
    COLUMNS = 4,
    DETAIL_ROWS = 4,
    GROUPED = 5000, /* messages that are read to be shown by person or meeting */
    DAYS = 14,      /* that are shown by day, today the last one */
    BAR = 20        /* columns of the longest bar */
};

enum grouping { BY_MESSAGE, BY_PERSON, BY_MEETING, BY_DAY, GROUPINGS };

struct outbox {
    struct window window;          /* of messages, if there is a line for each */
    struct owed_list owed;         /* the lines, if they are by person or meeting */
    bool over;                     /* there are more messages than are grouped */
    size_t counts[MESSAGE_STATES]; /* of all, up to one more than COUNTED */
    enum grouping grouping;
    size_t filter; /* of `filters` */
    struct show_table table;
    struct show_list show;
    struct strings reasons; /* one a line */
};

static const struct {
    unsigned states;
    const char *name;
} filters[] = {
    {0, NULL},
    {1U << MESSAGE_FAILED | 1U << MESSAGE_UNCERTAIN, "to settle"},
    {1U << MESSAGE_QUEUED | 1U << MESSAGE_CLAIMED | 1U << MESSAGE_SENDING, "waiting"},
    {1U << MESSAGE_SENT, "sent"},
    {1U << MESSAGE_WITHDRAWN, "withdrawn"},
};
enum { FILTERS = sizeof filters / sizeof *filters };

static const char *const headings[GROUPINGS][COLUMNS] = {
    [BY_MESSAGE] = {"State", "To", "Meeting", "Why"},
    [BY_PERSON] = {"To", "Messages", "About", ""},
    [BY_MEETING] = {"Meeting", "Messages", "To", ""},
    [BY_DAY] = {"Day", "Converted", "Still legacy", "Sent"},
};

static const int least[GROUPINGS][COLUMNS] = {
    [BY_MESSAGE] = {6, 17, 10, 24},
    [BY_PERSON] = {17, 9, 10, 0},
    [BY_MEETING] = {17, 9, 10, 0},
    [BY_DAY] = {6, 9, 12, 4},
};

static const char *day_text(struct arena *arena, const struct zone *zone, int64_t at, int64_t now)
{
    struct local_time day = zone_read(zone, at).local;
    const char *text = arena_format(arena, "%d %s", day.day, month_long_name(day.month));
    return day.year == zone_read(zone, now).local.year
               ? text
               : arena_format(arena, "%s %d", text, day.year);
}

/* "update; owed since 3 December", "7654321 became 93907123; owed since the conversion on ..." */
static const char *reason(const struct console *console, struct arena *arena,
                          const struct message *one)
{
    int64_t now = session_now(console->session);
    struct text out = text_start(arena);
    bool converted = one->old_id && one->new_id;
    const char *changed = day_text(arena, console->zone, one->changed, now);
    if (converted)
        text_addf(&out, "%s became %s; ", one->old_id, one->new_id);
    else
        text_addf(&out, "%s; ", message_kind_name(one->kind));
    switch (one->state) {
    case MESSAGE_SENT:
        text_addf(&out, "sent on %s", changed);
        break;
    case MESSAGE_CLAIMED:
    case MESSAGE_SENDING:
        text_addf(&out, "being sent since %s", changed);
        break;
    case MESSAGE_FAILED:
    case MESSAGE_UNCERTAIN:
    case MESSAGE_WITHDRAWN:
        text_addf(&out, "%s on %s%s%s", message_state_name(one->state), changed,
                  *one->why ? ": " : "", one->why);
        break;
    case MESSAGE_QUEUED:
        text_addf(&out, "owed since %s%s", converted ? "the conversion on " : "",
                  day_text(arena, console->zone, one->queued, now));
        if (one->tries)
            text_addf(&out, "; %lld %s: %s", (long long)one->tries,
                      one->tries == 1 ? "try" : "tries, the last", one->why);
    }
    return out.bytes;
}

static enum err messages_read(struct console *console, struct arena *arena, const void *about,
                              const struct window_page *page, struct window_rows *out)
{
    const unsigned *states = about;
    struct messages list = {0};
    enum err err = desk_outbox_page(
        console->session, arena,
        &(struct messages_page){
            .states = *states, .from = page->from, .before = page->before, .limit = page->limit},
        &list);
    if (err)
        return err;
    for (size_t i = 0; i < list.count; i++)
        *vector_push(arena, out) = &list.items[i];
    return ERR_OK;
}

static bool messages_same(const void *a, const void *b)
{
    const struct message *left = a, *right = b;
    return left->id == right->id;
}

static enum err load_messages(struct console *console, struct arena *arena, struct outbox *read)
{
    unsigned states = filters[read->filter].states;
    const struct window_source source = {messages_read, messages_same, &states};
    enum err err = window_load(console, arena, &source, &read->window, &read->show);
    for (size_t i = 0; i < read->window.rows.count && !err; i++) {
        const struct message *one = read->window.rows.items[i];
        const char *why = reason(console, arena, one);
        show_table_add(arena, &read->table, message_state_name(one->state), one->recipient,
                       one->title, why);
        *vector_push(arena, &read->reasons) = why;
    }
    return err;
}

static enum err load_groups(struct console *console, struct arena *arena, struct outbox *read)
{
    enum { SHORT = 3, LONG = 12 };
    unsigned states = filters[read->filter].states;
    struct messages list = {0};
    enum err err = desk_outbox_list(
        console->session, arena,
        &(struct message_filter){.states = states ? states : MESSAGE_OPEN, .limit = GROUPED + 1},
        &list);
    if (err)
        return err;
    read->over = list.count > GROUPED;
    list.count -= read->over;
    messages_group(arena, &list, read->grouping == BY_MEETING, &read->owed);
    for (size_t i = 0; i < read->owed.count; i++) {
        const struct owed *owed = &read->owed.items[i];
        const char *counts = owed_counts_text(arena, owed);
        show_table_add(arena, &read->table, owed->recipient ? owed->recipient : owed->title, counts,
                       owed_about_text(arena, owed, SHORT));
        *vector_push(arena, &read->reasons) =
            arena_format(arena, "%s: %s", counts, owed_about_text(arena, owed, LONG));
    }
    return ERR_OK;
}

/* "118 ################": the number first, as a narrow column cuts the bar. */
static const char *bar_text(struct arena *arena, int64_t count, int64_t most)
{
    struct text bar = text_start(arena);
    int64_t length = most ? (count * BAR + most - 1) / most : 0;
    text_addf(&bar, "%lld%s", (long long)count, length ? " " : "");
    for (int64_t i = 0; i < length; i++)
        text_add_byte(&bar, '#');
    return bar.bytes;
}

static const char *day_counts_text(struct arena *arena, const char *day,
                                   const struct message_counts *counts)
{
    struct text out = text_start(arena);
    text_addf(&out, "%s: %lld converted, %lld still legacy", day, (long long)counts->converted,
              (long long)counts->legacy);
    for (int i = 0; i < MESSAGE_STATES; i++)
        if (counts->of[i])
            text_addf(&out, ", %lld %s", (long long)counts->of[i],
                      message_state_name((enum message_state)i));
    return out.bytes;
}

/* What `outbox report` tells, a line a day, the newest first; the bars are of what was sent. */
static enum err load_days(struct console *console, struct arena *arena, struct outbox *read)
{
    int64_t now = session_now(console->session), from = now, most = 0;
    struct local_time today = local_midnight(zone_read(console->zone, now).local);
    struct report_days days = {0};
    zone_instant(console->zone, local_add_days(today, 1 - DAYS), &from);
    enum err err = desk_outbox_report(console->session, arena, console->zone, from, now + 1, &days);
    for (size_t i = 0; i < days.count && !err; i++) {
        int64_t sent = days.items[i].counts.of[MESSAGE_SENT];
        most = sent > most ? sent : most;
    }
    for (size_t i = days.count; i-- > 0 && !err;) {
        const struct message_counts *counts = &days.items[i].counts;
        const char *day = day_text(arena, console->zone, days.items[i].start, now);
        show_table_add(arena, &read->table, day,
                       arena_format(arena, "%lld", (long long)counts->converted),
                       arena_format(arena, "%lld", (long long)counts->legacy),
                       bar_text(arena, counts->of[MESSAGE_SENT], most));
        *vector_push(arena, &read->reasons) = day_counts_text(arena, day, counts);
    }
    return err;
}

static enum err load_lines(struct console *console, struct arena *arena, struct outbox *read)
{
    if (read->grouping == BY_MESSAGE)
        return load_messages(console, arena, read);
    read->owed = (struct owed_list){0};
    return read->grouping == BY_DAY ? load_days(console, arena, read)
                                    : load_groups(console, arena, read);
}

static enum err outbox_load(struct console *console, struct view *view)
{
    struct outbox *state = view->state, read = *state;
    state->window.move = WINDOW_STAY;
    read.reasons = (struct strings){0};
    bool grouped = read.grouping == BY_PERSON || read.grouping == BY_MEETING;
    read.table = (struct show_table){.columns = grouped ? COLUMNS - 1 : COLUMNS,
                                     .headings = headings[read.grouping],
                                     .least = least[read.grouping]};
    enum err err = load_lines(console, view->fresh, &read);
    list_clamp(&read.show, read.reasons.count);
    if (!err)
        err = desk_outbox_count(console->session, COUNTED + 1, read.counts);
    if (!err)
        *state = read;
    return err;
}

/* The selected message, and else the selected group; NULL: there is none. */
static const struct message *message_selected(const struct outbox *state)
{
    bool there = state->grouping == BY_MESSAGE && state->show.selected < state->window.rows.count;
    return there ? state->window.rows.items[state->show.selected] : NULL;
}

static const struct owed *owed_selected(const struct outbox *state)
{
    bool there = state->grouping != BY_MESSAGE && state->show.selected < state->owed.count;
    return there ? &state->owed.items[state->show.selected] : NULL;
}

/* The selected line's subject and reason, which the line may have cut. */
static void draw_selected(const struct console *console, const struct outbox *state,
                          struct canvas *canvas, struct area area)
{
    const struct message *one = message_selected(state);
    const struct owed *owed = owed_selected(state);
    bool failed = one && one->state == MESSAGE_FAILED;
    const char *title = one ? one->title : owed ? owed->title : NULL;
    const char *recipient = one ? one->recipient : owed ? owed->recipient : NULL;
    title = utf8_printable(console->turn, title ? title : "", false);
    if (state->grouping == BY_MESSAGE || state->grouping == BY_DAY)
        show_zone_rule(canvas, (struct area){area.row, area.col, 1, area.cols}, console->zone);
    else
        canvas_hline(canvas, area, 0, STYLE_BORDER);
    canvas_textf(canvas, area, 1, 0, -1, STYLE_HEADING, "%s%s%s", recipient ? recipient : "",
                 recipient && *title ? ", " : "", title);
    canvas_wrap(canvas, area, 2, failed ? STYLE_RISK : STYLE_TEXT,
                state->reasons.items[state->show.selected]);
}

static const char *empty_words(const struct console *console, const struct outbox *state)
{
    if (state->filter)
        return arena_format(console->turn, "No message is in this state. %s shows those in others.",
                            console_key_of(console, ACT_FILTER, V_OUTBOX));
    return "No message to an attendee is waiting. Converting a legacy meeting queues a reminder "
           "for each of its attendees, with the old and the new conference ID; invitations, "
           "updates "
           "and cancellations that somebody sends are listed here, too.";
}

static void outbox_draw(const struct console *console, struct view *view, struct canvas *canvas,
                        struct area area)
{
    struct outbox *state = view->state;
    area.col += 1;
    area.cols -= 2;
    if (!state->show.count) {
        canvas_wrap(canvas, area, 1, STYLE_DIM, empty_words(console, state));
        return;
    }
    struct area list = area;
    list.rows -= DETAIL_ROWS;
    show_table(canvas, list, &state->table, &state->show);
    draw_selected(console, state, canvas,
                  (struct area){area.row + list.rows, area.col, DETAIL_ROWS, area.cols});
}

/* --- settling by hand --- */

struct settle {
    enum settling settling;
    struct message_ids ids;
};

/* The question, what was done, and the action that comes next, with its name; ACT_NONE: none. */
static const struct {
    const char *title, *yes, *done, *next_words;
    enum action next;
} settlings[] = {
    [SETTLE_RETRY] = {"Queue these again?", "queue again", "queued again", "send", ACT_SEND},
    [SETTLE_WITHDRAW] = {"Withdraw these?", "withdraw", "withdrawn", "queue again", ACT_RETRY},
    [SETTLE_SENT] = {"Mark as sent?", "mark as sent", "marked as sent", "", ACT_NONE},
};

static void say_settled(struct console *console, enum settling settling, size_t count)
{
    enum action next = settlings[settling].next;
    const char *hint =
        next ? arena_format(console->turn, " (%s: %s)", console_key_of(console, next, V_OUTBOX),
                            settlings[settling].next_words)
             : "";
    console_say(console, "%zu message%s %s%s.", count, count == 1 ? " is" : "s are",
                settlings[settling].done, hint);
}

static void settle_run(struct console *console, void *context)
{
    const struct settle *settle = context;
    size_t count = settle->ids.count;
    enum err err = desk_outbox_settle(console->session, console->turn, settle->settling,
                                      settle->ids.items, count);
    console_changed(console);
    if (!console_failed(console, err))
        say_settled(console, settle->settling, count);
}

/* The question before several are settled, and before one is marked as sent, which stays so. */
static void settle_ask(struct console *console, struct arena *arena, struct settle *settle,
                       const char *about)
{
    size_t count = settle->ids.count;
    const char *words = settle->settling != SETTLE_SENT ? ""
                        : count == 1 ? " It went another way; its recipient then knows the "
                                       "meeting as it is."
                                     : " They went another way; their recipients then know the "
                                       "meetings as they are.";
    dialog_ask(console, arena,
               &(struct dialog){.title = settlings[settle->settling].title,
                                .text = arena_format(arena, "%s: %s.%s",
                                                     show_count(arena, count, "message"),
                                                     utf8_printable(arena, about, false), words),
                                .yes = settlings[settle->settling].yes,
                                .no = "leave as it is",
                                .run = settle_run,
                                .context = settle});
}

static enum reaction settle_selected(struct console *console, const struct outbox *state,
                                     enum settling settling)
{
    const struct message *one = message_selected(state);
    const struct owed *owed = owed_selected(state);
    struct arena *arena = arena_new();
    struct settle *settle = arena_alloc(arena, sizeof *settle);
    *settle = (struct settle){.settling = settling};
    if (one)
        *vector_push(arena, &settle->ids) = one->id;
    for (size_t i = 0; owed && i < owed->ids.count; i++)
        *vector_push(arena, &settle->ids) = owed->ids.items[i];
    if (settle->ids.count > 1 || (settle->ids.count && settling == SETTLE_SENT)) {
        const char *about = one ? one->recipient : owed->recipient ? owed->recipient : owed->title;
        settle_ask(console, arena, settle, about);
        return REACT_STAY;
    }
    if (settle->ids.count)
        settle_run(console, settle);
    else
        console_say(console, "No message is selected.");
    arena_free(arena);
    return REACT_STAY;
}

/* --- looking --- */

static void show_one(struct console *console, const struct message *one)
{
    struct message message = {0};
    struct text lines = text_start(console->turn);
    if (console_failed(console,
                       transfer_message_text(console->session, console->turn, one->id, &message)))
        return;
    for (const char *c = message.text; *c; c++)
        if (*c != '\r')
            text_add_byte(&lines, *c);
    text_open(console, arena_format(console->turn, "Message %lld", (long long)one->id),
              lines.bytes);
}

/* The messages of a group, a line each. */
static void show_group(struct console *console, const struct owed *owed)
{
    struct messages list = {0};
    struct message_filter filter = {.recipient = owed->recipient, .meeting_uid = owed->meeting_uid};
    if (!console_failed(console, desk_outbox_list(console->session, console->turn, &filter, &list)))
        text_open(console, owed->recipient ? owed->recipient : owed->title,
                  text_messages(console->turn, &list));
}

static enum reaction show_text_of(struct console *console, const struct outbox *state)
{
    const struct message *one = message_selected(state);
    const struct owed *owed = owed_selected(state);
    if (one)
        show_one(console, one);
    else if (owed)
        show_group(console, owed);
    else
        console_say(console, "No message is selected.");
    return REACT_STAY;
}

static enum reaction open_selected(struct console *console, const struct outbox *state)
{
    const struct message *one = message_selected(state);
    const struct owed *owed = owed_selected(state);
    const char *uid = one ? one->meeting_uid : owed ? owed->meeting_uid : NULL;
    struct occurrence meeting;
    if (!uid)
        return show_text_of(console, state);
    if (!console_failed(console, desk_meeting(console->session, console->turn, uid, &meeting)))
        meeting_open(console, &meeting);
    return REACT_STAY;
}

/* Another filter or grouping: the list begins anew. */
static enum reaction list_anew(struct outbox *state)
{
    state->show = (struct show_list){0};
    state->window = (struct window){.move = WINDOW_FIRST};
    return REACT_RELOAD;
}

static enum reaction outbox_act(struct console *console, struct view *view, enum action action)
{
    struct outbox *state = view->state;
    switch (action) {
    case ACT_SEND:
        send_ask_queued(console);
        return REACT_STAY;
    case ACT_RETRY:
        return settle_selected(console, state, SETTLE_RETRY);
    case ACT_WITHDRAW:
        return settle_selected(console, state, SETTLE_WITHDRAW);
    case ACT_SENT:
        return settle_selected(console, state, SETTLE_SENT);
    case ACT_MESSAGE:
        return show_text_of(console, state);
    case ACT_FILTER:
        state->filter = (state->filter + 1) % FILTERS;
        return list_anew(state);
    case ACT_GROUP:
        state->grouping = (state->grouping + 1) % GROUPINGS;
        return list_anew(state);
    case ACT_OPEN:
        return open_selected(console, state);
    default:
        if (state->grouping != BY_MESSAGE)
            return REACT_PASS;
        return window_act(console, view, &state->window, &state->show, action);
    }
}

/* "2 queued, 1 failed, over 1000 sent": the states that there are, counted up to COUNTED. */
static const char *outbox_span(const struct console *console, const struct view *view)
{
    const struct outbox *state = view->state;
    static const char *const groupings[] = {[BY_MESSAGE] = "",
                                            [BY_PERSON] = "by person, ",
                                            [BY_MEETING] = "by meeting, ",
                                            [BY_DAY] = "by day, "};
    struct text out = text_start(console->turn);
    text_add(&out, groupings[state->grouping]);
    if (state->over && state->grouping != BY_MESSAGE)
        text_addf(&out, "the first %d, ", GROUPED);
    if (filters[state->filter].name)
        text_addf(&out, "%s, ", filters[state->filter].name);
    size_t begun = out.length;
    for (size_t i = 0; i < MESSAGE_STATES; i++)
        if (state->counts[i])
            text_addf(&out, "%s%s%zu %s", out.length > begun ? ", " : "",
                      state->counts[i] > COUNTED ? "over " : "",
                      state->counts[i] > COUNTED ? (size_t)COUNTED : state->counts[i],
                      message_state_name((enum message_state)i));
    if (out.length == begun)
        text_add(&out, "empty");
    return out.bytes;
}

const struct view_class view_outbox = {
    .number = VIEW_OUTBOX,
    .title = "Outbox",
    .size = sizeof(struct outbox),
    .load = outbox_load,
    .draw = outbox_draw,
    .act = outbox_act,
    .list = offsetof(struct outbox, show),
    .span = outbox_span,
};
