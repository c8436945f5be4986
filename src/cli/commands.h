/*
 * The table of commands. Only cli.c and the tests name it; argv's reader, help, completions and the
 * manual get it as a parameter, so that a command may call them.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "command.h"

/* Ended by NULL. The first one is run if no command is named. */
extern const struct command *const commands[];

/* The rows, by the file in which they stand with their options and functions. */
extern const struct command command_console, command_help, command_completion, command_version,
    command_manual; /* program.c */
extern const struct command command_agenda, command_legacy, command_lookup, command_note,
    command_search, command_history; /* calendar.c */
extern const struct command command_new, command_show, command_edit, command_cancel,
    command_invite;                         /* meeting.c */
extern const struct command command_answer; /* answer.c */
extern const struct command command_convert, command_import, command_export,
    command_sync; /* exchange.c */
extern const struct command command_send, command_outbox, command_outbox_list, command_outbox_show,
    command_outbox_retry, command_outbox_withdraw, command_outbox_sent, command_outbox_report,
    command_outbox_export; /* outbox.c */
extern const struct command command_org, command_organizer_add, command_organizer_set,
    command_organizer_show, command_organizer_list, command_organizer_reset_id, command_number_add,
    command_number_set, command_number_list, command_number_remove; /* directory.c */
extern const struct command command_organizer_import, command_organizer_export,
    command_organizer_remove; /* people.c */
extern const struct command command_attendee_set, command_attendee_show,
    command_attendee_list;                                               /* attendees.c */
extern const struct command command_admit, command_serve, command_calls; /* bridge.c */
extern const struct command command_init, command_check, command_backup, command_restore,
    command_demo; /* store.c */

#endif
