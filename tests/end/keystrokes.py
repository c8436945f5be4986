#!/usr/bin/python3
"""The keys that everyday work takes: pressed one by one, looked at, counted, and compared with docs/keystrokes.md."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, has, main

TABLE = os.path.join(ROOT, "docs", "keystrokes.md")
MONDAY = {"DIALDESK_NOW": "2026-11-23T08:10:00Z"}


class Keys:
    """A terminal that counts the keys which are pressed in it, and apart from them the letters of `typed` texts."""

    def __init__(self, d, view, columns=100, env=None):
        self.terminal = d.terminal("console", "--view", view, columns=columns, env={**MONDAY, **(env or {})})
        self.pressed = self.typed = 0

    def press(self, *names):
        for name in names:
            self.pressed += 1
            if len(name) == 1:
                self.terminal.send(name)
            else:
                self.terminal.key(name)

    def type(self, text):
        self.typed += len(text)
        self.terminal.send(text)

    def done(self, what):
        """The table's row of this name says so many keys; the console is left."""
        with open(TABLE, encoding="utf-8") as file:
            rows = [line.split(" | ") for line in file if line.startswith("| " + what + " | ")]
        equal(len(rows), 1, "rows named '%s'" % what)
        said = re.match(r"(\d+)(?: \+ (\w+(?: \+ \w+)*))?$", rows[0][2])
        equal(self.pressed, int(said.group(1)), what)
        if not said.group(2):
            equal(self.typed, 0, what)
        elif said.group(2).isdigit():
            equal(self.typed, int(said.group(2)), what)
        self.terminal.key("Ctrl-Q")
        self.terminal.exit(0)


def calendar(d):
    d.organization(dynamic="off")
    d.new("Budget review", "2026-11-24 09:00", "--attendee", "grace@example.org")
    d.new("Supplier call", "2026-11-24 10:00", "--attendee", "bob@example.org")
    d.new("Team meeting", "2026-11-26 15:00")
    d.run("org", "--dynamic-ids", "2026-11-23")
    return d.json("show", d.new("Roadmap", "2026-11-25 09:00")["uid"])["conference_id"]


@case("a meeting at the next full hour, with its ID on screen, and copied")
def _(d):
    calendar(d)
    for what, copies in (("a meeting at the next full hour, with its ID on screen", False),
                         ("the same, and the ID copied", True)):
        keys = Keys(d, "agenda")
        keys.terminal.wait("Budget review")
        keys.press("n")
        keys.type("Stand-up %d" % copies)
        keys.press("Ctrl-S")
        keys.terminal.wait("Scheduled. Its conference ID is")
        made = d.json("search", "Stand-up %d" % copies)[0]
        has(keys.terminal.text(), made["conference_id"])
        equal(made["start"][:16], "2026-11-23T09:00")
        if copies:
            keys.press("y")
            keys.terminal.wait("Copied the conference ID " + made["conference_id"])
        keys.done(what)
        d.run("cancel", made["uid"])


@case("from no store at all to a first meeting with its ID on screen")
def _(d):
    for mail, what in (("Ada Lovelace <ada@example.org>", "from no store at all to a first meeting with its ID"),
                       ("", "the same where the system tells no address")):
        keys = Keys(d, "agenda", env={"EMAIL": mail})
        keys.terminal.wait("Shall a new store be made there?")
        keys.press("y")
        keys.terminal.wait("Who schedules here?")
        if not mail:
            keys.type("ada@example.org")
        keys.press("Ctrl-S")
        keys.terminal.wait("New meeting")
        keys.type("Kick-off")
        keys.press("Ctrl-S")
        keys.terminal.wait("Scheduled. Its conference ID is")
        made = d.json("search", "Kick-off")[0]
        equal((made["id_kind"], made["organizer"]), ("dynamic", "ada@example.org"))
        keys.done(what)
        os.remove(d.db)


@case("tomorrow at 9, half an hour")
def _(d):
    calendar(d)
    for view in ("day", "week"):
        keys = Keys(d, view)
        keys.terminal.wait("23 Nov")
        keys.press("l", "n")
        keys.type("Kick-off " + view)
        keys.press("Tab", "Tab", "9", "Tab", "3", "0", "Ctrl-S")
        keys.terminal.wait("Scheduled.")
        made = d.json("search", "Kick-off " + view)[0]
        equal((made["start"][:16], made["end"][:16]), ("2026-11-24T09:00", "2026-11-24T09:30"))
        keys.done("tomorrow at 9, half an hour (from day or week)")


@case("finding a meeting, going to a day, copying an invitation")
def _(d):
    calendar(d)
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("/")
    keys.type("roadm")
    keys.terminal.wait("Roadmap  Wed 25 Nov")
    keys.press("Enter")
    keys.terminal.wait("dynamic: this meeting's own")
    keys.done("find a meeting by a word and open it")
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press(".", *"2027-03-01", "Enter")
    keys.terminal.wait("Agenda · Mon 1 Mar 2027")
    keys.done("go to 1 March 2027")
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("i", "y")
    keys.terminal.wait("Copied the invitation")
    keys.done("the invitation of the selected meeting, copied")


@case("the answer for a caller")
def _(d):
    own = calendar(d)
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("6")
    keys.type(own)
    keys.terminal.wait('is right, but it is too early')
    keys.done("the answer for a caller")
    keys = Keys(d, "lookup")
    keys.terminal.wait("Type the digits")
    keys.type(own)
    keys.terminal.wait('is right, but it is too early')
    keys.done("the same where lookup was the last view")
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("6")
    keys.type(own[:4])
    keys.terminal.wait_match("%s +Wed 25 Nov 2026 .*Roadmap" % own)
    keys.done("which meeting it must be, from four digits on")


@case("the day of the cut-over")
def _(d):
    calendar(d)
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("5", "*", "c")
    keys.terminal.wait("2 meetings will get a dynamic ID")
    keys.press("y")
    keys.terminal.wait("Converted 2 meetings; 2 reminders in the outbox")
    equal([m["title"] for m in d.json("legacy")], ["Team meeting"])
    keys.done("my risky meetings converted, their reminders queued")
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("5", "A", "C", "y")
    keys.terminal.wait("gave way to")
    equal(d.json("legacy"), [])
    keys.done("everybody's legacy meetings converted")


main()
