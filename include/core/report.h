/*
 * The results of a change, an import and a sync, and figures that are counted, not stored: records
 * that desk and transfer fill and show prints. Pure.
 */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include <base/vector.h>
#include <core/meeting.h>
#include <stdint.h>

/* A meeting that was scheduled, changed or cancelled. */
struct scheduled {
    struct occurrence meeting; /* as stored, or as it would be after a dry run */
    bool one; /* `meeting` is the occurrence that was asked for, not the nearest one */
    const struct meeting *split_from; /* the series that `meeting` was split from; NULL: none */
    /* the occurrence that was cancelled, as it stood; without a meeting: none */
    struct occurrence cancelled;
    bool cancelled_following;                     /* and all that follow it */
    const char *reason;                           /* why it has this kind of ID */
    const char *callers;                          /* a sentence on who was let in; NULL: nobody */
    size_t admitted;                              /* callers who were let in */
    int64_t last_admitted;                        /* when the last of them was */
    struct occurrence_replies occurrence_replies; /* what was answered for one occurrence alone */
    struct strings left_untold; /* who is invited no more, and has not been told so */
    /* sentences: overlaps, a local time that does not exist or exists twice, ... */
    struct strings warnings;
};

/* An event or file that could not be taken, or a note on one that was. */
struct import_error {
    const char *file;
    int64_t line;
    const char *uid; /* NULL: unknown */
    const char *why;
};

struct import_errors VECTOR(struct import_error);

/* An organizer outside the directory whose events an import took in as foreign. */
struct import_inviter {
    const char *email;
    int64_t events;
};

struct import_inviters VECTOR(struct import_inviter);

/* Counts an event of an organizer. After some hundred organizers the list ends. */
void import_inviter_add(struct arena *arena, struct import_inviters *list, const char *email);

/* A dial-in number that events show. */
struct import_number {
    const char *number;  /* E.164 */
    const char *shown;   /* as the directory has it, else as the first event writes it */
    bool ours;           /* it is one of the organization's */
    const char *service; /* whose it is, if an event shows it as a known service's; else NULL */
    int64_t events;
};

struct import_numbers VECTOR(struct import_number);

/* Adds to the count of the same number, likewise. What `number` points to is copied. */
void import_number_add(struct arena *arena, struct import_numbers *list,
                       const struct import_number *number);

struct import_report {
    int64_t read, added, updated, unchanged, rejected, legacy;
    /* of those that are in: of organizers outside the directory; ours, scheduled, by their ID */
    int64_t foreign, with_id, without_id;
    struct import_inviters inviters; /* the foreign ones, by organizer, at most so many of these */
    struct import_numbers numbers;   /* the dial-in numbers that events show, likewise */
    int64_t replies;        /* answers to invitations, and bounces of messages, that were taken */
    int64_t bounces;        /* the latter of them */
    int64_t other_messages; /* of a maildir: without a calendar and no delivery report */
    bool stopped;           /* before the end of the input */
    struct import_errors errors;
    struct import_errors notes; /* taken, but to be told: a copied dial-in block, ... */
};

/* A meeting that was changed on both sides: both are kept. */
struct sync_conflict {
    const char *uid, *file; /* the meeting as it is here, and its file */
    /* the file's side as a meeting of its own; NULL: the file was deleted */
    const char *copy_uid, *copy_file;
    const char *why;
};

struct sync_conflicts VECTOR(struct sync_conflict);

/* The result of a sync. written, removed: files; added, updated, cancelled: meetings. */
struct sync_report {
    const char *directory;
    int64_t written, removed, added, updated, cancelled, unchanged, rejected;
    struct sync_conflicts conflicts;
    struct import_errors errors; /* files that can't be taken, and why */
    struct import_errors notes;  /* files that were left alone, or taken with a remark */
};

/* An organizer who was removed, and what became of the meetings to come and of the static IDs. */
struct removal {
    const char *email;
    const char *to;            /* whose the meetings are now; NULL: there were none */
    struct meetings meetings;  /* handed over, as they are now */
    struct strings static_ids; /* handed over with them */
    struct strings retired;    /* static IDs that no meeting to come uses */
    int64_t foreign; /* meetings of others that stood in the calendar, and are nobody's any more */
};

/* A person of a table who was added (detail "") or changed ("name: 'Ada' -> 'Ada King'"). */
struct directory_change {
    int64_t line; /* 0: not in the table, and therefore disabled */
    const char *email;
    bool added;
    const char *detail;
};

struct directory_changes VECTOR(struct directory_change);

/* A table of people that was taken into the directory, or would be after a dry run. */
struct directory_report {
    const char *encoding;
    char separator;
    bool dry_run;
    int64_t read, added, changed, unchanged, rejected, disabled; /* rows; organizers */
    struct strings columns, uses; /* each column's title, and what it is used for (NULL: nothing) */
    struct directory_changes changes; /* the first ten thousand */
    struct import_errors errors;      /* likewise */
    struct strings notes;
};

/* Figures of the organization that are counted, not stored. */
struct organization_figures {
    int64_t live_ids;
    double guess_probability;
};

#endif
