/*
 * Finds the data files that the build put into the program (see tests/tools/embed.sh).
 */
#include <base/embedded.h>
#include <stdlib.h>
#include <string.h>

#include "embedded_table.h"

static int name_compare(const void *name, const void *file)
{
    return strcmp(name, ((const struct embedded_file *)file)->name);
}

const char *embedded_find(const char *name, size_t *size)
{
    const struct embedded_file *file =
        bsearch(name, embedded_table, embedded_count, sizeof *embedded_table, name_compare);
    if (file && size)
        *size = (size_t)(file->end - file->start);
    return file ? file->start : NULL;
}

const char *embedded_name(size_t index)
{
    return index < embedded_count ? embedded_table[index].name : NULL;
}
