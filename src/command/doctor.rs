//! `habilitation doctor`: looks at everything the desk needs, one line each, and mends nothing.

use std::{fmt, fs, os::unix::fs::PermissionsExt, time::Duration};

use secrecy::ExposeSecret;
use sqlx::PgConnection;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use url::Url;

mod files;
mod register;

use super::{cli::Finding, settings};
use crate::{
    clock::Clock,
    config::Config,
    database::{Database, Schema, SchemaState, find_server_facts, find_session_role, schema_state},
};

/// Below this the desk soon stops; below ten times this somebody should know.
const LEAST_DISK: u64 = 200 * 1024 * 1024;

/// What a look at one thing says.
#[derive(Debug)]
pub(super) enum Look {
    Good(String),
    /// It works, and somebody should know.
    Doubtful(String),
    Bad(String),
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good(said) => write!(f, "ok      {said}"),
            Self::Doubtful(said) => write!(f, "warning {said}"),
            Self::Bad(said) => write!(f, "FAILS   {said}"),
        }
    }
}

/// Looks, and says whether the desk can work.
pub async fn run(config: &Config) -> anyhow::Result<Finding> {
    let mut finding = Finding::Sound;
    let mut tell = |look: Look| {
        println!("{look}");
        if matches!(look, Look::Bad(_)) {
            finding = Finding::Broken;
        }
    };
    look_at_settings(config).into_iter().for_each(&mut tell);
    tell(look_at_secret_key(config));
    tell(look_at_disk(config));
    tell(look_at_mail(config).await);
    tell(files::look_at_storage(config).await);
    tell(files::look_at_antivirus(config).await);
    tell(register::look_at_sources(config));
    match Database::open(config, Schema::AsItIs).await {
        Err(error) => tell(Look::Bad(format!("database: {error:#}"))),
        Ok(database) => {
            match database.desk.acquire().await {
                Err(error) => tell(Look::Bad(format!("database: {error}"))),
                Ok(mut connection) => look_at_database(config, &database, &mut connection).await.into_iter().for_each(&mut tell),
            }
            register::look_at_register(config, &database).await.into_iter().for_each(&mut tell);
            database.close().await?;
        }
    }
    Ok(finding)
}

fn look_at_settings(config: &Config) -> Vec<Look> {
    let mut looks: Vec<Look> = settings::problems(config).into_iter().map(|problem| Look::Bad(format!("settings: {problem}"))).collect();
    if looks.is_empty() {
        looks.push(Look::Good(format!("settings: accepted for {}, letters come from {}", config.public_url, config.mail_from)));
    }
    if config.is_production() && config.trusted_proxies.is_empty() {
        looks.push(Look::Doubtful(
            "settings: no TRUSTED_PROXIES: behind a proxy every visitor seems to come from its address, and shares its limits".into(),
        ));
    }
    looks
}

fn look_at_secret_key(config: &Config) -> Look {
    if config.secret_key.is_some() {
        return Look::Good("secret key: given by SECRET_KEY".into());
    }
    let path = config.data_dir.join("secret.key");
    match fs::metadata(&path) {
        Err(_) => Look::Doubtful(format!("secret key: none yet, the desk will make one in {}", path.display())),
        Ok(file) if file.permissions().mode() & 0o077 != 0 => {
            Look::Bad(format!("secret key: others may read {}: close it with chmod 600", path.display()))
        }
        Ok(_) => match config.read_secret_key() {
            Ok(_) => Look::Good(format!("secret key: kept in {}", path.display())),
            Err(error) => Look::Bad(format!("secret key: {error:#}")),
        },
    }
}

fn look_at_disk(config: &Config) -> Look {
    let directory = config.data_dir.ancestors().find(|directory| directory.is_dir()).unwrap_or(std::path::Path::new("."));
    match rustix::fs::statvfs(directory) {
        Err(error) => Look::Bad(format!("disk: {} cannot be looked at: {error}", directory.display())),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let said = format!("disk: {} MB free for {}", free / (1024 * 1024), config.data_dir.display());
            match free {
                free if free < LEAST_DISK => Look::Bad(said),
                free if free < LEAST_DISK * 10 => Look::Doubtful(said),
                _ => Look::Good(said),
            }
        }
    }
}

async fn look_at_mail(config: &Config) -> Look {
    let Some(url) = &config.smtp_url else {
        return Look::Doubtful("mail server: no SMTP_URL, letters are written as files".into());
    };
    let Ok(url) = Url::parse(url.expose_secret()) else { return Look::Bad("mail server: SMTP_URL cannot be read".into()) };
    let usual_port = match url.scheme() {
        "smtps" => 465,
        "smtp+starttls" => 587,
        _ => 25,
    };
    let (host, port) = (url.host_str().unwrap_or_default(), url.port().unwrap_or(usual_port));
    let patience = Duration::from_secs(5);
    match timeout(patience, greet(host.trim_matches(['[', ']']), port, url.scheme() == "smtps")).await {
        Ok(Ok(())) => Look::Good(format!("mail server: {host}:{port} answers")),
        Ok(Err(error)) => Look::Bad(format!("mail server: {host}:{port} does not answer: {error}")),
        Err(_) => Look::Bad(format!("mail server: {host}:{port} does not answer within {} s", patience.as_secs())),
    }
}

/// Connects, and where the first word is not encrypted, waits for the server's greeting (RFC 5321 §3.1).
async fn greet(host: &str, port: u16, is_encrypted: bool) -> std::io::Result<()> {
    let stream = TcpStream::connect((host, port)).await?;
    if is_encrypted {
        return Ok(());
    }
    let mut greeting = String::new();
    BufReader::new(stream).read_line(&mut greeting).await?;
    if greeting.starts_with("220") { Ok(()) } else { Err(std::io::Error::other(format!("it said: {}", greeting.trim_end()))) }
}

async fn look_at_database(config: &Config, database: &Database, connection: &mut PgConnection) -> Vec<Look> {
    let mut looks = Vec::new();
    looks.push(match find_server_facts(connection).await {
        Err(error) => Look::Bad(format!("database: {error}")),
        Ok((version, time)) => {
            let server = if database.is_private() { "the desk's own PostgreSQL" } else { "PostgreSQL" };
            match (Clock::System.now() - time).abs().whole_seconds() {
                apart @ 5.. => Look::Bad(format!("database: its clock and this machine's are {apart} s apart")),
                _ => Look::Good(format!("database: {server} {version} answers")),
            }
        }
    });
    looks.push(match find_session_role(connection).await {
        Err(error) => Look::Bad(format!("role: {error}")),
        Ok(role) if !role.is_superuser && !role.is_owner => Look::Good(format!("role: {}, which cannot rewrite the past", role.name)),
        Ok(role) => {
            let said = format!("role: {} owns the database or may do anything in it", role.name);
            if config.is_production() { Look::Bad(said) } else { Look::Doubtful(said) }
        }
    });
    looks.push(match schema_state(connection).await {
        Err(error) => Look::Bad(format!("schema: {error:#}")),
        Ok(SchemaState::UpToDate) => Look::Good(format!("schema: {}", SchemaState::UpToDate.sentence())),
        Ok(SchemaState::Behind(missing)) if matches!(database.owner().connect().await, Ok(Some(_))) => {
            Look::Doubtful(format!("schema: {missing} migrations will be run when the desk starts"))
        }
        Ok(other) => Look::Bad(format!("schema: {}", other.sentence())),
    });
    looks
}
