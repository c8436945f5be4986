#!/usr/bin/python3
"""House rules that a formatter does not see: lengths, functions that are not called, words that do not belong."""

import re

from _lint import ROOT, Report, c_files, files, line_of, read, without_comments

FILE_LINES, FUNCTION_LINES, COLUMNS = 600, 60, 100

# What may be longer, and why. A path alone for a file, path:function for a function.
LONGER = {
}

FORBIDDEN = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|gets|system|popen|strtok|tmpnam|mktemp|tempnam"
                       r"|rand|srand|random|drand48|alloca|setjmp|longjmp|localtime|gmtime|ctime|asctime)\s*\(")
# core is pure: no files, no clock, no environment, no output.
IMPURE = re.compile(r"\b(fopen|open|openat|read|write|fread|fwrite|printf|fprintf|puts|fputs|getenv|secure_getenv|time"
                    r"|clock_gettime|gettimeofday|localtime_r|mktime|getrandom|getpid|setlocale)\s*\(")
# The clock is asked in few places; everything else is told the time.
CLOCK = re.compile(r"\b(time|clock_gettime|gettimeofday)\s*\(")
MAY_ASK_THE_CLOCK = re.compile(r"src/(base|db|desk|door|console|main|cli)\b|src/store/store_migrate\.c|src/transfer/mailer\.c")
FOREIGN = re.compile("/wo" + r"rk/|/tmp/br" + r"ief|/tmp/ba" + "sh_jobs")


def lint_c(path, text):
    findings = []
    code = without_comments(text, strings=False)

    def find(pattern, why):
        for match in pattern.finditer(code):
            findings.append("%s:%d: %s: %s" % (path, line_of(code, match.start()), match.group(1), why))

    find(FORBIDDEN, "not called here (a bounded or safer function instead)")
    if path.startswith(("src/core/", "include/core/")):
        find(IMPURE, "core is pure")
    elif path.startswith("src/") and not MAY_ASK_THE_CLOCK.match(path):
        find(CLOCK, "the clock is the session's")
    if re.search(r"^\s*#\s*define\s+_(GNU|POSIX|XOPEN|DEFAULT)", code, re.M):
        findings.append("%s: feature macros are set by the build" % path)
    if re.search(r"\btypedef\s+(struct|union|enum)\b[^;(]*;", code):
        findings.append("%s: typedef of a struct" % path)
    if path.endswith(".c") and not text.startswith("/*"):
        findings.append("%s: no opening comment that says what it is for" % path)
    if path.endswith(".h") and not re.match(r"/\*.*?\*/\n#ifndef (\w+_H)\n#define \1\n", text, re.S):
        findings.append("%s: a header opens with its purpose and an include guard" % path)
    findings += ["%s:%d: %d columns, more than %d" % (path, number, len(line), COLUMNS)
                 for number, line in enumerate(text.split("\n"), 1) if len(line) > COLUMNS]
    lines = text.count("\n")
    if lines > FILE_LINES and path not in LONGER:
        findings.append("%s: %d lines, more than %d" % (path, lines, FILE_LINES))
    for match in re.finditer(r"^(\w[^\n;={}]*\([^;{}]*\)[^;{}]*)\n\{\n(.*?)^\}", code, re.M | re.S):
        length = match.group(2).count("\n")
        name = re.search(r"(\w+)\s*\(", match.group(1)).group(1)
        if length > FUNCTION_LINES and "%s:%s" % (path, name) not in LONGER:
            findings.append("%s:%d: %s is %d lines long, more than %d" % (
                path, line_of(code, match.start()), name, length, FUNCTION_LINES))
    return findings


def lint_any(path, text):
    findings = ["%s:%d: names a place of one machine" % (path, line_of(text, match.start()))
                for match in FOREIGN.finditer(text)]
    if "\r" in text:
        findings.append("%s: carriage returns" % path)
    if text and not text.endswith("\n"):
        findings.append("%s: no newline at its end" % path)
    findings += ["%s:%d: blanks at the line's end" % (path, number)
                 for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip()]
    return findings


def lint_exceptions():
    """An exception that is not needed any more goes."""
    stale = []
    for name in LONGER:
        path = name.split(":")[0]
        try:
            read(path)
        except OSError:
            stale.append("%s: listed as an exception, but not there" % name)
    return stale


HEAD = "/* Purpose. */\n"
report = Report()
report.samples(lint_c, [
    ("src/desk/x.c", HEAD + "void f(void)\n{\n    strcpy(a, b);\n}\n", "strcpy"),
    ("src/desk/x.c", HEAD + "void f(void)\n{\n    return system(a);\n}\n", "system"),
    ("src/core/x.c", HEAD + "long f(void)\n{\n    return time(NULL);\n}\n", "core is pure"),
    ("src/core/x.c", HEAD + "char *f(void)\n{\n    return getenv(\"TZ\");\n}\n", "core is pure"),
    ("src/store/x.c", HEAD + "long f(void)\n{\n    return time(NULL);\n}\n", "the clock is the session's"),
    ("src/desk/x.c", HEAD + "#define _GNU_SOURCE\n", "feature macros"),
    ("src/desk/x.c", HEAD + "typedef struct a b;\n", "typedef"),
    ("src/desk/x.c", "#include <a.h>\n", "no opening comment"),
    ("src/desk/x.c", HEAD + "/* " + "a" * 98 + " */\n", "104 columns"),
    ("src/desk/x.h", "#ifndef A_H\n#define A_H\n#endif\n", "opens with its purpose"),
    ("src/desk/x.c", HEAD + "\n" * 601, "more than 600"),
    ("src/desk/x.c", HEAD + "static int f(int a,\n             int b)\n{\n" + "    a++;\n" * 61 + "}\n", "f is 61 lines"),
], [
    ("src/desk/x.c", HEAD + "/* strcpy(a) */\nint f(void)\n{\n" + "    a(\"system(1)\");\n" * 60 + "}\n"),
    ("include/desk/x.h", HEAD + "#ifndef DESK_X_H\n#define DESK_X_H\n\n#endif\n"),
])
report.samples(lint_any, [
    ("docs/x.md", "see /wo" + "rk/main\n", "place of one machine"),
    ("src/x.c", "a \n", "blanks"),
    ("src/x.c", "a", "no newline"),
])
report.over("C's house rules", lint_c, c_files())
report.over("every text file's rules", lint_any, c_files() + files(
    "Makefile", "*.md", "docs/**/*.[157m]*", "tests/**/*.[ch]", "tests/**/*.py", "tests/**/*.sh", "tests/run", ".ci/run",
    "data/schema/*.sql", "data/**/*.tsv"))
report.case("exceptions that are still needed", lint_exceptions())
report.end()
