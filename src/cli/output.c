/* What came of a command, to standard output and standard error: one table by kind of result. */
#include "invocation.h"

#include <base/utf8.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <show/print.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The two forms of one kind of result. */
struct form {
    char *(*json)(struct session *session, const struct result *result);
    char *(*text)(struct session *session, const struct result *result);
};

static char *message_json(struct session *session, const struct result *result)
{
    (void)session;
    return json_message(result->arena, result->message ? result->message : "");
}

static char *message_text(struct session *session, const struct result *result)
{
    (void)session;
    return result->message ? arena_format(result->arena, "%s\n", result->message) : NULL;
}

static char *raw_text(struct session *session, const struct result *result)
{
    (void)session;
    return arena_copy(result->arena, result->message);
}

static struct series_part part_of(const struct scheduled *scheduled)
{
    return (struct series_part){
        .one = scheduled->one,
        .split_from = scheduled->split_from,
        .cancelled = scheduled->cancelled.meeting ? &scheduled->cancelled : NULL,
        .cancelled_following = scheduled->cancelled_following,
    };
}

static char *meeting_json(struct session *session, const struct result *result)
{
    const struct series_part part = part_of(&result->scheduled);
    return json_part(result->arena, &result->scheduled.meeting, &part, &session->zones,
                     &result->warnings);
}

static char *meeting_text(struct session *session, const struct result *result)
{
    (void)session;
    const struct series_part part = part_of(&result->scheduled);
    return text_part(result->arena, &result->scheduled.meeting, &part, result->zone);
}

static char *agenda_json(struct session *session, const struct result *result)
{
    return json_meetings(result->arena, &result->occurrences, true, &session->zones);
}

static char *agenda_text(struct session *session, const struct result *result)
{
    return text_agenda(result->arena, &result->occurrences, result->everybody, session_now(session),
                       result->zone);
}

static char *meetings_json(struct session *session, const struct result *result)
{
    return json_meetings(result->arena, &result->occurrences, false, &session->zones);
}

static char *meetings_text(struct session *session, const struct result *result)
{
    (void)session;
    return text_meetings(result->arena, &result->occurrences, result->zone);
}

static char *legacy_text(struct session *session, const struct result *result)
{
    (void)session;
    return text_legacy(result->arena, &result->occurrences, result->zone);
}

static char *lookup_json(struct session *session, const struct result *result)
{
    return json_lookup(result->arena, &result->lookup, &session->zones);
}

static char *organization_json(struct session *session, const struct result *result)
{
    (void)session;
    return json_organization(result->arena, &result->organization, &result->figures, result->zone);
}

static char *organization_text(struct session *session, const struct result *result)
{
    (void)session;
    return text_organization(result->arena, &result->organization, &result->figures, result->zone);
}

static char *history_text(struct session *session, const struct result *result)
{
    (void)session;
    return text_history(result->arena, &result->history, result->zone);
}

static char *findings_text(struct session *session, const struct result *result)
{
    (void)session;
    struct text text = text_start(result->arena);
    for (size_t i = 0; i < result->repaired.count; i++)
        text_addf(&text, "Brought right: %s\n",
                  utf8_printable(result->arena, result->repaired.items[i], false));
    for (size_t i = 0; i < result->findings.count; i++)
        text_addf(&text, "%s\n", utf8_printable(result->arena, result->findings.items[i], false));
    if (!result->findings.count)
        text_add(&text, "The store is sound.\n");
    return text.bytes;
}

/* Kinds whose printers want nothing but one member of the result. */
#define PLAIN(member, json_function, text_function)                                                \
    static char *member##_json(struct session *session, const struct result *result)               \
    {                                                                                              \
        (void)session;                                                                             \
        return json_function(result->arena, &result->member);                                      \
    }                                                                                              \
    static char *member##_text(struct session *session, const struct result *result)               \
    {                                                                                              \
        (void)session;                                                                             \
        return text_function(result->arena, &result->member);                                      \
    }

static char *lookup_text(struct session *session, const struct result *result)
{
    (void)session;
    return text_lookup(result->arena, &result->lookup);
}

static char *history_json(struct session *session, const struct result *result)
{
    (void)session;
    return json_history(result->arena, &result->history);
}

