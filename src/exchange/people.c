/*
 * Rows to people. What a spreadsheet does to cells is found here: rounded numbers, lost signs,
 * guards, truth in its own language. A cell that is damaged makes its row one that is not taken, as
 * half a person is worse than none.
 */
#include "people_columns.h"

#include <base/utf8.h>
#include <core/directory.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

struct row {
    struct arena *arena;
    const char *country;
    struct person *person;
    int rank[PERSON_FIELDS]; /* of the column that a field came from */
};

static void fault(struct row *row, const char *title, const char *cell, const char *why)
{
    enum { SHOWN = 60 };
    int size = strlen(cell) > SHOWN ? (int)utf8_cut(cell, SHOWN) : SHOWN;
    if (!row->person->why)
        row->person->why = arena_format(row->arena, "%s '%.*s' %s", title, size, cell, why);
}

/* --- cells --- */

/* 1.23457E+11, 1,2E11: more digits than a spreadsheet keeps. */
static bool is_rounded(const char *s)
{
    size_t whole = strspn(s, "0123456789");
    size_t point = s[whole] == '.' || s[whole] == ',';
    size_t part = point ? strspn(s + whole + 1, "0123456789") : 0;
    const char *e = s + whole + point + part;
    if (whole == 0 || (*e != 'E' && *e != 'e'))
        return false;
    bool sign = e[1] == '+' || e[1] == '-';
    size_t power = strspn(e + 1 + sign, "0123456789");
    return power > 0 && e[1 + sign + power] == '\0' && (sign || point);
}

static bool rounded(struct row *row, const char *title, const char *cell)
{
    if (is_rounded(cell))
        fault(
            row, title, cell,
            "is a number that a spreadsheet has rounded: give the column the format Text, fill it "
            "again from its source, and export again");
    return is_rounded(cell);
}

/* Before digits, an apostrophe is the sign for "text". */
static const char *digits_text(const char *cell)
{
    return cell[0] == '\'' && isdigit((unsigned char)cell[1]) ? cell + 1 : cell;
}

static const char *read_static_id(struct row *row, const char *title, const char *cell)
{
    char digits[ID_SIZE];
    cell = digits_text(cell);
    if (strcmp(cell, "0") == 0 || strcasecmp(cell, "dynamic") == 0 || rounded(row, title, cell))
        return NULL;
    if (!conference_id_normalize(cell, digits)) {
        fault(row, title, cell, "must have 4 to 12 digits");
        return NULL;
    }
    return arena_copy(row->arena, digits);
}

/* tel:+49 30 1;ext=5, 0049 30 1; and, if the country's code is known, 030 1 and 49301234567. */
static const char *read_number(struct row *row, const char *title, const char *cell)
{
    char e164[17];
    struct error error = {0};
    cell = digits_text(cell);
    if (rounded(row, title, cell))
        return NULL;
    const char *number = strncasecmp(cell, "tel:", 4) == 0 ? cell + 4 : cell;
    char *plain = arena_copy_n(row->arena, number, strcspn(number, ";"));
    plain = string_trim(plain, " \t");
    if (strncmp(plain, "00", 2) == 0) {
        plain = arena_format(row->arena, "+%s", plain + 2);
    } else if (plain[0] != '+' && row->country) {
        size_t code = strlen(row->country);
        bool has_code = strncmp(plain, row->country, code) == 0 && strlen(plain) >= 10;
        plain = arena_format(row->arena, "+%s%s", has_code ? "" : row->country,
                             plain[0] == '0' ? plain + 1 : plain);
    } else if (plain[0] != '+') {
        fault(row, title, cell,
              "has no + and no country's code, which a spreadsheet takes off: give the code with "
              "--country, such as --country 49");
        return NULL;
    }
    if (!number_parse(plain, e164, &error))
        return arena_copy(row->arena, e164);
    fault(row, title, cell, "is no telephone number: + and 7 to 15 digits");
    return NULL;
}

