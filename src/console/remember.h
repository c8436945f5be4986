/*
 * What a user does not want to type each time (the view of last time, the folder of the last sync),
 * a file each in $XDG_STATE_HOME/dialdesk. Failure is silence: it is a comfort, no more.
 */
#ifndef REMEMBER_H
#define REMEMBER_H

#include <base/arena.h>

#define REMEMBER_VIEW "view"
#define REMEMBER_SYNC "sync"

const char *remembered(struct arena *arena, const char *what); /* NULL: nothing */
void remember(const char *what, const char *line);

#endif
