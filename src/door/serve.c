/*
 * The HTTP door from its command line: the secret, the socket, the module.
 */
#include "routes.h"
#include <base/file.h>
#include <base/module.h>
#include <door/door.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { SECRET_MAX = 1024, BACKLOG = 128, FIRST_PASSED_FD = 3 };

/* --- the secret --- */

/* --secret-file, else the systemd credential "secret". */
static const char *secret_path(struct session *session, const char *given)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (given || !folder || folder[0] != '/')
        return given;
    return arena_format(session->arena, "%s/secret", folder);
}

/* A credential is systemd's: its access list for our user shows as the group's bits. */
static enum err secret_read(struct session *session, const char *given, const char **secret)
{
    const mode_t strangers = given ? 077 : 007;
    const char *path = secret_path(session, given);
    struct stat file;
    char *text = NULL;
    size_t size = 0;
    if (!path)
        return error_set(&session->error, ERR_INVALID, "serve",
                         "name a file with the secret by --secret-file, or give a systemd "
                         "credential named secret");
    bool there = stat(path, &file) == 0;
    if (!there && errno == ENOENT)
        return error_set(&session->error, ERR_INVALID, path, "there is no such file");
    if (there && (file.st_mode & strangers) != 0)
        return error_set(&session->error, ERR_DENIED, path,
                         "others may read the secret: make it 'chmod 600'");
    enum err err = file_read(session->arena, path, SECRET_MAX, &text, &size, &session->error);
    if (err)
        return err;
    bool is_text = strlen(text) == size;
    *secret = string_trim(text, " \t\r\n");
    if (!is_text || !**secret)
        return error_set(&session->error, ERR_INVALID, path, "it holds no secret, a line of text");
    return ERR_OK;
}

/* --- the socket --- */

static enum err listen_fail(struct session *session, const char *where, int socket)
{
    int number = errno;
    if (socket >= 0)
        close(socket);
    return error_set(&session->error, ERR_IO, where, "can't be listened on: %s", strerror(number));
}

/* A socket that systemd has opened. */
static enum err listen_passed(struct session *session, int *out)
{
    const char *count = getenv("LISTEN_FDS"), *process = getenv("LISTEN_PID");
    if (!count || strcmp(count, "1") != 0 || !process ||
        strtol(process, NULL, 10) != (long)getpid())
        return error_set(&session->error, ERR_INVALID, "listen fd",
                         "no socket was handed over; this is for a systemd socket unit");
    *out = FIRST_PASSED_FD;
    return ERR_OK;
}

/* A socket's file that nobody listens on any more is taken away. */
static bool file_stale(const struct sockaddr_un *address)
{
    struct stat file;
    if (lstat(address->sun_path, &file) != 0 || !S_ISSOCK(file.st_mode))
        return false;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused = connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 &&
                   errno == ECONNREFUSED;
    close(probe);
    return refused;
}

static enum err listen_unix(struct session *session, const char *path, int *out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!*path || strlen(path) >= sizeof address.sun_path)
        return error_set(&session->error, ERR_INVALID, "listen",
                         "the path of a unix socket has 1 to %zu bytes",
                         sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (file_stale(&address))
        unlink(path);
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0117); /* the user and the group */
    bool bound = made >= 0 && bind(made, (struct sockaddr *)&address, sizeof address) == 0;
    umask(mask);
    if (!bound || listen(made, BACKLOG) != 0)
        return listen_fail(session, path, made);
    *out = made;
    return ERR_OK;
}

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 ==
               127;
    return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static enum err listen_address(struct session *session, const char *where,
                               const struct addrinfo *address, int *out)
{
    int on = 1;
    if (!is_loopback(address->ai_addr))
        return error_set(&session->error, ERR_INVALID, where,
                         "is no address of this machine alone, and the secret would travel in "
                         "plain text: listen on 127.0.0.1 and put a proxy with TLS before it");
    int made = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0 || setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(made, address->ai_addr, address->ai_addrlen) != 0 || listen(made, BACKLOG) != 0)
        return listen_fail(session, where, made);
    *out = made;
    return ERR_OK;
}

/* "127.0.0.1:8085", "[::1]:8085", "localhost:8085" */
static enum err listen_tcp(struct session *session, const char *where, int *out)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found = NULL;
    const char *colon = strrchr(where, ':');
    size_t length = colon ? (size_t)(colon - where) : 0;
    bool brackets = length > 2 && where[0] == '[' && where[length - 1] == ']';
    const char *host = arena_copy_n(session->arena, where + brackets, length - (brackets ? 2 : 0));
    size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;
    if (!*host || digits < 1 || digits > 5 || colon[1 + digits])
        return error_set_what(&session->error, ERR_INVALID,
                              "is none of HOST:PORT, unix:PATH and fd", "listen '%s'", where);
    if (strtol(colon + 1, NULL, 10) > UINT16_MAX)
        return error_set_what(&session->error, ERR_INVALID, "a port is 0 to 65535", "listen '%s'",
                              where);
    int failed = getaddrinfo(host, colon + 1, &hints, &found);
    if (failed)
        return error_set(&session->error, ERR_INVALID, where, "%s", gai_strerror(failed));
    enum err err = listen_address(session, where, found, out);
    freeaddrinfo(found);
    return err;
}

static enum err listen_on(struct session *session, const char *where, int *out)
{
    if (strcmp(where, "fd") == 0)
        return listen_passed(session, out);
    if (strncmp(where, "unix:", 5) == 0)
        return listen_unix(session, where + 5, out);
    return listen_tcp(session, where, out);
}

/* Where it really is: port 0 is any that is free. */
static void say_where(int listening, const char *where)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    char port[8] = "";
    const char *colon = strrchr(where, ':');
    bool tcp = strcmp(where, "fd") != 0 && strncmp(where, "unix:", 5) != 0 && colon;
    if (tcp && getsockname(listening, (struct sockaddr *)&address, &size) == 0 &&
        getnameinfo((struct sockaddr *)&address, size, NULL, 0, port, sizeof port,
                    NI_NUMERICSERV) == 0)
        dprintf(STDERR_FILENO, "dialdesk: listening on %.*s:%s\n", (int)(colon - where), where,
                port);
    else
        dprintf(STDERR_FILENO, "dialdesk: listening on %s\n", where);
}

/* A descriptor that can be read when the door is to be closed. */
static enum err stops_catch(struct session *session, int *signals)
{
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    *signals = signalfd(-1, &stops, SFD_CLOEXEC);
    if (*signals >= 0)
        return ERR_OK;
    return error_set(&session->error, ERR_IO, "serve", "signals: %s", strerror(errno));
}

enum err door_serve(struct session *session, const struct serving *serving)
{
    struct gate gate = {.session = session, .jitsi_domain = serving->jitsi_domain};
    const void *record = NULL;
    int listening = -1, signals = -1;
    enum err err = secret_read(session, serving->secret_file, &gate.secret);
    if (err)
        return err;
    err = module_open("http", &record, &session->error);
    if (err)
        return err;
    err = listen_on(session, serving->listen, &listening);
    if (err)
        return err;
    err = stops_catch(session, &signals);
    if (err)
        return err;
    say_where(listening, serving->listen);
    const struct http_module *module = record;
    gate.owed.arena = arena_new();
    desk_admit_often(session);
    err = module->serve(listening, signals, gate_answer, gate_turn, &gate, &session->error);
    gate_settle(&gate);
    arena_free(gate.owed.arena);
    if (strncmp(serving->listen, "unix:", 5) == 0)
        unlink(serving->listen + 5);
    close(signals);
    return err;
}
