//! The list of clients itself: as a file or pasted, and what is told of those that cannot be read.

use axum::http::StatusCode;
use habilitation::{applications::Kind, ids::OrganisationId};

use super::{CLAMART, RHONE, a_complete_draft_of, a_vendor, count, many::sirets};
use crate::support::{
    Answer, TestSite, Visitor,
    files::{PDF, PNG, SentFile, a_file, flood},
    given,
    private::{self, ASSOCIATION},
};

/// Pastes a list, for administrations or after a model.
pub(super) async fn paste(karim: &mut Visitor, vendor: OrganisationId, list: &str, model: &str) -> Answer {
    karim.post(&format!("/clients/{vendor}/import"), &[("liste", list), ("type", "administration"), ("modele", model)]).await
}

/// A file of clients.
fn a_list(name: &str, bytes: &[u8]) -> SentFile {
    a_file(name, bytes).of("fichier")
}

/// Sends files with what else the form holds.
async fn send(karim: &mut Visitor, vendor: OrganisationId, typed: &[(&str, &str)], files: &[SentFile]) -> Answer {
    karim.post_files(&format!("/clients/{vendor}/import"), typed, files).await
}

const ADMINISTRATIONS: (&str, &str) = ("type", "administration");

#[tokio::test]
async fn a_file_says_what_pasting_it_would() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let page = karim.get(&format!("/clients/{vendor}/import")).await;
    assert_eq!(page.attribute("form[action$=import]", "enctype").as_deref(), Some("multipart/form-data"));
    assert_eq!(page.attribute("#type option[selected]", "value").as_deref(), Some("administration"));
    let text = format!("siret;service_name\r\n{CLAMART};L’été à Bézu\r\n{RHONE};=SOMME(A1:A2)\r\n");
    let windows: Vec<u8> = text.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let unicode: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let files = [text.clone().into_bytes(), format!("\u{feff}{text}").into_bytes(), text.replace(';', ",").into_bytes(), windows, unicode];
    for bytes in files {
        let read = send(&mut karim, vendor, &[("liste", " "), ADMINISTRATIONS], &[a_list("clients.csv", &bytes)]).await;
        assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
        let preview = karim.get(read.location()).await;
        assert!(preview.says("2 lignes lues") && preview.says("Créer 2 brouillons"), "{}", preview.text());
    }
    let names: i64 = count(
        &site,
        "select count(distinct cells) from client_import_lines where cells ->> 'service_name' in ('L’été à Bézu', '=SOMME(A1:A2)')",
    )
    .await;
    assert_eq!(names, 2, "accents and formulas come as they were typed, five times");
    assert_eq!(count(&site, "select count(*) from applications").await, 0, "nothing is created yet");
}

#[tokio::test]
async fn a_list_comes_as_a_file_or_pasted_and_not_as_both() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let file = a_list("clients.csv", CLAMART.as_bytes());
    for (typed, files, sentence) in [
        ("", vec![], "Choisissez un fichier CSV, ou collez la liste ci-dessous."),
        (RHONE, vec![file.clone()], "Vous avez choisi un fichier et collé une liste : il faut l’un ou l’autre."),
        ("", vec![file.clone(), file.clone()], "Choisissez un seul fichier"),
    ] {
        let refused = send(&mut karim, vendor, &[("liste", typed), ADMINISTRATIONS], &files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says(sentence), "{sentence}: {}", refused.text());
        assert_eq!(refused.attribute("#erreurs a", "href").as_deref(), Some("#fichier"));
        assert_eq!(refused.attribute("#fichier", "aria-invalid").as_deref(), Some("true"));
        assert!(typed.is_empty() || refused.html.contains(&format!("{typed}</textarea>")), "what was pasted is given back");
    }
    // A file of another field is none of this page's affair.
    let elsewhere = send(&mut karim, vendor, &[("liste", RHONE), ADMINISTRATIONS], &[a_file("ecran.png", PNG)]).await;
    assert_eq!(elsewhere.status, StatusCode::SEE_OTHER, "{}", elsewhere.text());
    assert_eq!(count(&site, "select count(*) from client_imports").await, 1);
}

