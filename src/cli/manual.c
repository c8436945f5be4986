/*
 * The parts of dialdesk(1) that come from tables, as mdoc: the commands with their options, and the
 * console's keys. `make manual` puts them between the marks in docs/dialdesk.1; a lint fails if
 * the page and the tables differ.
 */
#include "texts.h"

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

/* One line of the console's table: keys, views, action (as the settings name it), help, by tabs. */
static void add_key(struct text *text, const char *line, size_t length)
{
    const char *end = line + length, *columns[4];
    size_t lengths[4], count = 0;
    for (const char *s = line; count < 4 && s <= end; count++) {
        const char *tab = memchr(s, '\t', (size_t)(end - s));
        columns[count] = s;
        lengths[count] = (size_t)((tab ? tab : end) - s);
        s += lengths[count] + 1;
    }
    if (count < 4)
        return;
    text_add(text, ".It Xo Ic \"\\&"); /* else ":" would be a delimiter */
    add_escaped(text, columns[0], lengths[0]);
    text_add(text, "\"\n.Pq \"");
    add_escaped(text, columns[1], lengths[1]);
    text_add(text, "\"\n.Xc\n");
    add_escaped(text, columns[3], lengths[3]);
    text_add(text, "\n.Pq Li ");
    for (size_t i = 0; i < lengths[2]; i++)
        text_add_byte(text, columns[2][i] == ' ' ? '-' : columns[2][i]);
    text_add(text, " .\n");
}

static char *keys_part(struct arena *arena, const struct cli_console *console)
{
    struct text table = text_start(arena), text = text_start(arena);
    console->key_table(arena, &table);
    text_add(&text, ".Bl -tag -width Ds -compact\n");
    for (const char *line = table.bytes; *line;) {
        size_t length = strcspn(line, "\n");
        add_key(&text, line, length);
        line += length + (line[length] == '\n');
    }
    text_add(&text, ".El\n");
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
