#!/usr/bin/python3
"""The zone database moves on: what is meant stays, the check tells what moves, and a repair brings it right. And every zone that
is there, by each of its names, or by its rules alone.

Where the database moves on, the zones are of a folder of the case's own (TZDIR), which holds one version of a zone's rules after
another; else they are the system's.
"""

import datetime
import os
import re
import struct
import zoneinfo

from _cli import ADA
from dialdesk import ROOT, case, equal, has, lacks, main, matches

WEST = "Test/West"
HOUR = 3600
UTC = datetime.timezone.utc
MOVES = "meeting moves, as its zone's rules have changed ('dialdesk check --repair'): "


def at(*date):
    return int(datetime.datetime(*date, tzinfo=UTC).timestamp())


def tzif(first, changes, version=2):
    """A TZif file (RFC 8536): the offset at first, then (instant, offset) pairs; no rule for the time after them."""
    types = sorted({first, *(offset for _, offset in changes)})
    types.remove(first)
    types.insert(0, first)  # in force before the first change

    def block(width):
        head = b"TZif%d" % version + bytes(15) + struct.pack(">6l", 0, 0, 0, len(changes), len(types), 4)
        body = b"".join(struct.pack(">" + width, instant) for instant, _ in changes)
        body += bytes(types.index(offset) for _, offset in changes)
        return head + body + b"".join(struct.pack(">lbb", offset, 0, 0) for offset in types) + b"TST\0"

    return block("l") + block("q") + b"\n\n"


# the clock goes forward in spring 2027, as it used to; then it does so a month later; then not at all
OLD = tzif(HOUR, [(at(2027, 3, 28, 1), 2 * HOUR), (at(2027, 10, 31, 1), HOUR)])
LATER = tzif(HOUR, [(at(2027, 4, 25, 1), 2 * HOUR), (at(2027, 10, 31, 1), HOUR)])
NEVER = tzif(HOUR, [])


class Zones:
    """A Dialdesk whose every run sees the folder of zones."""

    def __init__(self, d, rules=OLD):
        self.d = d
        self.be(rules)
        environment = d.env
        d.env = lambda more=None: environment({"TZDIR": d.path("zones"), **(more or {})})
        d.organization()

    def be(self, rules):
        self.d.write("zones/" + WEST, rules)


def findings(d):
    return d.json("check", status=4)["findings"]


def sound(d):
    equal(d.json("check"), {"findings": []})


def new(d, title, start, *more):
    return d.new(title, start, "--tz", WEST, *more)


@case("single meetings and series without end that move: each named with both instants; others not; a repair, and it is sound")
def _(d):
    zones = Zones(d)
    before = new(d, "Before", "2027-03-20 09:00")
    single = new(d, "Single", "2027-04-01 09:00", "--attendee", "bob@example.org")
    weekly = new(d, "Weekly", "2026-12-07 09:00", "--repeat", "FREQ=WEEKLY", "--attendee", "bob@example.org",
                 "--attendee", "eve@example.org")
    summer = new(d, "Summer", "2027-06-01 09:00")
    cancelled = new(d, "Off", "2027-04-02 09:00")
    d.run("cancel", cancelled["uid"])
    equal(single["start"], "2027-04-01T09:00:00+02:00")
    sound(d)
    zones.be(LATER)
    equal(sorted(findings(d)), sorted([
        MOVES + "%s 'Single' (%s): 2027-04-01 09:00 there was 2027-04-01T07:00:00Z and is 2027-04-01T08:00:00Z"
                "; the invitation of 1 attendee may still say the old time" % (single["uid"], WEST),
        MOVES + "%s 'Weekly' (%s): 2027-03-29 09:00 there was 2027-03-29T07:00:00Z and is 2027-03-29T08:00:00Z"
                ", the first of 4 occurrences that move; the invitations of 2 attendees may still say the old time"
        % (weekly["uid"], WEST)]))
    told = d.json("check", "--repair")
    equal((len(told["repaired"]), told["findings"]), (2, []))
    sound(d)
    equal(d.json("check", "--repair"), {"repaired": [], "findings": []})
    now = d.json("show", single["uid"])
    equal((now["start"], now["sequence"]), ("2027-04-01T09:00:00+01:00", 1))
    equal(d.json("show", weekly["uid"])["sequence"], 1)
    for untouched in (before, summer):
        equal(d.json("show", untouched["uid"]), untouched)
    entry = d.json("history", single["uid"])[-1]
    equal((entry["event"], entry["detail"]), ("times renewed", "by new rules of Test/West: 2027-04-01T07:00:00Z -> 2027-04-01T08:00:00Z"))
    equal(d.json("lookup", single["conference_id"])["reserved_until"], "2028-03-31T09:00:00+00:00")
    equal([m["start"] for m in d.json("agenda", "--from", "2027-03-28", "--to", "2027-04-03")],
          ["2027-03-29T09:00:00+01:00", "2027-04-01T09:00:00+01:00"])


