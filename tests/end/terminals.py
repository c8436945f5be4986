#!/usr/bin/python3
"""The console on each kind of terminal and in each locale: it is used, stopped, killed and deserted, and what it leaves is looked at.

What a terminal is told is compared with the terminal's own description (terminfo), byte for byte.
"""

import os
import random
import signal
import subprocess
import sys
import termios
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, lacks, main

TERMS = ("xterm-256color", "tmux-256color", "screen", "linux", "vt100")
LOCALES = ("C.UTF-8", "C")
PASTE_ON, PASTE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"
MOUSE = (b"1000", b"1002", b"1003")


def capability(term, name):
    """The bytes of a terminal's capability, without the delays in it; empty where it has none."""
    out = subprocess.run(["tput", "-T", term, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return out


def plain(raw):
    """What was written, without the bytes that are no more than a delay."""
    return raw.replace(b"\0", b"")


def left_clean(raw, term):
    """Each mode that was switched on was switched off after it."""
    raw = plain(raw)
    for on, off in (("smcup", "rmcup"), ("smkx", "rmkx"), ("civis", "cnorm")):
        begin, end = capability(term, on), capability(term, off)
        if begin and begin in raw:
            assert raw.rfind(end) > raw.rfind(begin), "%s: %r was the last word, not %r" % (term, begin, end)
    assert PASTE_ON in raw and raw.rfind(PASTE_OFF) > raw.rfind(PASTE_ON), "%s: pastes stay bracketed" % term
    for number in MOUSE:
        on = max(raw.rfind(b"\x1b[?%sh" % number), raw.rfind(b"\x1b[?1006;%sh" % number))
        off = max(raw.rfind(b"\x1b[?%sl" % number), raw.rfind(b"\x1b[?1006;%sl" % number))
        assert on <= off, "%s: the mouse stays caught" % term
    after = raw[raw.rfind(capability(term, "rmkx") or PASTE_OFF):]
    assert b"\x1b[7m" not in after and b"\x1b[1m" not in after, "%s: attributes stay on: %r" % (term, after)


def usable(modes):
    """The line is edited, echoed and its signals sent, as a shell's user expects."""
    for name in ("ICANON", "ECHO", "ISIG", "IEXTEN"):
        assert modes[3] & getattr(termios, name), "%s is off" % name
    assert modes[0] & termios.ICRNL and modes[1] & termios.OPOST, "line ends are not translated"


class Watched:
    """A terminal, with a second hold on it that outlives the program."""

    def __init__(self, d, term, locale="C.UTF-8", view="agenda", env=None, size=(80, 24)):
        more = {"TERM": term, "LC_ALL": locale, **(env or {})}
        if term == "linux":  # curses itself leaves ten bytes behind on that one, in an empty program too
            more["ASAN_OPTIONS"] = "exitcode=99:detect_leaks=0"
        self.terminal = d.terminal("console", "--view", view, columns=size[0], rows=size[1], env=more)
        self.term = term
        self.hold = os.dup(self.terminal.fd)

    def end(self, status):
        self.terminal.exit(status)
        usable(termios.tcgetattr(self.hold))
        os.close(self.hold)
        left_clean(self.terminal.raw, self.term)


def calendar(d):
    d.organization(dynamic="off")
    d.new("Budget review", "2026-11-24 09:00", "--attendee", "grace@example.org")
    d.new("Supplier call", "2026-11-24 10:00")
    d.run("org", "--dynamic-ids", "2026-11-23")
    d.new("\u5168\u4f53\u4f1a\u8b70 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea Cafe\u0301", "2026-11-25 09:00")


def use(t):
    """A little of everything: views, a form, a question, an answer."""
    for key, wanted in (("2", "Week"), ("3", "Month"), ("1", "Day"), ("5", "2 at risk"), ("7", "Organizers"), ("8", "Outbox"), ("4", "Budget review")):
        t.send(key)
        t.wait(wanted)
    t.send("nKick-off")
    t.wait("Kick-off")
    t.key("Esc")
    t.wait("Drop it?")
    t.send("y")
    t.wait("Agenda")
    t.send("6")
    t.wait("Type the digits")
    t.send("12")
    t.wait("That is too short for a conference ID")
    t.key("Esc")
    t.wait("Type the digits")


for TERM in TERMS:
    for LOCALE in LOCALES:
        @case("%s in %s: each view, a form, a question, and a clean end" % (TERM, LOCALE))
        def _(d, term=TERM, locale=LOCALE):
            calendar(d)
            w = Watched(d, term, locale)
            t = w.terminal
            t.wait("Budget review")
            use(t)
            t.send("q")
            w.end(0)
            if locale == "C":
                assert all(byte < 0x80 for byte in t.raw), "bytes that are not ASCII"
            else:
                written = t.raw.decode("utf-8", "replace")
                has(written, "\u2500")
                has(written, "\u5168\u4f53")
                # a cluster that terminals measure differently is written as its first character; a flag whole
                has(written, "\U0001f468")
                lacks(written, "\u200d")
                has(written, "\U0001f1e9\U0001f1ea")
                has(written, "Cafe\u0301")
            equal(b"\x1b[36m" in t.raw or b"\x1b[38;5;" in t.raw, term != "vt100", "colours")

    @case("%s: NO_COLOR is honoured" % TERM)
    def _(d, term=TERM):
        calendar(d)
        w = Watched(d, term, env={"NO_COLOR": "1"})
        w.terminal.wait("Budget review")
        has(w.terminal.text(), "!!")
        w.terminal.send("5")
        w.terminal.wait("2 at risk")
        w.terminal.send("q")
        w.end(0)
        for sign in (b"\x1b[3%d" % n for n in range(1, 9)):
            assert sign + b"m" not in w.terminal.raw and sign + b";5" not in w.terminal.raw, "a colour: %r" % sign

    @case("%s: TERM, HUP, QUIT and INT leave it clean" % TERM)
    def _(d, term=TERM):
        calendar(d)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
            w = Watched(d, term)
            w.terminal.wait("Budget review")
            w.terminal.send("nHalf a title")
            w.terminal.wait("Half a title")
            w.terminal.signal(number)
            if number == signal.SIGINT:  # as ^C: goes back, and asks about what was typed
                w.terminal.wait("Drop it?")
                w.terminal.send("y")
                w.terminal.wait("Agenda")
                w.terminal.send("q")
            w.end(0)
        equal(d.json("search", "Half", status=1), [])

    @case("%s: an abort and a wrong access leave it clean" % TERM)
    def _(d, term=TERM):
        calendar(d)
        # the program as it is installed: a sanitizer has handlers of its own
        d.program = os.path.join(os.environ["DIALDESK_BUILD"], "dialdesk")
        for number in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL):
            w = Watched(d, term)
            w.terminal.wait("Budget review")
            w.terminal.signal(number)
            w.end(-number)
        equal(d.json("check"), {"findings": []})


@case("a terminal that goes away ends it, whatever it shows, and nothing stored is hurt")
def _(d):
    calendar(d)
    for keys in ("", "nHalf a title", "5C", "612", ":", "?"):
        t = d.terminal("console", "--view", "agenda")
        t.wait("Budget review")
        t.send(keys)
        t.feed(0.2)
        os.close(t.fd)
        t.open = False
        limit = time.monotonic() + t.deadline
        while t.status is None and time.monotonic() < limit:
            pid, code = os.waitpid(t.pid, os.WNOHANG)
            if pid:
                t.status = os.waitstatus_to_exitcode(code)
            time.sleep(0.02)
        equal(t.status, 0)
    equal(d.json("check"), {"findings": []})
    equal(d.json("search", "Half", status=1), [])


@case("stopped without a word (SIGSTOP) and continued: the whole screen is drawn again, its modes on")
def _(d):
    calendar(d)
    for term in TERMS:
        w = Watched(d, term)
        t = w.terminal
        t.wait("Budget review")
        t.send("nStill here")
        t.wait("Still here")
        t.signal(signal.SIGSTOP)
        t.screen.reset()  # somebody else had the screen
        seen = len(t.raw)
        t.signal(signal.SIGCONT)
        t.wait("Still here")
        t.wait("New meeting")
        again = t.raw[seen:]
        for name in ("smcup", "smkx"):
            assert capability(term, name) in again, "%s: no %s" % (term, name)
        assert PASTE_ON in again
        t.key("Esc")
        t.wait("Drop it?")
        t.send("yq")
        w.end(0)


def storm(t, draws, sizes):
    """The window changes its size at random, and keeps its last one."""
    for _ in range(60):
        columns, rows = draws.choice(sizes) if draws.random() < 0.5 else (draws.randint(1, 300), draws.randint(1, 100))
        t.resize(columns, rows)
        if draws.random() < 0.3:
            t.feed(0.01)


@case("a storm of resizes in forms, questions and lists: nothing typed is lost, nothing drawn is left over")
def _(d):
    calendar(d)
    draws = random.Random(20261123)
    sizes = ((1, 1), (2, 1), (1, 100), (300, 1), (39, 11), (40, 12), (80, 24), (200, 60), (300, 100))
    w = Watched(d, "xterm-256color")
    t = w.terminal
    t.wait("Budget review")
    t.send("n")
    title = "Quarterly planning"
    for letter in title:
        storm(t, draws, sizes)
        t.send(letter)
    t.resize(80, 24)
    t.wait("Title       " + title)
    t.key("Esc")
    t.wait("Drop it?")
    storm(t, draws, sizes)
    t.resize(40, 12)
    t.wait("Drop it?")
    t.send("n")
    t.wait(title)
    t.key("Ctrl-S")
    t.wait("Scheduled")
    storm(t, draws, sizes)
    t.resize(200, 60)
    t.wait(title)
    made = d.json("search", title)
    equal([one["title"] for one in made], [title])
    t.send("q2")
    t.wait("Week")
    storm(t, draws, sizes)
    t.resize(80, 24)
    t.wait_match(r"^ 1 Day  2 Week  3 Month  4 Agenda  5 Legacy  6 Lookup  7 Directory  8 Outbox$")
    t.wait_match(r"\? help$")
    t.send("q")
    w.end(0)


main()
