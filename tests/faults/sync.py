#!/usr/bin/python3
"""A sync with a directory that is killed at (before, in and after) every write, or meets a full disk: the next one ends as if
nothing had happened. And the migration that the directory's table came with, killed likewise."""

import os
import re
import shutil
import sqlite3

import _faults
from _faults import SHIM, keep, restore, sound
from dialdesk import SCHEMAS, case, equal, lacks, main, skip

ALL = ("kill", "torn", "after")
POINTS = int(os.environ.get("DIALDESK_POINTS", "12"))  # so many of the writes are tried in each way, spread over all


def faulty(d, args, what, at, count=""):
    env = {"LD_PRELOAD": SHIM, "FAULT_PATH": d.db, "FAULT_DO": what, "FAULT_AT": str(at), "FAULT_COUNT": count}
    return d.run(*args, status=None, env=env)


def writes_of(d, args):
    d.write("count", "0")
    result = faulty(d, args, "count", 0, d.path("count"))
    equal(result.status, 0, str(result))
    return int(open(d.path("count")).read())


def points(total, first=0):
    step = max(1, -(-total // POINTS))
    return range(1 + first % step, total + 1, step)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def change(path, old, new):
    text = read(path)
    assert old in text
    with open(path + ".tmp", "w", encoding="utf-8", newline="") as file:
        file.write(text.replace(old, new))
    os.rename(path + ".tmp", path)


def calendar_of(d):
    """The directory: its path begins with the store's, so that the shim looks after both."""
    return d.db + "-calendar"


def fill(d):
    """One of each: changed here, there, on both sides, deleted here, there, new here, there, and unchanged."""
    d.organization()
    v = calendar_of(d)
    os.mkdir(v)
    made = {t: d.new(t, "2026-12-0%d 09:00" % (n + 1))["uid"] for n, t in enumerate(("Here", "There", "Both", "Gone", "Cancelled", "Same"))}
    d.run("sync", v)
    d.run("edit", made["Here"], "--title", "Here 2")
    d.run("edit", made["Both"], "--title", "Both here")
    d.run("cancel", made["Cancelled"])
    d.new("New here", "2026-12-10 09:00")
    change(v + "/%s.ics" % made["There"], "SUMMARY:There", "SUMMARY:There 2")
    change(v + "/%s.ics" % made["Both"], "SUMMARY:Both", "SUMMARY:Both there")
    os.unlink(v + "/%s.ics" % made["Gone"])
    d.write("there.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + _faults.EVENT % (1, 9, 9, 1) + "END:VCALENDAR\r\n")
    os.rename(d.path("there.ics"), v + "/there.ics")
    keep_both(d)
    return made


def keep_both(d):
    keep(d)
    shutil.copytree(calendar_of(d), d.path("kept/calendar"))


def restore_both(d):
    restore(d)
    shutil.rmtree(calendar_of(d))
    shutil.copytree(d.path("kept/calendar"), calendar_of(d))


def state(d):
    """What both sides hold, but for what differs from run to run (the copy's UID, stamps)."""
    files = []
    for name in sorted(os.listdir(calendar_of(d))):
        text = read(os.path.join(calendar_of(d), name))
        files.append((re.search("SUMMARY:(.*)\r", text).group(1), re.search("SEQUENCE:.*|$", text).group(0), text.count("BEGIN:VEVENT")))
        assert name.endswith(".ics"), name
        lacks(text[text.index("END:VCALENDAR"):].strip(), "BEGIN", "half a file")
    return sorted(files), d.sql("SELECT title, status, sequence, conference_id IS NULL, version FROM meeting ORDER BY title")


def settle(d, label):
    """Syncs to the end, and once more, which changes nothing."""
    d.json("sync", calendar_of(d))
    ended = state(d)
    said = d.json("sync", calendar_of(d))
    equal([said[k] for k in ("written", "removed", "added", "updated", "cancelled", "conflicts")], [0, 0, 0, 0, 0, []], label)
    sound(d, label)
    return ended


@case("killed at every write: the next sync ends as one that was not killed")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    fill(d)
    args = ["sync", calendar_of(d)]
    total = writes_of(d, args)
    assert total > 20, total
    wanted = settle(d, "no kill")
    equal(wanted[1].count("conflicted copy"), 1)
    left = 0
    for way, what in enumerate(ALL):
        for at in points(total, way):
            restore_both(d)
            faulty(d, args, what, at)
            left += any(name.startswith(".dialdesk-sync-") for name in os.listdir(calendar_of(d)))
            equal(settle(d, ""), wanted, "%s at write %d of %d" % (what, at, total))
    assert left > 0, "some were killed with a file half written, which state() has not found any more"


@case("killed, and then changed here before the next sync: no conflict is made of our own writing")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    made = fill(d)
    args = ["sync", calendar_of(d)]
    total = writes_of(d, args)
    for at in points(total, 3):
        restore_both(d)
        faulty(d, args, "after", at)
        d.run("edit", made["Here"], "--title", "Here 3")
        d.run("edit", made["Same"], "--title", "Same 3")
        ended = settle(d, "")
        titles = [f[0] for f in ended[0]]
        equal((titles.count("Here 3"), titles.count("Same 3"), sum("copy" in t for t in titles)), (1, 1, 1), "at write %d of %d" % (at, total))


@case("a write that fails, and a full disk: status 4 and one line, or done; afterwards as if nothing had been")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    fill(d)
    args = ["sync", calendar_of(d)]
    total = writes_of(d, args)
    wanted = settle(d, "no fault")
    for what in ("eio", "full"):
        for at in points(total):
            restore_both(d)
            result = faulty(d, args, what, at)
            label = "%s at write %d of %d: %s" % (what, at, total, result)
            assert result.status in (0, 4), label
            if result.status == 4:
                equal((result.out, result.err.count("\n")), ("", 1), label)
            equal(settle(d, label), wanted, label)


@case("the migration from the first schema, killed at every write: the next run completes it, and nothing is lost")
def _(d):
    if not os.path.exists(SHIM):
        skip("the shim is not built")
    d.organization()
    d.new("Old", "2026-11-24 09:00", "--attendee", "bob@example.org")
    d.first_schema()
    keep(d)
    everything = ("SELECT uid, title, location, start_local, tz, start_at, span_end, notes, conference_id, sequence, search, version"
                  " FROM meeting; SELECT meeting_uid, position, email, name, search FROM attendee; SELECT digits, length, kind, organizer_uid, meeting_uid, state, drawn, issued, retired, reserved_until, ends, replaced_by FROM conference_id; SELECT * FROM history; SELECT uid, email, email_key, name, tz, lang, dial_in, provider, static_id, search, version FROM organizer")
    before = d.sql(everything)
    args = ["agenda"]

    def again():
        restore(d)
        for name in os.listdir(d.folder):
            if ".bak" in name:
                os.unlink(d.path(name))

    total = writes_of(d, args)
    assert total > 5, total
    for way, what in enumerate(ALL):
        for at in points(total, way):
            again()
            faulty(d, args, what, at)
            label = "%s at write %d of %d" % (what, at, total)
            sound(d, label)
            equal(d.sql(everything), before, label)
            equal(d.sql("SELECT number FROM schema_migration").split(), [str(n + 1) for n in range(SCHEMAS)], label)
            old = sqlite3.connect(d.db + ".before-2.bak")
            equal((old.execute("PRAGMA integrity_check").fetchone(), old.execute("SELECT MAX(number) FROM schema_migration").fetchone(),
                   old.execute("SELECT title FROM meeting").fetchall()), (("ok",), (1,), [("Old",)]), label)
            old.close()


main()
