#!/usr/bin/python3
"""What khal, calcurse, python3-icalendar and python3-dateutil make of the same tricky events, and what we do: each at which
instant. All agree with RFC 5545 but for the differences that are known, and docs/peers.md has a row for each of these."""

import datetime
import os
import re
import shutil
import subprocess
import sys
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "harness"))
from _tricky import CASES, KNOWN, TRUTH, ZONE, calendar
from dialdesk import ROOT, case, equal, main, skip

UTC = datetime.timezone.utc
WINDOWS = (("2011-12-28", 4), ("2018-12-14", 3), ("2026-10-20", 500))
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)


def timed(start, end):
    return "%s+%d" % (start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"), (end - start) / MINUTE)


def whole(first, behind):
    return "%s+%dd" % (first.strftime("%Y-%m-%d"), (behind - first) / DAY)


def compare(program, found, names=CASES, shape=lambda wanted: wanted):
    """Each case as RFC 5545 has it, or exactly as is known of the program. `shape`: what the program can say of an occurrence."""
    wrong = []
    for name in names:
        known = KNOWN[program].get(name, TRUTH[name])
        wanted, got = known and sorted(map(shape, known)), found.get(name, [])
        got = got and sorted(set(got))
        if (wanted or None) != (got or None):
            wrong.append("%s:\n    wanted %s\n    got    %s" % (name, wanted, got))
    equal("\n".join(wrong), "", program)


def collect(found, name, occurrence):
    found.setdefault(name, []).append(occurrence)


@case("we: as RFC 5545 has it, in one import")
def _(d):
    d.organization(tz=ZONE)
    d.run("import", d.write("in.ics", calendar()), "-o", "ada@example.org")
    found = {}
    for first, days in WINDOWS:
        for meeting in d.json("agenda", "--from", first, "--days", str(days)):
            start, end = (datetime.datetime.fromisoformat(meeting[key]) for key in ("start", "end"))
            collect(found, meeting["uid"], (whole if meeting["all_day"] else timed)(start, end))
    compare("dialdesk", found)


@case("khal")
def _(d):
    if not shutil.which("khal"):
        skip("khal is not installed")
    for name in CASES:
        d.write("khal/calendar/%s.ics" % name, calendar([name]))
    clock = "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    d.write("khal/config", "[calendars]\n[[ours]]\npath = %s\n[sqlite]\npath = %s\n[locale]\nlocal_timezone = UTC\ndefault_timezone = %s\n%s" % (
        d.path("khal/calendar"), d.path("khal/db"), ZONE, clock))
    found = {}
    for first, days in WINDOWS:
        done = subprocess.run(["khal", "-c", d.path("khal/config"), "list", "--notstarted", "--day-format", "", "--format", "@{uid}|{start-long}|{end-long}",
                               first, "%dd" % days], env=d.env(), capture_output=True, text=True)
        equal(done.returncode, 0, done.stderr)
        for uid, start, end in re.findall(r"^@(.*)\|(.*)\|(.*)$", done.stdout, re.M):
            if ":" in start:
                collect(found, uid, timed(*(datetime.datetime.fromisoformat(t + ":00+00:00") for t in (start, end))))
            else:  # it names the last day
                collect(found, uid, whole(datetime.datetime.fromisoformat(start), datetime.datetime.fromisoformat(end) + DAY))
    compare("khal", found)


@case("calcurse")
def _(d):
    if not shutil.which("calcurse"):
        skip("calcurse is not installed")
    env, folders = d.env({"TZ": ZONE}), ["-D", d.path("calcurse"), "-C", d.path("calcurse")]
    subprocess.run(["calcurse", *folders, "-q", "-i", d.write("in.ics", calendar())], env=env, capture_output=True)
    found = {}
    for first, days in WINDOWS:
        clock = "@%m|%(start:epoch)|%(end:epoch)\n"
        done = subprocess.run(["calcurse", *folders, "-Q", "--from", "%s/%s/%s" % (first[5:7], first[8:], first[:4]), "--days", str(days), "--output-datefmt",
                               "%Y-%m-%d", "--format-apt", clock, "--format-recur-apt", clock, "--format-event", "@%m||\n", "--format-recur-event", "@%m||\n"],
                              env=env, capture_output=True, text=True)
        equal((done.returncode, done.stderr), (0, ""))
        day = None
        for line in done.stdout.splitlines():
            name, start, end = line[1:].split("|") if line.startswith("@") else (None, None, None)
            if start:
                collect(found, name, timed(*(datetime.datetime.fromtimestamp(int(t), UTC) for t in (start, end))))
            elif name:
                collect(found, name, day + "+1d")
            elif line:
                day = line.rstrip(":")
    found["days"] = ["2026-12-24+3d"] if sorted(found["days"]) == ["2026-12-%d+1d" % n for n in (24, 25, 26)] else found["days"]
    compare("calcurse", found)


