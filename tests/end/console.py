#!/usr/bin/python3
"""The console in a real pseudo terminal: what it draws, what it writes to the terminal, how it leaves it."""

import os
import resource
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
import _terminal
from dialdesk import case, equal, has, lacks, main, matches

ENTER_SCREEN, LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
PASTE_ON, PASTE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"
MOUSE_ON, MOUSE_OFF = b"\x1b[?1000h\x1b[?1006h", b"\x1b[?1006l\x1b[?1000l"


def clean(t):
    """What was switched on was switched off, last."""
    for on, off in ((ENTER_SCREEN, LEAVE_SCREEN), (PASTE_ON, PASTE_OFF), (MOUSE_ON, MOUSE_OFF)):
        assert t.raw.rfind(off) > t.raw.rfind(on), "%r is not the last word on it" % off
    assert t.raw.rfind(b"\x1b[?25h") > t.raw.rfind(b"\x1b[?25l"), "the cursor is hidden"
    assert MOUSE_ON in t.raw and PASTE_ON in t.raw, "not asked for"


def calendar(d):
    _terminal.calendar(d, "Roadmap")


@case("opens, shows the calendar, leaves the terminal clean")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    has(t.text(), "Tue 24 Nov 2026")
    t.send("q")
    t.exit(0)
    clean(t)


@case("no argument at all opens the console: the week in 120 columns, the agenda else")
def _(d):
    calendar(d)
    t = d.terminal(columns=120, rows=40)
    t.wait("Week ·")
    t.send("q")
    t.exit(0)
    os.remove(d.path("state/dialdesk/view"))
    t = d.terminal(columns=80, rows=24)
    t.wait("Agenda ·")
    t.send("q")
    t.exit(0)


@case("a meeting is scheduled from the keyboard, and its invitation copied by OSC 52")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.send("nKick-off")
    t.key("Tab")
    t.send("2026-11-30")
    t.key("Tab")
    t.send("9:30")
    t.wait("9:30")
    t.key("Ctrl-S")
    t.wait("Scheduled. Its conference ID is")
    made = d.json("search", "Kick-off")[0]
    has(t.text(), "Its conference ID is " + made["conference_id"])
    t.send("y")
    t.wait("Copied the conference ID")
    import base64
    t.wait_raw(b"\x1b]52;c;" + base64.b64encode(made["conference_id"].encode()) + b"\a")
    t.send("i")
    t.wait("Conference ID: " + made["conference_id"])
    t.send("y")
    t.wait("Copied the invitation")
    copied = base64.b64decode(t.raw.split(b"\x1b]52;c;")[-1].split(b"\a")[0]).decode()
    equal(copied, d.run("invite", made["uid"]).out)
    t.send("qqq")
    t.exit(0)


@case("lookup answers as digits come, and takes a pasted line")
def _(d):
    calendar(d)
    shared = d.json("legacy")[0]["conference_id"]
    t = d.terminal("console", "--view", "lookup")
    t.wait("Type the digits")
    t.send(shared[:-1])
    t.wait("IDs that begin")
    t.send(shared[-1])
    t.wait("static ID of Ada Lovelace")
    t.key("Esc")
    t.wait("Type the digits")
    t.send("\x1b[200~+1 323-849-4874,,%s# Los Angeles\nq\x1b[201~" % shared)
    t.wait("static ID of Ada Lovelace")
    t.key("Esc")
    t.wait("Type the digits")
    t.key("Ctrl-Q")
    t.exit(0)
    clean(t)


@case("a paste outside of a field does nothing")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.send("\x1b[200~Dyq\x1b[201~")
    t.wait("A paste goes into a field only")
    t.send("q")
    t.exit(0)
    equal(d.json("search", "Budget")[0]["status"], "scheduled")


@case("legacy meetings are converted after a question")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "legacy")
    t.wait("2 at risk")
    t.send("C")
    t.wait("2 meetings will each get a dynamic ID")
    t.send("y")
    t.wait("Converted 2 meetings")
    equal(d.json("legacy"), [])
    t.send("q")
    t.wait("nothing to convert")
    t.send("q")
    t.exit(0)


@case("another process's change appears without a key")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    d.new("From a script", "2026-11-24 15:00")
    t.wait("From a script")
    t.send("q")
    t.exit(0)


