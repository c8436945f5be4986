/* Commands on the directory: org and organizer. */
#include "commands.h"

#include <desk/transaction.h>
#include <show/print.h>
#include <string.h>

/*
 * org and organizer set read what they change within the transaction that writes it: two runs that
 * set different things at once do not undo each other's.
 */

/* --- org --- */

static const struct command_option org_options[] = {
    {.name = "name", .value = "TEXT", .help = "the organization's name"},
    {.name = "dynamic-ids",
     .value = "on|off|TIME",
     .help = "the cut-over: from when on new meetings get dynamic IDs"},
    {.name = "id-digits", .value = "N", .help = "digits of a dynamic ID, 8 to 12"},
    {.name = "quarantine-days",
     .value = "N",
     .help = "days before a retired ID may be issued again"},
    {.name = "margin-minutes",
     .value = "N",
     .help = "meetings on one static ID that are no further apart are a mixing risk"},
    {.name = "early-minutes",
     .value = "N",
     .help = "minutes before the start from which callers are let in"},
    {.name = "grace-minutes",
     .value = "N",
     .help = "minutes after the end until which callers are let in"},
    {.name = "tell",
     .value = "nothing|organizer|title",
     .help = "what callers are told of a meeting before they name it; nothing by default"},
    {.name = "join-url", .value = "URL", .help = "the web page to join by; '' for none"},
    {0},
};

static enum err read_cut_over_time(const struct invocation *invocation, int64_t *since)
{
    struct error *error = &invocation->session->error;
    enum err err = argument_time(invocation, "dynamic-ids", invocation->zone, since);
    if (!err)
        return err;
    return error_set_what(error, err,
                          arena_format(invocation->arena, "%s; or write on or off", error->why),
                          "%s", error->what);
}

static enum err read_cut_over(const struct invocation *invocation, int64_t *since)
{
    const char *value = argument(invocation, "dynamic-ids");
    int64_t now = session_now(invocation->session);
    if (!value)
        return ERR_OK;
    if (strcmp(value, "off") == 0)
        *since = INSTANT_NEVER;
    else if (strcmp(value, "on") != 0)
        return read_cut_over_time(invocation, since);
    else if (*since == INSTANT_NEVER || *since > now) /* dynamic IDs that are on keep their time */
        *since = now;
    return ERR_OK;
}

static enum err read_organization(const struct invocation *invocation, struct organization *out)
{
    const struct {
        const char *name;
        int least, most;
        int *number;
    } numbers[] = {
        {"id-digits", ID_DYNAMIC_MIN_DIGITS, ID_MAX_DIGITS, &out->id_digits},
        {"quarantine-days", 0, 36500, &out->quarantine_days},
        {"margin-minutes", 0, 1440, &out->margin_minutes},
        {"early-minutes", 0, 1440, &out->early_minutes},
        {"grace-minutes", 0, 1440, &out->grace_minutes},
    };
    const char *name = argument(invocation, "name"), *url = argument(invocation, "join-url");
    const char *tell = argument(invocation, "tell");
    if (tell && !tell_parse(tell, &out->tell))
        return error_set(&invocation->session->error, ERR_INVALID, "tell",
                         "unknown value '%s'; write nothing, organizer or title", tell);
    if (name)
        out->name = name;
    if (url)
        out->join_url = url[0] ? url : NULL;
    enum err err = read_cut_over(invocation, &out->dynamic_since);
    if (err)
        return err;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        err = argument_number(invocation, numbers[i].name, numbers[i].least, numbers[i].most,
                              numbers[i].number);
        if (err)
            return err;
    }
    return ERR_OK;
}

static enum err set_organization(struct session *session, const struct invocation *invocation,
                                 bool *changed)
{
    struct organization organization = {0};
    enum err err = desk_organization(session, invocation->arena, &organization, NULL);
    if (err)
        return err;
    int64_t version = organization.version;
    err = read_organization(invocation, &organization);
    if (err)
        return err;
    err = desk_organization_change(session, &organization);
    *changed = organization.version != version;
    return err;
}

static enum err run_org(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct organization organization = {0};
    struct organization_figures figures = {0};
    struct writing writing = {0};
    bool changed = true;
    while (invocation->options.count > 0 && writing_next(session, &writing))
        writing.err = set_organization(session, invocation, &changed);
    if (writing.err)
        return writing.err;
    enum err err = desk_organization(session, arena, &organization, &figures);
    if (err)
        return err;
    output_answer(invocation,
                  invocation->json
                      ? json_organization(arena, &organization, &figures, invocation->zone)
                      : text_organization(arena, &organization, &figures, invocation->zone));
    if (!changed)
        output_warning(invocation, "nothing was changed");
    return ERR_OK;
}

