/*
 * Taking in a file, and syncing with a folder: the questions and the progress.
 */
#ifndef IMPORT_H
#define IMPORT_H

#include "stack.h"

void pick_import(struct console *console);
void pick_sync(struct console *console);
/* A path as typed: "~/" is the home folder. */
const char *console_path(struct arena *arena, const char *typed);

#endif
