/*
 * From argv to a row of the command table. getopt_long does the reading; its tables are made from
 * the rows, so that an option stands in one place only.
 */
#include "invocation.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

const struct command_option invocation_globals[] = {
    {.name = "db",
     .value = "WHERE",
     .help = "the store: a path, or postgresql://... (DIALDESK_DB)"},
    {.name = "organizer",
     .letter = 'o',
     .value = "EMAIL",
     .help = "whose calendar (DIALDESK_ORGANIZER)"},
    {.name = "tz",
     .value = "ZONE",
     .help = "read and show times in this zone, such as Europe/Berlin"},
    {.name = "json", .help = "print one JSON document"},
    {.name = "quiet", .letter = 'q', .help = "print no warnings and no word of success"},
    {.name = "color", .value = "WHEN", .help = "auto, always or never (NO_COLOR is honoured)"},
    {.name = "help", .letter = 'h', .help = "print this help"},
    {.name = "version", .letter = 'V', .help = "print the version"},
    {0},
};

const struct command *invocation_command(const char *name)
{
    for (const struct command *row = cli_commands; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return command_find(name);
}

/* getopt's two tables, and the way back from its index to ours. */
struct reader {
    struct arena *arena;
    struct VECTOR(struct option) longs;
    struct VECTOR(const struct command_option *) rows;
    struct text letters;
};

static void reader_add(struct reader *reader, const struct command_option *options)
{
    for (const struct command_option *row = options; row && row->name; row++) {
        bool known = false; /* a row's own --tz stands before the one for all */
        for (size_t i = 0; i < reader->rows.count && !known; i++)
            known = strcmp(reader->rows.items[i]->name, row->name) == 0;
        if (known)
            continue;
        *vector_push(reader->arena, &reader->rows) = row;
        *vector_push(reader->arena, &reader->longs) = (struct option){
            .name = row->name,
            .has_arg = row->value ? required_argument : no_argument,
            .val = 256 + (int)reader->rows.count - 1,
        };
        if (row->letter) {
            text_add_byte(&reader->letters, row->letter);
            if (row->value)
                text_add(&reader->letters, ":");
        }
    }
}

static struct reader reader_make(struct arena *arena, const struct command *command)
{
    struct reader reader = {.arena = arena, .letters = text_start(arena)};
    /* '+': stop at the command's name. ':': tell a missing value from an unknown option. */
    text_add(&reader.letters, command ? ":" : "+:");
    /* before any command's name the console's options count: without one the console opens */
    reader_add(&reader, command ? command->options : cli_commands[0].options);
    reader_add(&reader, invocation_globals);
    *vector_push(arena, &reader.longs) = (struct option){0};
    return reader;
}

static const struct command_option *reader_row(const struct reader *reader, int value)
{
    if (value >= 256)
        return reader->rows.items[value - 256];
    for (size_t i = 0; i < reader->rows.count; i++)
        if (reader->rows.items[i]->letter == value)
            return reader->rows.items[i];
    return NULL;
}

static enum err refuse(struct error *error, const struct command *command, const char *what,
                       const char *why)
{
    return error_set(error, ERR_INVALID, what, "%s; see 'dialdesk%s%s --help'", why,
                     command ? " " : "", command ? command->name : "");
}

static enum err take_color(struct invocation *out, const char *value, struct error *error)
{
    enum color color;
    if (!color_parse(value, &color))
        return error_set(error, ERR_INVALID, "--color", "'%s' is none of auto, always and never",
                         value);
    out->color = (int)color;
    return ERR_OK;
}

/* True where the option is one for every command; it is then entered. */
static bool take_global(struct invocation *out, const struct command_option *row, const char *value,
                        enum err *result, struct error *error)
{
    const struct {
        const char *name;
        const char **text;
        bool *flag;
    } places[] = {
        {"db", &out->said.db, NULL},      {"organizer", &out->said.organizer, NULL},
        {"tz", &out->said.tz, NULL},      {"json", NULL, &out->json},
        {"quiet", NULL, &out->quiet},     {"help", NULL, &out->help},
        {"version", NULL, &out->version},
    };
    const size_t globals = sizeof invocation_globals / sizeof *invocation_globals;
    if (row < invocation_globals || row >= invocation_globals + globals)
        return false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].name, row->name) == 0) {
            if (places[i].text)
                *places[i].text = value;
            else
                *places[i].flag = true;
            return true;
        }
    *result = take_color(out, value ? value : "", error);
    return true;
}

static enum err take(struct arena *arena, struct invocation *out, const struct command_option *row,
                     const char *value, struct error *error)
{
    enum err err = ERR_OK;
    if (value && !*value && strcmp(row->name, "db") == 0)
        return error_set(error, ERR_INVALID, "--db", "an empty value names no store");
    if (take_global(out, row, value, &err, error))
        return err;
    for (size_t i = 0; i < out->arguments.options.count && !row->many; i++)
        if (out->arguments.options.items[i].option == row && row->value)
            return error_set_what(error, ERR_INVALID, "it was given twice", "--%s", row->name);
    *vector_push(arena, &out->arguments.options) = (struct given_option){row, value};
    return ERR_OK;
}

