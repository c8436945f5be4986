#!/usr/bin/python3
"""iCalendar between programs: calendars in the field's shapes are read as the truth about them says, and what we write is
read right by python3-icalendar, dateutil, khal and calcurse.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "harness"))
from dialdesk import case, equal, has, main, skip

UTC = datetime.timezone.utc
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"]  # as make_calendar.py gives them to its organizers


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def module(name):
    try:
        return __import__(name)
    except ImportError:
        return skip("python3-%s is not installed" % name)


def generated(d, *options):
    """Makes a calendar, a store with its organizers, and imports it; gives the truth and the import's report."""
    calendar, truth = d.path("made.ics"), d.path("made.json")
    subprocess.run([sys.executable, os.path.join(HERE, "..", "tools", "make_calendar.py"), "--output", calendar,
                    "--truth", truth, *options], check=True)
    with open(truth, encoding="utf-8") as file:
        truth = json.load(file)
    d.run("init")
    d.run("number", "add", "+49 30 901820", "--toll", "--city", "Berlin", "--country", "DE", "--lang", "de", "--default")
    for i, (email, digits) in enumerate(truth["organizers"].items()):
        d.run("organizer", "add", email, "--tz", ZONES[i % 3], "--dial-in", "on", "--provider", "microsoft",
              "--static-id", digits)
    return truth, d.json("import", calendar)


def check_import(d, truth, report):
    equal(report["added"], truth["meetings"])
    equal(report["rejected"], len(truth["damaged"]))
    equal(report["legacy"], truth["legacy"])
    wanted = sorted((e["line"], e["uid"]) for e in truth["damaged"])
    equal(sorted((e["line"], e["uid"] or "") for e in report["errors"]), wanted)
    risks = {uid: ("legacy", []) for uid in truth["ids"]}
    for key, risk in (("overlap", "overlap"), ("back_to_back", "back-to-back")):
        for one, other in truth[key]:
            risks[one], risks[other] = (risk, [other]), (risk, [one])
    found = d.json("legacy", "--all")
    equal({m["uid"]: (m["risk"], m["risk_with"]) for m in found}, risks)
    equal({m["uid"]: m["conference_id"] for m in found}, truth["ids"])


@case("1,500 events of the field's shapes, 30 damaged: all sound ones in, each damaged one with its line")
def _(d):
    truth, report = generated(d, "--events", "1500", "--damaged", "30", "--seed", "11")
    check_import(d, truth, report)
    again = d.json("import", d.path("made.ics"))
    equal((again["added"], again["updated"], again["unchanged"]), (0, 0, truth["meetings"]))


@case("the same with bare LF")
def _(d):
    truth, report = generated(d, "--events", "400", "--damaged", "20", "--seed", "12", "--newline", "lf")
    check_import(d, truth, report)


@case("occurrences of imported series, with excluded and moved ones, in three zones")
def _(d):
    truth, _ = generated(d, "--events", "600", "--seed", "13")
    found = {uid: [] for uid in truth["series"]}
    for meeting in d.json("agenda", "--all", "--from", "2026-11-30", "--to", "2029-12-31"):
        if meeting["uid"] in found:
            found[meeting["uid"]].append(instant(meeting["start"]))
    equal({uid: sorted(times) for uid, times in found.items()},
          {uid: sorted(map(instant, times)) for uid, times in truth["series"].items()})


