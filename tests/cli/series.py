#!/usr/bin/python3
"""Series by parts: one occurrence, this and all following, the whole; edited, cancelled, shown, exported and taken in again."""

import json
import re

from _cli import ADA
from dialdesk import case, equal, has, lacks, main, matches

DAILY = "FREQ=DAILY;COUNT=6"


def series(d, start="2026-12-01 09:00", rule=DAILY, *more):
    return d.new("Sync", start, "--repeat", rule, "--attendee", "bob@example.org", "--location", "Room 1", *more)


def starts(d, first="2026-12-01", days="40", key="start"):
    return [m[key][:16] for m in d.json("agenda", "--from", first, "--days", days)]


def days(d, **more):
    return [t[8:10] for t in starts(d, **more)]


def sound(d):
    equal(d.json("check")["findings"], [])


@case("one occurrence gets a time, title, place and notes of its own; the series keeps its rule and its ID")
def _(d):
    d.organization()
    m = series(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-03 09:00", "--start", "2026-12-03 14:00", "--duration", "30m",
               "--title", "Long sync", "--location", "", "--notes", "Bring figures")
    equal((n["uid"], n["conference_id"], n["sequence"]), (m["uid"], m["conference_id"], 1))
    equal((n["occurrence"], n["start"], n["end"], n["title"], n["location"], n["notes"], n["recurrence"]),
          ("2026-12-03T09:00:00+00:00", "2026-12-03T14:00:00+00:00", "2026-12-03T14:30:00+00:00", "Long sync", "",
           "Bring figures", DAILY))
    equal(starts(d)[1:4], ["2026-12-02T09:00", "2026-12-03T14:00", "2026-12-04T09:00"])
    whole = d.json("show", m["uid"])
    equal((whole["title"], whole["location"], whole["notes"], whole["start"]), ("Sync", "Room 1", "", "2026-12-01T09:00:00+00:00"))
    # found by where it is now as well as by its start by the rule, and by its day
    for said in ("2026-12-03 14:00", "2026-12-03 09:00", "2026-12-03", "2026-12-03T10:00:00+01:00"):
        equal(d.json("show", m["uid"], "--occurrence", said)["title"], "Long sync", said)
    equal([(o["start"][8:10], o["changed"]) for o in d.json("agenda", "--from", "2026-12-01") if o["uid"] == m["uid"]][2:4],
          [("03", True), ("04", False)])
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-03 14:00", "--start", "15:00")
    equal((n["start"][11:16], n["title"]), ("15:00", "Long sync"))
    has(d.run("show", m["uid"], "--occurrence", "2026-12-03").out, "Thu 3 Dec 2026 15:00")
    # text says from when it was moved, of that one alone
    has(d.run("show", m["uid"], "--occurrence", "2026-12-03").out, "moved from Thu 3 Dec 2026 09:00")
    lacks(d.run("show", m["uid"], "--occurrence", "2026-12-04").out, "moved from")
    equal(d.run("agenda", "--from", "2026-12-01").out.count("moved from"), 1)
    # and names the zone of that clock where the list has another one
    lacks(d.run("agenda", "--from", "2026-12-01").out, "2026 09:00 UTC")
    d.run("organizer", "set", ADA, "--tz", "Europe/Berlin")
    has(d.run("agenda", "--from", "2026-12-01").out, "moved from Thu 3 Dec 2026 09:00 UTC")
    equal([e["event"] for e in d.json("history", m["uid"])][-2:], ["occurrence edited"] * 2)
    sound(d)


@case("what an occurrence cannot have of its own is refused, and says which scope can")
def _(d):
    d.organization()
    m = series(d)
    for option in (["--attendee", "eve@example.org"], ["--repeat", "FREQ=WEEKLY"], ["--tz", "Asia/Tokyo"],
                   ["--lang", "de"], ["--all-day"]):
        has(d.error("edit", m["uid"], "--occurrence", "2026-12-03", *option, status=3), "this and all following")
    d.error("edit", m["uid"], "--occurrence", "2026-12-03", "--uid", "other", status=2)
    equal(d.json("show", m["uid"])["sequence"], 0)


