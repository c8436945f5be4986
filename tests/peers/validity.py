#!/usr/bin/python3
"""What we write as iCalendar is valid, and says the same when it comes back. Each form of it, as `export`, `invite` and
`sync` write it, is read by strict readers: the line rules of RFC 5545 (3.1), libical's table of which property may stand
where how often (icalrestriction_check: RFC 5545, 3.6, and RFC 5546 for what has a METHOD) and python3-icalendar.
"""

import ctypes
import ctypes.util
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "harness"))
from dialdesk import case, equal, has, main, skip

ADA, TINA, NORA = "ada@example.org", "tina@example.org", "nora@example.org"
TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")


def libical():
    try:
        library = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    except OSError:
        skip("libical is not installed")
    for name, result, arguments in (("icalparser_parse_string", ctypes.c_void_p, [ctypes.c_char_p]),
                                    ("icalrestriction_check", ctypes.c_int, [ctypes.c_void_p]),
                                    ("icalcomponent_count_errors", ctypes.c_int, [ctypes.c_void_p]),
                                    ("icalcomponent_as_ical_string_r", ctypes.c_void_p, [ctypes.c_void_p]),
                                    ("icalcomponent_free", None, [ctypes.c_void_p])):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


def icalendar():
    try:
        import icalendar
        return icalendar
    except ImportError:
        return skip("python3-icalendar is not installed")


def lines_of(raw, what):
    """The unfolded lines, once the folded ones have kept the rules."""
    assert raw.endswith(b"\r\n"), what
    folded = raw[:-2].split(b"\r\n")
    for line in folded:
        assert 0 < len(line) <= 75, "%s: a line of %d octets: %r" % (what, len(line), line)
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), "%s: a control character: %r" % (what, line)
        line.decode("utf-8")  # a character cut in two is none
    return re.sub(rb"\r\n[ \t]", b"", raw[:-2]).decode("utf-8").split("\r\n")


class Line:
    def __init__(self, text, what):
        found = re.fullmatch(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)", text)
        assert found, "%s: no content line: %r" % (what, text)
        self.name, self.value = found[1].upper(), found[3]
        self.parameters = dict(re.findall(r";([A-Za-z0-9-]+)=((?:\"[^\"]*\"|[^\";:])*)", found[2]))


def components(raw, what):
    """(name, lines) of each component, inner ones by themselves."""
    stack, found = [], []
    for line in (Line(text, what) for text in lines_of(raw, what)):
        if line.name == "BEGIN":
            stack.append((line.value, []))
            found.append(stack[-1])
        elif line.name == "END":
            equal(stack.pop()[0], line.value, what)
        else:
            stack[-1][1].append(line)
    equal(stack, [], what)
    return found


def check_event(lines, method, what):
    def values(name):
        return [line for line in lines if line.name == name]
    for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER"):
        equal(len(values(name)), 1, "%s: how many %s" % (what, name))
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        for line in values(name):
            assert re.fullmatch(r"\d{8}T\d{6}Z", line.value), (what, name, line.value)
    equal(len(values("DTEND")) + len(values("DURATION")) <= 1, True, "%s: one end" % what)
    dates = values("DTSTART")[0].parameters.get("VALUE") == "DATE"
    for line in (line for line in lines if line.name in TIMES):
        equal(line.parameters.get("VALUE") == "DATE", dates, "%s: %s is of DTSTART's kind" % (what, line.name))
        assert re.fullmatch(r"\d{8}" if dates else r"\d{8}T\d{6}" + ("" if "TZID" in line.parameters else "Z"), line.value), (what, line.value)
    for line in values("RRULE"):
        until = re.search(r"UNTIL=([^;]*)", line.value)
        assert not until or re.fullmatch(r"\d{8}" if dates else r"\d{8}T\d{6}Z", until[1]), (what, line.value)
    if method in ("REQUEST", "CANCEL"):
        assert values("ATTENDEE"), "%s: a %s is to somebody (RFC 5546, 3.2)" % (what, method)
    if method == "PUBLISH":
        equal(values("ATTENDEE"), [], "%s: PUBLISH is to nobody (RFC 5546, 3.2.1)" % what)


