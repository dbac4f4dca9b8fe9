//! A person uses a clinic's pickup code: from the letter to the grant, and who gets nowhere.

use keepwell_core::applications::Document;
use keepwell_core::authorizations::{self, Grant};
use keepwell_core::connections::{self, NewRequest};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_testkit::{ActingApp, World, on_both_engines};

use crate::browser::{Browser, Page, Site};

const CLINIC: &str = "name = \"Northside\"\nmethods = [\"basic\", \"connect\"]\n\
    success-message = \"Welcome to Northside.\\n\\nA nurse calls you.\"\n\
    [[online]]\nname = \"here\"\nwhy = \"nights\"\npermissions = [\"read\"]\ntypes = [\"sleep-am\"]\n\
    [[offline]]\nname = \"weight\"\nwhy = \"to follow it\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n\
    [[offline]]\nname = \"pills\"\nwhy = \"to warn\"\npermissions = [\"read\"]\ntypes = [\"medication\"]\noptional = true\nshow-first-time = true\n";

const QUESTION: &str = "What do you feed the parakeet?";
const NO_CODE: &str = "JKYZ-QNMN-VHRX-ZGNR-GZNH";

/// A clinic that asks for Ada.
struct Desk {
    world: World,
    site: Site,
    clinic: ActingApp,
    ada: PersonId,
    record: RecordId,
    code: String,
}

impl Desk {
    async fn of(world: World) -> Self {
        let clinic = world.app(CLINIC).await;
        let (ada, record) = world.person("Ada").await;
        let site = Site::of(&world);
        let code = request(&world, &clinic, "Ada Lovelace").await;
        Self { world, site, clinic, ada, record, code }
    }

    /// Ada's browser after signing in.
    async fn browser(&self) -> Browser {
        let mut browser = self.site.browser();
        browser.sign_in_at_home("Ada").await;
        browser
    }

    /// What comes of a code in a browser that is signed in.
    async fn type_code(&self, browser: &mut Browser, code: &str) -> Page {
        let page = browser.get("/connect").await;
        browser.fill(&page, &[("code", code)]).await
    }

    async fn question(&self, browser: &mut Browser) -> Page {
        let page = self.type_code(browser, &self.code).await;
        assert!(page.html.contains(QUESTION), "{}", page.html);
        page
    }

    /// The consent page.
    async fn unlocked(&self, browser: &mut Browser) -> Page {
        let page = self.question(browser).await;
        let page = browser.fill(&page, &[("answer", "Parakeet SEEDS")]).await;
        assert!(page.address.starts_with("/consent?visit="), "{}: {}", page.address, page.html);
        page
    }

    async fn grant(&self) -> Option<Grant> {
        let all = authorizations::records_of(&self.world.domain, &self.clinic.app, self.ada).await.unwrap();
        all.into_iter().find(|allowed| allowed.record.id == self.record).map(|allowed| allowed.grant)
    }

    /// What the clinic finds when it polls.
    async fn polled(&self) -> Vec<(PersonId, RecordId)> {
        let found = connections::authorized(&self.world.domain, self.clinic.app.id, None).await.unwrap();
        found.into_iter().map(|one| (one.person, one.record)).collect()
    }
}

async fn request(world: &World, clinic: &ActingApp, friendly_name: &str) -> String {
    let new = NewRequest {
        friendly_name: friendly_name.to_owned(),
        question: QUESTION.to_owned(),
        answer: "parakeet seeds".to_owned(),
        external_id: "17".to_owned(),
    };
    connections::request(&world.domain, &clinic.app, &new).await.unwrap()
}

fn names(grant: &Grant) -> [Vec<&str>; 2] {
    [&grant.online, &grant.offline].map(|rules| rules.iter().map(|rule| rule.name.as_str()).collect())
}

