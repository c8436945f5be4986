/*
 * Fuzzes the command line: the input's lines are the words. What is taken names a row, holds what
 * the row wants and nothing that it does not know; what is not is refused in words.
 */
#include "cli/commands.h"
#include "cli/invocation.h"

#include <base/utf8.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS_MAX = 64 };

static void demand(bool kept)
{
    if (!kept)
        abort();
}

static bool row_knows(const struct command *row, const struct command_option *option)
{
    for (const struct command_option *own = row->options; own && own->name; own++)
        if (own == option)
            return true;
    return false;
}

static void check_taken(const struct invocation *taken)
{
    const struct command *row = taken->command;
    demand(taken->color >= -1 && taken->color <= COLOR_NEVER);
    if (!row)
        return;
    demand(command_find(commands, row->name) == row);
    for (size_t i = 0; i < taken->options.count; i++) {
        const struct given_option *given = &taken->options.items[i];
        demand(row_knows(row, given->option) && !given->option->value == !given->value);
    }
    if (taken->help || taken->version)
        return;
    demand((int)taken->operands.count >= row->least);
    demand(row->more < 0 || (int)taken->operands.count <= row->least + row->more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct error error = {0};
    struct invocation invocation = {.arena = arena, .commands = commands};
    char *argv[WORDS_MAX + 2] = {arena_copy_n(arena, "dialdesk", 8)};
    int argc = 1;
    char *text = arena_copy_n(arena, (const char *)data, size), *rest = text;
    for (char *word; argc <= WORDS_MAX && (word = strsep(&rest, "\n"));)
        argv[argc++] = word;
    if (invocation_read(&invocation, argc, argv, &error) == ERR_OK)
        check_taken(&invocation);
    else
        demand(error.code == ERR_INVALID && error.what[0] && error.why[0] &&
               utf8_valid(error.why, strlen(error.why)));
    arena_free(arena);
    return 0;
}
