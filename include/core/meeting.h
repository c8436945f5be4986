/*
 * A meeting as a record, its occurrences, and what makes one valid. Pure; any layer above base may
 * use this.
 */
#ifndef CORE_MEETING_H
#define CORE_MEETING_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>
#include <core/conference_id.h>
#include <core/time.h>
#include <core/zone.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    MEETING_TITLE_MAX = 1000, /* bytes */
    MEETING_LOCATION_MAX = 1000,
    MEETING_NOTES_MAX = 65536,
    MEETING_ATTENDEES_MAX = 5000,
    MEETING_OVERRIDES_MAX = 5000,
    MEETING_UID_MAX = 512,
    MEETING_DURATION_MAX = 366 * DAY
};

enum meeting_status { MEETING_SCHEDULED, MEETING_CANCELLED };
const char *meeting_status_name(enum meeting_status status); /* "scheduled", "cancelled" */

/*
 * One occurrence of a series that differs from its rule (iCalendar RECURRENCE-ID). NULL members: as
 * the series says.
 */
struct meeting_override {
    struct local_time recurrence; /* which one: its local start by the rule */
    struct local_time start;      /* its start now, in the meeting's zone */
    int64_t duration;             /* seconds */
    const char *title, *location, *notes;
    bool cancelled;
    const char *ical; /* as in struct meeting; "": it came with nothing beside what is modelled */
    int64_t sequence, stamp; /* the revision that it stands at, as in struct meeting */
};

struct meeting_overrides VECTOR(struct meeting_override);
struct local_times VECTOR(struct local_time);

/* What an attendee answered to the invitation. */
enum partstat { PARTSTAT_NONE, PARTSTAT_ACCEPTED, PARTSTAT_DECLINED, PARTSTAT_TENTATIVE };
const char *partstat_name(enum partstat partstat); /* "", "accepted", "declined", "tentative" */
bool partstat_parse(const char *name, enum partstat *partstat); /* in any case */

struct attendee {
    const char *email;
    const char *name; /* "" if none */
    const char *lang; /* as an event that was just read says; NULL: it does not */

    /* The store's alone: writing a meeting leaves these as they are in the store. */
    int64_t told_sequence;  /* the state of the meeting that they were told of: its SEQUENCE */
    char told_id[ID_SIZE];  /* and its conference ID; "": none */
    bool told;              /* of any state */
    enum partstat partstat; /* what they replied */
    int64_t replied;        /* when, by the reply's DTSTAMP */
    int64_t reply_sequence; /* to which SEQUENCE */
};

struct attendees VECTOR(struct attendee);

/* What somebody answered for one occurrence of a series alone; kept beside the meeting. */
struct occurrence_reply {
    struct local_time recurrence; /* which one: its local start by the rule */
    const char *email;
    enum partstat partstat;
    int64_t replied, reply_sequence; /* as of an attendee */
};

struct occurrence_replies VECTOR(struct occurrence_reply);

struct meeting {
    const char *uid;
    const char *organizer_uid;
    const char *organizer;                /* the address; filled by the store when reading */
    const char *organizer_aliases;        /* likewise, with blanks between; NULL: not known */
    const char *title, *location, *notes; /* never NULL: "" if none */
    const char *lang;                     /* of the invitation; NULL: the organizer's */

    /*
     * Who organizes it, if the directory does not have that address: the meeting then only stands
     * in the organizer's calendar, and nothing of ours is put into it. NULL: the organizer
     */
    const char *invited_by, *invited_by_name; /* the name: "" or NULL if none */
    bool taken_as_own; /* its file names another organizer, who does not count (import --own) */

    /* the time that was meant: a wall clock's reading in a zone */
    struct local_time start_local;
    bool all_day;
    const char *tz;   /* IANA name */
    int64_t duration; /* seconds */
    /*
     * Days of the duration that end at the same time of day, whatever the clock does between
     * (iCalendar's DURATION:P1D); the rest is exact. 0 beside all_day, in which all days do
     */
    int64_t clock_days;
    const char *rrule; /* RFC 5545 RECUR without "RRULE:"; NULL: a single meeting */
    struct local_times rdates, exdates;
    struct meeting_overrides overrides;

    /* the same in UTC: the first occurrence, and the span from the first to the last one */
    int64_t start, end;
    int64_t span_start, span_end; /* span_end INSTANT_NEVER: open-ended */
    /* zone_fingerprint of the rules that gave these instants; 0: not known */
    int64_t zone_rules;
    const struct zone *zone; /* the zone, if these were just computed; NULL: as stored */

    enum meeting_status status;
    enum id_kind id_kind;
    const char *conference_id; /* NULL: none */
    /* a dial-in that is not ours, as it came; digits alone in the ID. Both NULL unless FOREIGN */
    const char *foreign_number, *foreign_id;
    struct attendees attendees;
    /* when it is written: its attendees know this state, from wherever it was imported */
    bool attendees_know;
    int64_t sequence; /* iCalendar SEQUENCE */
    /* of this revision: DTSTAMP as it was imported, or when it was changed here; 0: not known */
    int64_t stamp;
    int64_t created, changed;
    int64_t version;  /* 0: not yet stored */
    const char *ical; /* the VEVENT as it was imported, for what we do not model; NULL: ours */
};

