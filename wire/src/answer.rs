//! The response envelope (wire.md 6.1, 6.2). Each liberty not taken here breaks some client: the prefix
//! is `wc`, the declaration is on `wc:info` itself, nothing stands between `code` and `error`, and no
//! white space, XML declaration or other sibling appears anywhere.

use crate::error::InfoError;
use crate::status::Status;
use crate::xml::XmlWriter;

/// The start of every response namespace (methods.md 2.2).
pub const NAMESPACE_PREFIX: &str = "urn:com.microsoft.wc.methods.response.";

/// A success with an info element, whose content the closure writes. The suffix is the last part of
/// the namespace, methods.md 3.
pub fn success(namespace_suffix: &str, write: impl FnOnce(&mut XmlWriter)) -> String {
    success_of(1024, namespace_suffix, write)
}

/// The same for an answer that will have about so many bytes.
pub fn success_of(bytes: usize, namespace_suffix: &str, write: impl FnOnce(&mut XmlWriter)) -> String {
    let mut writer = XmlWriter::with_capacity(bytes);
    writer.open("response").open("status").element("code", 0).close();
    writer.open("wc:info").attr("xmlns:wc", format_args!("{NAMESPACE_PREFIX}{namespace_suffix}"));
    write(&mut writer);
    writer.finish()
}

/// A success of a method that returns nothing: there is no info element at all.
pub fn success_without_info() -> String {
    "<response><status><code>0</code></status></response>".to_owned()
}

/// An error. A message is always there, since clients index into it.
pub fn error(status: Status, message: &str, error_info: Option<&str>) -> String {
    let mut writer = XmlWriter::with_capacity(256);
    // Clients take code 0 with an error element for a failure; it would be neither.
    let status = if status.is_ok() { Status::FAILED } else { status };
    let message = if message.is_empty() { status.name() } else { message };
    writer.open("response").open("status").element("code", status);
    writer.open("error").element("message", message).element_if("error-info", error_info);
    writer.finish()
}

impl InfoError {
    /// This error as a whole answer.
    pub fn answer(&self) -> String {
        error(self.status, &self.message, self.error_info.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_success_is_written_exactly_as_clients_cut_it() {
        assert_eq!(
            success("GetPersonInfo", |w| {
                w.element("a", "b");
            }),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetPersonInfo\"><a>b</a></wc:info></response>"
        );
        assert_eq!(
            success("GetThingType", |_| {}),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetThingType\"/></response>"
        );
    }

    #[test]
    fn an_error_always_has_a_message() {
        assert_eq!(
            error(Status::ACCESS_DENIED, "", None),
            "<response><status><code>11</code><error><message>ACCESS_DENIED</message></error></status></response>"
        );
        assert_eq!(
            InfoError::invalid("a < b").at_item(2).answer(),
            "<response><status><code>3</code><error><message>a &lt; b</message>\
             <error-info>2</error-info></error></status></response>"
        );
    }
}
