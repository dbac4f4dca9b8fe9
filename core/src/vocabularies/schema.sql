-- Vocabularies that were loaded; those that come with the program are not here. One that is not live is
-- being loaded, or was left half loaded.
CREATE TABLE vocabulary (
  id uuid NOT NULL,
  family text NOT NULL,
  name text NOT NULL,
  version text NOT NULL,
  language text NOT NULL,
  description text NOT NULL,
  restricted boolean NOT NULL,
  rows_held bigint NOT NULL,
  live boolean NOT NULL,
  loaded bigint NOT NULL,
  PRIMARY KEY (id)
);

-- A code's texts in one language. The rows of a vocabulary never change: another load is another id.
CREATE TABLE vocabulary_item (
  vocabulary_id uuid NOT NULL,
  language text NOT NULL,
  code text NOT NULL,
  display text NOT NULL,
  abbreviation text,
  info_xml text,
  PRIMARY KEY (vocabulary_id, language, code)
);

-- Counts loads and removals, so that every server process knows when what it holds is old.
CREATE TABLE vocabulary_revision (
  only_row boolean NOT NULL,
  revision bigint NOT NULL,
  PRIMARY KEY (only_row)
);
