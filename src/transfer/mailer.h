/*
 * A mailer: the configured mail command as a child process, fed with one message, bounded in time
 * and in what it says. No shell stands between. For transfer's own files.
 */
#ifndef TRANSFER_MAILER_H
#define TRANSFER_MAILER_H

#include <base/arena.h>
#include <base/error.h>
#include <base/vector.h>
#include <core/outbox.h>
#include <poll.h>
#include <sys/types.h>

enum { MAILER_SAYS = 2000 }; /* bytes that are kept of what it says */

struct mailer {
    pid_t pid;        /* 0: none is at work */
    int input;        /* its standard input, to be written; -1: closed */
    int output;       /* its standard output and error, to be read; -1: closed */
    const char *rest; /* of the message */
    size_t length;    /* of the rest */
    int64_t deadline; /* milliseconds of a clock that nobody sets */
    bool late;
    size_t said;
    char says[MAILER_SAYS + 1];
};

/*
 * "msmtp -t --account='my own'" in words: blanks part them, quotes (single or double) and
 * backslashes keep a blank. ERR_INVALID for an open quote and for no word at all.
 */
enum err mailer_words(struct arena *arena, const char *command, struct strings *words,
                      struct error *error);

/* True if the first word names a program that may be run: as mailer_start would find it. */
bool mailer_there(const struct strings *words);

/*
 * Starts it with a message that must live as long. ERR_IO, with why, if it is not there or is no
 * program; the message is then in nobody's hands.
 */
enum err mailer_start(struct mailer *mailer, const struct strings *words, const char *text,
                      int64_t seconds, struct error *error);

/* What to wait for; 0 to 2 places are filled. */
int mailer_poll(const struct mailer *mailer, struct pollfd *places);

/*
 * Goes on as far as it can without waiting. True once the process has ended: *end tells how, and
 * end->output lives as long as the mailer. A mailer past its deadline is killed.
 */
bool mailer_step(struct mailer *mailer, struct mailer_end *end);

#endif
