/* See store.h. */
#include "store.h"

#include <base/arena.h>
#include <base/file.h>
#include <store/store.h>
#include <string.h>

enum { STORE_LIMIT = 1 << 24 };

static struct arena *arena; /* of the bytes, for the program's whole life */
static char *bytes;
static size_t size;

bool support_store(const char *path)
{
    struct store *store = NULL;
    struct error error = {0};
    const char *slash = strrchr(path, '/');
    if (!arena)
        arena = arena_new();
    if (bytes)
        return !file_make_folder(arena_format(arena, "%.*s", (int)(slash - path), path), &error) &&
               !file_write(path, bytes, size, 0600, &error);
    if (store_open(path, DB_CREATE, NULL, &store, NULL, &error))
        return false;
    store_close(store);
    return !file_read(arena, path, STORE_LIMIT, &bytes, &size, &error);
}
