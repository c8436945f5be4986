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
                 "number add", "number list", "number remove", "check", "backup", "restore", "demo", "console", "completion"):
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
                 ("export", "--from", "2026-11-25", "--to", "2026-11-24"),
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
    has(d.error("init", "--db", "mysql://ada:secret@host/base", status=2), "'mysql://': not a kind of store; write a path or postgresql://")
    for where in ("postgresql:/ada:secret@host/base", "Postgres:ada:secret@host", "postgresql:"):
        scheme = where[:where.index(":") + 1]
        equal(d.error("init", "--db", where, status=2), "dialdesk: '%s': not a kind of store; write a path or postgresql://..." % scheme)
    for args in (("init",), ("console",), ("restore",), ("backup",), ("import",), ("sync",), ()):  # an address in the wrong place
        for address in ("postgresql://ada:secret@host/base", "POSTGRES:/ada:secret@host"):
            lacks(d.run(*args, address, status=(2, 4)).err, "secret")
    d.error("init", "--db", text, status=4)
    d.error("init", "--db", d.path("folder"), status=4)
    has(open(text).read(1000), "no database")


@case("libpq's key words are no path: refused by whichever way they come, with what to write, and their values are never shown")
def _(d):
    d.organization()
    backup = d.path("backup")
    d.run("backup", backup)
    before = sorted(os.listdir(d.folder))
    for where in ("host=db password=secret user=x", "password=secret", "  user = x password = secret", "hostaddr=1 password='se cret'",
                  "host=/run/secret password=secret dbname=x", "sslmode=require password=secret", "x=1 password=secret"):
        for args in (("init",), ("agenda",), ("check",), ("console",), ("restore", backup)):
            said = d.error("--db", where, *args, status=2)
            has(said, "not a path; write postgresql://USER@HOST/BASE", where)
            lacks(said, "secret", where)
        lacks(d.run("--db", where, "org", "--name", "X", "--json", status=2).err, "secret", where)
    equal(sorted(os.listdir(d.folder)), before)
    d.config("db = host=db password=secret\n")
    for said in ("host=db password=secret", None):
        result = d.run("agenda", status=2, env={"DIALDESK_DB": said})
        has(result.err, "'host=...': not a path")
        lacks(result.err, "secret")
    d.config("")
    for name in ("./host=db password=x", "hosts=1", "user.db", "a password", "=1", "localhost=1"):
        d.run("init", "--db", name, cwd=d.folder)
        d.run("check", "--db", name, cwd=d.folder)


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
    for words in ("[the meeting'\\''s title]", "[when it begins; a date alone: the whole day]"):
        has(d.run("completion", "zsh").out, words)
    d.write("completion.bash", d.run("completion", "bash").out)
    script = ". %s; COMP_WORDS=(dialdesk organizer r); COMP_CWORD=2; _dialdesk; echo ${COMPREPLY[@]}" % d.path("completion.bash")
    equal(subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout, "reset-id remove\n")


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
    for args in (("backup", ""), ("restore", ""), ("import", ""), ("sync", ""), ("--db", "", "agenda")):
        has(d.error(*args, status=2), "empty")


@case("a view that is none is told where there is no terminal as well")
def _(d):
    d.organization()
    has(d.error("console", "--view", "nope", status=2), "there are day, week")
    d.run("console", "--view", "week")


@case("zones that are no IANA names are refused with what to say instead; a system zone that is written so holds")
def _(d):
    d.organization()
    for name, say in (("localtime", "Europe/Berlin"), ("posixrules", "Europe/Berlin"), ("posix/UTC", "write 'UTC'"), ("right/Europe/Berlin", "write 'Europe/Berlin'")):
        has(d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "--tz", name, status=2), say)
    # a town, or a name in another case, is answered with the zone that is meant
    for name, say in (("Berlin", "did you mean Europe/Berlin?"), ("new york", "did you mean America/New_York?"),
                      ("europe/berlin", "did you mean Europe/Berlin?"), ("Nowhere", "such as Europe/Berlin, or UTC")):
        line = d.error("new", "--title", "T", "--start", "2026-11-24 09:00", "--tz", name, status=2)
        has(line, "time zone '%s': unknown here; " % name)
        has(line, say)
    for number, tz in enumerate(("posix/Europe/Berlin", ":/usr/share/zoneinfo/right/Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin")):
        email = "z%d@example.org" % number
        d.run("organizer", "add", email, env={"TZ": tz})
        equal(d.json("organizer", "show", email)["tz"], "Europe/Berlin", tz)