def check(raw, what, method=None):
    """Fails with what is wrong; gives the number of events."""
    parts = components(raw, what)
    equal(parts[0][0], "VCALENDAR", what)
    calendar = {line.name: line.value for line in parts[0][1]}
    equal((calendar["VERSION"], calendar.get("METHOD")), ("2.0", method), what)
    used = {line.parameters["TZID"].strip('"') for name, lines in parts if name != "VTIMEZONE" for line in lines if "TZID" in line.parameters}
    zones = [line.value for name, lines in parts if name == "VTIMEZONE" for line in lines if line.name == "TZID"]
    equal(sorted(zones), sorted(used), "%s: one VTIMEZONE for each TZID" % what)
    events = [lines for name, lines in parts if name == "VEVENT"]
    for lines in events:
        check_event(lines, method, what)
    keys = [tuple(line.value for line in lines if line.name in ("UID", "RECURRENCE-ID")) for lines in events]
    equal(len(set(keys)), len(keys), "%s: an event twice" % what)
    check_libical(raw, what)
    check_icalendar(raw, what, len(events))
    return len(events)


def check_libical(raw, what):
    library = libical()
    component = library.icalparser_parse_string(raw)
    assert component, what
    sound = library.icalcomponent_count_errors(component) == 0 and library.icalrestriction_check(component) == 1
    sound = sound and library.icalcomponent_count_errors(component) == 0
    if not sound:
        text = ctypes.string_at(library.icalcomponent_as_ical_string_r(component)).decode("utf-8", "replace")
        errors = [line for line in re.sub("\r?\n[ \t]", "", text).splitlines() if line.startswith("X-LIC-ERROR")]
        raise AssertionError("%s: libical says:\n%s\nof\n%s" % (what, "\n".join(errors), raw.decode()))
    library.icalcomponent_free(component)


def check_icalendar(raw, what, events):
    calendar = icalendar().Calendar.from_ical(raw)
    for component in calendar.walk():
        equal(list(component.errors), [], "%s: python3-icalendar" % what)
    equal(len(calendar.walk("VEVENT")), events, what)


def organizers(d):
    d.organization(tz="Europe/Berlin", name='Ada "L." Lovelace; Köln, 東京')
    d.run("number", "add", "+1 800 555 0100", "--toll-free", "--country", "US")
    d.run("org", "--join-url", "https://example.org/join?a=1;b=2,3&c=%20")
    d.run("organizer", "add", TINA, "--tz", "America/New_York", "--dial-in", "on", "--provider", "third-party", "--third-party-name", "Other",
          "--third-party-number", "+442079460000", "--third-party-passcode", "1234567")
    d.run("organizer", "add", NORA, "--dial-in", "off", "--provider", "none")


STORE = []  # the bytes of one with all of it, and its UIDs: made once


def meetings(d):
    """A store with one meeting or more of each form; their UIDs."""
    if STORE:
        d.write(os.path.basename(d.db), STORE[0])
        return STORE[1]
    make_meetings(d)
    uids = sorted(d.sql("SELECT uid FROM meeting").split("\n")[:-1])
    copy = d.path("copy.db")
    d.run("backup", copy)
    with open(copy, "rb") as file:
        STORE.extend((file.read(), uids))
    return uids


