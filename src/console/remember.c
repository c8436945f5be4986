/*
 * Remembering the view of last time in a small file of the user's state folder.
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

const char *remembered_view(struct arena *arena)
{
    const char *folder = state_folder(arena);
    struct error error = {0};
    char *bytes;
    size_t size;
    if (!folder || file_read(arena, arena_format(arena, "%s/view", folder), 64, &bytes, &size,
                             &error) != ERR_OK)
        return NULL;
    bytes[strcspn(bytes, "\n")] = '\0';
    return bytes;
}

void remember_view(const char *name)
{
    struct arena *arena = arena_new();
    const char *folder = state_folder(arena);
    struct error error = {0};
    const char *before = remembered_view(arena);
    bool same = before && strcmp(before, name) == 0;
    if (folder && !same && file_make_folder(folder, &error) == ERR_OK) {
        const char *line = arena_format(arena, "%s\n", name);
        file_write(arena_format(arena, "%s/view", folder), line, strlen(line), 0600, &error);
    }
    arena_free(arena);
}