@case("abbreviations of one option alone hold; an option with one value is given once, a flag as often as one likes")
def _(d):
    d.organization()
    equal(d.run("agenda", "--js").json(), [])
    equal(d.run("agenda", "--al", "--all", "-a", "--colo", "never").out, "Nothing is scheduled.\n")
    for args, word in ((("agenda", "--t", "09:00"), "--t"), (("agenda", "-ax"), "-x"), (("agenda", "--all=yes"), "--all=yes"),
                       (("agenda", "-o"), "-o"), (("new", "T", "--title"), "--title"), (("show", "a", "--bogus", "b"), "--bogus")):
        has(d.error(*args, status=2), "dialdesk: %s: " % word)
    has(d.error("org", "--name", "A", "--name", "B", status=2), "--name: given twice; write it once")
    has(d.error("--view", "day", "agenda", status=2), "--view: only the console takes it; put options behind the command")
    m = d.new("T", "2026-11-24 09:00", "--attendee", "bob@example.org", "--attendee", "eve@example.org")
    equal(m["attendees"], ["bob@example.org", "eve@example.org"])


@case("how many words a command takes: too few and one too many are told, with the word")
def _(d):
    d.organization()
    has(d.error("lookup", status=2), "lookup: DIGITS is required; see 'dialdesk lookup --help'")
    has(d.error("lookup", "1234567", "89", status=2), "unexpected argument '89'")
    has(d.error("agenda", "today", status=2), "unexpected argument 'today'")
    has(d.error("help", "organizer", "add", "now", status=2), "unexpected argument 'now'")
    has(d.run("help", "organizer", "add").out, "Usage: dialdesk organizer add [OPTION...] EMAIL\n")
    has(d.run("help", "number", "list").out, "Usage: dialdesk number list\n")
    has(d.error("number", status=2), "a command is missing behind it: add, set, list, remove")
    has(d.error("number", "frob", status=2), "unknown command 'frob'; there are add, set, list, remove")
    d.run("search", "many", "words", "of", "one", "text", status=1)


@case("the help of a family of commands has them and no other; so has the help of a command that has some behind it")
def _(d):
    whole = d.run("help").out
    for family in ("organizer", "attendee", "number", "outbox"):
        rows = [row for row in whole.split("\n") if row.startswith("  %s " % family) and row[len(family) + 3] != " "]
        assert len(rows) > 2
        for args in (("help", family), (family, "--help"), (family, "-h"), ("--help", family)):
            out = d.run(*args).out
            equal([row for row in out.split("\n") if row[:2] == "  " and row[2] not in " -"], rows, args)
            has(out, "Usage: dialdesk " + family)
    equal(d.run("organizer", "bogus", "--help").out, d.run("help", "organizer").out)
    lacks(d.run("help", "org").out, "organizer add")
    lacks(d.run("help", "new").out, "Commands")
    has(d.run("help", "convert").out, "convert [OPTION...] [MEETING...]")  # or --all
    has(d.run("outbox", "--help").out, "--state")
    has(d.error("help", "organizer", "bogus", status=2), "'organizer bogus': unknown command")
    for args in (("bogus", "--help"), ("bogus", "-h"), ("--help", "bogus"), ("bogus", "organizer", "--help")):
        equal(d.error(*args, status=2), d.error("bogus", status=2))


@case("help, version and the manual's parts: the same by option and by command, a document with --json")
def _(d):
    equal(d.run("help").out, d.run("--help").out)
    equal(d.run("help", "new").out, d.run("new", "--help").out)
    equal(d.run("version").out, d.run("--version").out)
    for args in (("--help",), ("help",), ("--version",), ("version",), ("completion", "bash"), ("manual", "keys")):
        plain = d.run(*args, "-q").out
        equal(d.run(*args, "--json").json(), {"message": plain})
    lacks(d.run("--help").out, "manual PART")
    lacks(d.run("completion", "zsh").out, "'manual")
    lacks(d.run("manual", "commands").out, ".It Ic manual")
    d.error("manual", "bogus", status=2)
    equal(d.run("completion", "fish").out.count("__fish_use_subcommand -f -a organizer\n"), 1)
    assert not os.path.exists(d.db)


