//! Whether an answer is one that a client can read.

use keepwell_wire::roxmltree::Document;
use keepwell_wire::status::{ALL, Status};

/// The code of the answer.
///
/// # Errors
/// What is wrong with it.
pub fn code(answer: &str) -> Result<u16, String> {
    let document = Document::parse(answer).map_err(|e| format!("it is not well-formed: {e}"))?;
    let rest = answer.strip_prefix("<response><status><code>").ok_or("it is no response")?;
    let code: u16 = rest.split('<').next().and_then(|code| code.parse().ok()).ok_or("it has no code")?;
    if !ALL.iter().any(|(status, _)| status.code() == code) {
        return Err("its code is not documented".to_owned());
    }
    if code == Status::FAILED.code() {
        return Err("what was sent made the server fail".to_owned());
    }
    let message = document.descendants().find(|n| n.has_tag_name("message"));
    let says = message.and_then(|n| n.text()).is_some_and(|text| !text.trim().is_empty());
    match (code, document.descendants().any(|n| n.has_tag_name("error"))) {
        (0, false) => Ok(code),
        (0, true) => Err("it succeeds with an error".to_owned()),
        (_, true) if says && !answer.contains("wc:info") => Ok(code),
        _ => Err("it refuses without a message, or with an info".to_owned()),
    }
}
