#!/usr/bin/env python3
"""load.py - users at `bede serve`: how long each view takes them.

    tests/bench/load.py http://127.0.0.1:8321 [USERS [SECONDS]]

Each user asks for the next of the views as soon as the last is there. Prints
milliseconds at the middle and at the 95th percentile, for each view. Only an
address of this machine is taken.
SPDX-License-Identifier: Apache-2.0
"""
import http.client
import sys
import threading
import time
from collections import defaultdict

base = sys.argv[1].split("//")[-1].rstrip("/")
users = int(sys.argv[2]) if len(sys.argv) > 2 else 20
seconds = min(float(sys.argv[3]) if len(sys.argv) > 3 else 10, 60)
if base.split(":")[0] not in ("127.0.0.1", "localhost"):
    sys.exit("load.py: only for a server on this machine")

VIEWS = {
    "summary": "summary?limit=8",
    "timeline": "plot/timeline.svg",
    "timeline of two": "plot/timeline.svg?actor={0}&other={1}",
    "series of one": "series?actor={0}",
    "events, newest": "events?limit=20&order=new",
    "events of two": "events?limit=25&actor={0}&other={1}",
    "words": "events?limit=20&q=president+meet",
    "matrix": "plot/matrix.svg",
    "map": "plot/map.svg",
    "actor": "actors/{0}?limit=13",
}
ACTORS = ["CHN", "USA", "RUS", "JPN", "GBR", "IRQ", "ISR", "UNO", "IRN", "FRA"]
times, wrong = defaultdict(list), []
end = time.time() + seconds


def user(number):
    connection = http.client.HTTPConnection(base, timeout=30)
    turn = number
    while time.time() < end:
        name = list(VIEWS)[turn % len(VIEWS)]
        path = VIEWS[name].format(ACTORS[turn % 10], ACTORS[(turn * 7 + 3) % 10])
        begun = time.time()
        connection.request("GET", "/api/v1/" + path)
        reply = connection.getresponse()
        reply.read()
        times[name].append((time.time() - begun) * 1000)
        if reply.status != 200:
            wrong.append((reply.status, path))
        turn += 1


threads = [threading.Thread(target=user, args=(i,)) for i in range(users)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{'view':18} {'asked':>6} {'middle':>8} {'95 %':>8}  ms, {users} users")
for name, took in times.items():
    took.sort()
    print(f"{name:18} {len(took):6} {took[len(took) // 2]:8.0f} {took[int(len(took) * 0.95)]:8.0f}")
if wrong:
    print("not 200:", wrong[:3])
sys.exit(1 if wrong else 0)
