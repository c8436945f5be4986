/*
 * A crash while the terminal is ours: it is left clean by what is safe in a signal's handler; and
 * standard error, held while the console has the screen.
 */
#include "term_curses.h"
#include <fcntl.h>
#include <ncursesw/curses.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

/* after our headers: it makes macros of many plain words */
#include <ncursesw/term.h>

/* --- standard error --- */

void errors_hold(struct held_errors *errors)
{
#if !defined(__SANITIZE_ADDRESS__)
    if (!isatty(STDERR_FILENO))
        return;
    errors->memory = memfd_create("dialdesk-errors", MFD_CLOEXEC);
    errors->kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (errors->memory >= 0 && errors->kept >= 0)
        dup2(errors->memory, STDERR_FILENO);
#else
    (void)errors;
#endif
}

/* Copies a file whole into another one; safe in a signal's handler. */
static void errors_pour(int from, int to)
{
    char bytes[512];
    ssize_t n;
    lseek(from, 0, SEEK_SET);
    while ((n = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)n) != n)
            break;
}

void errors_release(struct held_errors *errors)
{
    if (errors->kept >= 0)
        dup2(errors->kept, STDERR_FILENO);
    if (errors->memory >= 0 && errors->kept >= 0)
        errors_pour(errors->memory, STDERR_FILENO);
    if (errors->memory >= 0)
        close(errors->memory);
    if (errors->kept >= 0)
        close(errors->kept);
    *errors = (struct held_errors){-1, -1};
}

/* --- crashes --- */

/* Writes a capability of the terminal without the delays ("$<5>") in it. */
static void put_capability(int tty, const char *text)
{
    if (!text)
        return;
    const char *delay = strstr(text, "$<");
    ssize_t n = write(tty, text, delay ? (size_t)(delay - text) : strlen(text));
    (void)n;
}

/*
 * A signal's handler: it leaves the terminal clean by calls that are safe there, and by curses's
 * strings. F_GET_SEALS tells whether standard error is the memory file.
 */
static void crashed(int number)
{
    struct termios modes;
    /* within a frame standard output is the memory file, but standard input is the terminal */
    int tty = isatty(STDOUT_FILENO) ? STDOUT_FILENO : STDIN_FILENO;
    const char *const texts[] = {OURS_OFF,     exit_attribute_mode, keypad_local,
                                 exit_ca_mode, cursor_normal,       "\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_capability(tty, texts[i]);
    if (tcgetattr(tty, &modes) == 0) {
        modes.c_iflag |= BRKINT | ICRNL | IXON;
        modes.c_oflag |= OPOST | ONLCR;
        modes.c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
        tcsetattr(tty, TCSANOW, &modes);
    }
    if (fcntl(STDERR_FILENO, F_GET_SEALS) >= 0)
        errors_pour(STDERR_FILENO, tty);
    signal(number, SIG_DFL);
    raise(number);
}

/* Sets a new handler for the crashes that have the old one; a sanitizer's handlers stay. */
static void replace_crash_handler(void (*old)(int), void (*new)(int))
{
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before, after = {.sa_handler = new};
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == old)
            sigaction(numbers[i], &after, NULL);
    }
}

void catch_crashes(void)
{
    replace_crash_handler(SIG_DFL, crashed);
}

void let_crash(void)
{
    replace_crash_handler(crashed, SIG_DFL);
}
