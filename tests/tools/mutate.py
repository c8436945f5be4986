#!/usr/bin/python3
"""Finds lines that no test holds: changes src/ a little, one place at a time, and lists the changes that no test notices.

    make mutate FILES="src/core/lookup.c"
    make mutate FILES="src/core/*.c" MUTATE="--count 20 --seed 7 --groups unit,store,screen"

A change (mutant) is a comparison turned round or moved by one, && for || and || for &&, one condition of several left out,
a `!` left out, + for -, true for false, or a number off by one. Comments, strings and preprocessor lines stay.

  --count N      so many changes of each file, drawn by chance; 0: all of them (the default is 40)
  --seed N       another draw (the same seed draws the same changes of the same text)
  --groups A,B   the groups of C tests that look at them (unit,store by default; screen, too)
  --at N[,N]     only changes of these lines, all of them

The file is compiled without sanitizers into a folder of its own (build/mutate), src/ is never touched. Only the test
programs that the file is linked into are linked anew, those with a similar name first, until one fails, crashes or takes
more than ten times its usual time. What is left over at the end is printed as

    src/core/lookup.c:44: `&&` becomes `||`
        if (retired && any)

Each of these is one of two things: the program does the same all the same (the change is equivalent: let it be, or write
the line so that it cannot be turned), or a test is missing: add a case that fails with the change. The last line counts.
"""

import argparse
import concurrent.futures
import importlib.machinery
import importlib.util
import os
import random
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BUILD = "build/mutate"
MAKE = ["make", "--no-print-directory", "BUILD=" + BUILD, "SANITIZE=-O0", "WERROR="]
KEPT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)
SWAPS = {" < ": (" <= ", " >= "), " <= ": (" < ", " > "), " > ": (" >= ", " <= "), " >= ": (" > ", " < "), " == ": (" != ",), " != ": (" == ",),
         " && ": (" || ",), " || ": (" && ",), " + ": (" - ",), " - ": (" + ",), " += ": (" -= ",), " -= ": (" += ",)}
SWAP = re.compile("|".join(re.escape(text) for text in SWAPS))
WORD = re.compile(r"\b(?:true|false)\b|(?<![\w.])\d+\b(?![.\w])|!(?=[\w(*])")
JOINT = re.compile(r"\s(?:&&|\|\|)\s")


