/*
 * Organizers: adding and changing one, taking a static ID, and resetting it. What is scheduled
 * keeps its ID in all of this; the caller is told which meetings a change hits.
 */
#include "calendar.h"
#include "directory.h"
#include <base/utf8.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <store/ids.h>
#include <store/meetings.h>
#include <string.h>

struct organizer_change {
    struct arena *arena;
    struct organizer *organizer;
    struct strings *notes;
};

enum err static_id_issue(struct session *session, struct arena *arena,
                         const struct organizer *organizer, const char *meeting_uid,
                         const char **out)
{
    char digits[ID_SIZE];
    enum err err = store_id_issue_static(session->store, session->random, STATIC_ID_DIGITS,
                                         organizer->uid, session_now(session), digits);
    if (err)
        return err;
    *out = arena_copy(arena, digits);
    return history_note(session, HISTORY_ID_ISSUED, *out, meeting_uid,
                        arena_format(arena, "static ID of %s", organizer->email));
}

enum err meetings_on_id(struct session *session, struct arena *arena, const char *digits,
                        struct meetings *out)
{
    struct meetings all = {0};
    int64_t now = session_now(session);
    enum err err = store_meetings_on_id(arena, session->store, digits, now, 0, &all);
    for (size_t i = 0; !err && i < all.count; i++) {
        if (all.items[i].status == MEETING_SCHEDULED && !meeting_over(&all.items[i], now))
            *vector_push(arena, out) = all.items[i];
    }
    return err;
}

/* --- what a change hits --- */

static enum err count_hit(struct session *session, struct arena *arena,
                          const struct organizer *organizer, size_t *count)
{
    struct meetings list = {0};
    int64_t now = session_now(session);
    *count = 0;
    enum err err = store_meetings_between(arena, session->store, organizer->uid, now, INSTANT_NEVER,
                                          false, &list);
    for (size_t i = 0; !err && i < list.count; i++)
        *count += list.items[i].conference_id != NULL && !meeting_over(&list.items[i], now);
    return err;
}

static enum err note_hit(struct session *session, const struct organizer_change *change,
                         const struct organizer *before)
{
    size_t count = 0;
    bool now = organizer_usable(change->organizer);
    if (now == organizer_usable(before))
        return ERR_OK;
    enum err err = count_hit(session, change->arena, change->organizer, &count);
    if (err)
        return err;
    if (count > 0)
        *vector_push(change->arena, change->notes) = arena_format(
            change->arena,
            now ? "%zu meeting%s to come: the conference ID%s let%s callers in again"
                : "%zu meeting%s to come keep%s a conference ID that lets nobody in now",
            count, count == 1 ? "" : "s", count == 1 ? "s" : "", now && count == 1 ? "s" : "");
    return ERR_OK;
}

/* --- the static ID that an administrator names --- */

/* The old static ID stays live if meetings still use it; else it is retired. */
static enum err leave_static_id(struct session *session, const struct organizer_change *change,
                                const char *old, const char *new)
{
    struct arena *arena = change->arena;
    struct meetings using = {0};
    struct organization organization = {0};
    enum err err = meetings_on_id(session, arena, old, &using);
    if (err)
        return err;
    if (using.count > 0) {
        *vector_push(arena, change->notes) =
            arena_format(arena, "%s stays live: %zu meeting%s to come use%s it", old, using.count,
                         using.count == 1 ? "" : "s", using.count == 1 ? "s" : "");
        return ERR_OK;
    }
    err = store_organization_get(arena, session->store, &organization);
    if (err)
        return err;
    int64_t now = session_now(session);
    err = store_id_retire(session->store, old, now, quarantine_end(&organization, now), new);
    if (err)
        return err;
    return history_note(session, HISTORY_ID_RETIRED, old, NULL,
                        arena_format(arena, "%s took its place", new));
}

