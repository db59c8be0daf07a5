//! Drafts that go: thrown away and fetched back, emptied after thirty days, announced when nobody comes back to them.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, State, Step, Tidied, tidy_drafts},
    ids::ApplicationId,
    invariants,
};
use sqlx::Executor;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::support::{
    TestSite,
    files::{PDF, a_file},
    given,
};

async fn state(site: &TestSite, id: ApplicationId) -> State {
    let mut connection = site.state.db.acquire().await.unwrap();
    applications::find(&mut connection, id).await.unwrap().state
}

async fn tidy(site: &TestSite) -> Tidied {
    let mut transaction = site.state.db.begin().await.unwrap();
    let tidied = tidy_drafts(&mut transaction, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    tidied
}

async fn count(site: &TestSite, of: &'static str) -> i64 {
    sqlx::query_scalar(of).fetch_one(&site.state.db).await.unwrap()
}

/// Lets time pass until then.
fn reach(site: &TestSite, at: OffsetDateTime) {
    site.state.clock.advance(at - site.state.clock.now());
}

/// What `check-invariants` finds broken.
async fn broken(site: &TestSite) -> Vec<&'static str> {
    let checked = invariants::check(&mut site.state.db.acquire().await.unwrap(), None).await.unwrap();
    checked.iter().filter(|one| matches!(one.outcome, invariants::Outcome::Broken(_))).map(|one| one.invariant).collect()
}

const NO_FAULT: [&str; 0] = [];

const NOTHING: Tidied = Tidied { announced: 0, binned: 0, purged: 0 };

#[tokio::test]
async fn a_draft_thrown_away_comes_back_as_it_was() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let page = camille.get(&format!("/demandes/{}/suppression", id.0)).await;
    assert!(page.says("jusqu’au 2 janvier 2027"), "{}", page.text());
    for _ in 0..2 {
        let done = camille.post(&format!("/demandes/{}/suppression", id.0), &[]).await;
        assert_eq!(done.location(), "/demandes/corbeille");
    }
    assert_eq!(broken(&site).await, NO_FAULT, "nor does what is in the bin");
    let bin = camille.get("/demandes/corbeille").await;
    assert!(bin.says("Portail familles") && bin.says("Effacé pour toujours le 2 janvier 2027"), "{}", bin.text());
    let list = camille.get("/demandes").await;
    assert!(!list.says("Portail familles") && list.says("Corbeille"), "{}", list.text());
    assert_eq!(camille.get(&format!("/demandes/{}", id.0)).await.location(), "/demandes/corbeille");
    let edited = camille.post(&format!("/demandes/{}/service", id.0), &[("service_name", "X"), ("revision", "1")]).await;
    assert_eq!(edited.status, StatusCode::CONFLICT, "what is in the bin does not change");

    for _ in 0..2 {
        let back = camille.post(&format!("/demandes/{}/restauration", id.0), &[]).await;
        assert_eq!(back.location(), format!("/demandes/{}", id.0));
    }
    let mut connection = site.state.db.acquire().await.unwrap();
    let draft = applications::find_draft(&mut connection, id).await.unwrap();
    assert_eq!(draft.first_unfinished(), None, "everything typed is there");
    assert_eq!(count(&site, "select count(*) from journal where event in ('draft_deleted', 'draft_restored')").await, 2);
}

