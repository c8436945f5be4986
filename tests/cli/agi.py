#!/usr/bin/python3
"""admit --agi before an Asterisk made of lines: over a pipe and over a socket, well-behaved and not."""

import os
import re
import resource
import socket
import sqlite3
import subprocess
import threading
import time

from _cli import ADA  # noqa: F401 (the harness's path)
from dialdesk import case, equal, has, main

CALLS = int(os.environ.get("DIALDESK_CALLS", 60))
VARIABLES = {"agi_network": "yes", "agi_request": "dialdesk", "agi_channel": "PJSIP/provider-0000002a",
             "agi_callerid": "15550100", "agi_dnid": "+13238494874", "agi_extension": "s"}


class Asterisk:
    """One call: plays the channel's part. `typed`: what the caller enters, one text a question."""

    def __init__(self, d, typed=(), digits=None, way="pipe", args=(), variables=None, hang_up=None, env=None):
        self.typed, self.variables, self.commands = list(typed), {}, []
        self.hang_up = hang_up  # the number of the command at which the channel dies
        if way == "socket":
            ours, theirs = socket.socketpair()
            self.child = d.start("admit", "--agi", *args, stdin=theirs, stdout=theirs)
            theirs.close()
            self.reader, self.writer = ours.makefile("rb"), ours.makefile("wb")
            ours.close()
        else:
            self.child = d.start("admit", "--agi", *args, stdin=subprocess.PIPE, env=env)
            self.reader, self.writer = self.child.stdout, self.child.stdin
        given = dict(VARIABLES, **(variables or {}))
        if digits is not None:
            given["agi_arg_1"] = digits
        for name, value in given.items():
            self.send("%s: %s\n" % (name, value))
        self.send("\n")

    def send(self, text):
        try:
            self.writer.write(text.encode() if isinstance(text, str) else text)
            self.writer.flush()
        except BrokenPipeError:
            pass

    def play(self):
        for line in iter(self.reader.readline, b""):
            line = line.decode().rstrip("\n")
            self.commands.append(line)
            if self.hang_up == len(self.commands):
                self.send("511 Command Not Permitted on a dead channel or intercept routine\n")
                continue
            found = re.fullmatch(r'SET VARIABLE (\w+) "([^"\n]*)"', line)
            if found:
                self.variables[found.group(1)] = found.group(2)
                self.send("200 result=1\n")
            elif line.startswith("GET DATA"):
                entered = self.typed.pop(0) if self.typed else None
                self.send("200 result=-1\n" if entered is None else "200 result=%s\n" % entered)
            else:
                self.send("100 Trying\n200 result=0 endpos=1\n")
        return self.end()

    def end(self):
        equal(self.child.wait(), 0)
        equal(self.child.stderr.read(), b"")
        try:
            self.writer.close()
        except BrokenPipeError:  # what it was sent last, it did not read
            pass
        return {name.replace("DIALDESK_", ""): value for name, value in self.variables.items()}


def live(d):
    d.organization()
    return d.new("Budget", "2026-11-23 09:00")


@case("digits of the dial plan: every status, over a pipe and over a socket")
def _(d):
    m = live(d)
    later = d.new("Later", "2026-11-23 09:30")
    for way in ("pipe", "socket"):
        v = Asterisk(d, digits=m["conference_id"], way=way).play()
        equal(v, {"STATUS": "OK", "NUMBER_MAX": "12", "ROOM": "m-" + m["uid"], "UNTIL": "5400", "FROM": "0", "LANG": "en"})
        v = Asterisk(d, digits=later["conference_id"], way=way).play()
        equal(v, {"STATUS": "EARLY", "NUMBER_MAX": "12", "ROOM": "", "UNTIL": "0", "FROM": "1795425300", "LANG": "en"})
        v = Asterisk(d, digits="12345670", way=way).play()
        equal(v, {"STATUS": "REFUSED", "NUMBER_MAX": "12", "ROOM": "", "UNTIL": "0", "FROM": "0", "LANG": ""})
    call = d.json("calls")[0]
    equal((call["caller"], call["number"]), ("…0100", "+13238494874"))
    equal(d.sql("SELECT DISTINCT trunk FROM call").strip(), "PJSIP/provider")


