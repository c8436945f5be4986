/*
 * What callers are told, in every language: each has every sentence with every placeholder, names
 * nothing before the caller check, and stays one line whatever the store holds.
 */
#include "show_support.h"

#include <base/embedded.h>
#include <base/utf8.h>
#include <setjmp.h>
#include <show/print.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NOW = 1800000000, EARLY = 900 }; /* Fri 15 Jan 2027 08:00 UTC */

struct scene {
    struct organizer organizer;
    struct meeting meeting;
    struct id_record record;
    struct lookup lookup;
};

static void scene_set(struct arena *arena, struct scene *scene, int64_t start)
{
    *scene = (struct scene){
        .organizer = {.email = "ada@example.com", .name = "Ada Lovelace", .dial_in = true},
        .meeting = {.uid = "u", .title = "Budget", .organizer = "ada@example.com"},
        .record = {.digits = "93907123", .kind = ID_KIND_DYNAMIC, .retired_at = INSTANT_NEVER},
        .lookup = {.conference_id = "93907123", .kind = ID_KIND_DYNAMIC, .at = NOW},
    };
    scene->organizer.provider = PROVIDER_MICROSOFT;
    scene->lookup.zone = zone_utc();
    scene->lookup.organizer = &scene->organizer;
    scene->lookup.record = &scene->record;
    *vector_push(arena, &scene->lookup.meetings) = (struct occurrence){
        .meeting = &scene->meeting, .title = "Budget", .start = start, .end = start + HOUR};
    lookup_judge(&scene->lookup, EARLY);
}

static const char *say(struct arena *arena, int64_t start, const char *lang)
{
    struct scene scene;
    scene_set(arena, &scene, start);
    lookup_put_into_words(arena, &scene.lookup, lang);
    return scene.lookup.say;
}

static void times_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        int64_t start;
        const char *lang, *words;
    } told[] = {
        {NOW + 2 * HOUR, "en", "callers are let in today at 9:45 am UTC,"},
        {NOW + 5 * HOUR, "en", "today at 12:45 pm UTC,"},
        {NOW + 4 * HOUR + 15 * MINUTE, "en", "today at 12 noon "},
        {NOW + 16 * HOUR + 16 * MINUTE, "en", "tomorrow at 12:01 am UTC,"},
        {NOW + 2 * DAY + 15 * MINUTE, "en", "on Sunday, 17 January at 8 am UTC,"},
        {NOW - 15 * DAY, "en", "is over"},
        {NOW + 365 * DAY + 15 * MINUTE, "en", "on Saturday, 15 January 2028 at 8 am UTC,"},
        {NOW + 2 * DAY + 20 * MINUTE, "de", "beginnt am Sonntag, dem 17. Januar, um 8 Uhr 5 "},
        {NOW + 2 * DAY + 15 * MINUTE, "fr", "ouvre le dimanche 17 janvier à 8 h "},
        {NOW + 17 * DAY + 15 * MINUTE, "fr", "le lundi 1er février à 8 h "},
        {NOW + 18 * DAY + 15 * MINUTE, "fr", "le mardi 2 février à 8 h "},
        {NOW + 17 * DAY + 15 * MINUTE, "it", "lunedì 1º febbraio "},
        {NOW + 2 * DAY + 8 * HOUR, "ja", "1月17日日曜日の午後3時45分"},
        {NOW + 4 * HOUR + 15 * MINUTE, "ja", "本日の午後0時"},
        {NOW + 2 * DAY + 8 * HOUR, "zh", "1月17日星期日下午3点45分"},
        {NOW + 2 * DAY + 8 * HOUR, "ru", "в\u00a0воскресенье, 17 января, в 15:45"},
        {NOW + 16 * HOUR + 15 * MINUTE, "en", "tomorrow at 12 midnight UTC,"},
        {NOW + 17 * HOUR + 15 * MINUTE, "es", "mañana a la 1:00 (hora UTC)"},
        {NOW + 17 * HOUR + 20 * MINUTE, "es", "mañana a la 1:05 "},
        {NOW + 5 * HOUR + 15 * MINUTE, "es", "hoy a las 13:00 "},
        {NOW + 18 * HOUR + 15 * MINUTE, "es", "mañana a las 2:00 "},
        {NOW + 17 * HOUR + 15 * MINUTE, "pt", "amanhã à 1h (hora UTC)"},
        {NOW + 41 * HOUR + 20 * MINUTE, "pt", "domingo, 17 de janeiro, à 1h05 "},
        {NOW + 18 * HOUR + 15 * MINUTE, "pt", "amanhã às 2h "},
        {NOW + 17 * HOUR + 15 * MINUTE, "it", "domani alle ore 1:00 (ora UTC)"},
        {NOW + 17 * HOUR + 15 * MINUTE, "de", "morgen um 1 Uhr UTC"},
        {NOW + 16 * HOUR + 45 * MINUTE, "zh", "明天凌晨0点30分（UTC 时间）"},
        {NOW + 4 * HOUR + 15 * MINUTE, "zh", "今天中午12点（"},
        {NOW + 4 * HOUR + 45 * MINUTE, "zh", "今天中午12点30分（"},
        {NOW + 10 * HOUR + 15 * MINUTE, "zh", "今天晚上6点（"},
        {NOW + 13 * HOUR + 45 * MINUTE, "zh", "今天晚上9点30分（"},
        {NOW + 17 * HOUR + 15 * MINUTE, "zh", "明天凌晨1点（"},
        {NOW + 4 * HOUR + 15 * MINUTE, "ko", "오늘 낮 12시(UTC 기준)"},
        {NOW + 365 * DAY + 15 * MINUTE, "pl", "15 stycznia 2028 roku, o godzinie 8:00 "},
        {NOW + 16 * HOUR + 15 * MINUTE, "da", "i morgen klokken 0.00 "},
        {NOW + 16 * HOUR + 15 * MINUTE, "nb", "i morgen klokken 0.00 "},
        {NOW + 16 * HOUR + 15 * MINUTE, "sv", "i morgon klockan 0.00 "},
        {NOW + 16 * HOUR + 15 * MINUTE, "fi", "huomenna kello 0.00 "},
        {NOW + 2 * DAY + 20 * MINUTE, "sv", "börjar söndagen den 17 januari klockan 8.05 "},
        {NOW + 2 * DAY + 8 * HOUR, "en", "939 071 23"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *text = say(arena, told[i].start, told[i].lang);
        if (!strstr(text, told[i].words))
            fail_msg("%zu: %s: not in: %s", i, told[i].words, text);
    }
    arena_free(arena);
}

