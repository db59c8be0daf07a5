//! The only reader of the environment: every setting of the desk, parsed, and the unsafe combinations refused.

mod check;
mod key;
mod silence;
mod sirene;
mod storage;

pub use check::is_this_machine;
pub use silence::SilenceEffect;
pub use sirene::{SireneSettings, SireneSource};
pub use storage::{StorageKind, StorageSettings};

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

const USUAL_ADDRESS: &str = "http://localhost:3000";

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For a terminal.
    Human,
    /// One JSON object a line.
    Json,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

impl Switch {
    /// Whether it is on.
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

/// Every setting; each is a flag and a variable of the environment, named in `.env.example`.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address and port the desk listens on.
    #[arg(long, env = "LISTEN_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub listen_addr: SocketAddr,
    /// Address people use, without a final slash; https makes it a production.
    #[arg(long, env = "PUBLIC_URL", default_value = USUAL_ADDRESS, global = true)]
    pub public_url: String,
    /// PostgreSQL server, as the desk's own role; absent, the desk runs its own private server.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<SecretString>,
    /// The same database as its owner, for migrations.
    #[arg(long, env = "MIGRATION_DATABASE_URL", hide_env_values = true, global = true)]
    pub migration_database_url: Option<SecretString>,
    /// Connections to the database held at most.
    #[arg(long, env = "DATABASE_CONNECTIONS", default_value_t = 16, global = true)]
    pub database_connections: u32,
    /// Directory of the PostgreSQL programs for the private server; found alone when absent.
    #[arg(long, env = "PG_BINDIR", global = true)]
    pub pg_bindir: Option<PathBuf>,
    /// Where the desk keeps what it makes: private database, secret key, letters written as files.
    #[arg(long, env = "DATA_DIR", default_value = "var", global = true)]
    pub data_dir: PathBuf,
    /// Demonstration accounts and data, the mailbox at /demo/courriels.
    #[arg(long, env = "DEMO", value_enum, num_args = 0..=1, default_value = "off", default_missing_value = "on", global = true)]
    pub demo: Switch,
    /// Whether `serve` also sends letters and runs timers.
    #[arg(long, env = "WORKER", value_enum, default_value = "on", global = true)]
    pub worker: Switch,
    /// At least 64 hexadecimal characters; made and kept in DATA_DIR when absent outside production.
    #[arg(long, env = "SECRET_KEY", hide_env_values = true, global = true)]
    pub secret_key: Option<SecretString>,
    /// smtp://, smtps:// or smtp+starttls:// server with user and password; absent, letters are written as files.
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<SecretString>,
    /// Sender of the letters.
    #[arg(
        long,
        env = "MAIL_FROM",
        default_value = "Guichet des habilitations FranceConnect <guichet@localhost.localdomain>",
        global = true
    )]
    pub mail_from: String,
    /// Minutes between the signature of a decision and its letters, in which it can be taken back; 0: it takes effect at once.
    #[arg(long, env = "DECISION_HOLD", default_value_t = 10, value_parser = clap::value_parser!(u32).range(..=1440), global = true)]
    pub decision_hold: u32,
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value = "human", global = true)]
    pub log_format: LogFormat,
    /// What is logged, as tracing's directives.
    #[arg(long, env = "LOG_LEVEL", default_value = "info,sqlx=warn,tower_sessions_core=error", global = true)]
    pub log_level: String,
    /// Addresses of the proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', global = true)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Connections served at once.
    #[arg(long, env = "MAX_CONNECTIONS", default_value_t = 1024, global = true)]
    pub max_connections: usize,
    /// Where the files of demandes are kept, and who looks at them.
    #[command(flatten)]
    pub storage: StorageSettings,
    /// The service that instructs and decides, as letters and receipts name it.
    #[command(flatten)]
    pub desk: DeskFacts,
    /// Where the Sirene register is asked.
    #[command(flatten)]
    pub sirene: SireneSettings,
}

