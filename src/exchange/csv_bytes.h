/* Bytes of a table in whatever encoding to UTF-8, piece by piece. For csv.c alone. */
#ifndef EXCHANGE_CSV_BYTES_H
#define EXCHANGE_CSV_BYTES_H

#include <exchange/csv.h>
#include <iconv.h>
#include <stdbool.h>

enum csv_encoding { CSV_FIND_OUT, CSV_UTF8, CSV_UTF16_LITTLE, CSV_UTF16_BIG, CSV_1252, CSV_ICONV };

enum { CSV_PIECE = 1 << 16 };

struct csv_bytes {
    const char *name;
    struct csv_source source;
    enum csv_encoding encoding; /* CSV_UTF8 after it was to be found out: may be Windows-1252 */
    bool found_out, begun, ended;
    iconv_t converter; /* CSV_ICONV */
    char in[CSV_PIECE];
    size_t in_count;             /* bytes read and not converted yet: a part of a character */
    char out[3 * CSV_PIECE + 4]; /* UTF-8, or what may be Windows-1252 */
    size_t at, count;            /* of out */
};

enum err csv_bytes_start(struct csv_bytes *bytes, const char *encoding, struct error *error);
void csv_bytes_end(struct csv_bytes *bytes);
/* The next piece into `out`; count 0 at the end. `line`: for messages. */
enum err csv_bytes_fill(struct csv_bytes *bytes, int64_t line, struct error *error);

/* Windows-1252 as UTF-8; NULL if it holds a byte that stands for nothing there. */
char *csv_from_1252(struct arena *arena, const char *s);

#endif
