#!/usr/bin/python3
"""Long work in a real terminal, in the midst of which it is resized, stopped, told to end or deserted: what was done is whole, and stays."""

import os
import shutil
import signal

from _terminal import Watched
from dialdesk import case, equal, has, main

LEGACY = 1200
EVENTS = 5000
TRIES = 20  # for what must come in the midst of the work, however fast the one is and however slow the other
MIDST_OR_END = r"of %d meetings|┌─ Converted" % LEGACY
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


def organization(d):
    d.console, d.program = d.program, os.path.join(os.environ["DIALDESK_BUILD"], "dialdesk")  # the rest as it is installed: quicker
    d.organization(dynamic="off")
    d.run("org", "--dynamic-ids", "2026-11-23")


def console(d, view):
    """The console with the sanitizers, whose slowness leaves time for what is done in the midst."""
    installed, d.program = d.program, d.console
    try:
        return Watched(d, "xterm-256color", view=view, job=True)
    finally:
        d.program = installed


def start_import(d, path):
    w = console(d, "agenda")
    w.terminal.wait("Nothing is scheduled")
    w.terminal.send("I" + path)
    w.terminal.wait(os.path.basename(path))
    w.terminal.key("Enter")
    w.terminal.wait_match(r"events read|┌─ Import ─")
    return w


def start_convert(d):
    w = console(d, "legacy")
    t = w.terminal
    t.wait("over 1000")
    t.send("C")
    t.wait("%d meetings will get a dynamic ID" % LEGACY)
    t.send("y")
    t.wait_match(MIDST_OR_END)
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
    t.wait_match(r"^.{25}┌─ Converting|┌─ Converted")  # in the new middle
    seen = len(t.raw)
    os.kill(w.pid(), signal.SIGTSTP)  # no key: it is not stopped so
    os.kill(w.pid(), signal.SIGSTOP)  # and so it is
    t.until(lambda t=t, seen=seen: b"\x1b[?2004h" in t.raw[seen:], "the modes again")
    t.screen.reset()
    t.wait_match(MIDST_OR_END)


def convert_and_end(d, what):
    """How many are left; what is done is whole."""
    shutil.copy(d.path("before.db"), d.db)
    w = start_convert(d)
    w.terminal.wait_gone("leave as it is")  # the question is answered
    if what == signal.SIGTERM:
        follow_and_stop(w)
    end_by(w, what)
    left = len(d.json("legacy"))
    equal(left % PART, 0)
    equal(int(d.sql("SELECT COUNT(*) FROM reminder")), LEGACY - left)
    equal(d.json("check"), {"findings": []})
    return left


@case("converting: a new size and a stop in its midst are followed; told to end or deserted, whole parts are done")
def _(d):
    organization(d)
    d.run("import", ics(d, LEGACY))
    shutil.copy(d.db, d.path("before.db"))
    for what in (signal.SIGTERM, None):
        assert any(0 < convert_and_end(d, what) < LEGACY for _ in range(TRIES)), "never ended in the midst"


def import_and_end(d, path, what):
    """How many are in; the rest goes in later."""
    shutil.copy(d.path("before.db"), d.db)
    w = start_import(d, path)
    w.terminal.resize(40, 12)
    w.terminal.wait_match(r"^.{2}┌─ Import")
    end_by(w, what)
    equal(d.json("check"), {"findings": []})
    done = int(d.sql("SELECT COUNT(*) FROM meeting"))
    has(d.run("import", path).out, "%d read: %d added, 0 updated, %d unchanged" % (EVENTS, EVENTS - done, done))
    return done


@case("importing: told to end or deserted, what was read is in, and the rest goes in later")
def _(d):
    organization(d)
    path = ics(d, EVENTS)
    shutil.copy(d.db, d.path("before.db"))
    for what in (signal.SIGHUP, None):
        assert any(0 < import_and_end(d, path, what) < EVENTS for _ in range(TRIES)), "never ended in the midst"


main()
