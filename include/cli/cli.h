/*
 * The command line: reads arguments by the table of commands, starts a session, runs the command,
 * prints its answer as text or JSON and returns an exit status. main.c alone calls this.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <base/vector.h>
#include <desk/session.h>

/* What the command line needs of the console, a layer that it may not see: main hands it in. */
struct cli_console {
    enum err (*run)(struct session *session, const char *view);
    enum err (*view_check)(struct session *session, const char *view);
    enum err (*settings_check)(struct session *session);
    void (*key_table)(struct text *out);
};

/* Runs the program; returns its exit status (dialdesk(1), EXIT STATUS). */
int cli_main(int argc, char **argv, const struct cli_console *console);

#endif
