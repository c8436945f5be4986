/*
 * A mail command's process. It gets its own process group, so that a stop of this program by the
 * terminal does not tear a mailer from its server, and so that a late one goes with its children.
 */
#include "mailer.h"

#include <base/clock.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* --- the command's words --- */

/* One word from *at on, with its quotes undone; false if a quote stays open. */
static bool word_read(const char **at, struct text *word)
{
    char quote = 0;
    for (; **at; ++*at) {
        char c = **at;
        if (!quote && (c == ' ' || c == '\t'))
            break;
        if (c == quote) {
            quote = 0;
        } else if (!quote && (c == '\'' || c == '"')) {
            quote = c;
        } else {
            if (c == '\\' && quote != '\'' && (*at)[1])
                c = *++*at;
            text_add_byte(word, c);
        }
    }
    return !quote;
}

enum err mailer_words(struct arena *arena, const char *command, struct strings *words,
                      struct error *error)
{
    *words = (struct strings){0};
    for (const char *at = command; *(at += strspn(at, " \t"));) {
        struct text word = text_start(arena);
        if (!word_read(&at, &word))
            return error_set_what(error, ERR_INVALID, "a quote is not closed", "mail_command '%s'",
                                  command);
        *vector_push(arena, words) = word.bytes;
    }
    if (!words->count || !words->items[0][0])
        return error_set(error, ERR_INVALID, "mail_command", "it names no program");
    return ERR_OK;
}

#define USUAL_SENDMAIL "/usr/sbin/sendmail"

bool mailer_there(const struct strings *words)
{
    const char *name = words->count ? words->items[0] : "", *path = getenv("PATH");
    if (strchr(name, '/'))
        return access(name, X_OK) == 0;
    struct arena *arena = arena_new();
    bool there = strcmp(name, "sendmail") == 0 && access(USUAL_SENDMAIL, X_OK) == 0;
    for (const char *at = path ? path : "/bin:/usr/bin"; *name && *at && !there;) {
        size_t n = strcspn(at, ":");
        there = access(arena_format(arena, "%.*s/%s", (int)n, at, name), X_OK) == 0;
        at += n + (at[n] == ':');
    }
    arena_free(arena);
    return there;
}

/* --- the process --- */

static void close_once(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Signals as a program expects them, whatever this one blocks and ignores. */
static void attributes_set(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGTERM);
    sigaddset(&usual, SIGHUP);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                             POSIX_SPAWN_SETPGROUP);
}

/* 0, or errno. sendmail stands mostly where only root's PATH looks. */
static int spawn(pid_t *pid, const struct strings *words, int input, int output)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    char *argv[64];
    size_t count = words->count < 63 ? words->count : 63;
    if (count == 0)
        return ENOENT;
    for (size_t i = 0; i < count; i++)
        argv[i] = (char *)(uintptr_t)words->items[i];
    argv[count] = NULL;
    attributes_set(&attributes);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    int fault = posix_spawnp(pid, argv[0], &actions, &attributes, argv, environ);
    if (fault == ENOENT && strcmp(argv[0], "sendmail") == 0)
        fault = posix_spawn(pid, USUAL_SENDMAIL, &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return fault;
}

enum err mailer_start(struct mailer *mailer, const struct strings *words, const char *text,
                      int64_t seconds, struct error *error)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    *mailer = (struct mailer){.input = -1,
                              .output = -1,
                              .rest = text,
                              .length = strlen(text),
                              .deadline = milliseconds_now() + seconds * 1000};
    int fault = pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) ? errno : 0;
    if (!fault)
        fault = spawn(&mailer->pid, words, in[0], out[1]);
    close_once(&in[0]);
    close_once(&out[1]);
    if (fault) {
        mailer->pid = 0;
        close_once(&in[1]);
        close_once(&out[0]);
        return error_set_what(error, ERR_IO, strerror(fault), "mail_command '%s'", words->items[0]);
    }
    mailer->input = in[1];
    mailer->output = out[0];
    fcntl(mailer->input, F_SETFL, O_NONBLOCK);
    fcntl(mailer->output, F_SETFL, O_NONBLOCK);
    return ERR_OK;
}

int mailer_poll(const struct mailer *mailer, struct pollfd *places)
{
    int count = 0;
    if (mailer->pid && mailer->input >= 0)
        places[count++] = (struct pollfd){.fd = mailer->input, .events = POLLOUT};
    if (mailer->pid && mailer->output >= 0)
        places[count++] = (struct pollfd){.fd = mailer->output, .events = POLLIN};
    return count;
}

static void feed(struct mailer *mailer)
{
    while (mailer->input >= 0 && mailer->length > 0) {
        ssize_t n = write(mailer->input, mailer->rest, mailer->length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0) /* it does not want the rest: its exit status says why */
            break;
        mailer->rest += n;
        mailer->length -= (size_t)n;
    }
    close_once(&mailer->input);
}

/* The beginning is kept, all is read: a full pipe would hold the mailer up. */
static void listen_to(struct mailer *mailer)
{
    enum { PIECES = 64 }; /* one that never stops talking must not keep the others waiting */
    char bytes[4096];
    for (int i = 0; mailer->output >= 0 && i < PIECES; i++) {
        ssize_t n = read(mailer->output, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0) {
            close_once(&mailer->output);
            return;
        }
        size_t room = MAILER_SAYS - mailer->said, kept = (size_t)n < room ? (size_t)n : room;
        memcpy(mailer->says + mailer->said, bytes, kept);
        mailer->said += kept;
    }
}

bool mailer_step(struct mailer *mailer, struct mailer_end *end)
{
    int status = 0;
    feed(mailer);
    listen_to(mailer);
    if (!mailer->late && milliseconds_now() >= mailer->deadline) {
        mailer->late = true;
        kill(-mailer->pid, SIGKILL);
    }
    if (waitpid(mailer->pid, &status, WNOHANG) != mailer->pid)
        return false;
    listen_to(mailer); /* what it said last */
    close_once(&mailer->input);
    close_once(&mailer->output);
    mailer->pid = 0;
    mailer->says[mailer->said] = '\0';
    *end = (struct mailer_end){.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                               .killed = !WIFEXITED(status),
                               .late = mailer->late,
                               .output = mailer->says};
    return true;
}
