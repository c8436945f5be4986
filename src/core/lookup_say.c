/*
 * The sentence that a helpdesk person reads out to the caller: one for each state of an ID, with
 * what to do.
 *
 * One sentence, however much there is to tell: parts are joined by commas and semicolons. What
 * comes from the store is made safe to print and cut where it is long. Near misses are for the
 * staff's eyes and never said.
 */
#include "lookup_nearness.h"
#include <base/utf8.h>
#include <string.h>

enum {
    TITLE_SAID_MAX = 120, /* bytes; what is longer nobody reads out */
    MOVED_SAID_MAX = 3    /* meetings that are told with their new IDs */
};

/* What the sentences are made of, ready to be put in. */
struct parts {
    struct arena *arena;
    const struct lookup *lookup;
    const char *id;        /* grouped */
    const char *organizer; /* the name, else the address */
    struct text text;
};

/* Safe to print, on one line; a long text is cut at a character's end. */
static const char *said(struct arena *arena, const char *s, const char *instead)
{
    if (!s || !*s)
        return instead;
    const char *end = s + strlen(s), *cut = s;
    if (end - s <= TITLE_SAID_MAX)
        return utf8_printable(arena, s, false);
    for (const char *next = s; next - s <= TITLE_SAID_MAX; utf8_next(&next, end))
        cut = next;
    return utf8_printable(
        arena, arena_format(arena, "%s…", arena_copy_n(arena, s, (size_t)(cut - s))), false);
}

static const char *title_of(const struct parts *parts, const struct occurrence *o)
{
    const char *title = o->title && *o->title ? o->title : o->meeting->title;
    return said(parts->arena, title, "(no title)");
}

static const char *time_of(const struct parts *parts, int64_t instant)
{
    const struct zone *zone = parts->lookup->zone ? parts->lookup->zone : zone_utc();
    return time_format(parts->arena, instant, zone, true);
}

static const char *group_of(const struct parts *parts, const char *digits)
{
    return conference_id_group(parts->arena, digits);
}

/* How many of the meetings stand and are not over. */
static size_t standing(const struct lookup *lookup)
{
    size_t count = 0;
    while (count < lookup->meetings.count &&
           occurrence_nearness(&lookup->meetings.items[count], lookup->at) <= NEAR_NEXT)
        count++;
    return count;
}

/*
 * "; the same ID also serves "Budget", on Tue 24 Nov ..., and 2 more meetings" where a static ID
 * has more than one.
 */
static void add_sharers(struct parts *parts)
{
    size_t count = standing(parts->lookup);
    if (count < 2)
        return;
    const struct occurrence *second = &parts->lookup->meetings.items[1];
    bool on = occurrence_nearness(second, parts->lookup->at) == NEAR_ON;
    text_addf(&parts->text, "; the same ID also serves \"%s\", %s %s", title_of(parts, second),
              on ? "on since" : "on", time_of(parts, second->start));
    if (count > 2)
        text_addf(&parts->text, ", and %zu more meeting%s", count - 2, count > 3 ? "s" : "");
}

/* "; for "Budget" (Tue 24 Nov ...) the conference ID is now 163 537 89" for those that left it. */
static void add_moved(struct parts *parts)
{
    const struct moved_meetings *moved = &parts->lookup->moved;
    for (size_t i = 0; i < moved->count && i < MOVED_SAID_MAX; i++)
        text_addf(&parts->text, "; for \"%s\" (%s) the conference ID is now %s",
                  title_of(parts, &moved->items[i].occurrence),
                  time_of(parts, moved->items[i].occurrence.start),
                  group_of(parts, moved->items[i].new_id));
    if (moved->count > MOVED_SAID_MAX)
        text_addf(&parts->text, ", and %zu more meetings moved to IDs of their own",
                  moved->count - MOVED_SAID_MAX);
}

