/* The screen tests' fixture. */
#include "screen_support.h"

#include "support/store.h"
#include <console/loop.h>
#include <console/view.h>
#include <ctype.h>
#include <ftw.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *path(struct screen *screen, const char *name)
{
    return arena_format(screen->arena, "%s/%s", screen->folder, name);
}

/* The same numbers in every run (splitmix64), so that IDs are the same. */
static void seeded_fill(void *self, void *bytes, size_t size)
{
    uint64_t *seed = self;
    for (unsigned char *at = bytes; size; size--, at++) {
        uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        *at = (unsigned char)(z >> 56);
    }
}

static const struct invitation_looks looks = {
    .text = invitation_text,
    .html = invitation_html,
    .dial_in_block = invitation_dial_in_block,
    .dial_string = invitation_dial_string,
    .word = invitation_word,
    .language_known = invitation_language_known,
};

int screen_open(void **state)
{
    struct screen *screen = calloc(1, sizeof *screen);
    screen->seed = 2026;
    screen->arena = arena_new();
    assert_true(support_folder(screen->folder));
    setenv("HOME", screen->folder, 1);
    setenv("XDG_STATE_HOME", path(screen, "state"), 1);
    setenv("XDG_CONFIG_HOME", path(screen, "config"), 1);
    setenv("DIALDESK_DB", path(screen, "store.db"), 1);
    setenv("DIALDESK_NOW", "2026-11-23T09:00:00Z", 1);
    setenv("TZ", "UTC", 1);
    setenv("EMAIL", "Ada Lovelace <ada@example.org>", 1);
    unsetenv("DIALDESK_ORGANIZER");
    assert_int_equal(session_start(&screen->session), ERR_OK);
    screen->session.actor = "tester";
    screen->session.random = (struct random){seeded_fill, &screen->seed};
    screen->session.looks = &looks;
    /* nobody is asked about mail unless a test says so, whatever is installed here */
    screen->session.settings.mail_command = "/nonexistent/mailer";
    *state = screen;
    return 0;
}

static int remove_one(const char *name, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info, (void)kind, (void)walk;
    return remove(name);
}

