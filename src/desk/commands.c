/*
 * The table of commands, and how a row's function gets at what was given. The rows' functions stand
 * in command_*.c.
 */
#include "commands.h"
#include "directory.h"
#include <stdlib.h>
#include <string.h>

enum { EVERYWHERE = FACE_CLI | FACE_CONSOLE };

const struct command commands[] = {
    /* organizers */
    {"agenda", "", 0, 0, agenda_options, "show what is on, day by day", FACE_CLI, NEED_STORE,
     run_agenda},
    {"new", "", 0, 0, new_options, "schedule a meeting and show its conference ID", EVERYWHERE,
     NEED_WRITE, run_new},
    {"show", "MEETING", 1, 1, show_options, "show a meeting", FACE_CLI, NEED_STORE | NEED_MEETING,
     run_show},
    {"edit", "MEETING", 1, 1, edit_options, "change a meeting; its conference ID stays", EVERYWHERE,
     NEED_WRITE | NEED_MEETING, run_edit},
    {"cancel", "MEETING", 1, 1, cancel_options, "cancel a meeting and retire its dynamic ID",
     EVERYWHERE, NEED_WRITE | NEED_MEETING, run_cancel},
    {"invite", "MEETING", 1, 1, invite_options, "print a meeting's invitation", EVERYWHERE,
     NEED_STORE | NEED_MEETING, run_invite},
    {"legacy", "", 0, 0, legacy_options, "list meetings on static IDs, each with its risk",
     FACE_CLI, NEED_STORE, run_legacy},
    {"convert", "MEETING...", 0, -1, convert_options,
     "give legacy meetings dynamic IDs of their own, and queue reminders", EVERYWHERE,
     NEED_WRITE | NEED_MEETING, run_convert},
    {"import", "FILE...", 1, -1, import_options, "take in iCalendar files ('-': standard input)",
     EVERYWHERE, NEED_WRITE | NEED_PROGRESS, run_import},
    {"export", "[MEETING...]", 0, -1, export_options, "print meetings as iCalendar", FACE_CLI,
     NEED_STORE, run_export},
    {"sync", "DIRECTORY", 1, 1, sync_options,
     "keep a directory of .ics files (a vdir) and the calendar the same", FACE_CLI, NEED_WRITE,
     run_sync_directory},
    /* helpdesk */
    {"lookup", "DIGITS", 1, 1, lookup_options, "tell what a conference ID is", FACE_CLI, NEED_STORE,
     run_lookup},
    {"search", "TEXT", 1, -1, search_options,
     "find meetings by title, organizer, attendee or part of an ID", FACE_CLI, NEED_STORE,
     run_search},
    {"history", "DIGITS|MEETING", 1, 1, NULL, "tell who did what, when, oldest first", FACE_CLI,
     NEED_STORE, run_history},
    /* administrators */
    {"init", "", 0, 0, NULL, "make the store, and say where it is", FACE_CLI, NEED_WRITE, run_init},
    {"org", "", 0, 0, org_options, "show and set what holds for the organization", FACE_CLI,
     NEED_WRITE_OPTIONS, run_org},
    {"organizer add", "EMAIL", 1, 1, organizer_options, "add an organizer", FACE_CLI, NEED_WRITE,
     run_organizer_add},
    {"organizer set", "EMAIL", 1, 1, organizer_options, "change an organizer", FACE_CLI, NEED_WRITE,
     run_organizer_set},
    {"organizer show", "EMAIL", 1, 1, NULL,
     "show an organizer, and what stands in the way of dial-in", FACE_CLI, NEED_STORE,
     run_organizer_show},
    {"organizer list", "", 0, 0, NULL, "list the organizers", FACE_CLI, NEED_STORE,
     run_organizer_list},
    {"organizer reset-id", "EMAIL", 1, 1, NULL,
     "retire an organizer's static ID, and list whom that hits", FACE_CLI, NEED_WRITE,
     run_organizer_reset_id},
    {"number add", "E164", 1, 1, number_add_options, "add or change a dial-in number", FACE_CLI,
     NEED_WRITE, run_number_add},
    {"number list", "", 0, 0, NULL, "list the dial-in numbers", FACE_CLI, NEED_STORE,
     run_number_list},
    {"number remove", "E164", 1, 1, NULL, "remove a dial-in number", FACE_CLI, NEED_WRITE,
     run_number_remove},
    {"check", "", 0, 0, check_options, "check the store's integrity and every rule", FACE_CLI, 0,
     run_check}, /* opens the store itself: one that can't be opened is a finding */
    {"backup", "FILE", 1, 1, NULL, "make a consistent copy while others work", FACE_CLI, NEED_STORE,
     run_backup},
    {"demo", "", 0, 0, NULL, "fill an empty store with a sample organization", FACE_CLI, NEED_WRITE,
     run_demo},
    {0},
};

