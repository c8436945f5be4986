"""Rows of `make bench`: a durable PostgreSQL server of our own that holds the same meetings as the stores in files."""

import os
import subprocess
import sys
import time

import lists

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from server import Server, programs_folder  # noqa: E402

COMMANDS = (("lookup of an unknown ID", ("lookup", "12345679")), ("agenda of a week", ("agenda",)),
            ("search that finds nothing", ("search", "zzzzqqq")), ("search for a word", ("search", "quarterly")))
SCHEDULED = 200
UID = "'bare-' || CAST(:number AS TEXT)"
NEXT = "(SELECT MAX(seq) + 1 FROM %s)"
# The rows of a new meeting: a table, of which of its rows they are copies, and what differs.
ROWS = (("meeting", "seq = :like", {"seq": NEXT % "meeting", "uid": UID}),
        ("conference_id", "kind = 'dynamic'", {"digits": "CAST(CAST(:number AS BIGINT) % 900000000000 + 100000000000 AS TEXT)", "meeting_uid": UID}),
        ("attendee", "position = 0", {"meeting_uid": UID}),
        ("history", "seq = :like", {"seq": NEXT % "history", "meeting_uid": UID}),
        ("history", "seq = :like", {"seq": NEXT % "history", "meeting_uid": UID}))


class Postgres:
    def __init__(self, b):
        self.b, self.server = b, Server(programs_folder(), durable=True)

    def psql(self, database, *more):
        return [os.path.join(self.server.programs, "psql"), *self.server.place(database), "-X", *more]

    def init(self, name):
        where = self.server.database(name)
        self.b.call(self.b.program, "--db", where, "init")
        return where

    def store(self, name, file):
        """The rows of the store in a file, table by table."""
        def shell(*query):
            return ["sqlite3", *query[:-1], file, query[-1]]
        where = self.init(name)
        tables = self.b.call(*shell("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'meeting_search%'"
                                    " AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migration'")).split()
        self.server.sql(name, "TRUNCATE %s" % ", ".join(tables))
        for table in tables:
            columns = self.b.call(*shell("SELECT group_concat(name) FROM pragma_table_info('%s')" % table)).strip()
            rows = subprocess.Popen(shell("-csv", "SELECT %s FROM %s" % (columns, table)), stdout=subprocess.PIPE)
            subprocess.run(self.psql(name, "-q", "-c", "SET session_replication_role = replica",
                                     "-c", "COPY %s (%s) FROM STDIN (FORMAT csv)" % (table, columns)), stdin=rows.stdout, check=True)
            rows.wait()
        self.server.sql(name, "VACUUM ANALYZE")
        return name, where

    def pgbench(self, database, script):
        """Milliseconds of one run of the script over a connection that is kept."""
        with open(self.b.tool("insert.sql"), "w", encoding="ascii") as file:
            file.write(script)
        said = self.b.call(os.path.join(self.server.programs, "pgbench"), "-h", self.server.folder, "-U", "dialdesk", "-n",
                           "-M", "prepared", "-t", str(SCHEDULED), "-f", self.b.tool("insert.sql"), database)
        return float(said.split("latency average = ")[1].split(" ")[0])

    def bare_insert(self, database):
        """One durable insert."""
        self.server.sql(database, "CREATE TABLE bare (uid TEXT PRIMARY KEY, title TEXT, at BIGINT)")
        return self.pgbench(database, "INSERT INTO bare VALUES (gen_random_uuid()::text, 'A meeting of some people', 1);\n")

    def bare_rows(self, database):
        """The rows of a new meeting into the store's own tables, in one transaction and one round trip, with nothing read or checked."""
        most = self.server.sql(database, "SELECT LEAST((SELECT MAX(seq) FROM meeting), (SELECT MAX(seq) FROM history))")
        script = "\\set number random(1, 9000000000000000)\n\\set like random(1, %s)\n\\startpipeline\nBEGIN;\n" % most
        for table, copied, differs in ROWS:
            columns = self.server.sql(database, "SELECT column_name FROM information_schema.columns WHERE table_name = '%s'"
                                      " AND table_schema = 'public'" % table).split()
            script += "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s LIMIT 1;\n" % (
                table, ", ".join(columns), ", ".join(differs.get(c, c) for c in columns), table, copied)
        return self.pgbench(database, script + "COMMIT;\n\\endpipeline\n")


def measure(b, row, note, growth, sizes, events, crowd):
    """`events` is a file of so many events as its name says; `crowd` meetings are at one time."""
    if not programs_folder():
        return note("no PostgreSQL server is installed")
    p = Postgres(b)
    times = {}
    try:
        for size in sizes:
            name, where = p.store("store%d" % size, b.store(size))
            nothing = p.psql(name, "-c", "SELECT 1")
            for work, command in COMMANDS:
                ours, peer = b.compare([b.program, "--db", where, "-o", "organizer-7@example.org", *command], nothing)
                row("PostgreSQL: %s, %d" % (work, size), ours, peer, "psql, SELECT 1", "flat")
                times.setdefault(work, []).append(ours)
            ours = float(b.call(b.tool("schedule"), where, "organizer-7@example.org", str(SCHEDULED))) / 1000
            row("PostgreSQL: scheduling in process, %d" % size, ours, p.bare_insert(name), "bare durable insert", "at most 2.0")
            row("PostgreSQL: scheduling in process, %d" % size, ours, p.bare_rows(name), "its rows, unchecked, in one trip", "")
        for work, took in times.items():
            growth("PostgreSQL: " + work, sizes, took)
        import_beside_sqlite(p, row, events)
        _, where = p.store("crowd", lists.crowd(b, crowd, 0))
        for name, command in lists.LISTS:
            lists.crowd_list(b, row, "PostgreSQL: %s, %d at one time" % (name, crowd), [where], command)
    finally:
        p.server.remove()
    return None


def import_beside_sqlite(p, row, events):
    b, took = p.b, []
    file = b.tool("beside.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(file + end):
            os.unlink(file + end)
    b.call(b.program, "--db", file, "init")
    for where in (p.init("import"), file):
        b.call(b.program, "--db", where, "organizer", "add", "ada@example.org", "--dial-in", "on", "--provider", "microsoft")
        began = time.monotonic()
        b.call(b.program, "--db", where, "-q", "import", events)
        took.append((time.monotonic() - began) * 1000)
    row("PostgreSQL: import of %s" % os.path.basename(events), took[0], took[1], "SQLite", "at most 4.0")
