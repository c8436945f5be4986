#!/usr/bin/python3
"""Whose dial-in an imported event has: our family's, another service's, and what is told beside it. In words of our own."""

from _cli import ADA, calendar, event
from dialdesk import case, equal, has, lacks, main

DOTS = "." * 60
TEAMS = ("Microsoft Teams meeting\\nJoin on your computer: https://teams.microsoft.com/l/meetup-join/19%3ameeting_Qk0/0\\n"
         "Meeting ID: 271 608 345 11\\nPasscode: Zx81pq\\nOr call in (audio only)\\n+44 20 5550 0142\\,\\,61820457#   United Kingdom\\n"
         "Phone Conference ID: 618 204 57#")
SKYPE = (DOTS + "\\nJoin Skype Meeting<https://meet.example.org/ada/71KQ>\\nJoin by phone\\n+49 69 5550177 (Frankfurt)   German\\n"
         "Find a local number<https://dialin.example.org>\\n\\nConference ID: 4471926\\nForgot your dial-in PIN? | Help\\n" + DOTS)
ZOOM = ("Join Zoom Meeting\\nhttps://us06web.zoom.us/j/83920175566?pwd=k\\nMeeting ID: 839 2017 5566\\nPasscode: 904411\\nOne tap mobile\\n"
        "+13465550128\\,\\,83920175566#\\,\\,\\,\\,*904411# US")
MEET = ("Join with Google Meet: https://meet.google.com/kfa-hhqw-bzt\\nOr dial: (DE) +49 40 5550 0133 PIN: 402 118 736#\\n"
        "More numbers: https://tel.meet/kfa-hhqw-bzt")
WEBEX = ("https://initech.webex.com/initech/j.php?MTID=m7c\\nMeeting number (access code): 2374 118 2290\\n"
         "Tap to call in\\n+1-415-555-0155\\,\\,23741182290## US Toll")
JITSI = "https://meet.jit.si/CopperOtters\\nTo join by phone instead\\, tap this: +1.512.555.0181\\,\\,736120945#"
BLUEJEANS = "https://bluejeans.com/551208834\\nDial +1 408 555 0121\\nEnter Conference ID: 551208834"
GOTO = "https://meet.goto.com/604118237\\nYou can also dial in: +1 571 555 0166\\nAccess Code: 604-118-237"
TENCENT = "腾讯会议\\nhttps://meeting.tencent.com/dm/8vQx\\n会议 ID: 483 115 927\\n+86 755 5550 0190\\,\\,483115927#"


def one(d, text, more="", uid="one@x", day="24", title="Planning", options=()):
    """Imports one event, and gives what stands then: ID, kind, and the report."""
    report = d.json("import", d.write("one.ics", calendar(event(uid, "202611%sT090000Z" % day, "202611%sT100000Z" % day, text, title, more))),
                    *options)
    meeting = d.json("show", uid)
    return meeting["conference_id"], meeting["id_kind"], report


def why(report):
    return " / ".join(note["why"] for note in report["notes"])


@case("ten calendars of differing services side by side: exactly the first two families' IDs are ours")
def _(d):
    d.organization()
    texts = {"teams": TEAMS, "skype": SKYPE, "zoom": ZOOM, "meet": MEET, "webex": WEBEX, "jitsi": JITSI, "bluejeans": BLUEJEANS,
             "goto": GOTO, "tencent": TENCENT, "none": "Bring figures."}
    paths = [d.write(name + ".ics", calendar(event(name + "@x", "202611%02dT090000Z" % day, "202611%02dT100000Z" % day, text, name),
                                             event(name + "2@x", "202612%02dT090000Z" % day, "202612%02dT100000Z" % day, "see you", name)))
             for day, (name, text) in enumerate(texts.items(), 10)]
    report = d.json("import", *paths)
    equal((report["read"], report["added"], report["rejected"], report["foreign"]), (20, 20, 0, 0))
    ids = {name: d.json("show", name + "@x") for name in texts}
    equal({name: meeting["conference_id"] for name, meeting in ids.items() if meeting["conference_id"]},
          {"teams": "61820457", "skype": "4471926"})
    equal({name for name, meeting in ids.items() if meeting["id_kind"] == "foreign"}, set(texts) - {"teams", "skype", "none"})
    equal(ids["bluejeans"]["foreign_dial_in"], {"number": "+1 408 555 0121", "conference_id": "551208834"})
    equal(d.json("legacy"), [])
    equal(d.json("organizer", "show", ADA)["static_id"], None)
    equal([d.json("lookup", i, status=1)["state"] for i in ("551208834", "736120945", "483115927", "402118736")], ["foreign"] * 4)
    equal(d.json("check"), {"findings": []})


