/*
 * The last view and the folder of the last sync, in a file each in $XDG_STATE_HOME/dialdesk. Errors
 * are ignored: remembering is a comfort.
 */
#ifndef REMEMBER_H
#define REMEMBER_H

#include <base/arena.h>

#define REMEMBER_VIEW "view"
#define REMEMBER_SYNC "sync"

const char *remembered(struct arena *arena, const char *name); /* NULL: nothing */
void remember(const char *name, const char *line);

#endif
