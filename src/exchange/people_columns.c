/* Columns by their names: those of the programs that administrators export from. */
#include "people_columns.h"

#include <base/utf8.h>
#include <ctype.h>
#include <string.h>

static const char *const field_names[] = {
    [PERSON_EMAIL] = "email",
    [PERSON_NAME] = "name",
    [PERSON_ALIASES] = "aliases",
    [PERSON_TZ] = "tz",
    [PERSON_LANG] = "lang",
    [PERSON_DIAL_IN] = "dial_in",
    [PERSON_PROVIDER] = "provider",
    [PERSON_STATIC_ID] = "static_id",
    [PERSON_THIRD_PARTY_NAME] = "third_party_name",
    [PERSON_THIRD_PARTY_NUMBER] = "third_party_number",
    [PERSON_THIRD_PARTY_TOLL_FREE] = "third_party_toll_free",
    [PERSON_THIRD_PARTY_PASSCODE] = "third_party_passcode",
};

const char *person_field_name(enum person_field field)
{
    return field_names[field];
}

/* Folded, letters and digits only. Ours first, then what others call them. */
static const struct {
    const char *title;
    int what, rank;
} known[] = {
    {"email", PERSON_EMAIL, 0},
    {"name", PERSON_NAME, 1},
    {"aliases", PERSON_ALIASES, 0},
    {"tz", PERSON_TZ, 0},
    {"lang", PERSON_LANG, 0},
    {"dialin", PERSON_DIAL_IN, 0},
    {"provider", PERSON_PROVIDER, 0},
    {"staticid", PERSON_STATIC_ID, 0},
    {"thirdpartyname", PERSON_THIRD_PARTY_NAME, 0},
    {"thirdpartynumber", PERSON_THIRD_PARTY_NUMBER, 0},
    {"thirdpartytollfree", PERSON_THIRD_PARTY_TOLL_FREE, 0},
    {"thirdpartypasscode", PERSON_THIRD_PARTY_PASSCODE, 0},
    /* addresses: Active Directory, Entra, Exchange, Skype for Business */
    {"mail", PERSON_EMAIL, 0},
    {"emailaddress", PERSON_EMAIL, 0},
    {"emailadresse", PERSON_EMAIL, 0},
    {"primarysmtpaddress", PERSON_EMAIL, 0},
    {"windowsemailaddress", PERSON_EMAIL, 1},
    {"userprincipalname", PERSON_EMAIL, 2},
    {"username", PERSON_EMAIL, 2},
    {"sipaddress", PERSON_EMAIL, 3},
    {"msrtcsipprimaryuseraddress", PERSON_EMAIL, 3},
    {"proxyaddresses", PEOPLE_ADDRESSES, 0},
    {"emailaddresses", PEOPLE_ADDRESSES, 0},
    {"displayname", PERSON_NAME, 0},
    {"anzeigename", PERSON_NAME, 0},
    {"fullname", PERSON_NAME, 0},
    {"timezone", PERSON_TZ, 0},
    {"preferredlanguage", PERSON_LANG, 0},
    {"language", PERSON_LANG, 0},
    /* dial-in: our kind of bridge, then third parties */
    {"conferenceid", PERSON_STATIC_ID, 0},
    {"featuretypes", PEOPLE_FEATURES, 0},
    {"accountenabled", PEOPLE_ENABLED, 0},
    {"tollnumber", PERSON_THIRD_PARTY_NUMBER, 0},
    {"tollfreenumber", PERSON_THIRD_PARTY_TOLL_FREE, 0},
    {"participantpasscode", PERSON_THIRD_PARTY_PASSCODE, 0},
    {"passcode", PERSON_THIRD_PARTY_PASSCODE, 0},
    {"acpinfo", PEOPLE_ACP_INFO, 0},
};

enum { KNOWN = sizeof known / sizeof *known };

/* "Name [displayName] Required" of Entra's forms is "displayname". */
static char *title_key(struct arena *arena, const char *title)
{
    const char *open = strchr(title, '['), *close = open ? strchr(open, ']') : NULL;
    char *key =
        utf8_fold(arena, close ? arena_copy_n(arena, open + 1, (size_t)(close - open - 1)) : title);
    size_t n = 0;
    for (const char *c = key; *c; c++)
        if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80)
            key[n++] = *c;
    key[n] = '\0';
    return key;
}

static struct people_column column_of(struct arena *arena, const char *title)
{
    const char *key = title_key(arena, title);
    for (size_t i = 0; i < KNOWN; i++)
        if (strcmp(known[i].title, key) == 0)
            return (struct people_column){title, known[i].what, known[i].rank};
    return (struct people_column){title, PEOPLE_LEFT_ASIDE, 0};
}

/* --- maps --- */

/* The map for this title, behind its "="; NULL: none. Titles are compared as they are known. */
static const char *map_of(struct arena *arena, const struct strings *maps, const char *title)
{
    for (size_t i = 0; maps && i < maps->count; i++) {
        const char *sign = strrchr(maps->items[i], '=');
        if (!sign)
            continue;
        const char *column = arena_copy_n(arena, maps->items[i], (size_t)(sign - maps->items[i]));
        if (strcmp(title_key(arena, column), title_key(arena, title)) == 0)
            return sign + 1;
    }
    return NULL;
}

