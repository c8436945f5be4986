/* What the files of the store share. Nobody outside src/store/ includes this. */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H

#include <core/directory.h>
#include <core/meeting.h>
#include <core/time.h>
#include <store/store.h>

enum { CLOCKS_APART = 2 * MINUTE }; /* of the machines that use one store */

struct store {
    struct arena *arena; /* as long as the store is open */
    struct db *db;
    struct error *error; /* where every function of the store writes why it failed */
    const char *where;
    int64_t now; /* see store_at */
    /* the highest keys of these tables, in a transaction that has asked for them; else -1 */
    int64_t last_meeting, last_history;
};

/* store.c: the key of the next new row of a table, in a writing transaction. */
enum err meeting_key_next(struct store *store, int64_t *key);
enum err history_key_next(struct store *store, int64_t *key);

/*
 * directory.c: writes anew by which addresses the organizer is found beside the own one; *done:
 * none of them is another organizer's, where that has to be settled by hand.
 */
enum err aliases_renew(struct arena *arena, struct store *store, const char *uid, bool *done);

/* store_migrate.c: brings the schema to the newest number; *made if there was none before. */
enum err store_migrate(struct store *store, enum db_mode mode, bool *made);
/* The newest schema number that this program knows. */
int store_schema_known(void);
/* The store's own number; 0 if it has no schema. Not inside a transaction. */
enum err store_schema_number(struct store *store, int64_t *number);

/*
 * A meeting's row, column by column: its number (as $n in what writes it, and behind m.uid in what
 * reads it), its name, how it is kept (meeting_rows.c has a function of this name for each way),
 * and its member. From this list come the SELECT, INSERT and UPDATE and the code that reads and
 * writes a record. Beside them stand the row's keys, uid and seq, its version, and two columns that
 * follow from the others: span_class and search.
 */
#define MEETING_ROW(X)                                                                             \
    X(1, organizer_uid, shared_string, organizer_uid)                                              \
    X(2, title, string, title)                                                                     \
    X(3, location, string, location)                                                               \
    X(4, start_local, local, start_local)                                                          \
    X(5, tz, shared_string, tz)                                                                    \
    X(6, duration, duration, duration)                                                             \
    X(7, all_day, flag, all_day)                                                                   \
    X(8, rrule, text, rrule)                                                                       \
    X(9, rdates, times, rdates)                                                                    \
    X(10, exdates, times, exdates)                                                                 \
    X(11, start_at, number, start)                                                                 \
    X(12, end_at, number, end)                                                                     \
    X(13, span_start, number, span_start)                                                          \
    X(14, span_end, instant, span_end)                                                             \
    X(15, status, status, status)                                                                  \
    X(16, conference_id, shared, conference_id)                                                    \
    X(17, id_kind, id_kind, id_kind)                                                               \
    X(18, sequence, number, sequence)                                                              \
    X(19, lang, text, lang)                                                                        \
    X(20, created, number, created)                                                                \
    X(21, changed, number, changed)                                                                \
    X(22, notes, string, notes)                                                                    \
    X(23, ical, text, ical)                                                                        \
    X(24, stamp, stamp, stamp)                                                                     \
    X(25, zone_rules, number, zone_rules)                                                          \
    X(26, invited_by, text, invited_by)                                                            \
    X(27, invited_by_name, text, invited_by_name)                                                  \
    X(28, taken_as_own, flag, taken_as_own)                                                        \
    X(29, foreign_number, text, foreign_number)                                                    \
    X(30, foreign_id, text, foreign_id)                                                            \
    X(31, clock_days, clock_days, clock_days)

/* The columns of every query that reads meetings, as meetings_query wants them. */
#define MEETING_COLUMN(n, column, kind, member) " m." #column ","
#define MEETING_COLUMNS " m.uid," MEETING_ROW(MEETING_COLUMN) " m.version, o.email, o.aliases "
/* Queries that are asked for before the first answer is waited for. */
enum { AHEAD = 100 };

/* CROSS JOIN: SQLite then keeps this order of the tables, whatever its statistics say. */
#define MEETING_TABLES " FROM meeting m CROSS JOIN organizer o WHERE o.uid = m.organizer_uid AND "

/*
 * Of a bound query of MEETING_COLUMNS that has one row at most: its meeting, whole but for the
 * attendees, if they are not asked for.
 */
enum err meeting_row_read(struct arena *arena, struct store *store, struct db_statement *statement,
                          bool attendees, struct meeting *out, bool *found);
/* Appends every meeting of a query of MEETING_COLUMNS in the same way. */
enum err meetings_query(struct arena *arena, struct store *store, bool attendees,
                        struct meetings *out, const char *sql, const struct db_value *values);

/* Asks ahead for meetings by a query of MEETING_COLUMNS of a UID; there[i]: there is uids[i]. */
enum err meetings_ahead(struct store *store, const char *sql, const char *const *uids, size_t count,
                        bool *there);

/* A new row with the highest key; a row that must have the record's version, *done if it had. */
enum err meeting_row_insert(struct arena *arena, struct store *store, const struct meeting *meeting,
                            const char *search);
enum err meeting_row_update(struct arena *arena, struct store *store, const struct meeting *meeting,
                            const char *search, bool *done);

/*
 * What the store alone knows of the attendees of a meeting that is written anew, taken over from
 * those that are stored. Who was told of the meeting and is not among them any more is kept as left
 * out, unless the meeting's attendees know it from elsewhere.
 */
enum err attendees_keep(struct arena *arena, struct store *store, struct meeting *meeting);
/* The address was told of the meeting, and is invited no more. */
enum err left_out_add(struct store *store, const char *meeting_uid, const char *email,
                      int64_t sequence, const char *conference_id);

/* zone_rules.c: keeps the rules that a meeting's instants come of, unless they are kept already. */
enum err zone_rules_keep(struct store *store, const struct zone *zone);
/* It will be asked whether they are (db_ahead). */
enum err zone_rules_ahead(struct store *store, const struct zone *zone);

/* What a search finds a meeting by, folded. */
char *meeting_search_text(struct arena *arena, const struct meeting *meeting,
                          const char *organizer_name, const char *organizer_email);

/*
 * Rewrites the text by which searches find a meeting; of all of an organizer's meetings, after a
 * change of name or address.
 */
enum err meeting_search_renew(struct arena *arena, struct store *store,
                              const struct meeting *meeting, const struct organizer *organizer);
enum err meetings_search_renew(struct store *store, const struct organizer *organizer);

/* 0 asks for all: the largest LIMIT. */
int64_t limit_of(size_t limit);

#endif
