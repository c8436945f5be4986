/*
 * The views with a tab, as records, in the order of the tabs. Only the loop, which hands them to
 * the console, includes them all.
 */
#include "view.h"

#define TAB_DECLARED(NAME, record, ...) extern const struct view_class view_##record;
VIEW_TABS(TAB_DECLARED)

#define TAB_RECORD(NAME, record, ...) [VIEW_##NAME] = &view_##record,
const struct view_class *const view_tabs[TAB_COUNT] = {VIEW_TABS(TAB_RECORD)};