def make_meetings(d):
    organizers(d)
    bob = ["--attendee", "Bob, Jr.; \"B\" <bob@example.org>", "--attendee", "鈴木 一郎 <suzuki@example.org>"]
    d.new("Single", "2026-12-01 09:00", "--uid", "single", *bob, "-o", ADA)
    d.new("Nobody comes", "2026-12-01 11:00", "--uid", "nobody", "-o", ADA)
    d.new("会議の予定、" * 30, "2026-12-02 09:00", "--uid", "long-" + "x" * 180, "--location", "東京都, " * 20, "--notes", "行\\n;,\n" * 300 + "🎉" * 99, *bob, "-o", ADA)
    d.new("Series", "2026-10-20 09:00", "--uid", "series", "--repeat", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270330T080000Z", *bob, "-o", ADA)
    d.run("edit", "series", "--occurrence", "2026-11-24 09:00", "--start", "2026-11-25 16:00", "--title", "Moved; and renamed", "-o", ADA)
    d.run("cancel", "series", "--occurrence", "2026-12-01 09:00", "-o", ADA)
    d.new("Each 29 February", "2028-02-29", "--uid", "leap", "--repeat", "FREQ=YEARLY;UNTIL=20400301", "-o", ADA)
    d.run("cancel", "leap", "--occurrence", "2032-02-29", "-o", ADA)
    d.new("Third", "2026-12-04 09:00", "--uid", "third", *bob, "-o", TINA)
    report = d.json("import", d.write("in.ics", "\r\n".join(imported())), "-o", ADA)
    equal((report["rejected"], report["errors"]), (0, []))


def imported():
    """What comes from elsewhere, some with more than we model."""
    def event(uid, *lines, organizer=ADA, stamp="20261101T000000Z"):
        return ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:" + stamp, "ORGANIZER;CN=\"Lovelace, Ada\";SENT-BY=\"mailto:x@example.org\":mailto:" + organizer,
                "ATTENDEE;CN=\"Bob, Jr.\";PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:bob@example.org", "SUMMARY:" + uid, *lines, "END:VEVENT"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *event("floating", "DTSTART:20261207T090000", "DTEND:20261207T100000")]
    lines += event("days", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "RRULE:FREQ=YEARLY;COUNT=9", "EXDATE;VALUE=DATE:20281224", "RDATE;VALUE=DATE:20290606")
    for zone in ("UTC", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Casablanca", "Australia/Lord_Howe", "Etc/GMT+5", "Pacific/Apia"):
        lines += event("zone-" + zone, "DTSTART;TZID=%s:20261203T090000" % zone, "DURATION:PT90M")
    lines += event("twice", "DTSTART;TZID=Europe/Berlin:20261025T013000", "DURATION:PT2H")
    lines += event("none", "DTSTART:20261204T090000Z", "DURATION:PT1H", organizer=NORA)
    lines += event("cancelled", "DTSTART:20261205T090000Z", "STATUS:CANCELLED", "SEQUENCE:3")
    lines += event("rich", "DTSTART;TZID=Europe/Berlin:20261208T090000", "DURATION:PT45M", "RRULE:FREQ=DAILY;COUNT=5", "STATUS:TENTATIVE",
                   "RDATE;TZID=Europe/Berlin:20261220T090000,20261221T100000", "EXDATE;VALUE=DATE:20261210", "CREATED:20261001T000000Z",
                   "CLASS:PRIVATE", "PRIORITY:5", "TRANSP:OPAQUE", "CATEGORIES:Work,Money", "GEO:52.5;13.4", "URL:https://other.example/x", "COMMENT:one",
                   "X-OTHER;X-P=\"a;b:c\";X-Q=1,2:kept\\, as it was", "COLOR:turquoise", "IMAGE;VALUE=URI:https://example.org/i.png",
                   "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/1",
                   "ATTACH:https://example.org/agenda.pdf", "RELATED-TO:single", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M",
                   "DESCRIPTION:Soon", "END:VALARM", "BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER;RELATED=END:PT0S", "X-ALARM:y", "END:VALARM")
    lines += event("rich", "RECURRENCE-ID;TZID=Europe/Berlin:20261211T090000", "DTSTART;TZID=Europe/Berlin:20261211T150000",
                   "DTEND;TZID=Europe/Berlin:20261211T160000", "LOCATION:Elsewhere")
    return lines + ["END:VCALENDAR", ""]


@case("the readers are strict: each of these is refused")
def _(d):
    sound = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T000000Z", "SEQUENCE:0",
                         "ORGANIZER:mailto:a@example.org", "DTSTART:20261207T090000Z", "SUMMARY:Größe", "END:VEVENT", "END:VCALENDAR", ""])
    equal(check(sound.encode(), "the sound one"), 1)
    for old, new in (("UID:a\r\n", ""), ("UID:a\r\n", "UID:a\r\nUID:b\r\n"), ("DTSTAMP:20261101T000000Z\r\n", ""), ("VERSION:2.0\r\n", ""),
                     ("PRODID:-//x//y//EN\r\n", ""), ("SUMMARY:", "SUMMARY:1\r\nSUMMARY:"), ("SUMMARY:", "SUMMARY:" + "x" * 80), ("UID:a\r\n", "UID:a\n"),
                     ("ö", "\x01"), ("Z\r\nSUMMARY", "\r\nSUMMARY"), ("START:", "START;TZID=Europe/Berlin:"), ("SUMMARY", "RDATE;VALUE=DATE:20261210\r\nSUMMARY"),
                     ("SUMMARY", "RRULE:FREQ=DAILY;UNTIL=20261210\r\nSUMMARY"), ("SUMMARY", "RRULE:FREQ=NEVER\r\nSUMMARY"), ("SUMMARY", "DTEND:20261207T1000Z\r\nSUMMARY"),
                     ("END:VEVENT\r\n", "")):
        assert old in sound, old
        try:
            check(sound.replace(old, new, 1).encode(), "broken")
        except (AssertionError, ValueError, KeyError, IndexError):
            continue
        raise AssertionError("taken: %r for %r" % (new, old))
    try:
        check(sound.replace("ö", "x" * 60 + "ö").encode().replace(b"\xc3\xb6", b"\xc3\r\n \xb6"), "a character cut in two")
    except UnicodeDecodeError:
        return
    raise AssertionError("taken: a character cut in two")


