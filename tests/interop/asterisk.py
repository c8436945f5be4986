#!/usr/bin/python3
"""A real Asterisk asks dialdesk: `make interop`. As root, and with the network the first time.

Debian 12 has no Asterisk, so debootstrap makes a system of another suite (INTEROP_SUITE, sid unless said) in build/interop, and apt
installs Asterisk in it; both come from where this machine's own apt sources say. What docs/bridge.md tells an
administrator to paste is pasted from there. Callers dial Asterisk on loopback, type digits and listen.

  build/interop/asterisk.log      what Asterisk said         build/interop/versions      what took part
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
from dialdesk import ROOT, case, equal, main
from phone import Caller, hear_each_other, wait

SUITE = os.environ.get("INTEROP_SUITE", "sid")
FOLDER = os.path.join(ROOT, "build", "interop")
SYSTEM = os.path.join(FOLDER, SUITE)
LOG = os.path.join(FOLDER, "asterisk.log")
PACKAGES = ["asterisk", "asterisk-core-sounds-en-gsm", "libsqlite3-0"]
AGI_PORT = 4573  # that of the recipe
INSIDE = "/var/lib/dialdesk-interop"  # in the other system: a store that Asterisk's user owns


def do(*command, **more):
    with open(os.path.join(FOLDER, "system.log"), "ab") as log:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **more)


def inside(*command, **more):
    do("chroot", SYSTEM, *command, **more)


def archive():
    """Where this machine's apt has its packages from."""
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"], check=True,
                          capture_output=True, text=True).stdout.split()
    return told[0]


