/* From argv to an invocation. For cli.c and the tests. */
#ifndef CLI_INVOCATION_H
#define CLI_INVOCATION_H

#include "command.h"

/*
 * Reads argv over getopt_long, with the options of every command first and then those of the
 * command that the first words name. The caller has set out->arena and out->commands. ERR_INVALID
 * says what is wrong, and where help is; out->json is set even so.
 */
enum err invocation_read(struct invocation *out, int argc, char **argv, struct error *error);

#endif
