/* One run: read the arguments, start a session, run the row, print what came of it. */
#include <cli/cli.h>

#include "invocation.h"

#include <console/console.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void apply(struct settings *settings, const struct invocation *invocation)
{
    const struct settings *said = &invocation->said;
    settings->db = said->db ? said->db : settings->db;
    settings->organizer = said->organizer ? said->organizer : settings->organizer;
    settings->tz = said->tz ? said->tz : settings->tz;
    settings->color = invocation->color >= 0 ? (enum color)invocation->color : settings->color;
}

static enum err run_console(struct session *session, const struct arguments *arguments,
                            struct result *result)
{
    if (isatty(STDOUT_FILENO) && isatty(STDIN_FILENO))
        return console_run(session, argument(arguments, "view"));
    static const struct arguments nothing;
    return command_run(session, command_find("agenda"), &nothing, result);
}

static enum err run_help(struct session *session, const struct arguments *arguments,
                         struct result *result)
{
    const struct command *command = NULL;
    if (arguments->operands.count) {
        const char *name = arguments->operands.items[0];
        if (arguments->operands.count > 1)
            name = arena_format(result->arena, "%s %s", name, arguments->operands.items[1]);
        command = invocation_command(name);
        if (!command)
            return error_set_what(&session->error, ERR_INVALID,
                                  "there is no such command; see 'dialdesk --help'", "'%s'", name);
    }
    result->kind = RESULT_TEXT;
    result->message = help_text(result->arena, command);
    return ERR_OK;
}

static enum err run_completion(struct session *session, const struct arguments *arguments,
                               struct result *result)
{
    const char *shell = arguments->operands.items[0];
    result->kind = RESULT_TEXT;
    result->message = completion_script(result->arena, shell);
    if (!result->message)
        return error_set_what(&session->error, ERR_INVALID,
                              "there are completions for bash, zsh and fish", "'%s'", shell);
    return ERR_OK;
}

static enum err run_manual(struct session *session, const struct arguments *arguments,
                           struct result *result)
{
    result->kind = RESULT_TEXT;
    result->message = manual_part(result->arena, arguments->operands.items[0]);
    if (!result->message)
        return error_set(&session->error, ERR_INVALID, "manual",
                         "its parts are options, commands and keys");
    return ERR_OK;
}

static const struct command_option console_options[] = {
    {.name = "view",
     .value = "VIEW",
     .help = "begin with day, week, month, agenda, legacy, lookup, ..."},
    {0},
};

const struct command cli_commands[] = {
    {"console", "", 0, 0, console_options,
     "open the console (the agenda's text where there is no terminal)", FACE_CLI, 0, run_console},
    {"help", "[COMMAND]", 0, 2, NULL, "print the help of the program or of a command", FACE_CLI, 0,
     run_help},
    {"completion", "SHELL", 1, 1, NULL, "print the completions for bash, zsh or fish", FACE_CLI, 0,
     run_completion},
    /* for the build of the manual: no face, so no help names it */
    {"manual", "PART", 1, 1, NULL, "print a part of the manual that is made from tables", 0, 0,
     run_manual},
    {0},
};

static int run(struct session *session, struct invocation *invocation)
{
    if (!invocation->command)
        invocation->command = invocation_command("console");
    struct result result = {.arena = arena_new()};
    enum err err = invocation->command->needs
                       ? command_run(session, invocation->command, &invocation->arguments, &result)
                       : invocation->command->run(session, &invocation->arguments, &result);
    int status = err ? output_error(&session->error, invocation->json)
                     : output_result(session, invocation, &result);
    arena_free(result.arena);
    return status;
}

static int start_and_run(struct invocation *invocation)
{
    struct session session = {0};
    enum err err = session_start(&session);
    apply(&session.settings, invocation);
    int status = err ? output_error(&session.error, invocation->json) : run(&session, invocation);
    session_end(&session);
    return status;
}

int cli_main(int argc, char **argv)
{
    setlocale(LC_CTYPE, ""); /* all that is asked of the locale is its character set */
    signal(SIGPIPE,
           SIG_IGN); /* a closed pipe is an error of the write, not the end of a transaction */
    struct arena *arena = arena_new();
    struct invocation invocation;
    struct error error = {0};
    int status;
    if (invocation_read(arena, argc, argv, &invocation, &error)) {
        status = output_error(&error, invocation.json);
    } else if (invocation.help) {
        status = fputs(help_text(arena, invocation.command), stdout) < 0 || fflush(stdout) ? 4 : 0;
    } else if (invocation.version) {
        status = puts("dialdesk " DIALDESK_VERSION) < 0 || fflush(stdout) ? 4 : 0;
    } else {
        status = start_and_run(&invocation);
    }
    arena_free(arena);
    return status;
}
