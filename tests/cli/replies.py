#!/usr/bin/python3
"""What comes back by mail: answers, delivery reports and maildirs, as Python's email and mailbox write them."""
import email.message
import email.mime.multipart
import email.mime.text
import email.policy
import mailbox
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, lacks, main

BOB = "bob@example.org"


def meeting(d, *more):
    return d.json("new", "--title", "Budget", "--start", "2026-11-24 09:00", "--attendee", BOB,
                  "--attendee", "eve@example.org", *more)


def reply(m, partstat, stamp="20261123T100000Z", organizer=True, who=BOB):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "METHOD:REPLY", "BEGIN:VEVENT", "UID:" + m["uid"],
             "DTSTAMP:" + stamp, "SEQUENCE:0", "ATTENDEE;PARTSTAT=%s;CN=Böb:mailto:%s" % (partstat, who),
             "SUMMARY:Zugesagt: Übergröße"]
    lines += ["ORGANIZER:mailto:ada@example.org"] if organizer else []
    return "\r\n".join(lines + ["END:VEVENT", "END:VCALENDAR", ""])


def yes_no(d, m):
    return {k: v for k, v in d.json("show", m["uid"])["replies"].items() if v}


def calendar_part(text, cte):
    part = email.message.EmailMessage(policy=email.policy.SMTP)
    part.set_content(text, subtype="calendar", charset="utf-8", cte=cte, params={"method": "REPLY"})
    return part


