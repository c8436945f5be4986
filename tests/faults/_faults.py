"""What the fault suites share: the release program, a filled store to copy, and what must hold after a fault."""

import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
BUILD = os.environ.get("DIALDESK_BUILD", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "build"))
if os.access(os.path.join(BUILD, "dialdesk"), os.X_OK):  # the release program: LD_PRELOAD and sanitizers do not mix
    os.environ["DIALDESK"] = os.path.join(BUILD, "dialdesk")
SHIM = os.path.join(os.path.abspath(BUILD), "test", "faults", "shim.so")

EVENT = """BEGIN:VEVENT\r\nUID:fault-%d@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261201T%02d0000Z\r
DTEND:20261201T%02d3000Z\r\nSUMMARY:Imported %d\r\nORGANIZER:mailto:ada@example.org\r\nEND:VEVENT\r\n"""


def calendar(count):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//faults//EN\r\n"
            + "".join(EVENT % (i, i % 23, i % 23, i) for i in range(count)) + "END:VCALENDAR\r\n")


def fill(d):
    """An organization with legacy meetings, dynamic ones, one of somebody outside, and files to take in. Gives the UIDs by name."""
    d.organization(dynamic="off")
    made = {}
    for number in range(3):
        made["legacy%d" % number] = d.new("Legacy %d" % number, "2026-11-24 1%d:00" % number, "--attendee", "bob@example.org")["uid"]
    d.run("org", "--dynamic-ids", "on")
    for number in range(3):
        meeting = d.new("Dynamic %d" % number, "2026-11-25 1%d:00" % number, "--attendee", "bob@example.org")
        made["dynamic%d" % number], made["digits%d" % number] = meeting["uid"], meeting["conference_id"]
    d.config("organizer = ada@example.org\n")
    d.run("organizer", "add", "bea@example.org")
    outside = calendar(1).replace("ada@example.org", "max@example.net").replace("fault-0", "outside")
    d.run("import", "--organizer", "ada@example.org", "-", stdin=outside)
    d.run("backup", d.path("backup.db"))
    made["series"] = d.new("Daily", "2026-12-07 09:00", "--repeat", "FREQ=DAILY;COUNT=5", "--attendee", "bob@example.org")["uid"]
    d.write("calendar.ics", calendar(12))
    d.write("people.csv", "email,name\nada@example.org,Ada King\ncat@example.org,Cat\n")
    return made


# commands that give the same result whenever they run
STABLE = ("edit", "cancel", "organizer add", "organizer import", "organizer remove", "number add", "org", "import", "restore")


def writers(d, made):
    """(name, arguments) of commands that write, each of another kind."""
    return [
        ("new", ["new", "--title", "Fresh", "--start", "2026-12-01 09:00", "--attendee", "eve@example.org"]),
        ("a new series", ["new", "--title", "Series", "--start", "2026-12-01 09:00", "--repeat", "FREQ=WEEKLY;COUNT=5"]),
        ("edit", ["edit", made["dynamic0"], "--title", "Changed", "--start", "2026-11-26 10:00"]),
        ("cancel", ["cancel", made["dynamic1"]]),
        ("split a series", ["edit", made["series"], "--occurrence", "2026-12-09", "--following", "--title", "Rest"]),
        ("convert", ["convert", made["legacy0"], made["legacy1"]]),
        ("import", ["import", d.path("calendar.ics")]),
        ("organizer add", ["organizer", "add", "new@example.org", "--name", "New", "--dial-in", "on", "--provider", "microsoft"]),
        ("organizer reset-id", ["organizer", "reset-id", "ada@example.org"]),
        ("number add", ["number", "add", "+12025550123", "--toll-free", "--country", "US"]),
        ("org", ["org", "--name", "Renamed"]),
        ("organizer import", ["organizer", "import", d.path("people.csv")]),
        ("organizer remove", ["organizer", "remove", "ada@example.org", "--to", "bea@example.org"]),
        ("attendee set", ["attendee", "set", "bob@example.org", "--lang", "de"]),
        ("answer", ["answer", "outside@example.org", "yes"]),
        ("note", ["note", made["digits0"], "--told", "to call at ten"]),
        ("admit", ["admit", made["digits2"], "--at", "2026-11-25 12:00"]),
        ("restore", ["restore", d.path("backup.db")]),
    ]


def keep(d, name="kept"):
    """Copies the store's files (nobody has it open)."""
    os.makedirs(d.path(name), exist_ok=True)
    for end in ("", "-wal", "-shm"):
        if os.path.exists(d.db + end):
            shutil.copy2(d.db + end, d.path(name + "/store.db" + end))


def restore(d, name="kept"):
    for end in ("", "-wal", "-shm", "-journal"):
        if os.path.exists(d.db + end):
            os.unlink(d.db + end)
        if os.path.exists(d.path(name + "/store.db" + end)):
            shutil.copy2(d.path(name + "/store.db" + end), d.db + end)


def snapshot(d):
    """Everything that the store says of itself, to compare before and after."""
    return {
        "meetings": d.json("agenda", "--all", "--from", "2026-11-01", "--to", "2027-03-01"),
        "organizers": d.json("organizer", "list"), "numbers": d.json("number", "list"),
        "org": {k: v for k, v in d.json("org").items() if k in ("name", "live_ids")},
    }


def sound(d, what):
    """The store is clean: every rule of the design holds."""
    result = d.run("check", status=None)
    if result.status != 0:
        raise AssertionError("after %s: %s" % (what, result))
