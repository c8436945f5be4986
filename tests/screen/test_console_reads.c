/*
 * No view reads more than it shows: the rows that SQLite gives and the steps that it takes for them
 * stay what they are while the store grows from a few meetings to a hundred thousand. Counted in
 * the engine, from outside of the program; never time.
 */
#include "screen_support.h"
#include "support/effort.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * Rows `from` to `to`: other people's meetings, a year and more from now both ways, one in five on
 * a static ID; every fiftieth one is Ada's. Each has an ID, an attendee and history.
 */
static void grow(const struct screen *screen, int from, int to)
{
    static const char sql[] =
        "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n"
        " WHERE i < %d) SELECT i, 1795424400 + (CASE i %% 2 WHEN 0 THEN -1 ELSE 1 END)"
        " * (500 + i %% 1700) * 86400 AS at, 10000000 + i * 17 AS digits, CASE WHEN i %% 50 = 0 "
        "THEN"
        " (SELECT uid FROM organizer WHERE email_key = 'ada@example.org') ELSE 'g' || (i %% 50) "
        "END AS"
        " who, i %% 50 <> 0 AND i %% 5 = 0 AS legacy, CASE WHEN i %% 50 = 0 THEN 0 ELSE i %% 4 END "
        "AS"
        " class FROM n;"
        "INSERT OR IGNORE INTO organizer SELECT who, who, who, '', 'UTC', 'en', 1, 'microsoft', "
        "NULL,"
        " NULL, NULL, NULL, NULL, who, 1, '' FROM n WHERE i %% 50 <> 0;"
        "INSERT INTO meeting (uid, organizer_uid, title, location, start_local, tz, duration, "
        "all_day,"
        " rdates, exdates, start_at, end_at, span_start, span_end, span_class, status, "
        "conference_id,"
        " id_kind, sequence, created, changed, version, search, notes) SELECT 'grown-' || i, who,"
        " 'Grown', '', strftime('%%Y%%m%%dT%%H%%M%%S', at, 'unixepoch'), 'UTC', 3600, 0, '', '', "
        "at,"
        " at + 3600, at, at + 3600, class, 'scheduled', digits,"
        " CASE legacy WHEN 1 THEN 'static' ELSE 'dynamic' END, 0, 1, 1, 1, 'grown ' || i, '' FROM "
        "n;"
        "INSERT INTO conference_id SELECT digits, 8, CASE legacy WHEN 1 THEN 'static' ELSE "
        "'dynamic'"
        " END, who, CASE legacy WHEN 1 THEN NULL ELSE 'grown-' || i END, 'live', 1, 1, NULL, NULL,"
        " at + 3600, NULL, 0 FROM n;"
        "INSERT INTO history SELECT NULL, at, 'a', 'scheduled', digits, 'grown-' || i, '' FROM n;"
        "INSERT INTO attendee (meeting_uid, position, email, name, search) SELECT 'grown-' || i, "
        "0, 'a@example.org', 'b', 'a b' FROM n;"
        "INSERT INTO meeting_search (meeting_search) VALUES ('rebuild');"
        "ANALYZE";
    screen_sql(screen, arena_format(screen->arena, sql, from, to));
}

/*
 * What a person does, and how many rows that may read at most: a few for each line that is shown,
 * whatever the store holds. With `far` the keys lead to where the store grew: there is more to be
 * shown then.
 */
