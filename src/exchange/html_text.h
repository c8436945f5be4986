/*
 * Inside iCalendar: an event's HTML as the text that a reader sees, for the places of a dial-in.
 */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <base/vector.h>

/*
 * HTML as text. Block tags and <br> end a line; cells end a word; every entity is read; a link's
 * address follows its words in angle brackets; lines in a <blockquote> begin with "> ". Scripts,
 * styles and comments go. What is no sound HTML is read as far as it can be. Linear in `html`.
 */
char *html_text(struct arena *arena, const char *html);

/* The same to be shown: its lines without blanks around them, one empty line for several. */
char *html_notes(struct arena *arena, const char *html);

#endif
