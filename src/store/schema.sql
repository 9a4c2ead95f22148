-- schema.sql - the tables of a store, version 1.
--
-- A store holds what was read and what was coded, with the bytes of the text
-- on which everything rests. "begin" and "end" are bytes of documents.text,
-- half-open; numbers count from 0 within the document. Days are written as
-- precisely as they are known: 2023, 2023-12, 2023-12-31. What is absent is
-- NULL. Read it with any SQLite program; the views at the end are for that.

CREATE TABLE runs (
  key      INTEGER PRIMARY KEY,
  program  TEXT NOT NULL,  -- version of Bede
  data     TEXT NOT NULL,  -- version of the knowledge image
  options  TEXT NOT NULL,  -- the command as it was typed
  begun    TEXT NOT NULL,  -- UTC, 2024-03-05T18:47:00Z
  finished TEXT            -- NULL: still at work, or stopped
) STRICT;

CREATE TABLE documents (
  key      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL,     -- of the input, else its URL, else a hash
  version  INTEGER NOT NULL,  -- 1, 2 …: the same id with other text
  current  INTEGER NOT NULL,  -- 1: the newest version
  hash     TEXT NOT NULL,     -- of text and frame
  run      INTEGER NOT NULL REFERENCES runs,  -- that coded its events
  path TEXT, url TEXT, title TEXT, published TEXT,
  date TEXT, date_basis TEXT, -- the day, and where it is from
  agency TEXT, source TEXT, language TEXT,
  authors TEXT, editors TEXT, -- one a line
  dateline_place TEXT, dateline_country TEXT, dateline_date TEXT,
  dateline_begin INTEGER, dateline_end INTEGER,
  text     TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;
CREATE INDEX documents_by_hash ON documents (id, hash);

-- Every run that coded a document, also those whose events were replaced.
CREATE TABLE codings (
  document INTEGER NOT NULL REFERENCES documents,
  run      INTEGER NOT NULL REFERENCES runs,
  events   INTEGER NOT NULL,  -- how many there were
  PRIMARY KEY (document, run)
) STRICT, WITHOUT ROWID;

-- ---- layers over a document's text

CREATE TABLE sentences (
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  paragraph INTEGER NOT NULL,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE actors (         -- mentions, with whom they mean
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  code TEXT, sector TEXT, name TEXT, role TEXT,
  kind     TEXT NOT NULL,     -- name, titled, common, adjective, pronoun, group
  place    INTEGER NOT NULL,  -- 1: used as a place ("in Moscow")
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_by_code ON actors (code);

CREATE TABLE times (
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  type     TEXT NOT NULL,     -- DATE, TIME, DURATION, SET
  value    TEXT,              -- TIMEX3
  first_day TEXT, last_day TEXT,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE places (
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  name TEXT, country TEXT,
  lat REAL, lon REAL, geonames INTEGER,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE figures (
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  value    REAL NOT NULL, value2 REAL,
  change   TEXT NOT NULL,     -- = ~ > < up down
  unit TEXT, of_what TEXT,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE speeches (
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  "begin"  INTEGER NOT NULL, "end" INTEGER NOT NULL,
  speaker_begin INTEGER, speaker_end INTEGER,
  cue_begin INTEGER, cue_end INTEGER,
  kind     TEXT NOT NULL,     -- direct, indirect, mixed
  actor    INTEGER,
  PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- ---- events

CREATE TABLE events (
  key      INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents,
  number   INTEGER NOT NULL,
  id       TEXT NOT NULL,     -- the same input and data give the same id
  sentence INTEGER NOT NULL,
  type TEXT NOT NULL, status TEXT NOT NULL, quad TEXT NOT NULL,
  mode TEXT, contexts TEXT, cameo TEXT,
  goldstein REAL NOT NULL, confidence REAL NOT NULL, rule TEXT,
  mutual   INTEGER NOT NULL,  -- 1: source and target on one footing
  by_order INTEGER NOT NULL,  -- 1: word order matched, not the tree
  count    INTEGER NOT NULL,  -- 2 for "two meetings"
  trigger_begin INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  source INTEGER, target INTEGER,            -- numbers of actors
  speaker INTEGER, speaker_begin INTEGER, speaker_end INTEGER,
  speech INTEGER,
  "begin" TEXT, "end" TEXT, basis TEXT, inferred INTEGER NOT NULL,  -- when
  pledge TEXT, due_begin TEXT, due_end TEXT, due_inferred INTEGER NOT NULL,
  UNIQUE (document, number)
) STRICT;
CREATE INDEX events_by_id ON events (id);

CREATE TABLE event_uses (     -- other records that belong to an event
  event    INTEGER NOT NULL REFERENCES events,
  role     TEXT NOT NULL,     -- with, target with, behalf: actors; time, place, figure
  position INTEGER NOT NULL,
  number   INTEGER NOT NULL,  -- of the record in its document
  PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE derived (        -- facts that follow from an event, by reasoning
  event    INTEGER NOT NULL REFERENCES events,
  position INTEGER NOT NULL,
  statement TEXT, code TEXT, "begin" TEXT, "end" TEXT, reason TEXT,
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE traces (         -- why the event was coded so
  event    INTEGER NOT NULL REFERENCES events,
  position INTEGER NOT NULL,
  text     TEXT,
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

-- ---- for people

CREATE VIEW event_list AS
SELECT e.id, d.id AS document, e.sentence, e."begin", e."end",
  s.code AS source, s.sector AS source_sector, s.name AS source_name,
  e.type, e.status, e.mutual,
  t.code AS target, t.sector AS target_sector, t.name AS target_name,
  k.code AS speaker, k.name AS speaker_name,
  e.quad, e.cameo, e.goldstein, e.confidence, e.pledge, d.agency, d.title,
  CAST(substr(CAST(d.text AS BLOB), n."begin" + 1, n."end" - n."begin") AS TEXT) AS text
FROM events e
JOIN documents d ON d.key = e.document AND d.current
JOIN sentences n ON n.document = e.document AND n.number = e.sentence
LEFT JOIN actors s ON s.document = e.document AND s.number = e.source
LEFT JOIN actors t ON t.document = e.document AND t.number = e.target
LEFT JOIN actors k ON k.document = e.document AND k.number = e.speaker;

-- The bytes on which each role of an event rests.
CREATE VIEW evidence AS
WITH spans AS (
  SELECT key AS event, document, 'trigger' AS role, trigger_begin AS "begin", trigger_end AS "end"
  FROM events
  UNION ALL
  SELECT key, document, 'speaker', speaker_begin, speaker_end
  FROM events WHERE speaker_begin IS NOT NULL
  UNION ALL
  SELECT e.key, e.document, 'source', a."begin", a."end"
  FROM events e JOIN actors a ON a.document = e.document AND a.number = e.source
  UNION ALL
  SELECT e.key, e.document, 'target', a."begin", a."end"
  FROM events e JOIN actors a ON a.document = e.document AND a.number = e.target
  UNION ALL
  SELECT e.key, e.document, u.role, a."begin", a."end"
  FROM events e JOIN event_uses u ON u.event = e.key
  JOIN actors a ON a.document = e.document AND a.number = u.number
  WHERE u.role IN ('with', 'target with', 'behalf')
  UNION ALL
  SELECT e.key, e.document, u.role, a."begin", a."end"
  FROM events e JOIN event_uses u ON u.event = e.key AND u.role = 'time'
  JOIN times a ON a.document = e.document AND a.number = u.number
  UNION ALL
  SELECT e.key, e.document, u.role, a."begin", a."end"
  FROM events e JOIN event_uses u ON u.event = e.key AND u.role = 'place'
  JOIN places a ON a.document = e.document AND a.number = u.number
  UNION ALL
  SELECT e.key, e.document, u.role, a."begin", a."end"
  FROM events e JOIN event_uses u ON u.event = e.key AND u.role = 'figure'
  JOIN figures a ON a.document = e.document AND a.number = u.number
)
SELECT e.id AS event, s.role, s."begin", s."end",
  CAST(substr(CAST(d.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS text
FROM spans s JOIN events e ON e.key = s.event JOIN documents d ON d.key = s.document;
