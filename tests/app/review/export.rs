//! The list of the queue as a file: the same demandes, columns that stay, nothing a spreadsheet would compute, nothing of the team's kitchen.

use std::{
    fs::File,
    io::{Read, Seek},
};

use axum::http::{StatusCode, header};
use habilitation::{
    accounts::{Role, Staff},
    problem::Problem,
    review::{
        export::{COLUMNS, Export, MOST_ROWS, write_export},
        queue::{Filter, Today},
    },
    spreadsheet::Format,
};
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use zip::ZipArchive;

use crate::support::{Answer, TestSite, Visitor, given};

/// Two demandes of Clamart's; the service of the second is named like a formula.
async fn a_site_with_two_dossiers() -> (TestSite, Visitor) {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    given::a_submitted_application(&site, &camille).await;
    given::a_submitted_application(&site, &camille).await;
    site.letters().await;
    let mut owner = site.database.owner().await;
    owner.execute("update applications set service_name = '=1+1; « été »' where id = 2").await.unwrap();
    let taken = format!("update applications set assigned_to = {}, assigned_at = now() where id = 1", nadia.person().account.0);
    owner.execute(AssertSqlSafe(taken)).await.unwrap();
    owner.execute("update applications set silence_decides_on = '2027-02-03' where id = 1").await.unwrap();
    let mut browser = site.visitor();
    browser.sign_in("nadia@dinum.test").await;
    (site, browser)
}

async fn exported(browser: &mut Visitor, list: &str, format: &str) -> Answer {
    browser.post("/instruction/export", &[("liste", list), ("format", format)]).await
}

