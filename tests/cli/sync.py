#!/usr/bin/python3
"""sync: a directory of .ics files (a vdir) and an organizer's calendar, both ways."""

import os
import re
import sqlite3

from _cli import ADA, calendar, event
from _vdir import Vdir, start, titles, versions
from dialdesk import SCHEMAS, case, equal, has, lacks, main, matches


@case("meetings become files: one each, named by UID, private, with the ID; twice changes nothing")
def _(d):
    v = start(d)
    a = d.new("Größe 🎉", "2026-11-24 09:00", "--attendee", "bob@example.org", "--notes", "Bring figures")
    b = d.new("Weekly", "2026-11-25 09:00", "--tz", "Europe/Berlin", "--repeat", "FREQ=WEEKLY;COUNT=5")
    v.sync(written=2)
    equal(v.names(), sorted(m["uid"] + ".ics" for m in (a, b)))
    equal(os.stat(v.file(a["uid"])).st_mode & 0o777, 0o600)
    has(v.read(a["uid"]), a["conference_id"])
    has(v.read(a["uid"]), "Größe 🎉")
    has(v.read(b["uid"]), "TZID=Europe/Berlin")
    state, before = v.state(), versions(d)
    v.sync(unchanged=2)
    equal(v.state(), state)
    equal(versions(d), before)
    equal(d.json("check"), {"findings": []})


@case("changed here: its file is written; cancelled here: its file goes, the meeting and its history stay")
def _(d):
    v = start(d)
    a, b = d.new("A", "2026-11-24 09:00"), d.new("B", "2026-11-25 09:00")
    v.sync(written=2)
    os.chmod(v.file(a["uid"]), 0o640)
    d.run("edit", a["uid"], "--title", "A2")
    v.sync(written=1, unchanged=1)
    has(v.read(a["uid"]), "SUMMARY:A2")
    equal(os.stat(v.file(a["uid"])).st_mode & 0o777, 0o640, "a file keeps its mode")
    d.run("cancel", b["uid"])
    v.sync(removed=1, unchanged=1)
    equal(v.names(), [a["uid"] + ".ics"])
    equal(d.json("show", b["uid"])["status"], "cancelled")
    v.sync(unchanged=1)


@case("changed there: the meeting is updated, keeps its ID, and its history tells; what we do not model survives")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00", "--attendee", "bob@example.org")
    v.sync(written=1)
    v.change(a["uid"], "SUMMARY:A\r\n", "SUMMARY:A3\r\nCATEGORIES:Phone\r\nATTENDEE:mailto:eve@example.org\r\n"
             "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n")
    v.change(a["uid"], "20261124T", "20261126T")
    state = v.state()
    v.sync(updated=1)
    equal(v.state(), state, "its own change is not written back")
    now = d.json("show", a["uid"])
    equal((now["title"], now["conference_id"], now["start"], sorted(now["attendees"])),
          ("A3", a["conference_id"], "2026-11-26T09:00:00+00:00", ["bob@example.org", "eve@example.org"]))
    has(" ".join(h["event"] for h in d.json("history", a["uid"])), "updated")
    v.sync(unchanged=1)
    d.run("edit", a["uid"], "--title", "A4")
    v.sync(written=1)
    for kept in ("SUMMARY:A4", "CATEGORIES:Phone", "TRIGGER:-PT15M"):
        has(v.read(a["uid"]), kept)
    v.change(a["uid"], "TRIGGER:-PT15M", "TRIGGER:-PT30M")
    v.sync(updated=1)
    equal(d.json("check"), {"findings": []})


@case("a program that does not count changes is heard all the same")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    d.run("edit", a["uid"], "--title", "B")
    v.sync(written=1)
    has(v.read(a["uid"]), "SEQUENCE:1")
    v.change(a["uid"], "SEQUENCE:1\r\n", "")
    v.change(a["uid"], "SUMMARY:B", "SUMMARY:C")
    v.sync(updated=1)
    equal(d.json("show", a["uid"])["title"], "C")
    assert d.json("show", a["uid"])["sequence"] >= 1


