/*
 * A meeting's invitation over the body: as text, HTML or iCalendar, in any language, to be read,
 * copied, or written to a file.
 */
#include "dialog.h"
#include "languages.h"
#include "list.h"
#include "open.h"
#include "pick.h"
#include "view_meeting.h"
#include <base/file.h>
#include <base/utf8.h>
#include <string.h>
#include <transfer/transfer.h>

static const struct view_class view_invitation;

struct invitation_state {
    struct meeting_opened opened; /* first: meeting_view_open sets it */
    enum invitation_format format;
    const char *lang; /* as chosen here; NULL: the meeting's */
    struct occurrence occurrence;
    struct invitation invitation;
    const char *text; /* NULL: it has not been loaded */
    struct show_list scroll;
};

/* As far as the view goes: a mail message is no form to read or to paste. */
enum { FORMATS = INVITATION_ICS + 1 };

static const char *format_word(enum invitation_format format)
{
    static const char *const words[FORMATS] = {"text", "HTML", "iCalendar"};
    return words[format];
}

static enum err invitation_load(struct console *console, struct view *view)
{
    struct invitation_state *state = view->state;
    struct occurrence occurrence;
    struct invitation invitation = {0};
    char *text = NULL;
    enum err err = meeting_opened_load(console, view->fresh, &state->opened, &occurrence);
    if (err)
        return err;
    err =
        desk_invitation(console->session, view->fresh, &occurrence, NULL, state->lang, &invitation);
    if (err)
        return err;
    err = transfer_invitation(console->session, view->fresh, &invitation, state->format, &text);
    if (err)
        return err;
    state->occurrence = occurrence;
    state->invitation = invitation;
    state->text = text;
    return ERR_OK;
}

/* Without the CR of iCalendar's line ends, which the canvas would show. */
static const char *without_returns(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text), *to = copy;
    for (const char *from = copy; *from; from++)
        if (from[0] != '\r' || from[1] != '\n')
            *to++ = *from;
    *to = '\0';
    return copy;
}

static void invitation_draw(const struct console *console, struct view *view, struct canvas *canvas,
                            struct area area)
{
    struct invitation_state *state = view->state;
    area.col += 1;
    area.cols -= 2;
    if (!state->text)
        return;
    if (invitation_lacks_number(&state->invitation)) {
        int used =
            canvas_wrap(canvas, area, 0, STYLE_RISK,
                        arena_format(console->turn,
                                     "No dial-in number is stored, so that this names none. "
                                     "To add one: %s %s %s, or 'dialdesk number add'.",
                                     console_key_of(console, ACT_VIEW_DIRECTORY, V_INVITATION),
                                     console_key_of(console, ACT_SECTION, V_DIRECTORY),
                                     console_key_of(console, ACT_NEW, V_DIRECTORY)));
        area.row += used;
        area.rows -= used;
    }
    show_text(canvas, area, without_returns(console->turn, state->text), &state->scroll);
}

/* --- the keys --- */

