/* Mail messages: nothing in a title, a name or a body reaches the message's structure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <exchange/mail.h>
#include <string.h>

static struct mail sample(const struct attendees *to, const char *name, const char *subject)
{
    return (struct mail){.from_name = name,
                         .from_email = "ada@example.org",
                         .to = to,
                         .subject = subject,
                         .date = 1795424400,
                         .zone = zone_utc(),
                         .message_id = "<1@example.org>",
                         .text = "Line one\n.\nFrom here\n"};
}

/* Headers are folded, so a header is looked for with its line's beginning. */
static size_t lines_beginning(const char *message, const char *with)
{
    size_t count = 0, n = strlen(with);
    for (const char *line = message; line; line = strstr(line, "\r\n")) {
        if (line != message)
            line += 2;
        count += strncmp(line, with, n) == 0;
    }
    return count;
}

static void headers(void **state)
{
    (void)state;
    static const struct {
        const char *name, *subject, *header;
    } cases[] = {
        {"Ada Lovelace", "Budget", "Subject: Budget\r\n"},
        {"", "Budget", "From: <ada@example.org>\r\n"},
        {"Ada \"Countess\"", "T",
         "From: =?utf-8?B?QWRhICJDb3VudGVzcyI=?=\r\n <ada@example.org>\r\n"},
        {"Ada", "Übergabe", "Subject: =?utf-8?B?w5xiZXJnYWJl?=\r\n"},
        {"Ada", "=?utf-8?B?eA==?=", "Subject: =?utf-8?B?PT91dGYtOD9CP2VBPT0/PQ==?=\r\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct mail mail = sample(NULL, cases[i].name, cases[i].subject);
        assert_non_null(strstr(mail_compose(arena, &mail), cases[i].header));
        arena_free(arena);
    }
}

static void nothing_breaks_out(void **state)
{
    static const char *const hostile[] = {
        "T\r\nBcc: evil@example.org",
        "T\nX-Evil: 1\n\nbody",
        "\x1b]52;c;evil\x07",
        "--=_dialdesk_part--",
        "a very long title, longer than a header's line may be, with \xe5\x85\xa8\xe4\xbd\x93 in "
        "the "
        "middle of it and no end in sight before two hundred bytes are over, or so it seems to me",
    };
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct arena *arena = arena_new();
        struct attendees to = {0};
        *vector_push(arena, &to) =
            (struct attendee){.email = "bob@example.org", .name = hostile[i]};
        *vector_push(arena, &to) = (struct attendee){.email = "eve@example.org", .name = ""};
        struct mail mail = sample(&to, hostile[i], hostile[i]);
        mail.html = hostile[i];
        mail.calendar = hostile[i];
        const char *message = mail_compose(arena, &mail);
        assert_int_equal(lines_beginning(message, "Bcc"), 0);
        assert_int_equal(lines_beginning(message, "X-Evil"), 0);
        assert_int_equal(lines_beginning(message, "--=_dialdesk_part--"), 1);
        assert_int_equal(lines_beginning(message, "--=_dialdesk_part"), 4);
        assert_int_equal(lines_beginning(message, "Subject: "), 1);
        size_t column = 0;
        for (const char *c = message; *c; c++) {
            assert_true((*c >= ' ' && *c <= '~') || *c == '\r' || *c == '\n');
            column = *c == '\n' ? 0 : column + 1;
            assert_true(column <= 79); /* 78 and the CR */
            assert_true(*c != '\n' || (c > message && c[-1] == '\r'));
        }
        arena_free(arena);
    }
}

static void the_body_is_whole(void **state)
{
    struct arena *arena = arena_new();
    struct mail mail = sample(NULL, "Ada", "T");
    (void)state;
    assert_non_null(
        strstr(mail_compose(arena, &mail), "\r\n\r\nTGluZSBvbmUNCi4NCkZyb20gaGVyZQ0K\r\n"));
    assert_non_null(
        strstr(mail_compose(arena, &mail), "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers),
        cmocka_unit_test(nothing_breaks_out),
        cmocka_unit_test(the_body_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
