/*
 * A conference ID in an invitation's texts exchanged for another: a conversion does that in the
 * notes of an imported meeting, which still carry the old dial-in block. Pure;
 * meeting_texts_renew calls it.
 */
#ifndef CORE_DIAL_IN_RENEW_H
#define CORE_DIAL_IN_RENEW_H

#include <core/dial_in_judge.h>

/*
 * Exchanges `old_id` for `new_id` in the texts of one event (places of the kind TEXT; others only
 * tell whose a dial-in is), in groups if the old one stood in groups. Exchanged is what a dial-in
 * of ours shows: behind a label or a pause, before a '#', in a dial-in page's address. Other
 * services' text, and the same digits elsewhere (an order's number, a longer number, a link's
 * path), are left alone. A text without a mention stays the very same.
 */
void dial_in_renew(struct arena *arena, const struct numbers *numbers, struct dial_in_place *places,
                   size_t count, const char *old_id, const char *new_id);

#endif
