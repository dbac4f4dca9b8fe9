-- What a new thing with an id of the application's own was made of, as a keyed digest, so that a write that
-- is repeated finds it. NULL once the thing has changed, and for every other thing.
ALTER TABLE thing ADD COLUMN made_of text;
CREATE UNIQUE INDEX thing_made_of ON thing (record_id, made_of);
