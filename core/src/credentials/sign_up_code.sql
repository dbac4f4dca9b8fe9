-- Codes with which an account can be opened where that is restricted. Only hashes.
CREATE TABLE sign_up_code (
  code_hash bytea NOT NULL,
  app_id uuid NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (code_hash)
);
