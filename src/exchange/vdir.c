/*
 * A vdir's files: found, read, and written so that no reader ever sees half of one. Everything goes
 * through the directory that was opened, so that it can't be turned to another one meanwhile.
 */
#include <base/ascii.h>
#include <base/file.h>
#include <base/utf8.h>
#include <dirent.h>
#include <errno.h>
#include <exchange/vdir.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_TRIES = 100, LOCK_PAUSE = 50000 /* microseconds */, NAME_BYTES = 160 };

/* What is staged: ours alone, as the directory is locked. */
static const char staged_begin[] = ".dialdesk-sync-";
enum { STAGED_NAME = 48, FEW_SLOTS = 8 };

struct vdir {
    const char *path;
    int fd;
};

static enum err system_error(struct error *error, const char *name, int number)
{
    if (number == ENOENT)
        return error_set(error, ERR_NOT_FOUND, name, "it is not there");
    bool denied = number == EACCES || number == EPERM || number == EROFS;
    return error_set(error, denied ? ERR_DENIED : ERR_IO, name, "%s", strerror(number));
}

/*
 * --- the directory -----------------------------------------------------------------------------
 */

static const char *resolve(struct arena *arena, const char *path)
{
    char *found = realpath(path, NULL);
    const char *copy = arena_copy(arena, found);
    free(found);
    return copy;
}

enum err vdir_find(struct arena *arena, const char *path, const char **canonical, bool *there,
                   struct error *error)
{
    struct stat status;
    *there = false;
    *canonical = resolve(arena, path);
    if (*canonical) {
        *there = true;
        if (stat(*canonical, &status) != 0)
            return system_error(error, path, errno);
        return S_ISDIR(status.st_mode) ? ERR_OK
                                       : error_set(error, ERR_INVALID, path, "it is no directory");
    }
    if (errno != ENOENT)
        return errno == ENOTDIR ? error_set(error, ERR_INVALID, path, "it is no directory")
                                : system_error(error, path, errno);
    const char *parent = resolve(arena, dirname(arena_copy_n(arena, path, SIZE_MAX)));
    if (parent)
        *canonical = arena_format(arena, "%s/%s", strcmp(parent, "/") != 0 ? parent : "",
                                  basename(arena_copy_n(arena, path, SIZE_MAX)));
    else
        *canonical = arena_copy(arena, path);
    return ERR_OK;
}

/*
 * File systems without locks are used as they are: the hashes still keep one sync from undoing
 * another's.
 */
static enum err lock(const struct vdir *vdir, struct error *error)
{
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(vdir->fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            return ERR_OK;
        usleep(LOCK_PAUSE);
    }
    return error_set(error, ERR_BUSY, vdir->path, "another sync is at work in it; try again later");
}

enum err vdir_open(struct arena *arena, const char *path, struct vdir **vdir, struct error *error)
{
    struct vdir *opened = arena_alloc(arena, sizeof *opened);
    opened->path = arena_copy(arena, path);
    opened->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened->fd < 0)
        return system_error(error, path, errno);
    enum err err = lock(opened, error);
    if (err)
        close(opened->fd);
    else
        *vdir = opened;
    return err;
}

void vdir_close(struct vdir *vdir)
{
    if (vdir)
        close(vdir->fd);
}

