#!/usr/bin/python3
"""The recurrence engine against python3-dateutil: generated rules in floating time and in zones, the same from the same seed
(DIALDESK_SEED; DIALDESK_RULES, DIALDESK_ZONED and DIALDESK_SPLITS for more).

In floating time the engine is called through ctypes, in zones through a program for all rules; both are made of recurrence.c. The instants are worked out from dateutil's local times as RFC 5545 says, since dateutil itself leaves gaps open. What dateutil and RFC 5545 (3.8.5.3)
see differently is brought to the RFC's side here: DTSTART is always the first occurrence and counts for COUNT.
"""

import ctypes
import datetime
import itertools
import os
import random
import re
import subprocess
import sys
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, main, skip

try:
    from dateutil.rrule import rrulestr
except ImportError:
    rrulestr = None

SEED = int(os.environ.get("DIALDESK_SEED", "20261123"))
RULES = int(os.environ.get("DIALDESK_RULES", "400"))
UTC = datetime.timezone.utc
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class Local(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")]


class Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("what", ctypes.c_char * 160), ("why", ctypes.c_char * 480)]


VISIT = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, Local)
CHECK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.POINTER(Error))
EACH = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, Local, ctypes.c_void_p, Local, Local, VISIT, ctypes.c_void_p,
                        ctypes.POINTER(Error))
LAST = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, Local, ctypes.c_void_p, ctypes.POINTER(Local),
                        ctypes.POINTER(ctypes.c_bool), ctypes.POINTER(Error))


class Record(ctypes.Structure):
    _fields_ = [("check", CHECK), ("each", EACH), ("last", LAST)]


def local(t):
    return Local(t.year, t.month, t.day, t.hour, t.minute, t.second)


def python_time(l):
    return datetime.datetime(l.year, l.month, l.day, l.hour, l.minute, l.second)


def compiled(folder, name, *how):
    """recurrence.c with the release build's archives, which hold position-independent code."""
    build = os.environ.get("DIALDESK_BUILD", os.path.join(ROOT, "build"))
    libraries = [os.path.join(build, name) for name in ("libcore.a", "libbase.a")]
    if not all(map(os.path.exists, libraries)):
        raise AssertionError("not built in " + build)
    out = os.path.join(folder, name)
    subprocess.run(["cc", "-std=c17", "-D_GNU_SOURCE", '-DDIALDESK_VERSION="0"', "-fPIC", *how, "-I" + ROOT + "/include", "-o", out,
                    ROOT + "/tests/peers/recurrence.c", *libraries, "-lutf8proc", "-luuid", "-ldl", "-lm"], check=True)
    return out


class Engine:
    def __init__(self, folder):
        self.record = Record.in_dll(ctypes.CDLL(compiled(folder, "recurrence.so", "-shared")), "recurrence_record")
        self.error = Error()

    def each(self, rule, start, first, last, most=400):
        found = []

        def visit(_, at):
            found.append(python_time(at))
            return len(found) < most

        status = self.record.each(rule.encode(), local(start), None, local(first), local(last), VISIT(visit), None,
                                  ctypes.byref(self.error))
        if status:
            raise AssertionError("%s: %s: %s" % (rule, self.error.what.decode(), self.error.why.decode()))
        return found

    def last(self, rule, start):
        at, endless = Local(), ctypes.c_bool()
        status = self.record.last(rule.encode(), local(start), None, ctypes.byref(at), ctypes.byref(endless),
                                  ctypes.byref(self.error))
        equal(status, 0, rule)
        return None if endless.value else python_time(at)


def some(dice, values, most):
    return ",".join(str(v) for v in sorted(dice.sample(values, dice.randint(1, most))))


def numbered_days(dice, most, numbers):
    """All with a number or none: of the two mixed dateutil takes the intersection, RFC 5545 the union."""
    chosen, with_number = dice.sample(DAYS, dice.randint(1, most)), dice.random() < 0.7
    return ",".join((str(dice.choice(numbers)) if with_number else "") + day for day in chosen)


