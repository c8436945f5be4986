#!/usr/bin/python3
"""Times of other people's calendars: what an import makes of them, and that an export of it says the same again."""
import os, re, shutil, subprocess, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from _cli import ADA, calendar
from datetime import datetime, timezone
from dialdesk import case, equal, has, main, skip


def zulu(time):
    return datetime.fromisoformat(time).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def lines(text):
    return [line.strip() for line in text.strip().splitlines()]


def event(text, uid="one@field.example"):
    return ["BEGIN:VEVENT", "UID:" + uid, "SUMMARY:Held", *lines(text), "END:VEVENT"]


def vtimezone(tzid, *observances):
    """Each observance: STANDARD or DAYLIGHT, its onset, from, to, and further lines."""
    inner = [line for kind, start, before, after, *more in observances
             for line in ("BEGIN:" + kind, "DTSTART:" + start, "TZOFFSETFROM:" + before, "TZOFFSETTO:" + after, *more, "END:" + kind)]
    return ["BEGIN:VTIMEZONE", "TZID:" + tzid, *inner, "END:VTIMEZONE"]


def changing(tzid, standard, daylight, spring, autumn, hour="02"):
    return vtimezone(tzid, ("STANDARD", "16010101T%s0000" % hour, daylight, standard, "RRULE:FREQ=YEARLY;" + autumn),
                     ("DAYLIGHT", "16010101T020000", standard, daylight, "RRULE:FREQ=YEARLY;" + spring))


EU = ("BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU")
US = ("BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU")


def organization(d):
    d.organization()
    d.run("organizer", "set", ADA, "--tz", "Europe/Berlin")


def held(d, first, days):
    return sorted([zulu(m["start"]), zulu(m["end"]), m["all_day"]] for m in
                  d.json("agenda", "--from", first, "--days", str(days)))


def check(d, components, wanted, first, days, noted=None, tz=None, rejected=0):
    """Imports into one store, exports, imports that into another one: both have what is wanted, and nothing twice."""
    organization(d)
    path = d.write("field.ics", calendar(*components))
    report = d.json("import", path)
    equal((report["rejected"], report["errors"]), (rejected, report["errors"] if rejected else []))
    notes = [n["why"] for n in report["notes"] if "time zone" in n["why"] or "VTIMEZONE" in n["why"] or "VALUE=DATE" in n["why"]]
    if noted:
        assert any(noted in note for note in notes), (noted, notes)
    else:
        equal(notes, [])
    wanted = sorted([*w] for w in wanted)
    equal(held(d, first, days), wanted)
    if tz:
        equal(d.json("show", "one@field.example")["tz"], tz)
    again = d.json("import", path)
    equal((again["added"], again["updated"]), (0, 0))
    equal(d.json("check"), {"findings": []})
    exported = d.run("export").out
    d.db = d.path("second.db")
    organization(d)
    back = d.json("import", "-", stdin=exported)
    equal((back["rejected"], [n for n in back["notes"] if "VTIMEZONE" in n["why"]]), (0, []))
    equal(held(d, first, days), wanted)


def table(kind, cases):
    for name, arguments in cases.items():
        case(kind + ": " + name)(lambda d, arguments=arguments: check(d, **arguments))


LONDON_SUMMER = [("2027-07-14T09:20:00Z", "2027-07-14T09:50:00Z", False)]
HALF_HOUR = "DTSTART;TZID=%s:20270714T102000\nDURATION:PT30M"

