/*
 * The sample organization: an empty store is filled from data/sample with a directory and with
 * meetings around today, in one transaction and by the same use cases that everybody uses. The file
 * tells what its fields are.
 */
#include <base/embedded.h>
#include <desk/desk.h>
#include <desk/transaction.h>
#include <stdlib.h>
#include <store/directory.h>
#include <store/meetings.h>
#include <string.h>

#define SAMPLE_FILE "sample/organization.txt"

enum { FIELDS_MAX = 12, CUT_OVER_DAYS = 14 };

struct demo {
    struct arena *arena;
    const char *fields[FIELDS_MAX]; /* of the line that is read; "" if there is none */
    struct organization organization;
    int64_t meetings, organizers;
    bool cut_over; /* has been set: what follows is scheduled after it */
};

typedef enum err demo_reader(struct session *session, struct demo *demo);

static enum err check_empty(struct session *session, struct arena *arena)
{
    struct organizers organizers = {0};
    struct meetings meetings = {0};
    enum err err = store_organizers_list(arena, session->store, 1, &organizers);
    if (err)
        return err;
    err = store_meetings_page(arena, session->store, NULL, NULL, 1, &meetings);
    if (err || organizers.count + meetings.count == 0)
        return err;
    return error_set(&session->error, ERR_REFUSED, "demo",
                     "the store is not empty; name a new one with --db FILE");
}

static const char *or_null(const char *field)
{
    return field[0] && strcmp(field, "-") != 0 ? field : NULL;
}

static void split(struct arena *arena, const char *list, struct strings *out)
{
    while (list[0]) {
        size_t length = strcspn(list, ",");
        *vector_push(arena, out) = arena_copy_n(arena, list, length);
        list += length + (list[length] == ',');
        list += strspn(list, " ");
    }
}

static enum err change_organization(struct session *session, struct demo *demo)
{
    enum err err = desk_organization_change(session, &demo->organization);
    if (err)
        return err;
    return desk_organization(session, demo->arena, &demo->organization, NULL);
}

static enum err read_organization(struct session *session, struct demo *demo)
{
    demo->organization.name = demo->fields[1];
    demo->organization.join_url = or_null(demo->fields[2]);
    demo->organization.dynamic_since = INSTANT_NEVER;
    return change_organization(session, demo);
}

static enum err read_number(struct session *session, struct demo *demo)
{
    char e164[17];
    struct number number = {
        .e164 = e164,
        .toll_free = strcmp(demo->fields[2], "toll-free") == 0,
        .city = demo->fields[3],
        .country = demo->fields[4],
        .is_default = strcmp(demo->fields[6], "default") == 0,
    };
    split(demo->arena, demo->fields[5], &number.langs);
    bool changed;
    enum err err = number_parse(demo->fields[1], e164, &session->error);
    return err ? err : desk_number_put(session, demo->arena, &number, &changed);
}

static enum err read_organizer(struct session *session, struct demo *demo)
{
    const char *const *fields = demo->fields;
    struct strings notes = {0};
    char e164[17];
    struct organizer organizer = {
        .email = fields[1],
        .name = fields[2],
        .tz = fields[3],
        .lang = fields[4],
        .dial_in = strcmp(fields[5], "on") == 0,
        .static_id = or_null(fields[7]),
        .third_party_passcode = or_null(fields[9]),
    };
    if (!provider_parse(fields[6], &organizer.provider))
        return error_set(&session->error, ERR_BUG, SAMPLE_FILE, "has no provider '%s'", fields[6]);
    if (or_null(fields[8])) {
        enum err err = number_parse(fields[8], e164, &session->error);
        if (err)
            return err;
        organizer.third_party_number = e164;
    }
    demo->organizers++;
    return desk_organizer_put(session, demo->arena, &organizer, &notes);
}

/* The day that is so many working days from today; from a weekend on, Monday counts as today. */
static struct local_time working_day(struct local_time today, int days)
{
    int step = days < 0 ? -1 : 1;
    struct local_time day = local_midnight(today);
    while (local_weekday(day) >= 5)
        day = local_add_days(day, 1);
    for (int left = abs(days); left > 0; left--) {
        do
            day = local_add_days(day, step);
        while (local_weekday(day) >= 5);
    }
    return day;
}

static const char *start_text(struct arena *arena, struct local_time day, const char *time)
{
    return arena_format(arena, "%04d-%02d-%02d%s%s", day.year, day.month, day.day,
                        time[0] ? " " : "", time);
}

/* What was scheduled until now was scheduled before the cut-over. */
static enum err set_cut_over(struct session *session, struct demo *demo, const struct zone *zone)
{
    struct local_time today = local_midnight(zone_read(zone, session_now(session)).local);
    if (demo->cut_over)
        return ERR_OK;
    demo->cut_over = true;
    zone_instant(zone, local_add_days(today, -CUT_OVER_DAYS), &demo->organization.dynamic_since);
    return change_organization(session, demo);
}

