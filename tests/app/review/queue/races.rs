//! Two at once: one has the dossier, the other is told.

use std::sync::Arc;

use habilitation::{accounts::Reviewer, ids::ApplicationId, problem::Problem, review::queue};
use tokio::sync::Barrier;

use super::Team;
use crate::support::{TestSite, given};

async fn takes(site: Arc<TestSite>, by: Reviewer, id: ApplicationId, barrier: Arc<Barrier>) -> Result<(), Problem> {
    barrier.wait().await;
    let mut transaction = site.state.db.begin().await?;
    queue::take(&mut transaction, &by, id, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_take_the_same_dossier_at_once_are_one_who_has_it_and_one_who_is_told() {
    let team = Team::before(30).await;
    let (site, by) = (Arc::new(team.site), team.by);
    for id in team.demandes {
        let barrier = Arc::new(Barrier::new(2));
        let race = by.clone().map(|by| tokio::spawn(takes(site.clone(), by, id, barrier.clone())));
        let [nadia, samir] = race;
        let (nadia, samir) = (nadia.await.unwrap(), samir.await.unwrap());
        assert!(nadia.is_ok() != samir.is_ok(), "{id}: {nadia:?} {samir:?}");
        let winner = if nadia.is_ok() { "Nadia" } else { "Samir" };
        let told = nadia.err().or(samir.err()).unwrap();
        assert!(matches!(&told, Problem::NotPossible { sentence, .. } if sentence.starts_with(winner)), "{id}: {told:?}");
        let mut connection = site.state.db.acquire().await.unwrap();
        assert!(queue::find_owner(&mut connection, id).await.unwrap().unwrap().name.starts_with(winner));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_take_the_next_one_at_once_have_one_each() {
    let team = Team::before(5).await;
    let site = Arc::new(team.site);
    let mut people = Vec::new();
    for name in ["ines", "hugo", "lena", "paul", "zoe", "tom"] {
        people.push(given::a_reviewer(&site, &format!("{name}@dinum.test")).await);
    }
    let barrier = Arc::new(Barrier::new(people.len()));
    let mut tries = Vec::new();
    for by in people {
        let (site, barrier) = (site.clone(), barrier.clone());
        tries.push(tokio::spawn(async move {
            barrier.wait().await;
            let mut transaction = site.state.db.begin().await.unwrap();
            let taken = queue::take_next(&mut transaction, &by, site.state.clock.now()).await.unwrap();
            transaction.commit().await.unwrap();
            taken
        }));
    }
    let mut taken = Vec::new();
    for one in tries {
        taken.extend(one.await.unwrap());
    }
    taken.sort();
    assert_eq!(taken, team.demandes, "five dossiers for six people: nobody has two, nobody waits for another, one has none");
}
