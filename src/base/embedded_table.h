/*
 * The table that the build generates from the files below data/ (tests/tools/embed.sh).
 * Only embedded.c and the generated file include this.
 */
#ifndef BASE_EMBEDDED_TABLE_H
#define BASE_EMBEDDED_TABLE_H

#include <stddef.h>

struct embedded_file {
    const char *name;        /* the path below data/ */
    const char *start, *end; /* a NUL byte stands at `end` */
};

extern const struct embedded_file embedded_table[]; /* sorted by name, byte by byte */
extern const size_t embedded_count;

#endif
