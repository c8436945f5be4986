/*
 * Makes a big store for the bench: fill FILE MEETINGS [SEED]. The program named by DIALDESK_PROGRAM
 * makes the empty store (so the schema is the program's), then rows go in by SQL, the same for the
 * same seed. Meetings are spread over the 365 days from NOW, so that all their IDs are live: 1 in
 * 20 is a series, 1 in 20 is on its organizer's static ID.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "idset.h"

enum {
    NOW = 1795424400,
    DAY_SECONDS = 86400,
    ORGANIZERS_MAX = 20000,
    QUARANTINE = 365 * DAY_SECONDS
};

struct filler {
    sqlite3 *db;
    int64_t meetings, organizers;
    struct idset ids;
    char (*digits)[ID_SIZE]; /* of each meeting; "" for those on a static ID */
    uint64_t state;
};

struct plan { /* one meeting's figures, made of its number alone */
    int64_t organizer, start, duration, span_end;
    bool series, legacy, quarterly;
    int title[4];
};

static const char *const KINDS[] = {"review",        "planning", "interview", "standup",
                                    "workshop",      "call",     "briefing",  "training",
                                    "retrospective", "handover", "demo",      "sync"};
static const char *const TOPICS[] = {
    "Budget",    "Payroll",  "Harbour", "Turbine",  "Library", "Festival", "Warehouse", "Survey",
    "Timetable", "Catering", "Network", "Printing", "Fleet",   "Archive",  "Garden",    "Safety"};
static const char *const PLACES[] = {"Berlin", "Lagos", "Osaka", "Lima", "Oslo",
                                     "Cairo",  "Quito", "Delhi", "Porto"};

static void must(struct filler *f, int result)
{
    if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW) {
        fprintf(stderr, "fill: %s\n", sqlite3_errmsg(f->db));
        exit(1);
    }
}

