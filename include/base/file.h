/*
 * Files, read or written whole, and folders. Any layer but core may call this.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <base/arena.h>
#include <base/error.h>
#include <stddef.h>

/* Reads a whole file of at most `limit` bytes; the result is NUL-terminated behind *size bytes. */
enum err file_read(struct arena *arena, const char *path, size_t limit, char **bytes, size_t *size,
                   struct error *error);

/*
 * Writes a file whole or not at all: a temporary beside it, fsync, rename. Mode as given (0600,
 * 0644).
 */
enum err file_write(const char *path, const char *bytes, size_t size, unsigned mode,
                    struct error *error);

/*
 * Writes a file that is not there yet, with the mode that the umask gives it. ERR_REFUSED: there is
 * a file of that name; ERR_INVALID: a folder, or something else that is no file.
 */
enum err file_write_new(const char *path, const char *bytes, size_t size, struct error *error);
/* Exchanges what a file says, whole or not at all; its mode stays. */
enum err file_overwrite(const char *path, const char *bytes, size_t size, struct error *error);

/* Makes the folder and its missing parents, mode 0700. */
enum err file_make_folder(const char *path, struct error *error);

/* An error if there is no such folder, or nothing may be written into it. */
enum err file_check_folder(const char *path, struct error *error);

/* Writes all bytes, however many calls that takes; 0, or the errno of what failed. */
int file_write_all(int fd, const char *bytes, size_t size);

#endif
