//! A mail server on this machine that fails as real ones do.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};
use tokio_util::sync::{CancellationToken, DropGuard};

/// What goes wrong in one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// 421 instead of a greeting.
    TooBusy,
    /// Accepts the connection and never says a word.
    SilentFromTheStart,
    /// 450 to whatever recipient.
    Later,
    /// Closes instead of asking for the letter.
    DropsBeforeTheLetter,
    /// Closes when the letter has begun.
    DropsBeforeTheEnd,
    /// Keeps the letter, then closes without an answer.
    DropsAfterTheEnd,
    /// Keeps the letter, then never answers.
    SilentAfterTheEnd,
    /// 451 once the whole letter was read; does not keep it.
    LaterAfterTheEnd,
}

/// A letter the server took.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its envelope's recipient.
    pub to: String,
    /// Its Message-ID header.
    pub message_id: String,
    /// All of it.
    pub raw: String,
    /// It came over TLS.
    pub over_tls: bool,
    /// The sender proved who they are.
    pub signed_in: bool,
}

#[derive(Debug, Default)]
struct Book {
    faults: Mutex<VecDeque<Fault>>,
    refusals: Mutex<HashMap<String, String>>,
    received: Mutex<Vec<Received>>,
    said: Mutex<Vec<String>>,
}

/// The server; it stops with this value.
#[derive(Debug)]
pub struct SmtpServer {
    /// Where it listens.
    pub port: u16,
    book: Arc<Book>,
    _stop: DropGuard,
}

impl SmtpServer {
    /// One that does not know TLS; its first conversations go wrong as told, the others well.
    pub async fn start(faults: &[Fault]) -> Self {
        Self::listen(faults, None).await
    }

    /// One that offers STARTTLS and asks for a password.
    pub async fn start_with_tls() -> Self {
        let certificates = vec![CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(certificates, key)
            .unwrap();
        Self::listen(&[], Some(TlsAcceptor::from(Arc::new(config)))).await
    }

    async fn listen(faults: &[Fault], tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let book = Arc::new(Book { faults: Mutex::new(faults.iter().copied().collect()), ..Book::default() });
        let stop = CancellationToken::new();
        let (served, stopped) = (book.clone(), stop.clone());
        tokio::spawn(async move {
            loop {
                let stream = tokio::select! {
                    () = stopped.cancelled() => break,
                    accepted = listener.accept() => accepted.unwrap().0,
                };
                let fault = served.faults.lock().unwrap().pop_front().unwrap_or(Fault::None);
                let conversation = Conversation::new(served.clone(), fault, tls.clone());
                let stopped = stopped.clone();
                tokio::spawn(async move {
                    tokio::select! {
                        () = stopped.cancelled() => {}
                        // whoever hangs up ends it
                        _ = conversation.hold(stream) => {}
                    }
                });
            }
        });
        Self { port, book, _stop: stop.drop_guard() }
    }

    /// From now on that recipient gets that answer.
    pub fn refuse(&self, address: &str, answer: &str) {
        self.book.refusals.lock().unwrap().insert(address.to_owned(), answer.to_owned());
    }

    /// That recipient is welcome again.
    pub fn accept(&self, address: &str) {
        self.book.refusals.lock().unwrap().remove(address);
    }

    /// What it took.
    pub fn received(&self) -> Vec<Received> {
        self.book.received.lock().unwrap().clone()
    }

    /// The commands it heard.
    pub fn heard(&self) -> Vec<String> {
        self.book.said.lock().unwrap().clone()
    }
}

trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

struct Conversation {
    book: Arc<Book>,
    fault: Fault,
    tls: Option<TlsAcceptor>,
    over_tls: bool,
    signed_in: bool,
    to: String,
}

impl Conversation {
    fn new(book: Arc<Book>, fault: Fault, tls: Option<TlsAcceptor>) -> Self {
        Self { book, fault, tls, over_tls: false, signed_in: false, to: String::new() }
    }

