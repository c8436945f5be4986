#!/usr/bin/python3
"""A meeting's way to khal and back: store -> vdir -> vdirsyncer -> Radicale (on loopback) -> another vdir -> khal, and the same
way home. All as a plain user; everything that is started ends with its case.
"""

import atexit
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "harness"))
import dialdesk
from dialdesk import case, equal, has, lacks, main, skip

TOOLS = ("radicale", "vdirsyncer", "khal")


def become_plain():
    """The servers and programs of others need no root: a copy of ours goes where a plain user can run it."""
    if os.geteuid() != 0:
        return
    user, program = pwd.getpwnam("nobody"), dialdesk.find_program()
    place = tempfile.mkdtemp(prefix="dialdesk-program-", dir="/tmp")
    shutil.copy2(program, place)
    shutil.copytree(os.path.join(os.path.dirname(program), "modules"), os.path.join(place, "modules"))
    for base, folders, files in os.walk(place):
        for name in [base, *(os.path.join(base, f) for f in files)]:
            os.chown(name, user.pw_uid, user.pw_gid)
            os.chmod(name, 0o755)
    os.environ["DIALDESK"] = os.path.join(place, os.path.basename(program))
    os.environ["TMPDIR"] = tempfile.tempdir = "/tmp"
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    os.chdir("/")
    atexit.register(shutil.rmtree, place, True)


