#!/usr/bin/python3
"""new, show, edit, cancel, agenda, invite, search, history, export."""

import json
import os
import sqlite3
import stat
import subprocess
import time

from _cli import ADA, MEETING_KEYS, calendar, event, legacy_pair
from dialdesk import case, equal, has, lacks, main, matches


@case("new tells every key of a meeting, one hour unless said")
def _(d):
    d.organization(tz="Europe/Berlin")
    m = d.new("Budget", "2026-11-24 09:00", "--location", "Room 1", "--notes", "Bring figures",
              "--attendee", "bob@example.org", "--attendee", "Eve <eve@example.org>")
    equal(MEETING_KEYS - set(m), set())
    equal((m["title"], m["organizer"], m["start"], m["end"], m["tz"], m["all_day"], m["status"]),
          ("Budget", ADA, "2026-11-24T09:00:00+01:00", "2026-11-24T10:00:00+01:00", "Europe/Berlin", False, "scheduled"))
    equal((m["attendees"], m["location"], m["notes"], m["recurrence"], m["sequence"], m["risk_with"]),
          (["bob@example.org", "eve@example.org"], "Room 1", "Bring figures", None, 0, []))
    equal(d.json("show", m["uid"]), {**d.json("show", m["uid"]), **{k: m[k] for k in MEETING_KEYS}})


@case("times and durations in every form")
def _(d):
    d.organization(tz="Europe/Berlin")  # now is Monday 10:00 there
    for said, start in (("2026-11-24 09:00", "2026-11-24T09:00:00+01:00"), ("2026-11-24T09:00:00Z", "2026-11-24T10:00:00+01:00"),
                        ("2026-11-24T09:00:00+05:30", "2026-11-24T04:30:00+01:00"), ("tomorrow 08:15", "2026-11-24T08:15:00+01:00"),
                        ("today 18:00", "2026-11-23T18:00:00+01:00"), ("fri 09:00", "2026-11-27T09:00:00+01:00"),
                        ("mon 11:00", "2026-11-23T11:00:00+01:00"), ("mon 09:00", "2026-11-30T09:00:00+01:00"),
                        ("09:00", "2026-11-24T09:00:00+01:00"), ("11:00", "2026-11-23T11:00:00+01:00"),
                        ("+2h", "2026-11-23T12:00:00+01:00")):
        equal(d.new("T", said, "--dry-run")["start"], start, said)
    for said, end in (("30m", "09:30"), ("1h", "10:00"), ("1h30m", "10:30"), ("PT45M", "09:45")):
        equal(d.new("T", "2026-11-24 09:00", "--duration", said, "--dry-run")["end"], "2026-11-24T%s:00+01:00" % end)
    equal(d.new("T", "2026-11-24 09:00", "--end", "2026-11-24 11:15", "--dry-run")["end"], "2026-11-24T11:15:00+01:00")
    equal(d.new("T", "2026-11-24 09:00", "--tz", "America/New_York", "--dry-run")["start"], "2026-11-24T09:00:00-05:00")
    equal(d.json("agenda", "--days", "30"), [])


