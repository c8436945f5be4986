#!/usr/bin/python3
"""A PostgreSQL server in trouble: locked, silent, frozen, cut off while it commits, crashed, of another encoding. See tests/harness/server.py."""

import os
import socket
import sys
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import Dialdesk, equal, has, lacks
from server import report

SECONDS = 2  # for which the store is waited for
FEW_WAITS = 13  # of a whole "new": to open the store, to look for the organizer, and for the meeting six


class Proxy:
    """Stands before the server, and cuts the first writer's connection at its COMMIT: before or after the server has it.
    With `away` it takes no others afterwards. `waits`: how often somebody asked for answers and waited."""

    def __init__(self, server, cut=None, away=False):
        self.target = os.path.join(server.folder, ".s.PGSQL.5432")
        self.cut, self.away, self.done, self.waits = cut, away, False, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.done and self.away:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.target)
            pair = {"writes": False, "commits": False, "ends": (client, server)}
            threading.Thread(target=self.pump, args=(pair, client, server, True), daemon=True).start()
            threading.Thread(target=self.pump, args=(pair, server, client, False), daemon=True).start()

    def stop(self, pair):
        self.done = True
        for end in pair["ends"]:
            end.close() if end.fileno() < 0 else end.shutdown(socket.SHUT_RDWR)

    def pump(self, pair, source, target, asks):
        try:
            while True:
                data = source.recv(1 << 16)
                if not data:
                    break
                if asks:
                    self.waits += data.count(b"S\0\0\0\4")  # a Sync ends what is sent before a wait
                    writes, ends = data.rfind(b"pg_advisory_xact_lock"), data.rfind(b"COMMIT\0")
                    pair["commits"] = ends > writes and (pair["writes"] or writes >= 0)  # not a reader's, which may stand before it
                    pair["writes"] = pair["writes"] or writes >= 0
                if pair["commits"] and self.cut and not self.done and (self.cut == "before" if asks else b"COMMIT\0" in data):
                    return self.stop(pair)
                target.sendall(data)
        except OSError:
            pass
        for end in pair["ends"]:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def address(d, port):
    """The store's, by way of 127.0.0.1."""
    return "postgresql://dialdesk@127.0.0.1:%d/%s?sslmode=disable" % (port, d.db.split("/")[3].split("?")[0])


def titles(d, word):
    return [meeting["title"] for meeting in d.json("search", word, status=(0, 1))]


def commit_not_made(server, d):
    for name in ("first", "second"):
        d.db, where = d.store, Proxy(server, "before")
        said = d.error("--db", address(d, where.port), "new", "--title", name, "--start", "2026-11-24 09:00", status=4)
        has(said, "the change was not made")
        equal(titles(d, name), [])
        equal(where.done, True)


def commit_made(server, d):
    proxy = Proxy(server, "after")
    said = d.json("--db", address(d, proxy.port), "new", "--title", "Kept", "--start", "2026-11-24 09:00")
    equal(proxy.done, True)
    equal(titles(d, "Kept"), ["Kept"])
    equal(d.json("lookup", said["conference_id"])["state"], "upcoming")


def commit_unknown(server, d):
    proxy = Proxy(server, "after", away=True)
    said = d.error("--db", address(d, proxy.port), "new", "--title", "Unseen", "--start", "2026-11-24 09:00", status=4)
    has(said, "whether it was made is not known")
    equal(titles(d, "Unseen"), ["Unseen"])


def commit_crashed(server, d):
    """The server crashes before it has the COMMIT, and gives the number of the lost transaction to another one."""
    d.config("store_timeout = 30\n")
    proxy = Proxy(server, "before", away=True)
    child = d.start("--db", address(d, proxy.port), "new", "--title", "Lost", "--start", "2026-11-24 09:00")
    while not proxy.done:
        time.sleep(0.001)
    server.crash()
    d.new("Another", "2026-11-24 09:00")
    proxy.away = False
    said = child.communicate()[1].decode()
    equal(titles(d, "Lost"), [])
    equal(child.returncode, 4)
    has(said, "whether it was made is not known")


