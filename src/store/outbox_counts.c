/*
 * Figures of the outbox by day. Each table is read once, whatever the number of days.
 */
#include "store_private.h"

#include <store/outbox.h>

/* The first day that ends after the instant; their count if none does. */
static size_t day_at(const struct report_days *days, int64_t at)
{
    size_t low = 0, high = days->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (days->items[middle].end > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The day that the instant lies in, or NULL. */
static struct report_day *day_of(const struct report_days *days, int64_t at)
{
    size_t day = day_at(days, at);
    return day < days->count && days->items[day].start <= at ? &days->items[day] : NULL;
}

static void count_message(const struct report_days *days, enum message_state state, int64_t queued,
                          int64_t changed)
{
    struct report_day *day = day_of(days, queued);
    if (day)
        day->counts.of[MESSAGE_QUEUED]++;
    day = state == MESSAGE_QUEUED ? NULL : day_of(days, changed);
    if (day)
        day->counts.of[state]++;
}

static enum err count_messages(struct store *store, const struct report_days *days, int64_t from,
                               int64_t to)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query,
                            "SELECT state, queued, changed, lease FROM outbox"
                            " WHERE (queued >= $1 AND queued < $2)"
                            " OR (changed >= $1 AND changed < $2)",
                            DB(from, to));
    struct arena *arena = arena_new();
    while (db_next(query, &err)) {
        enum message_state state;
        int64_t lease = db_int_or(query, 3, INSTANT_NEVER);
        if (message_state_parse(db_string(arena, query, 0), &state))
            count_message(days, message_state_by_lease(state, lease, store->now), db_int(query, 1),
                          db_int(query, 2));
        arena_reset(arena);
    }
    arena_free(arena);
    return err;
}

static enum err count_conversions(struct store *store, const struct report_days *days, int64_t from,
                                  int64_t to)
{
    struct db_statement *query;
    enum err err = db_query(store->db, &query, "SELECT at FROM id_move WHERE at >= $1 AND at < $2",
                            DB(from, to));
    while (db_next(query, &err)) {
        struct report_day *day = day_of(days, db_int(query, 0));
        if (day)
            day->counts.converted++;
    }
    return err;
}

/* Legacy at the end of the days from `first` to before `last`, which legacy_sum adds up. */
static void count_legacy(const struct report_days *days, size_t first, size_t last)
{
    if (first >= last)
        return;
    days->items[first].counts.legacy++;
    if (last < days->count)
        days->items[last].counts.legacy--;
}

static void legacy_sum(const struct report_days *days)
{
    for (size_t i = 1; i < days->count; i++)
        days->items[i].counts.legacy += days->items[i - 1].counts.legacy;
}

/*
 * A meeting is legacy at an instant after it was made and before it is over; who is converted at
 * that instant or later was on a static ID until then.
 */
static enum err count_meetings(struct store *store, const struct report_days *days)
{
    struct db_statement *query;
    enum err err = db_query(
        store->db, &query,
        "SELECT created, NULL, span_end FROM meeting"
        " WHERE id_kind = 'static' AND status = 'scheduled' AND (span_end > $1 OR span_end IS NULL)"
        " UNION ALL SELECT NULL, v.at, m.span_end FROM id_move v JOIN meeting m"
        " ON m.uid = v.meeting_uid WHERE v.at >= $1 AND (m.span_end > $1 OR m.span_end IS NULL)",
        DB(days->items[0].end));
    while (db_next(query, &err)) {
        int64_t at = db_int_or(query, 1, INSTANT_NEVER), end = db_int_or(query, 2, INSTANT_NEVER);
        size_t first = day_at(days, db_int_or(query, 0, INT64_MIN));
        size_t last = end == INSTANT_NEVER ? days->count : day_at(days, end - 1);
        size_t converted = at == INSTANT_NEVER ? days->count : day_at(days, at);
        count_legacy(days, first, last < converted ? last : converted);
    }
    legacy_sum(days);
    return err;
}

enum err store_outbox_counts(struct store *store, const struct report_days *days)
{
    if (days->count == 0)
        return ERR_OK;
    int64_t from = days->items[0].start, to = days->items[days->count - 1].end;
    for (size_t i = 0; i < days->count; i++)
        days->items[i].counts = (struct message_counts){0};
    enum err err = count_messages(store, days, from, to);
    if (!err)
        err = count_conversions(store, days, from, to);
    return err ? err : count_meetings(store, days);
}
