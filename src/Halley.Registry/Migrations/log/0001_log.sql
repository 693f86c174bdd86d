-- One row for each process that ever appended.
CREATE TABLE writer (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  started TEXT NOT NULL,
  machine TEXT NOT NULL,
  process INTEGER NOT NULL
) STRICT;

CREATE TABLE scope (
  number INTEGER PRIMARY KEY,
  environment TEXT NOT NULL,
  decision TEXT NOT NULL,
  UNIQUE (environment, decision)
) STRICT;

-- place = writer's number * 2^40 + seq: a writer's chain is one run of the table, without an index of its own.
-- Ids are UUIDs of version 7, so that their index is the order of time.
CREATE TABLE record (
  place INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  scope INTEGER NOT NULL REFERENCES scope (number),
  id BLOB NOT NULL,
  subject BLOB,
  body BLOB NOT NULL,
  personal BLOB,
  salt BLOB,
  commitment BLOB,
  hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_id ON record (id);
CREATE INDEX record_subject ON record (subject) WHERE subject IS NOT NULL;

CREATE TABLE claim (
  space TEXT NOT NULL,
  key TEXT NOT NULL,
  record BLOB NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_update BEFORE UPDATE OF place, kind, scope, id, subject, body, commitment, hash ON record
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER record_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
