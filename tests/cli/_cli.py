"""What the command line's suites share: the harness, and calendars as other programs write them."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))

MEETING_KEYS = {"uid", "title", "organizer", "start", "end", "tz", "all_day", "status", "conference_id", "id_kind",
                "risk", "risk_with", "risk_with_count", "recurrence", "attendees", "location", "notes", "sequence"}
ADA = "ada@example.org"


def slip(a, b):
    """True where one wrong digit or one swap of neighbours makes b of a, or they are the same."""
    if len(a) != len(b):
        return False
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    return len(wrong) < 2 or (len(wrong) == 2 and wrong[1] == wrong[0] + 1
                              and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]])


def legacy_pair(d, static="7654321"):
    """The seed's story: two meetings from before the cut-over on one static ID, then the cut-over."""
    d.organization(dynamic="off")
    d.run("organizer", "set", ADA, "--static-id", static)
    first = d.new("Budget", "2026-11-24 09:00", "--attendee", "bob@example.org", "--attendee", "eve@example.org")
    second = d.new("Roadmap", "2026-11-24 10:00", "--attendee", "bob@example.org")
    d.run("org", "--dynamic-ids", "on")
    return first, second


def event(uid, start, end, text="", title="Meeting", more=""):
    """A VEVENT in UTC with a dial-in block in its DESCRIPTION."""
    lines = ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20261101T000000Z", "DTSTART:" + start, "DTEND:" + end,
             "SUMMARY:" + title]
    if text:
        lines.append("DESCRIPTION:" + text)
    if more:
        lines += more.split("\n")
    return lines + ["END:VEVENT"]


def calendar(*events, end="\r\n"):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Export//EN"]
    for one in events:
        lines += one
    return end.join(lines + ["END:VCALENDAR", ""])