@case("no digits: asked for, three times at most, with a word on the wrong ones")
def _(d):
    m = live(d)
    for typed, status, asked in (([m["conference_id"]], "OK", 1), (["12345670", m["conference_id"]], "OK", 2),
                                 (["1", "", "12345670"], "REFUSED", 3), (["1", "2 (timeout)"], "ERROR", 3), ([], "ERROR", 1)):
        a = Asterisk(d, typed)
        equal(a.play()["STATUS"], status, typed)
        questions = [c for c in a.commands if c.startswith("GET DATA")]
        equal((len(questions), set(questions)), (asked, {"GET DATA conf-getconfno 7000 12"}))
        equal(sum(c.startswith("STREAM FILE conf-invalid") for c in a.commands), asked - 1)


@case("a trunk's name of ours, a hidden number, an extension")
def _(d):
    m = live(d)
    a = Asterisk(d, digits=m["conference_id"], args=("--trunk", "sip1"),
                 variables={"agi_callerid": "unknown", "agi_dnid": "unknown", "agi_extension": "800"})
    equal(a.play()["STATUS"], "OK")
    equal(d.sql("SELECT trunk, caller IS NULL, number FROM call").strip(), "sip1|1|800")


@case("the caller hangs up at any command: exit 0, and nobody is let in by half")
def _(d):
    m = live(d)
    for number in range(1, 8):
        v = Asterisk(d, digits=m["conference_id"], hang_up=number).play()
        assert v.get("STATUS", "ERROR") == "ERROR", (number, v)
    for number in range(1, 9):
        Asterisk(d, ["12345670", m["conference_id"]], hang_up=number).play()


@case("garbage, a megabyte without an end, nothing, half a line, a peer that drips: bounded, exit 0")
def _(d):
    m = live(d)
    for sent, closes in ((b"", True), (b"\0\xff\n" * 9999, True), (b"x" * 1000000, True), (b"agi_channel", True), (b"", False),
                         (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True), (b"agi_arg_1: 1\n" * 5000, False)):
        child = d.start("admit", "--agi", stdin=subprocess.PIPE)
        try:
            child.stdin.write(sent)
            child.stdin.flush()
        except BrokenPipeError:
            pass
        if closes:
            child.stdin.close()
        equal(child.wait(), 0)  # by itself, though nobody has hung up
        equal(child.stderr.read(), b"")
    a = Asterisk(d, variables={"agi_x": "y" * 1000000}, digits=m["conference_id"])
    equal(a.play()["STATUS"], "OK")
    child = d.start("admit", "--agi", stdin=subprocess.PIPE)
    while child.poll() is None:
        try:
            child.stdin.write(b"a\n")
            child.stdin.flush()
        except BrokenPipeError:
            pass
        time.sleep(0.3)
    equal(child.wait(), 0)


@case("digits and numbers as an attacker sends them")
def _(d):
    live(d)
    for digits in ("9" * 900, "1;DROP TABLE call", "\x1b[2J", "${SHELL(id)}", "*" * 40, "12 34 56 70"):
        a = Asterisk(d, digits=digits, variables={"agi_callerid": "\x1b]0;x\x07\"><1>", "agi_channel": "-"})
        equal(a.play()["STATUS"], "REFUSED", digits)
    for line in d.run("calls").out.split("\n")[:-1]:
        assert line.isprintable(), line


@case("a store that is away or held: ERROR, before it is there again")
def _(d):
    equal(Asterisk(d, digits="12345670").play()["STATUS"], "ERROR")
    m = live(d)
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        equal(Asterisk(d, digits=m["conference_id"]).play()["STATUS"], "ERROR")  # though it is held still
        db.execute("ROLLBACK")
    equal(Asterisk(d, digits=m["conference_id"]).play()["STATUS"], "OK")


