/*
 * A VEVENT's properties to an ical_event: words, people, state, and the dial-in in its texts.
 */
#include "ical_event.h"

#include "html_text.h"
#include "ical_block.h"
#include "ical_dial_in.h"

#include <base/hash.h>
#include <core/dial_in_text.h>
#include <core/directory.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE_TOLD = 100 }; /* bytes of a value that is quoted */

static bool is_words(int known)
{
    return known == KNOWN_SUMMARY || known == KNOWN_LOCATION || known == KNOWN_DESCRIPTION;
}

static bool known_collect(struct ical_building *building)
{
    for (size_t i = 0; i < building->component->properties.count; i++) {
        const struct ical_property *property = &building->component->properties.items[i];
        int known = property->depth == 0 ? ical_known_find(property) : -1;
        if (known < 0)
            continue;
        if (building->known[known] && ical_known_names[known].once)
            return ical_fault(building, property, "it has a second %s", property->name);
        if (is_words(known) && building->known[known] && property->value[0] &&
            strcmp(property->value, building->known[known]->value) != 0) {
            ical_note(building, "it has a second %s, which was left out", property->name);
            building->event->lossy = true;
        }
        if (!building->known[known])
            building->known[known] = property;
    }
    return true;
}

/*
 * --- words -------------------------------------------------------------------------------------
 */

/* The property's text, in the scratch arena; "" if there is none. */
static char *text_of(const struct ical_building *building, enum ical_known known)
{
    const struct ical_property *property = building->known[known];
    return ical_text_read(building->scratch, property ? property->value : "");
}

/* What is kept of a text: all, or up to a character's end if it is longer than the limit. */
static char *kept(struct ical_building *building, enum ical_known known, const char *text,
                  size_t limit)
{
    char *copy = ical_copy_cut(building->arena, text, limit);
    if (strlen(text) <= limit)
        return copy;
    building->event->lossy = true;
    ical_note(building, "its %s is too long; the first %zu bytes were taken",
              ical_known_names[known].name, strlen(copy));
    return copy;
}

static char *words(struct ical_building *building, enum ical_known known, size_t limit)
{
    return kept(building, known, text_of(building, known), limit);
}

static char *one_line(char *s)
{
    for (char *p = s; *p; p++)
        if (*p == '\n' || *p == '\r' || *p == '\t')
            *p = ' ';
    return s;
}

/* An event that is described in HTML alone. */
static bool html_alone(const struct ical_building *building)
{
    return !building->known[KNOWN_DESCRIPTION] && building->known[KNOWN_HTML];
}

/*
 * The description without the dial-in block that we wrote into it, so that writing and reading
 * again changes nothing.
 */
static char *notes_read(struct ical_building *building)
{
    const struct ical_property *mark = building->known[KNOWN_BLOCK];
    if (html_alone(building))
        return html_notes(building->scratch, text_of(building, KNOWN_HTML));
    char *text = text_of(building, KNOWN_DESCRIPTION);
    struct ical_block block;
    if (!mark || building->event->foreign || !ical_block_find(text, mark->value, &block))
        return text;
    building->event->dial_in_block =
        one_line(arena_copy_n(building->arena, text + block.from, block.to - block.from));
    return ical_block_cut(building->scratch, text, &block);
}

static void words_read(struct ical_building *building)
{
    struct meeting *meeting = &building->event->meeting;
    meeting->title = one_line(words(building, KNOWN_SUMMARY, MEETING_TITLE_MAX));
    if (strspn(meeting->title, " ") == strlen(meeting->title))
        meeting->title = "(no title)";
    meeting->location = one_line(words(building, KNOWN_LOCATION, MEETING_LOCATION_MAX));
    if (building->known[KNOWN_BLOCK] && !building->event->foreign &&
        ical_dial_string(meeting->location))
        meeting->location = "";
    meeting->notes = kept(building, KNOWN_DESCRIPTION, notes_read(building), MEETING_NOTES_MAX);
}

/*
 * --- people ------------------------------------------------------------------------------------
 */

/* The address of a calendar user, "" if it is none (some programs write "invalid:nomail"). */
static const char *address(struct arena *arena, const struct ical_property *property)
{
    const char *value = property->value, *email = ical_parameter(property, "EMAIL");
    if (strncasecmp(value, "mailto:", 7) == 0)
        value += 7;
    else if (email)
        value = email;
    return email_parse("address", value, NULL) == ERR_OK ? arena_copy(arena, value) : "";
}

bool ical_unaddressed(const struct ical_property *property)
{
    const char *value = property->value;
    if (strcmp(property->name, "ATTENDEE") != 0 || ical_parameter(property, "EMAIL"))
        return false;
    value += strncasecmp(value, "mailto:", 7) == 0 ? 7 : 0;
    return email_parse("address", value, NULL) != ERR_OK;
}

