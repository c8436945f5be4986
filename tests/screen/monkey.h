/*
 * A monkey at the keyboard: keys at random, from the key table and beside it, clicks, pastes, and
 * windows of changing size.
 */
#ifndef MONKEY_H
#define MONKEY_H

#include "screen_support.h"

/* How many keys each of the monkeys' programs plays, if DIALDESK_KEYS does not say another number. */
enum { MONKEY_KEYS = 7500, MONKEY_ROUND = 1250 };

/*
 * Plays MONKEY_ROUND keys on the screen's store, the same ones for the same seed, and fails where
 * `check` then finds fault with the store. Where a run ends early (q on the last view) the next one
 * goes on with the rest.
 */
void monkey_play(struct screen *screen, unsigned seed);

/*
 * All rounds from a seed on, each on a store of its own, which `open` makes. MONKEY_FROM and
 * MONKEY_TO in the environment choose other seeds, and tell each.
 */
void monkey_rounds(int (*open_store)(void **state), unsigned seed, bool ascii);

#endif
