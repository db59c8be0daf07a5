//! Suspending and revoking a right: its holder is heard first, somebody else decides, the public page follows at once.

use std::sync::Arc;

use habilitation::{
    accounts::{Applicant, Reviewer, Role},
    authorizations::{
        self, State,
        procedure::{Ground, Measure, Opening, Ruled, Verdict, decide, end_suspensions, find_procedures, observe, open},
    },
    ids::AuthorizationId,
    problem::Problem,
};
use sqlx::{AssertSqlSafe, Executor};
use time::{Date, Duration, macros::date};

use super::{a_site_with_a_right, find};
use crate::support::{TestSite, Visitor, given};

const SERVICE: &str = "DINUM, équipe FranceConnect";

async fn a_signatory(site: &TestSite, email: &str) -> Reviewer {
    Reviewer::new(given::somebody_with_roles(site, email, &[Role::Signatory]).await).unwrap()
}

fn envisaged(measure: Measure, urgency: &str) -> Opening {
    Opening {
        measure,
        ground: Ground::ConditionLost,
        facts: "Le bouton est présent sur un autre site.".into(),
        urgency: urgency.into(),
        observations_until: date!(2026 - 12 - 18),
    }
}

fn verdict(outcome: Ruled, suspended_until: Option<Date>) -> Verdict {
    Verdict { outcome, reasons: "Vos observations n’y changent rien.".into(), suspended_until }
}

