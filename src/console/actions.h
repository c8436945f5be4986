/*
 * Keys and clicks to actions, and what an action does if the view on top leaves it to the console.
 */
#ifndef ACTIONS_H
#define ACTIONS_H

#include "stack.h"

void console_key(struct console *console, const struct key *key);

#endif
