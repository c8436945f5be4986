/*
 * The outbox: messages that are owed to attendees, as records, and the rules by which they are
 * tried. Pure; any layer above base may use this.
 */
#ifndef CORE_OUTBOX_H
#define CORE_OUTBOX_H

#include <core/meeting.h>

/*
 * queued: waits. claimed: a sender has taken it, and makes the message. sending: the mailer has
 * it. sent: the mailer took it over. uncertain: the mailer may have taken it over, and nobody
 * knows; it is never tried again by itself. withdrawn: it is not owed any more.
 */
enum message_state {
    MESSAGE_QUEUED,
    MESSAGE_CLAIMED,
    MESSAGE_SENDING,
    MESSAGE_SENT,
    MESSAGE_FAILED,
    MESSAGE_UNCERTAIN,
    MESSAGE_WITHDRAWN
};
enum { MESSAGE_STATES = MESSAGE_WITHDRAWN + 1 };
/* The states of what is still owed, as bits. */
enum {
    MESSAGE_OPEN = 1 << MESSAGE_QUEUED | 1 << MESSAGE_CLAIMED | 1 << MESSAGE_SENDING |
                   1 << MESSAGE_FAILED | 1 << MESSAGE_UNCERTAIN
};
const char *message_state_name(enum message_state state); /* "queued", ... */
bool message_state_parse(const char *name, enum message_state *state);
/* Why a message is withdrawn whose meeting is over: stored, so that the check knows it again. */
#define MESSAGE_OVER "the meeting is over"
/*
 * A state that a sender holds until `lease` (INSTANT_NEVER: none): if that is over, the sender is
 * gone, and what it claimed is queued again; what was with the mailer is uncertain.
 */
enum message_state message_state_by_lease(enum message_state state, int64_t lease, int64_t now);

/* A reminder tells of a conversion, a reply answers somebody else's invitation. */
enum message_kind {
    MESSAGE_INVITATION,
    MESSAGE_UPDATE,
    MESSAGE_CANCELLATION,
    MESSAGE_REMINDER,
    MESSAGE_REPLY
};
const char *message_kind_name(enum message_kind kind); /* "invitation", ... */
bool message_kind_parse(const char *name, enum message_kind *kind);

/* What somebody knows of a meeting. */
struct message_told {
    bool known;
    int64_t start;
    int64_t duration; /* 0: not known */
    const char *title, *location;
    const char *rrule; /* NULL: none, or not known (duration 0) */
};

/* What a message says that tells of the meeting as it is. Borrows the meeting's texts. */
struct message_told message_tells(const struct meeting *meeting);

/* One message to one recipient. */
struct message {
    int64_t id;
    enum message_kind kind;
    const char *meeting_uid, *title; /* the title is the meeting's, filled in when reading */
    const char *recipient;
    const char *old_id, *new_id; /* of a conversion; else NULL */
    enum message_state state;
    const char *why;        /* of its state, for people; "" if there is nothing to say */
    const char *message_id; /* with its angle brackets; drawn once, the same at every try */
    int64_t queued, changed;
    int64_t tries, first_tried, tried; /* first_tried, tried: 0 if tries is 0 */
    int64_t due;                       /* not to be tried before */
    const char *text;                  /* as it was first tried; NULL: it was not, or is sent */
    int64_t sequence;                  /* of the state that it tells */
    const char *conference_id;         /* the same; NULL: none */
    struct message_told told, was;     /* what it tells, and what the recipient knew before */
    /* of a reply for one occurrence: its start by the rule, as 20261208T090000; else NULL */
    const char *recurrence;
};

struct messages VECTOR(struct message);

/* A part of the list of messages, the oldest first. Of `from` its id says where it stands. */
struct messages_page {
    unsigned states;            /* bits as in a filter; 0: all */
    const struct message *from; /* the first one; NULL: the list's beginning */
    bool before;  /* instead those that stand before `from` (NULL: the list's last ones) */
    size_t limit; /* not 0 */
};

/* Which messages are meant. */
struct message_filter {
    unsigned states;         /* bits, 1 << MESSAGE_QUEUED | ...; 0: all */
    const char *meeting_uid; /* NULL: of all */
    const char *recipient;   /* in any case; NULL: to all */
    const char *organizer;   /* the address of the meeting's organizer, in any case; NULL: all */
    bool reminders;          /* only those of conversions */
    size_t limit;            /* 0: all */
};

struct message_ids VECTOR(int64_t);

