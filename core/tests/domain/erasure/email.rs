//! Another e-mail address, and the way back.

use std::sync::Mutex;

use keepwell_core::Domain;
use keepwell_core::credentials::{
    self, CHANGE_EMAIL_LIFE, ChangeEmailError, ResetError, SignInError, SignUp, SignUpError, Told, UNDO_LIFE,
    ask_email, asked_email, begin_reset, choose_password, drop_asked_email, sign_in, sign_up, take_email,
    undo_email,
};
use keepwell_core::ids::PersonId;
use keepwell_core::letters::{Letter, PER_ADDRESS_AN_HOUR};
use keepwell_core::persons::{NewPerson, Person};
use keepwell_core::sessions::shell;
use keepwell_testkit::{World, on_both_engines};

use crate::erasure::people::{close, person};

/// The letter that says that the password was changed.
fn told(person: &Person) -> Letter {
    Letter::from_server(&person.email, "Changed", "x")
}

/// The letters that were written: to whom, what, and the token in it.
#[derive(Default)]
struct Post(Mutex<Vec<(String, &'static str, String)>>);

impl Post {
    fn write(&self) -> impl Fn(&str, &Told<'_>) -> Letter + '_ {
        |to, told| {
            let (what, token) = match told {
                Told::New(token) => ("new", *token),
                Told::Taken => ("taken", ""),
                Told::Asked => ("asked", ""),
                Told::Changed(token) => ("changed", *token),
            };
            self.0.lock().unwrap().push((to.to_owned(), what, token.to_owned()));
            Letter::from_server(to, what, "A letter")
        }
    }

    fn told(&self) -> Vec<(String, &'static str)> {
        self.0.lock().unwrap().iter().map(|(to, what, _)| (to.clone(), *what)).collect()
    }

    fn token(&self, what: &str) -> String {
        self.0.lock().unwrap().iter().rev().find(|(_, told, _)| *told == what).unwrap().2.clone()
    }
}

async fn ask(domain: &Domain, id: PersonId, email: &str, post: &Post) -> Result<(), ChangeEmailError> {
    ask_email(domain, &person(domain, id).await, email, post.write()).await
}

async fn enters(domain: &Domain, name: &str) -> Result<PersonId, SignInError> {
    sign_in(domain, name, World::PASSWORD).await
}

async fn opens(domain: &Domain, email: &str) -> Result<(), SignUpError> {
    let person = NewPerson {
        name: "Mallory".to_owned(),
        email: email.to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    sign_up(domain, SignUp { person, password: "slow river lanterns".to_owned(), code: None }).await.map(drop)
}

on_both_engines!(an_address_changes_when_the_letter_to_it_is_answered, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    let post = Post::default();
    ask(domain, ada, " Ada@New.example ", &post).await.unwrap();
    let both = [("Ada@New.example".to_owned(), "new"), ("ada@example.org".to_owned(), "asked")];
    assert_eq!(post.told(), both);
    assert_eq!(asked_email(domain, ada).await.unwrap().as_deref(), Some("Ada@New.example"));
    assert_eq!(person(domain, ada).await.email, "ada@example.org", "nothing yet");
    let reset = begin_reset(domain, "ada@example.org").await.unwrap().unwrap();

    let found = credentials::email_to_take(domain, &post.token("new")).await.unwrap().unwrap();
    assert_eq!(found, ("Ada@New.example".to_owned(), "ada@example.org".to_owned()));
    take_email(domain, &post.token("new"), post.write()).await.unwrap();
    let now = person(domain, ada).await;
    assert!(now.email == "Ada@New.example" && now.email_validated);
    assert_eq!(post.told().last().unwrap(), &("ada@example.org".to_owned(), "changed"));
    assert_eq!(enters(domain, "ada@new.example").await, Ok(ada));
    assert_eq!(enters(domain, "ada@example.org").await, Err(SignInError::Wrong));
    let old = choose_password(domain, &reset.token, "slow river lanterns", told).await;
    assert_eq!(old, Err(ResetError::Over), "a link that went to the former address is dead");
    assert_eq!(take_email(domain, &post.token("new"), post.write()).await, Err(ChangeEmailError::Over));
    assert_eq!(asked_email(domain, ada).await, Ok(None));
});

on_both_engines!(a_change_is_undone_from_the_former_address, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    let post = Post::default();
    ask(domain, ada, "ada@new.example", &post).await.unwrap();
    take_email(domain, &post.token("new"), post.write()).await.unwrap();
    let undo = post.token("changed");
    // Whoever took the account goes on to another address, to shut the first owner out.
    ask(domain, ada, "ada@third.example", &post).await.unwrap();
    take_email(domain, &post.token("new"), post.write()).await.unwrap();
    let theirs = post.token("changed");
    ask(domain, ada, "ada@fourth.example", &post).await.unwrap();
    let pending = post.token("new");
    // And opens an account under the address that is free now.
    assert_eq!(opens(domain, "Ada@example.org").await, Err(SignUpError::Taken));
    let signed_in = shell::begin(domain, ada, "theirs", shell::Proof::Password).await.unwrap();

    let reset = undo_email(domain, &undo).await.unwrap();
    assert_eq!(person(domain, ada).await.email, "ada@example.org");
    assert_eq!(shell::find(domain, &signed_in).await, Ok(None), "they are signed out");
    assert_eq!(undo_email(domain, &theirs).await.map(drop), Err(ChangeEmailError::Over));
    assert_eq!(take_email(domain, &pending, post.write()).await, Err(ChangeEmailError::Over));
    assert_eq!(undo_email(domain, &undo).await.map(drop), Err(ChangeEmailError::Over), "once");
    assert_eq!(choose_password(domain, &reset.token, "slow river lanterns", told).await, Ok(ada));
    assert_eq!(sign_in(domain, "ada@example.org", "slow river lanterns").await, Ok(ada));
    assert_eq!(opens(domain, "ada@third.example").await, Ok(()), "nobody has a way back to that one");
});

on_both_engines!(whether_an_address_is_taken_is_told_to_its_owner_only, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    world.person("Bob").await;
    let post = Post::default();
    assert_eq!(ask(domain, ada, "bob@example.org", &post).await, Ok(()));
    let both = [("bob@example.org".to_owned(), "taken"), ("ada@example.org".to_owned(), "asked")];
    assert_eq!(post.told(), both);
    assert_eq!(asked_email(domain, ada).await.unwrap().as_deref(), Some("bob@example.org"), "as any other");
    // One that became somebody's after the letter was written.
    ask(domain, ada, "cleo@example.org", &post).await.unwrap();
    world.person("Cleo").await;
    let late = take_email(domain, &post.token("new"), post.write()).await;
    assert_eq!(late, Err(ChangeEmailError::Taken));
    assert_eq!(enters(domain, "ada@example.org").await, Ok(ada));
    assert!(enters(domain, "cleo@example.org").await.is_ok_and(|cleo| cleo != ada));
});

on_both_engines!(of_several_who_take_one_address_at_once_one_gets_it, |world: World| async move {
    let domain = &world.domain;
    let mut tokens = Vec::new();
    for name in ["Ada", "Bob", "Cleo"] {
        let (id, _) = world.person(name).await;
        let post = Post::default();
        ask(domain, id, "the-one@example.org", &post).await.unwrap();
        tokens.push(post.token("new"));
    }
    let tries = tokens.into_iter().map(|token| {
        let domain = domain.clone();
        tokio::spawn(async move { take_email(&domain, &token, Post::default().write()).await })
    });
    let mut won = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(_) => won += 1,
            Err(error) => assert_eq!(error, ChangeEmailError::Taken),
        }
    }
    assert_eq!(won, 1);
});

