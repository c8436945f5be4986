#!/usr/bin/python3
"""admit and calls: what a bridge is answered, what is counted, and what of it is seen."""

import json
import os
import sqlite3
import time

from _cli import calendar, event, legacy_pair
from dialdesk import case, equal, has, lacks, main

KEYS = {"verdict", "room", "until", "from", "lang", "why"}


def admit(d, digits, at=None, status=None, caller=None, trunk=None):
    args = ["admit", digits] + (["--at", at] if at else []) + (["--caller", caller] if caller else [])
    result = d.run(*args, *(["--trunk", trunk] if trunk else []), "--json", status=None)
    answer = result.json()
    equal(result.status, 0 if answer["verdict"] == "admit" else 1)
    equal(set(answer), KEYS)
    return answer


def told(d, digits, at, **more):
    answer = admit(d, digits, at, **more)
    return answer["verdict"], answer["why"]


@case("a meeting: refused, early, admitted from the margin to the end, then for the grace, refused")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    i, room = m["conference_id"], "m-" + m["uid"]
    for at, verdict, until, why in (
            ("2026-11-24 07:59", "refuse", None, "upcoming"), ("2026-11-24 08:00", "early", None, "before"),
            ("2026-11-24 08:44", "early", None, "before"), ("2026-11-24 08:45", "admit", 6300, "on"),
            ("2026-11-24 09:59", "admit", 1860, "on"), ("2026-11-24 10:00", "admit", 1800, "grace"),
            ("2026-11-24 10:29", "admit", 60, "grace"), ("2026-11-24 10:30", "refuse", None, "ended")):
        answer = admit(d, i, at)
        equal((answer["verdict"], answer["until"], answer["why"]), (verdict, until, why), at)
        equal(answer["room"], room if verdict == "admit" else None, at)
        equal(answer["from"], "2026-11-24T08:45:00+00:00" if verdict == "early" else None, at)
        equal(answer["lang"], None if verdict == "refuse" else "en", at)
    d.run("org", "--grace-minutes", "5", "--early-minutes", "90")
    equal(told(d, i, "2026-11-24 10:04"), ("admit", "grace"))
    equal(told(d, i, "2026-11-24 10:05"), ("refuse", "ended"))
    equal(told(d, i, "2026-11-24 07:30"), ("admit", "on"))
    equal(d.json("org")["grace_minutes"], 5)
    has(d.run("org").out, "Grace:")
    has(d.sql("SELECT detail FROM history"), "early minutes: 15 -> 90; grace minutes: 30 -> 5")


@case("typed as callers do, and what is no ID: refused alike, in words and time")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    i = m["conference_id"]
    for typed in (i, i + "#", " ".join(i), i[:3] + "-" + i[3:]):
        equal(told(d, typed, None), ("admit", "on"), typed)
    others = ("12345670", "*" + i, i + "0" * 40, "", "abc", "\x1b[31m", i[:-1] + "x", "9" * 1000, "💥", "' OR 1=1 --")
    for typed in others:
        begun = time.monotonic()
        result = d.run("admit", typed, status=1)
        assert time.monotonic() - begun >= 0.15
        has(result.out, "refuse (")
    calls = d.json("calls")
    equal(len(calls), 4 + len(others))
    for call in calls:
        assert len(call["digits"]) <= 40 and set(call["digits"]) <= set("0123456789*#ABCDabcd"), call


