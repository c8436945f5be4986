/* One run: read the arguments, start a session, open the store, run the command. */
#include <cli/cli.h>

#include "commands.h"
#include "invocation.h"
#include "texts.h"

#include <show/print.h>
#include <signal.h>

/* --- long work --- */

/*
 * Blocks the signals that stop long work between two steps, so that it can say how far it came;
 * but not those that are ignored, as by nohup.
 */
static void stops_block(sigset_t *before)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction now;
    sigset_t stops;
    sigemptyset(&stops);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&stops, signals[i]);
    sigprocmask(SIG_BLOCK, &stops, before);
}

static bool stop_pending(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 ||
            sigismember(&pending, SIGHUP) == 1);
}

static bool store_waited(void *context, const char *what, int waited)
{
    (void)context;
    (void)what;
    (void)waited;
    return !stop_pending();
}

static bool progress_step(void *context, int64_t done)
{
    output_progress(context, done);
    return !stop_pending();
}

/* --- one command --- */

static const struct invitation_looks looks = {
    .text = invitation_text,
    .html = invitation_html,
    .dial_in_block = invitation_dial_in_block,
    .dial_string = invitation_dial_string,
    .word = invitation_word,
    .language_known = invitation_language_known,
};

static void settings_override(struct settings *settings, const struct invocation *invocation)
{
    const struct settings *said = &invocation->said;
    settings->db = said->db ? said->db : settings->db;
    settings->organizer = said->organizer ? said->organizer : settings->organizer;
    settings->tz = said->tz ? said->tz : settings->tz;
    settings->color = invocation->color >= 0 ? (enum color)invocation->color : settings->color;
}

/* Opens the store as the command needs it. */
static enum err store_prepare(struct session *session, struct invocation *invocation)
{
    enum store_need need = invocation->command->store;
    bool dry_run = argument_given(invocation, "dry-run");
    if (need == STORE_NONE)
        return ERR_OK;
    if (need == STORE_WRITE_IF_OPTION_GIVEN)
        need = invocation->options.count > 0 ? STORE_WRITE : STORE_READ;
    invocation->writes = need == STORE_WRITE && !dry_run;
    return session_store(session, invocation->writes ? DB_CREATE : DB_READ, NULL);
}

static enum err session_prepare(struct session *session, struct invocation *invocation)
{
    enum err err = session_start(session);
    if (err)
        return err;
    err = invocation->console->settings_check(session);
    if (err)
        return err;
    session->looks = &looks;
    settings_override(&session->settings, invocation);
    if (invocation->command->long_work) {
        session->progress = progress_step;
        session->progress_context = invocation;
        session->wait.watch = store_waited;
    }
    err = store_prepare(session, invocation);
    if (err || !invocation->command->zone)
        return err;
    return desk_reader_zone(session, NULL, &invocation->zone);
}

static int command_run(struct invocation *invocation)
{
    bool long_work = invocation->command->long_work != NULL;
    struct session *session = arena_alloc(invocation->arena, sizeof *session);
    sigset_t before;
    invocation->session = session;
    if (long_work)
        stops_block(&before);
    enum err err = session_prepare(session, invocation);
    if (err == ERR_OK)
        err = invocation->command->run(session, invocation);
    int status = err ? output_error(invocation, &session->error) : invocation->status;
    session_end(session);
    if (long_work) /* the answer is printed: a stop that is pending now ends the program */
        sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

int cli_main(int argc, char **argv, const struct cli_console *console)
{
    /* a closed pipe is an error of the write, not the end of a transaction */
    signal(SIGPIPE, SIG_IGN);
    struct invocation invocation = {
        .arena = arena_new(),
        .commands = commands,
        .console = console,
    };
    struct error error = {0};
    int status = 0;
    if (invocation_read(&invocation, argc, argv, &error)) {
        status = output_error(&invocation, &error);
    } else if (invocation.help || invocation.version) {
        output_bytes(&invocation, invocation.help
                                      ? help_text(invocation.arena, commands, invocation.help_of)
                                      : version_text);
        status = invocation.status;
    } else {
        if (!invocation.command)
            invocation.command = commands[0];
        status = command_run(&invocation);
    }
    arena_free(invocation.arena);
    return status;
}
