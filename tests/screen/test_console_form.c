/*
 * The form of a meeting: what its fields take, what stands beside them, and what is saved.
 */
#include "screen_support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void repeats(void **state)
{
    struct screen *screen = *state;
    /* every week (the third choice from "no"), ten times */
    screen_run(screen, 80, 24, "agenda",
               "nWeekly<Tab>2026-11-30<Tab>9:30<Tab><Tab><Tab><Right><Right><Right><Tab><Tab>10 "
               "times<^S>");
    assert_string_equal(screen_found(screen, "Weekly").meeting->rrule, "FREQ=WEEKLY;COUNT=10");
    screen_run(screen, 80, 24, "agenda",
               "nDaily<Tab>2026-11-30<Tab>9:30<Tab><Tab><Tab><Right><Tab>2026-12-04<^S>");
    assert_string_equal(screen_found(screen, "Daily").meeting->rrule,
                        "FREQ=DAILY;UNTIL=20261204T235959Z");
}

/* On a day of a clock change the end is read off the clock, or told by the length if it can't be. */
static void ends_on_a_day_of_a_clock_change(void **state)
{
    static const struct {
        const char *start, *duration, *end;
    } cases[] = {{"2027-03-28 01:30", "1h", "End         03:30"}, /* from 02:00 to 03:00 */
                 {"2027-10-31 02:30", "1h", "End         1h "},   /* ends at the second 02:30 */
                 {"2027-10-31 01:30", "3h", "End         03:30"}, /* back to 02:00 at 03:00 */
                 {"2027-10-31 00:30", "2h30m", "End         2h30m"},
                 {"2027-03-27 12:00", "2d", "End         2d"}};
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct organizer ada = screen_ada(screen);
        struct scheduled made = {0};
        struct draft draft = {.title = arena_format(screen->arena, "Night%zu", i),
                              .start = cases[i].start,
                              .duration = cases[i].duration,
                              .tz = "Europe/Berlin"};
        assert_int_equal(desk_schedule(&screen->session, screen->arena, &ada, &draft, false, &made),
                         ERR_OK);
        screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "/Night%zu<Enter>e", i));
        screen_has(screen, cases[i].end);
    }
}

static void all_day(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nOff-site<Tab>2026-12-01<Tab>all day<Tab>2d<^S>");
    struct occurrence made = screen_found(screen, "Off-site");
    assert_true(made.meeting->all_day);
    assert_int_equal(made.end - made.start, 2 * DAY);
}

static void bad_values_are_told_and_nothing_is_lost(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nKick-off<Tab>2026-13-45<Tab>9:30<Tab>-5<^S>");
    screen_has(screen, "Date: ");
    screen_has(screen, "Title       Kick-off");
    screen_has(screen, "Date       !2026-13-45");
    screen_has(screen, "End        !-5");
    screen_has(screen, "Start       9:30");
    /* a resize loses nothing, mended it is saved */
    screen_run(screen, 80, 24, "agenda",
               "nKick-off<Tab>2026-13-45<Tab>9:30<^S><Size 40x12><^U>2026-11-30<Size 20x5><Size "
               "80x24><^S>");
    screen_found(screen, "Kick-off");
}

/*
 * Beside the field while it is typed, and whole below where there is no room; a good one is told in
 * words.
 */
static void rules_are_checked(void **state)
{
    struct screen *screen = *state;
    const char *to_rule = "nNew<Tab>2026-11-30<Tab>9<Tab>1h<Tab><Tab>b<Tab>";
    screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "%sFREQ=WEAKLY", to_rule));
    screen_has(screen, "Rule       !FREQ=WEAKLY");
    screen_run(screen, 80, 24, "agenda",
               arena_format(screen->arena, "%sFREQ=WEEKLY;BYDAY=MO,WE<Tab>", to_rule));
    screen_has(screen, "It repeats every week on Mon and Wed.");
    static const char *const often[] = {"FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=30",
                                        "FREQ=HOURLY;BYMINUTE=0,30"};
    for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
        screen_run(screen, 80, 24, "agenda",
                   arena_format(screen->arena, "%s%s", to_rule, often[i]));
        screen_has(screen, arena_format(screen->arena, "Rule       !%.20s", often[i]));
        screen_has(screen, "recurs more than 24 times a day");
    }
    screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "%sFREQ=HOURLY", to_rule));
    screen_lacks(screen, "Rule       !");
    screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "%s<^S>", to_rule));
    screen_has(screen, "Rule: write a rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=2TU");
}