table("a zone's name and its rules", {
    "UTC with the rules of London: the rules count, and that is noted": dict(
        components=[changing("UTC", "+0000", "+0100", *EU), event(HALF_HOUR % "UTC")],
        wanted=LONDON_SUMMER, first="2027-07-01", days=20, noted="the VTIMEZONE counts", tz="Europe/London"),
    "EST with the rules of New York": dict(
        components=[changing("EST", "-0500", "-0400", *US), event(HALF_HOUR % "EST" + "\nRRULE:FREQ=WEEKLY;COUNT=2")],
        wanted=[("2027-07-14T14:20:00Z", "2027-07-14T14:50:00Z", False), ("2027-07-21T14:20:00Z", "2027-07-21T14:50:00Z", False)],
        first="2027-07-01", days=30, noted="the VTIMEZONE counts", tz="America/New_York"),
    "EST in winter, where both say the same: nothing to note": dict(
        components=[changing("EST", "-0500", "-0400", *US), event("DTSTART;TZID=EST:20270114T102000\nDURATION:PT30M")],
        wanted=[("2027-01-14T15:20:00Z", "2027-01-14T15:50:00Z", False)], first="2027-01-01", days=20),
    "GMT that says only what its name does": dict(
        components=[vtimezone("GMT", ("STANDARD", "19700101T000000", "+0000", "+0000")), event(HALF_HOUR % "GMT")],
        wanted=[("2027-07-14T10:20:00Z", "2027-07-14T10:50:00Z", False)], first="2027-07-01", days=20, tz="UTC"),
    "GMT in a second calendar of the stream, whose VTIMEZONE is not this one's": dict(
        components=[changing("GMT", "+0000", "+0100", *EU), ["END:VCALENDAR", "BEGIN:VCALENDAR", "VERSION:2.0"],
                    event(HALF_HOUR % "GMT")],
        wanted=[("2027-07-14T10:20:00Z", "2027-07-14T10:50:00Z", False)], first="2027-07-01", days=20, tz="UTC"),
    "a place's name counts, and that the rules differ at that time is noted": dict(
        components=[vtimezone("Europe/Paris", ("STANDARD", "19700101T000000", "+0100", "+0100")), event(HALF_HOUR % "Europe/Paris")],
        wanted=[("2027-07-14T08:20:00Z", "2027-07-14T08:50:00Z", False)], first="2027-07-01", days=20, noted="the name counts"),
    "and not at a time at which they do not": dict(
        components=[vtimezone("Europe/Paris", ("STANDARD", "19700101T000000", "+0100", "+0100")),
                    event("DTSTART;TZID=Europe/Paris:20270114T102000\nDURATION:PT30M")],
        wanted=[("2027-01-14T09:20:00Z", "2027-01-14T09:50:00Z", False)], first="2027-01-01", days=20),
    "a series is noted if they differ at any time of its year": dict(
        components=[vtimezone("Europe/Paris", ("STANDARD", "19700101T000000", "+0100", "+0100")),
                    event("DTSTART;TZID=Europe/Paris:20270114T102000\nDURATION:PT30M\nRRULE:FREQ=MONTHLY;COUNT=2")],
        wanted=[("2027-01-14T09:20:00Z", "2027-01-14T09:50:00Z", False), ("2027-02-14T09:20:00Z", "2027-02-14T09:50:00Z", False)],
        first="2027-01-01", days=60, noted="at some of its times"),
    "two VTIMEZONEs behind their events, one of them GMT": dict(
        components=[event(HALF_HOUR % "GMT"), event("DTSTART;TZID=Office:20270714T122000\nDURATION:PT30M", "two@field.example"),
                    event("DTSTART:20270715T080000Z\nDURATION:PT30M", "three@field.example"),
                    changing("Office", "+0200", "+0300", *EU, hour="03"), changing("GMT", "+0000", "+0100", *EU)],
        wanted=LONDON_SUMMER * 2 + [("2027-07-15T08:00:00Z", "2027-07-15T08:30:00Z", False)], first="2027-07-01", days=20,
        noted="the VTIMEZONE counts"),
    "a constant offset no place has, in a series": dict(
        components=[vtimezone("Ship", ("STANDARD", "19700101T000000", "+1130", "+1130")),
                    event("DTSTART;TZID=Ship:20270714T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2")],
        wanted=[("2027-07-13T21:30:00Z", "2027-07-13T22:30:00Z", False), ("2027-07-20T21:30:00Z", "2027-07-20T22:30:00Z", False)],
        first="2027-07-01", days=30, tz="UTC+1130"),
    "a constant offset is no country's": dict(
        components=[vtimezone("Rig", ("STANDARD", "19700101T000000", "+0300", "+0300")), event(HALF_HOUR % "Rig")],
        wanted=[("2027-07-14T07:20:00Z", "2027-07-14T07:50:00Z", False)], first="2027-07-01", days=20, tz="Etc/GMT-3"),
    "a constant offset beside the city that has it": dict(
        components=[vtimezone("Our office in Tokyo", ("STANDARD", "19700101T000000", "+0900", "+0900")),
                    event(HALF_HOUR % "Our office in Tokyo")],
        wanted=[("2027-07-14T01:20:00Z", "2027-07-14T01:50:00Z", False)], first="2027-07-01", days=20, tz="Asia/Tokyo"),
    "onsets in UTC, of daylight saving time": dict(
        components=[vtimezone("Mine", ("STANDARD", "20261025T010000Z", "+0200", "+0100"), ("DAYLIGHT", "20270328T010000Z", "+0100", "+0200"),
                              ("STANDARD", "20271031T010000Z", "+0200", "+0100", "RDATE:20281029T010000Z")),
                    event("DTSTART;TZID=Mine:20270328T033000\nDTEND;TZID=Mine:20271031T013000")],
        wanted=[("2027-03-28T01:30:00Z", "2027-10-30T23:30:00Z", False)], first="2027-03-01", days=300, tz="Europe/Berlin"),
    "the last onset before a rule's end in UTC counts": dict(
        components=[vtimezone("Mine", ("DAYLIGHT", "20200329T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20270328T010000Z"),
                              ("STANDARD", "20201025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20261025T010000Z")),
                    event("DTSTART;TZID=Mine:20270714T090000\nDURATION:PT1H")],
        wanted=[("2027-07-14T07:00:00Z", "2027-07-14T08:00:00Z", False)], first="2027-07-01", days=20, noted="it was taken in UTC"),
    "a colon in a TZID without quotes, with and without a VTIMEZONE": dict(
        components=[event(HALF_HOUR % "GMT+01:00"), event(HALF_HOUR % "Team:Berlin", "two@field.example"),
                    changing("Team:Berlin", "+0100", "+0200", *EU, hour="03"),
                    event("DTSTART;TZID=UTC-03:30;VALUE=DATE-TIME:20270714T102000\nDURATION:PT30M", "three@field.example")],
        wanted=[("2027-07-14T09:20:00Z", "2027-07-14T09:50:00Z", False), ("2027-07-14T08:20:00Z", "2027-07-14T08:50:00Z", False),
                ("2027-07-14T13:50:00Z", "2027-07-14T14:20:00Z", False)], first="2027-07-01", days=20),
})

