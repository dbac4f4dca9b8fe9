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
    /// The terms of use, in Markdown.
    terms: DocumentFiles,
    /// How data are kept, in Markdown.
    privacy: DocumentFiles,
}

/// The files of a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum DocumentFiles {
    /// One, in the server's own language. Beside `terms.md` that in Arabic is `terms.ar.md`.
    Beside(PathBuf),
    /// A file a language.
    Named(BTreeMap<String, PathBuf>),
}

impl Default for DocumentFiles {
    fn default() -> Self {
        Self::Named(BTreeMap::new())
    }
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
    /// The brand, with its files from this folder, on a server that speaks this language by default.
    pub fn read(&self, folder: &Path, usual: &'static str) -> anyhow::Result<Brand> {
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
        brand.terms = self.terms.read("terms", folder, usual)?;
        brand.privacy = self.privacy.read("privacy", folder, usual)?;
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

impl DocumentFiles {
    fn read(&self, what: &str, folder: &Path, usual: &'static str) -> anyhow::Result<Documents> {
        let mut documents = Documents::usually_in(usual);
        match self {
            Self::Beside(file) => {
                let path = folder.join(file);
                documents.add(usual, &document(&format!("brand.{what}"), &path)?);
                for (tag, path) in beside(&path) {
                    documents.add(tag, &document(&format!("brand.{what}"), &path)?);
                }
            }
            Self::Named(files) => {
                for (tag, file) in files {
                    let known = locale::locales().iter().find(|locale| locale.tag() == tag);
                    let Some(known) = known else {
                        let tags: Vec<_> = locale::locales().iter().map(locale::Locale::tag).collect();
                        bail!(
                            "brand.{what}.{tag}: there are no pages in this language, but in {}",
                            tags.join(", ")
                        );
                    };
                    documents
                        .add(known.tag(), &document(&format!("brand.{what}.{tag}"), &folder.join(file))?);
                }
            }
        }
        Ok(documents)
    }
}

/// The same document in other languages, where it is there: `terms.ar.md` beside `terms.md`.
fn beside(path: &Path) -> Vec<(&'static str, PathBuf)> {
    let ending = path.extension().unwrap_or_default();
    let named = |tag: &str| path.with_extension(tag).with_added_extension(ending);
    let all = locale::locales().iter().map(|locale| (locale.tag(), named(locale.tag())));
    all.filter(|(_, path)| path.is_file()).collect()
}

fn document(what: &str, path: &Path) -> anyhow::Result<String> {
    let reading = || format!("{what}: cannot read {}", path.display());
    if std::fs::metadata(path).with_context(reading)?.len() > DOCUMENT_LIMIT {
        bail!("{what}: {} has more than {DOCUMENT_LIMIT} bytes", path.display());
    }
    std::fs::read_to_string(path).with_context(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brand(toml: &str, files: &[(&str, &str)]) -> anyhow::Result<Brand> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        toml::from_str::<BrandOptions>(toml).expect("a brand").read(folder.path(), "en")
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
    fn a_document_is_there_in_each_language_that_has_a_file_beside_it() {
        let files = [("terms.md", "Be kind."), ("terms.ar.md", "كن لطيفاً."), ("terms.tlh.md", "no")];
        let here = brand("terms = \"terms.md\"\nprivacy = \"terms.ar.md\"", &files).expect("good");
        let said = |documents: &Documents, reader: &str| {
            let (tag, text) = documents.in_language(reader).expect("one");
            (tag, text.to_string().contains("Be kind"))
        };
        assert_eq!((said(&here.terms, "en"), said(&here.terms, "ar")), (("en", true), ("ar", false)));
        assert_eq!(said(&here.privacy, "ar").0, "en", "what stands alone is in the server's own language");
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
            ("privacy = \"nowhere.md\"", "brand.privacy: cannot read"),
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
