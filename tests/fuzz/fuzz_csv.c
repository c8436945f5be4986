/*
 * Fuzzes the reading of tables: records stay within their limit, lines go up, and a cell that is
 * written is read back as it was.
 */
#include <exchange/csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
    const char *at;
    size_t left;
};

static enum err bytes_read(void *self, char *out, size_t size, size_t *count, struct error *error)
{
    struct bytes *bytes = self;
    (void)error;
    *count = bytes->left < size ? bytes->left : size;
    memcpy(out, bytes->at, *count);
    bytes->at += *count;
    bytes->left -= *count;
    return ERR_OK;
}

static void read_back(struct arena *arena, const char *cell)
{
    struct text text = text_start(arena);
    struct strings cells = {0};
    csv_put(&text, cell, ',');
    csv_split(arena, text.bytes, ',', &cells);
    if (cells.count != 1 || strcmp(csv_unguard(arena, cells.items[0]), cell) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct bytes bytes = {(const char *)data, size};
    struct csv_reader *reader = NULL;
    struct csv_record record;
    struct error error = {0};
    char *line = NULL;
    int64_t number = 0, last = 0;
    bool found = true;
    enum err err =
        csv_start("fuzz", NULL, (struct csv_source){bytes_read, &bytes}, &reader, &error);
    if (!err)
        err = csv_line(reader, arena, &line, &number, &error);
    while (!err && found) {
        err = csv_next(reader, arena, ';', &record, &found, &error);
        if (err || !found)
            break;
        if (record.line <= last || record.cells.count == 0)
            abort();
        last = record.line;
        for (size_t i = 0; i < record.cells.count; i++)
            if (strncmp(record.cells.items[i], "=\"", 2) != 0)
                read_back(arena, record.cells.items[i]);
    }
    if (err && !error.why[0])
        abort();
    csv_end(reader);
    arena_free(arena);
    return 0;
}
