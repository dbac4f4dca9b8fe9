//! The notation of the catalogue: one file a type, one line a field.
//!
//! ```text
//! thing 3d34d87e-7fc1-4153-800f-f56592cb0d17 "Weight"
//!   root weight
//!   xsd weight.xsd  ns urn:com.microsoft.wc.thing.weight
//!   eff when
//! body
//!   when  : date-time
//!   value : weight-value  ; u=kg v=weight-units
//! ```
//!
//! A line of the body is `name[?|*|+|{m,n}] : type [facets] [; hints]`. Lines that begin with a bar are the
//! alternatives of a choice, `@name` is an attribute, `any*` is content that nobody looks into. After
//! `local` stand the types that only this file uses.

mod body;
mod error;
mod header;
mod hints;
mod lines;
mod link;
#[cfg(test)]
mod tests;
mod tokens;

pub use error::NotationError;
pub(super) use error::Source;
pub(super) use header::{At, Header, MeasureLine};
pub(super) use lines::{Line, lines};
pub(super) use link::Types;

use super::structure::Structure;
use body::Reader;

/// The file of a thing type, read.
#[derive(Clone, Debug)]
pub(super) struct ThingFile {
    pub(super) source: Source,
    pub(super) header: Header,
    pub(super) structure: Structure,
    /// The types of this file.
    pub(super) local: Types,
}

/// Reads the file of a thing type.
pub(super) fn thing(source: Source, text: &'static str, base: &Types) -> Result<ThingFile, NotationError> {
    let lines = lines(source, text)?;
    let is = |word: &'static str| move |l: &Line| l.level == 0 && l.text == word;
    let (head, local) = match lines.iter().position(is("local")) {
        Some(at) => (lines.get(..at).unwrap_or_default(), lines.get(at + 1..).unwrap_or_default()),
        None => (lines.as_slice(), &[][..]),
    };
    let (head, body) = match head.iter().position(is("body")) {
        Some(at) => (head.get(..at).unwrap_or_default(), head.get(at + 1..).unwrap_or_default()),
        None => (head, &[][..]),
    };
    if let Some(stray) = body.iter().chain(local).find(|l| l.level == 0) {
        return Err(source.error(stray.number, "an indented line", stray.text));
    }
    let header = header::header(source, head)?;
    let tokens = tokens::tokens(source, local)?;
    let local = Types::link(source, Reader::new(source, &tokens).definitions()?, Some(base))?;
    let tokens = tokens::tokens(source, body)?;
    let structure = local.structure(source, Reader::new(source, &tokens).body()?, Some(base))?;
    Ok(ThingFile { source, header, structure, local })
}

/// Reads a file of types.
pub(super) fn types(
    source: Source,
    text: &'static str,
    base: Option<&Types>,
) -> Result<Types, NotationError> {
    let lines = lines(source, text)?;
    let tokens = tokens::tokens(source, &lines)?;
    Types::link(source, Reader::new(source, &tokens).definitions()?, base)
}