/// What a program reads in a CSV file of ours, the titles first.
fn lines(answer: &Answer) -> Vec<Vec<String>> {
    let text = answer.html.strip_prefix('\u{feff}').expect("the mark by which a spreadsheet knows UTF-8");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The parts of a workbook by name, as text.
fn part(file: &File, name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(file).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn everything(site: &TestSite, format: Format) -> Export {
    Export { filter: Filter::parse("etat=toutes"), today: Today::at(site.state.clock.now(), 20), format, most: MOST_ROWS }
}

/// What an observer takes out, and the file.
async fn export(site: &TestSite, connection: &mut PgConnection, asked: &Export) -> (Result<usize, Problem>, File) {
    let staff = Staff::new(given::staff(site, Role::Observer).await).unwrap();
    let mut file = tempfile::tempfile().unwrap();
    let count = write_export(connection, &staff, asked, &file, site.state.clock.now()).await;
    file.rewind().unwrap();
    (count, file)
}

#[tokio::test]
async fn the_list_is_read_back_from_its_csv_file() {
    let (_site, mut nadia) = a_site_with_two_dossiers().await;
    let answer = exported(&mut nadia, "etat=a-instruire", "csv").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"demandes-2026-12-03.csv\"");
    assert_eq!(answer.html.matches("\r\n").count(), 3);
    let lines = lines(&answer);
    assert_eq!(lines[0], COLUMNS.map(|column| column.title));
    let first = "D1||Administration|En cours d’instruction|Nadia Rousseau|Commune de Clamart|21920023500014|219200235||Portail familles|\
                 https://www.clamart.fr/familles|eIDAS faible|||1|2026-12-03|2026-12-03||2027-02-03|";
    assert_eq!(lines[1].join("|"), first);
    assert_eq!((lines[2][0].as_str(), lines[2][9].as_str()), ("D2", "'=1+1; « été »"));
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn a_file_holds_exactly_what_the_queue_shows() {
    let (_site, mut nadia) = a_site_with_two_dossiers().await;
    for (list, found) in [
        ("", 2),
        ("etat=toutes", 2),
        ("etat=refusees", 0),
        ("etat=toutes&q=D2", 1),
        ("q=D1&apres=D1", 1),
        ("q=clamart", 2),
        ("q=introuvable", 0),
        ("q=%25", 0),
        ("etat=%27%3B&q=%00", 2),
    ] {
        let page = nadia.get(&format!("/instruction?{}", list.trim_end_matches("&apres=D1"))).await;
        // A number leads straight to its dossier.
        let shown = if page.status == StatusCode::SEE_OTHER { 1 } else { page.count("table tbody tr") };
        assert_eq!(shown, found, "{list}");
        assert_eq!(lines(&exported(&mut nadia, list, "csv").await).len() - 1, found, "{list}");
    }
    let list = nadia.get("/instruction?q=clamart").await;
    let link = list.attribute("a[href^='/instruction/export']", "href").unwrap();
    let page = nadia.get(&link).await;
    assert!(page.says("Recherche : clamart"), "{}", page.text());
    assert_eq!(page.count("tbody tr"), COLUMNS.len(), "each column is explained");
    assert_eq!(page.attribute("input[name=liste]", "value").as_deref(), Some("q=clamart"));
}

#[tokio::test]
async fn a_workbook_keeps_days_as_days_numbers_as_text_and_formulas_as_words() {
    let (site, _) = a_site_with_two_dossiers().await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let (count, file) = export(&site, &mut transaction, &everything(&site, Format::Xlsx)).await;
    assert_eq!(count.unwrap(), 2);
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    for cell in [
        r#"<c r="A1" s="1" t="inlineStr"><is><t xml:space="preserve">Numéro</t></is></c>"#,
        r#"<c r="G2" s="3" t="inlineStr"><is><t xml:space="preserve">21920023500014</t></is></c>"#,
        r#"<c r="P2" s="2"><v>46359</v></c>"#,
        r#"<c r="O2"><v>1</v></c>"#,
        r#"<c r="J3" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1; « été »</t></is></c>"#,
        r#"<autoFilter ref="A1:T3"/>"#,
    ] {
        assert!(sheet.contains(cell), "{cell}\n{sheet}");
    }
    assert!(!sheet.contains("<f>"), "no formula");
    for name in ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"] {
        assert!(part(&file, name).starts_with("<?xml"), "{name}");
    }
    // Every part is XML, and every element that is opened is closed.
    for name in ["xl/worksheets/sheet1.xml", "xl/styles.xml"] {
        let text = part(&file, name);
        let opened = text.matches('<').count() - text.matches("</").count() - text.matches("/>").count() - text.matches("<?").count();
        assert_eq!(opened, text.matches("</").count(), "{name}");
    }
}

#[tokio::test]
async fn an_export_is_a_fact_with_who_which_list_and_how_many() {
    let (site, mut nadia) = a_site_with_two_dossiers().await;
    exported(&mut nadia, "q=clamart&etat=toutes", "csv").await;
    exported(&mut nadia, "q=D1", "xlsx").await;
    let told = "select actor_name || ' ' || (details ->> 'format') || ' ' || (details ->> 'list') || ' ' || (details ->> 'count')
        from journal where event = 'demandes_exported' order by id";
    let told: Vec<String> = sqlx::query_scalar(told).fetch_all(&site.state.db).await.unwrap();
    assert_eq!(told, ["Nadia Rousseau csv q=clamart&etat=toutes 2", "Nadia Rousseau xlsx q=D1 1"]);
    let page = nadia.get("/instruction/export?etat=toutes").await;
    assert_eq!(page.status, StatusCode::OK);
    let facts: i64 =
        sqlx::query_scalar("select count(*) from journal where event = 'demandes_exported'").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(facts, 2, "looking exports nothing");
}

#[tokio::test]
async fn only_the_team_exports_and_only_in_formats_that_exist() {
    let (site, mut nadia) = a_site_with_two_dossiers().await;
    for format in ["", "pdf", "CSV", "../csv"] {
        assert_eq!(exported(&mut nadia, "", format).await.status, StatusCode::BAD_REQUEST, "{format}");
    }
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    for answer in [exported(&mut camille, "etat=toutes", "csv").await, camille.get("/instruction/export").await] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.html.contains("Portail familles"));
    }
    let stranger = exported(&mut site.visitor(), "etat=toutes", "csv").await;
    assert!(stranger.location().starts_with("/connexion"), "{:?}", stranger.status);
}

#[tokio::test]
async fn a_list_too_long_for_a_spreadsheet_makes_no_file_and_no_fact() {
    let (site, _) = a_site_with_two_dossiers().await;
    for (most, written) in [(2, Some(2)), (1, None)] {
        let mut transaction = site.state.db.begin().await.unwrap();
        let asked = Export { most, ..everything(&site, Format::Csv) };
        let outcome = export(&site, &mut transaction, &asked).await.0;
        match outcome {
            Ok(count) => assert_eq!(Some(count), written),
            Err(Problem::NotPossible { sentence, next }) => {
                assert!(written.is_none() && sentence.contains("dépasse 1\u{a0}demandes"), "{sentence}");
                assert_eq!(next.unwrap().href, "/instruction?etat=toutes");
            }
            Err(other) => panic!("{other}"),
        }
        let facts: i64 = sqlx::query_scalar("select count(*) from journal where event = 'demandes_exported'")
            .fetch_one(&mut *transaction)
            .await
            .unwrap();
        assert_eq!(facts, i64::from(written.is_some()));
    }
}