def load_run():
    """tests/run as a module: what the tests see of the world is told there."""
    loader = importlib.machinery.SourceFileLoader("run", os.path.join(ROOT, "tests", "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    loader.exec_module(module)
    return module


def blanked(text):
    """The same length, with what is not to be changed blanked out."""
    return KEPT.sub(lambda match: re.sub(r"[^\n]", "\0", match.group(0)), text)


def condition_end(code, at):
    """Where the condition ends that begins at `at`: before the next && or || beside it, or the bracket around it."""
    depth = 0
    while at < len(code):
        if code[at] in "([{":
            depth += 1
        elif code[at] in ")]}" or code[at] in ";,?:":
            if depth == 0:
                return at
            depth -= code[at] in ")]}"
        elif depth == 0 and JOINT.match(code, at):
            return at
        at += 1
    return at


def mutants(text):
    """(where, until, what comes in its place, what is said of it), in the text's order."""
    code, found = blanked(text), []
    for match in SWAP.finditer(code):
        for other in SWAPS[match.group(0)]:
            found.append((match.start(), match.end(), other, "`%s` becomes `%s`" % (match.group(0).strip(), other.strip())))
    for match in JOINT.finditer(code):
        end = condition_end(code, match.end())
        found.append((match.start(), end, "", "`%s` is left out" % " ".join(text[match.start():end].split())))
    for match in WORD.finditer(code):
        old = match.group(0)
        new = {"true": "false", "false": "true", "!": ""}.get(old)
        if new is None:
            new = str(int(old) + 1) if old == "0" or not old.startswith("0") else None
        if new is not None and not (old == "0" and code[match.start() - 1] == "{"):
            found.append((match.start(), match.end(), new, "`%s` %s" % (old, "becomes `%s`" % new if new else "is left out")))
    return sorted(found)


def make_lines(*arguments):
    done = subprocess.run([*MAKE, "-n", "V=1", "LOOKED_AT=", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.replace("\\\n", " ").splitlines()


def symbols(path, kinds="TDBR"):
    """The names that are defined in an object or a program: those seen from elsewhere (in a program they are local ones)."""
    done = subprocess.run(["nm", "--defined-only", path], capture_output=True, text=True, check=True)
    return {fields[2] for fields in map(str.split, done.stdout.splitlines()) if len(fields) == 3 and fields[1] in kinds}


class Source:
    """A file of src/, how it is compiled, and how the programs are linked that have it in them."""

    def __init__(self, path, programs):
        self.path = path
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.object = "%s/test/obj/%s.o" % (BUILD, path[:-2])
        own = symbols(self.object)
        self.programs = [p for p in programs if own & programs[p]]
        stem = os.path.basename(path)[:-2]
        near = {p: sum(part in p for part in stem.split("_")) for p in self.programs}
        self.programs.sort(key=lambda p: (not p.endswith("test_" + stem), -near[p], p))
        lines = make_lines("-W", path, *self.programs)
        self.compile = next(line for line in lines if line.endswith("-c %s -o %s" % (path, self.object)))
        self.link = {p: next(line for line in lines if " -o %s " % p in line) for p in self.programs}

    def line(self, at):
        return self.text.count("\n", 0, at) + 1


class Runner:
    def __init__(self, env):
        self.env, self.usual, self.lock = env, {}, threading.Lock()

    def passes(self, command, limit):
        """A test program's run, in memory and time that a loop without end cannot take from others."""
        def bounds():
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            return subprocess.run(command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  timeout=limit, preexec_fn=bounds).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def measure(self, program):
        """How long the program takes as it is; it has to pass."""
        with self.lock:
            if program not in self.usual:
                began = time.monotonic()
                if not self.passes([program], 600):
                    sys.exit("%s fails before anything is changed" % program)
                self.usual[program] = time.monotonic() - began
            return self.usual[program]

    def judge(self, source, mutant, folder):
        """'killed' and by which program, 'survived', or 'no C' if it does not compile."""
        start, end, new, _ = mutant
        path, out = os.path.join(folder, "mutant.c"), os.path.join(folder, "mutant.o")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source.text[:start] + new + source.text[end:])
        here = os.path.dirname(source.path)
        command = source.compile.replace("-c %s -o %s" % (source.path, source.object), "-w -iquote %s -c %s -o %s" % (here, path, out))
        command = re.sub(r" -MMD -MP\b", "", command)
        if subprocess.run(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            return "no C"
        for program in source.programs:
            made = os.path.join(folder, "test", os.path.basename(os.path.dirname(program)), os.path.basename(program))
            os.makedirs(os.path.dirname(made), exist_ok=True)
            if not os.path.lexists(os.path.dirname(made) + "/modules"):
                os.symlink(os.path.abspath(BUILD + "/test/modules"), os.path.dirname(made) + "/modules")
            subprocess.run(shlex.split(source.link[program].replace(" -o %s " % program, " -o %s %s " % (made, out))), check=True)
            if not self.passes([made], 10 * self.measure(program) + 5):
                return "killed by " + os.path.basename(program)
        return "survived"


def chosen(source, options):
    found = mutants(source.text)
    if options.at:
        return [m for m in found if source.line(m[0]) in options.at]
    if options.count and len(found) > options.count:
        return sorted(random.Random("%d %s" % (options.seed, source.path)).sample(found, options.count))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", default="unit,store")
    parser.add_argument("--at", type=lambda text: {int(part) for part in text.split(",")}, default=set())
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    if not options.files:
        sys.exit(__doc__)
    os.chdir(ROOT)
    run = load_run()
    names = [command[0] for group in options.groups.split(",") for _, command in run.programs(group, BUILD)]
    print("building %d test programs in %s" % (len(names), BUILD), flush=True)
    subprocess.run([*MAKE, "-j%d" % (os.cpu_count() or 2), BUILD + "/test/dialdesk", *names], check=True, stdout=subprocess.DEVNULL)
    programs = {name: symbols(name, "TDBRtdbr") for name in names}
    counts = {"killed": 0, "survived": 0, "no C": 0}
    with tempfile.TemporaryDirectory(prefix="dialdesk-mutate-") as home:
        runner, local = Runner(run.environment(os.path.abspath(BUILD), home)), threading.local()

        def judge(source, mutant):
            if not hasattr(local, "folder"):
                local.folder = tempfile.mkdtemp(dir=home)
            return runner.judge(source, mutant, local.folder)

        for path in options.files:
            source = Source(path, programs)
            if not source.programs:
                print("%s: no test program has it in it" % path)
                continue
            todo = chosen(source, options)
            with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
                for mutant, said in zip(todo, pool.map(lambda m: judge(source, m), todo)):
                    counts[said.split(" by ")[0]] += 1
                    if said == "survived":
                        line = source.line(mutant[0] + 1)
                        print("%s:%d: %s\n    %s" % (path, line, mutant[3], source.text.splitlines()[line - 1].strip()), flush=True)
            print("%s: %d changes" % (path, len(todo)), flush=True)
    print("%d changes: %d noticed, %d survived, %d were no C" % (sum(counts.values()), counts["killed"], counts["survived"], counts["no C"]))


if __name__ == "__main__":
    main()
