#!/usr/bin/python3
"""One allocation, or one read of the store, that fails in a writing command; and eight writers that are killed at once.

Afterwards the store is sound, what was acknowledged is there, and the rest is there whole or not at all.
"""

import json
import os
import signal

from _faults import BUILD, STABLE, fill, keep, restore, snapshot, sound, writers
from _many import writers_killed
from dialdesk import case, equal, main, skip

SHIM = os.path.join(os.path.abspath(BUILD), "test", "faults", "memory.so")
POINTS = int(os.environ.get("DIALDESK_POINTS", "6"))  # at most so many of a command's calls fail, spread over all
KILLS = int(os.environ.get("DIALDESK_KILLS", "60"))
WHATS = {"memory": "allocation", "read": "read"}
READERS = [("lookup", ["lookup", "12345678"]), ("agenda", ["agenda", "--days", "30"]), ("legacy", ["legacy", "--risk", "--json"]),
           ("search", ["search", "daily"])]
SURE = (0, 1, 3, 4)  # an answer, nothing found, changed meanwhile, the store's own trouble


def faulty(d, args, what, at):
    d.write("count", "0")
    result = d.run(*args, status=None, env={"LD_PRELOAD": SHIM, "FAULT_DO": what, "FAULT_AT": str(at), "FAULT_PATH": d.db,
                                            "FAULT_COUNT": d.path("count")})
    return result, int(open(d.path("count")).read())


def points(total, most):
    """Another part of the calls each time that the numbers differ: the first, the last, and some between."""
    return sorted({1 + (total - 1) * i // max(1, most - 1) for i in range(most)}) if total else []


def told(result, label):
    """Not a crash: an answer, an error in one line, or the end for want of memory, said in one line."""
    if result.status == -signal.SIGABRT:
        if "out of memory" not in result.err and "memory" not in result.err:
            raise AssertionError("aborted without a word of memory: %s" % label)
    elif result.status not in SURE:
        raise AssertionError("wanted an answer or an error: %s" % label)
    if result.status > 1:
        equal(result.err.count("\n"), 1, label)


def each_fails_once(d, what):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    made, tried, refused = fill(d), 0, 0
    keep(d)
    for name, args in writers(d, made) + READERS:
        restore(d)
        before = snapshot(d)
        result, total = faulty(d, args, what, 0)
        assert total > 0, "%s: nothing is counted: %s" % (name, result)
        after = snapshot(d)
        # to SQLite's look through a backup, a page that it had no memory for is a damaged one
        for at in points(total, 60 * POINTS if (name, what) == ("restore", "memory") else POINTS):
            restore(d)
            result, _ = faulty(d, args, what, at)
            label = "%s, %s %d of %d: %s" % (name, what, at, total, result)
            told(result, label)
            sound(d, label)
            tried, refused = tried + 1, refused + (result.status not in (0, 1))
            if name not in STABLE:
                continue
            now = snapshot(d)
            if now not in (before, after):
                raise AssertionError("neither as before nor as after: %s\n%s" % (label, json.dumps(now, indent=1)[:3000]))
            if result.status == 0 and now != after:
                raise AssertionError("acknowledged and not there: %s" % label)
    print("# %d runs in which one %s failed: %d refused, the others did it" % (tried, WHATS[what], refused), flush=True)


@case("an allocation that fails: an error or the end, said in one line, and the store whole")
def _(d):
    each_fails_once(d, "memory")


@case("a read that fails: an error in one line, and the store whole")
def _(d):
    each_fails_once(d, "read")


@case("eight mixed writers, killed at random: what was acknowledged is there, and the store is sound")
def _(d):
    writers_killed(d, KILLS)


main()