@case("the whole event tells whose a dial-in is: its place, its link, its HTML, its properties, a line for another service's users")
def _(d):
    d.organization()
    plain = "Conference ID: 5518823"
    for n, (text, more, kind) in enumerate((
            (plain, "", "dynamic"),
            (plain, "LOCATION:https://initech.webex.com/meet/ada", "foreign"),
            (plain, "URL:https://us06web.zoom.us/j/5518823", "foreign"),
            (plain, "X-ALT-DESC;FMTTYPE=text/html:<a href=\"https://bluejeans.com/5518823\">join</a>", "foreign"),
            (plain, "X-GOOGLE-CONFERENCE:https://meet.google.com/kfa-hhqw-bzt", "foreign"),
            (plain, "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.jit.si/CopperOtters", "foreign"),
            ("Join Zoom Meeting\\nJoin by Skype for Business\\nhttps://us06web.zoom.us/skype/5518823\\n" + plain, "", "foreign"),
            ("https://initech.webex.com/initech/j.php?MTID=m\\nJoin using Microsoft Lync\\n" + plain, "", "foreign"),
            ("Conference call\\n" + plain + "\\nLeader PIN: 7", "", "foreign"),
            ("https://talk.initech.example/r/5518823\\n" + plain, "", "foreign"),
            (TEAMS.replace("61820457", "5518823").replace("618 204 57", "551 882 3") + "\\nVideo: https://www.webex.com/msteams?confid=1", "", "dynamic"))):
        d.run("organizer", "add", "n%d@example.org" % n)
        i, is_kind, _ = one(d, text.replace("5518823", "55188%02d" % (n + 10)), more.replace("5518823", "55188%02d" % (n + 10)) +
                            "%sORGANIZER:mailto:n%d@example.org" % ("\n" if more else "", n), "k%d@x" % n)
        equal((is_kind, bool(i)), (kind, kind == "dynamic"), (text, more))


@case("a conversion exchanges our own digits in our own block: another service's text, and other numbers, stay")
def _(d):
    d.organization()
    mixed = (SKYPE + "\\n\\nBackup:\\nhttps://bluejeans.com/4471926\\nEnter Conference ID: 4471926\\n\\nOrder 4471926 is late.")
    d.run("organizer", "set", ADA, "--static-id", "4471926")
    equal(one(d, mixed)[:2], ("4471926", "static"))
    new = d.json("convert", "one@x")[0]["new_id"]
    notes = d.json("show", "one@x")["notes"]
    has(notes, "Conference ID: %s\nForgot" % new)
    has(notes, "https://bluejeans.com/4471926\nEnter Conference ID: 4471926")
    has(notes, "Order 4471926 is late.")
    equal(notes.count(new), 1)


@case("an ID behind a number of the organization is ours, whatever a calendar program adds: taken, found sound, converted")
def _(d):
    d.organization()
    d.run("number", "add", "+49 30 901820")
    d.run("organizer", "set", ADA, "--static-id", "5600001")
    meet = "X-GOOGLE-CONFERENCE:https://meet.google.com/kfa-hhqw-bzt"
    equal(one(d, "Join by phone\\n+49 30 901820\\nConference ID: 5600001", meet)[:2], ("5600001", "static"))
    equal(one(d, "Join by phone\\n+49 30 901821\\nConference ID: 5600002", meet, "two@x")[:2], (None, "foreign"))
    equal(d.json("check"), {"findings": []})
    new = d.json("convert", "one@x")[0]["new_id"]
    has(d.json("show", "one@x")["notes"], "Conference ID: " + new)
    equal(d.json("check"), {"findings": []})


