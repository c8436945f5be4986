#!/usr/bin/python3
"""What is known of attendees beyond a meeting, and mail in their language and zone; answers for one occurrence."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from _mail import mailer, mails, part
from dialdesk import case, equal, has, lacks, main

BOB = "bob@example.org"
SERIES = ("--repeat", "FREQ=WEEKLY;COUNT=4")


def meeting(d, *more):
    return d.json("new", "--title", "Budget", "--start", "2026-11-24 09:00", "--tz", "Europe/Berlin",
                  "--attendee", BOB, "--attendee", "eve@example.org", *more)


def known(email, lang=None, tz=None, number=None):
    return {"email": email, "lang": lang, "tz": tz, "number": number}


@case("attendee set keeps what is named, '' takes it away, and bad values change nothing")
def _(d):
    d.organization()
    equal(d.json("attendee", "list"), [])
    equal(d.json("attendee", "show", BOB), known(BOB))
    d.run("attendee", "set", BOB, "--lang", "de", "--tz", "Europe/Vienna", "--number", "+43 1 234 56 78")
    whole = known(BOB, "de", "Europe/Vienna", "+4312345678")
    equal(d.json("attendee", "show", "BOB@Example.org"), {**whole})
    equal(d.json("attendee", "set", BOB, "--lang", "fr"), {**whole, "lang": "fr"})
    for option, value, why in (("--lang", "xx", "unknown language"), ("--tz", "Nowhere/City", "unknown here"),
                               ("--number", "030 1234567", "the country code"), ("--number", "+1234567890123456", "15 digits")):
        has(d.run("attendee", "set", BOB, option, value, status=2).err, why)
    has(d.run("attendee", "set", "a b@example.org", "--lang", "de", status=2).err, "attendee")
    has(d.run("attendee", "set", "a@x\nBcc: e@x", "--lang", "de", status=2).err, "attendee")
    has(d.run("attendee", "list").out, "fr")
    equal(d.json("attendee", "set", BOB, "--number", "", "--tz", ""), known(BOB, "fr"))
    lacks(d.run("history", "ada@example.org", status=None).out, "4312345678")
    equal(d.json("attendee", "set", BOB, "--lang", ""), known(BOB))
    equal(d.json("attendee", "list"), [])
    d.run("check")


@case("of whoever is in the directory its language and zone are known")
def _(d):
    d.organization()
    d.run("organizer", "add", BOB, "--lang", "es", "--tz", "America/Lima")
    equal(d.json("attendee", "show", BOB), known(BOB, "es", "America/Lima"))
    equal(d.json("attendee", "set", BOB, "--tz", "Asia/Tokyo"), known(BOB, "es", "Asia/Tokyo"))


@case("an invitation in the attendee's language, with the time in their zone; the number stands nowhere")
def _(d):
    d.organization()
    mailer(d)
    d.run("attendee", "set", BOB, "--lang", "de", "--tz", "America/New_York", "--number", "+12025550123")
    m = meeting(d, "--send", *SERIES)
    by = {mail["To"]: mail for mail in mails(d)}
    text = part(by[BOB], "text/plain").get_content()
    has(text, "Wann: Dienstag, 24. November 2026, 03:00–04:00 (America/New_York) = "
              "Dienstag, 24. November 2026, 09:00–10:00 (Europe/Berlin)")
    has(part(by[BOB], "text/html").get_content(), "03:00–04:00 (America/New_York) = ")
    other = part(by["eve@example.org"], "text/plain").get_content()
    has(other, "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)")
    lacks(other, " = ")
    for mail in by.values():
        lacks(mail.as_string() + "".join(p.get_content() for p in mail.walk() if not p.is_multipart()), "2025550123")
    has(part(by[BOB], "text/calendar").get_content(), "DTSTART;TZID=Europe/Berlin:20261124T090000")
    for form in ("text", "html", "ics", "eml"):
        lacks(d.run("invite", m["uid"], "--format", form, "--to", BOB).out, "2025550123")
    lacks(d.run("export").out, "2025550123")
    equal(d.run("invite", m["uid"], "--to", BOB).out.split(), text.split())
    has(d.run("invite", m["uid"], "--to", BOB, "--lang", "fr").out, "America/New_York")
    has(d.run("invite", m["uid"], "--to", BOB, "--lang", "fr").out, "Quand")
    has(d.run("invite", m["uid"]).out, "When: Tuesday, 24 November 2026, 09:00–10:00 (Europe/Berlin)\n")


@case("a zone whose clock is the same is not said twice, and whole days have none")
def _(d):
    d.organization()
    d.run("attendee", "set", BOB, "--tz", "Europe/Vienna")
    m = meeting(d)
    has(d.run("invite", m["uid"], "--to", BOB).out, "09:00–10:00 (Europe/Berlin)\n")
    d.run("attendee", "set", BOB, "--tz", "Asia/Tokyo")
    whole = d.json("new", "--title", "Fair", "--start", "2026-11-24", "--all-day", "--attendee", BOB)
    lacks(d.run("invite", whole["uid"], "--to", BOB).out, "Tokyo")


@case("an update tells moved and dropped occurrences on the attendee's clock")
def _(d):
    d.organization()
    mailer(d)
    d.run("attendee", "set", BOB, "--tz", "Asia/Tokyo")
    m = meeting(d, "--send", *SERIES)
    d.run("edit", m["uid"], "--occurrence", "2026-12-01 09:00", "--start", "2026-12-02 20:00", "--send")
    last = next(mail for mail in reversed(mails(d)) if mail["To"] == BOB and mail["Subject"].startswith("Updated"))
    has(part(last, "text/plain").get_content(), "Moved: Tuesday, 1 December 2026, 17:00 (Asia/Tokyo) → "
                                               "Thursday, 3 December 2026, 04:00 (Asia/Tokyo)")


@case("a reminder says from when the new ID is valid")
def _(d):
    d.organization()
    d.run("org", "--dynamic-ids", "off")
    m = meeting(d)
    d.run("org", "--dynamic-ids", "on")
    d.run("attendee", "set", BOB, "--lang", "de", "--tz", "Asia/Tokyo")
    d.run("convert", m["uid"])
    texts = {o["to"]: d.run("outbox", "show", str(o["id"])).out for o in d.json("outbox") if o["kind"] == "reminder"}
    has(texts["eve@example.org"], "Valid from: ")
    has(texts["eve@example.org"], "(Europe/Berlin)")
    has(texts[BOB].replace("=\n", ""), "G=C3=BCltig ab: ")
    has(texts[BOB].replace("=\n", ""), "(Asia/Tokyo)")


EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VEVENT
UID:%s
DTSTAMP:20261101T100000Z
DTSTART:20261124T090000Z
DTEND:20261124T100000Z
SUMMARY:Planning
ORGANIZER:mailto:ada@example.org
ATTENDEE;LANGUAGE=%s:mailto:bob@example.org
ATTENDEE:mailto:eve@example.org
END:VEVENT
END:VCALENDAR
"""


