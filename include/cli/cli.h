/*
 * The command line: arguments to a row of the command table, and what came of it to text, JSON and
 * an exit status. main.c alone calls this.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <base/vector.h>
#include <desk/session.h>

/* What the command line needs of the console, which it does not know: main hands it in. */
struct cli_console {
    enum err (*run)(struct session *session, const char *view);
    enum err (*view_check)(struct session *session, const char *view);
    void (*key_table)(struct arena *arena, struct text *out);
};

/* Runs the program; returns its exit status (COMMANDS, "Everywhere"). */
int cli_main(int argc, char **argv, const struct cli_console *console);

#endif
