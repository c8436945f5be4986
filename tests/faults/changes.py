#!/usr/bin/python3
"""Change after change under an open console: it shows each round of them, and its memory stays what it was."""

import os

from _many import changed_under_console  # with the release program, as the sanitizer keeps what is freed
from dialdesk import case, main

CHANGES = int(os.environ.get("DIALDESK_CHANGES", "2000"))


@case("changes under an open console: each is shown, and its memory is flat")
def _(d):
    changed_under_console(d, CHANGES)


main()