table("what has no zone is on the start's clock", {
    "an end": dict(
        components=[event("DTSTART;TZID=America/New_York:20261124T200000\nDTEND:20261124T213000")],
        wanted=[("2026-11-25T01:00:00Z", "2026-11-25T02:30:00Z", False)], first="2026-11-23", days=7),
    "an end beside a start in UTC": dict(
        components=[event("DTSTART:20261124T200000Z\nDTEND:20261124T213000")],
        wanted=[("2026-11-24T20:00:00Z", "2026-11-24T21:30:00Z", False)], first="2026-11-23", days=7),
    "an end that is a date: that day's midnight there": dict(
        components=[event("DTSTART;TZID=America/New_York:20261124T200000\nDTEND;VALUE=DATE:20261125")],
        wanted=[("2026-11-25T01:00:00Z", "2026-11-25T05:00:00Z", False)], first="2026-11-23", days=7),
    "excluded dates": dict(
        components=[event("DTSTART;TZID=Asia/Tokyo:20261124T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261125T080000")],
        wanted=[("2026-11-23T23:00:00Z", "2026-11-24T00:00:00Z", False), ("2026-11-25T23:00:00Z", "2026-11-26T00:00:00Z", False)],
        first="2026-11-23", days=7),
    "excluded dates beside a start in UTC": dict(
        components=[event("DTSTART:20261124T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261125T080000")],
        wanted=[("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", False)], first="2026-11-23", days=7),
    "added dates and the ends of periods": dict(
        components=[event("DTSTART;TZID=Asia/Tokyo:20261124T080000\nDURATION:PT1H\nRDATE:20261126T080000\n"
                          "RDATE;VALUE=PERIOD:20261127T080000/20261127T110000\nRDATE;VALUE=PERIOD:20261127T230000Z/20261128T020000")],
        wanted=[("2026-11-23T23:00:00Z", "2026-11-24T00:00:00Z", False), ("2026-11-25T23:00:00Z", "2026-11-26T00:00:00Z", False),
                ("2026-11-26T23:00:00Z", "2026-11-27T02:00:00Z", False), ("2026-11-27T23:00:00Z", "2026-11-28T02:00:00Z", False)],
        first="2026-11-23", days=7),
    "which occurrence it is, whatever zone the changed one has": dict(
        components=[event("DTSTART;TZID=Asia/Tokyo:20261124T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"),
                    event("RECURRENCE-ID:20261125T080000\nDTSTART;TZID=America/New_York:20261124T210000\nDURATION:PT1H")],
        wanted=[("2026-11-23T23:00:00Z", "2026-11-24T00:00:00Z", False), ("2026-11-25T02:00:00Z", "2026-11-25T03:00:00Z", False)],
        first="2026-11-23", days=7),
    "which occurrence it is, of a series in UTC": dict(
        components=[event("DTSTART:20261124T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"),
                    event("RECURRENCE-ID:20261125T080000\nDTSTART:20261125T100000Z\nDURATION:PT1H")],
        wanted=[("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", False), ("2026-11-25T10:00:00Z", "2026-11-25T11:00:00Z", False)],
        first="2026-11-23", days=7),
    "a zone that only a VTIMEZONE explains": dict(
        components=[changing("Odd", "+0017", "+0117", *EU), event("DTSTART;TZID=Odd:20261124T090000\nDTEND:20261124T100000")],
        wanted=[("2026-11-24T08:43:00Z", "2026-11-24T09:43:00Z", False)], first="2026-11-23", days=7, noted="it was taken in UTC"),
    "a start that floats is on the organizer's clock, and what belongs to it": dict(
        components=[event("DTSTART:20261124T080000\nDTEND:20261124T090000\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261125T080000")],
        wanted=[("2026-11-24T07:00:00Z", "2026-11-24T08:00:00Z", False)], first="2026-11-23", days=7),
})