@case("a repair says what it did to people too; without a store there is nothing to repair")
def _(d):
    has(d.error("check", "--repair", status=4), "no store is here")
    zones = Zones(d)
    uid = new(d, "Single", "2027-04-01 09:00")["uid"]
    zones.be(LATER)
    told = d.run("check", "--repair").out
    matches(told, r"\ABrought right: %s 'Single' .*\nThe store is sound\.\n\Z" % uid)


@case("rules that come back, and a file that says the same in other words, move nothing")
def _(d):
    zones = Zones(d)
    new(d, "Single", "2027-04-01 09:00")
    new(d, "Weekly", "2026-12-07 09:00", "--repeat", "FREQ=WEEKLY")
    zones.be(LATER)
    equal(len(findings(d)), 2)
    zones.be(OLD)
    sound(d)
    # an offset named that is in force already: other bytes, the same clock
    zones.be(tzif(HOUR, [(at(2027, 1, 1), HOUR), (at(2027, 3, 28, 1), 2 * HOUR), (at(2027, 10, 31, 1), HOUR)], version=3))
    sound(d)


@case("what was stored under old and under new rules is told apart, each repaired by its own")
def _(d):
    zones = Zones(d)
    old = new(d, "Old", "2027-04-01 09:00")["uid"]
    zones.be(LATER)
    newer = new(d, "Newer", "2027-04-01 12:00")["uid"]
    equal(len(findings(d)), 1)
    zones.be(NEVER)
    summer = new(d, "Summer", "2027-06-01 09:00")["uid"]
    lines = findings(d)
    equal(len(lines), 1, lines)
    has(lines[0], old)
    d.run("check", "--repair")
    sound(d)
    zones.be(OLD)
    lines = findings(d)
    equal(len(lines), 3, lines)
    for uid in (old, newer, summer):
        has("\n".join(lines), uid)


@case("an occurrence that was moved, an added one, whole days, and one that is over")
def _(d):
    zones = Zones(d)
    moved = new(d, "Moved", "2027-03-01 09:00", "--repeat", "FREQ=DAILY;COUNT=3")["uid"]
    d.json("edit", moved, "--occurrence", "2027-03-02", "--start", "2027-04-02 15:00")
    days = new(d, "Days", "2027-04-01")["uid"]
    first = new(d, "Change day", "2027-03-28")["uid"]
    zones.be(LATER)
    text = "\n".join(findings(d))
    matches(text, r"%s 'Moved' .*: 2027-04-02 15:00 there was 2027-04-02T13:00:00Z and is 2027-04-02T14:00:00Z$" % moved)
    matches(text, r"%s 'Days' .*: 2027-04-01 00:00 there was 2027-03-31T22:00:00Z and is 2027-03-31T23:00:00Z$" % days)
    matches(text, r"%s 'Change day' .*: 2027-03-28 00:00 there was 2027-03-28T22:00:00Z and is 2027-03-28T23:00:00Z$" % first)
    d.now = "2027-05-01T09:00:00Z"
    sound(d)
    d.now = "2027-03-27T09:00:00Z"
    equal(len(d.json("check", "--repair")["repaired"]), 3)
    sound(d)


