#!/usr/bin/python3
"""On PostgreSQL what tests/faults does to a store in a file: eight writers that are killed, and changes under an open console."""

import os
import sys
import traceback

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", folder) for folder in ("harness", "faults")]
from _many import changed_under_console, writers_killed  # with the release program
from dialdesk import Dialdesk
from server import Server, programs_folder

KILLS = int(os.environ.get("DIALDESK_KILLS", "24"))
CHANGES = int(os.environ.get("DIALDESK_CHANGES", "1000"))
CASES = (
    (writers_killed, KILLS, "eight mixed writers, killed at random: what was acknowledged is there"),
    (changed_under_console, CHANGES, "changes under an open console: each is shown, and its memory is flat"),
)


def case(server, number, function, times):
    """What went wrong; None: nothing."""
    d = Dialdesk()
    d.store = d.db = server.database("many%d" % number)
    try:
        function(d, times)
        return None
    except Exception:
        return traceback.format_exc()
    finally:
        d.close()


def main():
    programs = programs_folder()
    if not programs:
        print("1..0 # SKIP no PostgreSQL server is installed")
        return 0
    server = Server(programs)
    failed = 0
    try:
        for number, (function, times, description) in enumerate(CASES, 1):
            output = case(server, number, function, times)
            failed += bool(output)
            print("%s %d - PostgreSQL: %s" % ("not ok" if output else "ok", number, description), flush=True)
            if output:
                print("".join("# %s\n" % line for line in output.splitlines()), end="")
    finally:
        server.remove()
    print("1..%d" % len(CASES))
    return 1 if failed else 0


sys.exit(main())