static enum err tell_near(struct session *session, const struct organizer_change *change,
                          const char *digits)
{
    struct strings near = {0};
    enum err err =
        store_id_near(change->arena, session->store, digits, session_now(session), &near);
    for (size_t i = 0; i < near.count && !err; i++)
        *vector_push(change->arena, change->notes) = arena_format(
            change->arena,
            "%s is a single slip (%s) from %s, which is in use here or was: callers "
            "can get into the wrong meeting",
            digits, id_slip_name(conference_id_slip(digits, near.items[i])), near.items[i]);
    return err;
}

static enum err take_static_id(struct session *session, const struct organizer_change *change,
                               const char *before, const char *digits)
{
    const char *uid = change->organizer->uid;
    enum err err = store_id_take(session->store, digits, ID_KIND_STATIC, uid, NULL, INSTANT_NEVER,
                                 session_now(session));
    if (err)
        return err;
    err = history_note(
        session, HISTORY_ID_TAKEN, digits, NULL,
        arena_format(change->arena, "static ID of %s, by hand", change->organizer->email));
    if (!err)
        err = tell_near(session, change, digits);
    if (err)
        return err;
    if (before)
        err = leave_static_id(session, change, before, digits);
    if (err)
        return err;
    return store_organizer_static_id(session->store, uid, digits);
}

/* --- adding and changing --- */

static enum err organizer_validate(struct session *session, const struct organizer *organizer)
{
    const struct zone *zone = NULL;
    struct error *error = &session->error;
    enum err err = email_parse("organizer", organizer->email, error);
    if (err)
        return err;
    for (size_t i = 0; !err && i < organizer->aliases.count; i++)
        err = email_parse("alias", organizer->aliases.items[i], error);
    if (err)
        return err;
    err = session_zone(session, organizer->tz, &zone);
    if (err)
        return err;
    err = utf8_check("name", organizer->name, DIRECTORY_TEXT_MAX, error);
    if (err)
        return err;
    err = utf8_check("third party's name", organizer->third_party_name, DIRECTORY_TEXT_MAX, error);
    if (err)
        return err;
    err = utf8_check("third party's passcode", organizer->third_party_passcode, DIRECTORY_TEXT_MAX,
                     error);
    if (err)
        return err;
    if (organizer->static_id && !conference_id_valid(organizer->static_id))
        err = error_set_what(&session->error, ERR_INVALID, "must have 4 to 12 digits",
                             "static ID '%s'", organizer->static_id);
    return err;
}

void detail_add(struct text *text, const char *what, const char *old, const char *new)
{
    old = old ? old : "";
    new = new ? new : "";
    if (strcmp(old, new) != 0)
        text_addf(text, "%s%s: '%s' -> '%s'", text->length ? "; " : "", what, old, new);
}

const char *organizer_differences(struct arena *arena, const struct organizer *old,
                                  const struct organizer *new)
{
    struct text text = text_start(arena);
    detail_add(&text, "email", old->email, new->email);
    detail_add(&text, "aliases", strings_join(arena, &old->aliases, " "),
               strings_join(arena, &new->aliases, " "));
    detail_add(&text, "name", old->name, new->name);
    detail_add(&text, "tz", old->tz, new->tz);
    detail_add(&text, "lang", old->lang, new->lang);
    detail_add(&text, "dial-in", old->dial_in ? "on" : "off", new->dial_in ? "on" : "off");
    detail_add(&text, "provider", provider_name(old->provider), provider_name(new->provider));
    detail_add(&text, "static ID", old->static_id, new->static_id);
    detail_add(&text, "third party", old->third_party_name, new->third_party_name);
    detail_add(&text, "third party's number", old->third_party_number, new->third_party_number);
    detail_add(&text, "third party's toll-free number", old->third_party_toll_free,
               new->third_party_toll_free);
    if (!string_same(old->third_party_passcode, new->third_party_passcode))
        text_addf(&text, "%sthird party's passcode changed", text.length ? "; " : "");
    return text.bytes;
}

static enum err organizer_add(struct session *session, const struct organizer_change *change)
{
    struct organizer *organizer = change->organizer;
    enum err err = store_organizer_put(session->store, organizer);
    if (err)
        return err;
    err = history_note(session, HISTORY_ORGANIZER_ADDED, NULL, NULL, organizer->email);
    if (err || !organizer->static_id)
        return err;
    return take_static_id(session, change, NULL, organizer->static_id);
}

