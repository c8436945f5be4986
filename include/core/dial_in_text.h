/*
 * Reading conference IDs out of text: what callers paste and what invitations in the field carry.
 * Pure. DOMAIN, "Reading an ID out of a text" and "Not a conference ID".
 */
#ifndef CORE_DIAL_IN_TEXT_H
#define CORE_DIAL_IN_TEXT_H

#include <core/conference_id.h>

enum dial_in_sign { DIAL_IN_NO_SIGN, DIAL_IN_DIAL_STRING, DIAL_IN_PAGE_ADDRESS, DIAL_IN_LABEL };

struct dial_in_found {
    enum dial_in_sign sign; /* NO_SIGN: nothing found */
    char conference_id[ID_SIZE];
    size_t at; /* byte offset in the text, for messages */
};

/*
 * The surest conference ID that a text (unescaped) shows, whosever it is: a dial string (number,
 * pause, digits, '#'), else the id= of a dial-in page's address, else a label. A label that apps
 * also put before their own meeting ID ("会议 ID") counts for at most 9 digits with no passcode
 * behind them. Whose it is, is judged over an event's whole: core/dial_in_judge.h. Linear in the
 * text.
 */
struct dial_in_found dial_in_read(const char *text);

/* True if any of these signs in the text shows this ID. */
bool dial_in_shows(const char *text, const char *conference_id);

/* The kinds of helpdesk queries. */
enum query_kind {
    QUERY_ID,       /* 4 to 12 digits, as typed or found in a pasted line */
    QUERY_TOO_LONG, /* more than 12 digits, or 10 and more after a leading + (a telephone number) */
    QUERY_TOO_SHORT, /* 1 to 3 digits */
    QUERY_NOT_DIGITS /* no digits to go by */
};

/*
 * Reads a query as helpdesk staff type or paste it: digits with separators, digit by digit with
 * commas, or a whole line with a dial string (its '#' left out or not), an address or a label. In
 * other lines dates and times of day are passed over, and letters that look like digits are read in
 * a word of digits. Of what is left it takes the first digits of the usual 7 to 9 that are not
 * written as a telephone number, then the first of that length, else the first that can be an ID.
 * `out` is "" unless the result is QUERY_ID.
 */
enum query_kind dial_in_query(const char *typed, char out[ID_SIZE]);

#endif