def rule_daily(dice):
    parts = []
    if dice.random() < 0.3:
        parts.append("BYDAY=" + ",".join(dice.sample(DAYS, dice.randint(1, 4))))
    if dice.random() < 0.2:
        parts.append("BYMONTH=" + some(dice, range(1, 13), 4))
    if dice.random() < 0.15:
        parts.append("BYMONTHDAY=" + some(dice, [*range(1, 29), -1, -2, -3], 5))
    if dice.random() < 0.15:
        parts.append("BYHOUR=" + some(dice, range(24), 3))
    if dice.random() < 0.1:
        parts.append("BYMINUTE=" + some(dice, range(60), 3))
    return parts


def rule_weekly(dice):
    parts = []
    if dice.random() < 0.8:
        parts.append("BYDAY=" + ",".join(dice.sample(DAYS, dice.randint(1, 5))))
    if dice.random() < 0.15:
        parts.append("BYMONTH=" + some(dice, range(1, 13), 6))
    if dice.random() < 0.3:
        parts.append("WKST=" + dice.choice(DAYS))
    if dice.random() < 0.1:
        parts.append("BYHOUR=" + some(dice, range(24), 3))
    return parts


def rule_monthly(dice):
    kind = dice.randrange(5)
    if kind == 0:
        return ["BYMONTHDAY=" + some(dice, [*range(1, 32), -1, -2, -5, -31], 4)]
    if kind == 1:
        return ["BYDAY=" + numbered_days(dice, 2, [1, 2, 3, 4, 5, -1, -2])]
    if kind == 2:
        return ["BYDAY=" + ",".join(dice.sample(DAYS, dice.randint(2, 5))),
                "BYSETPOS=" + some(dice, [1, 2, 3, -1, -2], 2)]
    if kind == 3:
        return ["BYDAY=" + dice.choice(DAYS), "BYMONTHDAY=" + some(dice, range(1, 29), 12)]
    return ["BYMONTH=" + some(dice, range(1, 13), 5)] if dice.random() < 0.5 else []


def rule_yearly(dice):
    kind = dice.randrange(6)
    if kind == 0:
        return ["BYMONTH=" + some(dice, range(1, 13), 3), "BYMONTHDAY=" + some(dice, [*range(1, 32), -1], 3)]
    if kind == 1:
        return ["BYMONTH=" + some(dice, range(1, 13), 3), "BYDAY=" + numbered_days(dice, 2, [1, 2, 3, 4, -1])]
    if kind == 2:
        return ["BYDAY=" + numbered_days(dice, 2, [1, 2, 20, 52, -1, -10])]
    if kind == 3:
        return ["BYYEARDAY=" + some(dice, [1, 60, 100, 200, 365, 366, -1, -100], 3)]
    if kind == 4:
        # not week 1 and 53: to which year their days belong, the RFC does not say; we take the week's, dateutil the day's
        return ["BYWEEKNO=" + some(dice, [*range(2, 52), -10, -40], 3), "BYDAY=" + dice.choice(DAYS)]
    return ["BYMONTH=" + some(dice, range(1, 13), 2)] if dice.random() < 0.5 else []


def rule_hourly(dice):
    parts = []
    if dice.random() < 0.5:
        parts.append("BYHOUR=" + some(dice, range(24), 6))
    if dice.random() < 0.5:
        parts.append("BYDAY=" + ",".join(dice.sample(DAYS, dice.randint(1, 4))))
    if dice.random() < 0.2:
        parts.append("BYMINUTE=" + some(dice, range(60), 3))
    if dice.random() < 0.2:
        parts.append("BYMONTH=" + some(dice, range(1, 13), 4))
    return parts


SHAPES = {"HOURLY": rule_hourly, "DAILY": rule_daily, "WEEKLY": rule_weekly, "MONTHLY": rule_monthly,
          "YEARLY": rule_yearly}


