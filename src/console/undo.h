/*
 * Undoing from the console.
 */
#ifndef UNDO_H
#define UNDO_H

#include "stack.h"

/* Undoes the last change of this console; asks first if it was of several meetings. */
void undo_ask(struct console *console);

#endif
