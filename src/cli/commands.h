/*
 * The table of commands. Only cli.c and the tests name it; argv's reader, help, completions and the
 * manual get it as a parameter, so that a command may call them.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "command.h"

/*
 * The rows, in the order in which help and the manual show them. Each stands with its options and
 * its function in the file of its kind.
 */
#define COMMANDS(X)                                                                                \
    /* the program */                                                                              \
    X(console)                                                                                     \
    X(help)                                                                                        \
    X(completion)                                                                                  \
    X(version)                                                                                     \
    X(manual)                                                                                      \
    /* organizers */                                                                               \
    X(agenda)                                                                                      \
    X(new)                                                                                         \
    X(show)                                                                                        \
    X(edit)                                                                                        \
    X(cancel)                                                                                      \
    X(invite)                                                                                      \
    X(answer)                                                                                      \
    X(send)                                                                                        \
    X(outbox)                                                                                      \
    X(outbox_list)                                                                                 \
    X(outbox_show)                                                                                 \
    X(outbox_retry)                                                                                \
    X(outbox_withdraw)                                                                             \
    X(outbox_sent)                                                                                 \
    X(outbox_report)                                                                               \
    X(outbox_export)                                                                               \
    X(legacy)                                                                                      \
    X(convert)                                                                                     \
    X(import)                                                                                      \
    X(export)                                                                                      \
    X(sync)                                                                                        \
    /* helpdesk */                                                                                 \
    X(lookup)                                                                                      \
    X(note)                                                                                        \
    X(search)                                                                                      \
    X(history)                                                                                     \
    X(calls)                                                                                       \
    /* bridges */                                                                                  \
    X(admit)                                                                                       \
    X(serve)                                                                                       \
    /* administrators */                                                                           \
    X(init)                                                                                        \
    X(org)                                                                                         \
    X(organizer_add)                                                                               \
    X(organizer_set)                                                                               \
    X(organizer_show)                                                                              \
    X(organizer_list)                                                                              \
    X(organizer_import)                                                                            \
    X(organizer_export)                                                                            \
    X(organizer_reset_id)                                                                          \
    X(organizer_remove)                                                                            \
    X(attendee_set)                                                                                \
    X(attendee_show)                                                                               \
    X(attendee_list)                                                                               \
    X(number_add)                                                                                  \
    X(number_set)                                                                                  \
    X(number_list)                                                                                 \
    X(number_remove)                                                                               \
    X(check)                                                                                       \
    X(backup)                                                                                      \
    X(restore)                                                                                     \
    X(demo)

#define COMMAND_DECLARED(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARED)

/* Ended by NULL. The first one is run if no command is named. */
extern const struct command *const commands[];

#endif
