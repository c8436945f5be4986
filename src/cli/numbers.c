/* Commands on the dial-in numbers of the bridge. */
#include "commands.h"

#include <desk/transaction.h>
#include <show/print.h>
#include <string.h>

static void output_numbers(struct invocation *invocation, const struct numbers *list)
{
    output_answer(invocation, invocation->json ? json_numbers(invocation->arena, list)
                                               : text_numbers(invocation->arena, list));
}

static const struct command_option number_add_options[] = {
    {.name = "toll", .help = "callers pay (the default of a new number)"},
    {.name = "toll-free", .help = "callers do not pay"},
    {.name = "city", .value = "TEXT", .help = "its city or region"},
    {.name = "country", .value = "CC", .help = "its country's two letters, as in US"},
    {.name = "lang", .value = "LANG", .help = "a language that callers hear", .many = true},
    {.name = "default", .help = "the organization's default number of its kind"},
    {0},
};

/* Sets what the options name; all else stays as it is. */
static enum err read_number(const struct invocation *invocation, struct number *out)
{
    const char *city = argument(invocation, "city"), *country = argument(invocation, "country");
    bool toll = argument_given(invocation, "toll");
    if (argument_given(invocation, "toll-free") && toll)
        return error_set(&invocation->session->error, ERR_INVALID, "toll",
                         "give either --toll or --toll-free");
    if (toll || argument_given(invocation, "toll-free"))
        out->toll_free = !toll;
    if (city)
        out->city = city;
    if (country)
        out->country = country;
    if (argument_given(invocation, "default"))
        out->is_default = true;
    if (!argument_given(invocation, "lang"))
        return ERR_OK;
    out->langs = (struct strings){0};
    argument_all(invocation, "lang", &out->langs);
    for (size_t i = 0; i < out->langs.count; i++) {
        enum err err = argument_language_tag(invocation, out->langs.items[i]);
        if (err)
            return err;
        if (!language_known(out->langs.items[i]))
            return error_set(&invocation->session->error, ERR_INVALID, "lang",
                             "unknown language '%s'; it is two letters, as in en or de",
                             out->langs.items[i]);
    }
    return ERR_OK;
}

/* add: a number that is not there yet is added. */
static enum err change_number(struct session *session, const struct invocation *invocation,
                              bool add, struct number *out, bool *changed)
{
    struct numbers list = {0};
    char e164[17];
    bool found = false;
    enum err err = number_parse(invocation->operands.items[0], e164, &session->error);
    if (err)
        return err;
    err = desk_numbers(session, invocation->arena, &list);
    if (err)
        return err;
    *out = (struct number){.e164 = arena_copy(invocation->arena, e164), .city = "", .country = ""};
    for (size_t i = 0; i < list.count && !found; i++) {
        found = strcmp(list.items[i].e164, e164) == 0;
        if (found)
            *out = list.items[i];
    }
    if (!found && !add)
        return error_set_what(&session->error, ERR_NOT_FOUND,
                              "no dial-in number is this; 'dialdesk number list' lists them",
                              "number %s", e164);
    const char *typed = number_typed(invocation->arena, invocation->operands.items[0]);
    const char *shown = out->typed;
    if (!found || (typed[0] && (!add || !shown || !shown[0])))
        out->typed = typed;
    err = read_number(invocation, out);
    return err ? err : desk_number_put(session, invocation->arena, out, changed);
}

static enum err run_number_put(struct session *session, struct invocation *invocation)
{
    bool add = invocation->command == &command_number_add, changed = true;
    struct number number;
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = change_number(session, invocation, add, &number, &changed);
    if (writing.err)
        return writing.err;
    output_numbers(invocation, &(struct numbers){.items = &number, .count = 1});
    if (!changed)
        output_warning(invocation, "nothing was changed");
    return ERR_OK;
}

const struct command command_number_set = {
    .name = "number set",
    .operands = "E164",
    .least = 1,
    .options = number_add_options,
    .help = "change a dial-in number; only what is named changes",
    .store = STORE_WRITE,
    .run = run_number_put,
};

const struct command command_number_add = {
    .name = "number add",
    .operands = "E164",
    .least = 1,
    .options = number_add_options,
    .help = "add a dial-in number, or change what is named of a stored number",
    .store = STORE_WRITE,
    .run = run_number_put,
};

static enum err run_number_list(struct session *session, struct invocation *invocation)
{
    struct numbers list = {0};
    enum err err = desk_numbers(session, invocation->arena, &list);
    if (err)
        return err;
    output_numbers(invocation, &list);
    return ERR_OK;
}

const struct command command_number_list = {
    .name = "number list",
    .help = "list the dial-in numbers",
    .store = STORE_READ,
    .run = run_number_list,
};

static enum err run_number_remove(struct session *session, struct invocation *invocation)
{
    char e164[17];
    enum err err = number_parse(invocation->operands.items[0], e164, &session->error);
    if (err)
        return err;
    err = desk_number_remove(session, e164);
    if (err)
        return err;
    output_message(invocation, arena_format(invocation->arena, "%s is removed.", e164));
    return ERR_OK;
}

const struct command command_number_remove = {
    .name = "number remove",
    .operands = "E164",
    .least = 1,
    .help = "remove a dial-in number",
    .store = STORE_WRITE,
    .run = run_number_remove,
};
