#include "effort.h"

#include <sqlite3.h>
#include <stddef.h>

struct effort effort;

static int count(unsigned kind, void *context, void *statement, void *detail)
{
    (void)context;
    (void)detail;
    if (kind == SQLITE_TRACE_ROW)
        effort.rows++;
    else
        effort.steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

/* Runs for each connection that is opened from now on. */
static int watch(sqlite3 *db, char **message, const struct sqlite3_api_routines *routines)
{
    (void)message;
    (void)routines;
    return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE | SQLITE_TRACE_ROW, count, NULL);
}

int effort_watch(void **state)
{
    (void)state;
    /* SQLite asks for a pointer to any function */
    return sqlite3_auto_extension((void (*)(void))watch);
}
