//! What letters say, in the patient's language. The words of an answer stay as they are: people type what
//! they read.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use keepwell_web::locale;
use unic_langid::LanguageIdentifier;

/// A language of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

impl Language {
    /// The tag for a `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::De => "de",
            Language::Es => "es",
            Language::Fr => "fr",
            Language::Ar => "ar",
        }
    }

    /// The word for a `dir` attribute.
    pub fn direction(self) -> &'static str {
        match self {
            Language::En | Language::De | Language::Es | Language::Fr => "ltr",
            Language::Ar => "rtl",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Language::En => include_str!("letters/en.ftl"),
            Language::De => include_str!("letters/de.ftl"),
            Language::Es => include_str!("letters/es.ftl"),
            Language::Fr => include_str!("letters/fr.ftl"),
            Language::Ar => include_str!("letters/ar.ftl"),
        }
    }

    /// The texts.
    pub fn wording(self) -> Wording {
        let language: LanguageIdentifier = self.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![language]);
        // Marks around arguments would end up in what people copy; the letter's markup sets them apart.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(locale::said));
        // What does not parse is left out, and a test finds it missing.
        let resource = match FluentResource::try_new(self.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        Wording { bundle, language: self }
    }
}

/// The texts of one language.
pub struct Wording {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Wording {
    /// A text without arguments.
    pub fn say(&self, key: &str) -> String {
        self.say_of(key, &[])
    }

    /// A number of things, which chooses the form of a text.
    pub fn count(&self, count: usize) -> FluentValue<'static> {
        locale::counted(u32::try_from(count).unwrap_or(u32::MAX), self.language.tag()).into()
    }

    /// A text with arguments.
    pub fn say_of(&self, key: &str, given: &[(&'static str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = given.iter().map(|(name, value)| (*name, value.clone())).collect();
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else { return key.to_owned() };
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    fn keys(language: Language) -> Vec<&'static str> {
        language.source().lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key).collect()
    }

    /// The arguments that a text names.
    fn arguments(source: &'static str, key: &str) -> Vec<&'static str> {
        let from = source.find(&format!("{key} = ")).expect(key);
        let text = source.get(from..).unwrap_or_default();
        let text = text
            .split("\n}")
            .next()
            .filter(|_| text.starts_with("drop-off-lead"))
            .unwrap_or_else(|| text.lines().next().unwrap_or_default());
        let mut found: Vec<_> =
            text.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn every_language_says_everything_with_the_same_arguments() {
        let english = Language::En;
        for language in Language::value_variants() {
            assert_eq!(keys(*language), keys(english), "{language:?}");
            assert!(FluentResource::try_new(language.source().to_owned()).is_ok());
            assert!(!language.source().contains(['<', '&']), "a letter takes the texts for markup");
            for key in keys(english) {
                assert_eq!(
                    arguments(language.source(), key),
                    arguments(english.source(), key),
                    "{language:?} {key}"
                );
                assert_ne!(language.wording().say(key), key, "{language:?}");
            }
        }
    }

    #[test]
    fn one_file_is_said_as_one() {
        let lead = |language: Language, files: usize| {
            let clinic = ("clinic", FluentValue::from("Larkfield"));
            let words = language.wording();
            words.say_of("drop-off-lead", &[clinic, ("files", words.count(files))])
        };
        assert!(lead(Language::En, 1).starts_with("Larkfield has left 1 file for you. With"));
        assert!(lead(Language::De, 1).starts_with("Larkfield hat 1 Datei für Sie hinterlegt. Mit"));
        assert!(lead(Language::Es, 12).starts_with("Larkfield ha dejado 12 archivos para usted. Con"));
        assert!(lead(Language::Fr, 2).starts_with("Larkfield a déposé 2 fichiers pour vous. Avec"));
    }

    #[test]
    fn arabic_tells_numbers_of_files_apart_in_six_forms() {
        let lead = |files: usize| {
            let clinic = ("clinic", FluentValue::from("لارك"));
            let words = Language::Ar.wording();
            words.say_of("drop-off-lead", &[clinic, ("files", words.count(files))])
        };
        for (files, said) in [
            (0, "لارك أي ملف."),
            (1, "لارك ملفاً واحداً."),
            (2, "لارك ملفين."),
            (3, "لارك 3 ملفات."),
            (11, "لارك 11 ملفاً."),
            (100, "لارك 100 ملف."),
            (103, "لارك 103 ملفات."),
        ] {
            assert!(lead(files).contains(&format!("{said} بهذا")), "{files}: {}", lead(files));
        }
    }
}
