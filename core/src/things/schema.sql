-- The current version of every thing: record data. Times are microseconds; eff_date and end_date are
-- wall-clock values without a zone.
CREATE TABLE thing (
  record_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  version_stamp uuid NOT NULL,
  type_id uuid NOT NULL,
  deleted boolean NOT NULL,
  flags bigint NOT NULL,
  eff_date bigint NOT NULL,
  -- 9999-12-31T00:00:00 and above means none, so that it sorts and compares as the far future.
  end_date bigint NOT NULL,
  created_at bigint NOT NULL,
  created_app uuid,
  created_person uuid NOT NULL,
  created_avenue text NOT NULL,
  updated_at bigint NOT NULL,
  updated_app uuid,
  updated_person uuid NOT NULL,
  updated_avenue text NOT NULL,
  client_thing_id text,
  tags text NOT NULL,
  data_xml text NOT NULL,
  size_bytes bigint NOT NULL,
  PRIMARY KEY (record_id, thing_id)
);
CREATE INDEX thing_by_date ON thing (record_id, type_id, eff_date, created_at, thing_id);
CREATE INDEX thing_by_client_id ON thing (record_id, client_thing_id);

-- Every former version, as it was.
CREATE TABLE thing_version (
  record_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  version_stamp uuid NOT NULL,
  type_id uuid NOT NULL,
  deleted boolean NOT NULL,
  flags bigint NOT NULL,
  eff_date bigint NOT NULL,
  end_date bigint NOT NULL,
  created_at bigint NOT NULL,
  created_app uuid,
  created_person uuid NOT NULL,
  created_avenue text NOT NULL,
  updated_at bigint NOT NULL,
  updated_app uuid,
  updated_person uuid NOT NULL,
  updated_avenue text NOT NULL,
  client_thing_id text,
  tags text NOT NULL,
  data_xml text NOT NULL,
  size_bytes bigint NOT NULL,
  PRIMARY KEY (record_id, thing_id, version_stamp)
);
