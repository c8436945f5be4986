#!/usr/bin/python3
"""Mail: what is owed, what is sent and how it is settled, what comes back."""
import email
import email.policy
import os
import stat
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from _cli import calendar
from _mail import mailer, mails, part
from dialdesk import ROOT, case, equal, has, lacks, main

ADA = "ada@example.org"


def meeting(d, *more):
    return d.json("new", "--title", "Budget", "--start", "2026-11-24 09:00", "--attendee", "Bob <bob@example.org>",
                  "--attendee", "eve@example.org", *more)


@case("nobody is mailed unasked: a new meeting says who has not been told, and how to tell them")
def _(d):
    d.organization()
    m = meeting(d)
    equal(m["untold"], ["bob@example.org", "eve@example.org"])
    equal(m["replies"], {"yes": 0, "no": 0, "maybe": 0, "open": 2})
    equal(d.json("outbox"), [])
    out = d.run("show", m["uid"]).out
    has(out, "2 of 2 have not been told")
    has(out, f"dialdesk send {m['conference_id']}")


@case("new --send mails one message an attendee, and they are told")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    equal(m["untold"], [])
    got = mails(d)
    equal(sorted(g["To"] for g in got), ["Bob <bob@example.org>", "eve@example.org"])
    for message in got:
        equal(message.defects, [])
        equal([p.get_content_type() for p in message.iter_parts()], ["text/plain", "text/html", "text/calendar"])
        calendar = part(message, "text/calendar")
        equal(calendar["Content-Disposition"], None)
        equal(calendar.get_param("method"), "REQUEST")
        text = calendar.get_content()
        has(text, "METHOD:REQUEST")
        equal(message["Auto-Submitted"], None)
        equal(message["Subject"], "Budget")
        has(part(message, "text/plain").get_content(), m["conference_id"])
    equal({r["state"] for r in d.json("outbox")}, {"sent"})
    equal({r["kind"] for r in d.json("outbox")}, {"invitation"})
    equal(len({r["message_id"] for r in d.json("outbox")}), 2)
    has(d.run("send", m["uid"]).out, "Nothing had to be sent")


@case("an update says old and new, in the thread of the invitation; a cancellation is a CANCEL")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    first = {g["To"]: g["Message-ID"] for g in mails(d)}
    for name in os.listdir(d.path("mails")):
        os.remove(os.path.join(d.path("mails"), name))
    d.json("edit", m["uid"], "--start", "2026-11-24 11:00", "--send")
    got = mails(d)
    equal(len(got), 2)
    for message in got:
        equal(message["In-Reply-To"], first[message["To"]])
        text = part(message, "text/plain").get_content()
        has(text, "This meeting has changed")
        has(text, "Before: Tuesday, 24 November 2026, 09:00")
        has(text, "When: Tuesday, 24 November 2026, 11:00")
        equal(message["Subject"], "Updated: Budget")
        has(part(message, "text/calendar").get_content(), "SEQUENCE:1")
    for name in os.listdir(d.path("mails")):
        os.remove(os.path.join(d.path("mails"), name))
    gone = d.json("cancel", m["uid"], "--send")
    equal(gone["untold"], [])
    for message in mails(d):
        equal(message["Subject"], "Cancelled: Budget")
        equal(part(message, "text/calendar").get_param("method"), "CANCEL")
        has(part(message, "text/calendar").get_content(), "STATUS:CANCELLED")


@case("who is taken off the list is told so, and nobody else of it")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    for name in os.listdir(d.path("mails")):
        os.remove(os.path.join(d.path("mails"), name))
    d.json("edit", m["uid"], "--attendee", "bob@example.org", "--send")
    kinds = {g["To"]: part(g, "text/calendar").get_param("method") for g in mails(d)}
    equal(kinds["eve@example.org"], "CANCEL")
    equal(kinds["bob@example.org"], "REQUEST")
    left = next(g for g in mails(d) if g["To"] == "eve@example.org")
    lacks(part(left, "text/calendar").get_content(), "bob@example.org")


