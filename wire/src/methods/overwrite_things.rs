//! OverwriteThings 1 and 2 (methods.md 6.3): the shapes of PutThings under a name of its own.

pub use super::put_things::parse;

use crate::answer;
use crate::shapes::ThingKey;

/// Writes the answer, the same for both versions: the keys in the order of the request.
pub fn answer(keys: &[ThingKey]) -> String {
    answer::success("OverwriteThings", |out| keys.iter().for_each(|key| key.write(out)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_the_name_without_a_version() {
        let id = uuid::Uuid::from_u128(1);
        let written = answer(&[ThingKey { id, version_stamp: id }]);
        assert!(written.contains("methods.response.OverwriteThings\"><thing-id"), "{written}");
    }
}
