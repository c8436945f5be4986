#!/usr/bin/python3
"""Whole calls: callers dial a bridge on loopback, type digits and speak tones; what each hears shows into which room dialdesk let it.

The bridge (tests/call/bridge.c) asks `dialdesk admit --agi`; bridge and callers are built on libre and librem."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import phone
from dialdesk import case, equal, main
from phone import Caller, Talker, wait

ADA = "ada@example.org"
WORDS = {"conf-invalid": 3000, "REFUSED": 3100, "EARLY": 3200, "ERROR": 3300}


class Bridge(Talker):
    def __init__(self, d):
        self.d, self.rooms, self.told, self.gone, self.callers = d, {}, {}, set(), []
        super().__init__(d, "bridge", d.program, "admit", "--agi")
        self.port = int(re.fullmatch(r"listening (\d+)", self.next()).group(1))

    def now(self, at):
        self.tell("now " + at)
        equal(self.next(), "ok")

    def happens(self, line):
        what, _, rest = line.partition(" ")
        who, _, more = rest.partition(" ")
        if what == "room":
            self.rooms[who] = more
        elif what == "told":
            self.told.setdefault(who, []).append(more)
        elif what == "gone":
            self.gone.add(who)
        else:
            self.lines.put(line)

    def call(self, number, tone, *typed):
        """A call that is answered: the bridge has started dialdesk by its clock of now."""
        caller = Guest(self, number, tone)
        self.callers.append(caller)
        caller.answered()
        for digits in typed:
            caller.type(digits)
        return caller

    def end(self):
        for caller in self.callers:
            caller.end()
        super().end()


class Guest(Caller):
    def __init__(self, bridge, number, tone):
        self.bridge = bridge
        super().__init__(bridge.d, "sip:8999@127.0.0.1:%d" % bridge.port, number, tone)

    def enters(self):
        """Waits until it is in a room; its name."""
        return wait(lambda: self.bridge.rooms.get(self.number), "%s in a room; told %s" % (self.number, self.bridge.told))

    def is_told(self, word):
        """Waits until the bridge has hung up after this word, which the caller heard, and nobody else."""
        wait(lambda: self.number in self.bridge.gone and self.closed.is_set(), "%s is let go" % self.number)
        equal(self.bridge.told[self.number][-1], word)
        assert WORDS[word] in self.heard, (word, self.heard)
        assert self.heard <= set(WORDS.values()), "%s heard somebody: %s" % (self.number, self.heard)
        assert self.number not in self.bridge.rooms


def hear_each_other(*groups):
    """Each hears the others of its group, and has not heard anybody else's voice at any moment of its call."""
    phone.hear_each_other(*groups)
    for group in groups:
        tones = {caller.tone for caller in group}
        for caller in group:
            others = caller.heard - (tones - {caller.tone}) - set(WORDS.values())
            assert not others, "%s (%d Hz) heard %s" % (caller.number, caller.tone, others)


@case("two back-to-back meetings of one organizer never mix")
def _(d):
    d.organization()
    first, second = d.new("Budget", "2026-11-24 09:00"), d.new("Roadmap", "2026-11-24 10:00")
    b = Bridge(d)
    b.now("2026-11-24T09:40:00Z")
    one, two = b.call("1001", 500, first["conference_id"] + "#"), b.call("1002", 600, first["conference_id"] + "#")
    equal({one.enters(), two.enters()}, {"m-" + first["uid"]})
    hear_each_other([one, two])
    b.now("2026-11-24T09:50:00Z")  # the second one's early entry: the first is still on
    three, four = b.call("1003", 700, second["conference_id"] + "#"), b.call("1004", 800, second["conference_id"] + "#")
    equal({three.enters(), four.enters()}, {"m-" + second["uid"]})
    hear_each_other([one, two], [three, four])
    b.now("2026-11-24T10:10:00Z")  # who is late for the end of the first does not land in the second
    five = b.call("1005", 900, first["conference_id"] + "#")
    equal(five.enters(), "m-" + first["uid"])
    hear_each_other([one, two, five], [three, four])
    b.end()


