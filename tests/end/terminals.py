#!/usr/bin/python3
"""The console on each kind of terminal and in each locale: it is used, stopped, killed and deserted, and what it leaves is looked at.

What a terminal is told is compared with the terminal's own description (terminfo), byte for byte.
"""

import os
import random
import re
import signal

from _terminal import PASTE_ON, TERMS, Watched, calendar, capability
from dialdesk import case, equal, has, lacks, main

LOCALES = ("C.UTF-8", "C")


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
    t.wait("A conference ID has at least four digits")
    t.key("Esc")
    t.wait("Type the digits")
    t.send("\x1b4")  # Alt and a digit, as letters and digits are typed here
    t.wait("Budget review")


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
            equal(re.search(rb"\x1b\[(\d+;)*3([1-7]|8;5;\d+)m", t.raw) is not None, term != "vt100", "colours")

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


def crowded(d):
    """A week whose seven days reach from the first to the last of 300 columns."""
    d.organization()
    for day in range(23, 30):
        d.new("On %d" % day, "2026-11-%d 10:00" % day)


@case("the mouse reaches a 300x100 window's last columns, in each terminal that has one, by the protocol that was asked for")
def _(d):
    crowded(d)
    for term in ("xterm-256color", "tmux-256color", "screen"):
        w = Watched(d, term, view="week", size=(300, 100), env={"DIALDESK_NOW": "2026-11-23T08:00:00Z"})
        t = w.terminal
        t.wait("On 29")
        t.wait_raw(b"\x1b[?1006h")
        row = next(i for i, line in enumerate(t.lines()) if "On 29" in line)
        t.send("\x1b[<0;241;%dM\x1b[<0;241;%dm" % (row + 1, row + 1))  # within Sunday, and beyond what the old one could tell
        t.wait_match(r"\u2502 On 29")  # in the side pane
        # what a terminal that knows the old protocol only would send for a place that it can tell
        place = bytes((32 + t.lines()[row].index("On 25") + 1, 32 + row + 1))
        t.send(b"\x1b[M " + place + b"\x1b[M#" + place)
        t.wait_match(r"\u2502 On 25")
        t.send("q")
        w.end(0)
        has(t.raw, b"\x1b[?1000l")


# What terminals send that is no key: reports of focus, attributes, the cursor, modes, colours, the version; Alt; F13.
REPORTS = ("\x1b[I", "\x1b[O", "\x1b[?62;22c", "\x1b[12;1R", "\x1b[?2026;2$y", "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]0;n\a",
           "\x1bP>|XTerm(370)\x1b\\", "\x1bq", "\x1b[25~", "\x1b[E")


@case("what is sent that is no key does nothing, whole or in parts; keys that terminfo names otherwise are keys")
def _(d):
    calendar(d)
    w = Watched(d, "xterm-256color")
    t = w.terminal
    t.wait("Budget review")
    t.send("n")
    t.wait("Title")
    t.send("Quarter")
    for report in REPORTS:
        t.send(report)
    for part in ("\x1b]11;rgb:", "1e1e/nqy/1e1e", "\x1b\\", "\x1b[", "?20", "26;2$", "y"):
        t.send(part)
        t.feed(0.2)
    t.send("ly")
    t.wait("Quarterly")
    lacks(t.text(), "Drop")
    t.send("\x1b")  # alone it is Esc: the form asks whether to drop what was typed
    t.wait("Drop")
    t.send("y")
    t.wait("Agenda")
    t.send("\x1b[11~")  # F1 of PuTTY and rxvt
    t.wait("Help")
    t.send("\x1b")
    t.wait_gone("Help")
    t.send("q")
    w.end(0)


@case("told to end again and again, while it ends and before it has begun: left clean all the same")
def _(d):
    calendar(d)
    for wanted in ("Budget review", None):  # None: the first byte is early enough
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            w = Watched(d, "xterm-256color")
            t = w.terminal
            t.until(lambda t=t, wanted=wanted: wanted in t.text() if wanted else t.raw, wanted or "a byte")
            while t.gone() is None:
                t.signal(signal.SIGTERM)
                t.signal(number)
                t.feed()
            w.end(0)


@case("an editor that is stopped (^Z in it) stops the whole job, and goes on with it")
def _(d):
    calendar(d)
    for group in ("0", "$$"):  # as editors do it that stop their group, or themselves
        editor = d.write("editor", "#!/bin/sh\nkill -TSTP %s\nprintf 'it came back' >> \"$1\"\n" % group)
        os.chmod(editor, 0o755)
        w = Watched(d, "xterm-256color", env={"VISUAL": editor}, job=True)
        t = w.terminal
        t.wait("Budget review")
        t.send("nNoted")
        t.wait("Noted")
        t.key("Ctrl-E")
        t.wait("it came back")
        t.key("Esc")
        t.wait("Drop it?")
        t.send("yq")
        w.end(0)


@case("a terminal that goes away ends it, whatever it shows, and nothing stored is hurt")
def _(d):
    calendar(d)
    for keys in ("", "nHalf a title", "5C", "612", ":", "?"):
        t = d.terminal("console", "--view", "agenda")
        t.wait("Budget review")
        t.send(keys)
        t.feed(0.2)
        equal(t.hang_up(), 0)
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
        for mode in (capability(term, "smcup"), capability(term, "smkx"), PASTE_ON):  # curses sends smkx with its next reading
            t.until(lambda m=mode: m in t.raw[seen:], "%r on %s" % (mode, term))
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
