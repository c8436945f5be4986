/*
 * Modules: shared objects that carry what a lookup's start should not pay for (libpq, curses).
 * Any layer but core may call this.
 */
#ifndef BASE_MODULE_H
#define BASE_MODULE_H

#include <base/error.h>

/*
 * Opens a module and gives the record that it exports under the name `dialdesk_module`. The module
 * NAME.so is looked for beside the running program in modules/ (the build tree), else in
 * ../lib/dialdesk/ from the program's folder (an installation); never by the working directory. It
 * stays open until the process ends. The record's first member is the build's stamp, and another
 * build's module is refused (ERR_IO, as a missing one is).
 */
enum err module_open(const char *name, const void **record, struct error *error);

/* The stamp that every module record begins with: `.stamp = MODULE_STAMP`. */
#define MODULE_STAMP "dialdesk " DIALDESK_VERSION

#endif
