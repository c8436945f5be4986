/* What the HTTP door answers, address by address. For door's own files. */
#ifndef DOOR_ROUTES_H
#define DOOR_ROUTES_H

#include "http.h"
#include <desk/admit.h>

/* A room that Prosody has opened. */
struct reservation {
    char digits[ID_SIZE]; /* of the room's ID */
    int64_t start, until; /* as Prosody was told last */
};

struct reservations VECTOR(struct reservation);

/* The HTTP door while it is open. */
struct gate {
    struct session *session;
    const char *secret;
    const char *jitsi_domain;     /* of rooms, behind the @; NULL: rooms are named without it */
    bool ailing;                  /* the store failed at the last request: it is opened anew */
    struct reservations reserved; /* jitsi.c; in the session's arena */
    /* log.c: calls that were answered and are not in the log yet */
    struct calls_owed owed;
    int64_t decided; /* when the last call was, in microseconds of the monotonic clock */
    int64_t written; /* when the log was written last, */
    int64_t synced;  /* and when it was last made safe from a power cut */
    bool lax;        /* what is written next need not be safe from one */
    bool failed;     /* the log could not be written the last time */
};

/* A request as the functions below get it. */
struct visit {
    struct gate *gate;
    struct arena *arena;
    const struct http_request *request;
    struct http_answer *answer;
    struct http_pairs form; /* of a POST */
};

/* Of struct http_module; context: the gate. */
http_handler gate_answer;
http_turn gate_turn;

/* --- log.c --- */

/* At a request's beginning: opens a store that failed anew, and the turn's snapshot. */
void gate_ready(struct gate *gate);
/*
 * Where the call that is asked for next is owed; NULL: it is to be written before it is answered,
 * as every call is that comes alone, and all are while the log can't be written.
 */
struct calls_owed *gate_owing(struct gate *gate);
/* A call was decided, and is owed or was written. */
void gate_decided(struct gate *gate, bool owed);
/* Writes all that is owed, at the end. */
void gate_settle(struct gate *gate);

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
