-- What an application calls a person and record. Global, keyed by the application and its id.
CREATE TABLE alternate_id (
  app_id uuid NOT NULL,
  alternate_id text NOT NULL,
  person_id uuid NOT NULL,
  record_id uuid NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (app_id, alternate_id)
);
CREATE INDEX alternate_id_of_record ON alternate_id (app_id, person_id, record_id);

-- How many each pair has: the row on which the limit is guarded.
CREATE TABLE alternate_id_count (
  app_id uuid NOT NULL,
  person_id uuid NOT NULL,
  record_id uuid NOT NULL,
  ids bigint NOT NULL,
  PRIMARY KEY (app_id, person_id, record_id)
);
