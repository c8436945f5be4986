/*
 * Inside iCalendar: our own dial-in block in a DESCRIPTION, found again whatever was written before
 * and behind it.
 */
#ifndef ICAL_BLOCK_H
#define ICAL_BLOCK_H

#include <base/arena.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Written with our own events: what the dial-in block in DESCRIPTION looks like, white space left
 * aside.
 */
#define ICAL_BLOCK_MARK "X-DIALDESK-BLOCK"

/* The mark's value for a block: how many of its bytes are no white space, and their hash. */
const char *ical_block_mark(struct arena *arena, const char *block);

struct ical_block {
    size_t from, to; /* byte offsets in the text */
};

/*
 * Finds the block of which this is the mark, wrapped however it may be. False: there is none (it
 * was edited, or the mark is no mark of ours). Linear in the text.
 */
bool ical_block_find(const char *text, const char *mark, struct ical_block *block);

/*
 * The text without the block: what stands before it and what stands behind it, an empty line
 * between the two.
 */
char *ical_block_cut(struct arena *arena, const char *text, const struct ical_block *block);

#endif
