/*
 * The directory: whose calendar is meant, the organization, its numbers.
 */
#include "directory.h"
#include <base/utf8.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

/* Two tell "the only one" from "one of several"; more are named in the message. */
enum { ORGANIZERS_NAMED = 5 };

struct reading {
    struct arena *arena;
    const char *email;
    struct organizer *organizer;
    size_t limit; /* of organizers; 0: all */
    struct organizers *organizers;
    struct organization *organization;
    struct organization_figures *figures;
    struct numbers *numbers;
    const struct organizers_page *page;
};

static enum err organizer_unclear(struct session *session, const struct organizers *list)
{
    struct arena *arena = arena_new();
    struct text why = text_start(arena);
    text_add(&why,
             "more than one is there; name one with --organizer EMAIL or DIALDESK_ORGANIZER:");
    for (size_t i = 0; i < list->count && i < ORGANIZERS_NAMED; i++)
        text_addf(&why, "%s %s", i == 0 ? "" : ",", list->items[i].email);
    if (list->count > ORGANIZERS_NAMED)
        text_add(&why, ", ...");
    enum err err = error_set(&session->error, ERR_INVALID, "organizer", "%s", why.bytes);
    arena_free(arena);
    return err;
}

static enum err read_only_organizer(struct session *session, void *context)
{
    struct reading *reading = context;
    struct organizers list = {0};
    enum err err =
        store_organizers_list(reading->arena, session->store, ORGANIZERS_NAMED + 1, &list);
    if (err != ERR_OK)
        return err;
    if (list.count == 0)
        return error_set(&session->error, ERR_INVALID, "organizer",
                         "there is none yet; add one with 'dialdesk organizer add EMAIL'");
    if (list.count > 1)
        return organizer_unclear(session, &list);
    *reading->organizer = list.items[0];
    return ERR_OK;
}

static enum err read_organizer(struct session *session, void *context)
{
    struct reading *reading = context;
    return store_organizer_by_email(reading->arena, session->store, reading->email,
                                    reading->organizer);
}

enum err desk_organizer_named(struct session *session, struct arena *arena, const char *email,
                              struct organizer *out)
{
    struct reading reading = {.arena = arena, .email = email, .organizer = out};
    return transaction_read(session, read_organizer, &reading);
}

enum err desk_organizer(struct session *session, struct arena *arena, struct organizer *out)
{
    if (session->settings.organizer)
        return desk_organizer_named(session, arena, session->settings.organizer, out);
    struct reading reading = {.arena = arena, .organizer = out};
    return transaction_read(session, read_only_organizer, &reading);
}

static enum err read_page(struct session *session, void *context)
{
    struct reading *reading = context;
    *reading->organizers = (struct organizers){0};
    return store_organizers_page(reading->arena, session->store, reading->page,
                                 reading->organizers);
}

enum err desk_organizers_page(struct session *session, struct arena *arena,
                              const struct organizers_page *page, struct organizers *out)
{
    struct reading reading = {.arena = arena, .page = page, .organizers = out};
    return transaction_read(session, read_page, &reading);
}

static enum err read_organizers(struct session *session, void *context)
{
    struct reading *reading = context;
    *reading->organizers = (struct organizers){0};
    return store_organizers_list(reading->arena, session->store, reading->limit,
                                 reading->organizers);
}

enum err desk_organizers(struct session *session, struct arena *arena, size_t limit,
                         struct organizers *out)
{
    struct reading reading = {.arena = arena, .limit = limit, .organizers = out};
    return transaction_read(session, read_organizers, &reading);
}

enum err desk_reader_zone(struct session *session, const struct organizer *organizer,
                          const struct zone **zone)
{
    const char *name = session->settings.tz;
    if (!name && organizer && organizer->tz && organizer->tz[0])
        name = organizer->tz;
    return session_zone(session, name, zone);
}

/* --- the organization --- */

/* The chance that a caller's guess, of the length that is issued now, lets them in. */
static double guess_probability(const struct organization *organization,
                                const int64_t live[ID_SIZE])
{
    int length = conference_id_length(organization->id_digits, live);
    double worst = 0;
    for (int n = ID_MIN_DIGITS; n <= ID_MAX_DIGITS; n++) {
        double chance = conference_id_guess_probability(n, live[n]);
        if (n == length || (n >= ID_DYNAMIC_MIN_DIGITS && chance > worst))
            worst = chance > worst ? chance : worst;
    }
    return worst;
}

static enum err read_figures(struct session *session, const struct organization *organization,
                             struct organization_figures *figures)
{
    int64_t live[ID_SIZE] = {0};
    *figures = (struct organization_figures){0};
    enum err err = store_id_live_counts(session->store, live);
    if (err != ERR_OK)
        return err;
    for (int n = ID_MIN_DIGITS; n <= ID_MAX_DIGITS; n++)
        figures->live_ids += live[n];
    figures->guess_probability = guess_probability(organization, live);
    return ERR_OK;
}

static enum err read_organization(struct session *session, void *context)
{
    struct reading *reading = context;
    enum err err = store_organization_get(reading->arena, session->store, reading->organization);
    if (err == ERR_OK && reading->figures)
        err = read_figures(session, reading->organization, reading->figures);
    return err;
}

enum err desk_organization(struct session *session, struct arena *arena, struct organization *out,
                           struct organization_figures *figures)
{
    struct reading reading = {.arena = arena, .organization = out, .figures = figures};
    return transaction_read(session, read_organization, &reading);
}

