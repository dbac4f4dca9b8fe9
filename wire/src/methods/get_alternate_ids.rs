//! GetAlternateIds 1 (methods.md 9). It has no parameters, whatever `info` holds.

use crate::answer;

/// Writes the answer: the ids of the person and record of the header, perhaps none.
pub fn answer<S: AsRef<str>>(alternate_ids: &[S]) -> String {
    answer::success("GetAlternateIds", |out| {
        out.open("alternate-ids");
        alternate_ids.iter().for_each(|id| {
            out.element("alternate-id", id.as_ref());
        });
        out.close();
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_there_even_when_empty() {
        assert_eq!(
            answer(&["A&1", "b"]),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetAlternateIds\"><alternate-ids>\
             <alternate-id>A&amp;1</alternate-id><alternate-id>b</alternate-id></alternate-ids></wc:info></response>"
        );
        assert!(answer::<&str>(&[]).contains("GetAlternateIds\"><alternate-ids/></wc:info>"));
    }
}