@case("an ID that was drawn here stays its meeting's, if the event comes back with another program's meeting added")
def _(d):
    d.organization()
    meeting = d.new("Budget", "2026-11-24 09:00")
    i, uid = meeting["conference_id"], meeting["uid"]
    more = "SEQUENCE:5\nX-GOOGLE-CONFERENCE:https://meet.google.com/kfa-hhqw-bzt"
    equal(one(d, "Conference ID: " + i, more, uid)[:2], (i, "dynamic"))
    equal(d.json("show", uid)["foreign_dial_in"], None)
    equal(d.json("lookup", i)["state"], "upcoming")
    d.json("import", d.write("two.ics", calendar(event("two@x", "20261124T090000Z", "20261124T100000Z", "Conference ID: 5700001"))))
    equal(one(d, "Conference ID: 5700001", more, "two@x")[:2], (None, "foreign"))
    equal(d.json("check"), {"findings": []})


@case("an ID that an earlier import could not read is taken when the event comes again, once")
def _(d):
    d.organization()
    text = "Konferenzkennung: 5800001"
    equal(one(d, "Konferenzkennung folgt")[:2], (None, "none"))
    d.sql("UPDATE meeting SET notes = '%s'" % text)
    i, kind, report = one(d, text)
    equal((i, kind, report["updated"]), ("5800001", "dynamic", 1))
    equal(one(d, text)[2]["unchanged"], 1)
    drawn = d.new("Budget", "2026-11-26 09:00")["conference_id"]
    copied = "Conference ID: " + drawn
    equal((one(d, copied, uid="copy@x")[0], one(d, copied, uid="copy@x")[2]["unchanged"]), (None, 1))


@case("own before forwarded; two IDs, a label and an address that differ, text against HTML: each is told once")
def _(d):
    d.organization()
    for n, (text, more, wanted, told) in enumerate((
            (SKYPE.replace("4471926", "5100001") + "\\n\\n-----Original Appointment-----\\nFrom: Carol\\n" + TEAMS, "", "5100001", "61820457"),
            (SKYPE.replace("4471926", "5100002") + "\\n\\nVon: Carol\\nGesendet: Montag\\nAn: Ada\\n" + TEAMS, "", "5100002", "61820457"),
            ("> " + TEAMS.replace("\\n", "\\n> ") + "\\nOurs: Conference ID: 5100003", "", "5100003", "61820457"),
            ("Conference ID: 5100004\\nFind a local number<https://dialin.lync.com/a?id=5199994>", "", "5199994", "5100004"),
            ("Conference ID: 5100005", "X-ALT-DESC;FMTTYPE=text/html:<p>Conference ID: <b>5199995</b></p>", "5100005", "5199995"),
            ("Conference ID: 5100006\\nConference ID: 5199996", "", "5100006", "5199996"),
            (ZOOM + "\\n-----Original Message-----\\n" + SKYPE, "", None, "4471926"))):
        d.run("organizer", "add", "o%d@example.org" % n)
        i, _, report = one(d, text, more + "%sORGANIZER:mailto:o%d@example.org" % ("\n" if more else "", n), "o%d@x" % n)
        equal(i, wanted, text)
        equal(why(report).count(told), 1, why(report))


