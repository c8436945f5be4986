/*
 * Tables as text (RFC 4180), as spreadsheets and directories export them: bytes in any of the usual
 * encodings in, records of UTF-8 cells out, each with its line; and cells back to text. Only
 * transfer calls it. Memory does not grow with the file: a record has at most CSV_RECORD_MAX bytes.
 */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include <base/error.h>
#include <base/vector.h>
#include <stdint.h>

enum { CSV_RECORD_MAX = 1 << 18 };

/* Where the bytes come from: at most `size` into `bytes`, *count 0 at the end. */
struct csv_source {
    enum err (*read)(void *self, char *bytes, size_t size, size_t *count, struct error *error);
    void *self;
};

struct csv_record {
    int64_t line; /* where it begins, from 1 */
    struct strings cells;
    /* NULL: sound; else what is wrong with its cells, which are then not to be trusted */
    const char *why;
};

struct csv_reader;

/*
 * `encoding` NULL: found out (a byte order mark, zero bytes between the letters, else UTF-8, and
 * Windows-1252 for each record that is not UTF-8). Else a name: UTF-8, UTF-16, ISO-8859-1,
 * Windows-1252 or any that iconv knows. ERR_INVALID if it is unknown. `name` is the file's, for
 * messages.
 */
enum err csv_start(const char *name, const char *encoding, struct csv_source source,
                   struct csv_reader **out, struct error *error);
void csv_end(struct csv_reader *reader); /* NULL is allowed */

/*
 * The next line as it stands, line breaks within quotes included: for what comes before the rows.
 * *line NULL at the end.
 */
enum err csv_line(struct csv_reader *reader, struct arena *arena, char **line, int64_t *number,
                  struct error *error);
/* A line's cells. */
void csv_split(struct arena *arena, const char *line, char separator, struct strings *out);

/*
 * The next record that has any cell; *found false at the end. ERR_INVALID, after which nothing can
 * be read: a zero byte, bytes that the encoding does not have, a quote that is never closed, a
 * record that is too long.
 */
enum err csv_next(struct csv_reader *reader, struct arena *arena, char separator,
                  struct csv_record *out, bool *found, struct error *error);

/* "UTF-8", "UTF-16", "Windows-1252": what was found, or was told. */
const char *csv_encoding(const struct csv_reader *reader);

/*
 * Appends a cell, quoted if it must be. One that a spreadsheet would take for a formula (= + - @,
 * a tab) or whose first sign is an apostrophe gets an apostrophe in front.
 */
void csv_put(struct text *out, const char *cell, char separator);
/* The cell without such a guard, and without ="..."; in the arena if it had one. */
const char *csv_unguard(struct arena *arena, const char *cell);

#endif
