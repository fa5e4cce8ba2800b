-- Where each epoch but the first began: a log that was restored to an older point goes on under a new one, so that whoever
-- saw what was lost does not take new events at the same positions for those. The root is that of all events up to there.
CREATE TABLE log.epochs (
  epoch     bigint      PRIMARY KEY,
  position  bigint      NOT NULL,
  root      bytea       NOT NULL CHECK (octet_length(root) = 32),
  opened_at timestamptz NOT NULL
);
CREATE TRIGGER epochs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.epochs
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

-- Signed roots are proof against whoever holds the database, so they are no more to be altered than what they sign.
CREATE TRIGGER tree_heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.tree_heads
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.tree_heads ADD COLUMN epoch bigint NOT NULL;
ALTER TABLE log.tree_heads DROP CONSTRAINT tree_heads_pkey;
ALTER TABLE log.tree_heads ADD PRIMARY KEY (epoch, position);

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_writer') THEN
    RETURN;
  END IF;
  GRANT SELECT ON log.epochs, log.topics TO daybook_writer;
  GRANT SELECT, INSERT, UPDATE ON log.relay TO daybook_writer;
  GRANT SELECT, INSERT ON log.tree_heads TO daybook_writer;
END
$$;
