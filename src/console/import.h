/*
 * Importing a file and syncing with a folder from the console.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "stack.h"

void pick_import(struct console *console);
void pick_sync(struct console *console);
/* The typed path, with the home folder for "~/". */
const char *console_path(struct arena *arena, const char *typed);

#endif
