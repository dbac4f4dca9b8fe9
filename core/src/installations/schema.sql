-- An installation of an application on a device: whose it is and how it is used (connectivity.md 6.3). The
-- application itself, its state and its secret are kept with all applications.
CREATE TABLE installation (
  app_id uuid NOT NULL,
  -- What is installed.
  master_id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  created bigint NOT NULL,
  -- When the person cut it off.
  removed bigint,
  last_used bigint,
  -- From where, digested: now, and before that with its time. Back and forth within minutes is two at once.
  used_from bytea,
  used_before_from bytea,
  used_before_at bigint,
  two_places_at bigint,
  PRIMARY KEY (app_id)
);
CREATE INDEX installation_person ON installation (person_id, master_id);

-- How many a person has, so that two at once cannot both be the last.
CREATE TABLE installation_count (
  person_id uuid NOT NULL,
  live bigint NOT NULL,
  PRIMARY KEY (person_id)
);

-- Who failed to prove an installation's secret, by installation and address: it waits, and nobody else.
CREATE TABLE installation_failure (
  who bytea NOT NULL,
  failures bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (who)
);
CREATE INDEX installation_failure_last ON installation_failure (last_at);