@case("a time that is none of its occurrences: status 1 and the nearest named; bad words: status 2")
def _(d):
    d.organization()
    m = series(d)
    line = d.error("edit", m["uid"], "--occurrence", "2026-12-03 10:00", "--title", "T", status=1)
    has(line, "Thu 3 Dec 2026 09:00")
    has(line, "Fri 4 Dec 2026 09:00")
    has(d.error("cancel", m["uid"], "--occurrence", "2026-12-24", status=1), "Sun 6 Dec 2026 09:00")
    has(d.error("show", m["uid"], "--occurrence", "2026-11-24", status=1), "Tue 1 Dec 2026 09:00")
    d.error("edit", m["uid"], "--following", "--title", "T", status=2)
    d.error("cancel", m["uid"], "--following", status=2)
    d.error("edit", m["uid"], "--occurrence", "whenever", "--title", "T", status=2)
    single = d.new("Single", "2026-12-24 09:00")
    d.error("cancel", single["uid"], "--occurrence", "2026-12-24", status=2)
    twice = d.new("Twice", "2027-01-04 09:00", "--repeat", "FREQ=DAILY;BYHOUR=9,15;COUNT=6")
    has(d.error("cancel", twice["uid"], "--occurrence", "2027-01-05", status=2), "the day has several")
    d.json("cancel", twice["uid"], "--occurrence", "2027-01-05 15:00")


@case("a cancelled occurrence is gone from the calendar and excluded in the invitation; the last one takes the series with it")
def _(d):
    d.organization()
    m = series(d, "2026-12-01 09:00", "FREQ=DAILY;COUNT=3")
    n = d.json("cancel", m["uid"], "--occurrence", "2026-12-02")
    equal((n["status"], n["sequence"], n["conference_id"], days(d)), ("scheduled", 1, m["conference_id"], ["01", "03"]))
    equal((n["cancelled_occurrence"], n["cancelled_following"]), ("2026-12-02T09:00:00+00:00", False))
    d.error("cancel", m["uid"], "--occurrence", "2026-12-02", status=1)
    ics = d.run("invite", m["uid"], "--format", "ics").out
    has(ics, "METHOD:REQUEST")
    matches(ics, r"EXDATE[^\r\n]*:20261202T090000Z")
    lacks(ics, "STATUS:CANCELLED")
    d.json("cancel", m["uid"], "--occurrence", "2026-12-01")
    result = d.run("cancel", m["uid"], "--occurrence", "2026-12-03", "--json")
    has(result.err, "whole series is cancelled")
    equal((result.json()["status"], d.json("lookup", m["conference_id"])["state"], days(d)), ("cancelled", "cancelled", []))
    equal(result.json()["cancelled_occurrence"], "2026-12-03T09:00:00+00:00")
    sound(d)


@case("which occurrence was cancelled: named by its start by the rule, wherever it was moved; of nothing else")
def _(d):
    d.organization(tz="Europe/Berlin")
    m = series(d)
    d.json("edit", m["uid"], "--occurrence", "2026-12-03", "--start", "2026-12-05 18:00")
    n = d.json("cancel", m["uid"], "--occurrence", "2026-12-05 18:00", "--dry-run")
    equal(n["cancelled_occurrence"], "2026-12-03T09:00:00+01:00")
    has(d.run("cancel", m["uid"], "--occurrence", "2026-12-05 18:00", "--dry-run").out, "Sat 5 Dec 2026 18:00")
    n = d.json("cancel", m["uid"], "--occurrence", "2026-12-04", "--following")
    equal((n["cancelled_occurrence"], n["cancelled_following"]), ("2026-12-04T09:00:00+01:00", True))
    for other in (d.json("show", m["uid"]), d.json("cancel", m["uid"])):
        assert "cancelled_occurrence" not in other, other


@case("this and all following: the old series ends, the rest has a UID and an ID of its own; both are told")
def _(d):
    d.organization()
    m = series(d, "2026-12-01 09:00", DAILY, "--notes", "Read first", "--lang", "de")
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--following", "--start", "2026-12-04 11:00", "--title", "New sync")
    assert n["uid"] != m["uid"] and n["conference_id"] != m["conference_id"], n
    equal((n["split_from"], n["id_kind"], n["title"], n["location"], n["notes"], n["attendees"], n["recurrence"], n["sequence"]),
          (m["uid"], "dynamic", "New sync", "Room 1", "Read first", ["bob@example.org"], "FREQ=DAILY;COUNT=3", 0))
    old = d.json("show", m["uid"])
    equal((old["recurrence"], old["conference_id"], old["title"], old["sequence"]), ("FREQ=DAILY;COUNT=3", m["conference_id"], "Sync", 1))
    equal(starts(d), ["2026-12-0%dT%s:00" % (day, "09" if day < 4 else "11") for day in range(1, 7)])
    has(json.dumps(d.json("history", m["uid"])), n["uid"])
    has(json.dumps(d.json("history", n["uid"])), m["uid"])
    equal(d.json("lookup", m["conference_id"])["reserved_until"], "2027-12-03T10:00:00+00:00")
    equal(d.json("lookup", n["conference_id"])["meetings"][0]["uid"], n["uid"])
    has(d.run("invite", n["uid"]).out, n["conference_id"])
    has(d.run("invite", m["uid"]).out, m["conference_id"])
    equal({x["uid"] for x in d.json("search", "sync")}, {m["uid"], n["uid"]})
    sound(d)


