#!/usr/bin/python3
"""dialdesk(1) against the tables of commands and keys. With --write: puts the tables into the page (make manual)."""

import os
import re
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
PAGE = os.path.join(ROOT, "docs", "dialdesk.1")
PARTS = ("options", "commands", "keys")


def filled(page, program):
    for part in PARTS:
        made = subprocess.run([program, "manual", part], check=True, capture_output=True, text=True).stdout
        page = re.sub(r'(\.\\" begin %s\n).*?(\.\\" end %s\n)' % (part, part),
                      lambda found: found.group(1) + made + found.group(2), page, flags=re.S)
    return page


def main():
    program = os.environ.get("DIALDESK") or os.path.join(os.environ.get("DIALDESK_BUILD", os.path.join(ROOT, "build")), "dialdesk")
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    made = filled(page, program)
    if "--write" in sys.argv:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(made)
        return
    print("1..2")
    print("%s 1 - docs/dialdesk.1 says what the tables say (else: make manual)" % ("ok" if made == page else "not ok"))
    pages = [os.path.join(ROOT, "docs", name) for name in sorted(os.listdir(os.path.join(ROOT, "docs"))) if name[-2:] in (".1", ".5", ".7")]
    told = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], capture_output=True, text=True).stdout
    for line in told.splitlines():
        print("#", line)
    print("%s 2 - the manual's pages are sound mdoc" % ("not ok" if told.strip() else "ok"))


main()
