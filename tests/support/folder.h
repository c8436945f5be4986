/*
 * A folder of its own for a test's store and files: in $TMPDIR, which tests/run lays into memory if
 * there is room, if its name is short: screens show the path, and a narrow one would cut it. Else in
 * /tmp.
 */
#ifndef SUPPORT_FOLDER_H
#define SUPPORT_FOLDER_H

#include <stdbool.h>

enum { SUPPORT_FOLDER_SIZE = 64 };

/* Makes it and writes its path; false if it could not be made. The caller removes it. */
bool support_folder(char path[SUPPORT_FOLDER_SIZE]);

#endif
