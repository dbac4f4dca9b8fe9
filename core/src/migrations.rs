//! The schema, in order: each noun's tables stand in its own folder.

use keepwell_store::Migration;

/// Every step of the schema so far.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "persons", sql: include_str!("persons/schema.sql") },
    Migration { number: 2, name: "credentials", sql: include_str!("credentials/schema.sql") },
    Migration { number: 3, name: "records", sql: include_str!("records/schema.sql") },
    Migration { number: 4, name: "applications", sql: include_str!("applications/schema.sql") },
    Migration { number: 5, name: "authorizations", sql: include_str!("authorizations/schema.sql") },
    Migration { number: 6, name: "sessions", sql: include_str!("sessions/schema.sql") },
    Migration { number: 7, name: "visits", sql: include_str!("visits/schema.sql") },
    Migration { number: 8, name: "things", sql: include_str!("things/schema.sql") },
    Migration { number: 9, name: "audit", sql: include_str!("audit/schema.sql") },
    Migration { number: 10, name: "operators", sql: include_str!("operators/schema.sql") },
    Migration { number: 11, name: "server key", sql: include_str!("keys/schema.sql") },
    Migration { number: 12, name: "admissions", sql: include_str!("applications/admission.sql") },
    Migration { number: 13, name: "app settings", sql: include_str!("app_settings/schema.sql") },
    Migration { number: 14, name: "alternate ids", sql: include_str!("alternate_ids/schema.sql") },
    Migration { number: 15, name: "maintenance", sql: include_str!("maintenance/schema.sql") },
    Migration { number: 16, name: "service definition", sql: include_str!("service/schema.sql") },
    Migration { number: 17, name: "sign-up codes", sql: include_str!("credentials/sign_up_code.sql") },
    Migration { number: 18, name: "letters", sql: include_str!("letters/schema.sql") },
    Migration {
        number: 19,
        name: "validated e-mail",
        sql: concat!(
            include_str!("persons/email_validated.sql"),
            include_str!("credentials/email_confirmation.sql")
        ),
    },
    Migration { number: 20, name: "record operations", sql: include_str!("records/operations.sql") },
    Migration { number: 21, name: "vocabularies", sql: include_str!("vocabularies/schema.sql") },
    Migration {
        number: 22,
        name: "signatures and repeats",
        sql: concat!(include_str!("things/signature.sql"), include_str!("things/repeat.sql")),
    },
    Migration { number: 23, name: "attachments", sql: include_str!("blobs/schema.sql") },
    Migration { number: 24, name: "connections", sql: include_str!("connections/schema.sql") },
    Migration { number: 25, name: "packages", sql: include_str!("packages/schema.sql") },
    Migration { number: 26, name: "notices", sql: include_str!("notices/schema.sql") },
    Migration {
        number: 27,
        name: "installations",
        sql: concat!(include_str!("applications/device.sql"), include_str!("installations/schema.sql")),
    },
    Migration { number: 28, name: "audit seals", sql: include_str!("audit/seal.sql") },
    Migration { number: 29, name: "passkeys", sql: include_str!("credentials/passkeys/passkeys.sql") },
    Migration {
        number: 30,
        name: "second factor",
        sql: concat!(
            include_str!("credentials/second_factor/second_factor.sql"),
            include_str!("credentials/tries.sql"),
            include_str!("sessions/proved.sql"),
            include_str!("notices/detail.sql")
        ),
    },
    Migration {
        number: 31,
        name: "closure",
        sql: concat!(
            include_str!("erasure/schema.sql"),
            include_str!("erasure/ways_in.sql"),
            include_str!("audit/erased.sql"),
            include_str!("credentials/change_email.sql")
        ),
    },
    Migration { number: 32, name: "refusals", sql: include_str!("audit/refusals.sql") },
    Migration { number: 33, name: "passkey tries", sql: include_str!("credentials/passkeys/no_tries.sql") },
    Migration { number: 34, name: "sealed entries", sql: include_str!("audit/sealed.sql") },
];
