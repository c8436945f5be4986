/* What the files of the check share. Nobody outside src/store/check*.c includes this. */
#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include "store_private.h"

enum { CHECK_LINES_MAX = 20 }; /* of a kind */

/* One check: where its findings go, and whether the engine has found its file or schema damaged. */
struct check {
    struct arena *arena;
    struct store *store;
    struct strings *findings;
    bool broken; /* then a rule that can't be asked is not a failure: the damage has been told */
};

/*
 * A rule: a query without parameters that gives one text column, the keys of the rows that break
 * it.
 */
struct check_rule {
    const char *finding; /* the sentence's beginning; the key follows */
    const char *sql;
};

struct check_rules {
    const struct check_rule *items;
    size_t count;
};

/* check_rules.c: what rows of one store must be, and what the use cases write together. */
struct check_rules check_rules_store(void);
struct check_rules check_rules_history(void);

/* check_ids.c: digits, shapes and slips of all conference IDs. */
enum err check_ids(struct check *check);

/* check_texts.c: folded columns and numbers, which SQL can't tell. */
enum err check_texts(struct check *check);

/* check_schema.c: whether every table and index that the migrations make is there. */
enum err check_schema(struct check *check);

/* check_finding.c */
void check_say(struct check *check, size_t *lines, const char *finding, const char *key);

#endif
