#!/usr/bin/python3
"""Stores that are not there, not ours, not readable, not writable, newer, damaged or on a full disk."""

import os
import random
import resource
import sqlite3
import stat
import subprocess
import sys

import _faults
from _faults import fill, keep, restore, sound
from dialdesk import case, equal, has, main, matches, plain_user, skip

READERS = [["agenda"], ["lookup", "12345678"], ["search", "x"], ["org"], ["organizer", "list"], ["number", "list"],
           ["legacy"], ["check"], ["export"], ["history", "12345678"]]
WRITER = ["new", "--title", "T", "--start", "2026-12-01 09:00"]


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


@case("no store: a reading command says so, exits 4 and makes none")
def _(d):
    for args in READERS:
        d.run(*args, status=4)
        assert not os.path.exists(d.db), args


@case("a store is made private: the file 0600, its missing folders 0700")
def _(d):
    d.db = d.path("a/b/store.db")
    old = os.umask(0)
    try:
        d.run("init")
    finally:
        os.umask(old)
    equal(oct(mode(d.db)), "0o600")
    equal(oct(mode(d.path("a"))), "0o700")
    equal(oct(mode(d.path("a/b"))), "0o700")
    for name in os.listdir(d.path("a/b")):
        equal(oct(mode(d.path("a/b/" + name))), "0o600", name)
    d.run("init")


@case("a directory, a device, or a path below a file as the store: status 4")
def _(d):
    os.mkdir(d.path("folder"))
    d.write("file", "x")
    for where in (d.path("folder"), "/dev/null", d.path("file/store.db")):
        for args in ([*READERS[0]], ["init"], WRITER):
            d.error(*args, "--db", where, status=4)


@case("a file that is not a SQLite one: status 4, and it is not touched")
def _(d):
    text = b"Dear diary, this is no database at all.\n" * 400
    d.db = d.write("diary.txt", text)
    for args in READERS + [WRITER, ["init"]]:
        if args != ["check"]:
            d.run(*args, status=4)
    equal(d.json("check", status=4), {"findings": ["store: it is not an SQLite database"]})
    with open(d.db, "rb") as file:
        equal(file.read(), text)


@case("another program's SQLite file: status 4, and it is not touched")
def _(d):
    other = sqlite3.connect(d.db)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.execute("INSERT INTO recipe VALUES ('soup')")
    other.commit()
    other.close()
    for args in READERS + [WRITER, ["init"]]:
        d.run(*args, status=4)
    equal(d.sql("SELECT name FROM sqlite_master"), "recipe\n")


@case("a read-only store: readers read, writers exit 4, nothing changed")
def _(d):
    d.organization()
    d.new("There", "2026-12-01 09:00")
    more = plain_user(d)
    for writable_folder in (True, False):
        os.chmod(d.db, 0o400)
        for end in ("-wal", "-shm"):
            if os.path.exists(d.db + end):
                os.chmod(d.db + end, 0o400)
        os.chmod(d.folder, 0o700 if writable_folder else 0o500)
        equal(len(d.json("agenda", "--from", "2026-12-01", **more)), 1)
        d.error(*WRITER, status=4, **more)
        equal(len(d.json("agenda", "--from", "2026-12-01", **more)), 1)
    os.chmod(d.folder, 0o700)
    os.chmod(d.db, 0o600)
    sound(d, "read-only days")


@case("a store that may not be read: status 4")
def _(d):
    d.organization()
    more = plain_user(d)
    os.chmod(d.db, 0)
    for args in READERS + [WRITER]:
        d.error(*args, status=4, **more)


@case("a store of a newer version is refused by name of the matter, and not touched")
def _(d):
    d.organization()
    tables = d.sql("SELECT name FROM sqlite_master WHERE type = 'table'").split()
    table = next((t for t in tables if "migration" in t or "schema" in t), None)
    if table is None:
        skip("no table of migrations found")
    columns = d.sql("SELECT group_concat(name, ',') FROM pragma_table_info('%s')" % table).strip().split(",")
    d.sql("INSERT INTO %s SELECT 999, %s FROM %s LIMIT 1" % (table, ", ".join(columns[1:]), table)
          if len(columns) > 1 else "INSERT INTO %s VALUES (999)" % table)
    rows = d.sql("SELECT COUNT(*) FROM %s" % table)
    for args in READERS + [WRITER, ["init"]]:
        matches(d.error(*args, status=4), r"newer")
    equal(d.sql("SELECT COUNT(*) FROM %s" % table), rows)


