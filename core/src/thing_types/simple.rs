//! Text types: a kind of XML Schema 1.0 and what narrows it.

use super::structure::TypeRef;

/// The kinds of text that the catalogue builds on, by the names of XML Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// `string`: any text, white space kept.
    String,
    /// `boolean`.
    Boolean,
    /// `integer` and its kin, by its bounds.
    Integer {
        /// Which.
        name: &'static str,
        /// The least.
        min: i128,
        /// The greatest.
        max: i128,
    },
    /// `decimal`: digits and a point.
    Decimal,
    /// `double`, with exponent, INF and NaN.
    Double,
    /// `dateTime`.
    DateTime,
    /// `date`.
    Date,
    /// `time`.
    Time,
    /// `anyURI`.
    AnyUri,
}

impl Primitive {
    const INTEGERS: [(&'static str, i128, i128); 6] = [
        ("int", i32::MIN as i128, i32::MAX as i128),
        ("long", i64::MIN as i128, i64::MAX as i128),
        ("unsignedInt", 0, u32::MAX as i128),
        ("integer", i128::MIN, i128::MAX),
        ("positiveInteger", 1, i128::MAX),
        ("nonNegativeInteger", 0, i128::MAX),
    ];

    /// The kind with this name in XML Schema. Its names begin where those of our types end: a `date` or a
    /// `time` is ours, and the kinds of XML Schema with these names are `xs:date` and `xs:time`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "boolean" => Self::Boolean,
            "decimal" => Self::Decimal,
            "double" => Self::Double,
            "dateTime" => Self::DateTime,
            "xs:date" => Self::Date,
            "xs:time" => Self::Time,
            "anyURI" => Self::AnyUri,
            _ => {
                let (name, min, max) = Self::INTEGERS.into_iter().find(|(n, ..)| *n == name)?;
                Self::Integer { name, min, max }
            }
        })
    }

    /// Its name in XML Schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer { name, .. } => name,
            Self::Decimal => "decimal",
            Self::Double => "double",
            Self::DateTime => "dateTime",
            Self::Date => "date",
            Self::Time => "time",
            Self::AnyUri => "anyURI",
        }
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer { .. } | Self::Decimal | Self::Double)
    }
}

/// A type of text.
#[derive(Clone, Debug)]
pub struct Simple {
    /// What it is in the end.
    pub primitive: Primitive,
    /// The named type that it narrows, if it narrows one rather than a kind of XML Schema.
    pub base: Option<TypeRef>,
    /// What it narrows itself.
    pub own: Facets,
    /// What holds in all, its base's facets included.
    pub facets: Facets,
}

impl Simple {
    /// The name of what it is, if it adds nothing to it.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        let narrows = self.own != Facets::default();
        (!narrows).then(|| self.base.map_or(self.primitive.name(), TypeRef::name))
    }
}

/// What narrows a kind of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// Only these, if any.
    pub values: Vec<&'static str>,
    /// All of these must fit the whole text.
    pub patterns: Vec<Pattern>,
    /// The least number.
    pub min: Option<Bound>,
    /// The greatest number.
    pub max: Option<Bound>,
    /// The least number of characters.
    pub min_length: Option<usize>,
    /// The greatest number of characters.
    pub max_length: Option<usize>,
    /// Something other than white space must be there.
    pub nonblank: bool,
    /// What an empty element means.
    pub default: Option<&'static str>,
}

/// The end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// As it is written.
    pub text: &'static str,
    /// The number.
    pub value: f64,
    /// The number itself is outside.
    pub exclusive: bool,
}

/// A regular expression for the whole text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it is written.
    pub source: &'static str,
    regex: regex::Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Pattern {
    /// Reads one; `None` if it is not a regular expression.
    #[must_use]
    pub fn new(source: &'static str) -> Option<Self> {
        // What XML Schema calls white space and a digit is narrower or wider elsewhere.
        let whole = format!("^(?s:{source})$");
        regex::Regex::new(&whole).ok().map(|regex| Self { source, regex })
    }

    /// Whether it fits the whole text.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl Facets {
    /// These and, where they are silent, those of the base.
    pub(super) fn over(&self, base: &Self) -> Self {
        let mut patterns = base.patterns.clone();
        patterns.extend(self.patterns.iter().cloned());
        Self {
            values: if self.values.is_empty() { base.values.clone() } else { self.values.clone() },
            patterns,
            min: self.min.or(base.min),
            max: self.max.or(base.max),
            min_length: self.min_length.or(base.min_length),
            max_length: self.max_length.or(base.max_length),
            nonblank: self.nonblank || base.nonblank,
            default: self.default.or(base.default),
        }
    }
}
