#!/usr/bin/python3
"""import of what nobody should send: endless, huge, cut off. Bounded memory, a reason, and the sound event beside it goes in."""

import datetime
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time

from _cli import ADA, calendar, event
from dialdesk import case, equal, has, main

KIB = 80 * 1024  # of memory at most; the release build takes a quarter of it
HUGE = 50000000
RELEASE = os.path.abspath(os.path.join(os.environ.get("DIALDESK_BUILD", "build"), "dialdesk"))
HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
GOOD = "\r\n".join(event("good@x", "20261124T090000Z", "20261124T100000Z")).encode() + b"\r\n"
OPEN = b"BEGIN:VEVENT\r\nUID:bad@x\r\nDTSTART:20261125T090000Z\r\n"
CLOSE = b"END:VEVENT\r\n"


def put(d, parts, divided=1):
    """Writes the parts, each one that is there often by a part of its times."""
    path = d.path("hostile.ics")
    with open(path, "wb") as file:
        for data, times in parts:
            count = max(1, times // divided)
            block = max(1, min(count, 1000000 // len(data)))
            for done in range(0, count, block):
                file.write(data * min(block, count - done))
    return path


def take(d, *parts):
    """Imports the parts (bytes, or (bytes, how often)) with memory measured; gives the report. Of what is huge the sanitized program
    tries a tenth, which is beyond every limit, too; all of it goes into the release program, whose memory says something."""
    parts = [part if isinstance(part, tuple) else (part, 1) for part in parts]
    program = d.program
    if sum(len(data) * count for data, count in parts) > HUGE and os.access(RELEASE, os.X_OK):
        assert d.json("import", "--dry-run", put(d, parts, 10))["added"] > 0
        d.program = RELEASE
    path = put(d, parts)
    child = d.start("import", "--json", path)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    equal(child.returncode, 0, child.stderr.read())
    if "test/dialdesk" not in d.program:  # a sanitizer's memory says nothing
        assert usage.ru_maxrss < KIB, usage.ru_maxrss
    d.program = program
    os.remove(path)
    report = json.loads(out)
    equal(d.json("show", "good@x")["title"], "Meeting")
    return report


def refused(d, why, *parts):
    d.organization()
    report = take(d, HEAD, *parts, GOOD, b"END:VCALENDAR\r\n")
    equal((report["added"], report["rejected"]), (1, 1))
    has(report["errors"][0]["why"], why)
    assert report["errors"][0]["line"] > 3, report
    equal(d.json("check"), {"findings": []})


def taken(d, *parts):
    d.organization()
    report = take(d, HEAD, *parts, GOOD, b"END:VCALENDAR\r\n")
    equal(report["rejected"], 0)
    equal(d.json("check"), {"findings": []})
    return report


@case("a line of 100 MB: the meeting goes in without it, or is refused if its time stands in it")
def _(d):
    for line, why in ((b"ATTACH:", "ATTACH was left out: it is longer than 1 MiB"), (b"DESCRIPTION:", "the first 65536 bytes were taken")):
        d.db = d.path(line.decode()[:3] + ".db")
        has(taken(d, OPEN, line, (b"a" * 1000, 100000), b"\r\n", CLOSE)["notes"][0]["why"], why)
    d.db = d.path("refused.db")
    refused(d, "longer than 1 MiB", OPEN, b"RRULE:", (b"a" * 1000, 100000), b"\r\n", CLOSE)


@case("100 MB folded behind every byte")
def _(d):
    refused(d, "longer than 1 MiB", OPEN, b"EXDATE:", (b"\r\n a", 25000000), b"\r\n", CLOSE)


@case("200 MB of UIDs and of dates of a megabyte each: told, and not kept")
def _(d):
    d.organization()
    big = b"a" * 1000000
    report = take(d, HEAD, (b"BEGIN:VEVENT\r\nUID:" + big + b"\r\nDTSTART:20261125T090000Z\r\n" + CLOSE, 100),
                  (b"BEGIN:VEVENT\r\nUID:u\r\nDTSTART:" + big + b"\r\n" + CLOSE, 100), GOOD, b"END:VCALENDAR\r\n")
    equal((report["added"], report["rejected"]), (1, 200))
    assert max(len(error["uid"]) + len(error["why"]) for error in report["errors"]) < 2000


@case("sound events of megabytes: a batch ends before they add up")
def _(d):
    d.organization()
    line = b"X-LINE:" + b"x" * 900000 + b"\r\n"
    events = [part for i in range(60)
              for part in (b"BEGIN:VEVENT\r\nUID:%d@x\r\nDTSTART:20261125T090000Z\r\n" % i, (line, 3), CLOSE)]
    report = take(d, HEAD, *events, GOOD, b"END:VCALENDAR\r\n")
    equal((report["added"], report["rejected"]), (61, 0))


@case("a million components begun and not ended")
def _(d):
    refused(d, "nested more than 8 deep", OPEN, (b"BEGIN:X\r\n", 1000000), CLOSE)


@case("a million components in each other outside an event")
def _(d):
    taken(d, (b"BEGIN:X\r\n", 1000000), (b"END:X\r\n", 1000000))


@case("a million properties, attendees, excluded dates in one event")
def _(d):
    for line in (b"X-A:12345678\r\n", b"ATTENDEE:mailto:a@example.org\r\n"):
        d.db = d.path(line.decode()[:3] + ".db")
        why = taken(d, OPEN, (line, 1000000), CLOSE)["notes"][0]["why"]
        has(why, "was left out: the event is larger than 4 MiB")
        has(why, "lines more were left out")
    d.db = d.path("EXD.db")
    refused(d, "larger than 4 MiB", OPEN, (b"EXDATE:20261124T090000Z\r\n", 1000000), CLOSE)


@case("a time zone of a million lines")
def _(d):
    part = b"BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0107\r\nEND:STANDARD\r\n"
    taken(d, b"BEGIN:VTIMEZONE\r\nTZID:Nowhere\r\n", (part, 200000), b"END:VTIMEZONE\r\n")


@case("a file cut off behind any of its bytes: sound events go in whole, none in half")
def _(d):
    d.organization()
    text = calendar(event("one@x", "20261124T090000Z", "20261124T100000Z", "Conference ID: 7654321", "One"),
                    event("two@x", "20261125T090000Z", "20261125T100000Z", "", "Zwei ö")).encode()
    for end in range(0, len(text), 3):
        report = d.run("import", "--dry-run", "--json", "-", stdin=text[:end], status=(0, 2))
        if report.status == 2:
            assert b"BEGIN:VCALENDAR" not in text[:end], end
            continue
        whole = text[:end].count(b"END:VEVENT")
        begun = text[:end].count(b"BEGIN:VEVENT\r\n") + text[:end].endswith((b"BEGIN:VEVENT", b"BEGIN:VEVENT\r"))
        got = report.json()
        equal((got["added"], got["rejected"]), (whole, begun - whole), end)
    equal(d.json("agenda"), [])


@case("rules that never come true, never end, or come too often")
def _(d):
    rules = {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30": None, "FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=2": None,
             "FREQ=DAILY;UNTIL=20200101T000000Z": None, "FREQ=DAILY;UNTIL=99991231T235959Z": None,
             "FREQ=DAILY;INTERVAL=32767;COUNT=1000000": None, "FREQ=SECONDLY": "24 times a day",
             "FREQ=YEARLY;BYSECOND=%s;BYMINUTE=%s;BYHOUR=1" % ((",".join(map(str, range(60))),) * 2): "24 times a day",
             "FREQ=DAILY;COUNT=0": "COUNT must be", "FREQ=DAILY;COUNT=2147483648": "COUNT must be",
             "FREQ=DAILY;INTERVAL=0": "INTERVAL must be", "FREQ=DAILY;INTERVAL=2147483648": "INTERVAL must be",
             "FREQ=YEARLY;UNTIL=00000101": "UNTIL is no date", "FREQ=YEARLY;UNTIL=100000101T000000Z": "UNTIL is no date"}
    d.organization()
    events = [event("u%d@x" % n, "20261124T090000Z", "20261124T091500Z", more="RRULE:" + rule) for n, rule in enumerate(rules)]
    report = d.json("import", d.write("rules.ics", calendar(*events)))
    told = {error["uid"]: error["why"] for error in report["errors"]}
    equal(sorted(told), sorted("u%d@x" % n for n, why in enumerate(rules.values()) if why))
    for n, why in enumerate(rules.values()):
        if why:
            has(told["u%d@x" % n], why)
    equal(d.json("check"), {"findings": []})


@case("times at the ends of the calendar: taken whole, or told")
def _(d):
    d.organization()
    starts = {"00000101T090000Z": "no date", "00010101T000000": "between 1583", "100000101T090000Z": "no date",
              "99991231T235959Z": "after the year 9999", "99981231T120000Z": None, "19700102T000000Z": None, "15830102T000000Z": None}
    events = [["BEGIN:VEVENT", "UID:u%d@x" % n, "DTSTART:" + start, "DURATION:PT1H", "END:VEVENT"] for n, start in enumerate(starts)]
    told = {e["uid"]: e["why"] for e in d.json("import", d.write("ends.ics", calendar(*events)))["errors"]}
    for n, why in enumerate(starts.values()):
        has(told["u%d@x" % n], why) if why else equal(d.json("show", "u%d@x" % n)["organizer"], ADA)


@case("a CR alone ends a line, a BOM is no letter, and what is neither UTF-8 nor Windows-1252 is told")
def _(d):
    d.organization()
    cr = calendar(event("cr@x", "20261124T090000Z", "20261124T100000Z", "A\r  folded", "CR")).replace("\r\n", "\r")
    equal(d.json("import", "-", stdin=b"\xef\xbb\xbf" + cr.encode())["added"], 1)
    equal(d.json("show", "cr@x")["notes"], "A folded")
    text = calendar(event("latin@x", "20261124T090000Z", "20261124T100000Z", title="K\xf6ln"),
                    event("good@x", "20261124T090000Z", "20261124T100000Z"))
    report = d.json("import", "-", stdin=text.encode("latin-1"))
    equal((report["added"], report["errors"], ["Windows-1252" in n["why"] for n in report["notes"]]), (2, [], [True]))
    equal(d.json("show", "latin@x")["title"], "K\xf6ln")
    report = d.json("import", "-", stdin=text.replace("latin@x", "damaged@x").encode("latin-1").replace(b"\xf6", b"\x9d"))
    equal((report["unchanged"], report["added"], report["errors"]), (1, 1, []))
    has(report["notes"][0]["why"], "SUMMARY was left out: it is not UTF-8")
    equal(d.json("show", "damaged@x")["title"], "(no title)")
    has(d.error("import", d.write("wide.ics", text.encode("utf-16")), status=2), "UTF-16")


ZONE = ["BEGIN:VTIMEZONE", "TZID:%s", "BEGIN:STANDARD", "DTSTART:16011104T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "TZOFFSETFROM:%s", "TZOFFSETTO:%s", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010311T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3", "TZOFFSETFROM:%s", "TZOFFSETTO:%s", "END:DAYLIGHT", "END:VTIMEZONE"]


def zone(name, standard, daylight):
    return "\n".join(ZONE).replace("%s", name, 1) % (daylight, standard, standard, daylight)


def local(uid, tzid, *more):
    return ["BEGIN:VEVENT", "UID:" + uid, "DTSTART;TZID=%s:20261124T090000" % tzid, "DURATION:PT1H", *more, "END:VEVENT"]


@case("a zone that lies: the name counts, and each event at whose time it does is told")
def _(d):
    d.organization()
    path = d.write("lies.ics", calendar(zone("Europe/Berlin", "-0500", "-0400").split("\n"), local("one@x", "Europe/Berlin"),
                                        local("two@x", "Europe/Berlin")))
    result = d.run("import", path)
    equal(result.out.count("has other rules than the zone of that name") + result.err.count("has other rules than the zone"), 2)
    equal(d.json("show", "one@x")["start"], "2026-11-24T09:00:00+01:00")


@case("a VTIMEZONE that fits no zone: a single event is kept in UTC and told, a series is rejected with the reason")
def _(d):
    d.organization()
    path = d.write("odd.ics", calendar(zone("Odd", "+0017", "+0117").split("\n"), local("one@x", "Odd"),
                                       local("series@x", "Odd", "RRULE:FREQ=DAILY")))
    result = d.run("import", path)
    has(result.out + result.err, "it was taken in UTC")
    equal((d.json("show", "one@x")["start"], d.json("show", "one@x")["tz"]), ("2026-11-24T08:43:00+00:00", "UTC"))
    d.run("show", "series@x", status=1)
    report = d.json("import", path)
    equal((report["unchanged"], report["rejected"]), (1, 1))


@case("more attendees than a meeting can have: rejected, none of them lost without a word")
def _(d):
    d.organization()
    people = "\n".join("ATTENDEE:mailto:u%d@example.org" % n for n in range(5001))
    report = d.json("import", d.write("many.ics", calendar(event("x@x", "20261124T090000Z", "20261124T100000Z", more=people))))
    has(report["errors"][0]["why"], "more than 5000 attendees")


@case("a million bad events: all counted, the list ends")
def _(d):
    d.organization()
    report = take(d, HEAD, (b"BEGIN:VEVENT\r\n", 1000000), GOOD, b"END:VCALENDAR\r\n")
    equal((report["rejected"], report["added"], len(report["errors"])), (1000000, 1, 10000))
    has(report["errors"][-1]["why"], "the list ends here")
    bad = d.write("bad.ics", calendar(*[["BEGIN:VEVENT", "END:VEVENT"]] * 6000))
    report = d.json("import", bad, bad)
    equal((report["rejected"], len(report["errors"])), (12000, 10000))


@case("progress on a terminal's standard error alone, wiped at the end; none with -q or --json")
def _(d):
    d.organization()
    path = d.write("many.ics", calendar(*(event("u%d@x" % n, "20261124T090000Z", "20261124T100000Z") for n in range(2500))))
    for more, wanted in (((), True), (("-q",), False), (("--json",), False)):
        terminal = d.terminal("import", path, *more)
        terminal.exit()
        equal(b"\r1000 read" in terminal.raw, wanted, more)
    equal(d.run("import", path).err, "")


@case("6,000 changed occurrences of one series: as many as it can have, the rest told; the series is written twice, not 2,000 times")
def _(d):
    series = b"BEGIN:VEVENT\r\nUID:s@x\r\nDTSTART:19900101T090000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"
    one = "BEGIN:VEVENT\r\nUID:s@x\r\nRECURRENCE-ID:%sT090000Z\r\nDTSTART:%sT100000Z\r\nEND:VEVENT\r\n"
    days = [(datetime.date(1990, 1, 1) + datetime.timedelta(days=n)).strftime("%Y%m%d") for n in range(6000)]
    d.organization()
    report = take(d, HEAD, series, "".join(one % (day, day) for day in days).encode(), GOOD, b"END:VCALENDAR\r\n")
    equal((report["added"], report["rejected"]), (2, 1000))
    has(report["errors"][0]["why"], "more than 5000 changed occurrences")
    equal(d.sql("SELECT count(*) FROM meeting_override").strip(), "5000")
    equal(d.sql("SELECT version FROM meeting WHERE uid = 's@x'").strip(), "2")
    equal(d.json("check"), {"findings": []})


@case("values without sense, a line each: told with the reason, or taken as far as they have one")
def _(d):
    at = "DTSTART:20261125T090000Z"
    lines = {
        at + "\nDURATION:-PT1H": "is no duration", at + "\nDURATION:P99999999W": "is no duration", at + "\nDURATION:PT99999999H": "longer than a year",
        at + "\nDTEND:99991231T235959Z": "longer than a year", at + "\nSEQUENCE:99999999999": None, at + "\nSEQUENCE:-1": None,
        at + "\nRRULE:" + "FREQ=DAILY;" * 2000: "repeat rule", at + "\nRDATE:" + ",".join(["00000101"] * 2000): "is no date",
        at + "\nRECURRENCE-ID:00000000T000000Z": "is no date", at + "\nRECURRENCE-ID;RANGE=THISANDFUTURE:99991231T235959Z": None,
        at + "\nEXRULE:FREQ=DAILY": "EXRULE", at + "\n" + at: "second DTSTART", "DTSTART;TZID=" + "x" * 10000 + ":20261125T090000": "time zone",
        at + "\nSUMMARY:" + "\\" * 9999: None, at + "\nDTSTAMP:99999999T999999Z": None, at + "\nSUMMARY" + ";X=1" * 3000 + ":many parameters": None,
        at + "\nATTENDEE:mailto:" + "a" * 5000 + "@example.org": None, at + "\nORGANIZER;CN=" + "n" * 9999 + ":mailto:ada@example.org": None,
    }
    d.organization()
    events = [["BEGIN:VEVENT", "UID:u%d@x" % n, *text.split("\n"), "END:VEVENT"] for n, text in enumerate(lines)]
    long_uid = ["BEGIN:VEVENT", "UID:" + "u" * 600, at, "END:VEVENT"]
    report = d.json("import", d.write("senseless.ics", calendar(*events, long_uid)))
    told = {error["uid"]: error["why"] for error in report["errors"]}
    for n, why in enumerate(lines.values()):
        has(told.get("u%d@x" % n, "taken"), why or "taken", list(lines)[n][:60])
    equal(sum("is no number from 0; it was taken as 0" in note["why"] for note in report["notes"]), 2)
    equal((report["rejected"], sum("UID is longer" in why for why in told.values())), (sum(why is not None for why in lines.values()) + 1, 1))
    equal(d.json("check"), {"findings": []})


@case("a source without an end: a device is refused, a pipe or an endless line is ended by a signal")
def _(d):
    d.organization()
    for device in ("/dev/zero", "/dev/null", "/dev/urandom"):
        has(d.error("import", device, status=2), "it is a device, not a file")
    fifo = d.path("pipe.ics")
    os.mkfifo(fifo)

    def ended(arguments, stdin, number):
        child = subprocess.Popen([d.program, "import", *arguments], stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 env=d.env(), cwd=d.folder)
        time.sleep(1)
        equal(child.poll(), None, arguments)
        child.send_signal(number)
        equal(child.wait(), -number, arguments)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        with open("/dev/zero", "rb") as zero:
            ended(["-"], zero, number)
        endless = subprocess.Popen(["yes", "no line's end"], stdout=subprocess.PIPE)
        ended(["-"], endless.stdout, number)
        endless.kill()
        endless.wait()
        endless.stdout.close()
        ended([fifo], subprocess.DEVNULL, number)
    equal(d.json("check"), {"findings": []})


@case("a report that nobody reads holds no signal off")
def _(d):
    d.organization()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for n in range(4000):
        lines += ["BEGIN:VEVENT", "UID:%d@x" % n, "DTSTART:never", "END:VEVENT"]
    source = d.write("bad.ics", "\r\n".join(lines + ["END:VCALENDAR", ""]))
    assert len(d.run("import", source).out) > 200000
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        child = d.start("import", source, stderr=subprocess.STDOUT)
        size = b"\0" * 4
        while int.from_bytes(size, sys.byteorder) < 60000:  # the pipe takes 64 kB
            size = fcntl.ioctl(child.stdout, termios.FIONREAD, b"\0" * 4)
        child.send_signal(number)
        equal(child.wait(30), -number)
        child.stdout.close()


@case("a source's first line costs by its length, not by the square of it")
def _(d):
    d.organization()

    def seconds(length):
        with open(d.write("line.ics", b"x" * length), "rb") as source:
            child = d.start("import", "-", stdin=source, stderr=subprocess.DEVNULL)
        child.returncode, used = os.wait4(child.pid, 0)[1:]
        return used.ru_utime

    short, long = seconds(4 << 20), seconds(32 << 20)
    assert long < 24 * short, "%.3f s for 4 MB, %.3f s for 32 MB" % (short, long)


@case("what drives a terminal reaches neither a file nor a terminal from kept properties, and what hides in a title is seen")
def _(d):
    d.organization()
    evil = "X-EVIL;X-P=a\x01b:\x1b]0;owned\x07\x08\x0b\u009b31m\u202egnp.exe\x7f"
    text = calendar(["BEGIN:VEVENT", "UID:evil@x", "DTSTART:20261125T090000Z", "DTEND:20261125T100000Z", "SUMMARY:Pay\u200bpal \u200d\U000e0061x",
                     "LOCATION:a\x1b[2Jb", "DESCRIPTION:c\x1b[2Jd \U0001f468\u200d\U0001f469", evil, "ATTENDEE;CN=Bo\u200bb:mailto:bob@example.org", "END:VEVENT"])
    d.json("import", d.write("evil.ics", text))
    uid = "evil@x"
    for args in (("export",), ("invite", uid, "--format", "ics"), ("invite", uid, "--format", "eml")):
        out = d.run(*args).out_bytes
        equal([b for b in out if b < 32 and b not in b"\r\n\t" or b == 127], [], args)
    has(d.run("export").out, "X-EVIL")
    for args in (("export",), ("invite", uid, "--format", "ics"), ("invite", uid, "--format", "html"), ("show", uid), ("agenda",), ("search", "pal")):
        terminal = d.terminal(*args, "--color", "never", columns=200)
        terminal.exit()
        seen = terminal.raw.decode()
        equal([c for c in seen if c < " " and c not in "\r\n\t" or "\x7f" <= c < "\xa0" or c in "\u202a\u202e\u200e\u2066"], [], args)
        if args[0] != "invite":
            has(seen, "Pay<U+200B>pal <U+200D><U+E0061>x", args)
    has(d.run("show", uid).out, "\U0001f468\u200d\U0001f469")
    equal(d.json("show", uid)["title"], "Pay\u200bpal \u200d\U000e0061x")
    terminal = d.terminal("console", "--view", "agenda", columns=120)
    terminal.wait("Pay<U+200B>pal <U+200D><U+E0061>x")


@case("a table or a backup without an end: a device is refused, a pipe waits for its writer and is ended by a signal")
def _(d):
    d.organization()
    for device in ("/dev/zero", "/dev/null", "/dev/urandom"):
        has(d.error("organizer", "import", device, status=2), "it is a device, not a file")
        has(d.error("restore", device, status=4), "it is not a plain file")
    fifo = d.path("pipe.csv")
    os.mkfifo(fifo)
    has(d.error("restore", fifo, status=4), "it is not a plain file")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        child = d.start("organizer", "import", fifo)
        time.sleep(0.5)
        equal(child.poll(), None)
        child.send_signal(number)
        equal(child.wait(), -number)
    child = d.start("organizer", "import", "--json", fifo, stdout=subprocess.PIPE)
    with open(fifo, "wb") as pipe:
        pipe.write(b"email,name\nbob@example.org,Bob\n")
    equal(json.loads(child.communicate()[0])["added"], 1)
    endless = {b"no line's end": 2, b"email,name\n" + b"x" * 2000000: 2}
    for text, status in endless.items():
        d.error("organizer", "import", "-", stdin=text, status=status)
    for command in ("yes x@example.org", "cat /dev/zero", "tr '\\0' x </dev/zero"):
        source = subprocess.Popen(["sh", "-c", "echo email; exec " + command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        child = d.start("organizer", "import", "-", stdin=source.stdout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        child.terminate()
        assert child.wait() in (2, -signal.SIGTERM)
        source.kill()
        source.wait()
        source.stdout.close()
    equal(d.json("check"), {"findings": []})


main()