def generate(dice):
    freq = dice.choice(["HOURLY", "DAILY", "DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    start = datetime.datetime(dice.randint(1970, 2030), dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23),
                              dice.choice([0, 15, 30, 45]))
    parts = ["FREQ=" + freq] + SHAPES[freq](dice)
    if dice.random() < 0.5:
        parts.append("INTERVAL=%d" % dice.choice([1, 2, 2, 3, 4, 5, 7, 12]))
    count = until = None
    end = dice.random()
    if end < 0.3:
        count = dice.randint(1, 60)
    elif end < 0.6:
        until = start + datetime.timedelta(days=dice.randint(0, 2000), hours=dice.choice([0, 0, 5]))
    tail = ["COUNT=%d" % count] if count else ["UNTIL=" + until.strftime("%Y%m%dT%H%M%S")] if until else []
    return ";".join(parts), ";".join(parts + tail), start, count, until


def oracle(rule, start, count, until):
    """The occurrences as dateutil has them, DTSTART always the first."""
    try:
        later = (t for t in rrulestr("RRULE:" + rule, dtstart=start) if t > start)
    except ValueError:  # so it says that the rule never comes true
        return [start]
    if until:
        later = itertools.takewhile(lambda t: t <= until, later)
    if count:
        later = itertools.islice(later, count - 1)
    return itertools.chain([start], later)


def rules(seed):
    if rrulestr is None:
        skip("python3-dateutil is not installed")
    dice = random.Random(seed)
    for _ in range(RULES):
        yield dice, generate(dice)


@case("the first 40 occurrences of %d generated rules" % RULES)
def _(d):
    engine, end = Engine(d.folder), datetime.datetime(2120, 1, 1)
    for _, (rule, whole, start, count, until) in rules(SEED):
        wanted = list(itertools.islice(itertools.takewhile(lambda t: t <= end, oracle(rule, start, count, until)), 40))
        equal(engine.each(whole, start, start, end, 40), wanted, "%s from %s" % (whole, start))


@case("a window far from the start of as many rules, as a week's view asks for it")
def _(d):
    engine = Engine(d.folder)
    for dice, (rule, whole, start, count, until) in rules(SEED + 1):
        first = start + datetime.timedelta(days=dice.randint(0, 3000), hours=dice.randint(0, 23))
        last = first + datetime.timedelta(days=dice.choice([1, 7, 45]))
        inside = itertools.takewhile(lambda t: t <= last, oracle(rule, start, count, until))
        wanted = [t for t in inside if t >= first]
        equal(engine.each(whole, start, first, last, 100000), wanted,
              "%s from %s, seen %s to %s" % (whole, start, first, last))


@case("the last occurrence of every rule that ends")
def _(d):
    engine = Engine(d.folder)
    for _, (rule, whole, start, count, until) in rules(SEED + 2):
        if count or until:
            bounded = itertools.takewhile(lambda t: t.year < 2500, oracle(rule, start, count, until))
            wanted = start
            for wanted in bounded:
                pass
            if wanted.year < 2490:
                equal(engine.last(whole, start), wanted, "%s from %s" % (whole, start))
        else:
            equal(engine.last(whole, start), None, whole)


FOLDER = "/usr/share/zoneinfo"
IN_ZONES = int(os.environ.get("DIALDESK_ZONED", "1200"))
# what is awkward: half hours and their quarters, the south, two hours, a day left out, daylight time around a month that moves
AWKWARD = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Europe/London", "Europe/Dublin",
           "America/St_Johns", "Pacific/Auckland", "Pacific/Chatham", "America/Santiago", "Africa/Casablanca",
           "Australia/Lord_Howe", "Pacific/Apia", "Antarctica/Troll", "Asia/Gaza", "America/Nuuk", "Asia/Kathmandu",
           "America/Caracas", "Asia/Pyongyang", "Europe/Istanbul", "Africa/Cairo", "America/Havana", "Asia/Tehran"]
STEPS = {"HOURLY": 3600, "DAILY": 86400, "WEEKLY": 7 * 86400, "MONTHLY": 30 * 86400, "YEARLY": 365 * 86400}
SECOND = datetime.timedelta(seconds=1)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def instant(local, zone):
    """RFC 5545, 3.3.5: in a gap the offset before it, of two the first; what fold=0 means."""
    return (local.replace(tzinfo=zone).astimezone(UTC) - EPOCH) // SECOND


def clock_changes(zone, first=2005, last=2034):
    """Local times at which a clock of the zone is changed, as it shows before the change."""
    found, at, step = [], EPOCH.replace(year=first), datetime.timedelta(days=12)
    offset = at.astimezone(zone).utcoffset()
    while at.year < last:
        low, at = at, at + step
        now = at.astimezone(zone).utcoffset()
        if now == offset:
            continue
        high = at
        while high - low > SECOND:
            middle = low + (high - low) // 2
            low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
        found.append((high + offset).replace(tzinfo=None, microsecond=0))
        offset = now
    return found


