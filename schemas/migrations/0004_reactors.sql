-- How far each reactor is: everything up to `position` has had its effects. They are never replayed, so in a log that is there
-- already they begin at its end. `lead` grows with each process that takes the lead, which fences whoever led before.
CREATE TABLE log.reactors (
  name     text   PRIMARY KEY,
  position bigint NOT NULL,
  lead     bigint NOT NULL DEFAULT 0
);
INSERT INTO log.reactors (name, position) SELECT name, (SELECT coalesce(max(position), 0) FROM log.events) FROM (VALUES ('domain'), ('mail')) AS reactors(name);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_writer') THEN
    GRANT SELECT, UPDATE ON log.reactors TO daybook_writer;
  END IF;
END
$$;
