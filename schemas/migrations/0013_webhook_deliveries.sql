-- What is to be sent to webhooks, and what became of it. An event is queued once for a webhook; of the event itself only its place in the
-- log stands here, so that nothing personal does. The log says how a delivery ended; these rows say so for a while.
CREATE TABLE log.webhook_deliveries (
  id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  webhook_id   uuid        NOT NULL,
  workspace_id uuid        NOT NULL,
  event_id     uuid        NOT NULL,
  position     bigint      NOT NULL,
  event_type   text        NOT NULL,
  status       text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'succeeded', 'failed')),
  attempts     bigint      NOT NULL DEFAULT 0,
  next_at      timestamptz CHECK ((next_at IS NULL) = (status <> 'pending')),
  last_status  bigint,
  last_error   text,
  created_at   timestamptz NOT NULL,
  ended_at     timestamptz CHECK ((ended_at IS NULL) = (status = 'pending')),
  CONSTRAINT webhook_deliveries_once UNIQUE (webhook_id, position)
);
CREATE INDEX webhook_deliveries_due ON log.webhook_deliveries (webhook_id, next_at, position) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_ended ON log.webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

-- Who fills the queue and empties it. What happened before there were deliveries is told to nobody.
INSERT INTO log.reactors (name, position) SELECT 'webhooks', (SELECT coalesce(max(position), 0) FROM log.events);

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_writer') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON log.webhook_deliveries TO daybook_writer;
  END IF;
END
$$;
