#!/usr/bin/python3
"""sync: occurrences of their own, and the texts around our dial-in block."""

import re

from _cli import calendar, event
from _vdir import Vdir, start, versions
from dialdesk import case, equal, main


@case("a series with a moved occurrence and an EXDATE goes both ways")
def _(d):
    v = start(d)
    s = d.new("Weekly", "2026-11-24 09:00", "--tz", "Europe/Berlin", "--repeat", "FREQ=WEEKLY;COUNT=5")
    v.sync(written=1)
    moved = ["BEGIN:VEVENT", "UID:" + s["uid"], "DTSTAMP:20261101T000000Z", "RECURRENCE-ID;TZID=Europe/Berlin:20261208T090000",
             "DTSTART;TZID=Europe/Berlin:20261208T140000", "DTEND;TZID=Europe/Berlin:20261208T150000", "SUMMARY:Moved", "END:VEVENT"]
    v.change(s["uid"], "RRULE:", "EXDATE;TZID=Europe/Berlin:20261201T090000\r\nRRULE:")
    v.change(s["uid"], "END:VCALENDAR", "\r\n".join(moved + ["END:VCALENDAR"]))
    v.sync(updated=1)
    wanted = [("2026-11-24T09:00:00+01:00", "Weekly"), ("2026-12-08T14:00:00+01:00", "Moved"),
              ("2026-12-15T09:00:00+01:00", "Weekly"), ("2026-12-22T09:00:00+01:00", "Weekly")]
    equal([(m["start"], m["title"]) for m in d.json("agenda", "--days", "60")], wanted)
    d.run("edit", s["uid"], "--location", "Phone")
    v.sync(written=1)
    v.sync(unchanged=1)
    equal(len(re.findall("RECURRENCE-ID", v.read(s["uid"]))), 1)
    equal([(m["start"], m["title"]) for m in d.json("agenda", "--days", "60")], wanted)


@case("an added period keeps its own length both ways")
def _(d):
    v = start(d)
    v.write("p", calendar(event("p@x", "20261124T090000Z", "20261124T100000Z", title="Dates",
                                more="RDATE;VALUE=PERIOD:20261126T140000Z/PT3H,20261127T140000Z/PT1H")))
    v.sync(added=1)
    v.sync(unchanged=1)
    wanted = [("2026-11-24T09:00:00+00:00", "2026-11-24T10:00:00+00:00"), ("2026-11-26T14:00:00+00:00", "2026-11-26T17:00:00+00:00"),
              ("2026-11-27T14:00:00+00:00", "2026-11-27T15:00:00+00:00")]
    equal([(m["start"], m["end"]) for m in d.json("agenda", "--days", "7")], wanted)
    d.run("edit", "p@x", "--title", "Days")
    v.sync(written=1)
    equal((v.read("p").count("RECURRENCE-ID"), v.read("p").count("DTEND:20261126T170000Z")), (1, 1))
    v.sync(unchanged=1)
    v.change("p", "SUMMARY:Days", "SUMMARY:Their days")
    v.sync(updated=1)
    equal([(m["start"], m["end"]) for m in d.json("agenda", "--days", "7")], wanted)


@case("text that another program writes before and behind our dial-in block becomes notes, and is written once")
def _(d):
    d.organization()
    v = Vdir(d)
    meeting = d.new("Budget", "2026-11-24 09:00", "--notes", "Mine")
    v.sync(written=1)
    name, = v.names()
    v.change(name, "DESCRIPTION:Mine", "DESCRIPTION:Front\\nMine")
    v.change(name, "\r\nX-DIALDESK-BLOCK", "Back\r\nX-DIALDESK-BLOCK")
    v.sync(updated=1)
    equal(d.json("show", meeting["uid"])["notes"], "Front\nMine\n\nBack")
    v.sync(unchanged=1)
    d.run("edit", meeting["uid"], "--title", "Budget again")
    v.sync(written=1)
    for part in ("Front", "Mine", "Back", "X-DIALDESK-BLOCK"):
        equal(v.read(name).count(part), 1, part)
    v.sync(unchanged=1)


@case("a program that drops X-properties: no change by that; what is written around the block becomes notes, as it is")
def _(d):
    d.organization()
    v = Vdir(d)
    meeting = d.new("Budget", "2026-11-24 09:00", "--notes", "Mine", "--repeat", "FREQ=WEEKLY;COUNT=3")
    d.run("edit", meeting["uid"], "--occurrence", "2026-12-01", "--notes", "Of this one")
    v.sync(written=1)
    name, = v.names()

    def rewrite(*changes):
        text = re.sub("\r\nX-[^\r]*", "", v.read(name).replace("\r\n ", ""))
        for old, new in changes:
            assert old in text, (old, text)
            text = text.replace(old, new)
        v.write(name, text)

    before = versions(d)
    rewrite()
    v.sync(unchanged=1)
    equal(versions(d), before)
    rewrite(("DESCRIPTION:Mine", "DESCRIPTION: Front\\n\\nMine"))
    v.sync(updated=1)
    equal(d.json("show", meeting["uid"])["notes"], " Front\n\nMine")
    equal(d.sql("SELECT notes FROM meeting_override"), "Of this one\n")
    v.sync(unchanged=1)
    d.run("edit", meeting["uid"], "--title", "Here")  # beside a change there: still no conflict by the block alone
    rewrite()
    v.sync(written=1)
    equal([v.read(name).count(part) for part in ("X-DIALDESK-BLOCK", "Front", "SUMMARY:Here")], [2, 1, 2])
    v.sync(unchanged=1)


@case("attendees of one occurrence alone go both ways, and stay with it")
def _(d):
    v = start(d)
    guest = "ATTENDEE;CN=Zoe:mailto:zoe@example.org"
    v.write("s", calendar(event("s@x", "20261124T090000Z", "20261124T100000Z", title="Weekly",
                                more="RRULE:FREQ=WEEKLY;COUNT=4\nATTENDEE:mailto:bob@example.org"),
                          event("s@x", "20261201T090000Z", "20261201T100000Z", title="Weekly",
                                more="RECURRENCE-ID:20261201T090000Z\nATTENDEE:mailto:bob@example.org\n" + guest)))
    v.sync(added=1)
    v.sync(unchanged=1)
    d.run("edit", "s@x", "--title", "Here")
    v.sync(written=1)
    text = v.read("s").replace("\r\n ", "")
    equal((text.count(guest), text.count("mailto:bob@example.org")), (1, 2))
    v.sync(unchanged=1)
    v.change("s", guest, guest.replace("Zoe", "Zoe Two").replace("zoe@", "two@"))
    v.sync(updated=1)
    d.run("edit", "s@x", "--title", "Here again")
    v.sync(written=1)
    equal((v.read("s").count("two@example.org"), v.read("s").count("zoe@example.org")), (1, 0))


main()
