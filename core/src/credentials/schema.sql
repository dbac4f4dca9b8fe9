-- How a person signs in. Global: keyed by the login name, folded to lower case.
CREATE TABLE login (
  login_name text NOT NULL,
  person_id uuid NOT NULL,
  password text NOT NULL,
  password_changed bigint NOT NULL,
  -- Tries since the last success, counted before the password is looked at.
  tries bigint NOT NULL,
  last_try bigint NOT NULL,
  PRIMARY KEY (login_name)
);
CREATE UNIQUE INDEX login_person ON login (person_id);

-- A letter with a link that lets a person choose a new password, once.
CREATE TABLE password_reset (
  token_hash bytea NOT NULL,
  login_name text NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX password_reset_login ON password_reset (login_name);
