/*
 * HTTP as the module "http" speaks it (libmicrohttpd), and as the rest of door answers it. For
 * door's own files.
 */
#ifndef DOOR_HTTP_H
#define DOOR_HTTP_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>

enum {
    HTTP_BODY_MAX = 65536,    /* bytes of a request's body; what is longer is answered by 413 */
    HTTP_HEADERS_MAX = 16384, /* of address and headers together: 414 or 431 */
    HTTP_CONNECTIONS_MAX = 256,
    HTTP_IDLE_SECONDS = 5,    /* of a connection on which nothing comes */
    HTTP_ARGUMENTS_MAX = 1000 /* of an address or a form; those behind are left aside */
};

struct http_pair {
    const char *name, *value; /* decoded */
};

struct http_pairs VECTOR(struct http_pair);

struct http_request {
    const char *method, *path;
    const char *authorization;   /* the header's value; NULL: none */
    struct http_pairs arguments; /* of the address */
    const char *body;            /* with a terminator behind it */
};

struct http_answer {
    int status;
    const char *type, *body; /* type: of the content */
    const char *allow;       /* of 405: the method that is allowed */
    bool anybody;            /* pages of every origin may read it (CORS) */
    int delay;               /* it goes out so many milliseconds after the request came in */
};

/* Answers into the arena, which lives until the answer is sent. */
typedef void http_handler(void *context, struct arena *arena, const struct http_request *request,
                          struct http_answer *answer);

/*
 * The server calls it when it has handled the requests that had come. Gives after how many
 * milliseconds the server calls it at the latest, if no request comes; -1: with the next request.
 */
typedef int http_turn(void *context);

struct http_module {
    const char *stamp; /* MODULE_STAMP */
    /* Serves on a listening socket, which it closes, until `signals` can be read. */
    enum err (*serve)(int listening, int signals, http_handler *handler, http_turn *turn,
                      void *context, struct error *error);
};

/* The last value of this name; NULL: there is none. */
const char *http_pair_find(const struct http_pairs *pairs, const char *name);

/* The pairs of a form (application/x-www-form-urlencoded). */
void http_form_read(struct arena *arena, const char *body, struct http_pairs *out);

#endif
