"""Events that programs read differently, what RFC 5545 makes of each, and what each program is known to make of it instead.

An occurrence is written as its start in UTC and its length in minutes, or its first day and its length in days:
"2026-12-01T08:00+60", "2026-12-24+3d". docs/peers.md has a row for each difference.
"""

ZONE = "Europe/Berlin"
ZONES = """BEGIN:VTIMEZONE
TZID:Head office
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:America/Sao_Paulo
BEGIN:STANDARD
DTSTART:20080217T000000
TZOFFSETFROM:-0200
TZOFFSETTO:-0300
RRULE:FREQ=YEARLY;BYDAY=3SU;BYMONTH=2
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20081019T000000
TZOFFSETFROM:-0300
TZOFFSETTO:-0200
RRULE:FREQ=YEARLY;BYDAY=3SU;BYMONTH=10
END:DAYLIGHT
END:VTIMEZONE
"""


def one(name, *lines):
    return ["BEGIN:VEVENT", "UID:" + name, "DTSTAMP:20261101T000000Z", "SUMMARY:" + name, *lines, "END:VEVENT"]


def at(local, zone=ZONE, name="DTSTART"):
    return "%s;TZID=%s:%s" % (name, zone, local)


def of(local, zone=ZONE):
    return at(local, zone, "RECURRENCE-ID")


