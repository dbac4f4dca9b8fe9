-- An upload, from BeginPutBlob until it is forgotten. Its id becomes the id of the blob.
CREATE TABLE blob_upload (
  upload_id uuid NOT NULL PRIMARY KEY,
  secret_hash bytea NOT NULL,
  -- Whose it is; none for what a person adds at the Shell.
  app_id uuid,
  person_id uuid NOT NULL,
  -- The record it is for, if that was said at the beginning.
  record_id uuid,
  expires bigint NOT NULL,
  -- Bytes that are on the disk, without a gap from the first.
  received bigint NOT NULL,
  complete boolean NOT NULL,
  -- The running hash after them.
  hash_state bytea NOT NULL,
  -- All of them, while they are few; NULL once they lie in objects.
  small bytea,
  -- When it became part of a record; the row stays for a while to say so.
  committed_at bigint
);
CREATE INDEX blob_upload_by_expiry ON blob_upload (expires);
CREATE INDEX blob_upload_by_owner ON blob_upload (person_id, app_id);

-- Which objects hold the bytes of an upload.
CREATE TABLE blob_part (
  upload_id uuid NOT NULL,
  start bigint NOT NULL,
  length bigint NOT NULL,
  object text NOT NULL,
  PRIMARY KEY (upload_id, start)
);

-- The bytes of an attachment: record data. It never changes; versions of things name it.
CREATE TABLE blob (
  record_id uuid NOT NULL,
  blob_id uuid NOT NULL,
  length bigint NOT NULL,
  -- The bytes, if they are few,
  bytes bytea,
  -- or the objects that hold them, JSON: start, length and object of each.
  parts text,
  PRIMARY KEY (record_id, blob_id)
);

-- The attachments of a version, JSON; NULL for none.
ALTER TABLE thing ADD COLUMN blobs text;
ALTER TABLE thing_version ADD COLUMN blobs text;

-- What was removed from a record, latest first.
CREATE INDEX thing_removed ON thing (record_id, updated_at, created_at, thing_id) WHERE deleted = TRUE;
