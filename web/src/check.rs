//! Every page in every state and language, with and without a brand, looked at by a program
//! (`keepwell templates check`). The tests do the same.

mod markup;

use std::sync::Arc;

use crate::brand::Brand;
use crate::locale::{Locale, locales, rehearse};
use crate::pages;

/// The most bytes of a page: a phone on a slow line waits for them.
const LARGEST: usize = 100 * 1024;

/// A page in one state, in one language, with or without a brand.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The page and the state, fit for a file name.
    pub name: String,
    /// The language.
    pub language: &'static str,
    /// Whether it has a brand.
    pub branded: bool,
    /// The markup.
    pub html: String,
    /// What is wrong with it, in words.
    pub wrong: Vec<String>,
}

/// Renders every sample in every language, without a brand and with this one, and looks at each.
///
/// # Errors
/// `askama::Error` when a page cannot be rendered at all.
pub fn every_page(brand: &Arc<Brand>) -> Result<Vec<Checked>, askama::Error> {
    let mut checked = Vec::new();
    for locale in locales() {
        for brand in [None, Some(brand)] {
            checked.extend(in_language(locale, brand)?);
        }
    }
    Ok(checked)
}

fn in_language(locale: &'static Locale, brand: Option<&Arc<Brand>>) -> Result<Vec<Checked>, askama::Error> {
    let mut checked = Vec::new();
    for pages::Sample { name, html, lacking } in rehearse(locale, brand.cloned(), pages::gallery)? {
        let mut wrong = markup::look(&html, locale, name.starts_with("token-form"));
        if html.len() > LARGEST {
            wrong.push(format!("it has {} bytes, more than {LARGEST}", html.len()));
        }
        if let Some(lacking) = in_a_line(lacking) {
            wrong.push(format!("{} lacks {lacking}", locale.tag()));
        }
        checked.push(Checked { name, language: locale.tag(), branded: brand.is_some(), html, wrong });
    }
    Ok(checked)
}

/// Some keys of a row that may be long.
fn in_a_line(keys: Vec<String>) -> Option<String> {
    const TOLD: usize = 8;
    let more = keys.len().saturating_sub(TOLD);
    let told = keys.into_iter().take(TOLD).collect::<Vec<_>>().join(", ");
    match (told.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(told),
        (false, more) => Some(format!("{told} and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_well_made_in_every_language_with_and_without_a_brand() {
        let checked = every_page(&Arc::new(Brand::for_samples())).unwrap();
        let wrong: Vec<String> = checked
            .iter()
            .flat_map(|page| {
                page.wrong.iter().map(move |wrong| format!("{} ({}): {wrong}", page.name, page.language))
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let branded = checked.iter().filter(|page| page.branded);
        assert!(branded.clone().count() * 2 == checked.len());
        assert!(branded.into_iter().all(|page| page.html.contains("/brand/colours.")));
    }
}
