//! Phones and tablets: from an identity to a weight read back, and all who get nowhere.

use std::net::IpAddr;
use std::sync::Arc;

use keepwell_core::applications::{self, Application, State};
use keepwell_core::authorizations::{person_pseudonym, record_pseudonym};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::installations;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{Phone, Reply, START, Session, World, on_both_engines};

use crate::desk::{get_weights, put_weight};

struct House {
    world: World,
    platform: Platform,
    master: Arc<Application>,
    ada: PersonId,
    record: RecordId,
}

impl House {
    async fn of(world: World) -> Self {
        let master = world.mobile_app().await;
        let (ada, record) = world.person("Ada").await;
        let platform = Platform::new(world.domain.clone(), Settings::at("http://localhost:8470", START));
        Self { world, platform, master, ada, record }
    }

    fn now(&self) -> i64 {
        self.world.domain.env.now()
    }

    async fn send(&self, request: &str) -> Reply {
        Reply::of(self.platform.answer(None, None, request.as_bytes()).await)
    }

    async fn send_from(&self, address: &str, request: &str) -> Reply {
        let address: IpAddr = address.parse().unwrap();
        Reply::of(self.platform.answer(Some(address), None, request.as_bytes()).await)
    }

    async fn phone(&self, name: &str) -> Phone {
        self.world.phone(self.master.id, name, self.ada, self.record).await
    }

    async fn session(&self, phone: &Phone) -> Session {
        phone.session(&self.send(&phone.session_request(self.now())).await)
    }

    /// A request about Ada's record, in her absence.
    fn ask(&self, phone: &Phone, session: &Session, method: &str, version: u32, info: &str) -> String {
        let domain = &self.world.domain;
        let person = person_pseudonym(domain, phone.id, self.ada);
        let record = record_pseudonym(domain, phone.id, self.ada, self.record);
        session.ask(method, version, info, self.now()).offline(person).record(record).text()
    }

    async fn call(&self, phone: &Phone, session: &Session, method: &str, version: u32, info: &str) -> Reply {
        self.send(&self.ask(phone, session, method, version, info)).await
    }
}

/// An anonymous request.
fn anonymous(id: &str, method: &str, info: &str, now: i64) -> String {
    use keepwell_wire::time::UtcMicros;
    format!(
        "<wc-request:request xmlns:wc-request=\"urn:com.microsoft.wc.request\"><header><method>{method}</method>\
         <method-version>1</method-version><app-id>{id}</app-id><msg-time>{}</msg-time><msg-ttl>1800</msg-ttl>\
         <version>phone</version></header>{info}</wc-request:request>",
        UtcMicros(now)
    )
}

on_both_engines!(a_device_goes_from_an_identity_to_a_weight_read_back, |world: World| async move {
    let house = House::of(world).await;
    let id = house.master.id.to_string();
    let given = house.send(&anonymous(&id, "NewApplicationCreationInfo", "<info />", house.now())).await;
    assert_eq!(given.code, 0, "{}", given.text);
    let (secret, token) = (given.value("shared-secret").unwrap(), given.value("app-token").unwrap());
    assert_eq!(secret.len(), 44);
    let phone = Phone {
        master: house.master.id,
        id: keepwell_core::ids::AppId(given.value("app-id").unwrap().parse().unwrap()),
        secret: keepwell_wire::integrity::decode_base64(&secret).unwrap(),
        token,
    };
    assert_eq!(house.send(&phone.session_request(house.now())).await.code, 6, "nobody has let it in yet");
    let offered = house.world.offered(&phone, "Ada\u{2019}s phone").await;
    house.world.let_in(&offered, house.ada, house.record).await.unwrap();

    let session = house.session(&phone).await;
    let people = session.ask("GetAuthorizedPeople", 1, "<info><parameters/></info>", house.now());
    let people = house.send(&people.text()).await;
    let record = record_pseudonym(&house.world.domain, phone.id, house.ada, house.record);
    assert_eq!(people.value("selected-record-id"), Some(record.to_string()));
    assert_eq!(people.value("more-results").as_deref(), Some("false"));
    let put = house.call(&phone, &session, "PutThings", 2, &put_weight(70.5, 9)).await;
    assert_eq!(put.code, 0, "{}", put.text);
    let got = house.call(&phone, &session, "GetThings", 3, &get_weights()).await;
    assert_eq!((got.code, got.count("thing-id")), (0, 1), "{}", got.text);
    assert_eq!(got.value("master-app-id"), Some(id.clone()), "the log names what is installed too");
    let info = session.ask("GetApplicationInfo", 2, "<info/>", house.now());
    let info = house.send(&info.text()).await;
    assert_eq!(info.value("app-type").as_deref(), Some("Soda"), "{}", info.text);
    assert_eq!((info.value("id"), info.value("master-app-id")), (Some(phone.id.to_string()), Some(id)));
    let seen = installations::of_person(&house.world.domain, house.ada).await.unwrap().remove(0);
    assert_eq!((seen.last_used, seen.name.as_str()), (Some(house.now()), "Ada\u{2019}s phone"));
});

