//! How long the desk takes to open, and what it holds in memory when nobody is there.

use std::{fs, time::Duration};

use rustix::process::Pid;
use tokio::time::sleep;

use crate::desk::{Desk, Place};

/// A line of /proc in mebibytes: « `Pss: 1234 kB` ».
fn mebibytes(process: Pid, file: &str, line: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{}/{file}", process.as_raw_nonzero())).unwrap();
    let value = text.lines().find_map(|said| said.strip_prefix(line)).unwrap();
    value.trim().trim_end_matches("kB").trim().parse::<f64>().unwrap() / 1024.0
}

fn say_memory(place: &Place, desk: &Desk) {
    let program = mebibytes(desk.pid(), "status", "VmRSS:");
    let server = place.server_processes();
    let sum = |file, line| server.iter().map(|process| mebibytes(*process, file, line)).sum::<f64>();
    let (shared, resident) = (sum("smaps_rollup", "Pss:"), sum("status", "VmRSS:"));
    println!(
        "at rest: the program {program:.1} MiB (RSS); PostgreSQL {shared:.1} MiB in {} processes (PSS; {resident:.1} MiB as RSS, what they \
         share counted each time)",
        server.len()
    );
    assert!(program < 200.0 && shared < 300.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_opens_quickly_and_holds_little_at_rest() {
    let place = Place::new().await;
    let mut desk = place.serve(&[]);
    println!("open after {:.2?} on a new database, with the demonstration", desk.ready().await);
    desk.ask_to_stop();
    assert!(desk.end().await.success());
    for _ in 0..3 {
        desk = place.serve(&[]);
        let started = desk.ready().await;
        println!("open after {started:.2?} on an existing database");
        assert!(started < Duration::from_secs(15));
        // Letters of the demonstration leave, assets are compressed.
        sleep(Duration::from_secs(3)).await;
        say_memory(&place, &desk);
        desk.ask_to_stop();
        assert!(desk.end().await.success());
    }
}
