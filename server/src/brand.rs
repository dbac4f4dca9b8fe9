//! `[brand]` in the configuration: what the people who run this server put on its pages. All of it is read and
//! checked before the server starts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use keepwell_web::brand::{Accent, Brand, Colour, Contact, Documents};
use keepwell_web::locale;
use serde::Deserialize;

/// The table as it is written. Files are beside the configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct BrandOptions {
    /// What the server calls itself, on pages and in letters.
    pub name: Option<String>,
    /// A picture, PNG or SVG.
    logo: Option<PathBuf>,
    /// The colour of links and buttons on light pages, `#17565c`.
    accent: Option<String>,
    /// The same on dark pages; without it, the nearest that can be read there.
    accent_dark: Option<String>,
    /// How to reach whoever runs the server.
    contact: ContactOptions,
    /// The terms of use, a Markdown file a language.
    terms: BTreeMap<String, PathBuf>,
    /// How data are kept, a Markdown file a language.
    privacy: BTreeMap<String, PathBuf>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct ContactOptions {
    text: Option<String>,
    email: Option<String>,
    telephone: Option<String>,
    address: Option<String>,
}

/// The longest name, which stands at the top of a phone's page beside three links.
const LONGEST_NAME: usize = 24;
/// Bytes of a document.
const DOCUMENT_LIMIT: u64 = 64 * 1024;

impl BrandOptions {
    /// The brand, with its files from this folder.
    pub fn read(&self, folder: &Path) -> anyhow::Result<Brand> {
        if let Some(name) = &self.name
            && (name.trim().is_empty() || name.chars().count() > LONGEST_NAME)
        {
            bail!("brand.name is 1 to {LONGEST_NAME} letters");
        }
        let mut brand = Brand::default().reached_at(self.contact.read()?);
        if let Some(logo) = &self.logo {
            let path = folder.join(logo);
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            brand = brand.with_logo(bytes).with_context(|| format!("brand.logo, {}", path.display()))?;
        }
        let colour = |text: &Option<String>| text.as_deref().map(str::parse::<Colour>).transpose();
        let dark = colour(&self.accent_dark).context("brand.accent-dark")?;
        match colour(&self.accent).context("brand.accent")? {
            Some(light) => brand = brand.with_accent(&Accent::new(light, dark).context("brand.accent")?),
            None if dark.is_some() => bail!("brand.accent-dark goes with brand.accent"),
            None => {}
        }
        brand.terms = documents("terms", &self.terms, folder)?;
        brand.privacy = documents("privacy", &self.privacy, folder)?;
        Ok(brand)
    }
}

impl ContactOptions {
    fn read(&self) -> anyhow::Result<Contact> {
        if let Some(email) = &self.email
            && email.parse::<lettre::Address>().is_err()
        {
            bail!("brand.contact.email: {email:?} is no e-mail address");
        }
        Ok(Contact {
            text: self.text.clone(),
            email: self.email.clone(),
            telephone: self.telephone.clone(),
            address: self.address.clone(),
        })
    }
}

fn documents(what: &str, files: &BTreeMap<String, PathBuf>, folder: &Path) -> anyhow::Result<Documents> {
    let mut documents = Documents::default();
    for (tag, file) in files {
        let known = locale::locales().iter().find(|locale| locale.tag() == tag);
        let Some(known) = known else {
            let tags: Vec<_> = locale::locales().iter().map(locale::Locale::tag).collect();
            bail!("brand.{what}.{tag}: there are no pages in this language, but in {}", tags.join(", "));
        };
        let path = folder.join(file);
        let reading = || format!("brand.{what}.{tag}: cannot read {}", path.display());
        if std::fs::metadata(&path).with_context(reading)?.len() > DOCUMENT_LIMIT {
            bail!("brand.{what}.{tag}: {} has more than {DOCUMENT_LIMIT} bytes", path.display());
        }
        documents.add(known.tag(), &std::fs::read_to_string(&path).with_context(reading)?);
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brand(toml: &str, files: &[(&str, &str)]) -> anyhow::Result<Brand> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        toml::from_str::<BrandOptions>(toml).expect("a brand").read(folder.path())
    }

    #[test]
    fn a_brand_is_read_with_its_files() {
        let toml = "name = \"Northside\"\nlogo = \"logo.svg\"\naccent = \"#7a2e5d\"\n[contact]\nemail = \"a@b.example\"\n[terms]\nar = \"terms.md\"";
        let files = [("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), ("terms.md", "مرحبا")];
        let brand = brand(toml, &files).expect("good");
        assert!(brand.logo().is_some() && brand.colours().is_some());
        assert_eq!(brand.contact().and_then(|contact| contact.email.as_deref()), Some("a@b.example"));
        assert_eq!(brand.terms.in_language("en").expect("one").0, "ar");
    }

    #[test]
    fn what_cannot_be_shown_or_read_is_refused_with_what_would_do() {
        for (toml, says) in [
            ("name = \"\"", "brand.name"),
            ("name = \"A name that is too long for a phone\"", "24"),
            ("logo = \"nowhere.png\"", "nowhere.png"),
            ("logo = \"x.txt\"", "PNG or SVG"),
            ("accent = \"#ffcc00\"", "would do"),
            ("accent = \"yellow\"", "is no colour"),
            ("accent-dark = \"#ffffff\"", "goes with"),
            ("[contact]\nemail = \"nobody\"", "no e-mail address"),
            ("[terms]\ntlh = \"x.txt\"", "no pages in this language"),
            ("[privacy]\nen = \"nowhere.md\"", "nowhere.md"),
        ] {
            let error = format!("{:#}", brand(toml, &[("x.txt", "x")]).expect_err(toml));
            assert!(error.contains(says), "{toml}: {error}");
        }
        assert!(
            toml::from_str::<BrandOptions>("colour = \"#000000\"").is_err(),
            "a misspelt name is refused"
        );
    }
}
