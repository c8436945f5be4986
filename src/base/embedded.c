/*
 * Finds the data files that the build put into the program (see tests/tools/embed.sh).
 */
#include <base/embedded.h>
#include <string.h>

#include "embedded_table.h"

const char *embedded_find(const char *name, size_t *size)
{
    size_t low = 0, high = embedded_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct embedded_file *file = &embedded_table[middle];
        int order = strcmp(name, file->name);
        if (order == 0) {
            if (size)
                *size = (size_t)(file->end - file->start);
            return file->start;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *embedded_name(size_t index)
{
    return index < embedded_count ? embedded_table[index].name : NULL;
}
