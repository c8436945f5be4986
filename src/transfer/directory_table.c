/*
 * Reading a table of people: what stands above the header, the separator, the columns, the rows.
 * All of it before a transaction begins: a pipe may be slow, and a transaction may run twice.
 */
#include "directory_table.h"

#include "source.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { ROWS_MAX = 1000000, LINES_ABOVE = 20 };

struct table {
    struct session *session;
    struct arena *arena;
    const struct directory_import *how;
    int fd;
    struct csv_reader *reader;
    struct people_columns columns;
    struct directory_report *report;
};

static enum err table_bytes(void *self, char *bytes, size_t size, size_t *count,
                            struct error *error)
{
    const struct table *table = self;
    struct pollfd there = {.fd = table->fd, .events = POLLIN};
    ssize_t n;
    while (poll(&there, 1, -1) < 0 && errno == EINTR) /* for whoever writes into a named pipe */
        ;
    do
        n = read(table->fd, bytes, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return error_set(error, ERR_IO, source_name(table->how->name), "%s", strerror(errno));
    *count = (size_t)n;
    return ERR_OK;
}

/* --- the header --- */

/* Lines that programs write above it: a type, a version, the separator. */
static bool stands_above(const char *line, char *separator)
{
    if (strncmp(line, "sep=", 4) == 0 && line[4] && !line[5]) {
        *separator = line[4];
        return true;
    }
    return !line[strspn(line, " \t,;|")] || strncmp(line, "#TYPE", 5) == 0 ||
           strncmp(line, "version:", 8) == 0;
}

/* The one by which the header has the most known titles; of equals the one with most cells. */
static char separator_of(struct arena *arena, const char *header, const struct strings *maps)
{
    size_t most = 0, cells = 0;
    char best = ',';
    for (const char *c = ",;\t|"; *c; c++) {
        struct strings titles = {0};
        csv_split(arena, header, *c, &titles);
        size_t known = people_titles_known(&titles, maps);
        if (known < most || (known == most && titles.count <= cells))
            continue;
        most = known;
        cells = titles.count;
        best = *c;
    }
    return best;
}

static enum err header_read(struct table *table)
{
    struct directory_report *report = table->report;
    struct error *error = &table->session->error;
    const char *name = source_name(table->how->name);
    struct strings titles = {0};
    char *line = NULL, told = 0;
    int64_t number;
    for (int i = 0; i < LINES_ABOVE; i++) {
        enum err err = csv_line(table->reader, table->arena, &line, &number, error);
        if (err)
            return err;
        if (!line || !stands_above(line, &told))
            break;
        line = NULL;
    }
    if (!line)
        return error_set(error, ERR_INVALID, name, "it is empty: there is no row with columns");
    report->separator = table->how->separator ? table->how->separator
                        : told                ? told
                                              : separator_of(table->arena, line, table->how->maps);
    csv_split(table->arena, line, report->separator, &titles);
    enum err err =
        people_columns_read(table->arena, name, &titles, table->how->maps, &table->columns, error);
    for (size_t i = 0; !err && i < table->columns.count; i++) {
        *vector_push(table->arena, &report->columns) = table->columns.items[i].title;
        *vector_push(table->arena, &report->uses) = people_column_use(&table->columns.items[i]);
    }
    return err;
}

/* --- the rows --- */

/* A static ID that is shorter than most of the table's has lost a 0 at its beginning, perhaps. */
static void note_short_ids(struct table *table, const struct people *people)
{
    int lengths[ID_SIZE] = {0}, usual = 0;
    for (size_t i = 0; i < people->count; i++) {
        const char *id = people->items[i].fields[PERSON_STATIC_ID];
        if (id)
            lengths[strlen(id)]++;
    }
    for (int n = 1; n < ID_SIZE; n++)
        if (lengths[n] > lengths[usual])
            usual = n;
    for (size_t i = 0; i < people->count; i++) {
        const char *id = people->items[i].fields[PERSON_STATIC_ID];
        if (id && (int)strlen(id) < usual && table->report->notes.count < LINES_ABOVE)
            *vector_push(table->arena, &table->report->notes) =
                arena_format(table->arena,
                             "line %lld: the static ID %s is shorter than the others: a "
                             "spreadsheet takes a 0 off the beginning",
                             (long long)people->items[i].line, id);
    }
}

static void note_garbled(struct table *table, const struct people *people)
{
    size_t count = 0;
    for (size_t i = 0; i < people->count; i++)
        count += people->items[i].garbled;
    if (count > 0)
        *vector_push(table->arena, &table->report->notes) =
            arena_format(table->arena,
                         "%zu name%s a question mark for a letter: export again with "
                         "-Encoding UTF8",
                         count, count == 1 ? " holds" : "s hold");
}

static enum err rows_read(struct table *table, struct people *people)
{
    struct arena *scratch = arena_new();
    struct csv_record record;
    bool found = true;
    enum err err = ERR_OK;
    while (!err && found) {
        arena_reset(scratch);
        err = csv_next(table->reader, scratch, table->report->separator, &record, &found,
                       &table->session->error);
        if (err || !found)
            break;
        if (people->count >= ROWS_MAX)
            err = error_set(&table->session->error, ERR_INVALID, source_name(table->how->name),
                            "it has more than %d rows; import it in parts", ROWS_MAX);
        else
            people_row(table->arena, &table->columns, &record, table->how->country,
                       vector_push(table->arena, people));
    }
    arena_free(scratch);
    return err;
}

static enum err table_read(struct table *table, struct people *people)
{
    const struct directory_import *how = table->how;
    enum err err =
        csv_start(source_name(how->name), how->encoding, (struct csv_source){table_bytes, table},
                  &table->reader, &table->session->error);
    if (err)
        return err;
    err = header_read(table);
    if (err)
        return err;
    err = rows_read(table, people);
    if (err)
        return err;
    table->report->encoding = csv_encoding(table->reader);
    note_short_ids(table, people);
    note_garbled(table, people);
    return ERR_OK;
}

enum err directory_table_read(struct session *session, struct arena *arena,
                              const struct directory_import *how, struct people *people,
                              bool *by_name, struct directory_report *report)
{
    struct table table = {.session = session, .arena = arena, .how = how, .report = report};
    enum err err = source_open(session, how->name, &table.fd);
    if (err)
        return err;
    err = table_read(&table, people);
    *by_name = people_by_name(&table.columns);
    csv_end(table.reader);
    source_close(table.fd);
    return err;
}
