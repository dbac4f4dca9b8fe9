//! Numbers that choose a plural form.

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

/// A count of things for a text in this language.
///
/// The rules of Arabic in `intl_pluralrules` 7 leave out the remainder by a hundred: 103 would be said as 100 is.
/// So the form is chosen by a smaller number that has the same, and the one that is said travels in its options,
/// out of which [`said`] takes it.
#[must_use]
pub fn counted(count: u32, tag: &str) -> FluentNumber {
    let remainder = count % 100;
    if tag != "ar" || count < 100 || remainder < 3 {
        return count.into();
    }
    let minimum_integer_digits = usize::try_from(count).ok();
    let options = FluentNumberOptions { minimum_integer_digits, ..FluentNumberOptions::default() };
    FluentNumber::new(f64::from(remainder), options)
}

/// What a bundle says for a number that [`counted`] made; for `set_formatter`.
pub fn said<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) => number.options.minimum_integer_digits.map(|count| count.to_string()),
        _ => None,
    }
}