@case("an update of a series says which dates are off or moved, another length and another rule")
def _(d):
    d.organization()
    mailer(d)
    m = d.json("new", "--title", "Weekly", "--start", "2026-11-24 09:00", "--duration", "1h", "--repeat", "FREQ=WEEKLY;COUNT=6",
               "--lang", "de", "--attendee", "bob@example.org", "--send")
    for edit, words, html in (
            (("cancel", m["uid"], "--occurrence", "2026-12-08 09:00"), "Entfällt: Dienstag, 8. Dezember 2026, 09:00",
             "<p>Entfällt: Dienstag, 8. Dezember 2026, 09:00</p>"),
            (("edit", m["uid"], "--occurrence", "2026-12-15 09:00", "--start", "2026-12-16 10:00"),
             "Verlegt: Dienstag, 15. Dezember 2026, 09:00 → Mittwoch, 16. Dezember 2026, 10:00", "<p>Verlegt: "),
            (("edit", m["uid"], "--duration", "2h"), "Bisher: Dienstag, 24. November 2026, 09:00–10:00", "<del>Dienstag, 24. "),
            (("edit", m["uid"], "--repeat", "FREQ=WEEKLY;COUNT=9"), "wiederholt sich anders als bisher", "wiederholt sich anders")):
        empty(d)
        d.run(*edit, "--send")
        (message,) = mails(d)
        has(part(message, "text/plain").get_content(), words)
        has(part(message, "text/html").get_content(), html)
    empty(d)
    d.now = "2026-12-08T12:00:00Z"  # what is past is not told
    d.run("edit", m["uid"], "--title", "Weekly 2", "--location", "Room 1", "--send")
    for message in mails(d):
        lacks(part(message, "text/plain").get_content(), "Entfällt: Dienstag, 8.")


def empty(d):
    for name in os.listdir(d.path("mails")):
        os.remove(os.path.join(d.path("mails"), name))


@case("who is taken off the list without a word is told later; who comes back is not")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d, "--send")
    empty(d)
    m = d.json("edit", m["uid"], "--attendee", "bob@example.org")
    equal(m["left_untold"], ["eve@example.org"])
    has(d.run("show", m["uid"]).out, "eve@example.org is not invited any more and has not been told")
    equal([(r["to"], r["kind"]) for r in d.json("send", m["uid"], "--dry-run")["messages"] if r["kind"] == "cancellation"],
          [("eve@example.org", "cancellation")])
    equal(d.json("send", m["uid"], "--limit", "9")["failed"], 0)
    equal([part(g, "text/calendar").get_param("method") for g in mails(d) if g["To"] == "eve@example.org"], ["CANCEL"])
    equal(d.json("show", m["uid"])["left_untold"], [])
    lacks(d.run("show", m["uid"]).out, "not invited any more")
    empty(d)
    d.json("edit", m["uid"], "--attendee", "new@example.org")
    equal(d.json("show", m["uid"])["left_untold"], ["bob@example.org"])
    d.json("edit", m["uid"], "--attendee", "new@example.org", "--attendee", "BOB@example.org")
    equal(d.json("show", m["uid"])["left_untold"], [])
    equal(d.json("send", m["uid"])["sent"], 2)
    equal([part(g, "text/calendar").get_param("method") for g in mails(d)], ["REQUEST"] * len(mails(d)))


