//! A world for tests: persons and applications that act, a clock that is moved by hand, and every
//! test on both engines.
//!
//! ```text
//! on_both_engines!(a_revoked_application_cannot_read, |world| async move { … });
//! ```
#![allow(clippy::missing_panics_doc, clippy::expect_used, reason = "a test that cannot go on ends here")]

mod app;
mod authenticator;
mod package;
mod passkey_device;
mod phone;
mod post;
mod records;
mod request;
mod snapshot;
mod things;
mod world;

pub use app::{ActingApp, SigningKey};
pub use keepwell_store::testing::TestEngine;
pub use package::SealedPackage;
pub use passkey_device::PasskeyDevice;
pub use phone::Phone;
pub use request::{Reply, Session, info_only};
pub use snapshot::Snapshot;
pub use things::{weight, weight_data, weight_xml};
pub use world::{START, World};

/// Declares a test that runs on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($(#[$meta:meta])* $name:ident, $test:expr) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn run(engine: $crate::TestEngine) {
                let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
                let runtime = runtime.expect("a runtime");
                let Some(world) = runtime.block_on($crate::World::on(engine)) else { return };
                let kept = world.keep();
                runtime.block_on(async {
                    let test = $test;
                    test(world).await;
                });
                // What the test has left under way ends here, before the next test has the database.
                drop(runtime);
                drop(kept);
            }

            #[test]
            fn on_sqlite() {
                run($crate::TestEngine::Sqlite);
            }

            #[test]
            fn on_postgres() {
                run($crate::TestEngine::Postgres);
            }
        }
    };
}
