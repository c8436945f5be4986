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
    struct strings *notes; /* what is worth a look and no damage; NULL: nobody asks */
    bool broken; /* then a rule that can't be asked is not a failure: the damage has been told */
    struct check_times times;
    bool repair; /* set: what can be worked out from other rows is written anew; findings name it */
};

enum check_time { CHECK_TIMELESS, CHECK_NOW, CHECK_CLOCK };

/*
 * A rule: a query that gives one text column, the keys of the rows that break it. `mend`, if it is
 * not NULL, brings them all right: what it writes follows from other rows. `time` says which
 * instant is $1 of both.
 */
struct check_rule {
    const char *finding; /* the sentence's beginning; the key follows */
    const char *sql;
    const char *mend;
    enum check_time time;
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
/* Makes the indexes anew that are missing; tables held what only a backup holds. */
enum err check_schema_mend(struct check *check);

/* check_finding.c */
void check_say(struct check *check, size_t *lines, const char *finding, const char *key);

#endif