@case("another process's change appears without a key in each view that shows it")
def _(d):
    calendar(d)
    shared = d.json("legacy")[0]["conference_id"]
    for view, opened in (("day", "Day"), ("week", "Week"), ("month", "Month")):
        t = d.terminal("console", "--view", view, columns=200, rows=60)
        t.wait(opened + " \u00b7")
        d.new("By " + view, "2026-11-23 15:00")
        t.wait("By " + view)
        t.send("q")
        t.exit(0)
    t = d.terminal("console", "--view", "lookup")
    t.send(shared)
    t.wait("static ID of Ada Lovelace")
    legacy = d.terminal("console", "--view", "legacy")
    legacy.wait("2 at risk")
    outbox = d.terminal("console", "--view", "outbox")
    outbox.wait("No message to an attendee is waiting")
    d.run("convert", "--organizer-all")
    legacy.wait("nothing to convert")
    outbox.wait("grace@example.org")
    t.wait_match("REPLACED|RETIRED|replaced|gave way|no longer")
    directory = d.terminal("console", "--view", "directory")
    directory.wait("ada@example.org")
    d.run("organizer", "add", "grace@example.org", "--name", "Grace Hopper")
    directory.wait("Grace Hop")
    for one in (legacy, outbox, directory):
        one.send("q")
        one.exit(0)
    t.key("Esc")
    t.wait("Type the digits")
    t.key("Ctrl-Q")
    t.exit(0)


@case("another process's change appears without a key in what is open over a view, and beside it")
def _(d):
    calendar(d)
    uid = d.json("search", "Budget")[0]["uid"]
    opened = {}
    for name, keys, columns in (("meeting", "\r", 80), ("pane", "", 140), ("invitation", "i", 80), ("search", "/budget", 80)):
        opened[name] = d.terminal("console", "--view", "agenda", columns=columns)
        opened[name].wait("Budget review")
        opened[name].send(keys)
    opened["meeting"].wait("Attendees (1)")
    opened["pane"].wait("\u2502 Budget review")
    opened["invitation"].wait("Join by phone")
    opened["search"].wait("!! Budget review")
    d.run("edit", uid, "--title", "Budget moved", "--location", "Room 9")
    opened["meeting"].wait("Room 9")
    opened["pane"].wait("\u2502 Room 9")
    opened["invitation"].wait("Where: Room 9")
    opened["search"].wait("!! Budget moved")
    d.run("cancel", uid)
    opened["meeting"].wait("[Budget moved] cancelled")
    opened["pane"].wait("\u2502 [Budget moved] cancelled")
    opened["invitation"].wait("This meeting has been cancelled.")
    opened["search"].wait("[Budget moved]")
    for t in opened.values():
        t.key("Ctrl-Q")
        t.exit(0)


