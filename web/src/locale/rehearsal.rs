//! The samples of pages, played in a language and with a brand of choice.
//!
//! A page's samples say nothing about language: [`Texts::for_samples`] asks here which one is played now. What
//! a page says meanwhile and the language lacks is noted. Only samples ask; what is served knows nothing of it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::{LOCALES, Locale, Texts};
use crate::brand::Brand;

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

struct Stage {
    locale: &'static Locale,
    brand: Option<Arc<Brand>>,
    lacking: BTreeSet<String>,
}

/// Plays in this language on this thread.
pub fn rehearse<T>(locale: &'static Locale, brand: Option<Arc<Brand>>, play: impl FnOnce() -> T) -> T {
    let before = STAGE.replace(Some(Stage { locale, brand, lacking: BTreeSet::new() }));
    let played = play();
    STAGE.set(before);
    played
}

/// The keys that the language was found to lack since this was asked last.
pub fn lacking() -> BTreeSet<String> {
    let take = |stage: &mut Option<Stage>| stage.as_mut().map(|stage| std::mem::take(&mut stage.lacking));
    STAGE.with_borrow_mut(take).unwrap_or_default()
}

/// The texts of the language that is played, English otherwise.
pub(super) fn texts(make: impl FnOnce(&'static Locale) -> Texts) -> Texts {
    STAGE.with_borrow(|stage| match stage {
        Some(stage) => make(stage.locale).branded(stage.brand.clone()),
        None => make(&LOCALES[0]),
    })
}

/// Notes a key that the language of a text lacks.
pub(super) fn lacks(key: &str) {
    STAGE.with_borrow_mut(|stage| {
        if let Some(stage) = stage {
            stage.lacking.insert(key.to_owned());
        }
    });
}
