#!/usr/bin/python3
"""A monkey at the real program in a pseudo terminal: keys, mouse, pastes, resizes, stops, bytes that are no text and sequences that end midway.

    tests/end/monkey.py [--keys N] [--seed N]      by default a few seconds' worth; --keys (or DIALDESK_KEYS) for a long run

The same seed gives the same bytes (when they are read is the machine's affair). In rounds: each has a kind of terminal, a locale and a
size of its own, and ends by leaving; then the terminal must be as it was found, and `check` find nothing.
"""

import argparse
import os
import random
import signal
import sys
import time

from _terminal import TERMS, Watched, calendar
from dialdesk import KEYS, case, equal, key_bytes, main

ROUND = 2000  # a new process after so many
USUAL = ("Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Insert", "Delete", "Enter", "Enter", "Tab", "Shift-Tab",
         "Backspace", "Space", "F1", "F12")
CONTROL = "ABDEFGHILNPRSTUVWXY"
LETTERS = "abcdefghijklmnoprstuvwxyzACDEGHILN0123456789/:.?[]*!,-+@;<>\"'%"
WORDS = ("2026-11-30", "all day", "9:30", "\u5168\u4f53", "7654321", "grace@example.org, x", "\U0001f468\u200d\U0001f469", "e\u0301\u0302",
         "\u05e9\u05dc\u05d5\u05dd", "+2w", "12 times", "FREQ=DAILY;COUNT=3", "0.1.2-3#", "convert all", "import")
NO_TEXT = (b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80\x80", b"\0", b"\x7f")
MIDWAY = (b"\x1b", b"\x1b[", b"\x1bO", b"\x1b[<", b"\x1b[<0;", b"\x1b[<0;12;", b"\x1b[M", b"\x1b[M ", b"\x1b[200", b"\x1b[1;", b"\x1b]52;c;", b"\x1bP",
          b"\x1b[?1;2c", b"\x1b[<99999999999;99999999999;99999999999M", b"\x1b[<;;M", b"\x1b[<0;0;0M", b"\x1b[<-1;-1M", b"\x1b[201~")
EDITOR = "#!/bin/sh\nprintf 'from the editor\\n' >> \"$1\"\n"


def mouse(draws):
    button = draws.choice((0, 0, 0, 1, 2, 4, 16, 32, 64, 65, 64, 65, 128))
    column, row = draws.randint(1, 320), draws.randint(1, 110)
    if draws.random() < 0.2:
        return b"\x1b[M" + bytes((32 + button % 128, 32 + column % 224, 32 + row))
    press = b"\x1b[<%d;%d;%dM" % (button, column, row)
    return press + (b"\x1b[<%d;%d;%dm" % (button, column, row) if button < 3 else b"")


def paste(draws):
    text = b"".join(draws.choice((b"Dyq", b"\r", b"\n", b"\t", b"\x1b[31m", b"\x1b[A", b"12345678#", "\u5168".encode(), *NO_TEXT))
                    for _ in range(draws.choice((0, 1, 3, 10, 10, 2000))))
    return b"\x1b[200~" + text.replace(b"\x03", b"") + b"\x1b[201~"


def ordinary(draws):
    kind = draws.random()
    if kind < 0.45:
        return draws.choice(LETTERS).encode()
    if kind < 0.75:
        return key_bytes(draws.choice(USUAL)).encode()
    if kind < 0.83:
        return key_bytes("Ctrl-" + draws.choice(CONTROL)).encode()
    if kind < 0.86:
        return KEYS[draws.choice(sorted(KEYS))].encode()
    if kind < 0.88:
        return draws.choice((b"q", b"\x1b", b"\x03"))
    if kind < 0.92:
        return draws.choice(WORDS).encode()
    if kind < 0.97:
        return mouse(draws)
    if kind < 0.985:
        return draws.choice(NO_TEXT)
    if kind < 0.995:
        return paste(draws)
    return draws.choice(MIDWAY)


class Deaf:
    """No emulator reads along: only the bytes count here."""

    display = ()

    def feed(self, data):
        pass

    def resize(self, rows, columns):
        pass


def disturb(w, draws):
    """What is no key: the window's size, stops and signals."""
    t = w.terminal
    what = draws.random()
    if what < 0.6:
        usual = draws.choice(((80, 24), (80, 24), (40, 12), (200, 60), (39, 11), (1, 1)))
        t.resize(*(usual if draws.random() < 0.7 else (draws.randint(1, 300), draws.randint(1, 100))))
    elif what < 0.8:
        t.send(b"\x1a")
    else:
        os.kill(w.pid(), draws.choice((signal.SIGWINCH, signal.SIGCONT, signal.SIGSTOP, signal.SIGTSTP)))


def leave(w):
    """From wherever it is: what asks is answered, ^Q leaves from anywhere."""
    t = w.terminal
    if t.open:
        t.resize(80, 24)
    limit = time.monotonic() + t.deadline
    while t.feed(0.3) and time.monotonic() < limit:
        try:
            t.send(b"y\x11")
        except OSError:
            pass  # left meanwhile
    try:
        w.end(0)
    except AssertionError as error:
        raise AssertionError("%s\nthe last bytes: %s" % (str(error).rstrip(), t.raw[-1500:].decode("ascii", "backslashreplace"))) from None


def play(d, draws, keys):
    """Presses so many keys, in as many runs of the program as it takes; fewer where it was left by one of them."""
    locale, size = draws.choice(("C.UTF-8", "C.UTF-8", "C")), draws.choice(((80, 24), (40, 12), (200, 60)))
    w = Watched(d, draws.choice(TERMS), locale, draws.choice(("agenda", "week", "month", "day", "legacy", "lookup", "directory", "outbox")),
                env={"VISUAL": d.path("editor"), "DIALDESK_NOW": "2026-11-23T08:10:00Z"}, size=size, job=True)
    t = w.terminal
    t.stream = t.screen = Deaf()
    t.raw = bytearray()
    t.until(lambda: b"\x1b[?2004h" in t.raw, "the first frame")
    pressed = 0
    try:
        while pressed < keys and t.feed():
            if draws.random() < 0.02:
                disturb(w, draws)
            t.send(ordinary(draws))
            pressed += 1
            if draws.random() < 0.1:  # seldom the whole queue in one turn: frames are drawn in between
                t.feed(0.01)
    except (OSError, ProcessLookupError):
        t.feed()  # left while it was written to
    leave(w)
    return pressed


def monkey(keys, seed):
    @case("%d random keys, seed %d: left clean, nothing stored is hurt" % (keys, seed))
    def _(d):
        calendar(d)
        os.chmod(d.write("editor", EDITOR), 0o755)
        left = keys
        run = 0
        while left > 0:
            try:
                pressed = play(d, random.Random("%d/%d" % (seed, run)), min(left, ROUND))
                equal(d.json("check"), {"findings": []})
            except AssertionError as error:
                raise AssertionError("run %d of seed %d: %s" % (run, seed, error)) from None
            left -= max(pressed, 1)
            run += 1
        if keys > ROUND:
            print("# %d runs of the program" % run, file=sys.stderr)


arguments = argparse.ArgumentParser()
arguments.add_argument("--keys", type=int, default=int(os.environ.get("DIALDESK_KEYS", "600")))
arguments.add_argument("--seed", type=int, default=20261125)
options, sys.argv[1:] = arguments.parse_known_args()
monkey(options.keys, options.seed)
main()
