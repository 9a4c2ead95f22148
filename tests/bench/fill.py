#!/usr/bin/env python3
"""fill.py - a store of a million events, for measuring `bede serve`.

    bede code --db small.db NEWS; tests/bench/fill.py small.db large.db 1000000

Copies a store's documents with their layers and events again and again, each
copy under new ids and some days later, until there are so many events.
SPDX-License-Identifier: Apache-2.0
"""
import shutil
import sqlite3
import sys

small, large, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
shutil.copy(small, large)
db = sqlite3.connect(large)
db.execute("PRAGMA journal_mode = OFF")
db.execute("PRAGMA synchronous = OFF")
LAYERS = ["sentences", "actors", "times", "places", "figures", "speeches"]


def columns(table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def copy(table, changes, where=""):
    names = columns(table)
    new = [changes.get(name, f'"{name}"') for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    db.execute(f"INSERT INTO {table} ({quoted}) SELECT {', '.join(new)} FROM {table} {where}")


docs = db.execute("SELECT max(key) FROM documents").fetchone()[0]
last = db.execute("SELECT max(key) FROM events").fetchone()[0]
have = count = db.execute("SELECT count(*) FROM events").fetchone()[0]
turn = 0
while have < wanted:
    turn += 1
    d, e, days = docs * turn, last * turn, f"'+{turn * 9} days'"
    later = lambda name: f"CASE WHEN length({name}) = 10 THEN date({name}, {days}) ELSE {name} END"
    first = f"WHERE document <= {docs}"
    copy("documents", {"key": f"key + {d}", "id": f"id || '/{turn}'", "date": later("date")}, f"WHERE key <= {docs}")
    for table in LAYERS:
        copy(table, {"document": f"document + {d}"}, first)
    copy("events", {"key": f"key + {e}", "document": f"document + {d}", "id": f"printf('%016x', key + {e})",
                    "begin": later('"begin"'), "end": later('"end"')}, first)
    copy("event_uses", {"event": f"event + {e}"}, f"WHERE event <= {last}")
    copy("traces", {"event": f"event + {e}"}, f"WHERE event <= {last}")
    have += count
db.commit()
db.execute("ANALYZE")
db.commit()
print(have, "events in", docs * (turn + 1), "documents")
