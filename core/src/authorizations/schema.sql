-- What a person allowed an application to do with a record: record data.
CREATE TABLE record_grant (
  record_id uuid NOT NULL,
  app_id uuid NOT NULL,
  person_id uuid NOT NULL,
  -- The rules granted, a snapshot, as JSON.
  online text NOT NULL,
  offline text NOT NULL,
  created bigint NOT NULL,
  updated bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (record_id, app_id, person_id)
);

-- What an application knows a person by, and which record the person chose for it. Global.
CREATE TABLE person_pseudonym (
  app_id uuid NOT NULL,
  pseudonym uuid NOT NULL,
  person_id uuid NOT NULL,
  selected_record uuid,
  created bigint NOT NULL,
  PRIMARY KEY (app_id, pseudonym)
);
CREATE UNIQUE INDEX person_pseudonym_person ON person_pseudonym (app_id, person_id);
CREATE INDEX person_pseudonym_apps ON person_pseudonym (person_id);

-- What an application knows a record by, for one person. The row outlives a revocation, so that the
-- same ids come back. Global; the grant itself stands with the record.
CREATE TABLE record_pseudonym (
  app_id uuid NOT NULL,
  pseudonym uuid NOT NULL,
  person_id uuid NOT NULL,
  record_id uuid NOT NULL,
  -- The same for all persons of the record, within one application.
  app_specific_record_id text NOT NULL,
  active boolean NOT NULL,
  granted bigint NOT NULL,
  PRIMARY KEY (app_id, pseudonym)
);
CREATE UNIQUE INDEX record_pseudonym_record ON record_pseudonym (app_id, person_id, record_id);