static size_t line_count(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static void copy(struct console *console, const struct invitation_state *state)
{
    console_copy(console,
                 arena_format(console->turn, "the invitation as %s, %zu lines",
                              format_word(state->format), line_count(state->text)),
                 state->text);
}

/* Shows another form or language; if it can't be made, the one that is shown stays. */
static enum reaction show_other(struct console *console, struct view *view,
                                enum invitation_format format, const char *lang)
{
    struct invitation_state *state = view->state, before = *state;
    state->format = format;
    state->lang = lang;
    state->scroll = (struct show_list){0};
    console_load(console, view);
    if (view->stale) {
        *state = before;
        view->stale = false;
    }
    return REACT_STAY;
}

static const char *other_language(struct console *console, const struct view *view)
{
    const struct invitation_state *state = view->state;
    struct strings likely = {0};
    language_add(console->turn, &likely, state->invitation.meeting->lang);
    language_add(console->turn, &likely, state->invitation.organizer->lang);
    language_add(console->turn, &likely, language_home(console));
    return arena_copy(view->own,
                      language_next(console->turn, &likely,
                                    caller_language(console->turn, state->invitation.lang)));
}

/* --- writing a file --- */

/* "Budget-review.txt": the title as far as any file system takes it. */
static const char *file_name(struct arena *arena, const struct invitation_state *state)
{
    enum { MOST = 60 };
    static const char *const endings[FORMATS] = {"txt", "html", "ics"};
    struct text name = text_start(arena);
    const char *at = state->occurrence.title, *end = at + strlen(at);
    while (at < end && name.length < MOST) {
        char bytes[4];
        int32_t codepoint = utf8_next(&at, end);
        bool good = codepoint > ' ' && !utf8_unsafe(codepoint) &&
                    (codepoint > 0x7f || !strchr("/\\:*?\"'<>|$`&;!~#-", codepoint)) &&
                    (name.length || codepoint != '.');
        if (good)
            text_add_n(&name, bytes, (size_t)utf8_put(codepoint, bytes));
        else if (name.length && name.bytes[name.length - 1] != '-')
            text_add_byte(&name, '-');
    }
    while (name.length && name.bytes[name.length - 1] == '-')
        name.bytes[--name.length] = '\0';
    return arena_format(arena, "%s.%s", name.length ? name.bytes : "invitation",
                        endings[state->format]);
}

struct text_file {
    const char *path, *bytes;
};

static void written(struct console *console, const struct text_file *file)
{
    console_say(console, "Written to %s: %zu lines.", file->path, line_count(file->bytes));
}

static void overwrite(struct console *console, void *context)
{
    const struct text_file *file = context;
    if (!console_failed(console, file_overwrite(file->path, file->bytes, strlen(file->bytes),
                                                &console->session->error)))
        written(console, file);
}

static void overwrite_ask(struct console *console, const struct text_file *file)
{
    struct arena *arena = arena_new();
    struct text_file *kept = arena_alloc(arena, sizeof *kept);
    *kept = (struct text_file){arena_copy(arena, file->path), arena_copy(arena, file->bytes)};
    dialog_ask(console, arena,
               &(struct dialog){.title = "Overwrite the file?",
                                .text = arena_format(arena, "There is a file %s already.",
                                                     utf8_printable(arena, kept->path, false)),
                                .yes = "overwrite it",
                                .no = "keep it",
                                .guarded = true,
                                .run = overwrite,
                                .context = kept});
}

static bool write_choose(struct console *console, const void *typed)
{
    const struct view *view = console_find(console, VIEW_INVITATION);
    const struct invitation_state *state = view->state;
    const struct text_file file = {console_path(console->turn, typed), state->text};
    if (!*file.path) {
        console_say(console, "The file's name is empty; write one, such as invitation.txt.");
        return false;
    }
    enum err err =
        file_write_new(file.path, file.bytes, strlen(file.bytes), &console->session->error);
    if (err == ERR_REFUSED)
        overwrite_ask(console, &file);
    else if (err)
        console_error(console);
    else
        written(console, &file);
    return !err || err == ERR_REFUSED;
}

static void write_ask(struct console *console, const struct invitation_state *state)
{
    pick_open(console,
              &(struct pick){.title = arena_format(console->arena, "Write the invitation as %s",
                                                   format_word(state->format)),
                             .prompt = "File",
                             .empty = "~/ is your home folder",
                             .enter = "write file",
                             .initial = file_name(console->turn, state),
                             .choose = write_choose});
}

static enum reaction invitation_act(struct console *console, struct view *view, enum action action)
{
    struct invitation_state *state = view->state;
    if (!state->text)
        return REACT_PASS;
    switch ((int)action) {
    case ACT_OPEN:
        return REACT_STAY;
    case ACT_COPY:
        copy(console, state);
        return REACT_STAY;
    case ACT_FORMAT:
        return show_other(console, view, (state->format + 1) % FORMATS, state->lang);
    case ACT_LANGUAGE:
        return show_other(console, view, state->format, other_language(console, view));
    case ACT_WRITE:
        write_ask(console, state);
        return REACT_STAY;
    default:
        return text_move(&state->scroll, action, view->area.rows - 1) ? REACT_STAY : REACT_PASS;
    }
}

static const struct occurrence *invitation_selected(const struct view *view)
{
    const struct invitation_state *state = view->state;
    return state->text ? &state->occurrence : NULL;
}

static const char *invitation_span(const struct console *console, const struct view *view)
{
    const struct invitation_state *state = view->state;
    if (!state->text)
        return "";
    return arena_format(console->turn, "%s, %s · %s", format_word(state->format),
                        state->invitation.lang, state->occurrence.title);
}

void invitation_open(struct console *console, const struct occurrence *occurrence)
{
    console_push(console, &view_invitation, occurrence);
}

static const struct view_class view_invitation = {
    .number = VIEW_INVITATION,
    .title = "Invitation",
    .size = sizeof(struct invitation_state),
    .open = meeting_view_open,
    .load = invitation_load,
    .draw = invitation_draw,
    .act = invitation_act,
    .selected = invitation_selected,
    .span = invitation_span,
};