on_both_engines!(only_an_active_application_for_devices_offers_identities, |world: World| async move {
    let web = world.weight_app().await;
    let house = House::of(world).await;
    let ask = async |id: String| {
        house.send(&anonymous(&id, "NewApplicationCreationInfo", "<info/>", house.now())).await.code
    };
    assert_eq!(ask(web.app.id.to_string()).await, 6, "an ordinary one");
    assert_eq!(ask("7a7a7a7a-0000-4000-8000-000000000007".to_owned()).await, 6, "unknown");
    let phone = house.phone("phone").await;
    assert_eq!(ask(phone.id.to_string()).await, 6, "an installation is no master");
    let domain = &house.world.domain;
    applications::set_state(domain, house.master.id, State::Suspended).await.unwrap();
    assert_eq!(ask(house.master.id.to_string()).await, 6, "disabled");
});

on_both_engines!(an_id_that_nobody_let_in_is_unknown_to_every_method, |world: World| async move {
    let house = House::of(world).await;
    let offered = house.world.offer(house.master.id).await;
    let refused = house.world.offer(house.master.id).await;
    let taken = house.world.offered(&refused, "phone").await;
    installations::refuse(&house.world.domain, &taken).await.unwrap();
    let made_up = Phone { id: keepwell_core::ids::AppId(uuid::Uuid::from_u128(9)), ..offered.clone() };
    let mut answers = Vec::new();
    for phone in [&offered, &refused, &made_up] {
        answers.push(house.send(&phone.session_request(house.now())).await.text);
        for method in keepwell_platform::METHODS.iter().filter(|m| m.name != "GetServiceDefinition") {
            let request = anonymous(&phone.id.to_string(), method.name, "<info/>", house.now());
            let reply = house.send(&request).await;
            let is_version = method.versions.contains(&1);
            assert_eq!(reply.code, if is_version { 6 } else { 5 }, "{}", method.name);
        }
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "from outside they are alike: {answers:?}");
    let service = anonymous(&offered.id.to_string(), "GetServiceDefinition", "<info/>", house.now());
    assert_eq!(house.send(&service).await.code, 0, "one client asks where the server is by its new id");
});

on_both_engines!(an_older_desktop_client_signs_with_a_key_of_its_own, |world: World| async move {
    use keepwell_testkit::{ActingApp, SigningKey};
    let house = House::of(world).await;
    let key = SigningKey::another();
    let id = keepwell_core::ids::AppId(house.world.domain.env.uuid());
    let desk = ActingApp { app: Arc::new(house.master.on_device(id, "Desk")), key };
    assert_eq!(house.send(&desk.session_request(house.now())).await.code, 6, "nobody has let it in");
    let certificate = keepwell_wire::integrity::encode_base64(&desk.key.certificate().der);
    let domain = &house.world.domain;
    let offered = installations::open_older(domain, &house.master, id, &certificate, "Desk").await.unwrap();
    house.world.let_in(&offered, house.ada, house.record).await.unwrap();
    let session = desk.session(&house.send(&desk.session_request(house.now())).await);
    assert_eq!(house.send(&people(&session, house.now())).await.count("person-info"), 1);
    installations::cut_off(domain, house.ada, &[id]).await.unwrap();
    assert_eq!(house.send(&people(&session, house.now())).await.code, 6);
    assert_eq!(house.send(&desk.session_request(house.now())).await.code, 6);
});

