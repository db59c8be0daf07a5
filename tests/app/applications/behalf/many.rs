//! Many clients at once: a demande for another, a list of SIRETs.

use std::{fmt::Write, time::Instant};

use habilitation::{applications::Step, ids::ApplicationId};
use tokio::task::JoinSet;

use super::{CLAMART, RHONE, VENDOR, a_complete_draft, a_vendor, count, filed_for_clamart};
use crate::support::{TestSite, Visitor, given};

#[tokio::test]
async fn a_copy_for_another_client_keeps_the_software_s_and_asks_for_the_client_s() {
    let site = TestSite::new().await;
    let (mut karim, id, ..) = filed_for_clamart(&site).await;
    let path = format!("/demandes/{}/copie", id.0);
    let page = karim.get(&format!("{path}?siret={RHONE}")).await;
    assert!(page.says("Département du Rhône"), "{}", page.text());
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let fields = [("siret", RHONE), ("start_key", key.as_str())];
    let copied = karim.post(&path, &fields).await;
    assert_eq!(karim.post(&path, &fields).await.location(), copied.location(), "pressing twice copies once");
    let first = karim.get(copied.location()).await;
    assert!(first.says(&format!("À vérifier dans cette copie de {id}")), "{}", first.text());
    let base = copied.location().trim_end_matches("/organisme").to_owned();
    let service = karim.get(&format!("{base}/service")).await;
    assert_eq!(service.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
    assert_eq!(service.attribute("#service_url", "value").as_deref(), Some(""));
    let contacts = karim.get(&format!("{base}/contacts")).await;
    assert_eq!(contacts.attribute("#technical_contact_email", "value").as_deref(), Some("lucie@clamart.test"));
    assert_eq!(contacts.attribute("#data_controller_email", "value").as_deref(), Some(""));
    let summary = karim.get(&format!("{base}/recapitulatif")).await;
    assert_eq!(summary.attribute("#donnees a", "href").as_deref(), Some(format!("{base}/donnees").as_str()));
    let refused = karim.post(&path, &[("siret", VENDOR), ("start_key", &uuid::Uuid::new_v4().to_string())]).await;
    assert!(refused.status == 422 && refused.says("votre propre organisme"), "{}", refused.text());
}

/// Numbers whose control digits are right.
fn sirets(many: usize) -> Vec<String> {
    let luhn = |digits: &str| {
        let sum: u32 = digits
            .bytes()
            .rev()
            .enumerate()
            .map(|(at, byte)| {
                let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        (10 - sum % 10) % 10
    };
    (0..many)
        .map(|number| {
            let siren = format!("219{number:05}");
            let siren = format!("{siren}{}", luhn(&siren));
            format!("{siren}0001{}", luhn(&format!("{siren}0001")))
        })
        .collect()
}

async fn read(karim: &mut Visitor, vendor: i64, list: &str, model: &str) -> crate::support::Answer {
    karim.post(&format!("/clients/{vendor}/import"), &[("liste", list), ("modele", model)]).await
}

#[tokio::test]
async fn a_list_is_read_again_before_anything_is_created() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    a_complete_draft(&site, &person, vendor, RHONE).await;
    let unknown = &sirets(1)[0];
    let list = format!(
        "siret;service_name;couleur\n219 200 235 00014;=cmd|' /C calc'!A0;bleu\n{CLAMART};=cmd|' /C calc'!A0\n{RHONE};\n{VENDOR};\n21920023500022;\n123;\n{unknown};Cantine\n"
    );
    let posted = read(&mut karim, vendor.0, &list, "").await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    let path = posted.location().to_owned();
    let preview = karim.get(&path).await;
    for sentence in [
        "7 lignes lues",
        "Colonnes sans champ de ce nom, laissées de côté : couleur.",
        "Ce SIRET est déjà à la ligne 2.",
        "Une demande existe déjà pour ce client : D1.",
        "C’est le SIRET de votre propre organisme.",
        "est fermé depuis le 20 juin 2002",
        "le nom est à confirmer, le registre sera interrogé",
        "Créer 2 brouillons",
    ] {
        assert!(preview.says(sentence), "{sentence}: {}", preview.text());
    }
    assert_eq!(count(&site, "select count(*) from applications").await, 1, "nothing is created yet");
    assert_eq!(karim.get(&path).await.count("tbody tr"), 7, "the preview survives a reload");
    let mut tabs = JoinSet::new();
    for _ in 0..4 {
        let (mut tab, path) = (karim.another_tab(), path.clone());
        tabs.spawn(async move { tab.post(&path, &[]).await.status.as_u16() });
    }
    assert_eq!(tabs.join_all().await, [303; 4]);
    assert_eq!(count(&site, "select count(*) from applications").await, 3, "each line starts one draft, however often it is asked");
    let done = karim.get(&path).await;
    assert!(done.says("2 brouillons créés"), "{}", done.text());
    // What looks like a formula is the name of the service, as typed.
    assert!(karim.get("/clients").await.says("=cmd|' /C calc'!A0"));
    assert_eq!(count(&site, "select count(*) from register_lookups where waits_since is not null").await, 1);
    given::a_person(&site, "lea@ailleurs.test").await;
    let mut lea = site.visitor();
    lea.sign_in("lea@ailleurs.test").await;
    assert_eq!(lea.get(&path).await.status, 404);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_given_back_with_a_sentence() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let many = sirets(5000).join("\n");
    for (list, sentence) in [
        ("", "Ce fichier ne contient aucun SIRET."),
        ("21920023500014;Cantine", "plusieurs colonnes sans titres"),
        (many.as_str(), "contient 5000 lignes ; le guichet en lit 500 à la fois"),
    ] {
        let started = Instant::now();
        let refused = read(&mut karim, vendor.0, list, "").await;
        assert!(refused.status == 422 && refused.says(sentence), "{}", refused.text().chars().take(400).collect::<String>());
        println!("{} bytes refused in {:?}", list.len(), started.elapsed());
    }
    assert_eq!(read(&mut karim, vendor.0, CLAMART, "999").await.status, 404, "a demande to copy is one's own");
}

#[tokio::test]
async fn forty_town_halls_from_one_list_and_one_demande() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let model = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let mut list = String::from("siret;nom_organisme;commune_organisme;mandate_reference;mandate_signed_on;service_url");
    for contact in ["data_controller", "data_protection_officer"] {
        for field in ["given_name", "family_name", "job_title", "email", "phone"] {
            write!(list, ";{contact}_{field}").unwrap();
        }
    }
    for (number, siret) in sirets(40).iter().enumerate() {
        write!(
            list,
            "\n{siret};Commune {number};Ville {number};Marché {number};04/05/2026;www.commune{number}.fr;Ada;Vidal;Maire;maire@commune{number}.test;01 46 62 35 35;Lou;Petit;DPO;dpo@commune{number}.test;01 46 62 35 36"
        )
        .unwrap();
    }
    let started = Instant::now();
    let posted = read(&mut karim, vendor.0, &list, &model.0.to_string()).await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    let preview = started.elapsed();
    let started = Instant::now();
    let path = posted.location().to_owned();
    assert_eq!(karim.post(&path, &[]).await.status, 303);
    let created = started.elapsed();
    let started = Instant::now();
    let drafts: Vec<i64> = sqlx::query_scalar("select id from applications where copied_from = $1 order by id")
        .bind(model.0)
        .fetch_all(&site.state.db)
        .await
        .unwrap();
    assert_eq!(drafts.len(), 40);
    for id in &drafts {
        let path = format!("/demandes/{id}/recapitulatif");
        let to_do = karim.get(&path).await;
        assert_eq!(to_do.count(".fr-alert--warning a"), 1, "nothing is left but the mandate: {}", to_do.text());
        given::join(&site, &person, ApplicationId(*id), Step::Mandate).await;
        let summary = karim.get(&path).await;
        assert_eq!(summary.count(".fr-alert--warning a"), 0, "nothing is left: {}", summary.text());
        let seen = summary.attribute("input[name=seen]", "value").unwrap();
        let mut filed = given::attested(&seen).to_vec();
        filed.push(("explanation", "Le registre ne connaît pas encore ces numéros d’exemple."));
        assert_eq!(karim.post(&format!("/demandes/{id}/depot"), &filed).await.status, 303);
    }
    println!("40 clients: read in {preview:?}, created in {created:?}, submitted in {:?}", started.elapsed());
    for number in 0..40 {
        for who in ["maire", "dpo"] {
            assert_eq!(site.letters_to(&format!("{who}@commune{number}.test")).await.len(), 1, "each client hears of its own, once");
        }
    }
    assert_eq!(site.letters_to("karim@editeur.test").await.len(), 41, "forty receipts, and his confirmation");
    let names: Vec<String> = sqlx::query_scalar("select organisation ->> 'name' from application_versions order by application_id")
        .fetch_all(&site.state.db)
        .await
        .unwrap();
    assert_eq!((names.len(), names[7].as_str()), (40, "Commune 7"));
    let clients = karim.get("/clients?etat=submitted").await;
    assert_eq!(clients.count("section.hab-section"), 40);
    site.letters().await;
}
