#!/usr/bin/python3
"""Makes a calendar of N events in the shapes that Outlook, Skype for Business, Teams and Google write, and the truth about it.

    make_calendar.py --events 1000 --seed 1 --damaged 10 --output calendar.ics --truth truth.json

The same arguments give the same bytes. In it: static conference IDs in the events' texts (one an organizer), pairs of
meetings on one ID that overlap or follow each other, series with EXDATE and RECURRENCE-ID, events with numbers that are no
conference ID, Windows zone names with a VTIMEZONE from 1601, UTF-8 titles, lines folded also inside UTF-8 sequences
(--newline lf: bare LF), and events that are damaged in known ways.

The truth: vevents (how many VEVENTs), meetings (how many sound ones that are no changed occurrence), ids {uid: conference
ID}, legacy (how many uids that is), overlap and back_to_back (lists of uid pairs), series {uid: starts in UTC},
damaged [{uid, kind, first, last, line}]: the event's lines from BEGIN to where it ends, and the one at fault.
Apart from the pairs, no two meetings of an organizer come within half an hour of each other.
"""

import argparse
import datetime
import json
import random
import zoneinfo

UTC = datetime.timezone.utc
ZONES = {  # IANA name: Windows name, and the yearly rules as both kinds of programs write them
    "Europe/Berlin": ("W. Europe Standard Time", "+0200", "+0100", "10;BYDAY=-1SU", "3;BYDAY=-1SU", "030000", "020000"),
    "America/New_York": ("Eastern Standard Time", "-0400", "-0500", "11;BYDAY=1SU", "3;BYDAY=2SU", "020000", "020000"),
    "Asia/Tokyo": ("Tokyo Standard Time", "+0900", "+0900", None, None, None, None),
}
TITLES = ["Budget review", "Jour fixe Vertrieb", "Réunion d'équipe, été", "Büro Köln; Umzug", "予算会議 第三回", "Обзор продаж",
          "Stand-up 📞 daily", "تخطيط المشروع", "Quarterly numbers \\ forecast", "1:1", "예산 회의"]
PEOPLE = ["bob", "eve", "carol", "zoé", "müller", "d'arcy"]
DAMAGE = ["bad start", "no start", "end before start", "unknown zone", "bad rule", "no colon", "not UTF-8",
          "no END", "NUL byte"]


class Calendar:
    """Writes lines, counts them and folds them as each program does."""

    def __init__(self, file, newline, dice):
        self.file, self.newline, self.dice, self.line = file, newline, dice, 1

    def put(self, line, careless=False):
        """careless: folded at 75 bytes, wherever that is; else at a character's end."""
        data = line if isinstance(line, bytes) else line.encode("utf-8")
        room = 75
        while len(data) > room:
            cut = room
            while not careless and data[cut] & 0xC0 == 0x80:
                cut -= 1
            self.raw(data[:cut])
            data = b" " + data[cut:]
        self.raw(data)

    def raw(self, data):
        self.file.write(data + self.newline)
        self.line += 1


