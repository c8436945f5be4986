#!/usr/bin/python3
"""The story that dialdesk exists for, from the command line."""

from _cli import ADA, legacy_pair, slip
from dialdesk import case, equal, has, lacks, main


@case("after the cut-over, back-to-back meetings get IDs of their own")
def _(d):
    d.organization()
    first, second = d.new("Budget", "2026-11-24 09:00"), d.new("Roadmap", "2026-11-24 10:00")
    for meeting in (first, second):
        equal((len(meeting["conference_id"]), meeting["conference_id"].isdigit(), meeting["id_kind"], meeting["risk"]),
              (8, True, "dynamic", None))
        assert meeting["conference_id"][0] != "0"
    assert not slip(first["conference_id"], second["conference_id"])
    equal(d.json("legacy"), [])
    equal((first["start"], first["end"]), ("2026-11-24T09:00:00+00:00", "2026-11-24T10:00:00+00:00"))


@case("meetings from before the cut-over keep the static ID, work on, and are flagged back-to-back")
def _(d):
    first, second = legacy_pair(d)
    equal((first["conference_id"], second["conference_id"], first["id_kind"]), ("7654321", "7654321", "static"))
    shown = d.json("show", first["uid"])
    equal((shown["conference_id"], shown["risk"], shown["risk_with"]), ("7654321", "back-to-back", [second["uid"]]))
    listed = d.json("legacy")
    equal([(m["uid"], m["risk"], m["risk_with"]) for m in listed],
          [(first["uid"], "back-to-back", [second["uid"]]), (second["uid"], "back-to-back", [first["uid"]])])
    equal(len(d.json("legacy", "--risk")), 2)
    equal([m["risk"] for m in d.json("agenda")], ["back-to-back", "back-to-back"])
    answer = d.json("lookup", "7654321")
    equal((answer["state"], answer["id_kind"], [m["uid"] for m in answer["meetings"]]),
          ("upcoming", "static", [first["uid"], second["uid"]]))
    equal(d.json("check"), {"findings": []})


@case("converting one removes the risk, owes its attendees a reminder, and the helpdesk is told the new ID")
def _(d):
    first, second = legacy_pair(d)
    done = d.json("convert", second["uid"])
    equal([(c["uid"], c["old_id"], c["reminders"]) for c in done], [(second["uid"], "7654321", 1)])
    new = done[0]["new_id"]
    equal((len(new), d.json("show", second["uid"])["conference_id"]), (8, new))
    equal(d.json("show", second["uid"])["sequence"], second["sequence"] + 1)
    equal([(m["uid"], m["risk"]) for m in d.json("legacy")], [(first["uid"], "legacy")])
    answer = d.json("lookup", "7654321")
    equal((answer["state"], answer["replaced_by"]), ("upcoming", new))
    equal([m["uid"] for m in answer["meetings"]], [first["uid"]])
    has("".join(told["say"] for told in answer["tell"]).replace(" ", ""), new)
    equal(d.json("lookup", new)["state"], "upcoming")
    has(d.run("invite", second["uid"]).out, "Conference ID: " + new)
    events = [h["event"] for h in d.json("history", second["uid"])]
    assert any("convert" in e for e in events), events


@case("converting the last one retires the static ID: it is replaced")
def _(d):
    first, second = legacy_pair(d)
    d.json("convert", first["uid"])
    new = d.json("convert", second["uid"], "--no-remind")
    equal(new[0]["reminders"], 0)
    answer = d.json("lookup", "765-4321#")
    equal((answer["state"], answer["conference_id"]), ("replaced", "7654321"))
    assert answer["replaced_by"]
    equal(d.json("legacy"), [])
    equal(d.json("check"), {"findings": []})


@case("--organizer-all converts all of an organizer's legacy meetings")
def _(d):
    legacy_pair(d)
    d.run("organizer", "add", "bob@example.org", "--provider", "microsoft")
    equal(sorted(c["reminders"] for c in d.json("convert", "--organizer-all", "-o", ADA)), [1, 2])
    equal(d.json("legacy", "--all"), [])


@case("a conversion is refused before the cut-over, twice, and for a dynamic ID; nothing changes")
def _(d):
    first, second = legacy_pair(d)
    d.run("org", "--dynamic-ids", "off")
    d.error("convert", first["uid"], status=3)
    d.run("org", "--dynamic-ids", "on")
    d.json("convert", first["uid"])
    d.error("convert", first["uid"], status=3)
    d.error("convert", second["uid"], first["uid"], status=3)  # all of them or none
    equal(d.json("show", second["uid"])["conference_id"], "7654321")


@case("the cut-over can be set for later: static before, dynamic after")
def _(d):
    d.organization(dynamic="2026-12-01 00:00")
    equal(d.new("Before", "2026-12-05 09:00")["id_kind"], "static")
    d.now = "2026-12-01T00:00:01Z"
    equal(d.new("After", "2026-12-05 11:00")["id_kind"], "dynamic")


@case("what is there keeps working: no change of provider, edit or cut-over changes a stored ID")
def _(d):
    d.organization()
    meeting = d.new("Budget", "2026-11-24 09:00")
    d.run("organizer", "set", ADA, "--provider", "none")
    equal(d.json("edit", meeting["uid"], "--start", "2026-11-25 14:00")["conference_id"], meeting["conference_id"])
    equal(d.json("lookup", meeting["conference_id"])["state"], "disabled")
    equal(d.new("No dial-in", "2026-11-26 09:00")["conference_id"], None)
    lacks(d.run("invite", d.new("None", "2026-11-26 12:00")["uid"]).out, "Conference ID")
    d.run("organizer", "set", ADA, "--provider", "microsoft")
    equal(d.json("lookup", meeting["conference_id"])["state"], "upcoming")
    d.run("organizer", "set", ADA, "--dial-in", "off")
    equal(d.json("lookup", meeting["conference_id"])["state"], "disabled")


@case("a third party's organizer gets no ID of ours; the invitation shows the provider's number and passcode")
def _(d):
    d.organization()
    d.run("organizer", "set", ADA, "--provider", "third-party", "--third-party-number", "+44 20 7946 0958",
          "--third-party-passcode", "998877")
    meeting = d.new("Budget", "2026-11-24 09:00")
    equal((meeting["conference_id"], meeting["id_kind"]), (None, "third-party"))
    invitation = d.run("invite", meeting["uid"]).out
    has(invitation, "998877")
    has(invitation.replace(" ", ""), "+442079460958")
    lacks(invitation, "Conference ID:")


@case("a reset retires the static ID at once and lists the meetings that still name it")
def _(d):
    first, second = legacy_pair(d)
    listed = d.run("organizer", "reset-id", ADA)
    has(listed.out + listed.err, "Budget")
    has(listed.out + listed.err, "Roadmap")
    equal(d.json("lookup", "7654321")["state"], "retired")
    equal(d.json("show", first["uid"])["conference_id"], "7654321")
    assert d.json("organizer", "show", ADA)["static_id"] != "7654321"
    equal(len(d.json("convert", first["uid"], second["uid"])), 2)
    equal(d.json("check"), {"findings": []})


main()
