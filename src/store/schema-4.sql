-- schema-4.sql - what version 4 of a store adds: what people found when they
-- read events beside their sentences (bede audit).

CREATE TABLE verdicts (
  event   TEXT PRIMARY KEY,   -- id of the event; holds across coding again
  verdict TEXT NOT NULL,      -- right, wrong
  role    TEXT,               -- what is wrong: source, target, type, status, date, event
  type    TEXT NOT NULL, source TEXT, target TEXT, -- as they were read
  at      TEXT NOT NULL       -- UTC
) STRICT, WITHOUT ROWID;
