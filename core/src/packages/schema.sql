-- What an application left for a person, besides its row in connection (connectivity.md 4).
CREATE TABLE package (
  connection_id uuid NOT NULL PRIMARY KEY,
  -- How it is encrypted, and the cipher text; all sealed with the server's key.
  sealed bytea NOT NULL,
  -- Its blobs, JSON: ids of uploads.
  uploads text NOT NULL,
  expires bigint NOT NULL
);
CREATE INDEX package_expires ON package (expires);

-- Whether the bytes of an upload are sealed with the server's key: those of packages are.
ALTER TABLE blob_upload ADD COLUMN sealed boolean NOT NULL DEFAULT FALSE;

-- When its code opened an account; it opens one.
ALTER TABLE connection ADD COLUMN opened_account_at bigint;