static const char *common_name(struct arena *arena, const struct ical_property *property)
{
    const char *name = ical_parameter(property, "CN");
    return name ? one_line(arena_copy(arena, name)) : "";
}

/*
 * An ORGANIZER without an address (an Exchange path, "invalid:nomail", a bare name): whom it names
 * is kept as it says, and nobody of the directory is guessed from that.
 */
static void organizer_unaddressed(struct ical_building *building,
                                  const struct ical_property *organizer)
{
    enum { TOLD = 200 }; /* bytes */
    struct ical_event *event = building->event;
    const char *value = organizer->value;
    value += strncasecmp(value, "mailto:", 7) == 0 ? 7 : 0;
    value += strspn(value, " ");
    event->organizer_unusable = one_line(ical_copy_cut(building->arena, organizer->value, TOLD));
    const char *name = event->organizer_name;
    if (!name[strspn(name, " ")])
        name = strncasecmp(value, "invalid:", 8) == 0 ? "" : value;
    event->organizer = one_line(ical_copy_cut(building->arena, name, TOLD));
    event->organizer_name = "";
}

/* Before the times: floating ones are meant in the organizer's zone. */
static void organizer_read(struct ical_building *building)
{
    struct ical_event *event = building->event;
    const struct ical_reading *reading = building->reading;
    const struct ical_property *organizer = building->known[KNOWN_ORGANIZER];
    event->organizer = organizer ? address(building->arena, organizer) : "";
    event->organizer_name = organizer ? common_name(building->arena, organizer) : "";
    const char *addressed = event->organizer;
    if (organizer && !addressed[0])
        organizer_unaddressed(building, organizer);
    event->foreign =
        event->organizer[0] && reading->foreign && reading->foreign(reading->self, addressed);
    if (!building->floating && reading->zone_of && addressed[0])
        building->floating = reading->zone_of(reading->self, event->organizer);
    if (!building->floating)
        building->floating = reading->floating;
}

static bool attendees_read(struct ical_building *building)
{
    struct ical_event *event = building->event;
    struct attendees *attendees = &event->meeting.attendees;
    for (size_t i = 0; i < building->component->properties.count; i++) {
        const struct ical_property *property = &building->component->properties.items[i];
        if (property->depth > 0 || strcmp(property->name, "ATTENDEE") != 0)
            continue;
        const char *email = address(building->arena, property);
        if (!email[0] && strncasecmp(property->value, "mailto:", 7) == 0)
            ical_note(building,
                      "its ATTENDEE '%.*s' is not one mail address, and is no attendee here",
                      VALUE_TOLD, property->value);
        if (!email[0] || attendee_find(attendees, email))
            continue;
        if (attendees->count == MEETING_ATTENDEES_MAX)
            return ical_fault(building, property, "it has more than %d attendees",
                              (int)MEETING_ATTENDEES_MAX);
        struct attendee *attendee = vector_push(building->arena, attendees);
        const char *partstat = ical_parameter(property, "PARTSTAT");
        *attendee = (struct attendee){
            .email = email,
            .name = common_name(building->arena, property),
            .lang = arena_copy(building->arena, ical_parameter(property, "LANGUAGE"))};
        if (partstat)
            partstat_parse(partstat, &attendee->partstat);
    }
    return true;
}

/*
 * --- state -------------------------------------------------------------------------------------
 */

static int64_t stamp_read(const struct ical_property *property)
{
    struct local_time local;
    bool read = property && strlen(property->value) >= 15 &&
                local_read_basic(property->value, 15, &local) != BASIC_NONE;
    return read ? local_seconds(local) : 0;
}

/* A counter-proposal (RFC 5546, 3.2.7): who wants which time instead. Its organizer decides. */
static bool counter_tell(struct ical_building *building)
{
    struct ical_event *event = building->event;
    bool timed = ical_times_read(building) && attendees_read(building);
    event->proposes = true;
    if (!timed) {
        event->why = arena_format(building->arena,
                                  "another time is proposed (METHOD:COUNTER), but %s", event->why);
        return false;
    }
    struct local_time at = event->meeting.start_local;
    const char *who =
        event->meeting.attendees.count ? event->meeting.attendees.items[0].email : "somebody";
    return ical_fault(building, NULL,
                      "%s proposes another time, %04d-%02d-%02d %02d:%02d %s (METHOD:COUNTER); "
                      "nothing is changed",
                      who, at.year, at.month, at.day, at.hour, at.minute, event->meeting.tz);
}