@case("what a command needs of the store: a reader makes none, a writer does, but for a dry run; 'org' writes if an option is given")
def _(d):
    at = ("--title", "T", "--start", "2026-11-24 09:00")
    for args in (("agenda",), (), ("console",), ("show", "abcd"), ("lookup", "1234567"), ("org",), ("organizer", "list"), ("backup", d.path("copy")),
                 ("new", *at, "--dry-run"), ("sync", d.path("vdir"), "--dry-run"), ("check",)):
        has(d.error(*args, status=4), "make one with 'dialdesk init'")
        assert not os.path.exists(d.db), args
    d.error("new", *at, status=2)  # it is nobody's calendar; but the writer's store is there now
    assert os.path.exists(d.db)
    os.remove(d.db)
    equal(d.run("org", "--name", "Example", "--json").json()["name"], "Example")
    has(d.run("init").out, "The store is there already: ")
    os.remove(d.db)
    has(d.run("init").out, "The store is made: ")


@case("-q leaves answers and errors, and takes warnings, messages of success and what was changed; --json keeps these")
def _(d):
    d.organization()
    for number in d.json("number", "list"):
        d.run("number", "remove", number["number"])
    m = d.new("A", "2026-11-24 09:00")
    for more, wanted in (((), True), (("--json",), True), (("-q",), False), (("-q", "--json"), False)):
        result = d.run("new", "--title", "B", "--start", "2026-11-24 09:00", "--dry-run", *more)
        equal(("verlap" in result.err, bool(result.out)), (wanted, True), more)
        if "--json" in more:
            equal(len(result.json()["warnings"]), 1)
        result = d.run("invite", m["uid"], *more)
        equal(("no dial-in number is stored" in result.err, m["title"] in result.out), (wanted, True), more)
    for more, said in (((), "The copy is %s.\n"), (("-q",), ""), (("--json",), '{"message":"The copy is %s."}\n'), (("--json", "-q"), '{"message":"The copy is %s."}\n')):
        copy = d.path("copy%d" % len("".join(more)))
        equal(d.run("backup", copy, *more).out, said.replace("%s", copy))
    for more in ((), ("-q",)):
        has(d.error("show", "nothing-such", *more, status=1), "dialdesk: ")
    # a changed record is not printed, an answer is; JSON is, too
    at = ("--title", "Quiet", "--start", "2026-11-25 09:00")
    for args in (("new", *at), ("edit", m["uid"], "--title", "A2"), ("cancel", m["uid"]), ("org", "--name", "E"),
                 ("organizer", "set", "ada@example.org", "--name", "Ada"), ("number", "add", "+4930901820")):
        equal(d.run(*args, "-q").out, "", args)
    has(d.run("org", "-q").out, "E")
    has(d.run("new", *at, "--dry-run", "-q").out, "Quiet")
    has(d.run("search", "Quiet", "-q").out, "Quiet")
    equal(d.run("new", *at, "-q", "--json").json()["title"], "Quiet")


@case("colours and ASCII are for people's text alone: not for JSON, an invitation or iCalendar")
def _(d):
    d.organization()
    m = d.new("Zürich !! now", "2026-11-24 09:00")  # a sign of risk, which text gets a colour for
    has(d.run("show", m["uid"], "--color", "always").out, "\x1b[1mWhen:\x1b[0m")
    for args in (("show", m["uid"], "--json"), ("invite", m["uid"]), ("export", m["uid"]), ("--help",), ("completion", "bash")):
        lacks(d.run(*args, "--color", "always").out, "\x1b[")
    lacks(d.run("show", m["uid"], env={"TERM": "xterm"}).out, "\x1b[")
    d.config("color = always\n")
    has(d.run("show", m["uid"]).out, "\x1b[1m")
    lacks(d.run("show", m["uid"], "--color", "never").out, "\x1b[")
    lacks(d.run("show", m["uid"], "--color", "auto").out, "\x1b[")
    for args in (("invite", m["uid"]), ("export", m["uid"]), ("show", m["uid"], "--json")):
        has(d.run(*args, env={"LC_ALL": "C"}).out, "Zürich")


