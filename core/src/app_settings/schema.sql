-- What an application keeps about a person for itself. Global, keyed by the two.
CREATE TABLE app_settings (
  app_id uuid NOT NULL,
  person_id uuid NOT NULL,
  document text NOT NULL,
  updated bigint NOT NULL,
  PRIMARY KEY (app_id, person_id)
);
