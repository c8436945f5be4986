#!/usr/bin/python3
"""serve: the HTTP door as bridges use it, and as others do."""

import base64
import http.client
import json
import os
import re
import selectors
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree

from _cli import legacy_pair
from dialdesk import case, equal, has, lacks, main, plain_user

SECRET = "correct horse"


class Door:
    """A running serve; its answers."""

    def __init__(self, d, *args, listen="127.0.0.1:0", **more):
        self.d, self.secret = d, d.write("secret", SECRET + "\n")
        os.chmod(self.secret, 0o600)
        self.child = d.start("serve", "--listen", listen, "--secret-file", self.secret, *args, **more)
        line = self.child.stderr.readline().decode()
        found = re.fullmatch(r"dialdesk: listening on (.*?)(:\d+)?\n", line)
        assert found, line + self.child.stderr.read().decode()
        self.port = int(found.group(2)[1:]) if found.group(2) else None

    def ask(self, path, method="GET", secret=SECRET, body=None, headers=None, basic=False):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = dict(headers or {})
        if secret is not None:
            headers["Authorization"] = ("Basic " + base64.b64encode(b"fsapi:" + secret.encode()).decode() if basic
                                        else "Bearer " + secret)
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.headers = dict(answer.getheaders())
        text = answer.read().decode()
        connection.close()
        return answer.status, json.loads(text) if self.headers.get("Content-Type", "").startswith("application/json") else text

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        equal(self.child.wait(), 0)
        equal(self.child.stderr.read(), b"")


def live(d):
    d.organization()
    return d.new("Budget", "2026-11-23 09:00")


@case("GET /v1/admit says what admit says; a refusal takes its time")
def _(d):
    m = live(d)
    door = Door(d)
    i = m["conference_id"]
    wanted = d.json("admit", i)
    equal(door.ask("/v1/admit?digits=%s&caller=%%2B15550100&number=%%2B13238494874&trunk=sip" % i), (200, wanted))
    begun = time.monotonic()
    status, answer = door.ask("/v1/admit?digits=12345670")
    assert time.monotonic() - begun >= 0.15
    equal((status, answer["verdict"], answer["why"]), (200, "refuse", "unknown"))
    equal(door.headers["Cache-Control"], "no-store")
    call = d.json("calls")[1]
    equal((call["caller"], call["number"]), ("…0100", "+13238494874"))
    equal(door.ask("/v1/admit")[0], 400)
    door.stop()


@case("what another process changes is answered by the next time, whatever was known of the ID")
def _(d):
    d.organization(dynamic="off")
    d.run("organizer", "set", "ada@example.org", "--static-id", "7654321")
    old = d.new("Roadmap", "2026-11-23 09:00")
    d.run("org", "--dynamic-ids", "on")
    m, later = d.new("Budget", "2026-11-23 09:00"), d.new("Later", "2026-11-23 11:30")
    door = Door(d)

    def whys(meeting):
        return [door.ask("/v1/admit?digits=" + meeting["conference_id"])[1]["why"] for _ in range(2)]

    for meeting, before, after, command in (
            (later, "upcoming", "before", ("edit", later["uid"], "--start", "2026-11-23 09:30")),
            (later, "before", "on", ("org", "--early-minutes", "30")),
            (m, "on", "disabled", ("organizer", "set", "ada@example.org", "--dial-in", "off")),
            (m, "disabled", "on", ("organizer", "set", "ada@example.org", "--dial-in", "on")),
            (old, "on", "replaced", ("convert", old["uid"])),
            (m, "on", "cancelled", ("cancel", m["uid"]))):
        equal(whys(meeting), [before] * 2, command)
        d.run(*command)
        equal(whys(meeting), [after] * 2, command)
    door.stop()


