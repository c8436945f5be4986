#!/usr/bin/python3
"""One allocation, or one read of the store, that fails in a writing command; and eight writers that are killed at once.

Afterwards the store is sound, what was acknowledged is there, and the rest is there whole or not at all.
"""

import json
import os
import random
import signal
import threading
import time

from _faults import BUILD, STABLE, fill, keep, restore, snapshot, sound, writers
from dialdesk import case, equal, main, skip

SHIM = os.path.join(os.path.abspath(BUILD), "test", "faults", "memory.so")
POINTS = int(os.environ.get("DIALDESK_POINTS", "6"))  # at most so many of a command's calls fail, spread over all
KILLS = int(os.environ.get("DIALDESK_KILLS", "60"))
WRITERS = 8
WHATS = {"memory": "allocation", "read": "read"}
READERS = [("lookup", ["lookup", "12345678"]), ("agenda", ["agenda", "--days", "30"]), ("legacy", ["legacy", "--risk", "--json"]),
           ("search", ["search", "daily"])]
SURE = (0, 1, 3, 4)  # an answer, nothing found, changed meanwhile, the store's own trouble


def faulty(d, args, what, at):
    d.write("count", "0")
    result = d.run(*args, status=None, env={"LD_PRELOAD": SHIM, "FAULT_DO": what, "FAULT_AT": str(at), "FAULT_PATH": d.db,
                                            "FAULT_COUNT": d.path("count")})
    return result, int(open(d.path("count")).read())


def points(total):
    """Another part of the calls each time that the numbers differ: the first, the last, and some between."""
    return sorted({1 + (total - 1) * i // max(1, POINTS - 1) for i in range(POINTS)}) if total else []


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
        for at in points(total):
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


def writer(d, number, chance, stop, acknowledged, kills):
    """Schedules, edits and cancels until told to stop, killed at random; keeps what was acknowledged."""
    mine = None
    while not stop.is_set():
        turn = chance.randrange(4)
        if mine and turn == 0:
            args = ["edit", mine, "--title", "Title %d" % chance.randrange(1 << 30), "--json"]
        elif mine and turn == 1:
            args = ["cancel", mine, "--json"]
        elif turn == 2:
            args = ["organizer", "add", "w%d-%d@example.org" % (number, chance.randrange(1 << 40)), "--dial-in", "on", "--provider",
                    "microsoft", "--json"]
        else:
            args = ["new", "--title", "Writer %d" % number, "--start", "2026-12-%02d %02d:00" % (1 + chance.randrange(28),
                    chance.randrange(24)), "--attendee", "eve@example.org", "-o", "ada@example.org", "--json"]
        child = d.start(*args)
        if chance.random() < 0.7:
            time.sleep(chance.uniform(0, 0.06))
            child.kill()
        out, err = child.communicate()
        kills[child.returncode] = kills.get(child.returncode, 0) + 1
        if child.returncode > 0 and b"kept it busy" in err:
            kills["busy"] = kills.get("busy", 0) + 1  # its five seconds were over: so slow is a machine that does much else
        elif child.returncode > 0 and args[1] != mine:
            acknowledged.append(("error", args, err))
        try:
            answer = json.loads(out)
        except ValueError:
            if turn == 1:
                mine = None  # nobody knows
            continue
        acknowledged.append((args[0], args, answer))
        mine = None if args[0] == "cancel" else answer["uid"] if args[0] in ("new", "edit") else mine
        if kills.get(-signal.SIGKILL, 0) >= -(-KILLS // WRITERS):
            return


def hold(d, acknowledged):
    """What was acknowledged last of each meeting is what the store says."""
    last = {}
    for kind, args, answer in acknowledged:
        if kind == "error":
            raise AssertionError("refused: %s: %s" % (args, answer))
        if kind == "organizer":
            equal(d.json("organizer", "show", answer["email"])["email"], answer["email"])
        else:
            last[answer["uid"]] = (kind, answer)
    for uid, (kind, answer) in last.items():
        found = d.json("show", uid)
        equal(found["conference_id"], answer["conference_id"])
        if kind == "cancel":
            equal(found["status"], "cancelled")
    ids = [answer["conference_id"] for kind, answer in last.values()]
    equal(len(ids), len(set(ids)), "an ID twice")


@case("eight mixed writers, killed at random: what was acknowledged is there, and the store is sound")
def _(d):
    fill(d)
    stop, seen, counts = threading.Event(), [[] for _ in range(WRITERS)], [{} for _ in range(WRITERS)]
    threads = [threading.Thread(target=writer, args=(d, n, random.Random(20261123 + n), stop, seen[n], counts[n]))
               for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sound(d, "eight writers")
    for acknowledged in seen:
        hold(d, acknowledged)
    kills = sum(c.get(-signal.SIGKILL, 0) for c in counts)
    busy = sum(c.get("busy", 0) for c in counts)
    print("# %d kills, %d changes acknowledged, none lost; %d waited in vain for the others" % (kills, sum(map(len, seen)), busy), flush=True)


main()
