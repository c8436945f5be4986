#!/usr/bin/python3
"""Measures dialdesk against peers in one run and prints a table of medians and ratios: bench.py --build FOLDER SIZE...

Nothing here passes or fails; the targets stand beside the figures. The stores are made by fill (tests/bench/fill.c) with a
fixed seed and kept in FOLDER/bench, so that a second run is quick. What cannot be measured is said and left out.
"""

import argparse
import fcntl
import json
import math
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import termios
import threading
import time

import lists
import postgres

ROWS = []
NOW = "2026-11-23T09:00:00Z"


def row(work, ours, peer, peer_name, target, unit="ms"):
    ROWS.append((work, ours, peer, peer_name, target, unit))
    ratio = "%.2f" % (ours / peer) if ours is not None and peer else ""
    print("%-46s %11s %11s %7s  %s" % (work, "%.2f %s" % (ours, unit), "%.2f %s" % (peer, unit) if peer else "", ratio,
                                       "; ".join(filter(None, (peer_name, target)))), flush=True)


def note(text):
    print("  " + text, flush=True)


class Bench:
    def __init__(self, build, runs):
        self.build, self.runs = os.path.abspath(build), runs
        self.folder = os.path.join(self.build, "bench")
        self.program = os.path.join(self.build, "dialdesk")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(self.home, exist_ok=True)
        self.env = {"PATH": os.environ["PATH"], "HOME": self.home, "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                    "DIALDESK_NOW": NOW}

    def tool(self, name):
        return os.path.join(self.folder, name)

    def call(self, *command, env=None, status=(0,), stdin=""):
        done = subprocess.run(command, env={**self.env, **(env or {})}, input=stdin, capture_output=True, text=True)
        if done.returncode not in status:
            raise RuntimeError("%s: status %d: %s" % (" ".join(command[:4]), done.returncode, done.stderr.strip()))
        return done.stdout

    def compare(self, *commands, env=None):
        """Medians of whole processes that take turns, in ms."""
        arguments = [part for command in commands for part in ["--", *command]]
        out = self.call(self.tool("compare"), str(self.runs), *arguments, env=env)
        return [float(line) / 1000 for line in out.split()]

    def store(self, size):
        path = os.path.join(self.folder, "store-%d.db" % size)
        if not os.path.exists(path):
            note("making a store of %d meetings" % size)
            self.call(self.tool("fill"), path + ".new", str(size), env={"DIALDESK_PROGRAM": self.program})
            os.rename(path + ".new", path)
        return path

    def copy(self, path):
        target = path + ".copy"
        for end in ("", "-wal", "-shm"):
            if os.path.exists(target + end):
                os.unlink(target + end)
        shutil.copyfile(path, target)
        return target

    def frame(self, command, env):
        """Seconds from start to the last byte of the first frame (then quiet for 60 ms), and the resident MiB."""
        began = time.monotonic()
        pid, fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
            os.execve(command[0], command, {**self.env, **env})
        last, seen = began, b""
        while True:
            ready, _, _ = select.select([fd], [], [], 0.06 if len(seen) > 500 else 5)
            if not ready:
                break
            try:
                data = os.read(fd, 1 << 16)
            except OSError:
                break
            if not data:
                break
            last, seen = time.monotonic(), seen + data
        memory = 0
        try:
            with open("/proc/%d/status" % pid) as status:
                memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
        except (OSError, StopIteration):
            pass
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
        if len(seen) < 500:
            raise RuntimeError("no frame: %r" % seen[:200])
        return last - began, memory

    def frames(self, commands, env):
        times = [[] for _ in commands]
        memory = [0] * len(commands)
        for turn in range(max(7, self.runs // 10)):
            for at, command in enumerate(commands):
                took, memory[at] = self.frame(command, env)
                if turn:
                    times[at].append(took * 1000)
        return [statistics.median(t) for t in times], memory


def sql(path, text):
    return subprocess.run(["sqlite3", "-batch", path, text], capture_output=True, text=True, check=True).stdout.strip()


def some_id(path):
    return sql(path, "SELECT conference_id FROM meeting WHERE id_kind = 'dynamic' AND status = 'scheduled' "
                     "ORDER BY uid LIMIT 1 OFFSET 100") or \
        sql(path, "SELECT conference_id FROM meeting WHERE conference_id IS NOT NULL LIMIT 1")


def bench_lookup(b, size):
    path = b.store(size)
    digits = some_id(path)
    ours, peer = b.compare(
        [b.program, "--db", path, "lookup", digits],
        ["sqlite3", path, "SELECT * FROM meeting WHERE conference_id = '%s'" % digits])
    row("lookup, whole process, %d meetings" % size, ours, peer, "sqlite3 shell, same row", "at most 0.9")
    return ours


def bench_agenda(b, size):
    path = b.store(size)
    ours, peer = b.compare([b.program, "--db", path, "-o", "organizer-7@example.org", "agenda"], ["sqlite3", path, "SELECT 1"])
    row("agenda of a week, whole process, %d" % size, ours, peer, "sqlite3 shell, nothing", "at most 1.1")
    return ours


def bench_search(b, size):
    path = b.store(size)
    ours, peer = b.compare([b.program, "--db", path, "search", "quarterly", "--limit", "20"],
                           ["sqlite3", path, "SELECT uid FROM meeting WHERE title LIKE '%quarterly%' LIMIT 20"])
    row("search for a word, whole process, %d" % size, ours, peer, "sqlite3 shell, LIKE", "under 20 ms")
    return ours


def bench_frame(b, size):
    path = b.store(size)
    env = {"DIALDESK_DB": path, "DIALDESK_ORGANIZER": "organizer-7@example.org"}
    (ours, peer), memory = b.frames([[b.program], [b.tool("empty_curses")]], env)
    row("console's first frame at 200x60, %d" % size, ours, peer, "empty ncurses program", "at most 1.3")
    row("console's memory, %d" % size, memory[0], memory[1], "empty ncurses program", "under 12 MiB", "MiB")
    return ours


def bench_schedule(b, size):
    path = b.copy(b.store(size))
    bare = b.tool("bare.db")
    if os.path.exists(bare):
        os.unlink(bare)
    ours = float(b.call(b.tool("schedule"), path, "organizer-7@example.org", "400")) / 1000
    peer = float(b.call(b.tool("insert"), bare, "400")) / 1000
    row("scheduling durably in process, %d live IDs" % size, ours, peer, "bare durable insert", "at most 1.5")
    return ours


def bench_eight(b, size):
    path = b.copy(b.store(size))
    env = {**b.env, "DIALDESK_DB": path, "DIALDESK_ORGANIZER": "organizer-7@example.org"}

    def work(number, count, failures):
        for turn in range(count):
            done = subprocess.run([b.program, "new", "--title", "At once", "--start", "2027-03-%02d 09:00" % (number + 1)],
                                  env=env, capture_output=True)
            if done.returncode:
                failures.append(done.stderr)

    def rate(processes, each):
        failures, began = [], time.monotonic()
        threads = [threading.Thread(target=work, args=(n, each, failures)) for n in range(processes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return processes * each / (time.monotonic() - began), len(failures)

    one, refused_one = rate(1, 100)
    eight, refused = rate(8, 25)
    row("8 processes scheduling at once, %d" % size, eight, one, "1 process", "at least 1.0; refused: %d" % (refused + refused_one), "/s")


def live_ids(path):
    """A moment at which dynamic IDs are live in this store, and these IDs."""
    start = int(sql(path, "SELECT start_at FROM meeting WHERE id_kind = 'dynamic' AND rrule IS NULL AND status = 'scheduled' "
                          "ORDER BY uid LIMIT 1 OFFSET 300"))
    ids = sql(path, "SELECT conference_id FROM meeting WHERE id_kind = 'dynamic' AND rrule IS NULL AND status = 'scheduled' "
                    "AND start_at <= %d AND end_at > %d LIMIT 1000" % (start, start)).split()
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start)), ids


def processor_time(pid):
    """Of a running process, in microseconds."""
    with open("/proc/%d/stat" % pid) as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1e6 / os.sysconf("SC_CLK_TCK")


def serve_start(b, path, moment, port=0):
    """A running serve; it may not listen yet."""
    secret = b.tool("secret")
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("correct-horse")
    return subprocess.Popen([b.program, "--db", path, "serve", "--listen", "127.0.0.1:%d" % port, "--secret-file", secret],
                            env={**b.env, "DIALDESK_NOW": moment}, stderr=subprocess.PIPE, text=True)


def serve_port(child):
    return int(child.stderr.readline().rsplit(":", 1)[1])


def bench_serve(b, size):
    """Admissions by HTTP over 16 kept connections; the two servers take turns."""
    path = b.copy(b.store(size))
    moment, ids = live_ids(path)
    ours = serve_start(b, path, moment)
    peer = subprocess.Popen([b.tool("http_peer"), path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    rates, times, spent, requests = ([], []), ([], []), ([], []), 20000
    try:
        ports = [serve_port(ours), int(peer.stdout.readline())]
        for turn in range(7):
            for at, port in enumerate(ports):
                before = processor_time((ours, peer)[at].pid)
                said = subprocess.run([b.tool("http_load"), str(port), "correct-horse", "16", str(requests)], input="\n".join(ids),
                                      capture_output=True, text=True)
                if said.returncode:
                    raise RuntimeError(said.stderr)
                if turn:
                    rates[at].append(float(said.stdout.split()[0]))
                    times[at].append(float(said.stdout.split()[2]))
                    spent[at].append((processor_time((ours, peer)[at].pid) - before) / requests)
    finally:
        ours.terminate()
        ours.wait()
        peer.stdin.close()
        peer.wait()
    ours_rate, peer_rate = statistics.median(rates[0]), statistics.median(rates[1])
    row("an admission by HTTP, %d meetings" % size, 1e6 / ours_rate, 1e6 / peer_rate, "libmicrohttpd and one lookup", "at most 1.5", "us")
    row("  its processor time", statistics.median(spent[0]), statistics.median(spent[1]), "", "", "us")
    note("%d and %d admissions a second over 16 connections; 99 of 100 answered within %.1f and %.1f ms; %s of %d in the call log" % (
        ours_rate, peer_rate, statistics.median(times[0]) / 1000, statistics.median(times[1]) / 1000,
        sql(path, "SELECT COUNT(*) FROM call"), 7 * requests))
    return 1e6 / ours_rate


def first_answer(b, start, digits):
    """Milliseconds from the start of a server, a function that gives the process and its port, to its first answer."""
    began = time.monotonic()
    server, port = start()
    b.call(b.tool("http_load"), str(port), "correct-horse", "1", "1", stdin=digits)
    took = (time.monotonic() - began) * 1000
    server.kill()
    server.communicate()
    return took


def bench_back(b, size):
    """serve is killed under the load of 16 connections and begins anew, on the same port: until its first answer."""
    path = b.copy(b.store(size))
    moment, ids = live_ids(path)
    times, peer_times, port = [], [], 0

    def start():
        server = serve_start(b, path, moment, port)
        return server, serve_port(server)

    def start_peer():
        server = subprocess.Popen([b.tool("http_peer"), path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return server, int(server.stdout.readline())

    for _ in range(11):
        server, port = start()
        load = subprocess.Popen([b.tool("http_load"), str(port), "correct-horse", "16", "100000000"], stdin=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)
        load.stdin.write("\n".join(ids))
        load.stdin.close()
        time.sleep(0.5)
        server.kill()
        server.communicate()
        load.wait()
        times.append(first_answer(b, start, ids[0]))
        peer_times.append(first_answer(b, start_peer, ids[0]))
    row("serve's first answer after kill -9, %d" % size, statistics.median(times), statistics.median(peer_times),
        "libmicrohttpd and one lookup", "under 200 ms; the longest: %.0f" % max(times))
    note("%s calls in the log; %s" % (sql(path, "SELECT COUNT(*) FROM call"), sql(path, "PRAGMA quick_check")))


def events_file(b, events):
    path = b.tool("events-%d.ics" % events)
    if not os.path.exists(path):
        with open(path, "w", newline="") as out:
            out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n")
            for n in range(events):
                out.write("BEGIN:VEVENT\r\nUID:bench-%d@example.org\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:202%d%02d%02dT%02d0000Z\r\n"
                          "DTEND:202%d%02d%02dT%02d3000Z\r\nSUMMARY:Event number %d of many\r\nLOCATION:Room %d\r\n"
                          "ORGANIZER;CN=Ada:mailto:ada@example.org\r\nATTENDEE;CN=Bob:mailto:bob%d@example.org\r\nEND:VEVENT\r\n" % (
                              n, 7 + n % 3, n % 12 + 1, n % 28 + 1, n % 24, 7 + n % 3, n % 12 + 1, n % 28 + 1, n % 24, n, n % 40, n % 900))
            out.write("END:VCALENDAR\r\n")
    return path


def bench_import(b, events):
    path = events_file(b, events)
    store = b.tool("import.db")
    for end in ("", "-wal", "-shm"):
        if os.path.exists(store + end):
            os.unlink(store + end)
    b.call(b.program, "--db", store, "init")
    b.call(b.program, "--db", store, "organizer", "add", "ada@example.org", "--dial-in", "on", "--provider", "microsoft")
    _, seconds, memory = b.call(b.tool("parse"), path).split()
    began = time.monotonic()
    child = subprocess.Popen([b.program, "--db", store, "--json", "import", path], env=b.env, stdout=subprocess.PIPE, text=True)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    took = time.monotonic() - began
    if status:
        raise RuntimeError("import failed")
    said = json.loads(out)
    row("import of %d events" % events, took * 1000, float(seconds) * 1000, "libical's parse alone", "at most 2.0")
    row("  its memory", usage.ru_maxrss / 1024, float(memory), "libical's parse alone", "flat; added %d" % said["added"], "MiB")


SMTP_SERVER = """
import sys, time
from aiosmtpd.controller import Controller
class Handler:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
"""


def legacy_store(b, path, meetings):
    """A new store after the cut-over with so many meetings on one static ID, each with an attendee; gives what runs commands on it."""
    def run(*command):
        return b.call(b.program, "--db", path, *command)
    for old in (path, path + "-wal", path + "-shm"):
        if os.path.exists(old):
            os.unlink(old)
    run("init")
    run("org", "--dynamic-ids", "off")
    run("organizer", "add", "ada@example.org", "--dial-in", "on", "--provider", "microsoft")
    static = json.loads(run("new", "--title", "first", "--start", "2026-11-24 09:00", "--json"))["conference_id"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bench//EN"]
    for i in range(meetings):
        lines += ["BEGIN:VEVENT", "UID:m%d@x" % i, "DTSTAMP:20261101T000000Z", "DTSTART:202612%02dT%02d0000Z" % (1 + i % 28, i % 24),
                  "DURATION:PT30M", "SUMMARY:Meeting %d" % i, "ORGANIZER:mailto:ada@example.org", "ATTENDEE:mailto:p%d@example.org" % i,
                  "DESCRIPTION:Conference ID: %s" % static, "END:VEVENT"]
    with open(path + ".ics", "w", newline="") as file:
        file.write("\r\n".join(lines + ["END:VCALENDAR", ""]))
    run("import", path + ".ics")
    run("org", "--dynamic-ids", "on")
    return run


def reminders_owed(b, path, messages):
    """A store in which so many reminders of conversions are queued; gives one of them as text."""
    run = legacy_store(b, path, messages)
    run("convert", "--all")
    return run("outbox", "show", "1")


def bench_convert(b, meetings):
    """A dry run does the whole work and takes it back: it may not cost more than the work."""
    run, took = legacy_store(b, os.path.join(b.folder, "convert.db"), meetings), {}
    for more in (["--dry-run"], []):
        began = time.monotonic()
        run("convert", "--all", *more)
        took[len(more)] = time.monotonic() - began
    row("convert --all --dry-run, %d meetings" % meetings, took[1], took[0], "convert --all", "at most 1.1", "s")
    began = time.monotonic()
    run("outbox", "report")
    row("outbox report after it", (time.monotonic() - began) * 1000, None, "", "")


def bench_mail(b, messages):
    """Reminders through msmtp to a server on loopback, beside msmtp called in a bare loop."""
    path, port = os.path.join(b.folder, "mail.db"), 20000 + os.getpid() % 20000
    config = os.path.join(b.folder, "msmtprc")
    with open(config, "w") as file:
        file.write("account default\nhost 127.0.0.1\nport %d\nfrom desk@example.org\nauth off\ntls off\n" % port)
    os.chmod(config, 0o600)
    os.makedirs(os.path.join(b.home, ".config", "dialdesk"), exist_ok=True)
    settings = os.path.join(b.home, ".config", "dialdesk", "config")
    with open(settings, "w") as file:
        file.write("mail_command = msmtp -C '%s' -t\n" % config)
    server = subprocess.Popen([sys.executable, "-c", SMTP_SERVER, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        server.stdout.readline()
        text = reminders_owed(b, path, 2 * messages).encode()
        took = {}
        for parallel in ("1", "4"):
            began = time.monotonic()
            b.call(b.program, "--db", path, "send", "--reminders", "--rate", "0", "--limit", str(messages), "--parallel", parallel)
            took[parallel] = time.monotonic() - began
        began = time.monotonic()
        for _ in range(messages):
            subprocess.run(["msmtp", "-C", config, "-t"], input=text, check=True)
        bare = time.monotonic() - began
        sent = sql(path, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'")
    finally:
        server.stdin.close()
        server.wait()
        os.unlink(settings)
    for parallel, words in (("1", "one at a time"), ("4", "4 at once, as usual")):
        row("%d reminders sent, %s" % (messages, words), took[parallel], bare, "msmtp in a bare loop", "at most 1.1", "s")
    note("%s of %d were handed over" % (sent, 2 * messages))


def growth(name, sizes, times):
    pairs = [(n, t) for n, t in zip(sizes, times) if t]
    if len(pairs) > 1:
        (n1, t1), (n2, t2) = pairs[0], pairs[-1]
        note("%s grows with the store's size to the power of %.3f" % (name, math.log(t2 / t1) / math.log(n2 / n1)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--events", type=int, default=100000)
    parser.add_argument("--only", default="", help="part of a name: lookup, agenda, search, frame, schedule, serve, eight, import, postgres, convert, mail, guess, risks, instructions, ids")
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("size", type=int, nargs="*", default=[1000, 1000000])
    arguments = parser.parse_args()
    sizes = arguments.size or [1000, 1000000]
    b = Bench(arguments.build, arguments.runs)
    print("%-46s %11s %11s %7s  %s" % ("work (medians)", "dialdesk", "peer", "ratio", "peer; to reach"))

    def attempt(name, function, *values):
        if arguments.only not in name:
            return None
        try:
            return function(b, *values)
        except (RuntimeError, OSError, ValueError, subprocess.CalledProcessError) as error:
            note("%s %s: not measured: %s" % (name, values, str(error)[:300]))
            return None

    for name, function in (("lookup", bench_lookup), ("agenda", bench_agenda), ("search", bench_search), ("frame", bench_frame),
                           ("schedule", bench_schedule), ("serve", bench_serve), ("serve back", bench_back)):
        growth(name, sizes, [attempt(name, function, size) for size in sizes])
    attempt("eight", bench_eight, sizes[0])
    attempt("import", bench_import, arguments.events)
    attempt("postgres", lambda b, sizes: postgres.measure(b, row, note, growth, sizes, events_file(b, arguments.events), arguments.events), sizes)
    attempt("convert", bench_convert, max(sizes[0], arguments.messages))
    attempt("mail", bench_mail, arguments.messages)
    attempt("risks", lambda b, counts: lists.risks(b, row, note, counts), (10000, arguments.events))
    for size in sizes:
        attempt("instructions", lambda b, size: lists.instructions(b, row, note, size, some_id(b.store(size))), size)
    if arguments.only in "guess":
        print("guessing IDs (simulated time, seeded):")
        for line in subprocess.run([b.tool("guess"), "1000000", "60"], capture_output=True, text=True).stdout.splitlines():
            note(line)
    if arguments.only in "ids":
        print("drawing IDs (in memory, seeded):")
        for line in subprocess.run([b.tool("ids"), str(max(10000000, *sizes))], capture_output=True, text=True).stdout.splitlines():
            note(line)


main()
