//! The people of the team: listed, invited, given roles, deactivated.

use habilitation::accounts::Role;
use sqlx::{AssertSqlSafe, Executor};

use super::{a_member, an_administrator, facts_about, roles_of};
use crate::support::{TestSite, given};

#[tokio::test]
async fn an_administrator_sees_everybody_with_their_roles_and_access() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    a_member(&site, "nadia@equipe.test", &[Role::Reviewer, Role::Signatory]).await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut admin = site.visitor();
    admin.sign_in("admin@equipe.test").await;
    let page = admin.get("/administration/equipe").await;
    assert!(page.says("2 personnes ont un rôle et un compte actif."), "{}", page.text());
    assert!(page.says("instructeur, signataire Compte actif 0"), "{}", page.text());
    assert!(!page.says("camille@clamart.test"), "an applicant is not of the team");
    assert_eq!(page.attribute("a.fr-nav__link[aria-current]", "href").as_deref(), Some("/administration/equipe"));
    let mut reviewer = site.visitor();
    reviewer.sign_in("nadia@equipe.test").await;
    let page = reviewer.get("/administration/equipe").await;
    assert_eq!(page.status, 403);
    assert!(!page.html.contains("href=\"/administration"), "no door that does not open is shown");
}

#[tokio::test]
async fn somebody_is_invited_and_chooses_their_own_password() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    let mut admin = site.visitor();
    admin.sign_in("admin@equipe.test").await;
    let refused = admin.post("/administration/equipe", &[("email", "nadia"), ("given_name", "Nadia"), ("family_name", "")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("3 points à corriger") && refused.says("Cochez au moins un rôle."), "{}", refused.text());
    assert_eq!(refused.attribute("#given_name", "value").as_deref(), Some("Nadia"));
    let fields = [
        ("email", "nadia@equipe.test"),
        ("given_name", "Nadia"),
        ("family_name", "Ferrand"),
        ("roles", "reviewer"),
        ("roles", "programme_manager"),
    ];
    let invited = admin.post("/administration/equipe", &fields).await;
    assert_eq!(invited.status, 303, "{}", invited.text());
    let here = invited.location().to_owned();
    let page = admin.get(&here).await;
    assert!(page.says("Une lettre part à nadia@equipe.test"), "{}", page.text());
    assert!(page.says("Invitation sans réponse"));
    assert!(page.says("Sophie Lambert a donné le rôle responsable de programme"), "{}", page.text());
    assert_eq!(admin.post(&format!("{here}/invitation"), &[]).await.status, 303);
    let letters = site.letters_to("nadia@equipe.test").await;
    assert_eq!(letters.len(), 2, "the invitation and its second copy");
    assert!(letters[1].text.contains("instructeur, responsable de programme"), "{}", letters[1].text);
    let path = |letter: usize| letters[letter].link().unwrap().trim_start_matches("http://localhost:3000").to_owned();
    assert_eq!(site.visitor().get(&path(0)).await.status, 410, "the second replaces the first");
    assert_eq!(site.visitor().post(&path(1), &[("password", given::PASSWORD)]).await.status, 303);
    assert_eq!(site.visitor().sign_in("nadia@equipe.test").await.location(), "/instruction");
    assert_eq!(admin.post(&format!("{here}/invitation"), &[]).await.status, 409, "she has chosen");
    assert_eq!(site.letters_to("nadia@equipe.test").await.len(), 3, "and was told of the password");
}

#[tokio::test]
async fn roles_are_given_and_taken_and_each_is_a_fact() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    let nadia = a_member(&site, "nadia@equipe.test", &[Role::Observer]).await;
    let (mut admin, mut browser) = (site.visitor(), site.visitor());
    admin.sign_in("admin@equipe.test").await;
    browser.sign_in("nadia@equipe.test").await;
    let here = format!("/administration/equipe/{}", nadia.account);
    let changed = admin.post(&format!("{here}/roles"), &[("shown", "observer"), ("roles", "reviewer"), ("roles", "signatory")]).await;
    assert_eq!(changed.location(), here);
    assert!(admin.get(&here).await.says("Rôles de Nadia Rousseau : instructeur, signataire."));
    assert_eq!(roles_of(&site, nadia.account).await, ["reviewer", "signatory"]);
    let facts = facts_about(&site, nadia.account).await;
    let expected =
        ["Sophie Lambert role_granted instructeur", "Sophie Lambert role_granted signataire", "Sophie Lambert role_taken observateur"];
    assert_eq!(facts, expected);
    assert_eq!(browser.get("/compte").await.status, 303, "a session does not outlive the rights it was opened with");
    let none = admin.post(&format!("{here}/roles"), &[("shown", "reviewer"), ("shown", "signatory")]).await;
    assert_eq!(none.location(), "/administration/equipe");
    assert!(admin.get("/administration/equipe").await.says("Nadia Rousseau n’est plus de l’équipe"));
    assert_eq!(admin.get(&here).await.status, 404, "an applicant is nobody here");
}

