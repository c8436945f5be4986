/*
 * From argv to a row of the command table. getopt_long does the reading; its tables are made from
 * the rows, so that an option stands in one place only.
 */
#include "invocation.h"
#include "texts.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

const struct command_option global_options[] = {
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
    {.name = "quiet", .letter = 'q', .help = "print errors only"},
    {.name = "color", .value = "WHEN", .help = "auto, always or never (NO_COLOR is honoured)"},
    {.name = "help", .letter = 'h', .help = "print this help"},
    {.name = "version", .letter = 'V', .help = "print the version"},
    {0},
};

/* getopt's two tables, and the way back from its value to a row's option. */
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

static struct reader reader_make(const struct invocation *invocation)
{
    const struct command *command = invocation->command;
    struct arena *arena = invocation->arena;
    struct reader reader = {.arena = arena, .letters = text_start(arena)};
    /* '+': stop at the command's name. ':': tell a missing value from an unknown option. */
    text_add(&reader.letters, command ? ":" : "+:");
    /* before any command's name the first row's options count: without a name that row is run */
    reader_add(&reader, command ? command->options : invocation->commands[0]->options);
    reader_add(&reader, global_options);
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

static enum err read_color(struct invocation *out, const char *value, struct error *error)
{
    enum color color;
    if (!color_parse(value, &color))
        return error_set(error, ERR_INVALID, "--color",
                         "unknown value '%s'; write auto, always or never", value);
    out->color = (int)color;
    return ERR_OK;
}

static bool option_is_global(const struct command_option *option)
{
    for (const struct command_option *row = global_options; row->name; row++)
        if (row == option)
            return true;
    return false;
}

static enum err read_global(struct invocation *out, const struct command_option *row,
                            const char *value, struct error *error)
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
    if (strcmp(row->name, "color") == 0)
        return read_color(out, value, error);
    if (strcmp(row->name, "db") == 0 && (!value || !value[0]))
        return error_set(error, ERR_INVALID, "--db",
                         "the value is empty; write a path or postgresql://...");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (strcmp(places[i].name, row->name) != 0)
            continue;
        if (places[i].text)
            *places[i].text = value;
        else
            *places[i].flag = true;
    }
    return ERR_OK;
}

static enum err read_option(struct invocation *out, const struct command_option *row,
                            const char *value, struct error *error)
{
    if (option_is_global(row))
        return read_global(out, row, value, error);
    for (size_t i = 0; i < out->options.count && !row->many; i++)
        if (out->options.items[i].option == row && row->value)
            return error_set_what(error, ERR_INVALID, "given twice; write it once", "--%s",
                                  row->name);
    *vector_push(out->arena, &out->options) = (struct given_option){row, value};
    return ERR_OK;
}

/*
 * `found` is getopt's ':' or '?', met in the word at `at` or behind it. In a cluster of letters
 * optopt is the one at fault; a long option is named by its word.
 */
static enum err refuse_option(const struct invocation *invocation, int argc, char **argv, int at,
                              int found, struct error *error)
{
    const struct command *command = invocation->command;
    while (at < argc - 1 && argv[at][0] != '-') /* operands that getopt stepped over */
        at++;
    const char *word = argv[at < argc ? at : argc - 1];
    if (strncmp(word, "--", 2) != 0 && optopt > 0 && optopt < 256)
        word = arena_format(invocation->arena, "-%c", optopt);
    else if (optind > 0 && optind <= argc && strncmp(argv[optind - 1], "--", 2) == 0)
        word = argv[optind - 1];
    const char *why = found == ':'   ? "a value is required"
                      : optopt > 255 ? "it takes no value"
                                     : "unknown or ambiguous option";
    return error_set(error, ERR_INVALID, word, "%s; see 'dialdesk%s%s --help'", why,
                     command ? " " : "", command ? command->name : "");
}

/* Reads options until there are none left (or up to the first word, without a command). */
static enum err read_options(struct invocation *out, int argc, char **argv, struct error *error)
{
    struct reader reader = reader_make(out);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    for (;;) {
        int at = optind ? optind : 1;
        int found = getopt_long(argc, argv, reader.letters.bytes, reader.longs.items, NULL);
        if (found == -1)
            return ERR_OK;
        if (found == '?' || found == ':')
            return refuse_option(out, argc, argv, at, found, error);
        const struct command_option *row = reader_row(&reader, found);
        if (!row)
            die("getopt_long knows an option that no row has");
        enum err err = read_option(out, row, optarg, error);
        if (err)
            return err;
    }
}

