#!/usr/bin/python3
"""The table of services' signs (data/services.tsv): each row is one and stands once, and the build stops at what is none."""

import os
import subprocess
import tempfile

from _lint import Report

TABLE = "data/services.tsv"


def awk(text):
    """What the build makes of a table, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "services.tsv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        run = subprocess.run(["awk", "-f", "tests/tools/services.awk", path], env=dict(os.environ, LC_ALL="C"),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8")


report = Report()
with open(TABLE, encoding="utf-8") as table:
    lines = table.read().split("\n")
rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
seen, twice = set(), []
for row in rows:
    key = tuple(row[3:5])
    twice += ["%s: %s stands twice" % (TABLE, " ".join(key))] if key in seen else []
    seen.add(key)
report.case("each sign stands once", twice)
status, made, said = awk("\n".join(lines))
report.case("the build takes every row", [said] if status or made.count("SERVICE_") != 2 * len(rows) else [])

GOOD = "other\tsure\tNew service\taddress\tmeet.new.example"
status, made, said = awk("# words\n\n" + GOOD + "\n")
report.case("a new row becomes one of the table's",
            [] if status == 0 and '{OTHER, SERVICE_SURE, "New service", SERVICE_ADDRESS, "meet.new.example", 16}' in made else [made + said])
for name, bad in (("a family", GOOD.replace("other", "ours")), ("a strength", GOOD.replace("sure", "certain")),
                  ("a kind", GOOD.replace("address", "link")), ("a service", GOOD.replace("New service", "")),
                  ("a text", GOOD.replace("meet.new.example", "")), ("small letters", GOOD.replace("meet", "Meet")),
                  ("five fields", GOOD + "\tmore"), ("tabs", GOOD.replace("\t", " "))):
    status, made, said = awk("# words\n" + bad + "\n")
    report.case("a row without %s stops the build" % name, [] if status == 1 and "services.tsv:2:" in said else [made + said])
report.end()
