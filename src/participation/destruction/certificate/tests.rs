//! What is certified is read whole, or every mistake is told.

use jiff::civil::date;

use super::*;

const PERIOD: Period = Period { began_on: date(2027, 1, 15), today: date(2028, 1, 20) };

impl Certificate {
    /// Everything destroyed three days after access was removed.
    pub(in crate::participation::destruction) fn example() -> Self {
        Self {
            removed_on: date(2028, 1, 15),
            fate: Fate::Destroyed { on: date(2028, 1, 18) },
            method: "Le bouton est retiré ; les comptes créés par FranceConnect sont effacés de la base et des sauvegardes.".into(),
            signatory: "Hélène Marchand".into(),
            quality: "Directrice des opérations".into(),
        }
    }
}

fn attested(certificate: &Certificate) -> Fields {
    let mut fields = certificate.as_fields();
    fields.set(ATTESTS.name, "oui");
    fields
}

fn wrong(fields: &mut Fields) -> Vec<&'static str> {
    assert_eq!(Certificate::parse(fields, PERIOD), None);
    fields.errors().iter().map(|error| error.name).collect()
}

#[test]
fn what_was_signed_is_read_back_to_be_corrected() {
    let kept = Fate::KeptInPart { on: date(2028, 1, 18), kept: "Les factures.".into(), legal_basis: "Code de commerce, L. 123-22".into() };
    for fate in [Fate::Destroyed { on: date(2028, 1, 18) }, kept, Fate::NeverHeld] {
        let certificate = Certificate { fate, ..Certificate::example() };
        assert_eq!(Certificate::parse(&mut attested(&certificate), PERIOD), Some(certificate));
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let mut fields = Fields::default();
    assert_eq!(wrong(&mut fields), ["acces_retire_le", "donnees", "methode", "signataire", "qualite", "atteste"]);
}

#[test]
fn nobody_certifies_without_attesting() {
    assert_eq!(wrong(&mut Certificate::example().as_fields()), ["atteste"]);
}

#[test]
fn each_answer_asks_for_its_own_fields_and_for_no_other() {
    let mut fields = attested(&Certificate::example());
    fields.set(DESTROYED_ON.name, "");
    assert_eq!(wrong(&mut fields), ["detruites_le"]);
    let mut fields = attested(&Certificate::example());
    fields.set(FATE.name, "kept_in_part");
    assert_eq!(wrong(&mut fields), ["conserve", "fondement"]);
    let mut fields = attested(&Certificate::example());
    fields.set(KEPT.name, "Les factures.");
    assert_eq!(wrong(&mut fields), ["conserve"]);
    let mut fields = attested(&Certificate::example());
    fields.set(FATE.name, "never_held");
    assert_eq!(wrong(&mut fields), ["detruites_le"]);
    let mut fields = attested(&Certificate::example());
    fields.set(FATE.name, "lost");
    assert_eq!(wrong(&mut fields), ["donnees"]);
}

#[test]
fn a_day_to_come_or_before_access_opened_is_refused_beside_it() {
    for (removed, destroyed, expected) in [
        ("2028-01-21", "2028-01-18", ["acces_retire_le"].as_slice()),
        ("2027-01-14", "2028-01-18", &["acces_retire_le"]),
        ("2028-01-15", "2028-01-21", &["detruites_le"]),
        ("2028-01-15", "2027-01-14", &["detruites_le"]),
        ("2028-02-30", "2028-01-21", &["acces_retire_le", "detruites_le"]),
    ] {
        let mut fields = attested(&Certificate::example());
        fields.set(REMOVED_ON.name, removed);
        fields.set(DESTROYED_ON.name, destroyed);
        assert_eq!(wrong(&mut fields), expected, "{removed} {destroyed}");
    }
}
