/* What the files of conference IDs share. */
#ifndef STORE_IDS_PRIVATE_H
#define STORE_IDS_PRIVATE_H

#include "store_private.h"

#include <store/ids.h>

#define ID_COLUMNS                                                                                 \
    "SELECT digits, kind, organizer_uid, meeting_uid, state, issued, retired, reserved_until,"     \
    " replaced_by, drawn FROM conference_id "

/* One live ID more or less of this length. */
enum err id_count_add(struct store *store, size_t length, int by);

/* What a row of conference_id is written with; all else follows from it. */
struct id_new {
    const char *digits;
    enum id_kind kind;
    const char *organizer_uid, *meeting_uid;
    bool drawn; /* here, not taken from elsewhere */
    int64_t issued, reserved_until;
};

/*
 * Inserts, or renews a row that rests no more at `issued`; *done false where the ID is not free.
 * Counts it.
 */
enum err id_row_add(struct store *store, const struct id_new *new, bool *done);

/* Whether the ID or any slip of it is live or in quarantine at `now`. */
enum err id_crowded(struct store *store, const char *digits, int64_t now, bool *crowded);

#endif
