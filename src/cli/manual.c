/*
 * The parts of dialdesk(1) that come from tables, as mdoc: the commands with their options, and the
 * console's keys. `make manual` puts them between the marks in docs/dialdesk.1; a lint fails if
 * the page and the tables differ.
 */
#include "texts.h"

#include <base/vector.h>
#include <ctype.h>
#include <string.h>

/* Text for a macro's line or a paragraph: no control lines, no escapes, '-' as the ASCII one. */
static void add_escaped(struct text *text, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\\')
            text_add(text, "\\e");
        else if (s[i] == '-')
            text_add(text, "\\-");
        else if ((s[i] == '.' || s[i] == '\'') && (i == 0 || s[i - 1] == ' '))
            text_addf(text, "\\&%c", s[i]);
        else if (s[i] == '"')
            text_add(text, "\\(dq");
        else
            text_add_byte(text, s[i]);
}

static void add_line(struct text *text, const char *before, const char *s, const char *after)
{
    text_add(text, before);
    add_escaped(text, s, strlen(s));
    text_add(text, after);
}

static void add_options(struct text *text, const struct command_option *options)
{
    if (!options || !options->name)
        return;
    text_add(text, ".Bl -tag -width Ds -compact\n");
    for (const struct command_option *row = options; row->name; row++) {
        text_add(text, ".It ");
        if (row->letter)
            text_addf(text, "Fl %c , ", row->letter);
        add_line(text, "Fl \\-", row->name, "");
        if (row->value)
            add_line(text, " Ar ", row->value, "");
        add_line(text, "\n", row->help, "\n");
    }
    text_add(text, ".El\n");
}

static char *commands_part(struct arena *arena, const struct command *const *commands)
{
    struct text text = text_start(arena);
    text_add(&text, ".Bl -tag -width Ds\n");
    for (; *commands; commands++) {
        const struct command *row = *commands;
        if (row->hidden)
            continue;
        add_line(&text, ".It Ic ", row->name, "");
        if (row->operands)
            add_line(&text, " Ar \"", row->operands, "\"");
        text_addf(&text, "\n%c", toupper((unsigned char)row->help[0]));
        add_line(&text, "", row->help + 1, ".\n");
        add_options(&text, row->options);
    }
    text_add(&text, ".El\n");
    return text.bytes;
}

static char *options_part(struct arena *arena)
{
    struct text text = text_start(arena);
    add_options(&text, global_options);
    return text.bytes;
}

/* A line of the console's table; the action as the palette names it. */
struct key_line {
    const char *keys, *views, *action, *help;
    bool printed;
};
struct key_lines VECTOR(struct key_line);

/* The parts of a line, which has keys, views, action and help, by tabs. */
static struct key_line key_line_read(char *line)
{
    const char *columns[4] = {line, "", "", ""};
    for (int i = 1; i < 4 && (line = strchr(line, '\t')) != NULL; i++) {
        *line++ = '\0';
        columns[i] = line;
    }
    return (struct key_line){
        .keys = columns[0], .views = columns[1], .action = columns[2], .help = columns[3]};
}

static void add_key(struct text *text, struct key_line *line)
{
    add_line(text, ".It Ic \"\\&", line->keys, "\"\n"); /* else ":" would be a delimiter */
    add_line(text, "", line->help, "\n.Pq Li ");
    for (const char *s = line->action; *s; s++)
        text_add_byte(text, *s == ' ' ? '-' : *s); /* as the settings write it */
    text_add(text, " .\n");
    line->printed = true;
}

/* Keys that count in the same views stand together, below the names of these views. */
static char *keys_part(struct arena *arena, const struct cli_console *console)
{
    struct text table = text_start(arena), text = text_start(arena);
    struct key_lines lines = {0};
    console->key_table(&table);
    for (char *line = table.bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        *vector_push(arena, &lines) = key_line_read(line);
    }
    for (size_t i = 0; i < lines.count; i++) {
        const char *views = lines.items[i].views;
        if (lines.items[i].printed)
            continue;
        add_line(&text, ".Pp\n.Em \"", views, "\"\n.Bl -tag -width Ds -compact\n");
        for (size_t k = i; k < lines.count; k++)
            if (strcmp(lines.items[k].views, views) == 0)
                add_key(&text, &lines.items[k]);
        text_add(&text, ".El\n");
    }
    return text.bytes;
}

char *manual_part(struct arena *arena, const struct command *const *commands,
                  const struct cli_console *console, const char *name)
{
    if (strcmp(name, "options") == 0)
        return options_part(arena);
    if (strcmp(name, "commands") == 0)
        return commands_part(arena, commands);
    if (strcmp(name, "keys") == 0)
        return keys_part(arena, console);
    return NULL;
}
