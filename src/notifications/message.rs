//! A letter as an e-mail: sender, recipient, identity, text and HTML.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context as _;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Recipient, Rendered};
use crate::{config::Config, text};

/// Who sends the letters, and from which domain their numbers come.
#[derive(Clone, Debug)]
pub struct Sender {
    from: Mailbox,
    /// The service people reach by answering.
    reply_to: Address,
    host: String,
}

/// Why a letter cannot become an e-mail, now or ever.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotBeBuilt {
    /// A control character, or one that changes the order in which a name is read: lettre would panic on a line break.
    #[error("the name of the recipient holds a character no header may hold")]
    Name,
    /// The mailer cannot write to it.
    #[error("the address of the recipient cannot be used")]
    Address,
    /// The mail library refused or panicked.
    #[error("the e-mail cannot be composed: {0}")]
    Composition(String),
}

impl Sender {
    /// The sender the settings name.
    ///
    /// # Errors
    /// When `MAIL_FROM`, `DESK_EMAIL` or `PUBLIC_URL` cannot be used for it.
    pub fn from_config(config: &Config) -> anyhow::Result<Self> {
        let from: Mailbox = config.mail_from.parse().context("MAIL_FROM does not look like: Name <address@domain>")?;
        anyhow::ensure!(is_plain(from.name.as_deref().unwrap_or_default()), "MAIL_FROM holds a control character");
        let reply_to = config.desk.desk_email.parse().context("DESK_EMAIL is no e-mail address")?;
        let url = url::Url::parse(&config.public_url).context("PUBLIC_URL is no address")?;
        let host = url.host_str().context("PUBLIC_URL names no machine")?.to_owned();
        Ok(Self { from, reply_to, host })
    }

    /// The identity of a letter: the same for every try, so that a second copy can be recognised.
    pub fn message_id(&self, letter: Uuid) -> String {
        format!("<{letter}@{}>", self.host)
    }
}

/// Builds the e-mail of a letter written at that moment.
///
/// # Errors
/// [`CannotBeBuilt`]; never a panic, whatever the values.
pub fn build(
    sender: &Sender,
    letter: Uuid,
    to: &Recipient,
    rendered: &Rendered,
    written_at: OffsetDateTime,
) -> Result<Message, CannotBeBuilt> {
    if !is_plain(&to.name) {
        return Err(CannotBeBuilt::Name);
    }
    // Beyond ASCII an address needs SMTPUTF8, which few servers speak; nobody can sign up with one.
    let address = to.address.parse::<Address>().ok().filter(|_| to.address.is_ascii()).ok_or(CannotBeBuilt::Address)?;
    let name = Some(to.name.trim().to_owned()).filter(|name| !name.is_empty());
    let header = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let automatic = header("Auto-Submitted", "auto-generated".into());
    // One click in the mail program (RFC 8058).
    let stop = rendered.unsubscribe.as_ref().map(|link| {
        [header("List-Unsubscribe", format!("<{link}>")), header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into())]
    });
    // lettre checks its headers with assertions: what they let through is ours to refuse, what they do not must not stop a worker.
    let composed = catch_unwind(AssertUnwindSafe(|| {
        let head = Message::builder()
            .from(sender.from.clone())
            .reply_to(Mailbox::new(None, sender.reply_to.clone()))
            .to(Mailbox::new(name, address))
            .subject(rendered.subject.clone())
            .message_id(Some(sender.message_id(letter)))
            .date(written_at.into())
            .raw_header(automatic);
        stop.into_iter()
            .flatten()
            .fold(head, lettre::message::MessageBuilder::raw_header)
            .multipart(MultiPart::alternative_plain_html(rendered.text.clone(), rendered.html.clone()))
    }));
    match composed {
        Ok(built) => built.map_err(|error| CannotBeBuilt::Composition(error.to_string())),
        Err(_) => Err(CannotBeBuilt::Composition("panic".into())),
    }
}

