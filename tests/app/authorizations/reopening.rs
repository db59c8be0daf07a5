//! Changing what was granted: the right stays valid until the next one takes its place, and a change that comes to nothing leaves no trace in it.

use std::sync::Arc;

use habilitation::{
    accounts::{Applicant, Reviewer},
    applications::{self, State, withdraw},
    authorizations::{self, State as Right, reopen},
    ids::{ApplicationId, AuthorizationId},
    invariants::check,
    problem::Problem,
    review::{Ground, approve, refuse},
};
use sqlx::{AssertSqlSafe, Executor};

use super::find;
use crate::support::{
    TestSite, Visitor,
    files::{PDF, PNG, a_file},
    given,
};

const SERVICE: &str = "DINUM, équipe FranceConnect";

/// Camille's right, granted with a mock-up in PDF; the letters so far looked at.
async fn a_right_with_a_file() -> (TestSite, Reviewer, Visitor, ApplicationId, String) {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let file = join(&mut camille, id, a_file("maquette.pdf", PDF)).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    grant(&site, &nadia, id, 1).await.unwrap();
    site.letters().await;
    (site, nadia, camille, id, file)
}

async fn join(camille: &mut Visitor, id: ApplicationId, file: crate::support::files::SentFile) -> String {
    let sent = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[file]).await;
    assert_eq!(sent.status, 200, "{}", sent.text());
    sent.attribute(".hab-files li:last-child a", "href").unwrap().rsplit_once('/').unwrap().1.to_owned()
}

async fn grant(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32) -> Result<AuthorizationId, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let right = approve(&mut transaction, by, id, version, String::new(), SERVICE, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(right)
}

