#!/usr/bin/python3
"""lookup: every state of an ID, near misses, what callers paste, and the sentence."""

from _cli import ADA, legacy_pair
from dialdesk import case, equal, has, lacks, main

KEYS = {"query", "conference_id", "state", "id_kind", "organizer", "meetings", "replaced_by", "near", "say", "lang", "callers_from",
        "tell", "dial_in"}


@case("upcoming, live with the early-entry margin, ended")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    for at, state in (("2026-11-24 07:00", "upcoming"), ("2026-11-24 08:50", "live"), ("2026-11-24 09:00", "live"),
                      ("2026-11-24 09:59", "live"), ("2026-11-24 10:00", "ended"), ("2027-11-24 10:00", "ended")):
        answer = d.json("lookup", m["conference_id"], "--at", at)
        equal(answer["state"], state, at)
        equal(KEYS - set(answer), set())
        assert answer["say"] and "\n" not in answer["say"], answer["say"]
    equal((answer["organizer"], answer["meetings"][0]["uid"], answer["id_kind"]), (ADA, m["uid"], "dynamic"))


@case("between two occurrences of a series: upcoming, the next one told")
def _(d):
    d.organization()
    m = d.new("Weekly", "2026-11-24 09:00", "--repeat", "FREQ=WEEKLY;COUNT=3")
    for at, state in (("2026-11-26 09:00", "upcoming"), ("2026-12-01 09:30", "live"), ("2026-12-08 10:30", "ended")):
        equal(d.json("lookup", m["conference_id"], "--at", at)["state"], state, at)


@case("typing is forgiving: spaces, dashes, dots, a trailing #, whole pasted lines")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    i = m["conference_id"]
    for typed in (i, " ".join(i), i[:3] + "-" + i[3:6] + "." + i[6:], i + "#", i[:3] + " " + i[3:6] + " " + i[6:] + "#",
                  "+1 323-849-4874,,%s# United States" % i, "Conference ID: %s %s" % (i[:3], i[3:]),
                  "tel:+13238494874,,%s#" % i, "https://dialin.teams.microsoft.com/abc?id=" + i, i[:3] + "\u00a0" + i[3:]):
        answer = d.json("lookup", typed)
        equal((answer["conference_id"], answer["state"], answer["query"]), (i, "upcoming", typed))


@case("a meeting's UID is told as one, and no digits are taken out of it; digits alone are an ID, whatever a UID is")
def _(d):
    d.organization()
    mine = d.new("Budget", "2026-11-24 09:00")
    named = d.new("Other", "2026-11-24 11:00", "--uid", "20261124T090000-93907123@example.com")
    d.new("Digits", "2026-11-24 13:00", "--uid", mine["conference_id"])
    for uid in (mine["uid"], mine["uid"].upper(), named["uid"], "f47ac10b-5812-4372-a567-000002b2c347"):
        answer = d.json("lookup", uid, status=1)
        equal((answer["state"], answer["conference_id"], answer["holds"]),
              ("invalid", None, "a meeting's UID: 'dialdesk show %s' tells of it, if it is in the store" % uid))
        has(d.run("lookup", uid, status=1).out, "dialdesk show " + uid)
    equal(d.json("lookup", mine["conference_id"])["meetings"][0]["uid"], mine["uid"])
    for near in (named["uid"] + "x", mine["uid"][:-1], "f47ac10b58124372a567000002b2c347"):
        lacks(d.run("lookup", near, status=1).out, "dialdesk show")


@case("an unknown ID: exit 1, near misses for the staff's eyes, none read out")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    i = m["conference_id"]
    for typed, slip in ((("1" if i[0] != "1" else "2") + i[1:], "digit"), (i[:-1], "missing"), (i + "5", "extra")):
        answer = d.json("lookup", typed, status=1)
        equal((answer["state"], answer["id_kind"] in (None, "none"), answer["meetings"]), ("unknown", True, []))
        equal([(n["conference_id"], n["slip"], n["state"], n["meeting"]["uid"]) for n in answer["near"]],
              [(i, slip, "upcoming", m["uid"])])
        lacks(answer["say"].replace(" ", "").replace(typed, ""), i)
    at = next((k for k in range(len(i) - 1) if i[k] != i[k + 1] and not (k == 0 and i[1] == "0")), None)
    swapped = i[:at] + i[at + 1] + i[at] + i[at + 2:]
    equal([n["slip"] for n in d.json("lookup", swapped, status=1)["near"]], ["swap"])
    d.run("cancel", m["uid"])
    equal(d.json("lookup", swapped, status=1)["near"], [])


