#!/usr/bin/python3
"""Writing commands that are killed: at random moments, and at (before, in and after) every single write.

Afterwards the store is sound, what was acknowledged is there, and the rest is there whole or not at all.
"""

import json
import os
import random
import subprocess
import time

import _faults
from _faults import SHIM, STABLE, fill, keep, restore, snapshot, sound, writers
from dialdesk import case, equal, main, skip

POINTS = int(os.environ.get("DIALDESK_POINTS", "8"))  # at most so many of a command's writes are tried, spread over all
KILLS = int(os.environ.get("DIALDESK_KILLS", "30"))


def faulty(d, args, what, at, count=""):
    """Runs a command with the shim; gives its exit status (negative: a signal) and its output."""
    env = {"LD_PRELOAD": SHIM, "FAULT_PATH": d.db, "FAULT_DO": what, "FAULT_AT": str(at), "FAULT_COUNT": count}
    result = d.run(*args, status=None, env=env)
    return result


def writes_of(d, args):
    """How many calls of a command change the store's files."""
    d.write("count", "0")
    result = faulty(d, args, "count", 0, d.path("count"))
    equal(result.status, 0, str(result))
    return int(open(d.path("count")).read())


def points(total):
    step = max(1, -(-total // POINTS))
    return list(range(1, total + 1, step))


def whole_or_nothing(d, what, before, after):
    now = snapshot(d)
    if now not in (before, after):
        raise AssertionError("after %s: neither as before nor as after\n%s" % (what, json.dumps(now, indent=1)[:4000]))
    return now == after


@case("killed before, in and after every write: whole or nothing, and sound")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    made = fill(d)
    keep(d)
    for name, args in writers(d, made):
        restore(d)
        before = snapshot(d)
        total = writes_of(d, args)
        assert total > 0, "%s writes nothing" % name
        after = snapshot(d)
        for what in ("kill", "torn", "after"):
            for at in points(total):
                restore(d)
                result = faulty(d, args, what, at)
                label = "%s, %s at write %d of %d" % (name, what, at, total)
                sound(d, label)
                if name in STABLE:
                    done = whole_or_nothing(d, label, before, after)
                    if result.status == 0 and not done:
                        raise AssertionError("%s: acknowledged and not there" % label)


@case("killed at a random moment, over and over on one store")
def _(d):
    fill(d)
    chance = random.Random(20261123)
    began = time.monotonic()
    d.new("Measure", "2026-12-02 09:00")
    usual = time.monotonic() - began
    acknowledged = []
    for number in range(KILLS):
        child = d.start("new", "--json", "--title", "Kill %d" % number, "--start", "2026-12-0%d 09:00" % (number % 9 + 1),
                        "--attendee", "eve@example.org")
        time.sleep(chance.uniform(0, usual * 1.2))
        child.kill()
        out, _ = child.communicate()
        try:
            acknowledged.append(json.loads(out))
        except ValueError:
            pass
    sound(d, "%d kills" % KILLS)
    for meeting in acknowledged:
        found = d.json("show", meeting["uid"])
        equal(found["conference_id"], meeting["conference_id"])
        equal(d.json("lookup", meeting["conference_id"])["meetings"][0]["uid"], meeting["uid"])


@case("init killed at every write can be done again")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    total = writes_of(d, ["init"])
    for what in ("kill", "torn"):
        for at in points(total):
            restore(d, "nothing")
            faulty(d, ["init"], what, at)
            d.run("init")
            sound(d, "init, %s at write %d of %d" % (what, at, total))


@case("a write that fails once (EIO, short): refused whole or done, and sound")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    made = fill(d)
    keep(d)
    for name, args in writers(d, made):
        restore(d)
        before = snapshot(d)
        total = writes_of(d, args)
        after = snapshot(d)
        for what in ("eio", "short"):
            for at in points(total):
                restore(d)
                result = faulty(d, args, what, at)
                label = "%s, %s at write %d of %d: %s" % (name, what, at, total, result)
                if result.status not in (0, 4):
                    raise AssertionError("wanted status 0 or 4 of %s" % label)
                if result.status == 4:
                    equal(result.out, "", label)
                    equal(result.err.count("\n"), 1, label)
                sound(d, label)
                if name in STABLE:
                    done = whole_or_nothing(d, label, before, after)
                    if result.status == 0 and not done:
                        raise AssertionError("acknowledged and not there: %s" % label)


@case("a full disk: status 4, one line, nothing half there, and the store works when there is room again")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    made = fill(d)
    keep(d)
    for name, args in writers(d, made):
        restore(d)
        before = snapshot(d)
        total = writes_of(d, args)
        after = snapshot(d)
        for at in points(total):
            restore(d)
            result = faulty(d, args, "full", at)
            label = "%s, full from write %d of %d: %s" % (name, at, total, result)
            if result.status not in (0, 4):
                raise AssertionError("wanted status 0 or 4 of %s" % label)
            if result.status == 4:
                equal(result.out, "", label)
                equal(result.err.count("\n"), 1, label)
            sound(d, label)
            if result.status == 4 and name in STABLE:
                done = whole_or_nothing(d, label, before, after)
                equal(done, "holds now" in result.err, label)
        d.new("There is room", "2026-12-03 09:00", "-o", "bea@example.org")


main()