@case("an end in UTC moves with the last occurrence")
def _(d):
    zones = Zones(d)
    daily = new(d, "Daily", "2027-03-25 09:00", "--repeat", "FREQ=DAILY;UNTIL=20270402T070000Z")["uid"]
    zones.be(LATER)
    has(findings(d)[0], "the first of 6 occurrences that move")
    d.json("check", "--repair")
    equal(d.json("show", daily)["recurrence"], "FREQ=DAILY;UNTIL=20270402T080000Z")
    equal(len(d.json("agenda", "--from", "2027-03-25", "--days", "20")), 9)
    sound(d)


@case("a store from before the rules were kept: single meetings and ends are told by what is stored, and repaired")
def _(d):
    zones = Zones(d)
    single = new(d, "Single", "2027-04-01 09:00")["uid"]
    new(d, "Weekly", "2026-12-07 09:00", "--repeat", "FREQ=WEEKLY")
    d.sql("UPDATE meeting SET zone_rules = 0; DELETE FROM zone_rules")
    sound(d)
    zones.be(LATER)
    lines = findings(d)
    equal(len(lines), 1, lines)
    has(lines[0], "(or the zone's rules have changed): %s (stored: starts 2027-04-01T07:00:00Z; it is 2027-04-01T08:00:00Z)" % single)
    equal(len(d.json("check", "--repair")["repaired"]), 1)
    sound(d)


@case("damage is told apart from a change of rules, and rules that are gone are damage")
def _(d):
    zones = Zones(d)
    uid = new(d, "Single", "2027-04-01 09:00")["uid"]
    d.sql("UPDATE meeting SET start_at = start_at - 60, span_start = span_start - 60")
    for rules in (OLD, LATER):
        zones.be(rules)
        lines = findings(d)
        equal(len(lines), 1, lines)
        has(lines[0], "stored times are not what its local start, zone, duration and rule come to")
        has(lines[0], uid)
    d.json("check", "--repair")
    d.sql("DELETE FROM zone_rules")
    equal(findings(d), ["meeting's zone rules are not in the store: " + uid])
    d.sql("INSERT INTO zone_rules SELECT zone_rules, 'noise' FROM meeting")
    zones.be(OLD)
    has(findings(d)[0], "stored times are not")


@case("every writer keeps the rules: import, split, conversion, edit; and calendars go out with the new ones")
def _(d):
    zones = Zones(d)
    ics = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:in@x\r\nDTSTART;TZID=%s:20270401T090000\r\nDURATION:PT1H\r\n"
           "RRULE:FREQ=WEEKLY\r\nSUMMARY:In\r\nORGANIZER:mailto:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" % (WEST, ADA))
    d.json("import", d.write("in.ics", ics))
    rest = d.json("edit", "in@x", "--occurrence", "2027-04-08", "--following", "--title", "Rest")["uid"]
    equal(d.sql("SELECT COUNT(*) FROM zone_rules").strip(), "1")
    zones.be(LATER)
    lines = "\n".join(findings(d))
    has(lines, "in@x 'In'")
    has(lines, rest + " 'Rest'")
    lacks(d.run("invite", rest, "--format", "ics").out, "20270328")
    # an edit works the times out anew: what was edited is right, the other one still waits
    d.json("edit", rest, "--location", "Room 2")
    lines = findings(d)
    equal((len(lines), rest in lines[0]), (1, False), lines)
    d.json("check", "--repair")
    sound(d)


@case("many meetings move: twenty and more are told, all are repaired in one go")
def _(d):
    zones = Zones(d)
    events = "".join("BEGIN:VEVENT\r\nUID:m%d@x\r\nDTSTART;TZID=%s:202704%02dT%02d0000\r\nDURATION:PT1H\r\nSUMMARY:M\r\nEND:VEVENT\r\n"
                     % (i, WEST, 1 + i % 20, 8 + i % 9) for i in range(700))
    d.json("import", d.write("in.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n"), "-o", ADA)
    zones.be(LATER)
    lines = findings(d)
    equal((len(lines), lines[-1]), (21, MOVES + "and more"))
    equal(len(d.json("check", "--repair")["repaired"]), 700)
    sound(d)


