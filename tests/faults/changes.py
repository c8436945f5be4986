#!/usr/bin/python3
"""Change after change under an open console: it shows each round of them, and its memory stays what it was."""

import os

from _faults import sound  # sets which program is run: the release, as the sanitizer keeps what is freed
from dialdesk import case, main

CHANGES = int(os.environ.get("DIALDESK_CHANGES", "2000"))
EVENTS = 200  # changed by one import
SPARE = 1024  # KiB: what the console may need more at the end than when a tenth was done
EVENT = """BEGIN:VEVENT\r\nUID:change-%(n)d@example.org\r\nDTSTAMP:20261101T000000Z\r\nSEQUENCE:%(round)d\r
DTSTART:202611%(day)02dT%(hour)02d0000Z\r\nDURATION:PT30M\r\nSUMMARY:Round %(round)d of %(n)d\r
ORGANIZER:mailto:ada@example.org\r\nEND:VEVENT\r\n"""


def calendar(d, number):
    events = "".join(EVENT % {"n": n, "round": number, "day": 23 + n % 7, "hour": n % 24} for n in range(EVENTS))
    return d.write("changes.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + events + "END:VCALENDAR\r\n")


def resident(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@case("changes under an open console: each is shown, and its memory is flat")
def _(d):
    d.organization()
    d.run("import", calendar(d, 0))
    terminal = d.terminal("console", "--view", "agenda", env={"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    terminal.wait("Round 0 ")
    rounds, early = max(10, CHANGES // EVENTS), 0
    for number in range(1, rounds + 1):
        d.run("import", calendar(d, number))
        terminal.wait("Round %d " % number)
        terminal.key("Down", "Up")
        terminal.raw = b""
        if number == rounds // 10:
            early = resident(terminal.pid)
    late = resident(terminal.pid)
    terminal.key("q")
    terminal.exit(0)
    sound(d, "%d changes" % (rounds * EVENTS))
    print("# %d changes: the console has %d KiB, and had %d after a tenth" % (rounds * EVENTS, late, early), flush=True)
    if late > early + SPARE:
        raise AssertionError("%d KiB after a tenth of the changes, %d at their end" % (early, late))


main()
