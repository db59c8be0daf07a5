//! Rows that cannot be kept: counted, told with their line, and the others are kept.

use habilitation::organisations::{Answer, stock::BadRow};

use super::*;

fn told(bad: &[BadRow]) -> Vec<(Option<u64>, &str)> {
    bad.iter().map(|row| (row.line, row.reason.as_str())).collect()
}

#[tokio::test]
async fn bad_rows_are_counted_and_the_first_ones_told() {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    let good = establishment("21920023500022");
    let bad = [
        establishment("2192002350002A"),
        establishment("21920023500030").with("dateCreationEtablissement", "15/01/2010"),
        establishment("21920023500048").with("dateCreationEtablissement", "2026-12-04"),
        establishment("21920023500055").with("etatAdministratifEtablissement", "X"),
        establishment("21920023500063").with("enseigne1Etablissement", "MAIRIE\u{202e}"),
        establishment("21920023500071").with("statutDiffusionEtablissement", ""),
        establishment("21920023500089").with("etablissementSiege", "peut-être"),
    ];
    let mut text = establishments_csv(&[&establishments[..], &bad, &[good]].concat());
    text.push_str("21920023500097,O\n\"21920023500105\n");
    let directory = Directory::new();
    let report = import(&database, &directory.files(units_csv(&units).as_bytes(), text.as_bytes())).await.unwrap();
    assert_eq!((report.establishments.kept, report.establishments.bad), (2, 9));
    assert_eq!(
        told(&report.establishments.first_bad),
        [
            (Some(3), "« 2192002350002A » is not 14 digits"),
            (Some(4), "« 15/01/2010 » is not a date"),
            (Some(5), "the creation date 2026-12-04 is in the future"),
            (Some(6), "« X » is neither A nor F"),
            (Some(7), "« MAIRIE\u{202e} » is too long or holds invisible characters"),
        ]
    );
    assert!(matches!(look_up(&database, "21920023500022").await, Answer::Known(_)), "what follows bad rows is kept");
    assert_eq!(look_up(&database, "21920023500030").await, Answer::Unknown);
}

#[tokio::test]
async fn a_number_that_stands_twice_keeps_its_first_row() {
    let database = TestDatabase::new().await;
    let (units, _) = clamart();
    let named = |siret: &str, name: &str| establishment(siret).with("enseigne1Etablissement", name);
    let lines = [
        named("21920023500014", "PREMIER"),
        named("21920023500014", "SUIVANT"),
        named("21920023500022", "AUTRE"),
        named("21920023500014", "PLUS LOIN"),
    ];
    let nameless = [units[0].clone().with("denominationUniteLegale", ""), unit("130025265", "DINUM", "7120"), units[0].clone()];
    let report = import_rows(&database, &nameless, &lines).await.unwrap();
    assert_eq!((report.units.kept, report.units.bad, report.establishments.kept, report.establishments.bad), (2, 1, 2, 2));
    assert_eq!(
        told(&report.establishments.first_bad),
        [
            (Some(3), "the same number as the line before: the first one is kept"),
            (None, "the number 21920023500014 stands on several lines: the first one is kept"),
        ]
    );
    assert_eq!(told(&report.units.first_bad), [(None, "the number 219200235 stands on several lines: the first one is kept")]);
    assert_eq!(known(&database, "21920023500014").await.name.as_deref(), Some("PREMIER"));
}

#[tokio::test]
async fn a_file_of_bad_rows_is_refused() {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    let bad = establishment("21920023500022").with("dateCreationEtablissement", "hier");
    let fault = import_rows(&database, &units, &[&establishments[..], &vec![bad; 101]].concat()).await.expect_err("hopeless").to_string();
    assert!(fault.contains("101 rows of 102 are bad (line 3: « hier » is not a date; line 4:"), "{fault}");

    let other = unit("130025265", "DINUM", "7120");
    let again = vec![[units[0].clone(), other]; 102].concat();
    let fault = import_rows(&database, &again, &establishments).await.expect_err("hopeless").to_string();
    assert!(fault.contains("202 of its rows bear numbers of other rows"), "{fault}");
    assert_eq!(look_up(&database, "21920023500014").await, Answer::Unavailable, "nothing was imported");
}

#[tokio::test]
async fn establishments_without_their_unit_are_kept_and_counted() {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    let orphan = establishment("13002526500013").with("enseigne1Etablissement", "DINUM");
    let report = import_rows(&database, &units, &[establishments[0].clone(), orphan]).await.unwrap();
    assert_eq!((report.establishments.kept, report.without_unit), (2, 1));
    let entity = known(&database, "13002526500013").await;
    assert_eq!((entity.name.as_deref(), entity.legal_category, entity.unit_state), (Some("DINUM"), None, None));
}
