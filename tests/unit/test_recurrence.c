/*
 * The recurrence engine: what is refused, what libical gets wrong, ends in UTC around clock
 * changes, bounds. The breadth of rules is checked against another program's reading
 * (tests/peers/recurrence.py).
 */
#include "support/zones_system.h"

#include <base/vector.h>
#include <core/recurrence.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct seen {
    struct text out; /* "20261124T090000 ..." */
    int count, most;
};

static bool see(void *context, struct local_time at)
{
    struct seen *seen = context;
    if (seen->count)
        text_add(&seen->out, " ");
    text_add(&seen->out, local_format_basic(seen->out.arena, at));
    return ++seen->count < seen->most;
}

static struct local_time moment(const char *s)
{
    struct local_time local;
    assert_true(local_parse_basic(s, &local));
    return local;
}

static const struct local_time beginning = {1, 1, 1, 0, 0, 0},
                               end_of_time = {9999, 12, 31, 23, 59, 59};

static const char *expand(struct arena *arena, const char *rule, const char *start,
                          const struct zone *zone, int most)
{
    struct seen seen = {text_start(arena), 0, most};
    struct error error = {0};
    assert_int_equal(
        recurrence_each(rule, moment(start), zone, beginning, end_of_time, see, &seen, &error),
        ERR_OK);
    return seen.out.bytes;
}

