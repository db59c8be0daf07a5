//! Everything wrong with the settings, told at once, naming each variable and showing no secret.

use std::net::IpAddr;

use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use super::{Config, key};

impl Config {
    /// Refuses what cannot work and, in production, what is unsafe.
    ///
    /// # Errors
    /// Every problem, one sentence each.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let mut problems = Vec::new();
        self.check_address(&mut problems);
        self.check_secret_key(&mut problems);
        self.check_database(&mut problems);
        self.check_mail(&mut problems);
        self.check_limits(&mut problems);
        self.check_desk(&mut problems);
        self.sirene.check(&mut problems);
        self.storage.check(&mut problems);
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_address(&self, problems: &mut Vec<String>) {
        match Url::parse(&self.public_url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
                    problems.push("PUBLIC_URL must be a bare address such as https://guichet.example.fr, without path or user".into());
                }
                if url.scheme() == "http" && !url.host_str().is_some_and(is_this_machine) {
                    problems.push("PUBLIC_URL is http on a public name: passwords would travel in clear, use https".into());
                }
            }
            _ => problems.push("PUBLIC_URL must start with http:// or https://".into()),
        }
        if self.is_production() && self.demo.is_on() {
            problems.push("DEMO is on and PUBLIC_URL is https: the demonstration accounts have a known password, turn DEMO off".into());
        }
    }

    fn check_secret_key(&self, problems: &mut Vec<String>) {
        let Some(secret) = &self.secret_key else {
            if self.is_production() {
                problems.push("SECRET_KEY is missing: make one with `openssl rand -hex 32` and keep it apart from the database".into());
            }
            return;
        };
        if key::read(secret.expose_secret()).is_none() {
            problems.push(
                "SECRET_KEY is weak: it must be 64 hexadecimal characters or more, made at random, for instance with `openssl rand -hex 32`"
                    .into(),
            );
        }
        let others =
            [("DATABASE_URL", &self.database_url), ("MIGRATION_DATABASE_URL", &self.migration_database_url), ("SMTP_URL", &self.smtp_url)];
        for (name, url) in others {
            let password =
                url.as_ref().and_then(|url| Url::parse(url.expose_secret()).ok()).and_then(|url| url.password().map(str::to_owned));
            if password.is_some_and(|password| password.eq_ignore_ascii_case(secret.expose_secret())) {
                problems.push(format!("SECRET_KEY is also the password in {name}: one secret serves one purpose"));
            }
        }
    }

    fn check_database(&self, problems: &mut Vec<String>) {
        let desk = self.check_database_url("DATABASE_URL", self.database_url.as_ref(), problems);
        let owner = self.check_database_url("MIGRATION_DATABASE_URL", self.migration_database_url.as_ref(), problems);
        match (desk, owner) {
            (Some(desk), Some(owner)) if self.is_production() && desk.get_username() == owner.get_username() => problems.push(
                "DATABASE_URL and MIGRATION_DATABASE_URL name the same role: the desk must not be able to alter what it has written".into(),
            ),
            (None, Some(_)) if self.database_url.is_none() => {
                problems
                    .push("MIGRATION_DATABASE_URL is set and DATABASE_URL is not: name the same database for the desk's own role".into());
            }
            _ => {}
        }
        if self.database_connections < 2 {
            problems.push("DATABASE_CONNECTIONS must be 2 or more: the letters need one beside the pages".into());
        }
    }

    fn check_database_url(&self, name: &str, url: Option<&SecretString>, problems: &mut Vec<String>) -> Option<PgConnectOptions> {
        let url = url?.expose_secret();
        let is_postgres = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "postgres" | "postgresql"));
        let Some(options) = is_postgres.then(|| url.parse::<PgConnectOptions>().ok()).flatten() else {
            problems.push(format!("{name} must look like postgres://role:password@server/database"));
            return None;
        };
        let is_near = options.get_socket().is_some() || is_this_machine(options.get_host());
        let is_verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
        if self.is_production() && !is_near && !is_verified {
            problems.push(format!("{name} reaches another machine without verifying it: add ?sslmode=verify-full (and sslrootcert=…)"));
        }
        Some(options)
    }

    fn check_mail(&self, problems: &mut Vec<String>) {
        match self.mail_from.parse::<Mailbox>() {
            Err(_) => problems.push("MAIL_FROM must look like: Guichet FranceConnect <guichet@example.fr>".into()),
            Ok(_) if self.mail_from.chars().any(char::is_control) => problems.push("MAIL_FROM must be one line".into()),
            Ok(sender) if self.is_production() && !sender.email.domain().contains('.') => {
                problems.push("MAIL_FROM must be an address people can answer to".into());
            }
            Ok(sender) if self.is_production() && sender.email.domain().ends_with("localdomain") => {
                problems.push("MAIL_FROM is missing: letters need the address they come from".into());
            }
            Ok(_) => {}
        }
        let Some(smtp) = &self.smtp_url else {
            if self.is_production() {
                problems.push("SMTP_URL is missing: nobody could confirm their address or receive a decision".into());
            }
            return;
        };
        let server = Url::parse(smtp.expose_secret()).ok().filter(|url| url.host_str().is_some_and(|host| !host.is_empty()));
        match server.as_ref().map(|url| (url.scheme(), url.host_str().is_some_and(is_this_machine))) {
            Some(("smtp", false)) => problems.push(
                "SMTP_URL is smtp:// to another machine: letters and password would travel in clear, use smtps:// or smtp+starttls://"
                    .into(),
            ),
            Some(("smtp" | "smtps" | "smtp+starttls", _)) => {}
            _ => problems.push(
                "SMTP_URL must look like smtps://user:password@server, smtp+starttls://… or, on this machine, smtp://localhost".into(),
            ),
        }
    }

    fn check_limits(&self, problems: &mut Vec<String>) {
        if !(1..=1_000_000).contains(&self.max_connections) {
            problems.push("MAX_CONNECTIONS must be from 1 to 1000000".into());
        }
        if EnvFilter::try_new(&self.log_level).is_err() {
            problems.push("LOG_LEVEL must look like info or info,sqlx=warn".into());
        }
    }

    fn check_desk(&self, problems: &mut Vec<String>) {
        let facts = [
            ("DESK_SERVICE", &self.desk.desk_service, 200, true),
            ("DESK_ADDRESS", &self.desk.desk_address, 300, true),
            ("DESK_COURT", &self.desk.desk_court, 200, true),
            ("DESK_PHONE", &self.desk.desk_phone, 30, false),
        ];
        for (name, value, most, required) in facts {
            if value.chars().any(char::is_control) || value.chars().count() > most || (required && value.trim().is_empty()) {
                problems.push(format!("{name} must be one line of {most} characters at most: receipts and decisions print it"));
            }
        }
        // What the law asks of whoever opens a site to the public (loi 2004-575, article 1-1; RGPD, article 13-1-b).
        let owed = [
            ("DESK_PUBLISHER", &self.desk.desk_publisher, "who answers for what the site publishes, name and quality"),
            ("DESK_HOST", &self.desk.desk_host, "who hosts the site, with address and telephone"),
            ("DESK_DPO_EMAIL", &self.desk.desk_dpo_email, "where people reach the data protection officer"),
        ];
        for (name, value, who) in owed {
            if self.is_production() && value.trim().is_empty() {
                problems.push(format!("{name} is missing: the law asks the site to say {who}"));
            }
            if value.chars().any(char::is_control) || value.chars().count() > 300 {
                problems.push(format!("{name} must be one line of 300 characters at most: the site prints it"));
            }
        }
        let silence = [
            ("DESK_SILENCE_EFFECT_ADDRESS_CHANGE", self.desk.desk_silence_effect_address_change),
            ("DESK_SILENCE_EFFECT_IDENTITY_CHECK", self.desk.desk_silence_effect_identity_check),
        ];
        for (name, _) in silence.iter().filter(|(_, effect)| self.is_production() && effect.is_none()) {
            problems.push(format!(
                "{name} is missing: say acceptance or rejection, these demandes cannot be received before their acknowledgement can tell (CRPA R112-11-1)"
            ));
        }
        if self.is_production() && self.desk.desk_phone.trim().is_empty() {
            problems.push("DESK_PHONE is missing: acknowledgements to private bodies must give it (CRPA R112-11-1)".into());
        }
        if !self.desk.desk_dpo_email.is_empty() && self.desk.desk_dpo_email.parse::<lettre::Address>().is_err() {
            problems.push("DESK_DPO_EMAIL must be an e-mail address: people write to it".into());
        }
        if self.desk.desk_email.parse::<lettre::Address>().is_err() {
            problems.push("DESK_EMAIL must be an e-mail address: receipts print it".into());
        }
        if !Url::parse(&self.desk.desk_court_url).is_ok_and(|url| url.scheme() == "https") {
            problems.push("DESK_COURT_URL must start with https://: decisions print it".into());
        }
        if !(1..=250).contains(&self.desk.desk_target_working_days) {
            problems.push("DESK_TARGET_WORKING_DAYS must be from 1 to 250".into());
        }
    }
}

/// Whether that name or address is this machine's own: what is said to it does not travel.
pub fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests;
