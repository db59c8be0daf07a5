//! Connections that come home with a transaction open: whoever takes them next must not write into it.

use std::{str::FromStr, time::Duration};

use habilitation::database;
use secrecy::SecretString;
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, postgres::PgConnectOptions};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
    time::{sleep, timeout},
};

use crate::support::TestDatabase;

/// One way between the program and the server.
const DELAY: Duration = Duration::from_millis(20);
/// Four ways and more: a `begin` is over by then, the look at the connection before it included.
const MOMENTS: std::ops::Range<u64> = 1..141;

/// Passes everything on to the database, late; the address to reach it by.
async fn open_slow_road(database: &PgConnectOptions) -> PgConnectOptions {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let target = database.clone();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let target = target.clone();
            tokio::spawn(async move {
                match target.get_socket() {
                    Some(directory) => {
                        let far = UnixStream::connect(directory.join(format!(".s.PGSQL.{}", target.get_port()))).await.unwrap();
                        carry(near, far).await;
                    }
                    None => carry(near, TcpStream::connect((target.get_host(), target.get_port())).await.unwrap()).await,
                }
            });
        }
    });
    let name = database.get_database().unwrap();
    let url = format!("postgres://{}@127.0.0.1:{port}/{name}?sslmode=disable", database.get_username());
    PgConnectOptions::from_str(&url).unwrap()
}

async fn carry(near: TcpStream, far: impl AsyncRead + AsyncWrite + Unpin) {
    // Each way has its own lag, whatever the other does.
    let (mut here, lagging) = tokio::io::duplex(64 * 1024);
    let (near_read, near_write) = near.into_split();
    let (lagging_read, lagging_write) = tokio::io::split(lagging);
    let mut far = far;
    tokio::join!(
        async {
            let _ = copy_bidirectional(&mut here, &mut far).await;
            let _ = here.shutdown().await;
        },
        late(near_read, lagging_write),
        late(lagging_read, near_write),
    );
}

async fn late(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        sleep(DELAY).await;
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

/// Leaves while `begin` is under way, then writes as the next borrower: whether that write is there for others.
async fn is_kept(pool: &PgPool, outside: &mut PgConnection, moment: Duration) -> bool {
    let left = timeout(moment, pool.begin()).await;
    drop(left);
    let key = format!("{moment:?}");
    sqlx::query!("insert into attempt_counters (key, window_starts_at, count) values ($1, to_timestamp(0), 1)", key)
        .execute(pool)
        .await
        .unwrap();
    sqlx::query_scalar!(r#"select exists (select from attempt_counters where key = $1) as "exists!""#, key)
        .fetch_one(outside)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_write_after_a_visitor_left_is_never_lost() {
    let database = TestDatabase::new().await;
    let slow = open_slow_road(&database.desk.connect_options()).await;
    let mut tries = tokio::task::JoinSet::new();
    for moment in MOMENTS.step_by(4).map(Duration::from_millis) {
        let url = SecretString::from(slow.to_url_lossy().to_string());
        let mut outside = PgConnection::connect(&database.owner_url).await.unwrap();
        tries.spawn(async move {
            let pool = database::connect(&url, 1).await.unwrap();
            (moment, is_kept(&pool, &mut outside, moment).await)
        });
    }
    let lost: Vec<Duration> = tries.join_all().await.into_iter().filter_map(|(moment, is_kept)| (!is_kept).then_some(moment)).collect();
    assert_eq!(lost, [Duration::ZERO; 0]);
}
