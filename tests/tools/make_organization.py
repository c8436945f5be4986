#!/usr/bin/python3
"""Makes an organization on static IDs: people.csv and calendar.ics in FOLDER, for docs/cut-over.md.

    tests/tools/make_organization.py FOLDER [ORGANIZERS [MEETINGS]]     200 organizers and 20,000 meetings unless said

Meetings lie in the weeks from 2026-11-24 on, on their organizer's static ID, some back to back, each with two attendees,
one of them of another organization. The same arguments give the same bytes.
"""
import csv
import datetime
import os
import sys

FIRST = datetime.datetime(2026, 11, 24, 8)


def static_id(n):
    return "%07d" % (7000001 + 37 * n)


def people(organizers):
    yield ["DisplayName", "UserPrincipalName", "ConferenceId", "Department"]
    for n in range(organizers):
        yield ["Müller, Person %d" % n, "person%d@example.org" % n, static_id(n), "Sales"]


def event(n, organizers):
    whose, turn = n % organizers, n // organizers
    start = FIRST + datetime.timedelta(days=turn // 4, hours=(turn % 4) * 2, minutes=30 if turn % 4 == 1 else 0)
    start -= datetime.timedelta(minutes=75 if turn % 4 == 2 and turn % 8 == 2 else 0)
    end = start + datetime.timedelta(hours=1)
    return "\r\n".join((
        "BEGIN:VEVENT", "UID:meeting-%d@example.org" % n, "DTSTAMP:20261101T000000Z",
        start.strftime("DTSTART:%Y%m%dT%H%M%SZ"), end.strftime("DTEND:%Y%m%dT%H%M%SZ"), "SUMMARY:Meeting %d" % n,
        "ORGANIZER:mailto:person%d@example.org" % whose, "ATTENDEE:mailto:person%d@example.org" % ((whose + 1) % organizers),
        "ATTENDEE:mailto:guest%d@partner.example" % (n % 997),
        "DESCRIPTION:Join by phone\\n+49 30 901820\\nConference ID: %s" % static_id(whose), "END:VEVENT", ""))


def main(folder, organizers=200, meetings=20000):
    organizers, meetings = int(organizers), int(meetings)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "people.csv"), "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(people(organizers))
    with open(os.path.join(folder, "calendar.ics"), "w", encoding="utf-8", newline="") as file:
        file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\n")
        for n in range(meetings):
            file.write(event(n, organizers))
        file.write("END:VCALENDAR\r\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
