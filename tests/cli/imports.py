#!/usr/bin/python3
"""import: single events, series, dial-in blocks as the field writes them, damaged events, and doing it again."""

import json
import os
import re
import signal
import subprocess
import sys
import time

from _cli import ADA, calendar, event
from dialdesk import ROOT, case, equal, has, lacks, main

SKYPE = "Join by phone\\n+49 69 12345 (Frankfurt) German\\nConference ID: 7654321\\nForgot your PIN?"
TEAMS = "Or call in (audio only)\\n+1 323-849-4874\\,\\,766918553#   United States\\nPhone conference ID: 766 918 553#"


def counts(report):
    return tuple(report[key] for key in ("read", "added", "updated", "unchanged", "rejected", "legacy"))


@case("an ID on several of the organizer's meetings is static: legacy, with its risk")
def _(d):
    d.organization()
    path = d.write("a.ics", calendar(event("one@x", "20261124T090000Z", "20261124T100000Z", SKYPE, "One"),
                                     event("two@x", "20261124T100000Z", "20261124T110000Z", SKYPE, "Two"),
                                     event("three@x", "20261125T090000Z", "20261125T100000Z", TEAMS, "Three"),
                                     event("four@x", "20261126T090000Z", "20261126T100000Z", "No phone", "Four")))
    equal(counts(d.json("import", path)), (4, 4, 0, 0, 0, 2))
    meetings = {m["uid"]: m for m in d.json("agenda")}
    equal([(meetings[u]["conference_id"], meetings[u]["id_kind"], meetings[u]["risk"]) for u in ("one@x", "two@x", "three@x", "four@x")],
          [("7654321", "static", "back-to-back"), ("7654321", "static", "back-to-back"), ("766918553", "dynamic", None),
           (None, "none", None)])
    equal(counts(d.json("import", path)), (4, 0, 0, 4, 0, 2))
    equal(d.json("check"), {"findings": []})
    new = d.json("convert", "two@x")[0]["new_id"]
    equal(counts(d.json("import", path))[1:5], (0, 0, 4, 0), "an older SEQUENCE never overwrites a newer")
    equal(d.json("show", "two@x")["conference_id"], new)


@case("after a conversion neither the invitation nor the export shows the old ID any more")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    d.json("import", d.write("a.ics", calendar(event("one@x", "20261124T090000Z", "20261124T100000Z", SKYPE + "\\nTel 765 432 1#", "One"))))
    new = d.json("convert", "one@x")[0]["new_id"]
    for args in (("invite", "one@x"), ("invite", "one@x", "--format", "ics"), ("export",)):
        out = d.run(*args).out.replace("\r\n ", "").replace(" ", "")
        has(out, new)
        lacks(out, "7654321")


@case("the organizer's own static ID makes one meeting legacy")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    path = d.write("a.ics", calendar(event("one@x", "20261124T090000Z", "20261124T100000Z", SKYPE)))
    equal(d.json("import", path)["legacy"], 1)
    equal(d.json("show", "one@x")["id_kind"], "static")


@case("an event belongs to the organizer that it names, where the directory has them")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org")
    path = d.write("a.ics", calendar(
        event("one@x", "20261124T090000Z", "20261124T100000Z", more="ORGANIZER;CN=Bob:MAILTO:Bob@Example.org\nATTENDEE:mailto:eve@example.org"),
        event("two@x", "20261124T100000Z", "20261124T110000Z", more="ORGANIZER:mailto:stranger@example.com")))
    d.json("import", path, "-o", ADA)
    equal(d.json("show", "one@x")["organizer"], "bob@example.org")
    equal(d.json("show", "one@x")["attendees"], ["eve@example.org"])
    equal(d.json("show", "two@x")["organizer"], ADA)