def sessions_end(server, d):
    server.sql("postgres", "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '%s' AND application_name = 'dialdesk'" % d.name)


def ended_idle(server, d):
    t = d.terminal("console", "--view", "agenda")
    t.wait("Standing")
    t.send("n")
    t.wait("Title")
    t.send("Kept")
    sessions_end(server, d)
    t.key("Ctrl-S")
    t.wait("Scheduled")
    equal(titles(d, "Kept"), ["Kept"])
    t.key("Esc")
    t.wait("Standing")
    sessions_end(server, d)
    d.new("Seen", "2026-11-25 10:00")
    t.wait("Seen")
    t.send("q")
    t.exit()


def ended_at_work(server, d):
    other = server.session(d.name)
    other.stdin.write("BEGIN; LOCK TABLE history; SELECT 'locked';\n")
    other.stdin.flush()
    equal(other.stdout.readline(), "locked\n")
    child = d.start("new", "--title", "Ended", "--start", "2026-11-24 09:00", env={"DIALDESK_DB": d.db})
    while server.sql("postgres", "SELECT COUNT(*) FROM pg_locks WHERE NOT granted") == "0":
        time.sleep(0.01)
    sessions_end(server, d)
    has(child.communicate()[1].decode(), "the connection was lost, and the change was not made: try again")
    equal(child.returncode, 4)
    other.stdin.close()
    other.wait()
    equal(titles(d, "Ended"), [])


def waits_of(server, d, *command, stdin=None):
    proxy = Proxy(server)
    d.run("--db", address(d, proxy.port), *command, stdin=stdin)
    return proxy.waits


def plain(n):
    return ("BEGIN:VEVENT\r\nUID:e%d\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261124T090000Z\r\nSUMMARY:Event\r\n"
            "ATTENDEE:mailto:eve@example.org\r\nEND:VEVENT\r\n" % n)


def on_one_id(n):
    return plain(n).replace("UID:e", "UID:i").replace("ATTENDEE", "DESCRIPTION:Conference ID: 7654321\r\nATTENDEE")


def calendar(first, end, event=plain):
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n%sEND:VCALENDAR\r\n" % "".join(map(event, range(first, end)))


def few_waits(server, d):
    waits = waits_of(server, d, "new", "--title", "One", "--start", "2026-11-24 09:00", "--attendee", "eve@example.org")
    equal(waits <= FEW_WAITS, True, "%d waits" % waits)

    for event in (plain, on_one_id):
        few = waits_of(server, d, "import", "-", stdin=calendar(0, 10, event))
        many = waits_of(server, d, "import", "-", stdin=calendar(10, 610, event))
        equal(many - few < 60, True, "%d waits for 10 events, %d for 610" % (few, many))
        again = waits_of(server, d, "import", "-", stdin=calendar(0, 620, event))
        equal(again < 60, True, "%d waits for 620 events that are there" % again)


def killed(server, d):
    """An import that ends at any moment leaves whole batches, and goes on when it is begun again."""
    d.write("many.ics", calendar(0, 3500))
    for after in (0.3, 0.6, 0.9):
        child = d.start("import", d.path("many.ics"))
        time.sleep(after)
        child.kill()
        child.wait()
        while server.sql("postgres", "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '%s'" % d.name) != "0":
            time.sleep(0.01)
        count = int(server.sql(d.name, "SELECT COUNT(*) FROM meeting WHERE uid LIKE 'e%'"))
        equal(count in (0, 1000, 2000, 3000, 3500), True, count)
        equal(d.json("check"), {"findings": []})
    d.run("import", d.path("many.ics"))
    equal(server.sql(d.name, "SELECT COUNT(*) FROM meeting m JOIN attendee a ON a.meeting_uid = m.uid WHERE uid LIKE 'e%'"), "3500")
    equal(d.json("check"), {"findings": []})


