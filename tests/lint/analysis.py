#!/usr/bin/python3
"""cppcheck and clang's analyzer find nothing.

    DIALDESK_NODES=N    states that the analyzer looks at in a function before it gives up (20000, and never fewer)
"""

import concurrent.futures
import hashlib
import os
import re
import subprocess
import tempfile

from _lint import BUILD, Report, files, read

DEFINES = ["-D_GNU_SOURCE", '-DDIALDESK_VERSION="0"', "-Iinclude"]
CPPCHECK = ["cppcheck", "--quiet", "--std=c11", "--language=c", "--enable=warning,performance,portability", "--inline-suppr",
            "--suppress=missingIncludeSystem", "--suppress=unknownMacro", "--library=tests/lint/cppcheck.cfg",
            "--error-exitcode=3", "--template={file}:{line}: {id}: {message}"]
CLANG = ["clang", "--analyze", "-Xclang", "-analyzer-output=text", "-Xclang", "-analyzer-disable-checker=deadcode.DeadStores,"
         "security.insecureAPI.DeprecatedOrUnsafeBufferHandling", "-Xclang", "-analyzer-config", "-Xclang", "exploration_strategy=unexplored_first_location_queue",
         "-Xclang", "-analyzer-config", "-Xclang", "max-nodes=%d" % max(20000, int(os.environ.get("DIALDESK_NODES", "0"))),
         "-std=c17", "-fPIC", "-Wno-unused-value", "-I/usr/include/postgresql"]
# Nearly all of the time goes into functions with more states than any bound. 20,000 of them, blocks never seen first, reach all but six
# of a thousand blocks; 50,000 all but four. `make soak` goes as far as clang's own bound.
CONTRACTS, CONTRACTS_ICAL = "tests/lint/contracts.h", "tests/lint/contracts_ical.h"
CLANG_VERSION = subprocess.run(["clang", "--version"], capture_output=True, text=True).stdout
DEFINE_THEM = ("src/base/error.c", "src/desk/transaction.c", "src/exchange/ical_building.c")  # the functions of the contracts


def cppcheck(*paths):
    cache = os.path.join(BUILD, "cppcheck")
    os.makedirs(cache, exist_ok=True)
    done = subprocess.run([*CPPCHECK, "--cppcheck-build-dir=" + cache, "-j", str(os.cpu_count() or 2), *DEFINES, *paths],
                          capture_output=True, text=True)
    return done.stderr.splitlines() if done.returncode else []


def contracts(path):
    """The headers that tell the analyzer of this file what functions elsewhere promise."""
    if path in DEFINE_THEM:
        return []
    ical = ["-include", CONTRACTS_ICAL] if path.startswith("src/exchange/ical_") else []
    return ["-include", CONTRACTS, *ical]


def kept_in(path, command):
    """Where the findings on a file are kept: by the texts of the file and of its headers, as the compiler noted them. None: it did not."""
    noted = os.path.join(BUILD, "test", "obj", path[:-len(".c")] + ".d")
    if not os.path.exists(noted):
        return None
    texts = [CLANG_VERSION, *command, *map(read, [CONTRACTS, CONTRACTS_ICAL, *sorted(set(re.findall(r"\S+\.[ch]\b", read(noted))))])]
    return os.path.join(BUILD, "analyzer", hashlib.sha256("\0".join(texts).encode()).hexdigest())


def analyze(path):
    """Minutes for all files, so what was found is kept in the build folder."""
    command = [*CLANG, *DEFINES, *contracts(path), path]
    kept = kept_in(path, command)
    if kept and os.path.exists(kept):
        return [path + line for line in read(kept).splitlines()]
    done = subprocess.run(command, capture_output=True, text=True)
    found = [line for line in done.stderr.splitlines() if "warning:" in line or "error:" in line]
    if not kept:
        return found
    os.makedirs(os.path.dirname(kept), exist_ok=True)
    with open(kept + ".new", "w") as file:
        file.write("".join((line[len(path):] if line.startswith(path) else ": " + line) + "\n" for line in found))
    os.rename(kept + ".new", kept)
    return found


report = Report()
with tempfile.TemporaryDirectory() as folder:
    sample = os.path.join(folder, "sample.c")
    with open(sample, "w") as file:
        file.write("#include <stdlib.h>\nint f(int n)\n{\n    int a[3] = {0};\n    a[3] = n;\n"
                   "    char *p = 0;\n    if (n > 2)\n        return *p;\n    return a[1];\n}\n")
    report.case("cppcheck finds a bad sample", [] if cppcheck(sample) else ["missed"])
    report.case("clang's analyzer finds a bad sample", [] if analyze(sample) else ["missed"])
sources = files("src/**/*.c")
report.case("cppcheck", cppcheck(*sources) if sources else [])
with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
    report.case("clang's analyzer", [line for lines in pool.map(analyze, sources) for line in lines])
report.end()
