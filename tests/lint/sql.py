#!/usr/bin/python3
"""One SQL text for two engines: what it may not use, which types there are, and where SQL may stand at all."""

import re
import subprocess

from _lint import Report, c_files, files, line_of, without_comments

STATEMENT = re.compile(r"\s*(SELECT\b.*\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|CREATE\s+(UNIQUE\s+|TEMP\s+)?"
                       r"(TABLE|INDEX|VIEW|TRIGGER)\b|ALTER\s+TABLE\b|DROP\s+(TABLE|INDEX|VIEW)\b|WITH\s+(RECURSIVE\s+)?\w+.*\bAS\s*\()",
                       re.S)
NOT_BOTH = [
    (r"\b(I?LIKE|GLOB|REGEXP|SIMILAR\s+TO)\b", "pattern matching (fold in C into a search column)"),
    (r"\b(LOWER|UPPER|INITCAP)\s*\(", "folding (done in C)"),
    (r"::", "a cast by :: (CAST instead)"),
    (r"\bAUTOINCREMENT\b|\bSERIAL\b|\bBIGSERIAL\b|\bROWID\b", "an engine's own row numbers"),
    (r"\b(STRFTIME|DATETIME|JULIANDAY|UNIXEPOCH|NOW|DATE|TO_CHAR|TO_TIMESTAMP|EXTRACT|DATE_TRUNC|RANDOM|RANDOMBLOB)\s*\(",
     "a function of one engine, or of the clock"),
    (r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b", "the engine's clock"),
    (r"\bPRAGMA\b|\bATTACH\b|\bVACUUM\b|\bREPLACE\s+INTO\b|\bINSERT\s+OR\b|\bIFNULL\s*\(|\bISNULL\b|\bNOTNULL\b",
     "SQLite's own (the driver's business)"),
    (r"(?<![\w$])\?\d*", "a question mark (placeholders are $1, $2)"),
    (r"\b(FOR\s+UPDATE|DISTINCT\s+ON|USING\s+GIN|LATERAL)\b", "PostgreSQL's own (the driver's business)"),
]
BAD_TYPES = re.compile(r"\b(REAL|BLOB|BYTEA|BOOLEAN|BOOL|VARCHAR|CHAR|CHARACTER|TIMESTAMP\w*|DATE|TIME|NUMERIC|DECIMAL|FLOAT\w*"
                       r"|DOUBLE|SMALLINT|INT|INT8|UUID|JSONB?)\b")
# What a writer has read from a server it keeps until it changes a table that the query names (src/db/postgres_send.c). So a
# query names each table that it reads, a statement begins with the one table that it changes, and the schema changes none by itself.
HIDDEN = [
    (r"\bCREATE\s+(OR\s+REPLACE\s+)?(TEMP(ORARY)?\s+|RECURSIVE\s+|MATERIALIZED\s+)*VIEW\s+\w", "a view (a query names the tables that it reads)"),
    (r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?(TRIGGER|RULE)\b", "a trigger (a change names the table that it changes)"),
    (r"\bON\s+(DELETE|UPDATE)\s+(CASCADE|SET)\b", "a cascade (a change names the table that it changes)"),
    (r"\bINHERITS\b|\bPARTITION\s+(OF|BY)\b", "a table that is part of another"),
]
CHANGE = re.compile(r"\b(INSERT\s+INTO|(?<!DO )UPDATE(?=\s+\w+\s+SET\b)|DELETE\s+FROM)\b")
BEGINS = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) [a-z_]+( |$)")
LITERALS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')


def sql_faults(where, sql):
    bare = re.sub(r"'(?:''|[^'])*'", "''", sql)
    faults = ["%s: %s" % (where, why) for pattern, why in NOT_BOTH if re.search(pattern, bare, re.I)]
    faults += ["%s: %s" % (where, why) for pattern, why in HIDDEN if re.search(pattern, bare, re.I)]
    for table in re.finditer(r"\b(CREATE\s+TABLE|ADD\s+COLUMN)\b[^;]*", bare, re.I):
        for wrong in BAD_TYPES.finditer(table.group(0)):
            if wrong.group(0).isupper():
                faults.append("%s: type %s (only TEXT, BIGINT, INTEGER)" % (where, wrong.group(0)))
    return faults


def change_faults(where, sql):
    """A statement that changes a table where, or which, the driver does not see."""
    changes = [change.start() for change in CHANGE.finditer(re.sub(r"'(?:''|[^'])*'", "''", sql))]
    if not changes or (changes == [0] and BEGINS.match(sql)):
        return []
    return ["%s: a change that does not begin with one table and a blank behind it" % where]


def expanded(text):
    """The source as the compiler sees it: statements are made of macros, a meeting's columns of a list. Lines keep their
    numbers; a macro's literals stand on the line of its use."""
    run = subprocess.run(["cc", "-std=c17", "-E", "-I", "include", "-I", "src/store", "-x", "c", "-"], input=text,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if run.returncode != 0:
        raise SystemExit("the preprocessor failed: " + run.stderr)
    lines, number, own = [""] * (text.count("\n") + 2), 0, False
    for line in run.stdout.splitlines():
        marker = re.match(r'# (\d+) "([^"]*)"', line)
        if marker:
            number, own = int(marker.group(1)), marker.group(2) == "<stdin>"
            continue
        if own and number < len(lines):
            lines[number] += line + " "
        number += 1
    return "\n".join(lines[1:])


def lint(path, text):
    if path.endswith(".sql"):
        return sql_faults(path, re.sub(r"--[^\n]*", "", text))
    findings = []
    if path.startswith("src/store/") and path.endswith(".c"):
        text = expanded(text)
    code = without_comments(text)
    for match in LITERALS.finditer(code):
        joined = "".join(part[1:-1] for part in re.findall(r'"(?:\\.|[^"\\\n])*"', match.group(0)))
        joined = joined.replace("\\n", "\n").replace('\\"', '"')
        where = "%s:%d" % (path, line_of(code, match.start()))
        if path.startswith("src/db/postgres"):
            findings += ["%s: %s" % (where, why) for pattern, why in HIDDEN if re.search(pattern, joined, re.I)]
        if not STATEMENT.match(joined):
            continue
        if path.startswith("src/store/"):
            findings += sql_faults(where, joined) + change_faults(where, joined)
        elif not path.startswith("src/db/"):
            findings.append("%s: SQL outside store and db" % where)
    return findings


def c(sql):
    return 'static const char *q = "%s";\n' % sql


report = Report()
report.samples(lint, [
    ("src/store/x.c", c("SELECT uid FROM meeting WHERE title LIKE $1"), "pattern matching"),
    ("src/store/x.c", c("SELECT LOWER(a) FROM b"), "folding"),
    ("src/store/x.c", 'x("SELECT a"\n  "  FROM b WHERE c = $1::text");\n', "a cast by ::"),
    ("src/store/x.c", c("SELECT a FROM b WHERE c = ?"), "a question mark"),
    ("src/store/x.c", c("INSERT OR IGNORE INTO a VALUES (1)") + c("INSERT INTO a SELECT IFNULL(1,2)"), "SQLite's own"),
    ("src/store/x.c", c("UPDATE a SET b = CURRENT_TIMESTAMP"), "the engine's clock"),
    ("src/store/x.c", '#define COLUMNS " a, b::text "\nx("SELECT" COLUMNS\n "FROM c");\n', "src/store/x.c:2: a cast by ::"),
    ("src/store/x.c", '#define ALL(X) X(a) X(like)\n#define NAME(c) #c ", "\nx("UPDATE t SET " ALL(NAME) "b");\n', "pattern matching"),
    ("src/desk/x.c", c("SELECT uid FROM meeting"), "SQL outside store and db"),
    ("src/cli/x.c", c("DELETE FROM meeting"), "SQL outside store and db"),
    ("data/schema/0001.sql", "CREATE TABLE a (b INTEGER PRIMARY KEY AUTOINCREMENT);\n", "own row numbers"),
    ("data/schema/0001.sql", "CREATE TABLE a (b BOOLEAN);\n", "type BOOLEAN"),
    ("data/schema/0001.sql", "CREATE TABLE a (b TIMESTAMP);\n", "type TIMESTAMP"),
    ("data/schema/0001.sql", "CREATE TABLE a (b VARCHAR(20));\n", "type VARCHAR"),
    ("data/schema/0001.sql", "CREATE VIEW a AS SELECT b FROM c;\n", "a view"),
    ("src/store/x.c", c("CREATE TEMP VIEW a AS SELECT b FROM c"), "a view"),
    ("src/db/postgres_x.c", c("CREATE OR REPLACE VIEW a AS SELECT b FROM c"), "a view"),
    ("data/schema/0001.sql", "CREATE TRIGGER a AFTER INSERT ON b BEGIN DELETE FROM c; END;\n", "a trigger"),
    ("src/db/postgres_x.c", c("CREATE RULE a AS ON INSERT TO b DO DELETE FROM c"), "a trigger"),
    ("data/schema/0001.sql", "CREATE TABLE a (b TEXT REFERENCES c (d) ON DELETE CASCADE);\n", "a cascade"),
    ("data/schema/0001.sql", "CREATE TABLE a (b TEXT REFERENCES c (d) ON UPDATE SET NULL);\n", "a cascade"),
    ("src/store/x.c", c("INSERT INTO a(b) VALUES ($1)"), "does not begin with one table"),
    ("src/store/x.c", c("UPDATE  a SET b = 1"), "does not begin with one table"),
    ("src/store/x.c", c("WITH x AS (DELETE FROM a RETURNING b) SELECT b FROM x"), "does not begin with one table"),
    ("src/store/x.c", c("WITH x AS (SELECT 1 AS b) INSERT INTO a SELECT b FROM x"), "does not begin with one table"),
], [
    ("src/store/x.c", c("INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET c = 'DELETE FROM d'") + c("DELETE FROM a WHERE b = 1")),
    ("src/db/sqlite_x.c", c("CREATE VIEW a AS SELECT b FROM c")),
    ("data/schema/0001.sql", "CREATE TABLE a (b TEXT REFERENCES c (d) DEFERRABLE INITIALLY DEFERRED);\nUPDATE a SET b = 1;\n"),
    ("src/store/x.c", c("SELECT uid, start_at FROM meeting WHERE title = '?' AND a = $1 ORDER BY b NULLS LAST")),
    ("src/cli/x.c", 'puts("Select a meeting from the list"); puts("UPDATE: what");\n'),
    ("src/db/sqlite.c", c("PRAGMA journal_mode = WAL")),
    ("data/schema/0001.sql", "-- LIKE in a comment\nCREATE TABLE a (b TEXT NOT NULL, c BIGINT, d INTEGER);\n"),
])
report.over("the SQL subset and its place", lint, c_files() + files("data/schema/*.sql"))
report.end()