@case("damaged events are rejected with line and why, the others go in")
def _(d):
    d.organization()
    text = calendar(event("good@x", "20261124T090000Z", "20261124T100000Z"),
                    event("bad@x", "20261399T090000Z", "20261124T100000Z"),
                    event("backwards@x", "20261124T090000Z", "20261124T080000Z"),
                    event("last@x", "20261125T090000Z", "20261125T100000Z"))
    path = d.write("a.ics", text)
    report = d.json("import", path)
    equal(counts(report)[:5], (4, 2, 0, 0, 2))
    begins = [n + 1 for n, line in enumerate(text.split("\r\n")) if line == "BEGIN:VEVENT"]
    for error, begin in zip(report["errors"], begins[1:3]):
        equal((error["file"], error["uid"] in ("bad@x", "backwards@x"), bool(error["why"])), (path, True, True))
        assert begin <= error["line"] <= begin + 8, (error, begin)


@case("series with exceptions, Windows zones, folded lines, bare LF and a BOM")
def _(d):
    d.organization()
    zone = ("BEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\n"
            "TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
            "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE").split("\n")
    tz = ";TZID=W. Europe Standard Time:"
    series = ["BEGIN:VEVENT", "UID:s@x", "DTSTAMP:20261101T000000Z", "DTSTART" + tz + "20261124T090000", "DTEND" + tz + "20261124T100000",
              "RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE" + tz + "20261201T090000", "SUMMARY:Wöchentliche Be", " sprechung", "END:VEVENT",
              "BEGIN:VEVENT", "UID:s@x", "DTSTAMP:20261101T000000Z", "RECURRENCE-ID" + tz + "20261208T090000",
              "DTSTART" + tz + "20261208T140000", "DTEND" + tz + "20261208T150000", "SUMMARY:Moved", "END:VEVENT"]
    path = d.write("a.ics", b"\xef\xbb\xbf" + calendar(zone, series, end="\n").encode())
    report = d.json("import", path)
    equal((report["rejected"], report["added"]), (0, 1))
    equal([(m["start"], m["title"]) for m in d.json("agenda", "--days", "60")],
          [("2026-11-24T09:00:00+01:00", "Wöchentliche Besprechung"), ("2026-12-08T14:00:00+01:00", "Moved"),
           ("2026-12-15T09:00:00+01:00", "Wöchentliche Besprechung"), ("2026-12-22T09:00:00+01:00", "Wöchentliche Besprechung")])
    equal(d.json("show", "s@x")["tz"], "Europe/Berlin")
    equal(counts(d.json("import", path))[1:5], (0, 0, report["read"], 0))


@case("floating and all-day events are meant in the zone of the organizer that they name")
def _(d):
    d.organization()
    d.run("organizer", "add", "grace@example.org", "--tz", "America/New_York")
    whose = "ORGANIZER:mailto:grace@example.org"
    path = d.write("a.ics", calendar(event("one@x", "20261124T090000", "20261124T100000", more=whose),
                                     ["BEGIN:VEVENT", "UID:day@x", "DTSTAMP:20261101T000000Z", "DTSTART;VALUE=DATE:20261125",
                                      "SUMMARY:Day", whose, "END:VEVENT"]))
    equal(counts(d.json("import", path))[:2], (2, 2))
    equal(d.json("show", "one@x")["start"], "2026-11-24T09:00:00-05:00")
    equal((d.json("show", "day@x")["start"], d.json("show", "day@x")["all_day"]), ("2026-11-25T00:00:00-05:00", True))
    equal(counts(d.json("import", path))[3], 2)


@case("labels of other languages are read; look-alikes are not")
def _(d):
    d.organization()
    wanted = {"Konferenz-ID: 1234567": "1234567", "ID de conférence : 765 432 1#": "7654321", "会議 ID: 93907123": "93907123",
              "Идентификатор конференции: 5556667": "5556667", "Meeting ID: 271 123 456 78": None, "Video Conference ID: 1122334455": None,
              "Passcode: 998877": None, "Call +49 30 901820": None}
    events = [event("u%d@x" % n, "202611%02dT090000Z" % (24 + n % 6), "202611%02dT100000Z" % (24 + n % 6), text) for n, text in enumerate(wanted)]
    d.json("import", d.write("a.ics", calendar(*events)))
    for n, (text, i) in enumerate(wanted.items()):
        equal(d.json("show", "u%d@x" % n)["conference_id"], i, text)


