-- What a person should know of, until they say that they do.
CREATE TABLE notice (
  person_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  app_id uuid,
  record_id uuid,
  PRIMARY KEY (person_id, notice_id)
);
CREATE INDEX notice_at ON notice (at);