def table_lock(server, d):
    other = server.session(d.name)
    other.stdin.write("BEGIN; LOCK TABLE meeting; SELECT 'locked';\n")
    other.stdin.flush()
    equal(other.stdout.readline(), "locked\n")
    for command in (("new", "--title", "Held", "--start", "2026-11-24 09:00"), ("agenda",)):
        has(d.error(*command, status=4), "other programs kept it busy for more than %d seconds" % SECONDS)
    t = d.terminal("console", "--view", "agenda")
    t.wait_match("Waiting")
    t.wait("for the server")
    t.key("Esc")
    t.wait_match("no longer waited|Opening|busy")
    other.stdin.write("COMMIT;\n")
    other.stdin.close()
    other.wait()
    t.wait("Standing")
    t.key("q")
    t.exit()


def full(server, d):
    """Whoever waits looks whether the server lives, and one that takes no more connections says so itself."""
    server.sql(d.name, "CREATE ROLE only_one LOGIN CONNECTION LIMIT 1; GRANT ALL ON ALL TABLES IN SCHEMA public TO only_one")
    other = server.session(d.name)
    other.stdin.write("BEGIN; LOCK TABLE meeting; SELECT 'locked';\n")
    other.stdin.flush()
    equal(other.stdout.readline(), "locked\n")
    has(d.error("--db", d.db.replace("dialdesk@", "only_one@"), "agenda", status=4), "other programs kept it busy for more than %d seconds" % SECONDS)
    other.stdin.close()
    other.wait()


def writers_lock(server, d):
    other = server.session(d.name)
    other.stdin.write("BEGIN; SELECT 'locked' FROM (SELECT pg_advisory_xact_lock(1684627820, hashtext(current_schema()))) l;\n")
    other.stdin.flush()
    equal(other.stdout.readline(), "locked\n")
    has(d.error("new", "--title", "Held", "--start", "2026-11-24 09:00", status=4), "busy")
    equal(d.json("search", "Standing")[0]["title"], "Standing")
    other.stdin.close()
    other.wait()


def silent(server, d):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        has(d.error("--db", address(d, listener.getsockname()[1]), "agenda", status=4), "did not answer for %d seconds" % SECONDS)


def frozen(server, d):
    server.freeze()
    try:
        has(d.error("agenda", status=4), "did not answer")
    finally:
        server.thaw()
    equal(d.json("search", "Standing")[0]["title"], "Standing")


def at_work(server, d):
    d.config("store_timeout = 1\n")
    server.sql(d.name, "ALTER TABLE meeting RENAME TO kept; CREATE VIEW meeting AS SELECT k.* FROM pg_sleep(60), kept k")
    has(d.error("agenda", status=4), "did not answer for 12 seconds")


def frozen_console(server, d):
    t = d.terminal("console", "--view", "agenda")
    t.wait("Standing")
    server.freeze()
    try:
        t.wait("Waiting")
        t.wait("Esc stops waiting")
        t.send("n")  # gives up what nobody asked for, and is answered
        t.wait("Title")
        t.send("Typed while frozen")
        t.wait("Typed while frozen")
    finally:
        server.thaw()
    t.wait("The store is there again")
    t.wait("Typed while frozen")
    t.key("Ctrl-S")
    t.wait_gone("Title   ")
    t.key("Esc", "Esc", "q")
    equal(titles(d, "frozen"), ["Typed while frozen"])


def crashed(server, d):
    """Commits that the server would write later are lost with it: ours are not of that kind."""
    server.sql("postgres", "ALTER DATABASE %s SET synchronous_commit = off" % d.name)
    d.new("Acknowledged", "2026-11-24 09:00")
    server.crash()
    equal(titles(d, "Acknowledged"), ["Acknowledged"])
    equal(d.json("check"), {"findings": []})


def notices(server, d):
    """A server that warns whoever connects."""
    server.sql("postgres", "UPDATE pg_database SET datcollversion = '1' WHERE datname = '%s'" % d.name)
    has(server.sql(d.name, "SELECT 1"), "WARNING")
    equal(d.run("search", "Standing").err, "")


