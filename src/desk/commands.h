/* What the files of command rows share. For desk's own files. */
#ifndef DESK_COMMANDS_H
#define DESK_COMMANDS_H

#include <desk/command.h>

typedef enum err command_run_function(struct session *session, const struct arguments *arguments,
                                      struct result *result);

/*
 * Options, ended by a row without a name; functions, by what they work on. The rows stand in
 * commands.c.
 */
extern const struct command_option new_options[], show_options[], edit_options[], cancel_options[],
    invite_options[];
extern const struct command_option agenda_options[], legacy_options[], lookup_options[],
    search_options[];
extern const struct command_option convert_options[], import_options[], export_options[],
    sync_options[];
extern const struct command_option org_options[], organizer_options[], number_add_options[],
    check_options[];

command_run_function run_new, run_show, run_edit, run_cancel, run_invite;
command_run_function run_agenda, run_legacy, run_lookup, run_search, run_history;
command_run_function run_convert, run_import, run_export, run_sync_directory;
command_run_function run_org, run_organizer_add, run_organizer_set, run_organizer_show,
    run_organizer_list, run_organizer_reset_id, run_number_add, run_number_list, run_number_remove;
command_run_function run_init, run_check, run_backup, run_demo;

/* A whole number from least to most; ERR_INVALID names the option. `value` NULL leaves *number. */
enum err argument_number(struct session *session, const char *name, const char *value, int least,
                         int most, int *number);

/* The name of a file or directory; ERR_INVALID where it is empty. */
enum err argument_path(struct session *session, const char *what, const char *path);

/* --flag on|off */
enum err argument_switch(struct session *session, const char *name, const char *value, bool *on);

/* A time, read in the zone; NULL leaves *instant. */
enum err argument_time(struct session *session, const char *name, const char *value,
                       const struct zone *zone, int64_t *instant);

/* The reader's zone without an organizer: --tz, the system's. */
enum err result_zone(struct session *session, const struct organizer *organizer,
                     struct result *result);

/*
 * Everybody's calendar (--all: organizer NULL), or that of the organizer who is meant. Sets
 * result->zone and everybody.
 */
enum err argument_calendar(struct session *session, const struct arguments *arguments,
                           struct result *result, const struct organizer **organizer);

/* Copies warnings. */
void result_warn(struct result *result, const struct strings *warnings);

#endif
