//! The page of the panel: what the team sees of places, lines and participants, and that what it announces is what happens.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Applicant, Person, Role},
    applications::{Kind, withdraw},
    experimentation::{Campaign, Holds, Panel, Share, find_place_in_line, line::Stand},
    ids::ApplicationId,
};
use sqlx::Executor;
use time::macros::date;

use super::places::{a_second, standing};
use crate::support::{Answer, TestSite, given, private};

const NOTHING_KEPT: Share = Share { floor: 0, ceiling: 100 };

/// A site with a campaign of that many places, held by Hélène's association first, for which Yves's company comes second.
async fn two_candidatures(capacity: u32, share: Share) -> (TestSite, Person, ApplicationId, ApplicationId) {
    let site = TestSite::new().await;
    let panel = Panel::even(share, date!(2026 - 12 - 20));
    private::announce(&site, &Campaign { capacity, panel, ..private::campaign() }).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    let first = private::a_submitted(&site, &helene, private::ASSOCIATION, Kind::Experiment).await;
    let (_, second) = a_second(&site).await;
    (site, helene, first, second)
}

async fn panel_as(site: &TestSite, role: Role) -> Answer {
    let staff = given::staff(site, role).await;
    let mut visitor = site.visitor();
    visitor.sign_in(staff.email.as_str()).await;
    visitor.get("/instruction/panel").await
}

#[tokio::test]
async fn a_reviewer_sees_each_place_its_holder_and_who_waits_for_it_and_why() {
    let (site, _, first, second) = two_candidatures(1, NOTHING_KEPT).await;
    let page = panel_as(&site, Role::Reviewer).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.count(&format!("a.hab-number--held[href=\"/instruction/{}\"]", first.0)), 1, "{}", page.html);
    assert_eq!(page.count(".hab-numbers .hab-number"), 1, "one place is drawn");
    assert!(page.says(", réservée : Association Les Ateliers du Savoir (exemple)"), "{}", page.text());
    assert!(page.says("La seule place de l’expérimentation est prise."), "{}", page.text());
    assert!(page.says("toutes les places sont prises") && page.says("Covoiturage Demain SAS (exemple)"), "{}", page.text());
    assert!(page.says("une place va aussitôt à") && page.says("1re dans la file du secteur"), "{}", page.text());
    assert!(page.count(&format!("#decisions a[href=\"/instruction/{}\"]", second.0)) == 1);
    assert_eq!(page.count("#secteurs a[href=\"/instruction?type=experiment&secteur=education\"]"), 1);
    assert_eq!(page.count("svg.hab-chart"), 1, "arrivals are drawn");
    assert!(page.says("ni la taille ni la région ne comptent dans l’ordre"), "{}", page.text());
    assert!(page.says("Aucune répartition de référence n’est disponible"), "no figure is invented");
    site.letters().await;
}

#[tokio::test]
async fn everyone_who_reads_the_queue_reads_the_panel_and_an_applicant_does_not() {
    let (site, ..) = two_candidatures(2, NOTHING_KEPT).await;
    for role in [Role::Observer, Role::Jurist, Role::Signatory, Role::ProgrammeManager] {
        let page = panel_as(&site, role).await;
        assert!(page.status == StatusCode::OK && page.says("Le panel"), "{role:?}: {}", page.text());
    }
    let mut helene = site.visitor();
    helene.sign_in("helene@asso.test").await;
    for path in ["/instruction/panel", "/instruction/panel/1"] {
        let refused = helene.get(path).await;
        assert!(refused.status != StatusCode::OK && !refused.says("Covoiturage Demain"), "{path}: {}", refused.status);
    }
    assert_eq!(site.visitor().get("/instruction/panel").await.status, StatusCode::SEE_OTHER);
    site.letters().await;
}

