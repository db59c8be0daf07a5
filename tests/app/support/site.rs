//! The desk as a test runs it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use axum::Router;
use habilitation::{
    AppState,
    accounts::Passwords,
    attachments::{Antivirus, Storage},
    clock::Clock,
    config::Config,
    documents::Printer,
    notifications::{self, Letterhead, Mailer, OutboxFilter, OutboxLetter, Posted, Rendered},
    organisations::Register,
    router,
    secret::SecretKey,
    site::surround,
    web::Routes,
    worker::{self, Round},
};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use time::macros::datetime;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{TestDatabase, Visitor};

/// A site with its own database, a clock that stands still at 3 December 2026, 10 h in Paris, and a mailer that keeps its letters in
/// memory. A test that ends with a letter in the outbox nobody looked at fails: see [`TestSite::letters_to`].
#[derive(Debug)]
pub struct TestSite {
    /// What the pages share.
    pub state: AppState,
    /// Its database.
    pub database: TestDatabase,
    /// What takes the letters away.
    pub mailer: Mailer,
    /// The letters it took.
    pub posted: Posted,
    router: Router,
    /// Where it keeps what is not in its database; removed at the end.
    _place: TempDir,
    read: Mutex<HashSet<Uuid>>,
}

impl TestSite {
    /// A fresh site.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A fresh site with other settings.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::defaults();
        let place = TempDir::new().unwrap();
        config.data_dir = place.path().to_owned();
        // Decisions take effect at once, except where a test is about their being held.
        config.decision_hold = 0;
        change(&mut config);
        let database = TestDatabase::new().await;
        let (mailer, posted) = Mailer::memory(&config).unwrap();
        let state = AppState {
            db: database.desk.clone(),
            clock: Clock::fixed(datetime!(2026-12-03 09:00 UTC)),
            config: Arc::new(config),
            secret: SecretKey::new(vec![7; 32]),
            passwords: Passwords::new(),
            register: Register::sample(),
            storage: Storage::memory(),
            antivirus: Antivirus::at(""),
            printer: Printer::new(),
        };
        Self { router: router(state.clone()), state, database, mailer, posted, _place: place, read: Mutex::default() }
    }

    /// The same site, keeping its files elsewhere.
    pub fn with_storage(mut self, storage: Storage) -> Self {
        self.state.storage = storage;
        self.router = router(self.state.clone());
        self
    }

    /// The same site, with an antivirus that listens there.
    pub fn with_antivirus(mut self, address: &str) -> Self {
        self.state.antivirus = Antivirus::at(address);
        self.router = router(self.state.clone());
        self
    }

    /// The same site, asking another register.
    pub fn with_register(mut self, register: Register) -> Self {
        self.state.register = register;
        self.router = router(self.state.clone());
        self
    }

    /// Somebody who opens the site in a browser of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// Somebody before pages made for a test, behind the same walls as the site's own.
    pub fn visitor_before(&self, pages: Routes<AppState>) -> Visitor {
        Visitor::new(surround(pages, self.state.clone()))
    }

    /// Every letter so far, sent or not, as « kind to address », sorted; they count as looked at.
    pub async fn letters(&self) -> Vec<String> {
        let mut letters: Vec<String> = self.outbox().await.iter().map(in_a_word).collect();
        letters.sort();
        letters
    }

    /// What every letter written to that address so far says, oldest first; they count as looked at.
    pub async fn letters_to(&self, address: &str) -> Vec<Rendered> {
        let head = Letterhead::new(&self.state.config, self.state.secret.clone());
        self.outbox_of(address).await.iter().map(|letter| letter.rendered(&head).unwrap()).collect()
    }

    /// The letters to that address as stored, oldest first; they count as looked at.
    pub async fn outbox_of(&self, address: &str) -> Vec<OutboxLetter> {
        self.look(&OutboxFilter { address: Some(address.to_owned()), ..OutboxFilter::default() }).await
    }

    /// Every letter of the outbox as stored, oldest first; they count as looked at.
    pub async fn outbox(&self) -> Vec<OutboxLetter> {
        self.look(&OutboxFilter::default()).await
    }

    async fn look(&self, filter: &OutboxFilter) -> Vec<OutboxLetter> {
        let mut connection = self.state.db.acquire().await.unwrap();
        let mut letters = notifications::list_outbox(&mut connection, filter, usize::MAX).await.unwrap();
        letters.reverse();
        self.read.lock().unwrap().extend(letters.iter().map(|letter| letter.id));
        letters
    }

    /// Lets the worker send what is due.
    pub async fn send_letters(&self) -> Round {
        self.send_letters_through(&self.mailer).await
    }

    /// As [`TestSite::send_letters`], through another mailer.
    pub async fn send_letters_through(&self, mailer: &Mailer) -> Round {
        worker::send_due_letters(&self.state, mailer, &CancellationToken::new()).await.unwrap()
    }
}

fn in_a_word(letter: &OutboxLetter) -> String {
    format!("{} to {}", letter.kind, letter.to.address)
}

/// On a thread with a runtime and a connection of its own: the test's runtime cannot be waited for while it drops its values.
fn letters_in(owner_url: String) -> Vec<OutboxLetter> {
    let read = async move {
        let mut connection = PgConnection::connect(&owner_url).await.unwrap();
        let letters = notifications::list_outbox(&mut connection, &OutboxFilter::default(), usize::MAX).await.unwrap();
        connection.close().await.unwrap();
        letters
    };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::spawn(move || runtime().block_on(read)).join().unwrap()
}

impl Drop for TestSite {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let read = self.read.get_mut().unwrap();
        let mut unread = letters_in(self.database.owner_url.clone());
        unread.retain(|letter| !read.contains(&letter.id));
        let unread: Vec<String> = unread.iter().map(in_a_word).collect();
        assert!(unread.is_empty(), "letters nobody looked at: {unread:?}");
    }
}
