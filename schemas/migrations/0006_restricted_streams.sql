-- Streams that only some may know of, and so of what lies in them: private projects. Who is let in stands in log.claims.
ALTER TABLE log.streams ADD COLUMN restricted boolean NOT NULL DEFAULT false;