#[tokio::test]
async fn a_desk_without_a_campaign_says_so_and_a_past_one_is_read_by_its_number() {
    let site = TestSite::new().await;
    let page = panel_as(&site, Role::Observer).await;
    assert!(page.status == StatusCode::OK && page.says("Aucune campagne n’est inscrite"), "{}", page.text());
    private::a_campaign(&site).await;
    let past = private::campaign_of(date!(2025 - 01 - 11), date!(2025 - 06 - 30), date!(2026 - 01 - 10));
    private::announce(&site, &Campaign { title: "Expérimentation 2025".into(), ..past }).await;
    let mut observer = site.visitor();
    observer.sign_in("observer@equipe.test").await;
    let current = observer.get("/instruction/panel").await;
    assert!(current.says("Expérimentation 2027") && current.says("Autres campagnes"), "{}", current.text());
    assert!(current.says("Les places de cette campagne ne sont pas encore numérotées"), "{}", current.text());
    assert!(current.says("Aucune candidature complète n’est encore arrivée."), "{}", current.text());
    let other = observer.get("/instruction/panel/2").await;
    assert!(other.status == StatusCode::OK && other.says("Expérimentation 2025, du 11 janvier 2025"), "{}", other.text());
    for unknown in ["/instruction/panel/3", "/instruction/panel/abc"] {
        assert_eq!(observer.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn whom_a_decision_is_said_to_seat_is_whom_it_seats() {
    let (site, helene, first, second) = two_candidatures(1, NOTHING_KEPT).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let (_, prospect) = find_place_in_line(&mut connection, first).await.unwrap();
    let prospect = prospect.expect("its place is reserved");
    assert_eq!(prospect.next.iter().map(|next| next.application).collect::<Vec<_>>(), [second]);
    let (_, none) = find_place_in_line(&mut connection, second).await.unwrap();
    assert_eq!(none, None, "who waits has no place to give");
    drop(connection);
    given::staff(&site, Role::Observer).await;
    let mut observer = site.visitor();
    observer.sign_in("observer@equipe.test").await;
    let dossier = observer.get(&format!("/instruction/{}", first.0)).await;
    assert!(dossier.says("Ce que fera la décision sur les places") && dossier.says("une place va aussitôt à"), "{}", dossier.text());
    let mut transaction = site.state.db.begin().await.unwrap();
    withdraw(&mut transaction, &Applicant::new(helene), first, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(matches!(standing(&site, second).await.holds, Holds::Place { stand: Stand::Reserved, number: 1 }));
    let page = observer.get("/instruction/panel").await;
    assert!(page.says("sa place redevient libre, ouverte à tous les secteurs"), "{}", page.text());
    assert!(page.says("Personne n’attend de place."), "{}", page.text());
    site.letters().await;
}

#[tokio::test]
async fn a_place_kept_for_a_sector_is_said_to_stay_with_it() {
    let (site, ..) = two_candidatures(12, Share { floor: 2, ceiling: 12 }).await;
    let page = panel_as(&site, Role::Observer).await;
    assert_eq!(page.count(".hab-numbers .hab-number"), 12);
    assert_eq!((page.count(".hab-numbers .hab-number--kept"), page.count(".hab-numbers .hab-number--open")), (10, 0), "{}", page.html);
    assert!(page.says("sa place redevient libre, gardée pour le secteur « Éducation et enseignement supérieur »"), "{}", page.text());
    site.letters().await;
}

#[tokio::test]
async fn participants_stand_beside_the_register_by_size_and_region() {
    let (site, _, first, _) = two_candidatures(2, NOTHING_KEPT).await;
    let mut owner = site.database.owner().await;
    owner
        .execute(
            "insert into stock_spread values ('2026-12-01', 'tens', 'Bretagne', 750), ('2026-12-01', 'unknown', '', 250);
            update organisations set facts = jsonb_set(facts, '{headcount_band}', '\"\"') where siret = '00041295700011'",
        )
        .await
        .unwrap();
    let page = panel_as(&site, Role::Observer).await;
    assert!(page.says("les 1 000 personnes morales de droit privé en activité du stock Sirene du 1er décembre 2026"), "{}", page.text());
    assert!(page.says("Bretagne 0 0 0 0 0 0 0 % 75 %"), "{}", page.text());
    assert!(page.says("Pays de la Loire 0 1 0 0 1 2 100 % 0 %"), "{}", page.text());
    assert!(page.says("Référence Sirene 0 % 75 % 0 % 0 % 25 %"), "{}", page.text());
    assert!(standing(&site, first).await.has_a_place());
    site.letters().await;
}

#[tokio::test]
async fn who_became_a_public_body_while_it_holds_a_place_is_named_with_what_frees_the_place() {
    let (site, _, first, second) = two_candidatures(2, NOTHING_KEPT).await;
    assert_eq!(panel_as(&site, Role::Observer).await.count("#publics"), 0);
    told_public(&site, private::ASSOCIATION, "7490").await;
    given::staff(&site, Role::Reviewer).await;
    let mut reviewer = site.visitor();
    reviewer.sign_in("reviewer@equipe.test").await;
    let page = reviewer.get("/instruction/panel").await;
    assert!(page.says("Un organisme public tient une place") && page.says("arrêté du 8 novembre 2018"), "{}", page.text());
    assert_eq!(page.count("#publics a"), 1, "{}", page.html);
    assert_eq!(page.count(&format!("#publics a[href=\"/instruction/{}\"]", first.0)), 1, "{}", page.html);
    assert!(page.says("la décision qui refuse la candidature la libère"), "{}", page.text());

    let granted = "update standings set standing = 'granted', granted_at = now() where application_id = ";
    site.database.owner().await.execute(sqlx::AssertSqlSafe(format!("{granted}{}", first.0))).await.unwrap();
    told_public(&site, private::YOUNG, "4160").await;
    let page = reviewer.get("/instruction/panel").await;
    assert!(page.says("2 organismes publics tiennent une place") && page.count("#publics a") == 2, "{}", page.text());
    assert!(page.says("ouvrez une procédure sur l’habilitation"), "{}", page.text());
    let checked = habilitation::invariants::check(&mut site.state.db.acquire().await.unwrap(), None).await.unwrap();
    let astray = checked.into_iter().find(|checked| checked.invariant == "who holds a place is who may").unwrap();
    let said = "the register says that who holds its place is a public body";
    let both = [first, second].map(|id| format!("{id}: {said}")).to_vec();
    assert_eq!(astray.outcome, habilitation::invariants::Outcome::Broken(both), "what the page tells is what the check finds");
    site.letters().await;
}

/// The register says that the organisation is of that legal category; what it holds keeps it private here.
async fn told_public(site: &TestSite, siret: &str, category: &str) {
    let told = format!("update organisations set facts = jsonb_set(facts, '{{legal_category}}', '\"{category}\"') where siret = '{siret}'");
    site.database.owner().await.execute(sqlx::AssertSqlSafe(told)).await.unwrap();
}