static enum err organizer_change(struct session *session, const struct organizer_change *change)
{
    struct organizer *organizer = change->organizer, before = {0};
    enum err err = store_organizer_by_uid(change->arena, session->store, organizer->uid, &before);
    if (err)
        return err;
    const char *changes = organizer_differences(change->arena, &before, organizer);
    if (!changes[0]) {
        *vector_push(change->arena, change->notes) = "nothing was changed";
        return ERR_OK;
    }
    err = store_organizer_put(session->store, organizer);
    if (err)
        return err;
    err = history_note(session, HISTORY_ORGANIZER_CHANGED, NULL, NULL,
                       arena_format(change->arena, "%s; %s", organizer->email, changes));
    if (err)
        return err;
    if (organizer->static_id && !string_same(organizer->static_id, before.static_id))
        err = take_static_id(session, change, before.static_id, organizer->static_id);
    if (err)
        return err;
    return note_hit(session, change, &before);
}

/* A failure leaves the record's version as it was, so that the caller can try again. */
static enum err organizer_put(struct session *session, const struct organizer_change *change)
{
    int64_t version = change->organizer->version;
    *change->notes = (struct strings){0};
    enum err err =
        version == 0 ? organizer_add(session, change) : organizer_change(session, change);
    if (err)
        change->organizer->version = version;
    return err;
}

enum err desk_organizer_put(struct session *session, struct arena *arena,
                            struct organizer *organizer, struct strings *notes)
{
    struct strings unread = {0};
    struct organizer_change change = {arena, organizer, notes ? notes : &unread};
    if (!organizer->uid || !organizer->uid[0]) {
        char *uid = arena_alloc(arena, UID_SIZE);
        uid_new(uid);
        organizer->uid = uid;
    }
    struct writing writing = {.err = organizer_validate(session, organizer)};
    while (writing_next(session, &writing))
        writing.err = organizer_put(session, &change);
    return writing.err;
}

/* --- the reset of a static ID --- */

static enum err reset_id(struct session *session, struct arena *arena, const char *email,
                         const char **old_id, const char **new_id, struct occurrences *still_named)
{
    struct organizer organizer = {0};
    struct organization organization = {0};
    struct meetings *named = arena_alloc(arena, sizeof *named);
    int64_t now = session_now(session);
    *old_id = *new_id = NULL;
    *still_named = (struct occurrences){0};
    enum err err = store_organizer_by_email(arena, session->store, email, &organizer);
    if (err)
        return err;
    if (!organizer.static_id)
        return error_set(&session->error, ERR_REFUSED, organizer.email,
                         "has no static ID that could be reset");
    *old_id = organizer.static_id;
    err = store_organization_get(arena, session->store, &organization);
    if (err)
        return err;
    err = meetings_on_id(session, arena, organizer.static_id, named);
    if (err)
        return err;
    err = store_id_retire(session->store, organizer.static_id, now,
                          quarantine_end(&organization, now), NULL);
    if (err)
        return err;
    err = history_note(session, HISTORY_ID_RETIRED, organizer.static_id, NULL,
                       arena_format(arena, "static ID of %s, reset", organizer.email));
    if (err)
        return err;
    if (organizer_usable(&organizer))
        err = static_id_issue(session, arena, &organizer, NULL, new_id);
    if (err)
        return err;
    err = meetings_nearest(session, arena, named, now, still_named);
    for (size_t i = 0; i < still_named->count; i++)
        still_named->items[i].risk = RISK_LEGACY;
    return err;
}

enum err desk_organizer_reset_id(struct session *session, struct arena *arena, const char *email,
                                 bool dry_run, const char **old_id, const char **new_id,
                                 struct occurrences *still_named)
{
    struct writing writing = {.dry_run = dry_run};
    while (writing_next(session, &writing))
        writing.err = reset_id(session, arena, email, old_id, new_id, still_named);
    return writing.err;
}
