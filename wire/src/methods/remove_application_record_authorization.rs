//! RemoveApplicationRecordAuthorization 1 (methods.md 11.3). It has no parameters, whatever `info` holds.

use crate::answer;

/// The name under which the Java SDK calls it.
pub const ALIAS: &str = "RemoveApplicationAuthorization";

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}
