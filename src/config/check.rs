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
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_address(&self, problems: &mut Vec<String>) {
        match Url::parse(&self.public_url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
                    problems.push("PUBLIC_URL must be a bare address such as https://guichet.example.fr, without path or user".into());
                }
                if url.scheme() == "http" && !url.host().is_some_and(|host| is_this_machine(&host)) {
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
        let is_near = options.get_socket().is_some() || Host::parse(options.get_host()).is_ok_and(|host| is_this_machine(&host));
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
        let server = Url::parse(smtp.expose_secret()).ok().and_then(|url| Some((url.scheme().to_owned(), near(&url)?)));
        match server {
            Some((scheme, is_near)) if matches!(&*scheme, "smtp" | "smtps" | "smtp+starttls") => {
                if self.is_production() && scheme == "smtp" && !is_near {
                    problems.push("SMTP_URL is smtp:// to another machine: letters and password would travel in clear, use smtps:// or smtp+starttls://".into());
                }
            }
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

/// Whether a mail server is on this machine; None without a server. The host of an unknown scheme is not parsed as an address by `url`.
fn near(url: &Url) -> Option<bool> {
    let name = url.host_str().filter(|name| !name.is_empty())?;
    Some(Host::parse(name).is_ok_and(|host| is_this_machine(&host)))
}

fn is_this_machine<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref() == "localhost" || name.as_ref().ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => IpAddr::V6(*address).to_canonical().is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Switch;

    const KEY: &str = "8f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    fn production() -> Config {
        Config {
            public_url: "https://guichet.example.fr".into(),
            database_url: Some("postgres://desk:secret-of-desk@localhost/habilitation".into()),
            migration_database_url: Some("postgres://owner:secret-of-owner@localhost/habilitation".into()),
            secret_key: Some(KEY.into()),
            smtp_url: Some("smtps://desk:secret-of-mail@mail.example.fr".into()),
            mail_from: "Guichet <guichet@example.fr>".into(),
            demo: Switch::Off,
            ..Config::defaults()
        }
    }

    /// The names of the variables complained of, in order.
    fn complaints(config: &Config) -> Vec<String> {
        let problems = config.check().err().unwrap_or_default();
        problems.iter().filter_map(|problem| problem.split([' ', ':']).next()).map(str::to_owned).collect()
    }

    #[test]
    fn a_machine_without_settings_and_a_careful_production_are_accepted() {
        assert_eq!(complaints(&Config { database_url: None, migration_database_url: None, ..Config::defaults() }), [""; 0]);
        assert_eq!(complaints(&production()), [""; 0]);
    }

    #[test]
    fn each_unsafe_setting_is_named() {
        let secret = |value: &str| Some(SecretString::from(value));
        let with = |change: &dyn Fn(&mut Config)| {
            let mut config = production();
            change(&mut config);
            complaints(&config)
        };
        assert_eq!(with(&|c| c.demo = Switch::On), ["DEMO"]);
        assert_eq!(with(&|c| c.secret_key = None), ["SECRET_KEY"]);
        assert_eq!(with(&|c| c.secret_key = secret("abc")), ["SECRET_KEY"]);
        assert_eq!(with(&|c| c.secret_key = secret(&"0".repeat(64))), ["SECRET_KEY"]);
        assert_eq!(with(&|c| c.smtp_url = secret(&format!("smtps://desk:{KEY}@mail.example.fr"))), ["SECRET_KEY"]);
        assert_eq!(with(&|c| c.smtp_url = None), ["SMTP_URL"]);
        assert_eq!(with(&|c| c.smtp_url = secret("smtp://mail.example.fr")), ["SMTP_URL"]);
        assert_eq!(with(&|c| c.smtp_url = secret("smtp://127.0.0.1:1025")), [""; 0]);
        assert_eq!(with(&|c| c.smtp_url = secret("smtp+starttls://mail.example.fr:587")), [""; 0]);
        assert_eq!(with(&|c| c.smtp_url = secret("mail.example.fr")), ["SMTP_URL"]);
        assert_eq!(with(&|c| c.mail_from = "Guichet".into()), ["MAIL_FROM"]);
        assert_eq!(with(&|c| c.mail_from = "Guichet\r\nBcc: x <guichet@example.fr>".into()), ["MAIL_FROM"]);
        assert_eq!(with(&|c| c.mail_from = Config::defaults().mail_from), ["MAIL_FROM"]);
        assert_eq!(with(&|c| c.database_url = secret("postgres://owner@localhost/habilitation")), ["DATABASE_URL"]);
        assert_eq!(with(&|c| c.database_url = secret("postgres://desk@db.example.fr/habilitation")), ["DATABASE_URL"]);
        assert_eq!(with(&|c| c.database_url = secret("postgres://desk@db.example.fr/habilitation?sslmode=verify-full")), [""; 0]);
        assert_eq!(with(&|c| c.database_url = secret("mysql://desk@localhost/habilitation")), ["DATABASE_URL"]);
        assert_eq!(with(&|c| c.database_url = None), ["MIGRATION_DATABASE_URL"]);
        assert_eq!(with(&|c| c.database_connections = 1), ["DATABASE_CONNECTIONS"]);
        assert_eq!(with(&|c| c.max_connections = 0), ["MAX_CONNECTIONS"]);
        assert_eq!(with(&|c| c.log_level = "info,,=".into()), ["LOG_LEVEL"]);
        assert_eq!(with(&|c| c.desk.desk_service = "DINUM\nParis".into()), ["DESK_SERVICE"]);
        assert_eq!(with(&|c| c.desk.desk_email = "dinum".into()), ["DESK_EMAIL"]);
    }

    #[test]
    fn an_address_is_https_or_this_machine() {
        for (address, expected) in [
            ("http://localhost:3000", 0),
            ("http://guichet.localhost", 0),
            ("http://127.0.0.8:3000", 0),
            ("http://[::1]:3000", 0),
            ("http://guichet.example.fr", 1),
            ("http://192.168.1.4:3000", 1),
            ("http://localhost.example.fr", 1),
            ("https://guichet.example.fr/sous-dossier", 1),
            ("https://moi@guichet.example.fr", 1),
            ("guichet.example.fr", 1),
            ("ftp://guichet.example.fr", 1),
        ] {
            let config = Config { public_url: address.into(), ..production() };
            let about_address = complaints(&config).iter().filter(|name| *name == "PUBLIC_URL").count();
            assert_eq!(about_address, expected, "{address}");
        }
    }

    #[test]
    fn every_problem_is_told_at_once_and_no_secret_is() {
        let config = Config {
            public_url: "https://guichet.example.fr/x".into(),
            demo: Switch::On,
            secret_key: Some("secret-of-seals".into()),
            smtp_url: Some("smtp://desk:secret-of-mail@mail.example.fr".into()),
            database_url: Some("postgres://desk:secret-of-desk@db.example.fr/habilitation".into()),
            ..production()
        };
        let problems = config.check().expect_err("refused");
        assert_eq!(problems.len(), 5, "{problems:#?}");
        assert!(!problems.concat().contains("secret-of"), "{problems:#?}");
        assert!(!format!("{config:?}").contains("secret-of"), "a log line must not show it either");
    }
}