@case("a local time that does not exist, or exists twice, is said so and taken as RFC 5545 says")
def _(d):
    d.organization(tz="Europe/Berlin")
    for said, start in (("2027-03-28 02:30", "2027-03-28T03:30:00+02:00"), ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00")):
        result = d.run("new", "--title", "T", "--start", said, "--json")
        equal(result.json()["start"], start)
        assert result.err.count("\n") >= 1, result


@case("a day in the past or more than a year away is told, of a new meeting and of a moved one")
def _(d):
    d.organization()
    soon = d.new("Soon", "2026-11-25 09:00")["uid"]
    for start, told in (("2026-11-20 09:00", "dialdesk: the meeting is in the past\n"), ("2026-11-25 12:00", ""),
                        ("2027-11-20 09:00", ""), ("2027-12-20 09:00", "dialdesk: the meeting is more than a year away\n")):
        equal(d.run("new", "--title", "x", "--start", start, "--dry-run").err, told, start)
        equal(d.run("edit", soon, "--start", start, "--dry-run", "-q").err, "", start)
        has(d.run("edit", soon, "--start", start, "--dry-run").err, told)
    lacks(d.run("edit", soon, "--title", "Late", "--dry-run").err, "past")
    lacks(d.run("new", "--title", "x", "--start", "2026-11-20 09:00", "--repeat", "FREQ=DAILY", "--dry-run").err, "past")


@case("an overlap with the organizer's own meetings is warned of, and scheduled")
def _(d):
    d.organization()
    d.new("Budget", "2026-11-24 09:00")
    result = d.run("new", "--title", "Roadmap", "--start", "2026-11-24 09:30", "--json")
    has(result.err, "Budget")
    equal(len(d.json("agenda")), 2)
    result = d.run("new", "--title", "Next", "--start", "2026-11-24 10:30", "--json")
    lacks(result.err, "Roadmap")


@case("a dry run stores nothing")
def _(d):
    d.organization()
    d.new("Budget", "2026-11-24 09:00", "--dry-run")
    equal((d.json("agenda"), d.json("org")["live_ids"]), ([], 0))


@case("a UID of one's own is kept, and refused the second time")
def _(d):
    d.organization()
    equal(d.new("Budget", "2026-11-24 09:00", "--uid", "mine@example.org")["uid"], "mine@example.org")
    d.error("new", "--title", "T", "--start", "2026-11-24 12:00", "--uid", "mine@example.org", status=3)


@case("a MEETING is a UID, an unambiguous beginning of one, or a dynamic conference ID")
def _(d):
    d.organization()
    d.new("One", "2026-11-24 09:00", "--uid", "abcdef-1")
    two = d.new("Two", "2026-11-24 11:00", "--uid", "abcdef-2")
    equal(d.json("show", "abcdef-2")["title"], "Two")
    equal(d.json("show", two["conference_id"])["title"], "Two")
    d.error("show", "abcd", status=2)
    d.error("show", "abc", status=(1, 2))
    d.error("show", "nothing-such", status=1)
    d.new("Three", "2026-11-24 13:00", "--uid", "xyzzy-12345")
    equal(d.json("show", "xyzz")["title"], "Three")


@case("an edit changes what is said, keeps the ID, and raises SEQUENCE where attendees must hear of it")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00", "--attendee", "bob@example.org", "--location", "Room 1")
    n = d.json("edit", m["uid"], "--start", "2026-11-25 10:00")
    equal((n["start"], n["end"], n["title"], n["attendees"], n["location"], n["conference_id"], n["sequence"]),
          ("2026-11-25T10:00:00+00:00", "2026-11-25T11:00:00+00:00", "Budget", ["bob@example.org"], "Room 1",
           m["conference_id"], 1))
    equal(d.json("edit", m["conference_id"], "--duration", "2h")["end"], "2026-11-25T12:00:00+00:00")
    equal(d.json("edit", m["uid"], "--title", "Budget 2027")["title"], "Budget 2027")
    d.error("edit", m["uid"], "--end", "2026-11-25 09:00", status=2)
    equal(d.json("show", m["uid"])["end"], "2026-11-25T12:00:00+00:00")


@case("a time of day for a meeting of whole days is not dropped without a word")
def _(d):
    d.organization()
    m = d.new("Fair", "2026-11-24")
    has(d.error("edit", m["uid"], "--start", "2026-11-24 09:00", status=2), "--timed")
    equal(d.json("edit", m["uid"], "--start", "2026-11-25")["start"], "2026-11-25T00:00:00+00:00")
    n = d.json("edit", m["uid"], "--start", "2026-11-25 09:00", "--timed")
    equal((n["start"], n["end"], n["all_day"]), ("2026-11-25T09:00:00+00:00", "2026-11-25T10:00:00+00:00", False))


@case("an attendee's name alone is edited too; nobody must hear of it")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00", "--attendee", "bob@example.org")
    n = d.json("edit", m["uid"], "--attendee", "Bob <bob@example.org>")
    equal((n["attendees"], n["sequence"], n["warnings"]), (["bob@example.org"], 0, []))
    has(d.run("show", m["uid"]).out, "Bob <bob@example.org>")
    has(d.json("history", m["uid"])[-1]["detail"], "Bob <bob@example.org>")


@case("cancelling retires a dynamic ID; the helpdesk says cancelled; twice is refused")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    equal(d.json("cancel", m["uid"])["status"], "cancelled")
    equal((d.json("lookup", m["conference_id"])["state"], d.json("agenda"), d.json("org")["live_ids"]), ("cancelled", [], 0))
    d.error("cancel", m["uid"], status=3)
    equal(d.json("show", m["uid"])["conference_id"], m["conference_id"])


@case("a cancelled legacy meeting's invitation says so, in every format, and tells nobody how to dial in")
def _(d):
    first, _ = legacy_pair(d)
    has(d.run("invite", first["uid"], "--format", "ics").out, "Join by phone")
    d.run("cancel", first["uid"])
    for form, word in (("text", "has been cancelled"), ("html", "has been cancelled"), ("ics", "STATUS:CANCELLED"), ("eml", "CANCEL")):
        out = d.run("invite", first["uid"], "--format", form).out
        has(out, word)
        lacks(out, "Join by phone")
        lacks(out, "7654321")


@case("an export tells nobody how to dial in to what is cancelled, as an invitation does not; the rest of it goes both ways")
def _(d):
    d.organization()
    d.run("org", "--join-url", "https://meet.example.org/ada")
    whole = d.new("Whole", "2026-11-24 09:00", "--notes", "Mine", "--attendee", "bob@example.org")
    series = d.new("Series", "2026-11-25 09:00", "--repeat", "FREQ=DAILY;COUNT=4")
    d.run("edit", series["uid"], "--occurrence", "2026-11-27", "--title", "Other")
    d.run("cancel", whole["uid"])
    d.run("cancel", series["uid"], "--occurrence", "2026-11-26")
    for format in (("export",), ("invite",)):
        more = ("--format", "ics") if format == ("invite",) else ()
        out = d.run(*format, whole["uid"], *more).out.replace("\r\n ", "")
        has(out, "STATUS:CANCELLED")
        has(out, "DESCRIPTION:Mine\r\n")
        for part in (whole["conference_id"], "CONFERENCE", "X-DIALDESK", "LOCATION", "____", "meet.example.org"):
            lacks(out, part)
        events = d.run(*format, series["uid"], *more).out.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
        equal(["RECURRENCE-ID:20261127" in one for one in events], [False, True])
        for one in events:
            has(one, series["conference_id"])
            lacks(one, "STATUS:CANCELLED")
            lacks(one, "DTSTART:20261126")
    path = d.write("all.ics", d.run("export").out)
    report = d.json("import", path)
    equal((report["unchanged"], report["updated"], report["notes"]), (2, 0, []))
    equal(d.json("show", whole["uid"])["conference_id"], whole["conference_id"])
    d.run("cancel", series["uid"])
    out = d.run("export", series["uid"]).out.replace("\r\n ", "")
    equal((out.count("STATUS:CANCELLED"), series["conference_id"] in out), (2, False))


@case("the agenda: day by day, series by occurrence, a span, everybody")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org")
    s = d.json("new", "-o", ADA, "--title", "Stand-up", "--start", "2026-11-24 09:00", "--repeat", "FREQ=DAILY;COUNT=10")
    equal(s["recurrence"], "FREQ=DAILY;COUNT=10")
    d.json("new", "-o", "bob@example.org", "--title", "Bob's", "--start", "2026-11-25 12:00")
    agenda = d.json("agenda", "-o", ADA)
    equal([m["occurrence"] for m in agenda], ["2026-11-%dT09:00:00+00:00" % day for day in range(24, 30)])
    equal({m["conference_id"] for m in agenda}, {s["conference_id"]})
    equal(len(d.json("agenda", "-o", ADA, "--days", "30")), 10)
    equal([m["title"] for m in d.json("agenda", "--all", "--from", "2026-11-25", "--to", "2026-11-26")], ["Stand-up", "Bob's"])
    equal(d.json("agenda", "-o", "bob@example.org")[0]["title"], "Bob's")
    d.error("agenda", status=2)  # two organizers, none named
    equal(len(d.json("agenda", env={"DIALDESK_ORGANIZER": ADA})), 6)
    text = d.run("agenda", "-o", ADA).out
    has(text, "24 Nov")
    has(text, "Stand-up")
    equal(d.run("-o", ADA).out, text, "without a terminal the console prints the agenda")


@case("the agenda shows meetings that last past midnight on their second day")
def _(d):
    d.organization()
    d.new("Night", "2026-11-24 23:00", "--duration", "3h")
    equal(len(d.json("agenda", "--from", "2026-11-25", "--days", "1")), 1)
    equal(len(d.json("agenda", "--from", "2026-11-26", "--days", "1")), 0)


@case("a series keeps its local time over a clock change")
def _(d):
    d.organization(tz="Europe/Berlin")
    d.new("Weekly", "2027-03-22 09:00", "--repeat", "FREQ=WEEKLY;COUNT=2")
    equal([m["start"] for m in d.json("agenda", "--from", "2027-03-20", "--days", "14")],
          ["2027-03-22T09:00:00+01:00", "2027-03-29T09:00:00+02:00"])


@case("the invitation as text, HTML and iCalendar, in languages")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00", "--attendee", "bob@example.org")
    text = d.run("invite", m["uid"]).out
    has(text, "Conference ID: " + m["conference_id"])
    has(text, "Budget")
    matches(text, r"\+49[ 0-9-]*")
    html = d.run("invite", m["uid"], "--format", "html").out
    has(html, m["conference_id"])
    matches(html, r"(?i)<(!doctype html|html|div|p)")
    ics = d.run("invite", m["uid"], "--format", "ics").out_bytes
    for part in (b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"UID:" + m["uid"].encode(), m["conference_id"].encode(), b"DTSTART"):
        assert part in ics, (part, ics)
    assert b"FEATURE=PHONE:tel:+4930901820" in ics.replace(b"\r\n ", b""), ics
    assert max(len(line) for line in ics.split(b"\r\n")) <= 75
    lacks(d.run("invite", m["uid"], "--lang", "de").out, "Conference ID")
    d.error("invite", m["uid"], "--format", "pdf", status=2)


@case("hostile titles reach neither the terminal nor an invitation's structure")
def _(d):
    d.organization()
    m = d.new("\x1b]52;c;evil\x07\u202ered\r\nX-EVIL: 1 <b>&", "2026-11-24 09:00")
    equal(m["title"].startswith("\x1b]52"), True, "JSON keeps it")
    for args in (("show", m["uid"]), ("agenda",), ("invite", m["uid"]), ("lookup", m["conference_id"]), ("search", "evil"),
                 ("history", m["uid"]), ("invite", m["uid"], "--format", "html")):
        out = d.run(*args).out
        for bad in ("\x1b", "\x07", "\u202e", "\r"):
            lacks(out, bad, str(args))
    lacks(d.run("invite", m["uid"], "--format", "html").out, "<b>&")
    assert b"\nX-EVIL" not in d.run("invite", m["uid"], "--format", "ics").out_bytes


@case("search finds by title, organizer, attendee and part of an ID, folded")
def _(d):
    d.organization()
    m = d.new("Übergabe Zürich", "2026-11-24 09:00", "--attendee", "grace@example.org")
    d.new("Other", "2026-11-24 11:00")
    for text in ("ubergabe", "ZÜRICH", "grace@", m["conference_id"][2:6]):
        assert m["uid"] in [found["uid"] for found in d.json("search", text)], text
    equal(len(d.json("search", "lovelace")), 2)
    equal(len(d.json("search", "lovelace", "--limit", "1")), 1)
    equal(d.json("search", "nowhere-to-be-found", status=1), [])


@case("a search for people: on now first, then next, then past, narrowed by days and times")
def _(d):
    d.organization()
    on = d.new("On", "2026-11-23 06:30", "--duration", "2h")
    early = d.new("Early", "2026-11-24 10:00", "--attendee", "Grace <grace@example.org>")
    late = d.new("Late", "2026-11-27 10:30")
    weekly = d.new("Weekly", "2026-11-02 16:00", "--repeat", "FREQ=WEEKLY")
    past = d.new("Past", "2026-11-20 10:00")
    now = {"DIALDESK_NOW": "2026-11-23T08:00:00+01:00"}

    def found(*words):
        return [m["title"] for m in d.run("search", *words, "--json", env=now, status=None).json()]
    equal(found("ada"), ["On", "Weekly", "Early", "Late", "Past"])
    equal(found("ada", "10"), ["Early", "Late", "Past"])
    equal(found("ada", "10:00"), ["Early", "Past"])
    equal(found("ada", "fri"), ["Late", "Past"])
    equal(found("fri", "10:30"), ["Late"])
    equal(found("4pm"), ["Weekly"])
    equal(found("27 nov"), ["Late"])
    equal(found("weekly", "7 dec"), ["Weekly"])
    equal(found("grace", "tomorrow"), ["Early"])
    equal(found("grace", "fri"), [])
    out = d.run("search", "grace", env=now).out
    has(out, "Ada Lovelace")
    has(out, "with grace@example.org")
    has(d.run("search", "on", env=now).out, "on now")
    # a number beside a name is no part of an ID; alone it is
    part = past["conference_id"][2:6]
    equal(found("past", part) + found("past", "x" + part), [])
    assert "Past" in found(part)
    del on, early, late, weekly


@case("a search by time costs by what takes place then, not by the square of it")
def _(d):
    d.organization()
    now = {"DIALDESK_NOW": "2026-11-24T08:00:00Z"}

    def seconds(count):
        events = [event("%s%d" % ("u" * 200, n), "20261124T090000Z", "20261124T100000Z", title="At 09:00") for n in range(count)]
        d.json("import", "-", stdin=calendar(*events))
        child = d.start("search", "09:00", "--limit", "3", "--json", env=now, stdout=subprocess.PIPE)
        equal(len({m["uid"] for m in json.loads(child.stdout.read())}), 3)
        child.returncode, used = os.wait4(child.pid, 0)[1:]
        return used.ru_utime

    few, many = seconds(2000), seconds(16000)
    assert many < 16 * few, "%.3f s for 2,000, %.3f s for 16,000" % (few, many)


@case("a search that leaves something aside says so")
def _(d):
    d.organization()
    now = {"DIALDESK_NOW": "2026-11-24T08:00:00Z"}

    def said(*words, status=0):
        return d.run("search", *words, "--json", status=status, env=now).err
    events = [event("u%d" % n, "20261124T090000Z", "20261124T100000Z", title="Standup") for n in range(2000)]
    d.json("import", "-", stdin=calendar(*events))
    has(said("standup", "3:17", status=1), "more meetings may fit than were looked at")
    equal(said("standup", "9:00", "--limit", "2000"), "")
    lacks(said("3:17", status=1), "looked at")
    # so many series that each may be meant
    m = d.new("Series", "2026-11-03 09:00", "--repeat", "FREQ=WEEKLY")
    columns = [c for c in d.sql("SELECT name FROM pragma_table_info('meeting')").split() if c not in ("seq", "uid", "conference_id", "id_kind")]
    d.sql("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20100)"
          " INSERT INTO meeting (seq, uid, id_kind, %s) SELECT 100000 + n, 's' || n, 'none', %s FROM n CROSS JOIN meeting WHERE uid = '%s'"
          % (", ".join(columns), ", ".join(columns), m["uid"]))
    has(said("3:17", status=1), "more meetings may fit than were looked at")


@case("history tells who did what, oldest first, of an ID and of a meeting")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    d.run("edit", m["uid"], "--start", "2026-11-25 09:00")
    d.run("cancel", m["uid"])
    for of in (m["uid"], m["conference_id"]):
        entries = d.json("history", of)
        assert len(entries) >= (3 if of == m["uid"] else 2), entries
        equal(entries, sorted(entries, key=lambda e: e["at"]))
        equal({"at", "actor", "event", "conference_id", "uid", "detail"} - set(entries[0]), set())
        assert all(e["actor"] for e in entries)
    d.error("history", "12345678", status=1)


@case("export gives iCalendar that import takes back unchanged")
def _(d):
    d.organization(tz="Europe/Berlin")
    d.new("Budget, with; commas", "2026-11-24 09:00", "--attendee", "bob@example.org", "--notes", "Line one\nline two")
    d.new("Weekly", "2026-11-25 09:00", "--repeat", "FREQ=WEEKLY;COUNT=4")
    d.run("show", d.new("全体会議 🎉", "2026-11-26 09:00")["uid"])
    ics = d.run("export").out_bytes
    equal(ics.count(b"BEGIN:VEVENT"), 3)
    report = d.json("import", d.write("out.ics", ics))
    equal((report["read"], report["added"], report["updated"], report["unchanged"], report["rejected"]), (3, 0, 0, 3, 0))
    equal(d.run("export", "--from", "2026-11-24", "--to", "2026-11-25").out.count("BEGIN:VEVENT"), 1)


@case("backup makes a sound copy, and overwrites nothing")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    d.run("backup", d.path("copy.db"))
    equal(d.json("--db", d.path("copy.db"), "show", m["uid"])["title"], "Budget")
    equal(d.json("check", "--db=" + d.path("copy.db")), {"findings": []})
    equal(stat.S_IMODE(os.stat(d.path("copy.db")).st_mode), 0o600)
    d.error("backup", d.path("copy.db"), status=3)


def content(path):
    with open(path, "rb") as file:
        return file.read()


@case("restore brings a backup back over whatever stands there: changes, nothing, a damaged file with its log")
def _(d):
    d.organization()
    kept = d.new("Budget", "2026-11-24 09:00")
    copy = d.path("copy.db")
    d.run("backup", copy)
    before = content(copy)
    lost = d.new("Later", "2026-11-24 11:00")
    d.run("cancel", kept["uid"])
    has(d.run("restore", copy).out, copy)
    equal(d.json("show", kept["uid"])["status"], "scheduled")
    d.error("show", lost["uid"], status=1)
    equal(d.json("check"), {"findings": []})
    equal(len(d.json("search", "budget")), 1)

    os.remove(d.db)
    has(d.json("restore", copy)["message"], copy)
    equal(stat.S_IMODE(os.stat(d.db).st_mode), 0o600)
    equal(d.json("show", kept["uid"])["title"], "Budget")
    assert not os.path.exists(d.db + ".damaged")

    for n, damage in enumerate((b"x", b"not a store" * 1000, before[:100] + b"\xff" * 5000)):
        aside = d.db + (".damaged%d" % (n + 1) if n else ".damaged")
        with open(d.db, "wb") as file:
            file.write(damage)
        with open(d.db + "-wal", "wb") as file:
            file.write(b"a log of other days")
        d.error("agenda", status=4)
        d.run("restore", copy)
        equal(d.json("show", kept["uid"])["title"], "Budget")
        equal(d.json("check"), {"findings": []})
        equal((content(aside), content(aside + "-wal")), (damage, b"a log of other days"))
    equal(content(d.db + ".damaged"), b"x")
    equal(content(copy), before)


@case("lists name a meeting by as much of its UID as tells it apart, and commands take that")
def _(d):
    d.organization()
    d.run("org", "--dynamic-ids", "off")
    begin = "040000008200E00074C5B7101A82E008"
    for n, uid in enumerate((begin + "-one", begin + "-other", "b1b1b1b1-x", "short")):
        d.new("Old %s" % uid, "2026-11-24 %02d:00" % (9 + n), "--uid", uid)
    d.run("org", "--dynamic-ids", "on")
    new = d.new("New", "2026-11-25 09:00")
    for args in (("legacy",), ("agenda",), ("search", "old")):
        words = d.run(*args).out.split()
        for uid in (begin + "-on", begin + "-ot", "b1b1b1b1", "short"):
            assert uid in words, (args, uid, words)
            equal(d.json("show", uid)["uid"].startswith(uid), True)
        lacks(" ".join(words), new["uid"][:8])  # its dynamic ID names it
    assert begin + "-on" in d.run("history", begin + "-one").out.split()
    wrong = d.error("show", begin, status=2)
    has(wrong, begin + "-one")
    has(wrong, begin + "-other")


@case("a file or folder that is named and is not there is bad input, of every command alike")
def _(d):
    d.organization()
    none = d.path("none")
    for args in (("import", none), ("sync", none), ("organizer", "import", none), ("restore", none),
                 ("serve", "--listen", "127.0.0.1:0", "--secret-file", none)):
        has(d.error(*args, status=2), none)
    has(d.error("backup", os.path.join(none, "copy"), status=2), "there is no such folder")


@case("restore refuses what is no sound backup, and then changes nothing")
def _(d):
    d.error("restore", "", status=2)
    d.error("restore", status=2)
    assert not os.path.exists(d.db)
    d.organization()
    kept = d.new("Budget", "2026-11-24 09:00")
    copy = d.path("copy.db")
    d.run("backup", copy)
    sound = content(copy)
    has(d.error("restore", d.db, status=2), "the store itself")
    for damage in (b"", b"x", b"not a store" * 1000, sound[:8192] + b"\xff" * 8192 + sound[16384:]):
        with open(copy, "wb") as file:
            file.write(damage)
        has(d.error("restore", copy, status=2), copy)
        equal(d.json("show", kept["uid"])["title"], "Budget")
    with open(copy, "wb") as file:
        file.write(sound)
    with sqlite3.connect(copy) as db:
        db.execute("UPDATE schema_migration SET number = 999 WHERE number = 1")
    db.close()
    has(d.error("restore", copy, status=2), "newer")
    os.remove(copy)
    with sqlite3.connect(copy) as db:
        db.execute("CREATE TABLE other (a)")
    db.close()
    has(d.error("restore", copy, status=2), "not a store")
    equal(d.json("show", kept["uid"])["title"], "Budget")
    d.error("--db", "postgresql://127.0.0.1:1/none", "restore", d.db, status=3)


@case("restore brings a backup of an earlier version to the present schema, and leaves the backup as it is")
def _(d):
    d.organization()
    kept = d.new("Budget", "2026-11-24 09:00")
    d.first_schema()
    old = d.path("old.db")
    os.rename(d.db, old)
    before = content(old)
    d.run("restore", old)
    equal(d.json("show", kept["uid"])["title"], "Budget")
    equal(d.json("check"), {"findings": []})
    equal(content(old), before)


@case("restore while another program has the store open: that one reads what was brought back; a writer is waited for")
def _(d):
    d.organization()
    kept = d.new("Budget", "2026-11-24 09:00")
    copy = d.path("copy.db")
    d.run("backup", copy)
    d.run("cancel", kept["uid"])
    db = sqlite3.connect(d.db)
    state = "SELECT status FROM meeting"
    was = db.execute(state).fetchall()
    d.run("restore", copy)
    assert db.execute(state).fetchall() != was
    equal(d.json("check"), {"findings": []})
    d.run("cancel", kept["uid"])
    db.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    has(d.error("restore", copy, status=4), "kept it busy for more than 5 seconds")
    assert time.monotonic() - begun > 4  # and it came while the store was held still
    db.rollback()
    db.close()
    equal(d.json("show", kept["uid"])["status"], "cancelled")


@case("demo fills an empty store, and only an empty one")
def _(d):
    d.run("demo")
    organizers = d.json("organizer", "list")
    assert len(organizers) >= 2, organizers
    assert d.json("legacy", "--all", "--risk"), "the sample has risks to show"
    equal(d.json("check"), {"findings": []})
    d.error("demo", status=3)


@case("show tells times in the meeting's zone, or in the one that is asked for")
def _(d):
    d.organization()
    uid = d.new("Zoned", "2026-11-24 09:00", "--tz", "Asia/Tokyo")["uid"]
    has(d.run("show", uid).out, "Tue 24 Nov 2026 09:00–10:00 JST (Asia/Tokyo)")
    has(d.run("show", uid, "--tz", "UTC").out, "Tue 24 Nov 2026 00:00–01:00 UTC")
    has(d.run("show", uid, "--tz", "Mars/X", status=2).err, "Mars/X")


main()