/* What asks for an invitation, or for another one, is no meeting. */
static bool method_taken(struct ical_building *building)
{
    static const struct {
        const char *name, *does;
    } others[] = {{"DECLINECOUNTER", "it turns another time down"},
                  {"REFRESH", "it asks for the latest invitation"},
                  {"ADD", "it adds occurrences to a series; ask for the whole series"}};
    const char *name = building->method_name;
    if (building->event->method != ICAL_OTHER_METHOD)
        return true;
    if (strcasecmp(name, "COUNTER") == 0)
        return counter_tell(building);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(others[i].name, name) == 0)
            return ical_fault(building, NULL, "%s (METHOD:%s); it is no meeting of its own",
                              others[i].does, others[i].name);
    return ical_fault(building, NULL, "its METHOD '%s' is none that RFC 5546 has", name);
}

static void state_read(struct ical_building *building)
{
    struct ical_event *event = building->event;
    const struct ical_property *status = building->known[KNOWN_STATUS],
                               *sequence = building->known[KNOWN_SEQUENCE];
    bool cancelled = status && strcasecmp(status->value, "CANCELLED") == 0;
    event->meeting.status =
        cancelled || event->method == ICAL_CANCEL ? MEETING_CANCELLED : MEETING_SCHEDULED;
    event->meeting.stamp = stamp_read(building->known[KNOWN_DTSTAMP]);
    event->meeting.created = stamp_read(building->known[KNOWN_CREATED]);
    event->meeting.changed = stamp_read(building->known[KNOWN_LAST_MODIFIED]);
    if (!event->meeting.changed)
        event->meeting.changed = event->meeting.stamp;
    if (!sequence)
        return;
    char *end;
    long long n = strtoll(sequence->value, &end, 10);
    if (*end || end == sequence->value || n < 0 || n > INT32_MAX)
        ical_note(building, "its SEQUENCE '%.*s' is no number from 0; it was taken as 0",
                  VALUE_TOLD, sequence->value);
    else
        event->meeting.sequence = n;
}