int screen_close(void **state)
{
    struct screen *screen = *state;
    session_end(&screen->session);
    nftw(screen->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(screen->arena);
    free(screen);
    return 0;
}

int screen_open_empty(void **state)
{
    screen_open(state);
    struct screen *screen = *state;
    assert_true(support_store(path(screen, "store.db")));
    assert_int_equal(desk_init(&screen->session, NULL), ERR_OK);
    return 0;
}

static void good(struct screen *screen, enum err err)
{
    if (err != ERR_OK)
        fail_msg("%s: %s", screen->session.error.what, screen->session.error.why);
}

struct organizer screen_ada(struct screen *screen)
{
    struct organizer organizer;
    good(screen,
         desk_organizer_named(&screen->session, screen->arena, "ada@example.org", &organizer));
    return organizer;
}

static struct occurrence schedule(struct screen *screen, struct draft *draft)
{
    struct organizer ada = screen_ada(screen);
    struct scheduled scheduled = {0};
    draft->uid =
        arena_format(screen->arena, "%08d-meet-4ing-8000-00000000abcd", ++screen->meetings);
    good(screen, desk_schedule(&screen->session, screen->arena, &ada, draft, false, &scheduled));
    return scheduled.meeting;
}

struct occurrence screen_meeting(struct screen *screen, const char *title, const char *start,
                                 const char *duration)
{
    struct draft draft = {.title = title, .start = start, .duration = duration};
    return schedule(screen, &draft);
}

static struct occurrence with_attendee(struct screen *screen, const char *title, const char *start)
{
    struct draft draft = {.title = title, .start = start, .duration = "1h", .has_attendees = true};
    *vector_push(screen->arena, &draft.attendees) = "Grace Hopper <grace@example.org>";
    return schedule(screen, &draft);
}

static void directory(struct screen *screen)
{
    struct organizer ada = {.email = "ada@example.org",
                            .name = "Ada Lovelace",
                            .tz = "UTC",
                            .lang = "en",
                            .dial_in = true,
                            .provider = PROVIDER_MICROSOFT,
                            .static_id = "7654321"};
    bool changed;
    struct strings notes = {0};
    struct number number = {
        .e164 = "+4930901820", .city = "Berlin", .country = "DE", .is_default = true};
    *vector_push(screen->arena, &number.langs) = "de";
    good(screen, desk_organizer_put(&screen->session, screen->arena, &ada, &notes));
    good(screen, desk_number_put(&screen->session, screen->arena, &number, &changed));
}

static void cut_over(struct screen *screen)
{
    struct organization organization;
    good(screen, desk_organization(&screen->session, screen->arena, &organization, NULL));
    organization.name = "Example";
    organization.dynamic_since = session_now(&screen->session);
    good(screen, desk_organization_change(&screen->session, &organization));
}

int screen_open_calendar(void **state)
{
    screen_open_empty(state);
    struct screen *screen = *state;
    directory(screen);
    /* before the cut-over: on the static ID, two of them back to back */
    with_attendee(screen, "Budget review", "2026-11-24 09:00");
    with_attendee(screen, "Supplier call", "2026-11-24 10:00");
    screen_meeting(screen, "Team meeting", "2026-11-26 12:30", "30m");
    cut_over(screen);
    screen_meeting(screen, "Helpdesk training", "2026-11-23 14:00", "1h");
    with_attendee(screen, "Roadmap", "2026-11-25 09:00");
    screen_meeting(screen, "全体会議 (all hands)", "2026-11-25 09:30", "1h");
    screen_meeting(screen, "Maintenance", "2026-11-27 23:00", "2h");
    return 0;
}

/* IDs that were drawn differ from run to run: they are brought to 99999999. */
static const char *settle_ids(struct arena *arena, const char *text)
{
    enum { DRAWN = 8 };
    char *out = arena_copy(arena, text);
    for (char *at = out; *at;) {
        size_t n = strspn(at, "0123456789");
        if (n == DRAWN)
            memset(at, '9', n);
        at += n ? n : 1;
    }
    return out;
}

enum err screen_run(struct screen *screen, int cols, int rows, const char *view, const char *keys)
{
    void (*call)(void *, const char *) = screen->script.call;
    void *context = screen->script.context;
    bool ascii = screen->script.term.ascii;
    term_script_open(&screen->script, screen->arena, cols, rows, keys);
    screen->script.call = call;
    screen->script.context = context;
    screen->script.term.ascii = ascii;
    if (screen->impatient)
        screen->script.term.patience_ms = 0;
    enum err err = console_run_on(&screen->session, &screen->script.term, view);
    screen->text = "";
    if (screen->script.canvas)
        screen->text = settle_ids(screen->arena, canvas_dump(screen->arena, screen->script.canvas));
    screen->dumps = settle_ids(screen->arena, screen->script.dumps.bytes);
    return err;
}

static void show(const char *label, const char *text)
{
    print_error("--- %s\n", label);
    while (*text) { /* line by line: one message has a limit */
        int n = (int)strcspn(text, "\n");
        print_error("%.*s\n", n, text);
        text += n + (text[n] == '\n');
    }
}

void screen_has(const struct screen *screen, const char *part)
{
    if (strstr(screen->text, part))
        return;
    show("the screen", screen->text);
    fail_msg("not on it: %s", part);
}

void screen_lacks(const struct screen *screen, const char *part)
{
    if (!strstr(screen->text, part))
        return;
    show("the screen", screen->text);
    fail_msg("on it: %s", part);
}

/* SCREEN_SHOW=1 prints what is there instead of comparing, for whoever writes a test. */
void screen_is(const char *got, const char *wanted)
{
    if (getenv("SCREEN_SHOW") && *getenv("SCREEN_SHOW")) {
        printf("@@@\n%s", got);
        return;
    }
    if (strcmp(got, wanted) == 0)
        return;
    int line = 1;
    for (size_t i = 0; got[i] && got[i] == wanted[i]; i++)
        line += got[i] == '\n';
    show("the screen", got);
    show("wanted", wanted);
    fail_msg("line %d differs", line);
}

struct occurrence screen_found(struct screen *screen, const char *title)
{
    struct found_meetings list = {0};
    struct occurrence whole;
    good(screen, desk_search(&screen->session, screen->arena, title, zone_utc(), 10, &list));
    if (list.count != 1)
        fail_msg("%zu meetings are called %s", list.count, title);
    good(screen, desk_meeting(&screen->session, screen->arena,
                              list.items[0].occurrence.meeting->uid, &whole));
    return whole;
}

void screen_sound(struct screen *screen)
{
    struct strings findings = {0};
    good(screen, desk_check(&screen->session, screen->arena, &findings, NULL));
    if (findings.count)
        fail_msg("%s", findings.items[0]);
}

void screen_sql(const struct screen *screen, const char *sql)
{
    (void)screen;
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(getenv("DIALDESK_DB"), &db), SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, &message);
    if (message)
        fail_msg("%s", message);
    sqlite3_close(db);
}