@case("export: every form is valid")
def _(d):
    uids = meetings(d)
    whole = sum(check(export(d, email), "all of " + email) for email in (ADA, TINA, NORA))
    equal(whole, len(uids) + 2, "every meeting, and two changed occurrences")
    check(d.run("export", "series", "third", "days", "series").out_bytes, "named ones")


@case("invite: REQUEST to attendees, CANCEL of what is cancelled, PUBLISH where nobody is invited; in the mail too")
def _(d):
    import email
    meetings(d)
    for uid, method, lang in (("single", "REQUEST", "en"), ("series", "REQUEST", "ja"), ("days", "REQUEST", "zh"), ("third", "REQUEST", "de"), ("none", "REQUEST", "en"),
                              ("rich", "REQUEST", "en"), ("nobody", "PUBLISH", "ru"), ("leap", "PUBLISH", "en"), ("cancelled", "CANCEL", "fr")):
        check(d.run("invite", uid, "--format", "ics", "--lang", lang).out_bytes, "invitation to " + uid, method)
    for uid, method in (("series", "REQUEST"), ("cancelled", "CANCEL")):
        message = email.message_from_bytes(d.run("invite", uid, "--format", "eml").out_bytes)
        part = [p for p in message.walk() if p.get_content_type() == "text/calendar"][0]
        equal(part.get_param("method"), method)
        check(part.get_payload(decode=True), "mail of " + uid, method)


@case("sync: each file of a vdir, one meeting each")
def _(d):
    uids = meetings(d)
    names = []
    for email in (ADA, TINA, NORA):
        os.mkdir(d.path(email))
        d.run("sync", d.path(email), "-o", email)
        for name in os.listdir(d.path(email)):
            with open(os.path.join(d.path(email), name), "rb") as file:
                check(file.read(), name)
            names.append(name)
    equal(len(names), len(uids) - 1)


def export(d, email):
    return d.run("export", "--from", "2026-01-01", "--to", "2041-01-01", "-o", email).out_bytes


def folded_once(raw):
    return lines_of(raw, "export")


