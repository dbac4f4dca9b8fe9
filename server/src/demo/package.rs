//! What the sample clinic left for the sample person: a vaccination and a letter, encrypted as a clinic's desk
//! would do it.

use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use keepwell_core::Domain;
use keepwell_core::applications::Application;
use keepwell_core::connections::Named;
use keepwell_core::packages::{self, Algorithm, NewPackage, Parameters};
use keepwell_dopu::{Key, USUAL_ITERATIONS};

use super::clinic::Slip;

/// The clinic's own id of the visit.
const VISIT: &str = "1017 vaccination";
const ANSWER: &str = "winter garden window seat";
const LETTER: &str = "Larkfield Clinic\n\nThank you for coming to your vaccination.\n\
    Your arm may be sore for a day or two. Please call us if you feel unwell.\n";

/// Leaves it anew at each start: what was picked up stays picked up.
pub async fn leave(domain: &Domain, app: &Application, name: &str) -> anyhow::Result<Slip> {
    packages::delete_pending(domain, app.id, &Named::ExternalId(VISIT.to_owned())).await?;
    let salt = domain.env.uuid().to_string();
    let parameters = Parameters::new(Algorithm::HmacSha256Aes256, salt, USUAL_ITERATIONS, None)?;
    let things = things(Timestamp::from_microsecond(domain.env.now())?);
    let seal = {
        let (parameters, fill) = (parameters.clone(), domain.env.bytes::<32>());
        move || {
            Key::derive(ANSWER, &parameters).seal(things.as_bytes(), &|filler: &mut [u8]| {
                filler.iter_mut().zip(fill).for_each(|(to, from)| *to = from);
            })
        }
    };
    let cipher_text = tokio::task::spawn_blocking(seal).await.context("the sample package")?;
    let new = NewPackage {
        code: None,
        friendly_name: name.to_owned(),
        question: "Which four words stand on your slip?".to_owned(),
        external_id: VISIT.to_owned(),
        parameters,
        any_length: false,
        cipher_text,
        uploads: Vec::new(),
    };
    let code = packages::create(domain, app, &new).await?;
    Ok(Slip { code, question: new.question, answer: ANSWER.to_owned(), client: std::path::PathBuf::new() })
}

fn things(now: Timestamp) -> String {
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    let (year, month, day) = (today.year(), today.month(), today.day());
    let (letter, length) = (BASE64_STANDARD.encode(LETTER), LETTER.len());
    format!(
        "<thing><type-id>cd3587b5-b6e1-4565-ab3b-1c3ad45eb04f</type-id><data-xml><immunization>\
         <name><text>Influenza</text></name><administration-date><structured><date><y>{year}</y><m>{month}</m>\
         <d>{day}</d></date></structured></administration-date><manufacturer><text>Larkfield Pharma</text>\
         </manufacturer><lot>L-0417</lot></immunization><common><note>Left arm</note></common></data-xml></thing>\
         <thing><type-id>bd0403c5-4ae2-4b0e-a8db-1888678e4528</type-id><data-xml><file>\
         <name>After your vaccination.txt</name><size>{length}</size><content-type><text>text/plain</text>\
         </content-type></file><common/></data-xml><blob-payload><blob><blob-info>\
         <name>After your vaccination.txt</name><content-type>text/plain</content-type></blob-info>\
         <content-length>{length}</content-length><base64data>{letter}</base64data></blob></blob-payload></thing>"
    )
}

#[cfg(test)]
mod tests {
    use keepwell_core::connections::{self, Answered};
    use keepwell_testkit::{World, on_both_engines};

    use super::*;

    on_both_engines!(what_the_sample_clinic_leaves_is_taken_by_a_record, |world: World| async move {
        let app = world.app(include_str!("sample-clinic.toml")).await;
        let (robin, record) = world.person("Robin").await;
        let domain = &world.domain;
        let first = leave(domain, &app.app, "Robin").await.expect("left");
        let slip = leave(domain, &app.app, "Robin").await.expect("left anew");
        assert!(connections::find(domain, robin, None, &first.code).await.is_err(), "one waits at a time");
        let found = connections::find(domain, robin, None, &slip.code).await.expect("found");
        let answered = connections::answer(domain, robin, found.id, &slip.answer).await.expect("answered");
        let Answered::Right(opened) = answered else { panic!("{answered:?}") };
        let unlocked = opened.unlocked.expect("what opens it");
        let contents = packages::contents(domain, &unlocked).await.expect("open");
        let things = contents.things().expect("things").into_iter();
        let things = things.map(|xml| keepwell_platform::packaged_thing(domain, xml).expect("a thing"));
        let things: Vec<_> = things.collect();
        assert_eq!(packages::take(domain, &unlocked, record, things).await.expect("taken").len(), 2);
    });
}
