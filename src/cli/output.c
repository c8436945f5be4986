/* What a run prints: its answer to standard output, warnings and errors to standard error. */
#include "command.h"

#include <base/file.h>
#include <base/utf8.h>
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <show/print.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- what the terminal can show --- */

/* Of the locale only the character set is asked for, and most locales have it in their name. */
static bool utf8_named(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *name = getenv(variables[i]);
        if (!name || !name[0])
            continue;
        const char *set = strrchr(name, '.');
        return set && (strcasecmp(set, ".utf-8") == 0 || strcasecmp(set, ".utf8") == 0);
    }
    return false;
}

static bool utf8_terminal(void)
{
    if (utf8_named())
        return true;
    setlocale(LC_CTYPE, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static bool colored(const struct settings *settings)
{
    if (settings->color != COLOR_AUTO)
        return settings->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

/* --- standard output --- */

static void progress_wipe(struct invocation *invocation)
{
    if (invocation->progress_shown)
        fprintf(stderr, "\r%*s\r", 30, "");
    invocation->progress_shown = false;
}

/* Ends the program by the signal that long work held off, if one waits: the work is stored. */
static void stop_take(void)
{
    sigset_t pending;
    if (sigpending(&pending) == 0)
        sigprocmask(SIG_UNBLOCK, &pending, NULL);
}

/*
 * In parts that a pipe with room takes at once: a write that waits would hold a stop off for as
 * long as nobody reads, and so would an error about it, if both go into one pipe. Returns 0 or the
 * errno of what failed.
 */
static int write_parts(const char *text)
{
    enum { PATIENCE = 500 }; /* milliseconds */
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    size_t left = strlen(text);
    int failed = 0;
    while (left > 0 && !failed) {
        size_t part = left < PIPE_BUF ? left : PIPE_BUF;
        if (poll(&out, 1, PATIENCE) == 0) {
            stop_take();
            continue;
        }
        failed = file_write_all(STDOUT_FILENO, text, part);
        text += part;
        left -= part;
    }
    return failed;
}

/*
 * A reader that closes the pipe has read enough; after a change the error says that the change was
 * made, so that nobody makes it again because the answer was lost.
 */
static void write_text(struct invocation *invocation, const char *text)
{
    struct error error = {0};
    progress_wipe(invocation);
    int failed = write_parts(text);
    if (!failed)
        return;
    invocation->status = 4;
    if (failed == EPIPE && !invocation->writes)
        return;
    error_set(&error, ERR_IO, "standard output", "%s%s", strerror(failed),
              invocation->writes ? "; what was to be changed is changed all the same" : "");
    output_error(invocation, &error);
}

void output_answer(struct invocation *invocation, const char *text)
{
    /* with -q nothing is said of what was changed */
    if (invocation->quiet && invocation->writes && !invocation->json)
        return;
    if (!invocation->json && !utf8_terminal())
        text = text_to_ascii(invocation->arena, text);
    if (!invocation->json && colored(&invocation->session->settings))
        text = text_color(invocation->arena, text);
    write_text(invocation, text);
}

void output_json_meetings(struct invocation *invocation, const struct occurrences *list,
                          bool occurrences)
{
    enum { PART = 500 };
    struct arena *arena = arena_new();
    size_t first = 0;
    do {
        write_text(invocation, json_meetings(arena, list, first, PART, occurrences,
                                             &invocation->session->zones));
        arena_reset(arena);
        first += PART;
    } while (first < list->count && !invocation->status);
    arena_free(arena);
}

/*
 * What a file would hold, for a terminal: kept lines of others' calendars may hold what drives it.
 * A line that ends in CR LF ends there in LF.
 */
static const char *bytes_shown(struct arena *arena, const char *bytes)
{
    struct text lines = text_start(arena);
    for (const char *s = bytes; *s; s++)
        if (!(s[0] == '\r' && s[1] == '\n'))
            text_add_byte(&lines, *s);
    return utf8_shown(arena, lines.bytes, true);
}

void output_bytes(struct invocation *invocation, const char *bytes)
{
    if (invocation->json)
        bytes = json_message(invocation->arena, bytes);
    else if (isatty(STDOUT_FILENO))
        bytes = bytes_shown(invocation->arena, bytes);
    write_text(invocation, bytes);
}

void output_message(struct invocation *invocation, const char *sentence)
{
    struct arena *arena = invocation->arena;
    if (invocation->json)
        write_text(invocation, json_message(arena, sentence));
    else if (!invocation->quiet)
        output_answer(invocation, arena_format(arena, "%s\n", sentence));
}

/* --- standard error --- */

void output_warning(struct invocation *invocation, const char *warning)
{
    if (!invocation->quiet)
        fprintf(stderr, "dialdesk: %s\n", utf8_shown(invocation->arena, warning, false));
}

void output_warnings(struct invocation *invocation, const struct strings *warnings)
{
    for (size_t i = 0; i < warnings->count; i++)
        output_warning(invocation, warnings->items[i]);
}

void output_absent(struct invocation *invocation, const struct error *error)
{
    if (invocation->status)
        return;
    invocation->status = 1;
    if (error && !invocation->quiet)
        output_error(invocation, error);
}

void output_progress(struct invocation *invocation, int64_t done)
{
    if (invocation->json || invocation->quiet || !isatty(STDERR_FILENO))
        return;
    invocation->progress_shown = true;
    fprintf(stderr, "\r%lld %s", (long long)done, invocation->command->long_work);
}

int output_error(struct invocation *invocation, const struct error *error)
{
    progress_wipe(invocation);
    if (invocation->json)
        fputs(json_error(invocation->arena, error), stderr);
    else
        fprintf(stderr, "dialdesk: %s: %s\n", error->what, error->why);
    return error_exit_status(error->code);
}
