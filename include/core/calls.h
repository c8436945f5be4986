/*
 * What bridges asked and were told: the call log's records, and what in it looks like a misprinted
 * ID or like somebody who is guessing. Pure; any layer above base may use this.
 */
#ifndef CORE_CALLS_H
#define CORE_CALLS_H

#include <base/arena.h>
#include <base/vector.h>
#include <stdbool.h>
#include <stdint.h>

enum call_sign {
    CALL_SIGN_NONE,
    CALL_SIGN_MISPRINT, /* one wrong ID, from many callers within a day */
    CALL_SIGN_PROBING   /* one caller, many wrong IDs within a day */
};

const char *call_sign_name(enum call_sign sign); /* NULL for none, "misprint", "probing" */

/* A call's question and answer. */
struct call {
    int64_t at;
    int64_t seq;             /* when it was written, to tell calls of one second apart */
    const char *digits;      /* as entered, without what cannot stand in an ID */
    const char *number;      /* that was called; "" if not known */
    const char *caller;      /* NULL: withheld */
    const char *who;         /* the attendee who calls from there; NULL: nobody, or several do */
    const char *trunk;       /* "" if not known */
    const char *verdict;     /* admission_verdict_name */
    const char *why;         /* admission_why_name */
    const char *meeting_uid; /* that the caller came for; NULL: none */
    bool wrong;              /* a wrong try */
    enum call_sign sign;
};

struct calls VECTOR(struct call);

enum { CALL_SIGN_LEAST = 5, CALL_KEPT_DAYS = 30 };

/* The caller as people may see them: "withheld", "…3456" or "…3456 ada@example.org". */
char *call_caller(struct arena *arena, const struct call *call);

/*
 * Sets the signs, from all calls of the time that is looked at (and a day before it). Probing goes
 * before a misprint: a caller who tries many IDs meets the misprinted one too.
 */
void calls_judge(struct arena *arena, struct calls *calls);

#endif
