//! A host's own colour for links and buttons, and whether it can be read (WCAG 2.2, 1.4.3).

use std::fmt;
use std::str::FromStr;

/// What text needs against what it stands on.
const ENOUGH: f64 = 4.5;

/// A colour of a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// By its three parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    const WHITE: Self = Self::new(0xff, 0xff, 0xff);
    const BLACK: Self = Self::new(0, 0, 0);

    /// WCAG's relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// WCAG's contrast of two colours, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with so many hundredths of another.
    fn mixed(self, other: Self, hundredths: u16) -> Self {
        let part = |a: u8, b: u8| {
            let (a, b) = (u16::from(a) * (100 - hundredths), u16::from(b) * hundredths);
            u8::try_from((a + b + 50) / 100).unwrap_or(u8::MAX)
        };
        Self::new(part(self.red, other.red), part(self.green, other.green), part(self.blue, other.blue))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, ColourError> {
        let unreadable = || ColourError::Unreadable(text.to_owned());
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(unreadable)?;
        let part = |at: usize| {
            let pair = digits.get(at..at + 2).filter(|pair| pair.bytes().all(|b| b.is_ascii_hexdigit()));
            pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(unreadable)
        };
        Ok(Self::new(part(0)?, part(2)?, part(4)?))
    }
}

/// Why a colour cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ColourError {
    /// Not six digits.
    #[error("{0:?} is no colour; an example is #17565c")]
    Unreadable(String),
    /// Too close to what it stands on.
    #[error(
        "{colour} has a contrast of {ratio:.2} to {against} on {scheme} pages, and text needs {ENOUGH}; {nearest} would do"
    )]
    Faint {
        /// The colour.
        colour: Colour,
        /// Its worst contrast.
        ratio: f64,
        /// To what.
        against: Colour,
        /// "light" or "dark".
        scheme: &'static str,
        /// The nearest that can be read.
        nearest: Colour,
    },
}

/// What pages look like around the colour; the numbers are those of `keepwell.css`, and a test compares them.
struct Scheme {
    name: &'static str,
    paper: Colour,
    desk: Colour,
    /// Where a colour goes that is too faint.
    stronger: Colour,
}

const LIGHT: Scheme = Scheme {
    name: "light",
    paper: Colour::new(0xff, 0xff, 0xff),
    desk: Colour::new(0xee, 0xf1, 0xee),
    stronger: Colour::BLACK,
};
const DARK: Scheme = Scheme {
    name: "dark",
    paper: Colour::new(0x18, 0x20, 0x1f),
    desk: Colour::new(0x10, 0x16, 0x15),
    stronger: Colour::WHITE,
};

/// How much of the colour is in the wash behind what is chosen or pointed at.
const WASH: u16 = 9;
/// How much stronger the colour is where something is pointed at.
const HOVER: u16 = 25;

impl Scheme {
    fn wash(&self, colour: Colour) -> Colour {
        self.paper.mixed(colour, WASH)
    }

    /// What stands on the colour: white, or nearly black.
    fn on(&self, colour: Colour) -> Colour {
        let dark = Colour::new(0x0c, 0x14, 0x13);
        if colour.contrast(Colour::WHITE) >= colour.contrast(dark) { Colour::WHITE } else { dark }
    }

    /// The worst contrast, and to what.
    fn worst(&self, colour: Colour) -> (f64, Colour) {
        let against = [self.paper, self.desk, self.wash(colour), self.on(colour)];
        let measured = against.map(|against| (colour.contrast(against), against));
        measured
            .into_iter()
            .fold((f64::INFINITY, colour), |worst, one| if one.0 < worst.0 { one } else { worst })
    }

    fn nearest(&self, colour: Colour) -> Colour {
        let steps = (0..=100).map(|hundredths| colour.mixed(self.stronger, hundredths));
        steps.into_iter().find(|colour| self.worst(*colour).0 >= ENOUGH).unwrap_or(self.stronger)
    }

    fn check(&self, colour: Colour) -> Result<Colour, ColourError> {
        match self.worst(colour) {
            (ratio, _) if ratio >= ENOUGH => Ok(colour),
            (ratio, against) => {
                let nearest = self.nearest(colour);
                Err(ColourError::Faint { colour, ratio, against, scheme: self.name, nearest })
            }
        }
    }

    fn tokens(&self, colour: Colour) -> String {
        format!(
            ":root{{--action:{colour};--action-hover:{};--on-action:{};--action-wash:{};--focus:{colour}}}",
            colour.mixed(self.stronger, HOVER),
            self.on(colour),
            self.wash(colour),
        )
    }
}

/// The colour of links and buttons, on light pages and on dark ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    light: Colour,
    dark: Colour,
}

impl Accent {
    /// These colours if they can be read. Without one for dark pages, that is the nearest that can be.
    ///
    /// # Errors
    /// `ColourError::Faint` with the measured contrast and a colour that would do.
    pub fn new(light: Colour, dark: Option<Colour>) -> Result<Self, ColourError> {
        let dark = dark.map_or_else(|| Ok(DARK.nearest(light)), |dark| DARK.check(dark))?;
        Ok(Self { light: LIGHT.check(light)?, dark })
    }

    /// The tokens of the style sheet that it replaces. On paper ink stays black.
    pub(super) fn style(&self) -> String {
        format!(
            "@media screen{{{}}}\n@media screen and (prefers-color-scheme:dark){{{}}}\n",
            LIGHT.tokens(self.light),
            DARK.tokens(self.dark)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        assert!((Colour::WHITE.contrast(Colour::BLACK) - 21.0).abs() < 1e-9);
        // The grey that is known to pass by a hair, and the next that does not.
        assert!(colour("#767676").contrast(Colour::WHITE) >= 4.5);
        assert!(colour("#777777").contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn a_faint_colour_is_refused_with_its_contrast_and_one_that_would_do() {
        let error = Accent::new(colour("#ffcc00"), None).unwrap_err();
        let ColourError::Faint { ratio, nearest, .. } = &error else { panic!("{error}") };
        assert!(*ratio < 2.0);
        assert!(Accent::new(*nearest, None).is_ok());
        let said = error.to_string();
        assert!(
            said.contains("#ffcc00") && said.contains(&nearest.to_string()) && said.contains("light"),
            "{said}"
        );
        let error = Accent::new(colour("#17565c"), Some(colour("#17565c"))).unwrap_err().to_string();
        assert!(error.contains("dark"), "{error}");
    }

    #[test]
    fn without_a_colour_for_dark_pages_the_nearest_is_taken() {
        let accent = Accent::new(colour("#17565c"), None).unwrap();
        assert!(DARK.check(accent.dark).is_ok());
        assert!(accent.style().contains("--action:#17565c"));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#fff", "17565c0", "#17565g", "#+1+2+3", "red", "#éé"] {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
    }

    #[test]
    fn colours_are_measured_against_those_of_the_style_sheet() {
        let style = include_str!("../../assets/keepwell.css");
        for scheme in [LIGHT, DARK] {
            assert!(style.contains(&format!("--paper: {};", scheme.paper)), "{}", scheme.name);
            assert!(style.contains(&format!("--desk: {};", scheme.desk)), "{}", scheme.name);
        }
    }
}
