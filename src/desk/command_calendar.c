/*
 * Command rows that read: agenda, legacy, lookup, search, history.
 */
#include "commands.h"
#include <string.h>

enum { AGENDA_DAYS = 7, AGENDA_DAYS_MAX = 36600, SEARCH_LIMIT = 50, SEARCH_MAX = 100000 };

const struct command_option agenda_options[] = {
    {.name = "from", .value = "TIME", .help = "from then on; today unless said"},
    {.name = "to", .value = "TIME", .help = "up to then"},
    {.name = "days", .value = "N", .help = "so many days; 7 unless said"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {0},
};

const struct command_option legacy_options[] = {
    {.name = "risk", .help = "only those whose callers can land in another meeting"},
    {.name = "all", .letter = 'a', .help = "every organizer's"},
    {0},
};

const struct command_option lookup_options[] = {
    {.name = "at", .value = "TIME", .help = "what it is at that time; now unless said"},
    {0},
};

const struct command_option search_options[] = {
    {.name = "limit", .value = "N", .help = "at most so many; 50 unless said"},
    {0},
};

/*
 * --from and --to or --days. A span of days counts days of the calendar, which need not have 24
 * hours.
 */
static enum err agenda_span(struct session *session, const struct arguments *arguments,
                            const struct zone *zone, int64_t *from, int64_t *to)
{
    const char *until = argument(arguments, "to"), *days_text = argument(arguments, "days");
    int days = AGENDA_DAYS;
    if (until && days_text)
        return error_set(&session->error, ERR_INVALID, "days", "say either --to or --days");
    zone_instant(zone, local_midnight(zone_read(zone, session_now(session)).local), from);
    enum err err = argument_number(session, "days", days_text, 1, AGENDA_DAYS_MAX, &days);
    if (err == ERR_OK)
        err = argument_time(session, "from", argument(arguments, "from"), zone, from);
    if (err != ERR_OK)
        return err;
    zone_instant(zone, local_add_days(zone_read(zone, *from).local, days), to);
    err = argument_time(session, "to", until, zone, to);
    if (err == ERR_OK && *to < *from)
        err = error_set(&session->error, ERR_INVALID, "to", "it lies before --from");
    return err;
}

enum err run_agenda(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const struct organizer *organizer = NULL;
    int64_t from = 0, to = 0;
    enum err err = argument_calendar(session, arguments, result, &organizer);
    if (err == ERR_OK)
        err = agenda_span(session, arguments, result->zone, &from, &to);
    if (err == ERR_OK)
        err = desk_agenda(session, result->arena, organizer, from, to, false, &result->occurrences);
    result->kind = RESULT_AGENDA;
    return err;
}

enum err run_legacy(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const struct organizer *organizer = NULL;
    enum err err = argument_calendar(session, arguments, result, &organizer);
    if (err == ERR_OK)
        err = desk_legacy(session, result->arena, organizer, argument_given(arguments, "risk"),
                          &result->occurrences);
    result->kind = RESULT_LEGACY;
    return err;
}

/* Words given one by one are one text: nobody on the phone thinks of quotes. */
static const char *operands_joined(struct arena *arena, const struct strings *operands)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < operands->count; i++)
        text_addf(&text, "%s%s", i ? " " : "", operands->items[i]);
    return text.bytes;
}

enum err run_lookup(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const char *typed = arguments->operands.items[0];
    int64_t at = session_now(session);
    enum err err = ERR_OK;
    if (argument_given(arguments, "at")) { /* else no zone's file need be read for it */
        err = result_zone(session, NULL, result);
        if (err == ERR_OK)
            err = argument_time(session, "at", argument(arguments, "at"), result->zone, &at);
    }
    if (err == ERR_OK)
        err = desk_lookup(session, result->arena, typed, at, &result->lookup);
    if (err != ERR_OK)
        return err;
    result->kind = RESULT_LOOKUP;
    result->zone = result->lookup.zone;
    result->absent =
        result->lookup.state == ID_STATE_UNKNOWN || result->lookup.state == ID_STATE_INVALID;
    return ERR_OK;
}

enum err run_search(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const char *text = operands_joined(result->arena, &arguments->operands);
    int limit = SEARCH_LIMIT;
    if (!text[strspn(text, " \t\n")])
        return error_set(&session->error, ERR_INVALID, "search", "there is no word to look for");
    enum err err =
        argument_number(session, "limit", argument(arguments, "limit"), 1, SEARCH_MAX, &limit);
    if (err == ERR_OK)
        err = result_zone(session, NULL, result);
    if (err == ERR_OK)
        err = desk_search(session, result->arena, text, (size_t)limit, &result->occurrences);
    result->kind = RESULT_MEETINGS;
    result->everybody = true;
    result->absent = err == ERR_OK && result->occurrences.count == 0;
    if (result->absent)
        error_set(&session->error, ERR_NOT_FOUND, "search", "nothing matches '%s'", text);
    return err;
}

enum err run_history(struct session *session, const struct arguments *arguments,
                     struct result *result)
{
    enum err err = result_zone(session, NULL, result);
    if (err == ERR_OK)
        err = desk_history(session, result->arena, arguments->operands.items[0], &result->history);
    result->kind = RESULT_HISTORY;
    return err;
}
