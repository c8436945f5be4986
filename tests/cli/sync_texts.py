#!/usr/bin/python3
"""sync: occurrences of their own, and the texts around our dial-in block."""

import re

from _cli import ADA, calendar, event
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


HTML = 'ALTREP="data:text/html,%3Cb%3EFigures%3C/b%3E"'
WORDS = (('SUMMARY;LANGUAGE=en-us:Budget', "--title"), ('LOCATION;ALTREP="https://rooms.example/7";LANGUAGE=de:Raum 7\\, links', "--location"),
         ("DESCRIPTION;%s;LANGUAGE=en:Figures\\n and more" % HTML, "--notes"),
         ("X-ALT-DESC;FMTTYPE=text/html:<b>Figures</b>", "--notes"), ("ATTENDEE;CN=Room 7;CUTYPE=ROOM:invalid:nomail", None),
         ("ATTENDEE;CN=Bob;EMAIL=bob@example.org;PARTSTAT=ACCEPTED:/1234/principal/", None))


def lines_of(v, uid):
    return v.read(uid).replace("\r\n ", "").split("\r\n")


@case("what a text came with (its language, another form of it) is written again with it, and goes where the text is changed here")
def _(d):
    v = start(d)
    lines = event("p@x", "20261124T090000Z", "20261124T100000Z", "", "", more="\n".join(line for line, _ in WORDS))
    v.write("p", calendar([line for line in lines if line != "SUMMARY:"]))
    v.sync(added=1)
    d.run("edit", "p@x", "--duration", "2h")
    v.sync(written=1)
    equal([line for line, _ in WORDS if line not in lines_of(v, "p")], [])
    equal(sum(line.startswith("ATTENDEE") for line in lines_of(v, "p")), 2)
    v.sync(unchanged=1)
    done = set()
    for option in ("--title", "--location", "--notes"):
        d.run("edit", "p@x", option, "Other words")
        done.add(option)
        v.sync(written=1)
        equal([line for line, _ in WORDS if line not in lines_of(v, "p")], [line for line, option in WORDS if option in done])
        v.sync(unchanged=1)
    for line in ("SUMMARY:Other words", "LOCATION:Other words", "DESCRIPTION:Other words"):
        equal(line in lines_of(v, "p"), True)


@case("the description in HTML stays beside our block, unless it shows another ID, or none to who is invited")
def _(d):
    d.organization()
    v = Vdir(d)
    html = "X-ALT-DESC;FMTTYPE=text/html:<p>Bring <a href=\"https://files.example/7\">figures</a></p>"
    shows = html + "<p>Phone Conference ID: <b>481 516 234</b>#</p>"
    phone = "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+493012345\\,\\,%s#"
    d.run("organizer", "set", ADA, "--static-id", "481516234")
    more_of = "\nATTENDEE:mailto:bob@example.org"
    for uid, more in (("none", html + "\n" + phone % "481516888" + more_of), ("shows", shows + more_of)):
        v.write(uid, calendar(event(uid + "@x", "20261124T090000Z", "20261124T100000Z", "Bring figures", uid, more=more)))
    v.sync(added=2)
    for uid in ("none@x", "shows@x"):
        d.run("edit", uid, "--duration", "2h")
    v.sync(written=2)
    v.sync(unchanged=2)
    equal([html in lines_of(v, "none"), shows in lines_of(v, "shows")], [True, True])
    equal(["X-DIALDESK-BLOCK" in v.read(uid) for uid in ("none", "shows")], [True, True])
    equal(["X-ALT-DESC" in d.run("invite", uid, "--format", "ics", "--to", "bob@example.org").out for uid in ("none@x", "shows@x")],
          [False, True])
    d.run("convert", "shows@x", "--no-remind")
    d.run("edit", "none@x", "--notes", "Bring coffee")
    v.sync(written=2)
    equal(["X-ALT-DESC" in v.read(uid) for uid in ("none", "shows")], [False, False])


