#!/usr/bin/python3
"""Whose an imported event is: ours, or of an organizer outside the directory, in whose calendar it only stands."""

import os

from _cli import ADA, calendar, event
from dialdesk import case, equal, has, lacks, main

SKYPE = "Join by phone\\n+49 69 12345 (Frankfurt) German\\nConference ID: 7654321\\nForgot your PIN?"
PAT = "pat@partner.example"
INVITED = 'ORGANIZER;CN="Doe, Pat";SENT-BY="mailto:office@partner.example":mailto:Pat@Partner.example\nSEQUENCE:4'


def foreign(uid="ext@x", day="24", text=SKYPE, title="Partner call", more=""):
    return event(uid, "202611%sT090000Z" % day, "202611%sT100000Z" % day, text, title,
                 INVITED + "\nATTENDEE:mailto:bob@example.org" + more)


def take(d, *events, options=()):
    return d.json("import", d.write("in.ics", calendar(*events)), *options)


def standing(d, uid):
    meeting = d.json("show", uid)
    return tuple(meeting[key] for key in ("organizer", "invited_by", "conference_id", "id_kind", "foreign_dial_in"))


@case("an event of an organizer outside the directory stands in the calendar, and nothing of it is ours")
def _(d):
    d.organization()
    report = take(d, foreign(), foreign("two@x", "24", title="Again"),
                  event("mine@x", "20261125T090000Z", "20261125T100000Z", "by foot"))
    equal((report["added"], report["foreign"], report["legacy"], report["without_id"]), (3, 2, 0, 1))
    equal(standing(d, "ext@x"), (ADA, "Pat@Partner.example", None, "foreign", {"number": "+49 69 12345", "conference_id": "7654321"}))
    equal(d.json("show", "ext@x")["untold"], [])
    equal(d.json("organizer", "show", ADA)["static_id"], None)
    equal(d.json("legacy"), [])
    equal({m["title"] for m in d.json("search", "partner.example")}, {"Partner call", "Again"})
    equal({m["uid"] for m in d.json("search", "7654321")}, {"ext@x", "two@x"})
    has(d.run("show", "ext@x").out, "Doe, Pat <Pat@Partner.example>")
    text = d.run("import", d.path("in.ics")).out
    has(text, "2 foreign")
    has(text, "    2  Pat@Partner.example")
    has(text, "organizer add")
    equal(d.json("check"), {"findings": []})


@case("a lookup of a foreign dial-in's digits tells the staff whose they are, and the caller nothing")
def _(d):
    d.organization()
    take(d, foreign())
    answer = d.json("lookup", "7654321", status=1)
    equal((answer["state"], answer["id_kind"], [m["uid"] for m in answer["meetings"]]), ("foreign", "foreign", ["ext@x"]))
    lacks(answer["say"], "Partner")
    has(d.run("lookup", "7654321", status=1).out, "Partner call  invited by Pat@Partner.example\n")
    has(d.run("agenda", "--from", "2026-11-24").out, "invited by Pat@Partner.example")
    d.run("organizer", "add", "third@example.org", "--tz", "UTC", "--provider", "third-party", "--third-party-passcode", "55 66 77")
    answer = d.json("lookup", "556677", status=1)
    equal((answer["state"], answer["organizer"]), ("foreign", "third@example.org"))
    equal(d.json("lookup", "556678", status=1)["state"], "unknown")


@case("the report tells which dial-in numbers the events show, and whether they are ours")
def _(d):
    d.organization()
    ours = "Join by phone\\n+49 30 901820 (Berlin) German\\nConference ID: 5312874"
    report = take(d, foreign(), foreign("two@x"), event("mine@x", "20261125T090000Z", "20261125T100000Z", ours))
    equal(sorted((n["number"], n["ours"], n["events"]) for n in report["numbers"]), [("+4930901820", True, 1), ("+496912345", False, 2)])
    has(d.run("import", d.path("in.ics")).out, "not one of the organization's")


@case("whoever organizes it changes it: edit, cancel, convert and invite are refused")
def _(d):
    d.organization()
    take(d, foreign())
    for args in (("edit", "ext@x", "--title", "Ours"), ("cancel", "ext@x"), ("convert", "ext@x"), ("invite", "ext@x")):
        has(d.error(*args, status=3), "Pat@Partner.example")
    equal(d.json("convert", "--organizer-all"), [])
    equal((d.json("show", "ext@x")["title"], d.json("show", "ext@x")["sequence"]), ("Partner call", 4))


