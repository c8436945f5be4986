/*
 * A table of people into the directory, in one transaction. Each row is taken whole or not at all:
 * what a refused row wrote is taken back alone.
 */
#include "directory_table.h"

#include <base/hash.h>
#include <base/utf8.h>
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <string.h>

enum { TOLD_MAX = 10000 };

/* Organizers by UID, with the line that named each: a hash table with open places. */
struct seen {
    struct seen_place {
        const char *uid;
        int64_t line;
    } * places;
    size_t count, size; /* size: a power of 2 */
};

struct taking {
    struct session *session;
    struct arena *arena; /* of the report */
    struct arena *row;   /* of one row's records */
    const struct directory_import *how;
    const struct people *people;
    bool by_name;
    struct directory_report *report;
    struct arena *seen_arena;
    struct seen seen;
};

/* --- who was seen --- */

static struct seen_place *seen_find(const struct seen *seen, const char *uid)
{
    size_t at = (size_t)hash_number(uid, strlen(uid));
    for (;; at++) {
        struct seen_place *place = &seen->places[at & (seen->size - 1)];
        if (!place->uid || strcmp(place->uid, uid) == 0)
            return place;
    }
}

static void seen_start(struct taking *taking, size_t most)
{
    size_t size = 16;
    while (size < 2 * most)
        size *= 2;
    arena_reset(taking->seen_arena);
    taking->seen = (struct seen){
        .places = arena_array(taking->seen_arena, size, sizeof(struct seen_place)),
        .size = size,
    };
}

/* --- one row --- */

static void reject(struct taking *taking, const struct person *person, const char *why)
{
    struct directory_report *report = taking->report;
    report->rejected++;
    if (report->errors.count < TOLD_MAX)
        *vector_push(taking->arena, &report->errors) = (struct import_error){
            taking->how->name, person->line, NULL, arena_copy(taking->arena, why)};
}

static void tell_change(struct taking *taking, int64_t line, const char *email, bool added,
                        const char *detail)
{
    if (taking->report->changes.count < TOLD_MAX)
        *vector_push(taking->arena, &taking->report->changes) = (struct directory_change){
            line, arena_copy(taking->arena, email), added, arena_copy(taking->arena, detail)};
}

/* The organizer whom the row's addresses name; *why if they name two. */
static enum err find_by_address(struct taking *taking, const struct person *person,
                                struct organizer *out, bool *found, const char **why)
{
    struct store *store = taking->session->store;
    const char *by = person->fields[PERSON_EMAIL];
    enum err err = store_organizer_find(taking->row, store, by, out, found);
    for (size_t i = 0; !err && i < person->addresses.count; i++) {
        struct organizer other = {0};
        const char *address = person->addresses.items[i];
        bool other_found = false;
        err = store_organizer_find(taking->row, store, address, &other, &other_found);
        if (!err && other_found && *found && strcmp(other.uid, out->uid) != 0)
            *why = arena_format(taking->row,
                                "names two organizers: %s is %s, and %s is %s; give each a row of "
                                "their own",
                                by, out->email, address, other.email);
        if (!err && other_found && !*found) {
            *out = other;
            *found = true;
            by = address;
        }
    }
    return err;
}

/* In a table without addresses the name says who is meant, if one organizer has it. */
static enum err find_by_name(struct taking *taking, const struct person *person,
                             struct organizer *out, bool *found, const char **why)
{
    struct organizers named = {0};
    const char *name = person->fields[PERSON_NAME];
    enum err err = store_organizers_named(taking->row, taking->session->store, name, 2, &named);
    *found = !err && named.count == 1;
    if (*found)
        *out = named.items[0];
    else if (!err)
        *why = arena_format(taking->row,
                            named.count ? "has no address, and more than one organizer is named %s"
                                        : "has no address, and no organizer is named %s",
                            name);
    return err;
}

static struct organizer new_organizer(struct session *session, const struct person *person)
{
    return (struct organizer){
        .email = person->fields[PERSON_EMAIL],
        .name = "",
        .tz = zone_name(session_own_zone(session)),
        .lang = session->settings.lang ? session->settings.lang : "en",
        .dial_in = true,
        .provider = PROVIDER_MICROSOFT,
    };
}

