//! The server's loop, met with real sockets by clients who misbehave.

mod stop;

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::ConnectInfo,
    http::StatusCode,
    routing::{get, post},
};
use habilitation::serve::{Limits, Stop, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// Long enough that a busy machine does not cut what is well-behaved, short enough for a test.
const BRIEF: Duration = Duration::from_millis(400);
/// Far longer than any limit of these tests.
const FOREVER: Duration = Duration::from_secs(20);

fn limits() -> Limits {
    Limits {
        connections: 100,
        headers: BRIEF,
        idle: BRIEF * 3,
        body: BRIEF,
        body_rate: 64 * 1024,
        answer: BRIEF,
        last_word: BRIEF / 2,
        farewell: FOREVER,
    }
}

/// A server of a few pages that show what is looked at here.
struct House {
    address: SocketAddr,
    stop: Stop,
    served: JoinHandle<()>,
    /// Somebody waits at `/lent`.
    waiting: Arc<Notify>,
    /// Lets them go.
    go: Arc<Notify>,
}

impl House {
    async fn open(limits: Limits) -> Self {
        let (waiting, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow = {
            let (waiting, go) = (waiting.clone(), go.clone());
            move || async move {
                waiting.notify_one();
                go.notified().await;
                "enfin"
            }
        };
        let site = Router::new()
            .route("/", get(async || "bonjour"))
            .route("/qui", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()))
            .route("/lent", get(slow))
            .route("/gros", get(async || "é".repeat(32 * 1024 * 1024)))
            .route("/depot", post(async |body: Bytes| body.len().to_string()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = Stop::default();
        let asked = stop.clone();
        let served = tokio::spawn(async move { serve(listener, site, limits, &asked).await });
        Self { address, stop, served, waiting, go }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    async fn get(&self, path: &str) -> String {
        let mut client = self.connect().await;
        client.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await;
        client.rest().await
    }
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Everything until the server closes; a connection reset is an end too.
    async fn rest(&mut self) -> String {
        let mut answer = Vec::new();
        let _ = timeout(FOREVER, self.0.read_to_end(&mut answer)).await.expect("the server closes");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// One answer with a short body.
    async fn one(&mut self) -> String {
        let mut answer = vec![0; 4096];
        let length = timeout(FOREVER, self.0.read(&mut answer)).await.expect("the server answers").unwrap();
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }

    /// Sends a byte at a time until the server closes; how long that lasted.
    async fn trickle(&mut self) -> Duration {
        let started = Instant::now();
        let mut byte = [0];
        while started.elapsed() < FOREVER {
            if self.0.write_all(b"a").await.is_err() {
                break;
            }
            if let Ok(Ok(0) | Err(_)) = timeout(BRIEF / 8, self.0.read(&mut byte)).await {
                break;
            }
        }
        started.elapsed()
    }
}

#[tokio::test]
async fn a_page_knows_where_its_visitor_comes_from() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    let address = client.0.local_addr().unwrap();
    client.send("GET /qui HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(client.one().await.ends_with(&address.to_string()));
}

#[tokio::test]
async fn slow_headers_are_cut_off() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    client.send("GET / HTTP/1.1\r\nx-slow: ").await;
    let lasted = client.trickle().await;
    assert!(lasted < BRIEF * 4, "{lasted:?}");
}

#[tokio::test]
async fn slow_headers_of_a_second_request_are_cut_off_too() {
    let house = House::open(Limits { idle: FOREVER, ..limits() }).await;
    let mut client = house.connect().await;
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(client.one().await.ends_with("bonjour"));
    client.send("GET / HTTP/1.1\r\nx-slow: ").await;
    let lasted = client.trickle().await;
    assert!(lasted < BRIEF * 4, "{lasted:?}");
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let house = House::open(limits()).await;
    let started = Instant::now();
    assert_eq!(house.connect().await.rest().await, "");
    let lasted = started.elapsed();
    assert!((BRIEF..BRIEF * 3).contains(&lasted), "{lasted:?}");
}

#[tokio::test]
async fn an_idle_connection_is_kept_for_a_while_then_closed() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(client.one().await.ends_with("bonjour"));
    // Longer than headers may take: this is another wait.
    sleep(BRIEF * 2).await;
    client.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(client.one().await.ends_with("bonjour"));
    let started = Instant::now();
    assert_eq!(client.rest().await, "");
    let lasted = started.elapsed();
    assert!((BRIEF * 2..BRIEF * 6).contains(&lasted), "{lasted:?}");
}

#[tokio::test]
async fn a_page_that_takes_its_time_is_not_cut_off() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    client.send("GET /lent HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    sleep(BRIEF * 4).await;
    house.go.notify_one();
    assert!(client.one().await.ends_with("enfin"));
}

#[tokio::test]
async fn a_slow_body_is_told_so_and_cut_off() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    client.send("POST /depot HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n").await;
    let (mut reader, mut writer) = client.0.into_split();
    let trickle = tokio::spawn(async move {
        while writer.write_all(b"a").await.is_ok() {
            sleep(BRIEF / 8).await;
        }
    });
    let started = Instant::now();
    let mut answer = Vec::new();
    let _ = timeout(FOREVER, reader.read_to_end(&mut answer)).await.expect("the server closes");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("Rien n’a été enregistré"), "{answer}");
    assert!(started.elapsed() < BRIEF * 4);
    trickle.await.unwrap();
}

#[tokio::test]
async fn a_long_body_that_comes_steadily_is_received() {
    let house = House::open(limits()).await;
    let mut client = house.connect().await;
    client.send("POST /depot HTTP/1.1\r\nhost: localhost\r\ncontent-length: 524288\r\n\r\n").await;
    // Three times the limit for an empty body, at more than the slowest rate allowed.
    for _ in 0..16 {
        client.send(&"a".repeat(32 * 1024)).await;
        sleep(BRIEF * 3 / 16).await;
    }
    assert!(client.one().await.ends_with("524288"));
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_not_waited_for() {
    let house = House::open(Limits { connections: 1, ..limits() }).await;
    let mut deaf = house.connect().await;
    deaf.send("GET /gros HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    // Its place is the only one: the next visitor is served once it is taken back.
    assert!(house.get("/").await.ends_with("bonjour"));
}

#[tokio::test]
async fn no_more_connections_are_served_than_the_limit_says() {
    let house = House::open(Limits { connections: 2, headers: FOREVER, ..limits() }).await;
    let (first, second) = (house.connect().await, house.connect().await);
    let third = house.get("/");
    tokio::pin!(third);
    assert!(timeout(BRIEF, &mut third).await.is_err(), "a third one waits");
    drop(first);
    assert!(third.await.ends_with("bonjour"), "and is served when a place is free");
    drop(second);
}

#[tokio::test]
async fn too_long_an_address_or_headers_are_refused() {
    let house = House::open(limits()).await;
    for (length, expected) in [(8_000, StatusCode::NOT_FOUND), (8_200, StatusCode::URI_TOO_LONG)] {
        let answer = house.get(&format!("/{}", "a".repeat(length))).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {}", expected.as_u16())), "{length}: {answer}");
    }
    for (length, expected) in [(30_000, StatusCode::OK), (33_000, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)] {
        let mut client = house.connect().await;
        let request = format!("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-long: {}\r\n\r\n", "a".repeat(length));
        // The server may close before it has read everything.
        let _ = client.0.write_all(request.as_bytes()).await;
        let answer = client.rest().await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {}", expected.as_u16())), "{length}: {answer}");
    }
}
