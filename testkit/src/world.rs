use std::sync::Arc;

use keepwell_core::applications::{self, Application};
use keepwell_core::authorizations::{self, Caller, Consent};
use keepwell_core::credentials::{SignUp, sign_up};
use keepwell_core::env::HandClock;
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::keys::KeyRing;
use keepwell_core::persons::{self, NewPerson};
use keepwell_core::{Domain, Env};
use keepwell_objects::Objects;
use keepwell_objects::testing::Faults;
use keepwell_store::Settings;
use keepwell_store::testing::{Guard, TestEngine, lent};

use crate::app::{ActingApp, SigningKey};

/// What the clock shows when a world begins: 2026-06-01T12:00:00Z, microseconds.
pub const START: i64 = 1_780_315_200_000_000;

/// A domain on a fresh database with a clock moved by hand.
pub struct World {
    /// The domain.
    pub domain: Domain,
    /// Its clock.
    pub clock: Arc<HandClock>,
    pub(crate) settings: Settings,
    /// Where its large attachments lie.
    pub objects: Objects,
    /// What goes wrong there.
    pub faults: Arc<Faults>,
    pub(crate) keys: String,
    pub(crate) guard: Arc<Guard>,
}

impl World {
    /// A new world on this engine; `None`, said aloud, when the engine is not at hand.
    pub async fn on(engine: TestEngine) -> Option<Self> {
        let (settings, guard) = lent(engine)?;
        let clock = HandClock::at(START);
        let env = Env::with_clock(clock.clone());
        let keys = KeyRing::generate(&env).expect("keys");
        let text = keys.to_text().expect("a key file");
        let faults = Arc::new(Faults::default());
        let objects = Objects::faulty(Objects::in_memory(), Arc::clone(&faults));
        let domain = Domain::open(&settings, keys, env, objects.clone()).await.expect("a domain");
        Some(Self { domain, clock, settings, objects, faults, keys: text, guard: Arc::new(guard) })
    }

    /// The same database as another process has it, which remembers nothing of this one.
    pub async fn another_process(&self) -> Domain {
        let settings = Settings { beside: true, ..self.settings.clone() };
        let keys = KeyRing::from_text(&self.keys).expect("keys");
        let env = Env::with_clock(self.clock.clone());
        Domain::open(&settings, keys, env, self.objects.clone()).await.expect("a domain")
    }

    /// How its database is opened.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What keeps the database. The macro holds it longer than the test's runtime: a test that moves only
    /// `world.domain` into its future would drop the rest of the world at once, and what a test leaves under way
    /// may still write.
    #[must_use]
    pub fn keep(&self) -> Arc<Guard> {
        Arc::clone(&self.guard)
    }

    /// A person with an account, `NAME@example.org` confirmed, and the password
    /// [`World::PASSWORD`], and a record.
    pub async fn person(&self, name: &str) -> (PersonId, RecordId) {
        self.person_in(name, "US").await
    }

    /// The same, living in this country.
    pub async fn person_in(&self, name: &str, country: &str) -> (PersonId, RecordId) {
        let person = NewPerson {
            name: name.to_owned(),
            email: format!("{}@example.org", name.to_lowercase()),
            language: "en".to_owned(),
            country: country.to_owned(),
        };
        let command = SignUp { person, password: Self::PASSWORD.to_owned(), code: None };
        let made = sign_up(&self.domain, command).await.expect("an account");
        persons::set_email_validated(&self.domain, made.0).await.expect("confirmed");
        made
    }

    /// Everybody's password.
    pub const PASSWORD: &'static str = "quiet garden spoons";

    /// An application registered by this file, with a certificate whose key signs for it.
    pub async fn app(&self, file: &str) -> ActingApp {
        let app = Application::from_file(file, &self.domain.env).expect("a good file");
        let key = SigningKey::new();
        applications::add(&self.domain, &app, &[key.certificate()]).await.expect("registered");
        ActingApp { app: Arc::new(app), key }
    }

    /// An application that may do everything with weights, online and offline.
    pub async fn weight_app(&self) -> ActingApp {
        let rule = |set: &str| {
            format!(
                "[[{set}]]\nname = \"weight\"\nwhy = \"To draw your weight\"\n\
                 permissions = [\"read\", \"create\", \"update\", \"delete\"]\ntypes = [\"weight\"]\n"
            )
        };
        let head = "name = \"Weights\"\naction-url = \"https://weights.example/return\"\n";
        self.app(&format!("{head}{}{}", rule("online"), rule("offline"))).await
    }

    /// The person allows the application all that it requires.
    pub async fn allow(&self, app: &Application, person: PersonId, record: RecordId) {
        Self::consent(&self.domain, app, person, record).await.expect("allowed");
    }

    /// What becomes of the person's consent to all that the application requires.
    ///
    /// # Errors
    /// As `authorizations::allow`.
    pub async fn consent(
        domain: &Domain,
        app: &Application,
        person: PersonId,
        record: RecordId,
    ) -> Result<(), authorizations::ConsentError> {
        let consent = Consent::to_required(person, record);
        authorizations::allow(domain, app, &consent).await
    }

    /// The application, acting for the person while they use it.
    #[must_use]
    pub fn online(&self, app: &ActingApp, person: PersonId) -> Caller {
        Caller::application(Arc::clone(&app.app), person, true)
    }

    /// The application, acting for the person while they are away.
    #[must_use]
    pub fn offline(&self, app: &ActingApp, person: PersonId) -> Caller {
        Caller::application(Arc::clone(&app.app), person, false)
    }

    /// Ends the application's authorization, as the person does at the Shell.
    pub async fn revoke(&self, app: AppId, person: PersonId, record: RecordId) {
        authorizations::revoke(&self.domain, app, person, record, authorizations::Avenue::Shell)
            .await
            .expect("revoked");
    }
}
