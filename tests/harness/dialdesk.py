"""Runs the dialdesk program for the suites in tests/cli, tests/end, tests/peers and tests/faults.

A suite is a script of cases that prints TAP:

    #!/usr/bin/python3
    import os, sys
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "harness"))
    from dialdesk import case, equal, main

    @case("an unknown ID exits 1")
    def _(d):                                   # d: a Dialdesk with folders of its own, no store yet
        d.run("init")                           # status 0 is demanded unless said otherwise
        answer = d.json("lookup", "12345670", status=1)
        equal(answer["state"], "unknown")

    main()

Each case gets its own HOME, XDG folders, store path (given as DIALDESK_DB), TZ=UTC, C.UTF-8 and a fixed clock
(DIALDESK_NOW, d.now: Monday 2026-11-23 09:00 UTC; d.now = None gives the real clock). What it started and left
running is killed, and its folder removed, when it ends. A case fails by any exception: use equal(), has(), lacks(),
matches() or assert. skip("why") ends a case as skipped.

  d.run(*args, status=0, stdin=None, env={}, cwd=None) -> Result: .status .out .err (text) .out_bytes .json()
  d.json(*args, ...)       the same with --json added, gives the parsed document
  d.error(*args, status=N) runs, demands that status, an empty standard output and exactly one line on standard
                           error that begins "dialdesk: "; gives the line
  d.start(*args, ...)      a subprocess.Popen in the same environment
  d.write(name, text)      makes a file in the case's folder, gives its path;  d.path(name) only names it
  d.organization(...)      init, cut-over on, one number, and ada@example.org (Microsoft, dial-in on)
  d.new(title, start, *more) -> the meeting that `new --json` prints
  d.sql(text)              what the sqlite3 shell says to it on the store
  d.config(text)           writes the configuration file

  t = d.terminal(*args, columns=80, rows=24)     the program in a pseudo terminal (pyte reads what it writes)
    t.send("text")  t.key("Up", "Enter", "F1", "Ctrl-L", "Alt-x", "Esc", "Tab", "PageDown", ...)
    t.wait("text") t.wait_gone("text") t.wait_match(r"regex")   poll; fail after t.deadline (minutes, a safety net)
    t.lines() the screen as text lines (right-trimmed)   t.text() joined   t.cursor() (column, row)
    t.style(column, row) -> pyte Char (fg, bg, bold, reverse, ...)        t.resize(columns, rows)
    t.raw every byte that the program wrote so far                        t.exit(status=0) waits for the end
    t.hang_up() the terminal goes away; waits for the end, gives the exit status      t.gone() that status, or None

Options of each script: names (or parts) of cases to run, -l to list them.
The program is $DIALDESK, else build/test/dialdesk, else build/dialdesk of the checkout.
"""

import collections
import fcntl
import glob
import json
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
MONDAY = "2026-11-23T09:00:00Z"
SCHEMAS = len(glob.glob(ROOT + "/data/schema/*.sql"))  # the newest one's number


def find_program():
    for path in (os.environ.get("DIALDESK"), ROOT + "/build/test/dialdesk", ROOT + "/build/dialdesk"):
        if path and os.access(path, os.X_OK):
            return os.path.abspath(path)
    sys.exit("no program: build it, or set DIALDESK")


class Skip(Exception):
    pass


def skip(why):
    raise Skip(why)


def shown(value):
    return value if isinstance(value, str) and "\n" in value else repr(value)


def equal(got, wanted, what=""):
    if got != wanted:
        raise AssertionError("%s\n  wanted: %s\n  got:    %s" % (what, shown(wanted), shown(got)))


def has(text, part, what=""):
    if part not in text:
        raise AssertionError("%s\n  wanted in it: %s\n  got: %s" % (what, shown(part), shown(text)))


def lacks(text, part, what=""):
    if part in text:
        raise AssertionError("%s\n  not wanted in it: %s\n  got: %s" % (what, shown(part), shown(text)))


def matches(text, regex, what=""):
    found = re.search(regex, text, re.M)
    if not found:
        raise AssertionError("%s\n  wanted a match of: %s\n  got: %s" % (what, regex, shown(text)))
    return found


