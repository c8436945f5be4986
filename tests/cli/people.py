#!/usr/bin/python3
"""The directory as a table: what programs export and spreadsheets damage, and what comes out again."""
import csv
import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import case, equal, has, lacks, main

ADA = "ada@example.org"
HEADER = ["email", "name", "aliases", "tz", "lang", "dial_in", "provider", "static_id", "third_party_name",
          "third_party_number", "third_party_toll_free", "third_party_passcode"]


def table(rows, **how):
    """The rows as Python's csv writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(rows)
    return out.getvalue()


def people(d):
    return {o["email"]: o for o in d.json("organizer", "list")}


def take(d, text, *more, status=0):
    return d.json("organizer", "import", d.write("people.csv", text), *more, status=status)


def figures(report):
    return tuple(report[k] for k in ("read", "added", "changed", "unchanged", "rejected"))


# What each program exports: the header, a row, and options that it takes.
SOURCES = {
    "dial-in users": (["DisplayName", "SipAddress", "Department", "BridgeId", "BridgeName", "ConferenceId", "ServiceNumber",
                       "TollFreeServiceNumber", "AllowTollFreeDialIn", "LeaderPin", "Tenant"],
                      ["Müller, Jörg", "sip:joerg@example.org", "R&D", "7a-1", "Bridge", "0123456", "+49301", "+49800",
                       "True", "", "t"]),
    "Teams": (["DisplayName", "UserPrincipalName", "SipAddress", "LineUri", "UsageLocation", "FeatureTypes", "ConferenceId"],
              ["Müller, Jörg", "joerg@example.org", "sip:joerg@example.org", "tel:+4930111;ext=1", "DE",
               "Teams,AudioConferencing", "0123456"]),
    "Entra": (["userPrincipalName", "displayName", "surname", "mail", "givenName", "accountEnabled", "telephoneNumber",
               "conferenceId"],
              ["joerg@example.org", "Müller, Jörg", "Müller", "joerg@example.org", "Jörg", "TRUE", "030 1", "0123456"]),
    "Exchange": (["DisplayName", "Alias", "UserPrincipalName", "PrimarySmtpAddress", "EmailAddresses", "ConferenceId"],
                 ["Müller, Jörg", "joerg", "joerg@example.org", "joerg@example.org",
                  "SMTP:joerg@example.org X500:/o=Example/cn=joerg SPO:x@y", "0123456"]),
    "Active Directory": (["DN", "displayName", "mail", "userPrincipalName", "telephoneNumber", "proxyAddresses",
                          "department", "c", "msRTCSIP-PrimaryUserAddress", "msRTCSIP-Line", "conferenceId"],
                         ["CN=Jörg,DC=example", "Müller, Jörg", "joerg@example.org", "joerg@example.org", "+49 30 1",
                          "SMTP:joerg@example.org;sip:joerg@example.org", "R&D", "DE", "sip:joerg@example.org",
                          "tel:+4930111;ext=5", "0123456"]),
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")


@case("every source in five encodings and three separators is one and the same directory")
def _(d):
    for source, (header, row) in SOURCES.items():
        for encoding in ENCODINGS:
            for separator in ",;\t":
                d.made(("init",))
                report = take(d, table([header, row], delimiter=separator).encode(encoding))
                what = "%s %s %r" % (source, encoding, separator)
                equal(figures(report), (1, 1, 0, 0, 0), what)
                equal(report["separator"], separator, what)
                person = people(d)["joerg@example.org"]
                equal({k: person[k] for k in ("name", "static_id", "dial_in", "provider", "aliases")},
                      {"name": "Müller, Jörg", "static_id": "0123456", "dial_in": True, "provider": "microsoft",
                       "aliases": []}, what)


@case("what stands above the header is no person: a type, a version, a separator, Entra's form")
def _(d):
    d.run("init")
    for above in ("#TYPE Selected.Microsoft.Rtc\r\n", "sep=;\r\n", "\r\n\r\n", "\ufeffsep=;\n", "version:v1.0;;\n"):
        report = take(d, above + "Name [displayName] Required;User name [userPrincipalName] Required\nAda;%s\n" % ADA)
        equal((report["read"], report["rejected"]), (1, 0), above)
    equal(people(d)[ADA]["name"], "Ada")


@case("first a dry run with old and new, then the import; importing again changes nothing")
def _(d):
    d.organization()
    text = "email,name,tz,dial_in\n%s,Ada King,Europe/London,FALSCH\nbob@example.org,Bob,,WAHR\n" % ADA
    dry = take(d, text, "--dry-run")
    equal(figures(dry), (2, 1, 1, 0, 0))
    equal([o["name"] for o in d.json("organizer", "list")], ["Ada Lovelace"])
    has(dry["changes"][0]["detail"], "name: 'Ada Lovelace' -> 'Ada King'; tz: 'UTC' -> 'Europe/London'; dial-in: 'on' -> 'off'")
    equal(take(d, text)["changes"], dry["changes"])
    equal(people(d)[ADA]["tz"], "Europe/London")
    equal(people(d)["bob@example.org"]["tz"], "UTC")
    history = d.sql("SELECT COUNT(*) FROM history")
    equal(figures(take(d, text)), (2, 0, 0, 2, 0))
    equal(d.sql("SELECT COUNT(*) FROM history"), history)
    out = d.run("organizer", "import", d.path("people.csv"), "--dry-run")
    has(out.out, "2 rows: 0 added, 0 changed, 2 unchanged, 0 rejected")
    has(out.err, "nothing was changed")


@case("export gives what import takes, cell by cell, as Python's csv reads it")
def _(d):
    d.run("init")
    names = ["=1+1", "'quoted", "Müller, \"Jo\"", "+49", "@sum", "-x", "''", "a;b", " ", "ÿ\u0100"]
    for n, name in enumerate(names):
        d.run("organizer", "add", "p%d@example.org" % n, "--name", name, "--static-id", "01234%02d" % n,
              "--alias", "q%d@example.org" % n, "--alias", "r%d@example.org" % n)
    d.run("organizer", "add", "third@example.org", "--provider", "third-party", "--third-party-name", "Acme",
          "--third-party-number", "+49301234567", "--third-party-passcode", "0042")
    before = people(d)
    out = d.run("organizer", "export").out_bytes.decode()
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    equal(list(rows[0]), HEADER)
    equal(len(rows), len(names) + 1)
    for row in rows:
        for cell in row.values():
            assert not cell or cell[0] not in "=+-@\t", cell
    third = next(r for r in rows if r["email"].startswith("third"))
    equal((third["third_party_number"], third["third_party_passcode"]), ("'+49301234567", "0042"))
    equal(figures(take(d, out)), (len(rows), 0, 0, len(rows), 0))
    for more in ((), ("--separator", ";"), ("--separator", "tab", "--bom")):
        out = d.run("organizer", "export", *more).out_bytes
        d.db = d.path("second%d.db" % len(more))
        d.run("init")
        equal(figures(take(d, out)), (len(rows), len(rows), 0, 0, 0))
        blank = {e: dict(o, name=o["name"].strip()) for e, o in before.items()}
        equal(people(d), blank)
        d.db = d.path("store.db")


@case("third-party numbers and passcodes: by name without an address, and as AcpInfo")
def _(d):
    d.organization()
    text = ("DisplayName;TollNumber;TollFreeNumber;ParticipantPassCode;Domain;Name;Url\n"
            "Ada Lovelace;+49 30 1234567;;0042;acme.example;Acme;https://acme.example\n"
            "Nobody;+49 30 1234567;;1;;;\n")
    report = take(d, text)
    equal(figures(report), (2, 0, 1, 0, 1))
    has(report["errors"][0]["why"], "no organizer is named Nobody")
    ada = people(d)[ADA]
    equal(ada["provider"], "third-party")
    equal(ada["third_party"], {"name": "Acme", "number": "+49301234567", "toll_free": None, "passcode": "0042"})
    d.run("organizer", "add", "ada2@example.org", "--name", "ADA lovelace")
    has(take(d, text)["errors"][0]["why"], "more than one organizer is named Ada Lovelace")
    acp = ("<acpInformation default=\"true\"><tollNumber>+49301111111</tollNumber><participantPassCode>0043"
           "</participantPassCode><domain>d</domain><name>Other</name></acpInformation>")
    equal(figures(take(d, table([["mail", "AcpInfo"], [ADA, acp]]))), (1, 0, 1, 0, 0))
    equal(people(d)[ADA]["third_party"], {"name": "Other", "number": "+49301111111", "toll_free": None, "passcode": "0043"})


# A damaged row: its header and cells, and words of what is said of it.
DAMAGE = [
    ("email,static_id", "b@x.org,1.2E+11", ["rounded", "Text"]),
    ("email,static_id", '"b@x.org","1,23457E+11"', ["rounded"]),
    ("email,static_id", "b@x.org,12", ["4 to 12 digits"]),
    ("email,TollNumber", "b@x.org,493012345678", ["--country"]),
    ("email,TollNumber", "b@x.org,4.93012E+11", ["rounded"]),
    ("email,participantpasscode", "b@x.org,1.2E+11", ["rounded"]),
    ("email,dial_in", "b@x.org,perhaps", ["neither on nor off"]),
    ("email,provider", "b@x.org,zoom", ["none of microsoft"]),
    ("email,tz", "b@x.org,Mars/Olympus", ["Mars/Olympus"]),
    ("email,lang", "b@x.org,1", ["no language"]),
    ("email,name", "b at x.org,B", ["no address"]),
    ("email,name", "b@x.org <c@d.org>,B", ["no address"]),
    ("email,name", ",B", ["no address"]),
    ("email,name", "b@x.org,B,C", ["3 cells", "has 2"]),
    ("email,name", "b@x.org", ["1 cells"]),
    ("email,name", 'b@x.org,"B"C', ["closing quote"]),
    ("email,name", 'b@x.org,"B\nC"', ["line break"]),
    ("email,name", "b@x.org," + "B" * 300, ["200"]),
    ("email,aliases", "b@x.org,ada@example.org", ["ada@example.org"]),
    ("email,static_id", "b@x.org,7654321", ["7654321"]),
]


@case("each damage is met in its row, with line and remedy, and the other rows are taken")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--static-id", "7654321")
    for n, (header, row, words) in enumerate(DAMAGE):
        fill = "," * header.count(",")
        report = take(d, "%s\nc%d@x.org%s\n%s\nd%d@x.org%s\n" % (header, n, fill, row, n, fill))
        equal(figures(report), (3, 2, 0, 0, 1), row)
        equal(report["errors"][0]["line"], 3, row)
        for word in words:
            has(report["errors"][0]["why"], word)
        assert "b@x.org" not in people(d), row
    equal(d.json("check")["findings"], [])
    equal(d.sql("SELECT COUNT(*) FROM organizer_alias").strip(), "0")


@case("guards of spreadsheets are taken off; numbers get their country's code if it is named")
def _(d):
    d.run("init")
    rows = [["email", "TollNumber", "static_id"], ["a@x.org", "'+49301234567", "'0123456"],
            ["b@x.org", '="+49301234567"', '="0123457"'], ["c@x.org", "tel:+49301234567;ext=1", "0123458"],
            ["d@x.org", "0049 30 1234567", "123 4569"]]
    equal(figures(take(d, table(rows))), (4, 4, 0, 0, 0))
    equal({o["third_party"]["number"] for o in people(d).values()}, {"+49301234567"})
    equal([people(d)[e + "@x.org"]["static_id"] for e in "abcd"], ["0123456", "0123457", "0123458", "1234569"])
    rows = [["email", "TollNumber"], ["e@x.org", "49301234567"], ["f@x.org", "030 1234567"]]
    equal(figures(take(d, table(rows), "--country", "49")), (2, 2, 0, 0, 0))
    equal({people(d)[e + "@x.org"]["third_party"]["number"] for e in "ef"}, {"+49301234567"})
    d.error("organizer", "import", d.path("people.csv"), "--country", "DE", status=2)


@case("a damaged table is refused whole: nothing is half")
def _(d):
    d.organization()
    good = "email,name\nb@x.org,B\n"
    for text, words in ((good + 'c@x.org,"C\n' + "d@x.org,D\n" * 50, ":3: a quote is opened there and never closed"),
                        (good + 'c@x.org,"C\n' + "d@x.org,D\n" * 50000, ":3: a quote is opened there and not closed within"),
                        (good + "c@x.org,C\0C\n", ":3: a zero byte"), (good.encode() + b"c@x.org,\0\n", "zero byte"),
                        ("", "empty"), ("\n\n", "empty"), ("a,b\nc,d\n", "names no column"), ("\xff\xfe\xff", "column"),
                        ("email,E-Mail\na@x.org,b@x.org\n", "is there twice"), ("tz,lang\nUTC,en\n", "whom a row is about"),
                        ("email,name\n".encode("utf-16") + b"\x00", "encoding")):
        has(d.error("organizer", "import", d.write("bad.csv", text), status=2), words)
    has(d.error("organizer", "import", d.write("bad.csv", good), "--encoding", "klingon", status=2), "unknown")
    has(d.error("organizer", "import", d.write("bad.csv", good), "--separator", "x", status=2), "none of")
    has(d.error("organizer", "import", d.write("bad.csv", good), "--map", "Mail=email", status=2), "names no column")
    has(d.error("organizer", "import", d.write("bad.csv", good), "--map", "name=nome", status=2), "is no field")
    d.error("organizer", "import", d.path("absent.csv"), status=2)
    d.error("organizer", "import", d.folder, status=2)
    equal(list(people(d)), [ADA])


@case("a hundred megabytes in a line are refused in little memory")
def _(d):
    d.organization()
    path = d.path("long.csv")
    with open(path, "wb") as file:
        file.write(b"email,name\n" + b"x" * 100_000_000)
    has(d.error("organizer", "import", path, status=2), "longer than 256 KB")
    with open(path, "wb") as file:
        file.write(b"x" * 100_000_000)
    has(d.error("organizer", "import", path, status=2), "longer than 256 KB")
    os.remove(path)


@case("twice the same organizer: the second row is told, and names the first")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--alias", "al@example.org")
    report = take(d, "email,name\nb@x.org,B\n%s,A\nB@X.org,C\nal@example.org,D\n" % ADA)
    equal(figures(report), (4, 1, 1, 0, 2))
    has(report["errors"][0]["why"], "line 2")
    has(report["errors"][1]["why"], "line 3")
    equal(people(d)["b@x.org"]["name"], "B")


@case("other addresses of a row name the same person: by them one is found, and they become aliases")
def _(d):
    d.organization()
    report = take(d, "mail,userPrincipalName,SipAddress\nking@example.org,%s,sip:al@example.org\n" % ADA)
    equal(figures(report), (1, 0, 1, 0, 0))
    ada = people(d)[ADA]
    equal(sorted(ada["aliases"]), ["al@example.org", "king@example.org"])
    equal(figures(take(d, open(d.path("people.csv")).read())), (1, 0, 0, 1, 0))
    d.run("organizer", "add", "bob@example.org")
    has(take(d, "mail,userPrincipalName\n%s,bob@example.org\n" % ADA)["errors"][0]["why"], "names two organizers")


@case("what is worth a look: letters that are lost, IDs that are short; what is left aside is named")
def _(d):
    d.run("init")
    report = take(d, "mail,DisplayName,ConferenceId,Shoe size\na@x.org,M?ller,1234567,43\nb@x.org,Why?,123456,40\n"
                     "c@x.org,Bob,7654321,40\nd@x.org,Eve,Dynamic,40\ne@x.org,Eve,0,40\n")
    equal(figures(report), (5, 5, 0, 0, 0))
    equal(report["columns"], {"mail": "email", "DisplayName": "name", "ConferenceId": "static_id", "Shoe size": None})
    equal(len(report["notes"]), 2)
    has(report["notes"][0], "line 3: the static ID 123456 is shorter")
    has(" ".join(report["notes"]), "UTF8")
    equal(people(d)["d@x.org"]["static_id"], None)
    out = d.run("organizer", "import", d.path("people.csv")).out
    has(out, "Columns: mail as email, DisplayName as name, ConferenceId as static_id\nLeft aside: Shoe size\n")


@case("what a row does to others is told: a static ID a slip from another, meetings whose ID lets nobody in")
def _(d):
    d.organization()
    digits = d.new("Budget", "2026-11-24 09:00")["conference_id"]
    near = digits[:7] + str((int(digits[7]) + 1) % 10)
    rows = "email,static_id,dial_in\nbob@example.org,%s,on\nada@example.org,,off\n" % near
    for more in (["--dry-run"], []):
        notes = d.json("organizer", "import", "-", *more, stdin=rows)["notes"]
        equal([note[:note.index(",")] if "," in note else note for note in notes],
              ["line 2: %s is a single slip (digit) from %s" % (near, digits),
               "line 3: 1 meeting to come keeps a conference ID that lets nobody in now"])
    has("\n".join(d.json("check")["notes"]), "one slip apart")


@case("--map says what a column is, or that it is nothing")
def _(d):
    d.run("init")
    report = take(d, "Kontakt|Wer|Name\na@x.org|Ada|x\n", "--map", "Kontakt=email", "--map", "wer=name", "--map", "Name=")
    equal(figures(report), (1, 1, 0, 0, 0))
    equal(people(d)["a@x.org"]["name"], "Ada")


@case("other encodings are named")
def _(d):
    d.run("init")
    text = "email,name\na@x.org,Łódź\n".encode("cp1250")
    take(d, text, "--encoding", "windows-1250")
    equal(people(d)["a@x.org"]["name"], "Łódź")
    report = take(d, "email,name\na@x.org,J\xf6rg\n".encode("latin-1"))
    equal((people(d)["a@x.org"]["name"], report["encoding"]), ("Jörg", "Windows-1252"))
    equal(take(d, b"email,name\na@x.org,J\x81rg\n")["rejected"], 1)
    d.error("organizer", "import", d.write("bad.csv", text), "--encoding", "utf-16", status=2)


@case("--disable-missing switches dial-in off for those whom the table does not have, and only if it is whole")
def _(d):
    d.organization()
    d.run("organizer", "add", "bob@example.org")
    report = take(d, "email\nbob@example.org\n", "--disable-missing", "--dry-run")
    equal(report["disabled"], 1)
    equal(people(d)[ADA]["dial_in"], True)
    equal(take(d, "email\nbob@example.org\n", "--disable-missing")["disabled"], 1)
    equal([people(d)[e]["dial_in"] for e in (ADA, "bob@example.org")], [False, True])
    d.error("organizer", "import", d.write("bad.csv", "email\nbob@\n"), "--disable-missing", status=3)
    d.error("organizer", "import", d.write("bad.csv", "email\n"), "--disable-missing", status=3)


@case("a meeting keeps its ID whatever the table says")
def _(d):
    d.organization(dynamic="off")
    old = d.new("Budget", "2026-11-24 09:00")
    take(d, "email,static_id\n%s,7654321\n" % ADA)
    equal(d.json("show", old["uid"])["conference_id"], old["conference_id"])
    equal(people(d)[ADA]["static_id"], "7654321")
    equal(d.json("check")["findings"], [])


@case("standard input; control characters are never shown as they are")
def _(d):
    d.organization()
    out = d.run("organizer", "import", "-", stdin="email,na\x1b[31mme\nb@x.org,\x1b]0;x\x07\n").out
    has(out, "\\x1b")
    lacks(out, "\x1b")
    out = d.run("organizer", "import", "-", stdin="email,name\nc@x.org,\x1b]0;x\x07\n").out
    lacks(out, "\x1b")


main()
