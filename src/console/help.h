/*
 * Text over the whole body: the help of a view, reports, histories.
 */
#ifndef HELP_H
#define HELP_H

#include "stack.h"

/* The keys of the view with this bit. */
void help_open(struct console *console, unsigned bit);
void text_open(struct console *console, const char *title, const char *text);
/* Reads title and text into the arena; `about` names their subject. */
typedef enum err text_read(struct console *console, struct arena *arena, const char *about,
                           const char **title, const char **text);
/* A text that is read again whenever the store has changed; `about` is copied. */
void text_open_live(struct console *console, const char *about, text_read *read);

#endif
