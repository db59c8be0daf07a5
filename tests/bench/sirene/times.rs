//! How long look-ups and searches take, each on one connection, the way the desk makes them.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use habilitation::organisations::{
    Answer, Siret,
    stock::{NameSearch, find_in_stock, search_by_name},
};
use sqlx::{Connection, PgConnection};

/// Looks SIRETs up until a file exists, and says how long it took.
pub async fn look_ups(url: &str, until: &Path) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let drawn = "select lpad(siret::text, 14, '0') from stock_establishments tablesample system (2) order by hashint8(siret) limit 20000";
    let sirets: Vec<String> = sqlx::query_scalar(drawn).fetch_all(&mut connection).await.unwrap();
    let mut times = Vec::new();
    let mut sirets = sirets.iter().cycle();
    while !until.exists() {
        for siret in sirets.by_ref().take(50) {
            let siret = Siret::try_from(siret.clone()).unwrap();
            let start = Instant::now();
            let answer = find_in_stock(&mut connection, &siret).await.unwrap();
            times.push(start.elapsed());
            assert!(matches!(answer, Answer::Known(_)), "{siret}: {answer:?}");
        }
    }
    println!("{}", told(times));
}

/// Searches names of the stock: two words of a name, a word and the town, the beginning of a word, a word everybody bears.
pub async fn searches(url: &str, count: usize) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let drawn = "select u.name, e.town from stock_units u tablesample system (1) join stock_establishments e on e.siret / 100000 = u.siren
        where u.name <> '' and u.words <> '' and e.is_head_office order by hashint4(u.siren) limit $1";
    let drawn: Vec<(String, String)> = sqlx::query_as(drawn).bind(i64::try_from(count).unwrap()).fetch_all(&mut connection).await.unwrap();
    for (kind, typed) in [
        ("the whole name", (|name, _| name) as fn(String, String) -> String),
        ("a word and the town", |name, town| format!("{} {town}", name.split(' ').next_back().unwrap_or_default())),
        ("the kind and the town", |name, town| format!("{} {town}", name.split(' ').next().unwrap_or_default())),
        ("three letters", |name, _| name.split(' ').next_back().unwrap_or_default().chars().take(3).collect()),
        ("the town alone", |_, town| town),
        ("the kind alone", |name, _| name.split(' ').next().unwrap_or_default().to_owned()),
    ] {
        let mut times = Vec::new();
        let mut found = 0;
        for (name, town) in drawn.iter().cloned() {
            let Ok(search) = NameSearch::parse(&typed(name, town)) else { continue };
            let start = Instant::now();
            found += usize::from(!search_by_name(&mut connection, &search).await.unwrap().is_empty());
            times.push(start.elapsed());
        }
        println!("{kind:22} {} ({found} found something)", told(times));
    }
}

fn told(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
    let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1000.0);
    format!("{} times: p50 {}, p95 {}, p99 {}, most {}", times.len(), ms(at(50)), ms(at(95)), ms(at(99)), ms(at(100)))
}
