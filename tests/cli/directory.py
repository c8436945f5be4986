#!/usr/bin/python3
"""init, org, organizer, number: the administrator's commands."""

import os
import stat

from _cli import ADA
from dialdesk import case, equal, has, main


@case("init makes the store, says where, and may be repeated")
def _(d):
    d.db = d.path("deep/down/store.db")
    has(d.run("init").out, d.db)
    has(d.run("init").out, d.db)
    equal((stat.S_IMODE(os.stat(d.db).st_mode), stat.S_IMODE(os.stat(d.path("deep/down")).st_mode)), (0o600, 0o700))


@case("where the store is: option before environment before configuration before the default")
def _(d):
    d.db = None
    d.run("init")
    assert os.path.exists(d.path("data/dialdesk/dialdesk.db"))
    d.config("db = %s\n" % d.path("configured.db"))
    d.run("init")
    assert os.path.exists(d.path("configured.db"))
    d.run("init", env={"DIALDESK_DB": d.path("environment.db")})
    assert os.path.exists(d.path("environment.db"))
    d.run("init", "--db", d.path("option.db"), env={"DIALDESK_DB": d.path("environment.db")})
    assert os.path.exists(d.path("option.db"))


@case("a command that only reads makes no store")
def _(d):
    for args in (("agenda",), ("lookup", "12345678"), ("org",), ("check",), ("organizer", "list")):
        d.error(*args, status=4)
    assert not os.path.exists(d.db)


@case("org shows and sets")
def _(d):
    d.run("init")
    org = d.json("org")
    equal((org["dynamic_ids_since"], org["id_digits"], org["quarantine_days"], org["margin_minutes"], org["live_ids"]),
          (None, 8, 365, 15, 0))
    org = d.json("org", "--name", "Example", "--dynamic-ids", "on", "--id-digits", "9", "--quarantine-days", "30",
                 "--margin-minutes", "5", "--join-url", "https://meet.example.org")
    equal((org["name"], org["id_digits"], org["quarantine_days"], org["margin_minutes"], org["join_url"]),
          ("Example", 9, 30, 5, "https://meet.example.org"))
    equal(org["dynamic_ids_since"], "2026-11-23T09:00:00+00:00")
    has(d.error("org", "--dynamic-ids", "maybe", status=2), "on or off")
    equal(d.json("org", "--dynamic-ids", "off")["dynamic_ids_since"], None)
    for bad in (("--id-digits", "7"), ("--id-digits", "13"), ("--quarantine-days", "-1"), ("--margin-minutes", "x"),
                ("--dynamic-ids", "maybe"), ("--join-url", "javascript:alert(1)")):
        d.error("org", *bad, status=2)
    equal(d.json("org")["id_digits"], 9)


@case("the history tells a number that is added from one that is changed")
def _(d):
    d.run("init")
    for args in (("add", "--city", "Berlin"), ("set", "--city", "Bonn"), ("add", "--toll-free"), ("set", "--city", "Bonn"), ("remove",)):
        d.run("number", args[0], "+4930901820", *args[1:])
    equal(d.sql("SELECT event, detail FROM history ORDER BY seq").split("\n")[:-1],
          ["number added|+4930901820", "number changed|+4930901820; city: 'Berlin' -> 'Bonn'",
           "number changed|+4930901820; toll-free: 'no' -> 'yes'", "number removed|+4930901820"])


@case("what org sets as it is already is no change: nothing is written, and that is said")
def _(d):
    d.run("init")
    same = ("org", "--name", "Example", "--dynamic-ids", "2026-12-01", "--id-digits", "9", "--tell", "title", "--join-url", "https://x.example/")
    shown = d.json(*same)
    before = d.sql("SELECT * FROM organization; SELECT * FROM history")
    for args in (same, ("org", "--id-digits", "9")):
        result = d.run(*args, "--json")
        equal((result.json(), result.err), (shown, "dialdesk: nothing was changed\n"), args)
    equal(d.sql("SELECT * FROM organization; SELECT * FROM history"), before)
    equal(d.run("org").err, "")
    equal(d.run("org", "--id-digits", "8").err, "")


