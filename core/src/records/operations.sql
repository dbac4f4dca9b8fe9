-- What was done to the things of a record, call by call (GetRecordOperations): record data.
CREATE TABLE record_operation (
  record_id uuid NOT NULL,
  -- The number of the call; all that one call did has the same.
  sequence bigint NOT NULL,
  thing_id uuid NOT NULL,
  -- The place within the call.
  place bigint NOT NULL,
  operation text NOT NULL,
  version_stamp uuid NOT NULL,
  type_id uuid NOT NULL,
  eff_date bigint NOT NULL,
  end_date bigint NOT NULL,
  -- For the person alone, as the thing was then.
  personal boolean NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (record_id, sequence, thing_id)
);
CREATE INDEX record_operation_at ON record_operation (record_id, at);

-- What was there before calls were noted counts as the first call's.
INSERT INTO record_operation (record_id, sequence, thing_id, place, operation, version_stamp, type_id,
  eff_date, end_date, personal, at)
SELECT record_id, 1, thing_id, 0, 'Create', version_stamp, type_id, eff_date, end_date, (flags & 1) = 1, updated_at
FROM thing WHERE deleted = FALSE;