@case("what is written of it is what came: ORGANIZER, SEQUENCE, text, and nothing of ours")
def _(d):
    d.organization()
    d.run("org", "--join-url", "https://join.example.org/")
    kept = ("\nX-ALT-DESC;FMTTYPE=text/html:<p>Conference ID: 7654321</p>\nCONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+496912345\\,\\,7654321%23"
            "\nX-DIALDESK-DIAL-IN:12\nURL:https://partner.example/join")
    take(d, foreign(more=kept))
    out = d.run("export").out.replace("\r\n ", "").replace("\r\n", "\n")
    for line in (INVITED + kept).split("\n"):
        has(out, "\n" + line + "\n")
    equal(out.count("ORGANIZER"), 1)
    has(out, "DESCRIPTION:" + SKYPE + "\n")
    lacks(out, "join.example.org")
    lacks(out, ADA)


@case("importing again changes nothing; a newer one changes it, and its cancellation cancels it")
def _(d):
    d.organization()
    take(d, foreign())
    equal(take(d, foreign())["unchanged"], 1)
    equal(take(d, foreign(title="Moved", more="\nLOCATION:Room 5"))["updated"], 1)
    equal((d.json("show", "ext@x")["location"], standing(d, "ext@x")[:2]), ("Room 5", (ADA, "Pat@Partner.example")))
    equal(take(d, foreign(more="\nSTATUS:CANCELLED"))["updated"], 1)
    equal(d.json("show", "ext@x")["status"], "cancelled")


@case("--own makes the calendar's own what names somebody else, and it stays that")
def _(d):
    d.organization()
    equal(take(d, foreign(), options=("--own",))["foreign"], 0)
    equal(standing(d, "ext@x"), (ADA, None, "7654321", "dynamic", None))
    equal(take(d, foreign())["unchanged"], 1)
    equal(standing(d, "ext@x")[1:3], (None, "7654321"))
    take(d, foreign("other@x"))
    equal(standing(d, "other@x")[1], "Pat@Partner.example")
    equal(take(d, foreign("other@x"), options=("--own",))["updated"], 1)
    equal(standing(d, "other@x")[:2], (ADA, None))


@case("an organizer who is added later takes the events over at the next import")
def _(d):
    d.organization()
    take(d, foreign(), options=("-o", ADA))
    d.run("organizer", "add", PAT, "--name", "Pat", "--tz", "UTC")
    equal(take(d, foreign(), options=("-o", ADA))["updated"], 1)
    equal(standing(d, "ext@x"), (PAT, None, "7654321", "dynamic", None))
    equal(take(d, foreign(), options=("-o", ADA))["unchanged"], 1)


@case("an alias names its organizer wherever an address does")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org", "--tz", "UTC")
    take(d, foreign(), options=("-o", ADA))
    organizer = d.json("organizer", "set", ADA, "--alias", PAT, "--alias", "a.lovelace@example.org")
    equal(organizer["aliases"], [PAT, "a.lovelace@example.org"])
    equal(d.json("organizer", "show", "A.Lovelace@example.org")["email"], ADA)
    has(d.run("organizer", "show", ADA).out, PAT + ", a.lovelace@example.org")
    equal(take(d, foreign(), options=("-o", "bob@example.org"))["updated"], 1)
    equal(standing(d, "ext@x")[:3], (ADA, None, "7654321"))
    equal(d.json("agenda", "-o", PAT, "--from", "2026-11-24")[0]["uid"], "ext@x")
    equal(d.json("organizer", "set", ADA, "--name", "Ada")["aliases"], [PAT, "a.lovelace@example.org"], "what is not named stays")
    equal(d.json("organizer", "set", ADA, "--alias", "")["aliases"], [])
    d.error("organizer", "show", PAT, status=1)


@case("an address names one organizer: aliases that are taken, or none, are refused")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org", "--tz", "UTC", "--alias", "b@example.org")
    has(d.error("organizer", "set", ADA, "--alias", "B@example.org", status=3), "an alias of bob@example.org")
    has(d.error("organizer", "set", ADA, "--alias", "bob@example.org", status=3), "already")
    has(d.error("organizer", "add", "b@example.org", "--tz", "UTC", status=3), "an alias of bob@example.org")
    d.error("organizer", "set", ADA, "--alias", "not an address", status=2)
    equal(d.json("organizer", "set", "bob@example.org", "--alias", "x@y.z", "--alias", "X@Y.Z")["aliases"], ["x@y.z", "X@Y.Z"])


