#!/usr/bin/python3
"""check: a sound store is sound, each damage is a finding, and exit status 4 goes with findings."""

import os
import sqlite3

from _cli import ADA, calendar, event, legacy_pair
from _mail import mailer
from dialdesk import case, equal, has, lacks, main, matches

HUGE = ["9223372036854775807", "-9223372036854775808"]
NOISE = bytes((i * 197 + 89) % 256 for i in range(8192))


def findings(d):
    """The findings' lines; that there are some, that there is no error, and that text says the same."""
    result = d.run("check", "--json", status=4)
    equal((list(result.json()), result.err), (["findings"], ""))
    lines = result.json()["findings"]
    assert lines, "status 4 without findings"
    told = d.run("check", status=4).out
    for line in lines:
        has(told, line)
    return lines


def hurt(d, sql):
    """Damage that the engine would refuse: no foreign keys, no CHECK constraints."""
    return d.sql("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; " + sql)


def sound(d):
    equal(d.run("check").out, "The store is sound.\n")
    equal(d.json("check"), {"findings": []})


def only_file(d):
    """The store in one file, closed; its bytes."""
    d.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        if os.path.exists(d.db + end):
            os.remove(d.db + end)
    with open(d.db, "rb") as file:
        return file.read()


def replace(d, data):
    with open(d.db, "wb") as file:
        file.write(data)


@case("the sample is sound, and so is what cancelling, converting, resetting and editing leave")
def _(d):
    d.run("demo")
    sound(d)
    for meeting in d.json("agenda", "-o", ADA, "--days", "7")[:3]:
        d.run("cancel", meeting["uid"])
    d.run("convert", "--organizer-all", "-o", ADA)
    d.run("organizer", "reset-id", "grace@example.org")
    d.run("new", "--title", "Late", "--start", "2026-11-24 17:00", "-o", ADA)
    sound(d)


@case("meetings that are over, and IDs that ended or left quarantine with them")
def _(d):
    d.organization()
    d.new("Old", "2026-11-23 10:00")
    uid = d.new("Older", "2026-11-23 11:00")["uid"]
    d.run("cancel", uid)
    for now in ("2026-12-24T09:00:00Z", "2029-01-01T09:00:00Z"):
        d.now = now
        sound(d)
        d.run("new", "--title", "New", "--start", "+2h", "-o", ADA)
        sound(d)


@case("imported IDs may be of any shape and near to others")
def _(d):
    d.organization()
    mine = d.new("Mine", "2026-11-24 09:00")["conference_id"]
    near = mine[:-1] + str((int(mine[-1]) + 1) % 10)
    ids = [near, "12345678", "00112233", "11111111", "4711", "123456789012"]
    ics = d.write("in.ics", calendar(*[event("i%d@example.org" % i, "20261125T%02d0000Z" % (9 + i), "20261125T%02d3000Z" % (9 + i),
                                             text="Conference ID: " + digits) for i, digits in enumerate(ids)]))
    d.run("import", ics, "-o", ADA)
    answer = d.json("check")
    equal((answer["findings"], len(answer["notes"])), ([], 1))
    has(answer["notes"][0], "one of them taken from elsewhere: " + " ".join(sorted([mine, near])))


