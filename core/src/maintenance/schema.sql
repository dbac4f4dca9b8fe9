-- There is a row while nothing may be changed.
CREATE TABLE maintenance (
  only_row boolean NOT NULL,
  since bigint NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (only_row)
);
