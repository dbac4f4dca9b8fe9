-- Another address that a person asked for: it is theirs once the button of the letter to it is pressed. An address that
-- somebody else signs in with is here too, with a token that nobody was sent.
CREATE TABLE email_change (
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  email text NOT NULL,
  -- Their address then.
  former text NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX email_change_person ON email_change (person_id);

-- The way back to the former address, by the letter that went there.
CREATE TABLE email_undo (
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  email text NOT NULL,
  -- As people sign in with it: nobody else takes it as long as there is a way back.
  login_name text NOT NULL,
  changed bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX email_undo_person ON email_undo (person_id);
CREATE INDEX email_undo_login ON email_undo (login_name);
