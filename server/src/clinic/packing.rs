//! Files into a package: small ones with it, large ones beside it.

use std::path::Path;

use anyhow::Context as _;
use keepwell_client::{NewBlob, NewThing, PackageDraft};
use keepwell_wire::xml::XmlWriter;
use tokio::fs::File;

use super::contents::{Becomes, Item, file_name};
use crate::files::FILE;
use crate::files::progress::Line;

/// The most bytes of a file that go with the package itself.
const SMALL: u64 = 64 << 10;
/// And of all of these.
const ALL_SMALL: u64 = 2 << 20;

/// Puts everything in. What is large is sent meanwhile, with a line that says how far it is.
pub async fn pack(draft: &mut PackageDraft<'_>, items: Vec<Item>) -> anyhow::Result<()> {
    let mut room = ALL_SMALL;
    for Item { path, becomes } in items {
        match becomes {
            Becomes::Things(things) => things.into_iter().try_for_each(|thing| draft.add(thing))?,
            Becomes::File { media_type, length } if length <= SMALL.min(room) => {
                room -= length;
                let cannot = || format!("cannot read {}", file_name(&path));
                let bytes = tokio::fs::read(&path).await.with_context(cannot)?;
                let size = bytes.len() as u64;
                let blob = NewBlob::inline("", media_type, bytes).with_context(cannot)?;
                draft.add(file(&path, media_type, size).with_blob(blob))?;
            }
            Becomes::File { media_type, .. } => large(draft, &path, media_type).await?,
        }
    }
    Ok(())
}

async fn large(draft: &mut PackageDraft<'_>, path: &Path, media_type: &str) -> anyhow::Result<()> {
    let name = file_name(path);
    let mut source = File::open(path).await.with_context(|| format!("cannot read {name}"))?;
    let mut line = Line::of(Path::new(&name));
    let uploaded = draft.upload(&mut source, |progress| line.show(progress)).await;
    let uploaded = uploaded.with_context(|| format!("{name} was not sent, and no package was left"))?;
    line.end();
    let thing = file(path, media_type, uploaded.length);
    Ok(draft.add(thing.with_blob(NewBlob::uploaded("", media_type, uploaded)))?)
}

/// The data of a file (things.md 7.8).
fn file(path: &Path, media_type: &str, size: u64) -> NewThing {
    let mut out = XmlWriter::new();
    out.open("file").element("name", file_name(path)).element("size", size);
    out.open("content-type").element("text", media_type).close().close();
    NewThing::of(FILE, out.finish())
}

#[cfg(test)]
mod tests {
    use keepwell_core::ids::TypeId;
    use keepwell_core::thing_types;

    use super::*;

    #[test]
    fn a_file_is_valid_whatever_it_is_called() {
        let kind = thing_types::find(TypeId(FILE)).expect("a type");
        for name in ["scan.pdf", "<a>&\"b\".pdf", "\u{202e}\n", "\u{ffff}.pdf"] {
            let thing = file(Path::new(name), "application/pdf", 7);
            let data = thing.data_xml().expect("data");
            assert_eq!(thing_types::validate_data(kind, data), Ok(()), "{data}");
        }
    }
}
