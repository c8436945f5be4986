#!/usr/bin/python3
"""What other programs export, a file each in files/, is stored as it is meant: one table of what must come of it.

The files are written in each program's manner: its PRODID and X-properties, the way it names zones, folds lines, quotes parameters and
writes its dial-in block, with the line ends, byte order marks and character sets that such files come with.
"""

import datetime
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "harness"))
from dialdesk import case, equal, has, main

CARD = "040000008200E00074C5B7101A82E00800000000"  # how Outlook's and Exchange's UIDs begin

# file: how many (added, updated, rejected), words of what is told of the rejected, {uid: what is stored}, {uid: occurrences}
FILES = {
    "outlook": ((1, 0, 0), ["+49 69 90740000, not one of the organization's numbers"], {
        CARD + "70B9BBC45182CB01000000000000000010000000217ED7B47CD3B44A93506BBE02EE90DA": {
            "title": "Jour fixe Großkunden – Überblick über alle offenen Verträge und Fälligkeiten",
            "start": "2026-11-24T09:30:00+01:00", "end": "2026-11-24T11:00:00+01:00", "tz": "Europe/Berlin",
            "conference_id": "5551234", "recurrence": "FREQ=WEEKLY;COUNT=4;BYDAY=TU",
            "attendees": ["joerg@example.com", "eve@example.com"], "location": "Besprechungsraum „Übersee“, 2. Stock"}},
        ["2026-11-24T09:30:00+01:00 Jour fixe Großkunden – Überblick über alle offenen Verträge und Fälligkeiten",
         "2026-12-01T14:00:00+01:00 Jour fixe am Nachmittag",
         "2026-12-15T09:30:00+01:00 Jour fixe Großkunden – Überblick über alle offenen Verträge und Fälligkeiten"]),
    "exchange": ((3, 0, 0), ["+1 323 849 4874, not one of the organization's numbers"], {
        CARD + "A0C7DE": {"title": "Month's end", "start": "2026-11-27T16:00:00-05:00", "tz": "America/New_York",
                          "conference_id": "16353789", "recurrence": "FREQ=MONTHLY;COUNT=3;INTERVAL=1;BYDAY=-1FR",
                          "attendees": ["bob@example.com", "eve@example.com"], "location": "Room 4", "sequence": 2},
        CARD + "0AFF": {"title": "In UTC", "start": "2026-11-30T18:00:00+00:00", "tz": "UTC"},
        CARD + "DAF0": {"title": "Company holiday", "start": "2026-12-25", "end": "2026-12-27",
                        "all_day": True, "conference_id": None}},
        ["2026-11-27T16:00:00-05:00 Month's end", "2026-11-30T18:00:00+00:00 In UTC", "2026-12-25 Company holiday", "2026-12-25T16:00:00-05:00 Month's end",
         "2027-01-29T16:00:00-05:00 Month's end"]),
    "skype": ((1, 0, 0), ["+1 (323) 849-4874, not one of the organization's numbers"], {
        CARD + "50C3": {"title": "Skype for Business: roadmap, next steps\\risks", "start": "2026-11-30T08:30:00-08:00",
                        "tz": "America/Los_Angeles", "conference_id": "7654321", "recurrence": None,
                        "attendees": ["bob@example.com"], "location": "Skype Meeting"}},
        ["2026-11-30T08:30:00-08:00 Skype for Business: roadmap, next steps\\risks"]),
    "teams": ((1, 0, 0), ["+1 323-849-4874, not one of the organization's numbers"], {
        CARD + "11AA": {"title": "Stand-up 📞", "start": "2026-11-30T09:30:00+05:30", "tz": "Asia/Calcutta",
                        "conference_id": "766918553", "recurrence": "FREQ=DAILY;UNTIL=20261203T040000Z;INTERVAL=1",
                        "attendees": ["bob@example.com"]}},
        ["2026-11-30T09:30:00+05:30 Stand-up 📞", "2026-12-02T09:30:00+05:30 Stand-up 📞", "2026-12-03T09:30:00+05:30 Stand-up 📞"]),
    "google": ((2, 0, 0), [], {
        "3k2j1h0g9f8e7d6c5b4a@google.com": {"title": "1:1", "start": "2026-11-25T10:00:00+01:00", "tz": "Europe/Zurich",
                                            "conference_id": None, "recurrence": "FREQ=WEEKLY;WKST=MO;COUNT=3;BYDAY=WE",
                                            "attendees": ["ada@example.org", "bob@example.com"], "location": ""},
        "day0day0day0@google.com": {"title": "Away", "start": "2026-12-24", "end": "2026-12-27",
                                    "all_day": True, "notes": ""}},
        ["2026-11-25T10:00:00+01:00 1:1", "2026-12-02T17:00:00+01:00 1:1 (evening)", "2026-12-09T10:00:00+01:00 1:1",
         "2026-12-24 Away"]),
    "apple": ((2, 0, 0), [], {
        "5E1C0B7A-9A1D-4F5C-8B52-0C1D2E3F4A5B": {"title": "Réunion d’équipe", "start": "2026-11-27T11:00:00+11:00",
                                                 "tz": "Australia/Sydney", "conference_id": "7654322", "organizer": "ada@example.org",
                                                 "attendees": ["zoe@example.com"], "location": "Room 1 Sydney, Australia"},
        "5E1C0B7A-9A1D-4F5C-8B52-000000000002": {"title": "Call, no end", "start": "2026-11-28T11:00:00+11:00",
                                                 "end": "2026-11-28T11:00:00+11:00", "conference_id": None}},
        ["2026-11-27T11:00:00+11:00 Réunion d’équipe", "2026-11-28T11:00:00+11:00 Call, no end"]),
    "thunderbird": ((1, 0, 0), [], {
        "c0ffee00-1234-4abc-8def-000000000001": {"title": "Planung; Entwurf", "start": "2026-11-24T09:00:00+01:00", "tz": "Europe/Berlin",
                                                 "conference_id": "4711008", "recurrence": "FREQ=WEEKLY;UNTIL=20261215T080000Z",
                                                 "attendees": ["bob@example.com"], "location": "Café „Zur Post“"}},
        ["2026-11-24T09:00:00+01:00 Planung; Entwurf", "2026-12-01T09:00:00+01:00 Planung; Entwurf",
         "2026-12-09T11:30:00+01:00 Planung; verschoben", "2026-12-15T09:00:00+01:00 Planung; Entwurf"]),
    "khal": ((1, 1, 0), ["more than once", "more than once"], {
        "MRX3QH0S7Z1Q8D2K": {"title": "Design review (moved)", "start": "2026-11-26T16:00:00+00:00", "end": "2026-11-26T17:30:00+00:00",
                             "tz": "Europe/London", "conference_id": "3141592", "location": "Upstairs", "sequence": 1}},
        ["2026-11-26T16:00:00+00:00 Design review (moved)"]),
    "calcurse": ((3, 0, 0), ["it has no UID"], {
        "b613dc9f6a77160043ef27645351f0db@no-uid.dialdesk": {"title": "exported without --export-uid", "start": "2026-11-26T09:00:00+01:00"},
        "ff401157d5e27e4d529633e2ad67fc17945878ab": {"title": "Ganzer Tag, Büro", "start": "2026-11-25", "all_day": True},
        "442e61bfa5f3063c2c8beaa2858118c73f00d3ae": {"title": "Jour fixe", "start": "2026-11-24T09:00:00+01:00", "tz": "Europe/Berlin",
                                                     "end": "2026-11-24T10:00:00+01:00", "conference_id": "2718281",
                                                     "recurrence": "FREQ=WEEKLY;UNTIL=20261215T090000"}},
        ["2026-11-24T09:00:00+01:00 Jour fixe", "2026-11-25 Ganzer Tag, Büro", "2026-11-26T09:00:00+01:00 exported without --export-uid", "2026-12-08T09:00:00+01:00 Jour fixe",
         "2026-12-15T09:00:00+01:00 Jour fixe"]),
    "cp1252": ((2, 0, 0), ["read as Windows-1252"], {
        CARD[:-8] + "CAFE": {"title": "Geschäftsführung – „Müller“", "start": "2026-11-24T13:00:00+00:00", "tz": "UTC"},
        CARD[:-8] + "BEEF": {"title": "Plain", "start": "2026-11-25T13:00:00+00:00", "tz": "UTC"}},
        ["2026-11-24T14:00:00+01:00 Geschäftsführung – „Müller“", "2026-11-25T14:00:00+01:00 Plain"]),
}


