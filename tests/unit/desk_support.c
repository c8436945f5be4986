/* What the tests of desk share: see the header. */
#include "desk_support.h"

#include "support/store.h"

#include <base/file.h>
#include <dirent.h>
#include <show/print.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <transfer/transfer.h>
#include <unistd.h>

static const struct invitation_looks looks = {invitation_text,          invitation_html,
                                              invitation_dial_in_block, invitation_dial_string,
                                              invitation_word,          invitation_language_known};

/*
 * A file in the test's folder; on a server a schema of its own, t1, t2 ..., which whoever runs the
 * tests has made.
 */
static bool choose_store(const struct desk *desk)
{
    static int count;
    const char *server = getenv("DIALDESK_TEST_DB");
    char where[512];
    if (server)
        snprintf(where, sizeof where, "%s&options=-csearch_path%%3Dt%d", server, ++count);
    else
        snprintf(where, sizeof where, "%s/store.db", desk->folder);
    setenv("DIALDESK_DB", where, 1);
    return server || support_store(where);
}

int desk_setup(void **state)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (!desk)
        return -1;
    if (!support_folder(desk->folder))
        return -1;
    if (!choose_store(desk))
        return -1;
    setenv("DIALDESK_NOW", "2026-11-23T09:00:00Z", 1);
    setenv("XDG_CONFIG_HOME", desk->folder, 1);
    setenv("TZ", "UTC", 1);
    unsetenv("DIALDESK_ORGANIZER");
    unsetenv("NO_COLOR");
    desk->arena = arena_new();
    *state = desk;
    assert_ok(desk, session_start(&desk->session));
    desk->session.looks = &looks;
    assert_ok(desk, desk_init(&desk->session, NULL));
    desk_cut_over(desk, true);
    desk->ada = desk_add_organizer(desk, "ada@example.org", PROVIDER_MICROSOFT);
    return 0;
}

int desk_teardown(void **state)
{
    struct desk *desk = *state;
    session_end(&desk->session);
    arena_free(desk->arena);
    DIR *folder = opendir(desk->folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", desk->folder, entry->d_name);
        unlink(path);
    }
    if (folder)
        closedir(folder);
    rmdir(desk->folder);
    free(desk);
    return 0;
}

void desk_second(const struct desk *desk, struct session *other)
{
    assert_int_equal(session_start(other), ERR_OK);
    other->looks = desk->session.looks;
}

void desk_at(struct desk *desk, const char *now)
{
    assert_true(time_parse_rfc3339(now, &desk->session.fixed_now));
}

void desk_cut_over(struct desk *desk, bool dynamic)
{
    struct organization organization = {0};
    assert_ok(desk, desk_organization(&desk->session, desk->arena, &organization, NULL));
    organization.dynamic_since = dynamic ? session_now(&desk->session) - DAY : INSTANT_NEVER;
    assert_ok(desk, desk_organization_change(&desk->session, &organization));
}

struct organizer desk_add_organizer(struct desk *desk, const char *email, enum provider provider)
{
    struct organizer organizer = {.email = email,
                                  .name = "Ada Lovelace",
                                  .tz = "UTC",
                                  .lang = "en",
                                  .dial_in = true,
                                  .provider = provider};
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &organizer, NULL));
    return organizer;
}

void desk_static_id(struct desk *desk, const char *digits)
{
    desk->ada.static_id = digits;
    assert_ok(desk, desk_organizer_put(&desk->session, desk->arena, &desk->ada, NULL));
    assert_ok(desk,
              desk_organizer_named(&desk->session, desk->arena, "ada@example.org", &desk->ada));
}

struct occurrence desk_new(struct desk *desk, const char *title, const char *start,
                           const char *duration, const char *rrule, const char *attendee)
{
    struct scheduled out = {0};
    struct draft draft = {.title = title,
                          .start = start,
                          .duration = duration,
                          .rrule = rrule,
                          .has_attendees = true};
    if (attendee)
        *vector_push(desk->arena, &draft.attendees) = attendee;
    assert_ok(desk, desk_schedule(&desk->session, desk->arena, &desk->ada, &draft, false, &out));
    return out.meeting;
}

struct lookup desk_look(struct desk *desk, const char *digits)
{
    struct lookup lookup = {0};
    assert_ok(desk, desk_lookup(&desk->session, desk->arena, digits, session_now(&desk->session),
                                &lookup, NULL));
    return lookup;
}

struct occurrence desk_show(struct desk *desk, const char *reference)
{
    struct occurrence out = {0};
    assert_ok(desk, desk_meeting(&desk->session, desk->arena, reference, &out));
    return out;
}

const char *desk_file(struct desk *desk, const char *name, const char *text)
{
    const char *path = arena_format(desk->arena, "%s/%s", desk->folder, name);
    struct error error = {0};
    assert_int_equal(file_write(path, text, strlen(text), 0600, &error), ERR_OK);
    return path;
}

struct import_report desk_import_text(struct desk *desk, const char *events, bool dry_run)
{
    struct import_report report = {0};
    const char *text = arena_format(
        desk->arena, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n%sEND:VCALENDAR\n", events);
    assert_ok(desk, transfer_import(&desk->session, desk->arena, desk_file(desk, "in.ics", text),
                                    (struct import_how){.dry_run = dry_run}, &report));
    return report;
}

const char *desk_counts(struct desk *desk, struct import_report report)
{
    const char *why = report.errors.count ? report.errors.items[0].why : "";
    return arena_format(desk->arena, "%lld added, %lld updated, %lld unchanged, %lld rejected%s%s",
                        (long long)report.added, (long long)report.updated,
                        (long long)report.unchanged, (long long)report.rejected, *why ? ": " : "",
                        why);
}

const char *desk_two_weeks(struct desk *desk)
{
    struct occurrences list = {0};
    struct text text = text_start(desk->arena);
    int64_t from = session_now(&desk->session);
    assert_ok(desk,
              desk_agenda(&desk->session, desk->arena, NULL, from, from + 2 * WEEK, false, &list));
    for (size_t i = 0; i < list.count; i++) {
        struct local_time start = zone_read(zone_utc(), list.items[i].start).local;
        text_addf(&text, "%s%d %02d:%02d %lld %s", i ? " | " : "", start.day, start.hour,
                  start.minute, (long long)(list.items[i].end - list.items[i].start) / 60,
                  list.items[i].title);
    }
    return text.bytes;
}

void desk_sound(struct desk *desk)
{
    struct strings findings = {0};
    assert_ok(desk, desk_check(&desk->session, desk->arena, &findings, NULL));
    for (size_t i = 0; i < findings.count; i++)
        print_message("finding: %s\n", findings.items[i]);
    assert_int_equal(findings.count, 0);
}
