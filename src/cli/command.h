/*
 * A command is a row: its name, what may follow the name, a line of help, what it needs, and the
 * function that reads the options, calls a use case and prints the answer. argv, --help, the
 * completions and the manual's tables come from the rows. For cli's own files.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <cli/cli.h>
#include <desk/desk.h>

struct command_option {
    const char *name;  /* without "--"; NULL ends a list */
    char letter;       /* 0: none */
    const char *value; /* what help calls its value ("TIME"); NULL: a flag */
    const char *help;
    bool many;     /* may be given more than once */
    bool required; /* checked before the store is opened */
};

struct given_option {
    const struct command_option *option;
    const char *value; /* NULL: a flag */
};

struct given_options VECTOR(struct given_option);

struct command;

/* One run of the program: its arguments, and how far it came. */
struct invocation {
    struct arena *arena;                   /* lives as long as the run */
    const struct command *const *commands; /* the table, ended by NULL */
    const struct cli_console *console;

    /* the arguments, checked against the command's row */
    const struct command *command; /* NULL: none named, or only --help or --version asked for */
    const char *help_of;           /* a command or a family of commands; NULL: the program */
    struct strings operands;
    struct given_options options;
    struct settings said; /* what options override; NULL members and color -1 are not said */
    int color;            /* enum color, or -1 */
    bool json, quiet, help, version;

    /* while the command runs */
    struct session *session;
    const struct zone *zone; /* the reader's, if the command's row asks for it */
    bool writes;             /* the command may change the store */
    bool progress_shown;     /* standard error's last line tells how far long work is */
    int status;              /* the exit status so far, if the command does not fail */
};

/* Prints its answer with the functions below; an error is printed by the caller. */
typedef enum err command_function(struct session *session, struct invocation *invocation);

/* How the store is opened before a command runs. With --dry-run nothing is opened for writing. */
enum store_need {
    STORE_NONE,                 /* not at all, or by the command itself */
    STORE_READ,                 /* for reading; ERR_IO if there is none */
    STORE_WRITE,                /* for writing; made if there is none */
    STORE_WRITE_IF_OPTION_GIVEN /* STORE_WRITE if an option is given, else STORE_READ */
};

struct command {
    const char *name;     /* "new", "organizer add" */
    const char *operands; /* for help: "MEETING..."; NULL: none */
    int least, more; /* operands that it needs, and that it takes besides; more -1: any number */
    const struct command_option *options; /* ended by one without a name; NULL: none */
    const char *help;                     /* one line */
    enum store_need store;
    bool zone; /* it reads or shows times in the reader's zone */
    /* what it counts, "read": it tells its progress, and a signal stops it between two steps */
    const char *long_work; /* NULL: it does neither */
    bool hidden;           /* in no help: for the build alone */
    command_function *run;
};

/* The row of this exact name, or NULL. */
const struct command *command_find(const struct command *const *commands, const char *name);
/* What stands behind the word in the command's name ("add" of "organizer add"), or NULL. */
const char *command_behind(const struct command *command, const char *word);

/* --- arguments.c: a command's own arguments --- */

/* The last value given; NULL: not given, or a flag. */
const char *argument(const struct invocation *invocation, const char *name);
bool argument_given(const struct invocation *invocation, const char *name);
/* Every value given, in order. */
void argument_all(const struct invocation *invocation, const char *name, struct strings *out);

/* These leave *number, *on or *instant as it is if the option is not given. */

/* A whole number from least to most; ERR_INVALID names the option. */
enum err argument_number(const struct invocation *invocation, const char *name, int least, int most,
                         int *number);
/* on or off */
enum err argument_switch(const struct invocation *invocation, const char *name, bool *on);
/* A time, read in the zone. */
enum err argument_time(const struct invocation *invocation, const char *name,
                       const struct zone *zone, int64_t *instant);

/* --from and --to, read in the zone; ERR_INVALID if --to lies before --from. */
enum err argument_span(const struct invocation *invocation, const struct zone *zone, int64_t *from,
                       int64_t *to);

/*
 * How much of a word is shown that is wrong where it stands: of what looks like a server's address
 * the scheme alone, as a password may follow.
 */
int argument_shown(const char *word);
/* Checks an operand that names a file or directory; ERR_INVALID if it is empty, or an address. */
enum err argument_path(const struct invocation *invocation, const char *path);
/* The same, and ERR_INVALID if nothing has this name. */
enum err argument_file(const struct invocation *invocation, const char *path);

/*
 * --lang as one of the languages of invitations; ERR_INVALID lists those. Leaves *lang as it is if
 * the option is not given.
 */
enum err argument_language(const struct invocation *invocation, const char **lang);

/* Checks the value of --lang of an organizer or a number: a language's tag, such as "de". */
enum err argument_language_tag(const struct invocation *invocation, const char *lang);

/*
 * Whose calendar is meant, and the zone in which its times are read and shown. *organizer is NULL
 * for everybody's (--all).
 */
enum err argument_calendar(const struct invocation *invocation, const struct organizer **organizer,
                           const struct zone **zone);

/* --- output.c: printing --- */

/*
 * A command's answer, to standard output: a JSON document, or text for people, which gets colours
 * or is brought down to ASCII as the terminal wants it. If it cannot be written, the error is
 * printed and invocation->status is 4.
 */
void output_answer(struct invocation *invocation, const char *text);
/* A list of meetings as JSON; with `occurrences` as json_meetings has it. */
void output_json_meetings(struct invocation *invocation, const struct occurrences *list,
                          bool occurrences);
/* Bytes as they are (an invitation, iCalendar); with --json {"message": bytes}. */
void output_bytes(struct invocation *invocation, const char *bytes);
/* A sentence of success: with -q none; with --json {"message": sentence}. */
void output_message(struct invocation *invocation, const char *sentence);
/* Lines on standard error; with -q none. */
void output_warning(struct invocation *invocation, const char *warning);
void output_warnings(struct invocation *invocation, const struct strings *warnings);
/*
 * Exit status 1, for an answer that says that the meeting or ID is not there. `error` (NULL: none)
 * is printed unless -q is given or the answer could not be written.
 */
void output_absent(struct invocation *invocation, const struct error *error);
/* A line on standard error that tells how far long work is; the next one overwrites it. */
void output_progress(struct invocation *invocation, int64_t done);
/* Writes the error to standard error (one line, or a JSON document); returns its exit status. */
int output_error(struct invocation *invocation, const struct error *error);

#endif
