/* Commands for bridges, and on what they asked: admit, serve, calls. */
#include "commands.h"

#include <base/clock.h>
#include <door/door.h>
#include <show/print.h>
#include <signal.h>
#include <unistd.h>

/* --- admit --- */

static const struct command_option admit_options[] = {
    {.name = "caller", .value = "NUMBER", .help = "the caller's number, if it is known"},
    {.name = "number", .value = "E164", .help = "the number that was called"},
    {.name = "trunk", .value = "NAME", .help = "the line over which the call came"},
    {.name = "at",
     .value = "TIME",
     .help = "the answer at that time, at which the call is noted; now by default"},
    {.name = "agi", .help = "speak AGI with an Asterisk on standard input and output"},
    {0},
};

/* A store that does not answer in time: the bridge is to say "try again", not "wrong number". */
static void too_late(int signal)
{
    static const char message[] = "dialdesk: the store: it did not answer within 3 seconds\n";
    (void)signal;
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    _exit(4);
}

static void too_late_json(int signal)
{
    static const char message[] = "{\"error\":{\"what\":\"the store\",\"why\":\"it did not answer "
                                  "within 3 seconds\",\"status\":4}}\n";
    (void)signal;
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    _exit(4);
}

/* Every question is the caller's own with AGI: what else is given would be an answer to all. */
static enum err run_agi(struct session *session, struct invocation *invocation)
{
    bool more = invocation->operands.count > 0 || argument_given(invocation, "caller") ||
                argument_given(invocation, "number") || argument_given(invocation, "at");
    if (more)
        return error_set(&session->error, ERR_INVALID, "agi",
                         "the digits and numbers come from Asterisk; only --trunk goes with it");
    door_agi(session, STDIN_FILENO, STDOUT_FILENO, argument(invocation, "trunk"));
    return ERR_OK;
}

static enum err answer_once(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    int64_t begun = milliseconds_now();
    const struct zone *zone = NULL;
    struct admission admission = {0};
    struct asking asking = {
        .digits = invocation->operands.items[0],
        .caller = argument(invocation, "caller"),
        .number = argument(invocation, "number"),
        .trunk = argument(invocation, "trunk"),
        .at = session_now(session),
    };
    signal(SIGALRM, invocation->json ? too_late_json : too_late);
    alarm(ADMISSION_SECONDS);
    session->wait.in_line = true;
    enum err err = desk_reader_zone(session, NULL, &zone);
    if (err)
        return err;
    err = argument_time(invocation, "at", zone, &asking.at);
    if (err)
        return err;
    err = desk_admit(session, arena, &asking, NULL, &admission);
    alarm(0);
    if (err)
        return err;
    admission_wait(begun, admission_delay(&admission));
    output_answer(invocation, invocation->json ? json_admission(arena, &admission)
                                               : text_admission(arena, &admission, zone));
    if (admission.verdict != ADMISSION_ADMIT)
        output_absent(invocation, NULL);
    return ERR_OK;
}

static enum err run_admit(struct session *session, struct invocation *invocation)
{
    if (argument_given(invocation, "agi"))
        return run_agi(session, invocation);
    if (invocation->operands.count == 0)
        return error_set(&session->error, ERR_INVALID, "admit",
                         "the digits that the caller entered are required, or --agi");
    return answer_once(session, invocation);
}

/* The store is opened by desk_admit, which never makes one. */
const struct command command_admit = {
    .name = "admit",
    .operands = "[DIGITS]",
    .more = 1,
    .options = admit_options,
    .help = "tell a bridge whether a caller with these digits is let in, and to which room",
    .store = STORE_NONE,
    .run = run_admit,
};

/* --- serve --- */

static const struct command_option serve_options[] = {
    {.name = "listen",
     .value = "WHERE",
     .help = "HOST:PORT of this machine (127.0.0.1:8085 by default), unix:PATH, or fd for "
             "a systemd socket"},
    {.name = "secret-file",
     .value = "FILE",
     .help =
         "the file with the secret that bridges send; by default the systemd credential 'secret'"},
    {.name = "jitsi-domain",
     .value = "DOMAIN",
     .help = "what Jitsi's rooms have behind the @, as in conference.meet.example.org"},
    {0},
};

static enum err run_serve(struct session *session, struct invocation *invocation)
{
    const char *listen = argument(invocation, "listen");
    struct serving serving = {
        .listen = listen ? listen : "127.0.0.1:8085",
        .secret_file = argument(invocation, "secret-file"),
        .jitsi_domain = argument(invocation, "jitsi-domain"),
    };
    return door_serve(session, &serving);
}

/* The store is opened with the first question: it may be away while this starts. */
const struct command command_serve = {
    .name = "serve",
    .options = serve_options,
    .help = "answer bridges by HTTP, until a signal ends it",
    .store = STORE_NONE,
    .run = run_serve,
};

/* --- calls --- */

static const struct command_option calls_options[] = {
    {.name = "since", .value = "TIME", .help = "from then on; all that are kept by default"},
    {0},
};

static enum err run_calls(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct calls calls = {0};
    char digits[ID_SIZE];
    int64_t since = INT64_MIN;
    const char *asked = invocation->operands.count ? invocation->operands.items[0] : NULL;
    if (asked && !conference_id_normalize(asked, digits))
        return error_set_what(&session->error, ERR_INVALID, "must have 4 to 12 digits", "ID '%s'",
                              asked);
    enum err err = argument_time(invocation, "since", invocation->zone, &since);
    if (err)
        return err;
    err = desk_calls(session, arena, since, asked ? digits : NULL, 0, &calls);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_calls(arena, &calls)
                                               : text_calls(arena, &calls, invocation->zone));
    return ERR_OK;
}

const struct command command_calls = {
    .name = "calls",
    .operands = "[DIGITS]",
    .more = 1,
    .options = calls_options,
    .help =
        "list what bridges asked and were told, with what looks like a misprint or like probing",
    .store = STORE_READ,
    .zone = true,
    .run = run_calls,
};
