//! `keepwell templates …`: every page of the Shell, rendered and looked at without a server.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use keepwell_web::brand::Brand;
use keepwell_web::check::{Checked, every_page};
use keepwell_web::{assets, locale};

use crate::cli::TemplatesCommand;
use crate::config::Config;
use crate::vocabularies::print;

/// Carries out the command. Of the configuration it needs the brand only.
pub fn run(config: &Config, command: TemplatesCommand) -> anyhow::Result<()> {
    match command {
        TemplatesCommand::Check { out } => check(config.brand.clone(), out.as_deref()),
    }
}

fn check(brand: Option<Arc<Brand>>, out: Option<&Path>) -> anyhow::Result<()> {
    let brand = brand.unwrap_or_else(|| Arc::new(Brand::for_samples()));
    let checked = every_page(&brand)?;
    if let Some(folder) = out {
        write(folder, &checked, &brand).with_context(|| format!("cannot write to {}", folder.display()))?;
    }
    print(&table(&checked))?;
    match checked.iter().filter(|page| !page.wrong.is_empty()).count() {
        0 => Ok(()),
        wrong => bail!("{wrong} of {} pages have something wrong with them", checked.len()),
    }
}

/// A line a page, a column a language without and with a brand; then what is wrong.
fn table(checked: &[Checked]) -> String {
    let columns: Vec<(&str, bool)> =
        locale::locales().iter().flat_map(|locale| [(locale.tag(), false), (locale.tag(), true)]).collect();
    let mut rows: BTreeMap<&str, BTreeMap<(&str, bool), usize>> = BTreeMap::new();
    for page in checked {
        rows.entry(&page.name).or_default().insert((page.language, page.branded), page.wrong.len());
    }
    let mut text = format!("{:48}", "page");
    for (tag, branded) in &columns {
        let _ = write!(text, "{:>10}", if *branded { format!("{tag} brand") } else { (*tag).to_owned() });
    }
    text.push('\n');
    for (name, row) in rows {
        let _ = write!(text, "{name:48}");
        for column in &columns {
            let said = match row.get(column) {
                None => "-".to_owned(),
                Some(0) => "ok".to_owned(),
                Some(wrong) => format!("{wrong} wrong"),
            };
            let _ = write!(text, "{said:>10}");
        }
        text.push('\n');
    }
    for page in checked {
        for wrong in &page.wrong {
            let branded = if page.branded { ", brand" } else { "" };
            let _ = writeln!(text, "{} ({}{branded}): {wrong}", page.name, page.language);
        }
    }
    text
}

/// Each page as a file that a browser opens from the folder, with the files that it loads.
fn write(folder: &Path, checked: &[Checked], brand: &Brand) -> std::io::Result<()> {
    for inside in ["assets", "brand"] {
        std::fs::create_dir_all(folder.join(inside))?;
    }
    for (path, body) in assets::all() {
        std::fs::write(folder.join(path.trim_start_matches('/')), body)?;
    }
    for file in brand.files() {
        std::fs::write(folder.join(file.path().trim_start_matches('/')), file.body())?;
    }
    for page in checked {
        // From a folder, an address from the root would lead to the machine's; and the form that sends itself
        // would leave before anyone has looked at it.
        let html = page.html.replace("=\"/assets/", "=\"assets/").replace("=\"/brand/", "=\"brand/");
        let html = html.replace(" defer></script>", " type=\"text/plain\"></script>");
        let branded = if page.branded { "--brand" } else { "" };
        std::fs::write(folder.join(format!("{}--{}{branded}.html", page.name, page.language)), html)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(name: &str, wrong: &[&str]) -> Checked {
        let wrong = wrong.iter().map(|wrong| (*wrong).to_owned()).collect();
        Checked { name: name.to_owned(), language: "en", branded: false, html: "<p>".to_owned(), wrong }
    }

    #[test]
    fn the_table_says_of_each_page_whether_it_is_well_and_below_what_is_not() {
        let text = table(&[page("home--empty", &[]), page("apps--none", &["it has no <main>"])]);
        let line =
            |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        assert!(line("home--empty").contains("ok") && line("apps--none").contains("1 wrong"), "{text}");
        assert!(text.ends_with("apps--none (en): it has no <main>\n"), "{text}");
    }

    #[test]
    fn pages_are_written_to_be_opened_from_their_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let brand = Arc::new(Brand::for_samples());
        let mut one = page("home--empty", &[]);
        one.html = format!("<link href=\"{}\">", assets::style());
        write(folder.path(), &[one], &brand).expect("written");
        let html = std::fs::read_to_string(folder.path().join("home--empty--en.html")).expect("a page");
        let style = html.split('"').nth(1).expect("an address").to_owned();
        assert!(folder.path().join(style).is_file());
    }
}
