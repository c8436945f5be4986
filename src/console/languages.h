/*
 * Going through the languages that invitations and callers are told in.
 */
#ifndef LANGUAGES_H
#define LANGUAGES_H

#include "stack.h"

/* The language of people of whom nothing is known: the configuration's, else English. */
const char *language_home(struct console *console);
/* Adds the language of a record ("de_AT.UTF-8", NULL: none) to the list, once. */
void language_add(struct arena *arena, struct strings *list, const char *lang);
/*
 * The language behind `lang` in the list of the likely ones, as far as there are sentences in
 * them, and then all others; behind the last comes the first. It lives as long as the arena.
 */
const char *language_next(struct arena *arena, const struct strings *likely, const char *lang);

#endif
