/* One run: read the arguments, start a session, run the row, print what came of it. */
#include <cli/cli.h>

#include "invocation.h"

#include <show/print.h>
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

/* A row of cli_commands as it runs: it may want the console, which desk's rows cannot know. */
typedef enum err cli_run(const struct cli_console *console, struct session *session,
                         const struct arguments *arguments, struct result *result);

static enum err run_console(const struct cli_console *console, struct session *session,
                            const struct arguments *arguments, struct result *result)
{
    static const struct arguments nothing;
    if (isatty(STDOUT_FILENO) && isatty(STDIN_FILENO))
        return console->run(session, argument(arguments, "view"));
    const char *view = argument(arguments, "view");
    enum err err = view ? console->view_check(session, view) : ERR_OK;
    if (err != ERR_OK)
        return err;
    return command_run(session, command_find("agenda"), &nothing, result);
}

static enum err run_help(const struct cli_console *console, struct session *session,
                         const struct arguments *arguments, struct result *result)
{
    (void)console;
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

static enum err run_completion(const struct cli_console *console, struct session *session,
                               const struct arguments *arguments, struct result *result)
{
    (void)console;
    const char *shell = arguments->operands.items[0];
    result->kind = RESULT_TEXT;
    result->message = completion_script(result->arena, shell);
    if (!result->message)
        return error_set_what(&session->error, ERR_INVALID,
                              "there are completions for bash, zsh and fish", "'%s'", shell);
    return ERR_OK;
}

static enum err run_manual(const struct cli_console *console, struct session *session,
                           const struct arguments *arguments, struct result *result)
{
    result->kind = RESULT_TEXT;
    result->message = manual_part(result->arena, console, arguments->operands.items[0]);
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

/* manual has no face: it is for the build of the manual, and no help names it. */
const struct command cli_commands[] = {
    {.name = "console",
     .operands = "",
     .options = console_options,
     .help = "open the console (the agenda's text where there is no terminal)",
     .faces = FACE_CLI},
    {.name = "help",
     .operands = "[COMMAND]",
     .most = 2,
     .help = "print the help of the program or of a command",
     .faces = FACE_CLI},
    {.name = "completion",
     .operands = "SHELL",
     .least = 1,
     .most = 1,
     .help = "print the completions for bash, zsh or fish",
     .faces = FACE_CLI},
    {.name = "manual",
     .operands = "PART",
     .least = 1,
     .most = 1,
     .help = "print a part of the manual that is made from tables"},
    {0},
};

/* In the order of cli_commands. */
static cli_run *const cli_runs[] = {run_console, run_help, run_completion, run_manual};

static enum err run_row(const struct cli_console *console, struct session *session,
                        const struct invocation *invocation, struct result *result)
{
    const struct command *row = invocation->command;
    if (row->run)
        return command_run(session, row, &invocation->arguments, result);
    return cli_runs[row - cli_commands](console, session, &invocation->arguments, result);
}

/*
 * What stops long work between two steps, so that it can tell what it came to; but for what is
 * ignored, as by nohup.
 */
static void stops_fill(sigset_t *stops)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction now;
    sigemptyset(stops);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(stops, signals[i]);
}

/* They are blocked meanwhile, so that a stop shows as one that waits. */
static bool stop_waits(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
            sigismember(&waiting, SIGHUP) == 1);
}

/* A line that says how far long work is, written over itself. */
static bool progress_step(void *context, int64_t done)
{
    struct invocation *invocation = context;
    if (invocation->progress_wanted) {
        invocation->progress_shown = true;
        fprintf(stderr, "\r%lld read", (long long)done);
    }
    return !stop_waits();
}

static void progress_wipe(bool shown)
{
    if (shown)
        fprintf(stderr, "\r%*s\r", 30, "");
}

static int run(const struct cli_console *console, struct session *session,
               struct invocation *invocation)
{
    if (!invocation->command)
        invocation->command = invocation_command("console");
    struct result result = {.arena = arena_new()};
    if (invocation->command->needs & NEED_PROGRESS) {
        invocation->progress_wanted =
            isatty(STDERR_FILENO) && !invocation->json && !invocation->quiet;
        session->progress = progress_step;
        session->progress_context = invocation;
    }
    enum err err = run_row(console, session, invocation, &result);
    progress_wipe(invocation->progress_shown);
    int status = err ? output_error(&session->error, invocation->json)
                     : output_result(session, invocation, &result);
    arena_free(result.arena);
    return status;
}

static const struct invitation_looks looks = {
    .text = invitation_text,
    .html = invitation_html,
    .dial_in_block = invitation_dial_in_block,
    .dial_string = invitation_dial_string,
    .word = invitation_word,
};

static int start_and_run(const struct cli_console *console, struct invocation *invocation)
{
    struct session session = {0};
    sigset_t stops, before;
    stops_fill(&stops);
    bool long_work = invocation->command && invocation->command->needs & NEED_PROGRESS;
    if (long_work)
        sigprocmask(SIG_BLOCK, &stops, &before);
    enum err err = session_start(&session);
    session.looks = &looks;
    apply(&session.settings, invocation);
    int status =
        err ? output_error(&session.error, invocation->json) : run(console, &session, invocation);
    session_end(&session);
    if (long_work) /* all is told: a stop that waits ends the program as it ends any other */
        sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int cli_main(int argc, char **argv, const struct cli_console *console)
{
    /* a closed pipe is an error of the write, not the end of a transaction */
    signal(SIGPIPE, SIG_IGN);
    struct arena *arena = arena_new();
    struct invocation invocation;
    struct error error = {0};
    int status;
    if (invocation_read(arena, argc, argv, &invocation, &error)) {
        status = output_error(&error, invocation.json);
    } else if (invocation.help) {
        status = output_text(help_text(arena, invocation.command), invocation.json);
    } else if (invocation.version) {
        status = output_text("dialdesk " DIALDESK_VERSION "\n", invocation.json);
    } else {
        status = start_and_run(console, &invocation);
    }
    arena_free(arena);
    return status;
}
