/* What is known of attendees beyond a meeting: language, zone, the number that they call from. */
#include <desk/desk.h>
#include <desk/transaction.h>
#include <store/directory.h>
#include <string.h>

enum err desk_attendee_known(struct session *session, struct arena *arena, const char *email,
                             struct attendee_known *out)
{
    enum err err = email_parse("attendee", email, &session->error);
    if (err)
        return err;
    return READING(session, store_attendee_known(arena, session->store, email, out));
}

enum err desk_attendees_known(struct session *session, struct arena *arena,
                              struct attendees_known *out)
{
    *out = (struct attendees_known){0};
    return READING(session, store_attendees_known(arena, session->store, out));
}

/* The number is a person's: that it changed is written down, the number is not. */
static const char *known_differences(struct arena *arena, const struct attendee_known *old,
                                     const struct attendee_known *new)
{
    struct text text = text_start(arena);
    if (strcmp(old->lang, new->lang) != 0)
        text_addf(&text, "; language: '%s' -> '%s'", old->lang, new->lang);
    if (strcmp(old->tz, new->tz) != 0)
        text_addf(&text, "; zone: '%s' -> '%s'", old->tz, new->tz);
    if (strcmp(old->number, new->number) != 0)
        text_add(&text, new->number[0] ? "; number changed" : "; number taken away");
    return text.bytes;
}

static enum err known_put(struct session *session, struct arena *arena,
                          const struct attendee_known *said)
{
    struct attendee_known old;
    enum err err = store_attendee_known_row(arena, session->store, said->email, &old);
    if (err)
        return err;
    struct attendee_known new = {said->email, said->lang ? said->lang : old.lang,
                                 said->tz ? said->tz : old.tz,
                                 said->number ? said->number : old.number};
    const char *differences = known_differences(arena, &old, &new);
    if (!differences[0])
        return ERR_OK;
    err = store_attendee_known_put(session->store, &new);
    return err ? err
               : history_note(session, HISTORY_ATTENDEE_CHANGED, NULL, NULL,
                              arena_format(arena, "%s%s", new.email, differences));
}

enum err desk_attendee_known_put(struct session *session, struct arena *arena,
                                 const struct attendee_known *said)
{
    const struct zone *zone;
    struct writing writing = {.err = email_parse("attendee", said->email, &session->error)};
    if (!writing.err && said->tz && said->tz[0])
        writing.err = session_zone(session, said->tz, &zone);
    while (writing_next(session, &writing))
        writing.err = known_put(session, arena, said);
    return writing.err;
}
