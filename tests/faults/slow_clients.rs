//! Clients who say nothing, or a byte now and then: they are cut off, and meanwhile the others do not notice.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::desk::Place;

const OF_EACH: usize = 100;
/// The limit is 10 s for headers; the rest is for a machine that does something else too.
const CUT_WITHIN: Duration = Duration::from_secs(15);

/// Says `words`, a byte a second, until it is cut off; after how long that was.
async fn dawdle(mut stream: TcpStream, words: &[u8]) -> Duration {
    let (started, mut answer) = (Instant::now(), [0; 1024]);
    for byte in words {
        if stream.write_all(&[*byte]).await.is_err() {
            return started.elapsed();
        }
        if let Ok(Ok(0) | Err(_)) = timeout(Duration::from_secs(1), stream.read(&mut answer)).await {
            return started.elapsed();
        }
    }
    while let Ok(1..) = stream.read(&mut answer).await {}
    started.elapsed()
}

fn percentile(sorted: &[Duration], hundredths: usize) -> Duration {
    sorted[(sorted.len() * hundredths / 100).min(sorted.len() - 1)]
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_dawdlers_keep_nobody_waiting_and_are_cut_off() {
    let place = Place::new().await;
    let desk = place.open().await;
    let mut visitor = desk.browser().sign_in("instructeur@demo.test").await;
    let mut dawdlers = JoinSet::new();
    for _ in 0..OF_EACH {
        let (silent, slow) = (TcpStream::connect(desk.address).await.unwrap(), TcpStream::connect(desk.address).await.unwrap());
        dawdlers.spawn(dawdle(silent, b""));
        dawdlers.spawn(dawdle(slow, b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: a-very-long-header"));
    }
    let (started, mut took) = (Instant::now(), Vec::new());
    while started.elapsed() < Duration::from_secs(5) || took.len() < 100 {
        // Each on a connection of its own: it is received beside the dawdlers.
        visitor.hang_up();
        let answer = visitor.get("/instruction").await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
        took.push(answer.took);
        sleep(Duration::from_millis(10)).await;
    }
    assert!(dawdlers.try_join_next().is_none(), "all of them are still there");
    took.sort();
    println!(
        "{OF_EACH} silent and {OF_EACH} slow connections: {} pages of a reviewer meanwhile, median {:.1?}, p95 {:.1?}",
        took.len(),
        percentile(&took, 50),
        percentile(&took, 95)
    );
    assert!(percentile(&took, 95) < Duration::from_secs(1));
    let lasted = dawdlers.join_all().await;
    let longest = lasted.iter().max().unwrap();
    println!("{} dawdlers cut off, the last after {longest:.1?}", lasted.len());
    assert!(*longest < CUT_WITHIN);
    desk.assert_calm();
}
