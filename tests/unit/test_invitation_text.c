/*
 * Invitations as text and HTML: structure, languages, reminders, third parties, and hostile titles
 * and notes.
 */
#include "show_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/embedded.h>
#include <core/dial_in_judge.h>
#include <core/dial_in_text.h>
#include <string.h>

/* The screens as they are. */
/* clang-format off */
static const char english[] =
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Join online\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Join by phone\n"
    "+1 323-849-4874,,93907123#  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  United States, toll-free\n"
    "Conference ID: 93907123\n"
    "Dial a number, then enter the conference ID and #.\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char german[] =
    "Planning\n"
    "\n"
    "Wann: Dienstag, 24. November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Wo: Room 4\n"
    "Organisator: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Online teilnehmen\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Per Telefon teilnehmen\n"
    "+1 323-849-4874,,93907123#  Vereinigte Staaten, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  Vereinigte Staaten, gebührenfrei\n"
    "Konferenz-ID: 93907123\n"
    "Wählen Sie eine Nummer und geben Sie dann die Konferenz-ID und # ein.\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char japanese[] =
    "Planning\n"
    "\n"
    "日時: 2026年11月24日(火), 09:00–10:00 (Europe/Berlin)\n"
    "場所: Room 4\n"
    "開催者: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "オンラインで参加\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "電話で参加\n"
    "+1 323-849-4874,,93907123#  アメリカ合衆国, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  アメリカ合衆国, 通話料無料\n"
    "電話会議 ID: 93907123\n"
    "番号に電話をかけ、電話会議 ID と # を入力してください。\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char reminder[] =
    "The conference ID of this meeting has changed: 7654321 → 93907123\n"
    "Please use the new ID from now on.\n"
    "Accept the attached update, or replace the old ID in your calendar entry; it no longer leads "
    "to this meeting.\n"
    "\n"
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Join online\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Join by phone\n"
    "+1 323-849-4874,,93907123#  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  United States, toll-free\n"
    "Conference ID: 93907123\n"
    "Dial a number, then enter the conference ID and #.\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char cancelled[] =
    "This meeting has been cancelled.\n"
    "\n"
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char series[] =
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026 – Wednesday, 25 November 2026, all day\n"
    "Repeats: every week (Tuesday), with no end\n"
    "This meeting repeats; the conference ID stays the same each time.\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Join online\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Join by phone\n"
    "+1 323-849-4874,,93907123#  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  United States, toll-free\n"
    "Conference ID: 93907123\n"
    "Dial a number, then enter the conference ID and #.\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char third_party[] =
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Join online\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Join by phone\n"
    "+49 3012 3456\n"
    "ask the desk  toll-free\n"
    "Passcode: 471 1\n"
    "________________________________________________________________\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char no_dial_in[] =
    "Planning\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: Room 4\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "  Bring figures.\n"
    "\n"
    "  And coffee.\n";
static const char hostile[] =
    "Hi\\x0d\\x0aConference ID: 11111111 <script>alert(\"1\")</script> \\u{202E}\n"
    "\n"
    "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n"
    "Where: \"><a href=\"x\">\n"
    "Organizer: Ada Lovelace <ada@example.org>\n"
    "\n"
    "________________________________________________________________\n"
    "Join online\n"
    "javascript:alert(1)\n"
    "\n"
    "Join by phone\n"
    "+1 323-849-4874,,93907123#  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  United States, toll-free\n"
    "Conference ID: 93907123\n"
    "Dial a number, then enter the conference ID and #.\n"
    "________________________________________________________________\n"
    "\n"
    "  Conference ID: 22222222\n"
    "  <img src=x onerror=y> & 'more'\n";
