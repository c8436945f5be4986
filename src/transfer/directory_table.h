/* A table of people that is read whole before the store is touched. For transfer's own files. */
#ifndef TRANSFER_DIRECTORY_TABLE_H
#define TRANSFER_DIRECTORY_TABLE_H

#include <exchange/people.h>
#include <transfer/transfer.h>

struct people VECTOR(struct person);

/*
 * The rows, sound or not, in the arena; and into the report the columns, separator, encoding and
 * notes on the whole table.
 */
enum err directory_table_read(struct session *session, struct arena *arena,
                              const struct directory_import *how, struct people *people,
                              bool *by_name, struct directory_report *report);

#endif