/* A city by the caller's word for it, else by the zone's name. */
static void cities_are_said_in_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *lang, *words;
    } said[] = {
        {"Europe/London", "en", "9:45 am London time,"},
        {"Europe/London", "fr", "9 h 45 (heure locale, Londres)"},
        {"Europe/London", "es", "hora de Londres"},
        {"Europe/London", "de", "(Ortszeit London)"},
        {"Europe/Vienna", "de", "(Ortszeit Wien)"},
        {"Europe/Vienna", "it", "ora di Vienna"},
        {"Europe/Berlin", "ja", "（ベルリン時間）"},
        {"America/New_York", "ja", "（ニューヨーク時間）"},
        {"America/New_York", "fr", "(heure locale, New York)"},
        {"America/New_York", "en", "9:45 am New York time,"},
        {"America/New_York", "pl", "(czas lokalny: Nowy Jork)"},
        {"Europe/London", "ru", "(местное время: Лондон)"},
        {"Europe/London", "zh", "（伦敦时间）"},
        {"Europe/London", "ko", "(런던 시간)"},
        {"Europe/London", "pt", "(hora de Londres)"},
        {"Europe/London", "nl", "(tijd in Londen)"},
        {"Europe/Copenhagen", "da", "(lokal tid i København)"},
        {"Europe/Copenhagen", "nb", "(lokal tid i København)"},
        {"Europe/Copenhagen", "sv", "(lokal tid i Köpenhamn)"},
        {"Europe/Helsinki", "fi", "(paikallista aikaa, Helsinki)"},
        {"Europe/Copenhagen", "fi", "(paikallista aikaa, Kööpenhamina)"},
        {"Etc/UTC", "ja", "（協定世界時）"},
        {"Africa/Cairo", "it", "(ora del Cairo)"},
        {"Africa/Cairo", "pt", "(hora do Cairo)"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct scene scene;
        const struct zone *zone = sample_zone(arena, said[i].zone);
        struct local_time start = local_add_days(local_midnight(zone_read(zone, NOW).local), 1);
        start.hour = 10;
        int64_t instant;
        zone_instant(zone, start, &instant);
        scene_set(arena, &scene, instant);
        scene.lookup.zone = zone;
        lookup_put_into_words(arena, &scene.lookup, said[i].lang);
        if (!strstr(scene.lookup.say, said[i].words))
            fail_msg("%s: not in: %s", said[i].words, scene.lookup.say);
    }
    arena_free(arena);
}

