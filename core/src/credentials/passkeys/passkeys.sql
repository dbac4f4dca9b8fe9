-- Keys that a person's devices hold and sign in with. Global: keyed by the id that the device gave it.
CREATE TABLE passkey (
  credential_id bytea NOT NULL,
  -- By which pages speak of it.
  passkey_id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  -- The public key, the signature counter and what the device says of backups.
  document text NOT NULL,
  created bigint NOT NULL,
  last_used bigint,
  PRIMARY KEY (credential_id)
);
CREATE UNIQUE INDEX passkey_of_person ON passkey (person_id, passkey_id);

-- What a browser has been asked to sign, one a browser, taken once. Keyed by the hash of its cookie.
CREATE TABLE passkey_ceremony (
  browser text NOT NULL,
  document text NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (browser)
);
CREATE INDEX passkey_ceremony_expires ON passkey_ceremony (expires);

-- Sign-ins with a passkey that failed lately, by a keyed digest of the network that they came from.
CREATE TABLE passkey_try (
  who bytea NOT NULL,
  tries bigint NOT NULL,
  last_try bigint NOT NULL,
  PRIMARY KEY (who)
);

-- How many passkeys a person has: the row that guards the most, and the last way in. An empty password is none.
ALTER TABLE login ADD COLUMN passkeys bigint NOT NULL DEFAULT 0;

-- How the person proved who they are when the sign-in began.
ALTER TABLE shell_session ADD COLUMN proof text NOT NULL DEFAULT 'password';
