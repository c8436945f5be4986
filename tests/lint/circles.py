#!/usr/bin/python3
"""No circles of files: a file that calls another is not called by it, not even by way of others.

Read from the objects of the release build, so that what counts is a real call (or a table's entry), not an include.
"""

import collections
import os
import subprocess

from _lint import BUILD, Report, files

# Circles that stay: each is one noun in two or three files.
ALLOWED = {
    # a clock's reading, the zones that give one, and the rule behind a zone's last change
    frozenset({"src/core/time.c", "src/core/zone.c", "src/core/zone_rule.c"}),
    # the writer and the zones that it writes ahead of their first use
    frozenset({"src/exchange/ical_write.c", "src/exchange/ical_write_zone.c"}),
}


def calls(paths):
    """{file: the files whose functions or tables it uses}, within one layer."""
    defined, used = {}, collections.defaultdict(set)
    out = subprocess.run(["nm", "-A", *paths], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        path, rest = line.split(":", 1)
        kind, symbol = rest.split()[-2:]
        if kind == "U":
            used[path].add(symbol)
        elif kind.isupper():
            defined[symbol] = path
    return {path: {defined[s] for s in symbols
                   if s in defined and os.path.dirname(defined[s]) == os.path.dirname(path)} - {path}
            for path, symbols in used.items()}


def circles(edges):
    """Sets of files that reach each other (Tarjan's strongly connected components of two files and more)."""
    index, low, stack, found = {}, {}, [], []

    def visit(file):
        index[file] = low[file] = len(index)
        stack.append(file)
        for other in sorted(edges.get(file, ())):
            if other not in index:
                visit(other)
                low[file] = min(low[file], low[other])
            elif other in stack:
                low[file] = min(low[file], index[other])
        if low[file] == index[file]:
            at = stack.index(file)
            if len(stack) - at > 1:
                found.append(frozenset(stack[at:]))
            del stack[at:]

    for file in sorted(edges):
        if file not in index:
            visit(file)
    return found


def source(path):
    return os.path.relpath(path, os.path.join(BUILD, "obj"))[:-2] + ".c"


report = Report()
for name, edges, wanted in (("two files that call each other", {"a": {"b"}, "b": {"a"}}, 1),
                            ("a circle by way of a third file", {"a": {"b"}, "b": {"c"}, "c": {"a"}}, 1),
                            ("two circles", {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}, 2)):
    report.case("finds " + name, [] if len(circles(edges)) == wanted else ["missed"])
report.case("lets a chain pass", circles({"a": {"b", "c"}, "b": {"c"}}))
objects = files(os.path.join(BUILD, "obj/src/**/*.o"))
objects = [path for path in objects if os.path.exists(source(path))]
report.case("there are objects to look at", [] if objects else ["none below %s/obj" % BUILD])
there = {frozenset(map(source, circle)) for circle in circles(calls(objects))} if objects else set()
report.case("no circle of files", [" ".join(sorted(circle)) for circle in there - ALLOWED])
report.case("circles that stay are still there",
            [" ".join(sorted(circle)) for circle in ALLOWED - there] if objects else [])
report.end()