@case("who is taken off the list while the invitation is on its way is owed a cancellation")
def _(d):
    d.organization()
    mailer(d, more="sleep 1.5")
    m = meeting(d)
    run = d.start("send", m["uid"])
    deadline = time.monotonic() + 20
    while len(os.listdir(d.path("mails"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    d.run("edit", m["uid"], "--attendee", "bob@example.org")
    run.wait()
    equal(d.json("show", m["uid"])["left_untold"], ["eve@example.org"])


@case("lists say who has not been told, of meetings to come")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d)
    has(d.run("agenda").out, "2 of 2 not told")
    d.run("send", m["uid"], "--limit", "1")
    has(d.run("agenda").out, "1 of 2 not told")
    d.run("cancel", m["uid"])
    d.now = "2026-11-25T09:00:00Z"
    lacks(d.run("agenda", "--from", "2026-11-23").out, "not told")


@case("what is not sent yet is replaced, not doubled")
def _(d):
    d.organization()
    mailer(d, 75, "busy")
    m = meeting(d, "--send")
    d.json("edit", m["uid"], "--title", "Budget 2", "--send")
    rows = d.json("outbox")
    equal(len(rows), 2)
    equal({r["state"] for r in rows}, {"queued"})
    equal(d.json("show", m["uid"])["untold"], ["bob@example.org", "eve@example.org"])


@case("the mailer's answers: state and reason as they are meant")
def _(d):
    d.organization()
    for status, says, state in ((0, "", "sent"), (75, "busy", "queued"), (68, "no host", "queued"),
                                (65, "server message: 550 no such user", "failed"),
                                (69, "server message: 451 later", "queued"),
                                (69, "server message: 554 no", "failed"), (74, "time-out", "uncertain"),
                                (76, "gone", "uncertain"), (1, "what?", "queued")):
        mailer(d, status, says)
        m = d.json("new", "--title", f"T{status}{says}", "--start", "2026-11-24 09:00", "--attendee",
                   "bob@example.org", "--send")
        row = [r for r in d.json("outbox") if r["uid"] == m["uid"]][0]
        equal(row["state"], state)
        has(row["why"], says)
        assert row["tried"]
    mailer(d, 65, "one\ntwo")
    d.json("new", "--title", "Lines", "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
    equal(d.json("outbox")[-1]["why"], "the mailer ended with 65: one; two")


@case("nothing is sent of what waits for its next try or is uncertain, and that is said")
def _(d):
    d.organization()
    mailer(d, 75)
    waits = meeting(d, "--send")
    out = d.run("send", waits["uid"]).out
    has(out, "Nothing is due; 2 still queued, the next try in 1m.")
    lacks(out, "uncertain")
    mailer(d, 76)
    unsure = meeting(d, "--send")
    out = d.run("send", unsure["uid"]).out
    has(out, "Nothing is due; 2 uncertain: sent or not, see the outbox.")
    has(out, "--uncertain retry")
    has(d.run("send", "--reminders").out, "Nothing is due; 2 still queued, the next try in 1m; 2 uncertain")
    has(d.run("send", waits["uid"], unsure["uid"]).out, "Nothing is due; 2 still queued, the next try in 1m; 2 uncertain")
    d.run("outbox", "retry", "1")
    mailer(d, 75)
    has(d.run("send", waits["uid"], "--limit", "1").out, "to be tried again; 2 still queued, the next try in 1m.")
    d.run("outbox", "retry", "1", "2")
    has(d.run("send", waits["uid"], "--limit", "1").out, "to be tried again; 2 still queued.")


@case("a change with --send that is stopped while it sends: what is at the mailer is settled, the rest stays queued")
def _(d):
    d.organization()
    mailer(d, more="sleep 1")
    people = [x for i in range(24) for x in ("--attendee", f"p{i}@example.org")]
    run = d.start("new", "--title", "Many", "--start", "2026-11-24 09:00", *people, "--send")
    while not os.listdir(d.path("mails")):
        time.sleep(0.01)
    run.send_signal(2)
    out = run.communicate()[0]
    equal((run.returncode, out.count(b"Conference ID")), (-2, 1))
    states = [r["state"] for r in d.json("outbox")]
    equal((set(states), len(states), states.count("sent") <= 8), ({"sent", "queued"}, 24, True))


@case("a mailer that cannot work stops the run, and every message stays as it was")
def _(d):
    d.organization()
    for command in ("/nowhere/mailer", "'open", mailer(d, 78) + " -t", mailer(d, 64), mailer(d, 127)):
        d.config(f"mail_command = {command}\n")
        m = meeting(d)
        d.run("send", m["uid"], status=2 if command == "'open" else 4)
        rows = [r for r in d.json("outbox") if r["uid"] == m["uid"]]
        equal([(r["state"], r["tried"], r["tries"]) for r in rows], [("queued", None, 0)] * 2)


@case("a mailer that hangs, one that is killed, and one that never stops talking")
def _(d):
    d.organization()
    for more, extra, state, why in (("sleep 60", "mail_timeout = 1\n", "uncertain", "took too long"),
                                    ("kill -9 $$", "", "uncertain", "was killed"),
                                    ("head -c 5000000 /dev/zero | tr '\\0' x >&2", "", "sent", "")):
        script = mailer(d, more=more)
        d.config(f"mail_command = {script}\n" + extra)
        m = d.json("new", "--title", more[:5], "--start", "2026-11-24 09:00", "--attendee", "bob@example.org")
        begin = time.monotonic()
        d.run("send", m["uid"])
        assert time.monotonic() - begin < 30
        row = [r for r in d.json("outbox") if r["uid"] == m["uid"]][0]
        equal(row["state"], state)
        has(row["why"], why)


@case("a second try is the same, byte for byte; before its time there is none")
def _(d):
    d.organization()
    mailer(d, 75, "busy")
    m = d.json("new", "--title", "Budget für alle", "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
    d.run("send", m["uid"])
    equal(len(mails(d)), 1)
    number = str(d.json("outbox")[0]["id"])
    d.run("outbox", "retry", number)
    mailer(d)
    d.run("send", m["uid"])
    folder = d.path("mails")
    equal(len({open(os.path.join(folder, n), "rb").read() for n in os.listdir(folder)}), 1)
    equal(len(os.listdir(folder)), 2)


@case("reminders of a conversion: the old ID, the new one, what to do, and who may not answer by machine")
def _(d):
    d.organization()
    mailer(d)
    d.run("org", "--dynamic-ids", "off")
    m = d.json("new", "--title", "Budget", "--start", "2026-11-24 09:00", "--lang", "de", "--attendee", "bob@example.org")
    d.run("org", "--dynamic-ids", "on")
    done = d.json("convert", m["uid"])[0]
    equal(d.json("show", m["uid"])["untold"], ["bob@example.org"])
    report = d.json("send", "--reminders")
    equal(report["sent"], 1)
    message = mails(d)[0]
    equal(message["Auto-Submitted"], "auto-generated")
    text = part(message, "text/plain").get_content()
    has(text, f"{done['old_id']} → {done['new_id']}")
    has(text, "ersetzen Sie die alte ID")
    equal(d.json("show", m["uid"])["untold"], [])
    equal(d.json("outbox")[0]["kind"], "reminder")


@case("what is not owed any more is withdrawn: the meeting is over, or was cancelled")
def _(d):
    d.organization()
    mailer(d, 75)
    meeting(d, "--send")
    two = meeting(d, "--send")
    d.run("cancel", two["uid"])
    for row in d.json("outbox"):
        d.run("outbox", "retry", str(row["id"]))
    mailer(d)
    d.now = "2026-12-24T09:00:00Z"
    equal(d.json("send", "--reminders")["withdrawn"], 4)
    equal({r["why"] for r in d.json("outbox")}, {"the meeting is over"})


@case("whose outbox: any address of an organizer, one who is removed while there are messages, and nobody whom nobody knows")
def _(d):
    d.organization()
    mailer(d)
    meeting(d, "--send")
    rows = d.json("outbox")
    d.run("organizer", "set", ADA, "--alias", "countess@example.org")
    for of in (ADA, ADA.upper(), "countess@example.org"):
        equal(d.json("outbox", "--of", of), rows, of)
    d.run("organizer", "add", "bob@example.org")
    equal(d.json("outbox", "--of", "bob@example.org"), [])
    d.now = "2027-01-11T09:00:00Z"
    d.run("organizer", "remove", ADA)
    equal(d.json("outbox", "--of", ADA), rows)
    for of in ("nobody@example.org", "countess@example.org"):
        for more in ((), ("--by", "person"), ("--by", "meeting")):
            has(d.error("outbox", "--of", of, *more, status=1), "organizer '%s': no organizer has this address" % of)


@case("settling by hand: list, show, retry, withdraw, sent, and what may not be settled so")
def _(d):
    d.organization()
    mailer(d, 65, "server message: 550 no")
    m = meeting(d, "--send")
    one, two = d.json("outbox", "list", "--state", "failed")
    equal([r["to"] for r in d.json("outbox", "--to", "EVE@example.org")], ["eve@example.org"])
    has(d.run("outbox", "show", str(one["id"])).out, "Subject: Budget")
    d.run("outbox", "retry", str(one["id"]))
    d.run("outbox", "withdraw", str(one["id"]))
    d.run("outbox", "sent", str(two["id"]))
    equal({r["id"]: r["state"] for r in d.json("outbox")}, {one["id"]: "withdrawn", two["id"]: "sent"})
    equal(d.json("show", m["uid"])["untold"], [one["to"]])
    d.error("outbox", "sent", str(two["id"]), status=3)
    d.error("outbox", "show", "99", status=1)
    d.error("outbox", "show", "x", status=2)
    has(d.error("outbox", "show", "9" * 20, status=2), "is not the number of a message")
    d.error("outbox", "--state", "lost", status=2)
    has(d.run("outbox", "report", env={"TZ": "Europe/Berlin"}).out, "Day (Europe/Berlin) ")
    equal([r["day"] for r in d.json("outbox", "report")], ["2026-11-%d" % day for day in range(16, 24)])  # up to today
    day = [r for r in d.json("outbox", "report", "--from", "2020-01-01", "--to", "2020-01-03")]
    equal([r["day"] for r in day], ["2020-01-01", "2020-01-02"])
    equal(day[0]["sent"], 0)
    for to in ("2019-12-31", "2020-01-01"):
        has(d.error("outbox", "report", "--from", "2020-01-01", "--to", to, status=2), "to: it", "--from")


@case("what a killed sender left is shown by its lease, before the next sender comes, and can be settled")
def _(d):
    d.organization()
    d.config("mail_command = /nowhere\n")
    m = meeting(d)
    d.run("send", m["uid"], status=4)
    for number, state in ((1, "claimed"), (2, "sending")):
        d.sql("UPDATE outbox SET state = '%s', owner = 'gone', lease = 4000000000 WHERE id = %d" % (state, number))
    equal([r["state"] for r in d.json("outbox")], ["claimed", "sending"])
    d.error("outbox", "withdraw", "2", status=3)
    d.sql("UPDATE outbox SET lease = 1")
    one, two = d.json("outbox")
    equal((one["state"], one["why"], two["state"], two["why"]),
          ("queued", "", "uncertain", "its sender ended before the mailer's answer came"))
    for state, numbers in (("queued", [1]), ("claimed", []), ("sending", []), ("uncertain", [2])):
        equal([r["id"] for r in d.json("outbox", "--state", state)], numbers)
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * 86400)) for days in (-1, 2)]
    today = sum_of(d.json("outbox", "report", "--from", days[0], "--to", days[1]))
    equal((today["queued"], today["claimed"], today["sending"], today["uncertain"]), (2, 0, 0, 1))
    equal(d.sql("SELECT state FROM outbox ORDER BY id").split(), ["claimed", "sending"])
    d.run("outbox", "withdraw", "1", "2")
    equal({r["state"] for r in d.json("outbox")}, {"withdrawn"})
    d.sql("UPDATE outbox SET state = 'sending', owner = 'gone', lease = 1")
    mailer(d)
    equal(d.json("send", "--reminders", "--uncertain", "retry")["sent"], 2)


def sum_of(days):
    return {key: sum(day[key] for day in days) for key in days[0] if key != "day"}


@case("by person, by meeting: a line each, of what is still owed")
def _(d):
    d.organization()
    mailer(d, 65)
    m = meeting(d, "--send")
    d.config("mail_command = /nowhere\n")
    d.run("send", d.json("new", "--title", "Art", "--start", "2026-11-25 09:00", "--attendee", "BOB@example.org")["uid"], status=4)
    lines = d.run("outbox", "--by", "person").out.splitlines()
    equal(lines, ["BOB@example.org  1 queued, 1 failed  Budget, Art", "eve@example.org  1 failed            Budget"]
          if lines[0].startswith("BOB") else
          ["bob@example.org  1 queued, 1 failed  Budget, Art", "eve@example.org  1 failed            Budget"])
    equal(d.run("outbox", "--by", "meeting").out.splitlines(),
          ["Art     1 queued  BOB@example.org", "Budget  2 failed  bob@example.org, eve@example.org"])
    bob, eve = d.json("outbox", "list", "--by", "person")
    equal((bob["counts"]["failed"], bob["counts"]["queued"], bob["messages"], bob["titles"]), (1, 1, [1, 3], ["Budget", "Art"]))
    art, budget = d.json("outbox", "--by", "meeting")
    equal((budget["uid"], budget["to"], budget["counts"]["failed"]), (m["uid"], ["bob@example.org", "eve@example.org"], 2))
    equal(len(d.json("outbox", "--by", "person", "--state", "failed")), 2)
    d.run("outbox", "withdraw", "1", "2", "3")
    has(d.run("outbox", "--by", "person").out, "No message is owed.")
    equal(len(d.json("outbox", "--by", "person", "--state", "withdrawn")), 2)
    d.error("outbox", "--by", "week", status=2)


@case("what a clock that was ahead has sent does not count for the rate of today")
def _(d):
    d.organization()
    mailer(d)
    meeting(d, "--send")
    d.sql("UPDATE outbox SET tried = 4102444800")
    equal(d.json("send", meeting(d)["uid"], "--rate", "3", timeout=30)["sent"], 2)


@case("mail_rate is the rate unless --rate is said; a bad one is refused")
def _(d):
    d.organization()
    script = mailer(d)
    d.config(f"mail_command = {script}\nmail_rate = 1\n")
    m = meeting(d)
    run = d.start("send", m["uid"])
    deadline = time.monotonic() + 30
    while len(d.json("outbox", "--state", "sent")) < 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    equal(len(mails(d)), 1)
    run.send_signal(2)
    run.wait()
    equal([r["state"] for r in d.json("outbox")], ["sent", "queued"])
    equal(d.json("send", m["uid"], "--rate", "0")["sent"], 1)
    for bad in ("-1", "many", "1000001"):
        d.config(f"mail_rate = {bad}\n")
        has(d.error("agenda", status=2), "mail_rate")


@case("send --dry-run lists, and queues nothing; --limit, --parallel and bad options")
def _(d):
    d.organization()
    mailer(d)
    m = meeting(d)
    dry = d.json("send", m["uid"], "--dry-run")
    equal(sorted(r["to"] for r in dry["messages"]), ["bob@example.org", "eve@example.org"])
    equal(d.json("outbox"), [])
    equal(d.json("send", m["uid"], "--limit", "1")["sent"], 1)
    equal(d.json("send", m["uid"], "--parallel", "1")["sent"], 1)
    d.error("send", status=2)
    d.error("send", "--reminders", "--uncertain", "perhaps", status=2)
    d.error("send", "--reminders", "--parallel", "0", status=2)
    d.error("send", "nowhere", status=1)
    second = d.json("new", "--title", "Second", "--start", "2026-11-26 09:00", "--attendee", "bob@example.org")
    foreign = ["BEGIN:VEVENT", "UID:theirs@x", "DTSTART:20261126T090000Z", "ORGANIZER:mailto:zoe@example.net", "END:VEVENT"]
    d.json("import", d.write("theirs.ics", calendar(foreign)))
    for other, status in (("nowhere", 1), ("theirs@x", 3)):  # of two meetings both or none
        d.error("send", second["uid"], other, status=status)
        equal(d.json("outbox", "--state", "queued"), [])


@case("uncertain messages are skipped unless somebody says retry")
def _(d):
    d.organization()
    mailer(d, 76)
    m = meeting(d, "--send")
    mailer(d)
    equal(d.json("send", "--reminders")["sent"], 0)
    equal(d.json("send", m["uid"], "--uncertain", "retry")["sent"], 2)


@case("whom it is from: the organizer in mail_domains, else mail_from with the answers to the organizer")
def _(d):
    d.organization()
    m = meeting(d)
    for config, sender, reply in (("", ADA, None), ("mail_domains = example.net, example.org\nmail_from = x@y.org\n", ADA, None),
                                  ("mail_domains = example.net\nmail_from = desk@example.net\n", "desk@example.net", ADA),
                                  ("mail_from = desk@example.net\n", "desk@example.net", ADA)):
        d.config(config)
        message = email.message_from_string(d.run("invite", m["uid"], "--format", "eml", "--to", "bob@example.org").out,
                                            policy=email.policy.default)
        equal(message["From"].addresses[0].addr_spec, sender)
        equal(message["Reply-To"].addresses[0].addr_spec if message["Reply-To"] else None, reply)
        equal(message["To"], "Bob <bob@example.org>")
    for kind in ("text", "html", "ics", "eml"):
        d.run("invite", m["uid"], "--format", kind, "--to", "bob@example.org")
        d.error("invite", m["uid"], "--format", kind, "--to", "nobody@example.org", status=1)
    d.config("mail_attach_ics = perhaps\n")
    d.error("agenda", status=2)


@case("hostile titles and addresses: nothing breaks out, what mail cannot reach fails with a word")
def _(d):
    d.organization()
    mailer(d)
    for address in ("bob@x.org\r\nBcc: eve@x.org", "bob@x.org>, <eve@x.org", '"a b"@x.org', "bob@x.org (x)", "b" * 300 + "@x.org"):
        d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "--attendee", address, status=2)
    d.json("new", "--title", "T\r\nBcc: evil@example.org", "--start", "2026-11-24 09:00", "--attendee", "böb@example.org",
               "--attendee", "bob@müller.example", "--send")
    rows = {r["to"]: r for r in d.json("outbox")}
    equal(rows["böb@example.org"]["state"], "failed")
    has(rows["böb@example.org"]["why"], "ASCII")
    equal(rows["bob@müller.example"]["state"], "sent")
    message = mails(d)[0]
    equal(message["Bcc"], None)
    equal(message["To"], "bob@xn--mller-kva.example")


