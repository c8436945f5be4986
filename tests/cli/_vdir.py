"""A vdir and what is asked of it, for the tests of sync."""

import os

from _cli import ADA
from dialdesk import equal

COUNTS = ("written", "removed", "added", "updated", "cancelled", "unchanged", "rejected")


class Vdir:
    """A directory beside the store, and what the last sync said of it."""

    def __init__(self, d, name="calendar"):
        self.d, self.path = d, d.path(name)
        os.mkdir(self.path)

    def sync(self, *more, conflicts=0, **counts):
        """Syncs and demands these counts (all others 0)."""
        said = self.d.json("sync", self.path, "-o", ADA, *more)
        equal(said["directory"], os.path.realpath(self.path))
        equal({k: said[k] for k in COUNTS}, {**dict.fromkeys(COUNTS, 0), **counts}, said)
        equal(len(said["conflicts"]), conflicts, said)
        equal(len(said["errors"]), said["rejected"])
        return said

    def names(self):
        return sorted(os.listdir(self.path))

    def file(self, name):
        return os.path.join(self.path, name if name.endswith(".ics") else name + ".ics")

    def read(self, name):
        with open(self.file(name), encoding="utf-8", newline="") as file:
            return file.read()

    def write(self, name, text):
        with open(self.file(name) + ".tmp", "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.rename(self.file(name) + ".tmp", self.file(name))

    def change(self, name, old, new):
        text = self.read(name)
        assert old in text, (old, text)
        self.write(name, text.replace(old, new))

    def remove(self, name):
        os.unlink(self.file(name))

    def state(self):
        """Everything that a rewritten file would change."""
        return {name: (os.stat(self.file(name)).st_mtime_ns, os.stat(self.file(name)).st_ino, self.read(name)) for name in self.names()}


def versions(d):
    return d.sql("SELECT uid, version, sequence FROM meeting ORDER BY uid")


def titles(d):
    return sorted(m["title"] for m in d.json("agenda", "--all", "--from", "2026-11-01", "--to", "2027-06-01"))


def start(d):
    d.organization()
    return Vdir(d)
