//! Finding a demande among all: by number, name, address or word, whoever typed it and however; through indexes.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Applicant, Person},
    applications::{Reach, Search, Step, push_search, save_step, write_waiting_documents},
    fields::Fields,
    ids::ApplicationId,
    review::approve,
};
use sqlx::{AssertSqlSafe, Executor, PgConnection, Postgres, QueryBuilder};

use super::SERVICE;
use crate::support::{Answer, TestSite, Visitor, given};

/// A demande of Clamart's with those answers in the place of the usual ones.
async fn filed(site: &TestSite, by: &Person, changed: &[(Step, &str, &str)]) -> ApplicationId {
    let id = given::a_draft(site, by).await;
    given::fill(site, by, id).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    for step in [Step::Service, Step::Contacts] {
        let typed = given::answers(step).into_iter().map(|(name, usual)| {
            let value = changed.iter().find(|change| (change.0, change.1) == (step, name)).map_or(usual, |change| change.2);
            (name.to_owned(), value.to_owned())
        });
        let mut fields = Fields::from_pairs(typed.collect());
        save_step(&mut transaction, &Applicant::new(by.clone()), id, step, &mut fields, 1, site.state.clock.now()).await.unwrap();
    }
    transaction.commit().await.unwrap();
    given::hand_in(site, by, id).await;
    id
}

/// A portal, and a library that another person of Clamart's filed.
async fn two_demandes() -> (TestSite, Visitor, [ApplicationId; 2]) {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let portal = given::a_submitted_application(&site, &camille).await;
    let malo = given::a_person(&site, "malo.svitkova@clamart.test").await;
    let library = [
        (Step::Service, "service_name", "Bibliothèque numérique de l’été n°42"),
        (Step::Service, "service_description", "Les lecteurs trouvent des œuvres et les nouveautés réservées à leur nom."),
        (Step::Service, "service_url", "https://pret.mediatheque-sud.test/livres?page=1"),
        (Step::Contacts, "technical_contact_email", "lea_dupont@prestataire.test"),
        (Step::Contacts, "technical_contact_given_name", "Léa"),
        (Step::Contacts, "technical_contact_family_name", "Dupont-Škvorecká"),
    ];
    let library = filed(&site, &malo, &library).await;
    site.letters().await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    (site, nadia, [portal, library])
}

async fn search(nadia: &mut Visitor, typed: &str) -> Answer {
    let typed: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    nadia.get(&format!("/instruction?etat=toutes&q={typed}")).await
}

/// The dossiers a page of the queue leads to, in its order; the one a number leads straight to.
fn found(page: &Answer) -> Vec<ApplicationId> {
    if page.status == StatusCode::SEE_OTHER {
        return vec![ApplicationId::parse(page.location().trim_start_matches("/instruction/")).unwrap()];
    }
    let html = scraper::Html::parse_document(&page.html);
    let links = scraper::Selector::parse("table tbody tr").unwrap();
    let link = scraper::Selector::parse("a[href^='/instruction/']").unwrap();
    // The link carries the list along: /instruction/12?liste=…
    let number = |row: scraper::ElementRef<'_>| {
        let address = row.select(&link).next().unwrap().value().attr("href").unwrap();
        address.trim_start_matches("/instruction/").split('?').next().unwrap().parse().unwrap()
    };
    html.select(&links).map(|row| ApplicationId(number(row))).collect()
}

#[tokio::test]
async fn a_demande_is_found_by_whatever_names_it_accents_and_case_aside() {
    let (_site, mut nadia, [portal, library]) = two_demandes().await;
    for (typed, expected) in [
        ("bibliotheque", vec![library]),
        ("BIBLIOTHÈQUE numerique", vec![library]),
        ("bibliothe\u{300}que", vec![library]),
        ("numérique, bibliothèque", vec![library]),
        ("la bibliothèque de l'ete", vec![library]),
        ("l’été", vec![library]),
        ("liothè", vec![library]),
        ("réserver lecteur", vec![library]),
        ("ŒUVRE", vec![library]),
        ("oeuvres nouveauté", vec![library]),
        ("mediatheque-sud.test", vec![library]),
        ("https://pret.mediatheque-sud.test/autre", vec![library]),
        ("médiathèque", vec![library]),
        ("lea_dupont@prestataire.test", vec![library]),
        ("leaXdupont@prestataire.test", vec![]),
        ("@prestataire", vec![library]),
        ("Léa DUPONT", vec![library]),
        ("skvorecka", vec![library]),
        ("malo SVÍTKOVÁ", vec![library]),
        ("n°42", vec![library]),
        ("portail familles", vec![portal]),
        ("familles cantine", vec![portal]),
        ("www.clamart.fr", vec![portal]),
        ("camille@clamart.test", vec![portal]),
        ("Jeanne Moreau", vec![portal, library]),
        ("clamart", vec![portal, library]),
        ("219 200 235", vec![portal, library]),
        ("21920023500014", vec![portal, library]),
        ("D2", vec![library]),
        ("d1", vec![portal]),
        ("2", vec![library]),
        ("bibliothèque portail", vec![]),
        ("Lyon", vec![]),
        ("130025265", vec![]),
    ] {
        assert_eq!(found(&search(&mut nadia, typed).await), expected, "{typed}");
    }
}

