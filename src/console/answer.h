/* Answering an invitation of somebody outside. */
#ifndef ANSWER_H
#define ANSWER_H

#include "stack.h"

/* Asks what is answered; says so if the meeting is nobody else's. */
void answer_pick(struct console *console, const struct occurrence *selected);

#endif
