-- Rows are only ever added; the triggers below refuse anything else. Names compare byte by byte, as in SQLite.
CREATE TABLE model_version (
  name text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  hash text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (name, version),
  UNIQUE (name, hash)
);

CREATE TABLE alias_change (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  body text NOT NULL
);
CREATE INDEX alias_change_name ON alias_change (name, number);

CREATE TABLE release (
  decision text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  hash text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (decision, version),
  UNIQUE (decision, hash)
);

CREATE TABLE environment_change (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment text COLLATE "C" NOT NULL,
  decision text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  body text NOT NULL,
  UNIQUE (environment, decision, revision)
);

CREATE TABLE gate_set (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  environment text COLLATE "C" NOT NULL,
  body text NOT NULL
);
CREATE INDEX gate_set_environment ON gate_set (environment, number);

CREATE TABLE promotion_request (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  environment text COLLATE "C" NOT NULL,
  body text NOT NULL
);
CREATE INDEX promotion_request_environment ON promotion_request (environment, number);

CREATE TABLE approval (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request text COLLATE "C" NOT NULL REFERENCES promotion_request (id),
  body text NOT NULL
);
CREATE INDEX approval_request ON approval (request, number);

CREATE FUNCTION halley_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'records are never changed or removed'; END $$;

CREATE TRIGGER model_version_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON model_version FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER alias_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON alias_change FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER release_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON release FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER environment_change_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON environment_change FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER gate_set_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON gate_set FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER promotion_request_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON promotion_request FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
CREATE TRIGGER approval_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