on_both_engines!(
    an_installation_may_ask_who_it_is_whatever_its_application_may_call,
    |world: World| async move {
        let master =
            world.mobile_app_from("name = \"Steps & Stairs\"\nmethods = [\"GetAuthorizedPeople\"]\n").await;
        let house = House { master, ..House::of(world).await };
        let phone = house.phone("Ada\u{2019}s desk").await;
        let session = house.session(&phone).await;
        let info = house.send(&session.ask("GetApplicationInfo", 2, "<info/>", house.now()).text()).await;
        assert_eq!((info.code, info.value("id")), (0, Some(phone.id.to_string())), "{}", info.text);
        let refused = house.call(&phone, &session, "GetThings", 3, &get_weights()).await;
        assert_eq!(refused.code, 11, "other methods are the application's to list");
        installations::cut_off(&house.world.domain, house.ada, &[phone.id]).await.unwrap();
        assert_eq!(
            house.send(&session.ask("GetApplicationInfo", 2, "<info/>", house.now()).text()).await.code,
            6
        );
    }
);

fn people(session: &Session, now: i64) -> String {
    session.ask("GetAuthorizedPeople", 1, "<info><parameters/></info>", now).text()
}

on_both_engines!(a_devices_secret_works_for_no_other, |world: World| async move {
    let house = House::of(world).await;
    let [one, other] = [house.phone("one").await, house.phone("other").await];
    let mixed = Phone { secret: one.secret.clone(), ..other.clone() };
    assert_eq!(house.send(&mixed.session_request(house.now())).await.code, 4);
    let session = house.session(&one).await;
    let theirs = house.call(&other, &session, "GetThings", 3, &get_weights()).await;
    assert_eq!(theirs.code, 9, "nor does its session know the other's ids");
});

on_both_engines!(a_device_whose_application_is_disabled_is_refused_at_once, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    let read = async || house.call(&phone, &session, "GetThings", 3, &get_weights()).await.code;
    assert_eq!((read().await, read().await), (0, 0));
    let domain = &house.world.domain;
    applications::set_state(domain, house.master.id, State::Suspended).await.unwrap();
    assert_eq!(read().await, 6);
    assert_eq!(house.send(&phone.session_request(house.now())).await.code, 6);
    applications::set_state(domain, house.master.id, State::Active).await.unwrap();
    assert_eq!(read().await, 0, "the session has not ended");
});

on_both_engines!(a_device_that_is_cut_off_is_refused_at_its_next_request, |world: World| async move {
    let house = House::of(world).await;
    let [lost, kept] = [house.phone("lost").await, house.phone("kept").await];
    let (session, other) = (house.session(&lost).await, house.session(&kept).await);
    assert_eq!(house.call(&lost, &session, "GetThings", 3, &get_weights()).await.code, 0);
    installations::cut_off(&house.world.domain, house.ada, &[lost.id]).await.unwrap();
    assert_eq!(house.call(&lost, &session, "GetThings", 3, &get_weights()).await.code, 6);
    assert_eq!(house.send(&lost.session_request(house.now())).await.code, 6);
    assert_eq!(house.call(&kept, &other, "GetThings", 3, &get_weights()).await.code, 0);
});