class Result:
    """What a run of the program gave."""

    def __init__(self, args, status, out, err):
        self.args, self.status, self.out_bytes, self.err_bytes = args, status, out, err
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")

    def json(self):
        try:
            return json.loads(self.out_bytes.decode("utf-8"))
        except ValueError as error:
            raise AssertionError("not one JSON document: %s\n%s" % (error, self)) from None

    def __str__(self):
        return "$ dialdesk %s\nstatus: %d\nstdout:\n%sstderr:\n%s" % (
            " ".join(map(os.fsdecode, self.args)), self.status, self.out, self.err)


def plain_user(d):
    """Arguments for subprocess that make a plain user of root; the program is copied to where that user can run it."""
    if os.geteuid() != 0:
        return {}
    if d.path("program") not in d.program:
        source = os.path.dirname(d.program)
        os.mkdir(d.path("program"))
        shutil.copy2(d.program, d.path("program/dialdesk"))
        if os.path.isdir(source + "/modules"):
            shutil.copytree(source + "/modules", d.path("program/modules"))
        d.program = d.path("program/dialdesk")
    subprocess.run(["chown", "-R", "65534:65534", d.folder], check=True)
    return {"user": 65534, "group": 65534, "extra_groups": []}


STORES = {}  # the bytes of stores, by the commands that made them
RUNS = collections.Counter()
# exitcode: a status that no command gives, so that a sanitizer's word is never taken for an answer
ASAN_OPTIONS = "exitcode=99:handle_sigill=1:quarantine_size_mb=16"


def leaks_wanted(args, status):
    """Looking for leaks, and keeping who allocated what, takes half of a short run's time: it is done in the first run of
    each command with each status, and in every fourth one after it."""
    RUNS[args[:1], status] += 1
    return RUNS[args[:1], status] % 4 == 1


