"""What the lints share: the checkout's files, C without its comments, and findings printed as TAP.

A lint is a function (path, text) -> list of findings. report() runs it over files, and first over samples that it must
find fault with (or must not), so that a lint that finds nothing any more is noticed.
"""

import glob
import os
import re
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
os.chdir(ROOT)
BUILD = os.environ.get("DIALDESK_BUILD", os.path.join(ROOT, "build"))

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def files(*patterns):
    return sorted(path for pattern in patterns for path in glob.glob(pattern, recursive=True))


def c_files():
    return files("src/**/*.[ch]", "include/**/*.h")


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def without_comments(text, strings=True):
    """C with its comments (and its strings' contents, unless kept) blanked out, lines kept."""
    def blank(match):
        found = match.group(0)
        if found[0] == "/":
            return re.sub(r"[^\n]", " ", found)
        return found if strings else found[0] + " " * (len(found) - 2) + found[0]
    return TOKEN.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


class Report:
    def __init__(self):
        self.lines, self.failed = [], 0

    def case(self, name, findings):
        self.lines.append("%s %d - %s" % ("not ok" if findings else "ok", len(self.lines) + 1, name)
                          + "".join("\n  # " + str(finding) for finding in findings))
        self.failed += bool(findings)

    def samples(self, lint, bad, good=()):
        """bad: (path, text, part of the finding); good: (path, text)."""
        for path, text, wanted in bad:
            found = lint(path, text)
            missed = [] if any(wanted in str(f) for f in found) else ["not found in a bad sample; found: %s" % found]
            self.case("finds %s" % wanted, missed)
        for path, text in good:
            self.case("lets a good sample of %s pass" % path, lint(path, text))

    def over(self, name, lint, paths):
        self.case(name, [finding for path in paths for finding in lint(path, read(path))])

    def end(self):
        print("\n".join(self.lines))
        print("1..%d" % len(self.lines))
        sys.exit(1 if self.failed else 0)
