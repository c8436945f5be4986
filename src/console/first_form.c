/*
 * The form of the first run: one page from which a store becomes one that gives out meetings with
 * an ID. What the system knows is filled in; everything on it can be changed later in the
 * directory.
 */
#include "directory.h"
#include "form.h"
#include "start.h"
#include <string.h>

enum { F_EMAIL, F_NAME, F_ZONE, F_IDS, F_NUMBER };

enum { DYNAMIC, STATIC };
static const char *const kinds[] = {[DYNAMIC] = "dynamic", [STATIC] = "static", NULL};

static const char *check_dial_in(struct console *console, struct form *form, const char *value)
{
    return *value ? check_number(console, form, value) : NULL;
}

static const struct field_spec fields[] = {
    [F_EMAIL] = {"Address", "ada@example.org", NULL, 254, check_email},
    [F_NAME] = {"Name", "as invitations show it", NULL, 200, NULL},
    [F_ZONE] = {"Time zone", "Europe/Berlin", NULL, 64, check_zone},
    [F_IDS] = {"New IDs", NULL, kinds, 0, NULL},
    [F_NUMBER] = {"Dial-in no.", "+49 30 901820, or empty", NULL, 40, check_dial_in},
    {NULL, NULL, NULL, 0, NULL},
};

static void settle(struct console *console, struct form *form)
{
    (void)console;
    form_below(form);
    if (form->focus == F_NUMBER)
        form_say(form, STYLE_DIM,
                 "The number that callers dial, for the invitations. Empty: add it later in the "
                 "directory, or with 'dialdesk number add'.");
    else if (form->fields[F_IDS].choice == DYNAMIC)
        form_say(form, STYLE_DIM,
                 "Each new meeting gets a conference ID of its own, so that callers of two "
                 "meetings never land in one.");
    else
        form_say(form, STYLE_RISK,
                 "All meetings of an organizer share one ID: where two overlap, their callers "
                 "land in one.");
}

static void fill(struct console *console, struct form *form, const void *given)
{
    (void)given;
    struct guess guess = guess_user(console->turn);
    field_fill(form, F_EMAIL, guess.email);
    field_fill(form, F_NAME, guess.name);
    field_fill(form, F_ZONE, zone_name(session_own_zone(console->session)));
    form->whole = *guess.email != '\0'; /* whoever types puts something else in its place */
}

static const char *complete(struct console *console, struct form *form, size_t field)
{
    return field == F_ZONE ? zone_rest(console->turn, field_value(form, field)) : NULL;
}

/* Everything in one transaction: the organizer, the kind of IDs, the number. */
static bool save(struct console *console, struct form *form)
{
    char e164[17] = "";
    const char *typed = field_value(form, F_NUMBER);
    struct number number = {.e164 = e164, .city = "", .country = "", .is_default = true};
    struct organizer organizer = {.email = field_value(form, F_EMAIL),
                                  .name = field_value(form, F_NAME),
                                  .tz = field_value(form, F_ZONE),
                                  .lang = "en",
                                  .dial_in = true,
                                  .provider = PROVIDER_MICROSOFT};
    if (!*organizer.tz)
        organizer.tz = zone_name(session_own_zone(console->session));
    enum err err = *typed ? number_parse(typed, e164, &console->session->error) : ERR_OK;
    if (err == ERR_OK)
        err = desk_set_up(console->session, console->turn, &organizer,
                          form->fields[F_IDS].choice == DYNAMIC, *typed ? &number : NULL);
    if (err != ERR_OK) {
        console_error(console);
        return false;
    }
    console_pop(console);
    console_changed(console);
    if (console_who(console) != ERR_OK) {
        console_error(console);
        return true;
    }
    if (start_done(console) && edit_open(console, NULL) == ERR_OK)
        console_say(console, "Saved. Now the first meeting: a title, then ^S.");
    return true;
}

static const struct form_spec spec = {.title = "Who schedules here?",
                                      .fields = fields,
                                      .notes = FORM_FIELDS_MAX,
                                      .settle = settle,
                                      .complete = complete,
                                      .save = save};

enum err first_form_open(struct console *console)
{
    return form_open(console, &(struct form_given){.spec = &spec, .fill = fill, .given = NULL});
}
