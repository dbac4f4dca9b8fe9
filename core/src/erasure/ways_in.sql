-- By which all that is kept about a person or a record is found when it is erased.
CREATE INDEX record_pseudonym_of_record ON record_pseudonym (record_id);
CREATE INDEX record_pseudonym_of_person ON record_pseudonym (person_id);
CREATE INDEX person_pseudonym_selected ON person_pseudonym (selected_record);
CREATE INDEX alternate_id_of_person ON alternate_id (person_id);
CREATE INDEX alternate_id_by_record ON alternate_id (record_id);
CREATE INDEX app_settings_of_person ON app_settings (person_id);
CREATE INDEX application_admission_of_person ON application_admission (person_id);
CREATE INDEX user_token_of_person ON user_token (person_id);
CREATE INDEX connection_of_person ON connection (person_id);
CREATE INDEX connection_of_record ON connection (record_id);