on_both_engines!(a_code_leads_from_the_letter_to_the_grant, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.site.browser();
    let link = format!("/redirect.aspx?target=CONNECT&targetqs=packageid%3D{}", desk.code);
    let page = browser.get(&link).await;
    assert!(page.html.contains("Please sign in first") && !page.html.contains("Northside"));
    assert!(!page.main().contains("<form"), "there is nothing to try codes with");
    let page = browser.get(&page.link_to("/sign-in")).await;
    let page = browser.sign_in(&page, "Ada").await;
    assert!(page.address.starts_with("/connect?packageid="), "{}", page.address);
    assert!(page.html.contains(&format!("value=\"{}\"", desk.code)), "the code is filled in");
    let page = browser.fill(&page, &[("code", &desk.code.to_lowercase().replace('-', " "))]).await;
    assert!(page.html.contains(QUESTION) && page.html.contains("Northside"));
    assert!(page.html.contains("You can try 3 times"));
    assert!(page.html.contains("name=\"answer\" type=\"text\" autocomplete=\"off\""));
    assert!(!page.html.contains("Ada Lovelace"), "whom the clinic means is told after the answer");

    let page = browser.fill(&page, &[("answer", "parakeet SEEDS")]).await;
    assert!(page.html.contains("If you have not just dealt with Northside"));
    assert!(page.html.contains("<p><bdi>Ada Lovelace</bdi></p>"));
    assert!(page.html.contains("This record is called Ada, not what Northside says."));
    assert!(page.html.contains("to follow it") && !page.html.contains("nights"), "offline rules only");
    assert!(page.html.contains("Also when you are away"));
    assert_eq!((desk.grant().await, desk.polled().await.len()), (None, 0));

    let page = browser.fill(&page, &[("decision", "allow")]).await;
    assert_eq!((page.status.as_u16(), page.left_for.as_deref()), (200, None));
    assert_eq!(page.title(), "Northside is connected");
    assert!(
        page.html
            .contains("<p dir=\"auto\">Welcome to Northside.</p>\n<p dir=\"auto\">A nurse calls you.</p>")
    );
    assert!(page.html.contains("on the page Apps"), "how to stop it");
    assert!(!page.address.contains("complete"));
    assert_eq!(names(&desk.grant().await.unwrap()), [vec![], vec!["weight"]]);
    assert_eq!(desk.polled().await, [(desk.ada, desk.record)]);
});

on_both_engines!(a_letter_tells_the_person_of_a_connection_and_of_nothing_else, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.unlocked(&mut browser).await;
    browser.fill(&page, &[("decision", "not-now")]).await;
    assert!(desk.site.letters().await.is_empty());
    let page = desk.unlocked(&mut browser).await;
    browser.fill(&page, &[("decision", "allow")]).await;
    let letters = desk.site.letters().await;
    assert_eq!((letters.len(), letters[0].to[0].address.as_str()), (1, "ada@example.org"));
    let text = letters[0].text.as_deref().unwrap();
    assert!(text.contains("Northside is now connected"), "{text}");
    assert!(text.contains(&format!("{}/records/{}/apps", crate::browser::ORIGIN, desk.record)), "{text}");
    assert!(!text.contains("Ada") && !text.contains("parakeet") && !text.contains(&desk.code), "{text}");
});

on_both_engines!(every_way_in_leads_to_the_same_page, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    for way in [
        "/connect?packageid=ABC",
        "/redirect.aspx?target=CONNECT&targetqs=packageid%3DABC",
        "/redirect.aspx?target=pickup&targetqs=%3fpackageid%3dABC",
        "/redirect.aspx?target=PickUp&packageid=ABC",
        "/patientwelcome.aspx?packageid=ABC",
        "//PatientWelcome.ASPX?packageid=ABC",
    ] {
        let page = browser.get(way).await;
        assert_eq!(page.address, "/connect?packageid=ABC", "{way}");
        assert!(page.html.contains("value=\"ABC\"") && page.status == 200, "{way}");
    }
    for way in ["/connect", "/redirect.aspx?target=CONNECT", "/patientwelcome.aspx"] {
        let page = browser.get(way).await;
        assert_eq!(page.address, "/connect", "{way}");
        assert!(page.html.contains("name=\"code\" type=\"text\" autocomplete=\"off\""), "{way}");
    }
    let page =
        browser.post_from("/redirect.aspx?target=CONNECT", &[("packageid", "ABC")], "cross-site").await;
    assert_eq!((page.address.as_str(), page.status.as_u16()), ("/connect", 200));
});

on_both_engines!(who_opens_an_account_first_has_the_code_afterwards, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.site.browser();
    let page = browser.get(&format!("/connect?packageid={}", desk.code)).await;
    let page = browser.get(&page.link_to("/sign-up")).await;
    let wrong = browser.fill(&page, &[("name", "Eve")]).await;
    let fields = [
        ("name", "Eve"),
        ("email", "eve@example.org"),
        ("password", World::PASSWORD),
        ("birth_year", "1980"),
        ("country", "US"),
        ("agreed", "true"),
    ];
    let page = browser.fill(&wrong, &fields).await;
    assert!(page.html.contains(&format!("value=\"{}\"", desk.code)), "{}: {}", page.address, page.html);
    // Through the sign-in page and that for a forgotten password it is kept too.
    let mut browser = desk.site.browser();
    let page = browser.get("/sign-in?pickup=ABC").await;
    let page = browser.get(&page.link_to("/password/forgot")).await;
    let page = browser.get(&page.link_to("/sign-in")).await;
    assert_eq!(browser.sign_in(&page, "Ada").await.address, "/connect?packageid=ABC");
});