static char *findings_json(struct session *session, const struct result *result)
{
    (void)session;
    return json_findings(result->arena, &result->findings,
                         result->has_repaired ? &result->repaired : NULL);
}

PLAIN(conversions, json_conversions, text_conversions)
PLAIN(organizer, json_organizer, text_organizer)
PLAIN(organizers, json_organizers, text_organizers)
PLAIN(numbers, json_numbers, text_numbers)
PLAIN(import, json_import, text_import)
PLAIN(sync, json_sync, text_sync)

static const struct form forms[] = {
    [RESULT_MESSAGE] = {message_json, message_text},
    [RESULT_TEXT] = {message_json, raw_text},
    [RESULT_MEETING] = {meeting_json, meeting_text},
    [RESULT_AGENDA] = {agenda_json, agenda_text},
    [RESULT_MEETINGS] = {meetings_json, meetings_text},
    [RESULT_LEGACY] = {meetings_json, legacy_text},
    [RESULT_CONVERSIONS] = {conversions_json, conversions_text},
    [RESULT_LOOKUP] = {lookup_json, lookup_text},
    [RESULT_ORGANIZER] = {organizer_json, organizer_text},
    [RESULT_ORGANIZERS] = {organizers_json, organizers_text},
    [RESULT_NUMBERS] = {numbers_json, numbers_text},
    [RESULT_ORGANIZATION] = {organization_json, organization_text},
    [RESULT_HISTORY] = {history_json, history_text},
    [RESULT_IMPORT] = {import_json, import_text},
    [RESULT_SYNC] = {sync_json, sync_text},
    [RESULT_FINDINGS] = {findings_json, findings_text},
};

/* All that is asked of the locale is its character set, and most say it in their name. */
static bool utf8_named(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *name = getenv(variables[i]);
        if (!name || !name[0])
            continue;
        const char *set = strrchr(name, '.');
        return set && (strcasecmp(set, ".utf-8") == 0 || strcasecmp(set, ".utf8") == 0);
    }
    return false;
}

static bool utf8_terminal(void)
{
    if (utf8_named())
        return true;
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Nobody is to do twice what was done, because its answer was lost. */
static int text_write(const char *text, bool json, bool wrote)
{
    struct error error = {0};
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return 0;
    if (errno == EPIPE && !wrote)
        return 4; /* whoever reads has had enough */
    error_set(&error, ERR_IO, "standard output", "%s%s", strerror(errno),
              wrote ? "; what was to be changed is changed all the same" : "");
    return output_error(&error, json);
}

int output_text(const char *text, bool json)
{
    return text_write(text, json, false);
}

static bool colored(const struct settings *settings)
{
    if (settings->color != COLOR_AUTO)
        return settings->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

int output_result(struct session *session, const struct invocation *invocation,
                  const struct result *result)
{
    const struct form *form = &forms[result->kind];
    char *text = NULL;
    if (invocation->json && form->json)
        text = form->json(session, result);
    else if (form->text && !(invocation->quiet && result->kind == RESULT_MESSAGE))
        text = form->text(session, result);
    if (text && !invocation->json && result->kind != RESULT_TEXT && !utf8_terminal())
        text = text_to_ascii(result->arena, text);
    if (text && !invocation->json && result->kind != RESULT_TEXT && colored(&session->settings))
        text = text_color(result->arena, text);

    int status = text ? text_write(text, invocation->json, result->wrote) : 0;
    for (size_t i = 0; i < result->warnings.count && !invocation->quiet; i++)
        fprintf(stderr, "dialdesk: %s\n",
                utf8_printable(result->arena, result->warnings.items[i], false));
    if (status)
        return status;
    if (result->absent && session->error.code && !invocation->quiet)
        output_error(&session->error, invocation->json);
    return result->unsound ? 4 : result->absent ? 1 : 0;
}

int output_error(const struct error *error, bool json)
{
    if (json) {
        struct arena *arena = arena_new();
        fputs(json_error(arena, error), stderr);
        arena_free(arena);
    } else {
        fprintf(stderr, "dialdesk: %s: %s\n", error->what, error->why);
    }
    return error_exit_status(error->code);
}
