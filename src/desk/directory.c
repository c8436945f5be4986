/*
 * The directory: whose calendar is meant, the organization, its numbers, and the first run that
 * makes an empty store one that meetings can be scheduled in.
 */
#include "directory.h"
#include <base/utf8.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <string.h>

/* How many addresses the message names if there is more than one organizer. */
enum { ORGANIZERS_NAMED = 5 };

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

static enum err only_organizer(struct session *session, struct arena *arena, struct organizer *out)
{
    struct organizers list = {0};
    enum err err = store_organizers_list(arena, session->store, ORGANIZERS_NAMED + 1, &list);
    if (err)
        return err;
    if (list.count == 0)
        return error_set(&session->error, ERR_INVALID, "organizer",
                         "no organizer is stored yet; add one with 'dialdesk organizer add EMAIL'");
    if (list.count > 1)
        return organizer_unclear(session, &list);
    *out = list.items[0];
    return ERR_OK;
}

enum err desk_organizer_named(struct session *session, struct arena *arena, const char *email,
                              struct organizer *out)
{
    return READING(session, store_organizer_by_email(arena, session->store, email, out));
}

enum err desk_organizer(struct session *session, struct arena *arena, struct organizer *out)
{
    if (session->settings.organizer)
        return desk_organizer_named(session, arena, session->settings.organizer, out);
    return READING(session, only_organizer(session, arena, out));
}

enum err organizer_known(struct session *session, struct arena *arena,
                         struct known_organizers *known, const char *uid,
                         const struct organizer **out)
{
    bool found = false;
    size_t at = vector_place(known, uid, &found);
    if (found) {
        *out = known->items[at].organizer;
        return ERR_OK;
    }
    struct organizer *read = arena_alloc(arena, sizeof *read);
    *vector_insert(arena, known, at) = (struct known_organizer){arena_copy(arena, uid), read};
    *out = read;
    return store_organizer_by_uid(arena, session->store, uid, read);
}

enum err desk_organizers_page(struct session *session, struct arena *arena,
                              const struct organizers_page *page, struct organizers *out)
{
    *out = (struct organizers){0};
    return READING(session, store_organizers_page(arena, session->store, page, out));
}

enum err desk_organizers(struct session *session, struct arena *arena, size_t limit,
                         struct organizers *out)
{
    *out = (struct organizers){0};
    return READING(session, store_organizers_list(arena, session->store, limit, out));
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

/* The chance that guessed digits let a caller in: the worst over the lengths in use. */
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

static enum err figures_read(struct session *session, const struct organization *organization,
                             struct organization_figures *out)
{
    int64_t live[ID_SIZE] = {0};
    *out = (struct organization_figures){0};
    enum err err = store_id_live_counts(session->store, live);
    if (err)
        return err;
    for (int n = ID_MIN_DIGITS; n <= ID_MAX_DIGITS; n++)
        out->live_ids += live[n];
    out->guess_probability = guess_probability(organization, live);
    return ERR_OK;
}

enum err desk_organization(struct session *session, struct arena *arena, struct organization *out,
                           struct organization_figures *figures)
{
    enum err err = reading_begin(session);
    if (!err)
        err = store_organization_get(arena, session->store, out);
    if (!err && figures)
        err = figures_read(session, out, figures);
    return reading_end(session, err);
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
                          "not a web address, such as https://meet.example.org/", "join URL '%s'",
                          url);
}

static enum err organization_validate(struct session *session,
                                      const struct organization *organization)
{
    const struct {
        const char *name;
        int value, least, most;
    } ranges[] = {
        {"id-digits", organization->id_digits, ID_DYNAMIC_MIN_DIGITS, ID_MAX_DIGITS},
        {"quarantine-days", organization->quarantine_days, 0, 36500},
        {"margin-minutes", organization->margin_minutes, 0, 1440},
        {"early-minutes", organization->early_minutes, 0, 1440},
        {"grace-minutes", organization->grace_minutes, 0, 1440},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].value < ranges[i].least || ranges[i].value > ranges[i].most)
            return error_set(&session->error, ERR_INVALID, ranges[i].name,
                             "%d is not from %d to %d", ranges[i].value, ranges[i].least,
                             ranges[i].most);
    enum err err = check_join_url(session, organization->join_url);
    if (err)
        return err;
    return utf8_check("name", organization->name, DIRECTORY_TEXT_MAX, &session->error);
}

static void say_number(struct text *text, const char *what, int old, int new)
{
    if (old != new)
        text_addf(text, "%s%s: %d -> %d", text->length ? "; " : "", what, old, new);
}

static const char *cut_over_text(struct arena *arena, int64_t since)
{
    return since == INSTANT_NEVER ? "off" : time_format_rfc3339(arena, since, zone_utc());
}