/* What one person is owed, or what is owed about one meeting. */
struct owed {
    const char *recipient;          /* NULL: by meeting */
    const char *meeting_uid;        /* NULL: by person */
    const char *title;              /* the meeting's; NULL: by person */
    int64_t counts[MESSAGE_STATES]; /* of its messages */
    struct strings about;           /* the meetings' titles, or the recipients; each once */
    struct message_ids ids;         /* of its messages, the oldest first */
};

struct owed_list VECTOR(struct owed);

/*
 * The messages by recipient (in any case), or by meeting; sorted by address or title. Borrows their
 * texts.
 */
void messages_group(struct arena *arena, const struct messages *list, bool by_meeting,
                    struct owed_list *out);
/* "Budget, Roadmap and 2 more": what a person is owed, or who is owed something. */
char *owed_about_text(struct arena *arena, const struct owed *owed, size_t most);
/* "2 queued, 1 failed" */
char *owed_counts_text(struct arena *arena, const struct owed *owed);

/* True if the attendee does not know the meeting's present state: its SEQUENCE and ID. */
bool attendee_untold(const struct meeting *meeting, const struct attendee *attendee);
/* How many of the meeting's attendees do not. */
size_t meeting_untold(const struct meeting *meeting);

/* How many of the attendees said what; open: nothing yet. */
struct reply_counts {
    size_t yes, no, maybe, open;
};
struct reply_counts meeting_replies(const struct meeting *meeting);
/* "3 yes, 1 no, 2 open", without what is none; "" if nobody answered. */
char *replies_text(struct arena *arena, const struct meeting *meeting);
/* "Tue 8 Dec 2026: no bob@example.org; ...": answers for one occurrence; "" for none. */
char *occurrence_replies_text(struct arena *arena, const struct occurrence_replies *list);
/* "2 of 3 have not been told"; "" if everybody was. */
char *untold_text(struct arena *arena, const struct meeting *meeting);
/* "bob@example.org is not invited any more and has not been told"; "" for an empty list. */
char *left_untold_text(struct arena *arena, const struct strings *left);

/* What was not sent. */
struct outbox_left {
    int64_t queued;    /* later tries among them */
    int64_t uncertain; /* nobody knows, and nothing tries them again by itself */
    int64_t next;      /* seconds until the first of the queued is tried; 0: it may be at once */
};
/* "2 still queued, the next try in 4m; 1 uncertain ..."; "" if nothing is left. */
char *outbox_left_text(struct arena *arena, const struct outbox_left *left);

/* What a run of sending came to. */
struct send_report {
    int64_t sent, failed, uncertain, withdrawn;
    int64_t retry;            /* will be tried again later */
    struct outbox_left left;  /* of the meetings that were named; of all if none was */
    bool stopped;             /* before all that are due were tried */
    struct messages messages; /* those that were tried, as they are now */
};

/* Figures of a day: messages queued in it, and those that got each other state in it. */
struct message_counts {
    int64_t of[MESSAGE_STATES];
    int64_t converted; /* meetings */
    int64_t legacy;    /* meetings that were on static IDs and not over at the end of the day */
};

struct report_day {
    struct local_time day;
    int64_t start, end; /* the next day's start is this one's end */
    struct message_counts counts;
};

struct report_days VECTOR(struct report_day);

/* How a mailer ended. */
struct mailer_end {
    int status;         /* its exit status; not used if it was killed or late */
    bool killed;        /* by a signal */
    bool late;          /* it was stopped, as it took too long */
    const char *output; /* what it said */
};

/* What becomes of a message. */
enum mailer_verdict {
    MAILER_TAKEN,     /* handed over */
    MAILER_RETRY,     /* not now: to be tried again for a day */
    MAILER_RETRY_FEW, /* not now, and perhaps never: to be tried five times */
    MAILER_REFUSED,
    MAILER_UNCERTAIN,
    MAILER_BROKEN /* the set-up is at fault: no message can be sent */
};

/*
 * By the exit statuses of sysexits.h as msmtp and sendmail use them, and by the server's number
 * ("server message: 451 ...") in what the mailer said.
 */
enum mailer_verdict mailer_judge(const struct mailer_end *end);

/*
 * When a message is tried again that was tried `tries` times, first at `first_tried` and now again
 * in vain; INSTANT_NEVER: it is not.
 */
int64_t message_next_try(enum mailer_verdict verdict, int64_t tries, int64_t first_tried,
                         int64_t now);

#endif