@case("a damaged store: check says so; no command crashes or hangs")
def _(d):
    made = fill(d)
    d.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    keep(d)
    size = os.path.getsize(d.db)
    chance = random.Random(7)
    found = 0
    for turn in range(12):
        restore(d)
        with open(d.db, "r+b") as file:
            for _ in range(6):  # behind the header's page, so that it is still taken for a store
                file.seek(chance.randrange(4096, size - 256))
                file.write(bytes(chance.randrange(256) for _ in range(256)))
        result = d.run("check", status=None)
        assert result.status in (0, 4), result
        found += result.status == 4
        for args in READERS + [WRITER, ["show", made["dynamic0"]], ["cancel", made["dynamic1"]]]:
            result = d.run(*args, status=None)
            assert result.status in (0, 1, 2, 3, 4), "turn %d: %s" % (turn, result)
    # text that is merely another text, or a page that is not in use, shows no damage
    assert found >= 6, "check saw the damage in %d of 12 stores only" % found


@case("a store cut short: status 4, no crash")
def _(d):
    fill(d)
    d.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    keep(d)
    size = os.path.getsize(d.db)
    for length in (1, 99, 4096, size // 2, size - 4096):
        restore(d)
        os.truncate(d.db, length)
        for args in READERS + [WRITER]:
            result = d.run(*args, status=None)
            assert result.status in (0, 1, 4), "%d bytes: %s" % (length, result)
        d.run("check", status=4)


@case("a limit on the file's size (a full disk): status 4, nothing half there, and it works afterwards")
def _(d):
    fill(d)
    before = d.json("agenda", "--all", "--from", "2026-11-01", "--to", "2027-03-01")
    d.write("big.ics", _faults.calendar(2000))

    def limit():
        size = max(os.path.getsize(d.db + end) for end in ("", "-wal") if os.path.exists(d.db + end))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, size + 8192))

    result = d.run("import", d.path("big.ics"), status=4, preexec_fn=limit, restore_signals=False)
    equal(result.err.count("\n"), 1, str(result))
    has(result.err, "the disk is full, nothing was changed", str(result))
    sound(d, "a full disk")
    equal(d.json("agenda", "--all", "--from", "2026-11-01", "--to", "2027-03-01"), before)
    d.run("import", d.path("big.ics"))
    sound(d, "room again")


@case("output that cannot be written is told, and is no success")
def _(d):
    d.organization()
    d.new("There", "2026-12-01 09:00")
    for args in (["agenda", "--from", "2026-12-01"], ["organizer", "list", "--json"], ["export"], ["--help"]):
        with open("/dev/full", "w") as full:
            child = d.start(*args, stdout=full)
            _, err = child.communicate()
        assert child.returncode not in (0, 99) and child.returncode > 0, "%s: status %d" % (args, child.returncode)
        has(err.decode(), '{"error":{"what":"standard output"' if "--json" in args else "dialdesk: standard output", " ".join(args))


@case("a change whose answer cannot be written is told to be made, so that nobody makes it twice; a question's is not")
def _(d):
    d.organization()
    uid = d.new("Budget", "2026-12-01 09:00")["uid"]
    at = ("--start", "2026-12-02 09:00")
    for args, changed in ((("new", "--title", "Once", *at), True), (("new", "--title", "Twice", *at, "--json"), True), (("edit", uid, "--title", "Plan"), True),
                          (("new", "--title", "Never", *at, "--dry-run"), False), (("show", uid), False), (("cancel", uid), True),
                          (("org",), False), (("org", "--name", "New"), True)):
        with open("/dev/full", "w") as full:
            child = d.start(*args, stdout=full)
            _, err = child.communicate()
        equal((child.returncode, b"is changed all the same" in err), (4, changed), args)
    equal([[m["title"] for m in d.json("search", word, status=(0, 1))] for word in ("Once", "Twice", "Never")], [["Once"], ["Twice"], []])
    reader, writer = os.pipe()
    os.close(reader)
    child = d.start("new", "--title", "Gone", *at, stdout=writer)
    os.close(writer)
    has(child.communicate()[1].decode(), "is changed all the same")


@case("a store by a link that somebody else owns is not followed")
def _(d):
    if os.geteuid() != 0:
        skip("only root can make such a link")
    d.organization()
    os.symlink(d.db, d.path("link.db"))
    os.chown(d.path("link.db"), 65534, 65534, follow_symlinks=False)
    d.error("agenda", "--db", d.path("link.db"), status=4)
    os.symlink(d.db, d.path("own.db"))
    d.run("agenda", "--db", d.path("own.db"))