/* As spreadsheets write it in their languages; anything else is no word for it. */
static const char *read_switch(struct row *row, const char *title, const char *cell)
{
    static const char *const on[] = {"on",   "true", "yes",  "1",   "enabled", "wahr",
                                     "ja",   "vrai", "oui",  "si",  "sim",     "verdadero",
                                     "vero", "waar", "sant", "sand"};
    static const char *const off[] = {"off",  "false",  "no",    "0",   "disabled", "falsch",
                                      "nein", "faux",   "non",   "nao", "falso",    "onwaar",
                                      "nee",  "falskt", "falsk", "nej"};
    const char *word = utf8_fold(row->arena, cell);
    if (word_find(on, sizeof on / sizeof *on, word) >= 0)
        return "on";
    if (word_find(off, sizeof off / sizeof *off, word) >= 0)
        return "off";
    fault(row, title, cell, "is neither on nor off");
    return NULL;
}

static const char *read_provider(struct row *row, const char *title, const char *cell)
{
    enum provider provider;
    char *word = utf8_fold(row->arena, cell);
    for (char *c = word; *c; c++)
        if (*c == ' ' || *c == '_')
            *c = '-';
    if (provider_parse(word, &provider))
        return provider_name(provider);
    fault(row, title, cell, "is none of microsoft, third-party and none");
    return NULL;
}