enum err vdir_sync(const struct vdir *vdir, struct error *error)
{
    /* some network file systems can't sync a directory */
    if (fsync(vdir->fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
        return ERR_OK;
    return system_error(error, vdir->path, errno);
}

/*
 * --- what is in it -----------------------------------------------------------------------------
 */

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

/* Nobody's, or the directory's own properties. */
static bool passed_over(const char *name)
{
    static const char *const properties[] = {"color", "displayname", "description", "order"};
    return name[0] == '.' || ends_in(name, ".tmp") ||
           word_find(properties, sizeof properties / sizeof *properties, name) >= 0;
}

static const char *left_alone(const struct vdir *vdir, const char *name)
{
    struct stat status;
    if (!utf8_valid(name, strlen(name)))
        return "its name is no UTF-8";
    if (fstatat(vdir->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return strerror(errno);
    if (S_ISLNK(status.st_mode))
        return "it is a link, and is not followed";
    if (!S_ISREG(status.st_mode))
        return S_ISDIR(status.st_mode) ? "it is a directory" : "it is no plain file";
    if (!ends_in(name, ".ics"))
        return "its name does not end in .ics";
    return status.st_size > VDIR_FILE_MAX ? "it is larger than 4 MiB" : NULL;
}

static int entries_compare(const void *a, const void *b)
{
    const struct vdir_entry *one = a, *other = b;
    return strcmp(one->name, other->name);
}

enum err vdir_list(struct arena *arena, const struct vdir *vdir, struct vdir_entries *out,
                   struct error *error)
{
    int fd = openat(vdir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    if (!stream) {
        enum err err = system_error(error, vdir->path, errno);
        if (fd >= 0)
            close(fd);
        return err;
    }
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(stream)) != NULL) {
        if (!passed_over(entry->d_name))
            *vector_push(arena, out) =
                (struct vdir_entry){arena_copy(arena, entry->d_name),
                                    arena_copy(arena, left_alone(vdir, entry->d_name))};
        errno = 0;
    }
    int failed = errno;
    closedir(stream);
    if (failed)
        return system_error(error, vdir->path, failed);
    items_sort(out->items, out->count, sizeof *out->items, entries_compare);
    return ERR_OK;
}

const struct vdir_entry *vdir_entry_find(const struct vdir_entries *list, const char *name)
{
    struct vdir_entry wanted = {.name = name};
    return list->count == 0
               ? NULL
               : bsearch(&wanted, list->items, list->count, sizeof *list->items, entries_compare);
}

/*
 * --- one file ----------------------------------------------------------------------------------
 */

static enum err read_open(struct arena *arena, int fd, const char *name, char **bytes, size_t *size,
                          struct error *error)
{
    struct stat status;
    size_t length = 0;
    if (fstat(fd, &status) != 0)
        return system_error(error, name, errno);
    if (!S_ISREG(status.st_mode) || status.st_size > VDIR_FILE_MAX)
        return error_set(error, ERR_INVALID, name, "it is no plain file of at most 4 MiB");
    size_t room = (size_t)status.st_size;
    char *buffer = arena_alloc(arena, room + 1);
    while (length < room) {
        ssize_t n = read(fd, buffer + length, room - length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return system_error(error, name, errno);
        if (n == 0)
            break;
        length += (size_t)n;
    }
    *bytes = buffer;
    *size = length;
    return ERR_OK;
}

enum err vdir_read(struct arena *arena, const struct vdir *vdir, const char *name, char **bytes,
                   size_t *size, struct error *error)
{
    int fd = openat(vdir->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        return error_set(error, ERR_INVALID, name, "it is a link, and is not followed");
    if (fd < 0)
        return system_error(error, name, errno);
    enum err err = read_open(arena, fd, name, bytes, size, error);
    close(fd);
    return err;
}

/* Whether the file is still what it was. *there false: it is gone. */
static enum err compare(const struct vdir *vdir, const char *name, const char *expected,
                        bool *there, struct error *error)
{
    struct arena *arena = arena_new();
    char *bytes = NULL, hash[HASH_SIZE];
    size_t size = 0;
    enum err err = vdir_read(arena, vdir, name, &bytes, &size, error);
    *there = err != ERR_NOT_FOUND;
    if (!err) {
        hash_bytes(bytes, size, hash);
        if (strcmp(hash, expected) != 0)
            err = error_set(error, ERR_CONFLICT, name, "somebody else wrote it meanwhile");
    }
    arena_free(arena);
    return err;
}

/*
 * --- writing -----------------------------------------------------------------------------------
 */

static void staged_name(size_t slot, char out[STAGED_NAME])
{
    snprintf(out, STAGED_NAME, "%s%zu.tmp", staged_begin, slot);
}

enum err vdir_stage(const struct vdir *vdir, size_t slot, const char *name, const char *bytes,
                    size_t size, struct error *error)
{
    struct stat status;
    char staged[STAGED_NAME];
    bool there = fstatat(vdir->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    mode_t mode = there && S_ISREG(status.st_mode) ? status.st_mode & 0777 : 0600;
    staged_name(slot, staged);
    int fd = openat(vdir->fd, staged, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return system_error(error, name, errno);
    int failed = fchmod(fd, mode) == 0 ? file_write_all(fd, bytes, size) : errno;
    if (close(fd) != 0 && !failed)
        failed = errno;
    return failed ? system_error(error, name, failed) : ERR_OK;
}

static enum err flush_one(const struct vdir *vdir, size_t slot, struct error *error)
{
    char staged[STAGED_NAME];
    staged_name(slot, staged);
    int fd = openat(vdir->fd, staged, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return system_error(error, vdir->path, errno);
    int failed = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return failed ? system_error(error, vdir->path, failed) : ERR_OK;
}

/*
 * For few files, the rest of the file system is none of our business; for many, one call is eight
 * times as fast.
 */
enum err vdir_flush(const struct vdir *vdir, size_t slots, struct error *error)
{
    enum err err = ERR_OK;
    if (slots >= FEW_SLOTS && syncfs(vdir->fd) == 0)
        return ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < slots; i++)
        err = flush_one(vdir, i, error);
    return err;
}

/* Gives the staged file its name, if nothing has that name. */
static int publish_new(const struct vdir *vdir, const char *staged, const char *name)
{
    if (renameat2(vdir->fd, staged, vdir->fd, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (linkat(vdir->fd, staged, vdir->fd, name, 0) != 0)
        return errno;
    unlinkat(vdir->fd, staged, 0);
    return 0;
}

enum err vdir_publish(const struct vdir *vdir, size_t slot, const char *name, const char *expected,
                      struct error *error)
{
    char staged[STAGED_NAME];
    bool there = true;
    int failed = 0;
    staged_name(slot, staged);
    if (expected) {
        enum err err = compare(vdir, name, expected, &there, error);
        if (!there)
            return error_set(error, ERR_CONFLICT, name, "somebody else removed it meanwhile");
        if (err)
            return err;
        failed = renameat(vdir->fd, staged, vdir->fd, name) == 0 ? 0 : errno;
    } else {
        failed = publish_new(vdir, staged, name);
    }
    if (failed == EEXIST)
        return error_set(error, ERR_CONFLICT, name, "somebody else made it meanwhile");
    return failed ? system_error(error, name, failed) : ERR_OK;
}

enum err vdir_remove(const struct vdir *vdir, const char *name, const char *expected,
                     struct error *error)
{
    bool there = true;
    enum err err = compare(vdir, name, expected, &there, error);
    if (!there) {
        error_clear(error);
        return ERR_OK;
    }
    if (err || unlinkat(vdir->fd, name, 0) == 0 || errno == ENOENT)
        return err;
    return system_error(error, name, errno);
}

void vdir_tidy(const struct vdir *vdir)
{
    int fd = openat(vdir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;
    if (!stream && fd >= 0)
        close(fd);
    while (stream && (entry = readdir(stream)) != NULL)
        if (strncmp(entry->d_name, staged_begin, sizeof staged_begin - 1) == 0 &&
            ends_in(entry->d_name, ".tmp"))
            unlinkat(vdir->fd, entry->d_name, 0);
    if (stream)
        closedir(stream);
}

/*
 * --- names -------------------------------------------------------------------------------------
 */

static bool plain(char c)
{
    return ascii_word(c) || (c && strchr("-_.@+", c));
}

/*
 * What had to be changed for the file system's sake gets a part of the UID's hash, so that two UIDs
 * stay apart.
 */
const char *vdir_name(struct arena *arena, const char *uid, int turn)
{
    char hash[HASH_SIZE];
    size_t length = strlen(uid), n = length > NAME_BYTES ? NAME_BYTES : length;
    char *name = arena_copy_n(arena, uid, n);
    bool changed = n != length;
    for (size_t i = 0; i < n; i++) {
        if (plain(name[i]) && !(i == 0 && name[i] == '.'))
            continue;
        name[i] = '_';
        changed = true;
    }
    hash_bytes(uid, length, hash);
    if (changed)
        name = arena_format(arena, "%s-%.8s", name, hash);
    return turn > 1 ? arena_format(arena, "%s-%d.ics", name, turn)
                    : arena_format(arena, "%s.ics", name);
}
