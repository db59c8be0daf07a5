//! While the register is away: filing goes on, deciding waits, the worker completes what was declared.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Applicant, Person},
    applications::{self, Kind, start},
    ids::{ApplicationId, OrganisationId},
    organisations::{
        Answer, Asking, Register, Source, Standing, State, find, find_standing, forget_idle_lookups, postpone_lookup, take_due_lookup,
    },
    worker::{Heard, complete_lookups},
};
use time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{TULLE, asking, tulle};
use crate::{
    organisations::{facts, join, journalled, look_up},
    support::{Manner, RegisterServer, TestSite, Visitor, given},
};

const CAMILLE: &str = "camille@tulle.test";

/// Camille's demande for Tulle, filled, not handed in.
async fn a_complete_draft(site: &TestSite) -> (Person, OrganisationId, ApplicationId) {
    let camille = given::a_person(site, CAMILLE).await;
    let organisation = join(site, &camille, &facts(site, TULLE, "Mairie de Tulle").await).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let by = Applicant::new(camille.clone());
    let id = start(&mut transaction, &by, Kind::Administration, organisation, Uuid::new_v4(), site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    given::fill(site, &camille, id).await;
    (camille, organisation, id)
}

/// The same, handed in through its page by Camille, and Nadia who decides.
async fn a_dossier(site: &TestSite) -> (OrganisationId, ApplicationId, Visitor, Visitor) {
    let (_, organisation, id) = a_complete_draft(site).await;
    given::a_reviewer(site, "nadia@dinum.test").await;
    let (mut camille, mut nadia) = (site.visitor(), site.visitor());
    camille.sign_in(CAMILLE).await;
    nadia.sign_in("nadia@dinum.test").await;
    hand_in(&mut camille, id).await;
    (organisation, id, camille, nadia)
}

async fn hand_in(camille: &mut Visitor, id: ApplicationId) {
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    // asked where the register knows no such number, welcome elsewhere
    let said = [&given::attested(&seen)[..], &[("explanation", "La mairie vient de changer de numéro.")]].concat();
    let filed = camille.post(&format!("/demandes/{}/depot", id.0), &said).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
}

async fn decide(nadia: &mut Visitor, id: ApplicationId, fields: &[(&str, &str)]) -> crate::support::Answer {
    let fields = [&[("version", "1"), ("message", "La réponse que Nadia a écrite.")], fields].concat();
    nadia.decides(&format!("/instruction/{}/decision", id.0), &fields).await
}

async fn work(site: &TestSite) -> Heard {
    complete_lookups(&site.state, &CancellationToken::new()).await.unwrap()
}

async fn standing(site: &TestSite, organisation: OrganisationId) -> Standing {
    find_standing(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap()
}

#[tokio::test]
async fn a_demande_is_filed_waits_for_the_register_and_is_decided_once_it_answered() {
    let (site, server) = asking(Manner::Broken).await;
    let (organisation, id, mut camille, mut nadia) = a_dossier(&site).await;
    assert!(standing(&site, organisation).await.is_awaited());

    // Both read it, in calm words.
    for page in [camille.get(&format!("/demandes/{}", id.0)).await, nadia.get(&format!("/instruction/{}", id.0)).await] {
        assert!(page.says("Mairie de Tulle") && page.says("Informations déclarées, en attente du registre"), "{}", page.text());
    }
    assert!(nadia.get(&format!("/instruction/{}", id.0)).await.says("Le registre est attendu"));

    // Neither decision is possible, and what was written is given back.
    for outcome in [&[("outcome", "approved")][..], &[("outcome", "refused"), ("ground", "data_not_proportionate")][..]] {
        let refused = decide(&mut nadia, id, outcome).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.says("Le registre Sirene n’a pas encore répondu") && refused.says("La réponse que Nadia a écrite."));
    }

    // The register comes back: the worker completes the organisation, in the journal too.
    assert_eq!(work(&site).await, Heard::Nothing);
    server.turns(Manner::Found);
    site.state.clock.advance(Duration::minutes(2));
    assert_eq!(work(&site).await, Heard::Everything);
    assert_eq!(standing(&site, organisation).await, Standing::Told);
    let tulle = find(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
    assert_eq!((tulle.name.as_str(), tulle.source, tulle.state), ("COMMUNE DE TULLE", Source::RechercheEntreprises, State::Open));
    let by: String = sqlx::query_scalar("select actor_name from journal where event = 'organisation_refreshed' and actor_kind = 'timer'")
        .fetch_one(&site.state.db)
        .await
        .unwrap();
    assert_eq!(by, "lecture du registre");

    // The version keeps what was declared; the dossier shows what the register says beside it; the decision is taken.
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    for words in ["Mairie de Tulle", "Ce que le registre en dit aujourd’hui", "COMMUNE DE TULLE"] {
        assert!(dossier.says(words), "{words}: {}", dossier.text());
    }
    assert!(!dossier.says("en attente du registre"));
    let decided = decide(&mut nadia, id, &[("outcome", "approved")]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.text());
    site.letters().await;
}

#[tokio::test]
async fn changes_may_be_asked_for_while_the_register_is_awaited() {
    let (site, _server) = asking(Manner::Broken).await;
    let (_, id, _, mut nadia) = a_dossier(&site).await;
    let asked = decide(&mut nadia, id, &[("outcome", "changes_requested")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
    site.letters().await;
}

#[tokio::test]
async fn a_number_the_register_does_not_know_is_a_persons_to_decide() {
    let (site, _server) = asking(Manner::Unknown).await;
    let (_, id, mut camille, mut nadia) = a_dossier(&site).await;
    for page in [camille.get(&format!("/demandes/{}", id.0)).await, nadia.get(&format!("/instruction/{}", id.0)).await] {
        assert!(page.says("Le registre Sirene ne connaît pas ce SIRET") && !page.says("en attente du registre"), "{}", page.text());
    }
    assert_eq!(decide(&mut nadia, id, &[("outcome", "approved")]).await.status, StatusCode::SEE_OTHER);
    site.letters().await;
}

#[tokio::test]
async fn submission_asks_the_register_anew_and_freezes_what_it_says() {
    let (site, server) = asking(Manner::Found).await;
    let (person, organisation, id) = a_complete_draft(&site).await;
    assert_eq!(server.calls().len(), 1);
    let mut camille = site.visitor();
    camille.sign_in(CAMILLE).await;
    server.turns(Manner::Ceased);
    site.state.clock.advance(Duration::minutes(11));
    hand_in(&mut camille, id).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let frozen = applications::find_version(&mut connection, id, 1).await.unwrap().organisation;
    assert_eq!((frozen.state, frozen.observed_at), (State::Closed, site.state.clock.now()));
    assert_eq!((frozen.id, person.email.as_str()), (organisation, CAMILLE));
    drop(connection);
    site.letters().await;
}

#[tokio::test]
async fn a_register_away_at_submission_leaves_what_it_told_before_with_its_date() {
    let (site, server) = asking(Manner::Found).await;
    let (_, organisation, id) = a_complete_draft(&site).await;
    let told_at = site.state.clock.now();
    server.turns(Manner::Garbage);
    site.state.clock.advance(Duration::days(3));
    let mut camille = site.visitor();
    camille.sign_in(CAMILLE).await;
    hand_in(&mut camille, id).await;
    let frozen = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap().organisation;
    assert_eq!((frozen.name.as_str(), frozen.observed_at), ("COMMUNE DE TULLE", told_at));
    assert_eq!(standing(&site, organisation).await, Standing::Told, "it was told once: a decision may be taken");
    // It is asked again all the same.
    server.turns(Manner::Found);
    site.state.clock.advance(Duration::minutes(1));
    assert_eq!(work(&site).await, Heard::Everything);
    assert_eq!(journalled(&site, organisation, "organisation_refreshed").await, 1);
    site.letters().await;
}

#[tokio::test]
async fn a_worker_that_dies_lets_its_number_go_and_two_workers_never_share_one() {
    let (site, server) = asking(Manner::Broken).await;
    look_up(&site, TULLE).await;
    let now = site.state.clock.now();
    let mut connection = site.state.db.acquire().await.unwrap();
    let lost = take_due_lookup(&mut connection, now).await.unwrap().unwrap();
    assert!(take_due_lookup(&mut connection, now).await.unwrap().is_none(), "the first one has it");
    let later = now + Duration::minutes(2);
    let taken = take_due_lookup(&mut connection, later).await.unwrap().unwrap();
    assert_eq!(taken.siret, tulle());
    // The one that was thought dead comes back: it changes nothing of what the second one holds.
    postpone_lookup(&mut connection, &lost, 0.5, later).await.unwrap();
    assert!(take_due_lookup(&mut connection, later + Duration::minutes(1)).await.unwrap().is_none());
    postpone_lookup(&mut connection, &taken, 0.5, later).await.unwrap();
    assert!(take_due_lookup(&mut connection, later + Duration::seconds(59)).await.unwrap().is_none(), "the second pause is a minute");
    drop(connection);
    site.state.clock.advance(Duration::minutes(4));
    server.turns(Manner::Found);
    assert_eq!(work(&site).await, Heard::Everything);
    assert_eq!((work(&site).await, server.calls().len()), (Heard::Everything, 2), "nothing is due any more");
}

#[tokio::test]
async fn a_page_that_is_answered_meanwhile_spares_the_worker_a_call() {
    let (site, server) = asking(Manner::Broken).await;
    let camille = given::a_person(&site, CAMILLE).await;
    let organisation = join(&site, &camille, &facts(&site, TULLE, "Mairie de Tulle").await).await;
    server.turns(Manner::Found);
    join(&site, &camille, &facts(&site, TULLE, "").await).await;
    assert_eq!(standing(&site, organisation).await, Standing::Told);
    assert_eq!((work(&site).await, server.calls().len()), (Heard::Everything, 2));
}

#[tokio::test]
async fn a_number_nobody_acts_for_is_forgotten_and_the_others_never() {
    let site = TestSite::new().await.with_register(Register::new([]));
    let camille = given::a_person(&site, CAMILLE).await;
    let organisation = join(&site, &camille, &facts(&site, TULLE, "Mairie de Tulle").await).await;
    look_up(&site, "13002526500013").await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let now = site.state.clock.now();
    assert_eq!(forget_idle_lookups(&mut connection, now + Duration::hours(23)).await.unwrap(), 0);
    assert_eq!(forget_idle_lookups(&mut connection, now + Duration::hours(25)).await.unwrap(), 1);
    drop(connection);
    assert!(standing(&site, organisation).await.is_awaited());
}

#[tokio::test]
async fn what_the_register_holds_without_a_name_keeps_the_declared_one() {
    let (site, server) = asking(Manner::Broken).await;
    let camille = given::a_person(&site, CAMILLE).await;
    let organisation = join(&site, &camille, &facts(&site, TULLE, "Mairie de Tulle").await).await;
    server.turns(Manner::Masked);
    assert_eq!(work(&site).await, Heard::Everything);
    let masked = find(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
    assert_eq!((masked.name.as_str(), masked.source, masked.partial_disclosure), ("Mairie de Tulle", Source::Declared, true));
    assert_eq!(standing(&site, organisation).await, Standing::Told);
    // Asked once more, it says the same and nothing changes.
    let second = RegisterServer::start(Manner::Masked).await;
    let again = Register::new([second.insee(&site.state.db, &site.state.clock)]);
    assert!(matches!(again.ask(&tulle(), Asking::Anew).await, Answer::Known(entity) if entity.name.is_none()));
}
