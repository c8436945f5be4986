/*
 * The key table: one list of rows from which dispatch, the help screen, the bottom line, the
 * palette and the manual's key page come.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stddef.h>
#include <stdint.h>

/* A bit a view; a row's mask says where its keys count. */
enum {
    V_DAY = 1 << 0,
    V_WEEK = 1 << 1,
    V_MONTH = 1 << 2,
    V_AGENDA = 1 << 3,
    V_LEGACY = 1 << 4,
    V_LOOKUP = 1 << 5,
    V_DIRECTORY = 1 << 6,
    V_OUTBOX = 1 << 7,
    V_MEETING = 1 << 8,
    V_INVITATION = 1 << 9,
    V_TEXT = 1 << 10,
    V_FORM = 1 << 11,
    V_PICK = 1 << 12,
    V_DIALOG = 1 << 13,
    V_START = 1 << 14,
    V_SCOPE = 1 << 15,

    V_GRIDS = V_DAY | V_WEEK | V_MONTH,
    V_CALENDARS = V_GRIDS | V_AGENDA,
    V_LISTS = V_AGENDA | V_LEGACY | V_DIRECTORY | V_OUTBOX,
    V_TABS = V_CALENDARS | V_LEGACY | V_LOOKUP | V_DIRECTORY | V_OUTBOX,
    V_SCROLLED = V_TEXT | V_INVITATION | V_DIALOG,
    V_TYPED = V_FORM | V_PICK | V_LOOKUP, /* text is typed here */
    V_COMMANDS =
        (V_TABS & ~V_LOOKUP) | V_MEETING | V_INVITATION | V_TEXT /* letters are keys here */
};

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
    ACT_VIEW_DAY, /* in the order of the tabs */
    ACT_VIEW_WEEK,
    ACT_VIEW_MONTH,
    ACT_VIEW_AGENDA,
    ACT_VIEW_LEGACY,
    ACT_VIEW_LOOKUP,
    ACT_VIEW_DIRECTORY,
    ACT_VIEW_OUTBOX,
    ACT_VIEW_NEXT,
    ACT_VIEW_PREVIOUS,
    ACT_OPEN,
    ACT_NEW,
    ACT_EDIT,
    ACT_CANCEL,
    ACT_INVITATION,
    ACT_COPY,
    ACT_CONVERT,
    ACT_UNDO,
    ACT_IMPORT,
    ACT_SYNC,
    ACT_ZONES,
    ACT_MARK,
    ACT_MARK_RISKS,
    ACT_CONVERT_ALL,
    ACT_EVERYBODY,
    ACT_HISTORY,
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
    ACT_DELETE_LINE
};

struct key_row {
    const char *keys; /* names, separated by blanks */
    unsigned views;   /* where they count */
    enum action action;
    const char *name; /* of the action, in the palette; NULL: not there */
    const char *hint; /* on the bottom line; NULL: not there */
    const char *help; /* a sentence */
};

extern const struct key_row key_rows[]; /* ended by a row without keys */

/* The row whose keys hold this code where the view's bit counts, or NULL. */
const struct key_row *key_row_find(int32_t code, unsigned bit);
/* The first name in a row's keys ("j" of "j Down"), into out. */
void key_row_first(const struct key_row *row, char out[16]);

#endif
