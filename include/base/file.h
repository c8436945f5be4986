/*
 * Files and the program's own places. Any layer but core may call this.
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

/* Makes the folder and its missing parents, mode 0700. */
enum err file_make_folder(const char *path, struct error *error);

/*
 * Opens one of the program's modules and gives the record that it exports under the name
 * `dialdesk_module`. `name` is "postgres" or "curses". The module is looked for beside the
 * running program in modules/ (the build tree), else in ../lib/dialdesk/ from the program's folder
 * (an installation); never by the working directory. It stays open until the process ends. The
 * record's first member is the build's stamp, and another build's module is refused.
 */
enum err module_open(const char *name, const void **record, struct error *error);

/* The stamp that every module record begins with: `.stamp = MODULE_STAMP`. */
#define MODULE_STAMP "dialdesk " DIALDESK_VERSION

#endif