struct meetings VECTOR(struct meeting);

/*
 * A copy that shares nothing with the meeting but `zone`: it outlives the meeting's arena, and its
 * lists may be changed.
 */
struct meeting *meeting_copy(struct arena *arena, const struct meeting *meeting);

/*
 * A part of the list of legacy meetings. Of `from` its organizer_uid, conference_id, span_end and
 * uid say where it stands.
 */
struct legacy_page {
    const struct meeting *from; /* the first one; NULL: the list's beginning */
    bool before;  /* instead those that stand before `from` (NULL: the list's last ones) */
    bool plain;   /* their risks are not asked for */
    size_t limit; /* 0: all */
};

/* True if one of the times is this one. */
bool local_times_hold(const struct local_times *times, struct local_time time);

/*
 * The change of the occurrence that starts so by the rule; NULL: none. Borrowed from the meeting.
 */
struct meeting_override *meeting_override_at(const struct meeting *meeting,
                                             struct local_time recurrence);

/*
 * Checks all that can be checked without the store: title, span, duration, zone, addresses, sizes,
 * UTF-8. `what` in errors is the field's name.
 */
enum err meeting_validate(const struct meeting *meeting, struct error *error);

struct organization;
struct numbers;

/* "'Budget' (93907123)", for sentences. */
const char *meeting_label(struct arena *arena, const struct meeting *meeting);

/* True if nothing of the meeting is still to come or going on. */
bool meeting_over(const struct meeting *meeting, int64_t now);

/* `at` and the organization's quarantine; INSTANT_NEVER stays what it is. */
int64_t quarantine_end(const struct organization *organization, int64_t at);

/* When the reservation of a meeting's dynamic ID ends: its last end and the quarantine. */
int64_t meeting_reserved_until(const struct meeting *meeting,
                               const struct organization *organization);

/*
 * An imported meeting's texts still carry the old dial-in block: the new ID takes the old one's
 * place in dial-ins of ours (core/dial_in_renew.h; `numbers` are the organization's), so that no
 * invitation shows both. Other records that share the list of overrides
 * keep theirs.
 */
void meeting_texts_renew(struct arena *arena, const struct numbers *numbers,
                         struct meeting *meeting, const char *old_id, const char *new_id);

/*
 * True if one revision of an event is older than another (RFC 5546, 2.1.5): SEQUENCE counts, then
 * DTSTAMP if both are known.
 */
bool revision_older(int64_t sequence, int64_t stamp, int64_t than_sequence, int64_t than_stamp);

/* Mixing risk of a meeting or of one occurrence (DESIGN section 2). */
enum risk { RISK_NONE, RISK_LEGACY, RISK_BACK_TO_BACK, RISK_OVERLAP };
const char *risk_name(enum risk risk); /* NULL for none, "legacy", "back-to-back", "overlap" */

/*
 * One occurrence: what calendars show. A single meeting has one. For lists of meetings (not of
 * occurrences) it stands for the meeting's first occurrence that is not over, and risk is the
 * meeting's worst.
 */
struct occurrence {
    const struct meeting *meeting;
    int64_t start, end;
    struct local_time recurrence; /* which one of a series, by its rule */
    const char *title, *location; /* the override's, or the meeting's */
    enum risk risk;
    struct strings risk_with; /* UIDs, each once, of the first few */
    size_t risk_with_count;   /* how many meetings there are, those named among them */
    const char *risk_title;   /* of the first of them; NULL: not known */
    int64_t risk_start;       /* its start, if its title is known */
    const char *uid_short;    /* as much of the UID as a command needs; NULL: not asked for */
};

struct occurrences VECTOR(struct occurrence);

/* True if the meeting has occurrences to tell apart: a rule or added dates. */
bool meeting_series(const struct meeting *meeting);

/* True if nothing was ever added to or taken from the meeting's one occurrence. */
bool meeting_single(const struct meeting *meeting);

/*
 * True if it is occurrences of a series that is not here, as who is asked to single ones gets them.
 * It has no rule, and its start as its only added date, which is a changed occurrence: what takes
 * place is its changed occurrences alone.
 */
bool meeting_lone(const struct meeting *meeting);

/* True if somebody outside the directory organizes it. */
bool meeting_foreign(const struct meeting *meeting);

/* The attendee of this address, in letters of any size; NULL: there is none. */
const struct attendee *attendee_find(const struct attendees *list, const char *email);

/*
 * Of a foreign meeting the attendee whose calendar it stands in, by address or alias; NULL: it came
 * by forwarding.
 */
const struct attendee *meeting_own_attendee(const struct meeting *meeting);
/* What they answered, as people say it: "yes", "no", "maybe"; NULL: nothing, or it is their own. */
const char *meeting_answer(const struct meeting *meeting);
const char *answer_word(enum partstat partstat); /* "yes", "no", "maybe"; NULL for none */
/* The other way: false if the word is none of the three. */
bool answer_parse(const char *word, enum partstat *partstat);

/* "Pat Doe <pat@partner.example>", of a foreign meeting. */
const char *meeting_inviter(struct arena *arena, const struct meeting *meeting);

/* A legacy meeting: scheduled, on a static ID (over or not: the caller knows the time). */
bool meeting_legacy(const struct meeting *meeting);

#endif