static const char *organization_detail(struct arena *arena, const struct organization *old,
                                       const struct organization *new)
{
    struct text detail = text_start(arena);
    detail_add(&detail, "name", old->name, new->name);
    detail_add(&detail, "dynamic IDs", cut_over_text(arena, old->dynamic_since),
               cut_over_text(arena, new->dynamic_since));
    say_number(&detail, "ID digits", old->id_digits, new->id_digits);
    say_number(&detail, "quarantine days", old->quarantine_days, new->quarantine_days);
    say_number(&detail, "margin minutes", old->margin_minutes, new->margin_minutes);
    say_number(&detail, "early minutes", old->early_minutes, new->early_minutes);
    say_number(&detail, "grace minutes", old->grace_minutes, new->grace_minutes);
    detail_add(&detail, "told before the check", tell_name(old->tell), tell_name(new->tell));
    detail_add(&detail, "join URL", old->join_url, new->join_url);
    return detail.bytes;
}

static enum err organization_put(struct session *session, struct arena *arena,
                                 struct organization *changed)
{
    struct organization old = {0};
    enum err err = store_organization_get(arena, session->store, &old);
    if (err)
        return err;
    const char *detail = organization_detail(arena, &old, changed);
    if (!detail[0])
        return ERR_OK;
    err = store_organization_put(session->store, changed);
    return err ? err : history_note(session, HISTORY_ORGANIZATION_CHANGED, NULL, NULL, detail);
}

enum err desk_organization_change(struct session *session, struct organization *changed)
{
    struct arena *arena = arena_new();
    struct writing writing = {.err = organization_validate(session, changed)};
    while (writing_next(session, &writing))
        writing.err = organization_put(session, arena, changed);
    arena_free(arena);
    return writing.err;
}

/* --- numbers --- */

enum err desk_numbers(struct session *session, struct arena *arena, struct numbers *out)
{
    *out = (struct numbers){0};
    return READING(session, store_numbers_list(arena, session->store, out));
}

/* What a change of it comes to; "": nothing. */
static const char *number_differences(struct arena *arena, const struct number *old,
                                      const struct number *new)
{
    struct text text = text_start(arena);
    detail_add(&text, "toll-free", old->toll_free ? "yes" : "no", new->toll_free ? "yes" : "no");
    detail_add(&text, "city", old->city, new->city);
    detail_add(&text, "country", old->country, new->country);
    detail_add(&text, "languages", strings_join(arena, &old->langs, " "),
               strings_join(arena, &new->langs, " "));
    detail_add(&text, "default", old->is_default ? "yes" : "no", new->is_default ? "yes" : "no");
    detail_add(&text, "shown as", old->typed, new->typed);
    return text.bytes;
}

static enum err number_put(struct session *session, struct arena *arena,
                           const struct number *number, bool *changed)
{
    struct numbers list = {0};
    enum history_event event = HISTORY_NUMBER_ADDED;
    const char *detail = number->e164;
    enum err err = store_numbers_list(arena, session->store, &list);
    *changed = true;
    for (size_t i = 0; i < list.count; i++) {
        if (strcmp(list.items[i].e164, number->e164) != 0)
            continue;
        const char *differences = number_differences(arena, &list.items[i], number);
        *changed = differences[0] != 0;
        event = HISTORY_NUMBER_CHANGED;
        detail = arena_format(arena, "%s; %s", number->e164, differences);
    }
    if (err || !*changed)
        return err;
    err = store_number_put(session->store, number);
    return err ? err : history_note(session, event, NULL, NULL, detail);
}

enum err desk_number_put(struct session *session, struct arena *arena, const struct number *number,
                         bool *changed)
{
    size_t country = strlen(number->country);
    if (country != 0 &&
        (country != 2 || strspn(number->country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
        return error_set_what(&session->error, ERR_INVALID,
                              "not a country's two letters, such as US or DE", "country '%s'",
                              number->country);
    struct writing writing = {
        .err = utf8_check("city", number->city, DIRECTORY_TEXT_MAX, &session->error)};
    while (writing_next(session, &writing))
        writing.err = number_put(session, arena, number, changed);
    return writing.err;
}

enum err desk_number_remove(struct session *session, const char *e164)
{
    struct writing writing = {0};
    while (writing_next(session, &writing)) {
        writing.err = store_number_remove(session->store, e164);
        if (!writing.err)
            writing.err = history_note(session, HISTORY_NUMBER_REMOVED, NULL, NULL, e164);
    }
    return writing.err;
}

/* --- the first run --- */

static enum err cut_over(struct session *session, struct arena *arena)
{
    struct organization organization = {0};
    enum err err = desk_organization(session, arena, &organization, NULL);
    if (err || organization_dynamic(&organization, session_now(session)))
        return err;
    organization.dynamic_since = session_now(session);
    return desk_organization_change(session, &organization);
}

/* May run again, so it works on a copy of the organizer. */
static enum err set_up(struct session *session, struct arena *arena, struct organizer organizer,
                       bool dynamic, const struct number *number)
{
    enum err err = desk_organizer_put(session, arena, &organizer, NULL);
    if (!err && dynamic)
        err = cut_over(session, arena);
    bool changed;
    if (err || !number)
        return err;
    return desk_number_put(session, arena, number, &changed);
}

enum err desk_set_up(struct session *session, struct arena *arena,
                     const struct organizer *organizer, bool dynamic, const struct number *number)
{
    struct writing writing = {0};
    while (writing_next(session, &writing))
        writing.err = set_up(session, arena, *organizer, dynamic, number);
    return writing.err;
}
