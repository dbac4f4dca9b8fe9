//! What a page's markup may hold, whatever somebody wrote that stands on it.

use url::Url;

use crate::browser::ORIGIN;

/// A text that would be markup, an attribute or a script wherever it is not escaped; the number tells where it
/// was written. Its end would turn round what follows it, and end what sets it apart.
pub fn mark(number: usize) -> String {
    format!(
        "k{number}k<xss onload=x>\"onfocus=\"x' onfocus='x<script>alert({number})</script>\u{202e}\u{2067}\u{2069}\u{2069}"
    )
}

/// A text of a file in TOML.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
    let said = text.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\U{:08x}", c as u32) });
    format!("\"{}\"", said.collect::<String>())
}

/// Whether the text of this number stands on a page, escaped.
pub fn shows(html: &str, number: usize) -> bool {
    html.contains(&format!("k{number}k&#60;xss")) || html.contains(&format!("k{number}k&lt;xss"))
}

/// Where pages may lead: to ourselves, and to where the applications of these tests are registered.
pub fn may_lead_to(address: &str) -> bool {
    let here = Url::parse(&format!("{ORIGIN}/records/x/y")).unwrap();
    let Ok(url) = here.join(address) else { return false };
    let origin = url.origin().ascii_serialization();
    let is_ours = origin == ORIGIN || origin == "https://weights.example";
    // Those two open a program for telephones, or for codes.
    (is_ours && url.username().is_empty() && url.password().is_none())
        || ["tel", "otpauth"].contains(&url.scheme())
}

/// A tag with its attributes.
struct Tag<'h> {
    name: &'h str,
    attributes: Vec<(&'h str, &'h str)>,
}

/// Panics at what could run, load, lead elsewhere, or turn other words round.
pub fn assert_inert(html: &str, place: &str) {
    assert_in_order(html, place);
    for Tag { name, attributes } in tags(html, place) {
        let known = name.to_ascii_lowercase();
        let get = |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        match known.as_str() {
            "xss" | "iframe" | "object" | "embed" | "base" | "frame" | "applet" | "math" => {
                panic!("<{name}> at {place}: {html}")
            }
            "script" => {
                let is_ours = get("src").is_some_and(|src| src.starts_with("/assets/"));
                assert!(is_ours, "a script at {place}: {html}");
            }
            "meta" => {
                let policy = get("http-equiv").is_none_or(|kind| kind == "Content-Security-Policy");
                assert!(policy, "<meta http-equiv> at {place}");
            }
            _ => {}
        }
        for (attribute, value) in &attributes {
            let attribute = attribute.to_ascii_lowercase();
            assert!(!attribute.starts_with("on"), "{attribute} at {place}: {html}");
            assert!(
                !["srcdoc", "style", "formaction", "ping"].contains(&&*attribute),
                "{attribute} at {place}"
            );
            if ["href", "src", "action", "xlink:href", "poster", "data"].contains(&&*attribute) {
                assert!(may_lead_to(&unescaped(value)), "<{name} {attribute}={value:?}> at {place}");
            }
        }
    }
}

/// Panics at a text that turns the direction of what stands beside it: it must bring an end for each beginning, be
/// set apart, or be all there is in its paragraph.
fn assert_in_order(html: &str, place: &str) {
    const APART: [&str; 5] = ["bdi", "title", "option", "textarea", "button"];
    const PARAGRAPHS: [&str; 15] = [
        "h1", "h2", "h3", "legend", "caption", "summary", "p", "li", "dt", "dd", "td", "th", "q", "label",
        "text",
    ];
    let pieces: Vec<&str> = html.split('<').skip(1).collect();
    for (index, piece) in pieces.iter().enumerate() {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        if is_closed(text) {
            continue;
        }
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let ends = pieces.get(index + 1).is_some_and(|next| next.starts_with(&format!("/{name}>")));
        let is_last = text.trim_end().ends_with(|c| !is_closed(&String::from(c)));
        // What is only heard has a box of its own.
        let is_apart = APART.contains(&name) || tag.contains("only-heard");
        let is_kept = is_apart || (PARAGRAPHS.contains(&name) && is_last);
        assert!(ends && is_kept, "<{name}> does not end what {text:?} turns, at {place}: {html}");
    }
}

/// Whether a text ends what it begins of the direction of writing.
fn is_closed(text: &str) -> bool {
    let mut open = 0;
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' => return false,
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open == 0 => return false,
            '\u{2069}' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// All tags, as a browser would begin to read them.
fn tags<'h>(html: &'h str, place: &str) -> Vec<Tag<'h>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let (name, attributes) = rest.split_at(end);
        rest = attributes;
        let mut tag = Tag { name, attributes: Vec::new() };
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            let (attribute, more) = rest.split_at(end);
            rest = more;
            let value = match rest.strip_prefix('=') {
                None => "",
                Some(quoted) => {
                    let quoted = quoted.strip_prefix('"');
                    let quoted = quoted.unwrap_or_else(|| panic!("{attribute} has no quotes at {place}"));
                    let (value, more) = quoted.split_once('"').expect("the end of an attribute");
                    rest = more;
                    value
                }
            };
            tag.attributes.push((attribute, value));
        }
        tags.push(tag);
    }
    tags
}

fn unescaped(value: &str) -> String {
    value
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

#[test]
fn what_could_run_or_lead_elsewhere_is_seen() {
    for bad in [
        "<p onload=\"x\">",
        "<P OnLoad=\"x\">",
        "<script>x</script>",
        "<script src=\"//evil.example/x.js\"></script>",
        "<a href=\"javascript:x\">",
        "<a href=\"//evil.example\">",
        "<a href=\"/\\evil.example\">",
        "<a href=\"https://weights.example@evil.example/\">",
        "<a href=\"https://weights.example.evil.example/\">",
        "<img src=\"https://evil.example/\">",
        "<form action=\"data:text/html,x\">",
        "<xss>",
        "<p style=\"x\">",
        "<a href=x>",
        "<p>Fit\u{202e} may read</p><p>",
        "<p><strong>Fit\u{202e}</strong> may read</p>",
        "<p>\u{2068}Fit\u{2069}\u{2069} may <b>read</b></p>",
    ] {
        let seen = std::panic::catch_unwind(|| assert_inert(bad, "a test"));
        assert!(seen.is_err(), "{bad}");
    }
    assert_inert("<p><bdi>Fit\u{202e}</bdi> may read \u{2068}all\u{2069} <b>now</b></p>", "a test");
    assert_inert("<a href=\"/records\">&#60;script&#62;</a><br/><input disabled value=\"x\">", "a test");
}