@case("two legacy meetings on one static ID do mix; converted ones no more")
def _(d):
    d.organization(dynamic="off")
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    first, second = d.new("Budget", "2026-11-24 09:00"), d.new("Roadmap", "2026-11-24 10:00")
    d.run("org", "--dynamic-ids", "on")
    b = Bridge(d)
    b.now("2026-11-24T09:50:00Z")
    one = b.call("1001", 500, "7654321#")
    one.enters()
    b.now("2026-11-24T10:00:00Z")
    two = b.call("1002", 600, "7654321#")
    equal(one.enters(), two.enters())
    hear_each_other([one, two])
    d.run("convert", first["uid"], second["uid"])
    b.now("2026-11-24T09:50:00Z")
    three, four = (b.call(number, tone, d.json("show", m["uid"])["conference_id"] + "#")
                   for number, tone, m in (("1003", 700, first), ("1004", 800, second)))
    equal((three.enters(), four.enters()), ("m-" + first["uid"], "m-" + second["uid"]))
    five = b.call("1005", 900, "7654321#", "7654321#", "7654321#")
    five.is_told("REFUSED")
    hear_each_other([one, two], [three], [four])
    b.end()


@case("a wrong digit reaches nobody; the second try may be right, the third wrong one is the last")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    i = m["conference_id"]
    slips = [i[:k] + str((int(i[k]) + 1) % 10) + i[k + 1:] for k in range(len(i))]
    b = Bridge(d)
    one = b.call("1001", 500, i + "#")
    one.enters()
    wrong = [b.call("2%03d" % k, 1000 + 100 * k, *(slips[(k + j) % len(slips)] + "#" for j in range(3))) for k in range(4)]
    two = b.call("1002", 600, slips[0] + "#", i + "#")
    for caller in wrong:
        caller.is_told("REFUSED")
        equal(b.told[caller.number], ["conf-invalid", "conf-invalid", "REFUSED"])
    equal((two.enters(), b.told["1002"]), ("m-" + m["uid"], ["conf-invalid"]))
    hear_each_other([one, two])
    assert WORDS["conf-invalid"] in two.heard
    b.end()


@case("twenty callers in four meetings at once: each hears the four others of its own and nobody else")
def _(d):
    d.organization()
    meetings = [d.new("Meeting %d" % k, "2026-11-23 09:00") for k in range(4)]
    b = Bridge(d)
    callers = [b.call("10%02d" % k, 400 + 100 * k, meetings[k % 4]["conference_id"] + "#") for k in range(20)]
    right = sum(caller.enters() == "m-" + meetings[k % 4]["uid"] for k, caller in enumerate(callers))
    equal(right, 20)
    hear_each_other(*(callers[k::4] for k in range(4)))
    equal(d.sql("SELECT COUNT(*) FROM call WHERE verdict = 'admit'").strip(), "20")
    b.end()


@case("too early: told so, and let in when it is time; over: the room is closed")
def _(d):
    d.organization()
    d.run("org", "--grace-minutes", "0")
    m = d.new("Budget", "2026-11-24 09:00")
    i = m["conference_id"] + "#"
    b = Bridge(d)
    told = []
    for at, number, word in (("07:00:00", "1001", "REFUSED"), ("08:44:59", "1002", "EARLY"), ("10:00:00", "1005", "REFUSED")):
        b.now("2026-11-24T%sZ" % at)
        told.append((b.call(number, 500, i, i, i), word))
    b.now("2026-11-24T08:45:00Z")
    one = b.call("1003", 600, i)
    b.now("2026-11-24T09:59:56Z")
    two = b.call("1004", 700, i)
    for caller, word in told:
        caller.is_told(word)
    equal({one.enters(), two.enters()}, {"m-" + m["uid"]})
    hear_each_other([one, two])
    wait(two.closed.is_set, "the room's time is over")
    assert not one.closed.is_set()  # its own time ends with the meeting, too: in more than an hour of this clock
    b.end()


@case("the store held: the caller hears that it is an error, never that the ID is wrong")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    b = Bridge(d)
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN EXCLUSIVE")
        b.call("1001", 500, m["conference_id"] + "#").is_told("ERROR")
        db.execute("ROLLBACK")
    two = b.call("1002", 600, m["conference_id"] + "#")
    two.enters()
    b.end()


@case("a caller who hangs up while typing, or in the room: the others go on")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    b = Bridge(d)
    one, two, three = (b.call("100%d" % k, 400 + 100 * k, m["conference_id"] + "#") for k in range(3))
    half = b.call("1009", 900, "12")
    for caller in (one, two, three):
        caller.enters()
    hear_each_other([one, two, three])
    three.end()
    half.end()
    b.callers = [one, two]
    wait(lambda: {"1002", "1009"} <= b.gone, "both are gone")
    wait(lambda: one.hears == {two.tone}, "one hears two alone")
    b.end()


main()
