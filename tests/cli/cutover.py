#!/usr/bin/python3
"""The cut-over of a generated organization, as docs/cut-over.md walks through it: in a smaller size."""
import csv
import io
import os
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, has, main

ORGANIZERS, MEETINGS = 20, 400


def organization(d):
    subprocess.run([sys.executable, ROOT + "/tests/tools/make_organization.py", d.path("sample"), str(ORGANIZERS), str(MEETINGS)],
                   check=True)
    d.run("init")
    d.run("number", "add", "+49 30 901820", "--city", "Berlin", "--country", "DE", "--default")
    dry = d.json("organizer", "import", d.path("sample/people.csv"), "--dry-run")
    equal((dry["added"], dry["rejected"], dry["separator"]), (ORGANIZERS, 0, ";"))
    d.run("organizer", "import", d.path("sample/people.csv"))
    equal(d.json("import", d.path("sample/calendar.ics"), "--dry-run")["added"], MEETINGS)
    report = d.json("import", d.path("sample/calendar.ics"))
    equal((report["added"], report["legacy"], report["errors"]), (MEETINGS, MEETINGS, []))


def mailer(d, slow=""):
    os.makedirs(d.path("mails"), exist_ok=True)
    script = d.write("mailer", "#!/bin/sh\n%s\ncat > %s/$$-$(date +%%N).eml\n" % (slow, d.path("mails")))
    os.chmod(script, 0o755)
    d.config("mail_command = '%s'\n" % script)


def left(d):
    return sum(line["meetings"] for line in d.json("legacy", "--summary"))


@case("from the plan to everybody having the right number")
def _(d):
    organization(d)
    summary = d.json("legacy", "--summary")
    equal((len(summary), left(d)), (ORGANIZERS, MEETINGS))
    assert sum(line["at_risk"] for line in summary) > 0
    assert all(line["outside"] > 0 and line["last"] for line in summary)
    has(d.run("legacy", "--summary").out, "In all %d meetings" % MEETINGS)
    d.error("convert", "--all", "--dry-run", status=3)  # before the cut-over
    d.run("org", "--dynamic-ids", "on")

    plan = d.json("convert", "--all", "--dry-run")
    equal((len(plan), sum(p["reminders"] for p in plan), left(d)), (MEETINGS, 2 * MEETINGS, MEETINGS))
    has(d.run("convert", "--all", "--dry-run").err, "nothing was converted")

    child = d.start("convert", "--all")  # an interruption: all or nothing
    time.sleep(0.2)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    d.started.remove(child)
    assert left(d) in (0, MEETINGS), left(d)
    equal(len(d.json("outbox")), 2 * (MEETINGS - left(d)))

    one = d.json("convert", "--organizer-all", "-o", "person0@example.org")
    assert len(one) in (0, MEETINGS // ORGANIZERS), one
    d.run("convert", "--all")
    equal((left(d), d.json("convert", "--all")), (0, []))
    rows = d.json("outbox")
    equal((len(rows), {r["state"] for r in rows}, len({(r["to"], r["uid"]) for r in rows})),
          (2 * MEETINGS, {"queued"}, 2 * MEETINGS))
    equal(d.json("check")["findings"], [])

    mailer(d)
    half = MEETINGS
    d.run("send", "--reminders", "--rate", "0", "--limit", str(half))
    equal(len(os.listdir(d.path("mails"))), half)
    has(d.run("send", "--reminders", "--dry-run").out, "@")
    d.run("send", "--reminders", "--rate", "0", "--parallel", "8")
    equal(len(os.listdir(d.path("mails"))), 2 * MEETINGS)
    equal({r["state"] for r in d.json("outbox")}, {"sent"})
    d.now = None  # conversions and messages have the real clock's time
    report = d.json("outbox", "report")
    equal((sum(day["converted"] for day in report), report[-1]["legacy"]), (MEETINGS, 0))
    equal(sum(day["queued"] for day in report), 2 * MEETINGS)
    has(d.run("outbox", "report").out, "still legacy")
    table = list(csv.DictReader(io.StringIO(d.run("outbox", "report", "--csv").out)))
    equal(sum(int(row["sent"]) for row in table), 2 * MEETINGS)
    equal([row["day"] for row in table], [day["day"] for day in report])
    equal(d.json("check")["findings"], [])


@case("a sender that is killed: what was handed over is not sent again by itself")
def _(d):
    organization(d)
    d.run("org", "--dynamic-ids", "on")
    d.run("convert", "--organizer-all", "-o", "person1@example.org")
    mailer(d, "sleep 0.05")
    owed = len(d.json("outbox"))
    for pause in (0.3, 0.2, 0.5):
        child = d.start("send", "--reminders", "--rate", "0")
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        d.started.remove(child)
    d.now = "2026-11-23T12:00:00Z"  # leases are over
    time.sleep(0.3)
    d.run("send", "--reminders", "--rate", "0")
    states = [r["state"] for r in d.json("outbox")]
    equal(len(states), owed)
    equal(set(states) - {"sent", "uncertain", "sending", "claimed"}, set())
    assert len(os.listdir(d.path("mails"))) <= owed, "one went twice"


main()