static const struct task {
    const char *view, *keys, *wanted;
    int64_t most;
    bool far;
} tasks[] = {
    {"day", "", "Helpdesk training", 60, false},
    {"day", "lllll]]]", "", 400, false},
    {"week", "", "!! Budg", 60, false},
    {"week", "]]]tjj", "!! Budg", 300, false},
    {"month", "", "Mon 23", 60, false},
    {"month", "]]][[[", "November 2026", 300, false},
    {"agenda", "", "Roadmap", 100, false},
    {"agenda", "jjjjj<PgDn><PgDn><PgUp><PgUp><PgUp>", "", 20000, true},
    {"agenda", "A", "Roadmap", 300, false},
    {"agenda", "j<Enter>", "Attendees (1)", 150, false},
    {"agenda", "ji", "Budget review", 150, false},
    {"agenda", "jv", "History", 150, false},
    {"agenda", "nTitle<Tab>2026-11-24<Tab>9", "overlaps with", 900, false},
    {"legacy", "", "Legacy \xc2\xb7 3, 2 at risk", 100, false},
    {"legacy", "C", "3 meetings will each get", 150, false},
    {"lookup", "", "Type the digits", 40, false},
    {"lookup", "7654321", "static ID of Ada Lovelace", 900, false},
    {"lookup", "7654320", "one digit wrong", 900, false},
    {"outbox", "", "No message to", 40, false},
    /*
     * of a block of the search's index that is not full yet, up to 63 rows are looked at one by one
     */
    {"agenda", "/<Paste budget>", "!! Budget review", 200, true},
    {"agenda", "/<Paste budget><Enter>", "Attendees", 200, true},
    {"agenda", "/<Paste nothingofthekind>", "Nothing found", 200, true},
};
enum { TASKS = sizeof tasks / sizeof *tasks, STORES = 3 };

static struct effort perform(struct screen *screen, const struct task *task, int cols, int rows)
{
    effort = (struct effort){0};
    assert_int_equal(screen_run(screen, cols, rows, task->view, task->keys), ERR_OK);
    struct effort taken = effort;
    screen_has(screen, task->wanted);
    return taken;
}

static void nothing_grows(void **state)
{
    struct screen *screen = *state;
    static const int sizes[STORES] = {0, 1000, 100000};
    static const int windows[][2] = {{80, 24}, {300, 100}};
    enum { WINDOWS = sizeof windows / sizeof *windows };
    struct effort before[WINDOWS][TASKS];
    for (size_t size = 0; size < STORES; size++) {
        if (size)
            grow(screen, sizes[size - 1] + 1, sizes[size]);
        perform(screen, &tasks[0], 80, 24); /* the schema is read again after ANALYZE */
        for (size_t window = 0; window < WINDOWS; window++)
            for (size_t i = 0; i < TASKS; i++) {
                const struct task *task = &tasks[i];
                struct effort now = perform(screen, task, windows[window][0], windows[window][1]);
                struct effort *first = &before[window][i];
                if (size == 0)
                    *first = now;
                assert_true(now.rows > 0);
                bool grew = now.rows > first->rows + first->rows / 4 ||
                            now.steps > first->steps + first->steps / 4;
                if (getenv("READS_SHOW"))
                    print_message("%-8s %-32s %6d meetings: %lld rows, %lld steps\n", task->view,
                                  task->keys, sizes[size], (long long)now.rows,
                                  (long long)now.steps);
                else if (now.rows > task->most || (grew && !task->far))
                    fail_msg("%s '%s' with %d more meetings: %lld rows, %lld steps; with none %lld "
                             "and %lld",
                             task->view, task->keys, sizes[size], (long long)now.rows,
                             (long long)now.steps, (long long)first->rows, (long long)first->steps);
            }
    }
}

/*
 * So much work at the first of two sizes is what it is at the second: what a list shows does not
 * follow what it holds.
 */
static void pages_do_not_grow(struct screen *screen, const struct task *pages, size_t count,
                              const int sizes[2], void (*add)(const struct screen *, int, int))
{
    struct effort before[16];
    assert_true(count <= 16);
    for (size_t size = 0; size < 2; size++) {
        add(screen, size ? sizes[0] + 1 : 1, sizes[size]);
        perform(screen, &tasks[0], 80, 24); /* the schema is read again after ANALYZE */
        for (size_t i = 0; i < count; i++) {
            struct effort now = perform(screen, &pages[i], 80, 24);
            if (getenv("READS_SHOW"))
                print_message("%-8s %-32s %6d: %lld rows, %lld steps\n", pages[i].view,
                              pages[i].keys, sizes[size], (long long)now.rows,
                              (long long)now.steps);
            else if (now.rows > pages[i].most ||
                     (size && now.steps > before[i].steps + before[i].steps / 4))
                fail_msg("%s '%s' with %d: %lld rows, %lld steps; before %lld", pages[i].view,
                         pages[i].keys, sizes[size], (long long)now.rows, (long long)now.steps,
                         (long long)before[i].steps);
            before[i] = now;
        }
    }
}

