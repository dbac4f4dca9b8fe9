-- When the person last proved who they are, beyond having the cookie. Those of before have to do it anew.
ALTER TABLE shell_session ADD COLUMN proved_at bigint NOT NULL DEFAULT 0;
-- Which known browser it is in.
ALTER TABLE shell_session ADD COLUMN browser bytea;

-- Browsers in which a person has signed in, each as a digest of its cookie and the person, so that nobody reads
-- here who shares one.
CREATE TABLE known_browser (
  person_id uuid NOT NULL,
  browser bytea NOT NULL,
  last_seen bigint NOT NULL,
  PRIMARY KEY (person_id, browser)
);
CREATE INDEX known_browser_seen ON known_browser (last_seen);

-- Persons who have signed in at all: the first time is no news.
CREATE TABLE signed_in_before (
  person_id uuid NOT NULL,
  PRIMARY KEY (person_id)
);
