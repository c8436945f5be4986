/*
 * The files of data/ that the program carries inside itself: the schema, invitation templates,
 * Windows zone names, the sample organization. So the program needs no file at run time. Any layer
 * but core may call this.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

/*
 * The content of the file by its name below data/ ("schema/0001-initial.sql"), or NULL. A NUL
 * byte that *size does not count ends it; size may be NULL. Never freed.
 */
const char *embedded_find(const char *name, size_t *size);

/* The name of the index-th file, sorted byte by byte; NULL past the end. */
const char *embedded_name(size_t index);

#endif
