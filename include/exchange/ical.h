/*
 * iCalendar (RFC 5545, 7986) as bytes in and core records out, and back.
 *
 * All of it is our own code: lines and reasons for every fault, in memory that does not grow with
 * the file. Only transfer calls it. Nothing here knows the store: who the organizer is, and what
 * becomes of a meeting with an event's UID, is decided above.
 */
#ifndef EXCHANGE_ICAL_H
#define EXCHANGE_ICAL_H

#include <base/vector.h>
#include <core/dial_in_judge.h>
#include <core/meeting.h>
#include <core/recurrence.h>
#include <core/zone.h>

/* --- reading --------------------------------------------------------------------------------- */

/*
 * iTIP methods (RFC 5546) that mean something to us; a REPLY is no meeting, but answers
 * one; events of others (REFRESH and so on) have why.
 */
enum ical_method {
    ICAL_NO_METHOD,
    ICAL_PUBLISH,
    ICAL_REQUEST,
    ICAL_CANCEL,
    ICAL_OTHER_METHOD,
    ICAL_REPLY
};

/* Where the bytes come from: a file or a pipe that is read piece by piece, or a text in memory. */
struct ical_source {
    /* At most `size` bytes into `bytes`, *count 0 at the end. NULL: `text` is all. */
    enum err (*read)(void *self, char *bytes, size_t size, size_t *count, struct error *error);
    void *self;
    const char *text;
    size_t length; /* of text */
};

/*
 * One VEVENT.
 *
 * A sound one has why == NULL. A rejected one has only line, why, why_line and, if it could be
 * read, uid.
 */
struct ical_event {
    size_t line;     /* where BEGIN:VEVENT stands, from 1 */
    size_t why_line; /* the line that is at fault; `line` if the event as a whole is */
    const char *why; /* NULL: sound. Else "DTSTART '20261399T090000' is no time", fit for people */
    const char *uid; /* "" if there is none to be read */
    enum ical_method method;
    bool proposes; /* a COUNTER: why is no fault, but who proposes which time */
    /* CANCEL without a STATUS: to be withdrawn from these attendees, and from nobody else */
    bool uninvites;

    /*
     * uid, title, location, notes, start_local, tz (IANA), duration, all_day, rrule, rdates,
     * exdates (both in tz), status, attendees, sequence, stamp, created and changed (0: not said),
     * ical (what we do not model, or NULL). conference_id with id_kind ID_KIND_STATIC is the one
     * found in the event's text, else NULL with ID_KIND_NONE: whether it is known as a dynamic one
     * is the importer's to find out. overrides: added periods of a length of their own
     * (RDATE;VALUE=PERIOD), of no revision of their own; other changed occurrences come as events
     * (see `merge`). Not filled: organizer_uid, organizer, lang, start, end, span_* and version
     * (see series_resolve).
     */
    struct meeting meeting;
    /*
     * A REPLY: of meeting only uid, sequence, stamp and attendees with their partstat are filled,
     * and answers_one tells whether it is for one occurrence: recurrence and what belongs to it are
     * filled then.
     */
    bool answers_one;
    const struct zone *zone; /* of meeting.tz; lives as long as the zone source's zones */

    /* the address that ORGANIZER names, else who it says it is (a CN, a path); "": nobody */
    const char *organizer;
    const char *organizer_name; /* its CN beside an address; "" if none */
    /* the value of an ORGANIZER that gives no address, for people; NULL: there is none such */
    const char *organizer_unusable;
    /* ORGANIZER names somebody who is not one of ours (see ical_reading): all is kept as it came */
    bool foreign;
    /* whose dial-in all of its places show; that it is ours is said in `meeting` too */
    struct dial_in dial_in;

    /* our block, in one line, that was taken out of the notes; NULL: there was none */
    const char *dial_in_block;

    /* which parts of the event could not be taken as they are said; fit for people. NULL: none */
    const char *note;
    /* some of it was left out or cut short: written again, it would lose that */
    bool lossy;
    /* its uid is one that was made from what it says: the event came without */
    bool uid_made;

    /*
     * RECURRENCE-ID: this is one changed occurrence of the series `uid`, to be handed to `merge`
     * with the series.
     */
    bool is_override;
    struct local_time recurrence; /* as written */
    bool recurrence_date;         /* a date alone */
    /* the zone that it was written in; NULL: none was said, so that it is the series' */
    const struct zone *recurrence_zone;
    /*
     * meeting.ical with all of its ATTENDEEs, for `merge` if these are not the series'; NULL
     * if it is no override
     */
    const char *ical_own_people;
    bool following; /* RANGE=THISANDFUTURE: and all that follow; `merge` enters only this one */
};

/* Which occurrence of the series an event with a RECURRENCE-ID names: its start by the rule. */
struct local_time ical_which(const struct meeting *series, const struct zone *zone,
                             const struct ical_event *event);

/* What a file holds beside its events and time zones, line by line, unfolded. */
struct ical_rest {
    struct text properties; /* the calendar's own, but those that every calendar is written with */
    struct text components; /* tasks and the like, whole */
    bool damaged;           /* not all of it could be kept */
};