static void legacy_is_paged(void **state)
{
    struct screen *screen = *state;
    static const int sizes[2] = {2000, 20000};
    static const struct task pages[] = {
        {"legacy", "", "Legacy \xc2\xb7 3, 2 at risk", 100, false},
        {"legacy", "A", "over 1000, everybody", 1000, false},
        {"legacy", "A<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>", "over 1000", 3000, false},
        {"legacy", "AG", "over 1000", 2000, false},
        {"legacy", "AG<PgUp><PgUp><PgUp><PgUp>", "over 1000", 4000, false},
        {"legacy", "AGg", "over 1000", 3000, false},
        {"legacy", "A   ", "3 marked", 1500, false},
        {"legacy", "A   c", "3 meetings will each get", 1500, false},
    };
    pages_do_not_grow(screen, pages, sizeof pages / sizeof *pages, sizes, screen_add_legacy);
}

/* Reminders of Ada's meetings, an hour after the other, in each state that many may be in. */
static void add_reminders(const struct screen *screen, int from, int to)
{
    static const char sql[] =
        "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO outbox (id, kind, meeting_uid, recipient, old_id, new_id, state, why,"
        " message_id, queued, changed) SELECT i, 'reminder',"
        " (SELECT uid FROM meeting ORDER BY uid LIMIT 1), printf('r%%06d@example.org', i),"
        " '7654321', '93907123', CASE i %% 4 WHEN 0 THEN 'queued' WHEN 1 THEN 'failed' WHEN 2 THEN"
        " 'uncertain' ELSE 'sent' END, '', '<' || i || '@example.org>', 1700000000 + i * 3600,"
        " 1700000000 + i * 3600 FROM n; ANALYZE";
    screen_sql(screen, arena_format(screen->arena, sql, from, to));
}

static void the_outbox_is_paged(void **state)
{
    struct screen *screen = *state;
    static const int sizes[2] = {8000, 80000};
    static const struct task pages[] = {
        {"outbox", "", "r000001@example.org", 500, false},
        {"outbox", "", "over 1000 queued, over 1000 sent", 500, false},
        {"outbox", "<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>", "r0001", 1500, false},
        {"outbox", "G", "@example.org", 1000, false},
        {"outbox", "G<PgUp><PgUp><PgUp><PgUp>", "@example.org", 1500, false},
        {"outbox", "Gg", "r000001@example.org", 1500, false},
    };
    pages_do_not_grow(screen, pages, sizeof pages / sizeof *pages, sizes, add_reminders);
    screen_run(screen, 80, 24, "outbox", "G");
    screen_has(screen, "r080000@example.org");
}

/* Each reminder is met once on the way down, and the way back leads to the first. */
static void the_window_of_reminders_moves(void **state)
{
    struct screen *screen = *state;
    add_reminders(screen, 1, 400);
    struct text keys = text_start(screen->arena);
    for (int i = 0; i < 249; i++)
        text_add(&keys, "j");
    screen_run(screen, 80, 24, "outbox", keys.bytes);
    screen_has(screen, "r000250@example.org, ");
    for (int i = 0; i < 245; i++)
        text_add(&keys, "k");
    screen_run(screen, 80, 24, "outbox", keys.bytes);
    screen_has(screen, "r000005@example.org, ");
    screen_run(screen, 80, 24, "outbox", "Gkk");
    screen_has(screen, "r000398@example.org, ");
    screen_has(screen, "100 queued, 100 sent");
}

/* A turn in which nothing changed asks whether something did, and that is no row of any table. */
static void waiting_reads_nothing(void **state)
{
    struct screen *screen = *state;
    enum { TURNS = 20, MARK_STEPS = 10 };
    struct text script = text_start(screen->arena);
    for (int i = 0; i < TURNS; i++)
        text_add(&script, "<Size 140x40>");
    for (size_t i = 0; i < TASKS; i++) {
        struct task task = tasks[i];
        struct effort once = perform(screen, &task, 140, 40);
        task.keys = arena_format(screen->arena, "%s%s", task.keys, script.bytes);
        struct effort waited = perform(screen, &task, 140, 40);
        /* the mark itself comes as a row */
        if (waited.rows - once.rows > TURNS || waited.steps - once.steps > TURNS * MARK_STEPS)
            fail_msg("%s '%s': %lld rows, %lld steps; with %d turns more %lld and %lld", task.view,
                     tasks[i].keys, (long long)once.rows, (long long)once.steps, TURNS,
                     (long long)waited.rows, (long long)waited.steps);
    }
}

