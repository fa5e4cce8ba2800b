-- Append-only twice over: by a trigger, for whoever owns the tables, and by a role, for the appender.

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of log.% is refused: the log is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- Per statement, so that inserting costs nothing and a statement that would touch no row is refused as well.
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.heads
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

-- A role belongs to the whole server: it may be there already, another database may be making it at this moment, and the
-- migrating user may not be allowed to make one. Without it the triggers stand alone.
DO $$
BEGIN
  CREATE ROLE daybook_writer NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END
$$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_writer') THEN
    RETURN;
  END IF;
  GRANT USAGE ON SCHEMA log TO daybook_writer;
  GRANT SELECT, INSERT ON log.events, log.heads TO daybook_writer;
  GRANT SELECT, INSERT, UPDATE, DELETE ON log.streams, log.claims, log.relations, log.counters, log.requests, log.sources,
    log.subject_keys, log.snapshots TO daybook_writer;
  GRANT SELECT ON log.identity TO daybook_writer;
END
$$;
