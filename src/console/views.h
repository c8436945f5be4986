/*
 * The list of views, from which come their numbers, their bits in the key table, the tabs with
 * their keys and actions, and the names that `--view` takes and the manual prints. A new view is a
 * file of its own and a line here.
 */
#ifndef VIEWS_H
#define VIEWS_H

/* Views with a tab: number, record and name, keys, hint on the bottom line (NULL: none), help. */
#define VIEW_TABS(TAB)                                                                             \
    TAB(DAY, day, "1 d", NULL, "The day")                                                          \
    TAB(WEEK, week, "2 w", NULL, "The week")                                                       \
    TAB(MONTH, month, "3 m", NULL, "The month")                                                    \
    TAB(AGENDA, agenda, "4 a", NULL, "The agenda")                                                 \
    TAB(LEGACY, legacy, "5 r", "legacy", "Meetings on static IDs, and their mixing risks")         \
    TAB(LOOKUP, lookup, "6 f", "lookup", "Look an ID up while a caller reads it out")              \
    TAB(DIRECTORY, directory, "7", NULL, "Organizers, dial-in numbers, the organization")          \
    TAB(OUTBOX, outbox, "8", NULL, "Mail to attendees: queued, sent, failed")

/* Views that open over a tab: number, name. */
#define VIEWS_OVER(VIEW)                                                                           \
    VIEW(MEETING, "meeting")                                                                       \
    VIEW(INVITATION, "invitation")                                                                 \
    VIEW(TEXT, "text")                                                                             \
    VIEW(CALLS, "calls")                                                                           \
    VIEW(FORM, "form")                                                                             \
    VIEW(PICK, "list")                                                                             \
    VIEW(DIALOG, "question")                                                                       \
    VIEW(START, "start")                                                                           \
    VIEW(SCOPE, "scope")

#define VIEW_NUMBER(NAME, ...) VIEW_##NAME,
#define VIEW_BIT(NAME, ...) V_##NAME = 1 << VIEW_##NAME,
#define VIEW_ONE(...) +1

enum view_number {
    VIEW_TABS(VIEW_NUMBER) VIEWS_OVER(VIEW_NUMBER) VIEW_COUNT,
    TAB_COUNT = VIEW_TABS(VIEW_ONE)
};
enum view_bits { VIEW_TABS(VIEW_BIT) VIEWS_OVER(VIEW_BIT) };

#undef VIEW_NUMBER
#undef VIEW_BIT
#undef VIEW_ONE

/* The view's name for `--view` and the manual. */
const char *view_name(enum view_number number);

#endif
