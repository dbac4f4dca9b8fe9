-- The second step of a sign-in: what a person's app for codes and we both know. Global: keyed by the person.
CREATE TABLE second_factor (
  person_id uuid NOT NULL,
  -- Sealed, since it is needed again for each code.
  secret bytea NOT NULL,
  offered bigint NOT NULL,
  -- NULL until a right code has shown that the app has it.
  on_since bigint,
  -- The step of time (30 s each) whose code was taken last. It is not taken again, and no earlier one is.
  last_step bigint NOT NULL,
  PRIMARY KEY (person_id)
);

-- Codes for who has lost the app, as keyed digests. One that was used is gone.
CREATE TABLE recovery_code (
  code_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (code_hash)
);
CREATE INDEX recovery_code_person ON recovery_code (person_id);
