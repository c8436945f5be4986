/* The keys of the configuration file, put into the key table. */
#ifndef BIND_H
#define BIND_H

#include "keys.h"
#include <base/error.h>

struct arena;
struct settings;

/*
 * *rows is the key table with the settings' lines "key.ACTION" and "key.VIEW.ACTION" in it; without
 * such lines the table itself. ERR_INVALID with file and line: there is no such action, view or
 * key, or a key would have two meanings in a view.
 */
enum err keys_bind(struct arena *arena, const struct settings *settings,
                   const struct key_row **rows, struct error *error);

#endif