class Dialdesk:
    """The program with folders and a store of its own."""

    def __init__(self, program=None):
        self.program = program or find_program()
        self.folder = tempfile.mkdtemp(prefix="dialdesk-test-")
        self.now = MONDAY
        self.db = os.path.join(self.folder, "store.db")
        self.started = []
        self.terminals = []
        for name in ("home", "config", "data", "state", "cache", "run"):
            os.mkdir(self.path(name), 0o700)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
        return self.path(name)

    def config(self, text):
        return self.write("config/dialdesk/config", text)

    def env(self, more=None):
        env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": self.path("home"), "TMPDIR": self.folder,
            "XDG_CONFIG_HOME": self.path("config"), "XDG_DATA_HOME": self.path("data"),
            "XDG_STATE_HOME": self.path("state"), "XDG_CACHE_HOME": self.path("cache"),
            "XDG_RUNTIME_DIR": self.path("run"),
            "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
            "ASAN_OPTIONS": ASAN_OPTIONS,
        }
        if self.db:
            env["DIALDESK_DB"] = self.db
        if self.now:
            env["DIALDESK_NOW"] = self.now
        for name, value in (more or {}).items():
            if value is None:
                env.pop(name, None)
            else:
                env[name] = value
        return env

    def start(self, *args, env=None, cwd=None, **more):
        more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        child = subprocess.Popen([self.program, *args], env=self.env(env), cwd=cwd or self.folder, **more)
        self.started.append(child)
        return child

    def run(self, *args, status=0, stdin=None, env=None, cwd=None, timeout=600, **more):
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
            stdin = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8")
        if not leaks_wanted(args, status):
            env = {"LSAN_OPTIONS": "detect_leaks=0", "ASAN_OPTIONS": ASAN_OPTIONS + ":malloc_context_size=1", **(env or {})}
        child = self.start(*args, env=env, cwd=cwd, **more)
        try:
            out, err = child.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            raise AssertionError("hangs: %s" % Result(args, -1, out or b"", err or b"")) from None
        self.started.remove(child)
        result = Result(args, child.returncode, out or b"", err or b"")
        if "Sanitizer" in result.err:
            raise AssertionError("a sanitizer speaks\n%s" % result)
        wanted = (status,) if isinstance(status, int) else status
        if wanted is not None and result.status not in wanted:
            raise AssertionError("wanted status %s\n%s" % (status, result))
        return result

    def json(self, *args, **more):
        return self.run(*args, "--json", **more).json()

    def error(self, *args, status, **more):
        result = self.run(*args, status=status, **more)
        equal(result.out, "", "standard output")
        matches(result.err, r"\Adialdesk: [^\n]+: [^\n]+\n\Z", "one line on standard error")
        return result.err.rstrip("\n")

    def organization(self, dynamic="on", organizer="ada@example.org", name="Ada Lovelace", tz="UTC"):
        self.made(("init",), ("org", "--name", "Example", "--dynamic-ids", dynamic),
                  ("number", "add", "+49 30 901820", "--toll", "--city", "Berlin", "--country", "DE", "--lang", "de", "--default"),
                  ("organizer", "add", organizer, "--name", name, "--tz", tz, "--dial-in", "on", "--provider", "microsoft"))

    def made(self, *commands):
        """The store as these commands make it. They run once in a suite, later cases get a copy: most cases begin alike."""
        key = (self.program, self.now, commands)
        if self.db == self.path("store.db") and key in STORES:
            self.write("store.db", STORES[key])
            os.chmod(self.db, 0o600)
            return
        for command in commands:
            self.run(*command)
        if self.db == self.path("store.db"):
            with open(self.db, "rb") as file:
                STORES[key] = file.read()

    def new(self, title, start, *more, **options):
        return self.json("new", "--title", title, "--start", start, *more, **options)

    def sql(self, text):
        return subprocess.run(["sqlite3", "-batch", self.db, text], check=True, capture_output=True,
                              text=True).stdout

    def first_schema(self):
        """Takes the store back to its first schema: what later ones added goes, the meetings stay."""
        db = sqlite3.connect(self.db)
        db.executescript("""
            ALTER TABLE conference_id DROP COLUMN near;
            DROP TABLE vdir_file;
            ALTER TABLE meeting DROP COLUMN stamp;
            ALTER TABLE meeting_override DROP COLUMN ical;
            ALTER TABLE meeting_override DROP COLUMN sequence;
            ALTER TABLE meeting_override DROP COLUMN stamp;
            DROP TABLE zone_rules;
            ALTER TABLE meeting DROP COLUMN zone_rules;
            ALTER TABLE organization DROP COLUMN quarantine_least;
            ALTER TABLE organization DROP COLUMN grace_minutes;
            DROP TABLE call;
            CREATE TABLE reminder (uid TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, meeting_uid TEXT NOT NULL,
                recipient TEXT NOT NULL, old_id TEXT, new_id TEXT, state TEXT NOT NULL, why TEXT NOT NULL,
                message_id TEXT NOT NULL, created BIGINT NOT NULL, changed BIGINT NOT NULL);
            INSERT INTO reminder SELECT 'reminder-' || id, 'conversion', meeting_uid, recipient, old_id, new_id, state, why,
                message_id, queued, changed FROM outbox;
            CREATE INDEX reminder_state ON reminder (state, created, uid);
            CREATE INDEX reminder_meeting ON reminder (meeting_uid);
            DROP TABLE attendee_known;
            DROP TABLE occurrence_reply;
            DROP TABLE meeting_was;
            DROP TABLE left_out;
            DROP TABLE outbox;
            ALTER TABLE attendee DROP COLUMN told_sequence;
            ALTER TABLE attendee DROP COLUMN told_id;
            ALTER TABLE attendee DROP COLUMN partstat;
            ALTER TABLE attendee DROP COLUMN replied;
            ALTER TABLE attendee DROP COLUMN reply_sequence;
            ALTER TABLE organization DROP COLUMN tell;
            DROP INDEX meeting_foreign_id;
            DROP INDEX organizer_third_party;
            ALTER TABLE meeting DROP COLUMN clock_days;
            ALTER TABLE meeting DROP COLUMN invited_by;
            ALTER TABLE meeting DROP COLUMN invited_by_name;
            ALTER TABLE meeting DROP COLUMN taken_as_own;
            ALTER TABLE meeting DROP COLUMN foreign_number;
            ALTER TABLE meeting DROP COLUMN foreign_id;
            DROP TABLE organizer_alias;
            ALTER TABLE organizer DROP COLUMN aliases;
            ALTER TABLE dial_in_number DROP COLUMN typed;
            DELETE FROM schema_migration WHERE number > 1;""")
        db.close()

    def terminal(self, *args, columns=80, rows=24, env=None):
        if not os.path.exists(self.path("config/dialdesk/config")):
            self.config("mail_command = /nonexistent/mailer\n")  # no monkey sends mail
        terminal = Terminal(self, args, columns, rows, env)
        self.terminals.append(terminal)
        return terminal

    def close(self):
        for terminal in self.terminals:
            terminal.close()
        for child in self.started:
            if child.poll() is None:
                child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout, child.stderr):
                if stream:
                    stream.close()
        for base, folders, _ in os.walk(self.folder):
            for folder in folders:
                if not os.path.islink(os.path.join(base, folder)):
                    os.chmod(os.path.join(base, folder), 0o700)
        shutil.rmtree(self.folder, ignore_errors=True)


