-- What query services, which write no events, say of exports before they begin. Whoever writes events takes it from here.
CREATE TABLE log.export_reports (
  id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  reported_at  timestamptz NOT NULL DEFAULT now(),
  workspace_id uuid,
  user_id      uuid        NOT NULL,
  session_id   uuid,
  operation    text        NOT NULL,
  format       text        NOT NULL
);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_writer') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON log.export_reports TO daybook_writer;
  END IF;
END
$$;
