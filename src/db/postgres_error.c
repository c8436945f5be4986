/*
 * PostgreSQL: the words for what can go wrong. What libpq says of an address may quote a password,
 * so it is shown only if a server or the system said it.
 */
#include "postgres.h"

#include <string.h>

static const struct {
    const char *state; /* the beginning of an SQLSTATE */
    enum err err;
    const char *why; /* NULL: the server's own words */
} failures[] = {
    {"40001", ERR_AGAIN, "others changed the same rows at the same time: try again"},
    {"40P01", ERR_AGAIN, "others changed the same rows at the same time: try again"},
    {"25006", ERR_DENIED, "it is read-only"},
    {"42501", ERR_DENIED, NULL},
    {"28", ERR_DENIED, NULL},
    {"23", ERR_CONFLICT, NULL},
    {"22021", ERR_INVALID, "a text is not valid UTF-8"},
    {"53100", ERR_IO, "the server's disk is full, nothing was changed"},
    {"53", ERR_BUSY, NULL},
    {"57", ERR_IO, NULL},
    {"58", ERR_IO, NULL},
    {"XX", ERR_DAMAGED, NULL},
    {"08", ERR_IO, NULL},
    {"", ERR_BUG, NULL},
};

/* A COMMIT that was sent is looked up instead (postgres_commit.c). */
enum err postgres_gone(const struct postgres *db, struct error *error)
{
    return error_set(error, ERR_IO, db->name, "the connection was lost%s",
                     db->writing ? ", and the change was not made: try again" : "");
}

enum err postgres_fail(const struct postgres *db, const PGresult *result, struct error *error)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    size_t i = 0;
    if (!state || PQstatus(db->link) == CONNECTION_BAD)
        return postgres_gone(db, error);
    if (strcmp(state, "55P03") == 0) /* a lock */
        return error_set(error, ERR_BUSY, db->name,
                         "other programs kept it busy for more than %g seconds: try again",
                         db_wait_limit(db->wait) / 1000.0);
    while (strncmp(state, failures[i].state, strlen(failures[i].state)) != 0)
        i++;
    return error_set(error, failures[i].err, db->name, "%s",
                     failures[i].why ? failures[i].why
                     : words         ? words
                                     : state);
}

/*
 * "connection to server at "…", port … failed: FATAL:  …": what stands behind it is the server's
 * or the system's.
 */
enum err postgres_unreached(const struct postgres *db, struct error *error)
{
    static const char failed[] = " failed: ", fatal[] = "FATAL:  ";
    const char *message = PQerrorMessage(db->link), *words = NULL, *at = message;
    while ((at = strstr(at, failed)) != NULL) {
        at += sizeof failed - 1;
        words = at;
    }
    if (!words && strstr(message, "could not translate host name"))
        words = "its host is not known";
    if (!words)
        return error_set(error, ERR_IO, db->name,
                         "can't be reached: check the host, the port and the other parts of its "
                         "address");
    if (strncmp(words, fatal, sizeof fatal - 1) == 0)
        words += sizeof fatal - 1;
    return error_set(error, ERR_IO, db->name, "can't be reached: %.*s", (int)strcspn(words, "\n"),
                     words);
}
