//! One conversation with a mail server for one letter, and what its end means.

use std::{fmt, time::Duration};

use anyhow::{Context as _, bail};
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::ClientId,
    },
};
use url::Url;

use super::delivery::Outcome;
use crate::config::is_this_machine;

/// A conversation that lasts longer is cut: lettre's own limit covers the connection only.
const PATIENCE: Duration = Duration::from_secs(30);

/// Taking leave after the letter was taken changes nothing any more.
const FAREWELL: Duration = Duration::from_secs(1);

/// A mail server and how to reach it. A connection is made for each letter: an idle one is often dead when it is wanted.
#[derive(Clone)]
pub struct Smtp {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    patience: Duration,
}

#[derive(Clone)]
enum Security {
    /// In clear, on this machine only.
    Clear,
    /// In clear until the server has switched to TLS; nothing is said before, and nothing at all if it does not.
    StartTls(TlsParameters),
    /// TLS from the first byte.
    Tls(TlsParameters),
}

/// How far the conversation went; what its failure means depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before the recipient was named: nothing yet depends on the letter.
    Introduction,
    /// The recipient and the letter are being told.
    Letter,
    /// The line that ends the letter may have been read.
    HandedOver,
}

impl Smtp {
    /// Reads `SMTP_URL`: `smtp://` to this machine only, `smtp+starttls://` and `smtps://` anywhere; user and password before the host;
    /// `?authority=/chemin.pem` names one more certificate authority to believe.
    ///
    /// # Errors
    /// With a sentence for whoever sets the desk up; it never repeats the password.
    pub fn from_url(url: &str) -> anyhow::Result<Self> {
        let url = Url::parse(url).context("SMTP_URL is no address such as smtp+starttls://user:password@mail.example.fr")?;
        let named = url.host_str().context("SMTP_URL names no server")?;
        let host = named.trim_matches(['[', ']']).to_owned();
        let (security, port) = match url.scheme() {
            "smtp" if is_this_machine(named) => (Security::Clear, 25),
            "smtp" => bail!("SMTP_URL is smtp:// to another machine: letters would travel in clear, use smtps:// or smtp+starttls://"),
            "smtp+starttls" => (Security::StartTls(tls(&host, &url)?), 587),
            "smtps" => (Security::Tls(tls(&host, &url)?), 465),
            other => bail!("SMTP_URL starts with {other}://, which is neither smtp, smtp+starttls nor smtps"),
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => Some(Credentials::new(decoded(user)?, decoded(password)?)),
            _ => bail!("SMTP_URL lacks the user or the password"),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, security, credentials, patience: PATIENCE })
    }

    /// The same server, waited for no longer than that.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands a letter over.
    pub async fn hand_over(&self, message: &Message) -> Outcome {
        let mut stage = Stage::Introduction;
        let conversation = tokio::time::timeout(self.patience, self.converse(message, &mut stage)).await;
        match conversation {
            Ok(Ok(mut connection)) => {
                let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
                Outcome::Sent
            }
            Ok(Err(error)) => meaning(stage, &error),
            Err(_) => {
                let reason = format!("no answer within {} s", self.patience.as_secs_f32());
                match stage {
                    Stage::Introduction => Outcome::ServerAway(reason),
                    Stage::Letter => Outcome::Later(reason),
                    Stage::HandedOver => Outcome::Ambiguous(reason),
                }
            }
        }
    }

    async fn converse(&self, message: &Message, stage: &mut Stage) -> Result<AsyncSmtpConnection, Error> {
        let mut connection = self.introduce().await?;
        let bytes = message.formatted();
        connection.command(Mail::new(message.envelope().from().cloned(), vec![])).await?;
        *stage = Stage::Letter;
        for recipient in message.envelope().to() {
            connection.command(Rcpt::new(recipient.clone(), vec![])).await?;
        }
        connection.command(Data).await?;
        connection.message_iter(UntilHandedOver { message: Some(&bytes), stage }).await?;
        Ok(connection)
    }

    async fn introduce(&self) -> Result<AsyncSmtpConnection, Error> {
        let (server, me) = ((self.host.as_str(), self.port), ClientId::default());
        let wrapper = if let Security::Tls(tls) = &self.security { Some(tls.clone()) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &me, wrapper, None).await?;
        if let Security::StartTls(tls) = &self.security {
            connection.starttls(tls.clone(), &me).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// Gives the letter to the connection and notes when it asks for more: what it writes next is the end of the letter.
struct UntilHandedOver<'a> {
    message: Option<&'a [u8]>,
    stage: &'a mut Stage,
}

impl<'a> Iterator for UntilHandedOver<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.message.is_none() {
            *self.stage = Stage::HandedOver;
        }
        self.message.take()
    }
}

