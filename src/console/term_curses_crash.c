/*
 * A crash while the terminal is ours: it is left clean by what is safe in a signal's handler.
 */
#include "term_crash.h"
#include "term_errors.h"
#include <fcntl.h>
#include <ncursesw/curses.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* after our headers: it makes macros of many plain words */
#include <ncursesw/term.h>

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