static bool field_parse(struct arena *arena, const char *name, int *what)
{
    const char *key = title_key(arena, name);
    if (!name[0]) {
        *what = PEOPLE_LEFT_ASIDE;
        return true;
    }
    for (int i = 0; i < PERSON_FIELDS; i++)
        if (strcmp(title_key(arena, field_names[i]), key) == 0) {
            *what = i;
            return true;
        }
    return false;
}

static enum err map_column(struct arena *arena, const struct strings *maps,
                           struct people_column *column, struct error *error)
{
    const char *field = map_of(arena, maps, column->title);
    if (!field)
        return ERR_OK;
    column->rank = 0;
    if (field_parse(arena, field, &column->what))
        return ERR_OK;
    struct strings names = {0};
    for (int i = 0; i < PERSON_FIELDS; i++)
        *vector_push(arena, &names) = field_names[i];
    return error_set(error, ERR_INVALID, "map", "'%s' is no field; there are %s", field,
                     strings_join(arena, &names, ", "));
}

/* Each map must have found its column. */
static enum err maps_check(struct arena *arena, const struct strings *titles,
                           const struct strings *maps, struct error *error)
{
    for (size_t i = 0; maps && i < maps->count; i++) {
        const struct strings one = {.items = &maps->items[i], .count = 1};
        bool used = false;
        for (size_t k = 0; k < titles->count; k++)
            used = used || map_of(arena, &one, titles->items[k]);
        if (!used)
            return error_set(error, ERR_INVALID, "map",
                             "'%s' names no column of the file; write COLUMN=FIELD, such as "
                             "Mail=email",
                             maps->items[i]);
    }
    return ERR_OK;
}

/* --- the header --- */

size_t people_titles_known(const struct strings *titles, const struct strings *maps)
{
    struct arena *arena = arena_new();
    size_t count = 0;
    for (size_t i = 0; i < titles->count; i++)
        count += column_of(arena, titles->items[i]).what != PEOPLE_LEFT_ASIDE ||
                 map_of(arena, maps, titles->items[i]);
    arena_free(arena);
    return count;
}

static bool columns_have(const struct people_columns *columns, int what)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->items[i].what == what)
            return true;
    return false;
}

/* Beside a display name and a third party's coordinates, "Name" is the third party's. */
static void name_settle(struct arena *arena, struct people_columns *columns)
{
    bool display = false;
    struct people_column *name = NULL;
    for (size_t i = 0; i < columns->count; i++) {
        struct people_column *column = &columns->items[i];
        display = display || (column->what == PERSON_NAME && column->rank == 0);
        if (column->what == PERSON_NAME && strcmp(title_key(arena, column->title), "name") == 0)
            name = column;
    }
    if (!display || !name || name->rank == 0)
        return;
    name->what = columns_have(columns, PERSON_THIRD_PARTY_NUMBER) ||
                         columns_have(columns, PERSON_THIRD_PARTY_PASSCODE)
                     ? PERSON_THIRD_PARTY_NAME
                     : PEOPLE_LEFT_ASIDE;
}

enum err people_columns_read(struct arena *arena, const char *name, const struct strings *titles,
                             const struct strings *maps, struct people_columns *out,
                             struct error *error)
{
    size_t used = 0;
    *out = (struct people_columns){0};
    for (size_t i = 0; i < titles->count; i++) {
        struct people_column column =
            column_of(arena, string_trim(arena_copy(arena, titles->items[i]), " \t"));
        const char *key = title_key(arena, column.title);
        enum err err = map_column(arena, maps, &column, error);
        if (err)
            return err;
        for (size_t k = 0; k < i; k++)
            if (key[0] && strcmp(title_key(arena, titles->items[k]), key) == 0)
                return error_set(error, ERR_INVALID, name,
                                 "the column '%s' is there twice; take one of them out",
                                 column.title);
        used += column.what != PEOPLE_LEFT_ASIDE;
        *vector_push(arena, out) = column;
    }
    if (used == 0)
        return error_set(error, ERR_INVALID, name,
                         "its first row names no column that is known, such as email or "
                         "DisplayName; name columns with --map COLUMN=FIELD");
    name_settle(arena, out);
    if (people_by_name(out) && !columns_have(out, PERSON_NAME))
        return error_set(error, ERR_INVALID, name,
                         "no column says whom a row is about: name one with --map COLUMN=email");
    return maps_check(arena, titles, maps, error);
}

bool people_by_name(const struct people_columns *columns)
{
    return !columns_have(columns, PERSON_EMAIL) && !columns_have(columns, PEOPLE_ADDRESSES);
}

const char *people_column_use(const struct people_column *column)
{
    switch (column->what) {
    case PEOPLE_LEFT_ASIDE:
        return NULL;
    case PEOPLE_ADDRESSES:
        return "email and aliases";
    case PEOPLE_ACP_INFO:
        return "the third party's number and passcode";
    case PEOPLE_FEATURES:
    case PEOPLE_ENABLED:
        return field_names[PERSON_DIAL_IN];
    default:
        return field_names[column->what];
    }
}