def secrets(server, d):
    for where in ("postgresql://ada:secret@127.0.0.1:1/base", "postgresql://ada:sec/ret@127.0.0.1:1/base",
                  "postgresql://ada:sec?ret@127.0.0.1:1/base", "postgresql://ada:secret", "postgresql://ada:secret@nowhere.invalid:x/base",
                  "postgresql://127.0.0.1:1/base?password=secret&nonsense=secret", "postgresql://ada:se%zzcret@127.0.0.1:1/base",
                  "PostgreSQL://ada:secret@127.0.0.1:1/base"):
        said = d.error("--db", where, "agenda", status=(2, 4))
        for part in ("cret", "ret@", "sec"):
            lacks(said.replace("seconds", ""), part)


def schemes(server, d):
    for scheme in ("postgres", "POSTGRESQL", "PostgreS"):
        equal(d.json("--db", scheme + d.db[d.db.index(":"):], "search", "Standing")[0]["title"], "Standing")


def encodings(server, d):
    for name, more in (("ascii", "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc"),
                       ("latin", "ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc")):
        said = d.error("--db", server.database(name, more=more), "init", status=3)
        has(said, "ENCODING 'UTF8'")
        equal(server.sql(name, "SELECT COUNT(*) FROM pg_class WHERE relname = 'meeting'"), "0")


def searching(server, d):
    d.new("Budget \"quoted\\ Übersicht", "2026-11-24 09:00")
    for word, found in (("übersicht", 1), ("\"quoted\\", 1), ("udge", 1), ("bu", 1), ("budgets", 0), ("{udg", 0)):
        equal(len(titles(d, word)), found, word)
    for n in range(6):
        d.new("Common %d" % n, "2026-11-%02d 09:00" % (24 + n))
    equal(len(titles(d, "common")), 6)
    equal(titles(d, "common 3"), ["Common 3"])
    crowd = "".join("ATTENDEE;CN=%s%d:mailto:%d@example.org\r\n" % ("Ångström " * 40, n, n) for n in range(100))
    crowded = calendar(0, 1).replace("END:VEVENT", crowd + "END:VEVENT")
    equal(d.json("import", "-", stdin=crowded)["added"], 1)
    equal(len(titles(d, "98@example.org")), 1)


CASES = (
    (commit_not_made, "a COMMIT that did not reach the server is told as not made"),
    (commit_made, "a COMMIT whose answer was lost is looked up, and the meeting is there"),
    (commit_unknown, "a COMMIT whose answer was lost with the server is told as not known"),
    (commit_crashed, "a COMMIT that was lost in a crash is not taken for another one that got its number"),
    (ended_idle, "a session that the server ended between two changes is made anew, and nobody hears of it"),
    (ended_at_work, "a session that the server ended within a change is told, and that nothing was changed"),
    (few_waits, "scheduling waits for few answers, an import for fewer than one in ten events"),
    (killed, "an import that is killed leaves whole batches"),
    (table_lock, "another session's table lock is waited for no longer than the limit, and the console lives"),
    (full, "a server that lives and takes no more connections is no silent one"),
    (writers_lock, "a writer waits for another one, and readers do not"),
    (silent, "a server that takes connections and says nothing"),
    (frozen, "a server that is frozen"),
    (at_work, "a server that takes connections, and whose work lasts too long"),
    (frozen_console, "the console in front of a frozen server says what it waits for and takes keys"),
    (crashed, "what was acknowledged is there after a crash, whatever the server's synchronous_commit"),
    (notices, "a server's warnings do not reach the terminal"),
    (secrets, "no part of a password in an address is shown"),
    (schemes, "an address's scheme in letters of any size"),
    (encodings, "a database of another encoding is refused before anything is made"),
    (searching, "search by the index, by frequent words and by short ones"),
)


def case(server, number, function):
    d = Dialdesk()
    d.name = "trouble%d" % number
    d.store = d.db = server.database(d.name)
    d.config("store_timeout = %d\n" % SECONDS)
    try:
        d.organization()
        d.new("Standing", "2026-11-25 09:00")
        function(server, d)
        return None
    except Exception:
        return traceback.format_exc()
    finally:
        d.close()


def results(server):
    wanted = sys.argv[1:]
    for number, (function, description) in enumerate(CASES, 1):
        if not wanted or function.__name__ in wanted:
            output = case(server, number, function)
            yield not output, description, output


sys.exit(report(results, "wal_writer_delay=10s"))
