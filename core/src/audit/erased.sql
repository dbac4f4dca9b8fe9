-- What is left of the log of a record that was erased: that it was, when, by whom, and where its chain ended. The seal
-- is ours, so that nobody who may write the tables makes a record's log disappear in this way.
CREATE TABLE erasure (
  record_id uuid NOT NULL,
  at bigint NOT NULL,
  person_id uuid NOT NULL,
  entries bigint NOT NULL,
  sequence bigint NOT NULL,
  head bytea NOT NULL,
  seal bytea NOT NULL,
  PRIMARY KEY (record_id)
);
CREATE INDEX erasure_at ON erasure (at);
