/*
 * The directory: the organization, its organizers and the bridge's dial-in numbers, as records.
 * Pure; any layer above base may use them. DESIGN section 1 has the words.
 */
#ifndef CORE_DIRECTORY_H
#define CORE_DIRECTORY_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>
#include <core/conference_id.h>
#include <core/time.h>
#include <stdbool.h>
#include <stdint.h>

/* What a caller is told of a meeting before the caller check. */
enum tell { TELL_NOTHING, TELL_ORGANIZER, TELL_TITLE };
const char *tell_name(enum tell tell); /* "nothing", "organizer", "title" */
bool tell_parse(const char *name, enum tell *tell);

struct organization {
    const char *name;
    int64_t dynamic_since; /* the cut-over; INSTANT_NEVER: none set */
    int id_digits;         /* 8..12 */
    int quarantine_days;   /* 0..36500 */
    int margin_minutes;    /* mixing risk, 0..1440 */
    int early_minutes;     /* callers are let in so long before the start, 0..1440 */
    int grace_minutes;     /* and so long after the end, 0..1440 */
    const char *join_url;  /* NULL: none */
    enum tell tell;
    int64_t version;
};

/* True if the organization issues dynamic IDs at `now`. */
bool organization_dynamic(const struct organization *organization, int64_t now);

enum provider { PROVIDER_NONE, PROVIDER_MICROSOFT, PROVIDER_THIRD_PARTY };
const char *provider_name(enum provider provider); /* "none", "microsoft", "third-party" */
bool provider_parse(const char *name, enum provider *provider);

struct organizer {
    const char *uid;
    const char *email;      /* as written; matched folded */
    const char *name;       /* "" if none */
    struct strings aliases; /* other addresses that name this organizer, as written */
    const char *tz;         /* IANA name */
    const char *lang;       /* of invitations: "en" */
    bool dial_in;           /* enabled for dial-in conferencing */
    enum provider provider;
    const char *static_id; /* the current one, NULL: none */
    /* a third party's own coordinates, each NULL if unknown */
    const char *third_party_name, *third_party_number, *third_party_toll_free,
        *third_party_passcode;
    int64_t version;
};

/* True if the bridge lets this organizer's callers in: enabled, with Microsoft as provider. */
bool organizer_usable(const struct organizer *organizer);

/* The condition that is not met, as a sentence for people; NULL if the organizer is usable. */
const char *organizer_obstacle(const struct organizer *organizer);

struct organizers VECTOR(struct organizer);

/* A part of the list of organizers, which is in the order of name and address. */
struct organizers_page {
    const char *from; /* UID of the first one; NULL (or not there): the list's beginning */
    bool before;      /* instead those that stand before `from` (NULL: the list's last ones) */
    const char *part; /* only those whose name or address holds it; NULL: all */
    size_t limit;     /* 0: all */
};

/* What is known of somebody who is invited, whatever the meeting. "": not known. */
struct attendee_known {
    const char *email;  /* as written; matched folded */
    const char *lang;   /* of messages to them: "de" */
    const char *tz;     /* IANA name */
    const char *number; /* what they call from, E.164: for the bridge, in no message or export */
};

struct attendees_known VECTOR(struct attendee_known);

struct number {
    const char *e164; /* "+13238494874" */
    bool toll_free;
    const char *city;    /* "" if none */
    const char *country; /* ISO 3166 two letters, "" if none */
    struct strings langs;
    bool is_default;   /* one toll and one toll-free number may be the organization's default */
    const char *typed; /* as it was typed, if blanks or dashes were; "" or NULL: in no groups */
};

struct numbers VECTOR(struct number);

/*
 * "+1 323-849-4874" is read as "+13238494874". ERR_INVALID says why not (E.164: + and 7 to 15
 * digits).
 */
enum err number_parse(const char *s, char out[17], struct error *error);

/* What is kept of a number as it was typed: in one line, blanks one by one; "" without any. */
char *number_typed(struct arena *arena, const char *s);

/* For people: as it was typed, else in groups. */
char *number_shown(struct arena *arena, const struct number *number);

/* In groups: "+1 323-849-4874" (North America), else "+49 699 040 1001"-like groups. */
char *number_format(struct arena *arena, const char *e164);

/*
 * An address: one @, something before, a host after it, no spaces or controls, at most 254 bytes.
 */
enum err email_parse(const char *what, const char *s, struct error *error);

/*
 * Which ID a new meeting gets (DESIGN section 2, rules 1 to 4). STATIC: the organizer's, issued on
 * first need. `reason` (may be NULL) receives a sentence for the form and for `new`.
 */
enum id_kind assign_id_kind(const struct organization *organization,
                            const struct organizer *organizer, int64_t now, const char **reason);

#endif
