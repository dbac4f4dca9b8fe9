//! The campaign against every method that is offered.

use std::collections::{BTreeMap, HashSet};

use keepwell_conformance::reference::{self, Reference};
use keepwell_conformance::{As, Schemas, Stage, requests};
use keepwell_platform::{Effect, METHODS, Method};
use keepwell_store::Database;
use keepwell_testkit::{World, on_both_engines};

use crate::dice::Dice;
use crate::shot::aim;
use crate::{judge, memory, watch};

/// Requests for each method in each version; `KEEPWELL_MUTATIONS=full` sends ten times as many.
const ON_SQLITE: usize = 250;
const ON_POSTGRES: usize = 100;
/// After so many, a new good request is damaged, and what could have changed is looked at.
const ROUND: usize = 5;
/// So many different answers of each method that succeed are held against the schema.
const VALIDATED: usize = 60;
/// What the process may hold more at the end than after the first method.
const GROWTH: u64 = 128 << 20;

on_both_engines!(damaged_requests_to_methods_that_read_are_answered, |world: World| async move {
    campaign(world, |method| method.effect != Effect::Writes).await;
});

on_both_engines!(damaged_requests_to_methods_that_write_change_nothing_or_what_is_allowed, |world: World| {
    campaign(world, |method| method.effect == Effect::Writes)
});

async fn campaign(world: World, chosen: fn(&Method) -> bool) {
    let engine = match world.settings().database {
        Database::Sqlite(_) => ON_SQLITE,
        Database::Postgres(_) => ON_POSTGRES,
    };
    let is_full = std::env::var_os("KEEPWELL_MUTATIONS").is_some_and(|how| how == "full");
    let count = if is_full { engine * 10 } else { engine };
    let schemas = Schemas::at_hand();
    let stage = Stage::of(world).await;
    let mut codes = BTreeMap::new();
    let mut held = None;
    for method in METHODS.iter().filter(|method| chosen(method)) {
        for version in method.versions {
            let attack = Attack::new(&stage, method, *version);
            let infos = attack.run(count, &mut codes).await;
            attack.hold(schemas.as_ref(), &infos);
            held = held.or_else(memory::resident);
        }
    }
    within_limits(&stage, schemas.as_ref()).await;
    println!("answers by code: {codes:?}");
    if let (Some(early), Some(late)) = (held, memory::resident()) {
        println!("memory: {} MiB after the first method, {} MiB at the end", early >> 20, late >> 20);
        assert!(late < early + GROWTH, "memory grew from {early} to {late} bytes");
    }
}

/// Whatever was written on the way can be read, and keeps the lengths that the schemas allow.
async fn within_limits(stage: &Stage, schemas: Option<&Schemas>) {
    for method in METHODS.iter().filter(|method| method.effect == Effect::Reads) {
        for version in method.versions {
            let reader = Attack::new(stage, method, *version);
            let mut infos = HashSet::new();
            for good in requests(stage, method.name, *version).await {
                let told = stage.good(method.name, *version, &good.info, good.how).await.text;
                let info = reader.reference.info(&told).unwrap_or_else(|why| panic!("{why}: {told}"));
                infos.extend(info.map(str::to_owned));
            }
            reader.hold(schemas, &infos);
        }
    }
    let settings = stage.good("GetApplicationSettings", 1, "<info/>", As::Online(0)).await.text;
    assert!(settings.len() < keepwell_core::app_settings::LIMIT + 1000);
    let ids = stage.good("GetAlternateIds", 1, "<info/>", As::Online(0)).await;
    assert!(ids.count("alternate-id") <= 100);
}

/// One method in one version.
struct Attack<'s> {
    stage: &'s Stage,
    method: &'s Method,
    version: u32,
    reference: Reference,
}

/// Says which request it was when the server panics.
struct Blame<'b>(&'b str, &'b [u8]);

impl Drop for Blame<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let Self(what, body) = self;
            let shown = String::from_utf8_lossy(&body[..body.len().min(6000)]);
            println!("{what}, the request was:\n{shown}");
        }
    }
}

impl<'s> Attack<'s> {
    fn new(stage: &'s Stage, method: &'s Method, version: u32) -> Self {
        Self { stage, method, version, reference: reference::of(method.name, version) }
    }

    /// Sends so many damaged requests; the infos of those that succeed all the same.
    async fn run(&self, count: usize, codes: &mut BTreeMap<u16, usize>) -> HashSet<String> {
        let (stage, name) = (self.stage, self.method.name);
        let what = format!("{name} {}", self.version);
        let mut dice = Dice::of(&what);
        let mut infos = HashSet::new();
        let start = stage.now();
        let mut goods = requests(stage, name, self.version).await;
        let before = watch::everything(stage).await;
        let mut seen = watch::of_method(stage, name).await;
        let mut may_have_changed = false;
        for number in 0..count {
            let good = dice.pick(&goods);
            let shot = aim(stage, name, self.version, good, &mut dice);
            let blame = format!("{what}, case {number}");
            let _blame = Blame(&blame, &shot.body);
            let answer = stage.platform.answer(None, None, &shot.body).await;
            let code = judge::code(&answer).unwrap_or_else(|why| panic!("{why}: {answer}"));
            *codes.entry(code).or_default() += 1;
            may_have_changed |= code == 0;
            if code == 0 && shot.is_for_method {
                let info = self.reference.info(&answer).unwrap_or_else(|why| panic!("{why}: {answer}"));
                infos.extend(info.filter(|_| infos.len() < VALIDATED).map(str::to_owned));
            }
            if self.method.effect == Effect::Writes && number % ROUND == ROUND - 1 {
                if !may_have_changed {
                    assert_eq!(
                        seen,
                        watch::of_method(stage, name).await,
                        "a refused request changed something"
                    );
                }
                self.make_room().await;
                goods = requests(stage, name, self.version).await;
                seen = watch::of_method(stage, name).await;
                may_have_changed = false;
            }
        }
        if self.method.effect != Effect::Writes {
            assert_eq!(before, watch::everything(stage).await, "{what} wrote");
        }
        for good in requests(stage, name, self.version).await {
            stage.good(name, self.version, &good.info, good.how).await;
        }
        stage.world.clock.set(start);
        infos
    }

    /// A record has a hundred ids of the application's own at most; the next cases need some.
    async fn make_room(&self) {
        let record = match self.method.name {
            "AssociateAlternateId" => As::Online(1),
            "DisassociateAlternateId" => As::Online(2),
            _ => return,
        };
        let told = self.stage.good("GetAlternateIds", 1, "<info/>", record).await.text;
        for id in told.split("<alternate-id>").skip(1).filter_map(|rest| rest.split("</alternate-id>").next())
        {
            let info = format!("<info><alternate-id>{id}</alternate-id></info>");
            self.stage.good("DisassociateAlternateId", 1, &info, record).await;
        }
    }

    /// Holds what succeeded against the schema.
    fn hold(&self, schemas: Option<&Schemas>, infos: &HashSet<String>) {
        let (Some(schemas), Some(name)) = (schemas, self.reference.response()) else { return };
        let infos: Vec<_> = infos.iter().collect();
        if schemas.has(&name) && !infos.is_empty() {
            let refused = schemas.refuse_any(&name, &infos);
            assert!(refused.is_none(), "{}: {}", self.method.name, refused.unwrap_or_default());
        }
    }
}
