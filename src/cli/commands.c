/* The table of commands, made from the list in the header. */
#include "commands.h"

#define COMMAND_LISTED(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_LISTED) NULL};
