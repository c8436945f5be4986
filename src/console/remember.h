/* The view of last time, in $XDG_STATE_HOME/dialdesk/view. Failure is silence: it is a comfort, no more. */
#ifndef REMEMBER_H
#define REMEMBER_H

#include <base/arena.h>

const char *remembered_view(struct arena *arena); /* NULL: none */
void remember_view(const char *name);

#endif
