/*
 * What `serve` is measured against: libmicrohttpd, driven as the module "http" drives it, with one
 * prepared lookup in the store and a short answer. http_peer STORE; says its port on standard
 * output, and serves until standard input is closed.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct peer {
    sqlite3 *db;
    sqlite3_stmt *lookup;
};

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *part,
                              size_t *part_size, void **state)
{
    struct peer *peer = context;
    char body[200];
    (void)path, (void)method, (void)version, (void)part, (void)part_size;
    if (!*state) { /* at a request's beginning */
        *state = peer;
        return MHD_YES;
    }
    const char *digits = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "digits");
    sqlite3_bind_text(peer->lookup, 1, digits ? digits : "", -1, SQLITE_STATIC);
    bool found = sqlite3_step(peer->lookup) == SQLITE_ROW;
    snprintf(body, sizeof body, "{\"verdict\": \"%s\", \"room\": \"m-%s\"}\n",
             found ? "admit" : "refuse",
             found ? (const char *)sqlite3_column_text(peer->lookup, 0) : "");
    sqlite3_reset(peer->lookup);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(body), body, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Content-Type", "application/json; charset=utf-8");
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static void loop(struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd ready[] = {{.fd = info->epoll_fd, .events = POLLIN},
                             {.fd = STDIN_FILENO, .events = POLLIN}};
    while (!ready[1].revents) {
        MHD_UNSIGNED_LONG_LONG idle = 0;
        MHD_run(daemon);
        int wait = MHD_get_timeout(daemon, &idle) == MHD_YES ? (int)idle : -1;
        poll(ready, 2, wait);
    }
}

int main(int argc, char **argv)
{
    struct peer peer = {0};
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (argc < 2 || sqlite3_open_v2(argv[1], &peer.db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(
            peer.db, "SELECT uid, title, start_at, end_at FROM meeting WHERE conference_id = $1",
            -1, &peer.lookup, NULL) != SQLITE_OK) {
        fprintf(stderr, "http_peer: %s\n", peer.db ? sqlite3_errmsg(peer.db) : "no store is named");
        return 1;
    }
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, answer, &peer, MHD_OPTION_SOCK_ADDR,
                         (struct sockaddr *)&here, MHD_OPTION_END);
    if (!daemon)
        return 1;
    printf("%d\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    loop(daemon);
    MHD_stop_daemon(daemon);
    sqlite3_finalize(peer.lookup);
    sqlite3_close(peer.db);
    return 0;
}
