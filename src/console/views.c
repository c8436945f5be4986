/*
 * The records of the views with a tab, in the tabs' order.
 */
#include "view.h"

#define TAB_DECLARED(NAME, record, ...) extern const struct view_class view_##record;
VIEW_TABS(TAB_DECLARED)

#define TAB_RECORD(NAME, record, ...) [VIEW_##NAME] = &view_##record,
const struct view_class *const view_tabs[TAB_COUNT] = {VIEW_TABS(TAB_RECORD)};
