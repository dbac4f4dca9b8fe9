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
    let bytes = Reply::of(desk.platform.answer(None, None, &[0xff, 0xfe, 0x00]).await);
    assert_eq!(bytes.code, 3, "not UTF-8");
    assert_eq!(desk.send(&good).await.code, 0, "and the good one still works");
    assert_eq!(desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing"), 1);
});

on_both_engines!(what_inflates_beyond_the_limit_answers_39, |world: World| async move {
    let desk = Desk::of(world).await;
    let long = " ".repeat(17 << 20);
    let reply = Reply::of(desk.platform.answer(None, None, long.as_bytes()).await);
    assert_eq!(reply.code, 39, "as it is");
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut bomb, long.as_bytes()).unwrap();
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let reply = Reply::of(desk.platform.answer(None, Some("gzip"), &bomb).await);
    assert_eq!(reply.code, 39, "and as a bomb");
    let unknown = Reply::of(desk.platform.answer(None, Some("br"), b"x").await);
    assert_eq!(unknown.code, 3, "an encoding that is not offered");
    let no_gzip = Reply::of(desk.platform.answer(None, Some("gzip"), b"not gzip").await);
    assert_eq!(no_gzip.code, 3);
});

on_both_engines!(
    an_answer_that_would_be_too_long_answers_71_and_a_smaller_question_is_answered,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let mut settings = keepwell_platform::Settings::at("http://localhost", 0);
        settings.response_bytes = 4000;
        desk.platform = keepwell_platform::Platform::new(desk.world.domain.clone(), settings);
        for day in 1..=8 {
            desk.good("PutThings", 2, &put_weight(70.0, day), As::Online).await;
        }
        assert_eq!(desk.call("GetThings", 3, &get_weights(), As::Online).await.code, 71);
        let fewer = get_weights().replace("name=\"w\"", "name=\"w\" max-full=\"1\"");
        desk.good("GetThings", 3, &fewer, As::Online).await;
    }
);

on_both_engines!(what_the_operator_says_of_maintenance_stays_text_in_the_answer, |world: World| async move {
    let desk = Desk::of(world).await;
    for (said, read) in [
        ("</message></error></status><wc:info><script>alert(1)</script></wc:info>", None),
        ("]]> &lt; & &#0; &xxe; \"x\"", None),
        ("<?xml version=\"1.0\"?><!DOCTYPE x>", None),
        ("two\r\nlines \u{202e}and back", None),
        ("a\u{1}b\u{fffe}", Some("a\u{fffd}b\u{fffd}")),
    ] {
        keepwell_core::maintenance::begin(&desk.world.domain, said).await.unwrap();
        let refused = desk.call("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
        assert_eq!(refused.code, 152, "{said:?}: {}", refused.text);
        let message = refused.value("message").expect("a message");
        assert!(message.ends_with(read.unwrap_or(said)), "{message:?}");
        for (element, count) in [("response", 1), ("error", 1), ("message", 1), ("info", 0), ("script", 0)] {
            assert_eq!(refused.count(element), count, "{element}: {}", refused.text);
        }
    }
    keepwell_core::maintenance::end(&desk.world.domain).await.unwrap();
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
});
