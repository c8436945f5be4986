/*
 * A sorted set of UIDs, for marks on more meetings than a view holds. The strings are copied into
 * the arena.
 */
#ifndef UIDS_H
#define UIDS_H

#include <base/vector.h>

bool uids_hold(const struct strings *uids, const char *uid);
void uids_add(struct arena *arena, struct strings *uids, const char *uid);
void uids_remove(struct strings *uids, const char *uid);

#endif
