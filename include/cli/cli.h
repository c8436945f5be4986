/*
 * The command line: arguments to a row of the command table, and what came of it to text, JSON and an exit status.
 * main.c alone calls this.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs the program; returns its exit status (COMMANDS, "Everywhere"). */
int cli_main(int argc, char **argv);

#endif