static void nothing_is_named_before_the_check(void **state)
{
    (void)state;
    static const int64_t starts[] = {NOW, NOW + 2 * HOUR, NOW - DAY};
    struct arena *arena = arena_new();
    struct strings languages = {0};
    caller_languages(arena, &languages);
    assert_int_equal(languages.count, 16);
    for (size_t i = 0; i < languages.count * 3; i++) {
        struct scene scene;
        scene_set(arena, &scene, starts[i % 3]);
        lookup_put_into_words(arena, &scene.lookup, languages.items[i / 3]);
        assert_null(strstr(scene.lookup.say, "Budget"));
        assert_null(strstr(scene.lookup.say, "Ada"));
        assert_non_null(strstr(scene.lookup.say, "939 071 23"));
        assert_int_equal(scene.lookup.tellings.count, 1);
        assert_non_null(strstr(scene.lookup.tellings.items[0].say, "Budget"));
        assert_null(strchr(scene.lookup.say, '{'));
        assert_null(strchr(scene.lookup.tellings.items[0].say, '{'));
        scene.lookup.tell = TELL_TITLE;
        lookup_put_into_words(arena, &scene.lookup, languages.items[i / 3]);
        assert_non_null(strstr(scene.lookup.say, "Budget"));
        assert_non_null(strstr(scene.lookup.say, "Ada Lovelace"));
        scene.lookup.tell = TELL_ORGANIZER;
        lookup_put_into_words(arena, &scene.lookup, languages.items[i / 3]);
        assert_null(strstr(scene.lookup.say, "Budget"));
        assert_non_null(strstr(scene.lookup.say, "Ada Lovelace"));
    }
    arena_free(arena);
}

/* A meeting that has another ID by now: it is told after the check, and only there. */
static void the_new_id_is_told_after_the_check(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene;
    scene_set(arena, &scene, NOW + 2 * HOUR);
    *vector_push(arena, &scene.lookup.moved) =
        (struct moved_meeting){scene.lookup.meetings.items[0], "16353789"};
    scene.lookup.meetings.count = 0;
    *vector_push(arena, &scene.lookup.near) = (struct near_miss){.conference_id = "55555"};
    lookup_judge(&scene.lookup, EARLY);
    lookup_put_into_words(arena, &scene.lookup, "en");
    assert_string_equal(scene.lookup.say, "The conference ID 939 071 23 is no longer valid; please "
                                          "tell me who organizes the meeting and when it begins.");
    assert_int_equal(scene.lookup.tellings.count, 1);
    assert_string_equal(scene.lookup.tellings.items[0].say,
                        "“Budget” begins today at 10 am UTC and has a new conference ID, "
                        "163 537 89; callers are let in today at 9:45 am, so please call again "
                        "then and enter it, followed by the # key.");
    arena_free(arena);
}

static void stored_text_is_made_safe(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct scene scene;
    char title[1001];
    scene_set(arena, &scene, NOW);
    scene.organizer.name = "\x1b[2JMallory\xE2\x80\xAE{id}";
    scene.lookup.meetings.items[0].title = "line\nbreak";
    scene.lookup.tell = TELL_TITLE;
    lookup_put_into_words(arena, &scene.lookup, "en");
    assert_null(strpbrk(scene.lookup.say, "\n\x1b"));
    assert_null(strstr(scene.lookup.say, "\xE2\x80\xAE"));
    assert_non_null(strstr(scene.lookup.say, "{id}"));
    for (size_t i = 0; i + 1 < sizeof title; i += 2)
        memcpy(title + i, "ü", 2);
    title[1000] = '\0';
    scene.lookup.meetings.items[0].title = title;
    lookup_put_into_words(arena, &scene.lookup, "en");
    assert_true(strlen(scene.lookup.say) < 600 &&
                utf8_valid(scene.lookup.say, strlen(scene.lookup.say)));
    scene.meeting.title = "";
    scene.lookup.meetings.items[0].title = "";
    lookup_put_into_words(arena, &scene.lookup, "en");
    assert_non_null(strstr(scene.lookup.say, "(no title)"));
    arena_free(arena);
}

