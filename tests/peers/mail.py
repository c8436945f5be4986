#!/usr/bin/python3
"""Mail through msmtp to an SMTP server that answers as it likes: what arrives, and what becomes of each message."""
import asyncio
import email
import email.policy
import os
import random
import shutil
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, main, skip

try:
    from aiosmtpd.controller import Controller
except ImportError:
    Controller = None


class Handler:
    """Takes mail, or refuses it as `mode` says."""

    def __init__(self):
        self.mode, self.taken, self.lock = "accept", [], threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "rcpt550":
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
            await asyncio.sleep(4)
        return "250 OK"


def server(d, timeout=2):
    if not Controller or not shutil.which("msmtp"):
        skip("msmtp or aiosmtpd is not there")
    handler = Handler()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    # port 0: the system's choice, which the socket tells
    controller.port = free_port()
    controller.start()
    config = d.write("msmtprc", f"account default\nhost 127.0.0.1\nport {controller.port}\nfrom desk@example.org\n"
                                f"auth off\ntls off\ntimeout {timeout}\n")
    os.chmod(config, 0o600)
    d.config(f"mail_command = msmtp -C {config} -t\nmail_timeout = 5\n")
    return handler, controller


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
                                 ("data554", "failed", "554"), ("data451", "queued", "451"), ("die", "uncertain", ""),
                                 ("silent", "uncertain", "")):
            handler.mode = mode
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


@case("senders that are killed while they send: each message arrives once, or is uncertain")
def _(d):
    d.organization()
    handler, controller = server(d)
    soak = float(os.environ.get("SOAK", "0") or 0)
    people, kills = (400, 60) if soak else (60, 8)
    try:
        d.config(f"mail_command = msmtp -C {d.path('msmtprc')} -t\nmail_timeout = 1\n")
        d.json("new", "--title", "Many", "--start", "2026-11-24 09:00",
               *[x for i in range(people) for x in ("--attendee", f"p{i}@example.org")])
        uid = d.json("agenda", "--all")[0]["uid"]
        d.run("send", uid, "--limit", "1", "--rate", "0")
        dice = random.Random(7)
        for _ in range(kills):
            running = [d.start("send", "--reminders", "--rate", "0") for _ in range(3)]
            time.sleep(dice.uniform(0.05, 0.5))
            for process in running:
                process.kill()
                process.wait()
        time.sleep(2)  # mailers that outlived their senders
        d.sql("UPDATE outbox SET lease = 1 WHERE lease IS NOT NULL")  # the senders are gone: their leases end
        d.run("send", "--reminders", "--rate", "0")
    finally:
        controller.stop()
    arrived = [email.message_from_bytes(m)["Message-ID"] for m in handler.taken]
    equal(len(arrived), len(set(arrived)))
    for row in d.json("outbox"):
        if row["state"] == "sent":
            assert row["message_id"] in arrived, row
        else:
            equal(row["state"], "uncertain")
    equal(len(d.json("outbox")), people)


main()