@case("HTML is text with lines, cells, entities and links: as DESCRIPTION, as X-ALT-DESC, as STYLED-DESCRIPTION, within ALTREP")
def _(d):
    d.organization()
    for n, (text, more) in enumerate((
            ("", "X-ALT-DESC;FMTTYPE=text/html:<table><tr><th>Konferenz&#8209\\;ID</th><td>%s</td></tr></table>"),
            ("", "X-ALT-DESC;FMTTYPE=text/html:Join by phone<br>Conference ID<br/><b>%s</b><br>2026 figures"),
            ("", "X-ALT-DESC;FMTTYPE=text/html:<a href='https://dialin.teams.microsoft.com/x?lang=en&amp\\;id=%s'>numbers</a>"),
            ("", "X-ALT-DESC;FMTTYPE=text/html:&#43\\;49 30 5550 0101&comma\\;&#x2c\\;%s&num\\;"),
            ("", "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Conference&nbsp\\;ID:&ensp\\;%s</p>"),
            ("<html><body><p>Join by phone</p><p>Conference ID: %s</p></body></html>", ""),
            ("Join by phone&nbsp\\; Conference&nbsp\\;ID: %s", ""),
            ("", "X-ALT-DESC;FMTTYPE=text/html:<p>Conference&nbspID:&nbsp%s</p>"),
            ("", "DESCRIPTION;ALTREP=\"data:text/html,%%3Cp%%3EConference%%20ID:%%20%s%%3C/p%%3E\":see the other form"))):
        digits = "52000%02d" % n
        d.run("organizer", "add", "h%d@example.org" % n)
        more = (more % digits if "%s" in more else more) + ("\n" if more else "") + "ORGANIZER:mailto:h%d@example.org" % n
        equal(one(d, text % digits if text else "", more, "h%d@x" % n)[0], digits, (text, more))


@case("machine-readable places first: the family's property, each CONFERENCE by its FEATURE, URL")
def _(d):
    d.organization()
    number = "tel:+4930901820\\,\\,%s%%23"
    for n, (text, more, wanted) in enumerate((
            ("Conference ID: 5399990", "X-MICROSOFT-ONLINEMEETINGCONFERENCEID:530 000 0", "5300000"),
            ("", "CONFERENCE;VALUE=URI;FEATURE=PHONE:" + number % "5300001", "5300001"),
            ("", "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:" + number % "5300002", "5300002"),
            ("", "CONFERENCE;VALUE=URI:" + number % "5300003", "5300003"),
            ("", "CONFERENCE;VALUE=URI;FEATURE=MODERATOR,PHONE:" + number % "5399994", None),
            ("", "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+4930901820\\,\\,\\,5300009", "5300009"),
            ("", "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+4930901820", None),
            ("", "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=\"Conference ID: 5300010\":tel:+4930901820", "5300010"),
            ("", "CONFERENCE;VALUE=URI;FEATURE=CHAT:" + number % "5399995", None),
            ("", "CONFERENCE;VALUE=URI;FEATURE=MODERATOR,PHONE:" + number % "5399996" +
             "\nCONFERENCE;VALUE=URI;FEATURE=PHONE:" + number % "5300006", "5300006"),
            ("", "URL:https://dialin.teams.microsoft.com/a?id=5300007", "5300007"))):
        d.run("organizer", "add", "m%d@example.org" % n)
        equal(one(d, text, more + "\nORGANIZER:mailto:m%d@example.org" % n, "m%d@x" % n)[0], wanted, more)


@case("lines that the program writes itself are looked up when they are pasted back")
def _(d):
    d.organization()
    ids = {}
    for day, time in (("23", "10:00"), ("24", "09:30"), ("26", "08:00")):
        meeting = d.new("Budget %s" % day, "2026-11-%s %s" % (day, time), "--attendee", "bob@example.org")
        ids[meeting["conference_id"]] = meeting["uid"]
    d.run("organizer", "add", "grace@example.org", "--static-id", "7654321")
    old = event("old@x", "20261125T090000Z", "20261125T093000Z", "Conference ID: 7654321", "Budget of 2026", "ORGANIZER:mailto:grace@example.org")
    d.json("import", d.write("old.ics", calendar(old)))
    ids["7654321"] = "old@x"
    pasted = 0
    for args in (("agenda", "--from", "2026-11-23", "--all"), ("search", "Budget"), ("legacy", "--all"), ("show", "old@x")):
        for line in d.run(*args).out.split("\n"):
            digits = [i for i in ids if i in line.replace(" ", "").replace("\u00a0", "")]
            if digits:
                equal(d.json("lookup", line)["conference_id"], digits[0], line)
                pasted += 1
    assert pasted >= 10, pasted
    for i in ids:
        for line in d.run("invite", ids[i]).out.split("\n"):
            if i in line:
                equal(d.json("lookup", line)["conference_id"], i, line)


