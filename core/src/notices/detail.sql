-- What belongs to a notice that is about no application.
ALTER TABLE notice ADD COLUMN detail text;
