/*
 * The key table: one list of rows from which dispatch, the help screen, the bottom line, the
 * palette and the manual's key page come.
 */
#ifndef KEYS_H
#define KEYS_H

#include "views.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Views that share keys. */
enum {
    V_GRIDS = V_DAY | V_WEEK | V_MONTH,
    V_CALENDARS = V_GRIDS | V_AGENDA,
    V_TABS = (1 << TAB_COUNT) - 1,
    V_LISTS = (V_TABS & ~(V_GRIDS | V_LOOKUP)) | V_CALLS,
    V_SCROLLED = V_TEXT | V_INVITATION | V_DIALOG | V_CALLS,
    /* text is typed here */
    V_TYPED = V_FORM | V_PICK | V_LOOKUP,
    /* letters are keys here */
    V_COMMANDS = (V_TABS & ~V_LOOKUP) | V_MEETING | V_INVITATION | V_TEXT | V_CALLS
};

#define VIEW_ACTION(NAME, ...) ACT_VIEW_##NAME,

enum action {
    ACT_NONE,
    ACT_DOWN,
    ACT_UP,
    ACT_LEFT,
    ACT_RIGHT,
    ACT_PAGE_DOWN,
    ACT_PAGE_UP,
    ACT_HALF_DOWN,
    ACT_HALF_UP,
    ACT_FIRST,
    ACT_LAST,
    ACT_TODAY,
    ACT_SPAN_BACK,
    ACT_SPAN_ON,
    ACT_GO_TO,
    ACT_VIEW_TABS, /* no action: the actions that show a tab follow, in the tabs' order */
    VIEW_TABS(VIEW_ACTION) ACT_VIEW_NEXT,
    ACT_VIEW_PREVIOUS,
    ACT_OPEN,
    ACT_NEW,
    ACT_EDIT,
    ACT_CANCEL,
    ACT_REMOVE,
    ACT_INVITATION,
    ACT_COPY,
    ACT_CONVERT,
    ACT_SEND,
    ACT_ANSWER,
    ACT_RETRY,
    ACT_WITHDRAW,
    ACT_SENT,
    ACT_MESSAGE,
    ACT_FILTER,
    ACT_GROUP,
    ACT_UNDO,
    ACT_IMPORT,
    ACT_SYNC,
    ACT_ZONES,
    ACT_MARK,
    ACT_MARK_RISKS,
    ACT_CONVERT_ALL,
    ACT_EVERYBODY,
    ACT_HISTORY,
    ACT_LANGUAGE,
    ACT_FORMAT,
    ACT_WRITE,
    ACT_NOTE,
    ACT_CALLS,
    ACT_SECTION,
    ACT_ORGANIZER,
    ACT_SEARCH,
    ACT_PALETTE,
    ACT_HELP,
    ACT_CLEAR,
    ACT_CLOSE,
    ACT_LEAVE,
    ACT_REDRAW,
    ACT_SUSPEND,
    ACT_SAVE,
    ACT_NEXT_FIELD,
    ACT_PREVIOUS_FIELD,
    ACT_EDITOR,
    ACT_SCOPE_OCCURRENCE,
    ACT_SCOPE_FOLLOWING,
    ACT_SCOPE_SERIES,
    ACT_YES,
    ACT_NO,
    ACT_CURSOR_LEFT,
    ACT_CURSOR_RIGHT,
    ACT_CURSOR_WORD_LEFT,
    ACT_CURSOR_WORD_RIGHT,
    ACT_CURSOR_HOME,
    ACT_CURSOR_END,
    ACT_DELETE_BACK,
    ACT_DELETE,
    ACT_DELETE_WORD,
    ACT_DELETE_LINE,
    ACT_COUNT
};

#undef VIEW_ACTION

struct key_row {
    const char *keys; /* names, separated by blanks */
    unsigned views;   /* bits of the views in which they count */
    enum action action;
    const char *name; /* the action's, in the palette and, with '-' for blanks, in the settings */
    const char *hint; /* on the bottom line; NULL: it is not shown there */
    const char *help; /* a sentence */
};

extern const struct key_row key_rows[]; /* ended by a row without keys */

bool key_row_has(const struct key_row *row, int32_t code);
/* The first of the rows that has this key in the view with this bit, or NULL. */
const struct key_row *key_row_find(const struct key_row *rows, int32_t code, unsigned bit);
/* Moves *at to the next name of a row's keys and returns its length; 0: there is none. */
size_t key_word(const char **at);
/* Writes the first of the row's keys ("j" of "j Down"). */
void key_row_first(const struct key_row *row, char out[16]);
/* The action's name, as the palette and the settings write it; "" for ACT_NONE. */
const char *action_name(enum action action);

#endif
