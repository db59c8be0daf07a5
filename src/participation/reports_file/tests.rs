use jiff::civil::date;
use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use crate::participation::Sent;

const TODAY: Date = date(2027, 5, 12);

fn month(typed: &str) -> Month {
    Month::parse(typed).expect("a month")
}

fn received(of: &str) -> Reports {
    let sent = Sent {
        number: 1,
        report: Report::example(),
        confirmed: String::new(),
        because: String::new(),
        is_imported: false,
        author: "Hélène Marchand".into(),
        sent_at: datetime!(2027-03-04 09:00 UTC),
        files: Vec::new(),
    };
    Reports::from([(month(of), vec![sent])])
}

fn read(text: &str) -> Result<Vec<Imported>, Vec<String>> {
    let errors = |errors: Vec<FileError>| errors.iter().map(FileError::words).collect();
    read_reports(text.as_bytes(), &Participation::example(), &received("2027-02"), TODAY).map_err(errors)
}

const TITLES: &str =
    "mois;connexions_franceconnect;connexions_total;comptes_franceconnect;comptes_total;croissance_pourcent;methode;retours;confirmation\n";

#[test]
fn the_template_filled_is_read() {
    let template = String::from_utf8(template([month("2027-03"), month("2027-04")].into_iter())).expect("UTF-8");
    assert_eq!(template, format!("\u{feff}{}2027-03;;;;;;;;\r\n2027-04;;;;;;;;\r\n", TITLES.replace('\n', "\r\n")));
    let filled = template
        .replace("2027-03;;;;;;;;", "2027-03;4 500;17 000;380;1 000;3,2;Matomo.;« Plus rapide »;")
        .replace("2027-04;;;;;;;;", "avr-27;4812;17240;391;1021;-1.5;\"Deux ; points\";Rien.;");
    let reports = read(&filled).expect("two reports");
    assert_eq!(reports.iter().map(|it| it.month.to_string()).collect::<Vec<_>>(), ["2027-03", "2027-04"]);
    assert_eq!(reports[1].report.figures, Report::example().figures);
    assert_eq!((reports[1].report.growth.0, reports[1].report.method.as_str()), (-15, "Deux ; points"));
}

#[test]
fn lines_left_blank_say_nothing() {
    let one = format!("{TITLES}2027-03;;;;;;;;\n;;;;;;;;\n2027-04;4812;17240;391;1021;0;Matomo.;Rien.;\n");
    assert_eq!(read(&one).expect("one report").len(), 1);
    assert_eq!(
        read(TITLES).expect_err("it is refused"),
        ["Ce fichier ne contient aucun rapport. Remplissez une ligne par mois sous les titres du modèle."]
    );
}

#[test]
fn every_mistake_is_told_with_its_line() {
    let wrong = format!(
        "{TITLES}2027-03;18000;17000;380;beaucoup;3,2;Matomo.;;\n\nmai;1;2;3;4;5;Matomo.;Rien.;\n2027-02;1;2;3;4;5;Matomo.;Rien.;\n2027-05;1;2;3;4;5;Matomo.;Rien.;\n2026-12;1;2;3;4;5;Matomo.;Rien.;\n2027-04;4812;17240;391;1021;0;Matomo.;Rien.;\n2027-04;4812;17240;391;1021;0;Matomo.;Rien.;\n"
    );
    let errors = read(&wrong).expect_err("it is refused");
    let begins = |with: &str| errors.iter().filter(|error| error.replace('\u{a0}', " ").starts_with(with)).count();
    assert_eq!(begins("Ligne 2 : « Connexions par FranceConnect » : 18 000 connexions"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 2 : « Comptes créés en tout »"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 2 : « Retours de vos utilisateurs »"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 4 : le mois ne se lit pas"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 5 : le rapport de février 2027 est déjà reçu, de Hélène Marchand, le 4 mars 2027"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 6 : le mois de mai 2027 n’est pas terminé"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 7 : le mois de décembre 2026 n’est pas de la participation"), 1, "{errors:#?}");
    assert_eq!(begins("Ligne 9 : le mois d’avril 2027 est déjà à la ligne 8"), 1, "{errors:#?}");
}

#[test]
fn what_looks_odd_is_confirmed_on_its_line() {
    let odd = |confirmation: &str| {
        format!("{TITLES}2027-03;4812;17240;391;1021;0;Matomo.;Rien.;\n2027-04;1000;17240;391;1021;0;Matomo.;Rien.;{confirmation}\n")
    };
    let errors = read(&odd("")).expect_err("it is refused");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].contains("Ligne 3") && errors[0].contains("moins de la moitié") && errors[0].contains("« oui »"), "{errors:?}");
    let reports = read(&odd("Oui")).expect("confirmed");
    assert!(reports[0].confirmed.is_empty() && reports[1].confirmed.contains("moins de la moitié"));
}

#[test]
fn a_file_that_is_not_ours_is_refused_whole() {
    for (text, said) in [
        ("%PDF-1.7", "n’est pas un fichier CSV"),
        ("mois;connexions_total\n2027-03;1\n", "La colonne « connexions_franceconnect » manque"),
        ("mois;couleur\n2027-03;bleu\n", "La colonne « couleur » n’est pas du modèle"),
        ("", "aucun rapport"),
    ] {
        let errors = read(text).expect_err("it is refused");
        assert!(errors.len() == 1 && errors[0].contains(said), "{text}: {errors:?}");
    }
    let twice = TITLES.replace("confirmation", "confirmation;methode");
    assert!(read(&twice).expect_err("it is refused")[0].contains("Deux colonnes portent le titre « methode »"));
    let comma = format!("{TITLES}2027-04;4812;17240;391;1021;0;Matomo.;Rien.;\n").replace(';', ",");
    assert_eq!(read(&comma).expect("commas").len(), 1);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_reports(&bytes, &Participation::example(), &Reports::new(), TODAY);
        let titled = [TITLES.as_bytes(), &bytes].concat();
        let _ = read_reports(&titled, &Participation::example(), &Reports::new(), TODAY);
    }
}
