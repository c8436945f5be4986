/*
 * The check of all conference IDs: their digits, the shapes and the distances of those that were
 * drawn here. What came from elsewhere was taken as it was: if it is near to another, that is a
 * note.
 */
#include "check.h"

#include <core/conference_id.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_BITS_EACH = 16 };

/*
 * An ID as a number with its length above, so that 04711 and 4711 differ; and when it held its
 * place.
 */
struct id_key {
    uint64_t key;
    int64_t issued, until;
    bool drawn;
};

/* Sorted, with a bit for each key's hash: most slips meet nobody, and the bits say so first. */
struct id_keys {
    struct id_key *items;
    size_t count, room;
    uint64_t *bits;
    uint64_t mask;
};

static uint64_t key_of(const char *digits)
{
    uint64_t key = 0;
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++)
        key = key * 10 + (uint64_t)(digits[i] - '0');
    return key | (uint64_t)n << 56;
}

static void key_digits(uint64_t key, char digits[ID_SIZE])
{
    uint64_t value = key & ((UINT64_C(1) << 56) - 1);
    size_t n = key >> 56;
    memset(digits, 0, ID_SIZE);
    for (size_t i = n; i > 0; value /= 10)
        digits[--i] = (char)('0' + value % 10);
}

static int key_compare(const void *left, const void *right)
{
    const struct id_key *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static uint64_t key_hash(const struct id_keys *keys, uint64_t key)
{
    key *= UINT64_C(0x9e3779b97f4a7c15);
    return (key ^ key >> 29) & keys->mask;
}

static void keys_order(struct arena *arena, struct id_keys *keys)
{
    uint64_t bits = 64;
    while (bits < (uint64_t)keys->count * KEY_BITS_EACH)
        bits *= 2;
    keys->mask = bits - 1;
    keys->bits = arena_array(arena, bits / 64, sizeof *keys->bits);
    for (size_t i = 0; i < keys->count; i++) {
        uint64_t at = key_hash(keys, keys->items[i].key);
        keys->bits[at / 64] |= UINT64_C(1) << at % 64;
    }
    items_sort(keys->items, keys->count, sizeof *keys->items, key_compare);
}

static const struct id_key *keys_find(const struct id_keys *keys, const char *digits)
{
    const struct id_key wanted = {.key = key_of(digits)};
    uint64_t at = key_hash(keys, wanted.key);
    if (!(keys->bits[at / 64] >> at % 64 & 1))
        return NULL;
    return bsearch(&wanted, keys->items, keys->count, sizeof wanted, key_compare);
}

/*
 * --- one by one ----------------------------------------------------------------------------------
 */

struct id_lines {
    size_t digits, shape, length, slips, near;
};

/* Whether it can be one at all; what is wrong with its shape if it was drawn here. */
static bool id_say(struct check *check, struct id_lines *lines, const char *digits, bool drawn,
                   bool dynamic)
{
    if (!conference_id_valid(digits)) {
        check_say(check, &lines->digits, "conference ID does not have 4 to 12 digits: ", digits);
        return false;
    }
    if (!drawn)
        return true;
    if (digits[0] == '0' || conference_id_weak(digits))
        check_say(check, &lines->shape, "conference ID has a shape that is never drawn: ", digits);
    if (dynamic && strlen(digits) < ID_DYNAMIC_MIN_DIGITS)
        check_say(check, &lines->length, "dynamic ID is shorter than any that is drawn: ", digits);
    return true;
}

static enum err keys_room(struct arena *arena, struct store *store, struct id_keys *keys)
{
    int64_t count;
    enum err err = db_query_int(store->db, &count, "SELECT COUNT(*) FROM conference_id", DB_NONE);
    keys->room = (size_t)count;
    keys->items = arena_array(arena, keys->room, sizeof *keys->items);
    return err;
}

static enum err keys_read(struct arena *arena, struct check *check, struct id_lines *lines,
                          struct id_keys *keys)
{
    struct arena *row_arena = arena_new();
    struct db_statement *query = NULL;
    enum err err = keys_room(arena, check->store, keys);
    if (!err)
        err = db_query(check->store->db, &query,
                       "SELECT digits, issued, reserved_until, drawn, CASE WHEN kind = 'dynamic'"
                       " THEN 1 ELSE 0 END, CASE WHEN state = 'live' THEN 1 ELSE 0 END"
                       " FROM conference_id",
                       DB_NONE);
    while (db_next(query, &err)) {
        arena_reset(row_arena);
        const char *digits = db_string(row_arena, query, 0);
        bool drawn = db_int(query, 3) == 1, live = db_int(query, 5) == 1;
        bool sound = id_say(check, lines, digits, drawn, db_int(query, 4) == 1);
        if (sound && keys->count < keys->room)
            keys->items[keys->count++] =
                (struct id_key){key_of(digits), db_int(query, 1),
                                live ? INSTANT_NEVER : db_int_or(query, 2, INSTANT_NEVER), drawn};
    }
    arena_free(row_arena);
    return err;
}

/*
 * --- slips
 * ----------------------------------------------------------------------------------------
 */

/*
 * The later one must not have been issued while the earlier one was live or in quarantine. That
 * holds of any two whenever it is looked at, so nothing here asks for the time.
 */
static bool too_near(const struct id_key *a, const struct id_key *b)
{
    const struct id_key *earlier = a->issued <= b->issued ? a : b;
    const struct id_key *later = earlier == a ? b : a;
    return earlier->until > later->issued;
}

/* Every pair is met twice, from either side; it is told once. */
static void slips_say(struct check *check, struct id_lines *lines, const struct id_keys *keys,
                      const struct id_key *one)
{
    char digits[ID_SIZE], slips[ID_SLIPS_MAX][ID_SIZE];
    key_digits(one->key, digits);
    size_t count = conference_id_slips(digits, slips);
    for (size_t i = 0; i < count; i++) {
        const struct id_key *other = keys_find(keys, slips[i]);
        if (!other || other->key <= one->key)
            continue;
        char pair[2 * ID_SIZE + 1];
        stpcpy(stpcpy(stpcpy(pair, digits), " "), slips[i]);
        if (one->drawn && other->drawn && too_near(one, other))
            check_say(check, &lines->slips, "conference IDs are one slip apart: ", pair);
        else if (check->notes && !(one->drawn && other->drawn) && one->until > check->times.now &&
                 other->until > check->times.now)
            store_finding_add(check->arena, check->notes, &lines->near,
                              "conference IDs are one slip apart, one of them taken from "
                              "elsewhere: ",
                              pair);
    }
}

enum err check_ids(struct check *check)
{
    struct arena *arena = arena_new();
    struct id_keys keys = {0};
    struct id_lines lines = {0};
    enum err err = keys_read(arena, check, &lines, &keys);
    if (!err)
        keys_order(arena, &keys);
    for (size_t i = 0; !err && i < keys.count; i++)
        slips_say(check, &lines, &keys, &keys.items[i]);
    arena_free(arena);
    return err;
}