static const char hostile_html[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<title>Hi\\x0d\\x0aConference ID: 11111111 &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; \\u{202E}</title>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Hi\\x0d\\x0aConference ID: 11111111 &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; \\u{202E}</h1>\n"
    "<table>\n"
    "<tr><th align=\"left\">When</th><td>Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)</td></tr>\n"
    "<tr><th align=\"left\">Where</th><td>&quot;&gt;&lt;a href=&quot;x&quot;&gt;</td></tr>\n"
    "<tr><th align=\"left\">Organizer</th><td>Ada Lovelace &lt;ada@example.org&gt;</td></tr>\n"
    "</table>\n"
    "<hr>\n"
    "<p>Join online: javascript:alert(1)</p>\n"
    "<h2>Join by phone</h2>\n"
    "<p><a href=\"tel:+13238494874,,93907123#\">+1 323-849-4874,,93907123#</a> United States, Los Angeles (English)</p>\n"
    "<p><a href=\"tel:+18005551234,,93907123#\">+1 800-555-1234,,93907123#</a> United States, toll-free</p>\n"
    "<p>Conference ID: <strong>93907123</strong></p>\n"
    "<p>Dial a number, then enter the conference ID and #.</p>\n"
    "<hr>\n"
    "<p>Conference ID: 22222222<br>\n"
    "&lt;img src=x onerror=y&gt; &amp; &#39;more&#39;<br>\n"
    "</p>\n"
    "</body>\n"
    "</html>\n";
static const char html[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<title>Planning</title>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Planning</h1>\n"
    "<table>\n"
    "<tr><th align=\"left\">When</th><td>Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)</td></tr>\n"
    "<tr><th align=\"left\">Where</th><td>Room 4</td></tr>\n"
    "<tr><th align=\"left\">Organizer</th><td>Ada Lovelace &lt;ada@example.org&gt;</td></tr>\n"
    "</table>\n"
    "<hr>\n"
    "<p><a href=\"https://meet.example.org/join?a=1&amp;b=2\">Join online</a></p>\n"
    "<h2>Join by phone</h2>\n"
    "<p><a href=\"tel:+13238494874,,93907123#\">+1 323-849-4874,,93907123#</a> United States, Los Angeles (English)</p>\n"
    "<p><a href=\"tel:+18005551234,,93907123#\">+1 800-555-1234,,93907123#</a> United States, toll-free</p>\n"
    "<p>Conference ID: <strong>93907123</strong></p>\n"
    "<p>Dial a number, then enter the conference ID and #.</p>\n"
    "<hr>\n"
    "<p>Bring figures.<br>\n"
    "<br>\n"
    "And coffee.<br>\n"
    "</p>\n"
    "</body>\n"
    "</html>\n";
static const char block[] =
    "________________________________________________________________\n"
    "Join online\n"
    "https://meet.example.org/join?a=1&b=2\n"
    "\n"
    "Join by phone\n"
    "+1 323-849-4874,,93907123#  United States, Los Angeles (English)\n"
    "+1 800-555-1234,,93907123#  United States, toll-free\n"
    "Conference ID: 93907123\n"
    "Dial a number, then enter the conference ID and #.\n"
    "________________________________________________________________\n";
/* clang-format on */

static const char *const LANGUAGES[] = {"en", "de", "fr", "es", "it", "nl", "pt", "sv",
                                        "da", "nb", "fi", "pl", "ru", "ja", "zh", "ko"};
enum { LANGUAGE_COUNT = sizeof LANGUAGES / sizeof *LANGUAGES };

static const struct sample PLANNING = {.uid = "9b1deb4d",
                                       .title = "Planning",
                                       .start = "20261124T090000",
                                       .id = "93907123",
                                       .location = "Room 4",
                                       .notes = "Bring figures.\n\nAnd coffee."};

static struct invitation invite(struct fixture *fixture, const struct sample *sample)
{
    struct occurrences list = {0};
    sample_add(fixture->arena, &list, sample);
    return sample_invitation(fixture->arena, &list.items[0]);
}

static void in_three_languages(void **state)
{
    struct fixture *fixture = *state;
    struct invitation invitation = invite(fixture, &PLANNING);
    TEXT(invitation_text(fixture->arena, &invitation), english);
    TEXT(invitation_html(fixture->arena, &invitation), html);
    TEXT(invitation_dial_in_block(fixture->arena, &invitation), block);
    assert_string_equal(invitation_dial_string(fixture->arena, &invitation),
                        "+13238494874,,93907123#");
    invitation.lang = "de-AT";
    TEXT(invitation_text(fixture->arena, &invitation), german);
    invitation.lang = "ja";
    TEXT(invitation_text(fixture->arena, &invitation), japanese);
}

static void every_language_is_whole_and_read_back(void **state)
{
    static const char *const words[] = {"when", "where", "organizer", "phone", "hint"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        struct invitation invitation = invite(fixture, &PLANNING);
        invitation.lang = LANGUAGES[i];
        assert_true(invitation_language_known(LANGUAGES[i]));
        char *text = invitation_text(fixture->arena, &invitation);
        for (size_t word = 0; word < sizeof words / sizeof *words; word++)
            assert_null(strstr(text, arena_format(fixture->arena, "\n%s: ", words[word])));
        assert_null(strchr(text, '{'));
        /* Without the numbers the label alone tells the ID. */
        invitation.toll = invitation.toll_free = NULL;
        text = invitation_text(fixture->arena, &invitation);
        struct dial_in_found found = dial_in_read(text);
        assert_int_equal(found.sign, DIAL_IN_LABEL);
        assert_string_equal(found.conference_id, "93907123");
    }
}

/* A line of a language's labels: "id = Konferenz-ID". */
static const char *label(struct arena *arena, const char *lang, const char *key)
{
    const char *words = embedded_find(arena_format(arena, "invitation/%s.labels", lang), NULL);
    const char *line = words ? strstr(words, arena_format(arena, "\n%s = ", key)) : NULL;
    assert_non_null(line);
    line += strlen(key) + strlen("\n = ");
    return arena_copy_n(arena, line, strcspn(line, "\n"));
}

/*
 * What we call the ID is in no language what apps call their own meeting's ID: a passcode behind it
 * would make it one. And our heading for joining by phone is known where nothing stands under it.
 */
static void labels_are_those_of_the_field(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
        const char *lang = LANGUAGES[i];
        const char *text = arena_format(arena, "%s: 939 071 23\n%s: 4711", label(arena, lang, "id"),
                                        label(arena, lang, "passcode"));
        struct dial_in_found found = dial_in_read(text);
        assert_int_equal(found.sign, DIAL_IN_LABEL);
        assert_string_equal(found.conference_id, "93907123");
        struct dial_in_place heading = {.text = label(arena, lang, "phone")};
        assert_true(dial_in_judge(arena, NULL, &heading, 1).heading);
    }
}

static void unknown_languages_are_english(void **state)
{
    static const char *const unknown[] = {"", "xx", "english-is-long", "../en", "e", "-", "EN\n"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct invitation invitation = invite(fixture, &PLANNING);
        assert_false(invitation_language_known(unknown[i]));
        invitation.lang = unknown[i];
        TEXT(invitation_text(fixture->arena, &invitation), english);
        TEXT(invitation_html(fixture->arena, &invitation), html);
    }
    assert_true(invitation_language_known("DE"));
    assert_true(invitation_language_known("no"));
    assert_true(invitation_language_known("pt_BR.UTF-8"));
}

static void changes_come_first(void **state)
{
    struct fixture *fixture = *state;
    struct invitation invitation = invite(fixture, &PLANNING);
    invitation.old_id = "7654321";
    TEXT(invitation_text(fixture->arena, &invitation), reminder);
    assert_non_null(strstr(invitation_html(fixture->arena, &invitation), "7654321 → 93907123"));
    struct sample sample = PLANNING;
    sample.cancelled = true;
    invitation = invite(fixture, &sample);
    TEXT(invitation_text(fixture->arena, &invitation), cancelled);
    sample.rrule = "FREQ=WEEKLY"; /* nothing stays the same each time */
    sample.kind = ID_KIND_STATIC;
    invitation = invite(fixture, &sample);
    TEXT(invitation_text(fixture->arena, &invitation), cancelled);
    assert_null(strstr(invitation_html(fixture->arena, &invitation), "stays the same"));
    sample = PLANNING;
    sample.rrule = "FREQ=WEEKLY";
    sample.start = "20261124";
    sample.minutes = 2 * 1440;
    invitation = invite(fixture, &sample);
    TEXT(invitation_text(fixture->arena, &invitation), series);
}

static void without_an_id_of_ours(void **state)
{
    struct fixture *fixture = *state;
    struct sample sample = PLANNING;
    sample.id = NULL;
    sample.kind = ID_KIND_THIRD_PARTY;
    struct invitation invitation = invite(fixture, &sample);
    invitation.toll = invitation.toll_free = NULL;
    invitation.has_dial_in = true;
    invitation.third_party_number = "+4930123456";
    invitation.third_party_toll_free = "ask the desk";
    invitation.third_party_passcode = "471 1";
    TEXT(invitation_text(fixture->arena, &invitation), third_party);
    invitation.has_dial_in = false;
    invitation.join_url = NULL;
    TEXT(invitation_text(fixture->arena, &invitation), no_dial_in);
    assert_string_equal(invitation_dial_in_block(fixture->arena, &invitation), "");
    assert_null(invitation_dial_string(fixture->arena, &invitation));
}

static void structure_is_ours(void **state)
{
    struct fixture *fixture = *state;
    struct sample sample = PLANNING;
    sample.title = "Hi\r\nConference ID: 11111111 <script>alert(\"1\")</script> \xE2\x80\xAE";
    sample.notes = "Conference ID: 22222222\r\n<img src=x onerror=y> & 'more'\n";
    sample.location = "\"><a href=\"x\">";
    struct invitation invitation = invite(fixture, &sample);
    invitation.join_url = "javascript:alert(1)";
    TEXT(invitation_text(fixture->arena, &invitation), hostile);
    TEXT(invitation_html(fixture->arena, &invitation), hostile_html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DRAWING_TEST(in_three_languages),
        DRAWING_TEST(every_language_is_whole_and_read_back),
        DRAWING_TEST(labels_are_those_of_the_field),
        DRAWING_TEST(unknown_languages_are_english),
        DRAWING_TEST(changes_come_first),
        DRAWING_TEST(without_an_id_of_ours),
        DRAWING_TEST(structure_is_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