static void run(struct filler *f, const char *sql)
{
    must(f, sqlite3_exec(f->db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *prepare(struct filler *f, const char *sql)
{
    sqlite3_stmt *statement;
    must(f, sqlite3_prepare_v2(f->db, sql, -1, &statement, NULL));
    return statement;
}

static void text(sqlite3_stmt *s, int index, const char *value)
{
    if (value)
        sqlite3_bind_text(s, index, value, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(s, index);
}

static void step(struct filler *f, sqlite3_stmt *s)
{
    must(f, sqlite3_step(s));
    sqlite3_reset(s);
}

/* Ascending in the number, so that rows go in at the end of their index. */
static void uid_of(int64_t number, int64_t of, char kind, char out[UID_SIZE])
{
    uint64_t high = (uint64_t)((double)number / (double)(of + 1) * 4294967296.0),
             low = idset_mix((uint64_t)number + 99);
    snprintf(out, UID_SIZE, "%08llx-%04llx-4%03llx-8%03llx-%c%011llx",
             (unsigned long long)high & 0xffffffff, (unsigned long long)(low & 0xffff),
             (unsigned long long)(low >> 16 & 0xfff), (unsigned long long)(low >> 28 & 0xfff), kind,
             (unsigned long long)number & 0xfffffffffff);
}

static void static_id_of(int64_t organizer, char out[ID_SIZE])
{
    snprintf(out, ID_SIZE, "%07u", (unsigned)(organizer % ORGANIZERS_MAX) * 37 + 1000003);
}

static struct plan plan_of(const struct filler *f, int64_t number)
{
    uint64_t state = (uint64_t)number * 7919 + 17;
    struct plan plan = {.organizer = (int64_t)(idset_next(&state) % (uint64_t)f->organizers)};
    int64_t day = (int64_t)(idset_next(&state) % 365), slot = (int64_t)(idset_next(&state) % 40);
    plan.start = NOW - NOW % DAY_SECONDS + (day + 1) * DAY_SECONDS + 8 * 3600 + slot * 900;
    plan.duration = 900 * (1 + (int64_t)(idset_next(&state) % 6));
    plan.series = number % 20 == 7;
    plan.legacy = number % 20 == 13;
    plan.quarterly = number % 500 == 3;
    plan.span_end = plan.start + plan.duration + (plan.series ? 9 * 7 * DAY_SECONDS : 0);
    for (int i = 0; i < 4; i++)
        plan.title[i] = (int)(idset_next(&state) & 0xffff);
    return plan;
}

static void title_of(const struct plan *plan, char *out, size_t size)
{
    snprintf(out, size, "%s%s %s %s %d", plan->quarterly ? "Quarterly " : "",
             TOPICS[plan->title[0] % 16], KINDS[plan->title[1] % 12], PLACES[plan->title[2] % 9],
             plan->title[3] % 1000);
}

static void lower(char *s)
{
    for (; *s; s++)
        *s = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 : *s);
}

static void local_of(int64_t at, char out[32])
{
    int64_t days = at / DAY_SECONDS, rest = at % DAY_SECONDS;
    int64_t z = days + 719468, era = z / 146097, doe = z % 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365,
            doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1,
            month = mp < 10 ? mp + 3 : mp - 9;
    snprintf(out, 32, "%04d%02d%02dT%02d%02d%02d", (int)(yoe + era * 400 + (month <= 2)),
             (int)month, (int)day, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static void make_empty(const char *path)
{
    const char *program = getenv("DIALDESK_PROGRAM");
    pid_t pid = fork();
    if (pid == 0) {
        execl(program ? program : "build/dialdesk", "dialdesk", "--quiet", "--db", path, "init",
              (char *)NULL);
        _exit(127);
    }
    int status = 0;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "fill: 'dialdesk init' made no store at %s\n", path);
        exit(1);
    }
}

static void put_organizers(struct filler *f)
{
    sqlite3_stmt *s = prepare(
        f, "INSERT INTO organizer (uid, email, email_key, name, tz, lang, dial_in, provider, "
           "static_id,"
           " search, version) VALUES (?1, ?2, ?2, ?3, 'UTC', 'en', 1, 'microsoft', ?4, ?5, 1)");
    sqlite3_stmt *id = prepare(
        f, "INSERT INTO conference_id (digits, length, kind, organizer_uid, state, drawn, issued,"
           " near) VALUES (?1, 7, 'static', ?2, 'live', 1, ?3, 0)");
    for (int64_t n = 0; n < f->organizers; n++) {
        char uid[UID_SIZE], email[64], name[64], digits[ID_SIZE], search[160];
        uid_of(n, f->organizers, 'f', uid);
        snprintf(email, sizeof email, "organizer-%lld@example.org", (long long)n);
        snprintf(name, sizeof name, "Organizer %lld", (long long)n);
        static_id_of(n, digits);
        snprintf(search, sizeof search, "organizer %lld %s", (long long)n, email);
        text(s, 1, uid);
        text(s, 2, email);
        text(s, 3, name);
        text(s, 4, digits);
        text(s, 5, search);
        step(f, s);
        text(id, 1, digits);
        text(id, 2, uid);
        sqlite3_bind_int64(id, 3, NOW - 1000 * DAY_SECONDS);
        step(f, id);
    }
    sqlite3_finalize(s);
    sqlite3_finalize(id);
}

static void put_meeting(struct filler *f, sqlite3_stmt *s, int64_t n)
{
    struct plan plan = plan_of(f, n);
    char uid[UID_SIZE], organizer[UID_SIZE], title[128], local[32], digits[ID_SIZE], search[512];
    uid_of(n, f->meetings, 'e', uid);
    uid_of(plan.organizer, f->organizers, 'f', organizer);
    title_of(&plan, title, sizeof title);
    local_of(plan.start, local);
    static_id_of(plan.organizer, digits);
    const char *id = f->digits[n][0] ? f->digits[n] : digits;
    snprintf(search, sizeof search,
             "%s room %d %s organizer %lld organizer-%lld@example.org guest-%d@example.net", title,
             plan.title[2] % 300, id, (long long)plan.organizer, (long long)plan.organizer,
             plan.title[1] % 5000);
    lower(search);
    text(s, 1, uid);
    text(s, 2, organizer);
    text(s, 3, title);
    text(s, 4, local);
    sqlite3_bind_int64(s, 5, plan.duration);
    text(s, 6, plan.series ? "FREQ=WEEKLY;COUNT=10" : NULL);
    sqlite3_bind_int64(s, 7, plan.start);
    sqlite3_bind_int64(s, 8, plan.start + plan.duration);
    sqlite3_bind_int64(s, 9, plan.span_end);
    sqlite3_bind_int64(s, 10, plan.series ? 6 : 0);
    text(s, 11, id);
    text(s, 12, plan.legacy ? "static" : "dynamic");
    sqlite3_bind_int64(s, 13, NOW - DAY_SECONDS);
    text(s, 14, search);
    char room[32];
    snprintf(room, sizeof room, "Room %d", plan.title[2] % 300);
    text(s, 15, room);
    step(f, s);
}

/*
 * Three rows in ten go in when the indexes are there again: into full pages, which part, so that
 * the indexes have the room in them that those of a store in use have, and a later row does not
 * part four pages at once.
 */
static bool is_late(int64_t number)
{
    return number % 10 >= 7;
}

static void put_meetings(struct filler *f, bool late)
{
    sqlite3_stmt *s = prepare(f, "INSERT INTO meeting (uid, organizer_uid, title, location, "
                                 "start_local, tz, duration, all_day, rrule, rdates,"
                                 " exdates, start_at, end_at, span_start, span_end, span_class, "
                                 "status, conference_id, id_kind, sequence, created,"
                                 " changed, version, search, notes) VALUES (?1, ?2, ?3, ?15, ?4, "
                                 "'UTC', ?5, 0, ?6, '', '', ?7, ?8, ?7, ?9, ?10,"
                                 " 'scheduled', ?11, ?12, 0, ?13, ?13, 1, ?14, '')");
    for (int64_t n = 0; n < f->meetings; n++)
        if (is_late(n) == late)
            put_meeting(f, s, n);
    sqlite3_finalize(s);
    s = prepare(f, "INSERT INTO attendee (meeting_uid, position, email, name, search)"
                   " VALUES (?1, ?2, ?3, '', ?3)");
    sqlite3_stmt *h =
        prepare(f, "INSERT INTO history (at, actor, event, conference_id, meeting_uid, detail)"
                   " VALUES (?1, 'bench', 'meeting scheduled', ?2, ?3, '')");
    for (int64_t n = 0; n < f->meetings; n++) {
        struct plan plan = plan_of(f, n);
        char uid[UID_SIZE], email[64];
        if (is_late(n) != late)
            continue;
        uid_of(n, f->meetings, 'e', uid);
        text(s, 1, uid);
        for (int i = 0; i < 2; i++) {
            snprintf(email, sizeof email, "guest-%d@example.net", plan.title[1 - i] % 5000);
            sqlite3_bind_int(s, 2, i);
            text(s, 3, email);
            step(f, s);
        }
        sqlite3_bind_int64(h, 1, NOW - DAY_SECONDS);
        text(h, 2, f->digits[n][0] ? f->digits[n] : NULL);
        text(h, 3, uid);
        step(f, h);
    }
    sqlite3_finalize(s);
    sqlite3_finalize(h);
}

struct owned {
    char digits[ID_SIZE];
    int64_t meeting;
};

static int by_digits(const void *a, const void *b)
{
    return strcmp(((const struct owned *)a)->digits, ((const struct owned *)b)->digits);
}

static void put_ids(struct filler *f, bool late)
{
    struct owned *owned = calloc((size_t)f->meetings, sizeof *owned);
    int64_t count = 0;
    for (int64_t n = 0; owned && n < f->meetings; n++) {
        if (f->digits[n][0] && is_late(n) == late) {
            memcpy(owned[count].digits, f->digits[n], ID_SIZE);
            owned[count++].meeting = n;
        }
    }
    qsort(owned, (size_t)count, sizeof *owned, by_digits);
    sqlite3_stmt *s = prepare(
        f,
        "INSERT INTO conference_id (digits, length, kind, organizer_uid, meeting_uid, state, drawn,"
        " issued, reserved_until, ends, near)"
        " VALUES (?1, ?2, 'dynamic', ?3, ?4, 'live', 1, ?5, ?6, ?7, 0)");
    for (int64_t i = 0; i < count; i++) {
        struct plan plan = plan_of(f, owned[i].meeting);
        char uid[UID_SIZE], organizer[UID_SIZE];
        uid_of(owned[i].meeting, f->meetings, 'e', uid);
        uid_of(plan.organizer, f->organizers, 'f', organizer);
        text(s, 1, owned[i].digits);
        sqlite3_bind_int64(s, 2, (int64_t)strlen(owned[i].digits));
        text(s, 3, organizer);
        text(s, 4, uid);
        sqlite3_bind_int64(s, 5, NOW - DAY_SECONDS);
        sqlite3_bind_int64(s, 6, plan.span_end + QUARANTINE);
        sqlite3_bind_int64(s, 7, plan.span_end);
        step(f, s);
    }
    sqlite3_finalize(s);
    free(owned);
}

static void count_ids(struct filler *f)
{
    run(f, "UPDATE id_count SET live = (SELECT COUNT(*) FROM conference_id c WHERE c.length = "
           "id_count.length AND"
           " c.state = 'live')");
}

/*
 * The engine's own index for searching, where the program made one, reads what stands in the
 * meetings.
 */
static void rebuild_search(struct filler *f)
{
    sqlite3_stmt *s = prepare(f, "SELECT 1 FROM sqlite_master WHERE name = 'meeting_search'");
    if (sqlite3_step(s) == SQLITE_ROW)
        run(f, "INSERT INTO meeting_search (meeting_search) VALUES ('rebuild')");
    sqlite3_finalize(s);
}

/*
 * The named indexes are dropped before and made again after: many times faster than keeping them
 * up.
 */
static char *drop_indexes(struct filler *f)
{
    char *again = sqlite3_mprintf(""), *drops = sqlite3_mprintf("");
    sqlite3_stmt *s =
        prepare(f, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
    while (sqlite3_step(s) == SQLITE_ROW) {
        char *more = sqlite3_mprintf("%s%s;\n", again, sqlite3_column_text(s, 1));
        char *gone = sqlite3_mprintf("%sDROP INDEX \"%w\";\n", drops, sqlite3_column_text(s, 0));
        sqlite3_free(again);
        sqlite3_free(drops);
        again = more;
        drops = gone;
    }
    sqlite3_finalize(s);
    run(f, drops);
    sqlite3_free(drops);
    return again;
}

int main(int argc, char **argv)
{
    struct filler f = {.meetings = argc > 2 ? atoll(argv[2]) : 0};
    if (f.meetings < 1) {
        fprintf(stderr, "usage: fill FILE MEETINGS [SEED]\n");
        return 2;
    }
    f.organizers = f.meetings / 50 < 20 ? 20 : f.meetings / 50;
    if (f.organizers > ORGANIZERS_MAX)
        f.organizers = ORGANIZERS_MAX;
    make_empty(argv[1]);
    f.ids = idset_new(f.meetings, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
    f.digits = calloc((size_t)f.meetings, sizeof *f.digits);
    for (int64_t n = 0; f.digits && n < f.meetings; n++) {
        if (!plan_of(&f, n).legacy)
            idset_draw(&f.ids, f.digits[n]);
    }
    if (sqlite3_open(argv[1], &f.db) != SQLITE_OK)
        return 1;
    run(&f, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; "
            "PRAGMA foreign_keys = OFF");
    char *indexes = drop_indexes(&f);
    run(&f, "BEGIN");
    run(&f, "UPDATE organization SET name = 'Bench', dynamic_since = 1700000000");
    run(&f, "INSERT INTO dial_in_number (e164, toll_free, city, country, langs, is_default)"
            " VALUES ('+4930901820', 0, 'Berlin', 'DE', 'de', 1)");
    put_organizers(&f);
    put_meetings(&f, false);
    put_ids(&f, false);
    run(&f, indexes);
    put_meetings(&f, true);
    put_ids(&f, true);
    count_ids(&f);
    run(&f, "COMMIT");
    rebuild_search(&f);
    run(&f, "PRAGMA optimize; PRAGMA journal_mode = WAL");
    sqlite3_free(indexes);
    sqlite3_close(f.db);
    free(f.ids.slots);
    free(f.digits);
    return 0;
}
