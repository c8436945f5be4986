/*
 * How the HTTP door writes the call log. A call that comes alone is written before it is answered.
 * When many come at once, those behind it are answered first and written together, a moment later;
 * until then their wrong tries are counted here. A log that can't be written is noticed with the
 * next write at the latest, and from then on no call is answered that was not written.
 */
#include "routes.h"
#include <base/clock.h>
#include <desk/transaction.h>

enum {
    PATIENCE = 1000,        /* milliseconds for which a store that is held is waited for, */
    SHORT_PATIENCE = 100,   /* and if it was held just now */
    MANY = 1000,            /* microseconds between two calls: if fewer, there are many */
    GATHERED = 50000,       /* so many microseconds calls are gathered, */
    GATHERED_MAX = 2000,    /* and so many at most, */
    QUIET = 5000,           /* or until none has come for so long */
    SYNCED_EVERY = 1000000, /* microseconds */
    MILLISECOND = 1000
};

/* To wait for the disk takes as long as a hundred answers: that is done once a second. */
static void sync_or_not(struct gate *gate)
{
    int64_t now = microseconds_now();
    bool lax = gate->synced && now - gate->synced < SYNCED_EVERY;
    if (lax != gate->lax)
        store_lax(gate->session->store, lax);
    gate->lax = lax;
}

static void written(struct gate *gate)
{
    gate->written = microseconds_now();
    if (!gate->lax)
        gate->synced = gate->written;
    gate->failed = false;
}

void gate_decided(struct gate *gate, bool owed)
{
    if (!owed)
        written(gate);
    gate->decided = microseconds_now();
}

/* A store that failed is opened anew: its file or its server may be there again. */
static bool mend(struct gate *gate)
{
    struct session *session = gate->session;
    const struct store *before = session->store;
    session->wait.limit = PATIENCE;
    if (gate->ailing && session->store && session_again(session) != ERR_OK)
        return false;
    if (gate->ailing)
        gate->lax = false;
    gate->ailing = false;
    if (session_store(session, DB_WRITE, NULL) != ERR_OK)
        return false;
    if (session->store != before)
        store_bulk(session->store, true); /* what is asked of a large store stays in memory */
    session->wait.limit = gate->failed ? SHORT_PATIENCE : PATIENCE;
    return true;
}

static void settle(struct gate *gate)
{
    if (!mend(gate))
        return;
    sync_or_not(gate);
    enum err err = desk_calls_write(gate->session, &gate->owed.calls);
    gate->failed = err != ERR_OK;
    gate->ailing = err && err != ERR_BUSY;
    if (err)
        return;
    written(gate);
    gate->owed.calls = gate->owed.wrong = (struct calls){0};
    arena_reset(gate->owed.arena);
}

void gate_settle(struct gate *gate)
{
    if (gate->owed.calls.count > 0)
        settle(gate);
}

void gate_ready(struct gate *gate)
{
    if (gate->session->transaction_depth > 0 || !mend(gate) || gate->failed)
        return;
    (void)reading_begin(gate->session); /* without it each question has a snapshot of its own */
}

/* Whoever writes before the answer needs a transaction of its own. */
struct calls_owed *gate_owing(struct gate *gate)
{
    bool many = gate->owed.calls.count > 0 || microseconds_now() - gate->decided < MANY;
    if (many && !gate->failed && gate->owed.calls.count < GATHERED_MAX)
        return &gate->owed;
    if (gate->session->transaction_depth > 0)
        (void)reading_end(gate->session, ERR_OK);
    if (gate->session->store)
        sync_or_not(gate);
    return NULL;
}

int gate_turn(void *context)
{
    struct gate *gate = context;
    if (gate->session->transaction_depth > 0)
        (void)reading_end(gate->session, ERR_OK);
    if (gate->owed.calls.count == 0)
        return -1;
    int64_t due = gate->decided + QUIET, latest = gate->written + GATHERED;
    int64_t left = (due < latest ? due : latest) - microseconds_now();
    if (left > 0 && gate->owed.calls.count < GATHERED_MAX)
        return (int)(left / MILLISECOND + 1);
    settle(gate);
    return gate->owed.calls.count > 0 ? GATHERED / MILLISECOND : -1;
}
