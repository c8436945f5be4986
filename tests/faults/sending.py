#!/usr/bin/python3
"""Conversions of many and senders that are killed at each of their steps, not only at random moments.

The steps of a conversion and of a sender are its writes: each is killed before, in and after it. Between two of its writes
a sender waits for its mailer, so the mailer kills it, too: before it takes the message over, and after that. Whatever
happens, each Message-ID arrives once at most; what is sent has arrived, and nothing is left but what is uncertain.
"""

import glob
import os
import time

import _faults
from _faults import SHIM, keep, restore, sound
from dialdesk import case, equal, main, skip

POINTS = int(os.environ.get("DIALDESK_POINTS", "6"))  # at most so many of the writes are tried, spread over all
MESSAGES = int(os.environ.get("DIALDESK_MESSAGES", "12"))
SENDERS = 8

MAILER = """#!/bin/sh
%(before)s
id=$(sed -n 's/^Message-ID: *//p')
[ -z "$id" ] || echo "$id" >> '%(arrived)s'  # empty: its sender was killed before it handed anything over
%(after)s
"""


def mailer(d, before="", after=""):
    script = d.write("mailer", MAILER % {"arrived": d.path("arrived"), "before": before, "after": after})
    os.chmod(script, 0o755)
    d.config("mail_command = '%s'\nmail_timeout = 600\n" % script)
    d.write("arrived", "")


def legacy(d):
    """MESSAGES legacy meetings with an attendee each, after the cut-over."""
    d.organization(dynamic="off")
    static = d.new("first", "2026-11-24 09:00")["conference_id"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for i in range(MESSAGES):
        lines += ["BEGIN:VEVENT", "UID:kill-%d@x" % i, "DTSTAMP:20261101T000000Z",
                  "DTSTART:202612%02dT%02d0000Z" % (1 + i % 28, i % 24), "DURATION:PT30M", "SUMMARY:M%d" % i,
                  "ORGANIZER:mailto:ada@example.org", "ATTENDEE:mailto:p%d@example.org" % i,
                  "DESCRIPTION:Conference ID: " + static, "END:VEVENT"]
    d.run("import", d.write("legacy.ics", "\r\n".join(lines + ["END:VCALENDAR", ""])))
    d.run("org", "--dynamic-ids", "on")


def fault(what, at, count=""):
    return {"LD_PRELOAD": SHIM, "FAULT_DO": what, "FAULT_AT": str(at), "FAULT_COUNT": count}


def mailers_end(d):
    """Waits for what a killed sender has left at work: all that have this store in their environment."""
    needle = d.db.encode()

    def at_work():
        for path in glob.glob("/proc/[0-9]*/environ"):
            try:
                with open(path, "rb") as file:
                    if needle in file.read():
                        return True
            except OSError:
                pass
        return False
    while at_work():
        time.sleep(0.01)


def writes_of(d, args):
    d.write("count", "0")
    result = d.run(*args, status=None, env={"FAULT_PATH": d.db, **fault("count", 0, d.path("count"))})
    equal(result.status, 0, str(result))
    return int(open(d.path("count")).read())


def points(total):
    return range(1, total + 1, max(1, -(-total // POINTS)))


def settled(d, label):
    """After the rest was sent: each message once, or uncertain."""
    mailers_end(d)
    d.sql("UPDATE outbox SET lease = 1 WHERE lease IS NOT NULL")  # their senders are gone
    mailer_quiet(d)
    d.run("send", "--reminders", "--rate", "0")
    arrived = open(d.path("arrived")).read().split("\n")[:-1]
    equal(len(arrived), len(set(arrived)), label)
    rows = d.json("outbox")
    equal(len(rows), MESSAGES, label)
    for row in rows:
        if row["state"] == "sent":
            assert row["message_id"] in arrived, (label, row)
        else:
            equal(row["state"], "uncertain", label)
    sound(d, label)
    return sum(row["state"] == "uncertain" for row in rows)


def mailer_quiet(d):
    arrived = open(d.path("arrived")).read()
    mailer(d)
    d.write("arrived", arrived)


@case("a conversion of many killed before, in and after its writes: all of them or none, with their reminders")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    legacy(d)
    keep(d)
    total, kills, done = writes_of(d, ["convert", "--all"]), 0, 0
    for what in ("kill", "torn", "after"):
        for at in points(total):
            restore(d)
            result = d.run("convert", "--all", status=None, env={"FAULT_PATH": d.db, **fault(what, at)})
            label = "conversion, %s at write %d of %d" % (what, at, total)
            kills += result.status != 0
            left, owed = len(d.json("legacy", "--all")), d.json("outbox")
            assert (left, len(owed)) in ((0, MESSAGES), (MESSAGES + 1, 0)), (label, left, len(owed))
            assert result.status != 0 or left == 0, label
            done += left == 0
            sound(d, label)
    print("# a conversion of %d meetings, %d writes: killed %d times, done %d times" % (MESSAGES + 1, total, kills, done))


@case("a sender killed before, in and after its writes: each message arrives once, or is uncertain")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    legacy(d)
    d.run("convert", "--all")
    keep(d)
    send = ["send", "--reminders", "--rate", "0", "--parallel", "2"]
    mailer(d)
    total, kills, uncertain = writes_of(d, send), 0, 0
    for what in ("kill", "torn", "after"):
        for at in points(total):
            restore(d)
            mailer(d)
            result = d.run(*send, status=None, env={"FAULT_PATH": d.db, **fault(what, at)})
            kills += result.status != 0
            uncertain += settled(d, "sender, %s at write %d of %d" % (what, at, total))
    print("# %d messages, %d writes: senders killed %d times, %d messages uncertain" % (MESSAGES, total, kills, uncertain))


@case("eight senders whose mailers kill them, before they take a message over and after it")
def _(d):
    legacy(d)
    d.run("convert", "--all")
    keep(d)
    kill = 'kill -9 "$PPID"'
    for where in ("before", "after"):
        restore(d)
        mailer(d, **{where: kill})
        kills = 0
        for _ in range(MESSAGES):
            running = [d.start("send", "--reminders", "--rate", "0", "--parallel", "1") for _ in range(SENDERS)]
            for child in running:
                child.communicate()
                kills += child.returncode == -9
                d.started.remove(child)
            mailers_end(d)
            d.sql("UPDATE outbox SET lease = 1 WHERE state = 'claimed'")  # their senders are gone
            if not d.json("outbox", "--state", "queued"):
                break
        uncertain = settled(d, "killed %s the message was taken over" % where)
        equal(kills, uncertain, "each kill leaves its one message uncertain")
        print("# %d messages: %d senders killed %s the message was taken over, %d uncertain"
              % (MESSAGES, kills, where, uncertain))


main()
