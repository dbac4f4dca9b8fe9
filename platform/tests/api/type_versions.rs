//! One thing, read and written by applications that know different versions of its type.

use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk};

const OLDER: &str = "0a5f9a43-dc88-4e9f-890f-1f9159b76e7b";
const NEWER: &str = "df4db479-a1ba-42a2-8714-2b083b88150f";
const WEIGHT: &str = crate::desk::WEIGHT;
const FAMILY: [&str; 3] = [
    "6d39f894-f7ac-4fce-ac78-b22693bf96e6",
    "22826e13-41e1-4ba3-8447-37dadd208fd8",
    "4a04fcc8-19c1-4d59-a8c7-2031a03f21de",
];

/// A procedure in version 1, and the same in version 2.
const OLD: &str = "<procedure><when><date><y>2024</y><m>3</m><d>9</d></date></when><title><text>suture</text></title></procedure><common><note>n</note></common>";
const NEW: &str = "<procedure><when><structured><date><y>2024</y><m>3</m><d>9</d></date></structured></when><name><text>suture</text></name></procedure><common><note>n</note></common>";

/// A desk with an application that may do everything with these types.
async fn desk(world: World, types: &[&str]) -> Desk {
    desk_of(world, types, "Ada").await
}

async fn desk_of(world: World, types: &[&str], who: &str) -> Desk {
    let quoted: Vec<_> = types.iter().map(|t| format!("\"{t}\"")).collect();
    let rule = format!(
        "[[online]]\nname = \"a\"\nwhy = \"x\"\npermissions = [\"read\", \"create\", \"update\", \"delete\"]\ntypes = [{}]\n",
        quoted.join(", ")
    );
    let file = format!("name = \"Versions\"\naction-url = \"https://versions.example/return\"\n{rule}");
    let app = world.app(&file).await;
    let (person, record) = world.person(who).await;
    world.allow(&app.app, person, record).await;
    Desk::for_person(world, app, person, record).await
}

/// A thing's key, as a request names it.
fn key(reply: &Reply) -> String {
    let stamp = reply.attribute("thing-id", "version-stamp").unwrap();
    format!("<thing-id version-stamp=\"{stamp}\">{}</thing-id>", reply.value("thing-id").unwrap())
}

async fn put(desk: &Desk, method: &str, key: &str, type_id: &str, rest: &str) -> Reply {
    let info = format!("<info><thing>{key}<type-id>{type_id}</type-id>{rest}</thing></info>");
    desk.call(method, 2, &info, As::Online).await
}

fn data(inside: &str) -> String {
    format!("<data-xml>{inside}</data-xml>")
}

async fn read(desk: &Desk, type_id: &str, formats: &[&str]) -> Reply {
    let formats: String =
        formats.iter().map(|f| format!("<type-version-format>{f}</type-version-format>")).collect();
    let info = format!(
        "<info><group><filter><type-id>{type_id}</type-id></filter>\
         <format><section>core</section><section>effectivepermissions</section><xml/>{formats}</format></group></info>"
    );
    desk.good("GetThings", 3, &info, As::Online).await
}

/// Type, flags and data of what was read.
#[track_caller]
fn is(reply: &Reply, type_id: &str, flags: &str, inside: &str) {
    assert_eq!(reply.value("type-id").as_deref(), Some(type_id), "{}", reply.text);
    assert_eq!(reply.value("flags").as_deref(), Some(flags), "{}", reply.text);
    assert!(reply.text.contains(&data(inside)), "{}", reply.text);
}

on_both_engines!(a_thing_is_written_in_a_version_that_the_request_lists, |world: World| async move {
    let desk = desk(world, &[OLDER, NEWER]).await;
    assert_eq!(put(&desk, "PutThings", "", OLDER, &data(OLD)).await.code, 0);
    let unknown = "00000000-0000-0000-0000-000000000001";
    is(&read(&desk, NEWER, &[]).await, OLDER, "0", OLD);
    is(&read(&desk, OLDER, &[NEWER]).await, NEWER, "4", NEW);
    is(&read(&desk, OLDER, &[NEWER, OLDER]).await, OLDER, "0", OLD);
    is(&read(&desk, OLDER, &[unknown, WEIGHT]).await, OLDER, "0", OLD);
    let newer = read(&desk, OLDER, &[unknown, NEWER]).await;
    is(&newer, NEWER, "4", NEW);
    assert_eq!(newer.count("permission"), 4, "those of the family: {}", newer.text);
    // Nothing that is stored has changed.
    is(&read(&desk, OLDER, &[]).await, OLDER, "0", OLD);
});

on_both_engines!(of_several_listed_versions_the_highest_is_written, |world: World| async move {
    let desk = desk(world, &FAMILY).await;
    let stored = "<family-history><condition><text>gout</text></condition></family-history><common/>";
    assert_eq!(put(&desk, "PutThings", "", FAMILY[0], &data(stored)).await.code, 0);
    let named =
        "<family-history><condition><name><text>gout</text></name></condition></family-history><common/>";
    is(&read(&desk, FAMILY[0], &[FAMILY[1], FAMILY[2]]).await, FAMILY[2], "4", named);
    is(&read(&desk, FAMILY[0], &[FAMILY[1]]).await, FAMILY[1], "4", named);
});