@case("a copied dial-in block with an ID issued here: said so, the ID stays with its meeting")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    result = d.run("import", "--json", d.write("a.ics", calendar(event("copy@x", "20261125T090000Z", "20261125T100000Z",
                                                                       "Conference ID: " + m["conference_id"]))))
    equal(result.json()["added"], 1)
    equal(d.json("show", "copy@x")["conference_id"], None)
    has(result.out + result.err, m["conference_id"])
    equal(d.json("lookup", m["conference_id"])["meetings"][0]["uid"], m["uid"])


@case("a dry run tells the same and stores nothing; standard input is read")
def _(d):
    d.organization()
    text = calendar(event("one@x", "20261124T090000Z", "20261124T100000Z", SKYPE))
    equal(counts(d.json("import", "--dry-run", "-", stdin=text))[:2], (1, 1))
    equal(d.json("agenda"), [])
    equal(counts(d.json("import", "-", stdin=text))[:2], (1, 1))
    equal(len(d.json("agenda")), 1)


@case("what is no iCalendar is refused; a file that is not there is told")
def _(d):
    d.organization()
    d.error("import", d.write("a.txt", "hello\n"), status=2)
    d.error("import", d.path("nothing.ics"), status=(1, 2, 4))
    d.error("import", d.folder, status=(2, 4))


@case("a calendar of 2,000 events in the shapes of the field: the sound ones in, the damaged told, nothing the second time")
def _(d):
    d.organization()
    tool = os.path.join(ROOT, "tests", "tools", "make_calendar.py")
    ics, truth = d.path("field.ics"), d.path("truth.json")
    subprocess.run([sys.executable, tool, "--events", "2000", "--seed", "7", "--damaged", "25", "--organizers", "12",
                    "--first-day", "2026-12-01", "--output", ics, "--truth", truth], check=True)
    with open(truth) as file:
        known = json.load(file)
    for email in known["organizers"]:
        d.run("organizer", "add", email)
    report = d.json("import", ics, "-o", ADA)
    equal((report["read"], report["rejected"]), (known["meetings"] + len(known["damaged"]), len(known["damaged"])))
    for error, damage in zip(report["errors"], known["damaged"]):
        equal(error["uid"] or "", damage["uid"])
        assert damage["first"] <= error["line"] <= damage["last"], (error, damage)
    equal(report["legacy"], known["legacy"])
    legacy = {m["uid"]: m for m in d.json("legacy", "--all")}
    for uid, i in known["ids"].items():
        equal(d.json("show", uid)["conference_id"], i) if uid not in legacy else equal(legacy[uid]["conference_id"], i)
    for risk, pairs in (("overlap", known["overlap"]), ("back-to-back", known["back_to_back"])):
        for one, other in pairs:
            assert other in legacy[one]["risk_with"] and legacy[one]["risk"] in (risk, "overlap"), (risk, one, other)
    again = d.json("import", ics, "-o", ADA)
    equal((again["added"], again["updated"], again["unchanged"], again["rejected"], again["legacy"]),
          (0, 0, report["read"] - report["rejected"], report["rejected"], report["legacy"]))
    equal(d.json("check"), {"findings": []})


@case("an ATTENDEE that is not one mail address is no attendee, and that is told; a room without one is not worth a word")
def _(d):
    d.organization()
    for value, told in (("mailto:a@x.org,b@y.org", True), ("mailto:bob@x.org>, <eve@y.org", True), ("mailto:", True),
                        ("invalid:nomail", False), ("mailto:bob@x.org", False)):
        report = d.json("import", d.write("a.ics", calendar(event("a@x", "20261124T090000Z", "20261124T100000Z", more="ATTENDEE:" + value))))
        equal([note["why"] for note in report["notes"]],
              ["its ATTENDEE '%s' is not one mail address, and is no attendee here" % value] * told, value)
    equal(d.json("show", "a@x")["attendees"], ["bob@x.org"])


