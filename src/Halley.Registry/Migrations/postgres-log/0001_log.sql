-- One row for each process that ever appended.
CREATE TABLE writer (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  started text NOT NULL,
  machine text NOT NULL,
  process integer NOT NULL
);

CREATE TABLE scope (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment text COLLATE "C" NOT NULL,
  decision text COLLATE "C" NOT NULL,
  UNIQUE (environment, decision)
);

-- place = writer's number * 2^40 + seq: a writer's chain is one run of the primary key.
-- Ids are UUIDs of version 7, so that their index is the order of time.
-- No foreign key to scope: its check would lock that one row for every writer of every record.
CREATE TABLE record (
  place bigint PRIMARY KEY,
  kind smallint NOT NULL,
  scope bigint NOT NULL,
  id uuid NOT NULL,
  subject uuid,
  body bytea NOT NULL,
  personal bytea,
  salt bytea,
  commitment bytea,
  hash bytea NOT NULL
);
CREATE UNIQUE INDEX record_id ON record (id);
CREATE INDEX record_subject ON record (subject) WHERE subject IS NOT NULL;

-- key is the SHA-256 of the caller's text: any text of any length fits.
CREATE TABLE claim (
  space text COLLATE "C" NOT NULL,
  key bytea NOT NULL,
  record uuid NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (space, key)
);

CREATE FUNCTION halley_refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'records are never changed or removed'; END $$;

CREATE TRIGGER record_kept BEFORE DELETE OR TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_log_change();
CREATE TRIGGER record_update BEFORE UPDATE OF place, kind, scope, id, subject, body, commitment, hash ON record
  FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_log_change();