@case("what cannot be an ID is invalid, with the usual confusion told")
def _(d):
    d.organization()
    for typed in ("12", "123", "abc", "1" * 40, "", "+1 323-849-4874"):
        answer = d.json("lookup", typed, status=1)
        equal(answer["state"], "invalid", typed)
        assert answer["say"]
    has(d.json("lookup", "2712345678901", status=1)["say"].lower(), "conference id")
    equal(d.json("lookup", "1234567890", status=1)["state"], "unknown")


@case("a near miss is told in its meeting's zone, as its invitation has it, unless --tz asks for another")
def _(d):
    d.organization(tz="America/New_York")
    m = d.new("Board", "2026-11-25 09:00")
    own = m["conference_id"]
    wrong = own[:-1] + ("1" if own[-1] == "0" else "0")
    answer = d.run("lookup", wrong, status=1).out
    has(answer, "at 9 am New York time")
    has(answer, "09:00")
    has(d.run("lookup", wrong, "--tz", "Europe/Berlin", status=1).out, "at 3 pm Berlin time")
    has(d.run("lookup", own[:4], status=1).out, "9 am New York time")


@case("a static ID is answered with all meetings that use it, the nearest first")
def _(d):
    first, second = legacy_pair(d)
    answer = d.json("lookup", "7654321", "--at", "2026-11-24 09:58")
    equal((answer["state"], [m["uid"] for m in answer["meetings"]]), ("live", [first["uid"], second["uid"]]))
    equal([m["risk"] for m in answer["meetings"]], ["back-to-back"] * 2)
    equal(d.json("lookup", "7654321", "--at", "2026-11-24 10:05")["meetings"][0]["uid"], second["uid"])


@case("the bridge's numbers stand in the answer")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    dial_in = d.json("lookup", m["conference_id"])["dial_in"]
    assert "+4930901820" in str(dial_in), dial_in


@case("the answer as text ends in the sentence")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    answer = d.json("lookup", m["conference_id"])
    text = d.run("lookup", m["conference_id"]).out
    equal(text.splitlines()[-1], "Say: " + answer["say"])
    has(text, answer["tell"][0]["say"])
    result = d.run("lookup", "12345670", status=1)
    has(result.out, "unknown")


@case("a stranger with an old static ID learns nothing; who has passed the caller check hears the new ID")
def _(d):
    first, second = legacy_pair(d)
    new = d.json("convert", first["uid"])[0]["new_id"]
    for at in ("2026-11-24 07:00", "2026-11-24 09:58", "2026-11-24 10:30", "2026-11-24 12:00"):
        for lang in ("en", "de", "fr", "ja"):
            answer = d.json("lookup", "7654321", "--at", at, "--lang", lang)
            equal(answer["lang"], lang)
            said = answer["say"].replace(" ", "")
            for secret in (first["title"], second["title"], new, "Ada", "ada@", "Lovelace"):
                lacks(said, secret.replace(" ", ""))
            told = {t["uid"]: t["say"] for t in answer["tell"]}
            has(told[first["uid"]], first["title"])
            if at < "2026-11-24 10:00":
                has(told[first["uid"]].replace(" ", ""), new)
    d.run("convert", second["uid"])
    answer = d.json("lookup", "7654321")
    equal((answer["state"], answer["callers_from"], len(answer["tell"])), ("replaced", None, 2))
    has(d.run("lookup", "7654321").out, "%s and 1 more\n" % answer["replaced_by"])
    has(answer["say"], "who organizes the meeting")
    lacks(answer["say"].replace(" ", ""), new)


