#!/usr/bin/python3
"""Removing an organizer, and who is left on static IDs."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, lacks, main

ADA, BOB = "ada@example.org", "bob@example.org"


def two(d, dynamic="off"):
    d.organization(dynamic=dynamic)
    d.run("organizer", "add", BOB, "--name", "Bob")


def new(d, title, start, *more, of=ADA):
    return d.new(title, start, "-o", of, *more)


@case("an organizer without meetings is gone, aliases too, and the address may be given again")
def _(d):
    two(d)
    d.run("organizer", "set", BOB, "--alias", "bobby@example.org", "--static-id", "7654321")
    answer = d.json("organizer", "remove", BOB)
    equal(answer, {"email": BOB, "to": None, "handed_over": [], "static_ids": [], "retired": ["7654321"], "foreign": 0})
    equal([o["email"] for o in d.json("organizer", "list")], [ADA])
    for address in (BOB, "bobby@example.org"):
        d.error("organizer", "show", address, status=1)
        d.error("organizer", "remove", address, status=1)
    equal(d.json("lookup", "7654321", status=0)["state"], "retired")
    equal(d.json("check")["findings"], [])
    d.run("organizer", "add", "bobby@example.org", "--alias", BOB)
    equal(len(d.json("organizer", "list")), 2)
    equal(d.json("check")["findings"], [])


@case("an organizer whom nothing names leaves no row")
def _(d):
    two(d)
    d.run("organizer", "remove", BOB)
    equal(d.sql("SELECT email FROM organizer").split(), [ADA])
    d.json("new", "--title", "T", "--start", "2026-11-24 09:00")  # the only organizer there is


@case("with meetings to come it is refused; --to hands them over with their IDs")
def _(d):
    two(d)
    past = new(d, "Past", "2026-11-20 09:00")
    legacy = new(d, "Legacy", "2026-11-24 09:00", "--attendee", "eve@example.org")
    d.run("org", "--dynamic-ids", "on")
    own = new(d, "Own", "2026-11-25 09:00", "--repeat", "FREQ=WEEKLY")
    gone = new(d, "Gone", "2026-11-26 09:00")
    d.run("cancel", gone["uid"])
    message = d.error("organizer", "remove", ADA, status=3)
    has(message, "2 meetings are to come")
    has(message, "--to")
    d.error("organizer", "remove", ADA, "--to", "nobody@example.org", status=1)
    d.error("organizer", "remove", ADA, "--to", ADA, status=2)
    dry = d.json("organizer", "remove", ADA, "--to", BOB, "--dry-run")
    equal(d.json("show", own["uid"])["organizer"], ADA)
    answer = d.json("organizer", "remove", ADA, "--to", BOB)
    equal(answer, dry)
    equal(sorted(answer["handed_over"]), sorted([legacy["uid"], own["uid"]]))
    equal((answer["static_ids"], answer["retired"]), ([legacy["conference_id"]], []))
    for before in (legacy, own):
        now = d.json("show", before["uid"])
        equal((now["organizer"], now["conference_id"], now["id_kind"], now["sequence"]),
              (BOB, before["conference_id"], before["id_kind"], before["sequence"] + 1))
    equal(d.json("show", legacy["uid"])["untold"], ["eve@example.org"])
    equal(d.json("show", past["uid"])["organizer"], ADA)
    equal(d.json("lookup", own["conference_id"])["organizer"], BOB)
    equal(d.json("admit", legacy["conference_id"], "--at", "2026-11-24 09:10")["verdict"], "admit")
    equal(d.json("check")["findings"], [])
    equal([o["email"] for o in d.json("organizer", "list")], [BOB])
    equal([h["event"] for h in d.json("history", own["uid"])][-1], "meeting handed over")
    d.run("convert", legacy["uid"])
    equal(d.json("check")["findings"], [])
    d.run("organizer", "add", ADA)
    equal(d.json("agenda", "-o", ADA, "--from", "2026-11-01", "--days", "60"), [])
    equal(d.json("check")["findings"], [])


@case("nobody takes over whose callers are not let in")
def _(d):
    two(d, dynamic="on")
    new(d, "Own", "2026-11-25 09:00")
    d.run("organizer", "set", BOB, "--dial-in", "off")
    has(d.error("organizer", "remove", ADA, "--to", BOB, status=3), "would not be let in")
    equal(len(d.json("organizer", "list")), 2)


@case("what others organize is nobody's to hand over")
def _(d):
    two(d)
    d.run("import", "-", "-o", ADA, stdin="BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:foreign\r\n"
          "DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T090000Z\r\nORGANIZER:mailto:pat@partner.example\r\n"
          "SUMMARY:X\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    equal(d.json("organizer", "remove", ADA)["foreign"], 1)
    equal(d.json("check")["findings"], [])


@case("organizer list and legacy --summary tell who is left, at risk and until when")
def _(d):
    two(d)
    new(d, "One", "2026-11-24 09:00", "--attendee", "x@other.example", "--attendee", "Y@other.example")
    last = new(d, "Two", "2026-11-24 09:30", "--repeat", "FREQ=WEEKLY;COUNT=2", "--attendee", "y@Other.example",
               "--attendee", "x@other.example")
    new(d, "Bob's", "2026-11-25 09:00", "--attendee", "x@example.org", of=BOB)
    listed = {o["email"]: (o["legacy"], o["at_risk"], o["last"]) for o in d.json("organizer", "list")}
    equal(listed, {ADA: (2, 2, "2026-12-01T10:30:00+00:00"), BOB: (1, 0, "2026-11-25T10:00:00+00:00")})
    out = d.run("organizer", "list").out
    has(out, "2 legacy, 2 at risk, until Tue 1 Dec 2026 10:30 UTC")
    lines = d.json("legacy", "--summary")
    equal([(line["organizer"], line["outside"], line["last_uid"] == last["uid"]) for line in lines],
          [(ADA, 2, True), (BOB, 0, False)])
    out = d.run("legacy", "--summary").out
    has(out, "In all 3 meetings, 2 at risk. The last one is 'Two' of ada@example.org, until Tue 1 Dec 2026 10:30 UTC.")
    d.run("organizer", "set", BOB, "--static-id", "7654321")
    new(d, "Forever", "2026-11-26 09:00", "--repeat", "FREQ=DAILY", of=BOB)
    listed = {o["email"]: (o["legacy"], o["last"]) for o in d.json("organizer", "list")}
    equal(listed[BOB], (2, None))
    has(d.run("organizer", "list").out, "2 legacy, 0 at risk, without end")
    d.run("org", "--dynamic-ids", "on")
    d.run("convert", "--all")
    equal({o["legacy"] for o in d.json("organizer", "list")}, {0})
    lacks(d.run("organizer", "list").out, "legacy")
    equal(d.run("legacy", "--summary").out, "No meeting is left on a static ID.\n")


main()