@case("^C: what was taken is whole and stays, how many is said, it ends by the signal; importing again finishes")
def _(d):
    d.organization()
    text = calendar(*(event("u%d@x" % n, "20261124T090000Z", "20261124T100000Z") for n in range(2500)))
    for turn, more in enumerate(((), ("--json",), ("--dry-run",))):
        d.db = d.path("stopped%d.db" % turn)
        d.organization()
        pipe = d.path("pipe%d.ics" % turn)
        os.mkfifo(pipe)
        terminal = d.terminal("import", "--color", "never", pipe, *more)
        with open(pipe, "wb") as file:
            file.write(text[:-len("END:VCALENDAR\r\n")].encode())
            file.flush()
            if not more:
                terminal.wait("2000 read")
            terminal.key("Ctrl-C")
            terminal.exit(-signal.SIGINT)
        said = terminal.raw.decode()
        taken = int(d.sql("SELECT count(*) FROM meeting"))
        if "--dry-run" in more:
            equal(taken, 0)
            has(said, "stopped")
        elif more:
            report = json.loads(said[said.index("{"):said.rindex("}") + 1])
            equal((report["stopped"], report["read"], report["added"]), (True, taken, taken))
        else:
            has(said, "2000 read: 2000 added")
            has(said, "it was stopped; taken so far: 2000 events, which stay; import again to go on")
            equal(taken, 2000)
        equal(d.json("check"), {"findings": []})
        report = d.json("import", d.write("again.ics", text))
        equal((report["added"], report["unchanged"], report["stopped"]), (2500 - taken, taken, False))


@case("killed or failing, an import has taken whole batches and can go on; with --whole it has taken nothing")
def _(d):
    text = calendar(*(event("u%d@x" % n, "20261124T090000Z", "20261124T100000Z") for n in range(2500)))
    path, begun = d.write("in.ics", text), text[:-len("END:VCALENDAR\r\n")].encode()

    def taken(d):
        return int(d.sql("SELECT count(*) FROM meeting"))

    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        for more, wanted in (((), 2000), (("--whole",), 0)):
            d.db = d.path("%d-%d.db" % (number, len(more)))
            d.organization()
            child = d.start("import", "-", *more, stdin=subprocess.PIPE)
            child.stdin.write(begun)  # the pipe takes 64 kB: more than two batches are read when the last of it is written
            child.stdin.flush()
            while not more and taken(d) < 2000:
                time.sleep(0.05)
            if more:
                time.sleep(0.5)
            child.send_signal(number)
            child.wait()
            said = child.communicate()[1].decode()
            equal((child.returncode, taken(d)), (-number, wanted))
            if number != signal.SIGKILL:
                has(said, "and nothing was taken" if more else "taken so far: 2000 events, which stay")
            equal(d.json("check"), {"findings": []})
            report = d.json("import", path, *more)
            equal((report["added"], report["unchanged"]), (2500 - wanted, wanted))
    for more, wanted in (((), 2500), (("--whole",), 0)):
        d.db = d.path("second%d.db" % len(more))
        d.organization()
        for second, why in ((d.path("not-there.ics"), "there is no such file"), (d.folder, "it is a folder")):
            error = d.error("import", path, second, *more, status=2)
            has(error, why)
            lacks(error, "taken so far")
            equal(taken(d), 0)
        bad = d.write("no-calendar.ics", "no calendar")
        has(d.error("import", bad, *more, status=2), "it is no iCalendar file")
        for sources in ((path, bad), (bad, path)):
            result = d.run("import", *sources, *more, "--json", status=0 if wanted else 2)
            equal(taken(d), wanted)
            if wanted:
                equal([(e["file"], e["why"][:24]) for e in result.json()["errors"]], [(bad, "it is no iCalendar file ")])
                equal(d.json("import", *sources, "--dry-run")["rejected"], 1)
                has(d.error("import", *sources, "--tz", "Mars/Olympus", status=2), "time zone 'Mars/Olympus'")
            else:
                d.error("import", *sources, "--dry-run", *more, status=2)