fn is_plain(name: &str) -> bool {
    text::optional_line(name, 200).is_ok_and(|_| !name.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    fn build_to(name: &str, address: &str, said: &str) -> Result<String, CannotBeBuilt> {
        let sender = Sender::from_config(&Config::defaults()).expect("the settings by default name a sender");
        let rendered = Rendered { subject: said.to_owned(), text: said.to_owned(), html: said.to_owned(), unsubscribe: None };
        let to = Recipient { address: address.to_owned(), name: name.to_owned() };
        let message = build(&sender, Uuid::from_u128(1), &to, &rendered, datetime!(2026-12-03 09:00 UTC))?;
        Ok(String::from_utf8_lossy(&message.formatted()).into_owned())
    }

    #[test]
    fn an_e_mail_bears_its_identity() {
        let mail = build_to("Élise \"Lili\" d’Été", "elise@example.fr", "Bonjour").expect("a plain letter");
        for header in [
            "Message-ID: <00000000-0000-0000-0000-000000000001@localhost>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Date: Thu, 03 Dec 2026 09:00:00 +0000\r\n",
            "Reply-To: support.partenaires@franceconnect.gouv.fr\r\n",
            "Content-Type: multipart/alternative;",
            "<elise@example.fr>",
        ] {
            assert!(mail.contains(header), "{header} in {mail}");
        }
    }

    #[test]
    fn a_letter_its_recipient_may_stop_says_how_to_their_mail_program() {
        let sender = Sender::from_config(&Config::defaults()).expect("the settings by default name a sender");
        let to = Recipient { address: "a@b.fr".into(), name: String::new() };
        let link = format!("https://habilitations.franceconnect.gouv.fr/courriels/{}/{}", Uuid::from_u128(1), "0f".repeat(32));
        let rendered = Rendered { subject: "x".into(), text: "x".into(), html: "x".into(), unsubscribe: Some(link.clone()) };
        let message = build(&sender, Uuid::from_u128(1), &to, &rendered, datetime!(2026-12-03 09:00 UTC)).expect("a plain letter");
        let mail = String::from_utf8_lossy(&message.formatted()).replace("\r\n ", " ");
        assert!(mail.contains(&format!("List-Unsubscribe: <{link}>\r\n")), "{mail}");
        assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{mail}");
        assert!(build_to("", "a@b.fr", "x").is_ok_and(|mail| !mail.contains("List-Unsubscribe")));
    }

    #[test]
    fn a_name_that_could_add_a_header_is_refused() {
        for name in ["a\nb", "a\rb", "a\r\nBcc: x@y.fr", "a\0b", "a\u{85}b", "a\u{202e}b", "a\u{2028}b", "a\n", &"a".repeat(201)] {
            assert_eq!(build_to(name, "a@b.fr", "x"), Err(CannotBeBuilt::Name), "{name:?}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_used_is_refused() {
        for address in ["", "a", "a@b\r\nRCPT TO:<x@y.fr>", "a b@c.fr", "<a@b.fr>", "élise@b.fr"] {
            assert_eq!(build_to("A", address, "x"), Err(CannotBeBuilt::Address), "{address:?}");
        }
    }

    #[test]
    fn a_person_without_a_name_still_receives_letters() {
        assert!(build_to("", "a@b.fr", "x").is_ok_and(|mail| mail.contains("To: a@b.fr\r\n")));
    }

    #[test]
    fn settings_that_name_no_sender_are_refused() {
        for (mail_from, public_url) in [("guichet", "http://localhost:3000"), ("G <g@x.fr>", "localhost"), ("G <g@x.fr>", "data:x")] {
            let mut config = Config::defaults();
            (config.mail_from, config.public_url) = (mail_from.into(), public_url.into());
            assert!(Sender::from_config(&config).is_err(), "{mail_from} {public_url}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_the_builder_panic(name in any::<String>(), address in any::<String>(), said in any::<String>()) {
            let _ = build_to(&name, &address, &said);
            if let Ok(mail) = build_to(&name, "a@b.fr", &said) {
                let head = mail.split("\r\n\r\n").next().unwrap_or_default();
                prop_assert!(mail.is_ascii());
                prop_assert_eq!(head.lines().filter(|line| line.starts_with("To: ")).count(), 1);
                prop_assert!(head.lines().all(|line| line.starts_with(' ') || line.split_once(": ").is_some()));
            }
        }
    }
}