def exported(d):
    """A store with what is awkward, and its export."""
    d.organization(tz="Europe/Berlin")
    d.new("Einzeln; mit, Zeichen \\ und 📞", "2026-12-01 09:00", "--notes", "Zeile 1\nZeile 2", "--attendee", "bob@example.org",
          "--location", "Köln, Dom", "--uid", "single")
    d.new("Weekly", "2026-10-20 09:00", "--repeat", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261230T080000Z", "--uid", "weekly")
    d.new("Over the change", "2026-10-24 12:00", "--duration", "24h", "--uid", "change")
    d.new("Elsewhere", "2026-12-25 09:00", "--tz", "America/New_York", "--repeat", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=14",
          "--uid", "elsewhere")
    d.new("In UTC", "2026-12-01 09:00", "--tz", "UTC", "--uid", "utc")
    return d.run("export", "--from", "2026-01-01", "--to", "2028-01-01").out_bytes


@case("python3-icalendar reads what we export: texts, times, attendees, nothing invalid")
def _(d):
    icalendar = module("icalendar")
    text = exported(d)
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    equal(sorted(events), ["change", "elsewhere", "single", "utc", "weekly"])
    single = events["single"]
    equal(str(single["SUMMARY"]), "Einzeln; mit, Zeichen \\ und 📞")
    equal(str(single["LOCATION"]), "Köln, Dom")
    equal(str(single["DESCRIPTION"]).startswith("Zeile 1\nZeile 2\n\n"), True)
    has(str(single["DESCRIPTION"]).replace(" ", ""), d.json("show", "single")["conference_id"])
    has(str(single["ATTENDEE"]), "bob@example.org")
    for uid in events:
        shown = d.json("show", uid)
        equal(events[uid]["DTSTART"].dt.astimezone(UTC), instant(shown["start"]), uid)
        end = events[uid]["DTEND"].dt if "DTEND" in events[uid] else events[uid]["DTSTART"].dt + events[uid]["DURATION"].dt
        equal(end.astimezone(UTC), instant(shown["end"]), uid)
    for line in text.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line, line
        line.decode("utf-8")


@case("dateutil reads our VTIMEZONEs as the zones themselves, from 1971 to 2040")
def _(d):
    module("dateutil")
    from dateutil.tz import tzical
    d.organization()
    zones = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Sao_Paulo", "Europe/London",
             "Asia/Tehran", "Pacific/Auckland"]
    for i, zone in enumerate(zones):
        d.new("In " + zone, "2026-12-%02d 09:00" % (i + 1), "--tz", zone)
    text = d.run("export", "--from", "2026-01-01", "--to", "2027-12-31").out
    known = [line for line in text.splitlines() if not line.startswith("X-LIC-LOCATION")]  # which tzical refuses
    ours = tzical(d.write("ours.ics", "\n".join(known)))
    for name in zones:
        ours_zone, real = ours.get(name), zoneinfo.ZoneInfo(name)
        for day in range(365, 70 * 365, 5):
            local = datetime.datetime(1970, 1, 1, 12) + datetime.timedelta(days=day)
            equal(local.replace(tzinfo=ours_zone).utcoffset(), local.replace(tzinfo=real).utcoffset(), "%s %s" % (name, local))


@case("khal reads what we export: each day's meetings at their times")
def _(d):
    if not shutil.which("khal"):
        skip("khal is not installed")
    text = exported(d)
    os.makedirs(d.path("khal/calendar"))
    d.write("khal/config", "[calendars]\n[[ours]]\npath = %s\n[locale]\nlocal_timezone = Europe/Berlin\n"
            "default_timezone = Europe/Berlin\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n"
            "datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n" % d.path("khal/calendar"))
    d.write("ours.ics", text)

    def khal(*args):
        done = subprocess.run(["khal", "-c", d.path("khal/config"), *args], env=d.env(), capture_output=True, text=True)
        equal(done.returncode, 0, done.stderr)
        return done.stdout

    khal("import", "--batch", d.path("ours.ics"))
    listed = khal("list", "--day-format", "", "--format", "{start-date} {start-time} {uid}", "2026-10-20", "80d").splitlines()
    start = instant("2026-10-19T22:00:00Z")
    wanted = set()
    for meeting in d.json("agenda", "--from", "2026-10-20", "--days", "80"):
        at = instant(meeting["start"]).astimezone(zoneinfo.ZoneInfo("Europe/Berlin"))
        assert at >= start
        wanted.add("%s %s" % (at.strftime("%Y-%m-%d %H:%M"), meeting["uid"]))
    missing = wanted - set(line.strip() for line in listed)
    equal(sorted(missing), [])


@case("calcurse takes what we export without a complaint")
def _(d):
    if not shutil.which("calcurse"):
        skip("calcurse is not installed")
    d.write("ours.ics", exported(d))
    done = subprocess.run(["calcurse", "-D", d.path("calcurse"), "-C", d.path("calcurse"), "-i", d.path("ours.ics")],
                          env=d.env(), capture_output=True, text=True)
    equal(done.returncode, 0, done.stderr)
    has(done.stdout, "0 skipped")


@case("what we export and import elsewhere is the same again, conference IDs too")
def _(d):
    text = exported(d)
    before = {m["uid"]: m for m in (d.json("show", uid) for uid in ("single", "weekly", "change", "elsewhere", "utc"))}
    d.db = d.path("second.db")
    d.organization(tz="Europe/Berlin")
    report = d.json("import", d.write("ours.ics", text))
    equal((report["added"], report["rejected"]), (5, 0))
    for uid, meeting in before.items():
        now = d.json("show", uid)
        for key in ("title", "start", "end", "tz", "all_day", "recurrence", "attendees", "location", "notes", "conference_id"):
            equal(now[key], meeting[key], "%s of %s" % (key, uid))


main()