def make_system():
    """The other suite's system with Asterisk, once."""
    if os.path.exists(SYSTEM + "/usr/sbin/asterisk"):
        return
    if os.geteuid() != 0:
        sys.exit("interop: debootstrap and chroot need root")
    if not shutil.which("debootstrap"):
        sys.exit("interop: debootstrap is missing (apt-get install debootstrap)")
    os.makedirs(FOLDER, exist_ok=True)
    print("# making a system of %s with Asterisk in %s" % (SUITE, SYSTEM), flush=True)
    shutil.rmtree(SYSTEM, ignore_errors=True)
    do("debootstrap", "--variant=minbase", SUITE, SYSTEM, archive())
    write("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)  # nothing is started in there but by us
    inside("apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES, env=dict(os.environ, DEBIAN_FRONTEND="noninteractive"))


def write(path, text, mode=0o644):
    with open(SYSTEM + path, "w") as file:
        file.write(text)
    os.chmod(SYSTEM + path, mode)


def pasted():
    """The dial plan of docs/bridge.md."""
    with open(os.path.join(ROOT, "docs", "bridge.md")) as file:
        return re.search(r"^```\n(\[dialdesk\]\n.*?)^```", file.read(), re.M | re.S).group(1)


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class FastAgi:
    """What the socket unit does (Accept=yes): a process a call, the connection its standard input and output."""

    def __init__(self, d):
        self.d, self.asked = d, 0
        self.listening = socket.create_server(("127.0.0.1", AGI_PORT))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                peer, _ = self.listening.accept()
            except OSError:
                return
            self.asked += 1
            self.d.start("admit", "--agi", stdin=peer, stdout=peer, stderr=subprocess.DEVNULL)
            peer.close()

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


class Asterisk:
    """In the other system, with the recipe's dial plan: 8999 by FastAGI, 8998 by AGI with a program of its own."""

    def __init__(self, d):
        self.port, self.d = free_port(), d
        agi = pasted().replace("[dialdesk]", "[by-agi]").replace("agi://127.0.0.1:4573/dialdesk", "dialdesk").replace("8999", "8998")
        assert "AGI(dialdesk)" in agi
        write("/etc/asterisk/extensions.conf", "[incoming]\ninclude => dialdesk\nexten => 8998,1,Goto(by-agi,8998,1)\n\n" + pasted() + "\n" + agi)
        write("/etc/asterisk/pjsip.conf", "[loopback]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:%d\n\n[anonymous]\ntype=endpoint\n"
              "context=incoming\ndisallow=all\nallow=ulaw\ndtmf_mode=rfc4733\ntransport=loopback\n" % self.port)
        write("/etc/asterisk/modules.conf", "[modules]\nautoload=yes\n")
        write("/etc/asterisk/rtp.conf", "[general]\nrtpstart=30000\nrtpend=31000\n")
        write("/etc/asterisk/logger.conf", "[general]\ndateformat=%F %T\n[logfiles]\nconsole => error\ninterop => notice,warning,error,verbose(5)\n")
        write("/usr/local/bin/dialdesk-agi", "#!/bin/sh\nexport HOME=/var/lib/asterisk DIALDESK_DB=%s/store.db DIALDESK_NOW=%s\n"
              "exec /usr/local/bin/dialdesk admit --agi\n" % (INSIDE, d.now), 0o755)
        os.makedirs(SYSTEM + "/usr/share/asterisk/agi-bin", exist_ok=True)
        for folder in ("/usr/share/asterisk/agi-bin", "/var/lib/asterisk/agi-bin"):
            if os.path.isdir(SYSTEM + folder):
                shutil.copy(SYSTEM + "/usr/local/bin/dialdesk-agi", SYSTEM + folder + "/dialdesk")
        log = SYSTEM + "/var/log/asterisk/interop"
        if os.path.exists(log):
            os.unlink(log)
        inside("install", "-d", "-o", "asterisk", "-g", "asterisk", "/run/asterisk", "/var/log/asterisk")
        self.child = subprocess.Popen(["chroot", SYSTEM, "/usr/sbin/asterisk", "-f", "-U", "asterisk", "-G", "asterisk"],
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        d.started.append(self.child)
        wait(lambda: "loopback" in self.ask("pjsip show transports"), "Asterisk is up")

    def ask(self, command):
        return subprocess.run(["chroot", SYSTEM, "/usr/sbin/asterisk", "-rx", command], capture_output=True, text=True).stdout

    def call(self, number, tone, *typed, dial="8999"):
        asked = self.said("Playing 'conf-getconfno")
        caller = Caller(self.d, "sip:%s@127.0.0.1:%d" % (dial, self.port), number, tone)
        caller.answered()
        for digits in typed:
            asked += 1
            self.wait_for_question(asked)
            caller.type(digits)
        return caller

    def said(self, words):
        """How often it said these words in its log."""
        with open(SYSTEM + "/var/log/asterisk/interop", errors="replace") as log:
            return log.read().count(words)

    def wait_for_question(self, number):
        """Asterisk forgets keys that are pressed before it asks."""
        wait(lambda: self.said("Playing 'conf-getconfno") >= number, "question %d" % number)

    def rooms(self):
        """Rooms and how many are in each."""
        return {name: int(count) for name, count in re.findall(r"^([mo]-\S+)\s+(\d+)", self.ask("confbridge list"), re.M)}

    def end(self, title):
        self.ask("core stop now")
        self.child.wait(20)
        with open(LOG, "a") as kept, open(SYSTEM + "/var/log/asterisk/interop", errors="replace") as said:
            kept.write("=== %s ===\n%s\n" % (title, "".join(line for line in said if "[C-" in line)))  # of calls, not of its start


def install_inside(d):
    """dialdesk in the other system, as a packager would; and a store that Asterisk's user may write."""
    do("make", "-s", "-C", ROOT, "install", "DESTDIR=" + SYSTEM, "PREFIX=/usr/local")
    shutil.rmtree(SYSTEM + INSIDE, ignore_errors=True)
    os.makedirs(SYSTEM + INSIDE)
    do(d.program, "backup", SYSTEM + INSIDE + "/store.db", env=d.env())
    inside("chown", "-R", "asterisk:asterisk", INSIDE)


def both_ways(d):
    """Asterisk with a store of the host's (by FastAGI), and a copy of it inside (by AGI)."""
    install_inside(d)
    fast = FastAgi(d)
    return fast, Asterisk(d)


@case("by FastAGI and by AGI: rooms of ConfBridge, asked for by the recipe's dial plan; told apart by what is heard")
def _(d):
    d.organization()
    m, other = d.new("Budget", "2026-11-23 09:00"), d.new("Roadmap", "2026-11-23 09:00")
    i, j = m["conference_id"], other["conference_id"]
    fast, asterisk = both_ways(d)
    try:
        one, two = asterisk.call("15550101", 500, i + "#"), asterisk.call("15550102", 700, i + "#")
        three, four = asterisk.call("15550103", 1100, j + "#"), asterisk.call("15550104", 1300, j + "#", dial="8998")
        five = asterisk.call("15550105", 1700, i + "#", dial="8998")
        wait(lambda: asterisk.rooms() == {"m-" + m["uid"]: 3, "m-" + other["uid"]: 2}, "three and two in their rooms")
        hear_each_other([one, two, five], [three, four])
        for caller in (one, two, three, four, five):
            caller.heard.clear()
        time.sleep(2)
        for caller, tones in ((one, {700, 1700}), (two, {500, 1700}), (five, {500, 700}), (three, {1300}), (four, {1100})):
            equal((caller.hears, caller.heard - tones), (tones, set()), caller.number)
        equal(fast.asked, 3)
        for caller in (one, two, three, four, five):
            caller.end()
        wait(lambda: not asterisk.rooms(), "the rooms are empty")
        equal({(c["caller"], c["number"], c["verdict"]) for c in d.json("calls")}, {("…010%d" % k, "8999", "admit") for k in (1, 2, 3)})
        equal(d.sql("SELECT DISTINCT trunk FROM call").strip(), "PJSIP/anonymous")
    finally:
        fast.close()
        asterisk.end("rooms")


@case("a wrong digit, too early, over, a hang-up while typing: told and let go, in nobody's room")
def _(d):
    d.organization()
    m, later = d.new("Budget", "2026-11-23 09:00"), d.new("Later", "2026-11-23 09:45")
    i = m["conference_id"]
    fast, asterisk = both_ways(d)
    try:
        wrong = i[:-1] + str((int(i[-1]) + 1) % 10)
        refused = asterisk.call("15550101", 500, wrong + "#", wrong + "#", wrong + "#")
        early = asterisk.call("15550102", 700, later["conference_id"] + "#")
        half = asterisk.call("15550103", 900, i[:3])
        time.sleep(1)
        half.end()
        wait(early.closed.is_set, "who is early is let go")
        wait(refused.closed.is_set, "who is wrong three times is let go")
        equal(asterisk.rooms(), {})
        verdicts = [(c["caller"], c["verdict"]) for c in d.json("calls")]
        equal(sorted(set(verdicts)), [("…0101", "refuse"), ("…0102", "early")])
        for sound in ("conf-invalid", "conf-waitforleader", "vm-goodbye"):
            assert asterisk.said("Playing '" + sound), sound
        equal(asterisk.said("does not exist in any format"), 0, "sounds of the recipe are there")
    finally:
        fast.close()
        asterisk.end("refusals")


@case("dialdesk away, and its store held: the caller hears an error and is let go, never that the ID is wrong")
def _(d):
    import sqlite3
    d.organization()
    m = d.new("Budget", "2026-11-23 09:00")
    fast, asterisk = both_ways(d)
    try:
        with sqlite3.connect(d.db, isolation_level=None) as db:
            db.execute("BEGIN IMMEDIATE")
            held = asterisk.call("15550101", 500, m["conference_id"] + "#")
            wait(held.closed.is_set, "the store is held: let go")
            db.execute("ROLLBACK")
        fast.close()
        away = asterisk.call("15550102", 700)
        wait(away.closed.is_set, "nobody listens: let go")
        equal(asterisk.said("Playing 'please-try-call-later"), 2)
        equal((asterisk.said("does not exist in any format"), asterisk.said("Playing 'conf-invalid")), (0, 0))
        equal(d.json("calls"), [])
    finally:
        asterisk.end("errors")


def versions():
    asterisk = subprocess.run(["chroot", SYSTEM, "/usr/sbin/asterisk", "-V"], capture_output=True, text=True).stdout.strip()
    libre = subprocess.run(["pkg-config", "--modversion", "libre", "librem"], capture_output=True, text=True).stdout.split()
    with open(os.path.join(FOLDER, "versions"), "w") as file:
        file.write("%s (Debian %s)\nlibre %s, librem %s\n" % (asterisk, SUITE, *libre))
    print("# " + asterisk, flush=True)


if __name__ == "__main__":
    if "-l" not in sys.argv:
        make_system()
        versions()
        if os.path.exists(LOG):
            os.unlink(LOG)
    main()