@case("an imported ID that is a slip from another: told by the report, by check as a note, and by a lookup of either")
def _(d):
    d.organization()
    mine = d.new("Mine", "2026-11-24 09:00")["conference_id"]
    d.new("Far", "2026-11-24 10:00")
    near = mine[:-1] + str((int(mine[-1]) + 1) % 10)
    path = d.write("in.ics", calendar(event("i@x", "20261125T090000Z", "20261125T100000Z", "Conference ID: " + near, "Theirs")))
    told = "its conference ID %s is a single slip (digit) from %s, which is in use here or was" % (near, mine)
    has(d.json("import", path, "--dry-run")["notes"][0]["why"], told)
    equal(d.json("lookup", mine)["near"], [])
    notes = d.json("import", path)["notes"]
    equal(len(notes), 1)
    has(notes[0]["why"], told)
    equal(d.json("import", path)["notes"], [])
    pair = "conference IDs are one slip apart, one of them taken from elsewhere: " + " ".join(sorted([mine, near]))
    equal(d.json("check"), {"findings": [], "notes": [pair]})
    equal(d.run("check").out, "The store is sound.\nWorth a look: %s\n" % pair)
    for asked, other, title in ((mine, near, "Theirs"), (near, mine, "Mine")):
        answer = d.json("lookup", asked)
        equal((answer["state"], [(n["conference_id"], n["slip"]) for n in answer["near"]]), ("upcoming", [(other, "digit")]))
        has(d.run("lookup", asked).out, title)
        lacks(answer["say"], other)
    static = "7654321"
    d.run("organizer", "set", ADA, "--static-id", static)
    told = d.run("organizer", "set", ADA, "--static-id", "7654231")
    has(told.out + told.err, "7654231 is a single slip (swap) from 7654321")


