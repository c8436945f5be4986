/* See folder.h. */
#include "folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool support_folder(char path[SUPPORT_FOLDER_SIZE])
{
    const char *base = getenv("TMPDIR");
    if (!base || !*base || strlen(base) > strlen("/dev/shm"))
        base = "/tmp";
    snprintf(path, SUPPORT_FOLDER_SIZE, "%s/dialdesk-XXXXXX", base);
    return mkdtemp(path);
}
