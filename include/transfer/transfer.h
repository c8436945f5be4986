/*
 * Whole calendars and messages, in and out: import, export, sync with a directory, invitations as
 * iCalendar and mail. It stands above desk: cli and console call it, and it calls desk's use cases,
 * the store and exchange. A new format or source is a new file here.
 *
 * As in desk.h, the message of what failed is in session->error, and what is given lives in the
 * arena.
 */
#ifndef TRANSFER_TRANSFER_H
#define TRANSFER_TRANSFER_H

#include <core/directory.h>
#include <core/invitation.h>
#include <core/report.h>
#include <desk/session.h>

struct import_how {
    bool dry_run;
    /* events of organizers outside the directory are desk_organizer's own, not foreign */
    bool own;
    /*
     * It is a message of a maildir: one that holds neither a calendar nor a delivery report is
     * counted, and one that can't be read is told in the report; neither is an error.
     */
    bool message;
    bool among; /* other sources are imported too: one that can't be read is told in the report */
};
/*
 * Takes the sound events of an iCalendar file ("-" is standard input) and reports the rest. Of a
 * mail message its calendar is taken, or a delivery report, by which a message that was sent
 * failed. session->progress is told how many events are read, and may stop it between two batches:
 * what was taken stays. ERR_INVALID if the file is not there or is no iCalendar. What the
 * report has of other files stays in it.
 */
enum err transfer_import(struct session *session, struct arena *arena, const char *name,
                         struct import_how how, struct import_report *report);
/*
 * The files that `name` stands for: the messages of a maildir (its new and cur), by name, or the
 * file itself. ERR_INVALID if nothing is there, or a folder that is no maildir.
 */
enum err transfer_sources(struct session *session, struct arena *arena, const char *name,
                          struct strings *files, bool *maildir);

/*
 * iCalendar of the meetings that are named; without names (NULL or none), of the organizer's (NULL:
 * everybody's) whose span touches [from, to).
 */
enum err transfer_export(struct session *session, struct arena *arena,
                         const struct organizer *organizer, const struct strings *references,
                         int64_t from, int64_t to, char **ical);

/*
 * Takes a table of people (CSV) into the directory, in one transaction: added or changed, never
 * removed, and no meeting's ID changes. A damaged row is rejected and the others are taken; a
 * damaged table is ERR_INVALID, and nothing is taken.
 */
struct directory_import {
    const char *name;           /* "-" is standard input */
    const char *encoding;       /* NULL: found out */
    const char *country;        /* the calling code of numbers without one; NULL: none */
    const struct strings *maps; /* "COLUMN=FIELD" */
    char separator;             /* 0: found out */
    bool dry_run;
    bool disable_missing; /* organizers whom the table does not have: dial-in off */
};
enum err transfer_directory_import(struct session *session, struct arena *arena,
                                   const struct directory_import *how,
                                   struct directory_report *report);
/* The directory as a table that the import takes, in UTF-8. */
enum err transfer_directory_export(struct session *session, struct arena *arena, char separator,
                                   char **csv);

/*
 * Two-way with a vdir, the organizer's calendar (desk_organizer) with the directory's files. force:
 * also if most of the files are gone, which cancels their meetings; else that is ERR_REFUSED. What
 * can't be taken is reported, not an error. session->progress is told how many meetings are
 * settled, and may stop it between two batches.
 */
enum err transfer_sync(struct session *session, struct arena *arena, const char *directory,
                       bool dry_run, bool force, struct sync_report *report);

/* The forms of an invitation. A message has the text, HTML and the calendar in it. */
enum invitation_format {
    INVITATION_TEXT,
    INVITATION_HTML,
    INVITATION_ICS,
    INVITATION_EML,
    INVITATION_FORMATS
};
/* "text", "html", "ics", "eml". */
const char *invitation_format_name(enum invitation_format format);
enum err transfer_invitation(struct session *session, struct arena *arena,
                             const struct invitation *invitation, enum invitation_format format,
                             char **out);
/* The attendees that an invitation goes to: ERR_NOT_FOUND if invitation->to is not an attendee. */
enum err transfer_invitation_recipients(struct session *session, struct arena *arena,
                                        const struct invitation *invitation, struct attendees *to);

#endif