# --- every zone of the system --------------------------------------------------------------------------

WINTER, SUMMER = datetime.datetime(2027, 1, 12, 12), datetime.datetime(2027, 7, 13, 12)


def all_zones():
    names = sorted(n for n in zoneinfo.available_timezones() if os.path.isfile("/usr/share/zoneinfo/" + n) and n != "localtime")
    assert len(names) > 300, len(names)
    return names


def events(zones, extra=""):
    """Two events for each TZID: in January and in July, at noon."""
    text = "".join("BEGIN:VEVENT\r\nUID:%d-%s@x\r\nDTSTART;TZID=\"%s\":%s\r\nDURATION:PT1H\r\nSUMMARY:Z\r\nEND:VEVENT\r\n"
                   % (i, "ws"[at is SUMMER], zone, at.strftime("%Y%m%dT%H%M%S")) for i, zone in enumerate(zones) for at in (WINTER, SUMMER))
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n" + extra + text + "END:VCALENDAR\r\n"


def taken_in(d, text):
    """What an import made of it: {uid: meeting}, and the report."""
    report = d.json("import", d.write("zones.ics", text), "-o", ADA)
    return {m["uid"]: m for m in d.json("agenda", "--from", "2027-01-10", "--days", "190")}, report


def utc_of(at, zone):
    return at.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(UTC)


def starts_at(meeting):
    return datetime.datetime.fromisoformat(meeting["start"]).astimezone(UTC)


@case("every IANA zone of the system by its name, and every Windows name and display name of CLDR's mapping, in any case of letters")
def _(d):
    d.organization()
    with open(os.path.join(ROOT, "data", "windows-zones.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    assert len(rows) > 130, len(rows)
    names = {name: name for name in all_zones() if name not in ("UTC", "GMT", "Etc/UTC")}
    for windows, zone, display in rows:
        names.update({windows: zone, windows.upper(): zone, display: zone})
    found, report = taken_in(d, events(names))
    equal((report["added"], report["errors"], report["notes"]), (2 * len(names), [], []))
    for i, (name, zone) in enumerate(names.items()):
        for at in (WINTER, SUMMER):
            meeting = found["%d-%s@x" % (i, "ws"[at is SUMMER])]
            equal((meeting["tz"], starts_at(meeting)), ("UTC" if zone == "Etc/UTC" else zone, utc_of(at, zone)), name)
    equal(d.json("check"), {"findings": []})


@case("every zone by the rules of its VTIMEZONE alone, under a name that nobody knows: at the same instants, or told")
def _(d):
    d.organization()
    names = all_zones()
    taken_in(d, events(names))
    ics = d.run("export", "--from", "2027-01-01", "--to", "2028-01-01").out.replace("\r\n ", "")
    zones = re.findall(r"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", ics, re.S)
    known = [re.search(r"TZID:(.*?)\r\n", zone).group(1) for zone in zones]
    assert len(known) > 300, len(known)
    hidden = "".join(re.sub(r"(TZID:).*?\r\n", r"\g<1>Nobody %d\r\n" % i, re.sub(r"X-LIC-LOCATION:.*?\r\n", "", zone))
                     for i, zone in enumerate(zones))
    d.db = d.path("other.db")
    d.organization()
    found, report = taken_in(d, events(["Nobody %d" % i for i in range(len(known))], hidden))
    untold = {note["uid"] for note in report["notes"] + report["errors"]}
    right = 0
    for i, zone in enumerate(known):
        for at in (WINTER, SUMMER):
            uid = "%d-%s@x" % (i, "ws"[at is SUMMER])
            if uid in found and starts_at(found[uid]) == utc_of(at, zone):
                right += 1
            else:
                assert uid in untold, (zone, at, found.get(uid), report["notes"][:3])
    equal(right, 2 * len(known), [zone for i, zone in enumerate(known) if "%d-w@x" % i in untold])


main()
