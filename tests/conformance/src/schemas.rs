//! The public schemas, where they and `xmllint` are at hand. They stay outside the project.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What two imported schemas declare that are not among the public ones, as far as it is referred to.
const XML: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>"#;
const SIGNATURE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/2000/09/xmldsig#"><xs:element name="Signature"/></xs:schema>"#;

/// A folder of them, completed.
pub struct Schemas {
    folder: tempfile::TempDir,
}

impl Schemas {
    /// The schemas beside the project, with those two; `None`, said aloud, when they are not there.
    #[must_use]
    pub fn at_hand() -> Option<Self> {
        let public = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/xsd");
        let tool = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_ok();
        if !public.is_dir() || !tool {
            let why = "no schemas beside the project, or no xmllint";
            let _ = writeln!(std::io::stderr(), "SKIPPED validation of answers: {why}");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(public).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        let schemas = Self { folder };
        schemas.complete();
        Some(schemas)
    }

    /// Adds what the published set lacks.
    fn complete(&self) {
        let folder = self.folder.path();
        fs::write(folder.join("xml.xsd"), XML).unwrap();
        fs::write(folder.join("xmldsig-core-schema.xsd"), SIGNATURE).unwrap();
        // One is imported under another spelling, and one forgets to import the first.
        fs::copy(folder.join("meaningful-use.xsd"), folder.join("Meaningful-Use.xsd")).unwrap();
        let vocabulary = folder.join("vocab.xsd");
        let text = fs::read_to_string(&vocabulary).unwrap();
        let start = text.find("schema").and_then(|at| text[at..].find('>').map(|end| at + end + 1)).unwrap();
        let prefix = text[..start].rsplit('<').next().unwrap().split("schema").next().unwrap().to_owned();
        let import = format!(
            "<{prefix}import namespace=\"http://www.w3.org/XML/1998/namespace\" schemaLocation=\"xml.xsd\"/>"
        );
        fs::write(&vocabulary, format!("{}{import}{}", &text[..start], &text[start..])).unwrap();
    }

    /// Whether there is such a schema.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.folder.path().join(format!("{name}.xsd")).is_file()
    }

    /// What `xmllint` says against this document, if anything.
    #[must_use]
    pub fn refuse(&self, name: &str, document: &str) -> Option<String> {
        self.refuse_any(name, &[document])
    }

    /// The same for many documents at once.
    #[must_use]
    pub fn refuse_any<D: AsRef<str>>(&self, name: &str, documents: &[D]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..documents.len()).map(|at| folder.path().join(format!("{at}.xml"))).collect();
        for (path, document) in paths.iter().zip(documents) {
            fs::write(path, document.as_ref()).unwrap();
        }
        let schema = self.folder.path().join(format!("{name}.xsd"));
        let checked = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(schema)
            .args(&paths)
            .output()
            .unwrap();
        (!checked.status.success()).then(|| String::from_utf8_lossy(&checked.stderr).into_owned())
    }

    /// The same for the info of a request, which stands in no namespace but is checked in its schema's
    /// (methods.md 2.1).
    #[must_use]
    pub fn refuse_request(&self, name: &str, info: &str) -> Option<String> {
        let schema = fs::read_to_string(self.folder.path().join(format!("{name}.xsd"))).unwrap();
        let target = schema.split("targetNamespace").nth(1).unwrap().split(['"', '\'']).nth(1).unwrap();
        let moved = info.replacen("<info", &format!("<asked:info xmlns:asked=\"{target}\""), 1);
        let moved = match moved.strip_suffix("</info>") {
            Some(start) => format!("{start}</asked:info>"),
            None => moved,
        };
        self.refuse(name, &moved)
    }
}
