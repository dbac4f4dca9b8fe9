-- Letters that wait to be handed over. Global: keyed by the letter. Nothing of it is in clear, for a letter
-- may hold a link to choose a password, and to whom people write is nobody's business.
CREATE TABLE letter (
  letter_id uuid NOT NULL,
  sealed bytea NOT NULL,
  created bigint NOT NULL,
  -- From when on somebody may try. Whoever claims the letter moves it on, so that nobody else does.
  due bigint NOT NULL,
  tries bigint NOT NULL,
  -- The last claim: only who made it may say how it went.
  claim uuid,
  PRIMARY KEY (letter_id)
);
CREATE INDEX letter_due ON letter (due);

-- How many letters were given up, by the day's first microsecond.
CREATE TABLE letter_given_up (
  day bigint NOT NULL,
  letters bigint NOT NULL,
  PRIMARY KEY (day)
);

-- How many letters somebody has caused in a span of time. The subject is a keyed digest.
CREATE TABLE letter_allowance (
  subject bytea NOT NULL,
  begins bigint NOT NULL,
  ends bigint NOT NULL,
  spent bigint NOT NULL,
  PRIMARY KEY (subject, begins)
);
CREATE INDEX letter_allowance_ends ON letter_allowance (ends);
