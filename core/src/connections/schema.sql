-- What a clinic asks of a patient whom it knows by an id of its own, to be picked up with a code and the answer
-- to a question (connectivity.md 3, 4).
CREATE TABLE connection (
  connection_id uuid NOT NULL,
  -- Keyed; the code itself is told once and kept nowhere.
  code_hash bytea NOT NULL,
  app_id uuid NOT NULL,
  -- The application that made the one above; it may poll for it.
  master_id uuid,
  -- connect: authorizes the application; package: brings data once.
  kind text NOT NULL,
  external_id text NOT NULL,
  friendly_name text NOT NULL,
  question text NOT NULL,
  -- Argon2id of the answer; NULL for a package, whose answer nobody keeps.
  answer_hash text,
  wrong_answers bigint NOT NULL,
  state text NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  -- Application and external id, digested, of a connect request that is there: one at a time.
  live_key text,
  person_id uuid,
  record_id uuid,
  authorized_at bigint,
  PRIMARY KEY (connection_id)
);
CREATE UNIQUE INDEX connection_code ON connection (code_hash);
CREATE UNIQUE INDEX connection_live ON connection (live_key);
CREATE INDEX connection_by_app ON connection (app_id, external_id);
CREATE INDEX connection_by_master ON connection (master_id);
CREATE INDEX connection_expires ON connection (expires);

-- Codes that somebody tried and nobody gave out: who tries many waits.
CREATE TABLE connection_miss (
  who bytea NOT NULL,
  misses bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (who)
);