/* True for what an event says, whenever and by whatever program it was written. */
static bool said(const struct ical_property *property)
{
    static const char *const written[] = {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"};
    return property->depth == 0 && strncmp(property->name, "X-", 2) != 0 &&
           word_find(written, sizeof written / sizeof *written, property->name) < 0;
}

/* An event without a UID is known again by what it says: its UID is a hash of that. */
static bool uid_make(struct ical_building *building)
{
    struct text lines = text_start(building->scratch);
    char hash[HASH_SIZE];
    if (building->event->method == ICAL_CANCEL || building->event->method == ICAL_REPLY)
        return ical_fault(building, NULL, "it has no UID, and so names no meeting that is here");
    for (size_t i = 0; i < building->component->properties.count; i++)
        if (said(&building->component->properties.items[i]))
            text_addf(&lines, "%s\n", building->component->properties.items[i].raw);
    const char *same = ical_canonical(building->scratch, lines.bytes);
    hash_bytes(same, strlen(same), hash);
    building->event->uid = arena_format(building->arena, "%.32s@no-uid.dialdesk", hash);
    building->event->meeting.uid = building->event->uid;
    building->event->uid_made = true;
    ical_note(building, "it has no UID; one was made from what it says");
    return true;
}

static bool uid_read(struct ical_building *building)
{
    const struct ical_property *uid = building->known[KNOWN_UID];
    if (!uid || !uid->value[strspn(uid->value, " ")])
        return uid_make(building);
    const char *text = one_line(text_of(building, KNOWN_UID));
    building->event->uid = ical_copy_cut(building->arena, text, MEETING_UID_MAX);
    building->event->meeting.uid = building->event->uid;
    if (strlen(uid->value) > MEETING_UID_MAX)
        return ical_fault(building, uid, "its UID is longer than %d bytes", (int)MEETING_UID_MAX);
    return true;
}

/*
 * --- the rest ----------------------------------------------------------------------------------
 */

/* A parameter that we write ourselves, or that says what holds without it. */
static bool plain_parameter(const struct ical_parameter *parameter)
{
    static const struct ical_parameter plain[] = {{"ROLE", "REQ-PARTICIPANT"},
                                                  {"PARTSTAT", "NEEDS-ACTION"},
                                                  {"RSVP", "TRUE"},
                                                  {"CUTYPE", "INDIVIDUAL"}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(plain[i].name, parameter->name) == 0 &&
            strcasecmp(plain[i].value, parameter->value) == 0)
            return true;
    return strcmp(parameter->name, "CN") == 0;
}

/*
 * A text's parameters (ALTREP, LANGUAGE) are kept beside its fingerprint, which tells on writing
 * whether they still belong to it; DESCRIPTION's also for another form of it in HTML.
 */
static bool words_keep(const struct ical_building *building, const struct ical_property *property,
                       struct text *out)
{
    int known = ical_known_find(property);
    bool more = property->parameters.count > 0 ||
                (known == KNOWN_DESCRIPTION && building->known[KNOWN_HTML]);
    if (!is_words(known) || property->depth > 0 || property != building->known[known])
        return false;
    if (more)
        text_addf(out, "%.*s%s\n", (int)(property->value - property->raw), property->raw,
                  ical_block_mark(building->scratch, text_of(building, (enum ical_known)known)));
    return true;
}

/*
 * Modelled, but more than the record holds: a state TENTATIVE, people's answers and roles, people
 * without an address, a telephone without an ID of ours, the description in HTML.
 */
static bool has_more(const struct ical_building *building, const struct ical_property *property)
{
    const struct dial_in *dial_in = &building->event->dial_in;
    const struct numbers *numbers = building->reading->numbers;
    if (strcmp(property->name, "CONFERENCE") == 0 && numbers && numbers->count == 0)
        return true; /* nothing of ours can be written in its place */
    if (strcmp(property->name, "CONFERENCE") == 0)
        return dial_in->kind != DIAL_IN_OURS || !ical_conference_for_callers(property) ||
               dial_in_read(property->value).sign == DIAL_IN_NO_SIGN;
    if (strcmp(property->name, "STATUS") == 0)
        return strcasecmp(property->value, "TENTATIVE") == 0;
    if (strcmp(property->name, "X-ALT-DESC") == 0 || ical_unaddressed(property))
        return true;
    if (strcmp(property->name, "ATTENDEE") != 0 && strcmp(property->name, "ORGANIZER") != 0)
        return false;
    for (size_t i = 0; i < property->parameters.count; i++)
        if (!plain_parameter(&property->parameters.items[i]))
            return true;
    return false;
}

/*
 * What is not modelled, inner components (alarms) too, as a VEVENT of its own; NULL if there is
 * nothing. `people`: with all of its attendees, and the mark that they are all.
 */
static const char *rest_keep(struct ical_building *building, bool people)
{
    struct text out = text_start(building->scratch);
    text_add(&out, "BEGIN:VEVENT\n");
    size_t empty = out.length;
    text_add(&out, people ? ICAL_OWN_PEOPLE ":OWN\n" : "");
    if (html_alone(building))
        text_addf(&out, "DESCRIPTION:%s\n",
                  ical_block_mark(building->scratch, building->event->meeting.notes));
    for (size_t i = 0; i < building->component->properties.count; i++) {
        const struct ical_property *property = &building->component->properties.items[i];
        if (words_keep(building, property, &out))
            continue;
        bool person = people && strcmp(property->name, "ATTENDEE") == 0;
        bool kept = person || (building->event->foreign && ical_of_others(property));
        if (property->depth == 0 && ical_modelled(property) && !has_more(building, property) &&
            !kept)
            continue;
        text_add(&out, property->raw);
        text_add_byte(&out, '\n');
    }
    if (out.length == empty)
        return NULL;
    text_add(&out, "END:VEVENT\n");
    return arena_copy(building->arena, out.bytes);
}

/*
 * A REPLY (RFC 5546, 3.2.3): who answers what to which revision. Some programs leave its times and
 * its ORGANIZER out.
 */
static void reply_read(struct ical_building *building)
{
    struct ical_event *event = building->event;
    state_read(building);
    if (!attendees_read(building))
        return;
    if (!ical_recurrence_id_read(building))
        return;
    event->answers_one = event->is_override;
    event->is_override = false; /* it changes nothing */
    if (event->meeting.attendees.count == 0)
        ical_fault(building, NULL,
                   "it answers an invitation (METHOD:REPLY), and names nobody who does");
}

static void event_fill(struct ical_building *building)
{
    struct ical_event *event = building->event;
    bool unique = known_collect(building);
    bool named = uid_read(building); /* for the message too, whatever else is wrong */
    if (building->component->why) {
        event->why = building->component->why;
        event->why_line = building->component->why_line;
        return;
    }
    if (!method_taken(building))
        return;
    organizer_read(building);
    if (event->method == ICAL_REPLY) {
        if (unique && named)
            reply_read(building);
        return;
    }
    if (!unique || !named || !ical_times_read(building))
        return;
    state_read(building);
    words_read(building);
    if (!attendees_read(building))
        return;
    event->uninvites = event->method == ICAL_CANCEL && !building->known[KNOWN_STATUS] &&
                       event->meeting.attendees.count > 0;
    ical_dial_in_read(building);
    event->meeting.ical = rest_keep(building, false);
    if (event->is_override)
        event->ical_own_people = rest_keep(building, true);
}

void ical_event_build(struct ical_building *building)
{
    struct ical_event *event = building->event;
    event_fill(building);
    if (event->why && event->uid_made)
        event->uid = event->meeting.uid = "";
}
