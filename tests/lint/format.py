#!/usr/bin/python3
"""clang-format agrees with every C file, public headers stand by themselves, scripts parse, manuals are clean mdoc."""

import collections
import os
import subprocess
import tempfile

from _lint import Report, c_files, files


def said(command, lines=40, **more):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", **more)
    return (done.stderr + done.stdout).splitlines()[:lines] if done.returncode else []


def formatted(paths):
    """One finding a file, told by its first place."""
    places = [line.split(": error")[0] for line in said(["clang-format", "--dry-run", "--Werror", *paths], lines=None)
              if ": error:" in line]
    by_file = collections.Counter(place.split(":")[0] for place in places)
    first = {place.split(":")[0]: place for place in reversed(places)}
    return ["%s and %d more places (make format)" % (first[path], count - 1) for path, count in by_file.items()]


report = Report()
with tempfile.TemporaryDirectory(dir=".", prefix=".lint-") as folder:
    sample = os.path.join(folder, "sample.c")
    with open(sample, "w") as file:
        file.write("int  f( void ){return 1;}\n")
    report.case("finds a badly formatted file", [] if formatted([sample]) else ["missed"])
report.case("clang-format", formatted(c_files() + files("tests/**/*.[ch]")))
report.case("each public header stands by itself", [
    line for path in files("include/**/*.h")
    for line in said(["gcc", "-std=c17", "-D_GNU_SOURCE", '-DDIALDESK_VERSION="0"', "-Wall", "-Wextra", "-Iinclude", "-x", "c",
                      "-include", path, "-fsyntax-only", "/dev/null"])])
report.case("shell scripts parse", [line for path in files("tests/**/*.sh") for line in said(["sh", "-n", path])])
report.case("manual pages are clean", [
    line for path in files("docs/*.[157]") for line in said(["mandoc", "-T", "lint", "-W", "warning", path])])
report.end()
