/*
 * An event's own text and what is quoted or forwarded in it. Private to core.
 */
#ifndef CORE_DIAL_IN_QUOTED_H
#define CORE_DIAL_IN_QUOTED_H

#include <base/vector.h>

/* Both as long as the text, with blanks for what is not theirs: an offset in one is one in it. */
struct quoted_text {
    const char *own;    /* the text itself if nothing is quoted in it */
    const char *quoted; /* without the marks before its lines; "" if nothing is quoted */
};

/*
 * Quoted are lines behind '>', and all that follows a separator ("-----Original Appointment-----")
 * or a mail's header (From: and, within a few lines, another of its fields, in the languages of the
 * field). Linear in the text.
 */
struct quoted_text dial_in_quoted(struct arena *arena, const char *text);

#endif
