/* Commands on what is known of attendees: the language and zone of mail to them, their number. */
#include "commands.h"

#include <show/print.h>

static const struct command_option set_options[] = {
    {.name = "lang", .value = "LANG", .help = "the language of mail to them; '' for not known"},
    {.name = "tz", .value = "ZONE", .help = "the time zone that they read times in; '' likewise"},
    {.name = "number",
     .value = "E164",
     .help = "what they call from, for the bridge alone: no invitation shows it; '' likewise"},
    {0},
};

static void output_known(struct invocation *invocation, const struct attendee_known *known)
{
    output_answer(invocation, invocation->json ? json_attendee_known(invocation->arena, known)
                                               : text_attendee_known(invocation->arena, known));
}

static enum err read_known(const struct invocation *invocation, struct attendee_known *said)
{
    char e164[17];
    const char *lang = argument(invocation, "lang"), *number = argument(invocation, "number");
    said->tz = argument(invocation, "tz");
    enum err err = ERR_OK;
    if (lang && lang[0])
        err = argument_language(invocation, &said->lang);
    else
        said->lang = lang;
    if (err || !number)
        return err;
    said->number = "";
    if (!number[0])
        return ERR_OK;
    err = number_parse(number, e164, &invocation->session->error);
    if (!err)
        said->number = arena_copy(invocation->arena, e164);
    return err;
}

static enum err run_attendee_set(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct attendee_known said = {.email = invocation->operands.items[0]}, known;
    enum err err = read_known(invocation, &said);
    if (err)
        return err;
    err = desk_attendee_known_put(session, arena, &said);
    if (err)
        return err;
    err = desk_attendee_known(session, arena, said.email, &known);
    if (err)
        return err;
    output_known(invocation, &known);
    return ERR_OK;
}

const struct command command_attendee_set = {
    .name = "attendee set",
    .operands = "ADDRESS",
    .least = 1,
    .options = set_options,
    .help = "keep an attendee's language, time zone or telephone number, for all meetings",
    .store = STORE_WRITE,
    .run = run_attendee_set,
};

static enum err run_attendee_show(struct session *session, struct invocation *invocation)
{
    struct attendee_known known;
    enum err err =
        desk_attendee_known(session, invocation->arena, invocation->operands.items[0], &known);
    if (err)
        return err;
    output_known(invocation, &known);
    return ERR_OK;
}

const struct command command_attendee_show = {
    .name = "attendee show",
    .operands = "ADDRESS",
    .least = 1,
    .help = "show an attendee's language, time zone and telephone number",
    .store = STORE_READ,
    .run = run_attendee_show,
};

static enum err run_attendee_list(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct attendees_known list;
    enum err err = desk_attendees_known(session, arena, &list);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_attendees_known(arena, &list)
                                               : text_attendees_known(arena, &list));
    return ERR_OK;
}

const struct command command_attendee_list = {
    .name = "attendee list",
    .help = "list the attendees of whom a language, time zone or telephone number is kept",
    .store = STORE_READ,
    .run = run_attendee_list,
};
