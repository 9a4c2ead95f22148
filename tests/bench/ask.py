#!/usr/bin/env python3
"""ask.py - how long the questions of `bede events`, `dyad`, `series` and `pledges`
take on a large store: the program from its start to its end, on one core.

    tests/bench/ask.py build/bede STORE.db [TIMES] [KIND]

Actors and pairs are drawn from the store, the frequent ones more often. Prints
milliseconds at the middle, at the 95th percentile and at most, of the clock and
of the processor (the same, but for what else the machine is doing). STORE is
best made by tools/million.c.
SPDX-License-Identifier: Apache-2.0
"""
import os
import random
import sqlite3
import subprocess
import sys
import time

bede, path = sys.argv[1:3]
times = int(sys.argv[3]) if len(sys.argv) > 3 else 10
only = sys.argv[4] if len(sys.argv) > 4 else ""
random.seed(1)
db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
sides = db.execute("SELECT a, count(*) FROM sides WHERE a <> '' AND event % 37 = 0 GROUP BY 1 ORDER BY 2 DESC LIMIT 60").fetchall()
pairs = db.execute("SELECT a, b, count(*) FROM sides WHERE a <> '' AND b <> '' AND a < b AND event % 37 = 0 "
                   "GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 100").fetchall()
names = [r[0] for r in db.execute("SELECT name FROM side_names ORDER BY random() LIMIT 40") if " " in r[0]]
stories = [r[0] for r in db.execute("SELECT story FROM event_stories WHERE event % 9973 = 0 LIMIT 40")]
years = [r[0] for r in db.execute("SELECT DISTINCT substr(day, 1, 4) FROM totals WHERE length(day) = 10 ORDER BY 1")][2:-2]
places = ["IRQ", "CHN", "FRA", "Baghdad", "Paris", "USA"]
words = ["president", "nuclear talks", "police", "killed", "trade", "visit", "summit agreement", "earthquake"]
TYPES = "CONSULT ACCUSE ASSAULT AID REQUEST SUPPORT AGREE THREATEN COERCE".split()


def actor():
    return random.choices([s[0] for s in sides], [s[1] for s in sides])[0]


def pair():
    return list(random.choices([p[:2] for p in pairs], [p[2] for p in pairs])[0])


def month():
    return "%s-%02d" % (random.choice(years), random.randint(1, 12))


pick = random.choice
KINDS = {
    "events ACTOR": lambda: ["events", actor(), "--limit", "100"],
    "events ACTOR, first reports": lambda: ["events", actor(), "--once", "--limit", "100"],
    "events PAIR": lambda: ["events", *pair(), "--limit", "100"],
    "events PAIR, month": lambda: ["events", *pair(), "--from", (m := month()), "--until", m],
    "events ACTOR, type, year": lambda: ["events", actor(), "--type", pick(TYPES), "--from", (y := pick(years)), "--until", y, "--limit", "100"],
    "events ACTOR.SECTOR": lambda: ["events", actor() + ".GOV", "--limit", "100"],
    "events source and target": lambda: ["events", "--actor", (p := pair())[0], "--target", p[1], "--limit", "100"],
    "events NAME": lambda: ["events", pick(names), "--limit", "100"],
    "events type": lambda: ["events", "--type", pick(TYPES), "--limit", "100"],
    "events of a month": lambda: ["events", "--from", (m := month()), "--until", m, "--limit", "100"],
    "events speaker": lambda: ["events", "--speaker", actor(), "--limit", "100"],
    "events place": lambda: ["events", "--place", pick(places), "--limit", "100"],
    "events words": lambda: ["events", "--text", pick(words), "--limit", "100"],
    "events words of ACTOR": lambda: ["events", actor(), "--text", pick(words), "--limit", "100"],
    "events story": lambda: ["events", "--story", pick(stories)],
    "events where": lambda: ["events", "--where", "source = %s and goldstein < -4 and not target = %s" % (actor(), actor()), "--limit", "100"],
    "events where, no actor": lambda: ["events", "--where", "goldstein > 7 and date = %s" % month(), "--limit", "100"],
    "dyad": lambda: ["dyad", *pair()],
    "series": lambda: ["series", "--by", pick(["day", "week", "month", "year"])],
    "series type": lambda: ["series", "--type", pick(TYPES)],
    "series ACTOR": lambda: ["series", actor(), "--by", pick(["day", "week", "month", "year"])],
    "series PAIR": lambda: ["series", *pair(), "--by", pick(["week", "month", "year"])],
    "series ACTOR, type": lambda: ["series", actor(), "--type", pick(TYPES)],
    "series ACTOR.SECTOR": lambda: ["series", actor() + ".GOV"],
    "series source and target": lambda: ["series", "--actor", (p := pair())[0], "--target", p[1]],
    "series words": lambda: ["series", "--text", pick(words)],
    "series words of ACTOR": lambda: ["series", actor(), "--text", pick(words)],
    "series place": lambda: ["series", "--place", pick(places)],
    "series speaker": lambda: ["series", "--speaker", actor()],
    "series where": lambda: ["series", "--where", "source = %s and goldstein < -4" % actor()],
    "pledges": lambda: ["pledges", "--limit", "100"],
    "pledges ACTOR": lambda: ["pledges", actor(), "--limit", "100"],
    "pledges PAIR": lambda: ["pledges", *pair()],
    "pledges due in a year": lambda: ["pledges", "--due", pick(years), "--limit", "100"],
    "pledges of ACTOR, due": lambda: ["pledges", actor(), "--due", pick(years)],
    "pledges of a state": lambda: ["pledges", "--state", pick(["kept", "dropped", "postponed", "overdue", "open"]), "--limit", "100"],
    "pledges of ACTOR, state": lambda: ["pledges", actor(), "--state", pick(["kept", "dropped", "postponed"]), "--limit", "100"],
}


def ask(command):
    begun = time.time()
    child = subprocess.Popen([bede, *command, "--db", path, "--quiet"], stdout=subprocess.PIPE)
    lines = child.stdout.read().count(b"\n")
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit("failed: " + " ".join(command))
    return (time.time() - begun) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, lines, " ".join(command)


def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


print("%-28s %6s %8s %8s %8s %10s %10s" % ("ms", "asked", "middle", "95 %", "most", "cpu 95 %", "lines"))
everything = []
for kind, make in KINDS.items():
    if not kind.startswith(only):
        continue
    took = [ask(make()) for _ in range(times)]
    everything += took
    clock, cpu = [t[0] for t in took], [t[1] for t in took]
    print("%-28s %6d %8.0f %8.0f %8.0f %10.0f %10d  %s" % (
        kind, times, at(clock, 0.5), at(clock, 0.95), max(clock), at(cpu, 0.95),
        at([t[2] for t in took], 0.5), max(took)[3][:60] if max(clock) > 300 else ""))
clock, cpu = [t[0] for t in everything], [t[1] for t in everything]
print("%-28s %6d %8.0f %8.0f %8.0f %10.0f" % ("all", len(everything), at(clock, 0.5), at(clock, 0.95), max(clock), at(cpu, 0.95)))
