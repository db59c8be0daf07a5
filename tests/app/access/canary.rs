//! What the team writes among itself never leaves it: planted words are looked for everywhere somebody else may look.

use habilitation::{
    accounts::{Role, Staff},
    applications::Kind,
    ids::ApplicationId,
    notifications::{Letterhead, OutboxLetter},
    review::{
        grid::{self, Appraisal, Read, Wanted},
        notes,
        opinions::{Given, Service, View, ask, give},
    },
    site::declared_routes,
};
use sqlx::{AssertSqlSafe, Executor};
use uuid::Uuid;

use super::scene::{Scene, Who, filled};
use crate::{
    applications::behalf::filed_for_clamart,
    support::{Answer, TestSite, given},
};

/// Each in one place only.
const PLANTED: [&str; 7] =
    ["canarinote", "canariquestion", "canarijuridique", "canariequipe", "canarigrille", "Canariresponsable", "canaridecision"];

/// Those who are not of the team.
const OUTSIDE: [Who; 5] = [Who::Stranger, Who::Camille, Who::VerifiedColleague, Who::Colleague, Who::Malo];

/// A note, two opinions with their question, the grid, whoever answers for the dossier and the decision they prepare.
async fn plant(site: &TestSite, id: ApplicationId) {
    let now = site.state.clock.now();
    let owner = given::a_reviewer(site, "canariresponsable@equipe.test").await;
    let jurist = given::somebody_with_roles(site, "jurist@equipe.test", &[Role::Jurist]).await;
    let staff = |person| Staff::new(person).unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    let by = staff(owner.person().clone());
    notes::write(&mut transaction, &by, id, "canarinote", Uuid::new_v4(), now).await.unwrap();
    ask(&mut transaction, &owner, id, 1, Service::ALL, "canariquestion", now).await.unwrap();
    for (by, service, reasons) in [(by, Service::FranceConnect, "canariequipe"), (staff(jurist), Service::Legal, "canarijuridique")] {
        let given = Given { service, view: View::Reserved, reasons: reasons.into() };
        give(&mut transaction, &by, id, 1, given, now).await.unwrap();
    }
    let rule = grid::criteria(Kind::Administration)[0];
    let wanted = Wanted { rule, appraisal: Appraisal::NotMet, note: "canarigrille".into() };
    let read = Read { version: 1, seen: 0, confirms: false };
    assert_eq!(grid::fill(&mut transaction, &owner, id, read, &[wanted], now).await.unwrap(), 1);
    let account = owner.person().account;
    let held = format!(
        "update applications set assigned_to = {account}, assigned_at = received_at where id = {number};
        insert into prepared_decisions (application_id, version, outcome, message, prepared_by, prepared_at)
        values ({number}, 1, 'approved', 'canaridecision', {account}, '2026-12-03')",
        number = id.0
    );
    transaction.execute(AssertSqlSafe(held)).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Everything an answer says: its page, its headers and, of a PDF, its text.
fn everything(answer: &Answer) -> String {
    let headers: String = answer.headers.values().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join("\n");
    let mut said = format!("{headers}\n{}", answer.html);
    if answer.bytes.starts_with(b"%PDF") {
        let read = lopdf::Document::load_mem(&answer.bytes).unwrap();
        let pages: Vec<u32> = read.get_pages().into_keys().collect();
        said.push_str(&read.extract_text(&pages).unwrap());
    }
    said
}

fn leaks(place: &str, said: &str) -> Vec<String> {
    let said = said.to_lowercase();
    PLANTED.iter().filter(|word| said.contains(&word.to_lowercase())).map(|word| format!("{word} in {place}")).collect()
}

fn said_by(letter: &OutboxLetter, head: &Letterhead) -> String {
    let rendered = letter.rendered(head).unwrap();
    format!("{}\n{}\n{}", rendered.subject, rendered.text, rendered.html)
}

/// What letters say of it; the team may be told which of them asks.
async fn leaks_of_letters(site: &TestSite) -> Vec<String> {
    let head = Letterhead::new(&site.state.config, site.state.secret.clone());
    let mut found = Vec::new();
    for letter in &site.outbox().await {
        let mut in_it = leaks(&format!("{} to {}", letter.kind, letter.to.address), &said_by(letter, &head));
        in_it.retain(|leak| !(leak.starts_with("Canariresponsable") && letter.to.address.ends_with("@equipe.test")));
        found.extend(in_it);
    }
    found
}

#[tokio::test]
async fn the_client_of_a_vendor_reads_nothing_of_it_behind_a_sealed_link() {
    let site = TestSite::new().await;
    let (_, id, mayor, dpo) = filed_for_clamart(&site).await;
    plant(&site, id).await;
    let behind = declared_routes().into_iter().filter(|route| route.method == "GET" && route.path.starts_with("/client/{lien}/{sceau}"));
    let (mut served, mut found) = (0, Vec::new());
    for path in behind.map(|route| route.path) {
        for link in [&mayor, &dpo] {
            let answer = site.visitor().get(&path.replace("/client/{lien}/{sceau}", link)).await;
            served += usize::from(answer.status == 200);
            found.extend(leaks(path, &everything(&answer)));
        }
    }
    found.extend(leaks_of_letters(&site).await);
    assert!(served >= 6 && found.is_empty(), "{served} pages served: {found:#?}");
}

#[tokio::test]
async fn what_the_team_writes_among_itself_never_leaves_it() {
    let mut scene = Scene::new().await;
    plant(&scene.site, ApplicationId(1)).await;
    let pages: Vec<&str> = declared_routes().iter().filter(|route| route.method == "GET").map(|route| route.path).collect();
    let (mut searched, mut papers, mut found) = (0, 0, Vec::new());
    for path in &pages {
        for who in OUTSIDE {
            let (first, organisation, colleague) = (scene.camille_s(path), scene.organisation.to_string(), scene.colleague.to_string());
            let second = filled(path, "2", &organisation, &colleague);
            for address in [first, second] {
                let answer = scene.browser(who).get(&address).await;
                papers += usize::from(answer.bytes.starts_with(b"%PDF"));
                found.extend(leaks(&format!("{address} for {who:?}"), &everything(&answer)));
                searched += 1;
            }
        }
    }
    let letters = scene.site.outbox().await;
    found.extend(leaks_of_letters(&scene.site).await);
    // An alarm that never rings proves nothing: the team itself does read these words.
    let dossier = scene.browser(Who::Member(Role::Reviewer)).get("/instruction/1").await;
    let seen = leaks("the dossier", &everything(&dossier));
    assert!(seen.len() >= 5, "{seen:?}");
    println!("{} pages, {searched} answers of which {papers} PDF, {} letters: {} leaks", pages.len(), letters.len(), found.len());
    assert!(papers > 0 && found.is_empty(), "{found:#?}");
}
