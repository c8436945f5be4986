#!/usr/bin/python3
"""Arguments, bad input, exit statuses, and what is printed where."""

import json
import os
import subprocess

from _cli import ADA
from dialdesk import ROOT, case, equal, has, lacks, main, matches


@case("unknown commands and options: one line, status 2, nothing made")
def _(d):
    for args in (("frobnicate",), ("--frobnicate",), ("new", "--frobnicate"), ("organizer",), ("organizer", "frobnicate"),
                 ("lookup",), ("show", "a", "b"), ("new", "--title"), ("init", "--json=yes"), ("agenda", "-x"), ("--color", "mauve", "init"),
                 ("new", "--title", "T"), ("new", "--start", "09:00"), ("completion", "tcsh"), ("help", "frobnicate")):
        d.error(*args, status=2)
    assert not os.path.exists(d.db)


@case("errors with --json are one document on standard error")
def _(d):
    d.organization()
    for args, status in ((("show", "nothing-such"), 1), (("new", "--title", "T", "--start", "never"), 2), (("frobnicate",), 2)):
        result = d.run(*args, "--json", status=status)
        equal((result.out, set(json.loads(result.err)["error"]) >= {"what", "why", "status"}), ("", True))
        equal(json.loads(result.err)["error"]["status"], status)


@case("with --json, what is on standard error instead of an answer is a document too: no match, output that can't be written")
def _(d):
    d.organization()
    result = d.run("search", "nothing-such", "--json", status=1)
    equal((result.json(), json.loads(result.err)["error"]["status"]), ([], 1))
    has(json.loads(result.err)["error"]["why"], "nothing-such")
    equal(d.run("search", "nothing-such", "-q", "--json", status=1).err, "")
    with open("/dev/full", "w") as full:
        child = d.start("org", "--json", stdout=full)
        _, err = child.communicate()
    equal((child.returncode, json.loads(err)["error"]["what"]), (4, "standard output"))


@case("global options stand before and after the command's name, in both GNU forms")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    for args in (("--json", "agenda"), ("agenda", "--json"), ("-o", ADA, "--json", "agenda"), ("agenda", "--organizer=" + ADA, "--json"),
                 ("agenda", "--organizer", ADA, "--json"), ("--db=" + d.db, "agenda", "--json"), ("-o" + ADA, "agenda", "--json")):
        equal([x["uid"] for x in d.run(*args).json()], [m["uid"]], str(args))
    equal(d.run("search", "--json", "--", "--budget", status=1).json(), [])


@case("help and version, for the program and for each command")
def _(d):
    has(d.run("--help").out, "lookup")
    has(d.run("-h").out, "Usage")
    matches(d.run("--version").out, r"\Adialdesk \d+\.\d+\.\d+\n\Z")
    for name in ("new", "show", "edit", "cancel", "agenda", "legacy", "convert", "invite", "import", "export", "lookup", "search",
                 "history", "init", "org", "organizer add", "organizer set", "organizer show", "organizer list", "organizer reset-id",
                 "number add", "number list", "number remove", "check", "backup", "demo", "console", "completion"):
        out = d.run(*name.split(), "--help").out
        has(out, "dialdesk " + name)
        has(d.run("--help").out, "  " + name)
    assert not os.path.exists(d.db)


@case("bad times, zones, titles, rules and addresses: status 2, nothing stored")
def _(d):
    d.organization()
    new = ("new", "--title", "T", "--start", "2026-11-24 09:00")
    for args in (("new", "--title", "T"), ("new", "--start", "2026-11-24 09:00"), ("new", "--title", "", "--start", "2026-11-24 09:00"),
                 ("new", "--title", "T", "--start", "2026-02-30 09:00"), ("new", "--title", "T", "--start", "2026-13-01 09:00"),
                 ("new", "--title", "T", "--start", "2026-11-24 25:00"), ("new", "--title", "T", "--start", "soon"),
                 ("new", "--title", "T", "--start", ""), new + ("--end", "2026-11-24 08:00"), new + ("--tz", "Mars/Olympus"),
                 new + ("--tz", "../../etc/passwd"), new + ("--duration", "1x"), new + ("--duration", "-5m"),
                 new + ("--duration", "99999999999999999999h"), new + ("--repeat", "FREQ=SOMETIMES"), new + ("--repeat", "FREQ=SECONDLY"), new + ("--duration", "0m"),
                 new + ("--repeat", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24"),
                 new + ("--attendee", "nobody"), new + ("--attendee", "a@b c"), new + ("--end", "2026-11-24 10:00", "--duration", "1h"),
                 ("new", "--title", "x" * 10000, "--start", "2026-11-24 09:00"), new + ("--lang", "not a language"),
                 ("agenda", "--days", "0"), ("agenda", "--days", "x"), ("agenda", "--from", "2026-11-25", "--to", "2026-11-24"),
                 ("lookup", "12345678", "--at", "never"), ("search", ""), ("search", "x", "--limit", "0")):
        d.error(*args, status=2)
    equal(d.json("agenda", "--days", "400"), [])
    d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "-o", "nobody@example.org", status=(1, 2))


