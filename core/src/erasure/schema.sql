-- An account that its person closed. It is erased after its time, unless they come back before.
CREATE TABLE closure (
  person_id uuid NOT NULL,
  closed bigint NOT NULL,
  erase_after bigint NOT NULL,
  -- Whether the letter that says that the time is nearly over was posted, or is not needed.
  warned boolean NOT NULL,
  -- Since when it is being erased: from then on there is no way back.
  begun bigint,
  -- Who erases it now, and until when it is theirs.
  claim uuid,
  claimed_until bigint NOT NULL,
  PRIMARY KEY (person_id)
);
CREATE INDEX closure_due ON closure (erase_after);

-- A record that is to be erased: its custodian decided so, or the only one's account is being erased.
CREATE TABLE record_closure (
  record_id uuid NOT NULL,
  -- Whose decision it was.
  person_id uuid NOT NULL,
  closed bigint NOT NULL,
  erase_after bigint NOT NULL,
  -- How the record stood before.
  state text NOT NULL,
  begun bigint,
  claim uuid,
  claimed_until bigint NOT NULL,
  PRIMARY KEY (record_id)
);
CREATE INDEX record_closure_due ON record_closure (erase_after);
CREATE INDEX record_closure_person ON record_closure (person_id);

-- Who has just proved themselves for a closed account, and may keep it: hashes of what their page carries.
CREATE TABLE closure_return (
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (token_hash)
);
CREATE INDEX closure_return_person ON closure_return (person_id);