LANGUAGES = ["da", "de", "en", "es", "fi", "fr", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv", "zh"]


@case("text before and behind our dial-in block comes back in every language, after a conversion too; the block stands there once")
def _(d):
    d.organization(dynamic="off")
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    uids = {}
    for n, lang in enumerate(LANGUAGES):
        d.run("organizer", "set", ADA, "--lang", lang)
        uids[lang] = d.new("In " + lang, "2026-12-%02d 09:00" % (n + 1), "--notes", "Minutes\nof the last one")["uid"]
        out = d.run("export", uids[lang]).out
        assert out.count("X-DIALDESK-BLOCK") == 1, out
        old = out.replace("\r\n ", "").replace("DESCRIPTION:", "DESCRIPTION:Read this first\\n")
        block = re.search(r"X-DIALDESK-BLOCK[^\r]*\r\n", old).group()
        old = old.replace("\r\n" + block, "And that last; 要\r\n" + block)
        d.write(lang + ".ics", old.replace("SEQUENCE:0", "SEQUENCE:9"))
    d.run("org", "--dynamic-ids", "on")
    for lang, uid in uids.items():
        d.run("organizer", "set", ADA, "--lang", lang)
        d.json("convert", uid)
        equal(d.json("import", d.path(lang + ".ics"))["updated"], 1, lang)
        now = d.json("show", uid)
        equal(now["notes"], "Read this first\nMinutes\nof the last one\n\nAnd that last; 要", lang)
        again = d.run("export", uid).out.replace("\r\n ", "")
        for part in ("Read this first", "of the last one", "And that last", "X-DIALDESK-BLOCK"):
            equal(again.count(part), 1, (lang, part))
        lacks(again.replace(" ", ""), "7654321")
        has(again.replace(" ", ""), now["conference_id"])
        equal(d.json("import", d.write("again.ics", again))["unchanged"], 1, lang)


def without_mark(text):
    """As a program writes it that drops what it does not know."""
    return re.sub(r"X-DIALDESK-BLOCK[^\r]*\r\n", "", text.replace("\r\n ", ""))


@case("a program drops the mark of our dial-in block: the block is known all the same, and what is around it stays as it is")
def _(d):
    d.organization(dynamic="off")
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    plain = d.new("Plain", "2026-12-01 09:00")["uid"]
    noted = d.new("Noted", "2026-12-02 09:00", "--notes", "Minutes\nof the last one", "--location", "Room 1")["uid"]
    before = {}
    for uid in (plain, noted):
        before[uid] = d.json("show", uid)
        text = without_mark(d.run("export", uid).out)
        has(text, "____")
        lacks(text, "X-DIALDESK")
        equal(counts(d.json("import", d.write(uid + ".ics", text)))[1:5], (0, 0, 1, 0))
        equal(d.json("show", uid), before[uid])
        text = text.replace("DESCRIPTION:", "DESCRIPTION:  Read \\,this\\n\\n first\\;\\n")
        d.write(uid + ".ics", re.sub(r"(DESCRIPTION[^\r]*)", r"\1  And that\\n\\n last; 要 \\n", text).replace("SEQUENCE:0", "SEQUENCE:9"))
    for uid, notes in ((plain, "  Read ,this\n\n first;"), (noted, "  Read ,this\n\n first;\nMinutes\nof the last one")):
        for turn in range(2):
            equal(counts(d.json("import", d.path(uid + ".ics")))[1:5], (0, 1 - turn, turn, 0))
            now = d.json("show", uid)
            equal((now["notes"], now["location"]), (notes + "\n\n  And that\n\n last; 要 \n", before[uid]["location"]))
        again = d.run("export", uid).out.replace("\r\n ", "")
        equal((again.count("X-DIALDESK-BLOCK"), again.count("7654321#")), (1, 1 if before[uid]["location"] else 2), again)
    # a block with the ID that the meeting had before it was converted; and one that somebody typed into, which is no block of ours any more
    d.run("org", "--dynamic-ids", "on")
    new = d.json("convert", plain)[0]["new_id"]
    d.write("old.ics", open(d.path(plain + ".ics"), encoding="utf-8", newline="").read().replace("SEQUENCE:9", "SEQUENCE:99"))
    equal(d.json("import", d.path("old.ics"))["updated"], 1)
    equal(d.json("show", plain)["notes"], "  Read ,this\n\n first;\n\n  And that\n\n last; 要 \n")
    typed = without_mark(d.run("export", noted).out).replace("7654321#", "7654321# RING TWICE", 1).replace("SEQUENCE:9", "SEQUENCE:99")
    equal(d.json("import", d.write("typed.ics", typed))["updated"], 1)
    has(d.json("show", noted)["notes"], "RING TWICE")
    has(d.json("show", noted)["notes"], "____")
    lacks(d.run("export", noted).out, "X-DIALDESK-BLOCK")


@case("without its mark the block is known in a series' changed occurrences too, together and alone; a copied one stays")
def _(d):
    d.organization()
    uid = d.new("Weekly", "2026-12-01 09:00", "--repeat", "FREQ=WEEKLY;COUNT=4", "--notes", "All")["uid"]
    d.run("edit", uid, "--occurrence", "2026-12-08", "--notes", "Mine")
    d.run("edit", uid, "--occurrence", "2026-12-15", "--title", "Other")
    def occurrences():
        return d.sql("SELECT recurrence, title, notes, location FROM meeting_override ORDER BY recurrence")
    before = occurrences()
    text = without_mark(d.run("export", uid).out)
    equal(text.count("BEGIN:VEVENT"), 3)
    equal(counts(d.json("import", d.write("s.ics", text)))[1:5], (0, 0, 1, 0))
    start, first, second, third = text.split("BEGIN:VEVENT")
    for one in (second, third):
        alone = start + "BEGIN:VEVENT" + one.split("END:VCALENDAR")[0] + "END:VCALENDAR\r\n"
        equal(counts(d.json("import", d.write("one.ics", alone)))[1:5], (0, 0, 1, 0), alone)
    equal(occurrences(), before)
    d.json("import", d.write("copy.ics", re.sub("UID:[^\r]*", "UID:copy@x", text)))
    has(d.json("show", "copy@x")["notes"], "____")


# --- the unit of refusal is as small as it can be ---

LONE = ["BEGIN:VEVENT", "UID:lone@x", "DTSTAMP:20261101T000000Z", "SEQUENCE:7"]


def lone(day, start, title="Asked", more="", organizer="chair@example.net"):
    """One occurrence, of 9:30 on that day by its series' rule, that takes place at another time."""
    lines = LONE + ["RECURRENCE-ID;TZID=Europe/Berlin:202611%02dT093000" % day, "DTSTART;TZID=Europe/Berlin:202611%02dT%s00" % (day, start),
                    "DURATION:PT1H", "SUMMARY:" + title] + ["ORGANIZER:mailto:" + organizer] * bool(organizer)
    return lines + more.split("\n") * bool(more) + ["END:VEVENT"]


MASTER = ["BEGIN:VEVENT", "UID:lone@x", "DTSTAMP:20261101T000000Z", "SEQUENCE:0", "DTSTART;TZID=Europe/Berlin:20261123T093000",
          "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5", "SUMMARY:The series", "ORGANIZER:mailto:chair@example.net", "END:VEVENT"]


def on(d):
    return ["%s %s" % (m["start"][8:16], m["title"]) for m in d.json("agenda", "--from", "2026-11-23", "--days", "14")]


def taken(d, *events):
    report = d.json("import", d.write("lone.ics", calendar(*events)))
    equal(d.json("check"), {"findings": []})
    return counts(report)[:5]


@case("an occurrence without its series is a meeting: alone, with others, changed, cancelled, and taken in when the series comes")
def _(d):
    table = [  # what comes, one import after the other, with its counts; what is on then
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[lone(25, "0800")], (1, 0, 0, 1, 0)], ["25T08:00 Asked"]),
        ([[lone(25, "0800"), lone(26, "1000", "Two")], (1, 1, 0, 0, 0)], [[lone(26, "1000", "Two")], (1, 0, 0, 1, 0)],
         ["25T08:00 Asked", "26T10:00 Two"]),
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[lone(26, "1000", "Two")], (1, 0, 1, 0, 0)], ["25T08:00 Asked", "26T10:00 Two"]),
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[lone(25, "1100", "Later", "SEQUENCE:8")[0:3] + lone(25, "1100", "Later")[4:-1] + ["SEQUENCE:8", "END:VEVENT"]],
         (1, 0, 1, 0, 0)], ["25T11:00 Later"]),
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[lone(25, "1100", "Older")[0:3] + lone(25, "1100", "Older")[4:-1] + ["SEQUENCE:6", "END:VEVENT"]],
         (1, 0, 0, 1, 0)], ["25T08:00 Asked"]),
        ([[lone(25, "0800"), lone(26, "1000", "Two")], (1, 1, 0, 0, 0)], [[lone(26, "1000", "Two", "STATUS:CANCELLED")], (1, 0, 1, 0, 0)],
         ["25T08:00 Asked"]),
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[lone(25, "0800", more="STATUS:CANCELLED")], (1, 0, 1, 0, 0)], []),
        ([[lone(25, "0800", more="STATUS:CANCELLED")], (1, 0, 0, 0, 1)], [[lone(25, "0800", organizer="")], (1, 1, 0, 0, 0)], ["25T08:00 Asked"]),
        ([[lone(25, "0800", organizer=ADA)], (1, 1, 0, 0, 0)], [[lone(25, "0800", organizer=ADA)], (1, 0, 0, 1, 0)], ["25T08:00 Asked"]),
        ([[lone(25, "0800")], (1, 1, 0, 0, 0)], [[MASTER], (1, 0, 1, 0, 0)],
         ["23T09:30 The series", "24T09:30 The series", "25T08:00 Asked", "26T09:30 The series", "27T09:30 The series"]),
        ([[MASTER], (1, 1, 0, 0, 0)], [[lone(25, "0800")], (1, 0, 1, 0, 0)],
         ["23T09:30 The series", "24T09:30 The series", "25T08:00 Asked", "26T09:30 The series", "27T09:30 The series"]),
    ]
    for n, (*imports, wanted) in enumerate(table):
        d.db = d.path("lone%d.db" % n)
        d.organization(tz="Europe/Berlin")
        for events, count in imports:
            equal(taken(d, *events), count, n)
        equal(on(d), wanted, n)