    async fn hold(mut self, stream: TcpStream) -> std::io::Result<()> {
        let mut line: BufReader<Box<dyn Line>> = BufReader::new(Box::new(stream));
        match self.fault {
            Fault::SilentFromTheStart => return never().await,
            Fault::TooBusy => return line.write_all(b"421 4.3.2 trop de courrier\r\n").await,
            _ => line.write_all(b"220 courrier.test ESMTP\r\n").await?,
        }
        loop {
            let mut command = String::new();
            if line.read_line(&mut command).await? == 0 {
                return Ok(());
            }
            let command = command.trim_end();
            self.book.said.lock().unwrap().push(command.to_owned());
            if command == "STARTTLS" {
                let Some(acceptor) = self.tls.clone() else { continue };
                line.write_all(b"220 a vous\r\n").await?;
                line = BufReader::new(Box::new(acceptor.accept(line.into_inner()).await?));
                self.over_tls = true;
            } else if command == "DATA" && self.fault == Fault::DropsBeforeTheLetter {
                return hang_up();
            } else if command == "DATA" {
                line.write_all(b"354 je vous ecoute\r\n").await?;
                self.take_letter(&mut line).await?;
            } else {
                let answer = self.answer(command);
                line.write_all(format!("{answer}\r\n").as_bytes()).await?;
            }
        }
    }

    fn answer(&mut self, command: &str) -> String {
        let word = command.split([' ', ':']).next().unwrap_or_default();
        match word {
            "EHLO" if self.tls.is_some() && !self.over_tls => "250-courrier.test\r\n250 STARTTLS".into(),
            "EHLO" => "250-courrier.test\r\n250 AUTH PLAIN".into(),
            "AUTH" if command == "AUTH PLAIN AGd1aWNoZXQAbW90IGRlIHBhc3Nl" => {
                self.signed_in = true;
                "235 entrez".into()
            }
            "AUTH" => "535 5.7.8 mot de passe faux".into(),
            "MAIL" if self.tls.is_some() && !self.signed_in => "530 5.7.0 mot de passe".into(),
            "RCPT" => {
                command.trim_start_matches("RCPT TO:<").trim_end_matches('>').clone_into(&mut self.to);
                let refused = self.book.refusals.lock().unwrap().get(&self.to).cloned();
                let later = (self.fault == Fault::Later).then(|| "450 4.2.0 revenez plus tard".to_owned());
                refused.or(later).unwrap_or_else(|| "250 oui".into())
            }
            "QUIT" => "221 au revoir".into(),
            _ => "250 oui".into(),
        }
    }

    async fn take_letter(&mut self, line: &mut BufReader<Box<dyn Line>>) -> std::io::Result<()> {
        if self.fault == Fault::DropsBeforeTheEnd {
            line.read_exact(&mut [0; 64]).await?;
            return hang_up();
        }
        let mut raw = String::new();
        while !raw.ends_with("\r\n.\r\n") {
            if line.read_line(&mut raw).await? == 0 {
                return hang_up();
            }
        }
        if self.fault == Fault::LaterAfterTheEnd {
            return line.write_all(b"451 4.3.0 disque plein\r\n").await;
        }
        let message_id = raw.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned();
        let received = Received { to: self.to.clone(), message_id, raw, over_tls: self.over_tls, signed_in: self.signed_in };
        self.book.received.lock().unwrap().push(received);
        match self.fault {
            Fault::DropsAfterTheEnd => hang_up(),
            Fault::SilentAfterTheEnd => never().await,
            _ => line.write_all(b"250 bien recu\r\n").await,
        }
    }
}

async fn never() -> std::io::Result<()> {
    tokio::time::sleep(Duration::from_hours(1)).await;
    Ok(())
}

fn hang_up() -> std::io::Result<()> {
    Err(std::io::ErrorKind::ConnectionAborted.into())
}
