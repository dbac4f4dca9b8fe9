-- A person's way through the Shell's pages on behalf of an application, from redirect.aspx to the
-- return. The return address is fixed when it begins and never travels in a form.
CREATE TABLE visit (
  token_hash bytea NOT NULL,
  document text NOT NULL,
  created bigint NOT NULL,
  expires bigint NOT NULL,
  finished boolean NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX visit_expires ON visit (expires);
