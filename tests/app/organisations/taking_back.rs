//! The team takes a confirmation or a domain back: it stops at once, and only the team gives it again.

use std::sync::Arc;

use habilitation::{
    accounts::{Applicant, Person, Role},
    ids::{DomainId, OrganisationId},
    organisations::{
        Membership, VerifiedMember, confirm_domain, declare_client, end_representation, find_domains, find_membership, remove_domain,
        verify_membership,
    },
    problem::Problem,
};

use super::{CLAMART, RHONE, a_verified_member, at_once, facts, join, journalled};
use crate::support::{TestSite, Visitor, given};

async fn membership(site: &TestSite, person: &Person, organisation: OrganisationId) -> Membership {
    find_membership(&mut site.state.db.acquire().await.unwrap(), person.account, organisation).await.unwrap().unwrap()
}

async fn speaking_for(site: &TestSite, person: &Person, organisation: OrganisationId) -> VerifiedMember {
    VerifiedMember::new(Applicant::new(person.clone()), &membership(site, person, organisation).await).unwrap()
}

async fn signed_in(site: &TestSite, email: &str) -> Visitor {
    let mut visitor = site.visitor();
    visitor.sign_in(email).await;
    visitor
}

/// The reviewer's page about a member, and what is posted from there.
async fn take_back(site: &TestSite, person: &Person, organisation: OrganisationId, because: &str) -> u16 {
    let mut sophie = signed_in(site, "reviewer@equipe.test").await;
    let page = sophie.get(&format!("/instruction/organismes/{organisation}/membres/{}", person.account)).await;
    let act = page.attribute("form[action$=retrait]", "action").unwrap();
    sophie.post(&act, &[("because", because)]).await.status.as_u16()
}

async fn vouch(site: &TestSite, email: &str, organisation: OrganisationId) -> u16 {
    let path = format!("/compte/organismes/{organisation}/domaines");
    signed_in(site, email).await.post(&path, &[("ours_alone", "oui")]).await.status.as_u16()
}

async fn only_domain(site: &TestSite, organisation: OrganisationId) -> DomainId {
    let domains = find_domains(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
    assert_eq!(domains.iter().filter(|known| known.removed.is_none()).count(), 1);
    domains[0].id
}

#[tokio::test]
async fn what_the_team_took_back_neither_an_address_nor_a_colleague_gives_again() {
    let site = TestSite::new().await;
    let (_, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 303);
    let leo = given::a_person(&site, "leo@clamart.test").await;
    let clamart_s = facts(&site, CLAMART, "").await;
    join(&site, &leo, &clamart_s).await;
    assert_eq!(membership(&site, &leo, clamart).await.words(), "Confirmée par l’adresse en @clamart.test le 3\u{a0}décembre\u{a0}2026");

    assert_eq!(take_back(&site, &leo, clamart, "Léo a quitté la mairie.").await, 303);
    let own_page = signed_in(&site, "leo@clamart.test").await.get("/compte/organismes").await;
    assert!(own_page.says("Léo a quitté la mairie.") && own_page.says("Appartenance non vérifiée"), "{}", own_page.text());

    for page in ["domaines", "clients"] {
        let page = signed_in(&site, "leo@clamart.test").await.get(&format!("/compte/organismes/{clamart}/{page}")).await;
        assert!(page.says("Seule l’équipe peut confirmer de nouveau votre appartenance"), "{}", page.text());
        assert!(!page.says("Un collègue déjà vérifié"), "nobody is sent to those who cannot help: {}", page.text());
    }

    // Joining again with the same address, the domain confirmed anew, a colleague's click.
    join(&site, &leo, &clamart_s).await;
    let camille_s = format!("/compte/organismes/{clamart}/domaines");
    let mut camille = signed_in(&site, "camille@clamart.test").await;
    let removal = camille.get(&camille_s).await.attribute("form[action$=retrait]", "action").unwrap();
    assert_eq!(camille.post(&removal, &[]).await.status, 303);
    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 303);
    let colleague_s = format!("/compte/organismes/{clamart}/collegues/{}/confirmation", leo.account);
    let refusal = camille.post(&colleague_s, &[]).await;
    assert!(refusal.status == 409 && refusal.says("elle seule peut la rendre"), "{}", refusal.text());
    let taken_back = membership(&site, &leo, clamart).await;
    assert!(!taken_back.is_verified() && taken_back.because() == Some("Léo a quitté la mairie."));

    // The team does.
    let mut sophie = signed_in(&site, "reviewer@equipe.test").await;
    let page = sophie.get(&format!("/instruction/organismes/{clamart}/membres/{}", leo.account)).await;
    let act = page.attribute("form[action$=confirmation]", "action").unwrap();
    assert_eq!(sophie.post(&act, &[("because", "Il est revenu.")]).await.status, 303);
    let given_again = membership(&site, &leo, clamart).await;
    assert!(given_again.is_verified() && given_again.withdrawal.is_none());
    let kinds: Vec<String> = site.outbox_of("leo@clamart.test").await.into_iter().map(|letter| letter.kind).collect();
    assert_eq!(kinds, ["verification_withdrawn", "membership_confirmed"]);
    site.letters().await;
}

