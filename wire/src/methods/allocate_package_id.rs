//! AllocatePackageId 1 (methods.md 8.5): a code to give away before there is a package. It has no parameters,
//! whatever `info` holds.

use crate::answer;

/// Writes the answer: the code that CreateConnectPackage then fills.
pub fn answer(identity_code: &str) -> String {
    answer::success("AllocatePackageId", |out| {
        out.element("identity-code", identity_code);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_all_there_is() {
        assert_eq!(
            answer("JKYZ-QNMN-VHRX-ZGNR-GZNH"),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.AllocatePackageId\">\
             <identity-code>JKYZ-QNMN-VHRX-ZGNR-GZNH</identity-code></wc:info></response>"
        );
    }
}
