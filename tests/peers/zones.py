#!/usr/bin/python3
"""Our zone arithmetic against Python's zoneinfo, over every zone of the system's database.

The questions are the same from the same seed: readings between the years 40 and 9600, and local times around clock
changes, where gaps and doubled hours are. Leap-second zones ("right/") are left out: calendars do not count them.
"""

import datetime
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, main, skip

try:
    import zoneinfo
except ImportError:
    zoneinfo = None

SEED = int(os.environ.get("DIALDESK_SEED", "20261124"))
FOLDER = "/usr/share/zoneinfo"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
SECOND = datetime.timedelta(seconds=1)
AROUND = (-3601, -3600, -1801, -1, 0, 1, 1800, 3599, 3600, 3601, 7200, 86400)  # seconds from a change
READINGS = int(os.environ.get("DIALDESK_READINGS", "40"))  # of a zone
CHANGES = int(os.environ.get("DIALDESK_CHANGES", "12"))


def utc(instant):
    return EPOCH + instant * SECOND


def offset(zone, instant):
    return utc(instant).astimezone(zone).utcoffset() // SECOND


def basic(t):
    return "%04d%02d%02dT%02d%02d%02d" % (t.year, t.month, t.day, t.hour, t.minute, t.second)


def changes(zone, first=-2000000000, last=4200000000, step=7 * 86400):
    """The instants at which the offset changes: looked for week by week, then halved to the second."""
    found, before = [], offset(zone, first)
    for instant in range(first + step, last, step):
        now = offset(zone, instant)
        if now != before:
            low, high = instant - step, instant
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            found.append(high)
        before = now
    return found


class Questions:
    """Each asked of both: what it is, and what Python answers."""

    def __init__(self):
        self.asked, self.wanted, self.where = [], [], []

    def add(self, name, question, answer):
        self.asked.append(question)
        self.wanted.append(answer)
        self.where.append("%s: %s" % (name, question))

    def read(self, name, zone, instant):
        local = utc(instant).astimezone(zone)
        self.add(name, "r %d" % instant, "%s %d %s" % (basic(local), local.utcoffset() // SECOND, local.tzname()))

    def resolve(self, name, zone, local):
        early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() // SECOND for fold in (0, 1))
        fit = 0 if early == late else 2 if early > late else 1
        instant = (local.replace(tzinfo=datetime.timezone.utc) - EPOCH) // SECOND - early
        self.add(name, "l " + basic(local), "%d %d" % (instant, fit))

    def zone(self, rng, name):
        zone = zoneinfo.ZoneInfo(name)
        self.add(name, "z %s/%s" % (FOLDER, name), "ok")
        for i in range(READINGS):
            self.read(name, zone, rng.randrange(-61000000000, 240000000000) if i % 4 == 0
                      else rng.randrange(-2500000000, 6000000000))
        found = changes(zone)
        for change in rng.sample(found, min(CHANGES, len(found))):
            self.read(name, zone, change - 1)
            self.read(name, zone, change)
            self.add(name, "n %d" % (change - 1), str(change))
            for before in (change - 1, change):
                for apart in AROUND:
                    local = utc(change + apart + offset(zone, before)).replace(tzinfo=None)
                    self.resolve(name, zone, local)


def program(folder):
    build = os.environ.get("DIALDESK_BUILD", os.path.join(ROOT, "build"))
    libraries = [os.path.join(build, name) for name in ("libcore.a", "libbase.a")]
    for library in libraries:
        if not os.path.exists(library):
            raise AssertionError("no library " + library)
    out = os.path.join(folder, "zones")
    subprocess.run(["cc", "-std=c17", "-D_GNU_SOURCE", '-DDIALDESK_VERSION="0"', "-I" + ROOT + "/include", "-o", out,
                    ROOT + "/tests/peers/zones.c", *libraries, "-lutf8proc", "-luuid", "-ldl", "-lm"], check=True)
    return out


def distinct(names):
    """The first name of each zone: links and copies of a file are the same zone again."""
    found = {}
    for name in sorted(names):
        path = os.path.join(FOLDER, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found.setdefault(file.read(), name)
    return list(found.values())


@case("every zone reads as Python's zoneinfo reads it")
def _(_):
    if not zoneinfo or not os.path.isdir(FOLDER):
        skip("no zoneinfo")
    names = distinct(name for name in zoneinfo.available_timezones() if not name.startswith("localtime"))
    rng, questions = random.Random(SEED), Questions()
    for name in names:
        questions.zone(rng, name)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program(folder)], input="\n".join(questions.asked) + "\n", capture_output=True,
                              text=True, check=True)
    answers = done.stdout.splitlines()
    equal(len(answers), len(questions.wanted), "answers")
    wrong = ["%s\n  wanted: %s\n  got:    %s" % triple for triple in zip(questions.where, questions.wanted, answers)
             if triple[1] != triple[2]]
    if wrong:
        raise AssertionError("%d of %d differ (seed %d):\n%s" % (len(wrong), len(answers), SEED, "\n".join(wrong[:10])))
    if len(names) < 100 or len(answers) < 20000:
        raise AssertionError("only %d zones and %d answers were compared" % (len(names), len(answers)))


main()