@case("a repair brings right what a clock left that was ahead, and keeps the store as it was beside")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    first = d.new("First", "2026-11-24 09:00")
    now, d.now = d.now, "2029-06-01T09:00:00Z"
    second = d.new("Second", "2029-06-02 09:00")
    d.run("organizer", "reset-id", ADA)
    d.run("admit", "99999999", status=1)
    d.sql("UPDATE call SET at = 4102444800, seq = 4102444800000000000")  # rows are numbered by the real clock, which stays right here
    d.now = now
    lines = "\n".join(findings(d))
    for words in ("counts as ended, and its meeting is not over: " + first["conference_id"], "was retired at a time that is to come: 7654321",
                  "was issued at a time that is to come: " + second["conference_id"], "calls are noted at a time that is to come: 1"):
        has(lines, words)
    equal(d.json("org")["live_ids"], 2)
    result = d.run("check", "--repair", "--json")
    equal(result.json()["findings"], [])
    lacks(lines, "count of live IDs")
    has("\n".join(result.json()["repaired"]), "count of live IDs is wrong for length 8")  # as the states are right
    equal(len(result.json()["repaired"]), len(lines.split("\n")) + 1)
    copy = d.db + ".before-repair-1.bak"
    has(result.err, "the store as it was is in " + copy)
    equal(sorted(d.json("check", "--db", copy, status=4)["findings"]), sorted(lines.split("\n")))
    sound(d)
    equal(d.json("org")["live_ids"], 3)
    equal(d.json("lookup", "7654321")["state"], "retired")
    equal(d.json("lookup", first["conference_id"])["state"], "upcoming")
    equal(d.run("check", "--repair").out, "The store is sound.\n")
    equal([name for name in os.listdir(d.folder) if "before-repair" in name], [os.path.basename(copy)])


@case("what a clock that was ahead withdrew as over is owed again after a repair, and nothing else is")
def _(d):
    d.organization()
    mailer(d, 75)
    kept = d.new("Kept", "2026-11-24 09:00", "--attendee", "bob@example.org", "--send")
    d.new("By hand", "2026-11-24 11:00", "--attendee", "bob@example.org", "--send")
    gone = d.new("Cancelled", "2026-11-24 13:00", "--attendee", "bob@example.org", "--send")
    d.run("cancel", gone["uid"])
    for row in d.json("outbox"):
        d.run("outbox", "retry", str(row["id"]))
    d.run("outbox", "withdraw", "2")
    mailer(d)
    now, d.now = d.now, "2031-06-01T09:00:00Z"
    equal(d.json("send", "--reminders")["withdrawn"], 2)
    d.now = now
    line = "message was withdrawn as its meeting is over, and it is not: "
    equal(findings(d), [line + "1", line + "3"])
    has(d.run("check", "--repair").out, "Brought right: " + line + "1")
    sound(d)
    equal(d.json("send", "--reminders")["sent"], 1)
    equal([(row["id"], row["state"], row["why"]) for row in d.json("outbox")],
          [(1, "sent", ""), (2, "withdrawn", "withdrawn by hand"), (3, "withdrawn", "the meeting was cancelled")])
    equal(d.json("show", kept["uid"])["untold"], [])
    sound(d)


@case("a negative duration is told, and made anew where the stored end tells it; a repair goes on to all else")
def _(d):
    d.organization(tz="Europe/Berlin")
    new = [d.new("Short", "2026-11-24 09:00", "--duration", "1h30m"), d.new("Days", "2027-03-27", "--all-day", "--duration", "3d"),
           d.new("Series", "2026-11-24 11:00", "--repeat", "FREQ=DAILY;COUNT=3"), d.new("Lost", "2026-11-25 09:00")]
    durations = "SELECT duration FROM meeting ORDER BY seq"
    before = d.sql(durations)
    hurt(d, "UPDATE meeting SET duration = -60; UPDATE meeting SET end_at = end_at + 60 WHERE title = 'Series';"
            "UPDATE meeting SET duration = 5 WHERE title = 'Lost'; UPDATE id_count SET live = live + 3 WHERE length = 8")
    told = "\n".join(findings(d))
    for m in new[:3]:
        has(told, "meeting's duration is negative: %s\n" % m["uid"])
    result = d.run("check", "--repair", status=4)
    for words in (new[0]["uid"] + " (duration: 1h30m)", new[1]["uid"] + " (duration: 3d)", new[3]["uid"], "count of live IDs"):
        has(result.out, "Brought right: " + words)
    equal(findings(d), ["meeting's duration is negative: " + new[2]["uid"]])
    equal(d.sql(durations).split("\n")[:2], before.split("\n")[:2])
    has(d.json("history", new[0]["uid"])[-1]["detail"], "duration: 1h30m")
    hurt(d, "UPDATE meeting SET duration = 3600, end_at = end_at - 60 WHERE title = 'Series'")
    sound(d)


