#!/usr/bin/python3
"""The suites of the store and of desk on a private PostgreSQL (tests/harness/server.py)."""

import os
import re
import subprocess
import sys
import traceback

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
sys.path.insert(0, os.path.join(ROOT, "tests", "harness"))
from dialdesk import Dialdesk, equal, has
from server import report

BUILD = os.environ.get("DIALDESK_BUILD", os.path.join(ROOT, "build"))
SUITES = ("store/test_store", "store/test_attendees", "store/test_meetings", "store/test_ids", "store/test_check",
          "unit/test_desk_undo", "unit/test_desk_search")  # those of scheduling, converting, importing and the calendar hold there too, and take 20 seconds
SCHEMAS = 40  # more than a suite has cases


def suite(server, name):
    """(good, description, output) of each case of one program."""
    env = {**os.environ, "DIALDESK_TEST_DB": server.database(os.path.basename(name), SCHEMAS), "CMOCKA_MESSAGE_OUTPUT": "TAP"}
    done = subprocess.run([os.path.join(BUILD, "test", name)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace", env=env)
    lines = re.findall(r"^(ok|not ok) \d+ (?:- )?(.*)$", done.stdout, re.M)
    for result, description in lines:
        yield result == "ok" or description.startswith("# SKIP"), "%s: %s" % (name, description), done.stdout
    yield done.returncode == 0 and bool(lines), "%s ends well" % name, done.stdout


class Calendar:
    """A directory that is synced with a store on the server."""

    def __init__(self, d):
        self.d, self.path = d, d.path("calendar")
        os.mkdir(self.path)

    def read(self, uid):
        with open(os.path.join(self.path, uid + ".ics"), encoding="utf-8", newline="") as file:
            return file.read()

    def write(self, uid, text):
        self.d.write("calendar/" + uid + ".ics", text)

    def sync(self, **counts):
        said = self.d.json("sync", self.path)
        equal({key: said[key] for key in counts}, counts, said)
        return said


def sync_beside_others(d):
    d.organization()
    c = Calendar(d)
    uid = d.new("Budget", "2026-11-24 09:00")["uid"]
    t = d.terminal("console", "--view", "agenda")
    children = [d.start("sync", c.path) for _ in range(2)]
    d.run("edit", uid, "--location", "Room")
    for child in children:
        _, err = child.communicate()
        equal((child.returncode, err), (0, b""))
    c.sync(added=0, updated=0, cancelled=0, rejected=0, conflicts=[])
    has(c.read(uid), "LOCATION:Room")
    t.wait("Budget")
    c.write(uid, c.read(uid).replace("SUMMARY:Budget", "SUMMARY:Changed elsewhere"))
    c.write("new", c.read(uid).replace(uid, "new").replace("T090000Z", "T150000Z").replace("T100000Z", "T160000Z").replace("elsewhere", "and new"))
    c.sync(updated=1, added=1)
    t.wait("Changed elsewhere")
    t.wait("Changed and new")
    t.key("q")
    t.exit()
    equal(d.json("check"), {"findings": []})


def output_closed(d):
    d.organization()
    d.new("Budget", "2026-11-24 09:00")
    child = d.start("agenda", preexec_fn=lambda: os.close(1))
    _, err = child.communicate()
    equal(child.returncode, 4)
    has(err.decode(), "standard output: Bad file descriptor")


def event(uid, title, *more, sequence=0, hour=9):
    return "\r\n".join(("BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20261101T000000Z", "DTSTART:20261124T%02d0000Z" % hour, "SUMMARY:" + title,
                        "SEQUENCE:%d" % sequence, "ATTENDEE:mailto:eve@example.org", *more, "END:VEVENT", ""))


def import_beside_file(d):
    """What events of one import do to each other is the same in a file, where each is written before the next one is read."""
    on = "DESCRIPTION:Conference ID: %s"
    events = [
        event("newer", "Old"), event("newer", "New", sequence=1), event("older", "New", sequence=1), event("older", "Old"),
        event("gone", "Gone"), event("gone", "Gone", "STATUS:CANCELLED", sequence=1),
        event("first", "First", on % "7654321"), event("near", "Near", on % "7654322"), event("second", "Second", on % "7654321", hour=12),
        event("first", "First again", on % "7654321", sequence=1), event("third", "Third", on % "7654321", hour=15),
        event("weekly", "Weekly", "RRULE:FREQ=WEEKLY;COUNT=4"), event("weekly", "Moved", "RECURRENCE-ID:20261201T090000Z"),
        event("lone", "Lone", "RECURRENCE-ID:20261124T090000Z"), event("bad", "Bad", "DTEND:20200101T000000Z"),
        *(event("many%d" % n, "Many", "LOCATION:Room %d" % n) for n in range(250)), event("many7", "Many", "LOCATION:Elsewhere", sequence=1)]
    path = d.write("in.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n%sEND:VCALENDAR\r\n" % "".join(events))
    said = []
    for store in (d.db, d.path("beside.db")):
        d.db = store
        d.organization()
        reports = [d.json("import", path), d.json("import", path)]
        meetings = re.sub(r"(?m)^(LAST-MODIFIED|CREATED):.*\n", "", d.run("export").out)
        said.append((reports, d.json("check"), d.json("lookup", "7654321")["state"], meetings))
    equal((said[0][0][0]["added"], said[0][0][0]["rejected"]), (259, 1))
    equal(said[0], said[1])


SCENARIOS = ((output_closed, "output that is closed is told, and not sent to the server"),
             (import_beside_file, "an import makes what it makes of a store in a file"),
             (sync_beside_others, "sync: two at once, an edit, and a console that shows what it brought without a key"),)


def scenario(server, number, function, description):
    desk = Dialdesk()
    desk.db = server.database("scenario%d" % number)
    try:
        function(desk)
        return True, description, ""
    except Exception:
        return False, description, traceback.format_exc()
    finally:
        desk.close()


def results(server):
    for number, (function, description) in enumerate(SCENARIOS):
        yield scenario(server, number, function, description)
    for name in SUITES:
        yield from suite(server, name)


sys.exit(report(results))
