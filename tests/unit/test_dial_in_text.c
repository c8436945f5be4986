/*
 * Reading conference IDs out of invitations and out of what helpdesk staff paste: labels, dial
 * strings, addresses, and all that only looks like one.
 */
#include <core/dial_in_text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct reading_case {
    const char *text;
    enum dial_in_sign sign;
    const char *id;
};

#define NBSP "\xC2\xA0"
#define LRM "\xE2\x80\x8E" /* a mark that is not seen */

static const struct reading_case readings[] = {
    /* labels */
    {"Conference ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID: 4711", DIAL_IN_LABEL, "4711"},
    {"CONFERENCE" NBSP "ID:" NBSP "939" NBSP "071" NBSP "23", DIAL_IN_LABEL, "93907123"},
    {"Phone Conference ID: 766 918 553#", DIAL_IN_LABEL, "766918553"},
    {"Konferenz-ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konferenz\xE2\x80\x91ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Telefonkonferenz-ID: 939 071 23#", DIAL_IN_LABEL, "93907123"},
    {"Konferenz-ID: 481 5162", DIAL_IN_LABEL, "4815162"},
    {"ID de conférence : 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID de confe\xCC\x81rence : 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID de conférence téléphonique : 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID de conferencia: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Id. de conferencia telefónica: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID da conferência: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID conferenza: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID conferenza telefonica: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conferentie-id: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Vergader-id voor telefoon: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konferens-ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konference-id: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konferanse-ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Kokoustunnus: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Identyfikator konferencji: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ИДЕНТИФИКАТОР КОНФЕРЕНЦИИ: 93907123", DIAL_IN_LABEL, "93907123"},
    {"会議 ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"電話会議 ＩＤ： 93907123", DIAL_IN_LABEL, "93907123"},
    {"会议 ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"电话会议" NBSP "ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"회의 ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"معرف المؤتمر: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konferenz-Kennung: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Identifiant de la conférence : 93907123", DIAL_IN_LABEL, "93907123"},
    {"電話會議識別碼: 939 071 23#", DIAL_IN_LABEL, "93907123"},
    {"ИД конференции: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konferenz-Kennnummer: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID konferencji telefonicznej: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID konferencji: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Telefonische vergadering-id: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID telefonické konference: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Telefonos konferencia azonosítója: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID (audio): 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conf. ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Video Conf ID: 93907123", DIAL_IN_NO_SIGN, ""},
    {"Αναγνωριστικό τηλεφωνικής διάσκεψης: 939 071 23#", DIAL_IN_LABEL, "93907123"},
    {"ΑΝΑΓΝΩΡΙΣΤΙΚΌ ΔΙΆΣΚΕΨΗΣ: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Αναγνωριστικο\xCC\x81 δια\xCC\x81σκεψης: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID hội nghị qua điện thoại: 939 071 23#", DIAL_IN_LABEL, "93907123"},
    {"MÃ HỘI NGHỊ: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID ho\xCC\xA3\xCC\x82i nghi\xCC\xA3: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID hội nghịx: 93907123", DIAL_IN_NO_SIGN, ""},
    {"ID конференције: 93907123", DIAL_IN_NO_SIGN, ""},
    {"ИД конференције: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Идентификатор на конференцията: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ІДЕНТИФІКАТОР КОНФЕРЕНЦІЇ: 93907123", DIAL_IN_LABEL, "93907123"},
    {"ID conferință telefonică: 93907123", DIAL_IN_LABEL, "93907123"},
    {"รหัสการประชุมทางโทรศัพท์: 939 071 23#", DIAL_IN_LABEL, "93907123"},
    {"ID konferensi telepon: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Tālruņa konferences ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Telefoninės konferencijos ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Konverentsi ID: 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID (room 4711): 93907123", DIAL_IN_NO_SIGN, ""},
    {"Conference ID (of the many people that we invited): 93907123", DIAL_IN_NO_SIGN, ""},
    {"**Conference ID:** 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID: <b>93907123</b>", DIAL_IN_LABEL, "93907123"},
    {"Conference ID:\r\n 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID: 0123456, thanks", DIAL_IN_LABEL, "0123456"},
    {"Video Conference ID: 113 273 574 9\nPhone Conference ID: 766 918 553#", DIAL_IN_LABEL,
     "766918553"},
    {"会议 ID: 123 456 789\n密码: abc", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 939-071-23", DIAL_IN_LABEL, "93907123"},
    {"Conference ID: 93907123-", DIAL_IN_LABEL, "93907123"},
    {"Conference ID:" LRM " 93907123", DIAL_IN_LABEL, "93907123"},
    {"Conference ID: 939" LRM " 071" LRM " 23" LRM, DIAL_IN_LABEL, "93907123"},
    /* dial strings */
    {"+1 323-849-4874,,766918553# United States, Los Angeles", DIAL_IN_DIAL_STRING, "766918553"},
    {"<tel:+13238494874,,766918553#>", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874%2C%2C766918553%23", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874;93907123#", DIAL_IN_DIAL_STRING, "93907123"},
    {"+1 323-849-4874,,766918553# US\nConference ID: 11223344", DIAL_IN_DIAL_STRING, "766918553"},
    {"+1 323-849-4874,,766918553 # US", DIAL_IN_DIAL_STRING, "766918553"},
    {"+1 323-849-4874,,766918553" LRM "# US", DIAL_IN_DIAL_STRING, "766918553"},
    {"+4947,,766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"+494,,766918553#", DIAL_IN_NO_SIGN, ""},
    {"4947,,766918553#", DIAL_IN_NO_SIGN, ""},
    {"+1 323-849-4874 ,, 766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"+1 323-849-4874, 766918553#", DIAL_IN_NO_SIGN, ""},
    {"8494874,,766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"849487,,766918553#", DIAL_IN_NO_SIGN, ""},
    {"tel:112,,766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:12,,766918553#", DIAL_IN_NO_SIGN, ""},
    {"room:112,,766918553#", DIAL_IN_NO_SIGN, ""},
    {"tel:+1-323-849-4874;ext=766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+1-323-849-4874;EXT=766918553%23", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874;postd=766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874;postd=pp766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874;postd=p,766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874;postd=w766918553#", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+13238494874%3Bext%3D766918553%23", DIAL_IN_DIAL_STRING, "766918553"},
    {"tel:+49-30-901820;ext=4711", DIAL_IN_NO_SIGN, ""},
    {"tel:+13238494874;isub=766918553#", DIAL_IN_NO_SIGN, ""},
    {"the next=766918553#", DIAL_IN_NO_SIGN, ""},
    /* addresses */
    {"https://dialin.teams.microsoft.com/8551f4c1-bea3-441a?id=766918553", DIAL_IN_PAGE_ADDRESS,
     "766918553"},
    {"https://x.example/?url=https%3A%2F%2Fdialin.teams.microsoft.com%2Fa%3Fid%3D766918553&data=1",
     DIAL_IN_PAGE_ADDRESS, "766918553"},
    {"https://dialin.example.com/?lang=en&amp;id=93907123", DIAL_IN_PAGE_ADDRESS, "93907123"},
    {"https://dialin.example.com/?id=12345678-bea3-441a", DIAL_IN_NO_SIGN, ""},
    {"https://dialin.example.com/?id=123456789012", DIAL_IN_PAGE_ADDRESS, "123456789012"},
    {"https://dialin.example.com/?id=1234567890123", DIAL_IN_NO_SIGN, ""},
    {"https://filter.example/u=https-3A__dialin.teams.microsoft.com_a-3Fid-3D766918553-26lang-3Dde",
     DIAL_IN_PAGE_ADDRESS, "766918553"},
    {"https://shop.example.com/?id=93907123", DIAL_IN_NO_SIGN, ""},
    /* not a conference ID */
    {"", DIAL_IN_NO_SIGN, ""},
    {"Video Conference ID: 113 273 574 9", DIAL_IN_NO_SIGN, ""},
    {"Video-Conference-ID: 93907123", DIAL_IN_NO_SIGN, ""},
    {"Video ID: 113 273 574", DIAL_IN_NO_SIGN, ""},
    {"Videokonferenz-ID: 93907123", DIAL_IN_NO_SIGN, ""},
    {"Meeting ID: 234 567 890 12\nPasscode: aBc123", DIAL_IN_NO_SIGN, ""},
    {"Passcode: 93907123", DIAL_IN_NO_SIGN, ""},
    {"Tenant key: 939071234", DIAL_IN_NO_SIGN, ""},
    {"Call +1 323-849-4874 or 93907123", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: +1 323-849-4874", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 323 849 4874", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 2026-11-24", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 939.071.23", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 93907123-4", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 93907123.4", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 93907123/4", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 93907123:4", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 93907123@4", DIAL_IN_NO_SIGN, ""},
    {"Conference ID:\n2026 budget", DIAL_IN_NO_SIGN, ""},
    {"Conference IDs 93907123", DIAL_IN_NO_SIGN, ""},
    {"Conference ID: 1234567890123", DIAL_IN_NO_SIGN, ""},
    {"rooms 12, 13; 93907123#", DIAL_IN_NO_SIGN, ""},
    /* whosever it is */
    {"Join https://zoom.us/j/123456789\n+16699006833,,123456789# US", DIAL_IN_DIAL_STRING,
     "123456789"},
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        struct dial_in_found found = dial_in_read(readings[i].text);
        if (found.sign != readings[i].sign || strcmp(found.conference_id, readings[i].id) != 0)
            fail_msg("%s: sign %d, ID '%s'", readings[i].text, found.sign, found.conference_id);
    }
    assert_int_equal(dial_in_read("Conference ID: 93907123").at, 15);
    assert_int_equal(dial_in_read("+13238494874,,766918553#").at, 14);
}

static void test_query(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum query_kind kind;
        const char *id;
    } cases[] = {
        {"93907123", QUERY_ID, "93907123"},
        {"939-071-23", QUERY_ID, "93907123"},
        {"Conference ID: 939 071 23#", QUERY_ID, "93907123"},
        {"+1 323-849-4874,,766918553# United States", QUERY_ID, "766918553"},
        {"the number is 939 071 23 he says", QUERY_ID, "93907123"},
        {"+1 323-849-4874, ID 93907123", QUERY_ID, "93907123"},
        {"code 4711, then 93907123", QUERY_ID, "93907123"},
        {"code 4711, then 1234567890", QUERY_ID, "4711"},
        {"he reads 123456789012 aloud", QUERY_ID, "123456789012"},
        {"he reads 1234567890123 aloud", QUERY_TOO_LONG, ""},
        {"he calls from +123 456 789", QUERY_ID, "123456789"},
        {"he calls from +1 234 567 890", QUERY_TOO_LONG, ""},
        {"(323) 849-4874", QUERY_ID, "3238494874"},
        {"+1 323-849-4874", QUERY_TOO_LONG, ""},
        {"1234567890123", QUERY_TOO_LONG, ""},
        {"123", QUERY_TOO_SHORT, ""},
        {"#1", QUERY_TOO_SHORT, ""},
        {"", QUERY_NOT_DIGITS, ""},
        {"hello", QUERY_NOT_DIGITS, ""},
        /* dates and times around the digits */
        {"  07:30–09:00      48192037  Budget", QUERY_ID, "48192037"},
        {"10:00–11:00  !!  5312874   Hiring  mixing risk", QUERY_ID, "5312874"},
        {"Tue 24 Nov 2026 9 am 5312874 Payroll 2026", QUERY_ID, "5312874"},
        {"Nov 24, 2026 5312874", QUERY_ID, "5312874"},
        {"24.11.2026 14 Uhr 5312874", QUERY_ID, "5312874"},
        {"24.11. 5312874 3 people", QUERY_ID, "5312874"},
        {"2026-11-24T09:00:00Z 5312874", QUERY_ID, "5312874"},
        {"20261124T090000Z 5312874", QUERY_ID, "5312874"},
        {"11/24/2026 9:30 pm: 531 28 74", QUERY_ID, "5312874"},
        {"24 de noviembre 9h30 5312874", QUERY_ID, "5312874"},
        {"2026年11月24日 9時 5312874", QUERY_ID, "5312874"},
        {"24.11.2026", QUERY_NOT_DIGITS, ""},
        {"2026-11-24", QUERY_NOT_DIGITS, ""},
        {"at 09:30 on 24 November", QUERY_NOT_DIGITS, ""},
        {"99.11.2026", QUERY_ID, "99112026"},
        {"09.30 48192037", QUERY_ID, "48192037"},
        {"9.30 to 10.15 5312874", QUERY_ID, "5312874"},
        {"48.19.20.37", QUERY_ID, "48192037"},
        {"12.34", QUERY_ID, "1234"},
        {"9-10 5312874", QUERY_ID, "5312874"},
        {"5312874 9–10", QUERY_ID, "5312874"},
        {"(9-10) 5312874", QUERY_ID, "5312874"},
        {"30-40 12 34 56", QUERY_ID, "3040123456"},
        {"12-13-14-15", QUERY_ID, "12131415"},
        {"123456789012", QUERY_ID, "123456789012"},
        {"1234 5678 9012", QUERY_ID, "123456789012"},
        /* telephone numbers beside it, and pauses without '#' */
        {"030 901820 5312874", QUERY_ID, "5312874"},
        {"(030) 901820, 5312874", QUERY_ID, "5312874"},
        {"030 901820,,48192037", QUERY_ID, "48192037"},
        {"030/901820;;481 920 37", QUERY_ID, "48192037"},
        {"+49 30 901820,,48192037 Berlin", QUERY_ID, "48192037"},
        {"48192037,12345678", QUERY_ID, "48192037"},
        {"030901820,48192037", QUERY_ID, "48192037"},
        {"he reads 0123456", QUERY_ID, "0123456"},
        {"069 12345678 then 48192037", QUERY_ID, "48192037"},
        {"0049 69 12345678 48192037", QUERY_ID, "48192037"},
        {"room 012 48192037", QUERY_ID, "48192037"},
        {"069 12345678", QUERY_ID, "12345678"},
        {"112 12345678 then 48192037", QUERY_ID, "12345678"},
        {"0123456 48192037 then 5312874", QUERY_ID, "48192037"},
        {"481/920/37", QUERY_ID, "48192037"},
        {"12/01/26", QUERY_NOT_DIGITS, ""},
        {"tel:+49-30-901820;ext=48192037", QUERY_ID, "48192037"},
        {"tel:+49-30-901820;ext=4711", QUERY_ID, "4711"},
        {"tel:+49-30-9018204;postd=p4711", QUERY_ID, "4711"},
        {"tel:9018204;phone-context=+4930;postd=,,48192037#", QUERY_ID, "48192037"},
        {"+49 (0)30 901820 48192037", QUERY_ID, "48192037"},
        {"+44 20 5550 0101 48192037", QUERY_ID, "48192037"},
        {"+1 323 8494874", QUERY_TOO_LONG, ""},
        /* digit by digit, or a few at a time */
        {"4,8,1,9,2,0,3,7", QUERY_ID, "48192037"},
        {"4, 8, 1, 9, 2, 0, 3, 7 he reads", QUERY_ID, "48192037"},
        {"4, 8, 1, 9, 2, 0, 3 and 7", QUERY_ID, "48192037"},
        {"4 8 1 9 2 0 3 und 7", QUERY_ID, "48192037"},
        {"4, 8, 1, 9, 2, 0, 3 and 70 more", QUERY_ID, "4819203"},
        {"48192037 and 7", QUERY_ID, "48192037"},
        {"48, 19, 20, 37", QUERY_ID, "48192037"},
        {"481, 920, 37#", QUERY_ID, "48192037"},
        {"rooms 12, 13 and 48192037", QUERY_ID, "48192037"},
        {"1, 2, 3", QUERY_TOO_SHORT, ""},
        /* letters that look like digits */
        {"4819Z037", QUERY_ID, "48192037"},
        {"48I92O37", QUERY_ID, "48192037"},
        {"481 92O 37", QUERY_ID, "48192037"},
        {"48I9 2O37", QUERY_ID, "48192037"},
        {"4B1 9203 7654", QUERY_ID, "92037654"},
        {"B81 92 037", QUERY_ID, "92037"},
        {"4BB 920 3712", QUERY_ID, "9203712"},
        {"room B2 48192037", QUERY_ID, "48192037"},
        {"48192037 B2", QUERY_ID, "48192037"},
        {"room 12 48192037", QUERY_ID, "48192037"},
        {"SOBIZ", QUERY_NOT_DIGITS, ""},
        {"\xFF\xFE\x1b[2J", QUERY_TOO_SHORT, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[ID_SIZE] = "x";
        enum query_kind kind = dial_in_query(cases[i].typed, out);
        if (kind != cases[i].kind || strcmp(out, cases[i].id) != 0)
            fail_msg("%s: kind %d, ID '%s'", cases[i].typed, kind, out);
    }
}

/* Much hostile text is got through, and nothing is found in it. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"conference id ",
                                         "+1,",
                                         ",",
                                         "tel:",
                                         "dialin?id=",
                                         "会议 ID 1 ",
                                         "1 ",
                                         "%2c",
                                         "<",
                                         "zoom.us ",
                                         "12345678,,",
                                         "id de conf",
                                         "\xE2\x80\x8E",
                                         "\xFF"};
    enum { SIZE = 1 << 18 };
    char *text = malloc(SIZE + 32);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = 0, length = strlen(pieces[i]);
        for (; n + length <= SIZE; n += length)
            memcpy(text + n, pieces[i], length);
        text[n] = '\0';
        assert_int_equal(dial_in_read(text).sign, DIAL_IN_NO_SIGN);
        char out[ID_SIZE];
        dial_in_query(text, out);
        assert_true(out[0] == '\0' || conference_id_valid(out));
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