@case("an answer that cannot be written: 4, also instead of 1; a reader that has read enough is told nothing")
def _(d):
    d.organization()
    m = d.new("A", "2026-11-24 09:00")
    with open("/dev/full", "w") as full:
        child = d.start("search", "nothing-such", "--json", stdout=full)
        _, err = child.communicate()
    equal((child.returncode, json.loads(err)["error"]["what"]), (4, "standard output"))
    for args in (("lookup", "99999999"), ("agenda",), ("check",), ("invite", m["uid"]), ("--help",), ("init",)):
        with open("/dev/full", "w") as full:
            child = d.start(*args, stdout=full)
            _, err = child.communicate()
        equal(child.returncode, 4, args)
        equal([line for line in err.decode().split("\n") if "no dial-in" not in line], ["dialdesk: standard output: No space left on device", ""], args)
        reader, writer = os.pipe()
        os.close(reader)
        child = d.start(*args, stdout=writer)
        os.close(writer)
        err = [line for line in child.communicate()[1].decode().split("\n") if "no dial-in" not in line]
        equal((err, child.returncode), ([""], 4), args)


@case("whose calendar: one organizer's without their name, everybody's with it; what names its meetings asks for no organizer")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    lacks(d.run("agenda").out, ADA)
    has(d.run("agenda", "--all").out, ADA)
    equal([x["uid"] for x in d.json("agenda", "--from", "2026-11-24 09:30", "--to", "2026-11-24 09:30")], [m["uid"]])
    d.run("organizer", "add", "bob@example.org")
    for args in (("agenda",), ("legacy",), ("export",), ("convert", "--organizer-all"), ("new", "--title", "T", "--start", "09:00")):
        has(d.error(*args, status=2), "organizer")
    has(d.run("export", m["uid"]).out, "SUMMARY:Budget")
    equal(d.run("show", m["uid"], "--json").json()["organizer"], ADA)


@case("check tells what stands in a repair's way as a finding")
def _(d):
    d.organization()
    with open(d.db, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    for more in ((), ("--repair",)):
        result = d.run("check", "--json", *more, status=4)
        assert result.json()["findings"], more
        equal("repaired" in result.json(), bool(more), more)


@case("the bounds of the organization's numbers, and numbers that are none")
def _(d):
    d.run("init")
    for option, least, most in (("id-digits", 8, 12), ("quarantine-days", 0, 36500), ("margin-minutes", 0, 1440), ("early-minutes", 0, 1440), ("grace-minutes", 0, 1440)):
        for value in (least, most):
            equal(d.json("org", "--" + option, str(value))[option.replace("-", "_")], value)
        for value in (str(least - 1), str(most + 1), "", "x", "1.5", "0000000008"):
            has(d.error("org", "--%s=%s" % (option, value), status=2), "not a whole number from %d to %d" % (least, most))


@case("a language is letters, as in en or pt-BR: of an organizer and of a number")
def _(d):
    d.organization()
    for args in (("organizer", "set", ADA), ("number", "add", "+4930123456")):
        for lang in ("e", "e1", "", "abcdefghijklmnopq", "de de"):
            has(d.error(*args, "--lang", lang, status=2), "is not a language")
        for lang in ("xx", "tlh", "english", "xx-DE", "d-e"):
            has(d.error(*args, "--lang", lang, status=2), "unknown language '%s'" % lang)
        d.run(*args, "--lang", "pt-BR")
    equal((d.json("organizer", "show", ADA)["lang"], d.json("number", "list")[0]["langs"]), ("pt-BR", ["pt-BR"]))
    uid = d.new("Meeting", "2026-11-24 09:00")["uid"]
    for args in (("new", "--title", "x", "--start", "2026-11-24 09:00"), ("edit", uid), ("invite", uid), ("lookup", "12345678"),
                 ("organizer", "add", "eve@example.org")):
        has(d.error(*args, "--lang", "xx", status=2), "unknown language 'xx'")
    d.run("number", "set", "+4930123456", "--lang", "th")  # callers hear more languages than there are invitations in
    d.run("edit", uid, "--lang", "fr")
    has(d.run("invite", uid).out, "Quand:")
    d.run("edit", uid, "--lang", "")
    has(d.run("invite", uid).out, "Quando:")


main()