#[tokio::test]
async fn what_is_no_list_is_told_what_it_is_and_what_to_do() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let (many, big) = (sirets(5000).join("\n"), vec![b'1'; 3 * 1024 * 1024]);
    let workbook = b"PK\x03\x04\x14\0\x06\0[Content_Types].xml xl/workbook.xml";
    let cases: [(&str, &[u8], &str); 9] = [
        ("clients.csv", b"", "Cette liste ne contient aucun SIRET."),
        ("clients.csv", b"21920023500014;Cantine", "plusieurs colonnes sans titres"),
        ("clients.csv", many.as_bytes(), "contient 5000 lignes ; le guichet en lit 500 à la fois"),
        ("clients.csv", &big, "Ce fichier dépasse 2 Mo"),
        (
            "clients.xlsx",
            workbook,
            "Ce fichier est un classeur (XLSX, XLS ou ODS), que nous ne lisons pas. Ouvrez-le dans votre tableur, choisissez « Enregistrer sous » puis le type « CSV »",
        ),
        ("clients.csv", workbook, "Ce fichier est un classeur"),
        ("clients.pdf", PDF, "Ce fichier est un PDF"),
        ("clients.csv", PNG, "Ce fichier n’est pas du texte"),
        ("clients.csv", b"MZ\x90\0 this program cannot be run", "Ce fichier n’est pas du texte"),
    ];
    let kept = [("liste", ""), ("type", "identite")];
    for (name, bytes, sentence) in cases {
        let refused = send(&mut karim, vendor, &kept, &[a_list(name, bytes)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.says(sentence), "{sentence}: {}", refused.text());
        assert_eq!(refused.attribute("#erreurs a", "href").as_deref(), Some("#fichier"));
        assert_eq!(refused.attribute("#type option[selected]", "value").as_deref(), Some("identite"), "the rest stays");
    }
    let body = flood("fichier", "clients.csv", 40);
    let flooded = karim.post_multipart(&format!("/clients/{vendor}/import"), body).await;
    assert_eq!(flooded.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(flooded.says("Ce fichier dépasse 2 Mo"), "{}", flooded.text());
    for (list, sentence) in [("21920023500014;Cantine", "plusieurs colonnes sans titres"), (many.as_str(), "contient 5000 lignes")] {
        let refused = paste(&mut karim, vendor, list, "").await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says(sentence));
        assert_eq!(refused.attribute("#erreurs a", "href").as_deref(), Some("#liste"));
        assert!(refused.html.contains(list), "what was pasted is given back");
    }
    assert_eq!(paste(&mut karim, vendor, CLAMART, "999").await.status, StatusCode::NOT_FOUND, "a demande to copy is one's own");
    assert_eq!(count(&site, "select count(*) from client_imports").await, 0);
    assert_eq!(count(&site, "select count(*) from applications").await, 0);
}

#[tokio::test]
async fn a_list_prepares_the_kind_that_was_chosen_and_says_what_the_register_makes_of_it() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let list = format!("{ASSOCIATION}\n{CLAMART}");
    let read = send(&mut karim, vendor, &[("liste", &list), ("type", "adresse")], &[]).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.text());
    let path = read.location().to_owned();
    let preview = karim.get(&path).await;
    assert!(preview.says("Nature des demandes : changement d’adresse."), "{}", preview.text());
    assert_eq!(preview.text().matches("Le registre classe cet organisme parmi les administrations").count(), 1, "{}", preview.text());
    assert_eq!(karim.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(count(&site, "select count(*) from applications where kind = 'private_address_change'").await, 2);
    let id = count(&site, "select min(id) from applications").await;
    let level = karim.get(&format!("/demandes/{id}/niveau")).await;
    assert_eq!(level.attribute("input[name=assurance_level][checked]", "value").as_deref(), Some("eidas_1"), "proposed, as for oneself");
}

#[tokio::test]
async fn candidatures_are_prepared_while_a_campaign_receives_them() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let closed = send(&mut karim, vendor, &[("liste", ASSOCIATION), ("type", "experimentation")], &[]).await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(closed.says("L’expérimentation ne reçoit pas de candidature aujourd’hui."), "{}", closed.text());
    private::a_campaign(&site).await;
    let model = a_complete_draft_of(&site, &person, vendor, private::YOUNG, Kind::Experiment).await;
    let list = format!("siret;monthly_connections;commitment_s1\n{ASSOCIATION};900;oui");
    let read = send(&mut karim, vendor, &[("liste", &list), ("type", ""), ("modele", &model.0.to_string())], &[]).await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "the model says the kind: {}", read.text());
    let path = read.location().to_owned();
    assert!(karim.get(&path).await.says("laissées de côté : commitment_s1."), "nobody commits by a spreadsheet");
    assert_eq!(karim.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
    let id = count(&site, "select max(id) from applications where kind = 'experiment'").await;
    let baseline = karim.get(&format!("/demandes/{id}/mesure")).await;
    assert_eq!(baseline.attribute("#monthly_connections", "value").as_deref(), Some("900"));
    assert_eq!(baseline.attribute("#monthly_traffic", "value").as_deref(), Some(""), "the model's figures are its client's");
    let commitments = karim.get(&format!("/demandes/{id}/engagements")).await;
    assert_eq!(commitments.count("input[type=checkbox][checked]"), 0);
    given::a_person(&site, "lea@ailleurs.test").await;
    let mut lea = site.visitor();
    lea.sign_in("lea@ailleurs.test").await;
    let refused = lea.post_files(&format!("/clients/{vendor}/import"), &[("liste", CLAMART), ADMINISTRATIONS], &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}
