//! The server's loop: takes connections up to a limit, none of them for longer than it deserves, and stops without cutting anybody off.
//!
//! `axum::serve` waits for ever on a client that sends its headers or its body one byte at a time (measured): hence this one.

mod body;
mod patience;

use std::{
    convert::Infallible,
    io::{self, ErrorKind},
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, Response, StatusCode, header},
    response::IntoResponse,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use self::{
    body::{AnswerBody, TimedBody},
    patience::{Patient, Turn},
};
use crate::problem::ProblemReport;

/// Longest headers together.
const MOST_HEADER_BYTES: usize = 32 * 1024;
/// Longest path and query.
const MOST_URI_BYTES: usize = 8 * 1024;

/// How long the server waits for each thing a client owes it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections served at once; the next ones wait in the system's queue.
    pub connections: usize,
    /// From the first byte of a request, or the opening of a connection, to the end of its headers.
    pub headers: Duration,
    /// Between two requests of a connection. Longer than proxies keep theirs (nginx 60 s, Traefik 90 s, Caddy 120 s): if we closed first,
    /// a proxy would lose the request it is just sending.
    pub idle: Duration,
    /// For a body, to which the time is added that the bytes received would take at [`Limits::body_rate`].
    pub body: Duration,
    /// Bytes a second below which a body is too slow.
    pub body_rate: u32,
    /// For a client to take something of an answer that waits for it.
    pub answer: Duration,
    /// For a request that is on its way when the server is asked to stop: a connection closed under it would lose it.
    pub last_word: Duration,
    /// For requests in flight when the server stops.
    pub farewell: Duration,
}

impl Limits {
    /// What is used outside tests (OWASP ASVS 13.1.2, 15.2.2).
    pub fn usual(connections: usize) -> Self {
        Self {
            connections,
            headers: Duration::from_secs(10),
            idle: Duration::from_secs(130),
            body: Duration::from_secs(30),
            body_rate: 8 * 1024,
            answer: Duration::from_secs(30),
            last_word: Duration::from_millis(500),
            farewell: Duration::from_secs(30),
        }
    }
}

/// How the program is asked to stop: once, and it finishes what it does; twice, and it leaves at once.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    asked: CancellationToken,
    at_once: CancellationToken,
}

impl Stop {
    /// Listens to SIGTERM and SIGINT.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn on_signals() -> io::Result<Self> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let stop = Self::default();
        let asked = stop.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => asked.ask(),
                    _ = interrupt.recv() => asked.ask(),
                }
            }
        });
        Ok(stop)
    }

    /// Asks once more.
    pub fn ask(&self) {
        if self.asked.is_cancelled() {
            tracing::warn!("asked to stop again: leaving at once");
            self.at_once.cancel();
        } else {
            tracing::info!("asked to stop: finishing what is in flight");
            self.asked.cancel();
        }
    }

    /// Waits until the program is asked to stop.
    pub async fn asked(&self) {
        self.asked.cancelled().await;
    }

    /// Waits until the program is asked to leave at once.
    pub async fn at_once(&self) {
        self.at_once.cancelled().await;
    }
}

/// Serves the site until asked to stop, and returns when no connection is left.
pub async fn serve(listener: TcpListener, site: Router, limits: Limits, stop: &Stop) {
    let connections = TaskTracker::new();
    let cut = CancellationToken::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let welcome = |stream, peer, place| {
        let (site, asked, cut) = (site.clone(), stop.asked.clone(), cut.clone());
        connections.spawn(Connection { peer, site, limits, asked, cut, _place: place }.keep(stream));
    };
    tokio::select! {
        () = stop.asked() => {}
        () = accept(&listener, welcome, &places) => {}
    }
    for (stream, peer) in at_the_door(listener) {
        let Ok(place) = places.clone().try_acquire_owned() else { break };
        welcome(stream, peer, place);
    }
    connections.close();
    tokio::select! {
        () = connections.wait() => {}
        () = stop.at_once() => {}
        () = sleep(limits.farewell) => tracing::warn!(connections = connections.len(), "still in flight at the end of the delay: cut off"),
    }
    cut.cancel();
    connections.wait().await;
}

