#!/usr/bin/python3
"""Many processes on one store at the same time."""

import json
import sqlite3
import subprocess
import threading
import time

import _faults
from _faults import fill, sound
from dialdesk import case, equal, main

PROCESSES, EACH = 8, 12


def slip(a, b):
    """True where one wrong digit, or one swap of neighbours, makes b of a."""
    if len(a) != len(b) or a == b:
        return a == b
    different = [i for i in range(len(a)) if a[i] != b[i]]
    if len(different) == 1:
        return True
    return len(different) == 2 and different[1] == different[0] + 1 and a[different[0]] == b[different[1]] \
        and a[different[1]] == b[different[0]]


@case("eight processes scheduling at once: all done, none refused, no two IDs within a slip")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org", "--dial-in", "on", "--provider", "microsoft")
    made, wrong = [], []

    def work(number):
        for turn in range(EACH):
            try:
                result = d.run("new", "--json", "-o", ("ada", "bob")[number % 2] + "@example.org", "--title",
                               "Meeting %d of %d" % (turn, number), "--start", "2026-12-01 %02d:%02d" % (8 + number, turn * 5))
                made.append(result.json())
            except Exception as error:  # told by the main thread
                wrong.append(str(error))

    workers = [threading.Thread(target=work, args=(number,)) for number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    equal(wrong, [])
    equal(len({meeting["uid"] for meeting in made}), PROCESSES * EACH)
    ids = [meeting["conference_id"] for meeting in made]
    equal([(a, b) for i, a in enumerate(ids) for b in ids[i + 1:] if slip(a, b)], [])
    sound(d, "the race")
    equal(d.json("org")["live_ids"], PROCESSES * EACH)


@case("eight processes change one meeting: each is done whole or told that somebody else was first")
def _(d):
    d.organization()
    uid = d.new("Everybody's", "2026-12-01 09:00", "--attendee", "eve@example.org")["uid"]
    children = [d.start("edit", uid, "--json", "--title", "Title %d" % n, "--location", "Room %d" % n) for n in range(PROCESSES)]
    done = []
    for child in children:
        out, err = child.communicate()
        if child.returncode == 0:
            done.append(json.loads(out))
        elif child.returncode not in (3, 4):
            raise AssertionError("status %d: %s" % (child.returncode, err.decode()))
    assert done, "nobody came through"
    now = d.json("show", uid)
    equal(now["title"].split()[1], now["location"].split()[1], "one editor's title with another's room")
    sound(d, "the edits")
    changes = [h for h in d.json("history", uid) if "edit" in h["event"] or "chang" in h["event"] or "updat" in h["event"]]
    equal(len(changes), len(done), "one line of history a change")


def together(d, *commands):
    """The commands at once: (status, JSON or None, words on standard error) of each."""
    children = [d.start(*command, "--json") for command in commands]
    told = []
    for child in children:
        out, err = child.communicate()
        assert child.returncode in (0, 1, 3, 4), "status %d: %s" % (child.returncode, err.decode())
        told.append((child.returncode, json.loads(out) if child.returncode == 0 else None, err.decode()))
    return told


def series(d):
    return d.new("Series", "2026-12-01 09:00", "--repeat", "FREQ=DAILY;COUNT=8", "--attendee", "eve@example.org")["uid"]


def told_history(d, uid, done, what):
    """Each that says it was done has a line of history and a step of the sequence, nothing else has."""
    events = [h["event"] for h in d.json("history", uid) if h["event"] not in ("meeting scheduled", "id issued", "id retired")]
    equal((len(events), d.json("show", uid)["sequence"]), (done, done), what + ": " + ", ".join(events))


@case("processes that edit different occurrences of one series at once: what was done is there, and nothing else")
def _(d):
    d.organization()
    uid = series(d)
    days = range(1, 9)
    told = together(d, *[("edit", uid, "--occurrence", "2026-12-%02d" % day, "--title", "Day %d" % day) for day in days])
    done = {day for day, (status, _, _) in zip(days, told) if status == 0}
    assert done, told
    shown = {int(m["start"][8:10]): m["title"] for m in d.json("agenda", "--from", "2026-12-01", "--days", "9")}
    equal(shown, {day: "Day %d" % day if day in done else "Series" for day in days})
    told_history(d, uid, len(done), "edits")
    sound(d, "the edits of occurrences")


@case("two processes that edit one occurrence at once: one's time with its own title, never a mixture")
def _(d):
    d.organization()
    uid = series(d)
    told = together(d, *[("edit", uid, "--occurrence", "2026-12-03", "--title", "Title %d" % n, "--start", "2026-12-03 1%d:00" % n,
                          "--location", "Room %d" % n) for n in (1, 2)])
    done = [status for status, _, _ in told].count(0)
    one = [m for m in d.json("agenda", "--from", "2026-12-03", "--days", "1")]
    equal(len(one), 1, one)
    if done:
        number = one[0]["title"].split()[1]
        equal((one[0]["location"], one[0]["start"][11:16]), ("Room " + number, "1%s:00" % number))
    assert done, told
    told_history(d, uid, done, "edits")
    sound(d, "the edits of one occurrence")


@case("the whole series is edited while one occurrence is cancelled, split off and edited: each done whole, or told why not")
def _(d):
    d.organization()
    for turn in range(3):
        uid = series(d)
        told = together(d, ("edit", uid, "--title", "All", "--location", "Hall"),
                        ("cancel", uid, "--occurrence", "2026-12-03"),
                        ("edit", uid, "--occurrence", "2026-12-04", "--title", "One"),
                        ("edit", uid, "--occurrence", "2026-12-07", "--following", "--title", "Rest"))
        whole, cancelled, one, rest = [status == 0 for status, _, _ in told]
        assert whole or cancelled or one or rest, told
        shown = {int(m["start"][8:10]): m for m in d.json("agenda", "--from", "2026-12-01", "--days", "9")}
        equal(3 in shown, not cancelled, "turn %d, the cancelled one: %s" % (turn, told))
        equal(sorted(shown), [day for day in range(1, 9) if day != 3 or not cancelled])
        equal((shown[1]["title"], shown[1]["location"]), ("All", "Hall") if whole else ("Series", ""))
        equal(shown[4]["title"], "One" if one else shown[1]["title"])
        equal(shown[8]["uid"] != uid, rest)
        equal(shown[8]["title"], "Rest" if rest else shown[1]["title"])
        if rest:
            equal(shown[7]["conference_id"], told[3][1]["conference_id"])
        told_history(d, uid, sum((whole, cancelled, one, rest)), "turn %d" % turn)
        sound(d, "turn %d" % turn)
        d.run("cancel", uid)
        if rest:
            d.run("cancel", shown[8]["uid"])


@case("different things of the organization and of one organizer are set at once: all of them are, none is refused")
def _(d):
    d.organization()
    wrong = []

    def work(command, option, values):
        for value in values:
            try:
                d.run(*command, option, value)
            except Exception as error:  # told by the main thread
                wrong.append(str(error))

    numbers, ada = [str(n) for n in range(1, EACH)], ("organizer", "set", "ada@example.org")
    workers = [threading.Thread(target=work, args=args) for args in (
        (("org",), "--margin-minutes", numbers), (("org",), "--early-minutes", numbers),
        (ada, "--name", numbers), (ada, "--third-party-name", numbers))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    equal(wrong, [])
    org = d.json("org")
    equal((org["margin_minutes"], org["early_minutes"]), (EACH - 1, EACH - 1))
    equal(d.json("organizer", "show", "ada@example.org")["name"], numbers[-1])


@case("the same occurrence is cancelled by four processes: once, the others are told that there is none")
def _(d):
    d.organization()
    uid = series(d)
    told = together(d, *[("cancel", uid, "--occurrence", "2026-12-03")] * 4)
    equal(sorted(status for status, _, _ in told), [0, 1, 1, 1], told)
    equal(len(d.json("agenda", "--from", "2026-12-01", "--days", "9")), 7)
    told_history(d, uid, 1, "cancelled")
    sound(d, "the cancelling")


@case("the same meeting is converted by four processes at once: one new ID, one reminder an attendee")
def _(d):
    made = fill(d)
    children = [d.start("convert", made["legacy0"], "--json") for _ in range(4)]
    new = set()
    for child in children:
        out, _ = child.communicate()
        if child.returncode == 0:
            new |= {row["new_id"] for row in json.loads(out) if row["new_id"]}
    equal(len(new), 1, "the new IDs that were said")
    equal(d.json("show", made["legacy0"])["conference_id"], new.pop())
    sound(d, "the conversions")


@case("readers go on while one writes, and see whole meetings")
def _(d):
    d.organization()
    stop, wrong = threading.Event(), []

    def read():
        while not stop.is_set():
            try:
                for meeting in d.json("agenda", "--from", "2026-12-01", "--days", "3"):
                    assert meeting["conference_id"], meeting
            except Exception as error:  # told by the main thread
                wrong.append(str(error))
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(25):
        d.new("Written %d" % number, "2026-12-01 %02d:%02d" % (number // 4 + 8, number % 4 * 15))
    stop.set()
    for reader in readers:
        reader.join()
    equal(wrong, [])


@case("a writer waits for another's transaction, and is done when that ends")
def _(d):
    d.organization()
    other = sqlite3.connect(d.db, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    child = d.start("new", "--title", "Waits", "--start", "2026-12-01 09:00")
    time.sleep(0.5)
    running = child.poll() is None
    other.execute("ROLLBACK")
    _, err = child.communicate()
    assert running, "it did not wait: %s" % err.decode()
    equal(child.returncode, 0, err.decode())


@case("a store that stays locked: status 4 and one line after a time limit; readers are not held up")
def _(d):
    d.organization()
    d.new("There", "2026-12-01 09:00")
    other = sqlite3.connect(d.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    equal(len(d.json("agenda", "--from", "2026-12-01")), 1)
    d.error("new", "--title", "Never", "--start", "2026-12-01 10:00", status=4)
    other.execute("ROLLBACK")
    equal(len(d.json("agenda", "--from", "2026-12-01")), 1, "nothing was stored")
    other.close()


@case("a backup while others write is whole")
def _(d):
    d.organization()
    children = [d.start("new", "--title", "Busy %d" % n, "--start", "2026-12-01 %02d:00" % (8 + n)) for n in range(8)]
    d.run("backup", d.path("copy.db"))
    for child in children:
        child.communicate()
        equal(child.returncode, 0)
    d.run("check", "--db", d.path("copy.db"))
    sound(d, "the backup")


main()
