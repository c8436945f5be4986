/*
 * People of an organization as a table's rows: columns by their names, whatever program exported
 * them, and cells that a spreadsheet has damaged. Only transfer calls it. It knows no store: a cell
 * that says nothing is NULL, and what that means is decided above.
 */
#ifndef EXCHANGE_PEOPLE_H
#define EXCHANGE_PEOPLE_H

#include <exchange/csv.h>
#include <stdbool.h>

enum person_field {
    PERSON_EMAIL,
    PERSON_NAME,
    PERSON_ALIASES, /* with blanks between them: all that there are */
    PERSON_TZ,
    PERSON_LANG,
    PERSON_DIAL_IN, /* "on", "off" */
    PERSON_PROVIDER,
    PERSON_STATIC_ID, /* digits */
    PERSON_THIRD_PARTY_NAME,
    PERSON_THIRD_PARTY_NUMBER, /* E.164 */
    PERSON_THIRD_PARTY_TOLL_FREE,
    PERSON_THIRD_PARTY_PASSCODE,
    PERSON_FIELDS
};

/* What export writes above the columns, and --map calls the fields. */
const char *person_field_name(enum person_field field);

struct person {
    int64_t line;
    const char *why;                   /* NULL: sound; else what is wrong, and what helps */
    const char *fields[PERSON_FIELDS]; /* NULL: not said */
    struct strings addresses;          /* others that the row names the same person by */
    bool garbled;                      /* its name holds a question mark within a word */
};

/* What a column is, beside a person's field: pieces from which fields are made. */
struct people_column {
    const char *title;
    int what; /* enum person_field, or one of people.c's own */
    int rank; /* of columns for the same field the lowest one that has a cell counts */
};

struct people_columns VECTOR(struct people_column);

/* How many of the titles are known: the right separator gives the most. */
size_t people_titles_known(const struct strings *titles, const struct strings *maps);

/*
 * maps: "COLUMN=FIELD" each, "COLUMN=" for a column that is left aside. ERR_INVALID (`name` is the
 * file's): no column is known, a title comes twice, a map names no column or no field.
 */
enum err people_columns_read(struct arena *arena, const char *name, const struct strings *titles,
                             const struct strings *maps, struct people_columns *out,
                             struct error *error);
/* True if no column holds addresses: rows then name people by their names alone. */
bool people_by_name(const struct people_columns *columns);
/* "email", or what the column is used for in other words; NULL: it is left aside. */
const char *people_column_use(const struct people_column *column);

/*
 * A row as a person. country: the calling code ("49") of telephone numbers without one; NULL: such
 * a number is a fault.
 */
void people_row(struct arena *arena, const struct people_columns *columns,
                const struct csv_record *record, const char *country, struct person *out);

#endif
