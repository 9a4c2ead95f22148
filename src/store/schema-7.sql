-- schema-7.sql - what version 7 of a store adds: the parse, so that events can be
-- found anew with other actors or clauses (bede whatif). Documents that were coded
-- before have none until they are coded again.

CREATE TABLE parses (         -- of current documents, packed: see parsed.c
  document INTEGER PRIMARY KEY REFERENCES documents,
  network  INTEGER NOT NULL,  -- hash of the network that parsed
  bytes    BLOB NOT NULL
) STRICT;
