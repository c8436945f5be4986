/* What a command's function gets at of its arguments. */
#include "command.h"

#include <show/print.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

const struct command *command_find(const struct command *const *commands, const char *name)
{
    for (; *commands; commands++)
        if (strcmp((*commands)->name, name) == 0)
            return *commands;
    return NULL;
}

const char *command_behind(const struct command *command, const char *word)
{
    size_t length = strlen(word);
    bool behind = strncmp(command->name, word, length) == 0 && command->name[length] == ' ';
    return behind ? command->name + length + 1 : NULL;
}

static const struct given_option *given(const struct invocation *invocation, const char *name)
{
    for (size_t i = invocation->options.count; i > 0; i--)
        if (strcmp(invocation->options.items[i - 1].option->name, name) == 0)
            return &invocation->options.items[i - 1];
    return NULL;
}

const char *argument(const struct invocation *invocation, const char *name)
{
    const struct given_option *option = given(invocation, name);
    return option ? option->value : NULL;
}

bool argument_given(const struct invocation *invocation, const char *name)
{
    return given(invocation, name) != NULL;
}

void argument_all(const struct invocation *invocation, const char *name, struct strings *out)
{
    for (size_t i = 0; i < invocation->options.count; i++) {
        const struct given_option *option = &invocation->options.items[i];
        if (strcmp(option->option->name, name) == 0 && option->value)
            *vector_push(invocation->arena, out) = option->value;
    }
}

enum err argument_number(const struct invocation *invocation, const char *name, int least, int most,
                         int *number)
{
    const char *value = argument(invocation, name);
    if (!value)
        return ERR_OK;
    size_t length = strlen(value);
    long read = length > 0 && length <= 9 && strspn(value, "0123456789") == length
                    ? strtol(value, NULL, 10)
                    : -1;
    if (read < least || read > most)
        return error_set(&invocation->session->error, ERR_INVALID, name,
                         "'%s' is not a whole number from %d to %d", value, least, most);
    *number = (int)read;
    return ERR_OK;
}

enum err argument_switch(const struct invocation *invocation, const char *name, bool *on)
{
    const char *value = argument(invocation, name);
    if (!value)
        return ERR_OK;
    if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
        return error_set(&invocation->session->error, ERR_INVALID, name,
                         "'%s' is neither on nor off; write one of them", value);
    *on = strcmp(value, "on") == 0;
    return ERR_OK;
}

enum err argument_language(const struct invocation *invocation, const char **lang)
{
    const char *value = argument(invocation, "lang");
    struct arena *arena = invocation->arena;
    if (!value)
        return ERR_OK;
    if (invitation_language_known(value)) {
        *lang = value;
        return ERR_OK;
    }
    struct strings known = {0};
    caller_languages(arena, &known);
    return error_set(&invocation->session->error, ERR_INVALID, "lang",
                     "unknown language '%s'; there are %s", value,
                     strings_join(arena, &known, ", "));
}

enum err argument_time(const struct invocation *invocation, const char *name,
                       const struct zone *zone, int64_t *instant)
{
    const char *value = argument(invocation, name);
    if (!value)
        return ERR_OK;
    struct time_reading reading = {0};
    enum err err = time_parse(name, value, session_now(invocation->session), zone, &reading,
                              &invocation->session->error);
    if (err)
        return err;
    *instant = reading.instant;
    return ERR_OK;
}

enum err argument_span(const struct invocation *invocation, const struct zone *zone, int64_t *from,
                       int64_t *to)
{
    enum err err = argument_time(invocation, "from", zone, from);
    if (!err)
        err = argument_time(invocation, "to", zone, to);
    if (err || *to >= *from)
        return err;
    return error_set(&invocation->session->error, ERR_INVALID, "to",
                     "it lies before --from; write a later --to, or an earlier --from");
}

int argument_shown(const char *word)
{
    const char *colon = strncasecmp(word, "postgres", 8) == 0 ? strchr(word, ':') : NULL;
    return colon ? (int)(colon + 1 - word) : (int)strlen(word);
}

enum err argument_path(const struct invocation *invocation, const char *path)
{
    struct error *error = &invocation->session->error;
    int shown = argument_shown(path);
    if (!path[0])
        return error_set(error, ERR_INVALID, invocation->command->name,
                         "the name is empty; name a file or folder");
    if (path[shown])
        return error_set_what(
            error, ERR_INVALID,
            "an address of a server; name a file or folder, and the store by --db", "'%.*s'", shown,
            path);
    return ERR_OK;
}

enum err argument_file(const struct invocation *invocation, const char *path)
{
    struct stat status;
    enum err err = argument_path(invocation, path);
    if (err)
        return err;
    if (stat(path, &status) != 0 && errno == ENOENT)
        return error_set(&invocation->session->error, ERR_INVALID, path, "there is no such file");
    return ERR_OK;
}

enum err argument_calendar(const struct invocation *invocation, const struct organizer **organizer,
                           const struct zone **zone)
{
    struct session *session = invocation->session;
    *organizer = NULL;
    if (argument_given(invocation, "all"))
        return desk_reader_zone(session, NULL, zone);
    struct organizer *found = arena_alloc(invocation->arena, sizeof *found);
    enum err err = desk_organizer(session, invocation->arena, found);
    if (err)
        return err;
    *organizer = found;
    return desk_reader_zone(session, found, zone);
}

enum err argument_language_tag(const struct invocation *invocation, const char *lang)
{
    size_t length = strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (length < 2 || length > 16 || lang[length])
        return error_set(&invocation->session->error, ERR_INVALID, "lang",
                         "'%s' is not a language; write a code such as en or de", lang);
    return ERR_OK;
}