@case("messages as files for those who have no mailer")
def _(d):
    d.organization()
    d.config("mail_command = /nowhere\n")
    os.makedirs(d.path("out"))
    file = d.write("file", "")
    for count in (0, 2):
        has(d.error("outbox", "export", d.path("none"), status=1), d.path("none") + ": there is no such file or folder")
        has(d.error("outbox", "export", file, status=2), file + ": it is no folder")
        has(d.run("outbox", "export", d.path("out")).out, "%d messages are written" % count)
        equal(len(os.listdir(d.path("out"))), count)
        m = meeting(d)
        d.run("send", m["uid"], status=4)
    message = email.message_from_bytes(open(d.path("out/1.eml"), "rb").read(), policy=email.policy.default)
    equal(message["To"], "Bob <bob@example.org>")


def reply(d, m, partstat, who="bob@example.org", stamp="20261123T100000Z", sequence=0, more=""):
    return d.write("reply.ics", "\r\n".join((
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{m['uid']}",
        f"DTSTAMP:{stamp}", f"SEQUENCE:{sequence}", f"ATTENDEE;PARTSTAT={partstat};CN=Bob:mailto:{who}", more + "END:VEVENT",
        "END:VCALENDAR", "")))


def answered(d, m):
    return {k: v for k, v in d.json("show", m["uid"])["replies"].items() if v}


