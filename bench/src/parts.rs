//! Parts of the work by themselves, each beside something that it is fairly compared with: how the data of a
//! thing is checked and carried to another version, and how vocabularies are searched.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Context as _;
use keepwell_core::keys::KeyRing;
use keepwell_core::thing_types::{self, ThingType, Verdict};
use keepwell_core::vocabularies::{self, Key, Mode, Row, Sheet, Vocabulary, Wanted};
use keepwell_core::{Domain, Env};
use keepwell_objects::Objects;
use keepwell_wire::integrity::{HashAlgorithm, HmacAlgorithm, hash_info, hmac_header};
use keepwell_wire::roxmltree::Document;

use crate::clock;
use crate::servers::keepwell;

/// Measures all parts and prints the ratios.
pub async fn run() -> anyhow::Result<()> {
    for root in ["weight", "blood-pressure", "medication", "condition", "lab-test-results"] {
        validation(thing_types::by_name(root).context(root)?)?;
    }
    for root in ["cholesterol-profile", "medication", "lab-test-results"] {
        carrying(thing_types::by_name(root).context(root)?)?;
    }
    searches().await
}

fn time(rounds: u32, run: impl Fn()) -> Duration {
    run();
    let start = clock::now();
    (0..rounds).for_each(|_| run());
    start.elapsed() / rounds
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// A request with one thing is hashed twice: its info for the header, and the header for its HMAC, which
/// takes some 900 bytes.
fn validation(kind: &ThingType) -> anyhow::Result<()> {
    // As programs send it, without white space for people.
    let example: String = thing_types::example(kind).lines().map(str::trim_start).collect();
    let data = example.trim_end_matches("<common/>");
    let info =
        format!("<info><thing><type-id>{}</type-id><data-xml>{example}</data-xml></thing></info>", kind.id);
    let header = vec![b'h'; 900];
    let document = Document::parse(data)?;
    let hashing = time(20_000, || {
        black_box(hash_info(HashAlgorithm::Sha256, black_box(info.as_bytes())));
        black_box(hmac_header(HmacAlgorithm::HmacSha256, &[7; 64], black_box(&header)));
    });
    let checking = time(20_000, || drop(black_box(Verdict::of(kind, document.root_element(), None))));
    println!(
        "checking a {} ({} bytes): {:.2} of hashing its request ({hashing:?})",
        kind.root,
        info.len(),
        ratio(checking, hashing)
    );
    Ok(())
}

/// Beside parsing what is carried, which a reader of it does anyway.
fn carrying(kind: &ThingType) -> anyhow::Result<()> {
    let older = kind.prev.context("an older version")?;
    let example = thing_types::example(kind);
    let wrapped = format!("<data-xml>{example}</data-xml>");
    let parsing = time(2_000, || drop(black_box(Document::parse(&wrapped))));
    let carrying = time(2_000, || drop(black_box(thing_types::carry(kind.id, older, &example))));
    println!(
        "carrying a {} to its older version: {:.1} times parsing it ({carrying:?})",
        kind.root,
        ratio(carrying, parsing)
    );
    Ok(())
}

async fn searches() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let env = Env::system();
    let keys = KeyRing::generate(&env)?;
    let domain = Domain::open(&keepwell::store(folder.path()), keys, env, Objects::in_memory()).await?;
    for items in [1_000, 100_000] {
        vocabularies::load(&domain, &sheet(items)).await?;
    }
    let shelf = vocabularies::shelf(&domain).await?;
    let find = |name| shelf.find(&Wanted { name, family: Some("own"), version: None });
    let (few, many) = (find("v1000").context("loaded")?, find("v100000").context("loaded")?);
    let walk = time(5, || {
        let page = many.read("en").after(None, usize::MAX);
        let items = page.map(|page| page.items).unwrap_or_default();
        black_box(items.iter().filter(|item| item.display.to_lowercase().starts_with("kneeab")).count());
    });
    for (what, text, mode) in [
        ("prefix, a few hits", "kneeab", Mode::Prefix),
        ("prefix, a full page", "k", Mode::Prefix),
        ("full text, a full page", "infection acute", Mode::FullText),
        ("full text, one hit", "777 pain", Mode::FullText),
        ("contains, a full page", "frac", Mode::Contains),
        ("contains, none", "zzzz", Mode::Contains),
    ] {
        let search = |v: &Vocabulary| {
            black_box(v.read("en").search(text, mode, 20));
        };
        let (small, large) = (time(200, || search(few)), time(200, || search(many)));
        println!(
            "searching 100,000 items ({what}): {:.1} times 1,000 items; a walk over all of them {:.0} times that \
             ({large:?})",
            ratio(large, small),
            ratio(walk, large)
        );
    }
    Ok(())
}

/// Names of a few words, all different, as those of findings and medicines are.
fn sheet(items: usize) -> Sheet {
    const WORDS: [&str; 16] = [
        "acute",
        "chronic",
        "left",
        "right",
        "knee",
        "shoulder",
        "fracture",
        "infection",
        "of",
        "the",
        "upper",
        "lower",
        "with",
        "without",
        "pain",
        "oedema",
    ];
    let word = |seed: usize| {
        WORDS.get((seed.wrapping_mul(0x9e37_79b9) >> 12) % WORDS.len()).copied().unwrap_or_default()
    };
    let row = |number: usize| Row {
        code: format!("{number:07}"),
        display: format!(
            "{}{:x} {} {} {} {number}",
            word(number),
            number.wrapping_mul(0x85eb_ca6b) % 0xffff,
            word(number / 3 + 1),
            word(number / 7 + 2),
            word(number / 13 + 3),
        ),
        ..Row::default()
    };
    let key = Key { family: "own".to_owned(), name: format!("v{items}"), version: "1".to_owned() };
    let rows = (0..items).map(row).collect();
    Sheet { key, description: String::new(), restricted: false, languages: vec!["en".to_owned()], rows }
}
