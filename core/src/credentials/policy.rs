//! Which passwords are refused. Length and commonness decide, not character classes (NIST SP
//! 800-63B 5.1.1.2); the list of common ones is zxcvbn's, embedded.

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Under ten characters.
    #[error("a password needs at least 10 characters")]
    Short,
    /// Over 256 characters.
    #[error("a password may have 256 characters at most")]
    Long,
    /// Common, or easy to guess from the name or the address.
    #[error("this password is common or easy to guess")]
    Common,
}

/// Checks a new password; `about` holds the person's name and address, which it must not lean on.
///
/// # Errors
/// `WeakPassword` saying why it is refused.
pub fn check(password: &str, about: &[&str]) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < 10 {
        return Err(WeakPassword::Short);
    }
    if length > 256 {
        return Err(WeakPassword::Long);
    }
    let about: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    // The estimator's time grows with the length; what is guessable shows in the beginning.
    let beginning: String = password.chars().take(64).collect();
    let names: Vec<&str> = about.iter().map(String::as_str).collect();
    let rest = about.iter().fold(password.to_lowercase(), |rest, word| rest.replace(word.as_str(), ""));
    let leans_on_names = rest.chars().count() < 6;
    if leans_on_names || zxcvbn::zxcvbn(&beginning, &names).score() < zxcvbn::Score::Three {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_guessable_passwords_are_refused() {
        for password in ["password123", "qwertyuiop", "1234567890", "iloveyou123", "aaaaaaaaaaaa"] {
            assert_eq!(check(password, &[]), Err(WeakPassword::Common), "{password}");
        }
        assert_eq!(check("short", &[]), Err(WeakPassword::Short));
        assert_eq!(check(&"x".repeat(257), &[]), Err(WeakPassword::Long));
        assert_eq!(check("adaexample1", &["Ada Example", "ada@example.org"]), Err(WeakPassword::Common));
    }

    #[test]
    fn a_phrase_of_words_is_good() {
        assert_eq!(check("quiet garden spoons", &["Ada"]), Ok(()));
    }
}