class Way:
    """A store with its vdir, a CalDAV server, and a second vdir that khal shows."""

    def __init__(self, d, tz="Europe/Berlin"):
        missing = [tool for tool in TOOLS if not shutil.which(tool)]
        if missing:
            skip("not installed: " + " ".join(missing))
        self.d = d
        d.organization(tz=tz)
        self.near, self.far = d.path("near/cal"), d.path("far/cal")
        for path in (self.near, self.far):
            os.makedirs(path)
        self.serve()
        d.write("vdirsyncer.conf", """[general]
status_path = "%s"
%s""" % (d.path("status"), "".join("""
[pair %s]
a = "%s_files"
b = "%s_server"
collections = ["cal"]
conflict_resolution = "b wins"
[storage %s_files]
type = "filesystem"
path = "%s"
fileext = ".ics"
[storage %s_server]
type = "caldav"
url = "http://127.0.0.1:%d/ada/"
username = "ada"
password = "x"
""" % (side, side, side, side, d.path(side), side, self.port) for side in ("near", "far"))))
        d.write("khal.conf", """[calendars]
[[cal]]
path = %s
[sqlite]
path = %s
[locale]
local_timezone = %s
default_timezone = %s
timeformat = %%H:%%M
dateformat = %%Y-%%m-%%d
longdateformat = %%Y-%%m-%%d
datetimeformat = %%Y-%%m-%%d %%H:%%M
longdatetimeformat = %%Y-%%m-%%d %%H:%%M
[default]
default_calendar = cal
""" % (self.far, d.path("khal.db"), tz, tz))
        self.call("vdirsyncer", "-c", d.path("vdirsyncer.conf"), "discover", answers="y\n" * 20)

    def serve(self):
        """The port was free a moment ago; another is taken where it is not any more."""
        for _ in range(10):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            server = subprocess.Popen(["radicale", "--config", "", "--server-hosts", "127.0.0.1:%d" % self.port, "--auth-type", "none",
                                       "--logging-level", "info", "--storage-filesystem-folder", self.d.path("radicale")],
                                      env=self.d.env(), cwd=self.d.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE)
            self.d.started.append(server)
            said = []
            for line in server.stderr:  # to its end, where it does not start
                said.append(line)
                if b"Listening on" in line:
                    threading.Thread(target=server.stderr.read, daemon=True).start()  # it never waits for a reader
                    return
        raise AssertionError("Radicale does not start\n" + b"".join(said).decode(errors="replace"))

    def call(self, *args, answers=""):
        done = subprocess.run(args, env=self.d.env(), cwd=self.d.folder, input=answers, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        equal(done.returncode, 0, "%s\n%s" % (" ".join(args), done.stdout))
        return done.stdout

    def carry(self, *sides):
        for side in sides:
            self.call("vdirsyncer", "-c", self.d.path("vdirsyncer.conf"), "sync", side)

    def out(self):
        """From the store to khal's directory."""
        said = self.d.json("sync", self.near)
        self.carry("near", "far")
        return said

    def home(self):
        """From khal's directory to the store."""
        self.carry("far", "near")
        return self.d.json("sync", self.near)

    def khal(self, *args, answers=""):
        return self.call("khal", "-c", self.d.path("khal.conf"), *args, answers=answers)

    def listed(self, day, days=1):
        return self.khal("list", "--format", "{start-long} | {end-long} | {title} | {description}", "--day-format", "", day, "%dd" % days)

    def far_file(self, uid):
        found = [name for name in os.listdir(self.far) if "UID:" + uid in open(os.path.join(self.far, name), encoding="utf-8").read()]
        equal(len(found), 1, uid)
        return os.path.join(self.far, found[0])

    def far_change(self, uid, old, new):
        """Writes the file as khal does: whole, beside, and then under its name."""
        path = self.far_file(uid)
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        assert re.search(old, text), text
        with open(path + ".tmp", "w", encoding="utf-8", newline="") as file:
            file.write(re.sub(old, new, text))
        os.rename(path + ".tmp", path)


def quiet(said):
    return [said[k] for k in ("written", "removed", "added", "updated", "cancelled", "conflicts", "rejected")] == [0, 0, 0, 0, 0, [], 0]


@case("a meeting is listed by khal at the same instant, with its title and conference ID; nothing comes back from that")
def _(d):
    w = Way(d)
    m = d.new("Größe 会議 🎉", "2026-11-24 09:00", "--tz", "America/New_York", "--attendee", "bob@example.org", "--notes", "Bring; figures, all")
    equal(w.out()["written"], 1)
    shown = w.listed("2026-11-24")
    has(shown, "2026-11-24 15:00 | 2026-11-24 16:00 | Größe 会議 🎉")
    has(shown, m["conference_id"])
    has(shown, "Bring; figures, all")
    far, near = (open(path, encoding="utf-8", newline="").read() for path in (w.far_file(m["uid"]), os.path.join(w.near, m["uid"] + ".ics")))
    far, near = (re.sub("\r?\n ", "", text) for text in (far, near))
    has(near, "FEATURE=PHONE:tel:+4930901820,,%s%%23\r\n" % m["conference_id"])
    assert re.search(r"^CONFERENCE;FEATURE=PHONE;LABEL=Join by phone;VALUE=URI:tel:\+4930901820\r?$", far, re.M), far  # cut at a comma
    assert quiet(w.home())
    assert quiet(w.out())
    equal(d.json("show", m["uid"])["sequence"], 0)
    equal(d.json("check"), {"findings": []})


@case("a series with a moved occurrence and an EXDATE keeps every instant, in khal and back")
def _(d):
    w = Way(d)
    s = d.new("Weekly", "2027-03-16 09:00", "--repeat", "FREQ=WEEKLY;COUNT=5")
    w.out()
    tz = ";TZID=Europe/Berlin:"
    w.far_change(s["uid"], r"(?s)(BEGIN:VEVENT.*?)\r?\nEND:VEVENT\r?\n", "\\1\r\nEXDATE" + tz + "20270330T090000\r\nEND:VEVENT\r\n" + "\r\n".join(
        ["BEGIN:VEVENT", "UID:" + s["uid"], "DTSTAMP:20261101T000000Z", "RECURRENCE-ID" + tz + "20270406T090000", "DTSTART" + tz + "20270406T140000",
         "DTEND" + tz + "20270406T150000", "SUMMARY:Moved", "END:VEVENT", ""]))
    equal(w.home()["updated"], 1)
    wanted = ["2027-03-16T09:00:00+01:00", "2027-03-23T09:00:00+01:00", "2027-04-06T14:00:00+02:00", "2027-04-13T09:00:00+02:00"]
    equal([m["start"] for m in d.json("agenda", "--from", "2027-03-01", "--days", "60")], wanted)
    d.run("edit", s["uid"], "--location", "Phone")
    equal(w.out()["written"], 1)
    equal(re.findall(r"^(\d{4}-\d\d-\d\d \d\d:\d\d)", w.listed("2027-03-01", 60), re.M), [t[:16].replace("T", " ") for t in wanted])
    assert quiet(w.home())


@case("what khal makes, edits and deletes comes back")
def _(d):
    w = Way(d)
    m, gone = d.new("Budget", "2026-11-24 09:00"), d.new("Gone", "2026-11-25 09:00")
    w.out()
    w.khal("new", "2026-11-26", "10:00", "11:00", "Von khal 🎈", "::", "Notizen")
    w.khal("edit", "--show-past", "Budget", answers="s\nBudget, edited by khal\nq\n")
    w.khal("edit", "--show-past", "Gone", answers="D\ny\n")
    said = w.home()
    equal((said["added"], said["updated"], said["cancelled"], said["rejected"], said["conflicts"]), (1, 1, 1, 0, []), said)
    now = d.json("show", m["uid"])
    equal((now["title"], now["conference_id"], now["start"]), ("Budget, edited by khal", m["conference_id"], m["start"]))
    equal(d.json("lookup", gone["conference_id"])["state"], "cancelled")
    new = [o for o in d.json("agenda") if o["title"] == "Von khal 🎈"]
    equal([(o["start"], o["conference_id"], o["notes"]) for o in new], [("2026-11-26T10:00:00+01:00", None, "Notizen")])
    assert quiet(w.out())
    equal(d.json("check"), {"findings": []})


@case("a change here is seen there, and a cancelled meeting goes")
def _(d):
    w = Way(d)
    a, b = d.new("Moves", "2026-11-24 09:00"), d.new("Ends", "2026-11-25 09:00")
    w.out()
    d.run("edit", a["uid"], "--start", "2026-11-26 16:00", "--title", "Moved")
    d.run("cancel", b["uid"])
    w.out()
    shown = w.listed("2026-11-23", 7)
    has(shown, "2026-11-26 16:00 | 2026-11-26 17:00 | Moved")
    lacks(shown, "Ends")
    equal(len(os.listdir(w.far)), 1)
    assert quiet(w.home())


@case("changed on both sides: both are in khal, and told")
def _(d):
    w = Way(d)
    m = d.new("Budget", "2026-11-24 09:00")
    w.out()
    w.far_change(m["uid"], "SUMMARY:Budget", "SUMMARY:Budget there")
    d.run("edit", m["uid"], "--title", "Budget here")
    said = w.home()
    equal(len(said["conflicts"]), 1, said)
    w.out()
    shown = w.listed("2026-11-24")
    has(shown, "Budget here")
    has(shown, "Budget there (conflicted copy)")
    assert quiet(w.home())
    equal(d.json("check"), {"findings": []})


become_plain()
main()
