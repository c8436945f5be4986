/*
 * The forms of the directory: an organizer, a dial-in number, the organization.
 */
#include "directory.h"
#include "draft.h"
#include "form.h"
#include <stdlib.h>
#include <string.h>

static const char *const on_off[] = {"on", "off", NULL};
static const char *const providers[] = {"microsoft", "third-party", "none", NULL};
static const char *const number_kinds[] = {"toll", "toll-free", NULL};
static const char *const yes_no[] = {"no", "yes", NULL};

static const char *none_if_empty(const char *value)
{
    return *value ? value : NULL;
}

/* --- organizer --- */

enum {
    O_EMAIL,
    O_NAME,
    O_ZONE,
    O_LANG,
    O_DIAL_IN,
    O_PROVIDER,
    O_STATIC,
    O_ALIASES,
    O_TP_NAME,
    O_TP_NUMBER,
    O_TP_FREE,
    O_TP_PASSCODE
};

const char *check_email(struct console *console, struct form *form, const char *value)
{
    (void)form;
    return email_parse("address", value, &console->session->error) == ERR_OK ? NULL
                                                                             : form_reason(console);
}

static const char *check_aliases(struct console *console, struct form *form, const char *value)
{
    struct strings aliases = {0};
    draft_attendees(console->turn, value, &aliases);
    for (size_t i = 0; i < aliases.count; i++) {
        const char *why = check_email(console, form, aliases.items[i]);
        if (why)
            return why;
    }
    return NULL;
}

const char *check_zone(struct console *console, struct form *form, const char *value)
{
    (void)form;
    const struct zone *zone;
    return session_zone(console->session, *value ? value : NULL, &zone) == ERR_OK
               ? NULL
               : form_reason(console);
}

const char *complete_zone(struct console *console, const char *value)
{
    return zone_rest(console->turn, value);
}

static const char *check_static(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)form;
    return !*value || conference_id_valid(value) ? NULL : "4 to 12 digits";
}

const char *check_number(struct console *console, struct form *form, const char *value)
{
    (void)form;
    char e164[17];
    return number_parse(value, e164, &console->session->error) == ERR_OK ? NULL
                                                                         : form_reason(console);
}

static const struct field_spec organizer_fields[] = {
    [O_EMAIL] = {"Address", "ada@example.org", NULL, 254, check_email},
    [O_NAME] = {"Name", NULL, NULL, 200},
    [O_ZONE] = {"Time zone", "Europe/Berlin", NULL, 64, check_zone, .complete = complete_zone},
    [O_LANG] = {"Language", "of invitations: en", NULL, 16},
    [O_DIAL_IN] = {"Dial-in", NULL, on_off, 0},
    [O_PROVIDER] = {"Provider", NULL, providers, 0},
    [O_STATIC] = {"Static ID", "none; issued when it is needed", NULL, 12, check_static},
    [O_ALIASES] = {"Aliases", "other addresses of this organizer", NULL, 1000, check_aliases},
    [O_TP_NAME] = {"Its name", NULL, NULL, 200},
    [O_TP_NUMBER] = {"Its number", NULL, NULL, 40},
    [O_TP_FREE] = {"Toll-free", NULL, NULL, 40},
    [O_TP_PASSCODE] = {"Passcode", NULL, NULL, 40},
    {0},
};

static void organizer_arrange(struct console *console, struct form *form)
{
    (void)console;
    bool third = form->fields[O_PROVIDER].choice == 1;
    for (size_t i = O_TP_NAME; i <= O_TP_PASSCODE; i++)
        form->fields[i].hidden = !third;
}

static void organizer_consequences(struct console *console, struct form *form)
{
    (void)console;
    form_below(form);
    struct organizer organizer = {.dial_in = form->fields[O_DIAL_IN].choice == 0};
    provider_parse(field_value(form, O_PROVIDER), &organizer.provider);
    const char *obstacle = organizer_obstacle(&organizer);
    form_say(form, obstacle ? STYLE_RISK : STYLE_DIM,
             obstacle ? obstacle
                      : "Meetings of this organizer get a conference ID and dial-in numbers.");
    if (*form->fields[O_STATIC].original && field_changed(form, O_STATIC))
        form_say(form, STYLE_RISK,
                 "Meetings on the static ID of before keep it; new ones take this one.");
}

