/* Commands that read the calendar: agenda, legacy, lookup, search, history. */
#include "commands.h"

#include <show/print.h>
#include <string.h>

enum { AGENDA_DAYS = 7, AGENDA_DAYS_MAX = 36600, SEARCH_LIMIT = 50, SEARCH_MAX = 100000 };

/* --- agenda --- */

static const struct command_option agenda_options[] = {
    {.name = "from", .value = "TIME", .help = "the first day; today by default"},
    {.name = "to", .value = "TIME", .help = "the last moment"},
    {.name = "days", .value = "N", .help = "how many days; 7 by default"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {0},
};

/*
 * --from and --to or --days. Days are counted in the calendar, as a day need not have 24 hours.
 */
static enum err agenda_span(const struct invocation *invocation, const struct zone *zone,
                            int64_t *from, int64_t *to)
{
    int days = AGENDA_DAYS;
    if (argument_given(invocation, "to") && argument_given(invocation, "days"))
        return error_set(&invocation->session->error, ERR_INVALID, "days",
                         "give either --to or --days");
    enum err err = argument_number(invocation, "days", 1, AGENDA_DAYS_MAX, &days);
    if (err)
        return err;
    zone_instant(zone, local_midnight(zone_read(zone, session_now(invocation->session)).local),
                 from);
    err = argument_time(invocation, "from", zone, from);
    if (err)
        return err;
    zone_instant(zone, local_add_days(zone_read(zone, *from).local, days), to);
    return argument_span(invocation, zone, from, to);
}

static enum err run_agenda(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const struct organizer *organizer;
    const struct zone *zone;
    struct occurrences list = {0};
    int64_t from = 0, to = 0;
    enum err err = argument_calendar(invocation, &organizer, &zone);
    if (err)
        return err;
    err = agenda_span(invocation, zone, &from, &to);
    if (err)
        return err;
    err = desk_agenda(session, arena, organizer, from, to, false, &list);
    if (err)
        return err;
    bool everybody = !organizer;
    if (invocation->json) {
        output_json_meetings(invocation, &list, true);
        return ERR_OK;
    }
    err = desk_uids_shorten(session, arena, false, &list);
    if (!err)
        output_answer(invocation, text_agenda(arena, &list, everybody, session_now(session), zone));
    return err;
}

const struct command command_agenda = {
    .name = "agenda",
    .options = agenda_options,
    .help = "list meetings day by day",
    .store = STORE_READ,
    .run = run_agenda,
};

/* --- legacy --- */

static const struct command_option legacy_options[] = {
    {.name = "risk", .help = "only those whose callers can land in another meeting"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {.name = "summary", .help = "a line for each organizer, of everybody unless -o names one"},
    {0},
};

/* Everybody's, unless an organizer is named: who is left is asked of the whole organization. */
static enum err legacy_summary(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct organizer one = {0};
    struct occurrences list = {0};
    struct legacy_lines lines = {0};
    const struct zone *zone;
    bool named = session->settings.organizer && !argument_given(invocation, "all");
    enum err err = named ? desk_organizer(session, arena, &one) : ERR_OK;
    if (err)
        return err;
    err = desk_reader_zone(session, NULL, &zone);
    if (err)
        return err;
    err = desk_legacy(session, arena, named ? &one : NULL, argument_given(invocation, "risk"), true,
                      &list);
    if (err)
        return err;
    legacy_summarize(arena, &list, &lines);
    output_answer(invocation, invocation->json ? json_legacy_lines(arena, &lines)
                                               : text_legacy_lines(arena, &lines, zone));
    return ERR_OK;
}

static enum err run_legacy(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const struct organizer *organizer;
    const struct zone *zone;
    struct occurrences list = {0};
    if (argument_given(invocation, "summary"))
        return legacy_summary(session, invocation);
    enum err err = argument_calendar(invocation, &organizer, &zone);
    if (err)
        return err;
    err = desk_legacy(session, arena, organizer, argument_given(invocation, "risk"),
                      invocation->json, &list);
    if (err)
        return err;
    if (invocation->json) {
        output_json_meetings(invocation, &list, false);
        return ERR_OK;
    }
    err = desk_uids_shorten(session, arena, true, &list);
    if (!err)
        output_answer(invocation, text_legacy(arena, &list, zone));
    return err;
}

const struct command command_legacy = {
    .name = "legacy",
    .options = legacy_options,
    .help = "list meetings on static IDs, each with its risk",
    .store = STORE_READ,
    .run = run_legacy,
};

/* --- lookup --- */

static const struct command_option lookup_options[] = {
    {.name = "at", .value = "TIME", .help = "the answer at that time; now by default"},
    {.name = "lang",
     .value = "LANG",
     .help = "the caller's language; by default that of the configuration, else English"},
    {0},
};

/* Reads no zone's file unless --at is given: a lookup's start is to be short. */
static enum err lookup_time(const struct invocation *invocation, int64_t *at)
{
    struct session *session = invocation->session;
    const struct zone *zone;
    *at = session_now(session);
    if (!argument_given(invocation, "at"))
        return ERR_OK;
    enum err err = desk_reader_zone(session, NULL, &zone);
    if (err)
        return err;
    return argument_time(invocation, "at", zone, at);
}

static enum err run_lookup(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct lookup lookup = {0};
    int64_t at;
    enum err err = lookup_time(invocation, &at);
    if (err)
        return err;
    const char *lang = session->settings.lang ? session->settings.lang : "en";
    err = argument_language(invocation, &lang);
    if (err)
        return err;
    err = desk_lookup(session, arena, invocation->operands.items[0], at, &lookup, NULL);
    if (err)
        return err;
    lookup_put_into_words(arena, &lookup, caller_language(arena, lang));
    output_answer(invocation, invocation->json ? json_lookup(arena, &lookup, &session->zones)
                                               : text_lookup(arena, &lookup));
    if (lookup.state >= ID_STATE_UNKNOWN)
        output_absent(invocation, NULL);
    return ERR_OK;
}

const struct command command_lookup = {
    .name = "lookup",
    .operands = "DIGITS",
    .least = 1,
    .options = lookup_options,
    .help = "look up a conference ID: its meeting, its state, what to tell the caller",
    .store = STORE_READ,
    .run = run_lookup,
};

/* --- note --- */

static const struct command_option note_options[] = {
    {.name = "told", .value = "TEXT", .help = "what the caller was told", .required = true},
    {.name = "caller",
     .value = "NUMBER",
     .help = "who called: a name, or a number of which the last four digits are kept"},
    {0},
};

static enum err run_note(struct session *session, struct invocation *invocation)
{
    const char *told = argument(invocation, "told");
    if (!told[strspn(told, " \t\n")])
        return error_set(&session->error, ERR_INVALID, "told",
                         "it is empty; write what the caller was told");
    enum err err = desk_note(session, invocation->arena,
                             &(struct call_note){.typed = invocation->operands.items[0],
                                                 .told = told,
                                                 .caller = argument(invocation, "caller")});
    if (err)
        return err;
    output_message(invocation, "The call is noted in the ID's history.");
    return ERR_OK;
}

const struct command command_note = {
    .name = "note",
    .operands = "DIGITS",
    .least = 1,
    .options = note_options,
    .help = "note a call in the history of its conference ID",
    .store = STORE_WRITE,
    .run = run_note,
};

/* --- search --- */

static const struct command_option search_options[] = {
    {.name = "limit", .value = "N", .help = "how many at most; 50 by default"},
    {0},
};

static enum err run_search(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    /* all words are one text to look for: nobody on the phone thinks of quotes */
    const char *text = strings_join(arena, &invocation->operands, " ");
    struct found_meetings found = {0};
    struct occurrences list = {0};
    int limit = SEARCH_LIMIT;
    if (!text[strspn(text, " \t\n")])
        return error_set(&session->error, ERR_INVALID, "search",
                         "TEXT is empty; write a part of a title, a name or an ID");
    enum err err = argument_number(invocation, "limit", 1, SEARCH_MAX, &limit);
    if (err)
        return err;
    err = desk_search(session, arena, text, invocation->zone, (size_t)limit, &found);
    if (!err)
        err = desk_found_shorten(session, arena, &found);
    if (err)
        return err;
    for (size_t i = 0; i < found.count; i++)
        *vector_push(arena, &list) = found.items[i].occurrence;
    if (invocation->json)
        output_json_meetings(invocation, &list, false);
    else
        output_answer(invocation, text_found(arena, &found, session_now(session), &session->zones));
    if (found.partly)
        output_warning(invocation, "more meetings may fit than were looked at; a name or a word of "
                                   "the title tells which are meant");
    if (list.count > 0)
        return ERR_OK;
    error_set(&session->error, ERR_NOT_FOUND, "search", "nothing matches '%s'", text);
    output_absent(invocation, &session->error);
    return ERR_OK;
}

const struct command command_search = {
    .name = "search",
    .operands = "TEXT",
    .least = 1,
    .more = -1,
    .options = search_options,
    .help = "find meetings by title, organizer, attendee, day, time or part of an ID",
    .store = STORE_READ,
    .zone = true,
    .run = run_search,
};

/* --- history --- */

static enum err run_history(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct history_entries history = {0};
    enum err err = desk_history(session, arena, invocation->operands.items[0], &history);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_history(arena, &history)
                                               : text_history(arena, &history, invocation->zone));
    return ERR_OK;
}

const struct command command_history = {
    .name = "history",
    .operands = "DIGITS|MEETING",
    .least = 1,
    .help = "list who changed a meeting or an ID, how and when, oldest first",
    .store = STORE_READ,
    .zone = true,
    .run = run_history,
};
