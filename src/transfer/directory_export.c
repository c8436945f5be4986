/* The directory as a table that an import takes back, field by field. */
#include <desk/desk.h>
#include <exchange/people.h>
#include <transfer/transfer.h>

static void put_organizer(struct arena *arena, struct text *out, const struct organizer *o,
                          char separator)
{
    const char *const cells[PERSON_FIELDS] = {
        [PERSON_EMAIL] = o->email,
        [PERSON_NAME] = o->name,
        [PERSON_ALIASES] = strings_join(arena, &o->aliases, " "),
        [PERSON_TZ] = o->tz,
        [PERSON_LANG] = o->lang,
        [PERSON_DIAL_IN] = o->dial_in ? "on" : "off",
        [PERSON_PROVIDER] = provider_name(o->provider),
        [PERSON_STATIC_ID] = o->static_id,
        [PERSON_THIRD_PARTY_NAME] = o->third_party_name,
        [PERSON_THIRD_PARTY_NUMBER] = o->third_party_number,
        [PERSON_THIRD_PARTY_TOLL_FREE] = o->third_party_toll_free,
        [PERSON_THIRD_PARTY_PASSCODE] = o->third_party_passcode,
    };
    for (int i = 0; i < PERSON_FIELDS; i++) {
        if (i > 0)
            text_add_byte(out, separator);
        csv_put(out, cells[i] ? cells[i] : "", separator);
    }
    text_add(out, "\r\n");
}

enum err transfer_directory_export(struct session *session, struct arena *arena, char separator,
                                   char **csv)
{
    struct text out = text_start(arena);
    struct organizers all = {0};
    struct arena *rows = arena_new();
    enum err err = desk_organizers(session, rows, 0, &all);
    for (int i = 0; i < PERSON_FIELDS; i++) {
        if (i > 0)
            text_add_byte(&out, separator);
        text_add(&out, person_field_name((enum person_field)i));
    }
    text_add(&out, "\r\n");
    for (size_t i = 0; !err && i < all.count; i++)
        put_organizer(rows, &out, &all.items[i], separator);
    arena_free(rows);
    *csv = out.bytes;
    return err;
}
