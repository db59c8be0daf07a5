//! The legal clock of a change of what was granted: it starts with the change, and never touches the right by itself.

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications::{self, Kind, State},
    authorizations::{
        self, State as Right,
        procedure::{Ground as Reason, Measure, Opening, Ruled, Verdict, decide, open},
        reopen,
    },
    calendar,
    config::SilenceEffect,
    ids::{ApplicationId, AuthorizationId},
    invariants::{Outcome, check},
    problem::Problem,
    review::approve,
    worker::run_clocks,
};
use time::{Duration, OffsetDateTime, macros::date};

use super::{SERVICE, clock::decides_on};
use crate::support::{TestSite, given};

const CAMILLE: &str = "camille@clamart.test";

/// A right of a private body granted on 13 December 2026, and its change handed in on the 23rd of March 2027.
pub(super) async fn a_change(effect: SilenceEffect) -> (TestSite, Person, Reviewer, ApplicationId) {
    let site = TestSite::with(|config| config.desk.desk_silence_effect_address_change = Some(effect)).await;
    let camille = given::a_person(&site, CAMILLE).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_draft_of(&site, &camille, Kind::PrivateAddressChange).await;
    given::fill(&site, &camille, id).await;
    given::hand_in(&site, &camille, id).await;
    site.state.clock.advance(Duration::days(10));
    grant(&site, &nadia, id, 1).await.unwrap();
    site.state.clock.advance(Duration::days(100));
    change(&site, &camille, id, AuthorizationId(1)).await;
    site.letters().await;
    (site, camille, nadia, id)
}

pub(super) async fn change(site: &TestSite, camille: &Person, id: ApplicationId, right: AuthorizationId) {
    let mut transaction = site.state.db.begin().await.unwrap();
    reopen(&mut transaction, &Applicant::new(camille.clone()), right, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    given::hand_in(site, camille, id).await;
}

async fn grant(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32) -> Result<AuthorizationId, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let right = approve(&mut transaction, by, id, version, String::new(), SERVICE, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(right)
}

async fn silence_passes(site: &TestSite) -> usize {
    site.state.clock.advance(Duration::days(61));
    run_clocks(&site.state).await.unwrap().decided
}

pub(super) async fn right_of(site: &TestSite, right: i64) -> Right {
    authorizations::find(&mut site.state.db.acquire().await.unwrap(), AuthorizationId(right)).await.unwrap().state
}

pub(super) async fn stands(site: &TestSite, id: ApplicationId) -> (State, i32, Option<OffsetDateTime>) {
    let application = applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    (application.state, application.version, application.received_at)
}

pub(super) async fn nothing_is_broken(site: &TestSite) {
    let checked = check(&mut site.state.db.acquire().await.unwrap(), None).await.unwrap();
    let broken: Vec<_> = checked.into_iter().filter(|checked| matches!(checked.outcome, Outcome::Broken(_))).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test]
async fn a_change_is_promised_two_months_of_its_own_and_everybody_reads_the_day() {
    let (site, _, _, id) = a_change(SilenceEffect::Rejection).await;
    assert_eq!(decides_on(&site, id).await.as_deref(), Some("2027-05-23"));
    assert_eq!(stands(&site, id).await, (State::Submitted, 2, Some(site.state.clock.now())), "the queue counts from the change");
    let mut connection = site.state.db.acquire().await.unwrap();
    for (version, promised) in [(1, "2027-02-03"), (2, "2027-05-23")] {
        let day = applications::find_promised(&mut connection, id, version).await.unwrap();
        assert_eq!(day.map(|day| day.to_string()).as_deref(), Some(promised), "the acknowledgement of version {version}");
    }
    let (mut camille, mut nadia) = (site.visitor(), site.visitor());
    camille.sign_in(CAMILLE).await;
    nadia.sign_in("nadia@dinum.test").await;
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says("réputée rejetée le 23 mai 2027"));
    assert!(nadia.get(&format!("/instruction/{}", id.0)).await.says("Échéance légale le 23 mai 2027"));
    assert!(nadia.get("/instruction").await.says("23 mai"));
    let implicit = nadia.get("/instruction/implicites").await;
    assert!(implicit.says("modification de l’habilitation") && implicit.says("23 mai 2027"), "{}", implicit.text());
    nothing_is_broken(&site).await;
}

