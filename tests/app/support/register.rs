//! The two public APIs of the register, on this machine: what they document, and every way they can fail.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use habilitation::{
    clock::Clock,
    organisations::{Adapter, Network, Online},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// How the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// An open town hall, whatever is asked.
    Found,
    /// Its establishment is closed.
    Closed,
    /// Its legal unit has ceased.
    Ceased,
    /// Its name and address are masked.
    Masked,
    /// It holds no such number.
    Unknown,
    /// « Too many requests », with that `Retry-After`.
    TooMany(&'static str),
    /// 500, with a page of errors.
    Broken,
    /// 200, and a page of the host instead of an answer.
    Garbage,
    /// 200, and JSON that is no answer.
    OtherJson,
    /// Half an answer, then the line drops.
    Truncated,
    /// Another number than the one asked for.
    OtherNumber,
    /// A redirection to where it answers well.
    Elsewhere,
    /// More than any answer holds.
    Endless,
    /// A NUL in a name.
    Nul,
    /// A byte from time to time.
    SlowDrip,
    /// Nothing at all.
    Silent,
}

/// A call as the server received it.
#[derive(Clone, Debug)]
pub struct Call {
    /// `/search?q=…` or `/siret/…`.
    pub path: String,
    /// The head of the request.
    pub head: String,
}

#[derive(Debug, Default)]
struct Ledger {
    calls: Vec<Call>,
    /// Calls of the current second.
    recent: VecDeque<Instant>,
    /// Calls beyond seven in any second.
    violations: usize,
}

/// The server.
#[derive(Clone, Debug)]
pub struct RegisterServer {
    /// Where it listens.
    pub base: Url,
    manner: Arc<Mutex<Manner>>,
    ledger: Arc<Mutex<Ledger>>,
}