/* The command that the words name: two words before one ("organizer add"); *used tells how many. */
static const struct command *find_command(const struct invocation *invocation, int count,
                                          char **words, int *used)
{
    for (*used = count < 2 ? count : 2; *used > 0; --*used) {
        const char *name =
            *used == 2 ? arena_format(invocation->arena, "%s %s", words[0], words[1]) : words[0];
        const struct command *command = command_find(invocation->commands, name);
        if (command)
            return command;
    }
    return NULL;
}

/* The commands behind this word, with commas; "": there are none. */
static const char *family_of(const struct invocation *invocation, const char *word)
{
    struct text names = text_start(invocation->arena);
    for (const struct command *const *row = invocation->commands; *row; row++) {
        const char *name = command_behind(*row, word);
        if (name)
            text_addf(&names, "%s%s", names.length ? ", " : "", name);
    }
    return names.bytes;
}

static enum err no_such_command(const struct invocation *invocation, int count, char **words,
                                struct error *error)
{
    const char *family = family_of(invocation, words[0]);
    if (!family[0])
        return error_set_what(error, ERR_INVALID, "unknown command; see 'dialdesk --help'",
                              "'%.*s'", argument_shown(words[0]), words[0]);
    if (count < 2)
        return error_set(error, ERR_INVALID, words[0], "a command is missing behind it: %s",
                         family);
    return error_set(error, ERR_INVALID, words[0], "unknown command '%s'; there are %s", words[1],
                     family);
}

static enum err check_arguments(const struct invocation *invocation, struct error *error)
{
    const struct command *command = invocation->command;
    int count = (int)invocation->operands.count;
    if (count < command->least)
        return error_set(error, ERR_INVALID, command->name,
                         "%s is required; see 'dialdesk %s --help'", command->operands,
                         command->name);
    if (command->more >= 0 && count > command->least + command->more) {
        const char *word = invocation->operands.items[command->least + command->more];
        return error_set(error, ERR_INVALID, command->name,
                         "unexpected argument '%.*s'; see 'dialdesk %s --help'",
                         argument_shown(word), word, command->name);
    }
    for (const struct command_option *row = command->options; row && row->name; row++)
        if (row->required && !argument_given(invocation, row->name))
            return error_set(error, ERR_INVALID, command->name,
                             "--%s is required; see 'dialdesk %s --help'", row->name,
                             command->name);
    return ERR_OK;
}

static bool holds(int argc, char **argv, const char *word)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], word) == 0)
            return true;
    return false;
}

/* Reads what follows the command's name: its options and operands. */
static enum err read_command(struct invocation *out, char *program, int count, char **words,
                             struct error *error)
{
    /* getopt_long wants the program's name first, and reorders */
    char **argv = arena_array(out->arena, (size_t)count + 2, sizeof *argv);
    argv[0] = program;
    for (int i = 0; i < count; i++)
        argv[i + 1] = words[i];
    enum err err = read_options(out, count + 1, argv, error);
    if (err)
        return err;
    for (int i = optind; i <= count; i++)
        *vector_push(out->arena, &out->operands) = argv[i];
    return out->help || out->version ? ERR_OK : check_arguments(out, error);
}

enum err invocation_read(struct invocation *out, int argc, char **argv, struct error *error)
{
    out->color = -1;
    out->json = holds(argc, argv, "--json"); /* known before the first error */
    enum err err = read_options(out, argc, argv, error);
    if (err || optind >= argc)
        return err;

    int used, count = argc - optind;
    char **words = argv + optind;
    const struct command *command = find_command(out, count, words, &used);
    bool help = holds(argc, argv, "--help") || holds(argc, argv, "-h");
    if (!command && help && family_of(out, words[0])[0]) {
        out->help = true;
        out->help_of = words[0];
        return ERR_OK;
    }
    if (!command)
        return no_such_command(out, count, words, error);
    if (out->options.count && command != out->commands[0])
        return error_set_what(error, ERR_INVALID,
                              "only the console takes it; put options behind the command", "--%s",
                              out->options.items[0].option->name);
    out->command = command;
    out->help_of = command->name;
    return read_command(out, argv[0], count - used, words + used, error);
}
