//! What the people who run a server put on it: their logo, their colour, how they are reached, and their own
//! terms. All of it is checked before the server starts, and nothing of it comes from elsewhere.

mod colour;
mod document;
mod logo;

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use bytes::Bytes;

pub use colour::{Accent, Colour, ColourError};
pub use logo::{LOGO_LIMIT, LogoError};

use crate::locale::Markup;

/// A file of the brand at an address with a hash of its content, so that browsers may keep it for ever.
#[derive(Clone, Debug)]
pub struct Served {
    path: String,
    kind: &'static str,
    body: Bytes,
}

impl Served {
    fn new(name: &str, ending: &str, kind: &'static str, body: Bytes) -> Self {
        let hash = digest::digest(&digest::SHA256, &body);
        let hash: String = hash.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { path: format!("/brand/{name}.{hash}.{ending}"), kind, body }
    }

    /// Its address.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is served there.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

/// How the people who run a server are reached. What is not there is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// A few words, such as hours.
    pub text: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number, as people write it.
    pub telephone: Option<String>,
    /// Where they are, in lines.
    pub address: Option<String>,
}

impl Contact {
    /// The number as a link has it, if it has digits.
    pub fn dialled(&self) -> Option<String> {
        let number = self.telephone.as_deref()?;
        let digits: String = number.chars().filter(|c| c.is_ascii_digit()).collect();
        let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
        (!digits.is_empty()).then(|| format!("tel:{plus}{digits}"))
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A document of the host's in its languages, by their tags.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    texts: BTreeMap<&'static str, Markup>,
    /// The server's own language, for readers of whose language there is no text.
    usual: Option<&'static str>,
}

impl Documents {
    /// None yet, on a server that speaks this language where it lacks another.
    pub fn usually_in(tag: &'static str) -> Self {
        Self { texts: BTreeMap::new(), usual: Some(tag) }
    }

    /// The document in this language, else in the server's own, in English, or in any: its language, and the
    /// markup.
    pub fn in_language(&self, tag: &str) -> Option<(&'static str, &Markup)> {
        let known = |tag: &str| self.texts.get_key_value(tag);
        known(tag)
            .or_else(|| known(self.usual?))
            .or_else(|| known("en"))
            .or_else(|| self.texts.first_key_value())
            .map(|(tag, text)| (*tag, text))
    }

    /// Takes a document in Markdown. Markup of its own in it is shown as text.
    pub fn add(&mut self, tag: &'static str, markdown: &str) {
        self.texts.insert(tag, document::markup(markdown));
    }
}

/// The brand of a server.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    logo: Option<Served>,
    colours: Option<Served>,
    contact: Contact,
    /// The terms of use, in the place of ours.
    pub terms: Documents,
    /// How data are kept, in the place of what we say.
    pub privacy: Documents,
}

impl Brand {
    /// With this logo.
    ///
    /// # Errors
    /// `LogoError` if it is no picture that can be shown safely.
    pub fn with_logo(self, bytes: Vec<u8>) -> Result<Self, LogoError> {
        let (kind, ending) = logo::check(&bytes)?;
        Ok(Self { logo: Some(Served::new("logo", ending, kind, bytes.into())), ..self })
    }

    /// With this colour for what can be done.
    #[must_use]
    pub fn with_accent(self, accent: &Accent) -> Self {
        let style = accent.style().into_bytes();
        Self { colours: Some(Served::new("colours", "css", "text/css; charset=utf-8", style.into())), ..self }
    }

    /// Reached like this.
    #[must_use]
    pub fn reached_at(self, contact: Contact) -> Self {
        Self { contact, ..self }
    }

    /// The address of the logo, if there is one.
    pub fn logo(&self) -> Option<&str> {
        self.logo.as_ref().map(Served::path)
    }

    /// The address of the colours, if they are not ours.
    pub fn colours(&self) -> Option<&str> {
        self.colours.as_ref().map(Served::path)
    }

    /// How to reach whoever runs the server, if they say.
    pub fn contact(&self) -> Option<&Contact> {
        Some(&self.contact).filter(|contact| !contact.is_empty())
    }

    /// The files that are served.
    pub fn files(&self) -> impl Iterator<Item = &Served> {
        self.logo.iter().chain(&self.colours)
    }

    /// Serves them.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.files().cloned().fold(Router::new(), |router, file| {
            let path = file.path.clone();
            router.route(&path, get(move || std::future::ready(serve(&file))))
        })
    }

    /// A brand for samples, with everything that a brand can have.
    pub fn for_samples() -> Self {
        const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#7a2e5d"/><path d="M6 13l4 4 8-9" fill="none" stroke="#fff" stroke-width="3"/></svg>"##;
        let mut brand = Self::default().reached_at(Contact {
            text: Some("Monday to Friday, 9 to 17".into()),
            email: Some("help@northside.example".into()),
            telephone: Some("+46 (0)8 555 01 00".into()),
            address: Some("Storgatan 1\n111 22 Stockholm".into()),
        });
        if let Ok(accent) = Accent::new(Colour::new(0x7a, 0x2e, 0x5d), None) {
            brand = brand.with_accent(&accent);
        }
        brand.terms.add("en", "Be **kind**.\n\n## What is yours\n\nEverything that you put in.");
        brand.clone().with_logo(LOGO.into()).unwrap_or(brand)
    }
}

fn serve(file: &Served) -> axum::response::Response {
    // A picture that somebody opens by its address is alone, too: nothing in it runs or fetches.
    let headers = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (StatusCode::OK, headers, file.body.clone()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_logo_is_served_alone_and_kept_for_ever() {
        let brand = Brand::for_samples();
        let request = Request::get(brand.logo().unwrap()).body(Body::empty()).unwrap();
        let response = brand.router::<()>().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "image/svg+xml");
        assert!(response.headers()["content-security-policy"].to_str().unwrap().starts_with("sandbox;"));
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    }

    #[test]
    fn a_document_is_read_in_the_readers_language_or_the_next_best() {
        let mut documents = Documents::default();
        assert!(documents.in_language("ar").is_none());
        documents.add("ar", "مرحبا");
        assert_eq!(documents.in_language("en").unwrap().0, "ar");
        documents.add("en", "Hello");
        assert_eq!(documents.in_language("ar").unwrap().0, "ar");
        assert_eq!(documents.in_language("sv").unwrap().0, "en");
        documents.usual = Some("ar");
        assert_eq!(documents.in_language("sv").unwrap().0, "ar", "the server's own language");
    }

    #[test]
    fn a_number_is_dialled_by_its_digits() {
        let contact = |telephone: &str| Contact { telephone: Some(telephone.into()), ..Contact::default() };
        assert_eq!(contact("+46 (0)8 555").dialled().as_deref(), Some("tel:+4608555"));
        assert_eq!(contact("at the desk").dialled(), None);
    }
}