@case("nobody makes another's meeting foreign, or takes a foreign one away")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org", "--tz", "UTC")
    mine = d.new("Board", "2026-11-26 09:00", "-o", ADA)["uid"]
    report = take(d, foreign(mine, title="Stolen"), options=("-o", ADA))
    equal((report["rejected"], report["updated"]), (1, 0))
    has(report["errors"][0]["why"], "--own")
    equal(d.json("show", mine)["title"], "Board")
    take(d, foreign(), options=("-o", ADA))
    again = take(d, foreign(title="Newer", more="\nLOCATION:Room 5"), options=("-o", "bob@example.org"))
    equal((again["unchanged"], again["rejected"], len(again["notes"])), (1, 0, 1))
    has(again["notes"][0]["why"], ADA)
    equal(take(d, event("ext@x", "20261124T090000Z", "20261124T100000Z", more="ORGANIZER:mailto:bob@example.org"),
               options=("-o", ADA))["rejected"], 1)


@case("a meeting that an older import took for the calendar's own is foreign once the same event comes again")
def _(d):
    d.organization()
    take(d, foreign(), options=("--own",))
    d.sql("UPDATE meeting SET taken_as_own = 0")
    equal(take(d, foreign(title="Another text"))["rejected"], 1, "what says other than the stored one tells nothing")
    equal(take(d, foreign())["updated"], 1)
    equal(standing(d, "ext@x"), (ADA, "Pat@Partner.example", None, "foreign", {"number": "+49 69 12345", "conference_id": "7654321"}))
    equal(d.json("lookup", "7654321", status=0)["state"], "retired")
    equal(d.json("check"), {"findings": []})


@case("check tells of a meeting of an older store whose file named an organizer that the directory does not have")
def _(d):
    d.organization()
    take(d, foreign(), foreign("late@x", "02"), options=("--own",))
    plain = "ORGANIZER;CN=Pat:mailto:pat@partner.example"
    mine = "ORGANIZER;CN=Ada;SENT-BY=\"mailto:pat@partner.example\":mailto:" + ADA
    take(d, event("plain@x", "20261124T120000Z", "20261124T130000Z", more=plain), event("mine@x", "20261124T140000Z", "20261124T150000Z", more=mine),
         options=("--own",))
    equal(d.json("check"), {"findings": []})
    d.sql("UPDATE meeting SET taken_as_own = 0")
    finding, = d.run("check", "--json", status=4).json()["findings"]
    has(finding, "ext@x 'Partner call': Pat@Partner.example")
    has(finding, "import it again")
    equal(len(d.run("check", "--repair", "--json", status=4).json()["findings"]), 1)
    equal(d.json("show", "ext@x")["invited_by"], None)
    equal(d.json("import", d.write("in.ics", calendar(foreign())), "--own")["updated"], 1)
    equal(d.json("check"), {"findings": []})
    d.sql("UPDATE meeting SET taken_as_own = 0")
    d.run("organizer", "set", ADA, "--alias", PAT)
    equal(d.json("check"), {"findings": []})
    d.run("organizer", "set", ADA, "--alias", "ada@home.example")
    d.run("organizer", "add", "heir@example.org", "--tz", "UTC")
    d.run("organizer", "remove", ADA, "--to", "heir@example.org")
    equal(d.json("check"), {"findings": []})


@case("a foreign series, its changed occurrences, and one that comes later")
def _(d):
    d.organization()
    series = foreign(more="\nRRULE:FREQ=DAILY;COUNT=3")
    moved = event("ext@x", "20261125T110000Z", "20261125T120000Z", SKYPE, "Moved", INVITED + "\nRECURRENCE-ID:20261125T090000Z")
    later = event("ext@x", "20261126T150000Z", "20261126T160000Z", SKYPE, "Late", INVITED + "\nRECURRENCE-ID:20261126T090000Z")
    equal(take(d, series, moved)["added"], 1)
    equal(take(d, later)["updated"], 1)
    equal([m["start"][:16] for m in d.json("agenda", "--from", "2026-11-24")], ["2026-11-24T09:00", "2026-11-25T11:00", "2026-11-26T15:00"])
    equal(d.run("export").out.count("ORGANIZER"), 3)
    equal(standing(d, "ext@x")[1], "Pat@Partner.example")


