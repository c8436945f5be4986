/*
 * The invitation as a value: its content, before its form. Pure; desk and transfer call it.
 * show/ renders it as text and HTML, exchange/ puts it into iCalendar.
 */
#ifndef CORE_INVITATION_H
#define CORE_INVITATION_H

#include <core/directory.h>
#include <core/outbox.h>

struct invitation {
    const struct organization *organization;
    const struct organizer *organizer;
    const struct meeting *meeting;
    struct occurrence occurrence;   /* the first that is not over, else the last */
    const struct zone *zone;        /* the meeting's */
    const struct zone *reader_zone; /* the reader's own, beside it; NULL: not known */
    const char *lang; /* as asked for, else the meeting's, else the organizer's, else "en" */
    bool has_dial_in; /* rule 1: no dial-in block without an ID of ours or a third party's number */
    const char *conference_id;             /* NULL for a third party */
    const struct number *toll, *toll_free; /* at most one each; NULL: none */
    const char *third_party_number, *third_party_toll_free, *third_party_passcode;
    const char *join_url;    /* NULL: none */
    const char *old_id;      /* in a reminder: the ID before the conversion; else NULL */
    int64_t new_id_since;    /* when the new one took its place; 0: not known */
    const char *to;          /* the only one of the attendees that it goes to; NULL: to all */
    bool updated;            /* the reader has an earlier invitation, */
    struct message_told was; /* and this is what it said, if that is known */
    int64_t now; /* of an update: whose changed occurrences are told from then on; else 0 */
};

/*
 * Chooses what the invitation shows: the organizer's defaults among `numbers` (language, then the
 * organization's default, at most one toll and one toll-free). `lang` NULL: as the meeting or the
 * organizer says. The records are borrowed.
 */
void invitation_compose(struct invitation *invitation, const struct organization *organization,
                        const struct organizer *organizer, const struct occurrence *occurrence,
                        const struct zone *zone, const struct numbers *numbers, const char *lang);

/* True if the invitation has an ID of ours and no number to enter it at, as none is stored. */
bool invitation_lacks_number(const struct invitation *invitation);

#endif
