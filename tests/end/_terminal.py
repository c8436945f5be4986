"""What the suites of this folder share: what a terminal is told and how it has to be left, a watched run, a small calendar."""

import os
import subprocess
import sys
import termios

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))

TERMS = ("xterm-256color", "tmux-256color", "screen", "linux", "vt100")
PASTE_ON, PASTE_OFF = b"\x1b[?2004h", b"\x1b[?2004l"
MOUSE = (b"1000", b"1002", b"1003", b"1006")
CAPABILITIES = {}


def capability(term, name):
    """The bytes of a terminal's capability; empty where it has none."""
    if (term, name) not in CAPABILITIES:
        CAPABILITIES[term, name] = subprocess.run(["tput", "-T", term, name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return CAPABILITIES[term, name]


def plain(raw):
    """What was written, without the bytes that are no more than a delay."""
    return raw.replace(b"\0", b"")


def left_clean(raw, term):
    """Each mode that was switched on was switched off after it."""
    raw = plain(raw)
    for on, off in (("smcup", "rmcup"), ("smkx", "rmkx"), ("civis", "cnorm")):
        begin, end = capability(term, on), capability(term, off)
        if begin and begin in raw:
            assert raw.rfind(end) > raw.rfind(begin), "%s: %r was the last word, not %r" % (term, begin, end)
    assert PASTE_ON in raw and raw.rfind(PASTE_OFF) > raw.rfind(PASTE_ON), "%s: pastes stay bracketed" % term
    for number in MOUSE:
        on = max(raw.rfind(b"\x1b[?%sh" % number), raw.rfind(b"\x1b[?1006;%sh" % number))
        off = max(raw.rfind(b"\x1b[?%sl" % number), raw.rfind(b"\x1b[?1006;%sl" % number))
        assert on <= off, "%s: the mouse stays caught" % term
    after = raw[raw.rfind(capability(term, "rmkx") or PASTE_OFF):]
    assert b"\x1b[7m" not in after and b"\x1b[1m" not in after, "%s: attributes stay on: %r" % (term, after)


def usable(modes):
    """The line is edited, echoed and its signals sent, as a shell's user expects."""
    for name in ("ICANON", "ECHO", "ISIG", "IEXTEN"):
        assert modes[3] & getattr(termios, name), "%s is off" % name
    assert modes[0] & termios.ICRNL and modes[1] & termios.OPOST, "line ends are not translated"


class Watched:
    """A terminal, with a second hold on it that outlives the program. `job`: a shell's part is played, so that it can be stopped."""

    def __init__(self, d, term, locale="C.UTF-8", view="agenda", env=None, size=(80, 24), job=False):
        more = {"TERM": term, "LC_ALL": locale, **(env or {})}
        if term == "linux":  # curses itself leaves ten bytes behind on that one, in an empty program too
            more["ASAN_OPTIONS"] = "exitcode=99:detect_leaks=0:handle_sigill=1"
        command = ["console", "--view", view]
        program = d.program
        self.note = d.path("job")
        if job:
            command = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "_job.py"), self.note, program, *command]
            d.program = sys.executable
        try:
            self.terminal = d.terminal(*command, columns=size[0], rows=size[1], env=more)
        finally:
            d.program = program
        self.term = term
        self.hold = os.dup(self.terminal.fd)

    def pid(self):
        """Of the program itself, where a shell's part is played."""
        with open(self.note, encoding="ascii") as file:
            return int(file.read())

    def end(self, status):
        self.terminal.exit(status)
        usable(termios.tcgetattr(self.hold))
        os.close(self.hold)
        left_clean(self.terminal.raw, self.term)


HARD_TITLE = "\u5168\u4f53\u4f1a\u8b70 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea Cafe\u0301"


def calendar(d, third=HARD_TITLE):
    d.organization(dynamic="off")
    d.new("Budget review", "2026-11-24 09:00", "--attendee", "grace@example.org")
    d.new("Supplier call", "2026-11-24 10:00")
    d.run("org", "--dynamic-ids", "2026-11-23")
    d.new(third, "2026-11-25 09:00")