@case("the length of an ID and its guess probability are told")
def _(d):
    d.organization()
    d.run("org", "--id-digits", "10")
    m = d.new("T", "2026-11-24 09:00")
    equal(len(m["conference_id"]), 10)
    assert 0 < d.json("org")["guess_probability"] < 0.001


@case("the directory of organizers")
def _(d):
    d.run("init")
    d.run("organizer", "add", ADA, "--name", "Ada Lovelace", "--tz", "Europe/London", "--dial-in", "on", "--provider",
          "microsoft", "--static-id", "0123456", "--lang", "de")
    equal(d.json("organizer", "show", "ADA@example.org"), {**d.json("organizer", "show", ADA), "email": ADA,
          "name": "Ada Lovelace", "tz": "Europe/London", "dial_in": True, "provider": "microsoft",
          "static_id": "0123456", "lang": "de"})
    d.run("organizer", "set", ADA, "--dial-in", "off", "--name", "Ada King")
    shown = d.json("organizer", "show", ADA)
    equal((shown["dial_in"], shown["name"], shown["static_id"]), (False, "Ada King", "0123456"))
    d.run("organizer", "add", "bob@example.org")
    equal([o["email"] for o in d.json("organizer", "list")], [ADA, "bob@example.org"])
    d.error("organizer", "add", ADA, status=3)
    d.error("organizer", "show", "nobody@example.org", status=1)
    d.error("organizer", "set", "bob@example.org", "--static-id", "0123456", status=3)
    for bad in (("add", "no-address"), ("add", "x@y.z", "--tz", "Mars/Olympus"), ("add", "x@y.z", "--provider", "zoom"),
                ("add", "x@y.z", "--dial-in", "perhaps"), ("add", "x@y.z", "--static-id", "123"),
                ("add", "x@y.z", "--static-id", "1" * 40), ("add", "x@y.z", "--static-id", "12ab56")):
        d.error("organizer", *bad, status=2)
    equal(len(d.json("organizer", "list")), 2)


@case("what sets nothing that is not so already is no change: none is told in the history, and the answer says so")
def _(d):
    d.organization()
    history = "SELECT event, detail FROM history ORDER BY seq"
    before = d.sql(history + "; SELECT version FROM organizer")
    for args in (("organizer", "set", ADA), ("organizer", "set", ADA, "--name", "Ada Lovelace", "--dial-in", "on"),
                 ("number", "set", "+49 30 901820"), ("number", "add", "+49 30 901820", "--toll", "--default", "--lang", "de")):
        shown = d.json(*args[:1] + ("list",))
        result = d.run(*args)
        equal((result.err, d.json(*args[:1] + ("list",))), ("dialdesk: nothing was changed\n", shown), args)
    equal(d.sql(history + "; SELECT version FROM organizer"), before)
    changes = (("--toll-free",), ("--city", "Bonn"), ("--country", "AT"), ("--lang", "en"))
    for args in (("+49 30 90 1820",),) + tuple(("+4930901820",) + change for change in changes):
        equal(d.run("number", "set", *args).err, "", args)
    d.run("number", "add", "+18005550123", "--toll-free")
    equal(d.run("number", "set", "+18005550123", "--default").err, "")
    for args in (("--name", "Ada"), ("--alias", "a@example.org")):
        equal(d.run("organizer", "set", ADA, *args).err, "", args)


@case("a reset that hits no meeting says nothing of the meetings on other static IDs")
def _(d):
    d.organization(dynamic="off")
    d.new("Legacy", "2026-11-24 09:00")
    d.run("organizer", "add", "bob@example.org", "--static-id", "7654321")
    result = d.run("organizer", "reset-id", "bob@example.org")
    equal((result.out, d.json("organizer", "reset-id", "bob@example.org")), ("", []))
    has(result.err, "0 meetings still name it")