/* Organizers from o000001@example.org on, behind Ada. */
static void add_organizers(const struct screen *screen, int from, int to)
{
    static const char sql[] =
        "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO organizer SELECT 'o' || i, printf('o%%06d@example.org', i),"
        " printf('o%%06d@example.org', i), '', 'UTC', 'en', 1, 'microsoft', NULL, NULL, NULL, NULL,"
        " NULL, printf('o%%06d@example.org', i), 1, '' FROM n; ANALYZE";
    screen_sql(screen, arena_format(screen->arena, sql, from, to));
}

/*
 * The directory and the list of whose calendar it may be read what they show, a screen or two
 * around it, with what these organizers have left on static IDs, whatever stands in the store.
 */
static void organizers_are_paged(void **state)
{
    struct screen *screen = *state;
    setenv("DIALDESK_ORGANIZER", "ada@example.org", 1);
    static const struct task pages[] = {
        {"directory", "", "ada@example.org", 200, false},
        {"directory", "<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>", "o0001", 500, false},
        {"directory", "G", "@example.org", 400, false},
        {"directory", "G<PgUp><PgUp><PgUp><PgUp>", "o", 600, false},
        {"directory", "Gg", "ada@example.org", 600, false},
        {"directory", "<Tab>", "Berlin", 220, false},
        {"directory", "<Tab><Tab>", "Live IDs", 220, false},
        {"agenda", "o", "Whose calendar", 220, false},
        {"agenda", "oo0000<PgDn><PgDn><PgDn><PgDn>", "o0000", 1200, false},
    };
    static const int sizes[2] = {999, 100000};
    pages_do_not_grow(screen, pages, sizeof pages / sizeof *pages, sizes, add_organizers);
    screen_run(screen, 80, 24, "directory", "G");
    screen_has(screen, "o100000@");
    unsetenv("DIALDESK_ORGANIZER");
}

/*
 * Line by line down through three windows and back: nobody is left out, and the way back leads to
 * the first.
 */
static void the_window_of_organizers_moves(void **state)
{
    struct screen *screen = *state;
    add_organizers(screen, 1, 400);
    struct text keys = text_start(screen->arena);
    for (int i = 0; i < 250; i++)
        text_add(&keys, "j");
    screen_run(screen, 80, 24, "directory", arena_format(screen->arena, "%sy", keys.bytes));
    screen_has(screen, "Copied o000250@example.org");
    for (int i = 0; i < 245; i++)
        text_add(&keys, "k");
    screen_run(screen, 80, 24, "directory", arena_format(screen->arena, "%sy", keys.bytes));
    screen_has(screen, "Copied o000005@example.org");
    for (int i = 0; i < 20; i++)
        text_add(&keys, "k");
    screen_run(screen, 80, 24, "directory", arena_format(screen->arena, "%sy", keys.bytes));
    screen_has(screen, "Copied ada@example.org");
    screen_run(screen, 80, 24, "directory", "Gkky");
    screen_has(screen, "Copied o000398@example.org");
    screen_run(screen, 80, 24, "directory", "G<PgUp><PgUp><PgUp><PgUp><PgUp><PgUp>gy");
    screen_has(screen, "Copied ada@example.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_grows, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(waiting_reads_nothing, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(legacy_is_paged, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(the_outbox_is_paged, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(the_window_of_reminders_moves, screen_open_calendar,
                                        screen_close),
        cmocka_unit_test_setup_teardown(organizers_are_paged, screen_open_calendar, screen_close),
        cmocka_unit_test_setup_teardown(the_window_of_organizers_moves, screen_open_calendar,
                                        screen_close),
    };
    return cmocka_run_group_tests_name("reads", tests, effort_watch, NULL);
}