@case("replies are taken by import: the newest counts, whoever was not invited is told, and exports say so")
def _(d):
    d.organization()
    m = meeting(d)
    report = d.json("import", reply(d, m, "ACCEPTED"))
    equal((report["read"], report["replies"], report["rejected"]), (1, 1, 0))
    equal(answered(d, m), {"yes": 1, "open": 1})
    has(d.run("show", m["uid"]).out, "1 yes, 1 open")
    equal(d.json("import", reply(d, m, "ACCEPTED"))["unchanged"], 1)
    d.run("import", reply(d, m, "DECLINED", stamp="20261123T090000Z"))
    equal(answered(d, m), {"yes": 1, "open": 1})
    d.run("import", reply(d, m, "TENTATIVE", who="BOB@example.org", stamp="20261123T110000Z"))
    equal(answered(d, m), {"maybe": 1, "open": 1})
    has(d.run("export", m["uid"]).out.replace("\r\n ", ""), "PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:bob@example.org")
    notes = d.json("import", reply(d, m, "ACCEPTED", who="mallory@example.org"))["notes"]
    has(notes[0]["why"], "mallory@example.org answers and is not invited")
    equal(d.json("show", m["uid"])["attendees"], ["bob@example.org", "eve@example.org"])
    d.run("edit", m["uid"], "--start", "2026-11-24 11:00")
    equal(answered(d, m), {"maybe": 1, "open": 1})
    late = d.json("import", reply(d, m, "ACCEPTED", stamp="20261123T120000Z"))
    has(late["notes"][0]["why"], "answers an earlier version")
    equal(answered(d, m), {"yes": 1, "open": 1})
    gone = d.json("import", reply(d, {"uid": "nowhere"}, "ACCEPTED"))
    has(gone["errors"][0]["why"], "not here")


