/*
 * A conference ID in an invitation's text exchanged for another: a conversion does that in the
 * notes of an imported meeting, which still carry the old dial-in block. Pure;
 * meeting_texts_renew calls it.
 */
#ifndef CORE_DIAL_IN_RENEW_H
#define CORE_DIAL_IN_RENEW_H

#include <base/arena.h>

/*
 * The text with each mention of `old_id` exchanged for `new_id`, in groups if the old one stood in
 * groups. Digits within a longer number, a word or a link's path are left alone. Returns `text`
 * itself if it does not mention the ID.
 */
const char *dial_in_renew(struct arena *arena, const char *text, const char *old_id,
                          const char *new_id);

#endif
