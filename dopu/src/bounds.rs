//! How much markup a package may have. The parser looks for each attribute among those before it, for
//! each prefix among the namespaces in force, and copies these to every element that declares one;
//! without bounds, a package of a few megabytes would keep it busy for hours. Applications send them, so
//! it is asked before parsing.

/// Elements, texts and comments together.
pub const MOST_NODES: u32 = 500_000;

/// Attributes of one element, declarations of namespaces included.
const MOST_ATTRIBUTES: usize = 128;

/// Declarations of namespaces in a package.
const MOST_DECLARATIONS: usize = 16_384;

/// Declarations of namespaces in force at one place.
const MOST_IN_FORCE: usize = 128;

/// Whether the parser may see the text. Well-formedness is for the parser to judge, which goes no further
/// than the first fault; behind that, what is found here means nothing.
pub fn is_within_bounds(text: &str) -> bool {
    // The parser makes room by these two before it looks closer.
    let count = |mark| text.bytes().filter(|b| *b == mark).count();
    if count(b'<') > MOST_NODES as usize || count(b'=') > 2 * MOST_NODES as usize {
        return false;
    }
    let mut namespaces = Namespaces::default();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let end = if rest.starts_with("<!--") {
            end_of(rest, 4, "-->")
        } else if rest.starts_with("<![CDATA[") {
            end_of(rest, 9, "]]>")
        } else if rest.starts_with("<?") {
            end_of(rest, 2, "?>")
        } else if rest.starts_with("</") {
            namespaces.in_force.pop();
            end_of(rest, 2, ">")
        } else {
            tag(rest).filter(|tag| attributes(tag) <= MOST_ATTRIBUTES && namespaces.open(tag)).map(str::len)
        };
        match end {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    true
}

#[derive(Default)]
struct Namespaces {
    declared: usize,
    /// How many declarations are in force within each open element.
    in_force: Vec<usize>,
}

impl Namespaces {
    /// Takes a start tag, and tells whether it keeps to the bounds.
    fn open(&mut self, tag: &str) -> bool {
        let own = tag.matches("xmlns").count();
        let in_force = self.in_force.last().copied().unwrap_or_default() + own;
        self.declared += own;
        if !tag.ends_with("/>") {
            self.in_force.push(in_force);
        }
        in_force <= MOST_IN_FORCE && self.declared <= MOST_DECLARATIONS
    }
}

/// From `<` to the first `>` that stands in no value.
fn tag(text: &str) -> Option<&str> {
    let mut quote = None;
    let end = text.bytes().position(|b| match (quote, b) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(b);
            false
        }
        (Some(open), b) if open == b => {
            quote = None;
            false
        }
        _ => false,
    })?;
    Some(&text[..=end])
}

/// How many values the tag has, by their quotes.
fn attributes(tag: &str) -> usize {
    let mut rest = tag;
    let mut values = 0;
    while let Some(open) = rest.find(['"', '\'']) {
        let quote = if rest.as_bytes()[open] == b'"' { '"' } else { '\'' };
        let Some((_, behind)) = rest[open + 1..].split_once(quote) else { break };
        rest = behind;
        values += 1;
    }
    values
}

fn end_of(text: &str, from: usize, mark: &str) -> Option<usize> {
    text[from..].find(mark).map(|length| from + length + mark.len())
}
