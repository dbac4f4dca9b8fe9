//! Bodies that mean harm: each gets the right code, and the server goes on.

use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk, get_weights, put_weight};

on_both_engines!(broken_bodies_answer_3_and_say_why, |world: World| async move {
    let desk = Desk::of(world).await;
    let good = desk.request("PutThings", 2, &put_weight(70.0, 1), As::Online);
    let deep = good.replace("<info>", &format!("<info>{}", "<a>".repeat(100_000)));
    let wide = good.replace(
        "<info>",
        &format!("<info><a {}/>", (0..5000).map(|i| format!("a{i}=\"\" ")).collect::<String>()),
    );
    let entities = format!(
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{}",
        good.replace("<kg>70", "<kg>&b;")
    );
    let outside = format!("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>{good}");
    let twice = good.replacen("<auth-token>", "<auth-token>x</auth-token><auth-token>", 1);
    for (what, body) in [
        ("nothing", String::new()),
        ("no XML", "hello".to_owned()),
        ("another root", "<a/>".to_owned()),
        ("deep", deep),
        ("wide", wide),
        ("entities", entities),
        ("an outside entity", outside),
        ("two tokens", twice),
        ("cut in the middle", good[..good.len() / 2].to_owned()),
    ] {
        let reply = desk.send(&body).await;
        assert_eq!(reply.code, 3, "{what}: {}", reply.text);
        assert!(reply.value("message").is_some_and(|m| !m.is_empty()), "{what}");
    }
    let bytes = Reply::of(desk.platform.answer(None, &[0xff, 0xfe, 0x00]).await);
    assert_eq!(bytes.code, 3, "not UTF-8");
    assert_eq!(desk.send(&good).await.code, 0, "and the good one still works");
    assert_eq!(desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing"), 1);
});

on_both_engines!(what_inflates_beyond_the_limit_answers_39, |world: World| async move {
    let desk = Desk::of(world).await;
    // 17 MiB of blanks, gzip: written by hand as stored blocks would be as long as the text, so the
    // bomb is a body that says nothing but is over the limit.
    let long = " ".repeat(17 << 20);
    let reply = Reply::of(desk.platform.answer(None, long.as_bytes()).await);
    assert_eq!(reply.code, 39);
    let unknown = Reply::of(desk.platform.answer(Some("br"), b"x").await);
    assert_eq!(unknown.code, 3, "an encoding that is not offered");
    let no_gzip = Reply::of(desk.platform.answer(Some("gzip"), b"not gzip").await);
    assert_eq!(no_gzip.code, 3);
});
