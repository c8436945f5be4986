#!/usr/bin/python3
"""Long work in a real terminal, in the midst of which it is resized, stopped, told to end or deserted: what was done is whole, and stays.

The console's writes wait at a gate (tests/faults/shim.c), which this suite opens for one after the other while it waits for
something on the screen: the work can't be over before it was looked at, however fast the machine is.
"""

import os
import shutil
import signal
import time

from _terminal import Watched
from dialdesk import case, equal, has, main

LEGACY = 1200
EVENTS = 5000
MIDST = "of %d meetings" % LEGACY
HELD = 0.6  # seconds that a write is held: longer than the console works without a word
PART = 50  # converted in one transaction
EVENT = """BEGIN:VEVENT
UID:legacy-%(n)d@example.org
DTSTAMP:20261101T000000Z
DTSTART:2027%(month)02d%(day)02dT%(hour)02d0000Z
DURATION:PT30M
SUMMARY:Legacy %(n)d
ORGANIZER:mailto:ada@example.org
ATTENDEE:mailto:grace@example.org
DESCRIPTION:Conference ID: 1234567
END:VEVENT
"""


def ics(d, events):
    body = "".join(EVENT % {"n": n, "month": n % 12 + 1, "day": n % 28 + 1, "hour": n % 24} for n in range(events))
    return d.write("legacy.ics", ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + body + "END:VCALENDAR\n").replace("\n", "\r\n"))


class Gate:
    """Where the console's store waits with each fsync, and how the next one is let through."""

    def __init__(self, d):
        self.path = d.path("gate")
        self.passed = time.monotonic()
        if not os.path.exists(self.path):
            os.mkfifo(self.path)

    def env(self, d):
        shim = os.path.join(os.environ["DIALDESK_BUILD"], "test", "faults", "shim.so")
        return {"LD_PRELOAD": shim, "FAULT_DO": "gate", "FAULT_GATE": self.path, "FAULT_PATH": d.db,
                # the shim stands before the sanitizer's library, and only passes on
                "ASAN_OPTIONS": "exitcode=99:detect_leaks=1:handle_sigill=1:verify_asan_link_order=0"}

    def step(self):
        if time.monotonic() < self.passed + HELD:
            return
        try:
            os.close(os.open(self.path, os.O_WRONLY | os.O_NONBLOCK))
            self.passed = time.monotonic()
        except OSError:
            pass  # nobody waits at it


def organization(d):
    d.console, d.program = d.program, os.path.join(os.environ["DIALDESK_BUILD"], "dialdesk")  # the rest as it is installed: quicker
    d.organization(dynamic="off")
    d.run("org", "--dynamic-ids", "2026-11-23")


def console(d, view):
    """The console with the sanitizers, its store behind the gate."""
    installed, d.program = d.program, d.console
    gate = Gate(d)
    try:
        w = Watched(d, "xterm-256color", view=view, job=True, env=gate.env(d))
    finally:
        d.program = installed
    w.terminal.meanwhile = gate.step
    return w


def start_import(d, path):
    w = console(d, "agenda")
    w.terminal.wait("Nothing is scheduled")
    w.terminal.send("I" + path)
    w.terminal.wait(os.path.basename(path))
    w.terminal.key("Enter")
    w.terminal.wait("events read")
    return w


def start_convert(d):
    w = console(d, "legacy")
    t = w.terminal
    t.wait("over 1000")
    t.send("C")
    t.wait("%d meetings will each get a dynamic ID" % LEGACY)
    t.send("y")
    t.wait(MIDST)
    return w


def end_by(w, what):
    """None: the terminal goes away."""
    if what is None:
        os.close(w.hold)
        equal(w.terminal.hang_up(), 0)
    else:
        os.kill(w.pid(), what)
        w.end(0)


def follow_and_stop(w):
    """A new size and a stop in the midst of the converting."""
    t = w.terminal
    t.resize(110, 30)
    t.wait_match(r"^.{25}┌─ Converting")  # in the new middle
    seen = len(t.raw)
    os.kill(w.pid(), signal.SIGTSTP)  # no key: it is not stopped so
    os.kill(w.pid(), signal.SIGSTOP)  # and so it is
    t.until(lambda t=t, seen=seen: b"\x1b[?2004h" in t.raw[seen:], "the modes again")
    t.screen.reset()
    t.wait(MIDST)


def convert_and_end(d, what):
    """Ended in the midst: what is done is whole."""
    shutil.copy(d.path("before.db"), d.db)
    w = start_convert(d)
    w.terminal.wait_gone("leave as it is")  # the question is answered
    if what == signal.SIGTERM:
        follow_and_stop(w)
    end_by(w, what)
    left = len(d.json("legacy"))
    assert 0 < left < LEGACY, "%d are left" % left
    equal(left % PART, 0)
    equal(int(d.sql("SELECT COUNT(*) FROM outbox")), LEGACY - left)
    equal(d.json("check"), {"findings": []})


@case("converting: a new size and a stop in its midst are followed; told to end or deserted, whole parts are done")
def _(d):
    organization(d)
    d.run("import", ics(d, LEGACY))
    shutil.copy(d.db, d.path("before.db"))
    for what in (signal.SIGTERM, None):
        convert_and_end(d, what)


def import_and_end(d, path, what):
    """Ended in the midst: the rest goes in later."""
    shutil.copy(d.path("before.db"), d.db)
    w = start_import(d, path)
    w.terminal.resize(40, 12)
    w.terminal.wait_match(r"^.{2}┌─ Import")
    end_by(w, what)
    equal(d.json("check"), {"findings": []})
    done = int(d.sql("SELECT COUNT(*) FROM meeting"))
    assert 0 < done < EVENTS, "%d are in" % done
    has(d.run("import", path).out, "%d read: %d added, 0 updated, %d unchanged" % (EVENTS, EVENTS - done, done))


@case("importing: told to end or deserted, what was read is in, and the rest goes in later")
def _(d):
    organization(d)
    path = ics(d, EVENTS)
    shutil.copy(d.db, d.path("before.db"))
    for what in (signal.SIGHUP, None):
        import_and_end(d, path, what)


main()