@case("an import says what it found: with and without an ID, foreign, which numbers; a heading for joining by phone without an ID")
def _(d):
    d.organization()
    d.run("number", "add", "+49 30 901820")
    times = ("20261124T090000Z", "20261124T100000Z")
    report = d.json("import", d.write("a.ics", calendar(
        event("a@x", *times, "Join by phone\\n+49 30 901820\\nConference ID: 5400001"),
        event("b@x", *times, "Join by phone\\n+49 69 5550177\\nConference ID: 5400002"),
        event("c@x", *times, "Join by phone\\n+49 69 5550177\\nask the organizer"),
        event("d@x", *times, ZOOM),
        event("e@x", *times, "by foot"),
        event("f@x", *times, "Per Telefon einwählen\\nNummer folgt"),
        event("g@x", *times, "Conference ID: 5400003", "Call", "ORGANIZER:mailto:pat@partner.example"),
        event("h@x", *times, "Toll-free: +1 866 555 0188\\nToll: +49 30 901820\\nConference ID: 5400004\\n"
              "+49 (30) 901820\\,\\,5400004#\\n+44 20 5550 0142\\,\\,5400004#"))))
    equal((report["added"], report["with_id"], report["without_id"], report["foreign"]), (8, 3, 4, 1))
    equal({(n["number"], n["ours"], n["events"]) for n in report["numbers"]},
          {("+4930901820", True, 2), ("+49695550177", False, 1), ("+13465550128", False, 1), ("+18665550188", False, 1),
           ("+442055500142", False, 1)})
    equal([n["uid"] for n in report["notes"] if "heading" in n["why"]], ["c@x", "f@x"])
    text = d.run("import", d.path("a.ics")).out
    has(text, "pat@partner.example")
    has(text, "\n3 with a conference ID, 4 without\n")
    has(text, "  (not one of the organization's: Zoom)\n")
    equal([n["service"] for n in report["numbers"] if n["number"] in ("+13465550128", "+4930901820")].count("Zoom"), 1)
    has(text, "not one of the organization's")


@case("a number that is not the organization's is told event by event, a hundred of a file, then how many more")
def _(d):
    d.organization()
    d.run("number", "add", "+49 30 901820")
    text = "Join by phone\\n%s\\nConference ID: 5312874"
    rows = (("+49 30 901820 (Berlin)", None), ("+44 20 5550 0101 (London)", "+44 20 5550 0101"),
            ("+49 30 901820 (Berlin)\\n+44 20 5550 0101 (London)", "+44 20 5550 0101"),
            ("+44 20 5550 0101\\n+44 20 5550 0102\\n+44 20 5550 0103\\n+44 20 5550 0104\\n+44 20 5550 0105", " and 2 more"),
            ("030 5550", None))
    events = [event("n%d@x" % i, "20261124T%02d0000Z" % (8 + i), "20261124T%02d3000Z" % (8 + i), text % lines) for i, (lines, _) in enumerate(rows)]
    notes = {n["uid"]: n["why"] for n in d.json("import", d.write("n.ics", calendar(*events)))["notes"]}
    equal(sorted(notes), ["n%d@x" % i for i, (_, told) in enumerate(rows) if told])
    for i, (_, told) in enumerate(rows):
        has(notes.get("n%d@x" % i, ""), told or "")
    equal(["901820" in why for why in notes.values()], [False] * 3)
    many = [event("m%d@x" % i, "20261124T120000Z", "20261124T123000Z", text % rows[1][0]) for i in range(103)]
    notes = d.json("import", d.write("m.ics", calendar(*many)))["notes"]
    equal((len(notes), notes[-1]["uid"], notes[-1]["why"]), (101, None, "and 3 more show numbers that are not the organization's"))
    zoom = event("z@x", "20261125T090000Z", "20261125T100000Z", "https://zoom.us/j/81234567890\\n+44 20 5550 0101,,81234567890#")
    outside = event("o@x", "20261125T110000Z", "20261125T120000Z", text % rows[1][0], more="ORGANIZER:mailto:pat@partner.example")
    equal(d.json("import", d.write("z.ics", calendar(zoom, outside)))["notes"], [])


