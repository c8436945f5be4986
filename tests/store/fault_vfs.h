/* A layer between SQLite and the system whose writes fail from a chosen one on. */
#ifndef TESTS_STORE_FAULT_VFS_H
#define TESTS_STORE_FAULT_VFS_H

#include <stdbool.h>

enum fault_kind { FAULT_DISK_FULL, FAULT_WRITE_ERROR, FAULT_SHORT_WRITE };

/* Takes the default's place for all connections that are opened from now on. */
void fault_vfs_install(void);

/*
 * The at-th write, sync or truncation from now fails (1: the next); `for_ever`: and all after it.
 * 0: none fails.
 */
void fault_vfs_arm(enum fault_kind kind, int at, bool for_ever);

/* Whether one has failed since. */
bool fault_vfs_struck(void);

#endif