FLAG = "\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE"

table("a day is as long as the clock makes it", {
    "two days by the clock and an exact hour, over the change in autumn": dict(
        components=[event("DTSTART;TZID=America/New_York:20271106T090000\nDURATION:P2DT1H\nRRULE:FREQ=WEEKLY;COUNT=2")],
        wanted=[("2027-11-06T13:00:00Z", "2027-11-08T15:00:00Z", False), ("2027-11-13T14:00:00Z", "2027-11-15T15:00:00Z", False)],
        first="2027-11-01", days=30),
    "24 hours are 24 hours": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270327T090000\nDURATION:PT24H\nRRULE:FREQ=DAILY;COUNT=2")],
        wanted=[("2027-03-27T08:00:00Z", "2027-03-28T08:00:00Z", False), ("2027-03-28T07:00:00Z", "2027-03-29T07:00:00Z", False)],
        first="2027-03-20", days=14),
    "a week by the clock": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270325T090000\nDURATION:P1W")],
        wanted=[("2027-03-25T08:00:00Z", "2027-04-01T07:00:00Z", False)], first="2027-03-20", days=20),
    "a changed occurrence with days of its own": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270326T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"),
                    event("RECURRENCE-ID;TZID=Europe/Berlin:20270327T090000\nDTSTART;TZID=Europe/Berlin:20270327T100000\nDURATION:P1D")],
        wanted=[("2027-03-26T08:00:00Z", "2027-03-26T09:00:00Z", False), ("2027-03-27T09:00:00Z", "2027-03-28T08:00:00Z", False)],
        first="2027-03-20", days=14),
    "an added period of a day": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270326T090000\nDURATION:P1D\nRDATE;VALUE=PERIOD;TZID=Europe/Berlin:20270327T090000/P1D")],
        wanted=[("2027-03-26T08:00:00Z", "2027-03-27T08:00:00Z", False), ("2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z", False)],
        first="2027-03-20", days=14),
    "flagged, 25 hours long, in a series with an excluded day": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20271030T000000\nDTEND;TZID=Europe/Berlin:20271031T000000\nRRULE:FREQ=DAILY;COUNT=3\n"
                          "EXDATE;TZID=Europe/Berlin:20271030T000000" + FLAG)],
        wanted=[("2027-10-30T22:00:00Z", "2027-10-31T23:00:00Z", True), ("2027-10-31T23:00:00Z", "2027-11-01T23:00:00Z", True)],
        first="2027-10-20", days=20),
    "flagged, in UTC, at the organizer's midnights": dict(
        components=[event("DTSTART:20270327T230000Z\nDTEND:20270328T220000Z" + FLAG)],
        wanted=[("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", True)], first="2027-03-20", days=14, tz="Europe/Berlin"),
    "flagged, a day without an end": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270328T000000" + FLAG)],
        wanted=[("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", True)], first="2027-03-20", days=14),
    "flagged, but at no midnight: the times count": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270328T090000\nDTEND;TZID=Europe/Berlin:20270329T090000" + FLAG)],
        wanted=[("2027-03-28T07:00:00Z", "2027-03-29T07:00:00Z", False)], first="2027-03-20", days=14),
    "flagged, with an occurrence that differs": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:20270326T000000\nDTEND;TZID=Europe/Berlin:20270327T000000\nRRULE:FREQ=DAILY;COUNT=3" + FLAG),
                    event("RECURRENCE-ID:20270326T230000Z\nDTSTART;TZID=Europe/Berlin:20270401T000000\nDTEND;TZID=Europe/Berlin:20270402T000000" + FLAG)],
        wanted=[("2027-03-25T23:00:00Z", "2027-03-26T23:00:00Z", True), ("2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z", True),
                ("2027-03-31T22:00:00Z", "2027-04-01T22:00:00Z", True)], first="2027-03-20", days=20),
    "VALUE=DATE with a midnight in UTC, and one in a list": dict(
        components=[event("DTSTART;VALUE=DATE:20261222T000000Z\nDTEND;VALUE=DATE:20261223T000000Z\nRRULE:FREQ=DAILY;COUNT=3\n"
                          "EXDATE;VALUE=DATE:20261223T000000")],
        wanted=[("2026-12-21T23:00:00Z", "2026-12-22T23:00:00Z", True), ("2026-12-23T23:00:00Z", "2026-12-24T23:00:00Z", True)],
        first="2026-12-20", days=10),
    "VALUE=DATE with another time of day, which counts": dict(
        components=[event("DTSTART;VALUE=DATE:20261222T093000\nDURATION:PT1H")],
        wanted=[("2026-12-22T08:30:00Z", "2026-12-22T09:30:00Z", False)], first="2026-12-20", days=10, noted="the time was taken"),
    "whole days of two, over the change": dict(
        components=[event("DTSTART;VALUE=DATE:20270327\nDURATION:P2D\nRRULE:FREQ=WEEKLY;COUNT=2")],
        wanted=[("2027-03-26T23:00:00Z", "2027-03-28T22:00:00Z", True), ("2027-04-02T22:00:00Z", "2027-04-04T22:00:00Z", True)],
        first="2027-03-20", days=20),
})

