/*
 * Command rows on the directory: org, organizer, number.
 */
#include "commands.h"
#include <desk/transaction.h>
#include <string.h>

const struct command_option org_options[] = {
    {.name = "name", .value = "TEXT", .help = "the organization's name"},
    {.name = "dynamic-ids",
     .value = "on|off|TIME",
     .help = "the cut-over: from when on new meetings get dynamic IDs"},
    {.name = "id-digits", .value = "N", .help = "digits of a dynamic ID, 8 to 12"},
    {.name = "quarantine-days", .value = "N", .help = "how long a retired ID rests"},
    {.name = "margin-minutes",
     .value = "N",
     .help = "meetings so close together on a static ID are a mixing risk"},
    {.name = "early-minutes", .value = "N", .help = "callers are let in so long before the start"},
    {.name = "join-url", .value = "URL", .help = "the web page to join by; '' for none"},
    {0},
};

const struct command_option organizer_options[] = {
    {.name = "name", .value = "TEXT", .help = "the organizer's name"},
    {.name = "tz", .value = "ZONE", .help = "the time zone, as in Europe/Berlin"},
    {.name = "dial-in", .value = "on|off", .help = "enabled for dial-in conferencing"},
    {.name = "provider", .value = "PROVIDER", .help = "microsoft, third-party or none"},
    {.name = "static-id", .value = "DIGITS", .help = "the static ID, taken as it is"},
    {.name = "lang", .value = "LANG", .help = "the language of invitations, as in en or de"},
    {.name = "third-party-name", .value = "TEXT", .help = "the third party's name"},
    {.name = "third-party-number", .value = "E164", .help = "its number"},
    {.name = "third-party-toll-free", .value = "E164", .help = "its toll-free number"},
    {.name = "third-party-passcode", .value = "TEXT", .help = "its passcode"},
    {0},
};

const struct command_option number_add_options[] = {
    {.name = "toll", .help = "callers pay (unless said otherwise)"},
    {.name = "toll-free", .help = "callers do not pay"},
    {.name = "city", .value = "TEXT", .help = "its city or region"},
    {.name = "country", .value = "CC", .help = "its country's two letters, as in US"},
    {.name = "lang", .value = "LANG", .help = "a language that callers hear", .many = true},
    {.name = "default", .help = "the organization's default number of its kind"},
    {0},
};

/*
 * What is changed is read in the transaction that writes it: two that set different things at once
 * do not meet.
 */
struct setting {
    const struct arguments *arguments;
    struct result *result;
};

/* --- org --- */

static enum err read_cut_over(struct session *session, const char *value, const struct zone *zone,
                              int64_t *since)
{
    int64_t now = session_now(session);
    if (!value)
        return ERR_OK;
    if (strcmp(value, "off") == 0)
        *since = INSTANT_NEVER;
    else if (strcmp(value, "on") != 0)
        return argument_time(session, "dynamic-ids", value, zone, since);
    else if (*since == INSTANT_NEVER || *since > now) /* what is on already keeps its time */
        *since = now;
    return ERR_OK;
}

static enum err read_organization(struct session *session, const struct arguments *arguments,
                                  const struct zone *zone, struct organization *out)
{
    const char *url = argument(arguments, "join-url");
    if (argument_given(arguments, "name"))
        out->name = argument(arguments, "name");
    if (url)
        out->join_url = url[0] ? url : NULL;
    enum err err =
        read_cut_over(session, argument(arguments, "dynamic-ids"), zone, &out->dynamic_since);
    if (err == ERR_OK)
        err = argument_number(session, "id-digits", argument(arguments, "id-digits"),
                              ID_DYNAMIC_MIN_DIGITS, ID_MAX_DIGITS, &out->id_digits);
    if (err == ERR_OK)
        err = argument_number(session, "quarantine-days", argument(arguments, "quarantine-days"), 0,
                              36500, &out->quarantine_days);
    if (err == ERR_OK)
        err = argument_number(session, "margin-minutes", argument(arguments, "margin-minutes"), 0,
                              1440, &out->margin_minutes);
    if (err == ERR_OK)
        err = argument_number(session, "early-minutes", argument(arguments, "early-minutes"), 0,
                              1440, &out->early_minutes);
    return err;
}

