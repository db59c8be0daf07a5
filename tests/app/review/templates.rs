//! Texts the team answers with.

use axum::http::StatusCode;
use habilitation::accounts::Role;

use crate::support::{TestSite, Visitor, given};

const HERE: &str = "/instruction/modeles";
const BODY: &str = "{demandeur}, le service « {service} » de {organisme} classe ses usagers.";

async fn a_site() -> (TestSite, Visitor) {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    (site, nadia)
}

async fn write(nadia: &mut Visitor, act: &str, kind: &str, title: &str, body: &str) -> crate::support::Answer {
    nadia.post(HERE, &[("act", act), ("kind", kind), ("title", title), ("body", body)]).await
}

#[tokio::test]
async fn a_text_is_written_changed_and_retired_and_what_it_said_is_kept() {
    let (_site, mut nadia) = a_site().await;
    assert_eq!(write(&mut nadia, "refused", "toutes", "Usage trop large", BODY).await.location(), HERE);
    let page = nadia.get("/instruction/modeles/1").await;
    assert!(page.says("Camille Rousseau, le service « Portail familles » de Commune de Clamart"), "{}", page.text());
    let read = page.attribute("input[name=read]", "value").unwrap();
    let better = [("title", "Usage trop large"), ("body", "Autre chose."), ("read", read.as_str())];
    assert_eq!(nadia.post("/instruction/modeles/1", &better).await.status, StatusCode::SEE_OTHER);
    let stale = nadia.post("/instruction/modeles/1", &better).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("a été modifié depuis") && stale.says("Autre chose."), "{}", stale.text());
    assert!(nadia.get("/instruction/modeles/1").await.says("classe ses usagers"), "the first version stays readable");
    for _ in 0..2 {
        assert_eq!(nadia.post("/instruction/modeles/1/retrait", &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert!(nadia.get(HERE).await.says("Retiré"));
    let late = nadia.post("/instruction/modeles/1", &[("title", "T"), ("body", "B"), ("read", "2")]).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("a été retiré"), "{}", late.text());
}

#[tokio::test]
async fn an_unknown_word_between_braces_is_refused_by_its_name_and_a_preview_saves_nothing() {
    let (_site, mut nadia) = a_site().await;
    let refused = write(&mut nadia, "refused", "toutes", "T", "Bonjour {organsme}, {service}").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("{organsme} n’est pas un mot que nous savons remplacer") && refused.says("{echeance}"), "{}", refused.text());
    assert!(refused.html.contains("Bonjour {organsme}"), "what was typed is given back");
    let empty = nadia.post(HERE, &[]).await;
    assert_eq!((empty.status, empty.count("#erreurs li")), (StatusCode::UNPROCESSABLE_ENTITY, 4));
    let typed = [("act", "approved"), ("kind", "toutes"), ("title", "T"), ("body", "Merci {demandeur}."), ("apercu", "oui")];
    let preview = nadia.post(HERE, &typed).await;
    assert!(preview.status == StatusCode::OK && preview.says("Merci Camille Rousseau."), "{}", preview.text());
    assert!(nadia.get(HERE).await.says("Aucun modèle"));
}

#[tokio::test]
async fn a_text_is_inserted_filled_after_what_was_typed() {
    let (site, mut nadia) = a_site().await;
    write(&mut nadia, "refused", "toutes", "Usage trop large", BODY).await;
    write(&mut nadia, "refused", "experiment", "D’une candidature", "Autre.").await;
    write(&mut nadia, "approved", "administration", "Bienvenue", "Bienvenue à {service} ({numero}).").await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    let form = nadia.get(&format!("/instruction/{}/refus", id.0)).await;
    assert_eq!(form.count("select[name=modele] option"), 2, "those for refusing an administration's: {}", form.text());
    assert!(form.attribute("option[data-text]", "data-text").unwrap().starts_with("Camille Rousseau, le service « Portail familles »"));
    let typed = [("outcome", "refused"), ("version", "1"), ("message", "D’abord."), ("modele", "1"), ("inserer", "oui")];
    let page = nadia.post(&format!("/instruction/{}/decision", id.0), &typed).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("D’abord.\n\nCamille Rousseau, le service"), "{}", page.text());
    let prepared: i64 = sqlx::query_scalar("select count(*) from prepared_decisions").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(prepared, 0, "inserting decides nothing");
    let approval = nadia.get(&format!("/instruction/{}/validation", id.0)).await;
    assert_eq!(approval.attribute("option[data-text]", "data-text").unwrap(), format!("Bienvenue à Portail familles (D{}).", id.0));
    site.letters().await;
}

#[tokio::test]
async fn those_who_only_read_see_the_texts_and_write_none() {
    let (site, mut nadia) = a_site().await;
    write(&mut nadia, "refused", "toutes", "Usage trop large", BODY).await;
    given::staff(&site, Role::Observer).await;
    let mut observer = site.visitor();
    observer.sign_in("observer@equipe.test").await;
    let list = observer.get(HERE).await;
    assert!(list.says("Usage trop large") && list.count("main a[href^='/instruction/modeles']") == 0, "{}", list.text());
    assert_eq!(write(&mut observer, "refused", "toutes", "T", "B").await.status, StatusCode::FORBIDDEN);
}
