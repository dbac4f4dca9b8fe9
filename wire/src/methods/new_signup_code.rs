//! NewSignupCode 1 (methods.md 13.3). It has no parameters, whatever `info` holds.

use crate::answer;

/// Writes the answer: a code of 20 characters.
pub fn answer(signup_code: &str) -> String {
    answer::success("NewSignupCode", |out| {
        out.element("signup-code", signup_code);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_all_there_is() {
        assert_eq!(
            answer("ABCDEFGHJKLMNPQRSTUV"),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.NewSignupCode\">\
             <signup-code>ABCDEFGHJKLMNPQRSTUV</signup-code></wc:info></response>"
        );
    }
}
