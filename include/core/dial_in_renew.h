/*
 * A conference ID in an invitation's text exchanged for another: what a conversion owes the notes
 * of an imported meeting, which still carry the old dial-in block. Pure; desk calls it.
 */
#ifndef CORE_DIAL_IN_RENEW_H
#define CORE_DIAL_IN_RENEW_H

#include <base/arena.h>

/*
 * The text with each mention of the ID `old_id` showing `new_id`, in groups where the old one stood
 * in groups. What is part of a longer number, of a word or of a link's path is left alone. Returns
 * `text` itself where there is nothing to change.
 */
const char *dial_in_renew(struct arena *arena, const char *text, const char *old_id,
                          const char *new_id);

#endif
