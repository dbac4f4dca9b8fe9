-- Entries are looked for by their place in the chain when they have one; one that waits for it is not in the way.
DROP INDEX audit_entry_chain;
CREATE INDEX audit_entry_sealed ON audit_entry (record_id, sequence, entry_id) WHERE sequence IS NOT NULL;
