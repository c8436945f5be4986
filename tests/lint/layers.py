#!/usr/bin/python3
"""The arrows between the layers, and who may include which library's headers."""

import fnmatch
import os
import re

from _lint import Report, c_files, line_of, without_comments

MAY_SEE = {
    "base": set(), "core": {"base"}, "db": {"base"}, "store": {"db", "core", "base"}, "exchange": {"core", "base"},
    "show": {"core", "base"}, "desk": {"store", "core", "base"}, "transfer": {"desk", "store", "exchange", "core", "base"},
    "door": {"desk", "show", "core", "base"},
    "console": {"transfer", "desk", "show", "core", "base"}, "cli": {"transfer", "desk", "door", "show", "core", "base"},
    "main": {"console", "cli", "desk", "base"},
}
ONLY_IN = [  # headers, the files that may include them
    (r"(n?cursesw?/)?n?(curses|panel|term|menu|form)\.h", ["src/console/term_curses*.c"]),
    (r"sqlite3.*\.h", ["src/db/sqlite*.c", "src/db/sqlite*.h"]),
    (r"(postgresql/)?libpq.*\.h", ["src/db/postgres*.c", "src/db/postgres*.h"]),
    (r"microhttpd\.h", ["src/door/http.c"]),
    (r"libical/.*|ical\.h", []),
    (r"uuid/uuid\.h", ["src/base/random.c"]),
    (r"utf8proc\.h", ["src/base/utf8*.c"]),
    (r"dlfcn\.h", ["src/base/*.c"]),
    (r"pthread\.h|threads\.h", []),
]


def lint(path, text):
    findings = []
    layer = "main" if path == "src/main.c" else path.split("/")[1]
    for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', without_comments(text), re.M):
        kind, header = match.groups()
        where = "%s:%d: " % (path, line_of(text, match.start()))
        other = header.split("/")[0]
        if kind == '"':
            if "/" in header:
                findings.append(where + "a private header of another folder: " + header)
            if path.startswith("include/"):
                findings.append(where + "a public header includes a private one: " + header)
        elif other in MAY_SEE and other != layer and other not in MAY_SEE[layer]:
            findings.append(where + "%s may not see %s" % (layer, header))
        for pattern, allowed in ONLY_IN if kind == "<" or not os.path.exists(os.path.join(os.path.dirname(path), header)) else ():
            if re.fullmatch(pattern, header) and not any(fnmatch.fnmatch(path, a) for a in allowed):
                findings.append(where + "%s only in %s" % (header, " ".join(allowed) or "no file"))
    if path.startswith("src/") and layer not in MAY_SEE or os.path.dirname(path) == "src" and layer != "main":
        findings.append("%s: no such layer" % path)
    return findings


report = Report()
report.samples(lint, [
    ("src/core/x.c", "#include <store/meeting.h>\n", "core may not see store"),
    ("src/base/x.c", "#include <core/time.h>\n", "base may not see core"),
    ("src/show/x.c", "#include <desk/desk.h>\n", "show may not see desk"),
    ("src/desk/x.c", "#include <transfer/transfer.h>\n", "desk may not see transfer"),
    ("src/desk/x.c", "#include <exchange/ical.h>\n", "desk may not see exchange"),
    ("include/show/x.h", "# include <store/store.h>\n", "show may not see store"),
    ("src/store/x.c", "#include <sqlite3.h>\n", "sqlite3.h only in"),
    ("src/console/view.c", "#include <panel.h>\n", "panel.h only in"),
    ("src/console/view.c", "#include <ncursesw/curses.h>\n", "curses.h only in"),
    ("src/door/routes.c", "#include <microhttpd.h>\n", "microhttpd.h only in"),
    ("src/db/sqlite.c", "#include <libpq-fe.h>\n", "libpq-fe.h only in"),
    ("src/desk/x.c", "#include <libical/ical.h>\n", "libical/ical.h only in no file"),
    ("src/core/recurrence_rule.c", "#include <libical/ical.h>\n", "libical/ical.h only in no file"),
    ("src/core/x.c", "#include <uuid/uuid.h>\n", "uuid/uuid.h only in"),
    ("src/core/x.c", "#include <utf8proc.h>\n", "utf8proc.h only in"),
    ("src/desk/x.c", '#include "../store/private.h"\n', "private header of another folder"),
    ("src/door/x.c", "#include <console/console.h>\n", "door may not see console"),
    ("src/console/x.c", "#include <door/door.h>\n", "console may not see door"),
    ("src/extra/x.c", "\n", "no such layer"),
], [
    ("src/store/x.c", '#include "rows.h"\n#include <db/db.h>\n#include <core/meeting.h>\n#include <stdio.h>\n'),
    ("src/core/recurrence_rule.c", "#include <base/arena.h>\n// #include <store/x.h>\n"),
])
report.over("the layers' arrows", lint, c_files())
report.end()
