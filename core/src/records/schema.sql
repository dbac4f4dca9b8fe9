-- Record data: every key starts with record_id, so that a database distributed by record holds a
-- record's rows together.
CREATE TABLE record (
  record_id uuid NOT NULL,
  name text NOT NULL,
  state text NOT NULL,
  country text NOT NULL,
  created bigint NOT NULL,
  size_bytes bigint NOT NULL,
  max_size_bytes bigint NOT NULL,
  -- Counts calls that changed things (GetRecordOperations).
  operation_sequence bigint NOT NULL,
  -- Changes with every right, grant and state of the record. A write is guarded by it, so that
  -- nothing is written on a permission that was withdrawn meanwhile.
  access_revision bigint NOT NULL,
  PRIMARY KEY (record_id)
);

-- What a person may do with a record.
CREATE TABLE record_person (
  record_id uuid NOT NULL,
  person_id uuid NOT NULL,
  custodian boolean NOT NULL,
  relationship bigint NOT NULL,
  display_name text NOT NULL,
  expires bigint NOT NULL,
  created bigint NOT NULL,
  updated bigint NOT NULL,
  PRIMARY KEY (record_id, person_id)
);

-- Which records a person has; the global table by which they are found.
CREATE TABLE person_record (
  person_id uuid NOT NULL,
  record_id uuid NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (person_id, record_id)
);
