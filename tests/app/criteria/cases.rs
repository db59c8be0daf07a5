//! The reference's numbers and real cases, each with what the rules find on 3 December 2026.

use habilitation::{
    criteria::{Finding, administration, establishment_in_france, legal_person, sector_hint, seniority},
    organisations::{Adapter, Answer, Register, Sample, Siret},
};
use std::{fmt::Write, sync::Arc};
use time::macros::{date, datetime};

const CASES: &str = include_str!("cases.csv");

#[tokio::test]
async fn each_case_has_its_findings() {
    let sample = Sample::read(CASES, datetime!(2026-12-03 09:00 UTC)).unwrap();
    let register = Register::new([Adapter::Sample(Arc::new(sample))]);
    let mut table = String::new();
    for line in CASES.lines().skip(1) {
        let (number, name) = line.split_once(';').unwrap();
        let (siret, checksum) = Siret::parse(number).unwrap();
        let Answer::Known(entity) = register.look_up(&siret).await else { panic!("{number} is in the extract") };
        writeln!(table, "\n{siret} {}, chiffres de contrôle {checksum:?}", name.split(';').next().unwrap()).unwrap();
        for finding in
            [administration(&entity), legal_person(&entity), establishment_in_france(&entity), seniority(&entity, date!(2026 - 12 - 03))]
        {
            let Finding { rule, outcome, fact, .. } = finding;
            writeln!(table, "  {rule} {}: {fact}", outcome.label()).unwrap();
        }
        if let Some(hint) = sector_hint(&entity) {
            writeln!(table, "  E4 évoque {}: {}", hint.sector.label(), hint.because).unwrap();
        }
    }
    insta::assert_snapshot!(table.replace('\u{a0}', " "));
}