@case("numbers of other services in stores from before: check finds them, a repair takes them off, a static ID with them")
def _(d):
    d.organization()
    times = ("20261124T090000Z", "20261124T100000Z")
    d.json("import", d.write("a.ics", calendar(
        event("jeans@x", *times, "Conference ID: 551208834", "Planning"),
        event("two@x", *times, "Conference ID: 4471926"), event("three@x", *times, "Conference ID: 4471926"),
        event("sound@x", *times, "Conference ID: 5500001"))))
    equal(d.json("organizer", "show", ADA)["static_id"], "4471926")
    equal(d.json("check"), {"findings": []})
    # as an import wrote them that did not judge whose a dial-in is
    d.run("edit", "jeans@x", "--notes", BLUEJEANS.replace("\\n", "\n"))
    for uid in ("two@x", "three@x"):
        d.run("edit", uid, "--notes", "https://talk.initech.example/4471926\nConference ID: 4471926")
    d.run("edit", "sound@x", "--notes", BLUEJEANS.replace("\\n", "\n"))
    drawn = d.new("Drawn here", "2026-11-26 09:00")
    d.run("edit", drawn["uid"], "--notes", "https://bluejeans.com/1\nConference ID: %s" % drawn["conference_id"])
    findings = d.run("check", "--json", status=4).json()["findings"]
    equal(len(findings), 3, findings)
    has(findings[0] + findings[1] + findings[2], "551208834 is a number of BlueJeans")
    repaired = d.json("check", "--repair")
    equal((len(repaired["repaired"]), repaired["findings"]), (3, []))
    equal([d.json("show", uid)["id_kind"] for uid in ("jeans@x", "two@x", "three@x", "sound@x", drawn["uid"])],
          ["foreign", "foreign", "foreign", "dynamic", "dynamic"])
    equal(d.json("show", "jeans@x")["foreign_dial_in"], {"number": "+1 408 555 0121", "conference_id": "551208834"})
    equal(d.json("organizer", "show", ADA)["static_id"], None)
    equal(d.json("lookup", "551208834")["state"], "retired")
    has(d.run("history", "551208834").out, "BlueJeans")
    equal(d.json("check", "--repair"), {"repaired": [], "findings": []})


@case("what an earlier import took for ours is left when the event comes again; a static ID of somebody outside is told of")
def _(d):
    d.organization()
    partner = "ORGANIZER:mailto:pat@partner.example"
    times = ("20261124T090000Z", "20261124T100000Z")
    path = d.write("a.ics", calendar(event("p@x", *times, SKYPE, "One", partner), event("q@x", *times, SKYPE, "Two", partner)))
    d.json("import", path, "--own")
    equal(d.json("organizer", "show", ADA)["static_id"], "4471926")
    d.sql("UPDATE meeting SET taken_as_own = 0")
    report = d.json("import", path)
    equal((report["foreign"], report["updated"]), (2, 2))
    has(why(report), "4471926 stays the static ID of " + ADA)
    equal(d.json("organizer", "show", ADA)["static_id"], "4471926")
    equal(d.json("legacy"), [])


main()