KEYS = {
    "Up": "\x1bOA", "Down": "\x1bOB", "Right": "\x1bOC", "Left": "\x1bOD", "Home": "\x1bOH", "End": "\x1bOF",
    "PageUp": "\x1b[5~", "PageDown": "\x1b[6~", "Insert": "\x1b[2~", "Delete": "\x1b[3~",
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Shift-Tab": "\x1b[Z", "Backspace": "\x7f", "Space": " ",
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~",
    "F7": "\x1b[18~", "F8": "\x1b[19~", "F9": "\x1b[20~", "F10": "\x1b[21~", "F11": "\x1b[23~", "F12": "\x1b[24~",
}


def key_bytes(name):
    if name in KEYS:
        return KEYS[name]
    if name.startswith("Ctrl-"):
        return chr(ord(name[5:].upper()) & 0x1F)
    if name.startswith("Alt-"):
        return "\x1b" + key_bytes(name[4:])
    return name


class Terminal:
    """The program in a pseudo terminal of a given size, with a terminal emulator reading it."""

    deadline = 300.0  # loaded machines pass too
    meanwhile = None  # a function to call again and again while the program is waited for

    def __init__(self, desk, args, columns, rows, env):
        import pyte
        from wcwidth import wcwidth

        class Screen(pyte.Screen):
            """pyte's screen, deaf to private forms of sequences that it does not know. A change of size may leave the right
            half of a wide character alone, at which pyte's own display fails: here it is a blank."""

            @property
            def display(self):
                for y in range(self.lines):
                    cells = [self.buffer[y][x].data for x in range(self.columns)]
                    wide = [cell and wcwidth(cell[0]) == 2 for cell in cells]
                    yield "".join(cell or ("" if x and wide[x - 1] else " ") for x, cell in enumerate(cells))

            def select_graphic_rendition(self, *attributes, **private):
                if not private:
                    super().select_graphic_rendition(*attributes)

            def report_device_status(self, *arguments, **private):
                pass

            def report_device_attributes(self, *arguments, **private):
                pass

        self.screen = Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status = None
        self.open = True
        self.args = args
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_DFL)  # a background job's are ignored, a terminal's program's are not
                os.chdir(desk.folder)
                os.execve(desk.program, [desk.program, *args], desk.env(env))
            finally:
                os._exit(127)
        os.set_blocking(self.fd, False)

    def feed(self, timeout=0.0):
        """Reads what is there, after waiting at most `timeout` for something. False at the end."""
        if not self.open:
            return False
        ready, _, _ = select.select([self.fd], [], [], timeout)
        while ready:
            try:
                data = os.read(self.fd, 65536)
            except BlockingIOError:
                break
            except OSError:
                data = b""
            if not data:
                self.open = False
                os.close(self.fd)
                break
            self.raw += data
            self.stream.feed(data)
            ready, _, _ = select.select([self.fd], [], [], 0)
        return self.open

    def pause(self, seconds):
        if self.meanwhile:
            self.meanwhile()
        self.feed(seconds)

    def until(self, condition, what):
        limit = time.monotonic() + self.deadline
        while True:
            alive = self.feed()
            if condition():
                return
            if not alive or time.monotonic() > limit:
                raise AssertionError("waited for %s%s; the screen:\n%s" % (
                    what, "" if alive else " (the program ended)", self.text()))
            self.pause(0.05)

    def wait(self, text):
        self.until(lambda: text in self.text(), repr(text))

    def wait_gone(self, text):
        self.until(lambda: text not in self.text(), "%r to go" % text)

    def wait_match(self, regex):
        self.until(lambda: re.search(regex, self.text(), re.M), "a match of %r" % regex)

    def wait_raw(self, data):
        self.until(lambda: data in self.raw, "the bytes %r" % data)

    def send(self, text):
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        while data:
            try:
                data = data[os.write(self.fd, data):]
            except BlockingIOError:
                self.feed(0.05)

    def key(self, *names):
        for name in names:
            self.send(key_bytes(name))

    def lines(self):
        self.feed()
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def cursor(self):
        self.feed()
        return self.screen.cursor.x, self.screen.cursor.y

    def style(self, column, row):
        self.feed()
        return self.screen.buffer[row][column]

    def resize(self, columns, rows):
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def signal(self, number):
        os.kill(self.pid, number)

    def gone(self):
        """The exit status where the program has ended (negative: the signal), else None."""
        if self.status is None:
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(code)
        return self.status

    def exit(self, status=0):
        """Waits for the program's end and demands this exit status (None: any; negative: the signal)."""
        limit = time.monotonic() + self.deadline
        while self.gone() is None:
            self.pause(0.02)
            if time.monotonic() > limit:
                raise AssertionError("it does not end; the screen:\n%s" % self.text())
        while self.feed(0.05) and time.monotonic() < limit:
            pass  # what it wrote last may still be on its way: the terminal's end comes behind it
        if self.status == 99:
            raise AssertionError("a sanitizer speaks:\n%s" % self.raw.decode("utf-8", "replace"))
        if status is not None and self.status != status:
            raise AssertionError("wanted exit status %s, got %s; the screen:\n%s" % (
                status, self.status, self.text()))
        return self.status

    def hang_up(self):
        """The terminal goes away under the program, which is waited for: its exit status (negative: the signal)."""
        self.open = False
        os.close(self.fd)
        limit = time.monotonic() + self.deadline
        end = os.pidfd_open(self.pid)
        while not select.select([end], [], [], 0.05)[0]:
            if time.monotonic() > limit:
                raise AssertionError("it lives on without its terminal; the last screen:\n%s" % self.text())
            self.pause(0)
        os.close(end)
        return self.gone()

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = -signal.SIGKILL
        if self.open:
            self.open = False
            os.close(self.fd)