#[tokio::test]
async fn a_permission_taken_back_meanwhile_permits_nothing() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let leo = given::a_person(&site, "leo@ailleurs.test").await;
    join(&site, &leo, &facts(&site, CLAMART, "").await).await;
    let mut page = signed_in(&site, "camille@clamart.test").await;
    assert_eq!(page.post(&format!("/compte/organismes/{clamart}/clients"), &[("siret", RHONE)]).await.status, 303);
    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 303);
    let domain = only_domain(&site, clamart).await;
    let representation: i64 = sqlx::query_scalar("select id from representations").fetch_one(&site.state.db).await.unwrap();

    // What a page held before the team took it back, and brings after.
    let by = speaking_for(&site, &camille, clamart).await;
    assert_eq!(take_back(&site, &camille, clamart, "Erreur de personne.").await, 303);
    let rhone = facts(&site, RHONE, "").await;
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    let refused = [
        verify_membership::by_colleague(&mut transaction, &by, leo.account, now).await,
        confirm_domain::by_member(&mut transaction, &by, now).await.map(drop),
        remove_domain::by_member(&mut transaction, &by, domain, now).await.map(drop),
        declare_client(&mut transaction, &by, &rhone, now).await.map(drop),
        end_representation(&mut transaction, &by, habilitation::ids::RepresentationId(representation), now).await.map(drop),
    ];
    for answer in refused {
        assert!(matches!(answer, Err(Problem::NotFound)), "{answer:?}");
    }
    transaction.rollback().await.unwrap();
    assert_eq!(take_back_again(&site, &camille, clamart).await, 303, "a double click changes nothing");
    assert_eq!(journalled(&site, clamart, "verification_withdrawn").await, 1);
    site.letters().await;
}

/// Posts the same act without its page, as a second click does.
async fn take_back_again(site: &TestSite, person: &Person, organisation: OrganisationId) -> u16 {
    let path = format!("/instruction/organismes/{organisation}/membres/{}/retrait", person.account);
    signed_in(site, "reviewer@equipe.test").await.post(&path, &[("because", "Erreur de personne.")]).await.status.as_u16()
}

#[tokio::test]
async fn a_domain_the_team_removed_is_confirmed_again_by_the_team_alone() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 303);
    let mut sophie = signed_in(&site, "reviewer@equipe.test").await;
    let page = format!("/instruction/organismes/{clamart}/domaines/{}", only_domain(&site, clamart).await);
    let act = sophie.get(&page).await.attribute("form[action$=retrait]", "action").unwrap();
    let refused = sophie.post(&act, &[("because", " ")]).await;
    assert!(refused.status == 422 && refused.says("Remplissez ce champ."), "{}", refused.text());
    assert_eq!(sophie.post(&act, &[("because", "Adresse d’un prestataire.")]).await.status, 303);
    assert!(membership(&site, &camille, clamart).await.is_verified(), "those who were confirmed stay so");

    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 409);
    let domains = signed_in(&site, "camille@clamart.test").await.get(&format!("/compte/organismes/{clamart}/domaines")).await;
    assert!(domains.says("elle seule peut le confirmer à nouveau") && domains.says("Adresse d’un prestataire."), "{}", domains.text());

    let (add, shown) = (format!("/instruction/organismes/{clamart}/domaines"), format!("/instruction/organismes/{clamart}"));
    for (domain, because, field) in
        [("gmail.com", "x", "#domaine"), ("clamart", "x", "#domaine"), ("", "x", "#domaine"), ("clamart.test", "", "#because")]
    {
        let answer = sophie.post(&add, &[("domaine", domain), ("because", because)]).await;
        assert_eq!((answer.status.as_u16(), answer.attribute("#erreurs a", "href").as_deref()), (422, Some(field)), "{domain}");
        assert_eq!(answer.attribute("input#domaine", "value").as_deref(), Some(domain), "what was typed stays");
    }
    assert_eq!(sophie.post(&add, &[("domaine", "@CLAMART.test"), ("because", "Site officiel.")]).await.status, 303);
    let record = sophie.get(&shown).await;
    assert!(
        record.says("Site officiel.") && record.says("a retiré le domaine clamart.test : Adresse d’un prestataire."),
        "{}",
        record.text()
    );
    let leo = given::a_person(&site, "leo@clamart.test").await;
    join(&site, &leo, &facts(&site, CLAMART, "").await).await;
    assert!(membership(&site, &leo, clamart).await.is_verified());
    site.letters().await;
}