table("time did not begin in 1970", {
    "a birthday since 1955": dict(
        components=[event("DTSTART;VALUE=DATE:19550314\nRRULE:FREQ=YEARLY")],
        wanted=[("2027-03-13T23:00:00Z", "2027-03-14T23:00:00Z", True), ("2028-03-13T23:00:00Z", "2028-03-14T23:00:00Z", True)],
        first="2027-01-01", days=600),
    "one of a year that nobody knows, which address books write as 1604": dict(
        components=[event("DTSTART;VALUE=DATE:16040229\nRRULE:FREQ=YEARLY")],
        wanted=[("2028-02-28T23:00:00Z", "2028-02-29T23:00:00Z", True)], first="2028-01-01", days=300),
    "a meeting on the last day before": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:19691231T090000\nDTEND;TZID=Europe/Berlin:19700102T090000")],
        wanted=[("1969-12-31T08:00:00Z", "1970-01-02T08:00:00Z", False)], first="1969-12-30", days=7),
    "a war's double summer time": dict(
        components=[event("DTSTART;TZID=Europe/London:19430701T090000\nDTEND;TZID=Europe/London:19430701T100000")],
        wanted=[("1943-07-01T07:00:00Z", "1943-07-01T08:00:00Z", False)], first="1943-06-29", days=7),
    "a series that counts from 1968 on": dict(
        components=[event("DTSTART;TZID=Europe/Berlin:19681226T090000\nDURATION:PT1H\nRRULE:FREQ=YEARLY;COUNT=60\nEXDATE;TZID=Europe/Berlin:20261226T090000")],
        wanted=[("2027-12-26T08:00:00Z", "2027-12-26T09:00:00Z", False)], first="2026-12-01", days=1000),
    "a day by the clock over a change of 1949": dict(
        components=[event("DTSTART;TZID=America/New_York:19490423T120000\nDURATION:P1D")],
        wanted=[("1949-04-23T17:00:00Z", "1949-04-24T16:00:00Z", False)], first="1949-04-20", days=7),
})