@case("what the helpdesk sees and what the bridge does never differ")
def _(d):
    first, second = legacy_pair(d)
    m = d.new("Alone", "2026-11-24 09:00")
    gone = d.new("Gone", "2026-11-24 09:00")
    d.run("cancel", gone["uid"])
    d.run("organizer", "add", "eve@example.org")
    e = d.json("new", "-o", "eve@example.org", "--title", "Off", "--start", "2026-11-24 09:00")
    d.run("organizer", "set", "eve@example.org", "--dial-in", "off")
    d.run("convert", first["uid"])
    d.run("organizer", "add", "bob@example.org", "--static-id", "7654399")
    d.run("organizer", "add", "dan@example.org", "--static-id", "7654488")
    d.run("import", "-", "-o", "bob@example.org",
          stdin=calendar(event("b@x", "20261124T090000Z", "20261124T100000Z", "Conference ID: 7654399")))
    d.run("convert", "b@x")
    d.run("organizer", "reset-id", "dan@example.org")
    d.run("import", "-", "-o", "ada@example.org", stdin=calendar(event("z@x", "20261124T090000Z", "20261124T100000Z",
                                              "Join Zoom Meeting\\nhttps://zoom.us/j/93907123456\\nMeeting ID: 939 0712 3456")))
    seen = set()
    for i in ("7654321", m["conference_id"], gone["conference_id"], e["conference_id"], "12345670", "12", "7654399", "7654488",
              "93907123456"):
        for at in ("2026-11-24 08:30", "2026-11-24 09:30", "2026-11-24 10:30", "2026-11-24 10:59", "2026-11-25 09:00"):
            state = d.run("lookup", i, "--at", at, "--json", status=None).json()["state"]
            verdict, why = told(d, i, at)
            seen.add(state)
            assert (verdict == "admit") == (state == "live" or why == "grace"), (i, at, state, verdict, why)
            assert verdict != "refuse" or why == state, (i, at, state, why)
    equal(seen, {"live", "upcoming", "ended", "cancelled", "replaced", "disabled", "retired", "unknown", "foreign", "invalid"})


@case("a legacy pair shares its organizer's room; converted ones have rooms of their own")
def _(d):
    first, second = legacy_pair(d)
    rooms = [admit(d, "7654321", at)["room"] for at in ("2026-11-24 09:30", "2026-11-24 10:30")]
    equal(len(set(rooms)), 1)
    assert rooms[0].startswith("o-"), rooms
    # the second one lets its callers in before the first is over: the first has no grace
    equal([admit(d, "7654321", "2026-11-24 " + at)["until"] for at in ("09:30", "09:45")], [30 * 60, 75 * 60 + 30 * 60])
    d.run("convert", first["uid"], second["uid"])
    # in the middle of the first: the old ID lets nobody in any more, the new one does
    equal(told(d, "7654321", "2026-11-24 09:30"), ("refuse", "replaced"))
    new = [d.json("show", m["uid"])["conference_id"] for m in (first, second)]
    equal([admit(d, i, at)["room"] for i, at in zip(new, ("2026-11-24 09:30", "2026-11-24 10:30"))],
          ["m-" + first["uid"], "m-" + second["uid"]])


@case("a series: by occurrence, moved and cancelled ones, past midnight, over a change of the clock")
def _(d):
    d.organization()
    m = d.new("Late", "2026-10-22 23:30", "--tz", "Europe/Berlin", "--repeat", "FREQ=WEEKLY;COUNT=4", "--duration", "1h")
    i, u = m["conference_id"], m["uid"]
    equal(told(d, i, "2026-10-22T21:30:00Z"), ("admit", "on"))
    equal(told(d, i, "2026-10-22T22:29:00Z"), ("admit", "on"))
    equal(told(d, i, "2026-10-29T21:30:00Z"), ("early", "before"))  # the clocks went back on the 25th
    equal(told(d, i, "2026-10-29T22:30:00Z"), ("admit", "on"))
    d.run("cancel", u, "--occurrence", "2026-11-05 23:30")
    equal(told(d, i, "2026-11-05T22:40:00Z"), ("refuse", "upcoming"))
    d.run("edit", u, "--occurrence", "2026-11-12 23:30", "--start", "2026-11-13 12:00")
    equal(told(d, i, "2026-11-12T22:40:00Z"), ("refuse", "upcoming"))
    equal(told(d, i, "2026-11-13T11:10:00Z"), ("admit", "on"))
    equal(told(d, i, "2026-11-13T13:00:00Z"), ("refuse", "ended"))


@case("the eleventh wrong try of one caller is refused though right; another caller comes in")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    i = m["conference_id"]
    for k in range(10):
        equal(told(d, "1234567%d" % k, None, caller="+1 555-0100")[0], "refuse")
    equal(told(d, i, None, caller="+1555-0100"), ("slow-down", "caller limit"))
    equal(told(d, i, None, caller="+15550101"), ("admit", "on"))
    equal(told(d, i, "2026-11-23 09:59", caller="+1555-0100"), ("slow-down", "caller limit"))
    equal(told(d, i, "2026-11-23 10:00", caller="+1555-0100"), ("admit", "grace"))
    signs = {(c["caller"], c["sign"]) for c in d.json("calls")}
    equal(signs, {("…0100", "probing"), ("…0100", None), ("…0101", None)})