#[tokio::test]
async fn whole_words_come_first_and_what_stands_inside_words_is_said_to() {
    let (site, mut nadia, [portal, _]) = two_demandes().await;
    let yann = given::a_person(&site, "yann@clamart.test").await;
    let harbour = filed(&site, &yann, &[(Step::Service, "service_name", "Places du port")]).await;
    site.letters().await;
    let whole = search(&mut nadia, "port").await;
    assert_eq!(found(&whole), [harbour], "« portail » holds it too, inside a word");
    assert!(!whole.says("à l’intérieur d’autres mots"));
    let inside = search(&mut nadia, "ortail").await;
    assert_eq!(found(&inside), [portal]);
    assert!(inside.says("Aucun dossier ne contient ces mots entiers ; ceux-ci les contiennent à l’intérieur d’autres mots."));
    let dossier = nadia.get(&format!("/instruction/{}?liste={}", portal.0, "etat%3Dtoutes%26q%3Dortail")).await;
    assert_eq!(dossier.status, StatusCode::OK);
    let csv = nadia.get("/instruction/export?etat=toutes&q=ortail").await;
    assert_eq!(csv.status, StatusCode::OK);
}

#[tokio::test]
async fn whatever_is_typed_is_answered() {
    let (_site, mut nadia, _) = two_demandes().await;
    let long = "portail ".repeat(1250);
    let torture =
        ["%", "_", "%%%", "'", "''--", "\"", "\\", "\\%", "de la", "à", "a b c", "´ ` ¨", "\u{301}\u{301}", "& | ! ( :*", "<b>", &long];
    for typed in torture {
        let page = search(&mut nadia, typed).await;
        assert_eq!((page.status, page.count("table tbody tr")), (StatusCode::OK, 0), "{typed}");
        assert!(page.says("Aucun dossier ici"), "{typed}: {}", page.text());
    }
    for typed in ["\0", "\0clamart\0", "clamart' or '1'='1", "clamart\\", "%clamart%", "clamart & !portail", "(clamart)", "clamart:*"] {
        assert_eq!(search(&mut nadia, typed).await.status, StatusCode::OK, "{typed:?}");
    }
    assert_eq!(found(&search(&mut nadia, "\0clamart\0").await).len(), 2);
}

