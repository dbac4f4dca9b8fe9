-- Persons who may authorize an application that is not for everyone.
CREATE TABLE application_admission (
  app_id uuid NOT NULL,
  person_id uuid NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (app_id, person_id)
);
