//! Which of two versions is newer.

use std::cmp::Ordering;

/// Compares versions as people count: digits by their number (`2.9` before `2.26`), all else by
/// character. Versions have no form of their own (`1`, `2.3 07_2008`, `Jan2010`).
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (first, rest) = part(left);
        let (second, others) = part(right);
        let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let order = if digits(first) && digits(second) {
            let (x, y) = (first.trim_start_matches('0'), second.trim_start_matches('0'));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        } else {
            first.cmp(second)
        };
        if order != Ordering::Equal || (rest.is_empty() && others.is_empty()) {
            // `1` and `01` are two versions still.
            return order.then_with(|| a.cmp(b));
        }
        (left, right) = (rest, others);
    }
}

/// Splits off the digits, or the other characters, that stand in front.
fn part(text: &str) -> (&str, &str) {
    let is_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_people_count() {
        for (older, newer) in [
            ("1", "2"),
            ("2.9", "2.26"),
            ("1", "2.3 07_2008"),
            ("07AC_080303F", "09AB_091102F"),
            ("Jan2008", "Jan2010"),
            ("1", "1.0"),
            ("", "1"),
            ("01", "1"),
        ] {
            assert_eq!(compare(older, newer), Ordering::Less, "{older} {newer}");
            assert_eq!(compare(newer, older), Ordering::Greater, "{older} {newer}");
        }
        assert_eq!(compare("24", "24"), Ordering::Equal);
    }
}