static enum err schedule(struct session *session, struct demo *demo,
                         const struct organizer *organizer, const struct zone *zone)
{
    const char *const *fields = demo->fields;
    struct arena *arena = demo->arena;
    struct scheduled scheduled = {0};
    struct local_time today = zone_read(zone, session_now(session)).local;
    struct draft draft = {
        .start = start_text(arena, working_day(today, atoi(fields[3])), fields[4]),
        .duration = fields[5],
        .tz = organizer->tz,
        .title = fields[6],
        .location = fields[7],
        .rrule = or_null(fields[9]),
        .notes = fields[10],
        .has_all_day = !fields[4][0],
        .all_day = !fields[4][0],
        .has_attendees = true,
    };
    *vector_push(arena, &draft.attendees) = fields[8];
    enum err err = desk_schedule(session, arena, organizer, &draft, false, &scheduled);
    if (!err && strcmp(fields[1], "cancelled") == 0)
        err = desk_cancel(session, arena, scheduled.meeting.meeting->uid, 0, NULL, &scheduled);
    demo->meetings++;
    return err;
}

static enum err read_meeting(struct session *session, struct demo *demo)
{
    struct organizer organizer = {0};
    const struct zone *zone = NULL;
    enum err err = desk_organizer_named(session, demo->arena, demo->fields[2], &organizer);
    if (err)
        return err;
    err = session_zone(session, organizer.tz, &zone);
    if (err)
        return err;
    if (strcmp(demo->fields[1], "before") != 0)
        err = set_cut_over(session, demo, zone);
    return err ? err : schedule(session, demo, &organizer, zone);
}

static const struct {
    const char *name;
    demo_reader *read;
} readers[] = {
    {"organization", read_organization},
    {"number", read_number},
    {"organizer", read_organizer},
    {"meeting", read_meeting},
};

static const char blanks[] = " \t\r"; /* around what a line holds */

static void cut_fields(struct demo *demo, char *line)
{
    for (size_t i = 0; i < FIELDS_MAX; i++)
        demo->fields[i] = "";
    for (size_t i = 0; i < FIELDS_MAX && line; i++) {
        char *bar = strchr(line, '|');
        if (bar)
            *bar = '\0';
        demo->fields[i] = string_trim(line, blanks);
        line = bar ? bar + 1 : NULL;
    }
}

static enum err read_line(struct session *session, struct demo *demo, char *line)
{
    line = string_trim(line, blanks);
    if (!line[0] || line[0] == '#')
        return ERR_OK;
    cut_fields(demo, line);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(readers[i].name, demo->fields[0]) == 0)
            return readers[i].read(session, demo);
    }
    return error_set(&session->error, ERR_BUG, SAMPLE_FILE, "has no record '%s'", demo->fields[0]);
}

/*
 * 'before' meetings are scheduled first, wherever they stand in the file: only one moment can be
 * the cut-over.
 */
static bool in_round(const char *line, int round)
{
    bool before = strncmp(line, "meeting", 7) == 0 && strstr(line, "| before");
    bool meeting = strncmp(line, "meeting", 7) == 0;
    return round == 0 ? !meeting || before : meeting && !before;
}

static enum err fill(struct session *session, struct demo *demo)
{
    struct arena *arena = demo->arena;
    size_t size = 0;
    const char *sample = embedded_find(SAMPLE_FILE, &size);
    enum err err = check_empty(session, arena);
    if (!err && !sample)
        err = error_set(&session->error, ERR_BUG, SAMPLE_FILE, "is not in the program");
    if (!err)
        err = desk_organization(session, arena, &demo->organization, NULL);
    for (int round = 0; !err && round < 2; round++) {
        char *rest = arena_copy(arena, sample);
        while (!err && rest) {
            char *end = strchr(rest, '\n');
            if (end)
                *end = '\0';
            if (in_round(rest, round))
                err = read_line(session, demo, rest);
            rest = end ? end + 1 : NULL;
        }
    }
    return err;
}

enum err desk_demo(struct session *session, struct arena *arena, const char **summary)
{
    struct demo demo = {0};
    struct writing writing = {0};
    while (writing_next(session, &writing)) {
        demo = (struct demo){.arena = arena};
        writing.err = fill(session, &demo);
    }
    if (writing.err)
        return writing.err;
    *summary =
        arena_format(arena,
                     "%s is there: %lld organizers and %lld meetings around today. Try "
                     "'dialdesk agenda -o ada@example.org'.",
                     demo.organization.name, (long long)demo.organizers, (long long)demo.meetings);
    return ERR_OK;
}
