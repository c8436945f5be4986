/*
 * The check of columns that are made from others: folded addresses and search texts, and numbers in
 * the form that they are stored in. Row by row, as folding is no matter of SQL.
 */
#include "check.h"

#include <base/utf8.h>
#include <core/directory.h>
#include <core/telephone.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

/*
 * One query, whose rows are looked at one by one; NULL if the row is as it must be, else its
 * key.
 */
struct text_rule {
    const char *finding, *sql;
    const char *(*look)(struct arena *arena, const struct db_statement *row);
    /* what a folded text must be, instead of `look`, and the text's column */
    const char *(*folded)(struct arena *arena, const struct db_statement *row);
    int column;
    int meeting;      /* the column of the meeting that the key names, too; 0: none */
    const char *mend; /* puts a folded text, $1, in the place of another, $2; or takes $1 away */
    bool aliases;     /* a repair writes those anew of the organizer that column 1 names */
};

static const char *look_folded(struct arena *arena, const struct text_rule *rule,
                               const struct db_statement *row)
{
    const char *email = db_string(arena, row, 0);
    if (strcmp(rule->folded(arena, row), db_string(arena, row, rule->column)) == 0)
        return NULL;
    return rule->meeting ? arena_format(arena, "%s of meeting %s", email,
                                        db_string(arena, row, rule->meeting))
                         : email;
}

static const char *fold_address(struct arena *arena, const struct db_statement *row)
{
    return utf8_fold(arena, db_string(arena, row, 0));
}

static const char *fold_organizer(struct arena *arena, const struct db_statement *row)
{
    return utf8_fold(
        arena, arena_format(arena, "%s %s", db_string(arena, row, 1), db_string(arena, row, 0)));
}

static const char *fold_attendee(struct arena *arena, const struct db_statement *row)
{
    return utf8_fold(
        arena, arena_format(arena, "%s %s", db_string(arena, row, 0), db_string(arena, row, 1)));
}

static const char *look_number(struct arena *arena, const struct db_statement *row)
{
    struct error error;
    char parsed[17];
    const char *e164 = db_string(arena, row, 0), *typed = db_string(arena, row, 1);
    error_clear(&error);
    bool sound = number_parse(e164, parsed, &error) == ERR_OK && strcmp(parsed, e164) == 0;
    if (sound && typed[0])
        sound = number_parse(typed, parsed, &error) == ERR_OK && strcmp(parsed, e164) == 0 &&
                strcmp(number_typed(arena, typed), typed) == 0;
    return sound ? NULL : e164;
}

static const char *look_known(struct arena *arena, const struct db_statement *row)
{
    struct error error;
    char parsed[17];
    const char *email = db_string(arena, row, 0), *number = db_string(arena, row, 2);
    error_clear(&error);
    bool sound = !number[0] ||
                 (number_parse(number, parsed, &error) == ERR_OK && strcmp(parsed, number) == 0);
    sound = sound && strcmp(telephone_key(arena, number), db_string(arena, row, 3)) == 0;
    sound = sound && strcmp(fold_address(arena, row), db_string(arena, row, 1)) == 0;
    return sound ? NULL : email;
}

static const char *look_reply(struct arena *arena, const struct db_statement *row)
{
    struct local_time recurrence;
    enum partstat partstat;
    if (local_parse_basic(db_string(arena, row, 1), &recurrence) &&
        partstat_parse(db_string(arena, row, 2), &partstat))
        return NULL;
    return arena_format(arena, "%s of meeting %s", db_string(arena, row, 0),
                        db_string(arena, row, 3));
}

/* The keys by which the organizer is found who has these aliases, each once. */
static struct strings alias_keys(struct arena *arena, const char *aliases)
{
    struct strings written = {0}, keys = {0};
    strings_split(arena, aliases, &written);
    for (size_t i = 0; i < written.count; i++) {
        const char *key = utf8_fold(arena, written.items[i]);
        if (!strings_hold(&keys, key))
            *vector_push(arena, &keys) = key;
    }
    return keys;
}

static const char *look_alias(struct arena *arena, const struct db_statement *row)
{
    struct strings keys = alias_keys(arena, db_string(arena, row, 2));
    const char *key = db_string(arena, row, 3);
    if (strings_hold(&keys, key))
        return NULL;
    return arena_format(arena, "%s of %s", key, db_string(arena, row, 0));
}