@case("a stranger learns nothing in any state, and in no language")
def _(d):
    first, second = legacy_pair(d)
    d.run("organizer", "add", "bob@example.org", "--name", "Bob Hope", "--static-id", "5554321")
    d.run("organizer", "add", "kay@example.org", "--name", "Kay Third", "--provider", "third-party")
    other = d.new("Secret plan", "2026-11-24 09:00", "-o", "bob@example.org")
    gone = d.new("Called off", "2026-11-24 09:00", "-o", ADA)
    d.run("cancel", gone["uid"])
    with open(d.path("in.ics"), "w", encoding="utf-8") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:z\nDTSTAMP:20261101T000000Z\nDTSTART:20261124T140000Z\n"
                   "DTEND:20261124T150000Z\nSUMMARY:Vendor talk\nORGANIZER:mailto:ada@example.org\nDESCRIPTION:Join Zoom Meeting\\n"
                   "https://zoom.us/j/86312345678\\nMeeting ID: 863 1234 5678\\n\nEND:VEVENT\nEND:VCALENDAR\n")
    d.run("import", d.path("in.ics"), "-o", ADA)
    new = d.json("convert", first["uid"])[0]["new_id"]
    asked = [("7654321", "2026-11-24 07:00", "upcoming"), ("7654321", "2026-11-24 09:58", "live"), ("7654321", "2026-12-24 09:58", "replaced"),
             (new, "2026-11-24 12:00", "ended"), (gone["conference_id"], "2026-11-24 07:00", "cancelled"),
             ("86312345678", "2026-11-24 07:00", "unknown|foreign"), ("12345670", "2026-11-24 07:00", "unknown"), ("12", "2026-11-24 07:00", "invalid")]
    secrets = (first["title"], second["title"], "Secret", "Called", "Vendor", "Ada", "Lovelace", "Bob", "Hope", "Kay", "@")
    ids = (new, "7654321", other["conference_id"], gone["conference_id"])

    def ask(digits, at, state):
        for lang in ("da", "de", "en", "es", "fi", "fr", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv", "zh"):
            answer = d.run("lookup", digits, "--at", at, "--lang", lang, "--json", status=None).json()
            assert answer["state"] in state.split("|"), (digits, at, answer["state"])
            for secret in secrets:
                lacks(answer["say"], secret)
            for one in ids:
                if one != digits:
                    lacks(answer["say"].replace(" ", ""), one)

    for query in asked:
        ask(*query)
    d.run("organizer", "set", ADA, "--dial-in", "off")
    ask("7654321", "2026-11-24 07:00", "disabled")
    d.run("organizer", "set", ADA, "--dial-in", "on")
    d.run("organizer", "reset-id", ADA)
    ask("7654321", "2026-11-24 07:00", "retired")


@case("whatever a caller holds is named for what it is, with what to say")
def _(d):
    d.organization()
    d.run("organizer", "add", "kay@example.org", "--name", "Kay Third", "--provider", "third-party", "--third-party-number", "+496966771200",
          "--third-party-passcode", "550123")
    with open(d.path("in.ics"), "w", encoding="utf-8") as file:
        file.write("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:app\nDTSTAMP:20261101T000000Z\nDTSTART:20261124T140000Z\n"
                   "DTEND:20261124T150000Z\nSUMMARY:In the app\nORGANIZER:mailto:ada@example.org\n"
                   "DESCRIPTION:Meeting ID: 254 123 456 789\\nPhone conference ID: 939 071 23#\nEND:VEVENT\nEND:VCALENDAR\n")
    d.run("import", d.path("in.ics"), "-o", ADA)
    for typed, state, holds, said in (
            ("254 123 456 789", "unknown", "the app's meeting ID", "the meeting ID for the app"),
            ("254123456789", "unknown", "the app's meeting ID", "the meeting ID for the app"),
            ("+49 30 901820", "invalid", "our dial-in number", "the phone number to dial"),
            ("030 901820", "unknown", "our dial-in number", "the phone number to dial"),
            ("550123", "foreign", "passcode of kay@example.org's", "belongs to another conferencing service"),
            ("+49 69 66771200", "foreign", "telephone number of kay@example.org's", "phone number of another conferencing service"),
            ("069 6677 1200", "foreign", "telephone number of kay@example.org's", "phone number of another conferencing service")):
        answer = d.json("lookup", typed, status=1)
        equal((answer["state"], answer["near"]), (state, []), typed)
        has(answer["holds"], holds)
        has(answer["say"], said)
        has(d.run("lookup", typed, status=1).out, holds)
    answer = d.json("lookup", "254123456789", status=1)
    equal([t["uid"] for t in answer["tell"]], ["app"])
    has(answer["tell"][0]["say"], "939 071 23")
    equal(d.json("lookup", "254123456788", status=1)["holds"], None)
    equal(d.json("lookup", "93907123")["holds"], None)
    # from two weeks before until a day after
    for at in ("2026-11-11", "2026-11-17", "2026-11-25T12:00"):
        has(d.json("lookup", "254123456789", "--at", at, status=1)["holds"], "the app's meeting ID")
    # weeks before and after, the texts are not looked through
    equal(d.json("lookup", "254123456789", "--at", "2026-11-01", status=1)["holds"], None)


@case("what is told unasked is the organization's choice, and its history says who changed it")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    equal(d.json("org")["tell"], "nothing")
    for tell, said in (("nothing", ()), ("organizer", ("Ada",)), ("title", ("Ada", "Budget"))):
        equal(d.json("org", "--tell", tell)["tell"], tell)
        say = d.json("lookup", m["conference_id"])["say"]
        for word in ("Ada", "Budget"):
            (has if word in said else lacks)(say, word)
    has(d.error("org", "--tell", "all", status=2), "write nothing, organizer or title")


@case("when callers are let in is told, and the languages that there are")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-25 09:00")
    answer = d.json("lookup", m["conference_id"])
    equal(answer["callers_from"], m["start"].replace("09:00:00", "08:45:00"))
    has(answer["say"], "8:45 am")
    has(d.json("lookup", m["conference_id"], "--lang", "de_AT")["say"], "um 8 Uhr 45")
    for command in (("lookup", m["conference_id"]), ("invite", m["uid"])):
        has(d.error(*command, "--lang", "xx", status=2), "unknown language 'xx'; there are da, de, en, es, fi, fr,")


@case("a call is noted in the ID's history, the caller's number not in full")
def _(d):
    d.organization()
    m = d.new("Budget", "2026-11-24 09:00")
    i = m["conference_id"]
    d.run("note", i[:3] + " " + i[3:] + "#", "--told", "the new time", "--caller", "+4930123456")
    d.run("note", i, "--told", "to call later", "--caller", "Grace (+49 30 123456), 2nd call")
    last = d.json("history", i)[-2:]
    equal([(e["event"], e["detail"], e["conference_id"], e["uid"]) for e in last],
          [("call noted", "told: the new time; caller \u20263456", i, m["uid"]),
           ("call noted", "told: to call later; caller Grace (\u20263456), 2nd call", i, m["uid"])])
    has(d.error("note", "12345670", "--told", "x", status=1), "never issued")
    has(d.error("note", "abc", "--told", "x", status=2), "not a conference ID")
    uid = d.new("Plan", "2026-11-25 09:00", "--uid", i + "-plan@example.org")["uid"]
    for other in (uid, "ID " + i, i + " or 12345670"):
        has(d.error("note", other, "--told", "x", status=2), "'%s': is not a conference ID" % other)
    equal(d.json("history", i)[-2:], last)
    has(d.error("note", i, "--told", " ", status=2), "told")
    has(d.error("note", i, status=2), "--told")


@case("who is left on static IDs, and a dry run of converting them all")
def _(d):
    first, second = legacy_pair(d)
    d.run("edit", second["uid"], "--attendee", "bob@other.example", "--attendee", "BOB@other.example", "--attendee",
          "eve@example.org")
    lines = d.json("legacy", "--summary")
    equal([(line["organizer"], line["static_id"], line["meetings"], line["at_risk"], line["outside"]) for line in lines],
          [(ADA, "7654321", 2, 2, 1)])
    equal(lines[0]["last"][:16], second["end"].replace("T11:00:00+01:00", "T10:00:00+00:00")[:16])
    has(d.run("legacy", "--summary").out, "2 meetings")
    would = d.json("convert", "--all", "--dry-run")
    equal(sorted((c["uid"], c["old_id"], c["new_id"]) for c in would),
          sorted((m["uid"], "7654321", None) for m in (first, second)))
    equal(d.json("lookup", "7654321")["state"], "upcoming")
    equal(d.json("organizer", "reset-id", ADA, "--dry-run")[0]["uid"], first["uid"])
    equal(d.json("organizer", "show", ADA)["static_id"], "7654321")
    equal(len(d.json("convert", "--all")), 2)
    equal(d.json("legacy", "--summary"), [])
    has(d.error("convert", "--all", "--organizer-all", status=2), "--organizer-all or --all")
    equal(d.json("check"), {"findings": []})


@case("a number is changed in what is named")
def _(d):
    d.organization()
    d.run("number", "add", "+1 323-849-4874", "--city", "Los Angeles", "--country", "US", "--lang", "en", "--default")
    equal(d.json("number", "set", "+13238494874", "--city", "Burbank")[0],
          {"number": "+13238494874", "shown": "+1 323-849-4874", "toll_free": False, "city": "Burbank", "country": "US", "langs": ["en"],
           "default": True})
    equal(d.json("number", "add", "+13238494874", "--toll-free")[0]["city"], "Burbank")
    equal([n["toll_free"] for n in d.json("number", "list") if n["number"] == "+13238494874"], [True])
    equal(d.json("number", "set", "+13238494874", "--toll")[0]["toll_free"], False)
    has(d.error("number", "set", "+13238494875", "--city", "X", status=1), "no dial-in number is this")


@case("an ID that was issued again after its rest stays whose it is now, whatever becomes of the meeting that it had")
def _(d):
    d.organization(dynamic="on")
    d.run("org", "--quarantine-days", "0")
    old = d.new("Old", "2026-11-23 10:00", "--attendee", "eve@example.org")
    digits, file = old["conference_id"], d.run("export", old["uid"]).out
    d.now = "2026-11-24T09:00:00Z"
    d.new("Another", "2026-11-24 15:00")  # by then the old one's ID is no live one any more
    d.run("org", "--dynamic-ids", "off")
    d.run("organizer", "add", "bob@example.org", "--static-id", digits)
    new = d.new("New", "2026-11-25 09:00", "-o", "bob@example.org")
    equal(new["conference_id"], digits)
    equal(d.json("edit", old["uid"], "--title", "Old, renamed")["conference_id"], digits)
    equal(d.json("edit", old["uid"], "--start", "2026-11-23 11:00")["conference_id"], digits)
    has(d.error("edit", old["uid"], "--start", "2026-11-26 09:00", status=3), "issued again")
    later = file.replace("20261123T1", "20261126T1").replace("SEQUENCE:0", "SEQUENCE:7")
    report = d.json("import", d.write("later.ics", later))
    has(report["errors"][0]["why"], "issued again")
    d.run("cancel", old["uid"])
    answer = d.json("lookup", digits)
    equal((answer["state"], answer["organizer"], answer["meetings"][0]["uid"]), ("upcoming", "bob@example.org", new["uid"]))
    equal(d.json("check"), {"findings": []})


@case("a meeting that was over is corrected, and moved on: its ID stays its own where nobody else has it")
def _(d):
    d.organization(dynamic="on")
    d.run("org", "--quarantine-days", "0")
    old = d.new("Old", "2026-11-23 10:00")
    d.now = "2026-11-24T09:00:00Z"
    d.new("Another", "2026-11-24 15:00")  # by then the old one's ID is no live one any more
    for edit in (("--duration", "3h"), ("--start", "2026-11-22 10:00"), ("--start", "2026-11-26 09:00")):
        d.run("edit", old["uid"], *edit)
        equal(d.json("check"), {"findings": []}, edit)
    equal((d.json("lookup", old["conference_id"])["state"], d.json("org")["live_ids"]), ("upcoming", 2))


@case("a retired ID is not issued again while it rests")
def _(d):
    d.organization()
    ids = []
    for n in range(12):
        m = d.new("M%d" % n, "2026-11-24 09:00")
        ids.append(m["conference_id"])
        d.run("cancel", m["uid"])
    equal(len(set(ids)), 12)
    equal(d.json("check"), {"findings": []})


main()
