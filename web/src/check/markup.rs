//! What can be wrong with the markup of a page.

use std::collections::BTreeMap;

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::locale::Locale;

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// What names other elements of the page by their ids.
const REFERENCES: [&str; 5] = ["for", "list", "aria-describedby", "aria-labelledby", "aria-controls"];
/// What a browser loads, or sends a form to, by itself.
const LOADED: [&str; 5] = ["src", "srcset", "poster", "data", "action"];

struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    in_label: bool,
}

impl Element {
    fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }

    /// Something that a person fills in.
    fn is_field(&self) -> bool {
        match self.name.as_str() {
            "select" | "textarea" => true,
            "input" => !matches!(self.get("type"), Some("hidden" | "submit" | "button")),
            _ => false,
        }
    }
}

/// What is wrong with a page in this language, in words. `leaves` for the one page whose form goes to another
/// site.
pub fn look(html: &str, language: &Locale, leaves: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let elements = read(html, &mut wrong);
    language_is_said(&elements, language, &mut wrong);
    landmarks(&elements, &mut wrong);
    names(&elements, &mut wrong);
    fields(&elements, &mut wrong);
    policy(&elements, leaves, &mut wrong);
    wrong
}

/// The elements in their order; what is not closed, or closed and never opened, is wrong.
fn read(html: &str, wrong: &mut Vec<String>) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(StartTag { name, attributes, self_closing, .. }) => {
                let name = text(&name);
                let attributes =
                    attributes.into_iter().map(|(key, value)| (text(&key), text(&value))).collect();
                let in_label = open.iter().any(|open| open == "label");
                let is_drawing = open.iter().any(|open| open == "svg");
                if !(VOID.contains(&name.as_str()) || (self_closing && is_drawing)) {
                    open.push(name.clone());
                }
                elements.push(Element { name, attributes, in_label });
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                match open.pop() {
                    Some(last) if last == name => {}
                    last => wrong.push(format!("</{name}> ends <{}>", last.unwrap_or_default())),
                }
            }
            Token::Error(error) => wrong.push(format!("it is not well-formed: {}", error.value)),
            _ => {}
        }
    }
    if !open.is_empty() {
        wrong.push(format!("<{}> has no end", open.join(">, <")));
    }
    elements
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn language_is_said(elements: &[Element], language: &Locale, wrong: &mut Vec<String>) {
    let html = elements.iter().find(|element| element.name == "html");
    let said = html.map(|html| (html.get("lang"), html.get("dir")));
    let should = (Some(language.tag()), Some(language.direction().attribute()));
    if said != Some(should) {
        wrong.push(format!("<html> says {said:?} and not {should:?}"));
    }
}

fn landmarks(elements: &[Element], wrong: &mut Vec<String>) {
    for name in ["title", "h1", "main"] {
        // A drawing has a title too, of its own.
        let count = elements.iter().filter(|element| element.name == name && element.get("id").is_none());
        let count = count.count() + usize::from(name == "main");
        if name == "main" && !elements.iter().any(|element| element.name == "main") {
            wrong.push("it has no <main>".to_owned());
        } else if name != "main" && count != 1 {
            wrong.push(format!("it has {count} of <{name}>"));
        }
    }
}

fn names(elements: &[Element], wrong: &mut Vec<String>) {
    let mut ids: Vec<&str> = elements.iter().filter_map(|element| element.get("id")).collect();
    for element in elements {
        for reference in REFERENCES {
            for id in element.get(reference).into_iter().flat_map(str::split_whitespace) {
                if !ids.contains(&id) {
                    wrong.push(format!("{reference}={id:?} of <{}> names nothing", element.name));
                }
            }
        }
    }
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if pair[0] == pair[1] {
            wrong.push(format!("the id {:?} stands twice", pair[0]));
        }
    }
}

fn fields(elements: &[Element], wrong: &mut Vec<String>) {
    let labels: Vec<&str> =
        elements.iter().filter(|e| e.name == "label").filter_map(|e| e.get("for")).collect();
    for field in elements.iter().filter(|element| element.is_field()) {
        let is_labelled = field.in_label
            || field.get("id").is_some_and(|id| labels.contains(&id))
            || field.get("aria-label").is_some_and(|label| !label.is_empty())
            || field.get("aria-labelledby").is_some();
        if !is_labelled {
            wrong.push(format!("<{}> {:?} has no label", field.name, field.get("name").unwrap_or_default()));
        }
    }
    for picture in elements.iter().filter(|element| element.name == "img" && element.get("alt").is_none()) {
        wrong.push(format!("the picture {:?} has no alt", picture.get("src").unwrap_or_default()));
    }
}

/// What the page's Content-Security-Policy would stop, or would let go elsewhere.
fn policy(elements: &[Element], leaves: bool, wrong: &mut Vec<String>) {
    for element in elements {
        let name = element.name.as_str();
        let is_inline_script = name == "script" && element.get("src").is_none();
        if name == "style" || is_inline_script || matches!(name, "iframe" | "object" | "embed" | "base") {
            wrong.push(format!("it has <{name}>"));
        }
        for (key, value) in &element.attributes {
            if key == "style"
                || key.starts_with("on")
                || value.trim_start().to_lowercase().starts_with("javascript:")
            {
                wrong.push(format!("<{name}> has {key}={value:?}"));
            }
            let is_loaded = LOADED.contains(&key.as_str()) || (key == "href" && name == "link");
            let may_leave = leaves && key == "action";
            if is_loaded && !may_leave && !is_ours(value) {
                wrong.push(format!("<{name}> leads to {value:?}"));
            }
        }
    }
}

fn is_ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::locales;

    fn wrong(main: &str) -> String {
        let page = format!(
            "<!doctype html><html lang=\"en\" dir=\"ltr\"><head><title>t</title></head><body><main><h1>h</h1>{main}</main></body></html>"
        );
        look(&page, &locales()[0], false).join("\n")
    }

    #[test]
    fn a_page_that_is_well_made_has_nothing_wrong() {
        let page = "<p id=\"a\">x<br></p><label for=\"b\">B</label><input id=\"b\" aria-describedby=\"a\"><svg><path d=\"M0 0\"/></svg><img src=\"/x\" alt=\"\">";
        assert_eq!(wrong(page), "");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (markup, says) in [
            ("<p><b>x</p>", "</p> ends <b>"),
            ("<div>", "</main> ends <div>"),
            ("<p id=\"a\"></p><p id=\"a\"></p>", "\"a\" stands twice"),
            ("<p class=\"a\" class=\"b\"></p>", "not well-formed"),
            ("<input name=\"x\">", "\"x\" has no label"),
            ("<label for=\"y\"></label>", "\"y\" of <label> names nothing"),
            ("<p style=\"color:red\"></p>", "style="),
            ("<p onclick=\"x()\"></p>", "onclick="),
            ("<script>1</script>", "it has <script>"),
            ("<style>p{}</style>", "it has <style>"),
            ("<img src=\"https://elsewhere.example/x\" alt=\"\">", "elsewhere.example"),
            ("<img src=\"/x\">", "no alt"),
            ("<a href=\" javascript:x\">x</a>", "javascript"),
            ("<h1>again</h1>", "2 of <h1>"),
        ] {
            let wrong = wrong(markup);
            assert!(wrong.contains(says), "{markup}: {wrong}");
        }
    }

    #[test]
    fn a_page_in_another_language_than_it_says_is_wrong() {
        let page =
            "<!doctype html><html lang=\"en\" dir=\"ltr\"><title>t</title><main><h1>h</h1></main></html>";
        assert!(look(page, &locales()[1], false).join("").contains("rtl"));
    }
}
