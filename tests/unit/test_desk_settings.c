/* Settings: the configuration file's lines, what overrides what, zones by name. */
#include "desk/settings.h"
#include "desk_support.h"

#include <base/file.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void lines(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *text;
        const char *where; /* NULL: sound */
        const char *why;
    } cases[] = {
        {"", NULL, NULL},
        {"# a comment\n\n   \t\r\n", NULL, NULL},
        {"db = /tmp/x.db\norganizer=ada@example.org\r\n  tz =  Europe/Berlin  \nlang = de", NULL,
         NULL},
        {"color = never\nview = week\n", NULL, NULL},
        {"large = auto\n", NULL, NULL},
        {"large = never\n", NULL, NULL},
        {"large = off\n", "c:1", "large 'off' is neither auto nor never"},
        {"\ncolour = red\n", "c:2", "colour"},
        {"db =\n", "c:1", "no value"},
        {"db\n", "c:1", "key = value"},
        {"color = red\n", "c:1", "red"},
        {"tz = Mars/Olympus\n", "c:1", "Mars"},
        {"tz = ../../etc/passwd\n", "c:1", "passwd"},
        {"#\n#\norganizer = nobody\n", "c:3", "organizer 'nobody': an address"},
        {"lang = 7\n", "c:1", "7"},
        {"view = \xff\n", "c:1", "UTF-8"},
        {"clock = 13\n", "c:1", "clock '13' is none of 12 and 24"},
        {"date_order = dmy\n", "c:1", "date_order 'dmy' is none of day, month and year"},
        {"\nweek_begins = Mon\n", "c:2", "none of monday, tuesday"},
        {"store_timeout = 1\n", NULL, NULL},
        {"store_timeout = 3600\n", NULL, NULL},
        {"store_timeout = 3601\n", "c:1", "from 1 to 3600"},
        {"store_timeout = 0\n", "c:1", "store_timeout '0'"},
        {"store_timeout = 5s\n", "c:1", "store_timeout '5s'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error_clear(&desk->session.error);
        enum err err = settings_parse(&desk->session, "c", cases[i].text);
        assert_int_equal(err, cases[i].where ? ERR_INVALID : ERR_OK);
        if (!cases[i].where)
            continue;
        assert_string_equal(desk->session.error.what, cases[i].where);
        assert_non_null(strstr(desk->session.error.why, cases[i].why));
    }
    assert_string_equal(desk->session.settings.organizer, "ada@example.org");
    assert_string_equal(desk->session.settings.tz, "Europe/Berlin");
    assert_int_equal(desk->session.settings.color, COLOR_NEVER);
    assert_int_equal(desk->session.wait.limit, 3600000);
    assert_true(desk->session.settings.large_never);
}

static void locales_formats(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        enum date_order order;
        bool half_days;
    } cases[] = {{"%m/%d/%Y", DATE_MONTH_FIRST, false}, {"%d.%m.%Y", DATE_DAY_FIRST, false},
                 {"%Y-%m-%d", DATE_YEAR_FIRST, false},  {"%A %-e %B", DATE_DAY_FIRST, false},
                 {"%Ey/%Om", DATE_YEAR_FIRST, false},   {"%F", DATE_YEAR_FIRST, false},
                 {"%D", DATE_MONTH_FIRST, false},       {"", DATE_DAY_FIRST, false},
                 {"%", DATE_DAY_FIRST, false},          {"%E", DATE_DAY_FIRST, false},
                 {"%r", DATE_DAY_FIRST, true},          {"%I:%M:%S %p", DATE_DAY_FIRST, true},
                 {"%H:%M:%S", DATE_DAY_FIRST, false},   {"%-l.%M", DATE_DAY_FIRST, true},
                 {"%p %H", DATE_DAY_FIRST, true},       {"%%m %d", DATE_DAY_FIRST, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(date_order_of(cases[i].format), cases[i].order);
        assert_int_equal(half_days_of(cases[i].format), cases[i].half_days);
    }
}