#[tokio::test]
async fn whoever_changes_roles_second_is_told_who_was_first() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    given::somebody_with_roles(&site, "marc@equipe.test", &[Role::Admin]).await;
    let nadia = a_member(&site, "nadia@equipe.test", &[Role::Observer]).await;
    let (mut sophie, mut marc) = (site.visitor(), site.visitor());
    sophie.sign_in("admin@equipe.test").await;
    marc.sign_in("marc@equipe.test").await;
    let act = format!("/administration/equipe/{}/roles", nadia.account);
    assert_eq!(sophie.post(&act, &[("shown", "observer"), ("roles", "jurist")]).await.status, 303);
    let second = marc.post(&act, &[("shown", "observer"), ("roles", "observer"), ("roles", "reviewer")]).await;
    assert_eq!(second.status, 422);
    assert!(
        second.says("Sophie Lambert a changé ces rôles depuis que vous avez ouvert la page : juriste aujourd’hui."),
        "{}",
        second.text()
    );
    assert_eq!(roles_of(&site, nadia.account).await, ["jurist"]);
    assert!(second.attribute("input[value=reviewer][checked]", "name").is_some(), "what he ticked is kept");
    assert_eq!(second.attribute("input[name=shown]", "value").as_deref(), Some("jurist"));
}

#[tokio::test]
async fn nobody_takes_their_own_administration_or_account() {
    let site = TestSite::new().await;
    let me = an_administrator(&site).await.person().account;
    given::somebody_with_roles(&site, "marc@equipe.test", &[Role::Admin]).await;
    let mut admin = site.visitor();
    admin.sign_in("admin@equipe.test").await;
    let here = format!("/administration/equipe/{me}");
    let taken = admin.post(&format!("{here}/roles"), &[("shown", "admin"), ("roles", "reviewer")]).await;
    assert_eq!(taken.status, 409);
    assert!(taken.says("demandez-le à un autre administrateur"));
    assert_eq!(admin.post(&format!("{here}/desactivation"), &[]).await.status, 409);
    assert_eq!(admin.get(&here).await.count("form[action$=desactivation]"), 0, "the page offers no such thing");
    assert_eq!(roles_of(&site, me).await, ["admin"]);
    let more = admin.post(&format!("{here}/roles"), &[("shown", "admin"), ("roles", "admin"), ("roles", "observer")]).await;
    assert_eq!(more.status, 303, "they may give themselves another");
}

#[tokio::test]
async fn the_last_administrator_cannot_close_their_account() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    let mut admin = site.visitor();
    admin.sign_in("admin@equipe.test").await;
    let closed = admin.post("/compte/fermer", &[("password", given::PASSWORD)]).await;
    assert_eq!(closed.status, 409, "{}", closed.text());
    assert!(closed.says("Vous êtes le dernier administrateur du guichet"));
    given::somebody_with_roles(&site, "marc@equipe.test", &[Role::Admin]).await;
    let closed = admin.post("/compte/fermer", &[("password", given::PASSWORD)]).await;
    assert!(closed.status.is_success() || closed.status == 303, "{}", closed.text());
    assert_eq!(site.visitor().post("/connexion", &[("email", "admin@equipe.test"), ("password", given::PASSWORD)]).await.status, 422);
}

