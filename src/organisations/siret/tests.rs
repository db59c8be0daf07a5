//! Every number of the reference, and properties.

use proptest::prelude::*;

use super::*;

fn parsed(typed: &str) -> (Siret, Checksum) {
    Siret::parse(typed).expect("fourteen digits")
}

#[test]
fn the_control_digits_of_known_numbers_fit() {
    for (number, who) in [
        ("13002526500013", "DINUM"),
        ("21920023500014", "Clamart"),
        ("21920023500022", "Clamart, closed establishment"),
        ("22690001700014", "département du Rhône"),
        ("21690123100011", "Lyon"),
        ("20007184300060", "Vexin Normand"),
        ("11001401600015", "ministry of the interior"),
        ("11002001300097", "ministry of the economy"),
        ("11004301500012", "ministry of education"),
        ("11001001400014", "ministry of justice"),
        ("35600000000048", "La Poste, head office: Luhn"),
        ("35600000009075", "La Poste: multiple of five"),
        ("35600000049837", "La Poste: multiple of five"),
        ("41816609600069", "OCTO Technology"),
        ("39234600300198", "PAPILLON"),
        ("82271212100018", "Nintendo of Europe"),
        ("32122785200019", "Apple Europe, closed establishment"),
        ("94957325700019", "a sole trader, masked"),
        ("00557246600026", "a sole trader, ceased; leading zeros"),
        ("88087814500015", "Ganymède"),
        ("73282932000074", "textbook example"),
        ("55203253400646", "Danone"),
    ] {
        assert_eq!(parsed(number).1, Checksum::Valid, "{number} {who}");
        assert_eq!(parsed(number).0.as_str(), number, "leading zeros stay");
    }
}

#[test]
fn wrong_control_digits_are_told() {
    for (number, why) in [
        ("12345678901234", "Luhn"),
        ("73282932000014", "Luhn"),
        ("73282932000079", "Luhn"),
        ("55203253400019", "Luhn"),
        ("88974287600009", "Luhn, though the register holds it"),
        ("35600000000000", "La Poste: the sum is 14"),
        ("00000000000000", "nobody's"),
    ] {
        assert_eq!(parsed(number).1, Checksum::Wrong, "{number} {why}");
    }
    // Luhn holds on the fourteen digits but not on the SIREN
    let siren_is_wrong = (0..10).map(|key| format!("1234567800000{key}")).find(|number| luhn_fits(number)).expect("one key in ten fits");
    assert_eq!(parsed(&siren_is_wrong).1, Checksum::Wrong);
}

#[test]
fn the_siren_of_known_units_fits() {
    for number in ["130025265", "300025764", "351556394", "839517323", "775663438", "552032534", "732829320", "356000000"] {
        assert_eq!(Siren::parse(number).map(|(_, checksum)| checksum), Ok(Checksum::Valid), "{number}");
    }
    assert_eq!(Siren::parse("889742876").map(|(_, checksum)| checksum), Ok(Checksum::Wrong));
    assert_eq!(Siren::parse("000000000").map(|(_, checksum)| checksum), Ok(Checksum::Wrong));
}

#[test]
fn a_number_is_read_however_it_is_pasted() {
    for typed in [
        "130 025 265 00013",
        "  13002526500013\r\n",
        "130\u{a0}025\u{a0}265\u{a0}00013",
        "130\u{202f}025\u{202f}265\u{202f}00013",
        "130\u{2009}025\u{2009}265\u{2009}00013",
        "130.025.265.00013",
        "130-025-265-00013",
        "130\u{2011}025\u{2011}265\u{2011}00013",
        "\u{feff}1300252650\u{200b}0013\u{200e}",
        "1 3 0 0 2 5 2 6 5 0 0 0 1 3",
    ] {
        assert_eq!(parsed(typed).0.as_str(), "13002526500013", "{typed:?}");
    }
}

#[test]
fn a_number_is_shown_in_groups() {
    let (siret, _) = parsed("13002526500013");
    assert_eq!(siret.to_string(), "130\u{a0}025\u{a0}265\u{a0}00013");
    assert_eq!(siret.siren().to_string(), "130\u{a0}025\u{a0}265");
    assert_eq!((siret.siren().as_str(), siret.nic().as_str()), ("130025265", "00013"));
}

#[test]
fn a_vat_number_holds_a_siren() {
    // the textbook example, FR 83 404 833 048
    assert_eq!(Siren::parse("FR 83 404 833 048").map(|(siren, _)| siren.to_string()), Ok("404\u{a0}833\u{a0}048".into()));
    let (dinum, _) = Siren::parse("130025265").expect("a SIREN");
    for typed in ["FR07130025265", "fr 07 130 025 265", "FR\u{a0}07\u{a0}130.025.265"] {
        assert_eq!(Siren::parse(typed).map(|(siren, _)| siren), Ok(dinum.clone()), "{typed:?}");
        assert_eq!(Siret::parse(typed), Err(SiretFault::Vat(dinum.clone())), "{typed:?}");
    }
    assert_eq!(Siren::parse("FR08130025265"), Err(SirenFault::WrongVat));
    assert_eq!(Siret::parse("FR08130025265"), Err(SiretFault::WrongVat));
    assert_eq!(Siren::parse("FR0713002526"), Err(SirenFault::WrongLength { digits: 8 }));
}