LENGTH = {True: 0 * DAY, False: DAY}  # without an end, by RFC 5545 (3.6.1)


LENGTH = {True: 0 * DAY, False: DAY}  # without an end, by RFC 5545 (3.6.1)


def plain(name):
    """A single event without a rule: all that python3-icalendar by itself can tell."""
    return len(CASES[name]) == 1 and not any(line.startswith(("RRULE", "RDATE", "STATUS")) for line in CASES[name][0])


@case("python3-icalendar: single events")
def _(d):
    try:
        import icalendar
    except ImportError:
        skip("python3-icalendar is not installed")
    found = {}
    for name in filter(plain, CASES):
        try:
            (event,) = icalendar.Calendar.from_ical(calendar([name])).walk("VEVENT")
            start = event["DTSTART"].dt
            end = event["DTEND"].dt if "DTEND" in event else start + (event["DURATION"].dt if "DURATION" in event else LENGTH[isinstance(start, datetime.datetime)])
            if isinstance(start, datetime.datetime):
                found[name] = [timed(start, end)] if start.tzinfo else ["no zone"]
            else:
                found[name] = [whole(start, end)]
        except (AttributeError, ValueError, KeyError):
            found[name] = None
    compare("python3-icalendar", found, list(filter(plain, CASES)))


def ruled(name):
    return len(CASES[name]) == 1 and any(line.startswith(("RRULE", "RDATE")) for line in CASES[name][0])


@case("python3-dateutil: rules, by when they start")
def _(d):
    try:
        from dateutil import rrule, tz
    except ImportError:
        skip("python3-dateutil is not installed")
    found = {}
    for name in filter(ruled, CASES):
        first, *others = CASES[name][0]
        zone, text = re.fullmatch(r"DTSTART(?:;TZID=(.*)|;VALUE=DATE):(.*)", first).groups()
        start = datetime.datetime.strptime(text, "%Y%m%dT%H%M%S" if zone else "%Y%m%d").replace(tzinfo=tz.gettz(zone) if zone else None)
        try:
            rules = "\n".join(line for line in others if line.startswith(("RRULE", "RDATE", "EXDATE")))
            within = rrule.rrulestr(rules, dtstart=start, forceset=True, tzids=tz.gettz)
            limits = (datetime.datetime(y, 1, 1, tzinfo=UTC if zone else None) for y in (2026, 2030))
            found[name] = [timed(t, t) if zone else whole(t, t) for t in within.between(*limits)]
        except (ValueError, TypeError):
            found[name] = None
    compare("python3-dateutil", found, list(filter(ruled, CASES)), lambda wanted: re.sub(r"\+\d+", "+0", wanted))


@case("each known difference has its row in docs/peers.md, and each row that names a case a difference")
def _(d):
    with open(os.path.join(ROOT, "docs/peers.md"), encoding="utf-8") as file:
        rows = [line.rstrip(" |\n").split(" | ") for line in file if line.startswith("| ")]
    rows = [(row[0], row[5], [name for name in re.findall(r"`([a-z-]+)`", row[6]) if name in CASES]) for row in rows[1:] if len(row) == 7]
    untold = [(program, name) for program in KNOWN for name in KNOWN[program]
              if not any(name in names and (program in programs or (program == "dialdesk" and not right.startswith("we"))) for programs, right, names in rows)]
    equal(untold, [], "known here and not told there")
    idle = [(programs, name) for programs, _, names in rows for name in names if not any(program in programs and name in KNOWN[program] for program in KNOWN)]
    equal(idle, [], "told there and not known here")


main()