@case("new there: added for whom its ORGANIZER names, else for -o, and never with an ID drawn")
def _(d):
    v = start(d)
    d.run("organizer", "add", "bob@example.org")
    v.write("khal", "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//khal//EN"] +
                               event("khal-1", "20261124T090000Z", "20261124T100000Z", title="From khal") + ["END:VCALENDAR", ""]))
    v.write("bob", calendar(event("bob-1", "20261125T090000Z", "20261125T100000Z", title="Bob's", more="ORGANIZER:mailto:bob@example.org")))
    state = v.state()
    v.sync(added=2)
    equal(v.state(), state, "their files stay as they are")
    equal([(d.json("show", u)["organizer"], d.json("show", u)["conference_id"]) for u in ("khal-1", "bob-1")],
          [(ADA, None), ("bob@example.org", None)])
    v.sync(unchanged=2)
    d.run("edit", "bob-1", "--title", "Bob's own")
    v.sync(written=1, unchanged=1)
    has(v.read("bob"), "SUMMARY:Bob's own")
    v.remove("bob")
    said = v.sync(unchanged=1)
    has(said["notes"][0]["why"], "bob@example.org")
    equal(d.json("show", "bob-1")["status"], "scheduled", "another organizer's meeting is not cancelled by deleting a file")
    v.sync(unchanged=1)
    equal(v.names(), ["khal.ics"])


@case("a copy of a meeting there, with its dial-in block: added without an ID, and told with the file's name")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    v.write("copy", v.read(a["uid"]).replace(a["uid"], "copy").replace("20261124T", "20261125T"))
    (note,) = v.sync(added=1, unchanged=1)["notes"]
    equal((note["file"], note["uid"]), ("copy.ics", "copy"))
    has(note["why"], "copied dial-in block")
    equal(d.json("show", "copy")["conference_id"], None)


@case("deleted there: cancelled here, its ID retired; said so")
def _(d):
    v = start(d)
    a, b = d.new("A", "2026-11-24 09:00"), d.new("B", "2026-11-25 09:00")
    v.sync(written=2)
    v.remove(a["uid"])
    has(d.run("sync", v.path, "--dry-run").out, "1 cancelled")
    equal(d.json("show", a["uid"])["status"], "scheduled")
    has(d.run("sync", v.path).out, "their files had been deleted; their dynamic IDs are retired")
    equal(d.json("show", a["uid"])["status"], "cancelled")
    equal(d.json("lookup", a["conference_id"])["state"], "cancelled")
    v.sync(unchanged=1)
    equal(d.json("check"), {"findings": []})
    assert b


@case("a meeting that took place stands, though its file is deleted; moved into the future it has one again")
def _(d):
    v = start(d)
    a = d.new("Past", "2026-11-20 09:00")
    v.sync(written=1)
    v.remove(a["uid"])
    v.sync(unchanged=1)
    equal(d.json("show", a["uid"])["status"], "scheduled")
    v.sync()
    equal(v.names(), [])
    d.run("edit", a["uid"], "--start", "2026-12-01 09:00")
    v.sync(written=1)
    has(v.read(a["uid"]), "20261201T090000Z")


@case("changed on both sides: both are kept and told, status 0; both changed alike is no conflict")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    d.run("edit", a["uid"], "--title", "Here")
    v.change(a["uid"], "SUMMARY:A", "SUMMARY:There\r\nCATEGORIES:kept")
    result = d.run("sync", v.path)
    matches(result.err, r"\Adialdesk: conflict: [^\n]*changed here and there[^\n]*\n\Z")
    equal(titles(d), ["Here", "There (conflicted copy)"])
    has(v.read(a["uid"]), "SUMMARY:Here")
    has(v.read(a["uid"]), a["conference_id"])
    copy = [n for n in v.names() if n != a["uid"] + ".ics"]
    equal(len(copy), 1)
    has(v.read(copy[0]), "SUMMARY:There (conflicted copy)")
    has(v.read(copy[0]), "CATEGORIES:kept")
    lacks(v.read(copy[0]), "CONFERENCE")
    equal(d.json("show", copy[0][:-4])["conference_id"], None)
    v.sync(unchanged=2)
    d.run("edit", a["uid"], "--title", "Alike")
    v.change(a["uid"], "SUMMARY:Here", "SUMMARY:Alike")
    before = versions(d)
    v.sync(unchanged=2)
    equal(versions(d), before)
    equal(d.json("check"), {"findings": []})


