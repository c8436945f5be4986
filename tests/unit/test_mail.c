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
        strstr(mail_compose(arena, &mail), "\r\n\r\nLine one\r\n=2E\r\n=46rom here\r\n"));
    assert_non_null(
        strstr(mail_compose(arena, &mail), "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"));
    arena_free(arena);
}

/* Quoted-printable: what could be changed on its way is written as its number. */
static void text_travels(void **state)
{
    (void)state;
    static const struct {
        const char *text, *body;
    } cases[] = {
        {"plain\n", "\r\n\r\nplain\r\n--"},
        {"no end", "\r\n\r\nno end\r\n--"},
        {"blank \nend\t", "\r\n\r\nblank=20\r\nend=09\r\n--"},
        {"a b\tc\n", "\r\n\r\na b\tc\r\n--"},
        {"1+1=2\n", "\r\n\r\n1+1=3D2\r\n--"},
        {"\xc3\xbc.\r\n", "\r\n\r\n=C3=BC.\r\n--"},
        {"a.\nFrom\n.b", "\r\n\r\na.\r\nFrom\r\n=2Eb\r\n--"},
        {"~\x7f", "\r\n\r\n~=7F\r\n--"},
        {"123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345",
         "\r\n\r\n123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
         "12=\r\n345\r\n--"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct mail mail = sample(NULL, "Ada", "T");
        mail.text = cases[i].text;
        if (!strstr(mail_compose(arena, &mail), cases[i].body))
            fail_msg("case %zu: %s", i, mail_compose(arena, &mail));
        arena_free(arena);
    }
}

static void more_headers(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct mail mail = sample(NULL, "Ada", "T");
    const char *plain = mail_compose(arena, &mail);
    static const char *const headers[] = {"In-Reply-To: <0@x>\r\nReferences: <0@x>\r\n",
                                          "Auto-Submitted: auto-generated\r\n",
                                          "Reply-To: \"Grace\"\r\n <grace@example.org>\r\n"};
    mail.in_reply_to = "<0@x>";
    mail.generated = true;
    mail.reply_name = "Grace";
    mail.reply_email = "grace@example.org";
    const char *message = mail_compose(arena, &mail);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        assert_null(strstr(plain, headers[i]));
        assert_non_null(strstr(message, headers[i]));
    }
    mail.calendar = "BEGIN:VCALENDAR\n";
    assert_null(strstr(mail_compose(arena, &mail), "invite.ics"));
    mail.calendar_attached = true;
    assert_non_null(strstr(mail_compose(arena, &mail), "filename=\"invite.ics\""));
    arena_free(arena);
}

static void addresses(void **state)
{
    (void)state;
    static const struct {
        const char *email;
        bool sound;
        const char *written;
    } cases[] = {
        {"bob@example.org", true, "bob@example.org"},
        {"Bob.O'Neil+x=y_{z}@Example.org", true, "Bob.O'Neil+x=y_{z}@Example.org"},
        {"bob@m\xc3\xbcller.example", true, "bob@xn--mller-kva.example"},
        {"bob@WWW.b\xc3\xbc"
         "cher.example",
         true, "bob@WWW.xn--bcher-kva.example"},
        {"x@\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88", true,
         "x@xn--r8jz45g.xn--zckzah"},
        {"b\xc3\xb6"
         "b@example.org",
         false, NULL},
        {".bob@example.org", false, NULL},
        {"bob.@example.org", false, NULL},
        {"b..b@example.org", false, NULL},
        {"bob@example.org\r\nBcc: x@y", false, NULL},
        {"bob@x>, <eve@y", false, NULL},
        {"bob", false, NULL},
        {"a123456789a123456789a123456789a123456789a123456789a123456789a123@x.org", true,
         "a123456789a123456789a123456789a123456789a123456789a123456789a123@x.org"},
        {"a123456789a123456789a123456789a123456789a123456789a123456789a1234@x.org", false, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        if ((mail_address_fault(cases[i].email) == NULL) != cases[i].sound)
            fail_msg("%s", cases[i].email);
        if (cases[i].sound)
            assert_string_equal(mail_address(arena, cases[i].email), cases[i].written);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers),           cmocka_unit_test(nothing_breaks_out),
        cmocka_unit_test(the_body_is_whole), cmocka_unit_test(text_travels),
        cmocka_unit_test(more_headers),      cmocka_unit_test(addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