on_both_engines!(links_are_dead_after_their_time_and_letters_have_a_limit, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    let post = Post::default();
    for bad in ["", "ada", "ada@example", "a@b@c.org"] {
        assert_eq!(ask(domain, ada, bad, &post).await, Err(ChangeEmailError::Email), "{bad}");
    }
    assert_eq!(ask(domain, ada, "ADA@example.org", &post).await, Err(ChangeEmailError::Same));
    for _ in 0..PER_ADDRESS_AN_HOUR {
        ask(domain, ada, "victim@example.org", &post).await.unwrap();
    }
    assert_eq!(ask(domain, ada, "victim@example.org", &post).await, Err(ChangeEmailError::Limit));
    world.clock.advance(CHANGE_EMAIL_LIFE);
    let late = take_email(domain, &post.token("new"), post.write()).await;
    assert_eq!(late, Err(ChangeEmailError::Over));
    ask(domain, ada, "ada@new.example", &post).await.unwrap();
    drop_asked_email(domain, ada).await.unwrap();
    let dropped = take_email(domain, &post.token("new"), post.write()).await;
    assert_eq!(dropped, Err(ChangeEmailError::Over));
    ask(domain, ada, "ada@new.example", &post).await.unwrap();
    take_email(domain, &post.token("new"), post.write()).await.unwrap();
    world.clock.advance(UNDO_LIFE);
    assert_eq!(undo_email(domain, &post.token("changed")).await.map(drop), Err(ChangeEmailError::Over));
    assert_eq!(opens(domain, "ada@example.org").await, Ok(()), "the address is free again");
});

on_both_engines!(who_took_an_account_and_closed_it_has_not_won, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    let post = Post::default();
    ask(domain, ada, "ada@new.example", &post).await.unwrap();
    take_email(domain, &post.token("new"), post.write()).await.unwrap();
    close(domain, ada).await;
    let reset = undo_email(domain, &post.token("changed")).await.unwrap();
    choose_password(domain, &reset.token, "slow river lanterns", told).await.unwrap();
    assert_eq!(sign_in(domain, "ada@example.org", "slow river lanterns").await, Ok(ada));
    let token = keepwell_core::erasure::keep_token(domain, ada).await.unwrap();
    assert_eq!(keepwell_core::erasure::keep(domain, &token).await, Ok(ada));
});
