//! SetApplicationSettings 1 (methods.md 11.1).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::app_settings;
use crate::xml::Sequence;

/// Reads `info`: the settings that take the place of those before, as the whole element
/// ([`crate::shapes::app_settings`]). None, or empty ones, clear them.
pub fn parse(info: Node<'_, '_>) -> Result<Option<String>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let settings = fields.optional("app-settings").and_then(app_settings::read);
    fields.end()?;
    Ok(settings)
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::methods::get_application_settings;

    fn read(xml: &str) -> Result<Option<String>, InfoError> {
        let document = Document::parse(xml).unwrap();
        parse(document.descendants().find(|n| n.has_tag_name("info")).unwrap())
    }

    #[test]
    fn absent_and_empty_settings_clear() {
        assert_eq!(read("<info/>"), Ok(None));
        assert_eq!(read("<info><app-settings/></info>"), Ok(None));
        assert_eq!(
            read("<info><settings/></info>").unwrap_err().message,
            "info has no place for settings here"
        );
    }

    #[test]
    fn what_is_set_means_the_same_when_it_is_got() {
        let sent = "<r:request xmlns:r='urn:r' xmlns:x='urn:x'><info><app-settings x:v='1'><x:a>&lt;</x:a> \
                    tail</app-settings></info></r:request>";
        let stored = read(sent).unwrap().unwrap();
        assert_eq!(stored, "<app-settings xmlns:x=\"urn:x\" x:v='1'><x:a>&lt;</x:a> tail</app-settings>");
        let answered = get_application_settings::answer(Some(&stored), None);
        let document = Document::parse(&answered).unwrap();
        let settings = document.descendants().find(|n| n.has_tag_name("app-settings")).unwrap();
        assert_eq!(settings.attribute(("urn:x", "v")), Some("1"));
        assert_eq!(settings.first_element_child().unwrap().tag_name().namespace(), Some("urn:x"));
        // Sent back unchanged, it is stored unchanged.
        assert_eq!(read(&answered.replace("wc:info", "info")).unwrap().as_deref(), Some(&*stored));
    }
}