def when_of(text):
    """Comparable: a day is a day in every zone, a time is an instant."""
    return text if len(text) == 10 else datetime.datetime.fromisoformat(text).timestamp()


def days_alone(meeting):
    return {**meeting, "start": meeting["start"][:10], "end": meeting["end"][:10]} if meeting["all_day"] else meeting


@case("each program's export is stored as it is meant; again it changes nothing; what we write of it says the same")
def _(d):
    for name, (counts, told, meetings, occurrences) in FILES.items():
        d.db = d.path(name + ".db")
        d.organization(tz="Europe/Berlin")
        report = d.json("import", os.path.join(HERE, "files", name + ".ics"))
        equal((report["added"], report["updated"], report["rejected"]), counts, (name, report))
        said = report["errors"] or report["notes"]
        equal(len(said), len(told), (name, said))
        for one, words in zip(said, told):
            has(one["why"], words, name)

        def stored(when):
            for uid, wanted in meetings.items():
                found = days_alone(d.json("show", uid))
                equal({key: found[key] for key in wanted}, wanted, (name, when))
            found = [days_alone(m) for m in d.json("agenda", "--from", "2026-11-01", "--to", "2027-12-31")]
            equal([(when_of(m["start"]), m["title"]) for m in found],
                  [(when_of(start), title) for start, _, title in (line.partition(" ") for line in occurrences)], (name, when))

        stored("imported")
        again = d.json("import", os.path.join(HERE, "files", name + ".ics"))
        equal((again["added"], again["rejected"]), (0, counts[2]), (name, again))
        equal(again["updated"], 0, (name, "again"))
        equal(d.json("check"), {"findings": []}, name)
        out = d.run("export", "--from", "2026-01-01", "--to", "2028-01-01").out
        d.db = d.path(name + "-second.db")
        d.organization(tz="Europe/Berlin")
        equal(d.json("import", d.write("out.ics", out))["rejected"], 0, name)
        for wanted in meetings.values():
            if wanted.get("recurrence"):  # an UNTIL is written in UTC
                wanted["recurrence"] = wanted["recurrence"].replace("20261215T090000", "20261215T080000Z")
        stored("exported and imported again")


main()