on_both_engines!(nothing_is_written_down_of_a_code_or_an_answer, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.unlocked(&mut browser).await;
    let canonical = desk.code.replace('-', "");
    let everything = desk.world.everything().await;
    assert!(everything.iter().any(|text| text.contains("Ada Lovelace")), "the visit is looked at");
    for text in everything {
        let text = text.to_uppercase();
        assert!(
            !text.contains(&desk.code) && !text.contains(&canonical) && !text.contains("SEEDS"),
            "{text}"
        );
    }
    assert!(!page.address.contains(&desk.code));
});

on_both_engines!(a_code_that_nobody_gave_out_says_so_and_guessing_waits, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.type_code(&mut browser, "").await;
    assert!(page.html.contains("Please fill this in"));
    for _ in 0..6 {
        let page = desk.type_code(&mut browser, NO_CODE).await;
        assert_eq!((page.status.as_u16(), page.address.as_str()), (200, "/connect"));
        assert!(page.html.contains("id=\"code-error\" role=\"alert\">We do not know this code"));
        assert!(page.html.contains(&format!("value=\"{NO_CODE}\"")), "it can be compared and corrected");
    }
    let page = desk.type_code(&mut browser, &desk.code).await;
    assert!(page.html.contains("Please wait") && !page.html.contains("Northside"), "{}", page.html);
    desk.world.clock.advance(10 * keepwell_core::env::SECOND);
    desk.question(&mut browser).await;
});

on_both_engines!(wrong_answers_are_counted_until_the_code_is_locked, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.question(&mut browser).await;
    let page = browser.fill(&page, &[("answer", " ")]).await;
    assert!(page.html.contains("Please fill this in") && page.html.contains("You can try 3 times"));
    let page = browser.fill(&page, &[("answer", "grapes")]).await;
    assert!(page.html.contains("id=\"answer-error\" role=\"alert\">This is not the answer. You have 2"));
    assert!(!page.html.contains("grapes"), "an answer is not written back");
    assert!(browser.get(&page.address).await.html.contains("You can try 2 times"));
    // Typing the code again gives no more tries.
    let page = desk.question(&mut browser).await;
    let page = browser.fill(&page, &[("answer", "pears")]).await;
    assert!(page.html.contains("You have one answer left"));
    let last = browser.fill(&page, &[("answer", "plums")]).await;
    assert_eq!((last.title(), last.status.as_u16()), ("This code is locked", 200));
    assert!(last.html.contains("ask Northside for a new code"));
    let page = browser.fill(&page, &[("answer", "parakeet seeds")]).await;
    assert!(page.html.contains("This visit is over"));
    assert_eq!(desk.type_code(&mut browser, &desk.code).await.title(), "This code is locked");
    assert_eq!(desk.grant().await, None);
});

on_both_engines!(
    a_code_that_is_too_old_or_somebody_else_s_is_told_with_the_clinic_s_name,
    |world: World| async move {
        let desk = Desk::of(world).await;
        desk.world.person("Bob").await;
        let mut browser = desk.browser().await;
        let page = desk.unlocked(&mut browser).await;
        browser.fill(&page, &[("decision", "allow")]).await;
        let mut bobs = desk.site.browser();
        bobs.sign_in_at_home("Bob").await;
        let page = desk.type_code(&mut bobs, &desk.code).await;
        assert_eq!((page.title(), page.status.as_u16()), ("This code was used already", 200));
        assert!(page.html.contains("tell Northside") && !page.html.contains(QUESTION));
        desk.world.clock.advance(100 * keepwell_core::env::DAY);
        let mut browser = desk.browser().await;
        let page = desk.type_code(&mut browser, &desk.code).await;
        assert_eq!((page.title(), page.status.as_u16()), ("This code is too old", 200));
    }
);

