//! Names that mean harm in the letters that the Shell writes: they stay on their line, make no link, and turn
//! nothing round.

use keepwell_core::connections::{self, NewRequest};
use keepwell_core::env::DAY;
use keepwell_core::erasure::{self, Event, GRACE, PIECES};
use keepwell_core::letters::Letter;
use keepwell_core::persons;
use keepwell_testkit::{World, on_both_engines};

use super::markup::quoted;
use crate::browser::{Browser, ORIGIN, Page, Site, redirect};

/// A name that would be markup, a header, a paragraph, a link, and a sentence turned round.
fn lure(number: usize) -> String {
    format!(
        "k{number}k<xss>\r\nBcc: e@evil.example\r\n\r\nhttps://evil.example www.evil.example \
         \u{202e}moc.live\u{2069} \u{430}\u{440}\u{440}l\u{435}.example"
    )
}

fn app(number: usize) -> String {
    let rule = |set| {
        format!("[[{set}]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
    };
    format!("name = {}\nmethods = [\"basic\", \"connect\"]\n{}", quoted(&lure(number)), rule("offline"))
}

/// Looks at a letter; answers what it says, with its subject.
fn assert_plain(letter: &Letter) -> String {
    letter.check().expect("a letter that can be sent");
    assert!(letter.html.is_none(), "markup stays text");
    let text = letter.text.clone().expect("a text");
    for line in std::iter::once(letter.subject.as_str()).chain(text.lines()) {
        assert!(!line.contains(|c| ('\u{202a}'..='\u{202e}').contains(&c)), "{line:?}");
        let mut open = 0;
        for c in line.chars() {
            match c {
                '\u{2066}'..='\u{2068}' => open += 1,
                '\u{2069}' => open -= 1,
                _ => {}
            }
            assert!(open >= 0, "an end without a beginning in {line:?}");
        }
        assert_eq!(open, 0, "a beginning without an end in {line:?}");
        assert!(!line.trim_start().starts_with("Bcc:"), "{line:?}");
        for address in line.split_whitespace().filter(|word| word.contains("://")) {
            assert!(address.starts_with(&format!("{ORIGIN}/")), "{address:?} in {line:?}");
        }
        assert!(!line.contains("evil.example") && !line.contains(".live"), "a link in {line:?}");
        assert!(!line.contains("\u{435}.example"), "a link in letters that look like others: {line:?}");
    }
    format!("{}\n{text}", letter.subject)
}

/// The letters that came since, as they read.
async fn letters(site: &Site, seen: &mut usize) -> String {
    let all = site.letters().await;
    let new: Vec<String> = all.iter().skip(*seen).map(assert_plain).collect();
    *seen = all.len();
    new.join("\n")
}

/// What comes of a code, and of these answers.
async fn answer(browser: &mut Browser, code: &str, answers: &[&str]) -> Page {
    let page = browser.get("/connect").await;
    let mut page = browser.fill(&page, &[("code", code)]).await;
    for answer in answers {
        page = browser.fill(&page, &[("answer", answer)]).await;
    }
    page
}

on_both_engines!(no_name_adds_a_line_or_a_link_to_a_letter, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.agent = "Firefox/1 k60k<xss> Linux https://evil.example";
    browser.sign_in_at_home("Ada").await;
    let mut seen = 0;
    letters(&site, &mut seen).await;

    // What an application is called, which asks with a code.
    let clinic = world.app(&app(61)).await;
    for (id, right) in [("1", true), ("2", false)] {
        let new = NewRequest {
            friendly_name: lure(62),
            question: lure(63),
            answer: "parakeet seeds".to_owned(),
            external_id: id.to_owned(),
        };
        let code = connections::request(&world.domain, &clinic.app, &new).await.expect("a code");
        if right {
            let page = answer(&mut browser, &code, &["parakeet seeds"]).await;
            browser.fill(&page, &[("decision", "allow")]).await;
        } else {
            answer(&mut browser, &code, &["a guess", "another", "a third"]).await;
        }
        let said = letters(&site, &mut seen).await;
        assert!(said.contains("k61k<xss"), "the letter names the clinic: {said}");
    }

    // What a device is called, and its application.
    let master = world.mobile_app_from(&format!("name = {}\n", quoted(&lure(64)))).await;
    let phone = world.offer(master.id).await;
    let name: String = form_urlencoded::byte_serialize(lure(65).as_bytes()).collect();
    let inner = format!(
        "?appid={}&appCreationToken={}&instanceName={name}&ismra=false&mobile=true&aib=true",
        phone.master, phone.token
    );
    let page = browser.get(&redirect("CREATEAPPLICATION", &inner)).await;
    browser.fill(&page, &[("decision", "allow")]).await;
    let said = letters(&site, &mut seen).await;
    assert!(said.contains("k64k<xss") && said.contains("k65k<xss"), "{said}");

    // What a person calls a record: it is the subject of a letter, and of another when all is erased.
    let settings = format!("/records/{record}/settings");
    let page = browser.get(&settings).await;
    let kept = browser.fill(&page, &[("name", &lure(66)), ("about", "yourself"), ("decision", "save")]).await;
    assert!(kept.html.contains("k66k&#60;xss"), "{}", kept.html);
    let page = browser.get(&format!("/records/{record}/close")).await;
    let closed = browser.fill(&page, &[("decision", "close"), ("agreed", "true")]).await;
    assert!(closed.title().contains("shut"), "{}", closed.html);
    let said = letters(&site, &mut seen).await;
    assert!(said.contains("k66k<xss"), "{said}");
    world.clock.advance(GRACE + DAY);
    let write = |person: &persons::Person, event: &Event| site.letter_about(person, event);
    erasure::sweep(&world.domain, &write, PIECES).await.expect("swept");
    let said = letters(&site, &mut seen).await;
    assert!(said.contains("k66k<xss") && said.contains("is erased"), "{said}");

    // A name that was kept when names could still break a line, or be of any length.
    let ada = persons::find(&world.domain, ada).await.expect("asked").expect("Ada");
    for name in [lure(67), "x".repeat(255)] {
        assert_plain(&site.letter_about(&ada, &Event::RecordErased(name)));
    }
    assert_eq!(site.letters().await.len(), seen);
});