HOUR = "DURATION:PT1H"
CASES = {
    "gap": [[at("20270328T023000"), HOUR]],
    "overlap": [[at("20261025T023000"), HOUR]],
    "gap-series": [[at("20270321T023000"), HOUR, "RRULE:FREQ=WEEKLY;COUNT=3"]],
    "overlap-series": [[at("20261024T023000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3"]],
    "day-over-change": [[at("20261024T120000"), "DURATION:P1D"]],
    "hours-over-change": [[at("20261024T120000"), "DURATION:PT24H"]],
    "until-utc": [[at("20261201T220000", "America/New_York"), HOUR, "RRULE:FREQ=DAILY;UNTIL=20261204T030000Z"]],
    "until-date": [[at("20261201T220000"), HOUR, "RRULE:FREQ=DAILY;UNTIL=20261203"]],
    "until-local": [[at("20261201T220000"), HOUR, "RRULE:FREQ=DAILY;UNTIL=20261203T220000"]],
    "days": [["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"]],
    "day-alone": [["DTSTART;VALUE=DATE:20261215"]],
    "days-series": [["DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20261208"]],
    "no-end": [[at("20261215T090000")]],
    "exdate-counts": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3", at("20261202T090000", name="EXDATE")]],
    "exdate-utc": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20261202T080000Z"]],
    "exdate-by-date": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261202"]],
    "moved": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3"], [of("20261202T090000"), at("20261205T140000"), "DURATION:PT2H"]],
    "moved-named-in-utc": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3"], ["RECURRENCE-ID:20261202T080000Z", at("20261205T140000"), HOUR]],
    "moved-to-other-zone": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3"], [of("20261202T090000"), at("20261202T090000", "Asia/Tokyo"), HOUR]],
    "cancelled-one": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=3"], [of("20261202T090000"), at("20261202T090000"), HOUR, "STATUS:CANCELLED"]],
    "and-future": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=4"], ["RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=%s:20261203T090000" % ZONE, at("20261203T100000"), HOUR]],
    "cancelled": [[at("20261201T090000"), HOUR, "STATUS:CANCELLED"]],
    "rdate": [[at("20261201T090000"), HOUR, at("20261203T140000,20261204T140000", name="RDATE")]],
    "rdate-utc": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=2", "RDATE:20261203T130000Z"]],
    "rdate-twice": [[at("20261201T090000"), HOUR, "RRULE:FREQ=DAILY;COUNT=2", at("20261202T090000", name="RDATE")]],
    "rdate-period": [[at("20261201T090000"), HOUR, "RDATE;VALUE=PERIOD;TZID=%s:20261203T140000/PT3H" % ZONE]],
    "setpos": [[at("20261130T090000"), HOUR, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4"]],
    "last-friday": [[at("20261127T090000"), HOUR, "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=4"]],
    "last-day": [[at("20261231T090000"), HOUR, "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"]],
    "thirty-first": [[at("20261231T090000"), HOUR, "RRULE:FREQ=MONTHLY;COUNT=4"]],
    "leap-day": [[at("20240229T090000"), HOUR, "RRULE:FREQ=YEARLY"]],
    "wkst-monday": [[at("20261201T090000"), HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"]],
    "wkst-sunday": [[at("20261201T090000"), HOUR, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"]],
    "not-its-day": [[at("20261201T090000"), HOUR, "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"]],
    "mixed-days": [[at("20261204T090000"), HOUR, "RRULE:FREQ=MONTHLY;BYDAY=1MO,FR;COUNT=4"]],
    "yearly-week": [[at("20270104T090000"), HOUR, "RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=2"]],
    "hourly": [[at("20261024T220000"), "DURATION:PT10M", "RRULE:FREQ=HOURLY;INTERVAL=3;COUNT=4"]],
    "windows-name": [[at("20261215T090000", "Eastern Standard Time"), HOUR]],
    "office-name": [[at("20261215T090000", "Head office"), HOUR]],
    "zone-changed": [[at("20261215T090000", "America/Sao_Paulo"), HOUR]],
    "zone-past": [[at("20181215T090000", "America/Sao_Paulo"), HOUR]],
    "day-that-was-none": [[at("20111230T100000", "Pacific/Apia"), HOUR]],
    "vendors-path": [[at("20261215T090000", "/example.org/2010_1/Asia/Tokyo"), HOUR]],
    "quoted-zone": [["DTSTART;TZID=\"Asia/Tokyo\":20261215T090000", HOUR]],
    "lower-case": [["dtstart;tzid=Asia/Tokyo:20261215T090000", "duration:pt1h"]],
    "floating": [["DTSTART:20261215T090000", HOUR]],
}


# By RFC 5545; worked out by hand.
TRUTH = {
    "gap": ["2027-03-28T01:30+60"],  # 3.3.5: the offset before the gap
    "overlap": ["2026-10-25T00:30+60"],  # 3.3.5: the first of the two
    "gap-series": ["2027-03-21T01:30+60", "2027-03-28T01:30+60", "2027-04-04T00:30+60"],
    "overlap-series": ["2026-10-24T00:30+60", "2026-10-25T00:30+60", "2026-10-26T01:30+60"],
    "day-over-change": ["2026-10-24T10:00+1500"],  # 3.3.6: a day is nominal, hours are exact
    "hours-over-change": ["2026-10-24T10:00+1440"],
    "until-utc": ["2026-12-02T03:00+60", "2026-12-03T03:00+60", "2026-12-04T03:00+60"],
    "until-date": ["2026-12-01T21:00+60", "2026-12-02T21:00+60", "2026-12-03T21:00+60"],  # of another type than DTSTART: not allowed
    "until-local": ["2026-12-01T21:00+60", "2026-12-02T21:00+60", "2026-12-03T21:00+60"],  # not in UTC: not allowed
    "days": ["2026-12-24+3d"],
    "day-alone": ["2026-12-15+1d"],
    "days-series": ["2026-12-01+1d", "2026-12-15+1d", "2026-12-22+1d"],
    "no-end": ["2026-12-15T08:00+0"],  # 3.6.1: it ends when it starts
    "exdate-counts": ["2026-12-01T08:00+60", "2026-12-03T08:00+60"],  # 3.8.5.1: taken from the set that COUNT made
    "exdate-utc": ["2026-12-01T08:00+60", "2026-12-03T08:00+60"],
    "exdate-by-date": ["2026-12-01T08:00+60", "2026-12-03T08:00+60"],  # of another type than DTSTART: what is meant is plain
    "moved": ["2026-12-01T08:00+60", "2026-12-03T08:00+60", "2026-12-05T13:00+120"],
    "moved-named-in-utc": ["2026-12-01T08:00+60", "2026-12-03T08:00+60", "2026-12-05T13:00+60"],
    "moved-to-other-zone": ["2026-12-01T08:00+60", "2026-12-02T00:00+60", "2026-12-03T08:00+60"],
    "cancelled-one": ["2026-12-01T08:00+60", "2026-12-03T08:00+60"],  # whether it is shown is a program's own business
    "and-future": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T09:00+60", "2026-12-04T09:00+60"],  # 3.8.4.4
    "cancelled": [],
    "rdate": ["2026-12-01T08:00+60", "2026-12-03T13:00+60", "2026-12-04T13:00+60"],
    "rdate-utc": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T13:00+60"],
    "rdate-twice": ["2026-12-01T08:00+60", "2026-12-02T08:00+60"],  # 3.8.5.2: once
    "rdate-period": ["2026-12-01T08:00+60", "2026-12-03T13:00+180"],  # 3.8.5.2: of its own length
    "setpos": ["2026-11-30T08:00+60", "2026-12-31T08:00+60", "2027-01-29T08:00+60", "2027-02-26T08:00+60"],
    "last-friday": ["2026-11-27T08:00+60", "2026-12-25T08:00+60", "2027-01-29T08:00+60", "2027-02-26T08:00+60"],
    "last-day": ["2026-12-31T08:00+60", "2027-01-31T08:00+60", "2027-02-28T08:00+60"],
    "thirty-first": ["2026-12-31T08:00+60", "2027-01-31T08:00+60", "2027-03-31T07:00+60", "2027-05-31T07:00+60"],  # 3.3.10: left out
    "leap-day": ["2028-02-29T08:00+60"],
    "wkst-monday": ["2026-12-01T08:00+60", "2026-12-06T08:00+60", "2026-12-15T08:00+60", "2026-12-20T08:00+60"],
    "wkst-sunday": ["2026-12-01T08:00+60", "2026-12-13T08:00+60", "2026-12-15T08:00+60", "2026-12-27T08:00+60"],
    "not-its-day": ["2026-12-01T08:00+60", "2026-12-07T08:00+60", "2026-12-14T08:00+60"],  # 3.8.5.3: undefined, but for DTSTART itself
    "mixed-days": ["2026-12-04T08:00+60", "2026-12-07T08:00+60", "2026-12-11T08:00+60", "2026-12-18T08:00+60"],
    "yearly-week": ["2027-01-04T08:00+60", "2028-01-03T08:00+60"],
    "hourly": ["2026-10-24T20:00+10", "2026-10-24T23:00+10", "2026-10-25T03:00+10", "2026-10-25T06:00+10"],
    "windows-name": ["2026-12-15T14:00+60"],
    "office-name": ["2026-12-15T08:00+60"],
    "zone-changed": ["2026-12-15T12:00+60"],  # by the zone's name; its VTIMEZONE is of before 2019 and would say 11:00
    "zone-past": ["2018-12-15T11:00+60"],
    "day-that-was-none": ["2011-12-30T20:00+60"],  # 3.3.5 again: the gap of a whole day
    "vendors-path": ["2026-12-15T00:00+60"],
    "quoted-zone": ["2026-12-15T00:00+60"],
    "lower-case": ["2026-12-15T00:00+60"],  # 2: names, and values of such lists, in any case
    "floating": ["2026-12-15T08:00+60"],  # 3.3.5: on the observer's clock, which is the organizer's here
}

# What a program makes of a case instead; None: it shows nothing, or fails.
KNOWN = {
    "dialdesk": {},
    "khal": {
        "overlap": ["2026-10-25T01:30+60"],
        "overlap-series": ["2026-10-24T00:30+60", "2026-10-25T01:30+60", "2026-10-26T01:30+60"],
        "day-over-change": ["2026-10-24T10:00+1440"],
        "until-date": ["2026-12-01T21:00+60", "2026-12-02T21:00+60"],
        "no-end": ["2026-12-15T08:00+60"],
        "exdate-by-date": None,
        "cancelled-one": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60"],
        "cancelled": ["2026-12-01T08:00+60"],
        "rdate-period": None,
        "not-its-day": ["2026-12-07T08:00+60", "2026-12-14T08:00+60", "2026-12-21T08:00+60"],
        "mixed-days": None,
        "vendors-path": ["2026-12-15T08:00+60"],
        "lower-case": None,
        "floating": ["2026-12-15T09:00+60"],
    },
    "calcurse": {
        "overlap": ["2026-10-25T01:30+60"],
        "overlap-series": ["2026-10-24T00:30+60", "2026-10-25T01:30+60", "2026-10-26T01:30+60"],
        "day-over-change": ["2026-10-24T10:00+1440"],
        "until-date": None,
        "days-series": ["2026-12-01+1d", "2026-12-15+1d", "2026-12-22+1d", "2026-12-29+1d"],
        "exdate-counts": ["2026-12-01T08:00+60", "2026-12-03T08:00+60", "2026-12-04T08:00+60"],
        "exdate-utc": ["2026-12-01T08:00+60", "2026-12-03T08:00+60", "2026-12-04T08:00+60"],
        "exdate-by-date": None,
        "moved": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60", "2026-12-05T13:00+120"],
        "moved-named-in-utc": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60", "2026-12-05T13:00+60"],
        "moved-to-other-zone": ["2026-12-01T08:00+60", "2026-12-02T00:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60"],
        "cancelled-one": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60"],
        "and-future": ["2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60", "2026-12-03T09:00+60", "2026-12-04T08:00+60"],
        "cancelled": ["2026-12-01T08:00+60"],
        "rdate": ["2026-12-01T08:00+60"],
        "rdate-utc": ["2026-12-01T08:00+60", "2026-12-02T08:00+60"],
        "rdate-period": ["2026-12-01T08:00+60"],
        "setpos": ["2026-11-30T08:00+60", "2026-12-01T08:00+60", "2026-12-02T08:00+60", "2026-12-03T08:00+60"],
        "wkst-sunday": ["2026-12-01T08:00+60", "2026-12-06T08:00+60", "2026-12-15T08:00+60", "2026-12-20T08:00+60"],
        "not-its-day": None,
        "mixed-days": ["2026-12-04T08:00+60", "2026-12-07T08:00+60", "2027-01-01T08:00+60", "2027-01-04T08:00+60"],
        "yearly-week": ["2027-01-04T08:00+60", "2027-01-11T08:00+60"],
        "hourly": None,
        "windows-name": ["2026-12-15T09:00+60"],
        "office-name": ["2026-12-15T09:00+60"],
        "day-that-was-none": ["2011-12-29T20:00+60"],
        "vendors-path": ["2026-12-15T09:00+60"],
        "quoted-zone": ["2026-12-15T08:00+60"],
        "lower-case": None,
    },
    "python3-icalendar": {
        "overlap": ["2026-10-25T01:30+60"],
        "day-over-change": ["2026-10-24T10:00+1440"],
        "vendors-path": ["no zone"],
        "lower-case": None,
        "floating": ["no zone"],
    },
    "python3-dateutil": {
        "gap-series": ["2027-03-21T01:30+0", "2027-03-28T00:30+0", "2027-04-04T00:30+0"],
        "until-date": None,
        "until-local": None,
        "exdate-by-date": None,
        "rdate": None,
        "rdate-twice": None,
        "rdate-period": None,
        "not-its-day": ["2026-12-07T08:00+0", "2026-12-14T08:00+0", "2026-12-21T08:00+0"],
        "mixed-days": None,
    },
}


def calendar(names=None):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"] + ZONES.splitlines()
    for name in names or CASES:
        for event in CASES[name]:
            lines += one(name, *event)
    return "\r\n".join(lines + ["END:VCALENDAR", ""])
