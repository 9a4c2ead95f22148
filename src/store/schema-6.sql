-- schema-6.sql - what version 6 of a store adds, so that a million events are
-- asked in a moment: sides know all that lists and counts ask of an event, places
-- are sides too, documents are counted by day, and plans stand in a ledger.

-- Rows of places have way 4, and a is '@' and the country's code, or '@' and the
-- place's name in small letters. The day is '~' where none is known.
ALTER TABLE sides ADD COLUMN last TEXT;   -- the last day of the event
ALTER TABLE sides ADD COLUMN story TEXT;  -- as event_stories
DROP INDEX sides_by_code;
DROP INDEX sides_by_day;
INSERT INTO sides (event, a, b, way, name, day, type, status, goldstein)
SELECT DISTINCT e.key, '@' || p.country, '', 4, NULL, e.day, e.type, e.status, e.goldstein
FROM events e JOIN event_uses u ON u.event = e.key AND u.role = 'place'
JOIN places p ON p.document = e.document AND p.number = u.number
WHERE e.day IS NOT NULL AND p.country IS NOT NULL
UNION
SELECT DISTINCT e.key, substr('@' || lower(p.name), 1, 79), '', 4, NULL, e.day, e.type, e.status, e.goldstein
FROM events e JOIN event_uses u ON u.event = e.key AND u.role = 'place'
JOIN places p ON p.document = e.document AND p.number = u.number
WHERE e.day IS NOT NULL AND p.name IS NOT NULL;
UPDATE sides SET day = coalesce(day, '~'),
  last = (SELECT "end" FROM events WHERE key = event),
  story = (SELECT k.story FROM event_stories k WHERE k.event = sides.event);
CREATE INDEX sides_by_code
ON sides (a, b, day, event, way, sector, type, status, goldstein, last, story);
CREATE INDEX sides_by_day
ON sides (a, day, event, way, sector, type, status, goldstein, last, story);

CREATE TABLE document_days (  -- current documents by their day; '' unknown
  day       TEXT PRIMARY KEY,
  documents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO document_days
SELECT coalesce(date, ''), count(*) FROM documents WHERE current GROUP BY 1;
CREATE TRIGGER document_comes AFTER INSERT ON documents WHEN new.current BEGIN
  INSERT INTO document_days VALUES (coalesce(new.date, ''), 1)
  ON CONFLICT DO UPDATE SET documents = documents + 1;
END;
CREATE TRIGGER document_goes AFTER DELETE ON documents WHEN old.current BEGIN
  UPDATE document_days SET documents = documents - 1 WHERE day = coalesce(old.date, '');
  DELETE FROM document_days WHERE day = coalesce(old.date, '') AND documents = 0;
END;
CREATE TRIGGER document_changes AFTER UPDATE OF current, date ON documents BEGIN
  UPDATE document_days SET documents = documents - old.current WHERE day = coalesce(old.date, '');
  INSERT INTO document_days VALUES (coalesce(new.date, ''), new.current)
  ON CONFLICT DO UPDATE SET documents = documents + new.current;
  DELETE FROM document_days WHERE documents = 0 AND day IN (coalesce(old.date, ''), coalesce(new.date, ''));
END;

CREATE TABLE ledger (         -- stories of planned events; see the view pledges
  story     TEXT PRIMARY KEY,
  event     INTEGER NOT NULL, -- its first report
  due_begin TEXT, due_end TEXT,
  first     TEXT NOT NULL,    -- day of that report ('~' unknown), and id
  last_said TEXT,
  reports   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_by_due ON ledger (due_begin IS NULL, due_begin, first, due_end);

-- Stories with a plan that came or went since stories were last found.
CREATE TABLE changed_stories (
  story TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO changed_stories
SELECT DISTINCT k.story FROM event_stories k JOIN events e ON e.key = k.event AND e.status = 'planned';

-- What the ledger says of them.
CREATE VIEW changed_plans AS
SELECT story, event, due_begin, due_end, first, last_said, reports FROM (
  SELECT k.story, e.key AS event,
    coalesce(e.due_begin, CASE e.basis WHEN 'text' THEN e."begin" END) AS due_begin,
    coalesce(e.due_end, e.due_begin, CASE e.basis WHEN 'text' THEN coalesce(e."end", e."begin") END)
      AS due_end,
    coalesce(d.date, '~') || ' ' || e.id AS first,
    max(d.date) OVER (PARTITION BY k.story) AS last_said,
    count(*) OVER (PARTITION BY k.story) AS reports,
    row_number() OVER (PARTITION BY k.story ORDER BY coalesce(d.date, '~') || ' ' || e.id) AS number
  FROM changed_stories c JOIN event_stories k ON k.story = c.story
  JOIN events e ON e.key = k.event AND e.status = 'planned' AND e.day IS NOT NULL
  JOIN documents d ON d.key = e.document)
WHERE number = 1;
INSERT INTO ledger SELECT * FROM changed_plans;
DELETE FROM changed_stories;

-- ---- for people

DROP VIEW dyad_month;
-- Directed pairs by month: reports, stories and sums of what was done.
CREATE VIEW dyad_month AS
SELECT a AS source, b AS target, substr(day, 1, 7) AS month,
  count(DISTINCT event) AS reports, count(DISTINCT story) AS stories,
  count(DISTINCT CASE WHEN type IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE') THEN story END)
    AS verbal_cooperation,
  count(DISTINCT CASE WHEN type IN ('COOPERATE', 'AID', 'RETREAT') THEN story END)
    AS material_cooperation,
  count(DISTINCT CASE WHEN type IN ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') THEN story END)
    AS verbal_conflict,
  count(DISTINCT CASE WHEN type IN ('PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT') THEN story END)
    AS material_conflict,
  sum(goldstein) AS goldstein_sum, avg(goldstein) AS goldstein_mean
FROM sides
WHERE way < 2 AND a <> '' AND b <> '' AND status = 'actual' AND day <> '~'
GROUP BY a, b, substr(day, 1, 7);

-- Documents that were read, by day, source and country: what counts are taken
-- of, so that silence is told from no news.
CREATE VIEW reading AS
SELECT date AS day, coalesce(agency, source) AS source, dateline_country AS country,
  count(*) AS documents
FROM documents WHERE current GROUP BY 1, 2, 3;