@case("CONFERENCE: the telephone with its pauses and ID, and the join URL, each with a word for people; none where there is none")
def _(d):
    meetings(d)
    own = d.json("show", "single")["conference_id"]
    join = "CONFERENCE;VALUE=URI;LABEL=Join online;FEATURE=AUDIO,VIDEO:https://example.org/join?a=1;b=2,3&c=%20"
    phone = "CONFERENCE;VALUE=URI;LABEL=Join by phone;FEATURE=PHONE:tel:"
    for uid, wanted in (("single", [phone + "+4930901820,,%s%%23" % own, join]), ("third", [phone + "+442079460000,,1234567%23", join]), ("none", [join]),
                        ("rich", [join, "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+14125550123", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.example/1"])):
        for raw in (d.run("export", uid).out_bytes, d.run("invite", uid, "--format", "ics").out_bytes):
            equal([line for line in folded_once(raw)[:folded_once(raw).index("END:VEVENT")] if line.startswith("CONFERENCE")], wanted, uid)
    has(d.run("invite", "single", "--format", "ics", "--lang", "de").out.replace("\r\n ", ""), "LABEL=Per Telefon teilnehmen;FEATURE=PHONE:tel:")
    d.run("org", "--join-url", "")
    d.run("organizer", "set", TINA, "--third-party-passcode", "")
    equal([line for line in folded_once(d.run("export", "none").out_bytes) if "CONFERENCE" in line or line.startswith("URL")], [])
    equal([line for line in folded_once(d.run("export", "third").out_bytes) if "CONFERENCE" in line], [phone + "+442079460000"])
    equal(str(icalendar().Calendar.from_ical(d.run("export", "single").out_bytes).walk("VEVENT")[0]["CONFERENCE"]), "tel:+4930901820,,%s%%23" % own)


@case("exported, imported into an empty store and exported again: the same bytes, at another hour too")
def _(d):
    meetings(d)
    first = {email: export(d, email) for email in (ADA, TINA, NORA)}
    d.now = "2026-11-24T10:00:00Z"
    equal({email: export(d, email) for email in first}, first, "nothing of it depends on when it is written")
    d.db = d.path("second.db")
    organizers(d)
    for email, raw in first.items():
        report = d.json("import", d.write("again.ics", raw), "-o", email)
        equal((report["rejected"], report["updated"], report.get("notes", [])), (0, 0, []))
    for email, raw in first.items():
        equal("\n".join(folded_once(export(d, email))), "\n".join(folded_once(raw)), email)
        equal(export(d, email), raw, email)
    for email, raw in first.items():
        report = d.json("import", d.path("again.ics"), "-o", email)
        equal((report["added"], report["updated"], report["rejected"]), (0, 0, 0))
    equal(d.json("check"), {"findings": []})


@case("an edit changes its own lines, SEQUENCE and the stamps; nothing else")
def _(d):
    meetings(d)
    always = {"DTSTAMP", "LAST-MODIFIED"}
    for uid, option, value, touched in (("rich", "--title", "New", {"SUMMARY", "SEQUENCE"}), ("rich", "--location", "There", {"LOCATION", "SEQUENCE"}),
                                        ("rich", "--start", "2026-12-08 10:00", {"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE"}),
                                        ("single", "--notes", "New", {"DESCRIPTION"})):
        before = d.run("export", uid).out_bytes
        d.run("edit", uid, option, value)
        after = d.run("export", uid).out_bytes
        check(after, uid)
        gone = [Line(text, uid).name for text in folded_once(before) if text not in folded_once(after)]
        new = [Line(text, uid).name for text in folded_once(after) if text not in folded_once(before)]
        equal((set(gone) | set(new)) - always, touched, "%s %s" % (uid, option))
    text = "\n".join(folded_once(d.run("export", "rich").out_bytes))
    for line in (line for line in imported() if re.match("X-|CONF|ATT|CAT|COM|TRIG|ACTION|URL|GEO|IMAGE|COLOR|CLASS|PRIO|TRANSP|RELATED|STATUS:T", line)):
        assert line in text, line


main()
