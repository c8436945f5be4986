/* What the HTTP door answers, address by address. For door's own files. */
#ifndef DOOR_ROUTES_H
#define DOOR_ROUTES_H

#include "http.h"
#include <desk/admit.h>

/* The HTTP door while it is open. */
struct gate {
    struct session *session;
    const char *secret;
    const char *jitsi_domain; /* of rooms, behind the @; NULL: rooms are named without it */
    bool ailing;              /* the store failed at the last request: it is opened anew */
};

/* A request as the functions below get it. */
struct visit {
    struct gate *gate;
    struct arena *arena;
    const struct http_request *request;
    struct http_answer *answer;
    struct http_pairs form; /* of a POST */
};

/* A handler of struct http_module; context: the gate. */
http_handler gate_answer;

/* --- visit.c --- */

/* The last argument or form field of this name; NULL: none. */
const char *visit_value(const struct visit *visit, const char *name);
/* Asks desk; an error has been answered (503 if the store is away or busy). */
enum err visit_admit(struct visit *visit, const struct asking *asking, struct admission *out);
void visit_json(struct visit *visit, int status, const char *json);
void visit_message(struct visit *visit, int status, const char *message);
/* The answer to an error of the session's. */
void visit_error(struct visit *visit, enum err err);

/* --- jitsi.c, freeswitch.c --- */

void visit_mapper(struct visit *visit);
void visit_numbers(struct visit *visit);
void visit_reserve(struct visit *visit);
void visit_reservation(struct visit *visit);
void visit_release(struct visit *visit);
void visit_fsapi(struct visit *visit);

#endif
