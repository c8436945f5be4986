/*
 * Files, read whole or written whole, and folders.
 */
#include <base/file.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The error of a system call on `path`, by errno. */
static enum err file_error(struct error *error, const char *path, int number)
{
    switch (number) {
    case ENOENT:
        return error_set(error, ERR_NOT_FOUND, path, "there is no such file or folder");
    case EACCES:
    case EPERM:
    case EROFS:
        return error_set(error, ERR_DENIED, path, "%s", strerror(number));
    case EISDIR:
        return error_set(error, ERR_INVALID, path, "it is a folder, not a file");
    default:
        return error_set(error, ERR_IO, path, "%s", strerror(number));
    }
}

/* How many bytes to make room for at first: a file's size is known, a pipe's is not. */
static size_t first_room(int fd, size_t limit)
{
    struct stat status;
    size_t room = 4096;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size >= 0)
        room = (size_t)status.st_size + 1; /* one more to see the end */
    return room > limit ? limit + 1 : room;
}

static enum err read_all(struct arena *arena, int fd, const char *path, size_t limit, char **bytes,
                         size_t *size, struct error *error)
{
    size_t room = first_room(fd, limit), length = 0;
    char *buffer = arena_alloc(arena, room + 1);
    for (;;) {
        ssize_t n = read(fd, buffer + length, room - length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_error(error, path, errno);
        if (n == 0)
            break;
        length += (size_t)n;
        if (length > limit)
            return error_set(error, ERR_INVALID, path, "it is larger than %zu bytes", limit);
        if (length < room)
            continue;
        room = room > limit / 2 ? limit + 1 : room * 2;
        char *grown = arena_alloc(arena, room + 1);
        memcpy(grown, buffer, length);
        buffer = grown;
    }
    buffer[length] = '\0';
    *bytes = buffer;
    *size = length;
    return ERR_OK;
}

enum err file_read(struct arena *arena, const char *path, size_t limit, char **bytes, size_t *size,
                   struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_error(error, path, errno);
    if (limit > PTRDIFF_MAX / 4)
        limit = PTRDIFF_MAX / 4;
    enum err err = read_all(arena, fd, path, limit, bytes, size, error);
    close(fd);
    return err;
}

int file_write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        bytes += n;
        size -= (size_t)n;
    }
    return 0;
}

/* Fills and syncs the temporary file; 0 or the errno of what failed. */
static int temporary_fill(int fd, const char *bytes, size_t size, unsigned mode)
{
    if (fchmod(fd, (mode_t)mode))
        return errno;
    int failed = file_write_all(fd, bytes, size);
    if (failed)
        return failed;
    return fsync(fd) ? errno : 0;
}

/* The same, and gives the file its name; without it no file is left. */
static int temporary_write(char *temporary, const char *path, const char *bytes, size_t size,
                           unsigned mode)
{
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return errno;
    int failed = temporary_fill(fd, bytes, size, mode);
    if (close(fd) && !failed)
        failed = errno;
    if (!failed && rename(temporary, path))
        failed = errno;
    if (failed)
        unlink(temporary);
    return failed;
}

/*
 * Makes the new name durable. A folder that can't be synced (some network file systems) is no
 * failure.
 */
static void folder_sync(char *path)
{
    int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

enum err file_write(const char *path, const char *bytes, size_t size, unsigned mode,
                    struct error *error)
{
    struct arena *arena = arena_new();
    char *temporary = arena_format(arena, "%s.XXXXXX", path);
    int failed = temporary_write(temporary, path, bytes, size, mode);
    if (!failed)
        folder_sync(arena_copy_n(arena, path, SIZE_MAX));
    arena_free(arena);
    return failed ? file_error(error, path, failed) : ERR_OK;
}

/* Why no new file can have this name. */
static enum err taken_error(struct error *error, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return error_set(error, ERR_INVALID, path,
                         S_ISDIR(status.st_mode) ? "it is a folder, not a file" : "it is no file");
    return error_set(error, ERR_REFUSED, path, "there is a file of this name already");
}

enum err file_write_new(const char *path, const char *bytes, size_t size, struct error *error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno == EEXIST ? taken_error(error, path) : file_error(error, path, errno);
    int failed = file_write_all(fd, bytes, size);
    if (!failed && fsync(fd))
        failed = errno;
    if (close(fd) && !failed)
        failed = errno;
    if (!failed)
        return ERR_OK;
    unlink(path);
    return file_error(error, path, failed);
}

enum err file_overwrite(const char *path, const char *bytes, size_t size, struct error *error)
{
    struct stat status;
    if (stat(path, &status))
        return file_error(error, path, errno);
    if (!S_ISREG(status.st_mode))
        return taken_error(error, path);
    return file_write(path, bytes, size, status.st_mode & 0777, error);
}

/* 0 or the errno. A folder that exists already is fine. */
static int folder_make_one(const char *path)
{
    if (mkdir(path, 0700) == 0)
        return 0;
    int failed = errno;
    struct stat status;
    if (stat(path, &status) == 0)
        return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    return failed;
}

enum err file_check_folder(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 || access(path, W_OK) != 0)
        return file_error(error, path, errno);
    return S_ISDIR(status.st_mode) ? ERR_OK
                                   : error_set(error, ERR_INVALID, path, "it is no folder");
}

enum err file_make_folder(const char *path, struct error *error)
{
    if (!*path)
        return error_set(error, ERR_INVALID, "folder", "its name is empty");
    struct arena *arena = arena_new();
    char *part = arena_copy_n(arena, path, SIZE_MAX);
    int failed = 0;
    for (char *slash = strchr(part + 1, '/'); slash && !failed; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        failed = folder_make_one(part);
        if (!failed)
            *slash = '/';
    }
    if (!failed)
        failed = folder_make_one(part);
    enum err err = failed ? file_error(error, part, failed) : ERR_OK;
    arena_free(arena);
    return err;
}
