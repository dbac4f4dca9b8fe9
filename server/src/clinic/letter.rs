//! The letter that a patient takes home: a page to be printed.

use qrcode::QrCode;
use qrcode::render::svg;

use super::wording::Language;

/// What stands in it.
pub struct Letter {
    /// What the code is for.
    pub purpose: Purpose,
    /// Who writes.
    pub clinic: String,
    /// Where to ask.
    pub phone: Option<String>,
    /// To whom.
    pub name: String,
    /// The pickup code.
    pub code: String,
    /// The Shell's address.
    pub shell: String,
    /// The answer, where it was made; it stands on a slip of its own.
    pub slip: Option<String>,
    /// In which language.
    pub language: Language,
    /// For whom small letters are hard to read.
    pub large: bool,
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To share a record with the clinic.
    Connect,
    /// To pick up so many files. What they are stands nowhere: a letter may be read by others.
    DropOff {
        /// How many.
        files: usize,
    },
}

impl Purpose {
    /// Where the Shell begins with the code.
    fn target(self) -> &'static str {
        match self {
            Purpose::Connect => "CONNECT",
            Purpose::DropOff { .. } => "PICKUP",
        }
    }

    /// The text of this purpose.
    fn key(self, text: &str) -> String {
        match self {
            Purpose::Connect => format!("connect-{text}"),
            Purpose::DropOff { .. } => format!("drop-off-{text}"),
        }
    }

    fn files(self) -> usize {
        match self {
            Purpose::Connect => 0,
            Purpose::DropOff { files } => files,
        }
    }
}

impl Letter {
    /// The page.
    pub fn html(&self) -> anyhow::Result<String> {
        let words = self.language.wording();
        let shell = self.shell.trim_end_matches('/');
        let target = self.purpose.target();
        let whole = format!("{shell}/redirect.aspx?target={target}&targetqs=packageid%3d{}", self.code);
        let qr = square(&whole, &words.say("square"))?;
        let lead = [("clinic", apart(&self.clinic).into()), ("files", words.count(self.purpose.files()))];
        let lead = words.say_of(&self.purpose.key("lead"), &lead);
        let step = words.say(&self.purpose.key(if self.slip.is_some() { "step-slip" } else { "step-own" }));
        let address = format!("{}/connect", shell.trim_start_matches("https://"));
        let go = words.say_of("step-address", &[("address", as_it_is("address", &address).into())]);
        let ask = match &self.phone {
            Some(phone) => words.say_of("ask-phone", &[("phone", as_it_is("phone", phone).into())]),
            None => words.say("ask-desk"),
        };
        let slip = self.slip.as_deref().map_or_else(String::new, |answer| {
            format!(
                "<section class=\"slip\"><p class=\"cut\">{}</p><p>{}</p><p lang=\"en\">{}</p></section>",
                words.say("cut"),
                words.say("your-words"),
                as_it_is("words", answer),
            )
        });
        let greeting = words.say_of("greeting", &[("name", apart(&self.name).into())]);
        let fields = [
            ("{language}", self.language.tag().to_owned()),
            ("{direction}", self.language.direction().to_owned()),
            ("{size}", if self.large { "18" } else { "12.5" }.to_owned()),
            ("{title}", words.say("title")),
            ("{clinic}", apart(&self.clinic)),
            ("{greeting}", greeting),
            ("{lead}", lead),
            ("{code}", escaped(&self.code)),
            ("{go}", go),
            ("{sign-in}", words.say("step-sign-in")),
            ("{step}", step),
            ("{limits}", words.say(&self.purpose.key("limits"))),
            ("{never}", words.say("never")),
            ("{ask}", ask),
            ("{slip}", slip),
            ("{qr}", qr),
        ];
        Ok(filled(include_str!("letter.html"), &fields))
    }
}

/// A square to scan, as a picture that stands within a page.
fn square(address: &str, label: &str) -> anyhow::Result<String> {
    let qr = QrCode::new(address.as_bytes())?.render::<svg::Color<'_>>().quiet_zone(true).build();
    let qr = qr.trim_start_matches(r#"<?xml version="1.0" standalone="yes"?>"#);
    Ok(qr.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(label)), 1))
}