const struct command *command_find(const char *name)
{
    for (const struct command *row = commands; row->name; row++) {
        if (strcmp(row->name, name) == 0)
            return row;
    }
    return NULL;
}

/* A dry run changes nothing, so it makes no store either. */
static bool command_writes(const struct command *command, const struct arguments *arguments)
{
    if (argument_given(arguments, "dry-run"))
        return false;
    return command->needs & NEED_WRITE ||
           (command->needs & NEED_WRITE_OPTIONS && arguments->options.count > 0);
}

enum err command_run(struct session *session, const struct command *command,
                     const struct arguments *arguments, struct result *result)
{
    enum { NEED_ANY = NEED_STORE | NEED_WRITE | NEED_WRITE_OPTIONS };
    enum err err = ERR_OK;
    error_clear(&session->error);
    if (command->run == run_init) /* it tells whether it was this run that made the store */
        return command->run(session, arguments, result);
    if (command_writes(command, arguments))
        err = session_store(session, DB_CREATE, NULL);
    else if (command->needs & NEED_ANY)
        err = session_store(session, DB_READ, NULL);
    if (err == ERR_OK)
        err = command->run(session, arguments, result);
    result->wrote = err == ERR_OK && command_writes(command, arguments);
    return err;
}

/* --- what was given --- */

static const struct given_option *given(const struct arguments *arguments, const char *name)
{
    for (size_t i = arguments->options.count; i > 0; i--) {
        if (strcmp(arguments->options.items[i - 1].option->name, name) == 0)
            return &arguments->options.items[i - 1];
    }
    return NULL;
}

const char *argument(const struct arguments *arguments, const char *name)
{
    const struct given_option *option = given(arguments, name);
    return option ? option->value : NULL;
}

bool argument_given(const struct arguments *arguments, const char *name)
{
    return given(arguments, name) != NULL;
}

void argument_all(struct arena *arena, const struct arguments *arguments, const char *name,
                  struct strings *out)
{
    for (size_t i = 0; i < arguments->options.count; i++) {
        const struct given_option *option = &arguments->options.items[i];
        if (strcmp(option->option->name, name) == 0 && option->value)
            *vector_push(arena, out) = option->value;
    }
}

enum err argument_number(struct session *session, const char *name, const char *value, int least,
                         int most, int *number)
{
    if (!value)
        return ERR_OK;
    size_t length = strlen(value);
    long read = length > 0 && length <= 9 && strspn(value, "0123456789") == length
                    ? strtol(value, NULL, 10)
                    : -1;
    if (read < least || read > most)
        return error_set(&session->error, ERR_INVALID, name,
                         "'%s' is no whole number from %d to %d", value, least, most);
    *number = (int)read;
    return ERR_OK;
}

enum err argument_path(struct session *session, const char *what, const char *path)
{
    if (path[0])
        return ERR_OK;
    return error_set(&session->error, ERR_INVALID, what,
                     "the name is empty; name a file or folder");
}

enum err argument_switch(struct session *session, const char *name, const char *value, bool *on)
{
    if (!value)
        return ERR_OK;
    if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
        return error_set(&session->error, ERR_INVALID, name, "'%s' is neither on nor off", value);
    *on = strcmp(value, "on") == 0;
    return ERR_OK;
}

enum err argument_time(struct session *session, const char *name, const char *value,
                       const struct zone *zone, int64_t *instant)
{
    struct time_reading reading = {0};
    if (!value)
        return ERR_OK;
    enum err err = time_parse(name, value, session_now(session), zone, &reading, &session->error);
    if (err == ERR_OK)
        *instant = reading.instant;
    return err;
}

/* --- what comes of it --- */

enum err result_zone(struct session *session, const struct organizer *organizer,
                     struct result *result)
{
    return desk_reader_zone(session, organizer, &result->zone);
}

enum err argument_calendar(struct session *session, const struct arguments *arguments,
                           struct result *result, const struct organizer **organizer)
{
    struct organizer *found = arena_alloc(result->arena, sizeof *found);
    *organizer = NULL;
    result->everybody = argument_given(arguments, "all");
    if (result->everybody)
        return result_zone(session, NULL, result);
    enum err err = desk_organizer(session, result->arena, found);
    if (err != ERR_OK)
        return err;
    *organizer = found;
    return result_zone(session, found, result);
}

void result_warn(struct result *result, const struct strings *warnings)
{
    for (size_t i = 0; i < warnings->count; i++)
        *vector_push(result->arena, &result->warnings) = warnings->items[i];
}
