//! What real clients sent is what its type says, where their requests are at hand.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use keepwell_core::ids::TypeId;
use keepwell_core::thing_types;

/// What stands between two texts.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}

#[test]
fn what_clients_wrote_is_valid() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/protocol/captures");
    let Ok(clients) = fs::read_dir(folder) else {
        let _ = writeln!(std::io::stderr(), "SKIPPED validation of what clients wrote: it is not at hand");
        return;
    };
    let mut count = 0;
    for client in clients.map(|c| c.unwrap().path()).filter(|c| c.is_dir()) {
        for file in fs::read_dir(client).unwrap() {
            let path = file.unwrap().path();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            if !text.contains("<method>PutThings</method>") {
                continue;
            }
            for thing in text.split("<type-id").skip(1) {
                let id = between(thing, ">", "<").and_then(|id| id.trim().parse().ok()).map(TypeId);
                let data = between(thing, "<data-xml>", "</data-xml>");
                let Some((kind, data)) = id.and_then(thing_types::find).zip(data) else { continue };
                if let Err(error) = thing_types::validate_data(kind, data) {
                    panic!("{}: {error}\n{data}", path.display());
                }
                count += 1;
            }
        }
    }
    assert!(count > 15, "only {count} things");
}
