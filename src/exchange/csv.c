/*
 * Reading and writing tables. One machine takes sign after sign, whether of a file or of a line, so
 * that both are read alike.
 */
#include "csv_bytes.h"

#include <base/utf8.h>
#include <stdlib.h>
#include <string.h>

/* --- the machine --- */

enum state { CELL_BEGINS, PLAIN, QUOTED, QUOTE_WITHIN };

struct machine {
    struct arena *arena;
    char separator;
    enum state state;
    struct text cell;
    struct strings *cells;
    bool any, ended; /* something came; the record is whole */
    const char *why;
};

static struct machine machine_start(struct arena *arena, char separator, struct strings *cells)
{
    struct machine machine = {.arena = arena, .separator = separator, .cells = cells};
    machine.cell = text_start(arena);
    return machine;
}

static void cell_end(struct machine *machine)
{
    *vector_push(machine->arena, machine->cells) = machine->cell.bytes;
    machine->cell = text_start(machine->arena);
    machine->state = CELL_BEGINS;
}

/* A sign outside of quotes. */
static void take_plain(struct machine *machine, char c)
{
    if (c == machine->separator) {
        cell_end(machine);
    } else if (c == '\n' || c == '\r') {
        machine->ended = true;
    } else {
        if (machine->state == QUOTE_WITHIN)
            machine->why = "text follows a cell's closing quote: a quote within a cell is written "
                           "twice";
        machine->state = PLAIN;
        text_add_byte(&machine->cell, c);
    }
}

static void take_sign(struct machine *machine, char c)
{
    machine->any = machine->any || (c != '\n' && c != '\r');
    if (machine->state == QUOTED && c == '"')
        machine->state = QUOTE_WITHIN;
    else if (machine->state == QUOTED)
        text_add_byte(&machine->cell, c);
    else if (c == '"' && machine->state == CELL_BEGINS)
        machine->state = QUOTED;
    else if (c == '"' && machine->state == QUOTE_WITHIN) {
        text_add_byte(&machine->cell, c);
        machine->state = QUOTED;
    } else
        take_plain(machine, c);
}

void csv_split(struct arena *arena, const char *line, char separator, struct strings *out)
{
    struct machine machine = machine_start(arena, separator, out);
    for (; *line; line++)
        take_sign(&machine, *line);
    cell_end(&machine);
}

/* --- the file --- */

struct csv_reader {
    struct csv_bytes bytes;
    int64_t line;  /* of the next sign */
    bool after_cr; /* a line feed now belongs to the line break before */
    bool any_1252;
};

enum err csv_start(const char *name, const char *encoding, struct csv_source source,
                   struct csv_reader **out, struct error *error)
{
    struct csv_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        die("out of memory");
    *out = reader;
    reader->line = 1;
    reader->bytes.name = name;
    reader->bytes.source = source;
    return csv_bytes_start(&reader->bytes, encoding, error);
}

void csv_end(struct csv_reader *reader)
{
    if (reader)
        csv_bytes_end(&reader->bytes);
    free(reader);
}

const char *csv_encoding(const struct csv_reader *reader)
{
    static const char *const named[] = {
        [CSV_FIND_OUT] = "UTF-8",   [CSV_UTF8] = "UTF-8",        [CSV_UTF16_LITTLE] = "UTF-16",
        [CSV_UTF16_BIG] = "UTF-16", [CSV_1252] = "Windows-1252", [CSV_ICONV] = "as told",
    };
    return named[reader->any_1252 ? CSV_1252 : reader->bytes.encoding];
}

/* The next sign, a line break as one '\n'; *ended true at the end. */
static enum err next_sign(struct csv_reader *reader, char *c, bool *ended, struct error *error)
{
    struct csv_bytes *bytes = &reader->bytes;
    for (;;) {
        if (bytes->at == bytes->count) {
            enum err err = csv_bytes_fill(bytes, reader->line, error);
            if (err)
                return err;
        }
        *ended = bytes->count == 0;
        if (*ended)
            return ERR_OK;
        *c = bytes->out[bytes->at++];
        bool rest = reader->after_cr && *c == '\n';
        reader->after_cr = *c == '\r';
        if (!rest)
            break;
    }
    if (*c == '\0')
        return error_set_what(error, ERR_INVALID,
                              "a zero byte stands there: this is no text, or its encoding must be "
                              "named with --encoding",
                              "%s:%lld", bytes->name, (long long)reader->line);
    if (*c == '\r')
        *c = '\n';
    reader->line += *c == '\n';
    return ERR_OK;
}

static enum err too_long(const struct csv_reader *reader, int64_t line, bool quoted,
                         struct error *error)
{
    return error_set_what(error, ERR_INVALID,
                          quoted ? "a quote is opened there and not closed within 256 KB"
                                 : "the row is longer than 256 KB",
                          "%s:%lld", reader->bytes.name, (long long)line);
}

