-- A person with an account. Not record data: keyed by the person.
CREATE TABLE person (
  person_id uuid NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  language text NOT NULL,
  country text NOT NULL,
  state text NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (person_id)
);
