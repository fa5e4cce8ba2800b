-- The log and what lies beside it. What is written here once is never altered: a change is a new file.

-- ---- what happened --------------------------------------------------------------------------------------------------

-- One row per event, gap-free from 1. `data` and `personal` are json, not jsonb: their bytes are hashed as they stand.
CREATE TABLE log.events (
  position       bigint      PRIMARY KEY CHECK (position > 0),
  event_id       uuid        NOT NULL,
  stream_type    text        NOT NULL,
  stream_id      uuid        NOT NULL,
  stream_version bigint      NOT NULL CHECK (stream_version > 0),
  event_type     text        NOT NULL,
  schema_version bigint      NOT NULL,
  workspace_id   uuid,
  actor_type     text        NOT NULL,
  actor_id       uuid,
  via_type       text        NOT NULL,
  via_id         uuid,
  origin         text        NOT NULL,
  correlation_id uuid        NOT NULL,
  causation_id   uuid,
  depth          bigint      NOT NULL,
  recorded_at    timestamptz NOT NULL,
  occurred_at    timestamptz NOT NULL,
  data           json        NOT NULL,
  personal       json,
  leaf           bytea       NOT NULL CHECK (octet_length(leaf) = 32),
  CONSTRAINT events_stream UNIQUE (stream_id, stream_version)
);

-- One row per batch, inserted: a single updated row would bloat under any open snapshot. A batch without events (it only
-- keeps the record of a request) stands at the position of the batch before it, hence the long key.
CREATE TABLE log.heads (
  position    bigint      NOT NULL,
  recorded_at timestamptz NOT NULL,
  batch_id    uuid        NOT NULL CONSTRAINT heads_batch UNIQUE,
  frontier    bytea       NOT NULL,
  root        bytea       NOT NULL CHECK (octet_length(root) = 32),
  PRIMARY KEY (position, recorded_at, batch_id)
);

-- ---- folds of the log that settling asks ----------------------------------------------------------------------------

-- Where a stream lies. Written at its birth, move, death and revival, never per event.
CREATE TABLE log.streams (
  stream_id    uuid    PRIMARY KEY,
  stream_type  text    NOT NULL,
  workspace_id uuid,
  container    uuid,
  deleted      boolean NOT NULL
);

-- Unique keys and who holds them. In a personal scope the key is an HMAC.
CREATE TABLE log.claims (
  scope     text NOT NULL,
  key       text NOT NULL,
  stream_id uuid NOT NULL,
  PRIMARY KEY (scope, key)
);

-- Typed edges.
CREATE TABLE log.relations (
  kind    text NOT NULL,
  from_id uuid NOT NULL,
  to_id   uuid NOT NULL,
  PRIMARY KEY (kind, from_id, to_id)
);
CREATE INDEX relations_reverse ON log.relations (kind, to_id, from_id);

-- Numbers with bounds: one inserted row per batch that changes one, the newest counts.
CREATE TABLE log.counters (
  scope    text   NOT NULL,
  key      uuid   NOT NULL,
  position bigint NOT NULL,
  value    bigint NOT NULL,
  PRIMARY KEY (scope, key, position)
);

-- ---- records of requests --------------------------------------------------------------------------------------------

-- Idempotency records: HMACs and outcomes, never what was sent. Kept for a day.
CREATE TABLE log.requests (
  principal   text        NOT NULL,
  route       text        NOT NULL,
  key         bytea       NOT NULL,
  body        bytea       NOT NULL,
  items       json        NOT NULL,
  position    bigint      NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (principal, route, key)
);
CREATE INDEX requests_age ON log.requests (recorded_at);

-- The last part written of each import run, kept for ever.
CREATE TABLE log.sources (
  workspace_id uuid   NOT NULL,
  system       text   NOT NULL,
  run          text   NOT NULL,
  seq          bigint NOT NULL,
  PRIMARY KEY (workspace_id, system, run)
);

-- ---- keys and proofs ------------------------------------------------------------------------------------------------

-- Data keys of subjects, wrapped under a key of the key file. A row that is gone is an erasure.
CREATE TABLE log.subject_keys (
  subject    uuid        NOT NULL,
  version    bigint      NOT NULL,
  wrapped    bytea       NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (subject, version)
);

-- Signed roots.
CREATE TABLE log.tree_heads (
  position  bigint      PRIMARY KEY,
  root      bytea       NOT NULL CHECK (octet_length(root) = 32),
  signed_at timestamptz NOT NULL,
  key_id    text        NOT NULL,
  signature bytea       NOT NULL
);

-- ---- beside the log -------------------------------------------------------------------------------------------------

-- Folded states of long streams, by the hash of the state's schema. May be deleted at any time.
CREATE TABLE log.snapshots (
  stream_id   uuid   NOT NULL,
  schema_hash bytea  NOT NULL,
  version     bigint NOT NULL,
  state       json   NOT NULL,
  PRIMARY KEY (stream_id, schema_hash)
);

-- Ordering scopes (a workspace or a user) that a consumer could not go on with, and where it stopped.
CREATE TABLE log.parked (
  consumer  text        NOT NULL,
  scope     uuid        NOT NULL,
  position  bigint      NOT NULL,
  reason    text        NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, scope)
);

-- Kafka topics. The number of partitions of a topic never changes: another number is another topic.
CREATE TABLE log.topics (
  name       text    PRIMARY KEY,
  partitions integer NOT NULL CHECK (partitions > 0),
  is_current boolean NOT NULL
);
CREATE UNIQUE INDEX topics_one_current ON log.topics (is_current) WHERE is_current;
INSERT INTO log.topics (name, partitions, is_current) VALUES ('daybook.events.1', 12, true);

-- Up to which position a topic holds the log; `epoch` grows with each relay that takes the lead, and `previous` has the
-- last position sent to each partition.
CREATE TABLE log.relay (
  topic    text     PRIMARY KEY REFERENCES log.topics (name),
  position bigint   NOT NULL,
  epoch    bigint   NOT NULL,
  previous bigint[] NOT NULL DEFAULT '{}'
);
INSERT INTO log.relay (topic, position, epoch) VALUES ('daybook.events.1', 0, 1);

-- Which log this is. One row.
CREATE TABLE log.identity (
  only_one        boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  log_id          uuid        NOT NULL,
  epoch           bigint      NOT NULL,
  key_fingerprint text        NOT NULL,
  unicode_version text        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
