"""Rows of `make bench`: long lists with mixing risks, and instructions of the hot paths as callgrind counts them."""

import json
import math
import os
import re
import shutil
import subprocess
import time

CROWD_DAY = "2026-12-01"
EVENT = ("BEGIN:VEVENT\r\nUID:crowd-%d@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:%sZ\r\nDURATION:PT1H\r\nSUMMARY:Meeting %d\r\n"
         "ORGANIZER:mailto:ada@example.org\r\nATTENDEE:mailto:bob@example.org\r\nDESCRIPTION:Conference ID: 7654321\r\nEND:VEVENT\r\n")


def crowd(b, count, spread):
    """A store with so many legacy meetings on one static ID: all at one time, or in pairs that overlap, three hours apart."""
    path = b.tool("crowd-%d-%d.db" % (count, spread))
    if os.path.exists(path):
        return path
    made = path + ".new"
    b.call(b.program, "--db", made, "init")
    b.call(b.program, "--db", made, "organizer", "add", "ada@example.org", "--dial-in", "on", "--provider", "microsoft",
           "--static-id", "7654321")
    first = 1796115600  # that day, 09:00
    with open(path + ".ics", "w", newline="", encoding="ascii") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n")
        for n in range(count):
            start = first + (n // 2 * 10800 + n % 2 * 1800 if spread else 0)
            file.write(EVENT % (n, time.strftime("%Y%m%dT%H%M%S", time.gmtime(start)), n))
        file.write("END:VCALENDAR\r\n")
    b.call(b.program, "--db", made, "import", path + ".ics")
    os.unlink(path + ".ics")
    os.rename(made, path)
    return path


def cost(b, *command):
    """Seconds and the most MiB that were resident."""
    began = time.monotonic()
    child = subprocess.Popen([b.program, *command], env=b.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError("%s: status %d" % (" ".join(command), child.returncode))
    return time.monotonic() - began, usage.ru_maxrss / 1024


LISTS = (("lookup", ("lookup", "7654321")), ("legacy --risk", ("legacy", "--risk")), ("legacy --json", ("legacy", "--json")),
         ("agenda of the day", ("agenda", "--from", CROWD_DAY, "--days", "1")),
         ("the same as JSON", ("agenda", "--from", CROWD_DAY, "--days", "1", "--json")))


def crowd_list(b, row, words, places, command):
    """Seconds and MiB of a list of each store's crowd; the last one's are told."""
    seen = []
    for where in places:
        runs = [cost(b, "--db", where, "-o", "ada@example.org", *command) for _ in range(3)]
        seen.append((min(run[0] for run in runs), max(run[1] for run in runs)))
    row(words, seen[-1][0], None, "", "under 2 s", "s")
    row("  its memory", seen[-1][1], None, "", "under 100 MiB", "MiB")
    return seen


def risks(b, row, note, counts):
    """Lists of one organizer's meetings on one static ID, at each count; the last two counts give the exponents."""
    for spread in (0, 1):
        for name, command in LISTS:
            words = "%s, %d %s" % (name, counts[-1], "in pairs" if spread else "at one time")
            seen = crowd_list(b, row, words, [crowd(b, count, spread) for count in counts], command)
            if len(counts) > 1:
                note("time grows with the power of %.2f, memory of %.2f" % tuple(
                    math.log(seen[-1][i] / seen[-2][i]) / math.log(counts[-1] / counts[-2]) for i in (0, 1)))


def collected(command, env):
    """Instructions of a whole process, without the kernel's."""
    said = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", said.stderr)
    if not found or said.returncode:
        raise RuntimeError("callgrind: %s" % said.stderr[-300:])
    return int(found.group(1)) / 1e6


def instructions(b, row, note, size, digits):
    """Beside the last run's, kept in the bench's folder, so that a change that costs is seen whatever else the machine does."""
    if not shutil.which("valgrind"):
        return note("instructions: not counted, as valgrind is not there")
    path, kept = b.store(size), b.tool("instructions.json")
    last = {}
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as file:
            last = json.load(file)
    copy = b.copy(path)
    for name, command, peer in (
            ("lookup", ["--db", path, "lookup", digits], "SELECT * FROM meeting WHERE conference_id = '%s'" % digits),
            ("agenda", ["--db", path, "-o", "organizer-7@example.org", "agenda"], "SELECT 1"),
            ("search", ["--db", path, "search", "quarterly", "--limit", "20"],
             "SELECT uid FROM meeting WHERE title LIKE '%quarterly%' LIMIT 20"),
            ("new", ["--db", copy, "-o", "organizer-7@example.org", "new", "--title", "One", "--start", "2027-03-01 09:00"], None)):
        env = {**b.env, "LC_ALL": "C"}
        ours = collected([b.program, *command], env)
        theirs = collected(["sqlite3", path, peer], env) if peer else None
        key = "%s, %d" % (name, size)
        before = last.get(key)
        row("instructions of a whole %s" % key, ours, theirs, "sqlite3 shell" if peer else "",
            "last run: %+.1f %%" % (100 * (ours / before - 1)) if before else "", "M")
        last[key] = ours
    with open(kept, "w", encoding="utf-8") as file:
        json.dump(last, file, indent=1)
    return None
