/*
 * What the arguments of one run say: the row, its operands and options, and what is said for every
 * command.
 */
#ifndef CLI_INVOCATION_H
#define CLI_INVOCATION_H

#include <cli/cli.h>
#include <desk/command.h>

struct invocation {
    const struct command *command; /* NULL: none named, or only --help or --version asked for */
    struct arguments arguments;
    struct settings said; /* what options override; NULL members and color -1 are not said */
    int color;            /* enum color, or -1 */
    bool json, quiet, help, version;
    bool progress_wanted; /* long work tells how far it is */
    bool progress_shown;  /* a line that does so stands there */
};

/* The options that every command takes, ended by one without a name. */
extern const struct command_option invocation_globals[];

/*
 * Rows that are the command line's own (console, help, completion), ended by one without a name.
 * Their `run` is NULL: cli.c has it.
 */
extern const struct command cli_commands[];

/* The row of this name in either table, or NULL. */
const struct command *invocation_command(const char *name);

/*
 * Reads argv over getopt_long, with the options of all commands first and then those of the row
 * that the first words name. ERR_INVALID tells what is wrong, and where help is.
 */
enum err invocation_read(struct arena *arena, int argc, char **argv, struct invocation *out,
                         struct error *error);

/* The texts of --help, for the program (command NULL) and for one row. */
char *help_text(struct arena *arena, const struct command *command);

/* The completion script for "bash", "zsh" or "fish"; NULL for another shell. */
char *completion_script(struct arena *arena, const char *shell);

/* A part of dialdesk(1) in mdoc: "options", "commands" or "keys"; NULL for another name. */
char *manual_part(struct arena *arena, const struct cli_console *console, const char *name);

/* Writes a result to standard output, its warnings to standard error. Returns the exit status. */
int output_result(struct session *session, const struct invocation *invocation,
                  const struct result *result);

/*
 * Writes text to standard output whole, or says why not (as output_error does). Returns the exit
 * status.
 */
int output_text(const char *text, bool json);

/* Writes the error to standard error (one line, or a JSON document) and returns its exit status. */
int output_error(const struct error *error, bool json);

#endif
