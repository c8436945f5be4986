/* --help, for the program and for each command, made from the rows. */
#include "texts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const char version_text[] = "dialdesk " DIALDESK_VERSION "\n";

enum { HELP_COLUMN = 30 };

static void add_row(struct text *text, const char *left, const char *right)
{
    if (strlen(left) + 4 > HELP_COLUMN)
        text_addf(text, "  %s\n%*s%s\n", left, HELP_COLUMN, "", right);
    else
        text_addf(text, "  %-*s%s\n", HELP_COLUMN - 2, left, right);
}

static void add_options(struct arena *arena, struct text *text,
                        const struct command_option *options, const struct command_option *but)
{
    for (const struct command_option *row = options; row && row->name; row++) {
        bool said = false; /* the command's own option of this name was shown already */
        for (const struct command_option *other = but; other && other->name; other++)
            said = said || strcmp(other->name, row->name) == 0;
        if (said)
            continue;
        const char *letter = row->letter ? arena_format(arena, "-%c, ", row->letter) : "    ";
        const char *left =
            arena_format(arena, "%s--%s%s%s%s", letter, row->name, row->value ? "=" : "",
                         row->value ? row->value : "", row->many ? "..." : "");
        add_row(text, left, row->help);
    }
}

/* Of a family, or all (NULL). */
static void add_commands(struct arena *arena, struct text *text,
                         const struct command *const *commands, const char *family)
{
    for (; *commands; commands++) {
        const struct command *row = *commands;
        if (row->hidden || (family && !command_behind(row, family)))
            continue;
        const char *left =
            row->operands ? arena_format(arena, "%s %s", row->name, row->operands) : row->name;
        add_row(text, left, row->help);
    }
}

static char *program_help(struct arena *arena, const struct command *const *commands)
{
    struct text text = text_start(arena);
    text_add(&text,
             "Usage: dialdesk [OPTION...] [COMMAND [ARGUMENT...]]\n\n"
             "Dial-in conferencing with a conference ID for every meeting. Without a command the\n"
             "console opens; where standard output is no terminal, the agenda is printed.\n\n"
             "Commands ('dialdesk COMMAND --help' tells more):\n");
    add_commands(arena, &text, commands, NULL);
    text_add(&text, "\nOptions of every command:\n");
    add_options(arena, &text, global_options, NULL);
    text_add(
        &text,
        "\nTimes: '2026-11-24 09:00', RFC 3339, today, tomorrow, mon..sun [HH:MM], 09:00, +2h.\n"
        "Durations: 30m, 1h, 1h30m, PT45M. MEETING: a UID, its beginning, or a dynamic conference "
        "ID.\n"
        "Exit status: 0 done, 1 not there, 2 wrong usage, 3 refused by a rule, 4 the store "
        "failed.\n");
    return text.bytes;
}

static void add_command(struct arena *arena, struct text *text, const struct command *command)
{
    text_addf(text, "Usage: dialdesk %s%s%s%s\n\n%c%s.\n", command->name,
              command->options ? " [OPTION...]" : "", command->operands ? " " : "",
              command->operands ? command->operands : "", toupper((unsigned char)command->help[0]),
              command->help + 1);
    if (command->options) {
        text_add(text, "\nOptions:\n");
        add_options(arena, text, command->options, NULL);
    }
}

char *help_text(struct arena *arena, const struct command *const *commands, const char *name)
{
    if (!name)
        return program_help(arena, commands);
    const struct command *command = command_find(commands, name);
    struct text text = text_start(arena), family = text_start(arena);
    add_commands(arena, &family, commands, name);
    if (command)
        add_command(arena, &text, command);
    else if (family.length)
        text_addf(&text, "Usage: dialdesk %s COMMAND [ARGUMENT...]\n", name);
    else
        return NULL;
    if (family.length)
        text_addf(&text, "\nCommands ('dialdesk %s COMMAND --help' tells more):\n%s", name,
                  family.bytes);
    text_add(&text, "\nOptions of every command:\n");
    add_options(arena, &text, global_options, command ? command->options : NULL);
    return text.bytes;
}
