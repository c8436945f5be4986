/*
 * The file of an SQLite store, looked at before SQLite opens it: what it is, whose it is, and
 * whether its log is where it was left. SQLite takes a file without its log for a whole one, and
 * would go on as if what stood in the log had never been.
 */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    SMALLEST_DATABASE = 512,
    /* in FILE-shm (https://www.sqlite.org/walformat.html): numbers in the machine's order */
    SHM_FRAMES_AT = 16, /* how many pages the log holds */
    SHM_COPIED_AT = 96, /* how many of them are in the file by now */
    SHM_HEAD = 100
};

/*
 * --- the log -----------------------------------------------------------------------------------
 */

/*
 * Whether there is a log, and no file, or an empty one, whose log SQLite would remove. Somebody may
 * have made both since the file was looked for.
 */
static bool log_alone(struct arena *arena, const char *where)
{
    struct stat status;
    return stat(arena_format(arena, "%s-wal", where), &status) == 0 && status.st_size > 0 &&
           (stat(where, &status) == 0 ? status.st_size == 0 : errno == ENOENT);
}

/*
 * The log's index tells how many pages of the log are not in the file yet. It is read only if
 * there is no log: to open and close it drops the locks on it that this process holds, and whoever
 * holds some has a log.
 */
static bool log_lost(struct arena *arena, const char *where)
{
    struct stat status;
    unsigned char head[SHM_HEAD];
    uint32_t frames, copied;
    const char *log = arena_format(arena, "%s-wal", where);
    if (stat(log, &status) == 0 || errno != ENOENT)
        return false;
    int fd = open(arena_format(arena, "%s-shm", where), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool whole = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head;
    close(fd);
    if (!whole)
        return false;
    memcpy(&frames, head + SHM_FRAMES_AT, sizeof frames);
    memcpy(&copied, head + SHM_COPIED_AT, sizeof copied);
    /* somebody may have made a new log meanwhile */
    return frames > copied && stat(log, &status) != 0 && errno == ENOENT;
}

static enum err log_look(const char *where, bool there, struct error *error)
{
    struct arena *arena = arena_new();
    enum err err = ERR_OK;
    if (!there && log_alone(arena, where))
        err = error_set(error, ERR_DAMAGED, where,
                        "its log is there, %s-wal, and the file itself is not: bring the file back "
                        "beside it ('dialdesk restore' brings a backup back)",
                        where);
    else if (there && log_lost(arena, where))
        err = error_set(error, ERR_DAMAGED, where,
                        "its log %s-wal was removed, and the last changes with it: bring it back, "
                        "restore a backup, or remove %s-shm to go on without these changes",
                        where, where);
    arena_free(arena);
    return err;
}

/*
 * --- the file ----------------------------------------------------------------------------------
 */

static const char *fault_of(struct arena *arena, const struct stat *file)
{
    if (file->st_nlink > 1)
        return arena_format(arena,
                            "it has %lu names (hard links), and programs that use another name "
                            "would keep another log: remove the other names, or copy the file",
                            (unsigned long)file->st_nlink);
    if (file->st_mode & S_IWOTH)
        return "everybody may write to it: 'chmod o-w' takes that away";
    return NULL;
}

const char *sqlite_file_fault(void *connection, struct arena *arena)
{
    const struct sqlite *db = connection;
    struct stat file;
    return stat(db->where, &file) == 0 ? fault_of(arena, &file) : NULL;
}

static enum err failed(const char *where, struct error *error)
{
    return error_set(error, errno == EACCES ? ERR_DENIED : ERR_IO, where, "%s", strerror(errno));
}

/* What stands at the name must be a plain file. */
static enum err kind_look(const char *where, const struct stat *file, struct error *error)
{
    if (S_ISDIR(file->st_mode))
        return error_set(error, ERR_IO, where, "it is a folder, not a file");
    if (!S_ISREG(file->st_mode))
        return error_set(error, ERR_IO, where, "it is not a plain file");
    /* SQLite takes a file without a whole header for an empty one, and would write over it */
    if (file->st_size > 0 && file->st_size < SMALLEST_DATABASE)
        return error_set(error, ERR_DAMAGED, where, "it is not an SQLite database");
    return ERR_OK;
}

static enum err file_look(const char *where, enum db_mode mode, const struct stat *file,
                          struct error *error)
{
    enum err err = kind_look(where, file, error);
    if (err || mode == DB_READ)
        return err;
    struct arena *arena = arena_new();
    const char *fault = fault_of(arena, file);
    if (fault)
        err = error_set(error, ERR_DENIED, where, "%s", fault);
    arena_free(arena);
    return err;
}

/* Not through a link that another user can turn elsewhere. */
enum err sqlite_file_look(const char *where, enum db_mode mode, bool *there, struct error *error)
{
    struct stat link, file;
    char real[PATH_MAX];
    *there = false;
    if (lstat(where, &link) != 0)
        return errno == ENOENT ? log_look(where, false, error) : failed(where, error);
    if (S_ISLNK(link.st_mode) && link.st_uid != geteuid() && link.st_uid != 0)
        return error_set(error, ERR_DENIED, where,
                         "it is a link that belongs to another user, and is not followed");
    if (stat(where, &file) != 0) {
        if (errno == ENOENT)
            return error_set(error, ERR_IO, where, "it is a link to nothing");
        return failed(where, error);
    }
    enum err err = file_look(where, mode, &file, error);
    if (err)
        return err;
    *there = true;
    /* SQLite puts the log beside the file itself, not beside a link to it */
    const char *path = S_ISLNK(link.st_mode) && realpath(where, real) ? real : where;
    return log_look(path, file.st_size > 0, error);
}
