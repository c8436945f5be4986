/* Texts that are made from the table of commands. For cli's own files. */
#ifndef CLI_TEXTS_H
#define CLI_TEXTS_H

#include "command.h"

/* The options that every command takes, ended by one without a name. */
extern const struct command_option global_options[];

/* "dialdesk 1.2.3" and a newline. */
extern const char version_text[];

/*
 * The text of --help: of the program (name NULL), of one command, or of a family ("organizer").
 * NULL if no command has this name.
 */
char *help_text(struct arena *arena, const struct command *const *commands, const char *name);

/* The completion script for "bash", "zsh" or "fish"; NULL for another shell. */
char *completion_script(struct arena *arena, const struct command *const *commands,
                        const char *shell);

/* A part of dialdesk(1) in mdoc: "options", "commands" or "keys"; NULL for another name. */
char *manual_part(struct arena *arena, const struct command *const *commands,
                  const struct cli_console *console, const char *name);

#endif