def start_near(dice, changes, freq):
    """A start some steps before a change, at about its time of day, so that occurrences fall into it."""
    if not changes or dice.random() < 0.2:
        return datetime.datetime(dice.randint(1990, 2035), dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23),
                                 dice.choice([0, 15, 30, 45]))
    apart = dice.choice([-3600, -1800, -900, 0, 0, 0, 900, 1800, 1800, 3600, 5400])
    return dice.choice(changes) + datetime.timedelta(seconds=apart - dice.randint(0, 6) * STEPS[freq])


def zoned(dice, name, changes):
    """A rule, its start, the instant up to which it is compared, and the instants that it should have."""
    zone = zoneinfo.ZoneInfo(name)
    freq = dice.choice(["HOURLY", "DAILY", "DAILY", "DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY"])
    start = start_near(dice, changes, freq)
    rule = ";".join(["FREQ=" + freq] + SHAPES[freq](dice) + ["INTERVAL=%d" % dice.choice([1, 1, 1, 2, 3])])
    end, tail, count, until, until_at = dice.random(), "", None, None, None
    if end < 0.25:
        count = dice.randint(1, 40)
        tail = ";COUNT=%d" % count
    elif end < 0.45:
        until_at = instant(start, zone) + dice.randint(0, 30) * STEPS[freq] + dice.choice([0, 0, 0, -1, 1800])
        tail = ";UNTIL=" + (EPOCH + until_at * SECOND).strftime("%Y%m%dT%H%M%SZ")
    elif end < 0.6:
        until = start + datetime.timedelta(seconds=dice.randint(0, 30) * STEPS[freq])
        tail = ";UNTIL=" + until.strftime("%Y%m%dT%H%M%S")
    locals_, last = [], None
    for at in oracle(rule, start, count, until):
        if len(locals_) == 40:
            last = at
        if at.year > 2090 or (last and at > last + datetime.timedelta(days=2)):
            break
        locals_.append(at)
    to = instant(last, zone) if last else 3786912000
    instants = [instant(at, zone) for at in locals_]
    kept = [at for i, at in enumerate(instants) if at < to and (until_at is None or at <= until_at or i == 0)]
    return rule + tail, start, to, sorted(set(kept))


