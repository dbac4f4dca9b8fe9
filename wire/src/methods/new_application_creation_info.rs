//! NewApplicationCreationInfo 1 (methods.md 5.2). It has no parameters, whatever `info` holds.

use uuid::Uuid;

use crate::answer;

/// The identity of a new installation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Response<'r> {
    /// The id that it will have.
    pub app_id: Uuid,
    /// Its secret in Base64.
    pub shared_secret: &'r str,
    /// What it brings to the Shell, once.
    pub app_token: &'r str,
}

/// Writes the answer. One client reads the three by their order.
pub fn answer(response: &Response<'_>) -> String {
    answer::success("NewApplicationCreationInfo", |out| {
        out.element("app-id", response.app_id);
        out.element("shared-secret", response.shared_secret);
        out.element("app-token", response.app_token);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_stand_in_their_order() {
        let response = Response { app_id: Uuid::nil(), shared_secret: "c2VjcmV0", app_token: "ASAAA_token-" };
        assert_eq!(
            answer(&response),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.NewApplicationCreationInfo\">\
             <app-id>00000000-0000-0000-0000-000000000000</app-id>\
             <shared-secret>c2VjcmV0</shared-secret><app-token>ASAAA_token-</app-token></wc:info></response>"
        );
    }
}
