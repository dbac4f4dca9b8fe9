-- Who did what to a record. The digest stays when a body is erased.
CREATE TABLE audit_entry (
  record_id uuid NOT NULL,
  entry_id uuid NOT NULL,
  at bigint NOT NULL,
  person_id uuid NOT NULL,
  app_id uuid,
  action text NOT NULL,
  avenue text NOT NULL,
  body text,
  digest bytea NOT NULL,
  PRIMARY KEY (record_id, entry_id)
);
