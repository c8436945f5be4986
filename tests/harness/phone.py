"""Callers on loopback for the suites that make whole calls: tests/call/caller.c, which dials, types and listens.

    c = Caller(d, "sip:8999@127.0.0.1:5060", "15550100", 500)     calls, and speaks 500 Hz from now on
    c.answered()                 waits until the call is answered
    c.type("12345670#")          presses keys
    c.hears c.heard              the tones (Hz) that it hears now, and that it heard at any time of the call
    c.closed                     a threading.Event: the other side has hung up
    c.end()                      hangs up

Tones are multiples of 100 Hz up to 3900. hear_each_other([a, b], [c, d]) waits until each hears the others of its group.
"""

import os
import queue
import subprocess
import threading
import time

from dialdesk import equal, find_program, skip

TOOLS = os.path.join(os.path.dirname(find_program()), "call")
DEADLINE = 300  # seconds: a net for what hangs, not a measure


def wait(found, what):
    limit = time.monotonic() + DEADLINE
    while time.monotonic() < limit:
        if found():
            return found()
        time.sleep(0.01)
    raise AssertionError("waited for: " + what)


class Talker:
    """A program that says what happens in lines, and takes commands in lines."""

    def __init__(self, d, name, *args):
        path = os.path.join(TOOLS, name)
        if not os.access(path, os.X_OK):
            skip("%s is not built" % path)
        self.name, self.lines = name, queue.Queue()
        self.child = subprocess.Popen([path, *args], env=d.env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        d.started.append(self.child)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in iter(self.child.stdout.readline, b""):
            self.happens(line.decode().rstrip("\n"))

    def happens(self, line):
        self.lines.put(line)

    def tell(self, line):
        self.child.stdin.write((line + "\n").encode())
        self.child.stdin.flush()

    def next(self):
        try:
            return self.lines.get(timeout=DEADLINE)
        except queue.Empty:
            raise AssertionError("%s says no more (status %s)" % (self.name, self.child.poll())) from None

    def end(self):
        """Its standard input ends, and so does it, without a word of a sanitizer."""
        self.child.stdin.close()
        status = self.child.wait(DEADLINE)
        equal((status, self.child.stderr.read().decode()), (0, ""), self.name)


class Caller(Talker):
    def __init__(self, d, uri, number, tone):
        self.number, self.tone = number, tone
        self.hears, self.heard = set(), set()
        self.established, self.closed = threading.Event(), threading.Event()
        super().__init__(d, "caller", uri, number, str(tone))

    def happens(self, line):
        what, *rest = line.split()
        if what == "heard":
            self.hears = set(map(int, rest))
            self.heard |= self.hears
        elif what == "established":
            self.established.set()
        elif what == "closed":
            self.closed.set()

    def answered(self):
        wait(self.established.is_set, self.number + " is answered")

    def type(self, digits):
        self.tell("type " + digits)


def hear_each_other(*groups):
    """Waits until every caller hears the others of its group and nobody else."""
    for group in groups:
        tones = {caller.tone for caller in group}
        for caller in group:
            wanted = tones - {caller.tone}
            wait(lambda: caller.hears == wanted, "%s hears %s; it hears %s" % (caller.number, wanted, caller.hears))