/* In 40x12 what a decision hangs on is seen whole, before what can be read later. */
static void an_overlap_is_seen_in_a_small_window(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 40, 12, "agenda", "nBudget<Tab>2026-11-24<Tab>9:15<Tab>30m");
    screen_has(screen, "overlaps with 'Budget review' (Tue\n 24 Nov 2026 09:00 UTC)");
}

/* Where the fields need more rows than there are, they give way to what is wrong, which is read
 * whole. */
static void errors_are_whole_in_a_small_window(void **state)
{
    static const struct {
        const char *typed, *told;
    } cases[] = {
        {"<Tab><Tab><Tab><Tab><Tab><Tab>klingon",
         "Language: no invitation is in this\n language; write en, de, fr …, or\n nothing\n"},
        {"<Tab><Tab><Tab>foo bar@x.de",
         "Attendees: foo bar@x.de: an address\n has no spaces and no control\n characters\n"},
    };
    struct screen *screen = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* a date in the past is told, too */
        screen_run(screen, 40, 12, "agenda",
                   arena_format(screen->arena, "nX<Tab>1.1.2020<Tab>9<Tab>1h%s", cases[i].typed));
        screen_has(screen, cases[i].told);
        screen_run(screen, 40, 12, "agenda",
                   arena_format(screen->arena, "n<Tab>xmas<Tab>25<Tab>1h%s", cases[i].typed));
        screen_has(screen, cases[i].told);
    }
    screen_run(screen, 40, 12, "agenda", "nX<Tab>xmas");
    screen_has(screen, "Date: write a date, as in 2026-11-24,\n 24 nov, 24.11., fri or tomorrow\n");
    screen_lacks(screen, "until");
}

/* A day of the year to come, perhaps meant as this year's, is told until it is changed. */
static void a_day_far_away_stands_out(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 40, 12, "agenda", "nX<Tab>4 nov<Tab>");
    screen_has(screen, "Date: Thu 4 Nov 2027, in 346 days");
    screen_run(screen, 40, 12, "agenda", "nX<Tab>4 dec<Tab>");
    screen_lacks(screen, "Date: ");
}

/* What stands below is of the day that is typed, and not of the one before. */
static void overlaps_follow_the_typed_day(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nX<Tab>2026-11-24<Tab>9<Tab><Tab>");
    screen_has(screen, "overlaps with 'Budget review'");
    screen_run(screen, 80, 24, "agenda", "nX<Tab>2026-11-24<Tab>9<Tab><S-Tab><S-Tab>2026-11-29");
    screen_lacks(screen, "overlaps with");
    screen_run(screen, 80, 24, "agenda", "nX<Tab>2026-11-29<Tab>9<Tab><S-Tab><S-Tab>2026-11-24");
    screen_has(screen, "overlaps with 'Budget review'");
    screen_run(screen, 80, 24, "agenda", "nX<Tab>2026-11-24<Tab>9<Tab><S-Tab><S-Tab>xmas");
    screen_lacks(screen, "overlaps with");
    screen_lacks(screen, "until");
}

/* A meeting that is moved lasts as long as before, unless its end is typed. */
static void the_end_follows_the_start(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "/Team meeting<Enter>e<Tab><Tab>14:00");
    screen_has(screen, "End         30m                         until 14:30 (30m)");
    screen_run(screen, 80, 24, "agenda", "/Team meeting<Enter>e<Tab><Tab>14:00<Tab>15:00");
    screen_has(screen, "End         15:00                       until 15:00 (1h)");
    screen_run(screen, 80, 24, "agenda", "/Team meeting<Enter>e<Tab><Tab>14:00<^U>12:30");
    screen_has(screen, "End         13:00 ");
    screen_run(screen, 80, 24, "agenda", "/Team meeting<Enter>e<Tab><Tab>all day");
    screen_has(screen, "End         1d ");
    screen_run(screen, 80, 24, "agenda", "/Team meeting<Enter>e<Tab><Tab>all day<^U>14<^S>");
    struct occurrence moved = screen_found(screen, "Team meeting");
    assert_int_equal(moved.end - moved.start, 30 * MINUTE);
}