/// The administration behind the desk, as receipts and decisions must name it (CRPA R112-11-1, L111-2, CJA R421-5).
#[derive(Clone, Debug, Args)]
pub struct DeskFacts {
    /// The service in charge.
    #[arg(
        long,
        env = "DESK_SERVICE",
        default_value = "Direction interministérielle du numérique (DINUM), équipe FranceConnect",
        global = true
    )]
    pub desk_service: String,
    /// Its e-mail address.
    #[arg(long, env = "DESK_EMAIL", default_value = "support.partenaires@franceconnect.gouv.fr", global = true)]
    pub desk_email: String,
    /// Its telephone number, printed where the law asks for one.
    #[arg(long, env = "DESK_PHONE", default_value = "", global = true)]
    pub desk_phone: String,
    /// Its postal address, on one line.
    #[arg(long, env = "DESK_ADDRESS", default_value = "20 avenue de Ségur, 75007 Paris", global = true)]
    pub desk_address: String,
    /// The court that hears appeals against its decisions.
    #[arg(long, env = "DESK_COURT", default_value = "tribunal administratif de Paris", global = true)]
    pub desk_court: String,
    /// Where that court receives appeals on line.
    #[arg(long, env = "DESK_COURT_URL", default_value = "https://citoyens.telerecours.fr", global = true)]
    pub desk_court_url: String,
    /// Working days within which an administration's demande is usually answered; a target without legal effect.
    #[arg(long, env = "DESK_TARGET_WORKING_DAYS", default_value_t = 10, global = true)]
    pub desk_target_working_days: u32,
    /// What silence means for a private body's demande tied to a change of address (CRPA L231-1, L231-4); production asks for it.
    #[arg(long, env = "DESK_SILENCE_EFFECT_ADDRESS_CHANGE", value_enum, global = true)]
    pub desk_silence_effect_address_change: Option<SilenceEffect>,
    /// What silence means for a private body which a text obliges to check identities; production asks for it.
    #[arg(long, env = "DESK_SILENCE_EFFECT_IDENTITY_CHECK", value_enum, global = true)]
    pub desk_silence_effect_identity_check: Option<SilenceEffect>,
    /// Who answers for what the site publishes, name and quality (loi 2004-575, article 1-1); production asks for it.
    #[arg(long, env = "DESK_PUBLISHER", default_value = "", global = true)]
    pub desk_publisher: String,
    /// Who hosts the site: name, address, telephone (loi 2004-575, article 1-1); production asks for it.
    #[arg(long, env = "DESK_HOST", default_value = "", global = true)]
    pub desk_host: String,
    /// E-mail address of the data protection officer (RGPD, article 13-1-b); production asks for it.
    #[arg(long, env = "DESK_DPO_EMAIL", default_value = "", global = true)]
    pub desk_dpo_email: String,
}

impl Config {
    /// Whether real people use this desk: their address is https.
    pub fn is_production(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The settings as meant: an empty variable is an absent one, an address has no final slash.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for secret in [
            &mut self.database_url,
            &mut self.migration_database_url,
            &mut self.secret_key,
            &mut self.smtp_url,
            &mut self.sirene.sirene_insee_key,
            &mut self.storage.s3_secret_access_key,
        ] {
            secret.take_if(|value| value.expose_secret().trim().is_empty());
        }
        // Parsed and written again, « HTTPS://Example.FR/ » is the production it means to be.
        let address = url::Url::parse(self.public_url.trim()).map_or_else(|_| self.public_url.clone(), String::from);
        address.trim_end_matches('/').clone_into(&mut self.public_url);
        // On another port than the usual one, the links of the letters lead there too.
        if self.public_url == USUAL_ADDRESS {
            self.public_url = format!("http://localhost:{}", self.listen_addr.port());
        }
        // Where nobody files for good, silence is read in the way that grants nothing.
        if !self.is_production() {
            self.desk.desk_silence_effect_address_change.get_or_insert(SilenceEffect::Rejection);
            self.desk.desk_silence_effect_identity_check.get_or_insert(SilenceEffect::Rejection);
        }
        self
    }

    /// The settings a program starts with when nothing is set.
    ///
    /// # Panics
    /// Never: every setting has a default.
    pub fn defaults() -> Self {
        use clap::{Command, FromArgMatches};
        let matches = Self::augment_args(Command::new("habilitation")).get_matches_from(["habilitation"]);
        Self::from_arg_matches(&matches).expect("every setting has a default").tidied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_meant() {
        for (typed, meant) in [
            ("https://guichet.example.fr/", "https://guichet.example.fr"),
            (" HTTPS://Guichet.Example.FR ", "https://guichet.example.fr"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("guichet", "guichet"),
        ] {
            let config = Config { public_url: typed.into(), ..Config::defaults() }.tidied();
            assert_eq!(config.public_url, meant);
        }
        let elsewhere = Config { listen_addr: ([127, 0, 0, 1], 4000).into(), public_url: USUAL_ADDRESS.into(), ..Config::defaults() };
        assert_eq!(elsewhere.tidied().public_url, "http://localhost:4000");
        let empty = Config { smtp_url: Some(" ".into()), database_url: Some("".into()), ..Config::defaults() }.tidied();
        assert!(empty.smtp_url.is_none() && empty.database_url.is_none());
    }
}
