/*
 * Signals as events: they are blocked, and read between keys, so that no handler runs beside the
 * code and nothing needs a global.
 */
#include "loop.h"
#include <sys/signalfd.h>
#include <unistd.h>

sigset_t signals_set(void)
{
    static const int events[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        sigaddset(&set, events[i]);
    return set;
}

bool signals_next(struct console *console, struct key *key)
{
    struct signalfd_siginfo info;
    *key = (struct key){.code = K_NONE};
    if (console->signals < 0 || read(console->signals, &info, sizeof info) != (ssize_t)sizeof info)
        return false;
    switch ((int)info.ssi_signo) {
    case SIGWINCH:
        console->term->resize(console->term);
        break;
    case SIGCONT: /* after SIGSTOP, of which nobody is told: the screen may have been used */
        console->term->suspend(console->term);
        console->term->resume(console->term);
        break;
    case SIGTSTP:
        key->code = K_CTRL('Z');
        break;
    case SIGINT:
        key->code = K_CTRL('C');
        break;
    default:
        console->quit = true;
    }
    return true;
}

void job_stop(void)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, before;
    sigset_t set, mask;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    sigaction(SIGTSTP, &stop, &before);
    kill(0, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &set, &mask); /* here it stops */
    sigprocmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &before, NULL);
}