static enum err set_organization(struct session *session, void *context)
{
    const struct setting *setting = context;
    struct result *result = setting->result;
    struct organization *out = &result->organization;
    enum err err = desk_organization(session, result->arena, out, NULL);
    if (err == ERR_OK)
        err = read_organization(session, setting->arguments, result->zone, out);
    return err == ERR_OK ? desk_organization_change(session, out) : err;
}

enum err run_org(struct session *session, const struct arguments *arguments, struct result *result)
{
    struct setting setting = {arguments, result};
    enum err err = result_zone(session, NULL, result);
    if (err == ERR_OK && arguments->options.count > 0)
        err = transaction_write(session, set_organization, &setting);
    if (err == ERR_OK)
        err = desk_organization(session, result->arena, &result->organization, &result->figures);
    result->kind = RESULT_ORGANIZATION;
    return err;
}

/* --- organizer --- */

static enum err read_third_party_number(struct session *session, struct arena *arena,
                                        const char *value, const char **number)
{
    char e164[17];
    if (!value)
        return ERR_OK;
    *number = NULL;
    if (!value[0])
        return ERR_OK;
    enum err err = number_parse(value, e164, &session->error);
    if (err == ERR_OK)
        *number = arena_copy(arena, e164);
    return err;
}

static const char *text_or_none(const char *value, const char *before)
{
    return !value ? before : value[0] ? value : NULL;
}

static enum err read_third_party(struct session *session, const struct arguments *arguments,
                                 struct arena *arena, struct organizer *out)
{
    out->third_party_name =
        text_or_none(argument(arguments, "third-party-name"), out->third_party_name);
    out->third_party_passcode =
        text_or_none(argument(arguments, "third-party-passcode"), out->third_party_passcode);
    enum err err = read_third_party_number(
        session, arena, argument(arguments, "third-party-number"), &out->third_party_number);
    if (err == ERR_OK)
        err = read_third_party_number(session, arena, argument(arguments, "third-party-toll-free"),
                                      &out->third_party_toll_free);
    return err;
}

static enum err read_static_id(struct session *session, const char *value, struct arena *arena,
                               struct organizer *out)
{
    char digits[ID_SIZE];
    if (!value)
        return ERR_OK;
    if (!conference_id_normalize(value, digits))
        return error_set_what(&session->error, ERR_INVALID, "has not 4 to 12 digits",
                              "static ID '%s'", value);
    out->static_id = arena_copy(arena, digits);
    return ERR_OK;
}

static enum err read_lang(struct session *session, const char *value, const char **lang)
{
    if (!value)
        return ERR_OK;
    size_t length = strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (length < 2 || length > 16 || value[length])
        return error_set(&session->error, ERR_INVALID, "lang",
                         "'%s' is no language, such as en or de", value);
    *lang = value;
    return ERR_OK;
}

static enum err read_organizer(struct session *session, const struct arguments *arguments,
                               struct arena *arena, struct organizer *out)
{
    const char *provider = argument(arguments, "provider");
    if (argument_given(arguments, "name"))
        out->name = argument(arguments, "name");
    if (argument_given(arguments, "tz"))
        out->tz = argument(arguments, "tz");
    if (provider && !provider_parse(provider, &out->provider))
        return error_set(&session->error, ERR_INVALID, "provider",
                         "'%s' is none of microsoft, third-party and none", provider);
    enum err err = read_lang(session, argument(arguments, "lang"), &out->lang);
    if (err == ERR_OK)
        err = argument_switch(session, "dial-in", argument(arguments, "dial-in"), &out->dial_in);
    if (err == ERR_OK)
        err = read_static_id(session, argument(arguments, "static-id"), arena, out);
    return err == ERR_OK ? read_third_party(session, arguments, arena, out) : err;
}

static enum err put_and_show(struct session *session, const struct arguments *arguments,
                             struct result *result)
{
    struct strings notes = {0};
    struct organizer *organizer = &result->organizer;
    enum err err = read_organizer(session, arguments, result->arena, organizer);
    if (err == ERR_OK)
        err = desk_organizer_put(session, result->arena, organizer, &notes);
    if (err == ERR_OK)
        err = desk_organizer_named(session, result->arena, organizer->email, organizer);
    result->warnings = notes;
    result->kind = RESULT_ORGANIZER;
    return err;
}