fn meaning(stage: Stage, error: &Error) -> Outcome {
    let reason = error.to_string();
    // 530 and 535 ask for a password or refuse ours: the settings are wrong, not the letter
    let is_about_us = error.status().is_some_and(|code| matches!(code.into(), 530u16 | 535));
    match stage {
        Stage::Introduction => Outcome::ServerAway(reason),
        _ if is_about_us => Outcome::ServerAway(reason),
        _ if error.is_permanent() => Outcome::Never(reason),
        _ if error.is_transient() => Outcome::Later(reason),
        Stage::Letter => Outcome::Later(reason),
        Stage::HandedOver => Outcome::Ambiguous(reason),
    }
}

fn tls(host: &str, url: &Url) -> anyhow::Result<TlsParameters> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some((_, path)) = url.query_pairs().find(|(name, _)| name == "authority") {
        let pem = std::fs::read(path.as_ref()).with_context(|| format!("SMTP_URL: the certificate {path} cannot be read"))?;
        tls = tls.add_root_certificate(Certificate::from_pem(&pem).with_context(|| format!("SMTP_URL: {path} is no certificate"))?);
    }
    tls.build_rustls().context("SMTP_URL: this machine's certificates cannot be read")
}

fn decoded(part: &str) -> anyhow::Result<String> {
    let pair = format!("v={}", part.replace('+', "%2B"));
    let value = url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default();
    anyhow::ensure!(
        !value.contains(char::is_control) && !value.contains('\u{fffd}'),
        "SMTP_URL: the user or the password is badly written"
    );
    Ok(value)
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_travel_in_clear_on_this_machine_only() {
        for fine in [
            "smtp://localhost:1025",
            "smtp://127.0.0.1",
            "smtp://[::1]:25",
            "smtp+starttls://u:p@mail.example.fr",
            "smtps://mail.example.fr",
        ] {
            assert!(Smtp::from_url(fine).is_ok(), "{fine}");
        }
        for refused in ["smtp://mail.example.fr", "http://localhost", "mail.example.fr", "smtps://", "smtps://u@mail.example.fr", ""] {
            assert!(Smtp::from_url(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn ports_are_those_of_the_scheme() {
        let port = |url: &str| Smtp::from_url(url).map(|server| server.port).unwrap_or_default();
        assert_eq!(port("smtp://localhost"), 25);
        assert_eq!(port("smtp+starttls://h.fr"), 587);
        assert_eq!(port("smtps://h.fr"), 465);
        assert_eq!(port("smtps://h.fr:2465"), 2465);
    }

    #[test]
    fn a_password_is_read_as_written_and_never_shown() {
        assert_eq!(decoded("p%40ss+w%3Ard%25").ok().as_deref(), Some("p@ss+w:rd%"));
        let server = Smtp::from_url("smtps://guichet:tr%C3%A8s-secret@h.fr");
        assert!(!format!("{server:?}").contains("secret"));
        let error = Smtp::from_url("smtp://guichet:tres-secret@h.fr").err().map(|error| format!("{error:#}"));
        assert!(error.is_some_and(|error| !error.contains("tres-secret")));
    }
}