#[tokio::test]
async fn what_was_handed_in_is_withdrawn_and_what_was_not_is_deleted() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    for path in ["suppression", "restauration"] {
        let refused = camille.post(&format!("/demandes/{}/{path}", id.0), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
    }
    let person = given::a_person(&site, "camille@clamart.test").await;
    let draft = given::a_draft(&site, &person).await;
    let asked = camille.get(&format!("/demandes/{}/retrait", draft.0)).await;
    assert_eq!(asked.location(), format!("/demandes/{}/suppression", draft.0));
    assert_eq!(camille.post(&format!("/demandes/{}/retrait", draft.0), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!((state(&site, id).await, state(&site, draft).await), (State::Submitted, State::Draft));
    assert_eq!(site.letters().await.len(), 1);
    let mut owner = site.database.owner().await;
    let removed = owner.execute("delete from applications where state = 'draft'").await.unwrap_err();
    assert_eq!(removed.as_database_error().unwrap().constraint(), Some("applications_go_from_the_bin"));
}

#[tokio::test]
async fn the_bin_is_emptied_after_thirty_days_and_the_journal_stays() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    camille.post(&format!("/demandes/{}/suppression", id.0), &[]).await;
    site.state.clock.advance(Duration::days(29));
    assert_eq!(tidy(&site).await, NOTHING);
    site.state.clock.advance(Duration::days(1));
    assert_eq!(tidy(&site).await, Tidied { purged: 1, ..NOTHING });
    assert_eq!(tidy(&site).await, NOTHING, "once");
    assert_eq!(count(&site, "select (select count(*) from applications) + (select count(*) from draft_steps)").await, 0);
    assert_eq!(count(&site, "select count(*) from journal where event in ('application_started', 'draft_purged')").await, 2);
    camille.sign_in("camille@clamart.test").await;
    assert_eq!(camille.post(&format!("/demandes/{}/restauration", id.0), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(broken(&site).await, NO_FAULT, "what is gone contradicts nothing");
}

#[tokio::test]
async fn an_idle_draft_is_announced_once_and_goes_two_weeks_later() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_complete_draft(&site).await;
    reach(&site, datetime!(2027-03-02 09:00 UTC));
    assert_eq!(tidy(&site).await, NOTHING, "three calendar months are on the 3rd");
    site.state.clock.advance(Duration::days(1));
    assert_eq!(tidy(&site).await, Tidied { announced: 1, ..NOTHING });
    assert_eq!(tidy(&site).await, NOTHING);
    let letters = site.letters_to("camille@clamart.test").await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].subject.contains("17\u{a0}mars\u{a0}2027"), "{}", letters[0].subject);
    assert_eq!(letters[0].link(), Some(format!("http://localhost:3000/demandes/{}/conservation", id.0).as_str()));
    site.state.clock.advance(Duration::days(13));
    assert_eq!(tidy(&site).await, NOTHING);
    site.state.clock.advance(Duration::days(1));
    assert_eq!(tidy(&site).await, Tidied { binned: 1, ..NOTHING });
    assert_eq!(state(&site, id).await, State::Deleted);
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    assert_eq!(camille.get(&format!("/demandes/{}/conservation", id.0)).await.location(), "/demandes/corbeille");
    assert!(camille.get("/demandes/corbeille").await.says("16 avril 2027"));
    assert_eq!(camille.post(&format!("/demandes/{}/conservation", id.0), &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn one_press_keeps_an_idle_draft_and_looking_changes_nothing() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    reach(&site, datetime!(2027-03-03 09:00 UTC));
    assert_eq!(tidy(&site).await.announced, 1);
    camille.sign_in("camille@clamart.test").await;
    let path = format!("/demandes/{}/conservation", id.0);
    for _ in 0..2 {
        assert!(camille.get(&path).await.says("17 mars 2027"));
    }
    assert_eq!(count(&site, "select count(*) from applications where idle_announced_at is not null").await, 1);
    for _ in 0..2 {
        assert_eq!(camille.post(&path, &[]).await.location(), format!("/demandes/{}", id.0));
    }
    assert!(camille.get(&path).await.says("Aucune suppression n’est prévue"));
    assert_eq!(count(&site, "select count(*) from journal where event = 'idle_draft_kept'").await, 1);
    reach(&site, datetime!(2027-06-02 09:00 UTC));
    assert_eq!(tidy(&site).await, NOTHING);
    site.state.clock.advance(Duration::days(1));
    assert_eq!(tidy(&site).await.announced, 1, "three months later it is announced anew");
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 2);
}

#[tokio::test]
async fn going_on_typing_keeps_a_draft_without_a_word() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    reach(&site, datetime!(2027-03-03 09:00 UTC));
    assert_eq!(tidy(&site).await.announced, 1);
    camille.sign_in("camille@clamart.test").await;
    let path = format!("/demandes/{}/{}", id.0, Step::PersonalData.slug());
    camille.post(&path, &[("recipients", "Le service scolaire"), ("revision", "0"), ("suite", "enregistrer")]).await;
    site.state.clock.advance(Duration::days(30));
    assert_eq!(tidy(&site).await, NOTHING);
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[tokio::test]
async fn what_goes_for_good_goes_with_its_files_and_its_invitations() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let sent = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_file("parcours.pdf", PDF)]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let invited = camille.post(&format!("/demandes/{}/invitations", id.0), &[("colleague", "lea@clamart.test")]).await;
    assert_eq!(invited.status, StatusCode::SEE_OTHER, "{}", invited.text());
    camille.post(&format!("/demandes/{}/suppression", id.0), &[]).await;
    assert_eq!(tidy(&site).await, NOTHING);
    reach(&site, datetime!(2027-01-03 09:00 UTC));
    assert_eq!(tidy(&site).await, Tidied { purged: 1, ..NOTHING });
    assert_eq!(count(&site, "select count(*) from applications").await, 0);
    assert_eq!(count(&site, "select count(*) from attachments").await + count(&site, "select count(*) from invitations").await, 0);
    site.letters().await;
}