def escape(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def zone_lines(zone, windows):
    name, summer, winter, autumn, spring, autumn_at, spring_at = ZONES[zone]
    year, lines = ("1601" if windows else "1970"), ["BEGIN:VTIMEZONE", "TZID:" + (name if windows else zone)]
    if not windows:
        lines.append("X-LIC-LOCATION:" + zone)
    if autumn is None:
        return lines + ["BEGIN:STANDARD", "DTSTART:%s0101T000000" % year, "TZOFFSETFROM:" + winter, "TZOFFSETTO:" + winter,
                        "END:STANDARD", "END:VTIMEZONE"]
    return lines + [
        "BEGIN:STANDARD", "DTSTART:%s1101T%s" % (year, autumn_at), "RRULE:FREQ=YEARLY;BYMONTH=" + autumn,
        "TZOFFSETFROM:" + summer, "TZOFFSETTO:" + winter, "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:%s0301T%s" % (year, spring_at), "RRULE:FREQ=YEARLY;BYMONTH=" + spring,
        "TZOFFSETFROM:" + winter, "TZOFFSETTO:" + summer, "END:DAYLIGHT", "END:VTIMEZONE"]


def skype_block(digits):
    return ("\n" + "." * 90 + "\n--> Join online meeting\nhttps://meet.example.com/ada/1ABC2DEF\n\nJoin by phone\n"
            "+1 (323) 849-4874 (Los Angeles)   English (United States)\n+49 69 90740000 (Frankfurt)   Deutsch\n"
            "Find a local number\n\nConference ID: %s\nForgot your dial-in PIN? | Help\n" % digits + "." * 90 + "\n")


def german_block(digits):
    return ("\n" + "_" * 60 + "\nPer Telefon teilnehmen\n+49 69 90740000 (Frankfurt)   Deutsch (Deutschland)\n"
            "Lokale Nummer suchen\n\nKonferenz-ID: %s\nEinwahl-PIN vergessen? | Hilfe\n" % digits)


def teams_block(digits):
    groups = " ".join(digits[i:i + 3] for i in range(0, len(digits), 3))
    return ("\n" + "_" * 80 + "\nMicrosoft Teams meeting\nJoin on your computer\nhttps://teams.example.com/l/meetup-join/19%%3ameeting\n"
            "Meeting ID: 398 217 554 081\nPasscode: Xy7Tq\nOr call in (audio only)\n"
            "+1 323-849-4874,,%s#   United States, Los Angeles\nPhone Conference ID: %s#\nFind a local number | Reset PIN\n"
            % (digits, groups))


DECOYS = ["", "Bring the figures.\nSee https://example.com/?page=12345678", "Join Zoom Meeting\nMeeting ID: 811 2345 6789\nPasscode: 470811",
          "Video Conference ID: 113 456 789 0\nVideo ID: 4711", "Call me on +49 30 901820 if you are late."]
BLOCKS = [skype_block, german_block, teams_block]


class Maker:
    def __init__(self, options, file):
        self.dice = random.Random(options.seed)
        self.out = Calendar(file, b"\n" if options.newline == "lf" else b"\r\n", self.dice)
        self.options = options
        self.truth = {"vevents": 0, "meetings": 0, "ids": {}, "legacy": 0, "overlap": [], "back_to_back": [], "series": {},
                      "damaged": []}
        day = datetime.datetime.fromisoformat(options.first_day).replace(tzinfo=UTC)
        ids = self.dice.sample(range(1000000, 9999999), options.organizers)
        self.organizers = [{"email": options.email % i, "id": str(ids[i]), "slot": 0, "series_day": day,
                            "zone": list(ZONES)[i % len(ZONES)]} for i in range(options.organizers)]
        self.first_day = day

    # --- when: four slots of three hours a day from 6 UTC for single meetings, an hour at 20 UTC for series

    def slot(self, organizer):
        day, part = divmod(organizer["slot"], 4)
        organizer["slot"] += 1
        return self.first_day + datetime.timedelta(days=day, hours=6 + 3 * part)

    def uid(self, style):
        number = "%032x" % self.dice.getrandbits(128)
        return {"outlook": "040000008200E00074C5B7101A82E008" + number.upper(), "google": number[:26] + "@google.example",
                "teams": number}[style]

    # --- lines of an event

    def times(self, name, instant, organizer, style):
        zone = organizer["zone"]
        local = instant.astimezone(zoneinfo.ZoneInfo(zone)).strftime("%Y%m%dT%H%M%S")
        if style == "google" and self.dice.random() < 0.3 and not name.startswith("series "):
            return "%s:%s" % (name, instant.strftime("%Y%m%dT%H%M%SZ"))
        name = name.replace("series ", "")
        return "%s;TZID=%s:%s" % (name, zone if style == "google" else ZONES[zone][0], local)

    def event(self, organizer, start, minutes, style, with_id=True, series=()):
        uid = self.uid(style)
        end = start + datetime.timedelta(minutes=minutes)
        text = self.dice.choice(BLOCKS)(organizer["id"]) if with_id else self.dice.choice(DECOYS)
        own = "series " if series else ""
        lines = ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20261101T120000Z", self.times(own + "DTSTART", start, organizer, style),
                 self.times(own + "DTEND", end, organizer, style), *series,
                 "SUMMARY:" + escape(self.dice.choice(TITLES)), "DESCRIPTION:" + escape(text),
                 "ORGANIZER;CN=Organizer:mailto:" + organizer["email"], "SEQUENCE:%d" % self.dice.randrange(3)]
        for person in self.dice.sample(PEOPLE, self.dice.randint(0, 3)):
            lines.append('ATTENDEE;CN="%s, Example";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:%s@example.com' % (person, person))
        if style == "outlook":
            lines += ["CLASS:PUBLIC", "PRIORITY:5", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
                      "X-ALT-DESC;FMTTYPE=text/html:" + escape("<html><body><p>%s</p></body></html>" % text.replace("\n", "<br>")),
                      "BEGIN:VALARM", "TRIGGER:-PT15M", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "END:VALARM"]
        return uid, lines + ["END:VEVENT"]

    def write(self, lines, style):
        first = self.out.line
        for line in lines:
            self.out.put(line, careless=style == "outlook")
        self.truth["vevents"] += 1
        return first

    def keep(self, uid, organizer, with_id):
        self.truth["meetings"] += 1
        if with_id:
            self.truth["ids"][uid] = organizer["id"]

    # --- groups of events

    def single(self, organizer, style):
        with_id = self.dice.random() < 0.8
        uid, lines = self.event(organizer, self.slot(organizer), self.dice.choice([15, 30, 45, 60]), style, with_id)
        self.write(lines, style)
        self.keep(uid, organizer, with_id)

    def pair(self, organizer, style):
        start, kind = self.slot(organizer), self.dice.choice(["overlap", "back_to_back"])
        gap = self.dice.choice([-30, -10]) if kind == "overlap" else self.dice.choice([0, 5, 15])
        uids = []
        for at in (start, start + datetime.timedelta(minutes=60 + gap)):
            uid, lines = self.event(organizer, at, 60, style)
            self.write(lines, style)
            self.keep(uid, organizer, True)
            uids.append(uid)
        self.truth[kind].append(uids)

    def series(self, organizer, style):
        zone = zoneinfo.ZoneInfo(organizer["zone"])
        local = (organizer["series_day"] + datetime.timedelta(hours=20)).astimezone(zone).replace(tzinfo=None)
        count = self.dice.randint(3, 8)
        organizer["series_day"] += datetime.timedelta(weeks=count + 1)
        starts = [(local + datetime.timedelta(weeks=i)).replace(tzinfo=zone).astimezone(UTC) for i in range(count)]
        out, moved = self.dice.sample(range(1, count), 2)
        rule = ["RRULE:FREQ=WEEKLY;COUNT=%d" % count, self.times("series EXDATE", starts[out], organizer, style)]
        uid, lines = self.event(organizer, starts[0], 30, style, True, rule)
        self.write(lines, style)
        self.keep(uid, organizer, True)
        changed = starts[moved] + datetime.timedelta(minutes=15)
        _, lines = self.event(organizer, changed, 30, style, True, [self.times("series RECURRENCE-ID", starts[moved], organizer, style)])
        lines[1] = "UID:" + uid
        self.write(lines, style)
        times = [changed if i == moved else start for i, start in enumerate(starts) if i != out]
        self.truth["series"][uid] = [t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in times]

    def damaged(self, organizer, style, kind):
        uid, lines = self.event(organizer, self.slot(organizer), 30, style)
        index = {"no start": 0, "bad start": 3, "unknown zone": 3, "end before start": 4, "bad rule": 5, "no colon": 3,
                 "not UTF-8": 3, "NUL byte": 3, "no END": None}[kind]
        change = {"bad start": "DTSTART:20261340T250000", "unknown zone": "DTSTART;TZID=Middle Earth Time:20261124T090000",
                  "end before start": "DTEND:20010101T000000Z", "not UTF-8": b"DTSTART;X=\xfc:20261124T090000Z",
                  "NUL byte": b"DTSTART:20261124\0T090000Z", "no colon": "DTSTART 20261124T090000Z"}
        if kind in change:
            lines[index] = change[kind]
        elif kind == "bad rule":
            lines.insert(5, "RRULE:FREQ=SOMETIMES")
        elif kind == "no start":
            del lines[3]
        else:
            del lines[-1]
        numbers = []
        for line in lines:
            numbers.append(self.out.line)
            self.out.put(line, careless=style == "outlook")
        self.truth["vevents"] += 1
        fault = self.out.line if index is None else numbers[index]
        self.truth["damaged"].append({"uid": uid, "kind": kind, "first": numbers[0],
                                      "last": self.out.line - (kind != "no END"), "line": fault})

    def run(self):
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//make_calendar//EN"]:
            self.out.put(line)
        for zone in ZONES:
            for windows in (True, False):
                for line in zone_lines(zone, windows):
                    self.out.put(line)
        where = set(self.dice.sample(range(self.options.events), min(self.options.damaged, self.options.events)))
        while self.truth["vevents"] < self.options.events:
            organizer, style = self.dice.choice(self.organizers), self.dice.choice(["outlook", "outlook", "teams", "google"])
            left = self.options.events - self.truth["vevents"]
            if self.truth["vevents"] in where:
                self.damaged(organizer, style, DAMAGE[len(self.truth["damaged"]) % len(DAMAGE)])
                continue
            kind = self.dice.choices([self.single, self.pair, self.series], [80, 10, 10])[0]
            if left == 1 or where & {self.truth["vevents"] + 1}:
                kind = self.single
            kind(organizer, style)
        self.out.put("END:VCALENDAR")
        self.truth["legacy"] = len(self.truth["ids"])
        self.truth["organizers"] = {o["email"]: o["id"] for o in self.organizers}
        return self.truth


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--events", type=int, default=1000, help="how many VEVENTs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", type=int, default=0, help="how many of them are damaged")
    parser.add_argument("--organizers", type=int, default=20)
    parser.add_argument("--email", default="organizer%d@example.org", help="pattern of the organizers' addresses")
    parser.add_argument("--first-day", default="2026-11-30")
    parser.add_argument("--newline", choices=["crlf", "lf"], default="crlf")
    parser.add_argument("--output", required=True)
    parser.add_argument("--truth")
    options = parser.parse_args()
    with open(options.output, "wb") as file:
        truth = Maker(options, file).run()
    if options.truth:
        with open(options.truth, "w", encoding="utf-8") as file:
            json.dump(truth, file, ensure_ascii=False, indent=1)
            file.write("\n")


if __name__ == "__main__":
    main()