static enum err check_range(struct session *session, const char *what, int value, int least,
                            int most)
{
    if (value >= least && value <= most)
        return ERR_OK;
    return error_set(&session->error, ERR_INVALID, what, "%d is not from %d to %d", value, least,
                     most);
}

static enum err check_join_url(struct session *session, const char *url)
{
    if (!url)
        return ERR_OK;
    bool web = strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
    for (const char *c = url; *c; c++)
        web = web && *c > ' ' && *c != 0x7f && *c != '"' && *c != '<' && *c != '>';
    if (web && strlen(url) <= 2000)
        return ERR_OK;
    return error_set_what(&session->error, ERR_INVALID,
                          "is no web address, such as https://meet.example.org/", "join URL '%s'",
                          url);
}

static enum err organization_validate(struct session *session,
                                      const struct organization *organization)
{
    enum err err = check_range(session, "id-digits", organization->id_digits, ID_DYNAMIC_MIN_DIGITS,
                               ID_MAX_DIGITS);
    if (err == ERR_OK)
        err = check_range(session, "quarantine-days", organization->quarantine_days, 0, 36500);
    if (err == ERR_OK)
        err = check_range(session, "margin-minutes", organization->margin_minutes, 0, 1440);
    if (err == ERR_OK)
        err = check_range(session, "early-minutes", organization->early_minutes, 0, 1440);
    if (err == ERR_OK)
        err = check_range(session, "grace-minutes", organization->grace_minutes, 0, 1440);
    if (err == ERR_OK)
        err = check_join_url(session, organization->join_url);
    if (err == ERR_OK)
        err = utf8_check("name", organization->name, DIRECTORY_TEXT_MAX, &session->error);
    return err;
}

static void say_number(struct text *text, const char *what, int old, int new)
{
    if (old != new)
        text_addf(text, "%s%s: %d -> %d", text->length ? "; " : "", what, old, new);
}

static void say_text(struct text *text, const char *what, const char *old, const char *new)
{
    old = old ? old : "";
    new = new ? new : "";
    if (strcmp(old, new) != 0)
        text_addf(text, "%s%s: '%s' -> '%s'", text->length ? "; " : "", what, old, new);
}

static const char *cut_over_text(struct arena *arena, int64_t since)
{
    return since == INSTANT_NEVER ? "off" : time_format_rfc3339(arena, since, zone_utc());
}

static enum err change_organization(struct session *session, void *context)
{
    struct organization *changed = context, now = {0};
    struct arena *arena = arena_new();
    enum err err = store_organization_get(arena, session->store, &now);
    struct text detail = text_start(arena);
    if (err == ERR_OK) {
        say_text(&detail, "name", now.name, changed->name);
        say_text(&detail, "dynamic IDs", cut_over_text(arena, now.dynamic_since),
                 cut_over_text(arena, changed->dynamic_since));
        say_number(&detail, "ID digits", now.id_digits, changed->id_digits);
        say_number(&detail, "quarantine days", now.quarantine_days, changed->quarantine_days);
        say_number(&detail, "margin minutes", now.margin_minutes, changed->margin_minutes);
        say_number(&detail, "early minutes", now.early_minutes, changed->early_minutes);
        say_number(&detail, "grace minutes", now.grace_minutes, changed->grace_minutes);
        say_text(&detail, "join URL", now.join_url, changed->join_url);
        err = store_organization_put(session->store, changed);
    }
    if (err == ERR_OK && detail.length > 0)
        err = history_note(session, HISTORY_ORGANIZATION_CHANGED, NULL, NULL, detail.bytes);
    arena_free(arena);
    return err;
}

enum err desk_organization_change(struct session *session, struct organization *changed)
{
    enum err err = organization_validate(session, changed);
    return err == ERR_OK ? transaction_write(session, change_organization, changed) : err;
}

/* --- numbers --- */

static enum err read_numbers(struct session *session, void *context)
{
    struct reading *reading = context;
    *reading->numbers = (struct numbers){0};
    return store_numbers_list(reading->arena, session->store, reading->numbers);
}

enum err desk_numbers(struct session *session, struct arena *arena, struct numbers *out)
{
    struct reading reading = {.arena = arena, .numbers = out};
    return transaction_read(session, read_numbers, &reading);
}

static enum err put_number(struct session *session, void *context)
{
    const struct number *number = context;
    enum err err = store_number_put(session->store, number);
    return err == ERR_OK ? history_note(session, HISTORY_NUMBER_ADDED, NULL, NULL, number->e164)
                         : err;
}

enum err desk_number_put(struct session *session, const struct number *number)
{
    struct number copy = *number;
    size_t country = strlen(number->country);
    if (country != 0 &&
        (country != 2 || strspn(number->country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
        return error_set_what(&session->error, ERR_INVALID,
                              "is no country's two letters, such as US or DE", "country '%s'",
                              number->country);
    enum err err = utf8_check("city", number->city, DIRECTORY_TEXT_MAX, &session->error);
    return err == ERR_OK ? transaction_write(session, put_number, &copy) : err;
}

struct removal {
    const char *e164;
};

static enum err remove_number(struct session *session, void *context)
{
    const struct removal *removal = context;
    enum err err = store_number_remove(session->store, removal->e164);
    return err == ERR_OK ? history_note(session, HISTORY_NUMBER_REMOVED, NULL, NULL, removal->e164)
                         : err;
}

enum err desk_number_remove(struct session *session, const char *e164)
{
    struct removal removal = {e164};
    return transaction_write(session, remove_number, &removal);
}