async fn opens(site: &TestSite, by: &Reviewer, right: AuthorizationId, opening: &Opening) -> Result<(), Problem> {
    let mut transaction = site.state.db.begin().await?;
    open(&mut transaction, by, right, opening, SERVICE, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

async fn decides(site: &TestSite, by: &Reviewer, right: AuthorizationId, verdict: &Verdict) -> Result<(), Problem> {
    let mut transaction = site.state.db.begin().await?;
    decide(&mut transaction, by, right, verdict, SERVICE, site.state.clock.now()).await?;
    transaction.commit().await.map_err(Problem::from)
}

async fn answers(site: &TestSite, right: AuthorizationId) {
    let camille = Applicant::new(given::a_person(site, "camille@clamart.test").await);
    let mut transaction = site.state.db.begin().await.unwrap();
    observe(&mut transaction, &camille, right, "Nous l’avons retiré hier.", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

async fn the_public_page(site: &TestSite, right: AuthorizationId) -> String {
    let code = find(site, right).await.code;
    site.visitor().get(&format!("/verification/{}", code.as_str())).await.text()
}

async fn signed_in(site: &TestSite, email: &str) -> Visitor {
    let mut visitor = site.visitor();
    visitor.sign_in(email).await;
    visitor
}

#[tokio::test]
async fn a_right_is_revoked_once_its_holder_was_heard_by_somebody_who_did_not_open_the_procedure() {
    let (site, right, mut camille) = a_site_with_a_right().await;
    a_signatory(&site, "anne@dinum.test").await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    let mut anne = signed_in(&site, "anne@dinum.test").await;
    let page = format!("/habilitations/{}/procedure", right.0);

    let empty = nadia.post(&page, &[]).await;
    assert!(empty.status == 422 && empty.count("#erreurs li") == 4, "{}", empty.text());
    let typed = [("measure", "revocation"), ("ground", "condition_lost"), ("facts", "Le bouton est sur un autre site."), ("urgency", "")];
    let soon = nadia.post(&page, &[&typed[..], &[("observations_until", "2026-12-17")]].concat()).await;
    assert!(
        soon.status == 422 && soon.says("le 18 décembre 2026 au plus tôt") && soon.says("Le bouton est sur un autre site."),
        "{}",
        soon.text()
    );
    assert_eq!(nadia.post(&page, &[&typed[..], &[("observations_until", "2026-12-18")]].concat()).await.status, 303);
    let letter = site.letters_to("camille@clamart.test").await.pop().unwrap();
    for said in [
        "Nous envisageons de révoquer",
        "article L.\u{a0}242-2, 1°",
        "jusqu’au 18\u{a0}décembre\u{a0}2026 inclus",
        "observations orales",
        "assister par un conseil",
    ] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
    assert!(the_public_page(&site, right).await.contains("Habilitation valable"), "nothing is decided");
    assert_eq!(nadia.post(&page, &[&typed[..], &[("observations_until", "2026-12-18")]].concat()).await.status, 409, "one at a time");

    // too early, then by those who may not
    let verdict = [("outcome", "revoked"), ("reasons", "Le site est toujours là.")];
    let decision = format!("{page}/decision");
    let early = anne.post(&decision, &verdict).await;
    assert!(
        early.status == 409 && early.says("jusqu’au 18 décembre 2026 inclus") && early.says("Le site est toujours là."),
        "{}",
        early.text()
    );
    let heard = camille.get(&page).await;
    assert!(heard.says("C’est à vous de répondre") && heard.count("textarea#body") == 1, "{}", heard.text());
    assert_eq!(camille.post(&format!("{page}/observations"), &[("body", " ")]).await.status, 422);
    assert_eq!(camille.post(&format!("{page}/observations"), &[("body", "Nous l’avons retiré hier.")]).await.status, 303);
    assert_eq!(site.letters_to("nadia@dinum.test").await.len(), 2, "the arrival of the demande, and the observations");
    assert_eq!(nadia.post(&decision, &verdict).await.status, 403, "no signatory");
    assert!(anne.get(&page).await.says("Nous l’avons retiré hier."));
    assert_eq!(anne.post(&decision, &verdict).await.status, 303);

    assert_eq!(find(&site, right).await.state, State::Revoked);
    let public = the_public_page(&site, right).await;
    assert!(public.contains("Habilitation révoquée") && !public.contains("valable"), "{public}");
    let letter = site.letters_to("camille@clamart.test").await.pop().unwrap();
    for said in ["est abrogée", "En droit", "Le site est toujours là.", "Anne Rousseau", "deux mois", "tribunal administratif de Paris"] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
    let again = anne.post(&decision, &verdict).await;
    assert!(again.status == 409 && again.says("a déjà décidé"), "{}", again.text());
    site.letters().await;
}

#[tokio::test]
async fn a_suspension_that_cannot_wait_is_decided_at_once_and_ends_on_its_day() {
    let (site, right, _) = a_site_with_a_right().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let anne = a_signatory(&site, "anne@dinum.test").await;
    opens(&site, &nadia, right, &envisaged(Measure::Suspension, "Une faille expose les usagers.")).await.unwrap();
    let revoked = decides(&site, &anne, right, &verdict(Ruled::Revoked, None)).await.unwrap_err();
    assert!(matches!(&revoked, Problem::NotPossible { sentence, .. } if sentence.contains("entendu sur une suspension")), "{revoked}");
    decides(&site, &anne, right, &verdict(Ruled::Suspended, Some(date!(2026 - 12 - 10)))).await.unwrap();
    let public = the_public_page(&site, right).await;
    assert!(public.contains("Habilitation suspendue") && public.contains("jusqu’au 10 décembre 2026"), "{public}");

    let mut connection = site.state.db.acquire().await.unwrap();
    let now = site.state.clock.now();
    assert_eq!(end_suspensions(&mut connection, now + Duration::days(7)).await.unwrap(), 0, "its last day");
    assert_eq!(end_suspensions(&mut connection, now + Duration::days(8)).await.unwrap(), 1);
    assert_eq!(end_suspensions(&mut connection, now + Duration::days(8)).await.unwrap(), 0);
    assert!(the_public_page(&site, right).await.contains("Habilitation valable"));
    let said = site.letters().await;
    let kinds: Vec<_> = said.iter().filter(|letter| letter.contains("suspension_ended") || letter.contains("procedure")).collect();
    assert_eq!(kinds.len(), 3, "{said:?}");
}

#[tokio::test]
async fn a_change_that_is_granted_does_not_end_a_suspension() {
    let (site, right, _) = a_site_with_a_right().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let anne = a_signatory(&site, "anne@dinum.test").await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let camille = Applicant::new(person.clone());
    let now = site.state.clock.now();
    let mut connection = site.state.db.acquire().await.unwrap();
    let id = authorizations::reopen(&mut connection, &camille, right, now).await.unwrap();
    given::hand_in(&site, &person, id).await;
    opens(&site, &nadia, right, &envisaged(Measure::Suspension, "Une faille expose les usagers.")).await.unwrap();
    decides(&site, &anne, right, &verdict(Ruled::Suspended, Some(date!(2027 - 06 - 30)))).await.unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    let next = habilitation::review::approve(&mut transaction, &nadia, id, 2, String::new(), SERVICE, now).await.unwrap();
    transaction.commit().await.unwrap();
    let next = find(&site, next).await;
    assert_eq!((next.state, next.suspended_until), (State::Suspended, Some(date!(2027 - 06 - 30))));
    assert_eq!(find(&site, right).await.state, State::Superseded);
    assert!(the_public_page(&site, next.id).await.contains("jusqu’au 30 juin 2027"));
    site.letters().await;
}

#[tokio::test]
async fn the_database_refuses_a_ruling_by_who_opened_and_a_procedure_rewritten() {
    let (site, right, _) = a_site_with_a_right().await;
    let anne = a_signatory(&site, "anne@dinum.test").await;
    opens(&site, &anne, right, &envisaged(Measure::Revocation, "")).await.unwrap();
    answers(&site, right).await;
    let own = decides(&site, &anne, right, &verdict(Ruled::Revoked, None)).await.unwrap_err();
    assert!(matches!(&own, Problem::NotPossible { sentence, .. } if sentence.contains("un autre signataire")), "{own}");
    for (statement, because) in [
        (
            "insert into rulings (procedure_id, outcome, reasons, opened_by, decided_by, author_name, author_quality, author_service, decided_at)
                select id, 'closed', 'x', opened_by, opened_by, 'x', 'x', 'x', now() from procedures",
            "rulings_are_by_somebody_else",
        ),
        ("update procedures set facts = 'autre'", "only ends"),
        ("delete from observations", "refused"),
    ] {
        let mut owner = site.database.owner().await;
        let refused = owner.execute(AssertSqlSafe(statement)).await.unwrap_err();
        assert!(refused.to_string().contains(because), "{because}: {refused}");
    }
    site.letters().await;
}

/// Two signatories end one procedure at the same moment, 100 times: one ruling each time.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_races_end_in_one_ruling_each() {
    let site = Arc::new(TestSite::new().await);
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let (anne, paul) = (a_signatory(&site, "anne@dinum.test").await, a_signatory(&site, "paul@dinum.test").await);
    let mut revoked = 0;
    for race in 0..100 {
        let right = super::a_right(&site, &nadia).await;
        opens(&site, &nadia, right, &envisaged(Measure::Revocation, "")).await.unwrap();
        answers(&site, right).await;
        let barrier = Arc::new(tokio::sync::Barrier::new(2));
        let ruling = |by: &Reviewer, verdict: Verdict| {
            let (site, by, barrier) = (site.clone(), by.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                decides(&site, &by, right, &verdict).await
            })
        };
        let first = ruling(&anne, verdict(Ruled::Revoked, None));
        let second = ruling(&paul, verdict(Ruled::Closed, None));
        let (first, second) = (first.await.unwrap(), second.await.unwrap());
        assert!(first.is_ok() != second.is_ok(), "race {race}: {first:?} {second:?}");
        let loser = first.as_ref().err().or(second.as_ref().err()).unwrap();
        assert!(matches!(loser, Problem::NotPossible { sentence, .. } if sentence.contains("a déjà décidé")), "race {race}: {loser}");
        let procedures = find_procedures(&mut site.state.db.acquire().await.unwrap(), right).await.unwrap();
        assert!(procedures.len() == 1 && procedures[0].ruling.is_some());
        let state = authorizations::find(&mut site.state.db.acquire().await.unwrap(), right).await.unwrap().state;
        assert_eq!(state, if first.is_ok() { State::Revoked } else { State::Active }, "race {race}");
        revoked += usize::from(first.is_ok());
    }
    site.letters().await;
    println!("100 races: {revoked} revoked, {} closed", 100 - revoked);
}
