-- Rows are only ever added; the triggers below refuse anything else.
CREATE TABLE model_version (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (name, version),
  UNIQUE (name, hash)
) STRICT;

CREATE TABLE alias_change (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX alias_change_name ON alias_change (name, number);

CREATE TABLE release (
  decision TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (decision, version),
  UNIQUE (decision, hash)
) STRICT;

CREATE TABLE environment_change (
  number INTEGER PRIMARY KEY,
  environment TEXT NOT NULL,
  decision TEXT NOT NULL,
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (environment, decision, revision)
) STRICT;

CREATE TABLE gate_set (
  number INTEGER PRIMARY KEY,
  environment TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX gate_set_environment ON gate_set (environment, number);

CREATE TABLE promotion_request (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  environment TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX promotion_request_environment ON promotion_request (environment, number);

CREATE TABLE approval (
  number INTEGER PRIMARY KEY,
  request TEXT NOT NULL REFERENCES promotion_request (id),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX approval_request ON approval (request, number);

CREATE TRIGGER model_version_update BEFORE UPDATE ON model_version BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER model_version_delete BEFORE DELETE ON model_version BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER alias_change_update BEFORE UPDATE ON alias_change BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER alias_change_delete BEFORE DELETE ON alias_change BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER release_update BEFORE UPDATE ON release BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER release_delete BEFORE DELETE ON release BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER environment_change_update BEFORE UPDATE ON environment_change BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER environment_change_delete BEFORE DELETE ON environment_change BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER gate_set_update BEFORE UPDATE ON gate_set BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER gate_set_delete BEFORE DELETE ON gate_set BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER promotion_request_update BEFORE UPDATE ON promotion_request BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER promotion_request_delete BEFORE DELETE ON promotion_request BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
CREATE TRIGGER approval_update BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER approval_delete BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'records are never removed'); END;