CASES = []


def case(name):
    """Registers a function of one Dialdesk as a case."""
    def register(function):
        CASES.append((name, function))
        return function
    return register


def run_case(number, name, function):
    desk = Dialdesk()
    try:
        function(desk)
        print("ok %d - %s" % (number, name), flush=True)
        return True
    except Skip as why:
        print("ok %d - %s # SKIP %s" % (number, name, why), flush=True)
        return True
    except Exception as error:
        print("not ok %d - %s" % (number, name))
        where = traceback.extract_tb(error.__traceback__)
        here = [f for f in where if f.filename != os.path.abspath(__file__)] or where
        print("  # at %s:%d" % (os.path.relpath(here[-1].filename, ROOT), here[-1].lineno))
        for line in ("%s: %s" % (type(error).__name__, error)).splitlines():
            print("  # " + line)
        sys.stdout.flush()
        return False
    finally:
        desk.close()


def main():
    """Runs the cases (those named on the command line, by parts of their names) and exits 0 where all passed."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = sys.argv[1:]
    if words == ["-l"]:
        print("\n".join(name for name, _ in CASES))
        sys.exit(0)
    chosen = [(n, f) for n, f in CASES if not words or any(word in n for word in words)]
    print("1..%d" % len(chosen), flush=True)
    passed = [run_case(i + 1, name, function) for i, (name, function) in enumerate(chosen)]
    sys.exit(0 if passed and all(passed) else 1)