/* Reads options until there are none left (or up to the first word, without a command). */
static enum err read_options(struct arena *arena, int argc, char **argv,
                             const struct command *command, struct invocation *out,
                             struct error *error)
{
    struct reader reader = reader_make(arena, command);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    for (;;) {
        int at = optind ? optind : 1;
        int value = getopt_long(argc, argv, reader.letters.bytes, reader.longs.items, NULL);
        if (value == -1)
            return ERR_OK;
        if (value == '?' || value == ':') {
            /*
             * For a cluster of letters optopt is the one at fault; for a long option the argument
             * itself says it.
             */
            while (at < argc - 1 && argv[at][0] != '-') /* operands that getopt stepped over */
                at++;
            const char *word = argv[at < argc ? at : argc - 1];
            if (strncmp(word, "--", 2) != 0 && optopt > 0 && optopt < 256)
                word = arena_format(arena, "-%c", optopt);
            else if (optind > 0 && optind <= argc && strncmp(argv[optind - 1], "--", 2) == 0)
                word = argv[optind - 1];
            return refuse(error, command, word,
                          value == ':' ? "it wants a value"
                          : optopt > 255
                              ? "it takes no value"
                              : "there is no such option, or more than one that begins so");
        }
        const struct command_option *row = reader_row(&reader, value);
        if (!row)
            die("getopt_long knows an option that no row has");
        enum err err = take(arena, out, row, optarg, error);
        if (err)
            return err;
    }
}

/* The row that the words name: two words before one ("organizer add"). *used tells how many. */
static const struct command *find_row(struct arena *arena, int count, char **words, int *used)
{
    for (*used = count < 2 ? count : 2; *used > 0; --*used) {
        const char *name = *used == 2 ? arena_format(arena, "%s %s", words[0], words[1]) : words[0];
        const struct command *row = invocation_command(name);
        if (row)
            return row;
    }
    return NULL;
}

static enum err no_such_command(struct arena *arena, int count, char **words, struct error *error)
{
    struct text group = text_start(arena);
    size_t length = strlen(words[0]);
    for (const struct command *row = commands; row->name; row++)
        if (strncmp(row->name, words[0], length) == 0 && row->name[length] == ' ')
            text_addf(&group, "%s%s", group.length ? ", " : "", row->name + length + 1);
    if (!group.length)
        return error_set_what(error, ERR_INVALID, "there is no such command; see 'dialdesk --help'",
                              "'%s'", words[0]);
    if (count < 2)
        return error_set(error, ERR_INVALID, words[0], "say which: %s", group.bytes);
    return error_set(error, ERR_INVALID, words[0], "it has no '%s'; it has %s", words[1],
                     group.bytes);
}

static enum err check_operands(const struct invocation *out, struct error *error)
{
    const struct command *command = out->command;
    int count = (int)out->arguments.operands.count;
    if (count < command->least)
        return error_set(error, ERR_INVALID, command->name, "it wants %s; see 'dialdesk %s --help'",
                         command->operands, command->name);
    if (command->most >= 0 && count > command->most)
        return error_set(error, ERR_INVALID, command->name,
                         "'%s' is one word too many; see 'dialdesk %s --help'",
                         out->arguments.operands.items[command->most], command->name);
    for (const struct command_option *row = command->options; row && row->name; row++)
        if (row->wanted && !argument_given(&out->arguments, row->name))
            return error_set(error, ERR_INVALID, command->name,
                             "it wants --%s; see 'dialdesk %s --help'", row->name, command->name);
    return ERR_OK;
}

static bool holds(int argc, char **argv, const char *word)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], word) == 0)
            return true;
    return false;
}

enum err invocation_read(struct arena *arena, int argc, char **argv, struct invocation *out,
                         struct error *error)
{
    *out = (struct invocation){.color = -1};
    out->json = holds(argc, argv, "--json"); /* known before the first error */
    enum err err = read_options(arena, argc, argv, NULL, out, error);
    if (err || optind >= argc)
        return err;

    int used, first = optind;
    out->command = find_row(arena, argc - first, argv + first, &used);
    if (!out->command && (holds(argc, argv, "--help") || holds(argc, argv, "-h"))) {
        out->help =
            true; /* 'dialdesk organizer --help' asks about a group: the program's help has it */
        return ERR_OK;
    }
    if (!out->command)
        return no_such_command(arena, argc - first, argv + first, error);

    if (out->arguments.options.count && out->command != &cli_commands[0])
        return error_set_what(error, ERR_INVALID, "it belongs to the console alone", "--%s",
                              out->arguments.options.items[0].option->name);

    int rest = argc - first - used;
    char **words = arena_array(arena, (size_t)rest + 2, sizeof *words);
    words[0] = argv[0];
    for (int i = 0; i < rest; i++)
        words[i + 1] = argv[first + used + i];
    if ((err = read_options(arena, rest + 1, words, out->command, out, error)))
        return err;
    for (int i = optind; i <= rest; i++)
        *vector_push(arena, &out->arguments.operands) = words[i];
    return out->help || out->version ? ERR_OK : check_operands(out, error);
}