static void zones_complete(void **state)
{
    struct screen *screen = *state;
    const char *to_zone = "nNew<Tab><Tab><Tab><Tab>";
    screen_run(screen, 80, 24, "agenda", arena_format(screen->arena, "%sEurope/Be<Dump>", to_zone));
    assert_non_null(strstr(screen->dumps, "Time zone   Europe/Be"));
    assert_non_null(strstr(screen->dumps, "takes it"));
    screen_has(screen, "Europe/Belfast");
    screen_run(screen, 80, 24, "agenda",
               arena_format(screen->arena, "%sEurope/Be<Tab>",
                            to_zone)); /* it is no zone, so Tab takes it too */
    screen_has(screen, "Time zone   Europe/Belfast");
    screen_run(screen, 80, 24, "agenda",
               arena_format(screen->arena, "%sEuro<Right>Berl<Right><^S>", to_zone));
    screen_has(screen, "Scheduled.");
    screen_has(screen, "Europe/Berlin");
    static const char *const none[] = {"europe/be", "../", "/", "Nowhere/X", "posix"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(zone_rest(screen->arena, none[i]));
    assert_null(zone_rest(screen->arena, ""));
    assert_string_equal(zone_rest(screen->arena, "Europe/Berlin"), "");
}

static void untouched_fields_stay(void **state)
{
    struct screen *screen = *state;
    struct occurrence before = screen_found(screen, "Maintenance");
    screen_run(screen, 80, 24, "agenda", "Ge<Tab><Tab><Tab><Tab><Tab><Tab><Tab>Room 1<^S>");
    struct occurrence after = screen_found(screen, "Maintenance");
    assert_string_equal(after.meeting->location, "Room 1");
    assert_int_equal(after.start, before.start);
    assert_int_equal(after.end, before.end);
    assert_string_equal(after.meeting->tz, before.meeting->tz);
}

/* --- what stands beside a field --- */

static void a_typed_date_is_told_as_a_date(void **state)
{
    struct screen *screen = *state;
    static const struct {
        const char *typed, *told;
    } cases[] = {{"4 dec", "Fri 4 Dec 2026, in 11 days"},
                 {"mon", "Mon 23 Nov 2026, today"},
                 {"tomorrow", "Tue 24 Nov 2026, tomorrow"},
                 {"2026-11-22", "Sun 22 Nov 2026, in the past"},
                 {"2027-11-23", "Tue 23 Nov 2027, in 365 days"},
                 {"2027-11-24", "Wed 24 Nov 2027, more than a year away"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        screen_run(screen, 80, 24, "agenda",
                   arena_format(screen->arena, "nNew<Tab>%s", cases[i].typed));
        screen_has(screen, cases[i].told);
    }
    /* without room beside the field it stands below */
    screen_run(screen, 40, 12, "agenda", "nNew<Tab>4 dec");
    screen_has(screen, "Date: Fri 4 Dec 2026, in 11 days");
    /* a date that could be two is refused with both, whole */
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>12-04<Tab>");
    screen_has(screen, "Date: ");
    screen_has(screen, "2026-12-04");
    screen_has(screen, "2027-04-12");
}

static void start_and_end_are_told(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>today<Tab>8");
    screen_has(screen, "08:00, in the past");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>today<Tab>9");
    screen_lacks(screen, "in the past");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>fri<Tab>930<Tab>45");
    screen_has(screen, "09:30");
    screen_has(screen, "until 10:15 (45m)");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>fri<Tab>22:00<Tab>1am");
    screen_has(screen, "until Sat 28 Nov 2026 01:00 (3h)");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab><Tab><Tab><Tab><Tab><Right><Tab>soon<Tab>");
    screen_has(screen, "Until: write a date, as in 24 dec or 2026-12-24, or how often: 10 times");
    screen_run(screen, 80, 24, "agenda", "nNew<Tab>fri<Tab>9<Tab>8am<^S>");
    screen_has(screen, "Sat 28 Nov 2026 08:00");
}

static void ends_are_checked(void **state)
{
    struct screen *screen = *state;
    static const struct {
        const char *start, *end, *told;
    } cases[] = {{"9", "0m", "the duration must be more than zero"},
                 {"9", "2026-11-26 10:00", "the end lies before the start"},
                 {"9", "later", "write a time such as 10:00, or a length"},
                 {"all day", "90m", "an all-day meeting lasts whole days; write 1d, or the last"},
                 {"all day", "2026-11-26", "the end lies before the start"},
                 {"all day", "someday", "write 1d or 2d, or the last day"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        screen_run(screen, 80, 24, "agenda",
                   arena_format(screen->arena, "nNew<Tab>2026-11-27<Tab>%s<Tab>%s<^S>",
                                cases[i].start, cases[i].end));
        screen_has(screen, "End        !");
        screen_has(screen, arena_format(screen->arena, "End: %s", cases[i].told));
    }
}

static void all_day_from_the_defaults(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", "nOff-site<Tab>2026-12-01<Tab>all day<^S>");
    struct occurrence made = screen_found(screen, "Off-site");
    assert_true(made.meeting->all_day);
    assert_int_equal(made.end - made.start, DAY);
    /* a time again: the hour again */
    screen_run(screen, 80, 24, "agenda", "nBack<Tab>2026-12-01<Tab>all day<Tab><S-Tab>9<Tab><^S>");
    assert_int_equal(screen_found(screen, "Back").end - screen_found(screen, "Back").start, HOUR);
    /* the last day, named */
    screen_run(screen, 80, 24, "agenda", "nLong<Tab>2026-12-01<Tab>all day<Tab>3 dec<^S>");
    assert_int_equal(screen_found(screen, "Long").end - screen_found(screen, "Long").start,
                     3 * DAY);
    /* one that has hours becomes a day */
    screen_run(screen, 80, 24, "agenda", "jjje<Tab><Tab>all day<^S>");
    assert_true(screen_found(screen, "Roadmap").meeting->all_day);
}

/* --- repetition --- */

static const char *to_weekly(struct screen *screen, const char *title, const char *rest)
{
    return arena_format(screen->arena,
                        "n%s<Tab>2026-11-30<Tab>9:30<Tab><Tab><Tab><Right><Right><Right><Tab>%s",
                        title, rest);
}

static void weekdays_are_ticked(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda", to_weekly(screen, "Plain", ""));
    screen_has(screen, "Weekdays    [x] Mon [ ] Tue [ ] Wed [ ] Thu [ ] Fri [ ] Sat [ ] Sun");
    screen_run(screen, 40, 24, "agenda", to_weekly(screen, "Plain", ""));
    screen_has(screen, "Weekdays    xMo Tu We Th Fr Sa Su");
    screen_run(screen, 80, 24, "agenda", to_weekly(screen, "Two", "<Right><Right><Space><^S>"));
    assert_string_equal(screen_found(screen, "Two").meeting->rrule, "FREQ=WEEKLY;BYDAY=MO,WE");
    /* left of the first and right of the last the cursor stays */
    screen_run(screen, 80, 24, "agenda",
               to_weekly(screen, "Ends", "<Left><Right><Space><Left><Left><Right><Space><^S>"));
    assert_string_equal(screen_found(screen, "Ends").meeting->rrule, "FREQ=WEEKLY");
    /* the date's own weekday has to be ticked, and one at least */
    screen_run(screen, 80, 24, "agenda", to_weekly(screen, "None", "<Space><^S>"));
    screen_has(screen, "Weekdays: tick one weekday at least");
    screen_run(screen, 80, 24, "agenda", to_weekly(screen, "Other", "<Space><Right><Space><^S>"));
    screen_has(screen, "Weekdays: the date is a Monday: tick it as well, or change the date");
}

static void a_stored_rule_is_ticked(void **state)
{
    struct screen *screen = *state;
    static const struct {
        const char *rule, *shown;
    } cases[] = {
        {"FREQ=WEEKLY;BYDAY=MO,WE", "[x] Mon [ ] Tue [x] Wed"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "Repeats     every two weeks"},
        {"FREQ=WEEKLY;BYDAY=MO;UNTIL=20270104T235959Z", "Until       2027-01-04"},
        {"FREQ=WEEKLY;COUNT=3", "Until       3 times"},
        {"FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", "Repeats     Monday to Friday"},
        {"FREQ=MONTHLY;BYDAY=5MO", "Rule        FREQ=MONTHLY;BYDAY=5MO"},
        {"FREQ=WEEKLY;INTERVAL=3", "Rule        FREQ=WEEKLY;INTERVAL=3"},
        {"FREQ=DAILY;INTERVAL=2", "Rule        FREQ=DAILY;INTERVAL=2"},
        {"FREQ=WEEKLY;WKST=SU;BYDAY=MO", "Rule        FREQ=WEEKLY;WKST=SU;BYDAY=MO"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft draft = {.title = arena_format(screen->arena, "Series%c", (char)('A' + i)),
                              .start = "2026-11-30 05:00",
                              .duration = "10m",
                              .rrule = cases[i].rule};
        struct organizer ada = screen_ada(screen);
        struct scheduled made = {0};
        assert_int_equal(desk_schedule(&screen->session, screen->arena, &ada, &draft, false, &made),
                         ERR_OK);
        screen_run(screen, 80, 24, "agenda",
                   arena_format(screen->arena, "/Series%c<Enter>ea", (char)('A' + i)));
        screen_has(screen, cases[i].shown);
    }
    /* of ticked weekdays one is taken away; untouched ones move with the date */
    screen_run(screen, 80, 24, "agenda",
               "/SeriesA<Enter>ea<Tab><Tab><Tab><Tab><Tab><Tab><Right><Right><Space><^S>");
    assert_string_equal(screen_found(screen, "SeriesA").meeting->rrule, "FREQ=WEEKLY");
    screen_run(screen, 80, 24, "agenda", "/SeriesB<Enter>ea<Tab>2026-12-01<Dump><^S><^S>");
    screen_has(screen, "Saved.");
    assert_non_null(strstr(screen->dumps, "[x] Mon [x] Tue [ ] Wed"));
    assert_string_equal(screen_found(screen, "SeriesB").meeting->rrule,
                        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,MO");
}

/* --- errors --- */

/* However long a value is, what is wrong with it is told to its end, with the field's name. */
static void errors_are_never_cut(void **state)
{
    struct screen *screen = *state;
    screen_run(screen, 80, 24, "agenda",
               "nNew<Tab><Tab><Tab><Tab>Mars/Olympus_Mons_and_beyond<Tab><Tab>");
    screen_has(screen, "Time zone: ");
    screen_run(screen, 80, 24, "agenda",
               "nNew<Tab>2026-11-30<Tab>9<Tab>1h<Tab><Tab><Tab>somebody without an address at all "
               "but with a very long name<^S>");
    screen_has(screen, "Attendees: somebody without");
    screen_has(screen, "ada@example.org");
}

int main(void)
{
#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, screen_open_calendar, screen_close)
    const struct CMUnitTest tests[] = {
        CASE(ends_on_a_day_of_a_clock_change),
        CASE(repeats),
        CASE(all_day),
        CASE(bad_values_are_told_and_nothing_is_lost),
        CASE(rules_are_checked),
        CASE(an_overlap_is_seen_in_a_small_window),
        CASE(errors_are_whole_in_a_small_window),
        CASE(a_day_far_away_stands_out),
        CASE(overlaps_follow_the_typed_day),
        CASE(the_end_follows_the_start),
        CASE(zones_complete),
        CASE(untouched_fields_stay),
        CASE(a_typed_date_is_told_as_a_date),
        CASE(start_and_end_are_told),
        CASE(ends_are_checked),
        CASE(all_day_from_the_defaults),
        CASE(weekdays_are_ticked),
        CASE(a_stored_rule_is_ticked),
        CASE(errors_are_never_cut),
    };
#undef CASE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