@case("%d rules over every zone of the system, most of them in clock changes: every instant, UNTIL in UTC included" % IN_ZONES)
def _(d):
    if rrulestr is None:
        skip("python3-dateutil is not installed")
    names = sorted(name for name in zoneinfo.available_timezones()
                   if os.path.isfile(os.path.join(FOLDER, name)) and not name.startswith("localtime"))
    dice, changes, asked, wanted = random.Random(SEED + 3), {}, [], []
    for i in range(IN_ZONES):
        name = names[i // 2 % len(names)] if i % 2 else AWKWARD[i // 2 % len(AWKWARD)]
        if name not in changes:
            changes[name] = clock_changes(zoneinfo.ZoneInfo(name))
        rule, start, to, instants = zoned(dice, name, changes[name])
        asked.append("%s/%s %s %d %s" % (FOLDER, name, start.strftime("%Y%m%dT%H%M%S"), to, rule))
        wanted.append(" ".join(map(str, instants)))
    done = subprocess.run([compiled(d.folder, "series")], input="\n".join(asked) + "\n", capture_output=True, text=True, check=True)
    answers = done.stdout.splitlines()
    equal(len(answers), len(asked))
    wrong = ["%s\n  wanted: %s\n  got:    %s" % triple for triple in zip(asked, wanted, answers) if triple[1] != triple[2]]
    if wrong:
        raise AssertionError("%d of %d differ (seed %d):\n%s" % (len(wrong), len(asked), SEED, "\n".join(wrong[:10])))
    assert len(names) > 300 and sum(len(w.split()) for w in wanted) > 20 * IN_ZONES, (len(names), sum(len(w.split()) for w in wanted))


@case("what dateutil does by itself in clock changes, and we do otherwise (docs/peers.md)")
def _(d):
    if rrulestr is None:
        skip("python3-dateutil is not installed")
    from dateutil import tz
    berlin, program = tz.gettz("Europe/Berlin"), compiled(d.folder, "series")

    def theirs(rule, start):
        return [(t.astimezone(UTC) - EPOCH) // SECOND for t in rrulestr("RRULE:" + rule, dtstart=start.replace(tzinfo=berlin))]

    def ours(rule, start):
        question = "%s/Europe/Berlin %s 3786912000 %s\n" % (FOLDER, start.strftime("%Y%m%dT%H%M%S"), rule)
        out = subprocess.run([program], input=question, capture_output=True, text=True, check=True).stdout
        return [int(at) for at in out.split()]

    gap, rule = datetime.datetime(2026, 3, 28, 2, 30), "FREQ=DAILY;COUNT=3"
    equal([b - a for a, b in zip(theirs(rule, gap), ours(rule, gap))], [0, 3600, 0], "a start in the gap: the offset behind it, and before it")
    hourly = datetime.datetime(2026, 3, 29, 1, 30), "FREQ=HOURLY;COUNT=4"
    equal((theirs(*hourly[::-1]), ours(*hourly[::-1])), ([1774744200, 1774744200, 1774747800, 1774751400], [1774744200, 1774747800, 1774751400]),
          "one instant twice, and once")
    day = datetime.datetime(2026, 11, 24, 9)
    equal(len(list(rrulestr("RRULE:FREQ=DAILY;UNTIL=20261126", dtstart=day))), 2)
    equal(len(ours("FREQ=DAILY;UNTIL=20261126", day)), 3, "a date as UNTIL beside a time: its day is in")


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"]
HOURS = [0, 1, 2, 2, 3, 9, 14, 23]  # mostly those at which clocks change


def series_text(uid, zone, start, rule):
    return "\r\n".join(["BEGIN:VEVENT", "UID:" + uid, "DTSTART;TZID=%s:%s" % (zone, start.strftime("%Y%m%dT%H%M%S")),
                        "DURATION:PT30M", "SUMMARY:Series", "RRULE:" + rule, "END:VEVENT", ""])


@case("120 rules in %d zones the whole way, from import to agenda" % len(ZONES))
def _(d):
    dice, wanted, text = random.Random(SEED + 3), {}, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    first, last = datetime.datetime(2026, 1, 1, tzinfo=UTC), datetime.datetime(2026, 12, 31, tzinfo=UTC)
    if rrulestr is None:
        skip("python3-dateutil is not installed")
    for i in range(120):
        name = ZONES[i % len(ZONES)]
        zone, uid = zoneinfo.ZoneInfo(name), "series-%d" % i
        freq = dice.choice(["DAILY", "WEEKLY", "MONTHLY"])
        start = datetime.datetime(dice.randint(2020, 2026), dice.randint(1, 12), dice.randint(1, 28), dice.choice(HOURS),
                                  dice.choice([0, 30]))
        rule = ";".join(["FREQ=" + freq] + SHAPES[freq](dice) + ["INTERVAL=%d" % dice.choice([1, 1, 2, 3])])
        until = (start + datetime.timedelta(days=dice.randint(0, 2000))).replace(tzinfo=zone).astimezone(UTC)
        ends = dice.random() < 0.5
        text += series_text(uid, name, start, rule + (until.strftime(";UNTIL=%Y%m%dT%H%M%SZ") if ends else ""))
        local = itertools.takewhile(lambda t: t.year < 2027, oracle(rule, start, None, None))
        # RFC 5545, 3.3.5: in a gap the offset before it, of two the first: what fold=0 means
        times = [t.replace(tzinfo=zone).astimezone(UTC) for t in local]
        kept = [t for t in times if t <= until or t == times[0]] if ends else times
        wanted[uid] = sorted({t for t in kept if first <= t < last})
    assert sum(map(len, wanted.values())) > 2000
    d.organization(dynamic="off")
    equal(d.json("import", d.write("series.ics", text + "END:VCALENDAR\r\n"))["rejected"], 0)
    found = {uid: [] for uid in wanted}
    for meeting in d.json("agenda", "--from", "2026-01-01T00:00:00Z", "--to", "2026-12-31T00:00:00Z"):
        at = datetime.datetime.fromisoformat(meeting["start"].replace("Z", "+00:00")).astimezone(UTC)
        if at >= first:
            found[meeting["uid"]].append(at)
    for uid, times in wanted.items():
        equal([str(t) for t in sorted(found[uid])], [str(t) for t in times], uid + text[text.index("UID:%s\r" % uid):][:200])


def events(ics):
    """The text of each event in an export, by its UID."""
    text = ics.replace("\r\n ", "").replace("\r\n", "\n")
    found = re.findall(r"^BEGIN:VEVENT$.*?^END:VEVENT$", text, re.M | re.S)
    return {re.search(r"^UID:(\S+)$", event, re.M).group(1): event for event in found}


def event_rule(event):
    """DTSTART (local) and the RRULE of an event."""
    start = re.search(r"^DTSTART;TZID=[^:]*:(\S+)$", event, re.M).group(1)
    rule = re.search(r"^RRULE:(\S+)$", event, re.M).group(1)
    return datetime.datetime.strptime(start, "%Y%m%dT%H%M%S"), rule


def occurrences(event, zone, most):
    """The starts of an exported series, as dateutil reads it."""
    start, rule = event_rule(event)
    until = re.search(r"UNTIL=(\d{8}T\d{6})Z", rule)
    count = re.search(r"COUNT=(\d+)", rule)
    bare = re.sub(r";?(UNTIL|COUNT)=[^;]*", "", rule).lstrip(";")
    if until:
        until = datetime.datetime.strptime(until.group(1), "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(zone)
        until = until.replace(tzinfo=None)
    return list(itertools.islice(oracle(bare, start, int(count.group(1)) if count else None, until), most))


SPLITS = int(os.environ.get("DIALDESK_SPLITS", "100"))


@case("%d generated series split in two: what was before and the rest are what the whole was" % SPLITS)
def _(d):
    if rrulestr is None:
        skip("python3-dateutil is not installed")
    dice, made, text = random.Random(SEED + 4), {}, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    zone, refused, split = zoneinfo.ZoneInfo("Europe/Berlin"), 0, {}
    for i in range(SPLITS):
        uid, freq = "split-%d" % i, dice.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
        # not in the hours at which the clock changes: a local time alone cannot tell those apart in dateutil
        start = datetime.datetime(dice.randint(2024, 2027), dice.randint(1, 12), dice.randint(1, 28), dice.choice([8, 9, 14, 20]))
        parts = ["FREQ=" + freq] + SHAPES[freq](dice) + ["INTERVAL=%d" % dice.choice([1, 1, 2, 3])]
        rule = ";".join(p for p in parts if not p.startswith(("BYHOUR", "BYMINUTE")))
        end = dice.random()
        count = dice.randint(2, 40) if end < 0.4 else None
        until = start + datetime.timedelta(days=dice.randint(30, 2000)) if 0.4 <= end < 0.7 else None
        whole = list(itertools.islice(oracle(rule, start, count, until), 60))
        if len(whole) < 2 or whole[-1].year > 2200:
            continue
        tail = ";COUNT=%d" % count if count else ""
        if until:
            tail = until.replace(tzinfo=zone).astimezone(UTC).strftime(";UNTIL=%Y%m%dT%H%M%SZ")
        made[uid] = (rule + tail, whole, whole[dice.randint(1, min(len(whole) - 1, 20))])
        text += series_text(uid, "Europe/Berlin", start, rule + tail)
    d.organization(tz="Europe/Berlin")
    equal(d.json("import", d.write("series.ics", text + "END:VCALENDAR\r\n"))["rejected"], 0)
    for uid, (rule, whole, at) in made.items():
        result = d.run("edit", uid, "--occurrence", at.strftime("%Y-%m-%d %H:%M"), "--following", "--title", "Rest", "--json",
                       status=(0, 3))
        if result.status == 3:
            refused += 1
            continue
        split[uid] = result.json()["uid"]
    exported = events(d.run("export", "--from", "2000-01-01", "--to", "2400-01-01").out)
    for uid, rest in split.items():
        rule, whole, at = made[uid]
        before, after = occurrences(exported[uid], zone, 60), occurrences(exported[rest], zone, 60)
        assert before[-1] < at == after[0], "%s at %s: %s | %s" % (rule, at, before[-1], after[0])
        equal((before + after)[:len(whole)], whole, "%s split at %s" % (rule, at))
        if len(whole) < 60:
            equal(len(before) + len(after), len(whole), rule)
    equal(d.json("check")["findings"], [])
    assert len(split) > SPLITS / 2 and refused <= SPLITS / 50, "%d were split, %d refused" % (len(split), refused)


main()
