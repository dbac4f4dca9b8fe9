-- The signature of a version, as it was sent; NULL for one that is not signed.
ALTER TABLE thing ADD COLUMN signature text;
ALTER TABLE thing_version ADD COLUMN signature text;