@case("a sync writes a foreign meeting back as it came, and takes its file's end for its leaving the calendar")
def _(d):
    d.organization()
    os.mkdir(d.path("vdir"))
    d.write("vdir/ext.ics", calendar(foreign()))
    before = open(d.path("vdir/ext.ics"), "rb").read()
    equal(d.json("sync", d.path("vdir"))["added"], 1)
    equal(d.json("sync", d.path("vdir"))["unchanged"], 1)
    equal(open(d.path("vdir/ext.ics"), "rb").read(), before)
    equal(standing(d, "ext@x")[1:3], ("Pat@Partner.example", None))
    os.unlink(d.path("vdir/ext.ics"))
    equal(d.json("sync", d.path("vdir"))["cancelled"], 1)
    gone = d.json("show", "ext@x")
    equal((gone["status"], gone["sequence"]), ("cancelled", 4))


@case("an ORGANIZER without an address: somebody outside if it names anybody, else the calendar's own; told either way, and kept")
def _(d):
    d.organization()
    rows = (("ORGANIZER;CN=Pat Doe:MAILTO:/O=CORP/OU=EXCHANGE/CN=RECIPIENTS/CN=PDOE", "Pat Doe"),
            ("ORGANIZER:MAILTO:/o=Corp/ou=Exchange/cn=Recipients/cn=pdoe", "/o=Corp/ou=Exchange/cn=Recipients/cn=pdoe"),
            ('ORGANIZER;CN="Doe, Pat":invalid:nomail', "Doe, Pat"), ("ORGANIZER:Pat Doe", "Pat Doe"),
            ("ORGANIZER;CN=Ada:invalid:nomail", "Ada"), ("ORGANIZER;CN=Pat:", "Pat"), ("ORGANIZER:urn:uuid:4711", "urn:uuid:4711"),
            ("ORGANIZER:invalid:nomail", None), ("ORGANIZER:mailto:", None), ("ORGANIZER;CN=\" \":", None), ("ORGANIZER:", None))
    events = [event("w%d@x" % i, "202612%02dT090000Z" % (i + 1), "202612%02dT100000Z" % (i + 1), "Conference ID: 53%02d%02d" % (i, 2 * i),
                    "Call %d" % i, more=line) for i, (line, _) in enumerate(rows)]
    report = take(d, *events)
    equal((report["added"], report["foreign"]), (len(rows), sum(1 for _, who in rows if who)))
    told = {n["uid"]: n["why"] for n in report["notes"] if "ORGANIZER" in n["why"]}
    out = d.run("export").out.replace("\r\n ", "").splitlines()
    for i, (line, who) in enumerate(rows):
        meeting = d.json("show", "w%d@x" % i)
        equal((line, meeting["invited_by"], meeting["id_kind"]), (line, who, "foreign" if who else "dynamic"))
        has(told["w%d@x" % i], "gives no e-mail address")
        has(told["w%d@x" % i], "outside the directory" if who else "the calendar's own")
        equal(line in out, who is not None)
    equal(sum(line.startswith("ORGANIZER") and line.endswith(":mailto:" + ADA) for line in out), 4)
    has(d.run("show", "w2@x").out, "Doe, Pat")
    equal(take(d, *events)["unchanged"], len(rows))
    for i in (0, 4):
        has(d.error("edit", "w%d@x" % i, "--title", "Ours", status=3), "Pat Doe" if i == 0 else "Ada")
    equal(d.json("check")["findings"], [])
    has(d.error("answer", "w0@x", "yes", "--send", status=3), "address is not known")


@case("who has no address in a later revision is who they were; --own takes such events too, and they stay own")
def _(d):
    d.organization()
    take(d, foreign())
    newer = event("ext@x", "20261124T110000Z", "20261124T120000Z", SKYPE, "Partner call", "ORGANIZER;CN=Pat D.:invalid:nomail\nSEQUENCE:5")
    equal(take(d, newer)["updated"], 1)
    equal((d.json("show", "ext@x")["start"], d.json("show", "ext@x")["invited_by"]), ("2026-11-24T11:00:00+00:00", "Pat@Partner.example"))
    mine = event("mine@x", "20261125T090000Z", "20261125T100000Z", "Conference ID: 5312874", "Mine", "ORGANIZER;CN=Ada:invalid:nomail")
    report = d.json("import", d.write("in.ics", calendar(mine)), "--own")
    equal((report["added"], report["foreign"], report["notes"]), (1, 0, []))
    equal(standing(d, "mine@x"), (ADA, None, "5312874", "dynamic", None))
    later = event("mine@x", "20261125T090000Z", "20261125T100000Z", "Conference ID: 5312874", "Still mine", "ORGANIZER;CN=Ada:invalid:nomail\nSEQUENCE:2")
    equal(take(d, later)["updated"], 1)
    equal(standing(d, "mine@x")[:3], (ADA, None, "5312874"))
    equal(d.json("check"), {"findings": []})


main()