static void organizer_fill(struct console *console, struct form *form, const void *given)
{
    const struct organizer *organizer = given; /* NULL: a new one */
    struct organizer *copy = arena_alloc(form->arena, sizeof *copy);
    form->context = copy;
    if (!organizer) {
        field_fill(form, O_ZONE, zone_name(session_own_zone(console->session)));
        field_fill(form, O_LANG, "en");
        return;
    }
    copy->uid = arena_copy(form->arena, organizer->uid);
    copy->version = organizer->version;
    field_fill(form, O_EMAIL, organizer->email);
    field_fill(form, O_NAME, organizer->name);
    /* others know the organizer by the address: it is not to be changed by the first key */
    form->focus = O_NAME;
    field_fill(form, O_ZONE, organizer->tz);
    field_fill(form, O_LANG, organizer->lang);
    field_choose(form, O_DIAL_IN, organizer->dial_in ? 0 : 1);
    field_fill(form, O_PROVIDER, provider_name(organizer->provider));
    field_fill(form, O_STATIC, organizer->static_id);
    field_fill(form, O_ALIASES, strings_join(console->turn, &organizer->aliases, ", "));
    field_fill(form, O_TP_NAME, organizer->third_party_name);
    field_fill(form, O_TP_NUMBER, organizer->third_party_number);
    field_fill(form, O_TP_FREE, organizer->third_party_toll_free);
    field_fill(form, O_TP_PASSCODE, organizer->third_party_passcode);
}

static void organizer_read(struct arena *arena, const struct form *form, struct organizer *out)
{
    const struct organizer *before = form->context;
    *out =
        (struct organizer){.uid = before->uid,
                           .version = before->version,
                           .email = field_value(form, O_EMAIL),
                           .name = field_value(form, O_NAME),
                           .tz = field_value(form, O_ZONE),
                           .lang = field_value(form, O_LANG),
                           .dial_in = form->fields[O_DIAL_IN].choice == 0,
                           .static_id = none_if_empty(field_value(form, O_STATIC)),
                           .third_party_name = none_if_empty(field_value(form, O_TP_NAME)),
                           .third_party_number = none_if_empty(field_value(form, O_TP_NUMBER)),
                           .third_party_toll_free = none_if_empty(field_value(form, O_TP_FREE)),
                           .third_party_passcode = none_if_empty(field_value(form, O_TP_PASSCODE))};
    if (!*out->lang)
        out->lang = "en";
    provider_parse(field_value(form, O_PROVIDER), &out->provider);
    draft_attendees(arena, field_value(form, O_ALIASES), &out->aliases);
}

static void organizer_save(struct console *console, struct form *form)
{
    struct organizer organizer;
    struct strings notes = {0};
    organizer_read(console->turn, form, &organizer);
    if (!*organizer.tz)
        organizer.tz = zone_name(session_own_zone(console->session));
    const char *saved = arena_format(console->turn, "Saved %s.", organizer.email);
    if (form_saved(console,
                   desk_organizer_put(console->session, console->turn, &organizer, &notes)))
        console_say(console, "%s%s%s", saved, notes.count ? " " : "",
                    notes.count ? notes.items[0] : "");
}

const struct form_spec organizer_form = {.title = "Organizer",
                                         .fields = organizer_fields,
                                         .fill = organizer_fill,
                                         .arrange = organizer_arrange,
                                         .consequences = organizer_consequences,
                                         .save = organizer_save};

/* --- number --- */

enum { N_NUMBER, N_KIND, N_CITY, N_COUNTRY, N_LANGS, N_DEFAULT };

static const char *check_country(struct console *console, struct form *form, const char *value)
{
    (void)console, (void)form;
    return !*value || (strlen(value) == 2 && strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2)
               ? NULL
               : "two letters: DE";
}

static const struct field_spec number_fields[] = {
    [N_NUMBER] = {"Number", "+49 30 901820", NULL, 40, check_number},
    [N_KIND] = {"Kind", NULL, number_kinds, 0},
    [N_CITY] = {"City", NULL, NULL, 100},
    [N_COUNTRY] = {"Country", "DE", NULL, 2, check_country},
    [N_LANGS] = {"Languages", "de, en", NULL, 100},
    [N_DEFAULT] = {"Default", NULL, yes_no, 0},
    {0},
};

static void number_fill(struct console *console, struct form *form, const void *given)
{
    const struct number *number = given; /* NULL: a new one */
    if (!number)
        return;
    field_fill(form, N_NUMBER, number->typed && number->typed[0] ? number->typed : number->e164);
    field_choose(form, N_KIND, number->toll_free ? 1 : 0);
    field_fill(form, N_CITY, number->city);
    field_fill(form, N_COUNTRY, number->country);
    field_fill(form, N_LANGS, strings_join(console->turn, &number->langs, ", "));
    field_choose(form, N_DEFAULT, number->is_default ? 1 : 0);
}

