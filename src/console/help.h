/*
 * Text over the whole body: the help of a view, and what else is to be read.
 */
#ifndef HELP_H
#define HELP_H

#include "stack.h"

enum err help_open(struct console *console, unsigned bit);
/* Text over the whole body, with a title. */
enum err text_open(struct console *console, const char *title, const char *text);
/* Reads title and text of what it is about, into the arena. */
typedef enum err text_read(struct console *console, struct arena *arena, const char *about,
                           const char **title, const char **text);
/* The same, read again whenever the store has changed. */
enum err text_open_live(struct console *console, const char *about, text_read *read);

#endif