/* Languages are told apart by their tags: "de-DE;en" begins with one. */
static const char *read_language(struct row *row, const char *title, const char *cell)
{
    size_t length = strspn(cell, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (length >= 2 && length <= 16 && (!cell[length] || strchr(";, ", cell[length])))
        return arena_copy_n(row->arena, cell, length);
    fault(row, title, cell, "is no language, such as en or de");
    return NULL;
}

/* --- fields --- */

/* A field by the column that comes first; of addresses the others name the person, too. */
static void put(struct row *row, enum person_field field, int rank, const char *value)
{
    const char **known = &row->person->fields[field];
    if (!value)
        return;
    bool better = !*known || rank < row->rank[field];
    const char *other = better ? *known : value;
    if (field == PERSON_EMAIL && other && strcasecmp(*known, value) != 0)
        *vector_push(row->arena, &row->person->addresses) = other;
    if (!better)
        return;
    *known = value;
    row->rank[field] = rank;
}

static const char *address_of(const char *cell)
{
    static const char *const schemes[] = {"sip:", "smtp:", "mailto:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp(cell, schemes[i], strlen(schemes[i])) == 0)
            return cell + strlen(schemes[i]);
    return cell;
}

static void put_address(struct row *row, const struct people_column *column, const char *cell)
{
    struct error error = {0};
    const char *address = address_of(cell);
    if (email_parse(column->title, address, &error))
        fault(row, column->title, cell, arena_format(row->arena, "is no address: %s", error.why));
    put(row, PERSON_EMAIL, column->rank, address);
}

/* "SMTP:ada@x smtp:a@x sip:ada@x X500:/o=...", also with semicolons between. */
static void put_addresses(struct row *row, const char *cell)
{
    enum { PRIMARY_RANK = 1, OTHER_RANK = 9 };
    char *list = arena_copy(row->arena, cell);
    struct strings words = {0};
    struct error error;
    for (char *c = list; *c; c++)
        if (*c == ';' || *c == ',' || *c == '\n')
            *c = ' ';
    strings_split(row->arena, list, &words);
    for (size_t i = 0; i < words.count; i++) {
        const char *address = address_of(words.items[i]);
        bool primary = strncmp(words.items[i], "SMTP:", 5) == 0;
        if ((address != words.items[i] || !strchr(address, ':')) &&
            email_parse("address", address, &error) == ERR_OK)
            put(row, PERSON_EMAIL, primary ? PRIMARY_RANK : OTHER_RANK, address);
    }
}

/* What stands between <tag> and </tag>; NULL: no such tag, or nothing in it. */
static const char *tag_text(struct arena *arena, const char *xml, const char *tag)
{
    const char *open = strstr(xml, arena_format(arena, "<%s>", tag));
    const char *text = open ? open + strlen(tag) + 2 : NULL;
    const char *close = text ? strstr(text, arena_format(arena, "</%s>", tag)) : NULL;
    if (!close || close == text)
        return NULL;
    return string_trim(arena_copy_n(arena, text, (size_t)(close - text)), " \t\n");
}

static void put_acp_info(struct row *row, const char *title, const char *xml)
{
    const char *toll = tag_text(row->arena, xml, "tollNumber");
    const char *free = tag_text(row->arena, xml, "tollFreeNumber");
    if (toll)
        put(row, PERSON_THIRD_PARTY_NUMBER, 1, read_number(row, title, toll));
    if (free)
        put(row, PERSON_THIRD_PARTY_TOLL_FREE, 1, read_number(row, title, free));
    put(row, PERSON_THIRD_PARTY_PASSCODE, 1, tag_text(row->arena, xml, "participantPassCode"));
    put(row, PERSON_THIRD_PARTY_NAME, 1, tag_text(row->arena, xml, "name"));
}

static const char *read_field(struct row *row, const struct people_column *column, const char *cell)
{
    switch (column->what) {
    case PERSON_STATIC_ID:
        return read_static_id(row, column->title, cell);
    case PERSON_THIRD_PARTY_NUMBER:
    case PERSON_THIRD_PARTY_TOLL_FREE:
        return read_number(row, column->title, cell);
    case PERSON_THIRD_PARTY_PASSCODE:
        return rounded(row, column->title, digits_text(cell)) ? NULL : digits_text(cell);
    case PERSON_DIAL_IN:
        return read_switch(row, column->title, cell);
    case PERSON_PROVIDER:
        return read_provider(row, column->title, cell);
    case PERSON_LANG:
        return read_language(row, column->title, cell);
    default:
        return cell;
    }
}

/* An account that is enabled says nothing of dial-in. */
static void put_enabled(struct row *row, const char *title, const char *cell)
{
    const char *enabled = read_switch(row, title, cell);
    if (enabled && strcmp(enabled, "off") == 0)
        put(row, PERSON_DIAL_IN, 0, "off");
}

static void put_cell(struct row *row, const struct people_column *column, const char *cell)
{
    bool list = column->what == PEOPLE_ADDRESSES || column->what == PEOPLE_ACP_INFO;
    if (!list && strpbrk(cell, "\n\t"))
        fault(row, column->title, cell, "holds a line break or a tab: take it out");
    if (column->what == PEOPLE_ADDRESSES)
        put_addresses(row, cell);
    else if (column->what == PEOPLE_ACP_INFO)
        put_acp_info(row, column->title, cell);
    else if (column->what == PEOPLE_FEATURES)
        put(row, PERSON_DIAL_IN, 1, strcasestr(cell, "AudioConferencing") ? "on" : "off");
    else if (column->what == PEOPLE_ENABLED)
        put_enabled(row, column->title, cell);
    else if (column->what == PERSON_EMAIL)
        put_address(row, column, cell);
    else
        put(row, (enum person_field)column->what, column->rank, read_field(row, column, cell));
}

/* "M?ller": an export in ASCII has put it in the place of a letter. */
static bool is_garbled(const char *name)
{
    for (const char *c = strchr(name, '?'); c; c = strchr(c + 1, '?'))
        if ((c > name && isalpha((unsigned char)c[-1])) || isalpha((unsigned char)c[1]))
            return true;
    return false;
}

/* The name of a type instead of what it holds, as PowerShell writes lists. */
static bool is_type_name(const char *cell)
{
    return strncmp(cell, "System.", 7) == 0 || strncmp(cell, "Microsoft.", 10) == 0;
}

void people_row(struct arena *arena, const struct people_columns *columns,
                const struct csv_record *record, const char *country, struct person *out)
{
    struct row row = {.arena = arena, .country = country, .person = out};
    *out = (struct person){.line = record->line, .why = record->why};
    if (!out->why && record->cells.count != columns->count)
        out->why = arena_format(arena,
                                "has %zu cells, and the first row has %zu: a separator in a cell "
                                "that is not quoted, or a cut row",
                                record->cells.count, columns->count);
    for (size_t i = 0; !out->why && i < columns->count; i++) {
        const struct people_column *column = &columns->items[i];
        if (column->what == PEOPLE_LEFT_ASIDE)
            continue;
        char *cell = string_trim(arena_copy(arena, record->cells.items[i]), " \t\n");
        const char *plain = csv_unguard(arena, cell);
        if (plain[0] && !is_type_name(plain))
            put_cell(&row, column, plain);
    }
    out->garbled = out->fields[PERSON_NAME] && is_garbled(out->fields[PERSON_NAME]);
}