@case("a trunk that is probed answers wrong IDs slowly; right ones pass; withheld numbers are not blocked")
def _(d):
    d.organization()
    i = d.new("Budget", "2026-11-23 09:00")["conference_id"]
    d.run("admit", "12345670", "--trunk", "sip1", status=1)
    with sqlite3.connect(d.db) as db:
        for k in range(59):
            db.execute("INSERT INTO call SELECT seq + %d, at, digits, number, caller, trunk, verdict, why, meeting_uid,"
                       " wrong FROM call WHERE seq = (SELECT MIN(seq) FROM call)" % (k + 1))
    begun = time.monotonic()
    equal(told(d, "12345671", None, trunk="sip1", caller="anonymous"), ("slow-down", "trunk limit"))
    assert time.monotonic() - begun > 2.1
    equal(told(d, "12345671", None, trunk="sip2"), ("refuse", "unknown"))
    equal(told(d, i, None, trunk="sip1", caller="anonymous"), ("admit", "on"))
    equal(told(d, "12345671", "2026-11-23 09:01", trunk="sip1"), ("refuse", "unknown"))


@case("calls: since, digits, misprints; callers are masked, whatever they are called")
def _(d):
    d.organization()
    i = d.new("Budget", "2026-11-23 09:00")["conference_id"]
    for k in range(5):
        d.run("admit", "12345670", "--caller", "+1555010%d" % k, "--number", "+1 323-849-4874", status=1)
    d.run("admit", i, "--caller", "\x1b]0;owned\x07+4930123456\n", "--at", "2026-11-23 09:30")
    calls = d.json("calls")
    equal([c["sign"] for c in calls], ["misprint"] * 5 + [None])
    equal(set(calls[0]), {"at", "digits", "number", "caller", "who", "verdict", "why", "sign"})
    equal((calls[0]["number"], calls[0]["caller"], calls[5]["caller"]), ("+1323-849-4874", "…0100", "…3456"))
    equal(len(d.json("calls", "--since", "2026-11-23 09:30")), 1)
    equal([c["verdict"] for c in d.json("calls", i)], ["admit"])
    text = d.run("calls").out
    has(text, "misprint?")
    lacks(text + d.run("calls", "--json").out, "5550")
    equal(d.run("calls", "12", status=2).status, 2)
    for line in text.split("\n")[:-1]:
        assert line.isprintable(), line


@case("calls name who calls from a number that one attendee alone has; the number stays masked")
def _(d):
    d.organization()
    i = d.new("Budget", "2026-11-23 09:00")["conference_id"]
    d.run("admit", i)
    for caller in ("+4930123456", "030123456", "+4930123457", "+4930123458", "100"):
        d.run("admit", i, "--caller", caller)
    for email, number in (("Bo@x.org", "+4930123456"), ("cy@x.org", "+4930123457"), ("di@x.org", "+4930123457"), ("e@x.org", "")):
        d.sql("INSERT INTO attendee_known (email_key, email, lang, tz, number, number_key) VALUES ('%s', '%s', 'de', '', '%s', '%s')"
              % (email.lower(), email, number, number[:0:-1]))
    calls = d.json("calls")
    equal([c["who"] for c in calls], [None, "Bo@x.org", "Bo@x.org", None, None, None])
    equal({c["number"] for c in calls}, {None})
    text = d.run("calls").out
    equal(text.count("…3456 Bo@x.org  "), 2)
    lacks(text, "cy@x.org")
    lacks(text + d.run("calls", "--json").out, "12345")
    has(text, "withheld  ")


@case("show says who was let in, and when the last one")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    lacks(d.run("show", m["uid"]).out, "Callers")
    d.run("admit", m["conference_id"])
    has(d.run("show", m["uid"]).out, "1 caller admitted, last at 09:00\n")
    d.run("admit", m["conference_id"], "--at", "2026-11-23 09:58")
    d.run("admit", m["conference_id"], "--at", "2026-11-23 12:00", status=1)
    has(d.run("show", m["uid"]).out, "2 callers admitted, last at 09:58\n")
    d.now = "2026-11-24T09:00:00Z"
    has(d.run("show", m["uid"]).out, "last Mon 23 Nov 2026 at 09:58\n")


