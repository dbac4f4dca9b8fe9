-- All keyed by the hash of what the client or the browser carries.

-- An application's session (CreateAuthenticatedSessionToken). The secret is sealed.
CREATE TABLE app_session (
  token_hash bytea NOT NULL,
  app_id uuid NOT NULL,
  secret bytea NOT NULL,
  algorithm text NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX app_session_expires ON app_session (expires);

-- A person's token for one application (wctoken).
CREATE TABLE user_token (
  token_hash bytea NOT NULL,
  app_id uuid NOT NULL,
  person_id uuid NOT NULL,
  multi_record boolean NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX user_token_expires ON user_token (expires);

-- A person's sign-in at the Shell, one a browser.
CREATE TABLE shell_session (
  token_hash bytea NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  agent text NOT NULL,
  created bigint NOT NULL,
  last_used bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX shell_session_person ON shell_session (person_id);