@case("a repair makes the text anew by which searches find a meeting")
def _(d):
    d.organization()
    d.new("Budget", "2026-11-24 09:00")
    hurt(d, "UPDATE meeting SET search = 'zzz'")
    has(d.run("check", "--repair").out, "Brought right: meeting's search text does not fit")
    sound(d)
    equal([m["title"] for m in d.json("search", "budget")], ["Budget"])
    equal(d.json("search", "zzz", status=1), [])


@case("a quarantine that was made longer or shorter does not make IDs that rest wrong")
def _(d):
    d.organization()
    for days in ("30", "365", "0", "90"):
        d.run("org", "--quarantine-days", days)
        d.run("cancel", d.new("Q" + days, "2026-11-24 09:00")["uid"])
    sound(d)
    d.sql("UPDATE conference_id SET reserved_until = retired - 1 WHERE state = 'retired'")
    has("\n".join(findings(d)), "quarantine was cut short: ")


@case("the shortest quarantine of an older store is taken over from its history")
def _(d):
    for days, name, least in (("90", "N", "90"), ("30", "quarantine days: 7 -> 8", "30"), ("400", "O", "30"), ("0", "P", "0"), ("365", "Q", "0")):
        d.organization() if name == "N" else None
        d.run("org", "--quarantine-days", days, "--name", name)
        d.first_schema()
        d.run("agenda")
        equal(d.sql("SELECT quarantine_least FROM organization").strip(), least)
        for file in os.listdir(d.folder):
            if ".before-" in file:
                os.unlink(d.path(file))


@case("zones, rules and times that do not fit")
def _(d):
    d.organization()
    d.new("Weekly", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY")
    uid = d.new("Once", "2026-11-24 11:00")["uid"]
    sound(d)
    for column, value, words in (
            ("tz", "'Mars/X'", "meeting's time zone is not known here: %s, zone Mars/X" % uid),
            ("rrule", "'FREQ=NO'", "meeting's repeat rule can't be followed: " + uid),
            ("start_local", "'garbage'", "meeting %s: its local start can't be read" % uid),
            ("duration", "duration + 60", "or the zone's rules have changed): " + uid),
            ("start_at", "start_at - 3600, span_start = span_start - 3600", "or the zone's rules have changed): " + uid),
            ("tz", "'Asia/Tokyo'", "or the zone's rules have changed): " + uid)):
        before = d.sql("SELECT quote(%s) FROM meeting WHERE uid = '%s'" % (column, uid)).strip()
        times = d.sql("SELECT 'start_at = ' || start_at || ', span_start = ' || span_start FROM meeting WHERE uid = '%s'" % uid).strip()
        hurt(d, "UPDATE meeting SET %s = %s WHERE uid = '%s'" % (column, value, uid))
        lines = findings(d)
        equal(len(lines), 1, lines)
        has(lines[0], words)
        hurt(d, "UPDATE meeting SET %s, %s = %s WHERE uid = '%s'" % (times, column, before, uid) if column != "start_at" else
             "UPDATE meeting SET %s WHERE uid = '%s'" % (times, uid))
        sound(d)
    hurt(d, "UPDATE organizer SET tz = 'Nope'")
    has(findings(d)[0], "organizer's time zone is not known here: ada@example.org, zone Nope")


@case("a rule or a zone that can't be read takes nobody else's meetings away, and its own stands where it was stored")
def _(d):
    d.organization()
    series = d.new("Weekly", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY")
    d.new("Once", "2026-11-25 11:00")
    for column, value in (("rrule", "FREQ=WEEKLY;BYHOUR=9,"), ("tz", "Mars/X")):
        hurt(d, "UPDATE meeting SET %s = '%s' WHERE uid = '%s'" % (column, value, series["uid"]))
        equal([m["title"] for m in d.json("agenda", "--from", "2026-11-23", "--to", "2026-12-23")], ["Weekly", "Once"], column)
        equal([m["title"] for m in d.json("agenda", "--from", "2026-11-25", "--to", "2026-12-23")], ["Once"], column)
        equal(d.json("lookup", series["conference_id"])["state"], "upcoming", column)
        equal([m["title"] for m in d.json("search", "Weekly")], ["Weekly"], column)
        equal(len(findings(d)), 1, column)
        d.run("edit", series["uid"], "--repeat", "FREQ=WEEKLY;COUNT=3", "--tz", "UTC")
        sound(d)


def force(path, table, column, value):
    """Damage as on the disk itself: no NOT NULL either while it is done. False: the table is empty, or two rows would be alike."""
    store = sqlite3.connect(path)
    store.execute("PRAGMA writable_schema = ON")
    made = store.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    store.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (made[0].replace("T NOT NULL", "T").replace("R NOT NULL", "R"), table))
    store.commit()
    store.close()
    store = sqlite3.connect(path)
    store.execute("PRAGMA ignore_check_constraints = ON")
    try:
        return store.execute("UPDATE %s SET %s = %s" % (table, column, value)).rowcount > 0
    except sqlite3.IntegrityError:
        return False
    finally:
        store.execute("PRAGMA writable_schema = ON")
        store.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (made[0], table))
        store.commit()
        store.close()


