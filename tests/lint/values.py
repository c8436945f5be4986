#!/usr/bin/python3
"""What may stand as a value in DB(...) of db.h: a wrong type must not compile, as no test of the program could find it."""

import subprocess

from _lint import Report

SOURCE = """#include <db/db.h>
enum err try_it(struct db *db, const char *text, int64_t number, size_t size, bool flag, double real, void *any);
enum err try_it(struct db *db, const char *text, int64_t number, size_t size, bool flag, double real, void *any)
{
    (void)text, (void)number, (void)size, (void)flag, (void)real, (void)any;
    return db_run(db, NULL, "SELECT 1", DB(%s));
}
"""


def compiles(values):
    run = subprocess.run(["cc", "-std=c17", "-fsyntax-only", "-I", "include", "-x", "c", "-"], input=SOURCE % values,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    return run.returncode == 0, run.stdout


report = Report()
for good in ("text", "number, text", "flag, 1, db_instant(number)", ", ".join(["text"] * 16)):
    fine, said = compiles(good)
    report.case("DB(%s) compiles" % good, [] if fine else [said])
for bad in ("size", "text, real", "any", "NULL", "db", "&number", ", ".join(["text"] * 17)):
    fine, said = compiles(bad)
    report.case("DB(%s) does not compile" % bad, ["it does"] if fine else [])
report.end()
