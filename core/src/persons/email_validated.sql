-- Whether the person has shown that letters to their address reach them.
ALTER TABLE person ADD COLUMN email_validated boolean NOT NULL DEFAULT FALSE;
