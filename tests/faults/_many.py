"""Much at once and much in a row, on whichever engine the store has: eight writers that are killed, and changes under an open console."""

import json
import random
import signal
import threading
import time

from _faults import sound
from dialdesk import equal

WRITERS = 8
EVENTS = 200  # changed by one import
SPARE = 1024  # KiB: what the console may need more at the end than when a tenth was done
EVENT = """BEGIN:VEVENT\r\nUID:change-%(n)d@example.org\r\nDTSTAMP:20261101T000000Z\r\nSEQUENCE:%(round)d\r
DTSTART:202611%(day)02dT%(hour)02d0000Z\r\nDURATION:PT30M\r\nSUMMARY:Round %(round)d of %(n)d\r
ORGANIZER:mailto:ada@example.org\r\nEND:VEVENT\r\n"""


def calendar(d, number):
    events = "".join(EVENT % {"n": n, "round": number, "day": 23 + n % 7, "hour": n % 24} for n in range(EVENTS))
    return d.write("changes.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + events + "END:VCALENDAR\r\n")


def resident(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def writer(d, number, chance, acknowledged, kills, most):
    """Schedules, edits and cancels until it was killed so often, at random; keeps what was acknowledged."""
    mine = None
    while kills.get(-signal.SIGKILL, 0) < most:
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


def writers_killed(d, most):
    """Eight writers, killed so often altogether: what was acknowledged is there, and the store is sound."""
    d.organization()
    seen, counts = [[] for _ in range(WRITERS)], [{} for _ in range(WRITERS)]
    threads = [threading.Thread(target=writer, args=(d, n, random.Random(20261123 + n), seen[n], counts[n], -(-most // WRITERS)))
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


def changed_under_console(d, changes):
    """An open console shows each round of so many changes, and its memory stays what it was."""
    d.organization()
    d.run("import", calendar(d, 0))
    terminal = d.terminal("console", "--view", "agenda", env={"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    terminal.wait("Round 0 ")
    rounds, early = max(10, changes // EVENTS), 0
    for number in range(1, rounds + 1):
        d.run("import", calendar(d, number))
        terminal.wait("Round %d " % number)
        terminal.key("Down", "Up")
        terminal.raw = b""
        if number == rounds // 10:
            early = resident(terminal.pid)
    late = resident(terminal.pid)
    terminal.key("q")
    terminal.exit(0)
    sound(d, "%d changes" % (rounds * EVENTS))
    print("# %d changes: the console has %d KiB, and had %d after a tenth" % (rounds * EVENTS, late, early), flush=True)
    if late > early + SPARE:
        raise AssertionError("%d KiB after a tenth of the changes, %d at their end" % (early, late))