@case("moved, cancelled and later dates go with the part that they belong to")
def _(d):
    d.organization()
    m = series(d)
    d.json("edit", m["uid"], "--occurrence", "2026-12-02", "--start", "2026-12-05 18:00")  # past the split
    d.json("edit", m["uid"], "--occurrence", "2026-12-06", "--start", "2026-12-01 18:00")  # before it
    d.json("cancel", m["uid"], "--occurrence", "2026-12-05 09:00")
    before = starts(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--following", "--title", "Rest")
    equal(starts(d), before)
    agenda = {x["start"][5:13]: x["uid"] for x in d.json("agenda", "--from", "2026-12-01", "--days", "9")}
    equal((agenda["12-05T18"], agenda["12-01T18"], agenda["12-04T09"]), (m["uid"], n["uid"], n["uid"]))
    sound(d)


@case("split at a moved occurrence: what it moves by, moves all that follow")
def _(d):
    d.organization()
    m = series(d)
    d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--start", "2026-12-04 12:00", "--title", "Own")
    d.json("edit", m["uid"], "--occurrence", "2026-12-04 12:00", "--following", "--start", "2026-12-04 13:00")
    equal(starts(d)[3:], ["2026-12-04T13:00", "2026-12-05T10:00", "2026-12-06T10:00"])
    equal([x["title"] for x in d.json("agenda", "--from", "2026-12-04", "--days", "2")], ["Own", "Sync"])
    sound(d)


@case("at the first occurrence it is the whole series; cancelling the rest keeps what was before")
def _(d):
    d.organization()
    m = series(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-01", "--following", "--start", "2026-12-01 10:00")
    equal((n["uid"], n["conference_id"], "split_from" in n), (m["uid"], m["conference_id"], False))
    equal(starts(d)[-1], "2026-12-06T10:00")
    n = d.json("cancel", m["uid"], "--occurrence", "2026-12-03", "--following")
    equal((n["status"], n["recurrence"], days(d)), ("scheduled", "FREQ=DAILY;COUNT=2", ["01", "02"]))
    equal(d.json("lookup", m["conference_id"])["state"], "upcoming")
    equal(d.json("cancel", m["uid"], "--occurrence", "2026-12-01", "--following")["status"], "cancelled")
    equal(d.json("lookup", m["conference_id"])["state"], "cancelled")
    sound(d)


@case("dry runs change nothing")
def _(d):
    d.organization()
    m = series(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--following", "--title", "T", "--dry-run")
    equal((n["conference_id"], n["id_kind"], n["title"], n["split_from"]), (None, "dynamic", "T", m["uid"]))
    equal(d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--title", "T", "--dry-run")["title"], "T")
    equal(d.json("cancel", m["uid"], "--occurrence", "2026-12-04", "--dry-run")["sequence"], 1)
    equal(d.json("cancel", m["uid"], "--occurrence", "2026-12-04", "--following", "--dry-run")["recurrence"], "FREQ=DAILY;COUNT=3")
    equal(d.json("cancel", m["uid"], "--dry-run")["status"], "cancelled")
    equal((d.json("show", m["uid"])["sequence"], len(starts(d)), d.json("org")["live_ids"]), (0, 6, 1))


@case("the end of a series as RFC 5545 wants it: UTC beside a zone, a date beside whole days, at clock changes too")
def _(d):
    d.organization(tz="Europe/Berlin")
    cases = (("2027-03-26 02:30", "FREQ=DAILY", "2027-03-29", "UNTIL=20270328T013000Z"),  # the one before is in the gap
             ("2027-10-29 02:30", "FREQ=DAILY", "2027-11-01", "UNTIL=20271031T003000Z"),  # the first of two
             ("2027-06-01", "FREQ=WEEKLY", "2027-06-15", "UNTIL=20270608"),
             ("2027-06-01 09:00", "FREQ=WEEKLY;UNTIL=20270801T000000Z", "2027-06-15", "UNTIL=20270608T070000Z"))
    for start, rule, at, until in cases:
        m = series(d, start, rule)
        n = d.json("edit", m["uid"], "--occurrence", at, "--following", "--title", "Rest")
        equal(d.json("show", m["uid"])["recurrence"], rule.split(";UNTIL")[0] + ";" + until)
        equal(n["recurrence"], rule)
        d.json("cancel", m["uid"])
        d.json("cancel", n["uid"])
    sound(d)


@case("the end of a series moves with it")
def _(d):
    d.organization(tz="Europe/Berlin")
    m = series(d, "2026-12-01 09:00", "FREQ=DAILY;UNTIL=20261204T080000Z")
    equal(d.json("edit", m["uid"], "--start", "2026-12-01 10:00")["recurrence"], "FREQ=DAILY;UNTIL=20261204T090000Z")
    equal(len(starts(d)), 4)
    d.json("edit", m["uid"], "--tz", "America/New_York")
    equal(len(starts(d)), 4)
    w = d.new("Weekly", "2027-01-04 09:00", "--repeat", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4")
    n = d.json("edit", w["uid"], "--occurrence", "2027-01-11", "--following", "--start", "2027-01-12 09:00")
    equal(n["recurrence"].split(";")[-1], "BYDAY=TU,TH")
    equal(days(d, first="2027-01-01"), ["04", "06", "12", "14"])


@case("a legacy series: split before the cut-over both keep the static ID; after it the rest gets a dynamic one; not enabled: none")
def _(d):
    d.organization(dynamic="off")
    m = series(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-05", "--following", "--title", "Rest")
    equal((n["id_kind"], n["conference_id"]), ("static", m["conference_id"]))
    d.run("org", "--dynamic-ids", "on")
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-03", "--following", "--title", "Later")
    equal((n["id_kind"], d.json("show", m["uid"])["conference_id"]), ("dynamic", m["conference_id"]))
    d.run("organizer", "set", ADA, "--dial-in", "off")
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-02", "--following", "--title", "None")
    equal((n["id_kind"], n["conference_id"], d.json("show", m["uid"])["id_kind"]), ("none", None, "static"))
    sound(d)


@case("a new rule for the rest takes the place of the old one")
def _(d):
    d.organization()
    m = series(d)
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-04", "--following", "--repeat", "FREQ=WEEKLY;COUNT=2")
    equal((n["recurrence"], days(d)), ("FREQ=WEEKLY;COUNT=2", ["01", "02", "03", "04", "11"]))


@case("export and import again: the same occurrences, and nothing new to take in")
def _(d):
    d.organization(tz="Europe/Berlin")
    m = series(d)
    d.json("edit", m["uid"], "--occurrence", "2026-12-02", "--start", "2026-12-02 16:00", "--title", "Moved")
    d.json("cancel", m["uid"], "--occurrence", "2026-12-03")
    n = d.json("edit", m["uid"], "--occurrence", "2026-12-05", "--following", "--start", "2026-12-05 10:00")
    ics = d.run("export", m["uid"], n["uid"]).out_bytes
    report = d.json("import", d.write("out.ics", ics))
    equal((report["read"], report["unchanged"], report["rejected"]), (2, 2, 0))
    wanted = starts(d)
    d.db = d.path("other.db")
    d.organization(tz="Europe/Berlin")
    d.json("import", d.path("out.ics"))
    equal(starts(d), wanted)
    sound(d)


@case("RDATE alone, and a copied dial-in block: the rest's texts show the rest's ID")
def _(d):
    d.organization(dynamic="off")
    text = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:dates@x\r\nDTSTART:20261201T090000Z\r\nDURATION:PT1H\r\n"
            "SUMMARY:Dates\r\nRDATE:20261203T090000Z,20261208T090000Z,20261210T090000Z\r\nORGANIZER:mailto:ada@example.org\r\n"
            "DESCRIPTION:Conference ID: 7654321\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    d.json("import", d.write("in.ics", text))
    d.run("org", "--dynamic-ids", "on")
    n = d.json("edit", "dates@x", "--occurrence", "2026-12-08", "--following", "--start", "2026-12-08 10:00")
    equal(starts(d), ["2026-12-01T09:00", "2026-12-03T09:00", "2026-12-08T10:00", "2026-12-10T10:00"])
    has(n["notes"], "Conference ID: " + n["conference_id"])
    has(d.json("show", "dates@x")["notes"], "7654321")
    d.json("cancel", "dates@x", "--occurrence", "2026-12-01")
    equal(days(d), ["03", "08", "10"])
    sound(d)


@case("a rule that comes to one occurrence is told of; one that asks for one is not")
def _(d):
    d.organization()
    for rule, told in (("FREQ=DAILY;UNTIL=20200101", True), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", True), ("FREQ=DAILY;COUNT=1", False),
                       ("FREQ=DAILY;COUNT=12", False), ("FREQ=DAILY", False), ("FREQ=WEEKLY;UNTIL=20261201T100000Z", False)):
        err = d.run("new", "--title", "T", "--start", "2026-11-24 09:00", "--repeat", rule).err
        equal("takes place once only" in err, told, rule)
    uid = d.new("S", "2026-11-24 09:00", "--repeat", "FREQ=DAILY;COUNT=3")["uid"]
    has(d.run("edit", uid, "--repeat", "FREQ=DAILY;UNTIL=20261124").err, "takes place once only")
    lacks(d.run("edit", uid, "--title", "Still").err, "once")


main()
