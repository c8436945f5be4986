#!/usr/bin/python3
"""The keys that everyday work takes: pressed one by one, looked at, counted, and compared with docs/keystrokes.md."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, has, lacks, main

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


APP = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:app
DTSTAMP:20261101T000000Z
DTSTART:20261124T140000Z
DTEND:20261124T150000Z
SUMMARY:In the app
ORGANIZER:mailto:ada@example.org
DESCRIPTION:Meeting ID: 254 123 456 789\\nPhone conference ID: 939 071 23#
END:VEVENT
END:VCALENDAR
"""


def said(terminal):
    """What stands in the frame of the sentence."""
    lines = terminal.text().splitlines()
    first = next(i for i, line in enumerate(lines) if "┌─ Say" in line)
    last = next(i for i, line in enumerate(lines) if i > first and "└─" in line)
    return " ".join(" ".join(line.strip(" │") for line in lines[first + 1:last]).split())


@case("six calls, each answered within ten keys, and no stranger learns anything")
def _(d):
    own = calendar(d)
    d.run("organizer", "add", "kay@example.org", "--name", "Kay Third", "--provider", "third-party", "--third-party-passcode", "550123")
    with open(d.path("app.ics"), "w", encoding="utf-8") as file:
        file.write(APP)
    d.run("import", d.path("app.ics"), "-o", "ada@example.org")
    old = d.json("search", "Budget")[0]
    new = d.json("convert", old["uid"])[0]["new_id"]
    wrong = own[:-1] + ("0" if own[-1] != "0" else "1")
    group = lambda digits: " ".join(digits[i:i + 3] for i in range(0, len(digits), 3))
    for name, typed, before, after in (
            ("a wrong digit, the near miss that the caller named", wrong, "I cannot find the conference ID", "enter the conference ID " + group(own)),
            ("an old invitation, the new ID after the caller check (third in the list)", old["conference_id"], "who organizes it and when it begins", "ID, " + group(new)),
            ("too early", own, "it is too early; callers are let in", None),
            ("the app's meeting ID", "254123456789", "the meeting ID for the app", "enter the conference ID 939 071 23"),
            ("only the organizer's name and a time", "ada 10:00", "who organizes the meeting and when it begins", "“Supplier call” begins tomorrow"),
            ("a third-party provider's passcode", "550123", "belongs to another conferencing service", None)):
        keys = Keys(d, "agenda", env={"DIALDESK_ORGANIZER": "ada@example.org"})
        keys.terminal.wait("Supplier call")
        keys.press("6")
        keys.type(typed)
        keys.terminal.wait("For your eyes")
        sentence = said(keys.terminal)
        has(sentence, before)
        for secret in ("Budget", "Supplier", "Roadmap", "In the app", "Ada", "Kay", "@", group(new), "939 071"):
            lacks(sentence, secret)
        if typed != own:
            lacks(sentence, group(own))
        if after and typed == old["conference_id"]:
            # the meeting that moved stands below those that still use the ID
            keys.press("Down", "Down")
        if after:
            keys.press("Enter")
            keys.terminal.wait("Say after the caller check")
            has(said(keys.terminal), after)
        assert keys.pressed <= 10, name
        keys.done("a call: " + name)
    keys = Keys(d, "lookup", env={"DIALDESK_ORGANIZER": "ada@example.org"})
    keys.terminal.wait("Type the digits")
    keys.terminal.send(own)
    keys.terminal.wait("is right")
    keys.press("l")
    keys.terminal.wait("Say (Dansk)")
    keys.press("n")
    keys.terminal.wait("Note this call")
    keys.press("Enter")
    keys.terminal.wait("Noted in the history of " + own)
    has(d.json("history", own)[-1]["detail"], "told: Konference-id")
    keys.done("the same in another language, and noted")


@case("the day of the cut-over")
def _(d):
    calendar(d)
    keys = Keys(d, "agenda")
    keys.terminal.wait("Budget review")
    keys.press("5", "*", "c")
    keys.terminal.wait("2 meetings will each get a dynamic ID")
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