@case("an occurrence alone is shown, found, written and read again as one; its times stay")
def _(d):
    d.organization(tz="Europe/Berlin")
    d.json("import", d.write("a.ics", calendar(lone(25, "0800", organizer=ADA), lone(26, "1000", "Two", organizer=ADA))))
    shown = d.json("show", "lone@x")
    equal((shown["start"], shown["title"], shown["recurrence"]), ("2026-11-25T08:00:00+01:00", "Asked", None))
    equal([m["uid"] for m in d.json("search", "Asked")], ["lone@x"])
    out = d.run("export").out
    equal((out.count("BEGIN:VEVENT"), out.count("RECURRENCE-ID;TZID=Europe/Berlin:202611"), out.split("END:VTIMEZONE")[-1].count("RDATE"), out.count("SEQUENCE:7")), (2, 2, 0, 2))
    has(d.error("edit", "lone@x", "--start", "2026-11-25 12:00", status=3), "an occurrence of a series that is not here")
    equal(d.json("edit", "lone@x", "--location", "Here")["location"], "Here")
    d.db = d.path("again.db")
    d.organization(tz="Europe/Berlin")
    equal(counts(d.json("import", d.write("b.ics", out)))[:5], (1, 1, 0, 0, 0))
    equal(on(d), ["25T08:00 Asked", "26T10:00 Two"])