on_both_engines!(
    a_device_that_is_stopped_for_a_record_is_told_11_and_keeps_its_sessions,
    |world: World| async move {
        let house = House::of(world).await;
        let phone = house.phone("phone").await;
        let session = house.session(&phone).await;
        assert_eq!(house.call(&phone, &session, "GetThings", 3, &get_weights()).await.code, 0);
        house.world.revoke(phone.id, house.ada, house.record).await;
        assert_eq!(house.call(&phone, &session, "GetThings", 3, &get_weights()).await.code, 11);
        let again = house.session(&phone).await;
        let people = again.ask("GetAuthorizedPeople", 1, "<info><parameters/></info>", house.now()).text();
        assert_eq!(house.send(&people).await.count("person-info"), 0);
    }
);

on_both_engines!(a_device_gives_its_record_up, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    for (name, code) in
        [("RemoveApplicationRecordAuthorization", 0), ("RemoveApplicationRecordAuthorization", 11)]
    {
        assert_eq!(house.call(&phone, &session, name, 1, "<info/>").await.code, code);
    }
});

on_both_engines!(a_device_is_narrowed_with_its_application_at_once, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    assert_eq!(house.call(&phone, &session, "PutThings", 2, &put_weight(70.0, 1)).await.code, 0);
    let mut narrower = (*house.master).clone();
    narrower.offline[0].permissions = applications::Permissions::of(&[applications::Permission::Read]);
    applications::replace(&house.world.domain, &narrower).await.unwrap();
    assert_eq!(house.call(&phone, &session, "PutThings", 2, &put_weight(70.0, 2)).await.code, 11);
    assert_eq!(house.call(&phone, &session, "GetThings", 3, &get_weights()).await.code, 0);
});

on_both_engines!(a_device_has_no_person_who_is_there, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    let domain = &house.world.domain;
    let token =
        keepwell_core::sessions::user_token::give(domain, phone.id, house.ada, false, None).await.unwrap();
    let record = record_pseudonym(domain, phone.id, house.ada, house.record);
    let ask = session.ask("GetThings", 3, get_weights(), house.now()).online(&token).record(record);
    assert_eq!(house.send(&ask.text()).await.code, 11);
});

on_both_engines!(a_session_that_ended_is_renewed_with_the_secret, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    house.world.clock.advance(keepwell_core::sessions::APP_SESSION_LIFE);
    assert_eq!(house.call(&phone, &session, "GetThings", 3, &get_weights()).await.code, 65);
    let renewed = house.session(&phone).await;
    assert_eq!(house.call(&phone, &renewed, "GetThings", 3, &get_weights()).await.code, 0);
});

on_both_engines!(who_guesses_at_a_device_is_slowed_down_and_nobody_else, |world: World| async move {
    let house = House::of(world).await;
    let [tried, sibling] = [house.phone("tried").await, house.phone("sibling").await];
    let guess = Phone { secret: vec![0; 32], ..tried.clone() }.session_request(house.now());
    for _ in 0..11 {
        assert_eq!(house.send_from("203.0.113.5", &guess).await.code, 4);
    }
    assert_eq!(house.send_from("203.0.113.5", &guess).await.code, 1, "it has to wait");
    let now = house.now();
    assert_eq!(house.send_from("203.0.113.5", &sibling.session_request(now)).await.code, 0);
    assert_eq!(house.send_from("192.0.2.7", &tried.session_request(now)).await.code, 0, "the device itself");
    house.world.clock.advance(5 * keepwell_core::env::SECOND);
    assert_eq!(house.send_from("203.0.113.5", &guess).await.code, 4);
});

on_both_engines!(a_device_in_two_places_is_told_of_and_goes_on, |world: World| async move {
    let house = House::of(world).await;
    let phone = house.phone("phone").await;
    let session = house.session(&phone).await;
    for address in ["192.0.2.7", "198.51.100.9", "192.0.2.7", "198.51.100.9"] {
        let ask = house.ask(&phone, &session, "GetThings", 3, &get_weights());
        assert_eq!(house.send_from(address, &ask).await.code, 0);
        house.world.clock.advance(6 * keepwell_core::env::MINUTE);
    }
    let seen = installations::of_person(&house.world.domain, house.ada).await.unwrap().remove(0);
    assert!(seen.two_places.is_some());
});