@case("a NULL in any column that has none is a finding, a value of another type likewise, and neither they nor huge numbers stop the program")
def _(d):
    series = [*event("series@x", "20261124T090000Z", "20261124T100000Z", more="RRULE:FREQ=DAILY;COUNT=5\nATTENDEE:mailto:eve@example.org")]
    moved = [*event("series@x", "20261125T110000Z", "20261125T120000Z", more="RECURRENCE-ID:20261125T090000Z")]
    d.organization()
    d.new("Once", "2026-11-24 11:00", "--attendee", "bob@example.org")
    d.json("import", "-", stdin=calendar(series, moved))
    whole = only_file(d)
    store = sqlite3.connect(d.db)
    columns = [(table, name, kind, needed) for table, in store.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'meeting_search%'").fetchall()
        for _, name, kind, needed, _, _ in store.execute("PRAGMA table_info(%s)" % table).fetchall()]
    store.close()
    tried = 0
    for table, name, kind, needed in columns:
        for value in ["NULL"] * needed + HUGE * (kind != "TEXT" and table in ("meeting", "meeting_override")):
            replace(d, whole)
            if not force(d.db, table, name, value):
                continue
            tried += 1
            label = "%s.%s = %s" % (table, name, value)
            found = d.json("check", status=(0, 4))["findings"]
            if value == "NULL":
                has(found, "file: NULL value in %s.%s" % (table, name), label)
            elif name in ("duration", "clock_days"):
                assert found, label
            if table in ("meeting", "meeting_override", "organizer"):
                for args in (("agenda", "--days", "9"), ("export",)):
                    assert 0 <= d.run(*args, status=None).status <= 4, label
            only_file(d)
    assert tried > 80, tried
    for table in sorted({table for table, *_ in columns}):
        replace(d, whole)
        wrong = [name for other, name, kind, _ in columns if other == table and
                 force(d.db, table, name, "x'00'" if kind == "TEXT" else "'1 o''clock'")]
        found = d.json("check", status=(0, 4))["findings"] if wrong else []
        for name in wrong:
            has(found, "file: value of another type in %s.%s" % (table, name))
        only_file(d)