#[tokio::test]
async fn silence_that_rejects_a_change_leaves_the_right_untouched_and_the_next_change_has_its_own_clock() {
    let (site, person, _, id) = a_change(SilenceEffect::Rejection).await;
    assert_eq!(silence_passes(&site).await, 1);
    assert_eq!((stands(&site, id).await.0, stands(&site, id).await.1), (State::Approved, 1));
    assert_eq!(right_of(&site, 1).await, Right::Active);
    let letter = site.letters_to(CAMILLE).await.pop().unwrap().text;
    assert!(letter.contains("Ce qui vous a été accordé n’a pas changé"), "{letter}");
    let mut camille = site.visitor();
    camille.sign_in(CAMILLE).await;
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(page.says("Votre modification est réputée rejetée") && page.says("Votre demande est validée"), "{}", page.text());
    nothing_is_broken(&site).await;

    change(&site, &person, id, AuthorizationId(1)).await;
    let day = calendar::months_after(calendar::paris_date(site.state.clock.now()), 2).to_string();
    assert_eq!(decides_on(&site, id).await, Some(day));
    assert_eq!(silence_passes(&site).await, 1, "silence decides on each change once");
    nothing_is_broken(&site).await;
    site.letters().await;
}

#[tokio::test]
async fn silence_that_accepts_a_change_changes_nothing_before_a_person_signs() {
    let (site, _, nadia, id) = a_change(SilenceEffect::Acceptance).await;
    assert_eq!(silence_passes(&site).await, 1);
    assert_eq!((stands(&site, id).await.0, right_of(&site, 1).await), (State::Submitted, Right::Active));
    let mut reader = site.visitor();
    reader.sign_in("nadia@dinum.test").await;
    let dossier = reader.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Modification acceptée par l’effet du silence") && dossier.says("L’habilitation n’a pas changé"));
    assert!(reader.get("/instruction/implicites").await.says("La modification de l’habilitation attend une signature."));
    assert_eq!(grant(&site, &nadia, id, 2).await.unwrap(), AuthorizationId(2));
    assert_eq!((right_of(&site, 1).await, right_of(&site, 2).await), (Right::Superseded, Right::Active));
    nothing_is_broken(&site).await;
    site.letters().await;
}

#[tokio::test]
async fn one_demande_that_fails_does_not_keep_silence_from_deciding_on_the_others() {
    let (site, person, _, id) = a_change(SilenceEffect::Rejection).await;
    let other = given::a_draft_of(&site, &person, Kind::PrivateAddressChange).await;
    given::fill(&site, &person, other).await;
    given::hand_in(&site, &person, other).await;
    let mut owner = site.database.owner().await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "create function fails() returns trigger language plpgsql as $$ begin raise exception 'a fault of the test'; end $$;
        create trigger fails before insert on silence_decisions for each row when (new.application_id = {}) execute function fails()",
        id.0
    )))
    .execute(&mut owner)
    .await
    .unwrap();
    site.state.clock.advance(Duration::days(61));
    let round = run_clocks(&site.state).await.unwrap();
    assert_eq!((round.decided, round.failed), (1, 1));
    assert_eq!((stands(&site, id).await.0, stands(&site, other).await.0), (State::Submitted, State::Refused));
    site.letters().await;
}

#[tokio::test]
async fn a_change_of_a_suspended_right_says_so_and_waits_for_the_procedure_to_be_closed() {
    let (site, _, nadia, id) = a_change(SilenceEffect::Rejection).await;
    let helene = Reviewer::new(given::somebody_with_roles(&site, "helene@dinum.test", &[Role::Signatory]).await).unwrap();
    let now = site.state.clock.now();
    let opening = Opening {
        measure: Measure::Suspension,
        ground: Reason::ConditionLost,
        facts: "Le bouton est présent sur un autre site.".into(),
        urgency: "Des usagers sont trompés.".into(),
        observations_until: date!(2027 - 04 - 15),
    };
    let mut transaction = site.state.db.begin().await.unwrap();
    open(&mut transaction, &nadia, AuthorizationId(1), &opening, SERVICE, now).await.unwrap();
    transaction.commit().await.unwrap();
    let refused = grant(&site, &nadia, id, 2).await.unwrap_err();
    assert!(matches!(&refused, Problem::NotPossible { sentence, .. } if sentence.contains("Terminez d’abord la procédure")), "{refused:?}");
    let verdict =
        Verdict { outcome: Ruled::Suspended, reasons: "Rien n’a changé.".into(), suspended_until: Some(date!(2027 - 09 - 30)) };
    let mut transaction = site.state.db.begin().await.unwrap();
    decide(&mut transaction, &helene, AuthorizationId(1), &verdict, SERVICE, now).await.unwrap();
    transaction.commit().await.unwrap();
    let (mut camille, mut reader) = (site.visitor(), site.visitor());
    camille.sign_in(CAMILLE).await;
    reader.sign_in("nadia@dinum.test").await;
    for page in [camille.get(&format!("/demandes/{}", id.0)).await, reader.get(&format!("/instruction/{}", id.0)).await] {
        assert!(page.says("est suspendue : celle qui la remplacerait le serait aussi") && !page.says("reste valable"), "{}", page.text());
    }
    assert_eq!(grant(&site, &nadia, id, 2).await.unwrap(), AuthorizationId(2));
    assert_eq!(right_of(&site, 2).await, Right::Suspended);
    site.letters().await;
}
