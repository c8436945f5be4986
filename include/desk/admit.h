/*
 * The bridge's question, and the log of what was asked. door, console and cli call this. Functions
 * that fail have written session->error.
 */
#ifndef DESK_ADMIT_H
#define DESK_ADMIT_H

#include <core/admission.h>
#include <core/calls.h>
#include <desk/session.h>

/* As the bridge gives it, unchecked. NULL or "": not known. */
struct asking {
    const char *digits;
    const char *caller, *number, *trunk;
    int64_t at;
    bool unlogged; /* asked by a program of ours, for no caller: it is not written down */
};

/* Calls that are decided and not in the log yet. */
struct calls_owed {
    struct arena *arena;       /* of all that is in them */
    struct calls calls, wrong; /* wrong: those of the calls that count as wrong tries */
};

/*
 * Decides with one reading of the store and writes the call into the log with one short write; or,
 * if `owed` is not NULL, adds it to those that are owed, whose wrong tries count already. The
 * store must be there (ERR_IO) and writable (ERR_DENIED): an answer that is not counted would let
 * anybody guess for ever. An ID that is not known is an answer, not an error. The meeting and the
 * language of *out live until the session's next reading.
 */
enum err desk_admit(struct session *session, struct arena *arena, const struct asking *asking,
                    struct calls_owed *owed, struct admission *out);
/*
 * From now on what was read of an ID is kept until another process writes the store: for a session
 * that asks often, and itself writes nothing but calls.
 */
void desk_admit_often(struct session *session);
/* Writes the calls that are owed, all or none, in one transaction. The list stays as it is. */
enum err desk_calls_write(struct session *session, const struct calls *calls);

/*
 * Whoever asks for a wrong ID is answered so many milliseconds after the question, whatever was
 * found: the time tells nothing. 0: at once.
 */
int admission_delay(const struct admission *admission);

/* Sleeps until so many milliseconds after `begun`, which milliseconds_now gave. */
void admission_wait(int64_t begun, int milliseconds);

/* A room as admissions name it, found again. */
struct room {
    enum id_kind id_kind;  /* NONE: there is no room of this name */
    const char *digits;    /* of its conference ID; NULL: none */
    const char *organizer; /* the address */
};

/* Of "m-UID" and "o-UID"; a cancelled meeting has no room. */
enum err desk_room(struct session *session, struct arena *arena, const char *name,
                   struct room *out);

/* The longest that anybody waits for us, in seconds. */
enum { ADMISSION_SECONDS = 3 };

/*
 * The call log, the oldest first; digits NULL: all. limit 0: all of the newest 100,000. Signs go by
 * at least the newest 5,000. Callers are named if one attendee alone is known to call from there.
 */
enum err desk_calls(struct session *session, struct arena *arena, int64_t since, const char *digits,
                    size_t limit, struct calls *out);
/* How many callers this meeting admitted, and when the last one (INSTANT_NEVER: none). */
enum err desk_calls_admitted(struct session *session, const char *meeting_uid, size_t *count,
                             int64_t *last);
/* The trunk over which wrong IDs come beyond the limit in the minute before now; NULL: none. */
enum err desk_trunk_probed(struct session *session, struct arena *arena, const char **trunk);

#endif
