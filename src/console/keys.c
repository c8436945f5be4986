/*
 * The key table: a row for an action in a set of views. The first row that has a key in a view
 * counts.
 */
#include "keys.h"
#include "stack.h"
#include "term.h"
#include <console/console.h>
#include <string.h>

/* The row that shows a tab; its words stand in views.h. */
#define TAB_ROW(NAME, record, keys, hint, help)                                                    \
    {keys, V_COMMANDS, ACT_VIEW_##NAME, #record, hint, help},

const struct key_row key_rows[] = {
    /* questions and forms stand first, so that their keys are found before the general ones */
    {"y", V_DIALOG, ACT_YES, "yes", "yes", "Confirm"},
    {"n q Esc", V_DIALOG, ACT_NO, "no", "no", "Leave everything as it is"},
    {"Enter", V_DIALOG, ACT_OPEN, "confirm", NULL,
     "Confirm (keeps what was typed where the question is about losing it)"},
    {"o", V_SCOPE, ACT_SCOPE_OCCURRENCE, "occurrence", "this occurrence", "Only this occurrence"},
    {"f", V_SCOPE, ACT_SCOPE_FOLLOWING, "following", "following",
     "This occurrence and all that follow"},
    {"a", V_SCOPE, ACT_SCOPE_SERIES, "series", "all", "The whole series"},
    {"Enter", V_SCOPE, ACT_OPEN, "open", NULL, "Take the selected part"},
    {"j Down ^N", V_SCOPE, ACT_DOWN, "down", NULL, "Line down"},
    {"k Up ^P", V_SCOPE, ACT_UP, "up", NULL, "Line up"},
    {"q n Esc ^C", V_SCOPE, ACT_CLOSE, "back", "back", "Leave everything as it is"},
    {"^S", V_FORM, ACT_SAVE, "save", "save", "Save what the form holds"},
    {"Tab Down", V_FORM, ACT_NEXT_FIELD, "next field", "next field",
     "Next field; first takes a completion that is shown, as Enter and a comma do"},
    {"Enter", V_FORM, ACT_OPEN, "open", NULL, "Next field; on the last one, save"},
    {"S-Tab Up", V_FORM, ACT_PREVIOUS_FIELD, "field before", NULL, "Field before"},
    {"^E", V_FORM, ACT_EDITOR, "editor", NULL, "Edit the notes in $VISUAL or $EDITOR"},
    /* of the lookup, in which digits and signs are typed */
    {"Esc", V_LOOKUP, ACT_CLEAR, "clear", "clear", "Empty the field for the next caller"},
    {"Tab", V_LOOKUP, ACT_VIEW_NEXT, "next view", "next view", "The view of the next tab"},
    {"Enter", V_LOOKUP, ACT_OPEN, "tell", "tell",
     "The sentence of the meeting that the caller named; again: the meeting"},
    {"y ^Y", V_LOOKUP, ACT_COPY, "copy", "copy",
     "Copy the sentence to read out (letters are keys once an answer stands there)"},
    {"l ^T", V_LOOKUP, ACT_LANGUAGE, "language", "language",
     "The next language for the caller, those of the meeting first"},
    {"n ^N", V_LOOKUP, ACT_NOTE, "note call", "note",
     "Note the call, and what was told, in the ID's history"},
    {"Enter", V_PICK, ACT_OPEN, "open", "open", "Take or open the selected line"},
    {"Enter y", V_START, ACT_OPEN, "open", "go on", "Go on"},
    {"Up", V_LOOKUP, ACT_UP, "up", NULL, "The line above; in the empty field, the last question"},
    {"Down ^N", V_PICK, ACT_DOWN, "down", NULL, "Line down"},
    {"Up ^P", V_PICK, ACT_UP, "up", NULL, "Line up"},
    {"PgDn", V_PICK, ACT_PAGE_DOWN, "page down", NULL, "Page down"},
    {"PgUp", V_PICK, ACT_PAGE_UP, "page up", NULL, "Page up"},
    {"Left", V_TYPED, ACT_CURSOR_LEFT, "cursor left", NULL,
     "Cursor left; in a choice, the one before"},
    {"Right", V_TYPED, ACT_CURSOR_RIGHT, "cursor right", NULL,
     "Cursor right; in a choice, the next one"},
    {"C-Left", V_TYPED, ACT_CURSOR_WORD_LEFT, "word left", NULL, "A word to the left"},
    {"C-Right", V_TYPED, ACT_CURSOR_WORD_RIGHT, "word right", NULL, "A word to the right"},
    {"Home ^A", V_TYPED, ACT_CURSOR_HOME, "field begin", NULL, "Beginning of the field"},
    {"End", V_TYPED, ACT_CURSOR_END, "field end", NULL, "End of the field"},
    {"Backspace ^H", V_TYPED, ACT_DELETE_BACK, "delete before", NULL,
     "Delete the character before the cursor"},
    {"Delete", V_TYPED, ACT_DELETE, "delete at", NULL, "Delete the character at the cursor"},
    {"^W", V_TYPED, ACT_DELETE_WORD, "delete word", NULL, "Delete the word before the cursor"},
    {"^U", V_TYPED, ACT_DELETE_LINE, "delete all", NULL, "Empty the field"},

    /* moving */
    {"j Down", V_TABS | V_SCROLLED | V_MEETING, ACT_DOWN, "down", NULL, "Down; the next meeting"},
    {"k Up", V_TABS | V_SCROLLED | V_MEETING, ACT_UP, "up", NULL, "Up; the meeting before"},
    {"h Left", V_GRIDS, ACT_LEFT, "day before", NULL, "The day before"},
    {"l Right", V_GRIDS, ACT_RIGHT, "next day", NULL, "The next day"},
    {"PgDn ^F", V_TABS | V_SCROLLED | V_MEETING, ACT_PAGE_DOWN, "page down", NULL, "Page down"},
    {"PgUp ^B", V_TABS | V_SCROLLED | V_MEETING, ACT_PAGE_UP, "page up", NULL, "Page up"},
    {"^D", V_LISTS | V_SCROLLED, ACT_HALF_DOWN, "half down", NULL, "Half a page down"},
    {"^U", V_LISTS | V_SCROLLED, ACT_HALF_UP, "half up", NULL, "Half a page up"},
    {"g Home", (V_TABS & ~V_LOOKUP) | V_SCROLLED, ACT_FIRST, "first", NULL, "To the first"},
    {"G End", (V_TABS & ~V_LOOKUP) | V_SCROLLED, ACT_LAST, "last", NULL, "To the last"},
    {"t", V_CALENDARS, ACT_TODAY, "today", "today", "To today and the next meeting"},
    {"[ H", V_CALENDARS, ACT_SPAN_BACK, "span back", NULL, "A day, week or month back"},
    {"] L", V_CALENDARS, ACT_SPAN_ON, "span on", NULL, "A day, week or month on"},
    {".", V_CALENDARS, ACT_GO_TO, "go to day", NULL, "Go to a day: a date, a weekday, +2w"},

    /* meetings */
    {"Enter", V_COMMANDS & ~V_MEETING, ACT_OPEN, "open", NULL, "Open the selected line"},
    {"n", V_CALENDARS | V_LEGACY | V_MEETING | V_DIRECTORY, ACT_NEW, "new", "new",
     "Schedule a meeting (in the directory: add one)"},
    {"e", V_CALENDARS | V_LEGACY | V_MEETING | V_INVITATION | V_DIRECTORY | V_LOOKUP, ACT_EDIT,
     "edit", "edit", "Edit the meeting or record"},
    {"i", V_CALENDARS | V_LEGACY | V_MEETING | V_LOOKUP, ACT_INVITATION, "invitation", "invitation",
     "The meeting's invitation"},
    {"y", V_COMMANDS, ACT_COPY, "copy", "copy", "Copy: the conference ID, the invitation"},
    {"Tab", V_INVITATION, ACT_FORMAT, "format", "format",
     "The invitation as text, as HTML, as iCalendar"},
    {"l", V_INVITATION, ACT_LANGUAGE, "language", "language",
     "The invitation's next language, those of the meeting and of its organizer first"},
    {"W", V_INVITATION, ACT_WRITE, "write", "write",
     "Write the invitation as it is shown to a file (asks for its name)"},
    {"Space", V_LEGACY, ACT_MARK, "mark", "mark",
     "Mark the meeting for conversion, or take the mark away"},
    {"Space", V_AGENDA, ACT_MARK, "mark", NULL,
     "Mark the meeting or occurrence for cancel, convert and copy, or take the mark away; back "
     "takes all away"},
    {"*", V_LEGACY, ACT_MARK_RISKS, "mark risks", "risks",
     "Mark every meeting with a mixing risk; again: take all marks away"},
    {"c", V_LEGACY, ACT_CONVERT, "convert", "convert",
     "Give the marked meetings, else the selected one, a dynamic ID"},
    {"c", V_CALENDARS | V_MEETING, ACT_CONVERT, "convert", "convert",
     "Give the legacy meeting a dynamic ID"},
    {"C", V_LEGACY, ACT_CONVERT_ALL, "convert all", "all", "Convert every meeting in the list"},
    {"D", V_CALENDARS | V_LEGACY | V_MEETING, ACT_CANCEL, "cancel", NULL,
     "Cancel the meeting (asks first)"},
    {"D", V_DIRECTORY, ACT_REMOVE, "remove", "remove",
     "Remove the organizer, and hand over the meetings to come (asks first)"},
    {"s", V_CALENDARS | V_LEGACY | V_MEETING | V_INVITATION, ACT_SEND, "send", NULL,
     "Mail the attendees who have not been told of the meeting as it is (asks first)"},
    {"r", V_CALENDARS | V_MEETING, ACT_ANSWER, "answer", NULL,
     "Answer an invitation of somebody outside: yes, no or maybe"},
    {"s", V_OUTBOX, ACT_SEND, "send", "send", "Send what is queued (asks first)"},
    {"t", V_OUTBOX, ACT_MESSAGE, "message", "text", "The text of the message"},
    {"R", V_OUTBOX, ACT_RETRY, "retry", "retry", "Queue it again, due at once"},
    {"x", V_OUTBOX, ACT_WITHDRAW, "withdraw", "withdraw",
     "Take it back: it is not owed any more (asks first if there are several)"},
    {"M", V_OUTBOX, ACT_SENT, "mark as sent", NULL,
     "Mark it as sent: it went another way (asks first)"},
    {"F", V_OUTBOX, ACT_FILTER, "filter", "filter",
     "All messages; those to settle (failed, uncertain); queued; sent; withdrawn"},
    {"p", V_OUTBOX, ACT_GROUP, "group", "group", "A line a message, a person, a meeting or a day"},
    {"u", V_COMMANDS, ACT_UNDO, "undo", NULL, "Undo the last change that can be undone"},
    {"I", V_CALENDARS | V_LEGACY | V_DIRECTORY, ACT_IMPORT, "import", NULL,
     "Take in an iCalendar file (legacy meetings show at once)"},
    {"S", V_CALENDARS | V_LEGACY | V_DIRECTORY, ACT_SYNC, "sync", NULL,
     "Sync with a folder of calendar files (a vdir), both ways"},
    {"Z", V_COMMANDS, ACT_ZONES, "renew times", NULL,
     "Update meetings after a change of time zone rules (asks first)"},
    {"v", V_COMMANDS | V_LOOKUP, ACT_HISTORY, "history", NULL,
     "The history of the ID or the meeting"},
    {"9 b", V_COMMANDS, ACT_CALLS, "calls", NULL, "What bridges asked and were told, live"},
    {"A", V_CALENDARS | V_LEGACY, ACT_EVERYBODY, "everybody", NULL,
     "All organizers' meetings, or one's own again"},
    {"Tab", V_DIRECTORY, ACT_SECTION, "next section", "section",
     "Organizers, numbers, organization"},

    /* views */
    VIEW_TABS(TAB_ROW){"Tab", V_TABS & ~(V_LOOKUP | V_DIRECTORY), ACT_VIEW_NEXT, "next view", NULL,
                       "The view of the next tab"},
    {"S-Tab", V_TABS, ACT_VIEW_PREVIOUS, "view before", NULL, "The view of the tab before"},
    {"Alt-1 F2", V_LOOKUP, ACT_VIEW_DAY, "day", NULL, "The day (letters are typed here)"},
    {"Alt-2 F3", V_LOOKUP, ACT_VIEW_WEEK, "week", NULL, "The week"},
    {"Alt-3 F4", V_LOOKUP, ACT_VIEW_MONTH, "month", NULL, "The month"},
    {"Alt-4 F5", V_LOOKUP, ACT_VIEW_AGENDA, "agenda", NULL, "The agenda"},
    {"Alt-5 F6", V_LOOKUP, ACT_VIEW_LEGACY, "legacy", NULL, "Legacy meetings"},
    {"Alt-7 F8", V_LOOKUP, ACT_VIEW_DIRECTORY, "directory", NULL, "The directory"},
    {"Alt-8 F9", V_LOOKUP, ACT_VIEW_OUTBOX, "outbox", NULL, "The outbox"},
    {"Alt-9 F10", V_LOOKUP, ACT_CALLS, "calls", NULL, "What bridges asked and were told, live"},

    /* everywhere */
    {"/", V_COMMANDS | V_LOOKUP, ACT_SEARCH, "search", "search",
     "Search titles, people, parts of IDs, as you type"},
    {"o", V_COMMANDS, ACT_ORGANIZER, "organizer", NULL,
     "Change the organizer whose calendar is shown"},
    {":", V_COMMANDS | V_LOOKUP, ACT_PALETTE, "palette", NULL, "Every action by name"},
    {"? F1", V_COMMANDS | V_LOOKUP, ACT_HELP, "help", "help", "This help"},
    {"F1", V_FORM | V_PICK, ACT_HELP, "help", "help", "This help"},
    {"^L", ~0U, ACT_REDRAW, "redraw", NULL, "Draw and read everything again"},
    {"^Z", ~0U, ACT_SUSPEND, "suspend", NULL, "Suspend; fg comes back"},
    {"q Esc", V_COMMANDS, ACT_CLOSE, "back", NULL,
     "Back; where nothing is open leaves (but for Esc)"},
    {"q", V_LOOKUP, ACT_CLOSE, "back", NULL, "With an answer shown: empty the field"},
    {"Esc ^C", V_FORM | V_PICK, ACT_CLOSE, "back", "back", "Back"},
    {"q n Esc ^C", V_START, ACT_CLOSE, "back", "leave", "Leave"},
    {"^C", V_DIALOG, ACT_NO, "no", NULL, "Leave everything as it is"},
    {"^C", ~0U, ACT_CLOSE, "interrupt", NULL, "Back; leaves where nothing is open"},
    {"^Q", ~0U, ACT_LEAVE, "leave", NULL, "Leave from anywhere"},
    {NULL, 0, ACT_NONE, NULL, NULL, NULL},
};

size_t key_word(const char **at)
{
    *at += strspn(*at, " ");
    return strcspn(*at, " ");
}

bool key_row_has(const struct key_row *row, int32_t code)
{
    const char *at = row->keys;
    for (size_t n = key_word(&at); n; at += n, n = key_word(&at))
        if (key_code_of(at, n) == code)
            return true;
    return false;
}

const struct key_row *key_row_find(const struct key_row *rows, int32_t code, unsigned bit)
{
    for (const struct key_row *row = rows; row->keys; row++)
        if (row->views & bit && key_row_has(row, code))
            return row;
    return NULL;
}

void key_row_first(const struct key_row *row, char out[16])
{
    const char *at = row->keys;
    size_t n = key_word(&at);
    memcpy(out, at, n < 15 ? n : 15);
    out[n < 15 ? n : 15] = '\0';
}

const char *action_name(enum action action)
{
    const struct key_row *row = key_rows;
    while (row->keys && row->action != action)
        row++;
    return row->keys ? row->name : "";
}

const char *view_name(enum view_number number)
{
#define TAB_NAME(NAME, record, ...) [VIEW_##NAME] = #record,
#define OVER_NAME(NAME, name) [VIEW_##NAME] = name,
    static const char *const names[VIEW_COUNT] = {VIEW_TABS(TAB_NAME) VIEWS_OVER(OVER_NAME)};
    return names[number];
}

/* The views of a mask, by name: "day week agenda", "everywhere". */
static void views_add(struct text *out, unsigned views)
{
    if (views == ~0U) {
        text_add(out, "everywhere");
        return;
    }
    bool first = true;
    for (enum view_number i = 0; i < VIEW_COUNT; i++) {
        if (!(views & 1U << i))
            continue;
        text_addf(out, "%s%s", first ? "" : " ", view_name(i));
        first = false;
    }
}

void console_key_table(struct text *out)
{
    for (const struct key_row *row = key_rows; row->keys; row++) {
        text_addf(out, "%s\t", row->keys);
        views_add(out, row->views);
        text_addf(out, "\t%s\t%s\n", row->name ? row->name : "", row->help);
    }
}
