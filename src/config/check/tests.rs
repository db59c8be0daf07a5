//! Each unsafe setting, told by its name.

use super::*;
use crate::config::{DeskFacts, SireneSource, Switch};

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
        desk: DeskFacts {
            desk_phone: "01 23 45 67 89".into(),
            desk_publisher: "Camille Rousseau, directrice".into(),
            desk_host: "Nuages SAS, 1 rue de l’Exemple, 59000 Lille, 03 00 00 00 00".into(),
            desk_dpo_email: "dpo@example.fr".into(),
            ..Config::defaults().desk
        },
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
    assert_eq!(with(&|c| c.desk.desk_publisher = " ".into()), ["DESK_PUBLISHER"]);
    assert_eq!(with(&|c| c.desk.desk_host = String::new()), ["DESK_HOST"]);
    assert_eq!(with(&|c| c.desk.desk_host = "Nuages\nLille".into()), ["DESK_HOST"]);
    assert_eq!(with(&|c| c.desk.desk_dpo_email = String::new()), ["DESK_DPO_EMAIL"]);
    assert_eq!(with(&|c| c.desk.desk_dpo_email = "dpo".into()), ["DESK_DPO_EMAIL"]);
}

#[test]
fn each_source_of_the_register_has_what_it_needs() {
    use SireneSource::{Insee, RechercheEntreprises, Sample, Stock};
    let with = |sources: &[SireneSource], change: &dyn Fn(&mut Config)| {
        let mut config = production();
        config.sirene.sirene_sources = sources.to_vec();
        change(&mut config);
        complaints(&config)
    };
    let key = |key: &str| Some(SecretString::from(key));
    assert_eq!(with(&[RechercheEntreprises, Sample], &|_| {}), [""; 0]);
    assert_eq!(with(&[Insee], &|c| c.sirene.sirene_insee_key = key("6f1c-key")), [""; 0]);
    assert_eq!(with(&[Insee], &|_| {}), ["SIRENE_INSEE_KEY"]);
    assert_eq!(with(&[Insee], &|c| c.sirene.sirene_insee_key = key("two words")), ["SIRENE_INSEE_KEY"]);
    assert_eq!(with(&[Sample, Sample], &|_| {}), ["SIRENE_SOURCES"]);
    assert_eq!(with(&[RechercheEntreprises, Stock], &|_| {}), [""; 0]);
    assert_eq!(with(&[Sample], &|c| c.sirene.sirene_insee_url = "http://api.insee.fr".into()), ["SIRENE_INSEE_URL"]);
    assert_eq!(with(&[Sample], &|c| c.sirene.sirene_insee_url = "http://127.0.0.1:3110/api".into()), [""; 0]);
    let with_a_query = "https://recherche-entreprises.api.gouv.fr/?x=1";
    assert_eq!(with(&[Sample], &|c| c.sirene.sirene_recherche_entreprises_url = with_a_query.into()), ["SIRENE_RECHERCHE_ENTREPRISES_URL"]);
    let empty = Config { sirene: crate::config::SireneSettings { sirene_insee_key: key(" "), ..production().sirene }, ..production() };
    assert!(empty.tidied().sirene.sirene_insee_key.is_none());
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