@case("the same UID several times in one file is told, and the newest counts, of equal ones the last")
def _(d):
    def one(title, sequence, stamp="20261101T000000Z", more=()):
        return ["BEGIN:VEVENT", "UID:same@x", "DTSTAMP:" + stamp, "SEQUENCE:%d" % sequence, "DTSTART:20261124T090000Z", "DURATION:PT1H",
                "SUMMARY:" + title, *more, "END:VEVENT"]
    table = [
        ([one("A", 0), one("B", 1)], "B", 1), ([one("A", 1), one("B", 0)], "A", 1), ([one("A", 0), one("B", 0)], "B", 1),
        ([one("A", 0), one("A", 0)], "A", 1), ([one("A", 0, "20261102T000000Z"), one("B", 0)], "A", 1),
        ([one("A", 0), one("B", 0, "20261102T000000Z"), one("C", 0)], "B", 2), ([one("A", 0)], "A", 0),
    ]
    for n, (events, title, told) in enumerate(table):
        d.db = d.path("same%d.db" % n)
        d.organization()
        report = d.json("import", d.write("same.ics", calendar(*events)))
        equal((d.json("show", "same@x")["title"], report["rejected"]), (title, 0), n)
        notes = [note for note in report["notes"] if "more than once" in note["why"]]
        equal((len(notes), {note["uid"] for note in notes}), (told, {"same@x"} if told else set()), n)
    d.db = d.path("many.db")
    d.organization()
    events = [event("u%d@x" % i, "20261124T090000Z", "20261124T100000Z") for i in range(3000)]
    report = d.json("import", d.write("many.ics", calendar(*events, *events[::1000])))
    equal([note["uid"] for note in report["notes"]], ["u0@x", "u1000@x", "u2000@x"])


@case("what an event can do without is left out and told; what it is by is refused; without a UID it comes again as itself")
def _(d):
    d.organization(tz="Europe/Berlin")
    head = ["BEGIN:VEVENT", "UID:part@x", "DTSTART:20261124T090000", "SUMMARY:Part"]
    big = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 400000
    report = d.json("import", d.write("a.ics", calendar(head + [big, "a line that was not folded", "LOCATION:Here", "END:VEVENT"])))
    equal(counts(report)[:5], (1, 1, 0, 0, 0))
    has(report["notes"][0]["why"], "its line 8, ATTACH was left out: it is longer than 1 MiB; its line 9, A was left out")
    equal(d.json("show", "part@x")["location"], "Here")
    nameless = ["BEGIN:VEVENT", "DTSTART:20261125T090000", "SUMMARY:Nameless", "DTSTAMP:%s", "END:VEVENT"]
    for stamp, wanted in (("20261101T000000Z", (1, 1, 0, 0, 0)), ("20261101T000000Z", (1, 0, 0, 1, 0)), ("20261108T000000Z", (1, 0, 0, 1, 0))):
        report = d.json("import", d.write("b.ics", calendar([line.replace("%s", stamp) for line in nameless])))
        equal(counts(report)[:5], wanted, stamp)
        has(report["notes"][0]["why"], "it has no UID")
    uid = report["notes"][0]["uid"]
    equal(d.json("show", uid[:8])["title"], "Nameless")
    has(d.run("export").out, "UID:" + uid)


main()
