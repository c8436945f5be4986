/*
 * Errors: the message is safe to print, cut between characters, and maps to the promised exit
 * status.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/error.h>
#include <base/utf8.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void messages_are_set(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, ERR_NOT_FOUND, "meeting", "there is none of %d", 7),
                     ERR_NOT_FOUND);
    assert_int_equal(error.code, ERR_NOT_FOUND);
    assert_string_equal(error.what, "meeting");
    assert_string_equal(error.why, "there is none of 7");
    assert_int_equal(error_set_what(&error, ERR_INVALID, "100 % wrong", "start '%s'", "x"),
                     ERR_INVALID);
    assert_string_equal(error.what, "start 'x'");
    assert_string_equal(error.why, "100 % wrong");
    error_clear(&error);
    assert_int_equal(error.code, ERR_OK);
    assert_string_equal(error.what, "");
    assert_string_equal(error.why, "");
}

static void nobody_need_listen(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERR_IO, "file", "%s", "no"), ERR_IO);
    assert_int_equal(error_set_what(NULL, ERR_BUSY, "no", "%s", "file"), ERR_BUSY);
}

static void messages_are_safe(void **state)
{
    (void)state;
    struct error error = {0};
    error_set(&error, ERR_INVALID, "a\x1B[2J", "%s", "b\nc\xFF\xE2\x80\xAE");
    assert_string_equal(error.what, "a\\x1b[2J");
    assert_string_equal(error.why, "b\\x0ac\\xff\\u{202E}");
}

/* Of every length around the limits, in characters of one to four bytes. */
static void messages_are_cut_between_characters(void **state)
{
    (void)state;
    const char *const characters[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x1B"};
    for (size_t c = 0; c < sizeof characters / sizeof *characters; c++) {
        size_t size = strlen(characters[c]);
        for (size_t count = 30; count < 1500; count++) {
            char text[6001] = "";
            for (size_t i = 0; i < count; i++)
                memcpy(text + i * size, characters[c], size);
            struct error error = {0};
            error_set(&error, ERR_INVALID, text, "%s", text);
            assert_true(strlen(error.what) < ERROR_WHAT_SIZE);
            assert_true(strlen(error.why) < ERROR_WHY_SIZE);
            assert_true(utf8_valid(error.what, strlen(error.what)));
            assert_true(utf8_valid(error.why, strlen(error.why)));
            if (size * count < ERROR_WHAT_SIZE && *text != '\x1B')
                assert_string_equal(error.what, text);
        }
    }
}

static void exit_statuses_are_promised(void **state)
{
    (void)state;
    const struct {
        enum err code;
        int status;
    } cases[] = {
        {ERR_OK, 0},       {ERR_NOT_FOUND, 1}, {ERR_INVALID, 2}, {ERR_REFUSED, 3},
        {ERR_CONFLICT, 3}, {ERR_BUSY, 4},      {ERR_AGAIN, 4},   {ERR_DENIED, 4},
        {ERR_IO, 4},       {ERR_DAMAGED, 4},   {ERR_BUG, 4},     {(enum err)99, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(error_exit_status(cases[i].code), cases[i].status);
}

static void dying_says_why_and_aborts(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        die("%d promises broken", 3);
    }
    close(ends[1]);
    char said[64] = "";
    ssize_t n = read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(n > 0);
    assert_string_equal(said, "dialdesk: 3 promises broken\n");
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_set),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(messages_are_safe),
        cmocka_unit_test(messages_are_cut_between_characters),
        cmocka_unit_test(exit_statuses_are_promised),
        cmocka_unit_test(dying_says_why_and_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
