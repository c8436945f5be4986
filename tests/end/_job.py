"""A shell's part in job control: runs a program in the terminal's foreground; when it stops, looks at the terminal, and continues it.

    _job.py FILE PROGRAM ARGUMENT...        the program's process ID is written into FILE

Ends as the program ended. A program that stopped by itself and left the terminal as no shell can use it is ended, with status 98.
"""

import os
import signal
import sys
import termios

from _terminal import usable


def run(note, command):
    os.setpgid(0, 0)
    with open(note, "w", encoding="ascii") as file:
        file.write(str(os.getpid()))
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(command[0], command)


def stopped(child, number):
    """The shell's turn: by ^Z the program had time to leave the terminal, by SIGSTOP it had not."""
    os.tcsetpgrp(0, os.getpgrp())
    try:
        if number == signal.SIGTSTP:
            usable(termios.tcgetattr(0))
    except AssertionError as error:
        print("stopped, and %s" % error, flush=True)
        os.killpg(child, signal.SIGKILL)
        os._exit(98)
    os.tcsetpgrp(0, child)
    os.killpg(child, signal.SIGCONT)


def main(note, *command):
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the program's own end is what is told
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            run(note, command)
        finally:
            os._exit(127)
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            stopped(child, os.WSTOPSIG(status))
            continue
        if os.WIFSIGNALED(status):
            signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
            os.kill(os.getpid(), os.WTERMSIG(status))
        os._exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    main(*sys.argv[1:])