@case("an event that is described in HTML alone has its text, and keeps both as long as nobody changes it")
def _(d):
    d.organization()
    v = Vdir(d)
    d.run("organizer", "set", ADA, "--static-id", "5312874")
    html = ("X-ALT-DESC;FMTTYPE=text/html:<p>Bring figures</p><a href=https://join.example.org/7>Join Lync Meeting</a>"
            "<p>Conference ID: <b>5312874</b></p>")
    for uid in ("kept", "converted"):
        v.write(uid, calendar(event(uid + "@x", "20261124T090000Z", "20261124T100000Z", title=uid, more=html)))
    v.sync(added=2)
    equal(d.json("show", "kept@x")["notes"].split("\n")[0], "Bring figures")
    d.run("edit", "kept@x", "--duration", "2h")
    d.run("convert", "converted@x", "--no-remind")
    v.sync(written=2)
    v.sync(unchanged=2)
    equal([html in lines_of(v, uid) for uid in ("kept", "converted")], [True, False])
    equal(["X-DIALDESK-BLOCK" in v.read(uid) for uid in ("kept", "converted")], [False, False])
    text = v.read("converted").replace("\r\n ", "")
    equal(("https://join.example.org/7" in text, "5312874" in text), (True, False))


@case("a text's other forms go with an ID that was converted, also in an occurrence that has its own")
def _(d):
    d.organization()
    v = Vdir(d)
    d.run("organizer", "set", ADA, "--static-id", "5312874")
    block = "Join by phone\\nConference ID: 5312874"
    v.write("p", calendar(event("p@x", "20261124T090000Z", "20261124T100000Z", block, "Weekly", more="RRULE:FREQ=WEEKLY;COUNT=3\n"
                                "X-ALT-DESC;FMTTYPE=text/html:<p>Conference ID: <b>5312874</b></p>"),
                          event("p@x", "20261201T120000Z", "20261201T130000Z", block + "\\nby foot", "Walk", more="RECURRENCE-ID:20261201T090000Z\n"
                                "X-ALT-DESC;FMTTYPE=text/html:<p>5312874 by foot</p>")))
    v.sync(added=1)
    d.run("edit", "p@x", "--location", "Phone")
    v.sync(written=1)
    equal([text in v.read("p").replace("\r\n ", "") for text in ("<b>5312874</b>", "<p>5312874 by foot</p>")], [True, True])
    new, = d.json("convert", "p@x", "--no-remind")
    v.sync(written=1)
    text = v.read("p").replace("\r\n ", "")
    equal(("5312874" in text, new["new_id"] in text, "by foot" in text), (False, True, True))


@case("a CONFERENCE with the meeting's ID stays in its file if the organization has no number to write in its place")
def _(d):
    v = start(d)
    line = "CONFERENCE;VALUE=URI;FEATURE=AUDIO;LABEL=Dial in:tel:+496912345,,5312874#"
    v.write("p", calendar(event("p@x", "20261124T090000Z", "20261124T100000Z", "", "Budget", more=line)))
    d.run("number", "remove", "+4930901820")
    v.sync(added=1)
    equal(d.json("show", "p@x")["conference_id"], "5312874")
    d.run("edit", "p@x", "--title", "Figures")
    v.sync(written=1)
    equal(lines_of(v, "p").count(line), 1)
    v.sync(unchanged=1)
    d.run("number", "add", "+49 30 901820", "--default")
    v.sync(unchanged=1)
    d.run("edit", "p@x", "--title", "Budget")
    v.sync(written=1)
    equal([text in "".join(lines_of(v, "p")) for text in ("tel:+496912345", "tel:+4930901820,,5312874")], [False, True])
    v.sync(unchanged=1)


@case("of a text that stands twice in a file the second is told, and the file is never written")
def _(d):
    v = start(d)
    v.write("p", calendar(event("p@x", "20261124T090000Z", "20261124T100000Z", "", "Budget", more="SUMMARY;LANGUAGE=de:Haushalt")))
    equal(["it has a second SUMMARY" in n["why"] for n in v.sync(added=1)["notes"]], [True])
    d.run("edit", "p@x", "--location", "Phone")
    equal(v.sync(rejected=1)["errors"][0]["uid"], "p@x")


main()