/* What is not configured stays as the locale has it, which is C here. */
static void times_are_written_as_configured(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *text;
        struct time_style style;
    } cases[] = {{"", {DATE_DAY_FIRST, false, 0}},
                 {"clock = 12\n", {DATE_DAY_FIRST, true, 0}},
                 {"clock = 24\ndate_order = month\n", {DATE_MONTH_FIRST, false, 0}},
                 {"date_order = year\nweek_begins = sunday\n", {DATE_YEAR_FIRST, false, 6}},
                 {"date_order = day\nweek_begins = monday\n", {DATE_DAY_FIRST, false, 0}}};
    (void)desk;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct session session;
        assert_int_equal(session_start(&session), ERR_OK);
        assert_int_equal(settings_parse(&session, "c", cases[i].text), ERR_OK);
        const struct zone *zone = session_own_zone(&session), *berlin = NULL;
        assert_int_equal(session_zone(&session, "Europe/Berlin", &berlin), ERR_OK);
        assert_memory_equal(zone_style(zone), &cases[i].style, sizeof cases[i].style);
        assert_ptr_equal(zone_style(berlin), zone_style(zone));
        session_end(&session);
    }
}

static void what_overrides_what(void **state)
{
    struct desk *desk = *state;
    struct session other;
    const char *folder = arena_format(desk->arena, "%s/dialdesk", desk->folder);
    struct error error = {0};
    assert_int_equal(file_make_folder(folder, &error), ERR_OK);
    desk_file(desk, "dialdesk/config", "db = /configured.db\norganizer = file@example.org\n");
    assert_int_equal(session_start(&other), ERR_OK);
    assert_string_not_equal(other.settings.db, "/configured.db"); /* DIALDESK_DB */
    assert_string_equal(other.settings.organizer, "file@example.org");
    session_end(&other);
    setenv("DIALDESK_ORGANIZER", "environment@example.org", 1);
    unsetenv("DIALDESK_DB");
    assert_int_equal(session_start(&other), ERR_OK);
    assert_string_equal(other.settings.db, "/configured.db");
    assert_string_equal(other.settings.organizer, "environment@example.org");
    session_end(&other);
    unlink(arena_format(desk->arena, "%s/config", folder));
    rmdir(folder);
}

static void a_wrong_clock(void **state)
{
    struct session other;
    (void)state;
    setenv("DIALDESK_NOW", "yesterday", 1);
    assert_int_equal(session_start(&other), ERR_INVALID);
    session_end(&other);
}

static void zones_by_name(void **state)
{
    struct desk *desk = *state;
    const struct zone *zone = NULL, *same = NULL;
    static const char *const bad[] = {"",       "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC",
                                      "Europe", "zone.tab",    "Europe/Berlin ",  "Europe/Nowhere"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(session_zone(&desk->session, bad[i], &zone), ERR_INVALID);
    assert_ok(desk, session_zone(&desk->session, "Europe/Berlin", &zone));
    assert_string_equal(zone_name(zone), "Europe/Berlin");
    assert_ok(desk, session_zone(&desk->session, "Europe/Berlin", &same));
    assert_ptr_equal(zone, same);
    setenv("TZ", ":America/New_York", 1);
    assert_string_equal(zone_name(session_own_zone(&desk->session)), "America/New_York");
    setenv("TZ", "Nowhere/Land", 1);
    assert_string_equal(zone_name(session_own_zone(&desk->session)), "UTC");
    desk->session.settings.tz = "Asia/Tokyo";
    assert_string_equal(zone_name(session_own_zone(&desk->session)), "Asia/Tokyo");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(lines),
        TEST(locales_formats),
        TEST(times_are_written_as_configured),
        TEST(what_overrides_what),
        TEST(a_wrong_clock),
        TEST(zones_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
