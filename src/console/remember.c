/*
 * Remembering a line in a small file of the user's state folder.
 */
#include "remember.h"
#include <base/file.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *state_folder(struct arena *arena)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (state && state[0] == '/')
        return arena_format(arena, "%s/dialdesk", state);
    return home && home[0] == '/' ? arena_format(arena, "%s/.local/state/dialdesk", home) : NULL;
}

const char *remembered(struct arena *arena, const char *name)
{
    enum { MOST = 4096 };
    const char *folder = state_folder(arena);
    struct error error = {0};
    char *bytes;
    size_t size;
    if (!folder || file_read(arena, arena_format(arena, "%s/%s", folder, name), MOST, &bytes, &size,
                             &error) != ERR_OK)
        return NULL;
    bytes[strcspn(bytes, "\n")] = '\0';
    return bytes;
}

void remember(const char *name, const char *line)
{
    struct arena *arena = arena_new();
    const char *folder = state_folder(arena);
    struct error error = {0};
    const char *before = remembered(arena, name);
    bool same = before && strcmp(before, line) == 0;
    if (folder && !same && file_make_folder(folder, &error) == ERR_OK) {
        const char *bytes = arena_format(arena, "%s\n", line);
        file_write(arena_format(arena, "%s/%s", folder, name), bytes, strlen(bytes), 0600, &error);
    }
    arena_free(arena);
}