#[tokio::test]
async fn whoever_is_deactivated_leaves_their_dossiers_and_keeps_their_name() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    let nadia = a_member(&site, "nadia@equipe.test", &[Role::Reviewer]).await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let open = given::a_submitted_application(&site, &camille).await;
    let taken = format!("update applications set assigned_to = {}, assigned_at = now() where id = {}", nadia.account, open.0);
    site.state.db.execute(AssertSqlSafe(taken)).await.unwrap();
    let (mut admin, mut browser) = (site.visitor(), site.visitor());
    admin.sign_in("admin@equipe.test").await;
    browser.sign_in("nadia@equipe.test").await;
    let here = format!("/administration/equipe/{}", nadia.account);
    assert_eq!(browser.post("/instruction/vues", &[("name", "Niveau faible"), ("liste", "niveau=eidas_1")]).await.status, 303);
    browser.get(&format!("/instruction/{}?liste=", open.0)).await;
    let kept = "select (select count(*) from dossier_presences) + (select count(*) from queue_views)";
    assert_eq!(sqlx::query_scalar::<_, i64>(kept).fetch_one(&site.state.db).await.unwrap(), 2, "what she looked at, and how");
    assert!(admin.get(&here).await.says("Le dossier qu’elle suit attendra quelqu’un d’autre."));
    assert_eq!(admin.post(&format!("{here}/desactivation"), &[]).await.location(), here);
    assert_eq!(sqlx::query_scalar::<_, i64>(kept).fetch_one(&site.state.db).await.unwrap(), 0, "nothing of it is kept");
    let page = admin.get(&here).await;
    assert!(page.says("Un dossier n’est plus suivi par personne."), "{}", page.text());
    assert!(page.says("Désactivé le 3 décembre 2026") && page.says("Sophie Lambert a désactivé le compte"));
    assert_eq!(browser.get("/instruction").await.status, 303, "signed out at once");
    assert_eq!(site.visitor().post("/connexion", &[("email", "nadia@equipe.test"), ("password", given::PASSWORD)]).await.status, 422);
    let dossier = admin.get(&format!("/instruction/{}", open.0)).await;
    assert!(dossier.says("Sophie Lambert a libéré le dossier, que suivait Nadia Rousseau"), "{}", dossier.text());
    let mut applicant = site.visitor();
    applicant.sign_in("camille@clamart.test").await;
    assert!(!applicant.get(&format!("/demandes/{}", open.0)).await.says("Nadia Rousseau"), "the applicant is not told");
    assert_eq!(admin.post(&format!("{here}/desactivation"), &[]).await.status, 303, "twice changes nothing");
    assert_eq!(admin.post(&format!("{here}/reactivation"), &[]).await.status, 303);
    assert_eq!(site.visitor().sign_in("nadia@equipe.test").await.location(), "/instruction");
    assert_eq!(
        facts_about(&site, nadia.account).await,
        ["Sophie Lambert account_suspended", "Sophie Lambert account_reopened"],
        "each once"
    );
    assert_eq!(site.letters().await.len(), 2, "the receipt of the demande, and what the team is told of it");
}

#[tokio::test]
async fn whoever_can_no_longer_decide_answers_for_no_dossier() {
    let site = TestSite::new().await;
    an_administrator(&site).await;
    let nadia = a_member(&site, "nadia@equipe.test", &[Role::Reviewer, Role::Signatory]).await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let open = given::a_submitted_application(&site, &camille).await;
    let taken = format!("update applications set assigned_to = {}, assigned_at = now() where id = {}", nadia.account, open.0);
    site.state.db.execute(AssertSqlSafe(taken)).await.unwrap();
    let mut admin = site.visitor();
    admin.sign_in("admin@equipe.test").await;
    let act = format!("/administration/equipe/{}/roles", nadia.account);
    let held = async || -> i64 {
        sqlx::query_scalar("select count(*) from applications where assigned_to is not null").fetch_one(&site.state.db).await.unwrap()
    };
    assert_eq!(admin.post(&act, &[("shown", "reviewer"), ("shown", "signatory"), ("roles", "signatory")]).await.status, 303);
    assert_eq!(held().await, 1, "a signatory decides as well");
    assert_eq!(admin.post(&act, &[("shown", "signatory"), ("roles", "observer")]).await.status, 303);
    assert_eq!(held().await, 0);
    assert_eq!(site.letters().await.len(), 2, "the receipt of the demande, and what the team is told of it");
}