#[tokio::test]
async fn nobody_of_the_team_confirms_themself_through_a_domain() {
    let site = TestSite::new().await;
    let sophie = given::staff(&site, Role::Reviewer).await;
    let clamart = join(&site, &sophie, &facts(&site, CLAMART, "").await).await;
    let mut browser = signed_in(&site, "reviewer@equipe.test").await;
    let answer = browser
        .post(&format!("/instruction/organismes/{clamart}/domaines"), &[("domaine", "equipe.test"), ("because", "La mienne.")])
        .await;
    assert!(answer.status == 403 && answer.says("Vous appartenez à cet organisme"), "{}", answer.text());
    assert!(!membership(&site, &sophie, clamart).await.is_verified());
    let own = format!("/instruction/organismes/{clamart}/membres/{}", sophie.account);
    for act in ["confirmation", "retrait"] {
        assert_eq!(browser.post(&format!("{own}/{act}"), &[("because", "Moi.")]).await.status, 409, "{act}");
    }
    assert_eq!(journalled(&site, clamart, "domain_confirmed").await, 0);
}

#[tokio::test]
async fn what_belongs_to_another_organisation_is_not_there() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let (_, rhone) = a_verified_member(&site, "malo@rhone.test", RHONE).await;
    assert_eq!(vouch(&site, "camille@clamart.test", clamart).await, 303);
    let mut browser = signed_in(&site, "camille@clamart.test").await;
    assert_eq!(browser.post(&format!("/compte/organismes/{clamart}/clients"), &[("siret", RHONE)]).await.status, 303);
    let domain = only_domain(&site, clamart).await;
    let representation: i64 = sqlx::query_scalar("select id from representations").fetch_one(&site.state.db).await.unwrap();

    let (mut malo, mut sophie) = (signed_in(&site, "malo@rhone.test").await, signed_in(&site, "reviewer@equipe.test").await);
    for path in [
        format!("/compte/organismes/{rhone}/domaines/{domain}/retrait"),
        // the client does not end what its vendor said
        format!("/compte/organismes/{rhone}/clients/{representation}/fin"),
        format!("/compte/organismes/{rhone}/clients/x/fin"),
    ] {
        assert_eq!(malo.post(&path, &[]).await.status, 404, "{path}");
    }
    for path in [
        format!("/instruction/organismes/{rhone}/domaines/{domain}/retrait"),
        format!("/instruction/organismes/{rhone}/membres/{}/retrait", camille.account),
        format!("/instruction/organismes/{rhone}/membres/{}/confirmation", camille.account),
        "/instruction/organismes/999999/domaines".to_owned(),
    ] {
        let fields = [("because", "Appel."), ("domaine", "clamart.test")];
        assert_eq!(sophie.post(&path, &fields).await.status, 404, "{path}");
    }
    assert!(malo.get("/compte/organismes").await.says("Commune de Clamart"), "they read who says they act for them");
    only_domain(&site, clamart).await;
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_who_vouch_for_the_same_domain_at_once_vouch_once_and_tell_the_others() {
    let site = Arc::new(TestSite::new().await);
    let mut clamart = None;
    for email in ["camille@clamart.test", "leo@clamart.test", "zoe@ailleurs.test"] {
        clamart = Some(a_verified_member(&site, email, CLAMART).await.1);
    }
    let clamart = clamart.unwrap();
    let vouching = ["camille@clamart.test", "leo@clamart.test"].iter().cycle().take(10).map(|email| {
        let site = site.clone();
        async move { vouch(&site, email, clamart).await }
    });
    assert_eq!(at_once(vouching.collect::<Vec<_>>()).await, [303; 10]);
    assert_eq!(journalled(&site, clamart, "domain_confirmed").await, 1);
    let letters = site.letters().await;
    assert_eq!(letters.iter().filter(|letter| letter.starts_with("domain_confirmed")).count(), 2, "{letters:?}");
    let told = site.letters_to("zoe@ailleurs.test").await;
    assert!(told.last().unwrap().text.contains("@clamart.test"), "{}", told.last().unwrap().text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_confirmation_taken_back_while_it_is_used_leaves_one_order_of_things() {
    let site = Arc::new(TestSite::new().await);
    for round in 0..10 {
        let (camille, clamart) = a_verified_member(&site, &format!("camille{round}@clamart.test"), CLAMART).await;
        let leo = given::a_person(&site, &format!("leo{round}@ailleurs.test")).await;
        join(&site, &leo, &facts(&site, CLAMART, "").await).await;
        let mut colleague = signed_in(&site, camille.email.as_str()).await;
        let path = format!("/compte/organismes/{clamart}/collegues/{}/confirmation", leo.account);
        let (taken, used) = tokio::join!(take_back(&site, &camille, clamart, "Erreur."), colleague.post(&path, &[]));
        assert_eq!(taken, 303);
        let leo = membership(&site, &leo, clamart).await;
        assert_eq!(leo.is_verified(), used.status == 303, "{}", used.status);
        assert!(used.status == 303 || used.status == 404, "{}", used.text());
    }
    site.letters().await;
}