@case("an event's LANGUAGE is kept if none is known, and if there are invitations in it")
def _(d):
    d.organization()
    d.run("import", d.write("a.ics", EVENT % ("a@x", "xx")))
    equal(d.json("attendee", "list"), [])
    d.run("import", "--dry-run", d.write("b.ics", EVENT % ("b@x", "sv")))
    equal(d.json("attendee", "list"), [])
    d.run("import", d.path("b.ics"))
    equal(d.json("attendee", "list"), [known(BOB, "sv")])
    d.run("import", d.write("c.ics", EVENT % ("c@x", "da")))
    equal(d.json("attendee", "show", BOB)["lang"], "sv")
    has(d.run("invite", "b@x", "--to", BOB).out, "När: ")
    d.run("check")


@case("an update after silent edits says what the attendee was last told")
def _(d):
    d.organization()
    mailer(d)
    d.run("import", d.write("a.ics", EVENT % ("a@x", "en")))
    equal(d.json("show", "a@x")["untold"], [])
    d.run("edit", "a@x", "--start", "2026-11-24 12:00", "--tz", "UTC")
    d.run("edit", "a@x", "--start", "2026-11-24 15:00", "--tz", "UTC", "--location", "Room 2")
    d.run("send", "a@x")
    for mail in mails(d):
        has(part(mail, "text/plain").get_content(), "Before: Tuesday, 24 November 2026, 09:00–10:00 (UTC)")


REPLY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
METHOD:REPLY
BEGIN:VEVENT
UID:%s
DTSTAMP:%s
SEQUENCE:0
RECURRENCE-ID%s
ATTENDEE;PARTSTAT=%s:mailto:%s
END:VEVENT
END:VCALENDAR
"""


@case("a reply for one occurrence is kept for that one, the newest counts, and the series' answer stays")
def _(d):
    d.organization()
    m = meeting(d, *SERIES)

    def take(stamp, which, partstat, who=BOB):
        return d.json("import", d.write("r.ics", REPLY % (m["uid"], stamp, which, partstat, who)))
    first, second = ";TZID=Europe/Berlin:20261201T090000", ":20261208T080000Z"
    equal(take("20261123T100000Z", first, "DECLINED")["replies"], 1)
    equal(take("20261123T100000Z", first, "DECLINED")["unchanged"], 1)
    equal(take("20261123T110000Z", second, "TENTATIVE")["replies"], 1)
    equal(take("20261123T090000Z", first, "ACCEPTED")["unchanged"], 1)
    equal(take("20261123T110000Z", first, "ACCEPTED", "eve@example.org")["replies"], 1)
    stranger = take("20261123T110000Z", first, "ACCEPTED", "mallory@example.org")
    has(stranger["notes"][0]["why"], "forwarding")
    wrong = take("20261123T110000Z", ":20261209T080000Z", "ACCEPTED")
    equal(wrong["rejected"], 1)
    has(wrong["errors"][0]["why"], "an occurrence that this meeting does not have")
    shown = d.json("show", m["uid"])
    equal(shown["replies"], {"yes": 0, "no": 0, "maybe": 0, "open": 2})
    equal([(r["occurrence"], r["attendee"], r["answer"]) for r in shown["occurrence_replies"]],
          [("2026-12-01T09:00:00+01:00", BOB, "no"), ("2026-12-01T09:00:00+01:00", "eve@example.org", "yes"),
           ("2026-12-08T09:00:00+01:00", BOB, "maybe")])
    has(d.run("show", m["uid"]).out, "Tue 1 Dec 2026: no bob@example.org, yes eve@example.org; "
                                     "Tue 8 Dec 2026: maybe bob@example.org")
    d.run("check")


FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:out@x
DTSTAMP:20261101T100000Z
DTSTART;TZID=Europe/Berlin:20261124T090000
DTEND;TZID=Europe/Berlin:20261124T100000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Partner
ORGANIZER;CN=Pat:mailto:pat@partner.example
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ada@example.org
END:VEVENT
END:VCALENDAR
"""