/* Words that a language has of its own, at the end of its file. */
static bool is_own_word(const char *line)
{
    static const char *const begins[] = {"place.",  "zone.",   "day_1 ", "clock_full_",
                                         "clock_0", "clock_1", "half_"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(line, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

/* Both files have the same keys in the same order, and each value the same placeholders. */
static void compare_lines(const char *lang, char *english, char *other)
{
    for (char *line; (line = strsep(&english, "\n")) != NULL;) {
        if (is_own_word(line))
            continue;
        char *same = strsep(&other, "\n");
        size_t key = strcspn(line, "=");
        if (*line == '#' || !*line)
            continue;
        if (!same || strncmp(line, same, key) != 0)
            fail_msg("%s: no '%.*s' where English has it", lang, (int)key, line);
        /* a clock is said with other parts in each language */
        if (strncmp(line, "say.", 4) != 0 && strncmp(line, "tell.", 5) != 0)
            continue;
        for (const char *at = line; (at = strchr(at, '{')) != NULL; at++) {
            char name[32] = "";
            strncat(name, at, strcspn(at, "}") + 1);
            if (!strstr(same, name))
                fail_msg("%s: '%.*s' lacks %s", lang, (int)key, line, name);
        }
    }
}

static void every_language_has_every_sentence(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct strings languages = {0};
    caller_languages(arena, &languages);
    for (size_t i = 0; i < languages.count; i++) {
        const char *lang = languages.items[i];
        const char *file = embedded_find(arena_format(arena, "caller/%s.labels", lang), NULL);
        compare_lines(lang, arena_copy(arena, embedded_find("caller/en.labels", NULL)),
                      arena_copy(arena, file));
        compare_lines("en", arena_copy(arena, file),
                      arena_copy(arena, embedded_find("caller/en.labels", NULL)));
        assert_true(invitation_language_known(lang));
    }
    const char *name;
    size_t invitations = 0;
    for (size_t i = 0; (name = embedded_name(i)) != NULL; i++)
        invitations += strncmp(name, "invitation/", 11) == 0;
    assert_int_equal(invitations, languages.count);
    arena_free(arena);
}

/* The cities in a language's file, each line's name with a blank behind it. */
static struct strings places(struct arena *arena, const char *lang)
{
    struct strings found = {0};
    char *file =
        arena_copy(arena, embedded_find(arena_format(arena, "caller/%s.labels", lang), NULL));
    for (char *line; (line = strsep(&file, "\n")) != NULL;)
        if (strncmp(line, "place.", 6) == 0)
            *vector_push(arena, &found) = arena_copy_n(arena, line, strcspn(line, " "));
    return found;
}

static bool has_place(const struct strings *list, const char *place)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], place) == 0)
            return true;
    return false;
}

/* No language names a city that others lack by a slip; in another script each has to be named. */
static void cities_of_every_language(void **state)
{
    (void)state;
    static const char *const other_scripts[] = {"ko", "ru", "zh"};
    struct arena *arena = arena_new();
    struct strings languages = {0}, all = places(arena, "ja");
    caller_languages(arena, &languages);
    assert_int_equal(all.count, 74);
    for (size_t i = 0; i < languages.count; i++) {
        struct strings own = places(arena, languages.items[i]);
        for (size_t place = 0; place < own.count; place++)
            if (!has_place(&all, own.items[place]))
                fail_msg("%s: %s is no city of ja", languages.items[i], own.items[place]);
    }
    for (size_t i = 0; i < sizeof other_scripts / sizeof *other_scripts; i++)
        assert_int_equal(places(arena, other_scripts[i]).count, all.count);
    arena_free(arena);
}

static void languages_by_name(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(caller_language(arena, "de_AT.UTF-8"), "de");
    assert_string_equal(caller_language(arena, "NO"), "nb");
    assert_string_equal(caller_language(arena, "pt-BR"), "pt");
    assert_string_equal(say(arena, NOW, "xx"), say(arena, NOW, "en"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_said_in_words),
        cmocka_unit_test(cities_are_said_in_the_language),
        cmocka_unit_test(nothing_is_named_before_the_check),
        cmocka_unit_test(the_new_id_is_told_after_the_check),
        cmocka_unit_test(stored_text_is_made_safe),
        cmocka_unit_test(every_language_has_every_sentence),
        cmocka_unit_test(cities_of_every_language),
        cmocka_unit_test(languages_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