@case("the secret: 401 without it, with a wrong one, with a part of it; Bearer and Basic")
def _(d):
    m = live(d)
    door = Door(d)
    path = "/v1/admit?digits=" + m["conference_id"]
    for secret in (None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()):
        equal(door.ask(path, secret=secret)[0], 401, repr(secret))
        has(door.headers["WWW-Authenticate"], "Basic")
    equal(door.ask(path, basic=True)[0], 200)
    equal(door.ask(path, secret="wrong", basic=True)[0], 401)
    for header in ("Basic", "Basic !!!!", "Basic " + "A" * 5000, "Bearer", "Digest x", "\u00ff"):
        equal(door.ask(path, secret=None, headers={"Authorization": header.encode("latin-1")})[0], 401)
    for other in ("/fsapi", "/conference"):
        equal(door.ask(other, "POST", None, {"name": "x"})[0], 401)
    equal(door.ask("/conferenceMapper?id=1234", secret=None)[0], 401)
    equal(d.json("calls")[0]["verdict"], "admit")
    door.stop()


@case("what is not there, another method, a long address, a large body, other peers than bridges")
def _(d):
    m = live(d)
    door = Door(d)
    equal(door.ask("/")[0], 404)
    equal(door.ask("/v1/admit", "POST", body={"digits": "1"})[0], 405)
    equal(door.headers["Allow"], "GET")
    equal(door.ask("/fsapi")[0], 405)
    equal(door.ask("/v1/admit?digits=" + "9" * 20000)[0], 414)
    equal(door.ask("/fsapi", "POST", body="x" * 70000)[0], 413)
    equal(door.ask("/v1/admit?digits=%00%1b%5b31m&caller=%1b%5d0;x%07")[1]["verdict"], "refuse")
    equal(door.ask("/v1/admit?" + "&".join("a%d=" % k for k in range(100)) + "&digits=" + m["conference_id"])[0], 200)
    for garbage in (b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"x" * 50000, b"x" * 1000000, b""):
        with socket.create_connection(("127.0.0.1", door.port)) as peer:
            try:
                peer.sendall(garbage)
                peer.shutdown(socket.SHUT_WR)
                peer.recv(1000)
            except OSError:  # it has hung up already
                pass
    for k in range(50):  # who hangs up while the answer is held back
        with socket.create_connection(("127.0.0.1", door.port)) as peer:
            peer.sendall(("GET /v1/admit?digits=1234&trunk=%d HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % (k, SECRET)).encode())
    for digits in ("*" + m["conference_id"], m["conference_id"] + "x", "9" * 40):
        equal(door.ask("/v1/admit?trunk=odd&digits=" + digits)[1]["verdict"], "refuse", digits)
    half = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(40)]
    for one in half:
        one.sendall(b"GET /v1/admit?digits=1 HT")
    equal(door.ask("/v1/admit?digits=" + m["conference_id"])[0], 200)
    equal(half[0].recv(10000)[:13] in (b"", b"HTTP/1.1 408 "), True)  # closed after five seconds of silence
    for one in half:
        one.close()
    door.stop()


@case("Jitsi: the mapper by ID and by room, the numbers, CORS where its pages ask")
def _(d):
    m = live(d)
    i, room = m["conference_id"], "m-" + m["uid"]
    later = d.new("Later", "2026-11-25 09:00")
    gone = d.new("Gone", "2026-11-25 09:00")
    d.run("cancel", gone["uid"])
    door = Door(d, "--jitsi-domain", "conference.meet.example.org")
    status, answer = door.ask("/conferenceMapper?id=" + i)
    equal((status, answer["id"], answer["conference"]), (200, int(i), room + "@conference.meet.example.org"))
    for wrong in ("12345670", later["conference_id"], "012345"):
        status, answer = door.ask("/conferenceMapper?id=" + wrong)
        equal((status, answer["conference"]), (200, False))
    for name, id in ((room, int(i)), ("m-" + later["uid"], int(later["conference_id"])), ("m-" + gone["uid"], False),
                     ("m-", False), ("o-x", False), ("nothing", False), (i, False)):
        status, answer = door.ask("/conferenceMapper?conference=%s@muc.x&url=https%%3A%%2F%%2Fx" % name, secret=None)
        equal((status, answer["id"]), (200, id), name)
        equal(door.headers["Access-Control-Allow-Origin"], "*")
    equal(door.ask("/conferenceMapper", secret=None)[0], 400)
    status, answer = door.ask("/phoneNumberList?conference=" + room, secret=None)
    equal((status, answer[0]), (200, {"countryCode": "DE", "tollFree": False, "formattedNumber": "+49 30 901820"}))
    door.stop()


def reservation(m, start, seconds):
    return {"id": int(m["conference_id"]), "name": "m-" + m["uid"], "mail_owner": "ada@example.org",
            "start_time": start, "duration": seconds}


@case("Prosody's reservations: open while the meeting is on, and for no other room")
def _(d):
    first, _ = legacy_pair(d)
    d.now = "2026-11-24T09:30:00Z"
    m = d.new("Now", "2026-11-24 09:15")
    door = Door(d)
    form = {"name": "m-" + m["uid"], "start_time": "2026-11-24T09:30:00.000Z", "mail_owner": "x@example.org"}
    status, answer = door.ask("/conference", "POST", body=form)
    equal((status, answer), (200, reservation(m, "2026-11-24T09:30:00+00:00", 45 * 60 + 30 * 60)))
    equal(door.ask("/conference/12345670")[0], 404)
    for name in ("m-" + first["uid"], "lobby", "", "m-x", "o-x", m["conference_id"]):
        status, answer = door.ask("/conference", "POST", body=dict(form, name=name))
        assert status == 403 and answer["message"], (name, status, answer)
    equal(door.ask("/conference", "POST", body={"start_time": "x"})[0], 400)
    room = d.json("admit", "7654321")["room"]
    equal(door.ask("/conference", "POST", body=dict(form, name=room))[1]["duration"], 30 * 60)
    equal(len(d.json("calls")), 1)
    door.stop()


@case("Prosody's reservations: a room that is reserved is a conflict, and free again when it is deleted or its meeting cancelled")
def _(d):
    m = live(d)
    other = d.new("Other", "2026-11-23 09:00")
    door = Door(d)

    def reserve(meeting):
        return door.ask("/conference", "POST", body={"name": "m-" + meeting["uid"], "start_time": "x", "mail_owner": "x"})

    address = "/conference/" + m["conference_id"]
    conflict = (409, {"conflict_id": int(m["conference_id"])})
    equal((door.ask(address)[0], door.ask(address, "DELETE")[0]), (404, 404))  # nobody has reserved it
    status, wanted = reserve(m)
    equal((status, wanted["id"]), (200, int(m["conference_id"])))
    equal([reserve(m), reserve(m)], [conflict] * 2)
    equal(door.ask("/conference/%d" % conflict[1]["conflict_id"]), (200, wanted))
    equal(reserve(other)[0], 200)  # of another room
    d.run("edit", m["uid"], "--duration", "120")
    equal(door.ask(address)[1]["duration"], wanted["duration"] + 3600)  # as long as the meeting by now
    equal(door.ask(address, "DELETE", secret=None)[0], 401)
    equal(door.ask(address, "DELETE")[0], 200)
    equal((door.ask(address)[0], door.ask(address, "DELETE")[0]), (404, 404))
    equal([reserve(m)[0], reserve(m), reserve(other)[0]], [200, conflict, 409])
    d.run("cancel", m["uid"])
    equal((reserve(m)[0], door.ask(address)[0]), (403, 404))
    door.stop()
    door = Door(d)
    equal(reserve(other)[0], 200)  # reservations end with serve
    door.stop()


@case("FreeSWITCH: asks, asks again, lets in, gives up; XML that is XML, whatever comes")
def _(d):
    m = live(d)
    later = d.new("Later", "2026-11-23 09:45")
    door = Door(d)
    call = {"section": "dialplan", "Caller-Destination-Number": "8999", "Caller-Context": "public",
            "Caller-Caller-ID-Number": "15550100", "hostname": "x", "tag_name": "", "key_name": "", "key_value": "",
            "Caller-Network-Addr": "192.0.2.7"}
    call.update(("variable_%d" % k, "y" * 50) for k in range(200))

    def actions(status=200, **more):
        got, text = door.ask("/fsapi", "POST", body=dict(call, **more), basic=True, headers={"Expect": "100-continue"})
        equal((got, door.headers["Content-Type"]), (status, "text/xml; charset=utf-8"))
        root = ElementTree.fromstring(text)
        return [(a.get("application"), a.get("data")) for a in root.iter("action")]

    first = actions()
    equal(first[-1], ("transfer", "8999 XML public"))
    has(dict(first)["play_and_get_digits"], "4 12 1 7000 #")
    equal(dict(first)["set"], "dialdesk_try=1")
    equal(dict(actions(variable_dialdesk_try="1"))["set"], "dialdesk_try=2")
    wrong = actions(variable_dialdesk_try="2", variable_dialdesk_digits="12345670")
    equal((wrong[0][0], dict(wrong)["set"]), ("playback", "dialdesk_try=3"))
    for tried in ("3", "99", "-1", "x", "2x"):
        equal(actions(variable_dialdesk_try=tried, variable_dialdesk_digits="12345670")[-1][0], "hangup")
        equal(actions(variable_dialdesk_try=tried)[-1][0], "hangup")
    right = actions(variable_dialdesk_try="3", variable_dialdesk_digits=m["conference_id"])
    equal(right[1:], [("sched_hangup", "+5400 allotted_timeout"), ("conference", "m-%s@default" % m["uid"])])
    # files of the sounds that FreeSWITCH brings: one that it has not would be a silent hang-up
    equal(actions(variable_dialdesk_try="1", variable_dialdesk_digits=later["conference_id"])[1:],
          [("playback", "conference/conf-conference_will_start_shortly.wav"), ("hangup", "NORMAL_CLEARING")])
    equal(d.sql("SELECT DISTINCT trunk FROM call").strip(), "192.0.2.7")
    actions(variable_sip_gateway="provider", variable_dialdesk_digits="12345670")  # the gateway of a call that it brought
    equal(d.sql("SELECT trunk, caller, number FROM call ORDER BY seq DESC LIMIT 1").strip(), "provider|15550100|8999")
    evil = {"Caller-Destination-Number": "${system(id)}", "Caller-Context": "\"/><x>&\x01", "variable_dialdesk_digits": "<&>\""}
    for name, data in actions(**evil):
        assert "${" not in data and "<x>" not in data, data
    status, text = door.ask("/fsapi", "POST", body={"section": "directory"}, basic=True)
    has(text, 'status="not found"')
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        equal(actions(variable_dialdesk_digits=m["conference_id"])[-1], ("hangup", "NORMAL_TEMPORARY_FAILURE"))
        db.execute("ROLLBACK")
    door.stop()


@case("the store: away at first, held, replaced; 503, and back again")
def _(d):
    door = Door(d)
    equal(door.ask("/v1/admit?digits=12345670")[0], 503)
    equal(door.headers["Retry-After"], "1")
    assert not os.path.exists(d.db)
    m = live(d)
    path = "/v1/admit?digits=" + m["conference_id"]
    equal(door.ask(path)[0], 200)
    with sqlite3.connect(d.db, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        time.sleep(0.1)  # the next one comes alone: in a burst it would be answered first and written later
        equal(door.ask(path)[0], 503)  # though the store is held still
        db.execute("ROLLBACK")
    equal(door.ask(path)[0], 200)
    door.stop()


@case("kill -9 under load: nothing half, and back with the first question; unix socket; a passed socket")
def _(d):
    m = live(d)
    door = Door(d)
    stop, answered = threading.Event(), []

    def load():
        while not stop.is_set():
            try:
                answered.append(door.ask("/v1/admit?digits=" + m["conference_id"])[0])
            except (OSError, http.client.HTTPException):
                pass

    callers = [threading.Thread(target=load) for _ in range(8)]
    for one in callers:
        one.start()
    while len(answered) < 100 and door.child.poll() is None:
        time.sleep(0.01)
    port = door.port
    door.child.kill()
    door.child.wait()
    again = Door(d, listen="127.0.0.1:%d" % port)
    equal(again.ask("/v1/admit?digits=" + m["conference_id"])[0], 200)  # the first question already
    stop.set()
    for one in callers:
        one.join()
    again.stop()
    equal(set(answered), {200})
    equal(d.json("check"), {"findings": []})
    equal(d.sql("SELECT COUNT(*) FROM call WHERE verdict <> 'admit' OR why <> 'on' OR meeting_uid <> '%s'" % m["uid"]).strip(), "0")

    path = d.path("door.sock")
    for k in range(2):  # the second finds the file of the first, which was killed
        unix = Door(d, listen="unix:" + path)
        equal(os.stat(path).st_mode & 0o777, 0o660)
        with socket.socket(socket.AF_UNIX) as peer:
            peer.connect(path)
            peer.sendall(b"GET /nothing HTTP/1.0\r\n\r\n")
            has(peer.recv(100).decode(), "404")
        if k == 0:
            unix.child.kill()
            unix.child.wait()
    has(d.error("serve", "--listen", "unix:" + path, "--secret-file", unix.secret, status=4), "listened")
    unix.stop()
    assert not os.path.exists(path)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        script = 'exec 3<&%d; export LISTEN_FDS=1 LISTEN_PID=$$; exec "%s" serve --listen fd --secret-file %s' % (
            listening.fileno(), d.program, unix.secret)
        child = subprocess.Popen(["sh", "-c", script], env=d.env(None), pass_fds=[listening.fileno()], stderr=subprocess.PIPE)
        d.started.append(child)
        child.stderr.readline()
        again.port = listening.getsockname()[1]
        equal(again.ask("/v1/admit?digits=" + m["conference_id"])[0], 200)
        child.terminate()
        equal(child.wait(), 0)


@case("what serve does not begin with: no secret, one that others read, an empty one, addresses of others")
def _(d):
    secret = d.write("secret", SECRET)
    os.chmod(secret, 0o600)
    has(d.error("serve", status=2), "--secret-file")
    has(d.error("serve", "--secret-file", d.path("none"), status=2), "none")
    for text in ("", "\n \n", "a\0b"):
        empty = d.write("empty", text)
        os.chmod(empty, 0o600)
        has(d.error("serve", "--secret-file", empty, status=2), "no secret")
    os.chmod(empty, 0o644)
    has(d.error("serve", "--secret-file", empty, status=4), "chmod 600")
    for where in ("0.0.0.0:8085", "[::]:8085", "8.8.8.8:1"):
        has(d.error("serve", "--secret-file", secret, "--listen", where, status=2), "proxy")
    for where in ("", "8085", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:999999", ":80", "unix:", "unix:" + "x" * 200, "fd"):
        d.error("serve", "--secret-file", secret, "--listen", where, status=2)
    for port in ("65536", "99999"):
        has(d.error("serve", "--secret-file", secret, "--listen", "127.0.0.1:" + port, status=2), "a port is 0 to 65535")
    os.mkdir(d.path("credentials"))
    os.rename(secret, d.path("credentials/secret"))
    os.chmod(d.path("credentials/secret"), 0o440)  # as systemd has them: its access list for one user shows as the group's bits
    child = d.start("serve", "--listen", "127.0.0.1:0", env={"CREDENTIALS_DIRECTORY": d.path("credentials")})
    has(child.stderr.readline().decode(), "listening on 127.0.0.1:")
    child.terminate()
    equal(child.wait(), 0)
    lacks(open("/proc/self/cmdline").read(), SECRET)


@case("five hundred calls at once: each has its answer, and each is written down")
def _(d):
    m = live(d)
    door = Door(d)
    answers = []

    def call(k):
        peer = http.client.HTTPConnection("127.0.0.1", door.port, timeout=600)
        peer.request("GET", "/v1/admit?digits=%s&caller=%d" % (m["conference_id"], k), headers={"Authorization": "Bearer " + SECRET})
        answers.append(json.loads(peer.getresponse().read()).get("verdict"))
        peer.close()

    callers = [threading.Thread(target=call, args=(k,)) for k in range(500)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    equal((len(answers), set(answers)), (500, {"admit"}))
    door.stop()  # what is owed is written at the end
    equal(d.sql("SELECT COUNT(*), COUNT(DISTINCT caller) FROM call").strip(), "500|500")


@case("a burst of wrong IDs: each counts for the next one, though they are written together")
def _(d):
    m = live(d)
    door = Door(d)

    def burst(paths):
        """One connection, all requests at once; the verdicts and reasons, in the order of the requests."""
        with socket.create_connection(("127.0.0.1", door.port)) as peer:
            peer.sendall("".join("GET /v1/admit?%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % (path, SECRET)
                                 for path in paths).encode())
            got = b""
            while got.count(b'"verdict"') < len(paths):
                got += peer.recv(100000)
        return re.findall(r'"verdict":"([a-z-]*)".*?"why":"([a-z ]*)"', got.decode())

    def all_at_once(callers, digits="12345670", trunk="sip"):
        answers = []
        asking = [threading.Thread(target=lambda path: answers.extend(burst([path])),
                                   args=("digits=%s&caller=%s&trunk=%s" % (digits, caller, trunk),)) for caller in callers]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
        return answers

    answers = all_at_once(["1"] * 30)
    equal((answers.count(("refuse", "unknown")), answers.count(("slow-down", "caller limit"))), (10, 20))
    answers = all_at_once(range(100, 160), trunk="other")
    equal(answers.count(("refuse", "unknown")), 60)
    equal(all_at_once([200], trunk="other"), [("slow-down", "trunk limit")])
    equal(burst(["digits=%s&caller=%d" % (m["conference_id"], 1000 + k) for k in range(50)]), [("admit", "on")] * 50)
    door.stop()  # what is owed is written at the end
    equal(d.sql("SELECT COUNT(*), COUNT(DISTINCT seq), SUM(wrong) FROM call").strip(), "141|141|91")


def chmod_store(d, mode):
    for name in (d.db, d.db + "-wal", d.db + "-shm"):
        if os.path.exists(name):
            os.chmod(name, mode)


@case("clocks a minute apart: two bridges' tries count in one window, whichever clock goes ahead")
def _(d):
    m = live(d)
    now = (d.now, "2026-11-23T09:01:00Z")
    equal(now[0], "2026-11-23T09:00:00Z")
    doors = []
    for d.now in now:
        doors.append(Door(d))

    def wrong(k, **more):
        return doors[k].ask("/v1/admit?" + urllib.parse.urlencode(dict(more, digits="12345670")))[1]["why"]

    for k in range(10):  # by turns, so that each clock has to see the other's tries
        equal(wrong(k % 2, caller="1"), "unknown")
    equal([wrong(k, caller="1") for k in (0, 1)], ["caller limit"] * 2)
    equal([wrong(k, caller="2") for k in (0, 1)], ["unknown"] * 2)
    for behind in (0, 1):
        trunk = "line%d" % behind
        for k in range(30):
            equal((wrong(0, trunk=trunk), wrong(0, trunk=trunk)), ("unknown", "unknown"))
        # a minute later the first one's window is over; by the clock that is behind, the other's tries are still ahead
        equal((trunk, wrong(behind, trunk=trunk)), (trunk, ("trunk limit", "unknown")[behind]))
    for k in range(60):
        equal(wrong(1, trunk="ahead"), "unknown")
    equal([wrong(k, trunk="ahead") for k in (0, 1)], ["trunk limit"] * 2)
    for k in (0, 1):
        equal(doors[k].ask("/v1/admit?trunk=ahead&digits=" + m["conference_id"])[1]["verdict"], "admit")
        doors[k].stop()


@case("a store that is read-only when serve begins: answers that are not counted are not given; and when it may be written")
def _(d):
    m = live(d)
    path = "/v1/admit?digits=" + m["conference_id"]
    d.write("secret", SECRET + "\n")
    more = plain_user(d)
    door = Door(d, **more)
    equal(door.ask(path)[1]["verdict"], "admit")
    door.stop()
    chmod_store(d, 0o400)
    door = Door(d, **more)
    for asked in (path, "/v1/admit?digits=12345670", "/conferenceMapper?id=" + m["conference_id"]):
        equal(door.ask(asked)[0], 503)
    chmod_store(d, 0o600)
    equal(door.ask(path)[1]["verdict"], "admit")
    door.stop()


@case("a store that becomes read-only under serve, which holds it open: each answer is counted, or is none")
def _(d):
    m = live(d)
    path = "/v1/admit?digits=" + m["conference_id"]
    d.write("secret", SECRET + "\n")
    door = Door(d, **plain_user(d))
    equal(door.ask(path)[1]["verdict"], "admit")
    chmod_store(d, 0o400)
    given = 1
    for _ in range(3):
        status, answer = door.ask(path)
        assert status == 503 or answer["verdict"] == "admit", (status, answer)
        given += status == 200
    chmod_store(d, 0o600)
    equal(door.ask(path)[1]["verdict"], "admit")
    door.stop()
    equal(d.sql("SELECT COUNT(*) FROM call").strip(), str(given + 1))


@case("refusals take their time, whatever was found, and nobody waits for another one's")
def _(d):
    m = live(d)
    over, gone = d.new("Over", "2026-11-20 09:00"), d.new("Gone", "2026-11-23 09:00")
    d.run("cancel", gone["uid"])
    d.run("admit", "12345670", "--trunk", "probed", status=1)
    d.sql("WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 60) INSERT INTO call SELECT seq + k, at, digits,"
          " number, caller, trunk, verdict, why, meeting_uid, wrong FROM call, n")
    door = Door(d)
    wrong = ["12345670", over["conference_id"], gone["conference_id"], "12", m["conference_id"] + "99"]
    asked = (["digits=12345670&trunk=probed"] * 10 + ["digits=%s&trunk=%d" % (digits, k) for k in range(6) for digits in wrong]
             + ["digits=" + m["conference_id"]])
    poll, order = selectors.DefaultSelector(), []
    door.child.send_signal(signal.SIGSTOP)  # so that all are there at once, the slowest first
    for path in asked:
        peer = socket.create_connection(("127.0.0.1", door.port))
        peer.sendall(("GET /v1/admit?%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n" % (path, SECRET)).encode())
        poll.register(peer, selectors.EVENT_READ)
    begun = time.monotonic()
    door.child.send_signal(signal.SIGCONT)
    while poll.get_map():
        for key, _ in poll.select():
            got = key.fileobj.recv(10000).decode()
            order.append(re.search(r'"verdict":"([a-z-]*)".*"why":"([a-z ]*)"', got).groups())
            assert time.monotonic() - begun >= 0.15 or order[-1][0] == "admit", order[-1]
            poll.unregister(key.fileobj)
            key.fileobj.close()
    refused = order[:len(asked) - 10]
    equal((refused.count(("admit", "on")), [verdict for verdict, _ in refused].count("refuse")), (1, len(asked) - 11))
    equal(order[len(refused):], [("slow-down", "trunk limit")] * 10)
    door.stop()


@case("a store that is replaced under it: an error or the answer of the new one, and never a wrong number")
def _(d):
    m = live(d)
    door = Door(d)
    path = "/v1/admit?digits=" + m["conference_id"]
    equal(door.ask(path)[1]["verdict"], "admit")
    other = d.path("other.db")
    d.run("backup", other)
    d.run("cancel", m["uid"])
    equal(door.ask(path)[1]["why"], "cancelled")
    os.rename(other, d.db)
    for end in ("-wal", "-shm"):
        if os.path.exists(d.db + end):
            os.unlink(d.db + end)
    answers = [door.ask(path) for _ in range(3)]
    for status, answer in answers:
        assert status == 503 or answer["verdict"] == "admit", answers
    equal(answers[-1][1].get("verdict"), "admit")
    door.stop()


main()