on_both_engines!(otherwise_a_thing_is_written_in_the_version_of_the_rules, |world: World| async move {
    let mut world = world;
    for (who, declared, written, inside, flags, answered) in [
        ("Ada", OLDER, NEWER, NEW, "2", OLD),
        ("Ben", NEWER, OLDER, OLD, "4", NEW),
        ("Cleo", OLDER, OLDER, OLD, "0", OLD),
    ] {
        let desk = desk_of(world, &[declared], who).await;
        let written = put(&desk, "PutThings", "", written, &data(inside)).await;
        assert_eq!(written.code, 0, "a permission is for all versions: {}", written.text);
        is(&read(&desk, OLDER, &[]).await, declared, flags, answered);
        world = desk.world;
    }
});

on_both_engines!(an_application_that_may_read_everything_reads_what_is_stored, |world: World| async move {
    let desk = desk(world, &["*"]).await;
    assert_eq!(put(&desk, "PutThings", "", OLDER, &data(OLD)).await.code, 0);
    is(&read(&desk, NEWER, &[]).await, OLDER, "0", OLD);
    is(&read(&desk, NEWER, &[NEWER]).await, NEWER, "4", NEW);
});

on_both_engines!(what_cannot_be_carried_is_written_as_it_is_stored, |world: World| async move {
    let desk = desk(world, &[OLDER]).await;
    let undated = "<procedure><name><text>suture</text></name></procedure><common/>";
    assert_eq!(put(&desk, "PutThings", "", NEWER, &data(undated)).await.code, 0);
    is(&read(&desk, OLDER, &[]).await, NEWER, "0", undated);
    is(&read(&desk, OLDER, &[OLDER]).await, NEWER, "0", undated);
});

on_both_engines!(
    a_thing_of_which_only_the_key_is_given_is_of_the_type_it_is_stored_in,
    |world: World| async move {
        let desk = desk(world, &[OLDER]).await;
        assert_eq!(put(&desk, "PutThings", "", NEWER, &data(NEW)).await.code, 0);
        let info = format!(
            "<info><group max-full=\"0\"><filter><type-id>{OLDER}</type-id></filter><format><section>core</section></format></group></info>"
        );
        let found = desk.good("GetThings", 3, &info, As::Online).await;
        assert_eq!(found.count("unprocessed-thing-key-info"), 1);
        assert_eq!(found.value("type-id").as_deref(), Some(NEWER));
    }
);

on_both_engines!(a_thing_that_was_read_in_an_older_version_cannot_be_put_back, |world: World| async move {
    let desk = desk(world, &[OLDER]).await;
    assert_eq!(put(&desk, "PutThings", "", NEWER, &data(NEW)).await.code, 0);
    let found = read(&desk, OLDER, &[]).await;
    is(&found, OLDER, "2", OLD);
    let back = format!("<flags>2</flags>{}", data(OLD));
    for rest in [back.as_str(), &data(OLD), "<tags>t</tags>"] {
        assert_eq!(put(&desk, "PutThings", &key(&found), OLDER, rest).await.code, 85, "{rest}");
    }
    is(&read(&desk, OLDER, &[NEWER]).await, NEWER, "0", NEW);
    // It may be written over on purpose.
    let over = put(&desk, "OverwriteThings", &key(&found), OLDER, &back).await;
    assert_eq!(over.code, 0, "{}", over.text);
    is(&read(&desk, OLDER, &[NEWER, OLDER]).await, OLDER, "0", OLD);
});

on_both_engines!(a_thing_that_was_read_in_a_newer_version_is_put_back_in_it, |world: World| async move {
    let desk = desk(world, &[NEWER]).await;
    assert_eq!(put(&desk, "PutThings", "", OLDER, &data(OLD)).await.code, 0);
    let found = read(&desk, NEWER, &[]).await;
    is(&found, NEWER, "4", NEW);
    let tags_only = put(&desk, "PutThings", &key(&found), NEWER, "<tags>t</tags>").await;
    assert_eq!(tags_only.code, 90);
    let back = put(&desk, "PutThings", &key(&found), NEWER, &format!("<flags>4</flags>{}", data(NEW))).await;
    assert_eq!(back.code, 0, "{}", back.text);
    is(&read(&desk, NEWER, &[OLDER, NEWER]).await, NEWER, "0", NEW);
});

on_both_engines!(an_update_that_names_no_other_version_stays_in_the_stored_one, |world: World| async move {
    let desk = desk(world, &[OLDER, NEWER]).await;
    let stored = put(&desk, "PutThings", "", OLDER, &data(OLD)).await;
    let tagged = put(&desk, "PutThings", &key(&stored), OLDER, "<tags>t</tags>").await;
    assert_eq!(tagged.code, 0, "{}", tagged.text);
    is(&read(&desk, OLDER, &[]).await, OLDER, "0", OLD);
});
