/*
 * The HTTP door: which address is answered by what, who may ask, and what becomes of errors.
 */
#include "routes.h"
#include <base/base64.h>
#include <show/print.h>
#include <string.h>

static void visit_own(struct visit *visit);

static const struct route {
    const char *method, *path; /* a path with a slash at its end: what begins so */
    bool anybody;              /* no secret is asked for, and pages of every origin may read it */
    void (*run)(struct visit *visit);
} routes[] = {
    {"GET", "/v1/admit", false, visit_own},
    {"GET", "/conferenceMapper", true, visit_mapper}, /* by ID: asks for the secret itself */
    {"GET", "/phoneNumberList", true, visit_numbers},
    {"POST", "/fsapi", false, visit_fsapi},
    {"POST", "/conference", false, visit_reserve},
    {"GET", "/conference/", false, visit_reservation},
    {"DELETE", "/conference/", false, visit_release},
};

static void visit_own(struct visit *visit)
{
    struct admission admission;
    struct asking asking = {
        .digits = visit_value(visit, "digits"),
        .caller = visit_value(visit, "caller"),
        .number = visit_value(visit, "number"),
        .trunk = visit_value(visit, "trunk"),
        .at = session_now(visit->gate->session),
    };
    if (!asking.digits)
        visit_message(visit, 400, "Name the digits: /v1/admit?digits=93907123");
    else if (visit_admit(visit, &asking, &admission) == ERR_OK)
        visit_json(visit, 200, json_admission(visit->arena, &admission));
}

/* --- who may ask --- */

/* In a time that does not tell how much of it was right. */
static bool same_secret(const char *given, size_t size, const char *secret)
{
    size_t length = strlen(secret);
    unsigned char differ = size != length;
    for (size_t i = 0; i < size; i++)
        differ |= (unsigned char)(given[i] ^ secret[i % length]);
    return differ == 0;
}

/* "Bearer SECRET", or Basic with any name. */
static bool knows_secret(const struct visit *visit)
{
    const char *given = visit->request->authorization;
    if (!given)
        return false;
    if (strncasecmp(given, "Bearer ", 7) == 0)
        return same_secret(given + 7, strlen(given + 7), visit->gate->secret);
    if (strncasecmp(given, "Basic ", 6) != 0)
        return false;
    size_t size;
    const char *pair = base64_read(visit->arena, given + 6, &size);
    const char *colon = memchr(pair, ':', size);
    return colon && same_secret(colon + 1, size - (size_t)(colon + 1 - pair), visit->gate->secret);
}

/* --- dispatch --- */

static bool route_fits(const struct route *route, const char *path)
{
    size_t n = strlen(route->path);
    if (route->path[n - 1] == '/')
        return strncmp(path, route->path, n) == 0 && path[n];
    return strcmp(path, route->path) == 0;
}

/* *allow is a method that the path has, if it is not this one. */
static const struct route *route_find(const struct http_request *request, const char **allow)
{
    *allow = NULL;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!route_fits(&routes[i], request->path))
            continue;
        if (strcmp(routes[i].method, request->method) == 0)
            return &routes[i];
        *allow = routes[i].method;
    }
    return NULL;
}

void gate_answer(void *context, struct arena *arena, const struct http_request *request,
                 struct http_answer *answer)
{
    struct visit visit = {.gate = context, .arena = arena, .request = request, .answer = answer};
    const char *allow;
    const struct route *route = route_find(request, &allow);
    bool needs_secret = route && (!route->anybody || http_pair_find(&request->arguments, "id"));
    if (!route) {
        visit_message(&visit, allow ? 405 : 404,
                      allow ? "Not this way." : "There is nothing here.");
        answer->allow = allow;
        return;
    }
    if (needs_secret && !knows_secret(&visit)) {
        visit_message(&visit, 401, "The secret is missing or wrong.");
        return;
    }
    if (strcmp(request->method, "POST") == 0)
        http_form_read(arena, request->body, &visit.form);
    answer->anybody = route->anybody;
    gate_ready(visit.gate);
    route->run(&visit);
}
