/*
 * The table of commands: one row each, from which argv, keys, the palette, --help, the manual's
 * tables and the completions come. cli/ and console/ may call this.
 */
#ifndef DESK_COMMAND_H
#define DESK_COMMAND_H

#include <desk/desk.h>

enum {
    FACE_CLI = 1,
    FACE_CONSOLE = 2,

    NEED_STORE = 1,         /* a store that is there, opened for reading */
    NEED_WRITE = 2,         /* a store that may be written, made where it is not */
    NEED_MEETING = 4,       /* console: a selected meeting is its first operand */
    NEED_WRITE_OPTIONS = 8, /* NEED_WRITE where an option is given, else NEED_STORE */
    NEED_PROGRESS = 16 /* it asks session->progress now and then, and stops where that says so */
};

struct command_option {
    const char *name;  /* without "--"; NULL ends a list */
    char letter;       /* 0: none */
    const char *value; /* what its value is called in help ("TIME"); NULL: a flag */
    const char *help;
    bool many;   /* may be given more than once */
    bool wanted; /* the command cannot do without; checked before the store is opened */
};

struct given_option {
    const struct command_option *option;
    const char *value; /* NULL for a flag */
};

struct given_options VECTOR(struct given_option);

/* What a row's function gets: operands and options, already checked against the row. */
struct arguments {
    struct strings operands;
    struct given_options options;
};

const char *argument(const struct arguments *arguments,
                     const char *name); /* the last value given, NULL: not given */
bool argument_given(const struct arguments *arguments, const char *name);
void argument_all(struct arena *arena, const struct arguments *arguments, const char *name,
                  struct strings *out);

enum result_kind {
    RESULT_NONE,
    RESULT_MESSAGE,  /* message */
    RESULT_TEXT,     /* message, to be written byte for byte (an invitation, iCalendar) */
    RESULT_MEETING,  /* scheduled.meeting, with its warnings */
    RESULT_AGENDA,   /* occurrences */
    RESULT_MEETINGS, /* occurrences, one a meeting */
    RESULT_LEGACY,   /* occurrences, one a meeting */
    RESULT_CONVERSIONS,
    RESULT_LOOKUP,
    RESULT_ORGANIZER,
    RESULT_ORGANIZERS,
    RESULT_NUMBERS,
    RESULT_ORGANIZATION,
    RESULT_HISTORY,
    RESULT_IMPORT,
    RESULT_SYNC,
    RESULT_FINDINGS
};

/*
 * What a command came to. `absent`: it was answered, but what was asked for is not there (exit 1),
 * and the session's error may say so; `unsound`: findings (exit 4).
 */
struct result {
    enum result_kind kind;
    struct arena *arena;             /* the command's; everything below lives in it */
    bool absent, unsound, everybody; /* everybody: the list is of all organizers */
    bool wrote;                      /* what it was to change is changed */
    const char *message;
    struct strings warnings; /* for standard error */
    const struct zone *zone; /* in which people are told times */
    struct scheduled scheduled;
    struct occurrences occurrences;
    struct conversions conversions;
    struct lookup lookup;
    struct organizer organizer;
    struct organizers organizers;
    struct numbers numbers;
    struct organization organization;
    struct organization_figures figures;
    struct history_entries history;
    struct import_report import;
    struct sync_report sync;
    struct strings findings;
    struct strings repaired; /* with a repair: what it brought right */
    bool has_repaired;
};

struct command {
    const char *name;                     /* "new", "organizer add" */
    const char *operands;                 /* for help: "MEETING...", "" */
    int least, most;                      /* operands; most -1: any number */
    const struct command_option *options; /* ended by a row without a name; NULL: none */
    const char *help;                     /* one line */
    unsigned faces, needs;
    enum err (*run)(struct session *session, const struct arguments *arguments,
                    struct result *result);
};

/*
 * All rows, ended by one without a name. console, completion, help and version are the cli's own.
 */
extern const struct command commands[];

/* The row of this exact name, or NULL. */
const struct command *command_find(const char *name);

/* Opens what the row needs and runs it. result->arena must be set. */
enum err command_run(struct session *session, const struct command *command,
                     const struct arguments *arguments, struct result *result);

#endif