/* Whoever is found by no address that is not theirs, which went before, is found by as many. */
static const char *look_aliases(struct arena *arena, const struct db_statement *row)
{
    size_t count = alias_keys(arena, db_string(arena, row, 2)).count;
    return count == (size_t)db_int(row, 3) ? NULL : db_string(arena, row, 0);
}

static const struct text_rule rules[] = {
    {"organizer is not found by the own address: ",
     "SELECT email, email_key FROM organizer WHERE email_key <> 'removed ' || uid",
     .folded = fold_address, 1, .mend = "UPDATE organizer SET email_key = $1 WHERE email_key = $2"},
    {"organizer's search text does not fit name and address: ",
     "SELECT email, name, search FROM organizer", .folded = fold_organizer, 2,
     .mend = "UPDATE organizer SET search = $1 WHERE search = $2 AND email = $3 AND name = $4"},
    {"attendee's search text does not fit name and address: ",
     "SELECT email, name, search, meeting_uid FROM attendee", .folded = fold_attendee, 2, 3,
     .mend = "UPDATE attendee SET search = $1 WHERE search = $2 AND email = $3 AND name = $4"},
    {.finding = "address is no alias of the organizer whom it finds: ",
     "SELECT o.email, o.uid, o.aliases, a.address_key FROM organizer_alias a"
     " JOIN organizer o ON o.uid = a.organizer_uid",
     look_alias,
     .column = 3,
     .mend = "DELETE FROM organizer_alias WHERE address_key = $1"},
    {.finding = "organizer is not found by every alias: ",
     "SELECT o.email, o.uid, o.aliases, (SELECT COUNT(*) FROM organizer_alias a"
     " WHERE a.organizer_uid = o.uid) FROM organizer o WHERE o.aliases <> ''",
     look_aliases,
     .aliases = true},
    {.finding = "dial-in number is none: ", "SELECT e164, typed FROM dial_in_number", look_number},
    {.finding = "attendee is not found by the own address or number: ",
     "SELECT email, email_key, number, number_key FROM attendee_known",
     look_known},
    {.finding = "answer for one occurrence can't be read: ",
     "SELECT email, recurrence, partstat, meeting_uid FROM occurrence_reply",
     look_reply},
};

/* A row that is wrong, kept until the query that found it is over. */
struct text_wrong {
    const char *right, *wrong;
    const char *key, *second; /* columns 0 and 1 */
};

struct texts_wrong VECTOR(struct text_wrong);

/* Told only if it is brought right: two who claim one address are not. */
static enum err aliases_mend(struct check *check, const struct text_rule *rule,
                             const struct text_wrong *one, size_t *lines)
{
    bool done = false;
    struct arena *arena = arena_new();
    enum err err = aliases_renew(arena, check->store, one->second, &done);
    if (done)
        check_say(check, lines, rule->finding, one->key);
    arena_free(arena);
    return err;
}

static enum err texts_mend(struct check *check, const struct text_rule *rule,
                           const struct texts_wrong *wrong, size_t *lines)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < wrong->count && !err; i++) {
        const struct text_wrong *one = &wrong->items[i];
        if (rule->aliases)
            err = aliases_mend(check, rule, one, lines);
        else if (!one->right)
            err = db_run(check->store->db, NULL, rule->mend, DB(one->wrong));
        else if (rule->column == 1)
            err = db_run(check->store->db, NULL, rule->mend, DB(one->right, one->wrong));
        else
            err = db_run(check->store->db, NULL, rule->mend,
                         DB(one->right, one->wrong, one->key, one->second));
    }
    return err;
}

static enum err text_rule_check(struct check *check, const struct text_rule *rule)
{
    struct arena *arena = arena_new(), *kept = arena_new();
    struct texts_wrong wrong = {0};
    struct db_statement *query;
    size_t lines = 0;
    enum err err = db_query(check->store->db, &query, rule->sql, DB_NONE);
    while (db_next(query, &err)) {
        arena_reset(arena);
        const char *key = rule->look ? rule->look(arena, query) : look_folded(arena, rule, query);
        if (key && !(check->repair && rule->aliases))
            check_say(check, &lines, rule->finding, key);
        if (key && check->repair)
            *vector_push(kept, &wrong) =
                (struct text_wrong){rule->folded ? rule->folded(kept, query) : NULL,
                                    db_string(kept, query, rule->column), db_string(kept, query, 0),
                                    db_string(kept, query, 1)};
    }
    if (!err)
        err = texts_mend(check, rule, &wrong, &lines);
    arena_free(kept);
    arena_free(arena);
    return err;
}