@case("the bridge's numbers")
def _(d):
    d.run("init")
    d.run("number", "add", "+1 323-849-4874", "--toll", "--city", "Los Angeles", "--country", "US", "--lang", "en",
          "--lang", "es", "--default")
    d.run("number", "add", "+18005550123", "--toll-free", "--country", "US")
    toll = next(n for n in d.json("number", "list") if not n["toll_free"])
    equal(toll, {**toll, "number": "+13238494874", "toll_free": False,
          "city": "Los Angeles", "country": "US", "langs": ["en", "es"], "default": True})
    equal(len(d.json("number", "list")), 2)
    d.run("number", "add", "+442079460958", "--toll", "--default")
    equal([n["number"] for n in d.json("number", "list") if n["default"]], ["+442079460958"])
    d.run("number", "remove", "+18005550123")
    d.error("number", "remove", "+18005550123", status=1)
    d.error("number", "add", "323-849", status=2)
    d.error("number", "add", "+1 323 849 4874", "--toll", "--toll-free", status=2)


@case("a number is shown with the blanks that it was typed with, known by its digits, and only what is named changes")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    d.run("org", "--dynamic-ids", "off")
    uid = d.new("Meeting", "2026-11-24 09:00")["uid"]
    table = [("+49 69 123-45 67", "+49 69 123-45 67"), ("+49691234567", "+49 691 234 567"), ("+1 (323) 849.4874", "+1 (323) 849.4874"),
             ("  +44  20 7946\u00a00958 ", "+44 20 7946 0958"), ("+49 (0)30 / 901 820", "+49 (0)30 / 901 820"),
             ("+41\u201344\u2013668 18 00", "+41 44 668 18 00")]
    d.run("number", "remove", "+4930901820")
    for typed, shown in table:
        d.run("number", "add", typed, "--default", "--city", "Town", "--lang", "de")
        number = next(n for n in d.json("number", "list") if n["default"])
        digits = number["number"]
        equal((number["shown"], digits), (shown, "+" + "".join(c for c in shown.replace("(0)", "") if c.isdigit())))
        has(d.run("number", "list").out, shown)
        has(d.run("invite", uid).out, shown + ",,7654321#")
        has(d.run("invite", uid, "--format", "ics").out.replace("\r\n ", ""), "tel:" + digits)
        d.run("number", "set", digits, "--country", "XX")
        d.run("number", "add", digits, "--lang", "fr")
        changed = next(n for n in d.json("number", "list") if n["default"])
        equal(changed, {**number, "country": "XX", "langs": ["fr"]})
        d.run("number", "remove", shown)
    d.run("number", "add", "+49691234567", "--toll-free", "--city", "A")
    d.run("number", "add", "+49 69 1234567")
    number = d.json("number", "list")[0]
    equal((number["shown"], number["toll_free"], number["city"]), ("+49 69 1234567", True, "A"))
    for typed in ("+49-69-1234567", "+49 (0)69/1234567", "+49691234567"):
        equal(d.json("number", "add", typed, "--city", "B")[0]["shown"], "+49 69 1234567")
    equal(d.json("number", "set", "+49 69 12345-67")[0]["shown"], "+49 69 12345-67")
    equal(d.json("number", "set", "+49691234567", "--city", "C")[0]["shown"], "+49 69 12345-67")
    d.run("number", "set", "+49 69 1234567")
    equal(d.json("check"), {"findings": []})
    d.sql("UPDATE dial_in_number SET typed = '+49 69 1234568'")
    equal(len(d.json("check", status=4)["findings"]), 1)


@case("configuration: what it says holds, and what it does not know is an error with file and line")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org")
    d.config("# a comment\n\norganizer = bob@example.org\n")
    d.new("Bob's", "2026-11-24 09:00")
    equal(d.json("agenda")[0]["organizer"], "bob@example.org")
    path = d.config("organizer = bob@example.org\ncolour = red\n")
    has(d.error("agenda", status=2), path + ":2")
    has(d.error("agenda", status=2), "colour")
    os.remove(path)
    os.symlink(path, path)  # it is there, and cannot be read: not the same as none
    has(d.error("agenda", status=4), path)
    os.remove(path)
    equal(len(d.run("agenda", "-o", "bob@example.org").out.splitlines()), 2)
    d.run("--help")


main()
