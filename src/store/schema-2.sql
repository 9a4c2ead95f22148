-- schema-2.sql - what version 2 of a store adds to schema.sql: stories.
--
-- A story is a set of reports of one occurrence: of documents, and within and
-- across documents of events. The stories follow from the documents alone; what
-- they are found with is kept, so that only what is new is compared.

-- Documents of version 1 have no signs: they are coded again when they are met.
UPDATE runs SET program = program || ' (store 1)';

CREATE TABLE signs (          -- of current documents: what they are about
  document INTEGER PRIMARY KEY REFERENCES documents,
  day      INTEGER,           -- days since 1970-01-01
  words    BLOB NOT NULL,     -- its rare words as hashes and weights (record.h)
  sketch   BLOB NOT NULL      -- hashes that tell copies
) STRICT;
CREATE INDEX signs_by_day ON signs (day);

CREATE TABLE document_links ( -- pairs alike enough; each stands here both ways
  a INTEGER NOT NULL, b INTEGER NOT NULL,
  score INTEGER NOT NULL,     -- 4096 is the very same
  copy  INTEGER NOT NULL,     -- 1: half of the words' runs are the same
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_stories (
  document INTEGER PRIMARY KEY REFERENCES documents,
  story    TEXT NOT NULL,
  copy_of  INTEGER NOT NULL,  -- the first document of which it is a copy; itself
  block    INTEGER NOT NULL   -- hash of what it was compared with
) STRICT;
CREATE INDEX document_stories_by_story ON document_stories (story);

CREATE TABLE tellings (       -- of events of current documents: what is compared
  event   INTEGER PRIMARY KEY REFERENCES events,
  pair    INTEGER NOT NULL,   -- hash of the sides, the type and the kind of status
  day     INTEGER NOT NULL,
  first   INTEGER NOT NULL,   -- the first day on which it may lie
  length  INTEGER NOT NULL,   -- and how many
  trigger INTEGER NOT NULL, place INTEGER NOT NULL, mode INTEGER NOT NULL,
  source  INTEGER NOT NULL, target INTEGER NOT NULL, -- the persons; hashes, 0: none
  words   BLOB NOT NULL
) STRICT;
CREATE INDEX tellings_by_pair ON tellings (pair, day);

CREATE TABLE event_stories (
  event INTEGER PRIMARY KEY REFERENCES events,
  story TEXT NOT NULL,
  block INTEGER NOT NULL
) STRICT;
CREATE INDEX event_stories_by_story ON event_stories (story);

-- Ids of stories that have become part of others.
CREATE TABLE story_aliases (
  alias TEXT PRIMARY KEY, story TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What has changed since stories were last found; empty after a complete run.
CREATE TABLE changed_documents (
  document INTEGER PRIMARY KEY,
  links    INTEGER NOT NULL   -- 1: to be compared anew; 0: a neighbour went
) STRICT;
CREATE TABLE changed_pairs (
  pair INTEGER NOT NULL, day INTEGER NOT NULL,
  PRIMARY KEY (pair, day)
) STRICT, WITHOUT ROWID;

-- ---- for people

-- Events with their stories. independent: reports of other documents, copies
-- and further reports of one agency counted once.
CREATE VIEW stories AS
SELECT s.story, min(coalesce(e."begin", d.date)) AS "begin",
  max(coalesce(e."end", e."begin", d.date)) AS "end",
  min(a.code) AS source, e.type, min(t.code) AS target, max(e.mutual) AS mutual,
  count(*) AS reports, count(DISTINCT e.document) AS documents,
  count(DISTINCT coalesce(d.agency, d.source, 'document ' || k.copy_of)) AS independent,
  sum(e.status = 'denied') AS denied,
  CASE WHEN sum(e.status = 'denied') = count(*) THEN 'denied'
       WHEN sum(e.status = 'denied') > 0 THEN 'disputed'
       WHEN count(DISTINCT coalesce(d.agency, d.source, 'document ' || k.copy_of)) > 1 THEN 'confirmed'
       ELSE 'single source' END AS standing,
  avg(e.goldstein) AS goldstein, max(e.confidence) AS confidence
FROM event_stories s
JOIN events e ON e.key = s.event
JOIN documents d ON d.key = e.document
JOIN document_stories k ON k.document = e.document
LEFT JOIN actors a ON a.document = e.document AND a.number = e.source
LEFT JOIN actors t ON t.document = e.document AND t.number = e.target
GROUP BY s.story;