struct ical_reading {
    const char *name;            /* the source's name in errors: "calendar.ics", "standard input" */
    const struct zone *floating; /* for times without a zone and for all-day events */
    struct zone_source zones;
    /*
     * The zone of whom ORGANIZER names, for that organizer's floating times; NULL: `floating`. May
     * itself be NULL. A calendar's own X-WR-TIMEZONE goes before both.
     */
    const struct zone *(*zone_of)(void *self, const char *organizer);
    /*
     * True if whom ORGANIZER names is none of ours: nothing of such an event is taken out as our
     * own writing. NULL: everybody is ours.
     */
    bool (*foreign)(void *self, const char *organizer);
    const struct numbers *numbers; /* the organization's dial-in numbers; NULL: not known */
    void *self;
    struct ical_rest *rest; /* to be filled, its texts begun; NULL: it is passed over */
};

/*
 * Reads a stream of VCALENDARs, one component in memory at a time: memory does not grow with the
 * file. Lines end in CRLF, LF or CR. Limits: 1 MiB an unfolded line, 4 MiB an event, 8 levels of
 * components. A line that is longer or damaged is left out and told, unless the event's identity,
 * time or owner stand in it. What `reading` (not itself)
 * and `source` point to must live as long as the reader.
 */
struct ical_reader;
struct ical_reader *ical_reader_start(const struct ical_reading *reading,
                                      struct ical_source source);
void ical_reader_end(struct ical_reader *reader);

/*
 * The next event in the file's order, bad ones too; *found false at the end. The event lives in the
 * arena, whatever becomes of the reader. ERR_INVALID if the source as a whole is no iCalendar (at
 * its end), else what the source returned.
 */
enum err ical_next(struct ical_reader *reader, struct arena *arena, struct ical_event *event,
                   bool *found, struct error *error);

/*
 * Enters a changed occurrence (event->is_override) into its series' overrides, in the place of one
 * for the same occurrence that is no newer (revision_older). `zone` is the series'. What is kept is
 * copied into the arena. Gives which occurrence it is, by its start by the rule.
 */
struct local_time ical_merge(struct arena *arena, struct meeting *series, const struct zone *zone,
                             const struct ical_event *event);

/*
 * The series that a changed occurrence belongs to, as far as the occurrence tells: of no rule and
 * no revision, to have this one and others merged into (meeting_lone). It shares the event's texts.
 */
struct ical_event ical_lone(struct arena *arena, const struct ical_event *event);

/*
 * What meeting->ical holds (NULL: nothing) as a text that is the same whatever the order of its
 * properties and parameters, and however they are escaped: to be compared, not to be written.
 */
char *ical_canonical(struct arena *arena, const char *ical);

/*
 * The notes of an event without this dial-in block (as ical_item.dial_in_block), wherever it stands
 * and however it is wrapped, with what is before and behind it untouched; NULL if it is not in
 * them. For a block that came without its mark, which some programs drop; ical_next has taken out
 * one that came with it.
 */
char *ical_block_drop(struct arena *arena, const char *notes, const char *block);

/* --- writing --------------------------------------------------------------------------------- */

struct ical_writing {
    /* PUBLISH, REQUEST or CANCEL; NO_METHOD: a calendar to be kept (export, vdir) */
    enum ical_method method;
    /* DTSTAMP if there is a method; else that of the meeting's revision is written */
    int64_t now;
};

/* One meeting to write. meeting->organizer is the ORGANIZER's address. */
struct ical_item {
    const struct meeting *meeting;
    const struct zone *zone;    /* of meeting->tz */
    const char *organizer_name; /* NULL or "": none */
    const char *sent_by;        /* the address that mails it in the organizer's name; NULL: none */
    struct occurrence_replies replies; /* to changed occurrences alone: their PARTSTAT */
    /* text, appended to the notes in DESCRIPTION, unless they show the ID already; NULL: none */
    const char *dial_in_block;
    /*
     * "+13238494874,,93907123#": becomes CONFERENCE (RFC 7986), and LOCATION beside the block if
     * there is none; NULL: none
     */
    const char *dial_string;
    /* becomes CONFERENCE too, and URL if the event brought none; NULL: none */
    const char *join_url;
    /* what people see of the dial string and the join URL; NULL: nothing is said */
    const char *dial_label, *join_label;
};

struct ical_writer;

/*
 * A VCALENDAR, piece by piece, into `out`: begin, any number of meetings, end. Between the pieces
 * the caller may take out->bytes away and set out->length to 0, so that an export streams. Each
 * VTIMEZONE is written once, before its first use. The writer lives in the arena. Lines are folded
 * at 75 bytes between characters and end in CRLF.
 */
struct ical_writer *ical_write_begin(struct arena *arena, struct text *out,
                                     const struct ical_writing *writing);
enum err ical_write_meeting(struct ical_writer *writer, const struct ical_item *item,
                            struct error *error);
/* Lines that a file came with (a text of ical_rest): properties come first, components last. */
void ical_write_lines(struct ical_writer *writer, const char *lines);
void ical_write_end(struct ical_writer *writer);

#endif