/// Puts each field where it is named; what a field says is not looked into.
fn filled(template: &str, fields: &[(&str, String)]) -> String {
    let mut page = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        page.push_str(before);
        match fields.iter().find(|(name, _)| from.starts_with(name)) {
            Some((name, value)) => {
                page.push_str(value);
                rest = from.get(name.len()..).unwrap_or_default();
            }
            None => {
                page.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    page.push_str(rest);
    page
}

/// What somebody wrote, in a sentence of ours: neither changes the order of the other's words.
fn apart(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

/// What is typed or dialled, from left to right in every language.
fn as_it_is(class: &str, text: &str) -> String {
    format!("<bdi dir=\"ltr\" class=\"{class}\">{}</bdi>", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(slip: Option<&str>) -> Letter {
        Letter {
            purpose: Purpose::Connect,
            clinic: "Larkfield Clinic & Sons".to_owned(),
            phone: Some("555 0100".to_owned()),
            name: "<Ada> {clinic}".to_owned(),
            code: "JKYZ-QNMN-VHRX-ZGNR-GZNH".to_owned(),
            shell: "https://records.example.org/".to_owned(),
            slip: slip.map(str::to_owned),
            language: Language::En,
            large: false,
        }
    }

    #[test]
    fn a_letter_says_who_asks_the_code_and_where_to_go() {
        let html = letter(Some("river stone lamp cloud")).html().expect("a page");
        for part in [
            "Larkfield Clinic &amp; Sons",
            "<bdi>&lt;Ada&gt; {clinic}</bdi>, here is a code",
            "JKYZ-QNMN-VHRX-ZGNR-GZNH",
            "records.example.org/connect",
            "555 0100",
            "river stone lamp cloud",
            "<svg role=\"img\"",
        ] {
            assert!(html.contains(part), "{part}");
        }
        assert!(!html.contains("<script") && !html.contains("http://www.example"));
    }

    #[test]
    fn where_the_patient_knows_the_answer_there_is_no_slip() {
        let html = letter(None).html().expect("a page");
        assert!(!html.contains("class=\"slip\"") && html.contains("question that you agreed on"));
    }

    #[test]
    fn the_letter_of_a_package_says_how_much_there_is_and_not_what() {
        for (files, said) in [(1, "</bdi> has left 1 file for you"), (12, "</bdi> has left 12 files for you")]
        {
            let purpose = Purpose::DropOff { files };
            let html = Letter { purpose, ..letter(Some("river stone lamp cloud")) }.html().expect("a page");
            for part in [
                said,
                "<bdi>Larkfield Clinic &amp; Sons</bdi> gets no access to your record",
                "is not told whether you picked anything up",
                "choose the record that it is for",
                "and once",
                "river stone lamp cloud",
                "JKYZ-QNMN-VHRX-ZGNR-GZNH",
            ] {
                assert!(html.contains(part), "{part}");
            }
            assert!(!html.contains("choose what to share") && !html.contains("{lead}"));
        }
    }

    #[test]
    fn a_letter_is_in_the_language_of_the_patient() {
        for (language, title, part) in [
            (Language::De, "Gesundheitsakte", "hat 3 Dateien für Sie hinterlegt"),
            (Language::Es, "historia de salud", "ha dejado 3 archivos"),
            (Language::Fr, "dossier de santé", "a déposé 3 fichiers"),
            (Language::Ar, "سجلك الصحي", "3 ملفات"),
        ] {
            let purpose = Purpose::DropOff { files: 3 };
            let html = Letter { purpose, language, ..letter(Some("lamp")) }.html().expect("a page");
            let (tag, direction) = (language.tag(), language.direction());
            assert!(html.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{html}");
            assert!(html.contains(title) && html.contains(part), "{html}");
            assert!(html.contains("class=\"address\">records.example.org/connect</bdi>"), "{html}");
            assert!(!html.contains("Sign in"), "{html}");
        }
    }

    #[test]
    fn in_a_letter_from_right_to_left_what_is_typed_or_dialled_stays_as_it_is() {
        let html = Letter { language: Language::Ar, ..letter(Some("river stone")) }.html().expect("a page");
        for part in [
            "<p dir=\"ltr\" class=\"code\">JKYZ-",
            "<bdi dir=\"ltr\" class=\"address\">records.",
            "<bdi dir=\"ltr\" class=\"phone\">555 0100</bdi>",
            "<p lang=\"en\"><bdi dir=\"ltr\" class=\"words\">river stone</bdi>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn nothing_in_a_letter_runs_loads_or_turns_the_rest_round() {
        let evil = |number: u8| {
            format!("k{number}k{{code}}<xss onload=x>\"onfocus=\"x<script>x</script>\u{202e}\u{2069}")
        };
        for language in [Language::En, Language::Ar] {
            let html = Letter {
                purpose: Purpose::DropOff { files: 3 },
                clinic: evil(1),
                phone: Some(evil(2)),
                name: evil(3),
                code: evil(4),
                shell: format!("https://{}", evil(5)),
                slip: Some(evil(6)),
                language,
                large: true,
            };
            let html = html.html().expect("a page");
            for bad in ["<xss", "<script", "\"onfocus", "src=", "url(", "@import", "<link", "<iframe"] {
                assert!(!html.contains(bad), "{bad} in {html}");
            }
            for number in 1..=6 {
                let shown = format!("k{number}k{{code}}&lt;xss");
                assert!(html.contains(&shown), "{number}: {html}");
                // The code stands in a paragraph of its own; all others stand within sentences.
                for (at, _) in html.match_indices(&shown).filter(|_| number != 4) {
                    let before =
                        html.get(..at).and_then(|before| before.rsplit('<').next()).unwrap_or_default();
                    assert!(before.starts_with("bdi"), "{number} is not set apart: <{before}");
                }
            }
        }
    }
}
