//! The letter that a patient takes home: a page to be printed.

use std::borrow::Cow;

use qrcode::QrCode;
use qrcode::render::svg;

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

    /// What the clinic gives, and what the person gives for it.
    fn lead(self, clinic: &str) -> String {
        match self {
            Purpose::Connect => format!(
                "With this code you can let {clinic} see what you choose in a health record that is yours, and \
                 keep it up to date. It is up to you. You see what we ask for before you agree, and you can \
                 stop it at any time."
            ),
            Purpose::DropOff { files } => {
                let what = match files {
                    1 => "1 file".to_owned(),
                    files => format!("{files} files"),
                };
                format!(
                    "{clinic} has left {what} for you. With this code you put them into a health record that is \
                     yours. You see what they are before you agree. {clinic} gets no access to your record, \
                     and is not told whether you picked them up."
                )
            }
        }
    }

    /// The last of the steps.
    fn step(self, has_slip: bool) -> String {
        let answer = match has_slip {
            true => "Type the words from the slip below",
            false => "Answer the question that you agreed on with us",
        };
        match self {
            Purpose::Connect => format!("{answer}, and choose what to share."),
            Purpose::DropOff { .. } => format!("{answer}, and choose the record that it is for."),
        }
    }

    /// For how long, and what to beware of.
    fn limits(self) -> &'static str {
        match self {
            Purpose::Connect => "The code can be used for four weeks.",
            Purpose::DropOff { .. } => {
                "The code can be used for four weeks, and once. After three wrong answers nobody can use it any more."
            }
        }
    }
}

impl Letter {
    /// The page.
    pub fn html(&self) -> anyhow::Result<String> {
        let shell = self.shell.trim_end_matches('/');
        let target = self.purpose.target();
        let whole = format!("{shell}/redirect.aspx?target={target}&targetqs=packageid%3d{}", self.code);
        let qr = QrCode::new(whole.as_bytes())?.render::<svg::Color<'_>>().quiet_zone(true).build();
        // The picture stands within a page of its own language.
        let qr = qr.trim_start_matches(r#"<?xml version="1.0" standalone="yes"?>"#);
        let qr =
            qr.replacen("<svg ", "<svg role=\"img\" aria-label=\"The same address and code, to scan\" ", 1);
        let step = self.purpose.step(self.slip.is_some());
        let lead = self.purpose.lead(&self.clinic);
        let ask = match &self.phone {
            Some(phone) => format!("Is anything unclear? Call us: {phone}."),
            None => "Is anything unclear? Ask at our desk.".to_owned(),
        };
        let slip = self.slip.as_deref().map_or_else(String::new, |words| {
            format!(
                "<section class=\"slip\"><p class=\"cut\">Cut here. Keep this slip apart from the letter.</p>\
                 <p>Your words:</p><p class=\"words\">{}</p></section>",
                escaped(words)
            )
        });
        let address = format!("{}/connect", shell.trim_start_matches("https://"));
        let fields = [
            ("{size}", if self.large { "18" } else { "12.5" }),
            ("{clinic}", &escaped(&self.clinic)),
            ("{name}", &escaped(&self.name)),
            ("{code}", &escaped(&self.code)),
            ("{address}", &escaped(&address)),
            ("{lead}", &escaped(&lead)),
            ("{step}", &step),
            ("{limits}", self.purpose.limits()),
            ("{ask}", &escaped(&ask)),
            ("{slip}", &slip),
            ("{qr}", &qr),
        ];
        Ok(filled(include_str!("letter.html"), &fields))
    }
}

/// Puts each field where it is named; what a field says is not looked into.
fn filled(template: &str, fields: &[(&str, &str)]) -> String {
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

fn escaped(text: &str) -> Cow<'_, str> {
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
    Cow::Owned(out)
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
            large: false,
        }
    }

    #[test]
    fn a_letter_says_who_asks_the_code_and_where_to_go() {
        let html = letter(Some("river stone lamp cloud")).html().expect("a page");
        for part in [
            "Larkfield Clinic &amp; Sons",
            "&lt;Ada&gt; {clinic}, here is a code",
            "JKYZ-QNMN-VHRX-ZGNR-GZNH",
            "records.example.org/connect",
            "555 0100",
            "river stone lamp cloud",
            "<svg role=\"img\"",
        ] {
            assert!(html.contains(part), "{part}: {html}");
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
        for (files, said) in [(1, "has left 1 file for you"), (12, "has left 12 files for you")] {
            let purpose = Purpose::DropOff { files };
            let html = Letter { purpose, ..letter(Some("river stone lamp cloud")) }.html().expect("a page");
            for part in [
                said,
                "Larkfield Clinic &amp; Sons gets no access to your record",
                "is not told whether you picked them up",
                "choose the record that it is for",
                "and once",
                "river stone lamp cloud",
                "JKYZ-QNMN-VHRX-ZGNR-GZNH",
            ] {
                assert!(html.contains(part), "{part}: {html}");
            }
            assert!(!html.contains("choose what to share") && !html.contains("{lead}"));
        }
    }
}