def killed_writer(d, name):
    """Changes the organization's name and is killed: the change stands in the log alone."""
    text = "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE organization SET name = ?', [sys.argv[2]]); " \
           "c.commit(); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", text, d.db, name], check=False)
    assert os.path.getsize(d.db + "-wal") > 0


@case("a store with two names, or one that everybody may write to: readers read, nothing is written, check tells it")
def _(d):
    d.organization()
    os.link(d.db, d.path("other.db"))
    for where in (d.db, d.path("other.db")):
        has(d.error(*WRITER, "--db", where, status=4), "it has 2 names (hard links)")
        d.run("agenda", "--db", where)
        has(d.run("check", "--db", where, status=4).out, "file: it has 2 names (hard links)")
    os.remove(d.path("other.db"))
    sound(d, "one name")
    os.chmod(d.db, 0o602)
    has(d.error(*WRITER, status=4), "everybody may write to it")
    d.run("agenda")
    has(d.run("check", status=4).out, "file: everybody may write to it")
    os.chmod(d.db, 0o600)
    d.run(*WRITER)
    sound(d, "a mode of its own")


@case("a log that was removed is told by every command, before anything is done, until a backup comes back")
def _(d):
    d.organization()
    d.run("backup", d.path("backup"))
    killed_writer(d, "Kept")
    equal(d.json("org")["name"], "Kept")
    sound(d, "a log that is there")
    killed_writer(d, "Lost")
    os.remove(d.db + "-wal")
    for args in READERS + [WRITER, ["init"]]:
        if args != ["check"]:
            has(d.error(*args, status=4), "its log %s-wal was removed" % d.db)
    os.symlink(d.db, d.path("link.db"))
    has(d.error("agenda", "--db", d.path("link.db"), status=4), "its log %s-wal was removed" % d.db)
    has(d.json("check", status=4)["findings"][0], "-wal was removed, and the last changes with it")
    d.run("restore", d.path("backup"))
    sound(d, "a backup")
    equal(sorted(name for name in os.listdir(d.folder) if ".damaged" in name), [os.path.basename(d.db) + ".damaged"])


@case("who wants to go on without the log's changes can")
def _(d):
    d.organization()
    killed_writer(d, "Lost")
    os.remove(d.db + "-wal")
    os.remove(d.db + "-shm")
    d.run(*WRITER)
    sound(d, "without the log")


@case("a log that was left behind: no new store is made beside it, and it is read when the store comes back")
def _(d):
    d.organization()
    killed_writer(d, "Kept")
    os.rename(d.db, d.path("away"))
    for args in [["agenda"], WRITER, ["init"]]:
        has(d.error(*args, status=4), "its log is there, %s-wal, and the file itself is not" % d.db)
    open(d.db, "w").close()  # SQLite would remove the log of an empty file
    has(d.error("init", status=4), "the file itself is not")
    os.rename(d.path("away"), d.db)
    equal(d.json("org")["name"], "Kept")
    sound(d, "together again")


@case("another store's log: the store is told as damaged, and is whole when the log is taken away")
def _(d):
    d.organization()
    killed_writer(d, "Another")
    with open(d.db + "-wal", "rb") as file:
        log = file.read()
    d.db = d.path("larger.db")
    d.organization()
    for n in range(100):
        d.new("Meeting %d" % n, "2026-12-01 09:00")
    with open(d.db, "rb") as file:
        before = file.read()
    for args in (["agenda", "--days", "30"], ["check"], WRITER):
        with open(d.db + "-wal", "wb") as file:
            file.write(log)
        d.run(*args, status=4)
        for path, wanted in ((d.db, before), (d.db + "-wal", log)):
            with open(path, "rb") as file:
                assert file.read() == wanted, (args, path)
    os.remove(d.db + "-wal")
    os.remove(d.db + "-shm")
    equal(len(d.json("agenda", "--days", "30")), 100)
    sound(d, "without the other one's log")


@case("a backup comes back where a log was left behind")
def _(d):
    d.organization()
    d.run("backup", d.path("backup"))
    killed_writer(d, "Lost")
    os.remove(d.db)
    d.run("restore", d.path("backup"))
    sound(d, "a backup beside a log")
    assert os.path.exists(d.db + ".damaged-wal")


@case("a configuration of another user's, or that everybody may write to, is not read")
def _(d):
    d.organization()
    path = d.config("organizer = ada@example.org\n")
    d.run("agenda")
    os.chmod(path, 0o606)
    has(d.error("agenda", status=2), "everybody may write to it")
    os.chmod(path, 0o644)
    d.run("agenda")
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
        has(d.error("agenda", status=2), "it belongs to another user")


main()
