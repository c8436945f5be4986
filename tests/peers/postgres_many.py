#!/usr/bin/python3
"""On PostgreSQL what tests/faults does to a store in a file: eight writers that are killed, and changes under an open console."""

import os
import sys
import traceback

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", folder) for folder in ("harness", "faults")]
from _many import changed_under_console, writers_killed  # with the release program
from dialdesk import Dialdesk
from server import report

KILLS = int(os.environ.get("DIALDESK_KILLS", "24"))
CHANGES = int(os.environ.get("DIALDESK_CHANGES", "2000"))
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


def results(server):
    for number, (function, times, description) in enumerate(CASES, 1):
        output = case(server, number, function, times)
        yield not output, description, output


sys.exit(report(results))