@case("calls are kept for thirty days; the time asked for takes none away")
def _(d):
    d.organization()
    for at in ("2026-10-24 08:59", "2026-10-24 09:00", "2027-01-01 09:00"):
        d.run("admit", "12345670", "--at", at, status=1)
    equal([c["at"][:16] for c in d.json("calls")], ["2026-10-24T09:00", "2027-01-01T09:00"])
    d.now = "2026-12-24T09:00:00Z"
    d.run("admit", "12345670", status=1)
    equal([c["at"][:16] for c in d.json("calls")], ["2026-12-24T09:00", "2027-01-01T09:00"])


@case("an answer at a time that is to come is noted at that time, and is nothing that check finds")
def _(d):
    d.organization()
    i = d.new("Budget", "2026-11-24 09:00")["conference_id"]
    equal(told(d, i, "2100-01-01 09:00"), ("refuse", "ended"))
    equal(told(d, i, "2026-11-24 09:00"), ("admit", "on"))
    equal([c["at"][:16] for c in d.json("calls")], ["2026-11-24T09:00", "2100-01-01T09:00"])
    equal(d.json("check")["findings"], [])


@case("a store that is away, read-only, locked or damaged: an error, never a wrong number")
def _(d):
    line = d.error("admit", "12345670", status=4)
    has(line, "init")
    assert not os.path.exists(d.db)
    d.organization()
    i = d.new("Budget", "2026-11-23 09:00")["conference_id"]
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        has(d.error("admit", i, status=4), "3 seconds")
        late = d.run("admit", i, "--json", status=4)
        equal((late.out, json.loads(late.err)), ("", {"error": {"what": "the store", "why": "it did not answer within 3 seconds", "status": 4}}))
        db.execute("ROLLBACK")
    d.run("admit", i)
    with open(d.db, "r+b") as f:
        f.write(b"\0" * 4096)
    d.error("admit", i, status=4)


@case("twenty callers at once are all counted")
def _(d):
    d.organization()
    i = d.new("Budget", "2026-11-23 09:00")["conference_id"]
    runs = [d.start("admit", i if k % 2 else "12345670", "--caller", "+155501%02d" % k) for k in range(20)]
    ended = [p.wait() for p in runs]
    for k, status in enumerate(ended):
        assert status in ((1, 0)[k % 2], 4), ended  # 4: this machine was too busy for an answer within three seconds
    verdicts = [c["verdict"] for c in d.json("calls")]
    for verdict, status in (("refuse", 1), ("admit", 0)):
        assert ended.count(status) <= verdicts.count(verdict) <= 10, (ended, verdicts)


@case("converted, moved or cancelled while callers are in it: who calls now is answered by what stands now")
def _(d):
    first, second = legacy_pair(d)
    at = "2026-11-24 09:30"
    equal(told(d, "7654321", at), ("admit", "on"))
    d.run("convert", first["uid"])
    equal(told(d, "7654321", "2026-11-24 10:10")[0], "admit")  # the second one is still on the static ID
    new = d.json("show", first["uid"])["conference_id"]
    equal(admit(d, new, at)["room"], "m-" + first["uid"])
    equal(admit(d, new, at)["until"], 60 * 60)  # nobody else is on the new ID: the grace is whole
    d.run("edit", first["uid"], "--start", "2026-11-24 12:00")
    equal(told(d, new, at)[0], "refuse")
    equal(admit(d, new, "2026-11-24 12:00")["room"], "m-" + first["uid"])
    d.run("cancel", first["uid"])
    equal(told(d, new, "2026-11-24 12:00"), ("refuse", "cancelled"))
    has(d.run("show", first["uid"]).out, "callers admitted")
    shown = d.json("show", first["uid"])["callers"]
    equal(shown["last"], "2026-11-24T12:00:00+00:00")
    equal(str(shown["admitted"]), d.sql("SELECT COUNT(*) FROM call WHERE verdict = 'admit' AND meeting_uid = '%s'" % first["uid"]).strip())
    lacks(d.run("show", d.new("Quiet", "2026-11-24 15:00")["uid"], "--json").out, '"callers"')


@case("the next meeting begins within the grace of the last: each ID its own room, a shared one no grace")
def _(d):
    d.organization()
    a, b = d.new("First", "2026-11-24 09:00"), d.new("Second", "2026-11-24 10:10")
    equal(admit(d, a["conference_id"], "2026-11-24 10:05")["room"], "m-" + a["uid"])
    equal(admit(d, a["conference_id"], "2026-11-24 10:05")["until"], 25 * 60)
    equal(admit(d, b["conference_id"], "2026-11-24 10:05")["room"], "m-" + b["uid"])


main()
