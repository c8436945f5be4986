/*
 * A session: one run of the program on one store. It holds what would otherwise be global: the
 * settings, the store, the clock, the zones, the source of randomness, and the error that is shown.
 * cli makes one; desk and every layer above it work on it.
 */
#ifndef DESK_SESSION_H
#define DESK_SESSION_H

#include <base/arena.h>
#include <base/error.h>
#include <base/random.h>
#include <base/vector.h>
#include <core/invitation.h>
#include <core/recurrence.h>
#include <core/zone.h>
#include <store/store.h>

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
bool color_parse(const char *name, enum color *out); /* "auto", "always" or "never" */

/*
 * Lines of the configuration file that the console reads: "key.NAME = VALUE" without "key.". Their
 * names are the console's, which desk does not see.
 */
struct config_line {
    int number;
    const char *name, *value;
};
struct config_lines VECTOR(struct config_line);

/*
 * Defaults, then the configuration file, then the environment, then options: each overrides the one
 * before. NULL: not set.
 */
struct settings {
    const char *db;
    const char *organizer;
    const char *tz;           /* NULL: the system's */
    const char *lang;         /* of invitations, if neither meeting nor organizer names one */
    const char *mail_command; /* NULL: sendmail */
    const char *mail_from;    /* whom mail is from in the name of others; NULL: of nobody */
    const char *mail_bounce;  /* whom undeliverable mail comes back to; NULL: the mailer decides */
    const char *mail_domains; /* organizers in these send in their own name; NULL: see mail_from */
    bool mail_attach_ics;     /* the calendar as an attachment, too */
    int mail_timeout;         /* seconds that the mail command may take; 0: as it is usual */
    int mail_rate;            /* messages a minute; 0: as it is usual, negative: no limit */
    const char *view;         /* the console's first one */
    bool large_never;         /* IDs and states are not drawn in large characters */
    enum color color;
    /* how times are written; 0: as the locale has it */
    int date_order; /* an enum date_order plus 1 */
    enum { CLOCK_OF_LOCALE, CLOCK_12, CLOCK_24 } clock;
    int week_begins;    /* 1 Monday .. 7 Sunday */
    int reminder;       /* minutes before a meeting; 0: as it is usual, negative: none */
    const char *config; /* the file's path, for messages about its lines */
    struct config_lines keys, colors;
    enum { THEME_OF_TERMINAL = 1, THEME_SET_DARK, THEME_SET_LIGHT } theme; /* 0: not set */
};

/*
 * How an invitation looks. That is show's business, which desk does not see: whoever makes the
 * session hands these in (show/print.h has them under the names invitation_text, _html,
 * _dial_in_block, _dial_string, _word and _language_known).
 */
struct invitation_looks {
    char *(*text)(struct arena *arena, const struct invitation *invitation);
    char *(*html)(struct arena *arena, const struct invitation *invitation);
    char *(*dial_in_block)(struct arena *arena, const struct invitation *invitation);
    char *(*dial_string)(struct arena *arena, const struct invitation *invitation);
    const char *(*word)(struct arena *arena, const struct invitation *invitation, const char *key);
    bool (*language_known)(const char *lang); /* there are invitations in it */
};

struct undo_journal;

struct session {
    struct arena *arena; /* lives as long as the session */
    struct settings settings;
    struct store *store; /* NULL until session_store */
    struct db_wait wait; /* how long the store is waited for; whoever shows a screen watches */
    enum db_mode mode;
    bool absent;        /* the store could not be opened because there is none: one can be made */
    struct error error; /* of the desk function that failed last */
    struct random random;
    struct zone_source zones;
    const char *actor; /* the system's user; NULL until history is written */
    int64_t fixed_now; /* DIALDESK_NOW, or INSTANT_NEVER */
    struct zone_cache *zone_cache;
    const struct time_style *time_style; /* its zones'; NULL until the first zone is read */
    struct undo_journal *undo;           /* desk/undo.h; NULL: nothing is remembered */
    struct ids_known *known; /* desk_admit_often; NULL: each admission reads the store */
    /* desk/transaction.h: how many use cases share the open transaction */
    int transaction_depth;
    /*
     * Called now and then during long work with the number of items done; false stops it. NULL:
     * nobody watches.
     */
    bool (*progress)(void *context, int64_t done);
    void *progress_context;
    /* NULL: calendars are written without dial-in blocks, `invite` refuses text and HTML */
    const struct invitation_looks *looks;
};

/*
 * Reads defaults, configuration file (ERR_INVALID with file and line) and environment. Call
 * session_end also after an error. The caller sets session->looks and applies options to
 * session->settings afterwards.
 */
enum err session_start(struct session *session);
void session_end(struct session *session);

/*
 * Opens the store that settings.db names, or opens it again with more rights. If there is none,
 * DB_READ is ERR_IO, exit 4, "there is no store here; make one with 'dialdesk init'". `created` may
 * be NULL.
 */
enum err session_store(struct session *session, enum db_mode mode, bool *created);
/* True if another process holds the store, so that opening it would wait. Does not wait. */
bool session_held(const struct session *session);
/*
 * Opens a store whose file or server went away anew; never makes one. On an error the old one is
 * kept.
 */
enum err session_again(struct session *session);

int64_t
/* the meaning of 'now': DIALDESK_NOW or the real clock */
session_now(const struct session *session);
int64_t session_clock(const struct session *session); /* the real clock, for the history */

/*
 * The completion of a typed zone name: of "Europe/Be", "rlin". The first by the alphabet; a region
 * ends in a slash. NULL: there is none, or nothing is typed yet.
 */
const char *zone_rest(struct arena *arena, const char *part);

/*
 * The zone by name (settings.tz, then the system's TZ or /etc/localtime, for NULL); cached for the
 * session.
 */
enum err session_zone(struct session *session, const char *name, const struct zone **zone);
/* The reader's own zone; UTC if the system's cannot be found. */
const struct zone *session_own_zone(struct session *session);

#endif
