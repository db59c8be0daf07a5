//! Letters: what they say, how they leave, what each way of failing gives.

mod mailbox;
mod of_clients;
mod of_clocks;
mod of_decisions;
mod of_files;
mod of_offers;
mod of_opinions;
mod of_participations;
mod of_places;
mod of_rights;
mod of_team;
mod server;
mod shown;
mod words;
mod worker;

use habilitation::{
    ids::ApplicationId,
    notifications::{self, AboutApplication, Letter, LetterState, OutboxLetter, Recipient},
};
use sqlx::{Executor, Row};
use time::Duration;
use uuid::Uuid;

use crate::support::TestSite;

const ALICE: &str = "alice@example.fr";
const BRUNO: &str = "bruno@example.fr";

/// Longer than the first pause, whatever its jitter.
const A_PAUSE: Duration = Duration::seconds(73);

fn letter(number: i64) -> Letter {
    let about = AboutApplication {
        application: ApplicationId(number),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    Letter::ApplicationArrived { about }
}

/// Writes letters, in that order.
async fn write_to(site: &TestSite, addresses: &[&str]) {
    let mut transaction = site.state.db.begin().await.unwrap();
    for (address, number) in addresses.iter().zip(1..) {
        let to = Recipient { address: (*address).to_owned(), name: "Élise d’Été".into() };
        let occasion = format!("D{number} {}", Uuid::new_v4());
        notifications::enqueue(&mut transaction, &occasion, &to, &letter(number), site.state.clock.now()).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

async fn only_letter(site: &TestSite) -> OutboxLetter {
    let letters = site.outbox().await;
    assert_eq!(letters.len(), 1);
    letters.into_iter().next().unwrap()
}

async fn states(site: &TestSite) -> Vec<(String, LetterState)> {
    site.outbox().await.into_iter().map(|letter| (letter.to.address, letter.state)).collect()
}

async fn facts(site: &TestSite) -> Vec<String> {
    let mut owner = site.database.owner().await;
    let rows = owner.fetch_all("select actor_kind || ' ' || event || ' ' || (details ->> 'kind') from journal order by id").await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

fn camille() -> Recipient {
    Recipient { address: "camille.rousseau@clamart.example".into(), name: "Camille Rousseau".into() }
}
