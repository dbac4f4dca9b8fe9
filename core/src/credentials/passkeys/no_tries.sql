-- Passkeys that fit nobody are counted where all tries are: sign_in_try.
DROP TABLE passkey_try;