enum err csv_line(struct csv_reader *reader, struct arena *arena, char **line, int64_t *number,
                  struct error *error)
{
    struct text text = text_start(arena);
    bool ended = false, quoted = false;
    *line = NULL;
    *number = reader->line;
    for (;;) {
        char c = 0;
        enum err err = next_sign(reader, &c, &ended, error);
        if (err)
            return err;
        if (ended && text.length == 0)
            return ERR_OK;
        if (ended || (c == '\n' && !quoted))
            break;
        quoted = quoted != (c == '"');
        text_add_byte(&text, c);
        if (text.length > CSV_RECORD_MAX)
            return too_long(reader, *number, quoted, error);
    }
    *line = text.bytes;
    if (!utf8_valid(text.bytes, text.length))
        *line = csv_from_1252(arena, text.bytes);
    if (*line != text.bytes)
        reader->any_1252 = true;
    if (*line)
        return ERR_OK;
    return error_set_what(error, ERR_INVALID,
                          "this is neither UTF-8 nor Windows-1252: name its encoding with "
                          "--encoding",
                          "%s:%lld", reader->bytes.name, (long long)*number);
}

/* Cells that are not UTF-8 are Windows-1252, all of a record's. */
static void cells_from_1252(struct csv_reader *reader, struct arena *arena, struct csv_record *out)
{
    bool utf8 = true;
    for (size_t i = 0; i < out->cells.count; i++)
        utf8 = utf8 && utf8_valid(out->cells.items[i], strlen(out->cells.items[i]));
    if (utf8)
        return;
    for (size_t i = 0; i < out->cells.count; i++) {
        const char *cell = NULL;
        if (reader->bytes.found_out)
            cell = csv_from_1252(arena, out->cells.items[i]);
        if (!cell)
            out->why = "a cell is not in the file's encoding: name the right one with --encoding";
        out->cells.items[i] = cell ? cell : "";
    }
    reader->any_1252 = reader->any_1252 || !out->why;
}

/* Signs up to the record's end. */
static enum err take_record(struct csv_reader *reader, struct machine *machine,
                            struct csv_record *out, bool *ended, struct error *error)
{
    size_t length = 0;
    int64_t quote = reader->line;
    for (;;) {
        char c = 0;
        int64_t line = reader->line;
        enum err err = next_sign(reader, &c, ended, error);
        if (err)
            return err;
        if (*ended)
            break;
        enum state before = machine->state;
        take_sign(machine, c);
        if (machine->state == QUOTED && before != QUOTE_WITHIN && before != QUOTED)
            quote = line;
        if (machine->ended)
            return ERR_OK;
        if (++length > CSV_RECORD_MAX)
            return too_long(reader, machine->state == QUOTED ? quote : out->line,
                            machine->state == QUOTED, error);
    }
    if (machine->state != QUOTED)
        return ERR_OK;
    return error_set_what(error, ERR_INVALID, "a quote is opened there and never closed", "%s:%lld",
                          reader->bytes.name, (long long)quote);
}

enum err csv_next(struct csv_reader *reader, struct arena *arena, char separator,
                  struct csv_record *out, bool *found, struct error *error)
{
    bool ended = false;
    *found = false;
    while (!*found && !ended) {
        *out = (struct csv_record){.line = reader->line};
        struct machine machine = machine_start(arena, separator, &out->cells);
        enum err err = take_record(reader, &machine, out, &ended, error);
        if (err)
            return err;
        *found = machine.any;
        if (machine.any)
            cell_end(&machine);
        out->why = machine.why;
    }
    if (*found)
        cells_from_1252(reader, arena, out);
    return ERR_OK;
}

/* --- writing, and guards --- */

static bool is_guarded(char c)
{
    return c && strchr("=+-@\t\r'", c);
}

void csv_put(struct text *out, const char *cell, char separator)
{
    bool guard = is_guarded(*cell);
    bool quote = strpbrk(cell, "\"\r\n") || strchr(cell, separator) || *cell == ' ';
    if (quote)
        text_add_byte(out, '"');
    if (guard)
        text_add_byte(out, '\'');
    for (; *cell; cell++) {
        if (*cell == '"')
            text_add_byte(out, '"');
        text_add_byte(out, *cell);
    }
    if (quote)
        text_add_byte(out, '"');
}

const char *csv_unguard(struct arena *arena, const char *cell)
{
    size_t length = strlen(cell);
    if (cell[0] == '\'' && is_guarded(cell[1]))
        return cell + 1;
    if (length >= 3 && strncmp(cell, "=\"", 2) == 0 && cell[length - 1] == '"')
        return arena_copy_n(arena, cell + 2, length - 3);
    return cell;
}