impl RegisterServer {
    /// Starts on a free port.
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/api", listener.local_addr().unwrap())).unwrap();
        let server = Self { base, manner: Arc::new(Mutex::new(manner)), ledger: Arc::default() };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.answer(stream).await });
            }
        });
        server
    }

    /// Answers otherwise from now on.
    pub fn turns(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// The calls so far.
    pub fn calls(&self) -> Vec<Call> {
        self.ledger.lock().unwrap().calls.clone()
    }

    /// Calls received beyond seven in one second.
    pub fn violations(&self) -> usize {
        self.ledger.lock().unwrap().violations
    }

    /// It as the API « Recherche d’entreprises », for a process of its own.
    pub fn recherche_entreprises(&self, db: &PgPool, clock: &Clock) -> Adapter {
        Adapter::Online(Arc::new(Online::recherche_entreprises(network(db, clock), self.base.clone())))
    }

    /// It as INSEE’s API, for a process of its own.
    pub fn insee(&self, db: &PgPool, clock: &Clock) -> Adapter {
        Adapter::Online(Arc::new(Online::insee(network(db, clock), self.base.clone(), "the-key".into())))
    }

    async fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split(' ').nth(1)?.to_owned();
        let number: String = path.split(['/', '=', '&']).find(|part| part.len() == 14 && part.parse::<u64>().is_ok())?.to_owned();
        let is_insee = path.contains("/siret/");
        let manner = if self.note(Call { path, head }) { *self.manner.lock().unwrap() } else { Manner::TooMany("1") };
        // As far away as a server in the same country.
        tokio::time::sleep(Duration::from_millis(20)).await;
        self.say(&mut stream, manner, &number, is_insee).await
    }

    /// Writes a call down; false when it is one too many.
    fn note(&self, call: Call) -> bool {
        let mut ledger = self.ledger.lock().unwrap();
        let now = Instant::now();
        while ledger.recent.front().is_some_and(|at| now - *at >= Duration::from_secs(1)) {
            ledger.recent.pop_front();
        }
        ledger.recent.push_back(now);
        ledger.calls.push(call);
        let is_too_many = ledger.recent.len() > 7;
        ledger.violations += usize::from(is_too_many);
        !is_too_many
    }

    async fn say(&self, stream: &mut TcpStream, manner: Manner, number: &str, is_insee: bool) -> Option<()> {
        let found = || if is_insee { insee(number, manner) } else { search(number, manner) };
        let (status, extra, body) = match manner {
            Manner::Unknown if is_insee => ("404 Not Found", String::new(), json!({ "header": { "statut": 404 } }).to_string()),
            Manner::Unknown => ("200 OK", String::new(), json!({ "results": [], "total_results": 0 }).to_string()),
            Manner::TooMany(pause) => ("429 Too Many Requests", format!("Retry-After: {pause}\r\n"), String::new()),
            Manner::Broken => ("500 Internal Server Error", String::new(), "<h1>Oops</h1>".into()),
            Manner::Garbage => ("200 OK", String::new(), "<!doctype html><p>Maintenance".into()),
            Manner::OtherJson => ("200 OK", String::new(), json!({ "status": "ok" }).to_string()),
            Manner::OtherNumber if is_insee => ("200 OK", String::new(), insee("13002526500013", manner).to_string()),
            Manner::OtherNumber => ("200 OK", String::new(), search("13002526500013", manner).to_string()),
            Manner::Elsewhere => ("302 Found", format!("Location: {}/siret/{number}\r\n", self.base), String::new()),
            Manner::Endless => ("200 OK", String::new(), format!("{{\"x\":\"{}\"}}", "x".repeat(2 * 1024 * 1024))),
            Manner::Nul => ("200 OK", String::new(), found().to_string().replace("TULLE", "TU\\u0000LLE")),
            Manner::Found | Manner::Closed | Manner::Ceased | Manner::Masked | Manner::Truncated | Manner::SlowDrip => {
                ("200 OK", String::new(), found().to_string())
            }
            Manner::Silent => {
                tokio::time::sleep(Duration::from_secs(30)).await;
                return None;
            }
        };
        let head = format!("HTTP/1.1 {status}\r\n{extra}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).await.ok()?;
        match manner {
            Manner::Truncated => stream.write_all(&body.as_bytes()[..body.len() / 2]).await.ok()?,
            Manner::SlowDrip => {
                for byte in body.bytes() {
                    stream.write_all(&[byte]).await.ok()?;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            _ => stream.write_all(body.as_bytes()).await.ok()?,
        }
        stream.shutdown().await.ok()
    }
}

fn network(db: &PgPool, clock: &Clock) -> Network {
    Network::new("habilitation-tests (guichet; tests@exemple.test)", db.clone(), clock.clone()).unwrap()
}

/// A town hall as « Recherche d’entreprises » tells it.
fn search(number: &str, manner: Manner) -> Value {
    let (name, address) = if manner == Manner::Masked {
        ("[NON-DIFFUSIBLE]", "[NON-DIFFUSIBLE]")
    } else {
        ("COMMUNE DE TULLE", "10 RUE FELIX VIDALIN 19000 TULLE")
    };
    let establishment = json!({
        "siret": number, "adresse": address, "code_postal": "19000", "commune": "19272", "libelle_commune": "TULLE",
        "date_creation": "1983-03-01", "etat_administratif": if manner == Manner::Closed { "F" } else { "A" },
        "date_fermeture": if manner == Manner::Closed { json!("2024-02-29") } else { json!(null) },
        "statut_diffusion_etablissement": if manner == Manner::Masked { "P" } else { "O" }
    });
    json!({
        "results": [{
            "siren": &number[..9], "nom_complet": name, "nom_raison_sociale": name, "nombre_etablissements": 1,
            "nombre_etablissements_ouverts": 1, "siege": establishment, "matching_etablissements": [establishment],
            "activite_principale": "84.11Z", "date_creation": "1983-03-01", "nature_juridique": "7210",
            "etat_administratif": if manner == Manner::Ceased { "C" } else { "A" },
            "statut_diffusion": if manner == Manner::Masked { "P" } else { "O" },
            "dirigeants": [{ "nom": "MARTIN", "prenoms": "CLAUDE" }],
            "complements": { "collectivite_territoriale": { "code": "19272", "elus": [{ "nom": "MARTIN" }] }, "est_service_public": null }
        }],
        "total_results": 1
    })
}

/// The same as INSEE tells it.
fn insee(number: &str, manner: Manner) -> Value {
    let name = if manner == Manner::Masked { "[ND]" } else { "COMMUNE DE TULLE" };
    json!({
        "header": { "statut": 200, "message": "OK" },
        "etablissement": {
            "siret": number, "dateCreationEtablissement": "1983-03-01",
            "statutDiffusionEtablissement": if manner == Manner::Masked { "P" } else { "O" },
            "uniteLegale": {
                "denominationUniteLegale": name, "categorieJuridiqueUniteLegale": "7210", "dateCreationUniteLegale": "1983-03-01",
                "etatAdministratifUniteLegale": if manner == Manner::Ceased { "C" } else { "A" }
            },
            "adresseEtablissement": {
                "codeCommuneEtablissement": "19272", "codePostalEtablissement": "19000", "libelleCommuneEtablissement": "TULLE"
            },
            "periodesEtablissement": [{
                "dateFin": null, "dateDebut": "2024-02-29",
                "etatAdministratifEtablissement": if manner == Manner::Closed { "F" } else { "A" }
            }]
        }
    })
}