@case("a store that somebody else keeps locked: said so, what was typed stays, and is saved later")
def _(d):
    import sqlite3
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    other = sqlite3.connect(d.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    t.send("nPatience")
    t.key("Tab")
    t.send("2026-11-30")
    t.wait("2026-11-30")
    t.key("Ctrl-S")
    t.wait_match(r"kept it|try\s+again")
    has(t.text(), "Title       Patience")
    other.execute("ROLLBACK")
    other.close()
    t.key("Ctrl-S")
    t.wait("Its conference ID is")
    equal(len(d.json("search", "Patience")), 1)
    t.send("qq")
    t.exit(0)


@case("a store that somebody else holds when it starts: what is waited for is said at once, and then it opens")
def _(d):
    import sqlite3
    calendar(d)
    other = sqlite3.connect(d.db, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")  # nobody else may even read, as while a backup is put back
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE held (held TEXT)")
    t = d.terminal("console", "--view", "agenda")
    t.wait("Opening the store")
    other.execute("ROLLBACK")
    other.close()
    t.wait("Budget review")
    lacks(t.text(), "Opening")
    t.send("q")
    t.exit(0)
    clean(t)
    other = sqlite3.connect(d.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # a writer keeps no reader waiting
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.send("q")
    t.exit(0)
    other.execute("ROLLBACK")
    other.close()


@case("a store whose file goes away: said so without a key; it is found again when it is back")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    os.rename(d.db, d.db + ".away")
    t.wait("it is gone")
    has(t.text(), "Budget review")
    t.send("nLater")
    t.key("Tab")
    t.send("2026-11-30")
    t.key("Ctrl-S")
    t.send("+")
    t.wait("2026-11-30+")  # the saving before it is done with
    t.key("Backspace")
    t.wait("it is gone")
    has(t.text(), "Title       Later")
    assert not os.path.exists(d.db), "another store was made in its place"
    os.rename(d.db + ".away", d.db)
    t.wait("The store is there again.")
    t.key("Ctrl-S")
    t.wait("Its conference ID is")
    equal(len(d.json("search", "Later")), 1)
    t.send("qq")
    t.exit(0)


@case("resizing redraws; too small says so and comes back")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.resize(30, 8)
    t.wait("dialdesk needs 40x12")
    t.resize(200, 60)
    t.wait("Dial-in")  # the side pane
    t.resize(40, 12)
    t.wait_gone("Dial-in")
    t.wait("Budget review")
    equal(len([line for line in t.lines() if len(line) > 40]), 0)
    t.send("q")
    t.exit(0)


@case("SIGTERM and SIGHUP end it, the terminal clean")
def _(d):
    calendar(d)
    for number in (signal.SIGTERM, signal.SIGHUP):
        t = d.terminal("console", "--view", "agenda")
        t.wait("Budget review")
        t.signal(number)
        t.exit(0)
        clean(t)


@case("a crash leaves the terminal clean")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.signal(signal.SIGABRT)
    t.exit(None)
    assert t.raw.rfind(LEAVE_SCREEN) > t.raw.rfind(ENTER_SCREEN)
    assert t.raw.rfind(PASTE_OFF) > t.raw.rfind(PASTE_ON)
    assert t.raw.rfind(b"\x1b[?25h") > t.raw.rfind(b"\x1b[?25l")


@case("suspending gives the terminal back, and continuing draws again")
def _(d):
    calendar(d)
    # a shell with job control, so that the console has somebody to stop for
    program, d.program = d.program, "/bin/bash"
    d.write("home/.inputrc", "set enable-bracketed-paste off\n")
    try:
        t = d.terminal("--norc", "-i", env={"PS1": "ready> "})
    finally:
        d.program = program
    t.wait("ready>")
    t.send(program + " console --view agenda\n")
    t.wait("Budget review")
    t.key("Ctrl-Z")
    t.wait("Stopped")
    clean(t)
    t.send("echo he''re\n")
    t.wait("here")
    t.send("fg\n")
    t.wait("Agenda ·")
    t.send("q")
    t.wait_match(r"^ready> ")
    clean(t)
    t.send("exit\n")
    t.exit(None)


@case("the mouse selects, opens, scrolls, and changes tabs")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Supplier call")
    row = next(i for i, line in enumerate(t.lines()) if "Supplier call" in line)
    assert not t.style(40, row).reverse
    click = "\x1b[<0;41;%dM\x1b[<0;41;%dm" % (row + 1, row + 1)
    t.send(click)
    t.until(lambda: t.style(40, row).reverse, "the clicked line to be selected")
    t.send(click)
    t.wait("Meeting  ")
    t.key("Esc")
    t.wait("Agenda ·")
    t.send("\x1b[<0;5;2M\x1b[<0;5;2m")
    t.wait("Day ·")
    t.send("q")
    t.exit(0)


@case("a C locale and NO_COLOR: ASCII only, no colours, signs and words tell the risk")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda", env={"LC_ALL": "C", "NO_COLOR": "1"})
    t.wait("Budget review")
    has(t.text(), "!!")
    assert all(byte < 0x80 for byte in t.raw), "bytes that are not ASCII"
    lacks(t.raw.decode("ascii"), "\x1b[38;5")
    lacks(t.raw.decode("ascii"), "\x1b[31m")
    t.send("q")
    t.exit(0)


@case("hostile text never reaches the terminal")
def _(d):
    calendar(d)
    d.new("bell\a esc\x1b]0;owned\x07 rtl\u202e", "2026-11-24 12:00")
    t = d.terminal("console", "--view", "agenda")
    t.wait("owned")
    assert b"\x1b]0;" not in t.raw and b"\xe2\x80\xae" not in t.raw
    t.key("Down", "Down", "Enter")
    t.wait("Meeting")
    assert b"\x1b]0;" not in t.raw and b"\xe2\x80\xae" not in t.raw
    t.send("qq")
    t.exit(0)


@case("the first run: asks for the store, asks who schedules, leads to the calendar")
def _(d):
    t = d.terminal("console")
    t.wait("Shall a new store be made there?")
    t.send("q")
    t.exit(0)
    assert not os.path.exists(d.db)
    t = d.terminal("console", env={"EMAIL": "Ada Lovelace <ada@example.org>"})
    t.wait("Shall a new store be made there?")
    t.send("y")
    t.wait("The store is made: " + d.db)
    t.wait("Ada Lovelace")
    t.key("Ctrl-S")
    t.wait("New meeting")
    t.send("First")
    t.key("Ctrl-S")
    t.wait("Its conference ID is")
    equal(d.json("search", "First")[0]["id_kind"], "dynamic")
    t.send("i")
    t.wait("To add one: 7 Tab n")
    has(d.run("invite", d.json("search", "First")[0]["uid"]).err, "'dialdesk number add")
    t.send("q7")
    t.wait("Organizers")
    t.key("Tab")
    t.send("n")
    t.wait("Dial-in number")
    t.send("+49 30 901820")
    t.key("Ctrl-S")
    t.wait("Saved +4930901820.")
    equal(d.run("invite", d.json("search", "First")[0]["uid"]).err, "")
    t.send("q")
    t.exit(0)


@case("the first run where no store can be made: says why, stays, and makes it once that is mended")
def _(d):
    d.write("folder", "a file where a folder is wanted")
    t = d.terminal("console", "--db", d.path("folder/store.db"))
    t.wait("ot a directory")
    t.key("Enter")
    t.wait("Enter tries at once")
    os.remove(d.path("folder"))
    t.wait("Shall a new store be made there?")
    os.mkdir(d.path("folder"), 0o700)
    t.send("y")
    t.wait("The store is made")
    t.key("Ctrl-Q")
    t.exit(0)
    clean(t)


@case("a store that cannot be opened: says why, and opens it without a key once it is mended")
def _(d):
    calendar(d)
    d.sql("INSERT INTO schema_migration (number, name, program, at) VALUES (9999, 'x', 'dialdesk 99', 0)")
    t = d.terminal("console", "--view", "agenda")
    t.wait("made by a newer dialdesk")
    lacks(t.text(), "Shall a new store")
    d.sql("DELETE FROM schema_migration WHERE number = 9999")
    t.wait("Budget review")
    t.send("q")
    t.exit(0)


@case("a store that somebody else holds: says so, stays, and opens it by itself once it is free")
def _(d):
    calendar(d)
    holder = subprocess.Popen(["sqlite3", d.db], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    d.started.append(holder)
    holder.stdin.write("PRAGMA locking_mode = EXCLUSIVE;\nBEGIN EXCLUSIVE;\nSELECT 'held';\n")
    holder.stdin.flush()
    equal([holder.stdout.readline() for _ in range(2)], ["exclusive\n", "held\n"])
    t = d.terminal("console", "--view", "agenda")
    t.wait("busy")
    holder.stdin.close()
    holder.wait()
    t.wait("Budget review")
    t.send("q")
    t.exit(0)


@case("a full disk: says so, keeps what was typed, and saves it when there is room")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "agenda")
    t.wait("Budget review")
    t.send("nKick-off")
    t.wait("Kick-off")
    no_limit = resource.prlimit(t.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(t.pid, resource.RLIMIT_FSIZE, (1, no_limit[1]))  # what stops the store's writes stops no frame
    t.key("Ctrl-S")
    t.wait("the disk is full")
    has(t.text(), "Kick-off")
    t.send(" again")
    t.wait("Kick-off again")
    equal(d.json("search", "Kick-off", status=1), [])
    resource.prlimit(t.pid, resource.RLIMIT_FSIZE, no_limit)
    t.key("Ctrl-S")
    t.wait("Scheduled. Its conference ID is")
    equal(len(d.json("search", "Kick-off")), 1)
    d.run("check")
    t.send("qq")
    t.exit(0)
    clean(t)


@case("notes are edited in the user's editor")
def _(d):
    calendar(d)
    editor = d.write("editor", "#!/bin/sh\nprintf 'from the editor\\n' >> \"$2\"\n"
                     "grep -i '^SigIgn' /proc/self/status >> \"$2\"\n")
    os.chmod(editor, 0o755)
    t = d.terminal("console", "--view", "agenda", env={"VISUAL": editor + " -w"})
    t.wait("Budget review")
    t.send("nNoted")
    t.key("Ctrl-E")
    t.wait("from the editor")
    t.key("Ctrl-S")
    t.wait("Its conference ID is")
    notes = d.json("search", "Noted")[0]["notes"]
    has(notes, "from the editor")
    ours = 1 << (signal.SIGPIPE - 1) | 1 << (signal.SIGXFSZ - 1)  # whoever runs the tests may ignore others
    equal(int(notes.split()[-1], 16) & ours, 0, "signals that the editor's programs would not die of")
    t.send("qq")
    t.exit(0)


@case("a wrong view and a terminal that nobody knows are errors, told plainly")
def _(d):
    calendar(d)
    t = d.terminal("console", "--view", "weeek")
    t.exit(2)
    matches(t.raw.decode(), r"dialdesk: view 'weeek': unknown view")
    t = d.terminal("console", env={"TERM": "no-such-terminal"})
    t.exit(4)
    has(t.raw.decode(), "dialdesk: terminal 'no-such-terminal'")


main()
