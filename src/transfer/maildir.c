/*
 * What an import is to read: files, or a maildir, which has a message a file, those that nobody has
 * read in new, the others in cur.
 */
#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <transfer/transfer.h>

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err files_add(struct session *session, struct arena *arena, const char *folder,
                          struct strings *files)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    if (!directory)
        return error_set(&session->error, ERR_IO, folder, "%s", strerror(errno));
    while ((entry = readdir(directory)))
        if (entry->d_name[0] != '.')
            *vector_push(arena, files) = arena_format(arena, "%s/%s", folder, entry->d_name);
    closedir(directory);
    return ERR_OK;
}

enum err transfer_sources(struct session *session, struct arena *arena, const char *name,
                          struct strings *files, bool *maildir)
{
    static const char *const parts[] = {"new", "cur"};
    *maildir = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *part = arena_format(arena, "%s/%s", name, parts[i]);
        if (!is_folder(part))
            continue;
        enum err err = files_add(session, arena, part, files);
        if (err)
            return err;
        *maildir = true;
    }
    if (!*maildir) {
        *vector_push(arena, files) = name;
        return source_find(session, name);
    }
    items_sort(files->items, files->count, sizeof *files->items, compare_names);
    return ERR_OK;
}
