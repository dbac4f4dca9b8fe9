//! What a search in one language asks: texts in order, and where each word stands.
//!
//! A prefix is found by halving, words by their lists. Only `Contains` walks through a text, one compact
//! one, and ends as soon as there is enough. Hits come in the order of what they say.

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use super::fold::{fold, words};

/// How the search text is compared (methods.md 7.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The item begins with it.
    #[default]
    Prefix,
    /// It stands anywhere in the item.
    Contains,
    /// All its words are words of the item, in any order.
    FullText,
}

/// An index over items, who are numbers here.
pub(super) struct Index {
    /// Every text to be found, folded, each ended by a line break, in order.
    texts: String,
    /// Where each begins.
    starts: Vec<u32>,
    /// The item of each.
    items: Vec<u32>,
    /// The items in the order of their first text; postings are places in it.
    ranked: Vec<u32>,
    postings: HashMap<Box<str>, Vec<u32>>,
}

impl Index {
    /// An index of items in turn, each with its text and perhaps a shorter one.
    pub(super) fn of<'t>(items: impl Iterator<Item = (&'t str, Option<&'t str>)>) -> Self {
        let mut entries: Vec<(String, u32, bool)> = Vec::new();
        for (number, (text, shorter)) in (0..).zip(items) {
            let main = fold(text);
            if let Some(shorter) = shorter.map(fold).filter(|s| !s.is_empty() && *s != main) {
                entries.push((shorter, number, false));
            }
            entries.push((main, number, true));
        }
        entries.sort_unstable();
        Self::sorted(&entries)
    }

    fn sorted(entries: &[(String, u32, bool)]) -> Self {
        let mut index = Self {
            texts: String::with_capacity(entries.iter().map(|(text, ..)| text.len() + 1).sum()),
            starts: Vec::with_capacity(entries.len()),
            items: Vec::with_capacity(entries.len()),
            ranked: Vec::with_capacity(entries.len()),
            postings: HashMap::new(),
        };
        let mut ranks: HashMap<u32, u32> = HashMap::new();
        for (_, item, _) in entries.iter().filter(|(.., is_main)| *is_main) {
            ranks.insert(*item, small(index.ranked.len()));
            index.ranked.push(*item);
        }
        for (text, item, _) in entries {
            index.starts.push(small(index.texts.len()));
            index.items.push(*item);
            index.texts.push_str(text);
            index.texts.push('\n');
            let rank = ranks.get(item).copied().unwrap_or_default();
            for word in words(text) {
                match index.postings.get_mut(word) {
                    Some(list) => list.push(rank),
                    None => drop(index.postings.insert(word.into(), vec![rank])),
                }
            }
        }
        for list in index.postings.values_mut() {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
        index
    }

    /// The items that match, at most so many. Ask for one more than wanted to know whether there are more.
    pub(super) fn search(&self, text: &str, mode: Mode, most: usize) -> Vec<u32> {
        let text = fold(text);
        // What is nothing but white space begins everything and is meant by nobody.
        if text.is_empty() {
            return Vec::new();
        }
        match mode {
            Mode::Prefix => self.prefix(&text, most),
            Mode::Contains => self.contains(&text, most),
            Mode::FullText => self.words(&text, most),
        }
    }

    fn prefix(&self, text: &str, most: usize) -> Vec<u32> {
        let first = self.starts.partition_point(|start| self.entry(*start) < text);
        let from_there = self.starts.iter().zip(&self.items).skip(first);
        let hits = from_there.take_while(|(start, _)| self.entry(**start).starts_with(text));
        each_once(hits.map(|(_, item)| *item), most)
    }

    fn contains(&self, text: &str, most: usize) -> Vec<u32> {
        let finder = memmem::Finder::new(text);
        let mut from = 0;
        let hits = std::iter::from_fn(|| {
            let at = from + finder.find(self.texts.as_bytes().get(from..)?)?;
            let after = self.starts.partition_point(|start| *start as usize <= at);
            from = self.starts.get(after).map_or(self.texts.len(), |start| *start as usize);
            self.items.get(after.checked_sub(1)?).copied()
        });
        each_once(hits, most)
    }

    fn words(&self, text: &str, most: usize) -> Vec<u32> {
        let lists: Option<Vec<&Vec<u32>>> = words(text).map(|word| self.postings.get(word)).collect();
        let Some(mut lists) = lists else { return Vec::new() };
        lists.sort_by_key(|list| list.len());
        let Some((rarest, others)) = lists.split_first() else { return Vec::new() };
        let everywhere = |rank: &&u32| others.iter().all(|list| list.binary_search(rank).is_ok());
        let hits = rarest.iter().filter(everywhere).take(most);
        hits.filter_map(|rank| self.ranked.get(*rank as usize).copied()).collect()
    }

    /// The text that begins there.
    fn entry(&self, start: u32) -> &str {
        let rest = self.texts.get(start as usize..).unwrap_or_default();
        rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())).unwrap_or_default()
    }
}

/// Four gigabytes of text are more than a vocabulary has.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Hits without those that were there already: an item has two texts.
fn each_once(hits: impl Iterator<Item = u32>, most: usize) -> Vec<u32> {
    let mut seen = HashSet::new();
    hits.filter(|item| seen.insert(*item)).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours() -> Index {
        let items = [
            ("Red", Some("R")),
            ("dark red", None),
            ("Réddish brown", Some("rb")),
            ("blue", Some("blue")),
            ("green of the sea", Some("sea")),
        ];
        Index::of(items.into_iter())
    }

    fn find(text: &str, mode: Mode) -> Vec<u32> {
        colours().search(text, mode, 10)
    }

    #[test]
    fn a_prefix_finds_what_begins_so_in_the_order_of_the_texts() {
        assert_eq!(find("RED", Mode::Prefix), [0, 2]);
        assert_eq!(find("r", Mode::Prefix), [0, 2], "each once, by its text or the shorter one");
        assert_eq!(find("sea", Mode::Prefix), [4], "by the shorter text");
        assert_eq!(find("ark", Mode::Prefix), [0; 0]);
        assert_eq!(find("zz", Mode::Prefix), [0; 0]);
    }

    #[test]
    fn contains_finds_it_anywhere_and_each_item_once() {
        assert_eq!(find("red", Mode::Contains), [1, 0, 2]);
        assert_eq!(find("e", Mode::Contains).len(), 5);
        assert_eq!(find("d\nd", Mode::Contains), [0; 0], "never across two items");
        assert_eq!(find("sea", Mode::Contains), [4]);
    }

    #[test]
    fn full_text_wants_every_word_in_any_order_and_no_part_of_one() {
        assert_eq!(find("sea the", Mode::FullText), [4]);
        assert_eq!(find("red", Mode::FullText), [1, 0]);
        assert_eq!(find("brown red", Mode::FullText), [0; 0]);
        assert_eq!(find("gree", Mode::FullText), [0; 0]);
        assert_eq!(find("sea red", Mode::FullText), [0; 0]);
        assert_eq!(find("-", Mode::FullText), [0; 0]);
    }

    #[test]
    fn no_more_is_found_than_is_wanted_and_nothing_by_blanks() {
        for mode in [Mode::Prefix, Mode::Contains, Mode::FullText] {
            assert_eq!(colours().search("red", mode, 1).len(), 1, "{mode:?}");
            assert_eq!(find(" \t", mode), [0; 0], "{mode:?}");
        }
    }
}
