"""A private PostgreSQL: a server of our own in a temporary folder, on a unix socket, as a plain user (it refuses root)."""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time


def programs_folder():
    """Where the newest installed server's programs lie; None: there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    return os.path.dirname(found[-1]) if found else os.path.dirname(shutil.which("initdb") or "") or None


def plain():
    """What makes a child a plain user."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def running(pid):
    """Whether there is such a process, and it is more than an exit status that nobody has asked for yet."""
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


class Server:
    def __init__(self, programs, *settings, durable=False):
        self.programs = programs
        # In memory where tests/run put the stores; else where a plain user gets to and a socket's name is short enough.
        memory = not durable and os.environ.get("TMPDIR") == "/dev/shm"
        self.folder = tempfile.mkdtemp(prefix="dialdesk-pg-", dir="/dev/shm" if memory else "/tmp")
        if os.geteuid() == 0:
            os.chown(self.folder, plain()["user"], plain()["group"])
        self.data = os.path.join(self.folder, "data")
        self.env = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        # a collation that is not the bytes' order: the store must not depend on it
        self.call("initdb", "-D", self.data, "-A", "trust", "-U", "dialdesk", "-E", "UTF8", "--locale=C.UTF-8",
                  "--locale-provider=icu", "--icu-locale=en-US", "--no-sync")
        self.settings = ["fsync=%s" % ("on" if durable else "off"), "listen_addresses=", *settings]
        self.start()

    def start(self):
        options = [part for setting in self.settings for part in ("-c", setting)]
        self.child = subprocess.Popen([os.path.join(self.programs, "postgres"), "-D", self.data, "-k", self.folder, *options],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=self.env, cwd=self.folder, **plain())
        said = []
        for line in self.child.stderr:  # to its end, where it does not start
            said.append(line.decode(errors="replace"))
            if "ready to accept connections" in said[-1]:
                threading.Thread(target=self.child.stderr.read, daemon=True).start()  # it never waits for a reader
                return
        raise SystemExit("Bail out! PostgreSQL does not start: " + " ".join("".join(said).split("\n")))

    def call(self, program, *args, check=True):
        done = subprocess.run([os.path.join(self.programs, program), *args], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=self.env, cwd=self.folder, **plain())
        if check and done.returncode != 0:
            raise SystemExit("Bail out! %s: %s" % (program, done.stdout.decode(errors="replace")))
        return done.stdout.decode(errors="replace")

    def place(self, database):
        return ["-h", self.folder, "-U", "dialdesk", "-d", database, "-q"]

    def sql(self, database, text):
        return self.call("psql", *self.place(database), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", text).strip()

    def session(self, database):
        """A psql that stays: what is written to its stdin is done; unbuffered."""
        return subprocess.Popen([os.path.join(self.programs, "psql"), *self.place(database), "-X", "-A", "-t"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.env,
                                cwd=self.folder, text=True, **plain())

    def database(self, name, schemas=0, more=""):
        self.sql("postgres", "CREATE DATABASE %s %s" % (name, more))
        if schemas:
            self.sql(name, "; ".join("CREATE SCHEMA t%d" % i for i in range(1, schemas + 1)))
        return "postgresql://dialdesk@/%s?host=%s" % (name, self.folder)

    def processes(self):
        """The server's own, the backends of its connections among them."""
        found = [self.child.pid]
        for stat in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(stat) as file:
                    pid, rest = file.read().split(" ", 1)
                if int(rest.rsplit(")", 1)[1].split()[1]) == self.child.pid:
                    found.append(int(pid))
            except (OSError, ValueError):
                pass
        return found

    def freeze(self):
        self.frozen = self.processes()
        os.kill(self.child.pid, signal.SIGSTOP)  # first: it starts no more
        for pid in self.frozen[1:]:
            try:
                os.kill(pid, signal.SIGSTOP)
            except ProcessLookupError:
                pass

    def thaw(self):
        for pid in self.frozen:
            try:
                os.kill(pid, signal.SIGCONT)
            except ProcessLookupError:  # it was about to end
                pass

    def crash(self):
        """All at once, and a new start, which is refused while one of them still has the shared memory."""
        killed = self.processes()
        for pid in killed:
            with contextlib.suppress(ProcessLookupError):  # the server's end ends its backends, too
                os.kill(pid, signal.SIGKILL)
        self.child.wait()
        while any(running(pid) for pid in killed):
            time.sleep(0.01)
        self.start()

    def stop(self):
        self.child.send_signal(signal.SIGINT)  # fast: sessions that are open do not hold it
        self.child.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def report(results, *settings):
    """Prints the (good, description, output) that `results` yields for a server of its own, as TAP; the exit status."""
    programs = programs_folder()
    if not programs:
        print("1..0 # SKIP no PostgreSQL server is installed")
        return 0
    server = Server(programs, *settings)
    count = failed = 0
    shown = None  # cases of one program have one output
    try:
        for good, description, output in results(server):
            count += 1
            failed += not good
            print("%s %d - PostgreSQL: %s" % ("ok" if good else "not ok", count, description), flush=True)
            if not good and output != shown:
                shown = output
                print("".join("# %s\n" % line for line in output.splitlines()), end="")
    finally:
        server.remove()
    print("1..%d" % count)
    return 1 if failed else 0
