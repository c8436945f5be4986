#!/usr/bin/python3
"""Mail through msmtp to an SMTP server that answers as it likes: what arrives, and what becomes of each message."""
import asyncio
import email
import email.policy
import os
import pty
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, main, skip

MESSAGES = int(os.environ.get("DIALDESK_MESSAGES", "40"))

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None


class Handler:
    """Takes mail, or refuses it as `mode` says."""

    def __init__(self):
        self.mode, self.taken, self.lock, self.refused = "accept", [], threading.Lock(), None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mode == "mail550":
            return "550 5.7.1 nobody may send"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "rcpt550" or address == self.refused:
            return "550 5.1.1 no such user"
        if self.mode == "rcpt450":
            return "450 4.2.0 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "data554":
            return "554 5.7.1 refused"
        if self.mode == "data451":
            return "451 4.3.0 later"
        with self.lock:
            self.taken.append(envelope.content)
        if self.mode == "die":
            server.transport.abort()
        if self.mode == "silent":
            await asyncio.sleep(8)
        return "250 OK"


def server(d):
    if not Controller or not shutil.which("msmtp"):
        skip("msmtp or aiosmtpd is not there")
    handler = Handler()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    # port 0: the system's choice, which the socket tells
    controller.port = free_port()
    controller.start()
    msmtp_waits(d, controller, 300)
    d.config(f"mail_command = msmtp -C {d.path('msmtprc')} -t\nmail_timeout = 600\n")
    return handler, controller


def msmtp_waits(d, controller, seconds):
    config = d.write("msmtprc", f"account default\nhost 127.0.0.1\nport {controller.port}\nfrom desk@example.org\n"
                                f"auth off\ntls off\ntimeout {seconds}\n")
    os.chmod(config, 0o600)


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def state_of(d, uid):
    return [(r["state"], r["why"]) for r in d.json("outbox") if r["uid"] == uid][0]