@case("answer for one occurrence mails a RECURRENCE-ID, in the language of who invited")
def _(d):
    d.organization()
    mailer(d)
    d.run("import", d.write("f.ics", FOREIGN))
    d.run("attendee", "set", "pat@partner.example", "--lang", "de")
    d.run("answer", "out@x", "yes", "--send")
    d.run("answer", "out@x", "no", "--occurrence", "2026-12-01 09:00", "--send")
    whole, one = mails(d)
    equal((whole["Subject"], one["Subject"]), ("Zugesagt: Partner", "Abgesagt: Partner (2026-12-01)"))
    lacks(part(whole, "text/calendar").get_content(), "RECURRENCE-ID")
    ics = part(one, "text/calendar").get_content()
    has(ics, "RECURRENCE-ID;TZID=Europe/Berlin:20261201T090000")
    has(ics, "PARTSTAT=DECLINED")
    lacks(ics, "FREQ=WEEKLY")
    equal(ics.count("BEGIN:VEVENT"), 1)
    shown = d.json("show", "out@x")
    equal([r["answer"] for r in shown["occurrence_replies"]], ["no"])
    has(d.run("show", "out@x").out, "Answer:")
    has(d.run("answer", "out@x", "yes", "--occurrence", "2026-12-02 09:00", status=None).err, "occurrence")
    d.run("check")


@case("answers for two occurrences wait side by side, a new one for the same takes its place")
def _(d):
    d.organization()
    mailer(d, 75)
    d.run("import", d.write("f.ics", FOREIGN))
    for answer, day in (("no", "12-01"), ("maybe", "12-08"), ("yes", "12-01")):
        d.run("answer", "out@x", answer, "--occurrence", "2026-%s 09:00" % day, "--send", status=None)
    equal([o["kind"] for o in d.json("outbox")], ["reply", "reply"])


@case("mail_bounce is the envelope's sender, tagged with the message's number")
def _(d):
    d.organization()
    script = mailer(d, more='echo "$@" >> "$0.args"')
    d.config("mail_command = '%s' -t\nmail_bounce = bounce@example.org\n" % script)
    meeting(d, "--send")
    said = sorted(open(script + ".args").read().split("\n")[:-1])
    equal(said, ["-t -f bounce+%d@example.org" % o["id"] for o in d.json("outbox")])
    d.config("mail_bounce = nobody\n")
    has(d.run("outbox", status=2).err, "mail_bounce")


DSN = """From: MAILER-DAEMON@example.org
To: %s
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1

--b--
"""


@case("a delivery report without the message is known by the number in mail_bounce, if its recipient is the message's")
def _(d):
    d.organization()
    script = mailer(d)
    d.config("mail_command = '%s' -t\nmail_bounce = bounce@example.org\n" % script)
    meeting(d, "--send")
    one = next(o for o in d.json("outbox") if o["to"] == BOB)
    for at, to in (("bounce+%d@example.net" % one["id"], BOB), ("bounce+%d@example.org" % one["id"], "eve@example.org"),
                   ("bounce+99@example.org", BOB), ("bounce@example.org", BOB), ("xbounce+@example.org", BOB),
                   ("other+%d@example.org" % one["id"], BOB), ("bounce+%d@example.org" % one["id"], BOB + ".au")):
        equal(d.json("import", d.write("dsn.eml", DSN % (at, to)))["rejected"], 1, at + " " + to)
        equal({o["state"] for o in d.json("outbox")}, {"sent"})
    equal(d.json("import", d.write("dsn.eml", DSN % ("<bounce+%d@example.org>" % one["id"], "<Bob@example.org>")))["replies"], 1)
    equal({o["to"]: o["state"] for o in d.json("outbox")}, {BOB: "failed", "eve@example.org": "sent"})


main()
