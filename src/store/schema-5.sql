-- schema-5.sql - what version 5 of a store adds: near-copies, known at the door
-- and stored once, and how far each file was read.

-- Documents of version 4 have no fingerprints: they are coded again when they are met.
UPDATE runs SET program = program || ' (store 4)';

CREATE TABLE fingerprints (   -- of each different text: what near-copies are told by
  key      INTEGER PRIMARY KEY,
  home     INTEGER NOT NULL,  -- the document that stands for it and its like
  words    INTEGER NOT NULL,  -- hash of all words
  numbers  INTEGER NOT NULL,  -- and of the numbers among them
  day      INTEGER,           -- days since 1970-01-01
  hashes   BLOB NOT NULL
) STRICT;
CREATE INDEX fingerprints_by_words ON fingerprints (words, day);
CREATE INDEX fingerprints_by_home ON fingerprints (home);

CREATE TABLE fingerprint_bands (
  band        INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL REFERENCES fingerprints,
  PRIMARY KEY (band, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE copies (         -- near-copies of a current document; their text is not kept
  id       TEXT PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents,  -- that stands for it
  hash     TEXT NOT NULL,     -- of text and frame, as in documents
  path TEXT, url TEXT, title TEXT, published TEXT, date TEXT,
  agency TEXT, source TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_document ON copies (document);

CREATE TABLE inputs (         -- how far each file is in the store, for code --resume
  path     TEXT PRIMARY KEY,
  size     INTEGER NOT NULL, modified INTEGER NOT NULL, -- of the file, when it was read
  version  TEXT NOT NULL,     -- of program and data
  at       INTEGER NOT NULL,  -- bytes behind the last document that is stored, unpacked
  line     INTEGER NOT NULL,  -- and lines
  member   INTEGER NOT NULL,  -- the packed member with them: byte of the file,
  member_at INTEGER NOT NULL, -- and of what is unpacked
  done     INTEGER NOT NULL   -- 1: it was read to its end
) STRICT, WITHOUT ROWID;

-- ---- for people

-- Where each current document was met: first itself, then its near-copies.
CREATE VIEW addresses AS
SELECT id AS document, 0 AS copy, id, url, path, title, published, date, agency, source
FROM documents WHERE current
UNION ALL
SELECT d.id, 1, c.id, c.url, c.path, c.title, c.published, c.date, c.agency, c.source
FROM copies c JOIN documents d ON d.key = c.document;
