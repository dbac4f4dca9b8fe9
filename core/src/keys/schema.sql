-- A mark made with the server key, so that a database is never used with another one.
CREATE TABLE server_key (
  mark bytea NOT NULL,
  PRIMARY KEY (mark)
);
