-- Whether the link went by letter: only then does whoever follows it read the letters of that address.
ALTER TABLE password_reset ADD COLUMN by_letter boolean NOT NULL DEFAULT FALSE;

-- A letter with a link by which a person confirms the address that it was sent to, once.
CREATE TABLE email_confirmation (
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  email text NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX email_confirmation_person ON email_confirmation (person_id);
