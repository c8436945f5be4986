#!/usr/bin/python3
"""clang-format agrees with every C file, public headers stand by themselves, scripts parse, manuals are clean mdoc."""

import os
import subprocess
import tempfile

from _lint import Report, c_files, files


def said(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", **more)
    return (done.stderr + done.stdout).splitlines()[:40] if done.returncode else []


def formatted(path):
    places = [line for line in said(["clang-format", "--dry-run", "--Werror", path]) if "error:" in line]
    return ["%s and %d more places (make format)" % (places[0].split(": error")[0], len(places) - 1)] if places else []


report = Report()
with tempfile.TemporaryDirectory(dir=".", prefix=".lint-") as folder:
    sample = os.path.join(folder, "sample.c")
    with open(sample, "w") as file:
        file.write("int  f( void ){return 1;}\n")
    report.case("finds a badly formatted file", [] if formatted(sample) else ["missed"])
report.case("clang-format", [line for path in c_files() + files("tests/**/*.[ch]") for line in formatted(path)])
report.case("each public header stands by itself", [
    line for path in files("include/**/*.h")
    for line in said(["gcc", "-std=c17", "-D_GNU_SOURCE", '-DDIALDESK_VERSION="0"', "-Wall", "-Wextra", "-Iinclude", "-x", "c",
                      "-include", path, "-fsyntax-only", "/dev/null"])])
report.case("shell scripts parse", [line for path in files("tests/**/*.sh") for line in said(["sh", "-n", path])])
report.case("manual pages are clean", [
    line for path in files("docs/*.[157]") for line in said(["mandoc", "-T", "lint", "-W", "warning", path])])
report.end()
