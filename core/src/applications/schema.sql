-- Applications: reference data, on every node.
CREATE TABLE application (
  app_id uuid NOT NULL,
  state text NOT NULL,
  -- Counts changes; what was read of the document may be kept as long as this stays.
  revision bigint NOT NULL,
  document text NOT NULL,
  created bigint NOT NULL,
  updated bigint NOT NULL,
  PRIMARY KEY (app_id)
);
CREATE TABLE application_certificate (
  app_id uuid NOT NULL,
  thumbprint text NOT NULL,
  der bytea NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (app_id, thumbprint)
);

-- What an installation on a device signs with, sealed. It has no certificate.
CREATE TABLE application_secret (
  app_id uuid NOT NULL,
  secret bytea NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (app_id)
);
