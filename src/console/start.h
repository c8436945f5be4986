/* The first run: from no store to the form of a first meeting. */
#ifndef START_H
#define START_H

struct arena;
struct console;
struct view_class;

/* Opens the start view; once the store is there and has an organizer, `wanted` is shown. */
void start_open(struct console *console, const struct view_class *wanted);

/* The timer, while there is no store: tries again to open it. */
void start_tick(struct console *console);

/* What the system knows of its user; any may be NULL. */
struct guess_sources {
    const char *email;    /* $EMAIL: an address, or "Name <address>" */
    const char *login;    /* the user's name */
    const char *gecos;    /* the user's record: the full name, to the first comma */
    const char *mailname; /* the host that the system's mail comes from */
};

struct guess {
    const char *email, *name; /* "": not known */
};

/* The user's name and address by the sources; an address that is not valid is left out. Pure. */
struct guess guess_make(struct arena *arena, const struct guess_sources *sources);

/* The same from the environment, the user database and /etc/mailname. */
struct guess guess_user(struct arena *arena);

#endif
