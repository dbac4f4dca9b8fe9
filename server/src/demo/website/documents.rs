//! What the application says about itself. The Shell links here, so it must work for anybody.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;

use super::Site;

/// The privacy statement.
pub(super) async fn privacy(State(site): State<Arc<Site>>) -> Response {
    site.page(
        "Privacy",
        "<section class=\"card\"><h1>Privacy</h1>\
         <p>Larkfield reads the weights in the record that you connect, and adds those that you write down here. It \
         reads nothing else.</p>\
         <p>It keeps no copy. While you are signed in it remembers that you are, with one cookie, and forgets it after \
         a day or when you sign out. It passes nothing on to anybody.</p>\
         <p>You can stop it at any time on the page Apps in Keepwell.</p></section>",
    )
}

/// The terms of use.
pub(super) async fn terms(State(site): State<Arc<Site>>) -> Response {
    site.page(
        "Terms",
        "<section class=\"card\"><h1>Terms</h1><p>Larkfield is a sample that shows how a website works with a health \
         record. It is free, it promises nothing, and it gives no medical advice. If your weight worries you, talk to \
         your doctor.</p></section>",
    )
}