static void test_refused(void **state)
{
    static const struct {
        const char *rule, *why;
    } cases[] = {
        {"", "no FREQ"},
        {"COUNT=3", "no FREQ"},
        {"FREQ=FORTNIGHTLY", "MONTHLY or YEARLY"},
        {"FREQ=DAILY;FREQ=WEEKLY", "twice"},
        {"FREQ=DAILY;COUNT", "NAME=VALUE"},
        {"weekdays", "as in FREQ=DAILY;COUNT=10, FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR or FREQ=MONTHLY"},
        {"FREQ=DAILY;COUNT=", "no value"},
        {"FREQ=DAILY;COUNT=0", "COUNT"},
        {"FREQ=DAILY;COUNT=-1", "COUNT"},
        {"FREQ=DAILY;COUNT=1000001", "COUNT"},
        {"FREQ=DAILY;COUNT=99999999999999999999", "COUNT"},
        {"FREQ=DAILY;COUNT=3;UNTIL=20270101", "both"},
        {"FREQ=DAILY;UNTIL=2027", "UNTIL"},
        {"FREQ=DAILY;UNTIL=20271301", "UNTIL"},
        {"FREQ=DAILY;UNTIL=20270229T000000Z", "UNTIL"},
        {"FREQ=DAILY;INTERVAL=0", "INTERVAL"},
        {"FREQ=DAILY;INTERVAL=70000", "INTERVAL"},
        {"FREQ=DAILY;BYHOUR=24", "0 to 23"},
        {"FREQ=DAILY;BYHOUR=9,", "0 to 23"},
        {"FREQ=DAILY;BYHOUR=,9", "0 to 23"},
        {"FREQ=DAILY;BYHOUR=+9", "0 to 23"},
        {"FREQ=DAILY;BYHOUR=9;BYMINUTE=60", "0 to 59"},
        {"FREQ=DAILY;BYHOUR=9;BYMINUTE=4294967296", "0 to 59"},
        {"FREQ=DAILY;BYSECOND=61", "0 to 60"},
        {"FREQ=DAILY;BYDAY=XX", "weekdays"},
        {"FREQ=DAILY;BYDAY=MO,", "weekdays"},
        {"FREQ=DAILY;BYDAY=MO, TU", "weekdays"},
        {"FREQ=DAILY;BYDAY=MONDAY", "weekdays"},
        {"FREQ=MONTHLY;BYDAY=0MO", "weekdays"},
        {"FREQ=MONTHLY;BYDAY=54MO", "weekdays"},
        {"FREQ=MONTHLY;BYDAY=-", "weekdays"},
        {"FREQ=MONTHLY;BYMONTHDAY=0", "1 to 31"},
        {"FREQ=MONTHLY;BYMONTHDAY=--1", "1 to 31"},
        {"FREQ=MONTHLY;BYMONTHDAY=1-1", "1 to 31"},
        {"FREQ=YEARLY;BYYEARDAY=367", "1 to 366"},
        {"FREQ=YEARLY;BYWEEKNO=-54", "1 to 53"},
        {"FREQ=YEARLY;BYMONTH=-1", "1 to 12"},
        {"FREQ=YEARLY;BYMONTH=5L", "1 to 12"},
        {"FREQ=YEARLY;BYMONTH=1;BYSETPOS=0", "1 to 366"},
        {"FREQ=WEEKLY;WKST=1MO", "WKST"},
        {"FREQ=WEEKLY;WKST=MO,TU", "WKST"},
        {"FREQ=DAILY;BYDAY=1MO", "MONTHLY or YEARLY"},
        {"FREQ=WEEKLY;BYDAY=2TU", "MONTHLY or YEARLY"},
        {"FREQ=WEEKLY;BYMONTHDAY=1", "WEEKLY"},
        {"FREQ=MONTHLY;BYWEEKNO=5", "YEARLY"},
        {"FREQ=MONTHLY;BYYEARDAY=5", "BYYEARDAY"},
        {"FREQ=MONTHLY;BYMONTHDAY=32", "1 to 31"},
        {"RSCALE=CHINESE;FREQ=YEARLY", "not known"},
        {"FREQ=HOURLY;BYSETPOS=1;BYMINUTE=1,2", "BYSETPOS"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        assert_int_equal(recurrence_check(cases[i].rule, &error), ERR_INVALID);
        if (!strstr(error.why, cases[i].why))
            fail_msg("%s: %s", cases[i].rule, error.why);
    }
    char endless[4000];
    memset(endless, 'X', sizeof endless);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(recurrence_check(endless, NULL), ERR_INVALID);
}

static void test_expanded(void **state)
{
    static const struct {
        const char *rule, *start, *wanted;
    } cases[] = {
        {"FREQ=DAILY;COUNT=3", "20261124T090000",
         "20261124T090000 20261125T090000 20261126T090000"},
        {"freq=daily;count=2;", "20261124T090000", "20261124T090000 20261125T090000"},
        {"FREQ=WEEKLY;BYDAY=MO;COUNT=3", "20261124T090000",
         "20261124T090000 20261130T090000 20261207T090000"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;COUNT=4", "20261126T090000",
         "20261126T090000 20261129T090000 20261207T090000 20261213T090000"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=4", "20261126T090000",
         "20261126T090000 20261206T090000 20261207T090000 20261220T090000"},
        {"FREQ=DAILY;BYMONTHDAY=-1;COUNT=3", "20261130T090000",
         "20261130T090000 20261231T090000 20270131T090000"},
        {"FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "20261031T090000",
         "20261031T090000 20261231T090000 20270131T090000"},
        {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "20261130T090000",
         "20261130T090000 20261231T090000"},
        {"FREQ=YEARLY;COUNT=2", "20240229T090000", "20240229T090000 20280229T090000"},
        {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "20261124T090000", "20261124T090000"},
        {"FREQ=YEARLY;BYWEEKNO=52;BYDAY=FR;COUNT=3", "20211215T090000",
         "20211215T090000 20211231T090000 20221230T090000"},
        {"FREQ=YEARLY;BYWEEKNO=1;COUNT=3", "20261229T090000",
         "20261229T090000 20270105T090000 20280104T090000"},
        {"FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3", "20201228T090000",
         "20201228T090000 20261228T090000 20321227T090000"},
        {"FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO,TU;BYSETPOS=-1;COUNT=2", "20261229T090000",
         "20261229T090000 20271228T090000"},
        {"FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0,30;BYSETPOS=1,-1;COUNT=3", "20261124T090000",
         "20261124T090000 20261124T153000 20261125T090000"},
        {"FREQ=HOURLY;INTERVAL=6;BYDAY=TU;COUNT=4", "20261124T090000",
         "20261124T090000 20261124T150000 20261124T210000 20261201T030000"},
        {"FREQ=MINUTELY;INTERVAL=90;COUNT=3", "20261124T230000",
         "20261124T230000 20261125T003000 20261125T020000"},
        {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "20261124T090000", "20261124T090000"},
        {"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "20261124T090000", "20261124T090000"},
        {"FREQ=DAILY;UNTIL=20261126", "20261124T090000",
         "20261124T090000 20261125T090000 20261126T090000"},
        {"FREQ=DAILY;UNTIL=20261125T090000", "20261124T090000", "20261124T090000 20261125T090000"},
        {"FREQ=DAILY;UNTIL=20261125T085959", "20261124T090000", "20261124T090000"},
        {"FREQ=DAILY;UNTIL=20201125", "20261124T090000", "20261124T090000"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(expand(arena, cases[i].rule, cases[i].start, NULL, 50),
                            cases[i].wanted);
    arena_free(arena);
}

/* What each part of a rule does by itself, for the most part after RFC 5545, 3.8.5.3. */
static void test_parts(void **state)
{
    static const struct {
        const char *part, *rule, *start, *wanted; /* days; the time of day is the start's */
    } cases[] = {
        {"BYSETPOS", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904T090000",
         "19970904 19971007 19971106"},
        {"BYSETPOS, from the end", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4",
         "19970929T090000", "19970929 19971030 19971127 19971230"},
        {"BYSETPOS, beyond the set", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5;COUNT=3", "20260330T090000",
         "20260330 20260629 20260831"},
        {"BYSETPOS, several", "FREQ=YEARLY;BYMONTH=1;BYDAY=SU;BYSETPOS=1,-1;COUNT=4",
         "20260104T090000", "20260104 20260125 20270103 20270131"},
        {"BYSETPOS, weekly", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1;COUNT=3", "20261127T090000",
         "20261127 20261204 20261211"},
        {"BYDAY, numbered", "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU", "19970907T090000",
         "19970907 19970928 19971102 19971130"},
        {"BYDAY, from the end", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "19970922T090000",
         "19970922 19971020 19971117 19971222 19980119 19980216"},
        {"BYDAY, the last of a month", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "20261127T090000",
         "20261127 20261225 20270129"},
        {"BYDAY, a fifth that months lack", "FREQ=MONTHLY;BYDAY=5TU;COUNT=3", "20260331T090000",
         "20260331 20260630 20260929"},
        {"BYDAY, from the end of a year", "FREQ=YEARLY;BYDAY=-1SU;COUNT=3", "20261227T090000",
         "20261227 20271226 20281231"},
        {"BYDAY, of a year", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "19970519T090000",
         "19970519 19980518 19990517"},
        {"BYDAY, from the end, in months", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=4",
         "20260329T090000", "20260329 20261025 20270328 20271031"},
        {"BYDAY with BYMONTHDAY", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4", "19980213T090000",
         "19980213 19980313 19981113 19990813"},
        {"BYDAY with BYMONTHDAY, yearly",
         "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
         "19961105T090000", "19961105 20001107 20041102"},
        {"BYWEEKNO", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "19970512T090000",
         "19970512 19980511 19990517"},
        {"BYWEEKNO, the days of all of it", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,SU;COUNT=4",
         "20260511T090000", "20260511 20260517 20270517 20270523"},
        {"BYWEEKNO, in another first day", "FREQ=YEARLY;BYWEEKNO=2;BYDAY=SU;WKST=SU;COUNT=3",
         "20260111T090000", "20260111 20270110 20280109"},
        {"BYYEARDAY", "FREQ=YEARLY;INTERVAL=3;COUNT=6;BYYEARDAY=1,100,200", "19970101T090000",
         "19970101 19970410 19970719 20000101 20000409 20000718"},
        {"BYYEARDAY, the 366th", "FREQ=YEARLY;BYYEARDAY=366;COUNT=2", "20241231T090000",
         "20241231 20281231"},
        {"BYYEARDAY, from the end", "FREQ=YEARLY;BYYEARDAY=-1,-366;COUNT=4", "20261231T090000",
         "20261231 20271231 20280101 20281231"},
        {"WKST=MO", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805T090000",
         "19970805 19970810 19970819 19970824"},
        {"WKST=SU", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805T090000",
         "19970805 19970817 19970819 19970831"},
        {"COUNT, of days that differ", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "20070115T090000",
         "20070115 20070130 20070215 20070315 20070330"},
        {"COUNT, its start not of the rule", "FREQ=WEEKLY;BYDAY=FR;COUNT=3", "20261124T090000",
         "20261124 20261127 20261204"},
        {"UNTIL, a date, its day included", "FREQ=DAILY;UNTIL=20261126", "20261124T233000",
         "20261124 20261125 20261126"},
        {"UNTIL, before the start", "FREQ=DAILY;UNTIL=20261123T090000", "20261124T090000",
         "20261124"},
        {"29 February, yearly", "FREQ=YEARLY;COUNT=3", "20960229T090000",
         "20960229 21040229 21080229"},
        {"29 February, monthly", "FREQ=MONTHLY;BYMONTHDAY=29;COUNT=4", "20270129T090000",
         "20270129 20270329 20270429 20270529"},
        {"29 February, every second year", "FREQ=YEARLY;INTERVAL=2;COUNT=2", "20280229T090000",
         "20280229 20320229"},
        {"29 February, as the last day", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=3",
         "20270228T090000", "20270228 20280229 20290228"},
        {"29 February, daily", "FREQ=DAILY;COUNT=3", "20280228T090000",
         "20280228 20280229 20280301"},
        {"the 31st", "FREQ=MONTHLY;COUNT=4", "20260131T090000",
         "20260131 20260331 20260531 20260731"},
        {"the 31st, every second month", "FREQ=MONTHLY;INTERVAL=2;COUNT=3", "20260131T090000",
         "20260131 20260331 20260531"},
        {"the 31st, from the end", "FREQ=MONTHLY;BYMONTHDAY=-31;COUNT=3", "20260101T090000",
         "20260101 20260301 20260501"},
        {"the 31st, daily", "FREQ=DAILY;BYMONTHDAY=31;COUNT=3", "20260131T090000",
         "20260131 20260331 20260531"},
        {"INTERVAL, over a year's end", "FREQ=WEEKLY;INTERVAL=3;COUNT=3", "20261215T090000",
         "20261215 20270105 20270126"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *all = expand(arena, cases[i].rule, cases[i].start, NULL, 50);
        struct text days = text_start(arena);
        for (const char *at = all; *at; at += strcspn(at, " "), at += *at == ' ') {
            assert_memory_equal(at + 8, cases[i].start + 8, 7); /* the time of day stays */
            text_addf(&days, "%s%.8s", at > all ? " " : "", at);
        }
        if (strcmp(days.bytes, cases[i].wanted) != 0)
            fail_msg("%s: %s", cases[i].part, days.bytes);
    }
    arena_free(arena);
}

/*
 * UNTIL in UTC names the last occurrence's instant: it is in, whichever side of a clock change it
 * is on.
 */
static void test_until_utc(void **state)
{
    static const struct {
        const char *rule, *start, *last;
    } cases[] = {
        {"FREQ=DAILY;UNTIL=20261126T080000Z", "20261124T090000", "20261126T090000"},
        {"FREQ=DAILY;UNTIL=20261126T075959Z", "20261124T090000", "20261125T090000"},
        {"FREQ=DAILY;UNTIL=20261026T080000Z", "20261020T090000", "20261026T090000"},
        {"FREQ=DAILY;UNTIL=20260330T070000Z", "20260320T090000", "20260330T090000"},
        {"FREQ=DAILY;UNTIL=20260329T013000Z", "20260320T023000",
         "20260329T023000"}, /* in the gap */
        {"FREQ=DAILY;UNTIL=20261025T003000Z", "20261020T023000",
         "20261025T023000"}, /* of two, the first */
        {"FREQ=DAILY;UNTIL=20261025T010000Z", "20261020T023000", "20261025T023000"},
        {"FREQ=DAILY;UNTIL=20261025T002959Z", "20261020T023000", "20261024T023000"},
    };
    struct zones_system *zones = zones_system_start();
    struct arena *arena = arena_new();
    const struct zone *berlin = zones_system_zone(zones, "Europe/Berlin");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *all = expand(arena, cases[i].rule, cases[i].start, berlin, 50);
        assert_string_equal(all + strlen(all) - 15, cases[i].last);
        struct local_time last;
        bool open;
        assert_int_equal(
            recurrence_last(cases[i].rule, moment(cases[i].start), berlin, &last, &open, NULL),
            ERR_OK);
        assert_false(open);
        assert_int_equal(local_compare(last, moment(cases[i].last)), 0);
    }
    arena_free(arena);
    zones_system_end(zones);
}

static void test_windows(void **state)
{
    static const struct {
        const char *rule, *start, *from, *to, *wanted;
    } cases[] = {
        {"FREQ=DAILY", "19700101T090000", "20261124T000000", "20261125T235959",
         "20261124T090000 20261125T090000"},
        {"FREQ=DAILY;INTERVAL=3", "20261101T090000", "20261106T090000", "20261107T090000",
         "20261107T090000"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "20070517T223000", "20261101T000000", "20261130T000000",
         "20261108T223000 20261122T223000"},
        {"FREQ=SECONDLY", "19700101T000000", "20261124T090000", "20261124T090002",
         "20261124T090000 20261124T090001 20261124T090002"},
        {"FREQ=DAILY;COUNT=5", "20261101T090000", "20261105T090000", "20261130T090000",
         "20261105T090000"},
        {"FREQ=DAILY", "20261124T090000", "20261101T000000", "20261124T085959", ""},
        {"FREQ=DAILY", "20261124T090000", "20261101T000000", "20261124T090000", "20261124T090000"},
        /* the last whole year is the last one that any rule reaches */
        {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "99960514T090000", "99980101T000000",
         "99991231T235959", "99980511T090000"},
        {"FREQ=YEARLY", "99960514T090000", "99980101T000000", "99991231T235959", "99980514T090000"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen = {text_start(arena), 0, 50};
        assert_int_equal(recurrence_each(cases[i].rule, moment(cases[i].start), NULL,
                                         moment(cases[i].from), moment(cases[i].to), see, &seen,
                                         NULL),
                         ERR_OK);
        assert_string_equal(seen.out.bytes, cases[i].wanted);
    }
    arena_free(arena);
}

static void test_last(void **state)
{
    static const struct {
        const char *rule, *start, *last; /* NULL: open-ended */
    } cases[] = {
        {"FREQ=DAILY", "20261124T090000", NULL},
        {"FREQ=DAILY;UNTIL=99991231T235959Z", "20261124T090000", NULL},
        {"FREQ=DAILY;COUNT=1", "20261124T090000", "20261124T090000"},
        {"FREQ=DAILY;COUNT=1000", "20261124T090000", "20290819T090000"},
        {"FREQ=SECONDLY;UNTIL=20361124T090000", "20261124T090000", "20361124T090000"},
        {"FREQ=SECONDLY;BYMONTH=3;BYMONTHDAY=1;BYHOUR=0;BYMINUTE=0;BYSECOND=0;UNTIL="
         "20361124T090000",
         "20261124T090000", "20360301T000000"},
        {"FREQ=YEARLY;UNTIL=21001231", "20240229T090000", "20960229T090000"},
        {"FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231", "20261124T090000", "20261225T090000"},
        {"FREQ=WEEKLY;UNTIL=20200101", "20261124T090000", "20261124T090000"},
        {"FREQ=DAILY;COUNT=146098", "20261124T090000", "24261124T090000"}, /* 400 years */
        {"FREQ=DAILY;COUNT=146099", "20261124T090000", NULL},
        {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "20261124T090000", "20261124T090000"},
        /* the last one is far before UNTIL, by weeks, months, years and numbers of weeks */
        {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;UNTIL=30710101", "20261124T090000",
         "30640229T090000"},
        {"FREQ=MONTHLY;INTERVAL=120;UNTIL=40000101", "20240131T090000", "39940131T090000"},
        {"FREQ=YEARLY;UNTIL=40010101", "20240229T090000", "40000229T090000"},
        {"FREQ=YEARLY;BYWEEKNO=53;UNTIL=40000101", "20261124T090000", "39981229T090000"},
        {"FREQ=YEARLY;INTERVAL=999;BYMONTHDAY=1;BYMONTH=1;UNTIL=90000101", "20260101T090000",
         "80200101T090000"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct local_time last;
        bool open;
        assert_int_equal(
            recurrence_last(cases[i].rule, moment(cases[i].start), NULL, &last, &open, NULL),
            ERR_OK);
        if (open != (cases[i].last == NULL))
            fail_msg("%s: %s", cases[i].rule, open ? "open" : "not open");
        if (cases[i].last && local_compare(last, moment(cases[i].last)) != 0)
            fail_msg("%s: the last is in %d", cases[i].rule, last.year);
    }
}

static int64_t steps;
int __real_local_compare(struct local_time a, struct local_time b);
int __wrap_local_compare(struct local_time a, struct local_time b);

int __wrap_local_compare(struct local_time a, struct local_time b)
{
    steps++;
    return __real_local_compare(a, b);
}

/* What a rule costs follows what it finds in the calendar's cycle, not how far away its end is. */
static void test_bounded(void **state)
{
    enum { STEPS_MAX = 1000000 };
    static const char *const rules[] = {
        "FREQ=WEEKLY;BYSETPOS=3;BYDAY=SU,MO;UNTIL=90000101",
        "FREQ=WEEKLY;BYSETPOS=3;BYDAY=SU,MO;COUNT=5",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=2;COUNT=1000000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=90000101",
        "FREQ=DAILY;BYMONTH=1;BYMONTHDAY=31;BYDAY=MO;COUNT=1000000",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=6;UNTIL=90000101",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=90000101",
        "FREQ=YEARLY;BYWEEKNO=1,2,3,4,5;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=90000101",
        "FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;UNTIL=90000101",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1;UNTIL=90000101",
        "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0;COUNT=10000",
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct seen seen = {text_start(arena), 0, 72};
        struct local_time last, start = moment("20240229T090000");
        bool open;
        steps = 0;
        assert_int_equal(recurrence_last(rules[i], start, NULL, &last, &open, NULL), ERR_OK);
        assert_int_equal(
            recurrence_each(rules[i], start, NULL, start, end_of_time, see, &seen, NULL), ERR_OK);
        if (steps > STEPS_MAX)
            fail_msg("%s: %lld steps", rules[i], (long long)steps);
        print_message("%s: %lld steps\n", rules[i], (long long)steps);
    }
    arena_free(arena);
}

static void test_described(void **state)
{
    static const struct {
        const char *rule, *wanted;
    } cases[] = {
        {"FREQ=DAILY", "every day"},
        {"FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270312T080000Z",
         "every week on Mon and Wed until 12 Mar 2027"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,FR;COUNT=10",
         "every 2 weeks on Mon, Tue and Fri, 10 times"},
        {"FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri"},
        {"FREQ=MONTHLY;BYMONTHDAY=1,22,-1", "every month on the 1st, the 22nd and the last day"},
        {"FREQ=MONTHLY;BYDAY=2TU", "every month on the 2nd Tue"},
        {"FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=13;COUNT=1", "every year on the 13th in Nov, 1 time"},
        {"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"},
        {"nonsense", "nonsense"},
        {"", ""},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(recurrence_describe(arena, cases[i].rule), cases[i].wanted);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused), cmocka_unit_test(test_expanded),
        cmocka_unit_test(test_parts),   cmocka_unit_test(test_until_utc),
        cmocka_unit_test(test_windows), cmocka_unit_test(test_last),
        cmocka_unit_test(test_bounded), cmocka_unit_test(test_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