void screen_add_legacy(const struct screen *screen, int from, int to)
{
    static const char sql[] =
        "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n"
        " WHERE i < %d) SELECT i, printf('o%%02d@example.org', i %% 100) AS who,"
        " 5000000 + 11 * (i %% 100) AS digits, 1795424400 + 86400 + CASE i %% 1000 WHEN 500 THEN"
        " (i - 100) * 7200 + 1800 ELSE i * 7200 END AS at FROM n;"
        "INSERT OR IGNORE INTO organizer SELECT who, who, who, '', 'UTC', 'en', 1, 'microsoft',"
        " NULL, NULL, NULL, NULL, NULL, who, 1, '' FROM n;"
        "INSERT OR IGNORE INTO conference_id SELECT digits, 7, 'static', who, NULL, 'live', 1, 1,"
        " NULL, NULL, NULL, NULL, 0 FROM n;"
        "INSERT INTO history SELECT NULL, 1, 'a', 'id issued', digits, NULL, '' FROM n"
        " GROUP BY digits;"
        "INSERT INTO history SELECT NULL, 1, 'a', 'meeting scheduled', NULL,"
        " printf('legacy-%%06d', i), '' FROM n;"
        "UPDATE organizer SET static_id = (SELECT digits FROM conference_id c WHERE"
        " c.organizer_uid = uid) WHERE uid IN (SELECT who FROM n);"
        "INSERT INTO meeting (uid, organizer_uid, title, location, start_local, tz, duration,"
        " all_day, rdates, exdates, start_at, end_at, span_start, span_end, span_class, status,"
        " conference_id, id_kind, sequence, created, changed, version, search, notes)"
        " SELECT printf('legacy-%%06d', i), who, printf('Legacy %%06d', i), '',"
        " strftime('%%Y%%m%%dT%%H%%M%%S', at, 'unixepoch'), 'UTC', 3600, 0, '', '', at, at + 3600,"
        " at, at + 3600, 0, 'scheduled', digits, 'static', 0, 1, 1, 1,"
        " printf('legacy %%06d %%d %%s a@example.org', i, digits, who), '' FROM n;"
        "INSERT INTO attendee (meeting_uid, position, email, name, search) SELECT "
        "printf('legacy-%%06d', i), 0, 'a@example.org', '',"
        " 'a@example.org' FROM n;"
        "UPDATE id_count SET live = (SELECT COUNT(*) FROM conference_id WHERE length = 7"
        " AND state = 'live') WHERE length = 7;"
        "INSERT INTO meeting_search (meeting_search) VALUES ('rebuild'); ANALYZE";
    screen_sql(screen, arena_format(screen->arena, sql, from, to));
}