#[tokio::test]
async fn a_number_of_right_leads_to_its_demande() {
    let (site, mut nadia, [_, library]) = two_demandes().await;
    let reviewer = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    approve(&mut transaction, &reviewer, library, 1, String::new(), SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.letters().await;
    for typed in ["H1", "h1", " H1 "] {
        assert_eq!(search(&mut nadia, typed).await.location(), format!("/instruction/{}", library.0), "{typed}");
    }
    assert_eq!(search(&mut nadia, &format!("D{}", library.0)).await.location(), format!("/instruction/{}", library.0));
    let nothing = search(&mut nadia, "H2").await;
    assert!(nothing.status == StatusCode::OK && nothing.says("Aucun dossier ici"), "what leads nowhere says so");
    assert_eq!(nadia.get("/instruction?q=D2&etat=refusees").await.status, StatusCode::OK, "nor is it shown through another filter");
    let words = search(&mut nadia, "bibliothèque").await;
    assert_eq!((words.status, found(&words)), (StatusCode::OK, vec![library]), "words are read in a list, were there one only");
}

#[tokio::test]
async fn documents_follow_the_last_version_and_forget_people_who_left() {
    let (site, mut nadia, [portal, library]) = two_demandes().await;
    let mut owner = site.database.owner().await;
    owner.execute("update accounts set family_name = 'Le Goff', email = 'malo@rhone.test' where given_name = 'Malo'").await.unwrap();
    assert_eq!(found(&search(&mut nadia, "svitkova").await), [], "the person changed names");
    assert_eq!(found(&search(&mut nadia, "goff malo@rhone").await), [library]);
    owner
        .execute(
            "insert into application_versions select application_id, 2, organisation,
                jsonb_set(content, '{service,name}', '\"Guichet unique\"'), terms_accepted, dpo_informed, alternative_login, submitted_at,
                submitted_by, findings, explanation, silence_effect from application_versions where application_id = 1",
        )
        .await
        .unwrap();
    owner.execute("update applications set version = 2 where id = 1").await.unwrap();
    assert_eq!(found(&search(&mut nadia, "guichet unique").await), [portal]);
    assert_eq!(found(&search(&mut nadia, "portail").await), [], "what the first version said is history");
    owner.execute("update applications set applicant_id = (select id from accounts where given_name = 'Malo') where id = 1").await.unwrap();
    assert_eq!(found(&search(&mut nadia, "goff").await), [portal, library], "whoever took it over");
    assert_eq!(found(&search(&mut nadia, "camille").await), []);
}

#[tokio::test]
async fn a_person_who_filed_many_demandes_changes_their_name_at_once_and_the_older_ones_follow() {
    let (site, mut nadia, _) = two_demandes().await;
    let mut owner = site.database.owner().await;
    let copies = "
        insert into applications (kind, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at, received_at,
            version)
        select kind, organisation_id, applicant_id, state, service_name, gen_random_uuid(), created_at, updated_at, received_at, version
        from applications, generate_series(1, 60) where id = 2;
        insert into application_versions
        select a.id, v.number, v.organisation, v.content, v.terms_accepted, v.dpo_informed, v.alternative_login, v.submitted_at,
            v.submitted_by, v.findings, v.explanation, v.silence_effect
        from applications a, application_versions v where v.application_id = 2 and a.id > 2;
        update applications set version = version;
        update accounts set family_name = 'Le Goff', email = 'malo@rhone.test' where given_name = 'Malo'";
    owner.execute(AssertSqlSafe(copies)).await.unwrap();
    let waiting = "select count(*) from application_documents_to_write";
    assert_eq!(sqlx::query_scalar::<_, i64>(waiting).fetch_one(&site.state.db).await.unwrap(), 61 - 25, "an act writes few");
    assert_eq!(found(&search(&mut nadia, "goff").await).len(), 25);
    let mut transaction = site.state.db.begin().await.unwrap();
    assert_eq!(write_waiting_documents(&mut transaction).await.unwrap(), 36);
    assert_eq!(write_waiting_documents(&mut transaction).await.unwrap(), 0);
    transaction.commit().await.unwrap();
    assert_eq!(found(&search(&mut nadia, "goff").await).len(), 50, "a page of the sixty-one");
    assert_eq!(found(&search(&mut nadia, "svitkova").await), []);
}

/// What the server means to do for that search.
async fn plan(connection: &mut PgConnection, typed: &str, reach: Reach) -> String {
    let select = "explain select a.id from applications a join organisations o on o.id = a.organisation_id where a.received_at is not null";
    let mut query = QueryBuilder::<Postgres>::new(select);
    push_search(&mut query, &Search::parse(typed), reach);
    query.push(" order by a.received_at, a.id limit 51");
    let lines: Vec<String> = query.build_query_scalar().persistent(false).fetch_all(connection).await.unwrap();
    lines.join("\n")
}

#[tokio::test]
async fn no_search_reads_every_demande() {
    let (site, ..) = two_demandes().await;
    let mut owner = site.database.owner().await;
    let copies = "
        insert into applications (kind, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at, received_at,
            version)
        select kind, organisation_id, applicant_id, state, service_name, gen_random_uuid(), created_at, updated_at, received_at, version
        from applications, generate_series(1, 3000) where id = 1;
        insert into application_versions
        select a.id, v.number, v.organisation,
            jsonb_set(v.content, '{service,name}', to_jsonb(substr(md5(a.id::text), 1, 8) || ' ' || substr(md5(a.id::text), 9, 8))),
            v.terms_accepted, v.dpo_informed, v.alternative_login, v.submitted_at, v.submitted_by, v.findings, v.explanation,
            v.silence_effect
        from applications a, application_versions v where v.application_id = 1 and a.id > 2;
        analyze";
    owner.execute(AssertSqlSafe(copies)).await.unwrap();
    let mut desk = site.database.desk.acquire().await.unwrap();
    for typed in [
        "bibliothèque",
        "bibliothèque numérique",
        "bibliothèque numérique de Clamart 92",
        "lea_dupont@prestataire.test",
        "zzz",
        "introuvable",
        "liothè",
        "n°42",
    ] {
        for reach in [Reach::Words, Reach::Parts] {
            let plan = plan(&mut desk, typed, reach).await;
            assert!(plan.contains("application_documents_by_names_and_words"), "{typed}, {reach:?}:\n{plan}");
            assert!(
                !plan.contains("Seq Scan on applications") && !plan.contains("Seq Scan on application_documents"),
                "{typed}, {reach:?}:\n{plan}"
            );
        }
    }
}
