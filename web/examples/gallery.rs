//! Writes every page in every state into a folder, to be looked at without a server:
//! `cargo run -p keepwell-web --example gallery -- FOLDER`.

use std::path::PathBuf;
use std::{env, fs, io};

use keepwell_web::{assets, pages};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".into()));
    fs::create_dir_all(folder.join("assets"))?;
    for (path, body) in assets::all() {
        fs::write(folder.join(path.trim_start_matches('/')), body)?;
    }
    let mut list = String::from("<!doctype html><meta charset=\"utf-8\"><title>Gallery</title><ul>");
    for sample in pages::gallery().map_err(io::Error::other)? {
        // Opened from a folder, an address from the root would lead to the machine's; and the form that
        // sends itself would leave before anyone has looked at it.
        let html = sample
            .html
            .replace("=\"/assets/", "=\"assets/")
            .replace(" defer></script>", " type=\"text/plain\"></script>");
        fs::write(folder.join(format!("{}.html", sample.name)), html)?;
        list.push_str(&format!("<li><a href=\"{0}.html\">{0}</a>", sample.name));
    }
    fs::write(folder.join("index.html"), list + "</ul>")
}
