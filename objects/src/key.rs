//! Which keys there are: ours are `ab/<uuid>/<hex>-<hex>`, and nothing else is ever needed.

use object_store::path::Path;

use crate::ObjectError;

/// Whether this may stand between two slashes.
pub(crate) fn is_part(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A key as the library wants it. Dots, backslashes, percent signs and the like never get there.
pub(crate) fn path(key: &str) -> Result<Path, ObjectError> {
    match Path::parse(key) {
        Ok(path) if key.split('/').all(is_part) => Ok(path),
        _ => Err(ObjectError::unavailable(format_args!("{key:?} is not the key of an object"))),
    }
}

/// What keys begin with, like a folder: empty for all; a slash at the end says nothing.
pub(crate) fn prefix(prefix: &str) -> Result<Path, ObjectError> {
    match prefix.strip_suffix('/').unwrap_or(prefix) {
        "" if prefix.is_empty() => Ok(Path::ROOT),
        folder => path(folder),
    }
}
