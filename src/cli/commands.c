/* The table of commands, in the order in which help and the manual show them. */
#include "commands.h"

const struct command *const commands[] = {
    &command_console,
    &command_help,
    &command_completion,
    &command_version,
    &command_manual,
    /* organizers */
    &command_agenda,
    &command_new,
    &command_show,
    &command_edit,
    &command_cancel,
    &command_invite,
    &command_legacy,
    &command_convert,
    &command_import,
    &command_export,
    &command_sync,
    /* helpdesk */
    &command_lookup,
    &command_note,
    &command_search,
    &command_history,
    &command_calls,
    /* bridges */
    &command_admit,
    &command_serve,
    /* administrators */
    &command_init,
    &command_org,
    &command_organizer_add,
    &command_organizer_set,
    &command_organizer_show,
    &command_organizer_list,
    &command_organizer_reset_id,
    &command_number_add,
    &command_number_set,
    &command_number_list,
    &command_number_remove,
    &command_check,
    &command_backup,
    &command_demo,
    NULL,
};
