-- What the server last said about itself, as a digest, and since when.
CREATE TABLE service_definition (
  only_row boolean NOT NULL,
  digest bytea NOT NULL,
  since bigint NOT NULL,
  PRIMARY KEY (only_row)
);
