/*
 * Undoing from the console.
 */
#ifndef UNDO_H
#define UNDO_H

#include "stack.h"

/* Takes the last change of this console back; asks first where it was of several meetings. */
void undo_ask(struct console *console);

#endif
