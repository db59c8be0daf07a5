//! Many clients at once, from a list of SIRETs to their demandes.

use std::{fmt::Write, time::Instant};

use habilitation::{applications::Step, ids::ApplicationId};
use tokio::task::JoinSet;

use super::{CLAMART, RHONE, VENDOR, a_complete_draft, a_vendor, count, lists::paste};
use crate::support::{TestSite, given};

/// Numbers whose control digits are right.
pub(super) fn sirets(many: usize) -> Vec<String> {
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

#[tokio::test]
async fn a_list_is_read_again_before_anything_is_created() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    a_complete_draft(&site, &person, vendor, RHONE).await;
    let unknown = &sirets(1)[0];
    let list = format!(
        "siret;service_name;couleur\n219 200 235 00014;=cmd|' /C calc'!A0;bleu\n{CLAMART};=cmd|' /C calc'!A0\n{RHONE};\n{VENDOR};\n21920023500022;\n123;\n{unknown};Cantine\n"
    );
    let posted = paste(&mut karim, vendor, &list, "").await;
    assert_eq!(posted.status, 303, "{}", posted.text());
    let path = posted.location().to_owned();
    let preview = karim.get(&path).await;
    for sentence in [
        "7 lignes lues pour OCTO Technology. Nature des demandes : administration.",
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
async fn forty_town_halls_from_one_list_and_one_demande() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let model = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let mut list = String::from("siret;nom_organisme;commune_organisme;mandate_reference;mandate_signed_on;service_url");
    for contact in ["data_controller", "data_protection_officer", "technical_contact"] {
        for field in ["given_name", "family_name", "job_title", "email", "phone"] {
            write!(list, ";{contact}_{field}").unwrap();
        }
    }
    for (number, siret) in sirets(40).iter().enumerate() {
        write!(
            list,
            "\n{siret};Commune {number};Ville {number};Marché {number};04/05/2026;www.commune{number}.fr;Ada;Vidal;Maire;maire@commune{number}.test;01 46 62 35 35;Lou;Petit;DPO;dpo@commune{number}.test;01 46 62 35 36;Noé;Roy;Chef de projet;noe@commune{number}.test;06 12 34 56 78"
        )
        .unwrap();
    }
    let started = Instant::now();
    let posted = paste(&mut karim, vendor, &list, &model.0.to_string()).await;
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