@case("a reply in a mail, as from standard input; a dry run takes nothing")
def _(d):
    d.organization()
    m = meeting(d)
    text = open(reply(d, m, "DECLINED"), newline="").read()
    mail = ("From: bob@example.org\r\nTo: ada@example.org\r\nSubject: Declined\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n" + text)
    equal(d.json("import", "--dry-run", "-", stdin=mail)["replies"], 1)
    equal(answered(d, m), {"open": 2})
    d.run("import", "-", stdin=mail)
    equal(answered(d, m), {"no": 1, "open": 1})


@case("every language has every sentence of a message")
def _(d):
    folder = os.path.join(ROOT, "data", "invitation")
    def keys(name):
        lines = open(os.path.join(folder, name), encoding="utf-8").read().splitlines()
        return {line.split(" = ")[0] for line in lines if " = " in line and not line.startswith("country.")}
    wanted = keys("en.labels")
    for name in os.listdir(folder):
        equal((name, wanted - keys(name)), (name, set()))


@case("two senders at once: each message goes once")
def _(d):
    d.organization()
    mailer(d, more="sleep 0.1")
    d.config(f"mail_command = {d.path('mailer')}\n")
    people = [x for i in range(24) for x in ("--attendee", f"p{i}@example.org")]
    d.json("new", "--title", "Many", "--start", "2026-11-24 09:00", *people)
    uid = d.json("agenda", "--all")[0]["uid"]
    d.config("mail_command = /nowhere\n")
    d.run("send", uid, status=4)
    d.config(f"mail_command = {d.path('mailer')}\n")
    runs = [d.start("send", "--reminders", "--rate", "0") for _ in range(4)]
    for r in runs:
        r.wait()
    equal(sorted(g["To"] for g in mails(d)), sorted(f"p{i}@example.org" for i in range(24)))
    equal({r["state"] for r in d.json("outbox")}, {"sent"})


main()
