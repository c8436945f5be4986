/* Commands on the program itself: console, help, completion, version, manual. */
#include "commands.h"
#include "texts.h"

#include <string.h>
#include <unistd.h>

static const struct command_option console_options[] = {
    {.name = "view",
     .value = "VIEW",
     .help = "begin with day, week, month, agenda, legacy, lookup, ..."},
    {0},
};

static enum err run_console(struct session *session, struct invocation *invocation)
{
    const char *view = argument(invocation, "view");
    if (isatty(STDOUT_FILENO) && isatty(STDIN_FILENO))
        return invocation->console->run(session, view);
    enum err err = view ? invocation->console->view_check(session, view) : ERR_OK;
    if (err)
        return err;
    err = session_store(session, DB_READ, NULL);
    if (err)
        return err;
    return command_agenda.run(session, invocation); /* with none of its options */
}

const struct command command_console = {
    .name = "console",
    .options = console_options,
    .help = "open the console (print the agenda if there is no terminal)",
    .run = run_console,
};

static enum err run_help(struct session *session, struct invocation *invocation)
{
    const struct strings *words = &invocation->operands;
    const char *name = words->count ? strings_join(invocation->arena, words, " ") : NULL;
    const char *text = help_text(invocation->arena, invocation->commands, name);
    if (!text)
        return error_set_what(&session->error, ERR_INVALID,
                              "unknown command; see 'dialdesk --help'", "'%s'", name);
    output_bytes(invocation, text);
    return ERR_OK;
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .more = 2,
    .help = "print the help of the program or of a command",
    .run = run_help,
};

static enum err run_completion(struct session *session, struct invocation *invocation)
{
    const char *shell = invocation->operands.items[0];
    const char *script = completion_script(invocation->arena, invocation->commands, shell);
    if (!script)
        return error_set_what(&session->error, ERR_INVALID,
                              "unknown shell; there are completions for bash, zsh and fish", "'%s'",
                              shell);
    output_bytes(invocation, script);
    return ERR_OK;
}

const struct command command_completion = {
    .name = "completion",
    .operands = "SHELL",
    .least = 1,
    .help = "print the completions for bash, zsh or fish",
    .run = run_completion,
};

static enum err run_version(struct session *session, struct invocation *invocation)
{
    (void)session;
    output_bytes(invocation, version_text);
    return ERR_OK;
}

const struct command command_version = {
    .name = "version",
    .help = "print the version",
    .run = run_version,
};

static enum err run_manual(struct session *session, struct invocation *invocation)
{
    const char *part = manual_part(invocation->arena, invocation->commands, invocation->console,
                                   invocation->operands.items[0]);
    if (!part)
        return error_set(&session->error, ERR_INVALID, "manual",
                         "its parts are options, commands and keys");
    output_bytes(invocation, part);
    return ERR_OK;
}

const struct command command_manual = {
    .name = "manual",
    .operands = "PART",
    .least = 1,
    .help = "print a part of the manual that is made from tables",
    .hidden = true,
    .run = run_manual,
};