@case("deleted on one side and changed on the other: nothing is lost, and it is told")
def _(d):
    v = start(d)
    a, b = d.new("A", "2026-11-24 09:00"), d.new("B", "2026-11-25 09:00")
    v.sync(written=2)
    d.run("edit", a["uid"], "--title", "A here")
    v.remove(a["uid"])
    d.run("cancel", b["uid"])
    v.change(b["uid"], "SUMMARY:B", "SUMMARY:B there")
    said = v.sync(written=2, removed=1, added=1, conflicts=2)
    kinds = {c["uid"]: c for c in said["conflicts"]}
    equal((kinds[a["uid"]]["copy_uid"], bool(kinds[b["uid"]]["copy_uid"])), (None, True))
    has(v.read(a["uid"]), "SUMMARY:A here")
    equal(d.json("show", b["uid"])["status"], "cancelled")
    equal(d.json("lookup", b["conference_id"])["state"], "cancelled")
    equal(v.names(), sorted([a["uid"] + ".ics", kinds[b["uid"]]["copy_file"]]))
    v.sync(unchanged=2)
    equal(d.json("check"), {"findings": []})


@case("written anew by another program, with nothing changed: no update, also beside a change here")
def _(d):
    v = start(d)
    v.write("their", calendar(event("their-1", "20261126T090000Z", "20261126T100000Z", title="Theirs",
                                    more="X-A:1\nX-B;Q=2;P=1:2\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nEND:VALARM")))
    s = d.new("S", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY;COUNT=5", "--attendee", "bob@example.org", "--notes", "long " * 40)
    v.sync(added=1, written=1)
    before = versions(d)

    def rewrite(name):
        text = re.sub("\n[ \t]", "", v.read(name).replace("\r\n", "\n")).replace("-//dialdesk//dialdesk", "-//Other//Other")
        text = text.replace("FREQ=WEEKLY;COUNT=5", "COUNT=5;FREQ=WEEKLY").replace("X-B;Q=2;P=1:2", "X-B;P=1;Q=\"2\":2")
        lines = text.split("\n")
        first = lines.index("BEGIN:VEVENT") + 1
        last = lines.index("BEGIN:VALARM") if "BEGIN:VALARM" in lines else lines.index("END:VEVENT")
        lines[first:last] = sorted(lines[first:last], reverse=True)
        lines = [line if not line.startswith("DTSTAMP") else "DTSTAMP:20300101T000000Z" for line in lines]
        v.write(name, "\n".join(lines))

    rewrite("their")
    rewrite(s["uid"])
    state = v.state()
    v.sync(unchanged=2)
    equal((versions(d), v.state()), (before, state))
    rewrite(s["uid"])
    d.run("edit", s["uid"], "--title", "S2")
    v.sync(written=1, unchanged=1)
    has(v.read(s["uid"]), "SUMMARY:S2")


@case("a directory that was full and is empty or gone is refused, unless --force says so")
def _(d):
    v = start(d)
    made = [d.new("M%d" % n, "2026-11-24 %02d:00" % (9 + n)) for n in range(4)]
    v.sync(written=4)
    os.rename(v.path, v.path + ".away")
    has(d.error("sync", v.path, status=3), "4 meetings had a file in it")
    d.error("sync", v.path, "--force", status=3)
    os.mkdir(v.path)
    has(d.error("sync", v.path, status=3), "--force")
    d.error("sync", v.path, "--dry-run", status=3)
    equal(len(titles(d)), 4)
    v.sync("--force", cancelled=4)
    equal(titles(d), [])
    assert made


@case("most of many files gone: refused; other names for the same files: no deletion at all")
def _(d):
    v = start(d)
    d.run("import", d.write("a.ics", calendar(*[event("m%d@x" % n, "202612%02dT090000Z" % (n + 1), "202612%02dT100000Z" % (n + 1))
                                                for n in range(24)])))
    v.sync(written=24)
    for n in range(13):
        os.rename(v.file("m%d@x" % n), v.file("other-%d" % n))
    v.sync(unchanged=24)
    v.sync(unchanged=24)
    for n in range(13):
        v.remove("other-%d" % n)
    d.error("sync", v.path, status=3)
    v.sync("--force", cancelled=13, unchanged=11)


@case("no directory: refused and not made; a file: refused; another organizer's directory: refused")
def _(d):
    v = start(d)
    has(d.error("sync", d.path("typo"), status=2), "mkdir")
    assert not os.path.exists(d.path("typo"))
    d.error("sync", d.write("file", "x"), status=2)
    d.error("sync", d.path("file/below"), status=2)
    d.error("sync", status=2)
    d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    d.run("organizer", "add", "bob@example.org")
    has(d.error("sync", v.path, "-o", "bob@example.org", status=3), "another organizer")


@case("links, folders, other files and large ones are left alone and told; dot files and a vdir's own are nobody's")
def _(d):
    v = start(d)
    text = calendar(event("x-1", "20261124T090000Z", "20261124T100000Z"))
    os.symlink(d.write("outside.ics", text), v.file("link"))
    os.mkdir(v.file("folder"))
    os.mkfifo(v.file("fifo"))
    for name in (".hidden.ics", "color", "displayname", "half.ics.tmp", "notes.txt"):
        d.write("calendar/" + name, text)
    d.write("calendar/large.ics", "x" * (4 * 1024 * 1024 + 1))
    d.write("calendar/task.ics", "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR\r\n")
    said = v.sync()
    equal(sorted(n["file"] for n in said["notes"]), ["fifo.ics", "folder.ics", "large.ics", "link.ics", "notes.txt", "task.ics"])
    equal(titles(d), [])


@case("a file that can't be taken is told with its line, and its meeting is left alone; mended, it is taken")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    whole = v.read(a["uid"])
    v.change(a["uid"], "DTSTART:20261124", "DTSTART:20261399")
    said = v.sync(rejected=1)
    line = whole.split("\r\n").index("DTSTART:20261124T090000Z") + 1
    equal([(e["file"], e["line"], e["uid"]) for e in said["errors"]], [(a["uid"] + ".ics", line, a["uid"])])
    d.run("edit", a["uid"], "--location", "Here")
    v.write(a["uid"], "")
    v.sync(rejected=1)
    equal((v.read(a["uid"]), d.json("show", a["uid"])["status"]), ("", "scheduled"))
    v.write(a["uid"], whole)
    v.sync(written=1)
    v.write("twice", v.read(a["uid"]))
    v.write("many", calendar(event("y", "20261124T090000Z", "20261124T100000Z"), event("z", "20261124T090000Z", "20261124T100000Z")))
    v.write("bad", calendar(event("w", "20261124T090000Z", "20261124T080000Z")))
    said = v.sync(rejected=3, unchanged=1)
    equal(sorted(e["file"] for e in said["errors"]), ["bad.ics", "many.ics", "twice.ics"])
    equal(d.json("check"), {"findings": []})


@case("names are safe whatever the UID is, and apart")
def _(d):
    v = start(d)
    uids = ["../../up", "a/b", "a?b", ".dot", "x" * 400, "new\\nline", "Ünï", "plain@example.org"]
    d.run("import", d.write("a.ics", calendar(*[event(u, "202612%02dT090000Z" % (n + 1), "202612%02dT100000Z" % (n + 1)) for n, u in enumerate(uids)])))
    v.sync(written=len(uids))
    equal(len(v.names()), len(uids))
    has(" ".join(v.names()), "plain@example.org.ics")
    for name in v.names():
        matches(name, r"\A[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]{0,190}\.ics\Z")
    v.sync(unchanged=len(uids))
    equal(os.path.exists(d.path("up.ics")), False)


@case("a name that is taken by another file is not written over")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    v.write(a["uid"], calendar(event("other-1", "20261125T090000Z", "20261125T100000Z", title="Other")))
    v.sync(added=1, written=1)
    equal(v.names(), sorted([a["uid"] + ".ics", a["uid"] + "-2.ics"]))
    has(v.read(a["uid"]), "SUMMARY:Other")
    v.sync(unchanged=2)


@case("a new directory for a calendar that was synced elsewhere: what is the same is no conflict, what differs is")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    d.run("org", "--join-url", "https://example.org/join")
    v.write("theirs", calendar(event("t-1", "20261126T090000Z", "20261126T100000Z", title="Theirs", more="X-MORE:1")))
    v.sync(written=1, added=1)
    os.rename(v.path, v.path + "2")
    v.path += "2"
    v.sync(unchanged=2)
    v.sync(unchanged=2)
    os.rename(v.path, v.path + "3")
    v.path += "3"
    v.change(a["uid"], "SUMMARY:A", "SUMMARY:B")
    v.sync(unchanged=1, written=2, added=1, conflicts=1)
    v.sync(unchanged=3)


@case("a cancelled meeting's unchanged file is removed from a new directory, a changed one becomes a meeting of its own")
def _(d):
    v = start(d)
    a, b = d.new("A", "2026-11-24 09:00"), d.new("B", "2026-11-25 09:00")
    v.sync(written=2)
    os.rename(v.path, v.path + "2")
    v.path += "2"
    d.run("cancel", a["uid"])
    d.run("cancel", b["uid"])
    v.change(b["uid"], "SUMMARY:B", "SUMMARY:B2")
    v.sync(removed=2, written=1, added=1, conflicts=1)
    equal(titles(d), ["B2 (conflicted copy)"])
    v.sync(unchanged=1)


@case("cancelled there by STATUS: cancelled here, and its file stays theirs")
def _(d):
    v = start(d)
    a = d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    v.change(a["uid"], "STATUS:CONFIRMED", "STATUS:CANCELLED")
    v.sync(updated=1)
    equal(d.json("show", a["uid"])["status"], "cancelled")
    v.sync(unchanged=1)
    equal(len(v.names()), 1)
    v.remove(a["uid"])
    v.sync()
    equal(d.json("check"), {"findings": []})


@case("converting changes the file: the new ID is in it, the old one is not")
def _(d):
    d.organization(dynamic="off")
    v = Vdir(d)
    a = d.new("A", "2026-11-24 09:00")
    v.sync(written=1)
    d.run("org", "--dynamic-ids", "on")
    new = d.json("convert", a["uid"])[0]["new_id"]
    v.sync(written=1)
    has(v.read(a["uid"]), new)
    lacks(v.read(a["uid"]), a["conference_id"])


@case("a dry run tells the same and does nothing, in the store or in the directory")
def _(d):
    v = start(d)
    a, b, c = (d.new(t, "2026-11-2%d 09:00" % n) for n, t in ((4, "A"), (5, "B"), (6, "C")))
    v.sync("--dry-run", written=3)
    equal(v.names(), [])
    v.sync(written=3)
    d.run("edit", a["uid"], "--title", "A2")
    v.change(a["uid"], "SUMMARY:A", "SUMMARY:A3")
    v.change(b["uid"], "SUMMARY:B", "SUMMARY:B2")
    v.remove(c["uid"])
    d.new("D", "2026-11-27 09:00")
    state, before = v.state(), versions(d)
    counts = dict(written=3, added=1, updated=1, cancelled=1, conflicts=1)
    v.sync("--dry-run", **counts)
    equal((v.state(), versions(d)), (state, before))
    v.sync(**counts)


@case("two syncs at once, and edits meanwhile: nothing is lost or doubled")
def _(d):
    v = start(d)
    made = [d.new("M%d" % n, "2026-12-%02d 09:00" % (n + 1)) for n in range(20)]
    children = [d.start("sync", v.path) for _ in range(3)]
    for m in made[:10]:
        d.run("edit", m["uid"], "--location", "Room")
    for child in children:
        _, err = child.communicate()
        equal((child.returncode, err), (0, b""))
    said = d.json("sync", v.path)
    equal((said["conflicts"], said["added"], said["updated"], said["cancelled"], said["rejected"]), ([], 0, 0, 0, 0))
    equal(len(v.names()), 20)
    for m in made[:10]:
        has(v.read(m["uid"]), "LOCATION:Room")
    v.sync(unchanged=20)
    equal(d.json("check"), {"findings": []})


@case("a directory that may not be written: status 4, and the next sync goes on")
def _(d):
    v = start(d)
    d.new("A", "2026-11-24 09:00")
    if os.geteuid() == 0:  # root may write everywhere: a file system without room is the faults' business
        return
    os.chmod(v.path, 0o500)
    d.error("sync", v.path, status=4)
    os.chmod(v.path, 0o700)
    v.sync(written=1)


@case("a store of the first schema is migrated, copied beside, and keeps what it has")
def _(d):
    d.organization()
    a = d.new("Old", "2026-11-24 09:00", "--attendee", "bob@example.org")
    d.first_schema()
    # Of each table the columns that the first schema has.
    everything = ("SELECT uid, title, start_local, tz, conference_id, sequence, version FROM meeting;"
                  "SELECT meeting_uid, position, email, name, search FROM attendee;"
                  "SELECT digits, kind, organizer_uid, meeting_uid, state FROM conference_id; SELECT * FROM history")
    before = d.sql(everything)
    equal(d.json("show", a["uid"])["title"], "Old")
    equal(d.sql("SELECT COUNT(*) FROM schema_migration").strip(), str(SCHEMAS))
    equal(d.sql("SELECT quarantine_least FROM organization").strip(), "365")
    equal(d.sql(everything), before)
    assert os.path.exists(d.db + ".before-2.bak")
    equal(os.stat(d.db + ".before-2.bak").st_mode & 0o777, 0o600)
    equal(d.json("check"), {"findings": []})
    v = Vdir(d)
    v.sync(written=1)


@case("check misses the table where it is gone")
def _(d):
    d.organization()
    db = sqlite3.connect(d.db)
    db.executescript("DROP TABLE vdir_file")
    db.close()
    has(d.run("check", status=4).out, "schema: the table is missing: vdir_file")


EVENT = """BEGIN:VEVENT
UID:kept@x
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:20261124T090000
DURATION:PT1H
SUMMARY:Kept
%sEND:VEVENT
"""
TASK = "BEGIN:VTODO\nUID:task@x\nSUMMARY:A task\n%sBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:x\nEND:VALARM\nEND:VTODO\n"


def whole(before="", event="", after=""):
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//field.example//case//EN\n" + before + EVENT % event + after + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


@case("what a file holds beside its meeting is written again with it: the calendar's properties, tasks, notes")
def _(d):
    table = ["X-WR-CALNAME:Ada\\, private\n", "NAME:Ada\nCOLOR:tomato\n", "REFRESH-INTERVAL;VALUE=DURATION:P1D\nSOURCE:https://a.example/x\n",
             "X-LONG:" + "long " * 100 + "end\n", "URL:https://a.example\nIMAGE;VALUE=URI:https://a.example/i.png\n"]
    for n, (before, after) in enumerate([(before, "") for before in table] + [
            ("", TASK % ""), ("NAME:Ada\n", TASK % "DUE;TZID=Europe/Berlin:20261201T120000\n"), ("", TASK % "DUE:20261201T120000Z\n" + TASK % ""),
            ("", "BEGIN:VJOURNAL\nUID:j@x\nSUMMARY:A note\nEND:VJOURNAL\nBEGIN:X-OTHER\nX-A:b\nEND:X-OTHER\n")]):
        d.db = d.path("kept%d.db" % n)
        d.organization(tz="Europe/Berlin")
        vdir = Vdir(d, "kept%d" % n)
        vdir.write("k", whole(before, "", after))
        vdir.sync(added=1)
        d.run("edit", "kept@x", "--title", "Changed here")
        vdir.sync(written=1)
        text = vdir.read("k").replace("\r\n ", "").replace("\r\n", "\n")
        has(text, before)
        has(text, after)
        has(text, "SUMMARY:Changed here")
        equal(text.count("VERSION:2.0"), 1)
        assert text.index(before) < text.index("BEGIN:V", 20) and text.index(after or "END:VCALENDAR") > text.index("END:VEVENT")
        vdir.sync(unchanged=1)
        d.run("cancel", "kept@x")
        vdir.sync(**({"written": 1} if after else {"removed": 1}))
        if after:
            has(vdir.read("k").replace("\r\n ", "").replace("\r\n", "\n"), after)
            has(vdir.read("k"), "STATUS:CANCELLED")
            vdir.sync(unchanged=1)


@case("a file that could not be written again whole is taken, and never written: what was changed here is told, and stays here")
def _(d):
    table = [("", "ATTACH;VALUE=BINARY;ENCODING=BASE64:" + "QUJD" * 300000 + "\n", "", "ATTACH was left out"),
             ("", "DESCRIPTION:" + "long " * 20000 + "\n", "", "DESCRIPTION is too long"), ("", "not folded\n", "", "NOT was left out"),
             ("", "", TASK % "DUE;TZID=Asia/Tokyo:20261201T120000\n", "another time zone"), ("", "", "BEGIN:VTODO\nUID:t@x\n", "damaged lines"),
             ("X-NUL:a\0b\n", "", "", "damaged lines")]
    for n, (before, event, after, why) in enumerate(table):
        d.db = d.path("lossy%d.db" % n)
        d.organization(tz="Europe/Berlin")
        vdir = Vdir(d, "lossy%d" % n)
        vdir.write("k", whole(before, event, after))
        vdir.sync(added=1)
        vdir.sync(unchanged=1)
        state = vdir.state()
        d.run("edit", "kept@x", "--title", "Changed here")
        for _ in range(2):
            has(vdir.sync(rejected=1)["errors"][0]["why"], why)
            equal(vdir.state(), state)
        equal(titles(d), ["Changed here"])
        vdir.change("k", "SUMMARY:Kept", "SUMMARY:Changed there")
        state = vdir.state()
        has(vdir.sync(rejected=1)["errors"][0]["why"], why)
        equal((vdir.state(), titles(d)), (state, ["Changed here"]))


@case("of files with one UID a sound one counts, whatever its name and whichever was there before; then the newest")
def _(d):
    sound, newer = whole("NAME:a\n"), whole("NAME:b\n", "SEQUENCE:2\nLOCATION:New\n")
    damaged = {"no time": sound.replace("DTSTART;TZID=Europe/Berlin:20261124T090000", "DTSTART:2026112T090000"),
               "no end": sound.replace("END:VEVENT\r\nEND:VCALENDAR\r\n", ""), "twice": whole("", "", EVENT % "SEQUENCE:1\n"),
               "bad rule": whole("", "RRULE:FREQ=SOMETIMES\n"), "two": whole("", "", (EVENT % "").replace("kept@x", "other@x")),
               "only cancelled": whole("", "RECURRENCE-ID:20261124T080000Z\nSTATUS:CANCELLED\n")}
    for n, (name, text) in enumerate(damaged.items()):
        for order in (("a", "b"), ("b", "a")):
            d.db = d.path("twin%d%s.db" % (n, order[0]))
            d.organization(tz="Europe/Berlin")
            vdir = Vdir(d, "twin%d%s" % (n, order[0]))
            vdir.write(order[0], sound)
            vdir.write(order[1], text)
            said = vdir.sync(added=1, rejected=1)
            equal((said["errors"][0]["file"], titles(d)), (order[1] + ".ics", ["Kept"]), name)
            assert "its UID is that of" not in said["errors"][0]["why"], said
            vdir.sync(unchanged=1, rejected=1)
            vdir.write(order[0], text)  # the one that was taken is damaged there, and the other one is mended
            vdir.write(order[1], sound)
            equal(vdir.sync(unchanged=1, rejected=1)["errors"][0]["file"], order[0] + ".ics")
            equal(titles(d), ["Kept"])
    d.db = d.path("newest.db")
    d.organization(tz="Europe/Berlin")
    vdir = Vdir(d, "newest")
    vdir.write("a", sound)
    vdir.write("b", newer)
    equal(vdir.sync(added=1, rejected=1)["errors"][0]["file"], "a.ics")
    equal(d.json("show", "kept@x")["location"], "New")


@case("a file without a UID is one meeting, also when it is changed, and gets its UID when it is written")
def _(d):
    d.organization(tz="Europe/Berlin")
    vdir = Vdir(d)
    vdir.write("n", whole().replace("UID:kept@x\r\n", ""))
    vdir.sync(added=1)
    vdir.sync(unchanged=1)
    vdir.change("n", "SUMMARY:Kept", "SUMMARY:Changed there")
    vdir.sync(updated=1)
    uid = d.json("agenda")[0]["uid"]
    d.run("edit", uid, "--title", "Changed here")
    vdir.sync(written=1)
    has(vdir.read("n"), "UID:" + uid)
    vdir.sync(unchanged=1)
    equal(titles(d), ["Changed here"])


main()
