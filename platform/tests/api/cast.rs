//! CreateAuthenticatedSessionToken: who gets a session and who does not.

use keepwell_core::applications::{self, State};
use keepwell_core::sessions::APP_SESSION_LIFE;
use keepwell_testkit::{Session, SigningKey, World, info_only, on_both_engines};

use crate::desk::{As, Desk};

on_both_engines!(a_signed_request_gets_a_session_that_works_for_four_hours, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("GetAuthorizedPeople", 1, &info_only("<parameters/>"), As::Nobody).await;
    desk.world.clock.advance(APP_SESSION_LIFE);
    let late = desk.call("GetAuthorizedPeople", 1, &info_only("<parameters/>"), As::Nobody).await;
    assert_eq!(late.code, 65);
    let again = desk.send(&desk.app.session_request(desk.now())).await;
    assert_eq!(again.code, 0, "and the application gets a new one");
});

on_both_engines!(a_changed_signature_or_content_gets_none, |world: World| async move {
    let desk = Desk::of(world).await;
    let request = desk.app.session_request(desk.now());
    let thumbprint = desk.app.key.certificate().thumbprint;
    let unknown_thumbprint = request.replace(&thumbprint, &"0".repeat(40));
    assert_eq!(desk.send(&unknown_thumbprint).await.code, 4);
    let changed_content = request.replace("<content>", "<content> ");
    assert_eq!(desk.send(&changed_content).await.code, 4);
    let declared_otherwise =
        request.replace("SHA256\" sigMethod=\"RSA-SHA256", "SHA1\" sigMethod=\"RSA-SHA1");
    assert_eq!(desk.send(&declared_otherwise).await.code, 4);
    let upper_case = request.replace(&thumbprint, &thumbprint.to_uppercase());
    assert_eq!(desk.send(&upper_case).await.code, 0, "the spelling of a thumbprint does not matter");
});

on_both_engines!(a_certificate_that_was_rotated_away_gets_none, |world: World| async move {
    let desk = Desk::of(world).await;
    let (domain, id) = (&desk.world.domain, desk.app.app.id);
    let new = SigningKey::another().certificate();
    applications::rotate(domain, id, std::slice::from_ref(&new), true).await.unwrap();
    assert_eq!(desk.send(&desk.app.session_request(desk.now())).await.code, 0);
    applications::rotate(domain, id, &[new], false).await.unwrap();
    assert_eq!(desk.send(&desk.app.session_request(desk.now())).await.code, 4);
});

on_both_engines!(an_unknown_or_suspended_application_is_told_so, |world: World| async move {
    let desk = Desk::of(world).await;
    let request = desk.app.session_request(desk.now());
    let other = uuid::Uuid::from_u128(7).to_string();
    let unknown = request.replace(&desk.app.app.id.to_string(), &other);
    assert_eq!(desk.send(&unknown).await.code, 6);
    applications::set_state(&desk.world.domain, desk.app.app.id, State::Suspended).await.unwrap();
    assert_eq!(desk.send(&request).await.code, 6);
    let call = desk.call("GetAuthorizedPeople", 1, &info_only("<parameters/>"), As::Nobody).await;
    assert_eq!(call.code, 6, "and its session stops at once");
});

on_both_engines!(a_request_signed_days_ago_gets_none, |world: World| async move {
    let desk = Desk::of(world).await;
    let request = desk.app.session_request(desk.now());
    desk.world.clock.advance(27 * keepwell_core::env::HOUR);
    assert_eq!(desk.send(&request).await.code, 49);
});

on_both_engines!(a_session_that_nobody_has_is_expired_and_never_nonsense, |world: World| async move {
    let desk = Desk::of(world).await;
    let made_up = Session::made_up();
    let ask = made_up.ask("GetAuthorizedPeople", 1, "<info><parameters/></info>", desk.now());
    assert_eq!(desk.send(&ask.text()).await.code, 65);
    let nonsense = Session { token: "no token at all!".to_owned(), ..made_up };
    let ask = nonsense.ask("GetAuthorizedPeople", 1, "<info><parameters/></info>", desk.now());
    assert_eq!(desk.send(&ask.text()).await.code, 8);
});
