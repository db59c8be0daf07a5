//! Two people, or one person twice, at the same moment.

use std::sync::Arc;

use habilitation::{
    accounts::Person,
    applications::{self, accept_invitation, end_invitation, take_over},
    ids::ApplicationId,
    organisations::{Reason, VerifiedMember, find_membership},
    problem::Problem,
};
use tokio::sync::Barrier;
use uuid::Uuid;

use super::{
    CAMILLE, LEO, TO_FILL, TO_TAKE, applicant_of, as_applicant, is_verified, joins, letters_of, no_longer_belongs, offers, somebody,
};
use crate::support::{TestSite, Visitor, given};

const RACES: usize = 40;

fn number(link: &str) -> Uuid {
    Uuid::parse_str(link.trim_start_matches("/invitations/")).unwrap()
}

async fn accepts(site: Arc<TestSite>, barrier: Arc<Barrier>, by: Person, invitation: Uuid) -> Result<(), Problem> {
    barrier.wait().await;
    let mut transaction = site.state.db.begin().await?;
    accept_invitation(&mut transaction, &as_applicant(&by), invitation, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

async fn withdraws(site: Arc<TestSite>, barrier: Arc<Barrier>, by: Person, id: ApplicationId, invitation: Uuid) -> Result<(), Problem> {
    barrier.wait().await;
    let mut transaction = site.state.db.begin().await?;
    end_invitation(&mut transaction, &as_applicant(&by), id, invitation, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

/// Camille, her browser, and Léo who belongs to the same town hall.
async fn two_people(site: &TestSite) -> (Person, Visitor, Person) {
    let (camille, browser) = somebody(site, CAMILLE).await;
    let (leo, mut his) = somebody(site, LEO).await;
    joins(&mut his).await;
    (camille, browser, leo)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_acceptances_at_once_give_one_right() {
    let site = Arc::new(TestSite::new().await);
    let (camille, mut browser, leo) = two_people(&site).await;
    for race in 0..RACES {
        let id = given::a_draft(&site, &camille).await;
        // Two letters may reach the same person: an invitation taken back and made again is another one.
        let what = if race % 2 == 0 { TO_FILL } else { TO_TAKE };
        site.state.clock.advance(time::Duration::hours(2));
        browser.sign_in(CAMILLE).await;
        let invitation = number(&offers(&site, &mut browser, id, what, LEO).await);
        let barrier = Arc::new(Barrier::new(2));
        let tries = [0, 1].map(|_| tokio::spawn(accepts(site.clone(), barrier.clone(), leo.clone(), invitation)));
        let mut won = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(()) => won += 1,
                Err(Problem::NotPossible { sentence, .. }) => assert!(sentence.contains("déjà"), "race {race}: {sentence}"),
                Err(other) => panic!("race {race}: {other:?}"),
            }
        }
        assert_eq!(won, 1, "race {race}");
    }
    assert_eq!(letters_of(&site, &["invitation_answered"]).await.len(), RACES);
    assert_eq!(letters_of(&site, &["demande_handed_over"]).await.len(), RACES / 2);
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demande_accepted_while_its_offer_is_taken_back_has_one_owner() {
    let site = Arc::new(TestSite::new().await);
    let (camille, mut browser, leo) = two_people(&site).await;
    let mut accepted = 0;
    for race in 0..RACES {
        let id = given::a_draft(&site, &camille).await;
        site.state.clock.advance(time::Duration::hours(2));
        browser.sign_in(CAMILLE).await;
        let invitation = number(&offers(&site, &mut browser, id, TO_TAKE, LEO).await);
        let barrier = Arc::new(Barrier::new(2));
        let acceptance = tokio::spawn(accepts(site.clone(), barrier.clone(), leo.clone(), invitation));
        let withdrawal = tokio::spawn(withdraws(site.clone(), barrier.clone(), camille.clone(), id, invitation));
        let (acceptance, withdrawal) = (acceptance.await.unwrap(), withdrawal.await.unwrap());
        assert!(acceptance.is_ok() != withdrawal.is_ok(), "race {race}: {acceptance:?} {withdrawal:?}");
        let owner = applicant_of(&site, id).await.account;
        assert_eq!(owner, if acceptance.is_ok() { leo.account } else { camille.account }, "race {race}");
        accepted += usize::from(acceptance.is_ok());
    }
    assert_eq!(letters_of(&site, &["demande_handed_over"]).await.len(), accepted);
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_who_take_over_at_once_make_one_owner() {
    let site = Arc::new(TestSite::new().await);
    let (camille, _, leo) = two_people(&site).await;
    let (zoe, mut hers) = somebody(&site, "zoe@clamart.test").await;
    joins(&mut hers).await;
    let id = given::a_draft(&site, &camille).await;
    for person in [&camille, &leo, &zoe] {
        is_verified(&site, person).await;
    }
    no_longer_belongs(&site, &camille).await;
    let barrier = Arc::new(Barrier::new(2));
    let tries = [leo, zoe].map(|person| {
        let (site, barrier) = (site.clone(), barrier.clone());
        tokio::spawn(async move {
            let mut transaction = site.state.db.begin().await?;
            let organisation = applications::find(&mut transaction, id).await?.organisation;
            let own = find_membership(&mut transaction, person.account, organisation).await?.unwrap();
            let by = VerifiedMember::new(as_applicant(&person), &own).unwrap();
            barrier.wait().await;
            take_over(&mut transaction, &by, id, &Reason::parse("Camille est partie").unwrap(), site.state.clock.now()).await?;
            transaction.commit().await?;
            Ok::<_, Problem>(person)
        })
    });
    let mut owners = Vec::new();
    for attempt in tries {
        owners.extend(attempt.await.unwrap());
    }
    assert_eq!(owners.len(), 1, "the second is told that its author is there");
    assert_eq!(applicant_of(&site, id).await.account, owners[0].account);
    assert_eq!(letters_of(&site, &["demande_taken_over"]).await.len(), 1);
    site.letters().await;
}
