-- Who tries to prove who they are: a digest of a login name with an address, a browser that is known, and so on.
-- Each try that was not right counts for some time.
CREATE TABLE sign_in_try (
  who bytea NOT NULL,
  -- Until when any of them counts. The more there were, the later.
  counts_until bigint NOT NULL,
  PRIMARY KEY (who)
);
CREATE INDEX sign_in_try_until ON sign_in_try (counts_until);

-- One count for a name let strangers keep its person out.
ALTER TABLE login DROP COLUMN tries;
ALTER TABLE login DROP COLUMN last_try;
