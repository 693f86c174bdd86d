CREATE TABLE entry (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  scope text COLLATE "C" NOT NULL,
  body text NOT NULL
);
CREATE INDEX entry_kind ON entry (kind, scope, number);

CREATE TRIGGER entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION halley_refuse_change();
