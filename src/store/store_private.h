/* What the files of the store share. Nobody outside src/store/ includes this. */
#ifndef STORE_STORE_PRIVATE_H
#define STORE_STORE_PRIVATE_H

#include <core/meeting.h>
#include <store/store.h>

struct store {
    struct arena *arena; /* as long as the store is open */
    struct db *db;
    struct error *error; /* where every function of the store writes why it failed */
    const char *where;
};

/* store_migrate.c: brings the schema to the newest number; *made where there was none before. */
enum err store_migrate(struct store *store, enum db_mode mode, bool *made);
/* The newest schema number that this program knows. */
int store_schema_known(void);
/* The store's own number; 0 where it has no schema. Not inside a transaction. */
enum err store_schema_number(struct store *store, int64_t *number);

/*
 * store_meeting_rows.c: the columns of every query that reads meetings, and how a row becomes a
 * record.
 */
#define MEETING_COLUMNS                                                                            \
    " m.uid, m.organizer_uid, o.email, m.title, m.location, m.start_local, m.tz, m.duration,"      \
    " m.all_day, m.rrule, m.rdates, m.exdates, m.start_at, m.end_at, m.span_start, m.span_end,"    \
    " m.status, m.conference_id, m.id_kind, m.sequence, m.lang, m.created, m.changed, m.version,"  \
    " m.notes, m.ical, m.stamp, m.zone_rules "
/* CROSS JOIN: SQLite then keeps this order of the tables, whatever its statistics say. */
#define MEETING_TABLES " FROM meeting m CROSS JOIN organizer o WHERE o.uid = m.organizer_uid AND "

/* Steps through a bound query of MEETING_COLUMNS and appends every meeting, whole. */
enum err meeting_rows_read(struct arena *arena, struct store *store, struct db_statement *statement,
                           struct meetings *out);

/* zone_rules.c: keeps the rules that a meeting's instants come of, unless they are kept already. */
enum err zone_rules_keep(struct store *store, const struct zone *zone);

/* What a search finds a meeting by, folded. */
char *meeting_search_text(struct arena *arena, const struct meeting *meeting,
                          const char *organizer_name, const char *organizer_email);

/* Rewrites the search texts of an organizer's meetings after a change of name or address. */
enum err meetings_search_renew(struct store *store, const char *organizer_uid);

/* 0 asks for all: the largest LIMIT. */
int64_t limit_of(size_t limit);

#endif
