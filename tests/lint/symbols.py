#!/usr/bin/python3
"""No globals: no object of the release build holds writable data, and modules export one symbol."""

import os
import subprocess
import tempfile

from _lint import BUILD, Report, files

# Objects that may hold writable data, and why.
ALLOWED = {
}


def writable(paths):
    """(path, symbol, section) of what stands in .data or .bss; tables of constant pointers are in .data.rel.ro."""
    out = subprocess.run(["nm", "-A", "-f", "sysv", *paths], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 7 and cells[3] in ("OBJECT", "TLS", "COMMON") and not cells[6].startswith((".data.rel.ro", ".rodata")):
            if cells[6].startswith((".data", ".bss", ".tbss", ".tdata", "*COM*")):
                path, symbol = cells[0].rsplit(":", 1)
                yield path, symbol, cells[6]


def lint(paths):
    for path, symbol, section in writable(paths):
        source = os.path.relpath(path, os.path.join(BUILD, "obj"))[:-2] + ".c"
        if (source, symbol) not in ALLOWED:
            yield "%s: %s is writable (%s)" % (source, symbol, section)


def compiled(folder, text):
    source = os.path.join(folder, "sample.c")
    with open(source, "w") as file:
        file.write(text)
    subprocess.run(["cc", "-fPIC", "-c", source, "-o", source[:-2] + ".o"], check=True)
    return list(writable([source[:-2] + ".o"]))


report = Report()
with tempfile.TemporaryDirectory() as folder:
    for name, text in (("a static counter", "int f(void) { static int n = 1; return n++; }"),
                       ("a zeroed array", "static int a[9]; int *f(void) { return a; }"),
                       ("a pointer that is not const", "const char *p = \"x\";")):
        report.case("finds " + name, [] if compiled(folder, text) else ["missed"])
    report.case("lets a table of constants pass",
                compiled(folder, "static const char *const t[] = {\"a\", \"b\"}; const char *f(int i) { return t[i]; }"))
objects = files(os.path.join(BUILD, "obj/src/**/*.o"))
report.case("there are objects to look at", [] if objects else ["none below %s/obj" % BUILD])
report.case("no writable data", list(lint(objects)) if objects else [])
for module in files(os.path.join(BUILD, "modules/*.so")):
    out = subprocess.run(["nm", "-D", "--defined-only", module], capture_output=True, text=True, check=True).stdout
    names = [line.split()[-1] for line in out.splitlines()]
    report.case("%s exports one symbol" % os.path.basename(module), [] if names == ["dialdesk_module"] else [names])
report.end()