@case("of a year before dates were counted so, an event is told")
def _(d):
    organization(d)
    report = d.json("import", d.write("old.ics", calendar(event("DTSTART;VALUE=DATE:15820101\nRRULE:FREQ=YEARLY"))))
    has(report["errors"][0]["why"], "the year 1582 is not between 1583 and 9999")


@case("each way that an old time is shown: agenda, search, lookup by day, history, export, month")
def _(d):
    organization(d)
    d.run("import", d.write("old.ics", calendar(event("DTSTART;TZID=Europe/Berlin:19550314T090000\nDURATION:PT1H"))))
    equal([m["start"] for m in d.json("search", "Held")], ["1955-03-14T09:00:00+01:00"])
    has(d.run("show", "one@field.example").out, "1955")
    has(d.run("agenda", "--from", "1955-03-14").out, "Held")
    has(d.run("export").out, "DTSTART;TZID=Europe/Berlin:19550314T090000")


@case("days by the clock: what an edit makes of them")
def _(d):
    organization(d)
    path = d.write("days.ics", calendar(event("DTSTART;TZID=Europe/Berlin:20270326T090000\nDURATION:P1D\nRRULE:FREQ=DAILY;COUNT=3")))
    d.run("import", path)
    days = ["2027-03-26T08:00:00Z", "2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z", "2027-03-29T07:00:00Z"]
    equal(held(d, "2027-03-20", 14), [[*pair, False] for pair in zip(days, days[1:])])
    d.run("edit", "one@field.example", "--occurrence", "2027-03-27 09:00", "--title", "Other")
    equal(held(d, "2027-03-20", 14), [[*pair, False] for pair in zip(days, days[1:])])
    d.run("edit", "one@field.example", "--title", "Moved", "--start", "2027-03-26 10:00")
    equal([m[:2] for m in held(d, "2027-03-20", 14)][0], ["2027-03-26T09:00:00Z", "2027-03-27T09:00:00Z"])
    equal([m[:2] for m in held(d, "2027-03-20", 14)][2], ["2027-03-28T08:00:00Z", "2027-03-29T08:00:00Z"])
    d.run("edit", "one@field.example", "--occurrence", "2027-03-28 10:00", "--following", "--title", "Rest")
    equal([m[:2] for m in held(d, "2027-03-20", 14)][2], ["2027-03-28T08:00:00Z", "2027-03-29T08:00:00Z"])
    d.run("edit", "one@field.example", "--duration", "24h")
    equal([m[:2] for m in held(d, "2027-03-20", 14)][0], ["2027-03-26T09:00:00Z", "2027-03-27T09:00:00Z"])
    equal(d.json("check"), {"findings": []})


@case("an event that waits for its zone keeps its place; too many of them do not wait for ever")
def _(d):
    organization(d)
    waiting = event("DTSTART;TZID=Later:20270714T090000\nDURATION:PT1H", "first@x")
    broken = event("DTSTART:never", "second@x")
    unknown = event("DTSTART;TZID=Nowhere:20270714T090000", "third@x")
    zone = changing("Later", "+0100", "+0200", *EU, hour="03")
    report = d.json("import", d.write("order.ics", calendar(waiting, broken, unknown, zone)))
    equal((report["added"], [e["uid"] for e in report["errors"]]), (1, ["second@x", "third@x"]))
    has(report["errors"][1]["why"], "no VTIMEZONE tells which it is")
    long = "DESCRIPTION:" + "x" * 60000
    many = [event("DTSTART;TZID=Much later:20270714T090000\nDURATION:PT1H\n" + long, "m%d@x" % n) for n in range(100)]
    report = d.json("import", d.write("many.ics", calendar(*many, changing("Much later", "+0100", "+0200", *EU, hour="03"),
                                                           event("DTSTART;TZID=Much later:20270714T090000", "last@x"))))
    assert report["added"] >= 1 and report["rejected"] >= 69, report["rejected"]
    equal(report["read"], 101)
    equal(d.json("show", "last@x")["start"], "2027-07-14T09:00:00+02:00")


