#!/usr/bin/python3
"""What the console looks like in a terminal: themes, with the terminal's answer for its background played here, and the reminder of the next meeting."""

from _terminal import Watched, calendar
from dialdesk import case, has, lacks, main

ASKED = b"\x1b]11;?\x07"
BOTH, DARK, LIGHT = (b"38;5;%dm" % color for color in (98, 80, 24))  # of conference IDs and keys in 256 colours


def background(value):
    return "\x1b]11;rgb:%s\x1b\\" % value


@case("a theme that is set holds, and the terminal is not asked for its background")
def _(d):
    calendar(d)
    for theme, wanted, others in (("dark", DARK, (BOTH, LIGHT)), ("light", LIGHT, (BOTH, DARK))):
        d.config("theme = %s\n" % theme)
        w = Watched(d, "xterm-256color")
        t = w.terminal
        t.wait("Budget review")
        t.send(background("0000/0000/0000" if theme == "light" else "ffff/ffff/ffff"))  # of whomever that answers
        t.send("5")
        t.wait("2 at risk")
        has(t.raw, wanted)
        for other in (ASKED, *others):
            lacks(t.raw, other)
        t.send("q")
        w.end(0)


@case("theme = auto asks the terminal and follows its answer, late as it may come; without one every background does")
def _(d):
    calendar(d)
    for text, answer, wanted in (("", "ffff/ffff/ffff", LIGHT), ("theme = auto\n", "1e1e/1e1e/1e1e", DARK), ("theme = auto\n", None, None)):
        d.config(text)
        w = Watched(d, "xterm-256color", env={"COLORFGBG": ""})
        t = w.terminal
        t.wait("Budget review")
        t.wait_raw(ASKED)
        t.wait_raw(BOTH)
        for theme in (DARK, LIGHT):
            lacks(t.raw, theme)
        seen = len(t.raw)
        if answer:
            t.send(background(answer))
            t.until(lambda t=t, wanted=wanted, seen=seen: wanted in t.raw[seen:], "the colours of the answer")
            seen = len(t.raw)
        t.send("5")
        t.wait("2 at risk")
        if answer:
            lacks(t.raw[seen:], BOTH)
        else:
            for theme in (DARK, LIGHT):
                lacks(t.raw, theme)
        t.send("q")
        w.end(0)


@case("until the terminal answers $COLORFGBG counts; a terminal without colours is not asked")
def _(d):
    calendar(d)
    for value, wanted in (("15;0", DARK), ("0;default;15", LIGHT)):
        w = Watched(d, "xterm-256color", env={"COLORFGBG": value})
        t = w.terminal
        t.wait("Budget review")
        t.wait_raw(wanted)
        lacks(t.raw, BOTH)
        t.send("q")
        w.end(0)
    w = Watched(d, "xterm-256color", env={"NO_COLOR": "1"})
    t = w.terminal
    t.wait("Budget review")
    lacks(t.raw, ASKED)
    t.send("q")
    w.end(0)


@case("the top line reminds of the next meeting from 15 minutes before, also of one that somebody else has just scheduled")
def _(d):
    calendar(d)
    for size, said in (((140, 45), "Budget review in 10 min \u00b7 "), ((80, 24), "in 10 min")):
        w = Watched(d, "xterm-256color", size=size, env={"DIALDESK_NOW": "2026-11-24T08:50:00Z"})
        t = w.terminal
        t.until(lambda t=t, said=said: said in t.lines()[0], "%r in the top line" % said)
        t.send("3")  # the longest title leaves room for the meeting's, too
        t.until(lambda t=t: "Month" in t.lines()[0] and "Budget" in t.lines()[0], "the meeting's title in the top line")
        t.send("q")
        w.end(0)
    w = Watched(d, "xterm-256color", size=(140, 45), env={"DIALDESK_NOW": "2026-11-24T08:40:00Z"})
    t = w.terminal
    t.wait("Budget review")
    lacks(t.lines()[0], "min")
    sooner = d.new("Sooner", "2026-11-24 08:45")
    t.until(lambda: "Sooner in 5 min" in t.lines()[0], "the reminder of another's meeting")
    d.run("cancel", sooner["uid"])
    t.until(lambda: "Sooner" not in t.lines()[0], "no reminder of what is cancelled")
    t.send("q")
    w.end(0)
    d.config("reminder = 0\n")
    w = Watched(d, "xterm-256color", size=(140, 45), env={"DIALDESK_NOW": "2026-11-24T08:50:00Z"})
    t = w.terminal
    t.wait("Budget review")
    t.send("5")
    t.wait("2 at risk")
    lacks(t.lines()[0], "min")
    t.send("q")
    w.end(0)


main()