static void number_save(struct console *console, struct form *form)
{
    char e164[17];
    struct number number = {.e164 = e164,
                            .toll_free = form->fields[N_KIND].choice == 1,
                            .city = field_value(form, N_CITY),
                            .country = field_value(form, N_COUNTRY),
                            .is_default = form->fields[N_DEFAULT].choice == 1,
                            .typed = number_typed(console->turn, field_value(form, N_NUMBER))};
    draft_attendees(console->turn, field_value(form, N_LANGS), &number.langs);
    enum err err = number_parse(field_value(form, N_NUMBER), e164, &console->session->error);
    bool changed;
    if (!err)
        err = desk_number_put(console->session, console->turn, &number, &changed);
    if (form_saved(console, err))
        console_say(console, "Saved %s.", e164);
}

const struct form_spec number_form = {
    .title = "Dial-in number", .fields = number_fields, .fill = number_fill, .save = number_save};

/* --- organization --- */

enum { G_NAME, G_DYNAMIC, G_DIGITS, G_QUARANTINE, G_MARGIN, G_EARLY, G_GRACE, G_TELL, G_URL };

static const char *check_since(struct console *console, struct form *form, const char *value)
{
    (void)form;
    struct time_reading reading;
    if (strcmp(value, "off") == 0 || strcmp(value, "on") == 0)
        return NULL;
    if (time_parse("cut-over", value, session_now(console->session), console->zone, &reading,
                   &console->session->error) == ERR_OK)
        return NULL;
    return "on (from now), off, or a time";
}

static const char *const tell_choices[] = {"nothing", "organizer", "title", NULL};

static const struct field_spec organization_fields[] = {
    [G_NAME] = {"Name", NULL, NULL, 200},
    [G_DYNAMIC] = {"Dynamic IDs", "on, off, or the time from which", NULL, 40, check_since},
    [G_DIGITS] = {"ID digits", "8", NULL, 4, .range = "8 to 12"},
    [G_QUARANTINE] = {"Quarantine", "days", NULL, 8, .range = "0 to 36500 days"},
    [G_MARGIN] = {"Risk margin", "minutes", NULL, 8, .range = "0 to 1440 minutes"},
    [G_EARLY] = {"Early entry", "minutes", NULL, 8, .range = "0 to 1440 minutes"},
    [G_GRACE] = {"Grace", "minutes after the end", NULL, 8, .range = "0 to 1440 minutes"},
    [G_TELL] = {"Tell", NULL, tell_choices, 0},
    [G_URL] = {"Join page", "https://...", NULL, 500},
    {0},
};

static void organization_fill(struct console *console, struct form *form, const void *given)
{
    const struct organization *one = given;
    struct arena *turn = console->turn;
    struct organization *copy = arena_alloc(form->arena, sizeof *copy);
    *copy = *one;
    form->context = copy;
    const char *since = one->dynamic_since == INSTANT_NEVER
                            ? "off"
                            : time_format_rfc3339(turn, one->dynamic_since, console->zone);
    field_fill(form, G_NAME, one->name);
    field_fill(form, G_DYNAMIC, since);
    field_fill(form, G_DIGITS, arena_format(turn, "%d", one->id_digits));
    field_fill(form, G_QUARANTINE, arena_format(turn, "%d", one->quarantine_days));
    field_fill(form, G_MARGIN, arena_format(turn, "%d", one->margin_minutes));
    field_fill(form, G_EARLY, arena_format(turn, "%d", one->early_minutes));
    field_fill(form, G_GRACE, arena_format(turn, "%d", one->grace_minutes));
    field_fill(form, G_TELL, tell_name(one->tell));
    field_fill(form, G_URL, one->join_url);
}

static int field_number(const struct form *form, size_t field)
{
    return (int)strtol(field_value(form, field), NULL, 10);
}

static void organization_save(struct console *console, struct form *form)
{
    struct organization changed = *(const struct organization *)form->context;
    changed.name = field_value(form, G_NAME);
    changed.id_digits = field_number(form, G_DIGITS);
    changed.quarantine_days = field_number(form, G_QUARANTINE);
    changed.margin_minutes = field_number(form, G_MARGIN);
    changed.early_minutes = field_number(form, G_EARLY);
    changed.grace_minutes = field_number(form, G_GRACE);
    tell_parse(field_value(form, G_TELL), &changed.tell);
    changed.join_url = none_if_empty(field_value(form, G_URL));
    const char *since = field_value(form, G_DYNAMIC);
    int64_t now = session_now(console->session);
    struct time_reading reading = {.instant = now};
    if (strcmp(since, "off") == 0)
        changed.dynamic_since = INSTANT_NEVER;
    else if (field_changed(form, G_DYNAMIC) &&
             (strcmp(since, "on") == 0 || time_parse("cut-over", since, now, console->zone,
                                                     &reading, &console->session->error) == ERR_OK))
        changed.dynamic_since = reading.instant;
    if (form_saved(console, desk_organization_change(console->session, &changed)))
        console_say(console, "Saved.");
}

const struct form_spec organization_form = {.title = "Organization",
                                            .fields = organization_fields,
                                            .fill = organization_fill,
                                            .save = organization_save};