def locales(d, *names):
    """Makes locales in a folder of the test's own; False, loudly, where that cannot be. Their kinds of letters and the order of these,
    which take most of the time to make, are POSIX's."""
    if not shutil.which("localedef"):
        return skip("localedef is not installed")
    os.makedirs(d.path("locales"), exist_ok=True)
    for name in names:
        source = os.path.join("/usr/share/i18n/locales", name)
        if not os.path.exists(source):
            return skip("there is no " + source)
        with open(source, encoding="utf-8") as file:
            plain = re.sub(r"^(LC_CTYPE|LC_COLLATE)$.*?^END \1$", r'\1\ncopy "POSIX"\nEND \1', file.read(), flags=re.M | re.S)
        made = subprocess.run(["localedef", "-i", d.write("sources/" + name, plain), "-f", "UTF-8", d.path("locales/%s.UTF-8" % name)], capture_output=True, text=True)
        if not os.path.exists(d.path("locales/%s.UTF-8/LC_TIME" % name)):
            return skip("localedef makes no %s: %s" % (name, made.stderr.strip()))
    return True


@case("times are written as the locale has it, or the configuration; JSON and invitations never change")
def _(d):
    organization(d)
    d.run("new", "--title", "Lunch", "--start", "2026-12-01 12:30", "--uid", "lunch@field.example")
    ask = ("agenda", "--from", "2026-12-01", "--days", "1")
    plain, invitation, json = d.run(*ask).out, d.run("invite", "lunch@field.example").out, d.run(*ask, "--json").out
    has(plain, "Tue 1 Dec 2026, Europe/Berlin\n  12:30–13:30 ")

    def agree(wanted, env=None):
        env = env or {}
        has(d.run(*ask, env=env).out, wanted)
        equal(d.run(*ask, "--json", env=env).out, json)
        equal(d.run("invite", "lunch@field.example", env=env).out, invitation)
        shown = d.run(*ask, env=env).out.splitlines()[0].split(",")[0]
        equal(d.run("agenda", "--from", shown, "--days", "1", "--json", env=env).out, json)  # what is written is read

    for text, wanted in (("clock = 12", "Tue 1 Dec 2026, Europe/Berlin\n  12:30–1:30pm "),
                         ("date_order = month", "Tue Dec 1 2026, Europe/Berlin\n  12:30–13:30 "),
                         ("date_order = year", "Tue 2026-12-01, Europe/Berlin\n")):
        d.config(text + "\n")
        agree(wanted)
    d.config("")
    for name in ("C", "POSIX", "C.UTF-8", "xx_XX.UTF-8"):
        agree(plain, {"LC_ALL": None, "LC_CTYPE": "C.UTF-8", "LC_TIME": name})
    if not locales(d, "en_US", "de_DE", "sv_SE"):
        return
    own = {"LC_ALL": None, "LC_CTYPE": "C.UTF-8", "LOCPATH": d.path("locales"),
           "ASAN_OPTIONS": "exitcode=99:detect_leaks=0"}  # glibc's newlocale never frees its copy of LOCPATH
    for name, wanted in (("en_US", "Tue Dec 1 2026, Europe/Berlin\n  12:30–1:30pm "), ("de_DE", plain),
                         ("sv_SE", "Tue 2026-12-01, Europe/Berlin\n  12:30–13:30 ")):
        agree(wanted, {**own, "LC_TIME": name + ".UTF-8"})
        agree(wanted, {**own, "LANG": name + ".UTF-8"})
    d.config("clock = 24\n")
    agree("Tue Dec 1 2026, Europe/Berlin\n  12:30–13:30 ", {**own, "LC_TIME": "en_US.UTF-8"})


main()
