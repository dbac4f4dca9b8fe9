-- Whoever was refused lately: an application, or a person.
ALTER TABLE audit_refusal RENAME COLUMN app_id TO refused_id;