enum err run_organizer_add(struct session *session, const struct arguments *arguments,
                           struct result *result)
{
    result->organizer = (struct organizer){
        .email = arguments->operands.items[0],
        .name = "",
        .tz = zone_name(session_own_zone(session)),
        .lang = session->settings.lang ? session->settings.lang : "en",
        .dial_in = true,
        .provider = PROVIDER_MICROSOFT,
    };
    return put_and_show(session, arguments, result);
}

static enum err set_organizer(struct session *session, void *context)
{
    const struct setting *setting = context;
    struct result *result = setting->result;
    enum err err = desk_organizer_named(session, result->arena,
                                        setting->arguments->operands.items[0], &result->organizer);
    return err == ERR_OK ? put_and_show(session, setting->arguments, result) : err;
}

enum err run_organizer_set(struct session *session, const struct arguments *arguments,
                           struct result *result)
{
    struct setting setting = {arguments, result};
    return transaction_write(session, set_organizer, &setting);
}

enum err run_organizer_show(struct session *session, const struct arguments *arguments,
                            struct result *result)
{
    enum err err = desk_organizer_named(session, result->arena, arguments->operands.items[0],
                                        &result->organizer);
    const char *obstacle = err == ERR_OK ? organizer_obstacle(&result->organizer) : NULL;
    result->kind = RESULT_ORGANIZER;
    if (obstacle)
        *vector_push(result->arena, &result->warnings) = obstacle;
    return err;
}

enum err run_organizer_list(struct session *session, const struct arguments *arguments,
                            struct result *result)
{
    (void)arguments;
    result->kind = RESULT_ORGANIZERS;
    return desk_organizers(session, result->arena, 0, &result->organizers);
}

enum err run_organizer_reset_id(struct session *session, const struct arguments *arguments,
                                struct result *result)
{
    const char *old_id = NULL, *new_id = NULL;
    enum err err = desk_organizer_reset_id(session, result->arena, arguments->operands.items[0],
                                           &old_id, &new_id, &result->occurrences);
    if (err == ERR_OK)
        err = result_zone(session, NULL, result);
    if (err != ERR_OK)
        return err;
    size_t count = result->occurrences.count;
    *vector_push(result->arena, &result->warnings) =
        arena_format(result->arena, "%s is retired%s%s; %zu meeting%s still name%s it", old_id,
                     new_id ? ", the static ID is now " : "", new_id ? new_id : "", count,
                     count == 1 ? "" : "s", count == 1 ? "s" : "");
    /*
     * that this ID leaves none behind says nothing of the others: the list has then no words of its
     * own
     */
    result->kind = count ? RESULT_LEGACY : RESULT_MEETINGS;
    return ERR_OK;
}

/* --- number --- */

enum err run_number_add(struct session *session, const struct arguments *arguments,
                        struct result *result)
{
    char *e164 = arena_alloc(result->arena, 17);
    const char *city = argument(arguments, "city"), *country = argument(arguments, "country");
    struct number number = {
        .e164 = e164,
        .toll_free = argument_given(arguments, "toll-free"),
        .city = city ? city : "",
        .country = country ? country : "",
        .is_default = argument_given(arguments, "default"),
    };
    argument_all(result->arena, arguments, "lang", &number.langs);
    if (number.toll_free && argument_given(arguments, "toll"))
        return error_set(&session->error, ERR_INVALID, "toll", "say either --toll or --toll-free");
    enum err err = number_parse(arguments->operands.items[0], e164, &session->error);
    for (size_t i = 0; err == ERR_OK && i < number.langs.count; i++)
        err = read_lang(session, number.langs.items[i], &number.langs.items[i]);
    if (err == ERR_OK)
        err = desk_number_put(session, &number);
    if (err == ERR_OK)
        *vector_push(result->arena, &result->numbers) = number;
    result->kind = RESULT_NUMBERS;
    return err;
}

enum err run_number_list(struct session *session, const struct arguments *arguments,
                         struct result *result)
{
    (void)arguments;
    result->kind = RESULT_NUMBERS;
    return desk_numbers(session, result->arena, &result->numbers);
}

enum err run_number_remove(struct session *session, const struct arguments *arguments,
                           struct result *result)
{
    char e164[17];
    enum err err = number_parse(arguments->operands.items[0], e164, &session->error);
    if (err == ERR_OK)
        err = desk_number_remove(session, e164);
    result->kind = RESULT_MESSAGE;
    result->message = arena_format(result->arena, "%s is removed.", err == ERR_OK ? e164 : "");
    return err;
}