enum err check_texts(struct check *check)
{
    enum err err = ERR_OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && !err; i++)
        if (!check->repair || rules[i].mend || rules[i].aliases)
            err = text_rule_check(check, &rules[i]);
    return err;
}

/*
 * --- meetings, page by page
 * -----------------------------------------------------------------------
 */

struct page_row {
    int64_t seq;
    const char *uid, *search;
};

struct page_rows VECTOR(struct page_row);

static enum err page_rows_read(struct arena *arena, struct store *store,
                               const struct check_page *page, struct page_rows *rows)
{
    struct db_statement *query;
    enum err err =
        db_query(store->db, &query,
                 "SELECT seq, uid, search FROM meeting WHERE seq > $1 ORDER BY seq LIMIT $2",
                 DB(page->after, limit_of(page->limit)));
    while (db_next(query, &err))
        *vector_push(arena, rows) = (struct page_row){db_int(query, 0), db_string(arena, query, 1),
                                                      db_string(arena, query, 2)};
    return err;
}

static enum err search_look(struct arena *arena, struct store *store, struct check_page *page,
                            const struct meeting *meeting, const char *search)
{
    struct organizer organizer;
    enum err err = store_organizer_by_uid(arena, store, meeting->organizer_uid, &organizer);
    if (err ||
        strcmp(search, meeting_search_text(arena, meeting, organizer.name, organizer.email)) == 0)
        return err;
    store_finding_add(page->kept, page->repaired ? page->repaired : page->findings,
                      &page->lines_search,
                      "meeting's search text does not fit what it is found by: ", meeting->uid);
    return page->repaired ? meeting_search_renew(arena, store, meeting, &organizer) : ERR_OK;
}

static bool text_sound(const char *text)
{
    return text && utf8_valid(text, strlen(text));
}

static void texts_look(struct check_page *page, const struct meeting *meeting)
{
    bool sound = text_sound(meeting->title) && text_sound(meeting->location) &&
                 text_sound(meeting->notes) && (!meeting->ical || text_sound(meeting->ical));
    for (size_t i = 0; sound && i < meeting->attendees.count; i++)
        sound = text_sound(meeting->attendees.items[i].email) &&
                text_sound(meeting->attendees.items[i].name);
    if (!sound)
        store_finding_add(page->kept, page->findings, &page->lines_text,
                          "meeting's texts are not valid UTF-8: ", meeting->uid);
}

/* A meeting that can't be read is a finding; the others go on. */
static enum err meeting_look(struct arena *arena, struct store *store, struct check_page *page,
                             const struct page_row *row)
{
    struct meeting meeting;
    enum err err = store_meeting_get(arena, store, row->uid, &meeting);
    if (!err)
        err = search_look(arena, store, page, &meeting, row->search);
    if (err == ERR_DAMAGED || err == ERR_NOT_FOUND) {
        store_finding_add(
            page->kept, page->findings, &page->lines_unread, "",
            err == ERR_DAMAGED
                ? store->error->why
                : arena_format(arena, "meeting %s: its organizer is missing", row->uid));
        error_clear(store->error);
        return ERR_OK;
    }
    if (err)
        return err;
    texts_look(page, &meeting);
    *vector_push(arena, &page->meetings) = meeting;
    return ERR_OK;
}

enum err store_check_page(struct arena *arena, struct store *store, struct check_page *page)
{
    struct page_rows rows = {0};
    page->meetings = (struct meetings){0};
    enum err err = page_rows_read(arena, store, page, &rows);
    for (size_t i = 0; i < rows.count && !err; i++)
        err = meeting_look(arena, store, page, &rows.items[i]);
    page->done = err || rows.count < page->limit;
    if (rows.count)
        page->after = rows.items[rows.count - 1].seq;
    return err;
}
