-- The chain of a record's entries. Sequence is none while an entry waits for its seal, and 0 if nobody of ours
-- wrote it.
ALTER TABLE audit_entry ADD COLUMN sequence bigint;
ALTER TABLE audit_entry ADD COLUMN seal bytea;
CREATE INDEX audit_entry_chain ON audit_entry (record_id, sequence, entry_id);
CREATE INDEX audit_entry_waiting ON audit_entry (record_id) WHERE sequence IS NULL;
-- Where the chain of each record ends.
CREATE TABLE audit_head (
  record_id uuid NOT NULL,
  sequence bigint NOT NULL,
  seal bytea NOT NULL,
  sealed bigint NOT NULL,
  PRIMARY KEY (record_id)
);
-- When an application was last noted as refused at a record.
CREATE TABLE audit_refusal (
  record_id uuid NOT NULL,
  app_id uuid NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (record_id, app_id)
);