def outlook(text, cte="base64"):
    """multipart/alternative with a calendar at its end."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["Received"] = "from mx.example.org (mx.example.org [192.0.2.1]) by mail.example.org with ESMTPS id 0123456789"
    mail["From"], mail["Subject"] = "Böb <%s>" % BOB, "Accepted: Übergröße"
    mail.set_content("Accepted.\nBEGIN:VCALENDAR is no calendar here\n")
    mail.add_alternative("<p>Accepted</p>", subtype="html")
    mail.add_alternative(text, subtype="calendar", charset="utf-8", cte=cte, params={"method": "REPLY"})
    return mail


@case("replies in mails of every shape: alternatives, nested, attached; base64, quoted-printable, as they are")
def _(d):
    d.organization()
    m = meeting(d)
    stamp = 20261123100000
    shapes = {}
    for cte in ("base64", "quoted-printable", "8bit"):
        shapes["alternative, " + cte] = lambda text, cte=cte: outlook(text, cte).as_bytes()
        shapes["alone, " + cte] = lambda text, cte=cte: b"From: %s\r\n" % BOB.encode() + calendar_part(text, cte).as_bytes()
        shapes["attached, " + cte] = lambda text, cte=cte: attached(text, cte)

    def attached(text, cte):
        mail = email.message.EmailMessage(policy=email.policy.SMTP)
        mail["From"] = BOB
        mail.set_content("See the file.")
        if cte == "base64":
            mail.add_attachment(text.encode(), maintype="application", subtype="ics", filename="invite.ics")
        else:
            mail.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="invite.ICS")
        return mail.as_bytes()

    def nested(text):
        outer = email.mime.multipart.MIMEMultipart("mixed", policy=email.policy.SMTP)
        outer["From"] = BOB
        outer.attach(email.mime.text.MIMEText("a footer"))
        inner = outlook(text)
        outer.attach(inner)
        return outer.as_bytes()
    shapes["nested"] = nested
    shapes["lf"] = lambda text: outlook(text).as_bytes().replace(b"\r\n", b"\n")
    shapes["cut"] = lambda text: outlook(text).as_bytes().rsplit(b"\r\n--", 1)[0]
    for n, (name, make) in enumerate(shapes.items()):
        partstat, key = (("ACCEPTED", "yes"), ("DECLINED", "no"))[n % 2]
        text = reply(m, partstat, "%dT%06dZ" % (20261123, 100000 + n), organizer=n % 3 > 0)
        report = d.json("import", d.write("reply.eml", make(text)))
        equal((name, report["replies"], report["errors"]), (name, 1, []))
        equal((name, yes_no(d, m)), (name, {key: 1, "open": 1}))


@case("a reply that names one occurrence of a meeting that does not repeat: its own answers it, any other is none")
def _(d):
    d.organization()
    m = meeting(d)

    def named(recurrence, partstat):
        text = reply(m, partstat).replace("SEQUENCE:", "RECURRENCE-ID%s\r\nSEQUENCE:" % recurrence)
        return d.json("import", d.write("one.ics", text))
    for other in (":20261124T110000Z", ":20261125T090000Z", ";VALUE=DATE:20261125"):
        report = named(other, "DECLINED")
        equal((report["replies"], report["rejected"]), (0, 1), other)
        has(report["errors"][0]["why"], "an occurrence that this meeting does not have")
    equal(yes_no(d, m), {"open": 2})
    report = named(";TZID=Europe/Berlin:20261124T100000", "DECLINED")
    equal((report["replies"], report["errors"], report["notes"]), (1, [], []))
    equal((yes_no(d, m), d.json("show", m["uid"])["occurrence_replies"]), ({"no": 1, "open": 1}, []))


@case("an answer that is neither yes, no nor maybe takes none back; the agenda counts the answers")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    d.json("import", d.write("r.ics", reply(m, "ACCEPTED")))
    for word in ("NEEDS-ACTION", "DELEGATED", "X-PERHAPS"):
        report = d.json("import", d.write("r.ics", reply(m, word, stamp="20261123T110000Z")))
        equal((report["replies"], report["unchanged"]), (0, 1), word)
        has(report["notes"][0]["why"], "bob@example.org answers neither yes, no nor maybe")
    equal(yes_no(d, m), {"yes": 1, "open": 1})
    has(d.run("agenda").out, "1 yes, 1 open")
    has(d.run("import", d.write("r.ics", reply(m, "DECLINED", stamp="20261123T120000Z"))).out, "1 answer taken")
    has(d.run("agenda").out, "1 no, 1 open")
    d.now = "2026-11-24T11:00:00Z"
    lacks(d.run("agenda", "--from", "2026-11-24").out, "1 open", "it is over")


@case("a message without a calendar is no calendar; one that is damaged is told, and takes nothing")
def _(d):
    d.organization()
    m = meeting(d)
    mail = email.message.EmailMessage()
    mail["From"] = BOB
    mail.set_content("Hello")
    has(d.error("import", d.write("x.eml", mail.as_bytes()), status=2), "no iCalendar")
    whole = outlook(reply(m, "ACCEPTED")).as_bytes()
    for cut in range(0, len(whole), 97):
        d.run("import", d.write("x.eml", whole[:cut]), status=(0, 2))
    assert yes_no(d, m) in ({"open": 2}, {"yes": 1, "open": 1}), yes_no(d, m)  # the calendar was whole, or not
    before = yes_no(d, m)
    deep = b"From: x@example.org\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300))
    d.run("import", d.write("deep.eml", deep + b"Content-Type: text/calendar\r\n\r\n" + b"nothing"), status=2)
    equal(yes_no(d, m), before)


@case("fifty megabytes in a message are refused in a word; so large an attachment beside a reply too")
def _(d):
    d.organization()
    m = meeting(d)
    mail = outlook(reply(m, "ACCEPTED"))
    mail.add_attachment(b"x" * 38_000_000, maintype="application", subtype="pdf", filename="x.pdf")
    has(d.error("import", d.write("big.eml", mail.as_bytes()), status=2), "larger than 32 MB")
    has(d.error("import", "-", stdin=mail.as_bytes(), status=2), "larger than 32 MB")
    equal(yes_no(d, m), {"open": 2})
    mail = outlook(reply(m, "ACCEPTED"))
    mail.add_attachment(b"x" * 8_000_000, maintype="application", subtype="pdf", filename="x.pdf")
    equal(d.json("import", d.write("big.eml", mail.as_bytes()))["replies"], 1)


def mailer(d):
    script = d.write("mailer", "#!/bin/sh\ncat > %s/$$.eml\n" % d.folder)
    os.chmod(script, 0o755)
    d.config("mail_command = '%s'\n" % script)


def bounce(row, action="failed", status="5.1.1", original="message/rfc822"):
    """As postfix writes it (RFC 3464)."""
    head = "From: ada@example.org\r\nMessage-ID: %s\r\nSubject: Budget\r\n\r\n" % row["message_id"]
    parts = [("text/plain", "I'm sorry.\r\n"), ("message/delivery-status", (
        "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\n"
        "Diagnostic-Code: smtp; 550 no\r\n such user\r\n") % (row["to"], action, status)), (original, head + "text\r\n")]
    mail = ("From: MAILER-DAEMON@example.org\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\nContent-Type: "
            "multipart/report; report-type=delivery-status;\r\n\tboundary=\"AA/BB=CC\"\r\n\r\nThis is MIME.\r\n\r\n")
    mail += "".join("--AA/BB=CC\r\nContent-Type: %s\r\n\r\n%s\r\n" % part for part in parts) + "--AA/BB=CC--\r\n"
    assert not email.message_from_string(mail).defects
    return mail.encode()


@case("a delivery report turns sent into failed, and its recipient has not been told")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    equal(m["untold"], [])
    rows = {r["to"]: r for r in d.json("outbox")}
    late = d.json("import", d.write("b.eml", bounce(rows[BOB], "delayed", "4.4.1")))
    equal((late["read"], late["replies"], late["unchanged"]), (1, 0, 1))
    has(late["notes"][0]["why"], "delayed 4.4.1")
    equal(d.json("show", m["uid"])["untold"], [])
    d.json("import", "--dry-run", d.write("b.eml", bounce(rows[BOB])))
    equal(d.json("show", m["uid"])["untold"], [])
    taken = d.json("import", d.path("b.eml"))
    equal((taken["read"], taken["replies"]), (1, 1))
    row = next(r for r in d.json("outbox") if r["to"] == BOB)
    equal(row["state"], "failed")
    has(row["why"], "it came back: failed 5.1.1: smtp; 550 no such user")
    equal(d.json("show", m["uid"])["untold"], [BOB])
    equal(d.json("import", d.path("b.eml"))["unchanged"], 1)
    said = d.run("import", d.write("b.eml", bounce(rows["eve@example.org"], original="text/rfc822-headers"))).out
    has(said, "1 message came back")
    lacks(said, "answer")
    equal(d.json("show", m["uid"])["untold"], [BOB, "eve@example.org"])
    stranger = d.json("import", d.write("b.eml", bounce({"to": "x@y.example", "message_id": "<nobody@y.example>"})))
    has(stranger["errors"][0]["why"], "not sent from here")
    equal(d.json("check")["findings"], [])


@case("a maildir: replies and reports are taken, other mail is counted, and again nothing changes")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    rows = {r["to"]: r for r in d.json("outbox")}
    box = mailbox.Maildir(d.path("Maildir"))
    box.add(outlook(reply(m, "ACCEPTED")).as_bytes())
    box.add(bounce(rows["eve@example.org"]))
    box.add(b"From: x@example.org\nSubject: Lunch\n\nBEGIN:VCALENDAR\n")
    box.add(b"From: x@example.org\nContent-Type: text/calendar\n\nnothing\n")
    box.add(bounce({"to": "x@y.example", "message_id": "<nobody@y.example>"}))
    key = box.add(outlook(reply(m, "DECLINED", who="eve@example.org")).as_bytes())
    message = box[key]
    message.set_subdir("cur")
    box[key] = message
    report = d.json("import", d.path("Maildir"))
    equal((report["replies"], report["other_messages"], report["rejected"]), (3, 2, 1))
    equal(yes_no(d, m), {"yes": 1, "no": 1})
    again = d.json("import", d.path("Maildir"))
    equal((again["replies"], again["unchanged"], again["other_messages"]), (0, 3, 2))
    os.makedirs(d.path("empty/new"))
    equal(d.json("import", d.path("empty"))["read"], 0)
    d.error("import", d.folder, status=2)
    has(d.run("import", d.path("Maildir")).out, "2 messages are about something else")


@case("a counter-proposal is told with its time, and nothing is changed")
def _(d):
    d.organization()
    m = meeting(d)
    text = reply(m, "TENTATIVE").replace("METHOD:REPLY", "METHOD:COUNTER").replace(
        "SUMMARY", "DTSTART:20261125T100000Z\r\nCOMMENT:Better\r\nSUMMARY")
    report = d.json("import", d.write("c.eml", outlook(text).as_bytes()))
    has(report["notes"][0]["why"], "'Budget': bob@example.org proposes another time, 2026-11-25 10:00 UTC (METHOD:COUNTER)")
    equal((report["read"], report["unchanged"], report["replies"], report["rejected"], report["errors"]), (1, 1, 0, 0, []))
    for left_out in ("DTSTART:20261125T100000Z\r\n", "ATTENDEE"):
        report = d.json("import", d.write("c.eml", outlook(text.replace(left_out, "X-NONE" if left_out == "ATTENDEE" else "")).as_bytes()))
        equal((report["unchanged"], report["rejected"]), (1, 0), left_out)
        has(report["notes"][0]["why"], "somebody proposes" if left_out == "ATTENDEE" else "is proposed (METHOD:COUNTER), but", left_out)
    stranger = d.json("import", d.write("c.eml", outlook(text.replace("UID:" + m["uid"], "UID:nowhere")).as_bytes()))
    has(stranger["errors"][0]["why"], "for a meeting that is not here")
    equal(stranger["rejected"], 1)
    equal(d.json("show", m["uid"])["start"], m["start"])


FOREIGN = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Partner//EN\r\n%sBEGIN:VEVENT\r\nUID:foreign-1\r\nDTSTAMP:20261101T000000Z"
           "\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nSEQUENCE:3\r\nSUMMARY:Partners\r\nORGANIZER;CN=Pat Doe:"
           "mailto:pat@partner.example\r\nATTENDEE;CN=\"Ada; L:ovelace\";X-NUM-GUESTS=0;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:%s\r\n"
           "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:zoe@partner.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def unfolded(text):
    return text.replace("\r\n ", "").replace("\r\n\t", "")


def sent(d):
    mails = [name for name in os.listdir(d.folder) if name.endswith(".eml") and name != "x.eml"]
    return [email.message_from_bytes(open(d.path(name), "rb").read(), policy=email.policy.default) for name in mails]


@case("answer: an invitation from outside is answered, shown, and mailed as a REPLY to its ORGANIZER if somebody asks")
def _(d):
    d.organization()
    mailer(d)
    d.run("import", "-", stdin=FOREIGN % ("METHOD:REQUEST\r\n", "ADA@example.org"))
    equal(d.json("show", "foreign-1")["answer"], None)
    answered = d.json("answer", "foreign-1", "maybe")
    equal((answered["answer"], answered["sequence"]), ("maybe", 3))
    equal((d.json("outbox"), sent(d)), ([], []))
    has(d.run("show", "foreign-1").out, "maybe")
    has(d.run("agenda").out, "maybe; invited by pat@partner.example")
    has(d.run("agenda", "--json").out, '"answer":"maybe"')
    equal(d.json("answer", "foreign-1", "yes", "--send")["answer"], "yes")
    row, = d.json("outbox")
    equal((row["kind"], row["to"], row["state"]), ("reply", "pat@partner.example", "sent"))
    message, = sent(d)
    equal((message.defects, message["To"], message["Subject"]), ([], "Pat Doe <pat@partner.example>", "Accepted: Partners"))
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar")
    equal(part.get_param("method"), "REPLY")
    text = unfolded(part.get_content().replace("\n", "\r\n").replace("\r\r", "\r"))
    for line in ("METHOD:REPLY", "UID:foreign-1", "SEQUENCE:3", "ORGANIZER;CN=Pat Doe:mailto:pat@partner.example",
                 "ATTENDEE;CN=\"Ada; L:ovelace\";X-NUM-GUESTS=0;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ADA@example.org"):
        has(text, line)
    equal(text.count("ATTENDEE"), 1)
    equal(d.json("history", "foreign-1")[-1]["event"], "meeting answered")
    equal(d.json("check")["findings"], [])
    exported = unfolded(d.run("export", "foreign-1").out)
    has(exported, "PARTSTAT=ACCEPTED")
    has(exported, "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:zoe@partner.example")


@case("answer: a sync writes it into the file, and then finds nothing more to do")
def _(d):
    d.organization()
    folder = d.path("vdir")
    os.makedirs(folder)
    d.write("vdir/foreign-1.ics", FOREIGN % ("", "ada@example.org"))
    d.run("sync", folder)
    d.run("answer", "foreign-1", "no")
    equal(d.json("sync", folder)["written"], 1)
    has(unfolded(open(d.path("vdir/foreign-1.ics"), newline="").read()), "PARTSTAT=DECLINED;RSVP=TRUE:mailto:ada@example.org")
    again = d.json("sync", folder)
    equal((again["written"], again["updated"], again["conflicts"]), (0, 0, []))
    equal(d.json("show", "foreign-1")["answer"], "no")


CHANGED = ("BEGIN:VEVENT\r\nUID:foreign-1\r\nDTSTAMP:20261101T000000Z\r\nRECURRENCE-ID:20261201T090000Z\r\n"
           "DTSTART:20261202T100000Z\r\nDTEND:20261202T110000Z\r\nSEQUENCE:3\r\nSUMMARY:Later\r\n"
           "ORGANIZER:mailto:pat@partner.example\r\nATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ada@example.org\r\n"
           "ATTENDEE;PARTSTAT=ACCEPTED:mailto:%s@partner.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


def changed_one(text):
    """Of a calendar the changed occurrence, unfolded."""
    return next(event for event in unfolded(text).split("BEGIN:VEVENT") if "RECURRENCE-ID" in event)


@case("an answer for a changed occurrence alone stands in that occurrence's event, in exports and in a sync's file")
def _(d):
    d.organization()
    folder = d.path("vdir")
    os.makedirs(folder)
    series = (FOREIGN % ("", "ada@example.org")).replace("SEQUENCE:", "RRULE:FREQ=WEEKLY;COUNT=4\r\nSEQUENCE:")
    for other in ("zoe", "eve"):  # the people of the series, and others
        d.write("vdir/foreign-1.ics", series.replace("END:VCALENDAR\r\n", CHANGED % other))
        d.run("sync", folder)
        d.run("answer", "foreign-1", "yes")
        d.run("answer", "foreign-1", "no", "--occurrence", "2026-12-02 10:00")
        exported = d.run("export", "foreign-1").out
        has(changed_one(exported), "PARTSTAT=DECLINED;RSVP=TRUE:mailto:ada@example.org")
        has(unfolded(exported), "PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ada@example.org")
        has(changed_one(exported), "mailto:%s@partner.example" % other)
        equal(d.json("sync", folder)["written"], 1)
        d.run("answer", "foreign-1", "maybe", "--occurrence", "2026-12-02 10:00")
        equal(d.json("sync", folder)["written"], 1)
        written = open(d.path("vdir/foreign-1.ics"), newline="").read()
        has(changed_one(written), "PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:ada@example.org")
        again = d.json("sync", folder)
        equal((again["written"], again["updated"], again["conflicts"]), (0, 0, []))


@case("answer: by an alias, by somebody to whom it was forwarded; a later answer takes the place of one that waits")
def _(d):
    d.organization()
    d.run("organizer", "set", "ada@example.org", "--alias", "al@example.org")
    d.config("mail_command = false\n")
    d.run("import", "-", stdin=FOREIGN % ("", "al@example.org"))
    equal(d.json("answer", "foreign-1", "yes", "--send")["answer"], "yes")
    equal(d.json("answer", "foreign-1", "no", "--send")["answer"], "no")
    equal([r["state"] for r in d.json("outbox")], ["queued"])
    mailer(d)
    d.run("outbox", "retry", str(d.json("outbox")[0]["id"]))
    d.run("send", "--reminders")
    message, = sent(d)
    has(message["Subject"], "Declined")
    has(message["From"], "al@example.org")
    d.run("import", "-", stdin=(FOREIGN % ("", "group@example.org")).replace("foreign-1", "foreign-2"))
    equal(d.json("answer", "foreign-2", "yes")["answer"], "yes")
    has(d.json("show", "foreign-2")["attendees"], "ada@example.org")


@case("answer: what is ours, over, cancelled, or answered with another word is refused")
def _(d):
    d.organization()
    m = meeting(d)
    has(d.error("answer", m["uid"], "yes", status=3), "the calendar's own")
    has(d.error("answer", m["uid"], "perhaps", status=2), "none of yes, no and maybe")
    d.error("answer", "nowhere", "yes", status=1)
    d.run("import", "-", stdin=FOREIGN % ("", "ada@example.org"))
    d.now = "2026-12-24T09:00:00Z"
    has(d.error("answer", "foreign-1", "yes", status=3), "is over")


main()