@case("a word that no command can read is a finding, and a repair brings right what has a careful answer")
def _(d):
    d.organization()
    uid = d.new("Weekly", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY")["uid"]
    for column, value, words in (("tell", "'zzz'", "organization lets an unknown thing be told: zzz"),
                                 ("grace_minutes", "9000", "organization's grace is not from 0 to 1440 minutes: 9000")):
        before = d.json("org")
        hurt(d, "UPDATE organization SET %s = %s" % (column, value))
        equal(findings(d), [words])
        has(d.run("check", "--repair").out, "Brought right: " + words)
        equal(d.json("org"), before)
        sound(d)
    for recurrence, partstat in (("garbage", "ACCEPTED"), ("20261201T090000", "zzz")):
        hurt(d, "INSERT INTO occurrence_reply VALUES ('%s', '%s', 'eve@x', 'eve@x', '%s', 1, 0)" % (uid, recurrence, partstat))
        equal(findings(d), ["answer for one occurrence can't be read: eve@x of meeting " + uid])
        hurt(d, "DELETE FROM occurrence_reply")


@case("what conversions leave is looked at")
def _(d):
    first, second = legacy_pair(d)
    d.run("convert", first["uid"])
    sound(d)
    d.sql("UPDATE outbox SET message_id = '<x@y>'")
    has(findings(d)[0], "messages share one Message-ID: <x@y>")
    d.sql("UPDATE outbox SET message_id = recipient")
    hurt(d, "DELETE FROM id_move")
    equal(findings(d), ["converted meeting's change of ID is not in the store: " + first["uid"]])


@case("the history is append-only: what is missing from it is told")
def _(d):
    d.organization()
    meeting = d.new("Once", "2026-11-24 11:00")
    sound(d)
    d.sql("DELETE FROM history WHERE seq = (SELECT MAX(seq) FROM history)")
    equal(findings(d), ["history does not tell where this meeting comes from: " + meeting["uid"]])
    d.sql("DELETE FROM history WHERE seq = 2")
    has("\n".join(findings(d)), "rows are missing from the history: 1")


@case("tables and indexes that are gone are findings, whatever else they break")
def _(d):
    d.run("demo")
    whole = only_file(d)
    for kind, name in (("INDEX", "conference_id_meeting"), ("INDEX", "meeting_span"), ("TABLE", "id_count"), ("TABLE", "history"),
                       ("TABLE", "conference_id"), ("TABLE", "meeting"), ("TABLE", "organizer"), ("TABLE", "organization"),
                       ("TABLE", "id_move"), ("TABLE", "outbox"), ("TABLE", "schema_migration")):
        replace(d, whole)
        hurt(d, "DROP %s %s" % (kind, name))
        has(findings(d), "schema: the %s is missing: %s" % (kind.lower(), name))
        only_file(d)


@case("a file that can hardly be read is a finding, not an error")
def _(d):
    d.run("demo")
    whole = only_file(d)
    size = 4096
    for name, data in (("half", whole[:len(whole) // 2]), ("no header", b"x" * 100 + whole[100:]),
                       ("no schema", whole[:100] + NOISE[:size - 100] + whole[size:]),
                       ("nothing behind the schema", whole[:size] + bytes(len(whole) - size)),
                       ("pages of noise", whole[:2 * size] + NOISE + whole[2 * size + len(NOISE):])):
        replace(d, data)
        lines = findings(d)
        lacks("\n".join(lines), "dialdesk check", name)
        lacks("\n".join(lines), "*** in database main ***", name)


@case("a database of another program, or none, keeps its error")
def _(d):
    has(d.error("check", status=4), "no store is here")
    other = sqlite3.connect(d.db)
    other.execute("CREATE TABLE a (b)")
    other.commit()
    other.close()
    has(d.error("check", status=4), "not a store of dialdesk")


@case("what rows hold cannot drive the terminal")
def _(d):
    d.organization()
    d.sql("UPDATE organizer SET tz = 'A' || char(27) || '[31m' || char(10) || 'x'")
    equal(findings(d), ["organizer's time zone is not known here: ada@example.org, zone A\\x1b[31m\\x0ax"])


@case("many of a kind are told as twenty and more")
def _(d):
    d.organization()
    for i in range(25):
        d.new("M%d" % i, "2026-11-%02d 09:00" % (24 + i % 7))
    d.sql("UPDATE meeting SET sequence = -1")
    lines = findings(d)
    equal((len(lines), lines[-1]), (21, "meeting's number of changes is impossible: and more"))
    for line in lines[:-1]:
        matches(line, r"^meeting's number of changes is impossible: [0-9a-f-]{36}$")


main()
