//! `app-settings`: what an application keeps for a person (methods.md 4.1, 11.1).
//!
//! Everywhere in this project the settings are one text: the whole element from `<app-settings` to its
//! end, with the attributes and the declarations of namespaces on it, since those count. The content is
//! the application's own and nobody else reads it.

use roxmltree::Node;

use crate::xml::{is_blank, standalone};

/// The settings as a text that can be stored and written as it is. An element without attributes,
/// elements and text says that there are none.
pub fn read(app_settings: Node<'_, '_>) -> Option<String> {
    let filled = app_settings.children().any(|node| match node.text() {
        Some(text) if node.is_text() => !is_blank(text),
        _ => node.is_element(),
    });
    let empty = !filled && app_settings.attributes().len() == 0;
    (!empty).then(|| standalone(app_settings).into_owned())
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn stored(info: &str) -> Option<String> {
        let document = Document::parse(info).unwrap();
        read(document.descendants().find(|n| n.has_tag_name("app-settings")).unwrap())
    }

    #[test]
    fn settings_are_kept_as_sent_with_the_namespaces_they_need() {
        let element = "<app-settings  v='1'>a<b/><![CDATA[<]]>&#233;\r\n</app-settings >";
        assert_eq!(stored(&format!("<info>{element}</info>")).as_deref(), Some(element));
        assert_eq!(
            stored("<r xmlns:x='urn:x' xmlns:y='urn:y'><app-settings><x:b/></app-settings></r>").as_deref(),
            Some("<app-settings xmlns:x=\"urn:x\"><x:b/></app-settings>")
        );
    }

    #[test]
    fn an_element_with_nothing_in_it_says_that_there_are_none() {
        for empty in
            ["<app-settings/>", "<app-settings> \n</app-settings>", "<app-settings><!-- --></app-settings>"]
        {
            assert_eq!(stored(empty), None, "{empty}");
        }
        assert!(stored("<app-settings v='1'/>").is_some());
        assert!(stored("<app-settings>text</app-settings>").is_some());
    }
}