#[test]
fn each_fault_has_its_sentence() {
    for (typed, fault, sentence) in [
        ("", SiretFault::Empty, "14 chiffres"),
        (" \u{a0} ", SiretFault::Empty, "14 chiffres"),
        ("1300252650001", SiretFault::WrongLength { digits: 13 }, "vous en avez saisi 13. Complétez-le."),
        ("130025265000135", SiretFault::WrongLength { digits: 15 }, "vous en avez saisi 15. Retirez ceux qui sont en trop."),
        ("130 025 265", SiretFault::Siren(Siren("130025265".into())), "Vous avez saisi un SIREN (9 chiffres)"),
        ("FR07130025265", SiretFault::Vat(Siren("130025265".into())), "le SIREN 130\u{a0}025\u{a0}265"),
        ("FR00130025265", SiretFault::WrongVat, "numéro de TVA"),
        ("MONACOCONFO001", SiretFault::Monaco, "monégasque"),
        ("monaco confo 001", SiretFault::Monaco, "monégasque"),
        ("1300252650001O", SiretFault::NotDigits, "que des chiffres"),
        ("SIRET 13002526500013", SiretFault::NotDigits, "que des chiffres"),
        ("-13002526500013e1", SiretFault::NotDigits, "que des chiffres"),
        ("\u{0}3002526500013", SiretFault::NotDigits, "que des chiffres"),
        ("１３００２５２６５０００１３", SiretFault::NotDigits, "que des chiffres"),
    ] {
        let found = Siret::parse(typed).expect_err(typed);
        assert_eq!(found, fault, "{typed:?}");
        assert!(found.to_string().contains(sentence), "{found}");
    }
    let huge = "7".repeat(1_000_000);
    assert_eq!(Siret::parse(&huge), Err(SiretFault::WrongLength { digits: 1_000_000 }));
}

#[test]
fn what_is_stored_is_read_back_and_nothing_else() {
    let (siret, _) = parsed("00557246600026");
    let json = serde_json::to_string(&siret).expect("text");
    assert_eq!(json, "\"00557246600026\"");
    assert_eq!(serde_json::from_str::<Siret>(&json).expect("the same"), siret);
    for wrong in ["\"130 025 265 00013\"", "\"é300252650001\"", "13002526500013", "\"\""] {
        assert!(serde_json::from_str::<Siret>(wrong).is_err(), "{wrong}");
    }
}

/// Fourteen digits whose both keys fit, La Poste apart.
fn a_valid_siret() -> impl Strategy<Value = String> {
    ("[0-9]{8}", "[0-9]{4}")
        .prop_map(|(unit, place)| {
            let siren = with_key(&unit);
            with_key(&format!("{siren}{place}"))
        })
        .prop_filter("La Poste has a rule of its own, nobody has zeros", |number| {
            !number.starts_with(LA_POSTE) && !number.starts_with("000000000")
        })
}

fn with_key(digits: &str) -> String {
    (0..10).map(|key| format!("{digits}{key}")).find(|number| luhn_fits(number)).expect("one key in ten fits")
}

proptest! {
    #[test]
    fn one_digit_changed_never_fits(number in a_valid_siret(), place in 0usize..14, shift in 1u8..10) {
        prop_assert_eq!(parsed(&number).1, Checksum::Valid);
        let mut bytes = number.into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
        let changed = String::from_utf8(bytes).expect("digits");
        prop_assume!(!changed.starts_with(LA_POSTE));
        prop_assert_eq!(parsed(&changed).1, Checksum::Wrong, "{}", changed);
    }

    #[test]
    fn what_is_shown_is_read_back(number in "[0-9]{14}") {
        let (siret, checksum) = parsed(&number);
        prop_assert_eq!(parsed(&siret.to_string()), (siret, checksum));
    }

    #[test]
    fn separators_never_change_the_number(number in "[0-9]{14}", separators in proptest::collection::vec("[ .\u{a0}\u{202f}\u{2009}\u{2011}-]{0,3}", 15)) {
        let pasted: String = separators.iter().zip(number.chars().map(Some).chain([None])).fold(String::new(), |mut pasted, (separator, digit)| {
            pasted.push_str(separator);
            pasted.extend(digit);
            pasted
        });
        let (siret, _) = parsed(&pasted);
        prop_assert_eq!(siret.as_str(), number);
    }

    #[test]
    fn a_vat_number_with_its_key_is_read_and_with_another_is_not(siren in "[0-9]{9}", shift in 1u32..97) {
        let (expected, _) = Siren::parse(&siren).expect("nine digits");
        let key = expected.vat_key();
        let vat = format!("FR{key:02}{siren}");
        prop_assert_eq!(Siren::parse(&vat).map(|(siren, _)| siren), Ok(expected));
        let vat = format!("FR{:02}{siren}", (key + shift) % 97);
        prop_assert_eq!(Siren::parse(&vat), Err(SirenFault::WrongVat));
    }

    #[test]
    fn whatever_is_typed_is_answered(typed in "\\PC{0,40}") {
        if let Err(fault) = Siret::parse(&typed) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }
}
