#!/usr/bin/python3
"""The promises of docs/security.md: each names the tests that hold it, and each of these is there."""

import os
import re

from _lint import Report, read

PAGE = "docs/security.md"
NAMED = re.compile(r"`(tests/[^`:]+): ([^`]+)`")


def is_there(path, name):
    """A case of a Python suite begins with these words, or its row in a table of CASES; of a C program it is a test that main runs."""
    if not os.path.exists(path):
        return False
    text = read(path)
    if path.endswith(".py"):
        return '@case("' + name in text or re.search(r'^    \((\w+, )+"' + re.escape(name), text, re.M) is not None
    return re.search(r"\b(static )?void %s\(" % re.escape(name), text) is not None and len(re.findall(r"\b%s\b" % re.escape(name), text)) > 1


def lint(path, text):
    findings = []
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[0] == "promise" or set(cells[0]) == {"-"}:
            continue
        named = NAMED.findall(cells[-1])
        if len(cells) != 2 or not named or NAMED.sub("", cells[-1]).strip(" ,"):
            findings.append("%s:%d: names no test, or something else" % (path, number))
        findings += ["%s:%d: there is no test '%s' in %s" % (path, number, name, where) for where, name in named if not is_there(where, name)]
    return findings


report = Report()
report.samples(lint, [
    (PAGE, "| It holds | |\n", "names no test"),
    (PAGE, "| It holds | `tests/cli/no-such.py: a case` |\n", "there is no test 'a case' in tests/cli/no-such.py"),
    (PAGE, "| It holds | `tests/faults/stores.py: a case that nobody wrote` |\n", "there is no test"),
    (PAGE, "| It holds | `tests/peers/postgres_trouble.py: a case that nobody wrote` |\n", "there is no test"),
    (PAGE, "| It holds | `tests/store/test_ids.c: test_nothing` |\n", "there is no test"),
], [
    (PAGE, "| promise | held by |\n| --- | --- |\n| It holds | `tests/store/test_ids.c: test_take` |\n\nWords `tests/x: y`.\n"),
])
report.over("every promise has its tests", lint, [PAGE])
report.end()
