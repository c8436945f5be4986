/* The words of history events, which stores and scripts hold: none may change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <core/history.h>

static void test_words(void **state)
{
    (void)state;
    static const struct {
        enum history_event event;
        const char *word;
    } cases[] = {
        {HISTORY_ID_ISSUED, "id issued"},
        {HISTORY_ID_TAKEN, "id taken"},
        {HISTORY_ID_LEFT, "id left"},
        {HISTORY_ID_RETIRED, "id retired"},
        {HISTORY_ID_LIVE_AGAIN, "id live again"},
        {HISTORY_MEETING_SCHEDULED, "meeting scheduled"},
        {HISTORY_MEETING_IMPORTED, "meeting imported"},
        {HISTORY_MEETING_UPDATED_BY_IMPORT, "meeting updated by import"},
        {HISTORY_MEETING_EDITED, "meeting edited"},
        {HISTORY_MEETING_CANCELLED, "meeting cancelled"},
        {HISTORY_MEETING_CONVERTED, "meeting converted"},
        {HISTORY_OCCURRENCE_EDITED, "occurrence edited"},
        {HISTORY_OCCURRENCE_CANCELLED, "occurrence cancelled"},
        {HISTORY_OCCURRENCES_CANCELLED, "occurrences cancelled"},
        {HISTORY_TIMES_RENEWED, "times renewed"},
        {HISTORY_UNDONE, "undone"},
        {HISTORY_ORGANIZATION_CHANGED, "organization changed"},
        {HISTORY_ORGANIZER_ADDED, "organizer added"},
        {HISTORY_ORGANIZER_CHANGED, "organizer changed"},
        {HISTORY_NUMBER_ADDED, "number added"},
        {HISTORY_NUMBER_CHANGED, "number changed"},
        {HISTORY_NUMBER_REMOVED, "number removed"},
        {HISTORY_CALL_NOTED, "call noted"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(history_event_name(cases[i].event), cases[i].word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words)};
    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
