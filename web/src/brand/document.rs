//! A host's document: Markdown, made into markup of ours.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::locale::Markup;

/// The document as markup: markup in it is shown as text, pictures are left out, links lead to the web, to mail
/// or within the server, and headings begin below the title of the page.
pub fn markup(markdown: &str) -> Markup {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(safe);
    let mut out = String::new();
    html::push_html(&mut out, events);
    Markup::of(out)
}

fn safe(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {
            None
        }
        Event::Start(Tag::Heading { level, .. }) => {
            let level = below(level);
            Some(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            let dest_url = if leads_somewhere_plain(&dest_url) { dest_url } else { "#main".into() };
            Some(Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id: "".into() }))
        }
        // The alternative columns of a table would be written as styles, which the page's policy forbids.
        Event::Start(Tag::Table(columns)) => {
            Some(Event::Start(Tag::Table(columns.iter().map(|_| pulldown_cmark::Alignment::None).collect())))
        }
        other => Some(other),
    }
}

fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

fn leads_somewhere_plain(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:", "tel:", "/", "#"].iter().any(|start| address.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_its_structure_below_the_title_of_the_page() {
        let said =
            markup("# Terms\n\nBe *kind* to [us](https://clinic.example).\n\n- one\n- two").to_string();
        assert!(said.contains("<h2>Terms</h2>"), "{said}");
        assert!(said.contains("<em>kind</em>") && said.contains("href=\"https://clinic.example\""), "{said}");
        assert!(said.contains("<li>one</li>"), "{said}");
    }

    #[test]
    fn nothing_in_a_document_runs_or_fetches() {
        let said = markup(
            "<script>alert(1)</script>\n\nHi <img src=x onerror=alert(1)> ![x](https://elsewhere.example/x.png) \
             [y](javascript:alert(1)) <javascript:alert(1)>\n\n| a |\n|:-:|\n| b |",
        )
        .to_string();
        for bad in ["<script", "<img", "href=\"javascript", "style=", "elsewhere.example"] {
            assert!(!said.contains(bad), "{bad} in {said}");
        }
    }
}
