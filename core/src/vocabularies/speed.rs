//! How searches grow with the vocabulary: ratios to read, nothing to assert.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Duration;

use super::index::Mode;
use super::sheet::{Key, Row, Sheet};
use super::vocabulary::{Origin, Vocabulary};

/// Names of a few words, all different, as those of findings and medicines are.
fn vocabulary(items: usize) -> Vocabulary {
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
    let word = |seed: usize| WORDS[(seed.wrapping_mul(0x9e37_79b9) >> 12) % WORDS.len()];
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
    let key = Key { family: "own".to_owned(), name: "many".to_owned(), version: "1".to_owned() };
    let rows = (0..items).map(row).collect();
    let sheet =
        Sheet { key, description: String::new(), restricted: false, languages: vec!["en".to_owned()], rows };
    let vocabulary = Vocabulary::of(sheet, Origin::Loaded);
    vocabulary.prepare();
    vocabulary
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch, read by people only")]
fn time(rounds: u32, run: impl Fn()) -> Duration {
    run();
    let start = std::time::Instant::now();
    (0..rounds).for_each(|_| run());
    start.elapsed() / rounds
}

#[test]
#[ignore = "prints how searches grow; run with --run-ignored all --no-capture"]
fn a_search_in_a_hundred_times_as_many_items_takes_about_as_long() {
    let (few, many) = (vocabulary(1_000), vocabulary(100_000));
    let everything = |v: &Vocabulary| {
        let all = v.read("en").after(None, usize::MAX).map_or(0, |page| {
            page.items.iter().filter(|item| item.display.to_lowercase().starts_with("kneeab")).count()
        });
        black_box(all);
    };
    let scan = time(5, || everything(&many));
    let mut out = std::io::stderr();
    for (what, text, mode) in [
        ("prefix, a few hits", "kneeab", Mode::Prefix),
        ("prefix, a full page", "k", Mode::Prefix),
        ("full text, a full page", "infection acute", Mode::FullText),
        ("full text, one hit", "777 pain", Mode::FullText),
        ("contains, a full page", "frac", Mode::Contains),
        ("contains, none", "zzzz", Mode::Contains),
    ] {
        let search = |v: &Vocabulary| {
            black_box(v.read("en").search(text, mode, 20).items.len());
        };
        let (small, large) = (time(200, || search(&few)), time(200, || search(&many)));
        let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64().max(f64::MIN_POSITIVE);
        let _ = writeln!(
            out,
            "{what}: 100,000 items take {:.1} times as long as 1,000; a walk over all of them takes {:.0} times \
             as long ({large:?})",
            ratio(large, small),
            ratio(scan, large),
        );
    }
}