static void say_live(struct parts *parts)
{
    const struct occurrence *o = &parts->lookup->meetings.items[0];
    bool on = occurrence_nearness(o, parts->lookup->at) == NEAR_ON;
    text_addf(&parts->text, "The conference ID %s is right: it belongs to \"%s\" of %s, ",
              parts->id, title_of(parts, o), parts->organizer);
    if (on)
        text_addf(&parts->text, "which is on until %s", time_of(parts, o->end));
    else
        text_addf(&parts->text, "which starts on %s and lets callers in already",
                  time_of(parts, o->start));
    text_add(&parts->text, "; please enter it again, followed by the # key");
    add_sharers(parts);
    add_moved(parts);
}

static void say_upcoming(struct parts *parts)
{
    const struct occurrence *o = &parts->lookup->meetings.items[0];
    text_addf(
        &parts->text,
        "The conference ID %s is right, but \"%s\" of %s %s on %s; please call again then and "
        "enter the same ID, followed by the # key",
        parts->id, title_of(parts, o), parts->organizer,
        o->meeting->rrule ? "starts next" : "starts only", time_of(parts, o->start));
    add_sharers(parts);
    add_moved(parts);
}

static void say_ended(struct parts *parts)
{
    const struct lookup *lookup = parts->lookup;
    if (lookup->meetings.count == 0)
        text_addf(
            &parts->text,
            "The conference ID %s belongs to %s%s, but none is scheduled with it; please ask %s "
            "for the details of the meeting",
            parts->id,
            lookup->record->kind == ID_KIND_STATIC ? "the legacy meetings of " : "meetings of ",
            parts->organizer, parts->organizer);
    else
        text_addf(&parts->text,
                  "\"%s\" of %s, the meeting with the conference ID %s, ended on %s; please ask %s "
                  "whether there is another one",
                  title_of(parts, &lookup->meetings.items[0]), parts->organizer, parts->id,
                  time_of(parts, lookup->meetings.items[0].end), parts->organizer);
}

static void say_cancelled(struct parts *parts)
{
    const struct occurrence *o = &parts->lookup->meetings.items[0];
    text_addf(
        &parts->text,
        "\"%s\" of %s, planned for %s with the conference ID %s, was cancelled; please ask %s "
        "whether there is another meeting instead",
        title_of(parts, o), parts->organizer, time_of(parts, o->start), parts->id,
        parts->organizer);
}

/*
 * The caller's meeting is one of several, each with an ID of its own now: the caller says which,
 * and hears that one's. The title comes first, so that the one who reads stops there.
 */
static void ask_which(struct parts *parts)
{
    const struct moved_meetings *moved = &parts->lookup->moved;
    text_addf(&parts->text,
              "The conference ID %s is no longer used, and the meetings of %s have one each now; "
              "which one do you want to join",
              parts->id, parts->organizer);
    for (size_t i = 0; i < moved->count && i < MOVED_SAID_MAX; i++)
        text_addf(&parts->text, "%s \"%s\" on %s has %s", i ? ";" : ":",
                  title_of(parts, &moved->items[i].occurrence),
                  time_of(parts, moved->items[i].occurrence.start),
                  group_of(parts, moved->items[i].new_id));
    if (moved->count > MOVED_SAID_MAX)
        text_add(&parts->text, "; if it is another one, please tell me its title or its time");
    text_add(&parts->text, "; please enter that one's ID, followed by the # key");
}

static void say_replaced(struct parts *parts)
{
    const struct lookup *lookup = parts->lookup;
    if (lookup->moved.count > 1) {
        ask_which(parts);
        return;
    }
    text_addf(&parts->text, "The conference ID %s is no longer used: ", parts->id);
    if (lookup->moved.count > 0)
        text_addf(&parts->text, "\"%s\" of %s (%s) now has the conference ID %s",
                  title_of(parts, &lookup->moved.items[0].occurrence), parts->organizer,
                  time_of(parts, lookup->moved.items[0].occurrence.start),
                  group_of(parts, lookup->moved.items[0].new_id));
    else
        text_addf(&parts->text, "the one that %s uses now is %s", parts->organizer,
                  group_of(parts, lookup->replaced_by));
    text_add(&parts->text, "; please enter the new one, followed by the # key");
}