async fn turn_down(site: &TestSite, by: &Reviewer, id: ApplicationId, version: i32) -> Result<(), Problem> {
    let mut transaction = site.state.db.begin().await?;
    let (ground, facts) = (Ground::DataNotProportionate, "Le sexe n’est pas utile.".to_owned());
    refuse(&mut transaction, by, id, version, ground, facts, SERVICE, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

/// Changes the name of the service and takes the mock-up away for a picture.
async fn change(camille: &mut Visitor, id: ApplicationId, old_file: &str) {
    let step = format!("/demandes/{}/service", id.0);
    let page = camille.get(&step).await;
    assert!(page.attribute("#service_name", "value").as_deref() == Some("Portail familles"), "{}", page.text());
    let revision = page.attribute("input[name=revision]", "value").unwrap();
    let description = "Inscriptions scolaires et périscolaires, et la médiathèque.";
    let fields =
        [("service_name", "Portail citoyen"), ("service_description", description), ("revision", &revision), ("suite", "continuer")];
    let saved = camille.post(&step, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let removed = camille.post_files(&format!("{step}/fichiers"), &[("retirer", old_file)], &[]).await;
    assert_eq!(removed.status, 200, "{}", removed.text());
    join(camille, id, a_file("ecran.png", PNG)).await;
}

async fn hand_in(site: &TestSite, id: ApplicationId) {
    let person = given::a_person(site, "camille@clamart.test").await;
    given::hand_in(site, &person, id).await;
}

async fn stands(site: &TestSite, id: ApplicationId) -> (State, i32, Option<i32>) {
    let application = applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    (application.state, application.version, application.reopened_from)
}

/// The form is what was granted, its file included.
async fn is_as_granted(site: &TestSite, camille: &mut Visitor, id: ApplicationId, file: &str) {
    assert_eq!(stands(site, id).await, (State::Approved, 1, None));
    let mut connection = site.state.db.acquire().await.unwrap();
    let draft = applications::find_draft(&mut connection, id).await.unwrap();
    assert_eq!(draft.fields(applications::Step::Service).value("service_name"), "Portail familles");
    let files = draft.files("mockups");
    assert_eq!((files.len(), files[0].id.to_string().as_str(), files[0].name.to_string().as_str()), (1, file, "maquette.pdf"));
    assert_eq!(find(site, AuthorizationId(1)).await.state, Right::Active);
    assert_eq!(camille.get(&format!("/habilitations/1/fichiers/{file}")).await.bytes, PDF);
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(page.says("Votre demande est validée") && page.says("Portail familles") && !page.says("Portail citoyen"), "{}", page.text());
    let kept: i64 = sqlx::query_scalar("select count(*) from granted_steps").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(kept, 0, "what was kept is thrown away");
    let checked = check(&mut connection, None).await.unwrap();
    let broken: Vec<_> =
        checked.into_iter().filter(|checked| matches!(checked.outcome, habilitation::invariants::Outcome::Broken(_))).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test]
async fn a_holder_changes_a_right_which_stays_valid_until_the_next_one_takes_its_place() {
    let (site, nadia, mut camille, id, file) = a_right_with_a_file().await;
    let page = camille.get("/habilitations/1").await;
    assert!(page.count("a[href='/habilitations/1/modification']") == 1);
    assert!(camille.get("/habilitations/1/modification").await.says("reste valable jusqu’à ce que la nouvelle soit accordée"));
    let opened = camille.post("/habilitations/1/modification", &[]).await;
    assert_eq!(opened.location(), format!("/demandes/{}", id.0));
    assert_eq!(camille.post("/habilitations/1/modification", &[]).await.status, 303, "twice opens it once");
    let follow = camille.get(opened.location()).await;
    assert!(follow.says("Modification en cours") && follow.says("C’est à vous de déposer votre modification"), "{}", follow.text());
    assert!(camille.get("/demandes").await.says("Vous la modifiez ; l’habilitation accordée ne change pas en attendant"));

    change(&mut camille, id, &file).await;
    hand_in(&site, id).await;
    assert_eq!(stands(&site, id).await, (State::Submitted, 2, Some(1)));
    let mut reader = site.visitor();
    reader.sign_in("nadia@dinum.test").await;
    let dossier = reader.get(&format!("/instruction/{}", id.0)).await;
    for said in ["Modification de l’habilitation H1", "Version 2 par rapport à la version 1", "Portail citoyen"] {
        assert!(dossier.says(said), "{said}: {}", dossier.text());
    }
    let code = find(&site, AuthorizationId(1)).await.code;
    let address = format!("/verification/{}", code.as_str());
    assert!(site.visitor().get(&address).await.says("Habilitation valable"));

    assert_eq!(grant(&site, &nadia, id, 2).await.unwrap(), AuthorizationId(2));
    assert_eq!(stands(&site, id).await, (State::Approved, 2, None));
    assert_eq!(find(&site, AuthorizationId(1)).await.state, Right::Superseded);
    assert_eq!(find(&site, AuthorizationId(2)).await.state, Right::Active);
    let replaced = site.visitor().get(&address).await;
    assert!(replaced.says("Habilitation remplacée") && replaced.says("H2") && !replaced.says("valable"), "{}", replaced.text());
    let old = camille.get("/habilitations/1").await;
    assert!(old.says("Portail familles") && old.says("H2") && old.count("a[href='/habilitations/1/modification']") == 0);
    assert_eq!(
        camille.get(&format!("/habilitations/1/fichiers/{file}")).await.bytes,
        PDF,
        "the file of what was granted first is still read there"
    );
    let late = camille.post("/habilitations/1/modification", &[]).await;
    assert!(late.status == 409 && late.says("est remplacée : elle ne se modifie pas"), "{}", late.text());
    site.letters().await;
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_right_and_the_demande_as_they_were() {
    let (site, nadia, mut camille, id, file) = a_right_with_a_file().await;
    camille.post("/habilitations/1/modification", &[]).await;
    change(&mut camille, id, &file).await;
    hand_in(&site, id).await;
    turn_down(&site, &nadia, id, 2).await.unwrap();
    is_as_granted(&site, &mut camille, id, &file).await;
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    let letter = site.letters_to("camille@clamart.test").await.pop().unwrap();
    assert!(letter.text.contains("l’habilitation H1 n’a pas changé"), "{}", letter.text);
    assert!(
        page.says("La dernière modification demandée (version 2) est refusée") && page.says("Le sexe n’est pas utile."),
        "{}",
        page.text()
    );

    // and it can be tried again, under the next number
    camille.post("/habilitations/1/modification", &[]).await;
    change(&mut camille, id, &file).await;
    hand_in(&site, id).await;
    assert_eq!(stands(&site, id).await, (State::Submitted, 3, Some(1)));
    let mut reader = site.visitor();
    reader.sign_in("nadia@dinum.test").await;
    assert!(reader.get(&format!("/instruction/{}", id.0)).await.says("Version 3 par rapport à la version 1"));
    assert_eq!(grant(&site, &nadia, id, 3).await.unwrap(), AuthorizationId(2));
    site.letters().await;
}

#[tokio::test]
async fn a_change_that_is_given_up_leaves_the_right_and_the_demande_as_they_were() {
    for handed_in in [false, true] {
        let (site, _, mut camille, id, file) = a_right_with_a_file().await;
        camille.post("/habilitations/1/modification", &[]).await;
        change(&mut camille, id, &file).await;
        if handed_in {
            hand_in(&site, id).await;
        }
        let retreat = format!("/demandes/{}/retrait", id.0);
        assert!(camille.get(&retreat).await.says("Renoncer à modifier la demande"));
        assert_eq!(camille.post(&retreat, &[]).await.status, 303);
        is_as_granted(&site, &mut camille, id, &file).await;
        site.letters().await;
    }
}

#[tokio::test]
async fn only_the_holder_of_a_right_in_force_changes_it() {
    let (site, nadia, _, id, _) = a_right_with_a_file().await;
    let malo = Applicant::new(given::a_person(&site, "malo@rhone.test").await);
    let camille = Applicant::new(given::a_person(&site, "camille@clamart.test").await);
    let now = site.state.clock.now();
    for (by, state) in
        [(&malo, "active"), (&Applicant::new(nadia.person().clone()), "active"), (&camille, "revoked"), (&camille, "expired")]
    {
        let mut transaction = site.state.db.begin().await.unwrap();
        if state != "active" {
            let statement = format!("update authorizations set state = '{state}', state_changed_at = now()");
            transaction.execute(AssertSqlSafe(statement)).await.unwrap();
        }
        let refused = reopen(&mut transaction, by, AuthorizationId(1), now).await.unwrap_err();
        assert!(matches!(refused, Problem::NotFound | Problem::NotPossible { .. }), "{state}: {refused}");
    }
    assert_eq!(stands(&site, id).await, (State::Approved, 1, None));
}

/// Nadia grants or refuses a change while Camille gives it up: one of the two happens, and the right is what it says.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_races_between_deciding_a_change_and_giving_it_up_have_one_effect() {
    let site = Arc::new(TestSite::new().await);
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let camille = Applicant::new(person.clone());
    let (mut granted, mut given_up) = (0, 0);
    for race in 0..100 {
        let id = given::a_submitted_application(&site, &person).await;
        let first = grant(&site, &nadia, id, 1).await.unwrap();
        let mut transaction = site.state.db.begin().await.unwrap();
        reopen(&mut transaction, &camille, first, site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
        given::hand_in(&site, &person, id).await;
        let barrier = Arc::new(tokio::sync::Barrier::new(2));
        let deciding = tokio::spawn({
            let (site, nadia, barrier) = (site.clone(), nadia.clone(), barrier.clone());
            async move {
                barrier.wait().await;
                if race % 2 == 0 { grant(&site, &nadia, id, 2).await.map(drop) } else { turn_down(&site, &nadia, id, 2).await }
            }
        });
        let giving_up = tokio::spawn({
            let (site, camille, barrier) = (site.clone(), camille.clone(), barrier.clone());
            async move {
                barrier.wait().await;
                let mut transaction = site.state.db.begin().await?;
                withdraw(&mut transaction, &camille, id, site.state.clock.now()).await?;
                transaction.commit().await.map_err(Problem::from)
            }
        });
        let (decided, gave_up) = (deciding.await.unwrap(), giving_up.await.unwrap());
        assert!(decided.is_ok() != gave_up.is_ok(), "race {race}: {decided:?} {gave_up:?}");
        let replaced = decided.is_ok() && race % 2 == 0;
        assert_eq!(stands(&site, id).await, (State::Approved, if replaced { 2 } else { 1 }, None), "race {race}");
        let now = authorizations::find_of_application(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!(now != first, replaced, "race {race}");
        assert_eq!(find(&site, first).await.state, if replaced { Right::Superseded } else { Right::Active }, "race {race}");
        granted += usize::from(replaced);
        given_up += usize::from(gave_up.is_ok());
    }
    site.letters().await;
    println!("100 races: {granted} changes granted, {given_up} given up");
}
