-- schema-3.sql - what version 3 of a store adds: events by their sides, so that
-- a large store is asked in a moment, counts to compare with, and views.

-- The day of an event, or of its document; '~' where neither is known, NULL for
-- documents that are no longer current.
ALTER TABLE events ADD COLUMN day TEXT;
CREATE INDEX events_by_day ON events (day);
CREATE INDEX events_by_type ON events (type, day);
CREATE INDEX events_by_status ON events (status, day);

-- The sentences of current events, for full text (FTS5, without content).
CREATE VIRTUAL TABLE event_words USING fts5 (text, content = '', columnsize = 0);

CREATE TABLE sides (          -- of events of current documents, each pair of sides
  event  INTEGER NOT NULL REFERENCES events,
  a      TEXT NOT NULL,       -- code of one side; '' unknown
  b      TEXT NOT NULL,       -- of the other; '' unknown or none
  way    INTEGER NOT NULL,    -- 0: on one footing; 1: a is the source; 2: the target;
                              -- 3: a is the speaker
  sector TEXT, name TEXT,     -- of a
  day    TEXT,                -- when, or the day of the document
  type   TEXT NOT NULL, status TEXT NOT NULL, goldstein REAL NOT NULL
) STRICT;
CREATE INDEX sides_by_code ON sides (a, b, day, event, way, sector, type, status, goldstein);
CREATE INDEX sides_by_day ON sides (a, day, event, way, sector, type, status, goldstein);
CREATE INDEX sides_by_event ON sides (event);
CREATE INDEX sides_by_name ON sides (name) WHERE name IS NOT NULL;

CREATE TABLE side_names (     -- all names of sides, to find one by a piece of it
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE totals (         -- events of current documents by day
  day TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
  reports INTEGER NOT NULL,
  PRIMARY KEY (day, type, status)
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_date ON documents (date) WHERE current;
-- When what is planned is due: as was said, else the day it was said to be on.
CREATE INDEX events_by_due ON events (
  coalesce(due_begin, CASE basis WHEN 'text' THEN "begin" END),
  coalesce(due_end, due_begin, CASE basis WHEN 'text' THEN coalesce("end", "begin") END)
) WHERE status = 'planned' AND day IS NOT NULL;
CREATE INDEX places_by_country ON places (country);
CREATE INDEX places_by_name ON places (name COLLATE NOCASE);

-- What is in the store already.
CREATE TEMP TABLE those AS
SELECT e.key AS event, coalesce(e."begin", d.date) AS day, e.document, e.source, e.target,
  e.mutual, e.type, e.status, e.goldstein
FROM events e JOIN documents d ON d.key = e.document AND d.current;
CREATE TEMP TABLE them AS
SELECT e.event, 1 AS way, a.code, a.sector, a.name FROM those e
JOIN actors a ON a.document = e.document AND a.number = e.source
UNION SELECT e.event, CASE u.role WHEN 'with' THEN 1 ELSE 2 END, a.code, a.sector, a.name FROM those e
JOIN event_uses u ON u.event = e.event AND u.role IN ('with', 'target with')
JOIN actors a ON a.document = e.document AND a.number = u.number
UNION SELECT e.event, 2, a.code, a.sector, a.name FROM those e
JOIN actors a ON a.document = e.document AND a.number = e.target;
CREATE INDEX temp.them_by_event ON them (event, way);
INSERT INTO sides SELECT e.event, coalesce(x.code, ''), coalesce(y.code, ''),
  CASE e.mutual WHEN 1 THEN 0 ELSE x.way END, x.sector, x.name, e.day, e.type, e.status, e.goldstein
FROM those e JOIN them x ON x.event = e.event
LEFT JOIN them y ON y.event = e.event AND y.way <> x.way;
INSERT INTO sides SELECT e.event, coalesce(a.code, ''), '', 3, a.sector, a.name, e.day, e.type, e.status,
  e.goldstein
FROM those e JOIN events f ON f.key = e.event
JOIN actors a ON a.document = f.document AND a.number = f.speaker;
UPDATE events SET day = coalesce((SELECT day FROM those WHERE event = key), '~')
WHERE document IN (SELECT key FROM documents WHERE current);
INSERT INTO event_words (rowid, text)
SELECT e.event, CAST(substr(CAST(d.text AS BLOB), n."begin" + 1, n."end" - n."begin") AS TEXT)
FROM those e JOIN events f ON f.key = e.event JOIN documents d ON d.key = f.document
JOIN sentences n ON n.document = f.document AND n.number = f.sentence;
INSERT OR IGNORE INTO side_names SELECT DISTINCT name FROM sides WHERE name IS NOT NULL;
INSERT INTO totals SELECT coalesce(day, ''), type, status, count(*) FROM those GROUP BY 1, 2, 3;
DROP TABLE temp.them;
DROP TABLE temp.those;

-- ---- for people

-- Directed pairs by month: reports, stories and sums of what was done.
CREATE VIEW dyad_month AS
SELECT s.a AS source, s.b AS target, substr(s.day, 1, 7) AS month,
  count(DISTINCT s.event) AS reports, count(DISTINCT k.story) AS stories,
  count(DISTINCT CASE WHEN e.quad = 'verbal cooperation' THEN k.story END) AS verbal_cooperation,
  count(DISTINCT CASE WHEN e.quad = 'material cooperation' THEN k.story END) AS material_cooperation,
  count(DISTINCT CASE WHEN e.quad = 'verbal conflict' THEN k.story END) AS verbal_conflict,
  count(DISTINCT CASE WHEN e.quad = 'material conflict' THEN k.story END) AS material_conflict,
  sum(s.goldstein) AS goldstein_sum, avg(s.goldstein) AS goldstein_mean
FROM sides s JOIN events e ON e.key = s.event
LEFT JOIN event_stories k ON k.event = s.event
WHERE s.way < 2 AND s.a <> '' AND s.b <> '' AND s.status = 'actual'
GROUP BY s.a, s.b, substr(s.day, 1, 7);

-- What was planned or promised, and by when.
CREATE VIEW pledges AS
SELECT k.story, e.id AS event, d.date AS said, s.code AS source, s.name AS source_name, e.type,
  t.code AS target, t.name AS target_name, e.mutual,
  coalesce(e.pledge, CAST(substr(CAST(d.text AS BLOB), e.trigger_begin + 1,
                                 e.trigger_end - e.trigger_begin) AS TEXT)) AS what,
  coalesce(e.due_begin, CASE e.basis WHEN 'text' THEN e."begin" END) AS due_begin,
  coalesce(e.due_end, e.due_begin, CASE e.basis WHEN 'text' THEN coalesce(e."end", e."begin") END)
    AS due_end,
  e.due_inferred AS inferred, p.code AS speaker, p.name AS speaker_name, d.id AS document
FROM events e JOIN documents d ON d.key = e.document AND d.current
LEFT JOIN event_stories k ON k.event = e.key
LEFT JOIN actors s ON s.document = e.document AND s.number = e.source
LEFT JOIN actors t ON t.document = e.document AND t.number = e.target
LEFT JOIN actors p ON p.document = e.document AND p.number = e.speaker
WHERE e.status = 'planned';