on_both_engines!(a_form_without_the_token_looks_nothing_up_and_counts_no_answer, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = browser.post("/connect", &[("code", &desk.code)]).await;
    assert!(page.html.contains("lay open too long") && page.status == 200);
    let page = desk.question(&mut browser).await;
    for answer in ["grapes", "parakeet seeds"] {
        let page = browser.post(&page.address, &[("answer", answer)]).await;
        assert!(page.html.contains("lay open too long") && page.status == 200);
    }
    let page = browser.get(&page.address).await;
    assert!(page.html.contains("You can try 3 times"));
    let page = desk.unlocked(&mut browser).await;
    browser.post(&page.address, &[("decision", "allow"), ("record", &desk.record.to_string())]).await;
    assert_eq!(desk.grant().await, None);
});

on_both_engines!(the_question_cannot_be_skipped_by_an_address, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let question = desk.question(&mut browser).await;
    let consent = question.address.replace("/connect/question", "/consent");
    let page = browser.get(&consent).await;
    assert_eq!(page.address, question.address);
    let mut fields = question.form().hidden;
    fields.push(("decision".into(), "allow".into()));
    fields.push(("record".into(), desk.record.to_string()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(browser.post(&consent, &fields).await.address, question.address);
    assert_eq!((desk.grant().await, desk.polled().await.len()), (None, 0));
    // In another browser the visit is none.
    let mut other = desk.browser().await;
    assert!(other.get(&question.address).await.html.contains("This visit is over"));
});

on_both_engines!(
    what_one_person_unlocked_is_locked_for_the_next_in_the_same_browser,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let (_, bobs) = desk.world.person("Bob").await;
        let mut browser = desk.browser().await;
        let consent = desk.unlocked(&mut browser).await;
        let sign_in = browser.get(&consent.address.replace("/consent", "/sign-in")).await;
        let page = browser.sign_in(&sign_in, "Bob").await;
        assert_eq!(page.address, "/connect", "Bob begins with the code");
        for address in [consent.address.clone(), consent.address.replace("/consent", "/connect/question")] {
            let page = browser.get(&address).await;
            assert_eq!(page.address, "/connect");
            assert!(!page.html.contains("Ada Lovelace") && !page.html.contains(QUESTION));
        }
        let mut fields = page.form().hidden;
        fields.push(("decision".into(), "allow".into()));
        fields.push(("record".into(), bobs.to_string()));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(browser.post(&consent.address, &fields).await.address, "/connect");
        assert_eq!(desk.polled().await.len(), 0);
    }
);

on_both_engines!(not_now_shares_nothing_and_the_code_still_works, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.unlocked(&mut browser).await;
    let page = browser.fill(&page, &[("decision", "not-now")]).await;
    assert_eq!((page.title(), page.left_for.as_deref()), ("Nothing was shared", None));
    assert!(page.html.contains("Your code still works"));
    assert_eq!((desk.grant().await, desk.polled().await.len()), (None, 0));
    let page = desk.unlocked(&mut browser).await;
    browser.fill(&page, &[("decision", "allow")]).await;
    assert_eq!(desk.polled().await.len(), 1);
});

on_both_engines!(a_request_that_the_clinic_took_back_meanwhile_grants_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let consent = desk.unlocked(&mut browser).await;
    let question = desk.question(&mut browser).await;
    connections::delete_pending(&desk.world.domain, desk.clinic.app.id, "17").await.unwrap();
    for (page, field) in [(consent, ("decision", "allow")), (question, ("answer", "parakeet seeds"))] {
        let page = browser.fill(&page, &[field]).await;
        assert_eq!((page.title(), page.status.as_u16()), ("This request is gone", 200));
    }
    assert_eq!(desk.grant().await, None);
});

on_both_engines!(
    optional_rules_have_their_switch_and_online_ones_stay_as_they_were,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let mut browser = desk.browser().await;
        let page = desk.unlocked(&mut browser).await;
        assert_eq!(page.choices("optional"), ["offline:pills"]);
        let slipped = [("decision", "allow"), ("optional", "offline:pills"), ("optional", "online:here")];
        browser.fill(&page, &slipped).await;
        assert_eq!(names(&desk.grant().await.unwrap()), [vec![], vec!["weight", "pills"]]);

        desk.world.allow(&desk.clinic.app, desk.ada, desk.record).await;
        let page = desk.unlocked(&mut browser).await;
        browser.fill(&page, &[("decision", "allow")]).await;
        assert_eq!(names(&desk.grant().await.unwrap())[0], ["here"], "what Ada allowed in person stays");
    }
);

