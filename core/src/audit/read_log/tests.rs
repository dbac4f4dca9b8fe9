use keepwell_objects::Objects;
use keepwell_store::testing::{TestEngine, fresh};
use uuid::Uuid;

use super::*;
use crate::Domain;
use crate::audit::{Action, Entry, verify};
use crate::ids::PersonId;

const RECORD: RecordId = RecordId(Uuid::from_u128(7));

async fn domain(settings: &keepwell_store::Settings) -> Domain {
    let env = Env::system();
    let keys = KeyRing::generate(&env).unwrap();
    Domain::open(settings, keys, env, Objects::in_memory()).await.unwrap()
}

impl Log {
    fn of(domain: &Domain) -> Self {
        Self { store: domain.store.clone(), keys: domain.keys.clone(), env: domain.env.clone() }
    }
}

fn entries(domain: &Domain, count: usize) -> Vec<Made> {
    let entry = Entry::by_person(RECORD, PersonId(Uuid::from_u128(8)), Action::ReadThings);
    (0..count).map(|_| Made::now(domain, entry.clone())).collect()
}

async fn checked(domain: &Domain) -> u64 {
    let report = verify(domain, RECORD, None).await.unwrap();
    assert!(report.is_whole() && report.waiting == 0, "{report:?}");
    report.checked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_are_written_once_when_the_answer_to_the_first_try_was_lost() {
    for engine in TestEngine::ALL {
        let Some((settings, _guard)) = fresh(engine) else { continue };
        let domain = domain(&settings).await;
        let log = Log::of(&domain);
        for count in [1, 8, 2 * 8 + 3] {
            let before = checked(&domain).await;
            let entries = entries(&domain, count);
            log.commit(RECORD, &entries, false).await;
            log.commit(RECORD, &entries, true).await;
            assert_eq!(checked(&domain).await, before + count as u64);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_logs_that_write_at_once_leave_one_chain() {
    for engine in TestEngine::ALL {
        let Some((settings, _guard)) = fresh(engine) else { continue };
        let domain = domain(&settings).await;
        let writing = (0..8).map(|_| {
            let (log, domain) = (Log::of(&domain), domain.clone());
            tokio::spawn(async move {
                for _ in 0..5 {
                    log.commit(RECORD, &entries(&domain, 9), false).await;
                }
            })
        });
        for done in futures_util::future::join_all(writing).await {
            done.unwrap();
        }
        assert_eq!(checked(&domain).await, 8 * 5 * 9);
    }
}
