//! Codes that change every 30 seconds (RFC 6238): SHA-1 and six digits, since many apps know nothing else.

use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

use crate::env::SECOND;

/// Bytes of a secret: 160 bits (RFC 4226, 4).
pub(super) const SECRET_LENGTH: usize = 20;
/// Digits of a code.
const DIGITS: usize = 6;

/// What an app is set up with. Whoever sees it has the second step.
#[derive(Clone)]
pub struct Offer {
    /// For typing: letters and digits (Base32).
    pub secret: String,
    /// For scanning: an `otpauth:` address.
    pub address: String,
}

/// One step before and one after is taken: clocks differ, and people type slowly.
fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret)
}

/// What an app is set up with; it will call the account by these two names. `None` would be an error of ours.
pub(super) fn offer(secret: &[u8], issuer: &str, account: &str) -> Option<Offer> {
    // The address separates the two by a colon.
    let plain = |name: &str| name.replace(':', " ");
    let totp = builder(secret).with_issuer(Some(plain(issuer))).with_account_name(plain(account));
    let totp = totp.build().ok()?;
    Some(Offer { secret: totp.secret().to_base32(), address: totp.to_url().ok()? })
}

/// Whether a text is such a code by its looks.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The step of time that a code is of, if it is right at this moment (microseconds UTC).
pub(super) fn step_of(secret: &Zeroizing<Vec<u8>>, code: &str, now: i64) -> Option<i64> {
    let totp: Totp = builder(secret).build().ok()?;
    let step = totp.check(code, u64::try_from(now / SECOND).ok()?)?;
    i64::try_from(step).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, of which an app shows the last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Zeroizing::new(b"12345678901234567890".to_vec());
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(step_of(&secret, code, second * SECOND), Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_right_one_step_early_and_one_late_and_no_more() {
        let secret = Zeroizing::new(b"12345678901234567890".to_vec());
        let at = |second: i64| step_of(&secret, "081804", second * SECOND);
        let of = Some(1_111_111_109 / 30);
        assert_eq!([1_111_111_079, 1_111_111_139].map(at), [of; 2]);
        assert_eq!([1_111_111_019, 1_111_111_170].map(at), [None; 2]);
    }

    #[test]
    fn an_app_is_told_who_and_where() {
        let offer = offer(b"12345678901234567890", "Our: Keepwell", "ada@example.org").unwrap();
        assert_eq!(offer.secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(offer.address.starts_with("otpauth://totp/Our%20%20Keepwell:ada%40example.org?secret=GEZD"));
        assert!(offer.address.contains("&issuer=Our%20%20Keepwell"), "{}", offer.address);
    }
}