/// Takes connections for ever, never more at once than there are places.
async fn accept(listener: &TcpListener, welcome: impl Fn(TcpStream, SocketAddr, OwnedSemaphorePermit), places: &Arc<Semaphore>) {
    let (shortest, longest) = (Duration::from_millis(10), Duration::from_secs(1));
    let mut pause = shortest;
    while let Ok(place) = places.clone().acquire_owned().await {
        match listener.accept().await {
            Ok((stream, peer)) => {
                pause = shortest;
                welcome(stream, peer, place);
            }
            // That client left before it was received.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted) => {}
            // The machine has no more files or memory to give: trying again at once would take the processor too.
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(pause).await;
                pause = (pause * 2).min(longest);
            }
        }
    }
}

/// Those the system has let in already: with the listener they would be cut off. It is asked directly, because the runtime learns of them
/// later.
fn at_the_door(listener: TcpListener) -> impl Iterator<Item = (TcpStream, SocketAddr)> {
    let listener = listener.into_std().ok();
    std::iter::from_fn(move || {
        let (stream, peer) = listener.as_ref()?.accept().ok()?;
        stream.set_nonblocking(true).ok()?;
        Some((TcpStream::from_std(stream).ok()?, peer))
    })
}

struct Connection {
    peer: SocketAddr,
    site: Router,
    limits: Limits,
    asked: CancellationToken,
    cut: CancellationToken,
    /// Held as long as the connection.
    _place: OwnedSemaphorePermit,
}

impl Connection {
    async fn keep(self, stream: TcpStream) {
        // Answers are written whole: waiting to fill a packet only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let turn = Turn::new(self.limits);
        let io = TokioIo::new(Patient::new(stream, turn.clone(), self.limits.answer));
        let service = service_fn(|request| self.answer(request, &turn));
        let mut builder = http1::Builder::new();
        // The waiting is done by `Patient`, who tells an idle connection from a slow request.
        builder.header_read_timeout(None).max_buf_size(MOST_HEADER_BYTES + MOST_URI_BYTES);
        let mut connection = std::pin::pin!(builder.serve_connection(io, service));
        let mut last_word = std::pin::pin!(async {
            self.asked.cancelled().await;
            sleep(self.limits.last_word).await;
        });
        let mut leaving = false;
        loop {
            tokio::select! {
                () = self.cut.cancelled() => break,
                () = &mut last_word, if !leaving => {
                    leaving = true;
                    connection.as_mut().graceful_shutdown();
                }
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, peer = %self.peer, "connection ended");
                    }
                    break;
                }
            }
        }
    }

    async fn answer(&self, request: Request<Incoming>, turn: &Turn) -> Result<Response<AnswerBody>, Infallible> {
        let serving = turn.begin();
        if let Some(status) = too_long(&request) {
            return Ok(refuse(status).map(|body| AnswerBody::new(body, serving)));
        }
        let late = Arc::new(AtomicBool::new(false));
        let mut request = request.map(|body| Body::new(TimedBody::new(body, self.limits, late.clone())));
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let mut response = match self.site.clone().oneshot(request).await {
            // Whatever the page made of half a body, this is what happened.
            Ok(_) if late.load(Ordering::Acquire) => refuse(StatusCode::REQUEST_TIMEOUT),
            Ok(response) => response,
            Err(never) => match never {},
        };
        if self.asked.is_cancelled() {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response.map(|body| AnswerBody::new(body, serving)))
    }
}

fn too_long<B>(request: &Request<B>) -> Option<StatusCode> {
    if request.uri().path_and_query().is_some_and(|path| path.as_str().len() > MOST_URI_BYTES) {
        return Some(StatusCode::URI_TOO_LONG);
    }
    let bytes: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (bytes > MOST_HEADER_BYTES).then_some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
}

/// The sentence without its page: the site was not asked, and the connection is of no more use.
fn refuse(status: StatusCode) -> Response<Body> {
    let mut response = (status, ProblemReport::for_status(status).sentence.into_owned()).into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