const struct command command_org = {
    .name = "org",
    .options = org_options,
    .help = "show or change the organization's settings",
    .store = STORE_WRITE_IF_OPTION_GIVEN,
    .zone = true,
    .run = run_org,
};

/* --- organizer add and set --- */

static const struct command_option organizer_options[] = {
    {.name = "name", .value = "TEXT", .help = "the organizer's name"},
    {.name = "alias",
     .value = "ADDRESS",
     .help = "another address that names the organizer; those that are named are all; '' for none",
     .many = true},
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

/* An empty value sets none. */
static void read_text_or_none(const struct invocation *invocation, const char *name,
                              const char **text)
{
    const char *value = argument(invocation, name);
    if (value)
        *text = value[0] ? value : NULL;
}

/* An empty value sets none. */
static enum err read_third_party_number(const struct invocation *invocation, const char *name,
                                        const char **number)
{
    char e164[17];
    const char *value = argument(invocation, name);
    if (!value)
        return ERR_OK;
    *number = NULL;
    if (!value[0])
        return ERR_OK;
    enum err err = number_parse(value, e164, &invocation->session->error);
    if (err)
        return err;
    *number = arena_copy(invocation->arena, e164);
    return ERR_OK;
}

static enum err read_third_party(const struct invocation *invocation, struct organizer *out)
{
    read_text_or_none(invocation, "third-party-name", &out->third_party_name);
    read_text_or_none(invocation, "third-party-passcode", &out->third_party_passcode);
    enum err err =
        read_third_party_number(invocation, "third-party-number", &out->third_party_number);
    if (err)
        return err;
    return read_third_party_number(invocation, "third-party-toll-free",
                                   &out->third_party_toll_free);
}

static enum err read_static_id(const struct invocation *invocation, struct organizer *out)
{
    char digits[ID_SIZE];
    const char *value = argument(invocation, "static-id");
    if (!value)
        return ERR_OK;
    if (!conference_id_normalize(value, digits))
        return error_set_what(&invocation->session->error, ERR_INVALID, "must have 4 to 12 digits",
                              "static ID '%s'", value);
    out->static_id = arena_copy(invocation->arena, digits);
    return ERR_OK;
}

/* An empty value of --alias names no address: it takes all aliases away. */
static void read_aliases(const struct invocation *invocation, struct strings *aliases)
{
    struct strings named = {0};
    argument_all(invocation, "alias", &named);
    if (named.count == 0)
        return;
    *aliases = (struct strings){0};
    for (size_t i = 0; i < named.count; i++)
        if (named.items[i][0])
            *vector_push(invocation->arena, aliases) = named.items[i];
}

static enum err read_organizer(const struct invocation *invocation, struct organizer *out)
{
    const char *name = argument(invocation, "name"), *tz = argument(invocation, "tz");
    const char *provider = argument(invocation, "provider"), *lang = argument(invocation, "lang");
    if (name)
        out->name = name;
    if (tz)
        out->tz = tz;
    if (provider && !provider_parse(provider, &out->provider))
        return error_set(&invocation->session->error, ERR_INVALID, "provider",
                         "unknown provider '%s'; write microsoft, third-party or none", provider);
    enum err err = lang ? argument_language_tag(invocation, lang) : ERR_OK;
    if (err)
        return err;
    err = argument_language(invocation, &out->lang);
    if (err)
        return err;
    read_aliases(invocation, &out->aliases);
    err = argument_switch(invocation, "dial-in", &out->dial_in);
    if (err)
        return err;
    err = read_static_id(invocation, out);
    if (err)
        return err;
    return read_third_party(invocation, out);
}

struct organizer_change {
    const struct invocation *invocation;
    struct organizer organizer; /* as stored, in the end */
    struct strings notes;       /* what the change does to others */
};

/* Sets what the options name and stores the organizer. */
static enum err put_organizer(struct session *session, struct organizer_change *change)
{
    struct arena *arena = change->invocation->arena;
    change->notes = (struct strings){0};
    enum err err = read_organizer(change->invocation, &change->organizer);
    if (err)
        return err;
    err = desk_organizer_put(session, arena, &change->organizer, &change->notes);
    if (err)
        return err;
    return desk_organizer_named(session, arena, change->organizer.email, &change->organizer);
}

static void output_organizer(struct invocation *invocation, const struct organizer *organizer)
{
    output_answer(invocation, invocation->json ? json_organizer(invocation->arena, organizer)
                                               : text_organizer(invocation->arena, organizer));
}

static enum err run_organizer_add(struct session *session, struct invocation *invocation)
{
    struct organizer_change change = {
        .invocation = invocation,
        .organizer =
            {
                .email = invocation->operands.items[0],
                .name = "",
                .tz = zone_name(session_own_zone(session)),
                .lang = session->settings.lang ? session->settings.lang : "en",
                .dial_in = true,
                .provider = PROVIDER_MICROSOFT,
            },
    };
    enum err err = put_organizer(session, &change);
    if (err)
        return err;
    output_organizer(invocation, &change.organizer);
    output_warnings(invocation, &change.notes);
    return ERR_OK;
}

const struct command command_organizer_add = {
    .name = "organizer add",
    .operands = "EMAIL",
    .least = 1,
    .options = organizer_options,
    .help = "add an organizer",
    .store = STORE_WRITE,
    .run = run_organizer_add,
};

static enum err set_organizer(struct session *session, struct organizer_change *change)
{
    const struct invocation *invocation = change->invocation;
    enum err err = desk_organizer_named(session, invocation->arena, invocation->operands.items[0],
                                        &change->organizer);
    if (err)
        return err;
    return put_organizer(session, change);
}

static enum err run_organizer_set(struct session *session, struct invocation *invocation)
{
    struct organizer_change change = {.invocation = invocation};
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = set_organizer(session, &change);
    if (writing.err)
        return writing.err;
    output_organizer(invocation, &change.organizer);
    output_warnings(invocation, &change.notes);
    return ERR_OK;
}

const struct command command_organizer_set = {
    .name = "organizer set",
    .operands = "EMAIL",
    .least = 1,
    .options = organizer_options,
    .help = "change an organizer",
    .store = STORE_WRITE,
    .run = run_organizer_set,
};

/* --- organizer show, list and reset-id --- */

static enum err run_organizer_show(struct session *session, struct invocation *invocation)
{
    struct organizer organizer = {0};
    enum err err =
        desk_organizer_named(session, invocation->arena, invocation->operands.items[0], &organizer);
    if (err)
        return err;
    const char *obstacle = organizer_obstacle(&organizer);
    output_organizer(invocation, &organizer);
    if (obstacle)
        output_warning(invocation, obstacle);
    return ERR_OK;
}

const struct command command_organizer_show = {
    .name = "organizer show",
    .operands = "EMAIL",
    .least = 1,
    .help = "show an organizer, and why dial-in is not possible, if so",
    .store = STORE_READ,
    .run = run_organizer_show,
};

static enum err run_organizer_list(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct organizers list = {0};
    struct occurrences meetings = {0};
    struct legacy_lines lines = {0}, legacy = {0};
    enum err err = desk_organizers(session, arena, 0, &list);
    if (err)
        return err;
    err = desk_legacy(session, arena, NULL, false, false, &meetings);
    if (err)
        return err;
    legacy_summarize(arena, &meetings, &lines);
    legacy_by_organizer(arena, &lines, &legacy);
    output_answer(invocation, invocation->json
                                  ? json_organizers(arena, &list, &legacy)
                                  : text_organizers(arena, &list, &legacy, invocation->zone));
    return ERR_OK;
}

const struct command command_organizer_list = {
    .name = "organizer list",
    .help = "list the organizers, each with what is left on static IDs and at risk",
    .store = STORE_READ,
    .zone = true,
    .run = run_organizer_list,
};

/* Nothing for an empty list: text_legacy would say that no meeting is left on any static ID. */
static char *still_named_text(struct arena *arena, struct occurrences *list,
                              const struct zone *zone)
{
    return list->count ? text_legacy(arena, list, zone) : arena_copy(arena, "");
}

static const struct command_option reset_options[] = {
    {.name = "dry-run", .help = "say which meetings still name the ID, and reset nothing"},
    {0},
};

static enum err run_organizer_reset_id(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const char *old_id, *new_id;
    struct occurrences list = {0};
    bool dry_run = argument_given(invocation, "dry-run");
    enum err err = desk_organizer_reset_id(session, arena, invocation->operands.items[0], dry_run,
                                           &old_id, &new_id, &list);
    if (err)
        return err;
    err = desk_uids_shorten(session, arena, true, &list);
    if (err)
        return err;
    if (invocation->json)
        output_json_meetings(invocation, &list, false);
    else
        output_answer(invocation, still_named_text(arena, &list, invocation->zone));
    const char *still = arena_format(arena, "%zu meeting%s still name%s it", list.count,
                                     list.count == 1 ? "" : "s", list.count == 1 ? "s" : "");
    if (dry_run)
        output_warning(invocation,
                       arena_format(arena, "%s would be retired (--dry-run); %s", old_id, still));
    else
        output_warning(invocation, arena_format(arena, "%s is retired%s%s; %s", old_id,
                                                new_id ? ", the static ID is now " : "",
                                                new_id ? new_id : "", still));
    return ERR_OK;
}

const struct command command_organizer_reset_id = {
    .name = "organizer reset-id",
    .operands = "EMAIL",
    .least = 1,
    .options = reset_options,
    .help = "retire an organizer's static ID, and list the meetings that name it",
    .store = STORE_WRITE,
    .zone = true,
    .run = run_organizer_reset_id,
};