@case("what msmtp and a faulty server answer: state and reason")
def _(d):
    d.organization()
    handler, controller = server(d)
    try:
        for mode, state, why in (("accept", "sent", ""), ("rcpt550", "failed", "550"), ("rcpt450", "queued", "450"),
                                 ("data554", "failed", "554"), ("mail550", "failed", "550"), ("data451", "queued", "451"), ("die", "uncertain", ""),
                                 ("silent", "uncertain", "")):
            handler.mode = mode
            if mode == "silent":
                msmtp_waits(d, controller, 4)
            m = d.json("new", "--title", mode, "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
            got = state_of(d, m["uid"])
            equal((mode, got[0]), (mode, state))
            has(got[1], why)
    finally:
        controller.stop()
    m = d.json("new", "--title", "nobody there", "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
    equal(state_of(d, m["uid"])[0], "queued")
    message = email.message_from_bytes(handler.taken[0], policy=email.policy.default)
    equal(message.defects, [])
    equal(message["To"], "bob@example.org")


@case("greylisted: the second try is the message as it was first tried, and it arrives once")
def _(d):
    d.organization()
    handler, controller = server(d)
    try:
        handler.mode = "rcpt450"
        m = d.json("new", "--title", "Grau", "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
        number = str(d.json("outbox")[0]["id"])
        first = d.run("outbox", "show", number).out_bytes
        d.run("edit", m["uid"], "--notes", "a later note")  # what was tried is not made anew
        handler.mode = "accept"
        equal(d.json("send", m["uid"])["sent"], 0)  # it is not due yet
        d.run("outbox", "retry", number)
        equal(d.json("send", "--reminders")["sent"], 1)
    finally:
        controller.stop()
    equal(len(handler.taken), 1)
    equal(handler.taken[0].rstrip(), first.rstrip())


@case("one of two recipients is refused: the other one gets it")
def _(d):
    d.organization()
    handler, controller = server(d)
    try:
        handler.refused = "eve@example.org"
        m = d.json("new", "--title", "Two", "--start", "2026-11-24 09:00", "--attendee", "bob@example.org", "--attendee",
                   "eve@example.org", "--send")
    finally:
        controller.stop()
    equal({r["to"]: r["state"] for r in d.json("outbox")}, {"bob@example.org": "sent", "eve@example.org": "failed"})
    equal(m["untold"], ["eve@example.org"])
    equal([email.message_from_bytes(t)["To"].strip() for t in handler.taken], ["<bob@example.org>"])


# --- what arrives, taken apart by others ---

def three(d):
    """An invitation, an update and a cancellation of a series with a title that tries to add headers and lines."""
    d.organization()
    handler, controller = server(d)
    try:
        m = d.json("new", "--title", "Budget für alle\r\nBcc: evil@example.org\r\nEND:VEVENT", "--start", "2026-11-24 09:00",
                   "--tz", "Europe/Berlin", "--repeat", "FREQ=WEEKLY;COUNT=5", "--notes", "From the top\n.\nMETHOD:CANCEL\n" + "x" * 3000,
                   "--attendee", "Bobby \"Bob\" Böll <bob@example.org>", "--send")
        d.json("edit", m["uid"], "--start", "2026-11-24 11:00", "--send")
        d.json("cancel", m["uid"], "--send")
    finally:
        controller.stop()
    equal(len(handler.taken), 3)
    return m, handler.taken


def part(message, kind):
    return next(p for p in message.walk() if p.get_content_type() == kind)


@case("Python's email package and python3-icalendar: structure, methods, sequences, zones, line lengths")
def _(d):
    try:
        import icalendar
    except ImportError:
        skip("python3-icalendar is not there")
    m, taken = three(d)
    ids, stamps = [], []
    for raw, method, sequence in zip(taken, ("REQUEST", "REQUEST", "CANCEL"), (0, 1, 2)):
        assert all(len(line) <= 998 for line in raw.split(b"\r\n")), "a line is too long"
        raw.decode("ascii")
        message = email.message_from_bytes(raw, policy=email.policy.default)
        equal(message.defects, [])
        equal(message["Bcc"], None)
        equal([a.addr_spec for a in message["To"].addresses], ["bob@example.org"])
        equal([p.get_content_type() for p in message.iter_parts()], ["text/plain", "text/html", "text/calendar"])
        calendar = part(message, "text/calendar")
        equal((calendar.get_param("method"), calendar["Content-Disposition"]), (method, None))
        text = calendar.get_content()
        assert all(len(line.encode()) <= 75 for line in text.splitlines()), "an unfolded line"
        parsed = icalendar.Calendar.from_ical(text)
        equal(str(parsed["METHOD"]), method)
        (event,) = parsed.walk("VEVENT")
        equal((str(event["UID"]), int(event["SEQUENCE"])), (m["uid"], sequence))
        equal(str(event["ATTENDEE"]), "mailto:bob@example.org")
        has(str(event["ORGANIZER"]), "ada@example.org")
        zones = {str(z["TZID"]) for z in parsed.walk("VTIMEZONE")}
        equal({event["DTSTART"].params["TZID"]} - zones, set())
        equal(str(event.get("STATUS", "")) == "CANCELLED", method == "CANCEL")
        ids.append(message["Message-ID"])
        stamps.append(event["DTSTAMP"].dt)
        if len(ids) > 1:
            equal((message["In-Reply-To"], message["References"]), (ids[0], ids[0]))
    equal(len(set(ids)), 3)
    equal(stamps, sorted(stamps))


@case("khal imports what arrives")
def _(d):
    if not shutil.which("khal"):
        skip("khal is not installed")
    _, taken = three(d)
    os.makedirs(d.path("khal/calendar"))
    d.write("khal/config", "[calendars]\n[[ours]]\npath = %s\n[sqlite]\npath = %s\n[locale]\nlocal_timezone = UTC\n"
            "default_timezone = UTC\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\n"
            "datetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n" % (d.path("khal/calendar"), d.path("khal/db")))
    for raw, hour in zip(taken[:2], ("08:00", "10:00")):
        text = part(email.message_from_bytes(raw, policy=email.policy.default), "text/calendar").get_content()
        path = d.write("one.ics", text)
        done = subprocess.run(["khal", "-c", d.path("khal/config"), "import", "--batch", path], env=d.env(), capture_output=True, text=True)
        equal(done.returncode, 0, done.stderr)
        done = subprocess.run(["khal", "-c", d.path("khal/config"), "list", "--format", "{start-time} {title}", "--day-format", "",
                               "2026-11-24", "1d"], env=d.env(), capture_output=True, text=True)
        has(done.stdout, hour)
        has(done.stdout, "Budget für alle")


@case("mutt shows it: subject, sender, the text")
def _(d):
    if not shutil.which("mutt"):
        skip("mutt is not installed")
    _, taken = three(d)
    os.makedirs(d.path("home/Mail"))
    d.write("box", b"From desk@example.org Mon Nov 23 09:00:00 2026\n" + taken[1].replace(b"\r\n", b"\n") + b"\n")
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe("mutt", ["mutt", "-n", "-F", "/dev/null", "-R", "-e", "set wait_key=no; push <display-message>", "-f", d.path("box")],
                   {**d.env(), "TERM": "xterm", "COLUMNS": "100", "LINES": "50"})
    seen, deadline = b"", time.monotonic() + 600
    while time.monotonic() < deadline and b"has changed" not in seen:
        if select.select([fd], [], [], 0.2)[0]:
            try:
                seen += os.read(fd, 65536)
            except OSError:
                break
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode("utf-8", "replace"))
    for part_of_it in ("Updated: Budget für alle", "Ada", "This meeting has changed"):
        has(shown, part_of_it)


# --- kills ---

@case("conversions and eight senders that are killed at random: each message arrives once, or is uncertain")
def _(d):
    d.organization(dynamic="off")
    handler, controller = server(d)
    dice, kills = random.Random(7), 0
    try:
        d.config(f"mail_command = msmtp -C {d.path('msmtprc')} -t\nmail_timeout = 30\n")
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
        static = d.new("first", "2026-11-24 09:00")["conference_id"]
        for i in range(MESSAGES):
            lines += ["BEGIN:VEVENT", f"UID:kill-{i}@x", "DTSTAMP:20261101T000000Z", f"DTSTART:202612{1 + i % 28:02d}T{i % 24:02d}0000Z",
                      "DURATION:PT30M", f"SUMMARY:M{i}", "ORGANIZER:mailto:ada@example.org", f"ATTENDEE:mailto:p{i}@example.org",
                      f"DESCRIPTION:Conference ID: {static}", "END:VEVENT"]
        d.run("import", d.write("legacy.ics", "\r\n".join(lines + ["END:VCALENDAR", ""])))
        d.run("org", "--dynamic-ids", "on")
        equal(len(d.json("legacy", "--all")), MESSAGES + 1)
        left = [m["uid"] for m in d.json("legacy", "--all")]
        while left:
            running = d.start("convert", *left[:max(1, MESSAGES // 10)])
            time.sleep(dice.uniform(0, 0.3))
            kills += running.poll() is None
            running.kill()
            running.wait()
            left = [m["uid"] for m in d.json("legacy", "--all")]
            if kills > 20 and left:
                d.run("convert", *left)
                left = []
        rows = d.json("outbox")
        equal(sorted(r["to"] for r in rows), sorted(f"p{i}@example.org" for i in range(MESSAGES)), "a reminder for each conversion")
        converted = kills
        for _ in range(max(3, MESSAGES // 16)):
            running = [d.start("send", "--reminders", "--rate", "0", "--parallel", "1") for _ in range(8)]
            for process in dice.sample(running, 4):
                time.sleep(dice.uniform(0, 0.4))
                kills += process.poll() is None
                process.kill()
            time.sleep(1)
            for process in running:
                process.send_signal(signal.SIGINT)  # these settle what they have begun
                process.wait()
            d.sql("UPDATE outbox SET lease = 1 WHERE state = 'claimed'")  # their senders are gone
        time.sleep(2)  # mailers that outlived their senders
        d.sql("UPDATE outbox SET lease = 1 WHERE lease IS NOT NULL")
        d.run("send", "--reminders", "--rate", "0")
    finally:
        controller.stop()
    arrived = [email.message_from_bytes(m)["Message-ID"].strip() for m in handler.taken]
    equal(len(arrived), len(set(arrived)))
    states = {}
    for row in d.json("outbox"):
        states[row["state"]] = states.get(row["state"], 0) + 1
        if row["state"] == "sent":
            assert row["message_id"] in arrived, row
        else:
            equal(row["state"], "uncertain")
    equal(len(d.json("outbox")), MESSAGES)
    equal(d.json("check")["findings"], [])
    print(f"# {MESSAGES} messages, {converted} conversions killed, {kills - converted} senders killed: {len(arrived)} arrived, {states}")


main()
