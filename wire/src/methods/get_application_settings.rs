//! GetApplicationSettings 1 (methods.md 11.1). It has no parameters, whatever `info` holds.

use uuid::Uuid;

use crate::answer;

/// Writes the answer. The settings are the whole element, as [`crate::shapes::app_settings`] reads it;
/// without any, the element is left out.
pub fn answer(app_settings: Option<&str>, selected_record_id: Option<Uuid>) -> String {
    answer::success("GetApplicationSettings", |out| {
        out.raw(app_settings.unwrap_or_default());
        out.element_if("selected-record-id", selected_record_id);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_go_out_as_they_were_stored_and_nothing_is_an_answer_too() {
        let settings = "<app-settings xmlns:x='urn:x' ><x:a/>b</app-settings >";
        assert_eq!(
            answer(Some(settings), Some(Uuid::from_u128(1))),
            format!(
                "<response><status><code>0</code></status>\
                 <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetApplicationSettings\">{settings}\
                 <selected-record-id>00000000-0000-0000-0000-000000000001</selected-record-id>\
                 </wc:info></response>"
            )
        );
        assert!(answer(None, None).ends_with("response.GetApplicationSettings\"/></response>"));
    }
}