static bool has_address(struct arena *arena, const struct organizer *organizer, const char *address)
{
    const char *folded = utf8_fold(arena, address);
    bool has = strcmp(utf8_fold(arena, organizer->email), folded) == 0;
    for (size_t i = 0; i < organizer->aliases.count; i++)
        has = has || strcmp(utf8_fold(arena, organizer->aliases.items[i]), folded) == 0;
    return has;
}

static void add_alias(struct arena *arena, struct organizer *organizer, const char *address)
{
    if (address && !has_address(arena, organizer, address))
        *vector_push(arena, &organizer->aliases) = address;
}

/* Copied, as it grows: the record that it is compared with has the old list. */
static void put_aliases(struct arena *arena, const struct person *person, struct organizer *out)
{
    struct strings aliases = {0};
    const char *said = person->fields[PERSON_ALIASES];
    for (size_t i = 0; !said && i < out->aliases.count; i++)
        *vector_push(arena, &aliases) = out->aliases.items[i];
    if (said)
        strings_split(arena, said, &aliases);
    out->aliases = aliases;
    add_alias(arena, out, person->fields[PERSON_EMAIL]);
    for (size_t i = 0; i < person->addresses.count; i++)
        add_alias(arena, out, person->addresses.items[i]);
}

/* What the row says; what it does not say stays. */
static void put_fields(struct arena *arena, const struct person *person, struct organizer *out)
{
    const char *const *fields = person->fields;
    const struct {
        enum person_field field;
        const char **text;
    } texts[] = {
        {PERSON_NAME, &out->name},
        {PERSON_TZ, &out->tz},
        {PERSON_LANG, &out->lang},
        {PERSON_STATIC_ID, &out->static_id},
        {PERSON_THIRD_PARTY_NAME, &out->third_party_name},
        {PERSON_THIRD_PARTY_NUMBER, &out->third_party_number},
        {PERSON_THIRD_PARTY_TOLL_FREE, &out->third_party_toll_free},
        {PERSON_THIRD_PARTY_PASSCODE, &out->third_party_passcode},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (fields[texts[i].field])
            *texts[i].text = fields[texts[i].field];
    if (fields[PERSON_DIAL_IN])
        out->dial_in = strcmp(fields[PERSON_DIAL_IN], "on") == 0;
    if (fields[PERSON_PROVIDER])
        provider_parse(fields[PERSON_PROVIDER], &out->provider);
    else if (fields[PERSON_THIRD_PARTY_NUMBER] || fields[PERSON_THIRD_PARTY_TOLL_FREE])
        out->provider = PROVIDER_THIRD_PARTY;
    put_aliases(arena, person, out);
}

static void tell_notes(struct taking *taking, const struct person *person,
                       const struct strings *notes)
{
    struct strings *told = &taking->report->notes;
    for (size_t i = 0; i < notes->count && told->count < TOLD_MAX; i++)
        *vector_push(taking->arena, told) =
            arena_format(taking->arena, "line %lld: %s", (long long)person->line, notes->items[i]);
}

/* Written whole, or taken back and rejected by what is wrong with the row. */
static enum err put_organizer(struct taking *taking, const struct person *person,
                              struct organizer *organizer, bool *put)
{
    struct session *session = taking->session;
    struct strings notes = {0};
    enum err err = store_mark(session->store);
    if (err)
        return err;
    err = desk_organizer_put(session, taking->row, organizer, &notes);
    *put = err == ERR_OK;
    if (*put)
        tell_notes(taking, person, &notes);
    if (!err)
        return store_mark_keep(session->store);
    if (err != ERR_INVALID && err != ERR_REFUSED)
        return err;
    reject(taking, person,
           arena_format(taking->row, "%s: %s", session->error.what, session->error.why));
    error_clear(&session->error);
    return store_mark_back(session->store);
}

static enum err take_known(struct taking *taking, const struct person *person,
                           const struct organizer *before)
{
    struct organizer after = *before;
    struct seen_place *place = seen_find(&taking->seen, before->uid);
    bool put = false;
    if (place->uid) {
        reject(taking, person,
               arena_format(taking->row, "is about %s, whom line %lld has already", before->email,
                            (long long)place->line));
        return ERR_OK;
    }
    *place = (struct seen_place){arena_copy(taking->seen_arena, before->uid), person->line};
    put_fields(taking->row, person, &after);
    const char *changes = organizer_differences(taking->row, before, &after);
    if (!changes[0]) {
        taking->report->unchanged++;
        return ERR_OK;
    }
    enum err err = put_organizer(taking, person, &after, &put);
    if (err || !put)
        return err;
    taking->report->changed++;
    tell_change(taking, person->line, after.email, false, changes);
    return ERR_OK;
}

static enum err take_new(struct taking *taking, const struct person *person)
{
    struct organizer organizer = new_organizer(taking->session, person);
    bool put = false;
    put_fields(taking->row, person, &organizer);
    enum err err = put_organizer(taking, person, &organizer, &put);
    if (err || !put)
        return err;
    *seen_find(&taking->seen, organizer.uid) =
        (struct seen_place){arena_copy(taking->seen_arena, organizer.uid), person->line};
    taking->report->added++;
    tell_change(taking, person->line, organizer.email, true, organizer.name);
    return ERR_OK;
}

static enum err take_row(struct taking *taking, const struct person *person)
{
    struct organizer organizer = {0};
    const char *why = person->why;
    bool found = false;
    enum err err = ERR_OK;
    taking->report->read++;
    if (!why && taking->by_name && !person->fields[PERSON_NAME])
        why = "has neither an address nor a name";
    if (!why && !taking->by_name && !person->fields[PERSON_EMAIL])
        why = "has no address";
    if (!why && taking->by_name)
        err = find_by_name(taking, person, &organizer, &found, &why);
    else if (!why)
        err = find_by_address(taking, person, &organizer, &found, &why);
    if (err)
        return err;
    if (why) {
        reject(taking, person, why);
        return ERR_OK;
    }
    return found ? take_known(taking, person, &organizer) : take_new(taking, person);
}

/* --- the whole --- */

/* Those whom the table does not have: their dial-in is switched off, nothing else. */
static enum err disable_missing(struct taking *taking)
{
    struct organizers all = {0};
    struct arena *arena = arena_new();
    enum err err = store_organizers_list(arena, taking->session->store, 0, &all);
    for (size_t i = 0; !err && i < all.count; i++) {
        struct organizer *organizer = &all.items[i];
        if (!organizer->dial_in || seen_find(&taking->seen, organizer->uid)->uid)
            continue;
        organizer->dial_in = false;
        err = desk_organizer_put(taking->session, arena, organizer, NULL);
        taking->report->disabled++;
        tell_change(taking, 0, organizer->email, false, "dial-in: 'on' -> 'off'");
    }
    arena_free(arena);
    return err;
}

static enum err take_people(struct taking *taking)
{
    seen_start(taking, taking->people->count);
    enum err err = ERR_OK;
    for (size_t i = 0; !err && i < taking->people->count; i++) {
        arena_reset(taking->row);
        err = take_row(taking, &taking->people->items[i]);
    }
    if (!err && taking->how->disable_missing)
        err = disable_missing(taking);
    return err;
}

/* A table that nobody can be found in is a mistake; it must not switch off everybody's dial-in. */
static enum err missing_check(struct session *session, const struct directory_import *how,
                              const struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->items[i].why && how->disable_missing)
            return error_set(&session->error, ERR_REFUSED, "disable-missing",
                             "line %lld: %s; whose row cannot be read would be taken for missing",
                             (long long)people->items[i].line, people->items[i].why);
    if (how->disable_missing && people->count == 0)
        return error_set(&session->error, ERR_REFUSED, "disable-missing",
                         "the table has no rows: nobody would be left");
    return ERR_OK;
}

enum err transfer_directory_import(struct session *session, struct arena *arena,
                                   const struct directory_import *how,
                                   struct directory_report *report)
{
    struct people people = {0};
    struct taking taking = {
        .session = session, .arena = arena, .how = how, .people = &people, .report = report};
    *report = (struct directory_report){.dry_run = how->dry_run};
    enum err err = directory_table_read(session, arena, how, &people, &taking.by_name, report);
    if (err)
        return err;
    err = missing_check(session, how, &people);
    if (err)
        return err;
    const struct directory_report before = *report;
    struct writing writing = {.dry_run = how->dry_run};
    taking.row = arena_new();
    taking.seen_arena = arena_new();
    while (writing_next(session, &writing)) {
        *report = before;
        writing.err = take_people(&taking);
    }
    arena_free(taking.seen_arena);
    arena_free(taking.row);
    return writing.err;
}
