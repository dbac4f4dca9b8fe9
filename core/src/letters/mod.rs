//! Letters (e-mail): what waits to be sent, how it leaves, and how many anyone may cause.
//!
//! A letter is kept in an outbox with the operation that causes it, so that it is neither lost nor sent for
//! something that did not happen. A deliverer claims it, hands it to a [`Mailer`], and confirms. A letter
//! may come twice when a process dies between the last two; it then has the same id both times.

mod allowance;
mod deliver;
mod forget;
mod letter;
mod mailer;
mod outbox;
mod store;

pub use allowance::{
    Allowance, PER_ADDRESS_AN_HOUR, PER_APPLICATION_A_DAY, PER_PERSON_A_DAY, SIGN_INS_A_DAY, spend, sweep,
};
pub use deliver::{LEASE, LIFE, deliver, deliver_some};
pub(crate) use forget::forget;
pub use letter::{Address, Letter, LetterError, MOST_BYTES, MOST_RECIPIENTS, Sender, is_address, is_mailbox};
pub use mailer::{MailError, Mailer, Outgoing};
pub use outbox::{Standing, post, send, send_within, standing, wait, wake};