on_both_engines!(a_record_called_as_the_clinic_says_has_no_warning, |world: World| async move {
    let desk = Desk::of(world).await;
    connections::delete_pending(&desk.world.domain, desk.clinic.app.id, "17").await.unwrap();
    let code = request(&desk.world, &desk.clinic, " ada ").await;
    let desk = Desk { code, ..desk };
    let mut browser = desk.browser().await;
    let page = desk.unlocked(&mut browser).await;
    assert!(page.html.contains("asks for the record of") && !page.html.contains("This record is called"));
});

on_both_engines!(an_application_that_is_not_open_to_the_person_gets_nowhere, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut closed = (*desk.clinic.app).clone();
    closed.restrict_users = true;
    keepwell_core::applications::replace(&desk.world.domain, &closed).await.unwrap();
    let mut browser = desk.browser().await;
    let page = desk.type_code(&mut browser, &desk.code).await;
    assert_eq!((page.title(), page.status.as_u16()), ("That did not work", 200));
    assert!(page.left_for.is_none() && !page.html.contains(QUESTION));
});

on_both_engines!(
    what_a_clinic_says_in_html_is_shown_apart_and_an_address_is_a_link,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let html = "<script>alert(1)</script><p>Hello</p>";
        let apart = format!("/documents/{}/success", desk.clinic.app.id);
        for (kind, text, link) in [
            ("text/html", html, apart.as_str()),
            ("text/plain", "https://northside.example/hello", "https://northside.example/hello"),
        ] {
            let mut app = (*desk.clinic.app).clone();
            app.success_message = Some(Document { content_type: kind.to_owned(), text: text.into() });
            keepwell_core::applications::replace(&desk.world.domain, &app).await.unwrap();
            desk.clinic.app = app.into();
            let mut browser = desk.browser().await;
            let page = desk.unlocked(&mut browser).await;
            let page = browser.fill(&page, &[("decision", "allow")]).await;
            assert!(
                page.html.contains(&format!("href=\"{link}\" target=\"_blank\" rel=\"noopener noreferrer\""))
            );
            assert!(!page.html.contains("alert(1)"));
            if kind == "text/html" {
                let document = browser.get(link).await;
                assert_eq!(document.html, html);
                let policy = document.headers["content-security-policy"].to_str().unwrap();
                assert!(policy.starts_with("sandbox;"), "{policy}");
            }
        }
    }
);

on_both_engines!(of_many_forms_at_the_same_moment_one_connects, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let page = desk.unlocked(&mut browser).await;
    let forms = (0..4).map(|_| {
        let (mut browser, page) = (browser.clone(), page.clone());
        async move { browser.fill(&page, &[("decision", "allow")]).await }
    });
    let pages = futures_util::future::join_all(forms).await;
    let connected = pages.iter().filter(|page| page.title() == "Northside is connected").count();
    assert_eq!(connected, 1);
    assert!(pages.iter().all(|page| page.status == 200));
    assert_eq!(desk.site.letters().await.len(), 1);
});

on_both_engines!(
    what_happened_with_codes_stands_at_home_until_the_person_has_seen_it,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let mut browser = desk.browser().await;
        let page = desk.unlocked(&mut browser).await;
        browser.fill(&page, &[("decision", "allow")]).await;
        let home = browser.get("/").await;
        let told = "Northside was connected to the record of Ada with a pickup code.";
        assert!(home.html.contains(told), "{}", home.html);
        let mut bobs = desk.site.browser();
        desk.world.person("Bob").await;
        bobs.sign_in_at_home("Bob").await;
        assert!(!bobs.get("/").await.html.contains("Northside"));
        // Bob cannot put away what Ada is to see.
        let notice = home.form().hidden.into_iter().find(|(name, _)| name == "notice").unwrap().1;
        let page = bobs.get("/account").await;
        let csrf = page.form().hidden.into_iter().find(|(name, _)| name == "csrf").unwrap().1;
        bobs.post("/notices", &[("csrf", &csrf), ("notice", &notice)]).await;
        bobs.post("/notices", &[("csrf", &csrf), ("notice", "x")]).await;
        assert!(browser.get("/").await.html.contains(told));
        let home = browser.fill(&home, &[]).await;
        assert!(!home.html.contains(told));
    }
);

on_both_engines!(a_lock_is_told_at_home_too, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let mut page = desk.question(&mut browser).await;
    for _ in 0..3 {
        page = browser.fill(&page, &[("answer", "no seeds")]).await;
    }
    assert_eq!(page.title(), "This code is locked");
    let home = browser.get("/").await;
    assert!(home.html.contains("A pickup code of Northside is locked after wrong answers"));
});
