-- Which persons run this server.
CREATE TABLE operator (
  person_id uuid NOT NULL,
  created bigint NOT NULL,
  PRIMARY KEY (person_id)
);
