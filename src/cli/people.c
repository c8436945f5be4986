/* Many organizers at once, and one fewer: organizer import, export and remove. */
#include "commands.h"

#include <show/print.h>
#include <string.h>
#include <transfer/transfer.h>

static const struct command_option import_options[] = {
    {.name = "dry-run", .help = "tell what would change, old and new, and change nothing"},
    {.name = "map",
     .value = "COLUMN=FIELD",
     .help = "what a column is: email, name, tz, dial_in ...; without a field it is left out",
     .many = true},
    {.name = "separator",
     .value = "CHARACTER",
     .help = "between the cells: , ; | or tab; detected by default"},
    {.name = "encoding",
     .value = "NAME",
     .help = "UTF-8, UTF-16, Windows-1252 or another; detected by default"},
    {.name = "country",
     .value = "CODE",
     .help = "the calling code, such as 49, of telephone numbers without one"},
    {.name = "disable-missing", .help = "dial-in off for organizers who are not in the table"},
    {0},
};

/* Leaves *separator as it is if the option is not given. */
static enum err argument_separator(const struct invocation *invocation, char *separator)
{
    const char *value = argument(invocation, "separator");
    if (!value)
        return ERR_OK;
    if (strcmp(value, "tab") == 0 || strcmp(value, "\\t") == 0)
        value = "\t";
    if (strlen(value) != 1 || !strchr(",;|\t", value[0]))
        return error_set(&invocation->session->error, ERR_INVALID, "separator",
                         "'%s' is none of , ; | and tab", value);
    *separator = value[0];
    return ERR_OK;
}

static enum err argument_country(const struct invocation *invocation, const char **country)
{
    const char *value = argument(invocation, "country");
    if (!value)
        return ERR_OK;
    if (value[0] == '+')
        value++;
    size_t length = strspn(value, "0123456789");
    if (length < 1 || length > 3 || value[length] || value[0] == '0')
        return error_set(&invocation->session->error, ERR_INVALID, "country",
                         "'%s' is no calling code, such as 49 or 1", value);
    *country = value;
    return ERR_OK;
}

static enum err run_organizer_import(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct strings maps = {0};
    struct directory_report report = {0};
    struct directory_import how = {
        .name = invocation->operands.items[0],
        .encoding = argument(invocation, "encoding"),
        .maps = &maps,
        .dry_run = argument_given(invocation, "dry-run"),
        .disable_missing = argument_given(invocation, "disable-missing"),
    };
    argument_all(invocation, "map", &maps);
    enum err err = argument_separator(invocation, &how.separator);
    if (err)
        return err;
    err = argument_country(invocation, &how.country);
    if (err)
        return err;
    err = argument_path(invocation, how.name);
    if (err)
        return err;
    err = transfer_directory_import(session, arena, &how, &report);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_directory_import(arena, &report)
                                               : text_directory_import(arena, &report));
    if (how.dry_run)
        output_warning(invocation, "nothing was changed (--dry-run)");
    return ERR_OK;
}

const struct command command_organizer_import = {
    .name = "organizer import",
    .operands = "FILE",
    .least = 1,
    .options = import_options,
    .help = "import a table of people (CSV) into the directory ('-': standard input)",
    .store = STORE_WRITE,
    .run = run_organizer_import,
};

static const struct command_option export_options[] = {
    {.name = "separator",
     .value = "CHARACTER",
     .help = "between the cells: , ; | or tab; a comma by default"},
    {.name = "bom", .help = "begin with a byte order mark, by which Excel knows UTF-8"},
    {0},
};

static enum err run_organizer_export(struct session *session, struct invocation *invocation)
{
    char separator = ',', *csv = NULL;
    enum err err = argument_separator(invocation, &separator);
    if (err)
        return err;
    err = transfer_directory_export(session, invocation->arena, separator, &csv);
    if (err)
        return err;
    output_bytes(invocation, argument_given(invocation, "bom")
                                 ? arena_format(invocation->arena, "\xef\xbb\xbf%s", csv)
                                 : csv);
    return ERR_OK;
}

const struct command command_organizer_export = {
    .name = "organizer export",
    .options = export_options,
    .help = "print the directory as a table (CSV) that import takes",
    .store = STORE_READ,
    .run = run_organizer_export,
};

static const struct command_option remove_options[] = {
    {.name = "to", .value = "EMAIL", .help = "who takes over the meetings to come, with their IDs"},
    {.name = "dry-run", .help = "say what would become of the meetings, and change nothing"},
    {0},
};

static enum err run_organizer_remove(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct removal removal = {0};
    bool dry_run = argument_given(invocation, "dry-run");
    enum err err = desk_organizer_remove(session, arena, invocation->operands.items[0],
                                         argument(invocation, "to"), dry_run, &removal);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_removal(arena, &removal)
                                               : text_removal(arena, &removal, dry_run));
    return ERR_OK;
}

const struct command command_organizer_remove = {
    .name = "organizer remove",
    .operands = "EMAIL",
    .least = 1,
    .options = remove_options,
    .help = "remove an organizer, and hand over the meetings to come",
    .store = STORE_WRITE,
    .run = run_organizer_remove,
};