@case("invalid UTF-8 in an argument is refused")
def _(d):
    d.organization()
    d.error("new", "--title", b"\xff\xfe", "--start", "2026-11-24 09:00", status=2)
    d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "--notes", b"a\xc3(", status=2)
    equal(d.json("agenda"), [])
    before = d.json("org"), d.json("organizer", "list"), d.json("number", "list")
    for args in (("org", "--name"), ("organizer", "add", "bob@example.org", "--name"),
                 ("organizer", "set", "ada@example.org", "--name"),
                 ("organizer", "set", "ada@example.org", "--third-party-name"),
                 ("organizer", "set", "ada@example.org", "--third-party-passcode"),
                 ("number", "add", "+4930123456", "--city")):
        has(d.error(*args, b"x\xff", status=2), "not valid UTF-8")
        has(d.error(*args, "x" * 300, status=2), "300 bytes")
    equal((d.json("org"), d.json("organizer", "list"), d.json("number", "list")), before)


@case("escape sequences in what is refused are not sent to the terminal")
def _(d):
    d.organization()
    for args in (("show", "\x1b[2Jnothing"), ("new", "--title", "T", "--start", "\x1b[31m"), ("\x1b[2J",), ("--\x1b[2J",)):
        result = d.run(*args, status=(1, 2))
        lacks(result.err, "\x1b")


@case("stores that are no stores: status 4, one line, nothing changed")
def _(d):
    os.mkdir(d.path("folder"))
    text = d.write("text.db", "This is no database, but it is long enough to be looked at. " * 40)
    empty = d.write("empty-but-text.db", "x")
    for where in (d.path("folder"), text, empty, d.path("missing/none.db"), "/dev/null"):
        d.error("agenda", "--db", where, status=4)
        d.error("org", "--db", where, status=4)
    d.error("init", "--db", text, status=4)
    d.error("init", "--db", d.path("folder"), status=4)
    has(open(text).read(1000), "no database")


@case("a wrong clock is an error, not a guess")
def _(d):
    d.organization()
    d.now = "yesterday"
    d.error("agenda", status=2)


@case("completions parse, and name every command")
def _(d):
    for shell in ("bash", "zsh", "fish"):
        out = d.run("completion", shell).out
        for word in ("lookup", "reset-id", "organizer-all"):
            has(out, word)
    d.write("completion.bash", d.run("completion", "bash").out)
    script = ". %s; COMP_WORDS=(dialdesk organizer r); COMP_CWORD=2; _dialdesk; echo ${COMPREPLY[@]}" % d.path("completion.bash")
    equal(subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout, "reset-id\n")


@case("in a C locale the text is ASCII, JSON stays UTF-8")
def _(d):
    d.organization()
    d.new("Zürich 全体", "2026-11-24 09:00")
    out = d.run("agenda", env={"LC_ALL": "C"}).out_bytes
    assert max(out) < 128, out
    equal(d.json("agenda", env={"LC_ALL": "C"})[0]["title"], "Zürich 全体")


@case("a standard stream that is closed is told, and nothing else takes its place")
def _(d):
    d.organization()
    for stream, args, what in ((0, ("import", "-"), "standard input"), (1, ("agenda",), "standard output")):
        child = d.start(*args, preexec_fn=lambda: os.close(stream))
        _, err = child.communicate()
        assert child.returncode not in (0, 1, 3), child.returncode
        has(err.decode(), "dialdesk: %s: Bad file descriptor" % what)
    equal(d.start("bogus", preexec_fn=lambda: os.close(2)).wait(), 2)


@case("the working directory does not matter")
def _(d):
    d.organization()
    d.new("Weekly", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY;COUNT=2")  # wants a module
    d.run("agenda", cwd="/")


@case("the name of a file or folder that is empty is told, status 2")
def _(d):
    d.organization()
    for args in (("backup", ""), ("import", ""), ("sync", ""), ("--db", "", "agenda")):
        has(d.error(*args, status=2), "empty")


@case("a view that is none is told where there is no terminal as well")
def _(d):
    d.organization()
    has(d.error("console", "--view", "nope", status=2), "there are day, week")
    d.run("console", "--view", "week")


@case("zones that are no IANA names are refused with what to say instead; a system zone that is written so holds")
def _(d):
    d.organization()
    for name, say in (("localtime", "Europe/Berlin"), ("posixrules", "Europe/Berlin"), ("posix/UTC", "say 'UTC'"), ("right/Europe/Berlin", "say 'Europe/Berlin'")):
        has(d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "--tz", name, status=2), say)
    for number, tz in enumerate(("posix/Europe/Berlin", ":/usr/share/zoneinfo/right/Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin")):
        email = "z%d@example.org" % number
        d.run("organizer", "add", email, env={"TZ": tz})
        equal(d.json("organizer", "show", email)["tz"], "Europe/Berlin", tz)


main()