@case("the connection ends with the last word, and with the alarm, though somebody else holds it open still, as systemd does")
def _(d):
    m = live(d)
    for held in (False, True):
        ours, theirs = socket.socketpair()
        with sqlite3.connect(d.db, isolation_level=None) as db:
            if held:
                db.execute("BEGIN IMMEDIATE")
            child = d.start("admit", "--agi", stdin=theirs, stdout=theirs)
            ours.sendall(("agi_arg_1: %s\n\n" % m["conference_id"] + "200 result=1\n" * 7).encode())
            equal(child.wait(), 0)
            ours.setblocking(False)
            said = b""
            for part in iter(lambda: ours.recv(10000), b""):  # BlockingIOError: it has not ended
                said += part
        equal(b'DIALDESK_STATUS "OK"' in said, not held)
        ours.close()
        theirs.close()


class AtOnce:
    """Calls that are played side by side; `given`: what each was told."""

    def __init__(self, d, digits):
        self.given = []
        self.calls = [Asterisk(d, digits=one, variables={"agi_callerid": "1555%04d" % k}) for k, one in enumerate(digits)]
        self.playing = [threading.Thread(target=lambda call: self.given.append(call.play()["STATUS"]), args=(call,)) for call in self.calls]
        for one in self.playing:
            one.start()

    def in_line(self):
        """How many of them sleep until a lock is theirs."""
        with open("/proc/locks") as locks:
            return sum("->" in line and any(" %d " % call.child.pid in line for call in self.calls) for line in locks)

    def end(self):
        for one in self.playing:
            one.join()
        equal(len(self.given), len(self.calls))
        return self.given


@case("a call is written and answered without a wait for the disk, as each of many would wait for it in its turn")
def _(d):
    m = live(d)
    os.mkfifo(d.path("gate"))  # nobody opens it: who waits for the disk is not answered
    env = {"LD_PRELOAD": os.path.join(os.environ["DIALDESK_BUILD"], "test", "faults", "shim.so"), "FAULT_DO": "gate",
           "FAULT_GATE": d.path("gate"), "FAULT_PATH": d.db,
           "ASAN_OPTIONS": "exitcode=99:detect_leaks=1:handle_sigill=1:verify_asan_link_order=0"}
    with sqlite3.connect(d.db) as db:  # the log is begun, and stays when the call's process ends
        db.execute("UPDATE organization SET name = 'Other'")
        db.commit()
        equal(Asterisk(d, digits=m["conference_id"], env=env).play()["STATUS"], "OK")
        equal(db.execute("SELECT COUNT(*) FROM call").fetchone(), (1,))
    db.close()


@case("many calls at once: let in, or told to try again if this machine is too busy; the ID is never wrong")
def _(d):
    m = live(d)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    given = AtOnce(d, [m["conference_id"]] * CALLS).end()
    assert set(given) <= {"OK", "ERROR"}, given
    assert given.count("OK") <= len(d.json("calls")), given
    equal(d.json("check"), {"findings": []})


@case("a store that is held: one call looks for it, the others stand in line, and no ID is wrong")
def _(d):
    m = live(d)
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        stood = 0
        for _ in range(40):  # a machine that is too busy does not come to it within their three seconds
            held = AtOnce(d, [m["conference_id"]] * 4)
            while stood == 0 and any(one.is_alive() for one in held.playing):
                stood = held.in_line()
            if stood:
                break
        db.execute("ROLLBACK")
    assert 1 <= stood <= 3, stood
    assert set(held.end()) <= {"OK", "ERROR"}, held.given


@case("what does not go together")
def _(d):
    has(d.error("admit", status=2), "--agi")
    for more in (("12345670",), ("--at", "now"), ("--caller", "1"), ("--number", "+49301234567")):
        has(d.error("admit", "--agi", *more, status=2), "Asterisk")


main()