static void say_disabled(struct parts *parts)
{
    const struct lookup *lookup = parts->lookup;
    text_addf(&parts->text, "The conference ID %s belongs to ", parts->id);
    if (lookup->meetings.count > 0)
        text_addf(&parts->text, "\"%s\" of %s on %s", title_of(parts, &lookup->meetings.items[0]),
                  parts->organizer, time_of(parts, lookup->meetings.items[0].start));
    else
        text_add(&parts->text, parts->organizer);
    text_addf(
        &parts->text,
        ", but %s is at present not enabled for dial-in with Microsoft as provider, so that the "
        "bridge refuses it; please ask for another way to join",
        parts->organizer);
    add_moved(parts);
}

static void say_retired(struct parts *parts)
{
    const struct lookup *lookup = parts->lookup;
    text_addf(&parts->text, "The conference ID %s of %s was retired", parts->id, parts->organizer);
    if (lookup->record->retired_at != INSTANT_NEVER)
        text_addf(&parts->text, " on %s", time_of(parts, lookup->record->retired_at));
    text_add(&parts->text, " and lets nobody in any more");
    if (standing(lookup) > 0)
        text_addf(&parts->text, ", although invitations to \"%s\" (%s) still name it",
                  title_of(parts, &lookup->meetings.items[0]),
                  time_of(parts, lookup->meetings.items[0].start));
    text_addf(&parts->text, "; please ask %s for a new invitation", parts->organizer);
    add_moved(parts);
}

/* Where the caller finds the right digits. */
static const char read_again[] =
    "please read out, digit by digit, what stands behind \"conference ID\" in the invitation";

static void say_unknown(struct parts *parts)
{
    if (strlen(parts->lookup->conference_id) >= 10)
        text_addf(&parts->text,
                  "The number %s is not a conference ID here: one as long as that is mostly the "
                  "app's meeting ID or a telephone number; %s",
                  parts->id, read_again);
    else
        text_addf(&parts->text, "The conference ID %s is not known here; %s once more", parts->id,
                  read_again);
}

static void say_invalid(struct parts *parts)
{
    static const char *const faults[] = {
        [QUERY_ID] = "That is not a conference ID",
        [QUERY_TOO_LONG] =
            ("That is too long for a conference ID: it is mostly the app's meeting ID "
             "or a telephone number"),
        [QUERY_TOO_SHORT] = "That is too short for a conference ID, which has four digits or more",
        [QUERY_NOT_DIGITS] = "That is not a conference ID, which is made of digits alone"};
    text_addf(&parts->text, "%s; %s", faults[parts->lookup->query_kind], read_again);
}

const char *lookup_say(struct arena *arena, const struct lookup *lookup)
{
    static void (*const sayers[])(struct parts *) = {
        [ID_STATE_LIVE] = say_live,         [ID_STATE_UPCOMING] = say_upcoming,
        [ID_STATE_ENDED] = say_ended,       [ID_STATE_CANCELLED] = say_cancelled,
        [ID_STATE_REPLACED] = say_replaced, [ID_STATE_DISABLED] = say_disabled,
        [ID_STATE_RETIRED] = say_retired,   [ID_STATE_UNKNOWN] = say_unknown,
        [ID_STATE_INVALID] = say_invalid,
    };
    const struct organizer *organizer = lookup->organizer;
    struct parts parts = {.arena = arena, .lookup = lookup, .text = text_start(arena)};
    parts.id = lookup->conference_id ? conference_id_group(arena, lookup->conference_id) : "";
    parts.organizer = "the organizer";
    if (organizer)
        parts.organizer =
            said(arena, organizer->name, said(arena, organizer->email, "the organizer"));
    sayers[lookup->state](&parts);
    text_add_byte(&parts.text, '.');
    return parts.text.bytes;
}
