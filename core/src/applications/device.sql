-- What is installed on a device, for an installation; its document says its name only, and it stands and
-- changes with what is installed.
ALTER TABLE application ADD COLUMN master_id uuid;
