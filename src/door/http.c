/*
 * The module "http": libmicrohttpd in one thread, driven by our own loop. It knows nothing of
 * calls: it hands each whole request to the handler, and holds an answer back until it is due.
 */
#include "http.h"
#include <base/clock.h>
#include <base/module.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

extern const struct http_module dialdesk_module;

/* A request that is on its way. */
struct exchange {
    struct arena *arena;
    struct MHD_Connection *connection;
    struct text body;
    int64_t begun, due; /* microseconds_now */
    struct http_answer answer;
    bool answered;         /* `answer` holds */
    struct exchange *next; /* of those whose answers are not due yet */
};

struct server {
    struct MHD_Daemon *daemon;
    http_handler *handler;
    http_turn *turn;
    void *context;
    struct exchange *waiting; /* those whose answers are not due yet, in no order */
};

/* --- answers --- */

static enum MHD_Result send_answer(struct MHD_Connection *connection,
                                   const struct http_answer *answer)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(answer->body), (void *)(uintptr_t)answer->body, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", answer->type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (answer->allow)
        MHD_add_response_header(response, "Allow", answer->allow);
    if (answer->anybody)
        MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
    if (answer->status == 401)
        MHD_add_response_header(response, "WWW-Authenticate", "Basic realm=\"dialdesk\"");
    if (answer->status == 503)
        MHD_add_response_header(response, "Retry-After", "1");
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static int milliseconds_to(int64_t due)
{
    int64_t left = due - microseconds_now();
    return left > 0 ? (int)((left + 999) / 1000) : 0;
}

static void hold_back(struct server *server, struct exchange *exchange)
{
    exchange->due = exchange->begun + (int64_t)exchange->answer.delay * 1000;
    exchange->next = server->waiting;
    server->waiting = exchange;
    MHD_suspend_connection(exchange->connection);
}

/*
 * Lets go whose answers are due. Milliseconds until there is something to do again: 0 if one was
 * let go, -1 if none is left.
 */
static int let_go(struct server *server)
{
    int soonest = -1;
    struct exchange **link = &server->waiting;
    while (*link) {
        struct exchange *exchange = *link;
        int left = milliseconds_to(exchange->due);
        if (left == 0) {
            *link = exchange->next;
            MHD_resume_connection(exchange->connection);
            soonest = 0;
            continue;
        }
        soonest = soonest < 0 || left < soonest ? left : soonest;
        link = &exchange->next;
    }
    return soonest;
}

/* --- requests --- */

struct gathering {
    struct arena *arena;
    struct http_pairs *pairs;
};

static enum MHD_Result gather(void *context, enum MHD_ValueKind kind, const char *name,
                              const char *value)
{
    struct gathering *gathering = context;
    (void)kind;
    if (gathering->pairs->count == HTTP_ARGUMENTS_MAX)
        return MHD_NO;
    *vector_push(gathering->arena, gathering->pairs) = (struct http_pair){
        arena_copy(gathering->arena, name), arena_copy(gathering->arena, value ? value : "")};
    return MHD_YES;
}

static void answer_whole(struct server *server, struct exchange *exchange, const char *method,
                         const char *path)
{
    struct http_request request = {
        .method = method,
        .path = path,
        .authorization =
            MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, "Authorization"),
        .body = exchange->body.bytes,
    };
    struct gathering gathering = {exchange->arena, &request.arguments};
    MHD_get_connection_values(exchange->connection, MHD_GET_ARGUMENT_KIND, gather, &gathering);
    server->handler(server->context, exchange->arena, &request, &exchange->answer);
    exchange->answered = true;
}

static struct exchange *exchange_new(struct MHD_Connection *connection)
{
    struct arena *arena = arena_new();
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    exchange->arena = arena;
    exchange->connection = connection;
    exchange->body = text_start(arena);
    exchange->begun = microseconds_now();
    return exchange;
}

/* Called at a request's beginning, for each part of its body, at its end, and when it is let go. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *part, size_t *part_size, void **state)
{
    static const struct http_answer too_large = {
        .status = 413, .type = "text/plain", .body = "The body is too large.\n"};
    struct server *server = context;
    struct exchange *exchange = *state;
    (void)version;
    if (!exchange) {
        *state = exchange_new(connection);
        return MHD_YES;
    }
    if (*part_size > 0) {
        if (exchange->body.length + *part_size <= HTTP_BODY_MAX)
            text_add_n(&exchange->body, part, *part_size);
        else
            exchange->answer = too_large;
        *part_size = 0;
        return MHD_YES;
    }
    if (exchange->answer.status == 413)
        return send_answer(connection, &exchange->answer);
    if (!exchange->answered) {
        answer_whole(server, exchange, method, path);
        if (exchange->answer.delay > 0) {
            hold_back(server, exchange);
            return MHD_YES;
        }
    }
    return send_answer(connection, &exchange->answer);
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
    struct server *server = context;
    struct exchange *exchange = *state;
    (void)connection, (void)why;
    if (!exchange)
        return;
    for (struct exchange **link = &server->waiting; *link; link = &(*link)->next)
        if (*link == exchange) {
            *link = exchange->next;
            break;
        }
    *state = NULL;
    arena_free(exchange->arena);
}

/* --- the loop --- */

static int sooner(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void loop(struct server *server, int signals)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd ready[] = {{.fd = info->epoll_fd, .events = POLLIN},
                             {.fd = signals, .events = POLLIN}};
    for (;;) {
        MHD_UNSIGNED_LONG_LONG idle = 0;
        MHD_run(server->daemon);
        int wait = sooner(server->turn(server->context), let_go(server));
        if (MHD_get_timeout(server->daemon, &idle) == MHD_YES)
            wait = sooner(wait, (int)idle);
        if (poll(ready, 2, wait) < 0 && errno != EINTR)
            return;
        if (ready[1].revents)
            return;
    }
}

static enum err serve(int listening, int signals, http_handler *handler, http_turn *turn,
                      void *context, struct error *error)
{
    struct server server = {.handler = handler, .turn = turn, .context = context};
    server.daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                                     on_request, &server, MHD_OPTION_LISTEN_SOCKET, listening,
                                     MHD_OPTION_CONNECTION_LIMIT, (unsigned)HTTP_CONNECTIONS_MAX,
                                     MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)HTTP_IDLE_SECONDS,
                                     MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEADERS_MAX,
                                     MHD_OPTION_NOTIFY_COMPLETED, on_end, &server, MHD_OPTION_END);
    if (!server.daemon)
        return error_set(error, ERR_IO, "serve", "libmicrohttpd did not start: %s",
                         strerror(errno));
    loop(&server, signals);
    while (
        server.waiting) { /* what is held back goes out at once: a suspended one can't be closed */
        struct exchange *exchange = server.waiting;
        server.waiting = exchange->next;
        MHD_resume_connection(exchange->connection);
    }
    MHD_run(server.daemon);
    turn(context);
    MHD_stop_daemon(server.daemon);
    return ERR_OK;
}

const struct http_module dialdesk_module
    __attribute__((visibility("default"))) = {.stamp = MODULE_STAMP, .serve = serve};
